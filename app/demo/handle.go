package demo

import (
	"fmt"
	"slices"

	"kontor/books/coding"
	"kontor/kernel/money"
	"kontor/process/payables"
)

// approverMost and managerMost are the limits of those who decide at a client.
const (
	approverMost = money.Amount(100_000_00)
	managerMost  = money.Amount(5_000_000_00)
)

// move is the next step of an invoice: who takes it, and what they say.
type move struct {
	step  string
	who   string // key of the person
	say   map[string]string
	days  int // working days until the one after it
	round int
}

// remedies tells what is left to solve of an invoice.
func remedies(v payables.Invoice) (all []payables.Remedy, codes []payables.Code) {
	for _, f := range v.Findings {
		if f.Open() {
			all = append(all, payables.LackOf(f.Code).Remedy)
			codes = append(codes, f.Code)
		}
	}
	return all, codes
}

// next says who does what with an invoice. It draws from the one stream of
// chance of the city, so it is asked once for each turn.
func (b *builder) next(e *errand, v payables.Invoice) (move, bool) {
	clerk := b.clerk(e.client, e.serial)
	if m, ok := b.aside(e, v, clerk); ok {
		return m, true
	}
	switch v.State {
	case payables.Held:
		return b.nextHeld(e, v, clerk), true
	case payables.Waiting:
		return move{step: "complete", who: clerk, say: b.answer(e), days: 0, round: 2}, true
	case payables.Registered:
		return b.nextRegistered(e, v, clerk), true
	case payables.Coded:
		if b.rnd.IntN(100) < 2 && e.tries == 0 {
			e.tries++
			return move{step: "recode", who: e.client.Contact, say: map[string]string{"reason": "Ska delas på ett annat ansvar."}, days: 1, round: 0}, true
		}
		return move{step: "review", who: e.client.Contact, days: lag(b.rnd, 40, 30, 15, 10), round: 3}, true
	case payables.Reviewed:
		who := e.client.Approver
		if v.Payable.Abs() > approverMost || e.tries > 2 {
			who = e.client.Manager
		}
		return move{step: "approve", who: who}, true
	}
	return move{}, false
}

func (b *builder) nextHeld(e *errand, v payables.Invoice, clerk string) move {
	_, codes := remedies(v)
	if slices.Contains(codes, payables.SameNumber) {
		return move{step: "void", who: b.of(Accountant, e.client.Unit), say: map[string]string{
			"reason": "Samma faktura som den tidigare, med numret skrivet på ett annat sätt.",
		}}
	}
	return move{step: "return", who: clerk}
}

func (b *builder) nextRegistered(e *errand, v payables.Invoice, clerk string) move {
	left, codes := remedies(v)
	switch {
	case slices.Contains(left, payables.Return):
		return move{step: "return", who: clerk}
	case slices.Contains(left, payables.ByPhone):
		if slices.Contains(codes, payables.NoReference) && e.tries == 0 && b.rnd.IntN(3) == 0 {
			e.tries++
			return move{step: "wait", who: clerk, say: map[string]string{
				"asked": b.city.Person(e.client.Contact).Name + " undersöker vem som har beställt.",
			}, days: 1 + b.rnd.IntN(2), round: 1}
		}
		return move{step: "complete", who: clerk, say: b.answer(e), round: 2}
	case slices.Contains(left, payables.Decide):
		return move{step: "accept", who: clerk, say: map[string]string{"reason": reasonFor(codes)}, round: 2}
	}
	return move{step: "code", who: clerk, days: lag(b.rnd, 45, 30, 15), round: 1}
}

// answer is what the client says when somebody calls.
func (b *builder) answer(e *errand) map[string]string {
	code := e.client.Codes[e.serial%len(e.client.Codes)]
	return map[string]string{
		"answer":    fmt.Sprintf("%s svarade: %s, ansvar %s.", b.city.Person(e.client.Contact).Name, code.Name, code.Code),
		"reference": code.Code,
	}
}

// reasonFor is what an assistant writes when the office decides itself.
func reasonFor(codes []payables.Code) string {
	for _, c := range codes {
		switch c {
		case payables.NewSupplier:
			return "Företaget finns hos Bolagsverket, har F-skatt och kontot är kontrollerat."
		case payables.ReverseCharge:
			return "Byggtjänst: omvänd betalningsskyldighet gäller."
		case payables.OtherRecipient:
			return "Referensen stämmer; leverantören har en gammal adress."
		case payables.SameDayTwin, payables.SameOCRTwin:
			return "Två leveranser samma dag, kontrollerat mot följesedlarna."
		}
	}
	return "Kontrollerat, inget att anmärka."
}

// clerk is the assistant at the home unit who has an invoice.
func (b *builder) clerk(k *Client, serial int) string {
	all := b.city.those(Assistant, k.Unit)
	return all[serial%len(all)]
}

func (b *builder) of(role, unit string) string { return b.city.those(role, unit)[0] }

// codingOf is how a person at the centre codes an invoice: by what was bought,
// on the unit that the client has named.
func codingOf(e *errand, v payables.Invoice) []coding.Line {
	unit := e.client.Codes[0]
	for _, c := range e.client.Codes {
		if c.Code == v.Reference {
			unit = c
		}
	}
	line := func(g Good, amount money.Amount) coding.Line {
		return coding.Line{Account: g.Account, Unit: unit.Code, Activity: activityOf(unit.Name), Amount: amount, Text: g.Text}
	}
	var lines []coding.Line
	rest := v.Net
	if p := e.file.paper; p != nil {
		for _, l := range p.lines[min(1, len(p.lines)):] {
			net := l.net()
			if v.Kind == payables.Credit {
				net = -net
			}
			if l.good.Account != p.lines[0].good.Account && net != 0 {
				lines = append(lines, line(l.good, net))
				rest -= net
			}
		}
		lines = append([]coding.Line{line(p.lines[0].good, rest)}, lines...)
	}
	return lines
}
