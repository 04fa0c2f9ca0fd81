package en16931

import (
	_ "embed"
	"strings"
)

// unusedText is the elements of UBL that no business term uses, one a line:
// rule, severity, path from the document element, official text. "Line" is
// either kind of line.
// source: CEN/TC 434 validation artefacts 1.3.16, UBL-CR
//
//go:embed unused.tsv
var unusedText string

// branch is a place in the tree of unused paths.
type branch struct {
	next  map[Name]*branch
	rules []int // of the path that ends here
}

// unused walks the document along the paths that lead to what is not used. It
// is one walk, whatever the number of rules.
func (j *judge) unused() {
	if j.wanted != nil && !j.wantsUnused() {
		return
	}
	j.walkUnused(Root, unusedPaths)
}

func (j *judge) wantsUnused() bool {
	for k, wanted := range j.wanted {
		if wanted && strings.HasPrefix(Rules[k].ID, "UBL-CR-") {
			return true
		}
	}
	return false
}

func (j *judge) walkUnused(n ID, b *branch) {
	for c := j.t.nodes[n].first; c != None; c = j.t.nodes[c].next {
		to, leads := b.next[j.t.nodes[c].name]
		if !leads {
			continue
		}
		for _, k := range to.rules {
			if j.judges(k) && j.counts[k] == 0 {
				j.report(&entry{rule: k, seen: secret}, c)
			}
		}
		if len(to.next) > 0 {
			j.walkUnused(c, to)
		}
	}
}

func newBranch() *branch { return &branch{next: map[Name]*branch{}} }

// put adds a path, on both kinds of line where it is of a line.
func (b *branch) put(w *words, path string, rule int) {
	if rest, line := strings.CutPrefix(path, "Line/"); line {
		b.put(w, "cac:InvoiceLine/"+rest, rule)
		b.put(w, "cac:CreditNoteLine/"+rest, rule)
		return
	}
	step, rest, more := strings.Cut(path, "/")
	name := w.intern(step)
	to := b.next[name]
	if to == nil {
		to = newBranch()
		b.next[name] = to
	}
	if more {
		to.put(w, rest, rule)
		return
	}
	to.rules = append(to.rules, rule)
}

// intern gives a name its number, a new one if needed.
func (w *words) intern(text string) Name {
	prefix, local, _ := strings.Cut(text, ":")
	m := w.cac
	if prefix == "cbc" {
		m = w.cbc
	}
	if n, known := m[local]; known {
		return n
	}
	n := Name(len(w.text))
	w.text = append(w.text, text)
	m[local] = n
	return n
}
