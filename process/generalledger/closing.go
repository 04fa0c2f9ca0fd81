package generalledger

import (
	"fmt"
	"slices"
	"time"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
)

// The uses of the accounts that a closing order posts to.
const (
	UseResult = "result" // in the profit and loss account: the result of the year
	UseYear   = "year"   // in the balance sheet: the result of the year
	UseEquity = "equity"
)

var (
	errNotOver    = fault.New(fault.Conflict, "GEN-070", "År %d är inte slut. Resultatet förs till eget kapital när året är slut.")
	errYearBefore = fault.New(fault.Conflict, "GEN-071", "Resultatet före %d, %s kr, är inte fört till eget kapital. Gör bokslutet för det året först.")
	// ErrNoResult says that nothing is left to move.
	ErrNoResult   = fault.New(fault.Conflict, "GEN-072", "Resultatet för %d är redan fört till eget kapital. Inget är kvar att göra.")
	errComputed   = fault.New(fault.Conflict, "GEN-073", "En bokslutsorder räknas fram ur böckerna och skrivs inte för hand. Ta bort utkastet och gör ett nytt förslag.")
	errClosedYear = fault.New(fault.Conflict, "GEN-074", "%s är stängd för bokföring. Bokslutet vänds i sitt eget år; öppna perioden först.")
)

var waitingClosing = db.Select[ID](`
	SELECT id FROM generalledger_order
	WHERE  client = $1 AND kind = 'closing' AND date = $2 AND state IN ('draft', 'sent')
	ORDER  BY id
	LIMIT  1`)

// Result is what the income and cost accounts of a client add up to to the end of
// a year, earlier years too: what has not been moved to equity. A surplus is
// negative, as its side of the books is.
func Result(o *op.Op, of op.ClientID, year int64) (money.Amount, error) {
	plan, err := coding.Load(o, of)
	if err != nil {
		return 0, err
	}
	all, err := ledger.Balances(o, of, priorPeriod, ledger.Period(year*100+12))
	if err != nil {
		return 0, err
	}
	var sum money.Amount
	last := period.NewDate(int(year), time.December, 31)
	for i := range all {
		if v, _, _ := plan.Value(coding.Account, all[i].Account, last); v.Kind.Balance() {
			continue
		}
		if sum, err = sum.Add(all[i].Net()); err != nil {
			return 0, err
		}
	}
	return sum, nil
}

// closingLines are the two vouchers of a closing: on the last day of the year the
// result goes to the balance sheet, on the first of the next from there to equity.
//
// source: lag (2018:597) om kommunal bokföring och redovisning, 4 kap. 4 § (the
// opening balance is the closing balance of the year before)
func closingLines(codes map[string]string, result money.Amount, year int64) (last, first []coding.Line) {
	words := fmt.Sprintf("Årets resultat %d", year)
	last = []coding.Line{{Account: codes[UseResult], Amount: -result, Text: words}, {Account: codes[UseYear], Amount: result, Text: words}}
	first = []coding.Line{{Account: codes[UseYear], Amount: -result, Text: words}, {Account: codes[UseEquity], Amount: result, Text: words}}
	return last, first
}

// ProposeClosing proposes to move a year's result of a client to equity, and sends
// it to be approved. While one waits it is the one that comes back; what has been
// posted in the year after an earlier closing is proposed alone.
func ProposeClosing(o *op.Op, of op.ClientID, year int64) (Order, error) {
	v := Order{Kind: Closing, Date: period.NewDate(int(year), time.December, 31), Channel: work.Manual, Text: fmt.Sprintf("Bokslut %d: årets resultat till eget kapital", year)}
	v.Client = of
	if err := o.NeedFor(MayWrite, of); err != nil {
		return v, err
	}
	if period.DateOf(o.Now) <= v.Date {
		return v, errNotOver.With(year)
	}
	if key, ok, err := waitingClosing.Maybe(o, of, v.Date); err != nil || ok {
		if err != nil {
			return v, err
		}
		return Table.Get(o, key)
	}
	before, err := Result(o, of, year-1)
	if err != nil {
		return v, err
	}
	if before != 0 {
		return v, errYearBefore.With(year, before)
	}
	result, err := Result(o, of, year)
	if err != nil {
		return v, err
	}
	if result == 0 {
		return v, ErrNoResult.With(year)
	}
	codes, err := codesOf(o, of, v.Date)
	if err != nil {
		return v, err
	}
	v.Lines, v.OtherLines = closingLines(codes, result, year)
	if err := Add(o, &v); err != nil {
		return v, err
	}
	return Table.Take(o, v.ID, "send", 0, nil)
}

