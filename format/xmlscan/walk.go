package xmlscan

import (
	"bytes"
	"slices"
	"strings"
)

// Walker goes down a document by element names, for readers that pick what they
// know and pass over the rest. It never goes deeper than the reader asks.
type Walker struct {
	c    *Scanner
	open int
	err  error
}

// Walk begins at the document element of b and gives its name. The error is an *Error.
func Walk(b []byte, l Limits) (*Walker, Name, error) {
	c, err := Open(b, l)
	if err != nil {
		return nil, Name{}, err
	}
	w := &Walker{c: c}
	for w.next() != Start && w.err == nil {
	}
	return w, c.Name, w.err
}

// next moves one token on and counts the open elements. After an error it is EOF.
func (w *Walker) next() Kind {
	if w.err != nil {
		return EOF
	}
	kind, err := w.c.Next()
	if err != nil {
		w.err = err
		return EOF
	}
	switch kind {
	case Start:
		w.open++
	case End:
		w.open--
	}
	return kind
}

// Each calls f with the local name of each child of the element that was last
// begun. f reads the child with Each or Text; what it leaves is passed over.
func (w *Walker) Each(f func(name string)) {
	inside := w.open
	for w.err == nil {
		switch w.next() {
		case Start:
			f(w.c.Name.Local)
			w.leave(inside)
		case End, EOF:
			return
		}
	}
}

// leave passes over what is open below a depth.
func (w *Walker) leave(depth int) {
	for w.open > depth && w.err == nil {
		w.next()
	}
}

// Text is the characters of the element that was last begun, without space
// around them; elements within it are passed over.
func (w *Walker) Text() string {
	text, _ := w.TextOr(nil)
	return text
}

// TextOr is Text, and beside it the text of the first descendant that inner says
// yes to: for elements that older versions of a format write without parts.
func (w *Walker) TextOr(inner func(name string) bool) (text, found string) {
	inside := w.open
	for w.err == nil {
		switch w.next() {
		case Start:
			if inner == nil {
				w.leave(inside)
			} else if found == "" && inner(w.c.Name.Local) {
				found = w.Text()
			}
		case Text:
			if w.open == inside {
				text += w.c.Text
			}
		case End:
			if w.open < inside {
				return strings.TrimSpace(text), found
			}
		case EOF:
			return "", ""
		}
	}
	return "", ""
}

// Attr is an attribute, without namespace, of the element that was last begun;
// "" if it has none. It must be asked for before Each and Text.
func (w *Walker) Attr(name string) string {
	for k := range w.c.Attrs {
		if a := &w.c.Attrs[k]; a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// Line is where the walker is, from 1.
func (w *Walker) Line() int { return w.c.Line() }

// Finish reads to the end of the document and gives the error that stopped the
// walk, an *Error, or nil.
func (w *Walker) Finish() error {
	for w.err == nil {
		if w.next() == EOF {
			break
		}
	}
	return w.err
}

// Stop ends the walk with an error of the reader's own.
func (w *Walker) Stop(err error) {
	if w.err == nil {
		w.err = err
	}
}

// mentionMax bounds how far into a file Mentions looks: banks write long
// comments before the root.
const mentionMax = 16 << 10

// Mentions says whether a tag near the beginning of b has any of the words in
// it, in UTF-8 or UTF-16: enough to tell one vocabulary from another. Words in
// comments and between tags do not count: anybody may write of a camt.054.
func Mentions(b []byte, words ...string) bool {
	head := b[:min(len(b), mentionMax)]
	if bytes.IndexByte(head, 0) >= 0 {
		head = bytes.ReplaceAll(head, []byte{0}, nil)
	}
	for len(head) > 0 {
		begin := bytes.IndexByte(head, '<')
		if begin < 0 {
			return false
		}
		head = head[begin:]
		closing := ">"
		if bytes.HasPrefix(head, []byte("<!--")) {
			closing = "-->"
		}
		end := bytes.Index(head, []byte(closing))
		if end < 0 {
			end = len(head) - 1
		}
		tag := head[:end]
		head = head[end+1:]
		if closing == ">" && slices.ContainsFunc(words, func(w string) bool { return bytes.Contains(tag, []byte(w)) }) {
			return true
		}
	}
	return false
}
