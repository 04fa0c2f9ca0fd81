package xmlscan

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Kind is what a token is.
type Kind uint8

// The kinds of token.
const (
	End   Kind = iota // of an element; Name is the element's
	Start             // of an element, with Attrs
	Text              // characters between tags; a run may come in several tokens
	EOF               // after the root element's end
)

// Name is a name with its namespace resolved.
type Name struct{ Space, Prefix, Local string }

// Attr is an attribute. Declarations of namespaces are not attributes here.
type Attr struct {
	Name  Name
	Value string
}

// Limits bound what a document may cost. The zero value of a field is Ordinary's.
type Limits struct {
	Bytes    int // of decoded text
	Depth    int
	Elements int
	Attrs    int // of one element
	AllAttrs int // of the document
	Children int // of one element below the root
}

// Ordinary are the limits for an invoice: a 20 MiB file with its attachments,
// some ten thousand lines.
var Ordinary = Limits{Bytes: 20 << 20, Depth: 64, Elements: 250_000, Attrs: 64, AllAttrs: 200_000, Children: 2_000}

// Scanner gives the tokens of one document. The zero value is not usable.
type Scanner struct {
	Name  Name   // of the last Start or End
	Attrs []Attr // of the last Start; valid until the next call
	Text  string // of the last Text

	s        string
	pos      int
	limits   Limits
	elements int
	allAttrs int
	content  int // depth of what counts as the document element, when that is in an envelope
	open     []element
	scope    []binding
	raw      []rawAttr
	selfEnd  bool // the last Start was <x/>: its End comes next
	rootDone bool

	lineAt, line int
}

type element struct {
	name  Name
	raw   string // as written, prefix and all
	scope int    // bindings in force outside it
	at    int    // offset of its tag
	count int    // of its children
}

type binding struct{ prefix, space string }

type rawAttr struct {
	prefix, local, value string
	at                   int
}

// New gives a scanner over s, which Decode made.
func New(s string, l Limits) (*Scanner, error) {
	l = l.orOrdinary()
	if len(s) > l.Bytes {
		return nil, TooLargeError(len(s), l.Bytes)
	}
	c := &Scanner{s: s, limits: l, line: 1}
	if at := nonCharacter(s); at >= 0 {
		return nil, placed(s, at, Broken, "Filen innehåller ett tecken som XML inte tillåter. Be avsändaren skicka en ny fil.")
	}
	c.open = make([]element, 0, 16)
	c.scope = make([]binding, 0, 8)
	c.Attrs = make([]Attr, 0, 8)
	c.raw = make([]rawAttr, 0, 8)
	return c, c.prolog()
}

// Open gives a scanner over a whole file, in any character encoding that Decode
// knows. The error is an *Error.
func Open(b []byte, l Limits) (*Scanner, error) {
	if most := l.orOrdinary().Bytes; len(b) > most {
		return nil, TooLargeError(len(b), most)
	}
	s, err := Decode(b)
	if err != nil {
		return nil, err
	}
	return New(s, l)
}

// Source is the whole text that is scanned.
func (c *Scanner) Source() string { return c.s }

func (l Limits) orOrdinary() Limits {
	for _, f := range [...]struct {
		limit    *int
		ordinary int
	}{
		{&l.Bytes, Ordinary.Bytes},
		{&l.Depth, Ordinary.Depth},
		{&l.Elements, Ordinary.Elements},
		{&l.Attrs, Ordinary.Attrs},
		{&l.AllAttrs, Ordinary.AllAttrs},
		{&l.Children, Ordinary.Children},
	} {
		if *f.limit == 0 {
			*f.limit = f.ordinary
		}
	}
	return l
}

// TooLargeError refuses a file of size bytes where limit is the most.
func TooLargeError(size, limit int) *Error {
	return &Error{Code: TooLarge, Text: fmt.Sprintf(
		"Filen är för stor: %d MB, och högst %d MB tas emot. Be avsändaren skicka bilagorna på annat sätt.",
		(size+1<<20-1)>>20, limit>>20)}
}

// Element moves to the next start of an element, or to the end of the document:
// then the scanner's Name is empty.
func (c *Scanner) Element() error {
	for {
		switch kind, err := c.Next(); {
		case err != nil || kind == Start:
			return err
		case kind == EOF:
			c.Name = Name{}
			return nil
		}
	}
}

