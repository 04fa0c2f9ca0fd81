package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Capital makes words begin a sentence: "oktober 2026" becomes "Oktober 2026".
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// Small makes a sentence go on inside another: "Löftet hölls" becomes "löftet
// hölls".
func Small(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// Cut keeps at most so many letters of what a stranger sent, and no broken ones.
func Cut(s string, most int) string {
	r := []rune(strings.ToValidUTF8(s, ""))
	return string(r[:min(len(r), most)])
}

// Cell is a text that no spreadsheet takes for a formula.
// source: OWASP, CSV Injection.
func Cell(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r\n|%", rune(s[0])) {
		return s
	}
	return "'" + s
}

// Å, Ä and Ö are ordered last, byte by byte, on every engine.
var swedish = strings.NewReplacer("Å", "[", "Ä", `\`, "Ö", "]", "É", "E", "Ü", "U", "&", " ", ".", " ", ",", " ", `"`, "")

// SortKey is a name as it is ordered and searched: upper case, in Swedish order.
func SortKey(name string) string {
	return strings.Join(strings.Fields(swedish.Replace(strings.ToUpper(name))), " ")
}
