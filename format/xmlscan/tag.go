package xmlscan

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// xmlSpace is what the prefix xml always stands for.
const xmlSpace = "http://www.w3.org/XML/1998/namespace"

func (c *Scanner) startTag() (Kind, error) {
	if c.rootDone {
		return EOF, c.fail(c.pos, Strict, "Filen innehåller mer än ett dokument.")
	}
	at := c.pos
	raw, i := nameAt(c.s, at+1)
	if raw == "" {
		if i >= len(c.s) {
			return EOF, c.truncated()
		}
		return EOF, c.fail(at, nameFault(c.s[at+1:]), "Ett elementnamn är felskrivet.")
	}
	prefix, local, sound := split(raw)
	if !sound {
		return EOF, c.fail(at, Strict, "Ett elementnamn är felskrivet.")
	}
	if err := c.withinLimits(at); err != nil {
		return EOF, err
	}
	outside := len(c.scope)
	i, closed, err := c.attributes(i)
	if err != nil {
		return EOF, err
	}
	space, err := c.resolve(prefix, at)
	if err != nil {
		return EOF, err
	}
	if err := c.resolveAttrs(); err != nil {
		return EOF, err
	}
	c.Name = Name{Space: space, Prefix: prefix, Local: local}
	c.open = append(c.open, element{name: c.Name, raw: raw, scope: outside, at: at})
	c.selfEnd = closed
	c.pos = i
	return Start, nil
}

// withinLimits counts the element that begins at an offset.
func (c *Scanner) withinLimits(at int) error {
	depth := len(c.open)
	if depth >= c.limits.Depth {
		return placed(c.s, at, TooDeep, fmt.Sprintf(
			"Filen är kapslad djupare än %d nivåer, vilket ingen faktura är. Be avsändaren skicka en riktig fil.", c.limits.Depth))
	}
	if c.elements++; c.elements > c.limits.Elements {
		return placed(c.s, at, TooMany, fmt.Sprintf(
			"Filen innehåller mer än %d element. Be avsändaren dela upp den.", c.limits.Elements))
	}
	if depth > max(1, c.content) {
		if e := &c.open[depth-1]; e.count >= c.limits.Children {
			return placed(c.s, at, TooMany, fmt.Sprintf(
				"Elementet <%s> innehåller mer än %d delar. Be avsändaren dela upp filen.", short(e.raw), c.limits.Children))
		}
		c.open[depth-1].count++
	}
	return nil
}

// attributes reads from after the element's name to past its '>'.
func (c *Scanner) attributes(i int) (end int, closed bool, err error) {
	c.raw = c.raw[:0]
	for {
		before := i
		for i < len(c.s) && isSpace(c.s[i]) {
			i++
		}
		if i >= len(c.s) {
			return 0, false, c.truncated()
		}
		switch {
		case c.s[i] == '>':
			return i + 1, false, nil
		case c.s[i] == '/' && i+1 < len(c.s) && c.s[i+1] == '>':
			return i + 2, true, nil
		case c.s[i] == '/' && i+1 == len(c.s):
			return 0, false, c.truncated()
		case i == before:
			return 0, false, c.fail(i, Strict, "Mellanslag saknas före ett attribut.")
		}
		if i, err = c.attribute(i); err != nil {
			return 0, false, err
		}
	}
}