// Content makes the element that just began count as the document element: those
// directly inside it are not bounded by Limits.Children, as in a file without an
// envelope. children, unless 0, is the new limit for the elements further in.
func (c *Scanner) Content(children int) {
	c.content = len(c.open)
	if children > 0 {
		c.limits.Children = children
	}
}

// Line is the line, from 1, of the last token's beginning. It is cheap because
// it only ever counts forward.
func (c *Scanner) Line() int { return c.line }

func (c *Scanner) mark(at int) {
	c.line += strings.Count(c.s[c.lineAt:at], "\n")
	c.lineAt = at
}

// prolog checks that s begins as a document does, and passes the declaration.
func (c *Scanner) prolog() error {
	i := 0
	for i < len(c.s) && isSpace(c.s[i]) {
		i++
	}
	switch {
	case i == len(c.s):
		return &Error{Code: Empty, Text: "Filen är tom. Be avsändaren skicka den igen."}
	case c.s[i] != '<':
		return notXML(c.s[i:])
	case i > 0 && strings.HasPrefix(c.s[i:], "<?xml"):
		return c.fail(0, Strict, "Filen börjar med blanktecken före XML-deklarationen.")
	}
	return nil
}

// Next gives the next token.
func (c *Scanner) Next() (Kind, error) {
	if c.selfEnd {
		c.selfEnd = false
		return c.closeElement()
	}
	for {
		if c.pos >= len(c.s) {
			return c.atEnd()
		}
		if c.s[c.pos] != '<' {
			done, err := c.characters()
			if err != nil || done {
				return Text, err
			}
			continue
		}
		c.mark(c.pos)
		if c.pos+1 >= len(c.s) {
			return EOF, c.truncated()
		}
		switch c.s[c.pos+1] {
		case '/':
			return c.endTag()
		case '?':
			if err := c.instruction(); err != nil {
				return EOF, err
			}
		case '!':
			done, err := c.bang()
			if err != nil || done {
				return Text, err
			}
		default:
			return c.startTag()
		}
	}
}

func (c *Scanner) atEnd() (Kind, error) {
	if len(c.open) > 0 {
		return EOF, c.truncated()
	}
	if !c.rootDone {
		return EOF, placed(c.s, len(c.s), Empty, "Filen innehåller inget dokument. Be avsändaren skicka den igen.")
	}
	return EOF, nil
}

// characters takes the run of text at pos. It gives false where the run is
// space outside the root.
func (c *Scanner) characters() (bool, error) {
	start := c.pos
	n := strings.IndexByte(c.s[start:], '<')
	if n < 0 {
		n = len(c.s) - start
	}
	c.pos = start + n
	raw := c.s[start:c.pos]
	if len(c.open) == 0 {
		for k := 0; k < len(raw); k++ {
			if !isSpace(raw[k]) {
				return false, c.fail(start+k, Strict, "Filen innehåller text utanför dokumentet.")
			}
		}
		return false, nil
	}
	text, err := c.unescape(raw, start, true)
	c.Text = text
	return true, err
}

// bang passes a comment, takes a CDATA section and refuses a DOCTYPE.
func (c *Scanner) bang() (bool, error) {
	rest := c.s[c.pos:]
	switch {
	case strings.HasPrefix(rest, "<!--"):
		n := strings.Index(rest[4:], "--")
		if n < 0 {
			return false, c.truncated()
		}
		end := 4 + n + 2
		if end >= len(rest) {
			return false, c.truncated()
		}
		if rest[end] != '>' {
			return false, c.fail(c.pos+4+n, Broken, "En kommentar innehåller två bindestreck i följd.")
		}
		if at := control(rest[4 : 4+n]); at >= 0 {
			return false, c.fail(c.pos+4+at, Strict, "Filen innehåller ett styrtecken som XML inte tillåter.")
		}
		c.pos += end + 1
		return false, nil
	case strings.HasPrefix(rest, "<![CDATA["):
		n := strings.Index(rest[9:], "]]>")
		if n < 0 {
			return false, c.truncated()
		}
		if len(c.open) == 0 {
			return false, c.fail(c.pos, Strict, "Filen innehåller text utanför dokumentet.")
		}
		raw := rest[9 : 9+n]
		if at := control(raw); at >= 0 {
			return false, c.fail(c.pos+9+at, Broken, "Filen innehåller ett styrtecken som XML inte tillåter.")
		}
		c.pos += 9 + n + 3
		c.Text = foldReturns(raw)
		return true, nil
	case strings.HasPrefix("<!--", rest), strings.HasPrefix("<![CDATA[", rest):
		return false, c.truncated()
	}
	what := OtherKind([]byte(rest[:min(len(rest), 64)]))
	if what == "" {
		what = "Filen innehåller en dokumenttypsdeklaration (DOCTYPE). Sådana tas inte emot av säkerhetsskäl. Be avsändaren skicka filen utan den."
	}
	return false, placed(c.s, c.pos, Doctype, what)
}

