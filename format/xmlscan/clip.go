package xmlscan

// clipMost is how many characters of a stranger's text a sentence quotes.
const clipMost = 80

// Clip is a text from a stranger, short enough to stand in a sentence.
func Clip(s string) string {
	n := 0
	for at := range s {
		if n == clipMost {
			return s[:at] + "…"
		}
		n++
	}
	return s
}
