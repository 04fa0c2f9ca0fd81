package sie

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"kontor/format/verdict"
	"kontor/kernel/money"
)

// Sniff says whether b looks like SIE: its first line is a record.
func Sniff(b []byte) bool {
	b = bytes.TrimLeft(bytes.TrimPrefix(b[:min(len(b), 4096)], []byte(bom)), " \t\r\n")
	if xml(b) {
		return true
	}
	if len(b) == 0 || b[0] != '#' {
		return false
	}
	label, _, _ := bytes.Cut(b[1:], []byte("\n"))
	if k := bytes.IndexAny(label, " \t\r{\""); k >= 0 {
		label = label[:k]
	}
	return known(string(label))
}

// xml says whether b is SIE 5.
func xml(b []byte) bool {
	return bytes.HasPrefix(b, []byte("<")) && bytes.Contains(b[:min(len(b), 4096)], []byte("http://www.sie.se/sie5"))
}

// Check reads a file and says whether it can be used.
func Check(b []byte) verdict.Verdict {
	if xml(bytes.TrimLeft(bytes.TrimPrefix(b, []byte(bom)), " \t\r\n")) {
		v := verdict.Verdict{Kind: "sie5"}
		v.Remark(verdict.Reject, "Filen är SIE 5 (XML). Kontor läser SIE 1–4: be avsändaren exportera SIE 4.")
		return v
	}
	return CheckStream(bytes.NewReader(b))
}

// CheckStream is Check for a file of any size: it keeps one voucher at a time.
func CheckStream(r io.ReadSeeker) verdict.Verdict {
	d, err := Scan(r, nil)
	if err != nil {
		v := verdict.Verdict{Kind: "sie"}
		v.Remark(verdict.Reject, "Filen kunde inte läsas: %v.", err)
		return v
	}
	return d.Verdict()
}

// Verdict is what is said of the file, the worst first. A file that is accepted
// may have notes: what was read otherwise than it was written.
func (d *Document) Verdict() verdict.Verdict {
	v := verdict.Verdict{Kind: d.Type.Kind()}
	for level := verdict.Reject; level >= verdict.Accept; level-- {
		for _, f := range d.Findings {
			switch {
			case f.Level != level:
			case f.Line > 0:
				v.Remark(level, "Rad %d: %s", f.Line, f.Text)
			default:
				v.Remark(level, "%s", f.Text)
			}
		}
	}
	t := &d.Totals
	v.Count("vouchers", t.Vouchers)
	v.Count("postings", t.Postings)
	v.Count("accounts", int64(len(d.Accounts)))
	v.Count("objects", int64(len(d.Objects)))
	v.Count("balances", int64(len(d.Balances)))
	v.Count("struck", t.Struck)
	v.Count("added", t.Added)
	v.Count("ignored", t.Ignored)
	v.Sum("debit", t.Debit.Plain())
	v.Sum("credit", t.Credit.Plain())
	return v
}

// end judges what only the whole file shows.
func (s *scanner) end() {
	d := s.d
	s.n = 0
	if s.known == 0 && !s.seen["FLAGGA"] {
		d.Findings = nil // every line of another kind of file is odd
		if s.seen["<"] {
			s.find(verdict.Reject, "Filen är XML eller HTML och ingen SIE-fil av typ 1–4.")
			return
		}
		s.find(verdict.Reject, "Filen har inga SIE-poster.")
		return
	}
	if s.place == headed || s.place == within {
		s.findAt(s.v.Line, verdict.Reject, "Verifikation %s har inget slut: filen är avkortad. Be avsändaren om en ny.", s.v.name())
	}
	if s.summing {
		s.findAt(s.began, verdict.Reject, "#KSUMMA börjar men slutar aldrig: filen är avkortad. Be avsändaren om en ny.")
	}
	if d.Type == Type4I && (len(d.Years) > 0 || len(d.Balances) > 0) {
		d.Type = Type4E
	}
	if d.Type == NoType {
		s.find(verdict.Warn, "#SIETYP saknas. Filen lästes som typ 1.")
		d.Type = Type1 // source: SIE 4B, #SIETYP: without it the file is of type 1
		if d.Totals.Vouchers > 0 {
			d.Type = Type4E
		}
	}
	if d.Encoding != CP437 {
		s.find(verdict.Accept, "Filens tecken är skrivna i %v och lästes så, fast SIE är CP437 (PC8).", d.Encoding)
	}
	s.must()
	s.years()
	s.chart()
	s.more()
}

// mandatory are the records that every type must have.
// source: SIE 4B, section 6
var mandatory = []string{"FLAGGA", "PROGRAM", "FORMAT", "GEN", "FNAMN"}

func (s *scanner) must() {
	for _, label := range mandatory {
		if !s.seen[label] {
			s.find(verdict.Warn, "#%s saknas.", label)
		}
	}
	if s.d.Type == Type4I && s.d.Totals.Vouchers == 0 {
		s.find(verdict.Warn, "Filen har inga verifikationer.")
	}
}

// years holds the financial years against each other: an opening balance is
// the closing one of the year before only if they meet.
func (s *scanner) years() {
	y := slices.Clone(s.d.Years)
	slices.SortFunc(y, func(a, b Year) int { return a.Index - b.Index })
	for k := 1; k < len(y); k++ {
		if y[k].Index == y[k-1].Index+1 && y[k].First != y[k-1].Last+1 {
			s.find(verdict.Reject, "Räkenskapsår %d slutar %v men år %d börjar %v; åren ska följa på varandra.",
				y[k-1].Index, y[k-1].Last, y[k].Index, y[k].First)
		}
	}
	if len(y) == 0 && s.d.Type != Type4I {
		s.find(verdict.Warn, "Räkenskapsåret (#RAR) saknas.")
	}
}

// chart looks for accounts and dimensions that are used but not declared. A
// file of type 4I may rely on the receiver's.
func (s *scanner) chart() {
	d := s.d
	if d.Type == Type4I || len(d.Accounts) == 0 {
		return
	}
	var missing []string
	for _, a := range s.accounts {
		if a.used && a.index == 0 {
			missing = append(missing, a.number)
		}
	}
	slices.Sort(missing)
	for _, n := range missing {
		s.find(verdict.Accept, "Konto %s används men finns inte i filens kontoplan.", clip(n))
	}
	if sum, ok := d.sum(Opening); ok && sum != 0 {
		s.find(verdict.Accept, "De ingående balanserna summerar till %s och inte till noll.", sum)
	}
}

// sum is the balances of a kind for the year of the file.
func (d *Document) sum(kind BalanceKind) (sum money.Amount, ok bool) {
	for k := range d.Balances {
		b := &d.Balances[k]
		if b.Kind != kind || b.Year != 0 {
			continue
		}
		var err error
		if sum, err = sum.Add(b.Amount); err != nil {
			return 0, false
		}
		ok = true
	}
	return sum, ok
}

// more tells of findings that were too many to be told one by one.
func (s *scanner) more() {
	for _, g := range s.groups {
		if n := g.n - sameMost; n > 0 {
			s.d.Findings = append(s.d.Findings, Finding{Level: g.level, Text: fmt.Sprintf("%d till av samma slag som: %s", n, g.first)})
		}
	}
}
