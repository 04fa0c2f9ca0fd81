package generalledger

import (
	"fmt"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/kernel/db"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/number"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/client"
	"kontor/promise/leadtime"
	"kontor/promise/organisation"
)

// Table is where orders live.
var Table = table()

func table() *flow.Table[Order] {
	t := flow.In(Life, "generalledger_order")
	t.Read, t.Calendar, t.Load = MayRead, leadtime.Calendar, load
	t.Item = func(v Order) flow.Item {
		activity := ActivityJournal
		if v.Kind == Charge {
			activity = ActivityCharge
		}
		return flow.Item{Process: Process, Activity: activity, Channel: v.Channel}
	}
	t.Do = map[string]func(*op.Op, *Order, form.Values) error{
		"send":    func(o *op.Op, v *Order, _ form.Values) error { v.Sender = o.Actor.ID; return nil },
		"approve": doApprove,
		"return":  func(_ *op.Op, v *Order, _ form.Values) error { v.Sender = 0; return nil },
		"fetch":   func(_ *op.Op, v *Order, _ form.Values) error { v.Sender = 0; return nil },
		"reverse": doReverse,
	}
	return t
}

type postingRow struct {
	Client    op.ClientID
	Use       string
	ValidFrom period.Date
	Code      string
}

var (
	postingsOf = db.Select[postingRow](`
		SELECT client, use, valid_from, code
		FROM   generalledger_posting
		WHERE  client IN (0, $1) AND valid_from <= $2
		ORDER  BY client, valid_from`)
	addPostings = db.Insert[postingRow]("generalledger_posting", "ON CONFLICT (client, use, valid_from) DO NOTHING")
)

// The uses of a posting row.
const (
	UseClaim       = "claim"
	UseDebt        = "debt"
	UseIncome      = "income"
	UseCost        = "cost"
	UseCounterpart = "counterpart"
)

// SetPosting says which code a client, 0 for all, posts a use to from a day on.
// What is already said for that day is left.
func SetPosting(o *op.Op, of op.ClientID, use, code string, from period.Date) error {
	_, err := addPostings.Add(o, postingRow{of, use, from, code})
	return err
}

// codesOf are the codes of a client in force on a day, by use.
func codesOf(o *op.Op, of op.ClientID, on period.Date) (map[string]string, error) {
	rows, err := postingsOf.All(o, of, on)
	codes := make(map[string]string, len(rows))
	for _, r := range rows { // the client's own come last, and the newest after older
		codes[r.Use] = r.Code
	}
	return codes, err
}

// load reads what an order is judged by while it is not yet posted.
func load(o *op.Op, v *Order) error {
	v.Refused, v.Company, v.Accounts = nil, false, Accounts{}
	if v.Kind == Charge {
		if err := loadSides(o, v); err != nil {
			return err
		}
	}
	if v.State != Draft && v.State != Sent {
		return nil
	}
	own, other := Sides(*v)
	for _, side := range []struct {
		of    op.ClientID
		lines []coding.Line
	}{{v.Client, own}, {v.Other, other}} {
		if side.of == 0 {
			continue
		}
		plan, err := coding.Load(o, side.of)
		if err != nil {
			return err
		}
		v.Refused = append(v.Refused, judge(plan, side.lines, v.Date)...)
		if v.Kind == Closing {
			if err := judgeClosing(o, v, plan); err != nil {
				return err
			}
		}
	}
	return nil
}

// loadSides reads what a charge is posted to and who the sides are.
func loadSides(o *op.Op, v *Order) error {
	own, err := codesOf(o, v.Client, v.Date)
	if err != nil {
		return err
	}
	v.Debt, v.Cost, v.Buyer = own[UseDebt], own[UseCost], own[UseCounterpart]
	if v.Other == 0 {
		return nil
	}
	other, err := codesOf(o, v.Other, v.Date)
	if err != nil {
		return err
	}
	v.Claim, v.Income, v.Seller = other[UseClaim], other[UseIncome], other[UseCounterpart]
	switch "" {
	case v.Buyer:
		v.WithoutCode = "buyer"
	case v.Seller:
		v.WithoutCode = "seller"
	}
	for _, c := range []op.ClientID{v.Client, v.Other} {
		side, err := client.Get(o, c)
		if err != nil {
			return err
		}
		v.Company = v.Company || side.Kind == client.Company
	}
	return nil
}

