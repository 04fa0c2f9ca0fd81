// Package xmltree is a small element tree for the formats that are read whole:
// every element with its text, attributes and line.
//
// # Words
//
// An [Element] knows its namespace and local name. A path is local names, from
// an element downwards.
//
// # What always holds
//
// A nil element is one that is not there: asking it for anything gives nothing,
// so that a path that leads nowhere can be walked to its end. The limits are
// those of the scanner.
//
// # Not here
//
// No namespaces in paths: a reader says which namespaces it knows, and elements
// of others are left out. UBL invoices have a tree of their own in
// format/en16931, since every rule walks it.
package xmltree

import (
	"strings"

	"kontor/format/xmlscan"
)

// Element is one element.
type Element struct {
	Space, Name string
	Text        string // the characters directly inside, as written; "" where there are elements inside
	Line        int    // in the file, from 1
	Attrs       []xmlscan.Attr
	Children    []*Element
	Parent      *Element
}

// Read reads the element whose start the scanner stands at, to its end. Inner
// elements of a namespace that is not known are left out with all that is in
// them; known may be nil, which knows all.
func Read(c *xmlscan.Scanner, known func(space string) bool) (*Element, error) {
	root := start(c, nil)
	top, unknown := root, 0
	var pieces []string // of the open element's text, joined once however many they are
	for {
		kind, err := c.Next()
		if err != nil {
			return nil, err
		}
		switch kind {
		case xmlscan.Start:
			if unknown > 0 || known != nil && !known(c.Name.Space) {
				unknown++
				continue
			}
			e := start(c, top)
			top.Children = append(top.Children, e)
			top, pieces = e, pieces[:0]
		case xmlscan.Text:
			if unknown == 0 && len(top.Children) == 0 {
				pieces = append(pieces, c.Text)
			}
		case xmlscan.End:
			if unknown > 0 {
				unknown--
				continue
			}
			if len(top.Children) == 0 {
				top.Text = strings.Join(pieces, "")
			}
			pieces = pieces[:0]
			if top = top.Parent; top == nil {
				return root, nil
			}
		case xmlscan.EOF:
			return root, nil
		}
	}
}

func start(c *xmlscan.Scanner, parent *Element) *Element {
	e := &Element{Space: c.Name.Space, Name: c.Name.Local, Line: c.Line(), Parent: parent}
	if len(c.Attrs) > 0 {
		e.Attrs = append([]xmlscan.Attr(nil), c.Attrs...)
	}
	return e
}

// At is the first element that a path leads to, every branch tried.
func (e *Element) At(path ...string) *Element {
	if e == nil || len(path) == 0 {
		return e
	}
	for _, c := range e.Children {
		if c.Name == path[0] {
			if found := c.At(path[1:]...); found != nil {
				return found
			}
		}
	}
	return nil
}

// All are all elements that a path leads to, in the order of the document.
func (e *Element) All(path ...string) []*Element {
	if e == nil || len(path) == 0 {
		return nil
	}
	var found []*Element
	for _, c := range e.Children {
		if c.Name != path[0] {
			continue
		}
		if len(path) == 1 {
			found = append(found, c)
		} else {
			found = append(found, c.All(path[1:]...)...)
		}
	}
	return found
}

// Each calls visit with every element of that name below e, however deep.
func (e *Element) Each(name string, visit func(*Element)) {
	if e == nil {
		return
	}
	for _, c := range e.Children {
		if c.Name == name {
			visit(c)
		}
		c.Each(name, visit)
	}
}

// Value is the text where a path leads, without surrounding space.
func (e *Element) Value(path ...string) string {
	if found := e.At(path...); found != nil {
		return strings.TrimSpace(found.Text)
	}
	return ""
}

// Raw is the text as written.
func (e *Element) Raw() string {
	if e == nil {
		return ""
	}
	return e.Text
}

// Attr is an attribute without namespace; "" when it is not there.
func (e *Element) Attr(name string) string {
	v, _ := e.Lookup(name)
	return v
}

// Lookup is Attr that also says whether the attribute is there.
func (e *Element) Lookup(name string) (string, bool) {
	if e == nil {
		return "", false
	}
	for _, a := range e.Attrs {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value, true
		}
	}
	return "", false
}

// Up is the element n levels out; nil above the root.
func (e *Element) Up(n int) *Element {
	for ; n > 0 && e != nil; n-- {
		e = e.Parent
	}
	return e
}
