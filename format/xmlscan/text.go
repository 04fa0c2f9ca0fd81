package xmlscan

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Classes of bytes, so that the common text is passed over in one look a byte.
const (
	classSpace   = 1 << iota // XML white space
	className                // may stand in a name
	classBegin               // may begin a name
	classCare                // in text: a reference, a carriage return, ']' or a control character
	classControl             // never allowed
)

var class = classes()

func classes() (t [256]uint8) {
	for b := range 0x20 {
		t[b] = classCare | classControl
	}
	t['\t'], t['\n'], t[' '] = classSpace, classSpace, classSpace
	t['\r'] = classSpace | classCare
	t['&'], t[']'] = classCare, classCare
	for b := 'a'; b <= 'z'; b++ {
		t[b] = className | classBegin
		t[b-'a'+'A'] = className | classBegin
	}
	for b := '0'; b <= '9'; b++ {
		t[b] = className
	}
	t['_'], t[':'] = className|classBegin, className|classBegin
	t['-'], t['.'] = className, className
	return t
}

func isSpace(b byte) bool { return class[b]&classSpace != 0 }

// nameAt gives the name that begins at s[i], and where it ends; "" if none does.
func nameAt(s string, i int) (string, int) {
	start := i
	for i < len(s) && class[s[i]]&className != 0 {
		i++
	}
	if i < len(s) && s[i] >= utf8.RuneSelf {
		return wideName(s, start)
	}
	if i == start || class[s[start]]&classBegin == 0 {
		return "", i
	}
	return s[start:i], i
}

// wideName is nameAt for names with letters outside ASCII.
// source: XML 1.0 fifth edition, production 4. The fourth edition's tables,
// which encoding/xml follows, are narrower; nameRune keeps to what both allow.
func wideName(s string, start int) (string, int) {
	i := start
	for i < len(s) {
		if s[i] < utf8.RuneSelf {
			if class[s[i]]&className == 0 {
				break
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !nameRune(r) {
			return "", i
		}
		i += n
	}
	if !nameBegins(s[start:i]) {
		return "", i
	}
	return s[start:i], i
}

// nameRune says whether r is one of the Latin letters that names in the
// Nordic and West European languages use. No e-invoice vocabulary has others.
func nameRune(r rune) bool {
	return r >= 0xC0 && r <= 0xFF && r != 0xD7 && r != 0xF7
}

func nameBegins(name string) bool {
	return name != "" && (name[0] >= utf8.RuneSelf || class[name[0]]&classBegin != 0 && name[0] != ':')
}

// control gives the place of the first control character, or -1.
func control(s string) int {
	for i := 0; i < len(s); i++ {
		if class[s[i]]&classControl != 0 {
			return i
		}
	}
	return -1
}

// nonCharacter gives the place of the first U+FFFE or U+FFFF, or -1; Decode has
// seen to that everything else is sound UTF-8.
func nonCharacter(s string) int {
	for from := 0; ; {
		k := strings.Index(s[from:], "\xEF\xBF")
		if k < 0 || from+k+2 >= len(s) {
			return -1
		}
		if s[from+k+2] >= 0xBE {
			return from + k
		}
		from += k + 2
	}
}

// unescape gives the text that raw stands for: raw itself unless it holds a
// reference or a carriage return. at is its offset; inText forbids "]]>".
func (c *Scanner) unescape(raw string, at int, inText bool) (string, error) {
	i := 0
	for i < len(raw) && class[raw[i]]&classCare == 0 {
		i++
	}
	if i == len(raw) {
		return raw, nil
	}
	if first := strings.IndexAny(raw[i:], "&\r"); first < 0 {
		return raw, c.plain(raw, at, inText)
	}
	if err := c.plain(raw, at, inText); err != nil {
		return "", err
	}
	var b strings.Builder
	b.Grow(len(raw))
	b.WriteString(raw[:i])
	for i < len(raw) {
		switch raw[i] {
		case '\r':
			b.WriteByte('\n')
			i++
			if i < len(raw) && raw[i] == '\n' {
				i++
			}
		case '&':
			r, n := reference(raw[i:])
			switch {
			case n == 0:
				return "", c.fail(at+i, Broken, "Tecknet & står ensamt eller i en hänvisning som inte finns.")
			case !allowed(r):
				return "", c.fail(at+i, Strict, "Filen hänvisar till ett tecken som XML inte tillåter.")
			}
			b.WriteRune(r)
			i += n
		default:
			b.WriteByte(raw[i])
			i++
		}
	}
	return b.String(), nil
}

// plain refuses control characters and, in text, the end of a CDATA section.
func (c *Scanner) plain(raw string, at int, inText bool) error {
	if k := control(raw); k >= 0 {
		return c.fail(at+k, Broken, "Filen innehåller ett styrtecken som XML inte tillåter.")
	}
	if inText {
		if k := strings.Index(raw, "]]>"); k >= 0 {
			return c.fail(at+k, Broken, "Filen innehåller ]]> utanför ett CDATA-avsnitt.")
		}
	}
	return nil
}

// reference reads the reference at the start of s: its character and length,
// or length 0 where it is none of the five predefined or a number.
func reference(s string) (rune, int) {
	const longest = 12
	end := strings.IndexByte(s[:min(len(s), longest)], ';')
	if end < 0 {
		return 0, 0
	}
	switch name := s[1:end]; name {
	case "amp":
		return '&', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	default:
		if len(name) < 2 || name[0] != '#' {
			return 0, 0
		}
		digits, base := name[1:], 10
		if digits[0] == 'x' {
			digits, base = digits[1:], 16
		}
		// ParseUint takes a sign or an underscore in neither base.
		n, err := strconv.ParseUint(digits, base, 32)
		if err != nil || n > utf8.MaxRune {
			return 0, 0
		}
		return rune(n), end + 1
	}
}

// allowed is XML's production 2.
func allowed(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' ||
		r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// foldReturns makes every end of line a single line feed.
func foldReturns(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

const webPage = "Filen är en webbsida, troligen ett felmeddelande från den tjänst som den hämtades från. Hämta den igen."

// notXML refuses a file by what it looks like instead.
func notXML(s string) *Error {
	what := OtherKind([]byte(s))
	if what == "" {
		what = "Filen är inte en XML-fil. Kontrollera att rätt fil valdes, eller be avsändaren skicka den igen."
	}
	return &Error{Line: 1, Col: 1, Code: NotXML, Text: what}
}

// OtherKind says in Swedish what to do with a file of a well-known kind that no
// reader takes, told by its first bytes; "" when it is none.
func OtherKind(b []byte) string {
	b = bytes.TrimLeft(b[:min(len(b), 64)], " \t\r\n")
	for _, k := range otherKinds {
		if bytes.HasPrefix(b, []byte(k.first)) {
			return k.text
		}
	}
	return ""
}

var otherKinds = []struct{ first, text string }{
	{"%PDF", "Filen är en PDF och ingen e-faktura. Lägg in den som skannad faktura eller be leverantören om en e-faktura."},
	{"PK\x03\x04", "Filen är en ZIP-fil. Packa upp den och läs in det som ligger i den."},
	{"<!DOCTYPE HTML", webPage},
	{"<!DOCTYPE html", webPage},
	{"<!doctype html", webPage},
	{"\x1f\x8b", "Filen är packad med gzip. Packa upp den och läs in det som ligger i den."},
}