// commonDeclaration is what nearly every file begins with.
const commonDeclaration = `<?xml version="1.0" encoding="UTF-8"?>`

// declaration is XML's production 23, of version 1.0 alone.
var declaration = regexp.MustCompile(`^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*("1\.0"|'1\.0')` +
	`([ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*("[A-Za-z][-A-Za-z0-9._]*"|'[A-Za-z][-A-Za-z0-9._]*'))?` +
	`([ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*("(yes|no)"|'(yes|no)'))?[ \t\r\n]*\?>$`)

// instruction passes a processing instruction.
func (c *Scanner) instruction() error {
	rest := c.s[c.pos:]
	target, after := nameAt(rest, 2)
	if target == "" {
		return c.fail(c.pos, nameFault(rest[2:]), "En bearbetningsinstruktion saknar namn.")
	}
	n := strings.Index(rest[after:], "?>")
	if n < 0 {
		return c.truncated()
	}
	body := rest[after : after+n]
	if strings.EqualFold(target, "xml") {
		if c.pos != 0 {
			return c.fail(c.pos, Strict, "XML-deklarationen står inte först i filen.")
		}
		if end := after + n + 2; rest[:end] != commonDeclaration && !declaration.MatchString(rest[:end]) {
			return c.fail(c.pos, Strict, "XML-deklarationen är felskriven eller av en annan version än 1.0.")
		}
	}
	if body != "" && !isSpace(body[0]) || control(body) >= 0 {
		return c.fail(c.pos, Strict, "En bearbetningsinstruktion är felskriven.")
	}
	c.pos += after + n + 2
	return nil
}

func (c *Scanner) endTag() (Kind, error) {
	top := len(c.open) - 1
	if top < 0 {
		return EOF, c.fail(c.pos, Broken, "Ett element avslutas som aldrig har börjat.")
	}
	raw := c.open[top].raw
	i := c.pos + 2
	if !strings.HasPrefix(c.s[i:], raw) {
		return EOF, c.mismatch(i, raw)
	}
	i += len(raw)
	for i < len(c.s) && isSpace(c.s[i]) {
		i++
	}
	if i >= len(c.s) {
		return EOF, c.truncated()
	}
	if c.s[i] != '>' {
		return EOF, c.mismatch(c.pos+2, raw)
	}
	c.pos = i + 1
	return c.closeElement()
}

func (c *Scanner) mismatch(at int, raw string) error {
	got, end := nameAt(c.s, at)
	if end >= len(c.s) {
		return c.truncated()
	}
	return c.fail(at, Broken, fmt.Sprintf("Elementet <%s> avslutas med </%s>.", raw, short(got)))
}

func (c *Scanner) closeElement() (Kind, error) {
	top := len(c.open) - 1
	e := &c.open[top]
	c.Name = e.name
	c.scope = c.scope[:e.scope]
	c.open = c.open[:top]
	c.rootDone = top == 0
	return End, nil
}

func (c *Scanner) fail(at int, code Code, what string) *Error {
	return placed(c.s, at, code, what+" Filen går inte att läsa. Be avsändaren skicka en ny fil.")
}

func (c *Scanner) truncated() *Error {
	what := "Filen tar slut mitt i."
	if n := len(c.open); n > 0 {
		e := &c.open[n-1]
		what = fmt.Sprintf("Filen tar slut innan elementet <%s> på rad %d är avslutat.",
			short(e.raw), 1+strings.Count(c.s[:e.at], "\n"))
	}
	return placed(c.s, len(c.s), Truncated, what+" Den har troligen kapats vid överföringen. Be avsändaren skicka den igen.")
}

// short keeps hostile names out of messages.
func short(name string) string {
	const most = 60
	if len(name) <= most {
		return name
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(name[cut]) {
		cut--
	}
	return name[:cut] + "…"
}
