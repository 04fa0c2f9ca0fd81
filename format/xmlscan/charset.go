package xmlscan

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// declarationMax bounds where the closing of the XML declaration is sought.
const declarationMax = 512

// charsets are the encodings that Swedish suppliers' systems are known to send.
var charsets = map[string]encoding.Encoding{
	"iso-8859-1":   charmap.ISO8859_1,
	"iso8859-1":    charmap.ISO8859_1,
	"iso_8859-1":   charmap.ISO8859_1,
	"latin1":       charmap.ISO8859_1,
	"iso-8859-15":  charmap.ISO8859_15,
	"iso8859-15":   charmap.ISO8859_15,
	"windows-1252": charmap.Windows1252,
	"cp1252":       charmap.Windows1252,
}

var (
	utf8Mark    = []byte{0xEF, 0xBB, 0xBF}
	utf16LEMark = []byte{0xFF, 0xFE}
	utf16BEMark = []byte{0xFE, 0xFF}
)

// Decode gives b as UTF-8 text without byte order mark: by its mark if it has
// one, else by its declaration, else as UTF-8. The error is an *Error.
func Decode(b []byte) (string, error) {
	switch {
	case len(bytes.TrimSpace(bytes.TrimPrefix(b, utf8Mark))) == 0:
		return "", &Error{Code: Empty, Text: "Filen är tom. Be avsändaren skicka den igen."}
	case bytes.HasPrefix(b, utf16LEMark), bytes.HasPrefix(b, []byte{'<', 0}):
		return decodeWith(b, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM))
	case bytes.HasPrefix(b, utf16BEMark), bytes.HasPrefix(b, []byte{0, '<'}):
		return decodeWith(b, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM))
	}
	marked := bytes.HasPrefix(b, utf8Mark)
	if marked {
		b = b[len(utf8Mark):]
	}
	if trimmed := bytes.TrimLeft(b, " \t\r\n"); len(trimmed) == 0 || trimmed[0] != '<' {
		return "", notXML(string(trimmed[:min(len(trimmed), 8)]))
	}
	name := declared(b)
	if enc, known := charsets[name]; known && !marked {
		return decodeWith(b, enc, enc)
	}
	switch name {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
	default:
		// A byte order mark settles the matter whatever the declaration says.
		if !marked {
			return "", &Error{Line: 1, Col: 1, Code: BadCharset, Text: fmt.Sprintf(
				"Filen säger att den är skriven med teckenkodningen ”%s”, som Kontor inte läser. Be avsändaren skicka filen i UTF-8.", name)}
		}
	}
	s := string(b)
	if !utf8.ValidString(s) {
		at := firstInvalid(s)
		return "", placed(s, at, BadCharset,
			"Filen säger att den är skriven i UTF-8 men innehåller andra tecken. Be avsändaren skicka filen i den teckenkodning som den anger.")
	}
	return s, nil
}

func decodeWith(b []byte, marked, unmarked encoding.Encoding) (string, error) {
	enc := unmarked
	if bytes.HasPrefix(b, utf16LEMark) || bytes.HasPrefix(b, utf16BEMark) {
		enc = marked
	}
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return "", &Error{
			Line: 1, Col: 1, Code: BadCharset,
			Text: "Filens teckenkodning går inte att läsa. Be avsändaren skicka filen i UTF-8.",
		}
	}
	return string(out), nil
}

// declared gives the encoding that the XML declaration names, in lower case.
func declared(b []byte) string {
	if !bytes.HasPrefix(b, []byte("<?xml")) {
		return ""
	}
	b = b[:min(len(b), declarationMax)]
	end := bytes.Index(b, []byte("?>"))
	if end < 0 {
		return ""
	}
	_, after, found := strings.Cut(string(b[:end]), "encoding")
	if !found {
		return ""
	}
	after = strings.TrimLeft(after, " \t\r\n=")
	if after == "" || (after[0] != '"' && after[0] != '\'') {
		return ""
	}
	name, _, _ := strings.Cut(after[1:], after[:1])
	return strings.ToLower(name)
}

func firstInvalid(s string) int {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(s)
}

// placed makes an error at a byte offset of s.
func placed(s string, at int, code Code, text string) *Error {
	at = min(at, len(s))
	line := 1 + strings.Count(s[:at], "\n")
	col := 1 + utf8.RuneCountInString(s[strings.LastIndexByte(s[:at], '\n')+1:at])
	return &Error{Line: line, Col: col, Code: code, Text: text}
}
