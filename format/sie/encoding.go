package sie

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Encoding is how the characters of a file are written.
type Encoding uint8

// The encodings. A file with nothing but ASCII is CP437, as the specification wants.
const (
	CP437 Encoding = iota
	UTF8
	Latin1 // or Windows-1252, which has more
)

var encodingWords = [...]string{"CP437", "UTF-8", "Latin-1"}

func (e Encoding) String() string { return encodingWords[e] }

var errUTF16 = errors.New("UTF-16")

// The bytes of å ä ö Å Ä Ö é ü in the two one-byte encodings. In the other one
// they are box drawing, mathematical signs or control characters.
const (
	lettersCP437  = "\x86\x84\x94\x8f\x8e\x99\x82\x81"
	lettersLatin1 = "\xe5\xe4\xf6\xc5\xc4\xd6\xe9\xfc"
)

// detect reads all of r to tell its encoding from the bytes.
func detect(r io.Reader, buf []byte) (Encoding, error) {
	var counts [256]int64
	high, broken, first, kept := false, false, true, 0
	for {
		n, err := io.ReadFull(r, buf[kept:])
		end := err != nil
		if end && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return 0, err
		}
		chunk := buf[:kept+n]
		if first && (bytes.HasPrefix(chunk, []byte("\xff\xfe")) || bytes.HasPrefix(chunk, []byte("\xfe\xff"))) {
			return 0, errUTF16
		}
		if first && bytes.HasPrefix(chunk, []byte(bom)) {
			high = true
		}
		first, kept = false, 0
		if !ascii(chunk) {
			high = true
			whole := chunk
			if !end {
				whole = chunk[:len(chunk)-tail(chunk)]
			}
			broken = broken || !utf8.Valid(whole)
			for _, c := range whole {
				counts[c]++
			}
			kept = copy(buf, chunk[len(whole):])
		}
		if end {
			break
		}
	}
	switch {
	case !high:
		return CP437, nil
	case !broken:
		return UTF8, nil
	}
	var old, latin int64
	for k := range len(lettersCP437) {
		old += counts[lettersCP437[k]]
		latin += counts[lettersLatin1[k]]
	}
	if latin > old {
		return Latin1, nil
	}
	return CP437, nil
}

const bom = "\ufeff"

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// tail is how many bytes at the end of b may be the beginning of a character.
func tail(b []byte) int {
	for n := 1; n <= 3 && n <= len(b); n++ {
		if c := b[len(b)-n]; utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}

// decode appends b as UTF-8.
func (e Encoding) decode(dst, b []byte) []byte {
	table := charmap.CodePage437
	switch e {
	case UTF8:
		return append(dst, bytes.ToValidUTF8(b, []byte("\ufffd"))...)
	case Latin1:
		table = charmap.Windows1252
	}
	for _, c := range b {
		if c < utf8.RuneSelf {
			dst = append(dst, c)
		} else {
			dst = utf8.AppendRune(dst, table.DecodeByte(c))
		}
	}
	return dst
}

// instead is what is written for characters that CP437 lacks and that have no
// letter below an accent either.
var instead = map[rune]string{
	'€': "EUR", '–': "-", '—': "-", '‑': "-", '‐': "-", '−': "-", '’': "'", '‘': "'", '‚': "'", '”': `"`, '“': `"`, '„': `"`, '»': `"`, '…': "...",
	'•': "*", '©': "(c)", '®': "(R)", '™': "TM", '×': "x", 'ø': "o", 'Ø': "O", 'ð': "d", 'Ð': "D", 'þ': "th", 'Þ': "Th", 'œ': "oe", 'Œ': "OE",
	'ł': "l", 'Ł': "L", 'đ': "d", 'Đ': "D", 'ı': "i", '§': "par.", '¹': "1", '³': "3", '¾': "3/4", '\u2009': " ", '\u202f': " ",
}

// encode appends s in CP437 and says whether it is all there. A control
// character becomes a space. Any other character that CP437 lacks becomes what
// [instead] has, its letter without accents, or "?".
func encode(dst []byte, s string) (out []byte, exact bool) {
	exact = true
	for _, r := range s {
		switch {
		case r < ' ' || r == 0x7f:
			dst, exact = append(dst, ' '), false
		case r < utf8.RuneSelf:
			dst = append(dst, byte(r))
		default:
			if c, ok := charmap.CodePage437.EncodeRune(r); ok {
				dst = append(dst, c)
				continue
			}
			dst, exact = append(dst, replace(r)...), false
		}
	}
	return dst, exact
}

func replace(r rune) []byte {
	if s, ok := instead[r]; ok {
		return []byte(s)
	}
	if s := norm.NFD.String(string(r)); s != "" && s[0] < utf8.RuneSelf && s != string(r) {
		return []byte(s[:1])
	}
	return []byte("?")
}
