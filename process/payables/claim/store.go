package claim

import (
	"fmt"
	"time"

	"kontor/books/statute"
	"kontor/kernel/db"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/money"
	"kontor/kernel/number"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/process/payables"
	"kontor/promise/catalogue"
	"kontor/promise/leadtime"
	"kontor/promise/organisation"
)

// debtRow is an invoice as a claim needs it.
type debtRow struct {
	ID       payables.ID
	Payable  money.Amount
	Due      period.Date
	Arrived  time.Time
	PaidOn   period.Date
	StopKind string
	State    flow.State
}

type known struct {
	ID       ID
	Register string
}

var (
	debtOf = db.Select[debtRow](`
		SELECT id, payable, due, arrived, paid_on, stop_kind, state FROM payables_invoice WHERE client = $1 AND id = $2`)
	// An invoice of a supplier is found by organisation number, never by name.
	byNumber = db.Select[debtRow](`
		SELECT id, payable, due, arrived, paid_on, stop_kind, state
		FROM   payables_invoice
		WHERE  client = $1 AND number_norm = $2 AND supplier_org = $3 AND state <> 'moved'
		ORDER  BY id
		LIMIT  1`)
	same = db.Select[known](`
		SELECT id, register
		FROM   payables_claim
		WHERE  client = $1 AND number_norm = $2 AND supplier_org = $3 AND kind = $4 AND dated = $5 AND state <> 'withdrawn'
		ORDER  BY id
		LIMIT  1`)
	granted = db.Select[int64](`
		SELECT count(*) FROM payables_claim WHERE client = $1 AND invoice = $2 AND id <> $3 AND state = 'accepted' AND may_compensation > 0`)
)

// Table is where claims live.
var Table = table()

func table() *flow.Table[Claim] {
	t := flow.In(&Life, "payables_claim")
	t.Read, t.Calendar = payables.MayRead, leadtime.Calendar
	t.Item = func(c Claim) flow.Item {
		return flow.Item{Process: payables.Process, Channel: c.Channel, Price: c.Price}
	}
	t.Load = load
	link := func(o *op.Op, c *Claim, v form.Values) error {
		c.Number, c.NumberNorm = v.Text("number"), payables.NormalNumber(v.Text("number"))
		d, ok, err := byNumber.Maybe(o, c.Client, c.NumberNorm, c.SupplierOrg)
		if err == nil && !ok {
			err = errNone
		}
		c.Invoice = d.ID
		return err
	}
	answer := func(_ *op.Op, c *Claim, v form.Values) error {
		j := c.Judged
		c.Answer, c.Verdict = v.Text("answer"), j.Verdict
		c.MayInterest, c.MayCompensation, c.MayFee = min(c.Interest, j.Interest), min(c.Compensation, j.Compensation), min(c.Fee, j.Fee)
		return nil
	}
	t.Do = map[string]func(*op.Op, *Claim, form.Values) error{
		"link": link, "found": link, "contest": answer, "accept": answer, "answer": answer, "close": answer,
	}
	return t
}

// load reads the invoice and judges the claim as of now.
func load(o *op.Op, c *Claim) error {
	var err error
	if c.Debt, err = debt(o, c); err != nil {
		return err
	}
	book, err := statute.Load(o)
	if err != nil {
		return err
	}
	c.Judged, err = Judge(*c, c.Debt, book)
	return err
}

func debt(o *op.Op, c *Claim) (*Debt, error) {
	if c.Invoice == 0 {
		return nil, nil
	}
	r, ok, err := debtOf.Maybe(o, c.Client, c.Invoice)
	if err != nil || !ok {
		return nil, err
	}
	n, err := granted.One(o, c.Client, c.Invoice, c.ID)
	d := &Debt{Amount: r.Payable, Due: r.Due, Arrived: period.DateOf(r.Arrived), Paid: r.PaidOn, Disputed: r.StopKind == payables.StopDispute, Earlier: n > 0}
	if r.State == payables.Returned || r.State == payables.Voided || r.State == payables.Moved {
		d.Ended = endedWords[r.State]
	}
	return d, err
}

var endedWords = map[flow.State]string{payables.Returned: "tillbakaskickad", payables.Voided: "makulerad", payables.Moved: "flyttad till en annan kund"}

// Register adds a claim with the next register number of its client's year. It
// finds the invoice by the supplier's organisation number and the invoice's
// number, unless c.Invoice says it. It posts nothing and pays nothing.
func Register(o *op.Op, c *Claim) error {
	if err := o.NeedFor(payables.MayHandle, c.Client); err != nil {
		return err
	}
	c.NumberNorm, c.SupplierKey = payables.NormalNumber(c.Number), text.SortKey(c.SupplierName)
	before, found, err := same.Maybe(o, c.Client, c.NumberNorm, c.SupplierOrg, c.Kind, c.Dated)
	switch {
	case err != nil:
		return err
	case found:
		return errTwice.With(before.Register)
	}
	if c.Invoice == 0 && c.SupplierOrg != "" {
		d, _, err := byNumber.Maybe(o, c.Client, c.NumberNorm, c.SupplierOrg)
		if err != nil {
			return err
		}
		c.Invoice = d.ID
	}
	if c.State = Open; c.Invoice == 0 {
		c.State = Missing
	}
	return add(o, c)
}

func add(o *op.Op, c *Claim) error {
	today := period.DateOf(o.Now)
	n, err := number.Take(o, c.Client, "KR", today.Year(), 1)
	if err != nil {
		return err
	}
	c.Register = fmt.Sprintf("KR %d:%d", today.Year(), n)
	book, err := leadtime.Load(o)
	if err != nil {
		return err
	}
	c.Agreement, c.Promised = book.Promise(c.Client, Activity, today)
	prices, err := catalogue.Load(o)
	if err != nil {
		return err
	}
	c.Price = prices.List(today)
	if c.Unit, err = organisation.UnitFor(o, c.Client); err != nil {
		return err
	}
	return Table.Add(o, c.Kind.Word(), c)
}