// judgeClosing refuses a closing order that no longer is what the books say.
func judgeClosing(o *op.Op, v *Order, plan *coding.Plan) error {
	year := int64(v.Date.Year())
	result, err := Result(o, v.Client, year)
	if err != nil {
		return err
	}
	codes, err := codesOf(o, v.Client, v.Date)
	if err != nil {
		return err
	}
	last, first := closingLines(codes, result, year)
	if !slices.Equal(last, v.Lines) || !slices.Equal(first, v.OtherLines) {
		v.Refused = append(v.Refused, fmt.Sprintf("Resultatet för %d har ändrats sedan förslaget gjordes och är nu %s kr. Hämta tillbaka ordern, ta bort utkastet och gör ett nytt förslag.", year, -result))
	}
	v.Refused = append(v.Refused, judge(plan, first, v.Date.AddDays(1))...)
	return nil
}

// equityVoucher is the second voucher of a closing, on the first day of the next
// year.
func equityVoucher(v *Order) *ledger.Voucher {
	x := voucherOf(v, v.Client, SeriesClosing, v.OtherLines)
	x.Date, x.Key = v.Date.AddDays(1), x.Key+":equity"
	return x
}

// reverseClosing takes both vouchers back on their own days: in another year they
// would be a part of that year's result.
func reverseClosing(o *op.Op, v *Order, reason string) error {
	for _, x := range []struct {
		voucher ledger.ID
		on      period.Date
	}{{v.OtherVoucher, v.Date.AddDays(1)}, {v.Voucher, v.Date}} {
		back, err := ledger.Reverse(o, v.Client, x.voucher, x.on, reason)
		if err != nil {
			return err
		}
		if back.Moved() {
			return errClosedYear.With(ledger.PeriodOf(x.on).Month())
		}
	}
	return nil
}

// ClosingForm proposes the closing of a client's year.
var ClosingForm = &form.Spec{
	Name: "generalledger.closing", Title: "Gör bokslut", Submit: "Skicka förslaget för attest", Need: MayWrite,
	Intro: "Årets resultat förs till eget kapital: två verifikationer, på årets sista dag och på det nya årets första. Kundens attestant attesterar. Görs det igen bokförs bara det som har tillkommit, och det går att vända.",
	Fields: []form.Field{
		{Key: "client", Label: "Kund", Kind: form.Choice, Required: true, Choices: func(o *op.Op) ([]form.Option, error) { return clientsWith(o, MayWrite) }},
		{Key: "year", Label: "År", Kind: form.Whole, Required: true, Help: "Året som är slut, till exempel 2025."},
	},
	Rule: func(_ op.Who, v form.Values) []fault.Field {
		if y := v.Int("year"); y < 1900 || y > 2999 {
			return []fault.Field{{Name: "year", Text: "Skriv året med fyra siffror, till exempel 2025."}}
		}
		return nil
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		key, err := id.Parse[op.Client](v.Text("client"))
		if err != nil {
			return "", errNoOrder.Because("%w", err)
		}
		order, err := ProposeClosing(o, key, v.Int("year"))
		return "/bokforingsorder/" + order.ID.String(), err
	},
}