// series are the register numbers of the two kinds.
var series = map[Kind]string{Journal: "BO", Charge: "ID", Closing: "BS"}

// Add registers a new order as a draft, with the next number of its client.
func Add(o *op.Op, v *Order) error {
	if err := o.NeedFor(MayWrite, v.Client); err != nil {
		return err
	}
	today := period.DateOf(o.Now)
	n, err := number.Take(o, v.Client, series[v.Kind], today.Year(), 1)
	if err != nil {
		return err
	}
	book, err := leadtime.Load(o)
	if err != nil {
		return err
	}
	activity := Table.Item(*v).Activity
	v.Number, v.State, v.Writer = fmt.Sprintf("%s %d:%d", series[v.Kind], today.Year(), n), Draft, o.Actor.ID
	v.Agreement, v.Promised = book.Promise(v.Client, activity, today)
	if v.Unit, err = organisation.UnitFor(o, v.Client); err != nil {
		return err
	}
	return Table.Add(o, v.Kind.Word()+" "+v.Number, v)
}

// Save stores a draft that has been rewritten. Whoever saved it wrote it.
func Save(o *op.Op, v *Order) error {
	if err := o.NeedFor(MayWrite, v.Client); err != nil {
		return err
	}
	if v.State != Draft {
		return errNotDraft
	}
	if v.Kind == Closing {
		return errComputed
	}
	v.Writer = o.Actor.ID
	return Table.Save(o, v, "write", "")
}

// doApprove posts the order: both sides of a charge in one call, so that both
// are posted or neither. The period is the date's own, or none: an accrual that
// slips into another month would be wrong in both.
func doApprove(o *op.Op, v *Order, _ form.Values) error {
	if err := authorise(o, v); err != nil {
		return err
	}
	own, other := Sides(*v)
	name := SeriesJournal
	if v.Kind == Charge {
		name = SeriesCharge
	}
	if v.Kind == Closing {
		name = SeriesClosing
	}
	vouchers := []*ledger.Voucher{voucherOf(v, v.Client, name, own)}
	switch v.Kind {
	case Journal:
	case Charge:
		vouchers = append(vouchers, voucherOf(v, v.Other, name, other))
	case Closing:
		vouchers = append(vouchers, equityVoucher(v))
	}
	if err := ledger.Post(o, vouchers...); err != nil {
		return err
	}
	v.Approver, v.Voucher = o.Actor.ID, vouchers[0].ID
	if len(vouchers) > 1 {
		v.OtherVoucher = vouchers[1].ID
	}
	return nil
}

func voucherOf(v *Order, of op.ClientID, name string, lines []coding.Line) *ledger.Voucher {
	x := &ledger.Voucher{
		Client: of, Series: name, Date: v.Date, Text: v.Text, Kind: Life.Name, Document: int64(v.ID),
		Key: "order:" + v.ID.String(), Module: ModuleName, Strict: true,
	}
	for _, l := range lines {
		x.Lines = append(x.Lines, ledger.Line{Line: l})
	}
	return x
}

// doReverse takes both sides back on the same day.
func doReverse(o *op.Op, v *Order, in form.Values) error {
	if v.Kind == Closing {
		return reverseClosing(o, v, in.Text("reason"))
	}
	on := in.Date("date")
	if on.IsZero() {
		on = max(period.DateOf(o.Now), v.Date)
	}
	own, err := ledger.Reverse(o, v.Client, v.Voucher, on, in.Text("reason"))
	if err != nil || v.Kind != Charge {
		return err
	}
	other, err := ledger.Reverse(o, v.Other, v.OtherVoucher, on, in.Text("reason"))
	if err == nil && own.Period != other.Period {
		err = errApart.With(own.Period.Month(), other.Period.Month())
	}
	return err
}
