package camt

import (
	"fmt"

	"kontor/format/verdict"
	"kontor/format/xmlscan"
	"kontor/kernel/money"
)

// Find gives the balance of a code, not an interim one of a page.
func (s *Statement) Find(code string) (Balance, bool) {
	for _, b := range s.Balances {
		if b.Code == code && !b.Interim {
			return b, true
		}
	}
	return Balance{}, false
}

// Opened is the balance before the entries: OPBD, or the closing balance of the
// day before.
func (s *Statement) Opened() (Balance, bool) {
	if b, ok := s.Find(Opening); ok {
		return b, true
	}
	return s.Find(PreviousClosing)
}

// DetailSum is the sum of an entry's payments. whole is false where a payment has
// no amount or another currency, or there is none: then nothing can be said.
func (e *Entry) DetailSum() (sum money.Amount, whole bool) {
	for k := range e.Details {
		d := &e.Details[k]
		var err error
		if !d.HasAmount || d.Currency != e.Currency {
			return 0, false
		}
		if sum, err = sum.Add(d.Amount); err != nil {
			return 0, false
		}
	}
	return sum, len(e.Details) > 0
}

// Judge says what does not add up in an entry.
func (e *Entry) Judge() []Finding {
	var out []Finding
	say := func(format string, args ...any) {
		out = append(out, Finding{Level: verdict.Warn, Line: e.Line, Text: fmt.Sprintf(format, args...)})
	}
	if sum, whole := e.DetailSum(); whole && sum != e.Amount {
		say("Händelsen är på %v %s men dess betalningar summerar till %v.", e.Amount, e.Currency, sum)
	}
	if n := e.Batch.Count; n >= 0 && !e.Several && len(e.Details) > 0 && n != int64(len(e.Details)) {
		say("Bunten säger sig ha %d betalningar men har %d.", n, len(e.Details))
	}
	if total := e.Batch.Total; e.Batch.HasTotal && !e.Several && e.Batch.Currency == e.Currency && total != e.Amount && total != -e.Amount {
		say("Buntens summa är %v men händelsen är på %v.", total, e.Amount)
	}
	switch e.Status {
	case Booked, Pending, Info, "FUTR":
	case "":
		say("Händelsen säger inte om den är bokförd.")
	default:
		say("Händelsens status ”%s” är okänd.", xmlscan.Clip(e.Status))
	}
	return out
}

// balancer adds up a statement while its entries pass.
type balancer struct {
	sum, credits, debits money.Amount
	entries, ins, outs   int64
	other                bool // an entry in another currency, or a sum too large
}

func (t *balancer) add(e *Entry, currency string) {
	if !e.Final() {
		return
	}
	t.entries++
	if currency != "" && e.Currency != currency {
		t.other = true
	}
	var err error
	if t.sum, err = t.sum.Add(e.Amount); err != nil {
		t.other = true
	}
	if e.Amount >= 0 {
		t.ins++
		if t.credits, err = t.credits.Add(e.Amount); err != nil {
			t.other = true
		}
		return
	}
	t.outs++
	if t.debits, err = t.debits.Sub(e.Amount); err != nil {
		t.other = true
	}
}

// judge compares the sums of the booked entries with what the statement says.
func (t *balancer) judge(kind Kind, s *Statement) []Finding {
	var out []Finding
	say := func(format string, args ...any) {
		out = append(out, Finding{Level: verdict.Warn, Line: s.Line, Text: fmt.Sprintf(format, args...)})
	}
	opened, hasOpening := s.Opened()
	closed, hasClosing := s.Find(Closing)
	switch {
	case kind != Stmt:
	case !hasOpening || !hasClosing:
		say("Kontoutdraget %s saknar ingående eller utgående saldo, så det går inte att pröva.", xmlscan.Clip(s.ID))
	case t.other || opened.Currency != closed.Currency:
		say("Kontoutdraget %s har händelser i olika valutor, så saldot går inte att pröva.", xmlscan.Clip(s.ID))
	default:
		if sum, err := opened.Amount.Add(t.sum); err != nil || sum != closed.Amount {
			say("Ingående saldo %v och händelserna %v ger %v, men utgående saldo är %v.", opened.Amount, t.sum, sum, closed.Amount)
		}
	}
	if t.other {
		return out
	}
	if n := s.Stated.Credits; n >= 0 && n != t.ins {
		say("Banken säger %d insättningar men det är %d.", n, t.ins)
	}
	if n := s.Stated.Debits; n >= 0 && n != t.outs {
		say("Banken säger %d uttag men det är %d.", n, t.outs)
	}
	if s.Stated.HasCredits && s.Stated.CreditSum != t.credits {
		say("Banken säger insättningar för %v men de är %v.", s.Stated.CreditSum, t.credits)
	}
	if s.Stated.HasDebits && s.Stated.DebitSum != t.debits {
		say("Banken säger uttag för %v men de är %v.", s.Stated.DebitSum, t.debits)
	}
	return out
}

