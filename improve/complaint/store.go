package complaint

import (
	"fmt"

	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/number"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/promise/leadtime"
	"kontor/promise/organisation"
)

// Table is where complaints live.
var Table = table()

func table() *flow.Table[Complaint] {
	t := flow.In(&Life, "complaint")
	t.Read, t.Calendar = MayRead, leadtime.Calendar
	// Counted on the process that it is about, so that it is followed up per client and process.
	t.Item = func(c Complaint) flow.Item { return flow.Item{Process: c.Process, Channel: work.Web} }
	t.Do = map[string]func(*op.Op, *Complaint, form.Values) error{
		"inform":  func(o *op.Op, c *Complaint, _ form.Values) error { c.Informed = o.Actor.ID; return nil },
		"answer":  func(_ *op.Op, c *Complaint, v form.Values) error { c.Answer = v.Text("answer"); return nil },
		"measure": func(_ *op.Op, c *Complaint, v form.Values) error { c.Measure = v.Text("measure"); return nil },
	}
	return t
}

// Register adds a complaint with the next register number of its client's year,
// at the unit that the client belongs to, with the promise of the agreement.
func Register(o *op.Op, c *Complaint) error {
	today := period.DateOf(o.Now)
	n, err := number.Take(o, c.Client, "K", today.Year(), 1)
	if err != nil {
		return err
	}
	book, err := leadtime.Load(o)
	if err != nil {
		return err
	}
	c.Number, c.State = fmt.Sprintf("K %d:%d", today.Year(), n), New
	c.Agreement, c.Promised = book.Promise(c.Client, Activity, today)
	if c.Unit, err = organisation.UnitFor(o, c.Client); err != nil {
		return err
	}
	return Table.Add(o, form.Word(Kinds, c.Kind), c)
}

func clientOf(v form.Values) (op.ClientID, error) { return id.Parse[op.Client](v.Text("client")) }