func (c *Scanner) attribute(i int) (int, error) {
	at := i
	raw, i := nameAt(c.s, i)
	if raw == "" {
		if i >= len(c.s) {
			return 0, c.truncated()
		}
		return 0, c.fail(at, nameFault(c.s[at:]), "Ett attribut är felskrivet.")
	}
	prefix, local, sound := split(raw)
	if !sound {
		return 0, c.fail(at, Strict, "Ett attributnamn är felskrivet.")
	}
	for i < len(c.s) && isSpace(c.s[i]) {
		i++
	}
	if i < len(c.s) && c.s[i] != '=' {
		return 0, c.fail(i, Broken, fmt.Sprintf("Attributet %s saknar värde.", short(raw)))
	}
	i++
	for i < len(c.s) && isSpace(c.s[i]) {
		i++
	}
	if i >= len(c.s) {
		return 0, c.truncated()
	}
	quote := c.s[i]
	if quote != '"' && quote != '\'' {
		return 0, c.fail(i, Broken, fmt.Sprintf("Attributet %s saknar citattecken.", short(raw)))
	}
	n := strings.IndexByte(c.s[i+1:], quote)
	if n < 0 {
		return 0, c.truncated()
	}
	value := c.s[i+1 : i+1+n]
	if k := strings.IndexByte(value, '<'); k >= 0 {
		return 0, c.fail(i+1+k, Broken, fmt.Sprintf("Attributet %s innehåller tecknet <.", short(raw)))
	}
	value, err := c.unescape(value, i+1, false)
	if err != nil {
		return 0, err
	}
	i += n + 2
	switch {
	case prefix == "xmlns":
		if value == "" {
			return 0, c.fail(at, Strict, "En namnrymd saknar namn.")
		}
		return i, c.bind(local, value, at)
	case prefix == "" && local == "xmlns":
		return i, c.bind("", value, at)
	}
	if len(c.raw) >= c.limits.Attrs {
		return 0, c.tooManyAttrs(at)
	}
	c.raw = append(c.raw, rawAttr{prefix: prefix, local: local, value: value, at: at})
	return i, nil
}

func (c *Scanner) tooManyAttrs(at int) error {
	return placed(c.s, at, TooMany, fmt.Sprintf(
		"Ett element har mer än %d attribut, vilket ingen faktura har. Be avsändaren skicka en riktig fil.", c.limits.Attrs))
}

// bind declares a prefix for the element being read and what is inside it.
func (c *Scanner) bind(prefix, space string, at int) error {
	if prefix == "xmlns" || (prefix == "xml") != (space == xmlSpace) {
		return c.fail(at, Strict, "Ett förbehållet prefix används till något annat.")
	}
	if len(c.scope) >= c.limits.Attrs*4 {
		return c.tooManyAttrs(at)
	}
	c.scope = append(c.scope, binding{prefix: prefix, space: space})
	return nil
}

func (c *Scanner) resolve(prefix string, at int) (string, error) {
	for k := len(c.scope) - 1; k >= 0; k-- {
		if c.scope[k].prefix == prefix {
			return c.scope[k].space, nil
		}
	}
	switch prefix {
	case "":
		return "", nil
	case "xml":
		return xmlSpace, nil
	}
	return "", placed(c.s, at, Undeclared, fmt.Sprintf(
		"Prefixet ”%s” är inte förklarat i filen, så det går inte att veta vilket slags uppgift det är. Be avsändaren skicka en ny fil.", short(prefix)))
}

// resolveAttrs gives the attributes their namespaces; an attribute without a
// prefix has none, whatever the default namespace is.
func (c *Scanner) resolveAttrs() error {
	c.Attrs = c.Attrs[:0]
	for k := range c.raw {
		r := &c.raw[k]
		name := Name{Prefix: r.prefix, Local: r.local}
		if r.prefix != "" {
			space, err := c.resolve(r.prefix, r.at)
			if err != nil {
				return err
			}
			name.Space = space
		}
		for j := range c.Attrs {
			if c.Attrs[j].Name.Local == name.Local && c.Attrs[j].Name.Space == name.Space {
				return c.fail(r.at, Strict, fmt.Sprintf("Attributet %s står två gånger på samma element.", short(r.local)))
			}
		}
		c.Attrs = append(c.Attrs, Attr{Name: name, Value: r.value})
	}
	if c.allAttrs += len(c.Attrs); c.allAttrs > c.limits.AllAttrs {
		return c.fail(c.raw[0].at, TooMany, fmt.Sprintf("Filen innehåller mer än %d attribut.", c.limits.AllAttrs))
	}
	return nil
}

// nameFault tells a name that is no name from one in letters that are not taken
// here although XML has them.
func nameFault(s string) Code {
	for i := 0; i < len(s) && !isSpace(s[i]) && strings.IndexByte("/>=", s[i]) < 0; i++ {
		if s[i] >= utf8.RuneSelf {
			return Strict
		}
	}
	return Broken
}

// split parts a qualified name at its colon.
func split(raw string) (prefix, local string, sound bool) {
	k := strings.IndexByte(raw, ':')
	if k < 0 {
		return "", raw, true
	}
	prefix, local = raw[:k], raw[k+1:]
	sound = prefix != "" && local != "" && strings.IndexByte(local, ':') < 0 && nameBegins(local)
	return prefix, local, sound
}
