package generalledger

import (
	"kontor/books/coding"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/approval"
)

// authorise holds the approval against the client's register of approvers as it
// is at this moment, and notes the row and version that it rests on.
//
// source: 004 s.10 (attestförteckning)
func authorise(o *op.Op, v *Order) error {
	register, err := approval.Load(o, v.Client)
	if err != nil {
		return err
	}
	plan, err := coding.Load(o, v.Client)
	if err != nil {
		return err
	}
	lines, amount := burden(plan, *v)
	a, err := register.May(o.Actor.ID, lines, amount, period.DateOf(o.Now))
	if err != nil {
		return err
	}
	if a.For == v.Writer || a.For == v.Sender {
		return errOwn.Because("order %s: %s acts for %s", v.ID, a.Person, a.For)
	}
	v.Authority, v.Register = int64(a.Row), a.Register
	return nil
}

// burden is what an approver answers for: the lines that are income or cost, or
// all where there are none, and everything that the order debits. A closing
// spends nothing: who may approve for the whole client may approve it.
func burden(p *coding.Plan, v Order) (lines []coding.Line, amount money.Amount) {
	if v.Kind == Closing {
		return v.Lines, 0
	}
	own, _ := Sides(v)
	for _, l := range own {
		amount += max(l.Amount, 0)
		if x, _, _ := p.Value(coding.Account, l.Account, v.Date); !x.Kind.Balance() {
			lines = append(lines, l)
		}
	}
	if lines == nil {
		lines = own
	}
	return lines, amount
}
