package intake

import (
	"testing"

	"pgregory.net/rapid"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
	"kontor/promise/approval"
	"kontor/promise/approval/approvaltest"
)

// crowd is some persons with every permission, what each of them may approve, and
// what they have done to one invoice: the rules told a second time.
type crowd struct {
	client  op.ClientID
	persons []op.Actor
	most    map[op.PersonID]money.Amount // whose own right goes so far
	tied    map[op.PersonID]bool         // to the supplier
	spent   map[op.PersonID]money.Amount // approved on whose right today

	reviewer, holder op.PersonID // of the review that holds; 0 for none
	coder            op.PersonID
}

// try lets somebody do something with the invoice. What is refused changes nothing.
func (c *crowd) try(t *rapid.T, door *op.Door, who op.Actor, key payables.ID, step, account string, absent op.Actor) (ready bool) {
	var v payables.Invoice
	err := door.Do(t.Context(), who, func(o *op.Op) (err error) {
		switch step {
		case "codes":
			if v, err = payables.Table.Get(o, key); err == nil {
				v, err = payables.SetCoding(o, key, 0, []coding.Line{{Account: account, Amount: v.Net}}, "prov")
			}
		case "stands in":
			day := period.DateOf(o.Now)
			_, err = approval.StandIn(o.As(absent), approval.Substitution{Client: c.client, Absent: absent.ID, AbsentName: absent.Name, Person: who.ID, PersonName: who.Name, ValidFrom: day, ValidTo: day})
		default:
			v, err = payables.Table.Take(o, key, step, 0, map[string]string{"reason": "därför"})
		}
		if err == nil && v.ID != 0 {
			v, err = payables.Table.Get(o, key)
		}
		return err
	})
	if err != nil {
		if f := fault.Of(err); f.Kind == fault.Internal || f.Kind == fault.Unavailable {
			t.Fatalf("%s by %s: %v", step, who.Name, err)
		}
		return false
	}
	switch step {
	case "codes":
		c.coder, c.reviewer, c.holder = who.ID, 0, 0
	case "code":
		c.coder = who.ID
	case "recode":
		c.reviewer, c.holder = 0, 0
	case "review":
		c.reviewer, c.holder = who.ID, last(v, "review").Holder
		if c.tied[c.reviewer] || c.tied[c.holder] {
			t.Fatalf("%s reviewed what a person with a conflict of interest may not", who.Name)
		}
	case "approve":
		c.judge(t, who, v)
		return true
	}
	return false
}

// last is the latest approval of a step.
func last(v payables.Invoice, step string) (a payables.Approval) {
	for _, x := range v.Approvals {
		if x.Step == step {
			a = x
		}
	}
	return a
}

// judge holds an invoice that has become ready against what must hold.
func (c *crowd) judge(t *rapid.T, who op.Actor, v payables.Invoice) {
	right := last(v, "approve").Holder
	switch {
	case c.reviewer == 0:
		t.Fatalf("%s approved what nobody had reviewed after the last change", who.Name)
	case who.ID == c.reviewer || who.ID == c.holder || right == c.reviewer || right == c.holder:
		t.Fatalf("%s both reviewed and approved, for himself or for another", who.Name)
	case who.ID == c.coder || right == c.coder:
		t.Fatalf("%s approved his own coding", who.Name)
	case c.tied[who.ID] || c.tied[right]:
		t.Fatalf("%s approved in spite of a conflict of interest", who.Name)
	}
	c.spent[right] += v.Payable
	if c.spent[right] > c.most[right] {
		t.Fatalf("%s approved %s on a right that goes to %s", who.Name, c.spent[right], c.most[right])
	}
}

// Whoever does whatever in whatever order with an invoice, it becomes ready only
// when two different persons have reviewed and approved it after the last change,
// neither with a conflict of interest, within the right that it rests on.
func TestWhateverOrderPeopleActIn(t *testing.T) { // traps 28, 29, 30 and 31
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		all := &crowd{client: c.clients[0], most: map[op.PersonID]money.Amount{}, tied: map[op.PersonID]bool{}, spent: map[op.PersonID]money.Amount{}}
		var rows []approval.Row
		for _, p := range []struct {
			name string
			most money.Amount
			tied bool
		}{{"Anna", money.Kronor(1_000_000), false}, {"Bo", money.Kronor(1_000_000), false}, {"Cia", money.Kronor(10), false}, {"Dan", money.Kronor(1_000_000), true},
			{"Gun", money.Kronor(900), false}, {"Eva", 0, false}} {
			a := dbtest.Actor(p.name, everything...)
			if p.tied {
				all.tied[a.ID] = true
				dbtest.Do(t, door, c.clerk, func(o *op.Op) error {
					_, err := approval.PutTie(o, approval.Tie{Person: a.ID, Relation: "household", Number: "16" + org(0), ValidFrom: start, ValidTo: approval.Forever})
					return err
				})
			}
			all.persons = append(all.persons, a)
			if all.most[a.ID] = p.most; p.most > 0 {
				rows = append(rows, approvaltest.Final(a, p.most))
			}
		}
		approvaltest.Adopt(t, door, c.clients[0], rows...)
		number, readied := 0, 0
		natural := []string{"codes", "code", "review", "approve"}
		rapid.Check(t, func(rt *rapid.T) {
			number++
			key := c.receive(t, file(t, bill(0, 0, number)))[0].Invoice
			all.reviewer, all.holder, all.coder = 0, 0, 0
			ready := false
			for at := range rapid.IntRange(4, 14).Draw(rt, "acts") {
				step := natural[at%len(natural)]
				if rapid.IntRange(0, 2).Draw(rt, "otherwise") == 0 {
					step = rapid.SampledFrom(append([]string{"recode", "stands in"}, natural...)).Draw(rt, "step")
				}
				who := rapid.SampledFrom(all.persons).Draw(rt, "who")
				account := rapid.SampledFrom([]string{"6400", "7790", "1799"}).Draw(rt, "account")
				absent := rapid.SampledFrom(all.persons[:5]).Draw(rt, "absent")
				if all.try(rt, door, who, key, step, account, absent) {
					ready = true
				}
			}
			if v := c.invoice(t, key); (v.State == payables.Ready) != ready {
				rt.Fatalf("the invoice is %s", v.State)
			}
			if ready {
				readied++
			}
		})
		if readied == 0 {
			t.Error("no invoice became ready: nothing was tried")
		}
		t.Logf("%d of %d became ready", readied, number)
	})
}