// Judge says what does not add up in a statement that was read whole.
func (s *Statement) Judge(kind Kind) []Finding {
	var t balancer
	var out []Finding
	for k := range s.Entries {
		t.add(&s.Entries[k], s.Account.Currency)
		out = append(out, s.Entries[k].Judge()...)
	}
	return append(out, t.judge(kind, s)...)
}

// Follows says what is wrong between a statement and the next of the same
// account: the balance must be carried over, and no number may be missing.
func (s *Statement) Follows(before *Statement) []Finding {
	var out []Finding
	say := func(format string, args ...any) {
		out = append(out, Finding{Level: verdict.Warn, Line: s.Line, Text: fmt.Sprintf(format, args...)})
	}
	opened, hasOpening := s.Opened()
	closed, hasClosing := before.Find(Closing)
	if hasOpening && hasClosing && opened.Amount != closed.Amount {
		say("Ingående saldo %v är inte utgående saldo %v i utdraget före (%s).", opened.Amount, closed.Amount, xmlscan.Clip(before.ID))
	}
	switch step := s.Sequence - before.Sequence; {
	case s.Sequence <= 0 || before.Sequence <= 0 || step == 1:
	case step > 1:
		say("Det saknas %d utdrag mellan nummer %d och %d. Hämta dem hos banken.", step-1, before.Sequence, s.Sequence)
	default:
		say("Utdrag nummer %d har kommit efter nummer %d.", s.Sequence, before.Sequence)
	}
	return out
}

// Check reads a file and says what is to be said of it. It keeps no entries, so
// that a large file costs no more than its text.
func Check(b []byte) verdict.Verdict {
	v := verdict.Verdict{Kind: "camt"}
	var tally struct{ details, pending, returns, reversals int64 }
	sums := map[string]*balancer{}
	var judged []Finding
	file, findings, err := Each(b, func(s *Statement, e *Entry) {
		s.sum.add(e, s.Account.Currency)
		if sums[e.Currency] == nil {
			sums[e.Currency] = &balancer{}
		}
		sums[e.Currency].add(e, "")
		tally.details += int64(len(e.Details))
		if !e.Final() {
			tally.pending++
		}
		if e.Reversal {
			tally.reversals++
		}
		for k := range e.Details {
			if e.Details[k].Return != nil {
				tally.returns++
			}
		}
		if len(judged) < findingsMost {
			judged = append(judged, e.Judge()...)
		}
	})
	if err != nil {
		return verdict.Refused(v.Kind, err)
	}
	v.Kind = string(file.Kind)
	for k := range file.Statements {
		s := &file.Statements[k]
		judged = append(judged, s.sum.judge(file.Kind, s)...)
		if k > 0 && s.Account.Identity() == file.Statements[k-1].Account.Identity() {
			judged = append(judged, s.Follows(&file.Statements[k-1])...)
		}
		v.Count("statements", 1)
		v.Count("entries", s.sum.entries)
	}
	v.Count("pending", tally.pending)
	v.Count("payments", tally.details)
	v.Count("returns", tally.returns)
	v.Count("reversals", tally.reversals)
	for currency, t := range sums {
		v.Sum("in "+currency, t.credits.Plain())
		v.Sum("out "+currency, t.debits.Plain())
	}
	for _, f := range append(findings, judged...) {
		v.Remark(f.Level, "Rad %d: %s", f.Line, f.Text)
	}
	return v
}

// Sniff says whether a file looks like one of these, from its first bytes.
func Sniff(b []byte) bool { return xmlscan.Mentions(b, "camt.05", "BkToCstmr") }
