package scanindex

import (
	"strings"

	"kontor/format/verdict"
	"kontor/kernel/money"
)

// sniffed is how much of a file tells what it is.
const sniffed = 4096

// Sniff reports whether the bytes look like an index of scanned papers.
func Sniff(b []byte) bool {
	head := b[:min(len(b), sniffed)]
	if isXML(b) {
		s := strings.ToLower(string(head))
		return strings.Contains(s, "<fil>") || strings.Contains(s, "<filnamn>") || strings.Contains(s, "<bild>") && strings.Contains(s, "<fakturanr")
	}
	heading, _, _ := strings.Cut(decode(head), "\n")
	sep, known := separator(strings.TrimRight(heading, "\r"))
	if known < leastKnown {
		return false
	}
	for _, w := range strings.Split(heading, string(sep)) {
		if words[fold(strings.Trim(w, "\" \r"))] == File {
			return true
		}
	}
	return false
}

// Check says whether an index file can be used.
func Check(b []byte) verdict.Verdict {
	v := verdict.Verdict{Kind: "scan-index"}
	x, err := Read(b)
	if err != nil {
		v.Remark(verdict.Reject, "%s", err)
		return v
	}
	if len(x.Rows) == 0 {
		v.Remark(verdict.Reject, "Indexfilen har inga rader.")
		return v
	}
	for _, u := range x.Unknown {
		v.Remark(verdict.Warn, "Kolumnen ”%s” är okänd och läses inte.", u)
	}
	var sum money.Amount
	seen := map[string]int{}
	for _, r := range x.Rows {
		v.Count("rows", 1)
		v.Count("unsure", int64(len(r.Unsure())))
		file := r.Get(File)
		switch {
		case file == "":
			v.Remark(verdict.Warn, "Rad %d har ingen fil. Den kan inte läsas in.", r.Place)
		case seen[strings.ToLower(file)] > 0:
			v.Remark(verdict.Warn, "Rad %d har samma fil som rad %d: %s.", r.Place, seen[strings.ToLower(file)], file)
		default:
			seen[strings.ToLower(file)] = r.Place
		}
		for _, name := range []string{Net, VAT, Payable, Rounding} {
			if s := r.Get(name); s != "" {
				a, ok := Amount(s)
				if !ok {
					v.Remark(verdict.Warn, "Rad %d har ett belopp som inte går att läsa: %s.", r.Place, s)
				} else if total, err := money.Sum(sum, a); name == Payable && err == nil {
					sum = total
				}
			}
		}
		for _, name := range []string{Issued, Due} {
			if s := r.Get(name); s != "" {
				if _, ok := Date(s); !ok {
					v.Remark(verdict.Warn, "Rad %d har ett datum som inte finns: %s.", r.Place, s)
				}
			}
		}
	}
	v.Sum("payable", sum.Plain())
	return v
}
