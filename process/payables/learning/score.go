package learning

import "cmp"

// Score is how well suggestions met what people answered.
type Score struct {
	Rows     int64
	First    int64 // the first suggestion was right
	Three    int64 // one of the first three was
	Unknown  int64 // rows of suppliers that had not been seen
	Rare     int64 // rows that were not coded as most rows are
	RareOnce int64 // of those, the first suggestion was right
}

// Judge holds suggestions, the best first, against what was answered.
// Common is the answer that is left out of the rare ones.
func (s *Score) Judge(suggested []string, answer, common string) {
	s.Rows++
	if answer != common {
		s.Rare++
	}
	for i, x := range suggested[:min(3, len(suggested))] {
		if x != answer {
			continue
		}
		s.Three++
		if i == 0 {
			s.First++
			if answer != common {
				s.RareOnce++
			}
		}
		return
	}
}

// Majority is what the model is held against: the answers that were commonest
// for the supplier and the client together, then for the supplier, for the
// client, and for all.
func (m *Model) Majority(f Fact, n int) []string {
	var out []string
	var room [room]habitOf
	keys := f.habits(room[:])
	for _, what := range [...]int{ofBoth, ofSupplier, ofClient, anything} {
		h := m.habits[keys[what].key]
		for h != nil && len(out) < n {
			best := count{}
			for _, c := range append([]count{h.first}, h.more...) {
				seen := false
				for _, x := range out {
					seen = seen || x == m.answers[c.answer]
				}
				if !seen && cmp.Or(cmp.Compare(c.n, best.n), cmp.Compare(best.answer, c.answer)) > 0 {
					best = c
				}
			}
			if best.n == 0 {
				break
			}
			out = append(out, m.answers[best.answer])
		}
	}
	return out
}

// Knows reports whether the model has seen the supplier.
func (m *Model) Knows(f Fact) bool {
	var room [room]habitOf
	return m.habits[f.habits(room[:])[ofSupplier].key] != nil
}

// Common is the answer that was given most.
func (m *Model) Common() string {
	if c := m.Majority(Fact{}, 1); len(c) > 0 {
		return c[0]
	}
	return ""
}
