package generalledger

import (
	"fmt"
	"time"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/format/sie"
	"kontor/kernel/db"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
)

// OpeningOrder is a file with opening balances, and what is decided about it.
type OpeningOrder struct {
	Client  op.ClientID
	Year    int64
	File    File
	Interim string // account for what stands on control accounts; "" refuses them
	Why     string // explains a difference from the books' own closing of the year before
}

// priorPeriod is before every posting.
const priorPeriod ledger.Period = 190001

// bookedBefore counts vouchers before a period that are not opening balances.
var bookedBefore = db.Select[int64](`
	SELECT count(*) FROM ledger_voucher WHERE client = $1 AND period < $2 AND series <> $3`)

// LoadOpening makes the opening balances of a client's year what the file says.
// It posts the difference from what stands there, as one voucher on the last day
// of the year before: all of it the first time, nothing when the same is loaded
// again. Where the year before is in the books and closes otherwise, the
// differences come back with ErrOpeningBooks until somebody says why.
func LoadOpening(o *op.Op, in OpeningOrder) (*Load, []Difference, error) {
	if err := o.NeedFor(MayLoad, in.Client); err != nil {
		return nil, nil, err
	}
	l, err := keep(o, in.Client, Opening, in.File)
	if err != nil {
		return nil, nil, err
	}
	l.Year = in.Year
	diff, loaded, err := in.compare(o)
	if err != nil {
		return nil, diff, err
	}
	if len(diff) == 0 {
		l.Note = text.F(o, "Inget skilde: de ingående balanserna för %d stod redan så.", in.Year)
		return l, nil, Loads.Add(o, l.Note, l)
	}
	v := in.voucher(o, diff, loaded)
	v.Document, v.Key = int64(l.ID), "opening:"+l.ID.String()
	if err := ledger.Post(o, v); err != nil {
		return nil, diff, err
	}
	l.Vouchers, l.Lines, l.Note = 1, int64(len(v.Lines)), v.Text
	for i := range v.Lines {
		l.Debit += max(v.Lines[i].Amount, 0)
	}
	return l, diff, Loads.Add(o, l.Note, l)
}

// compare reads the file and holds it against the books. Loaded reports whether
// opening balances of the year have been posted before.
func (in OpeningOrder) compare(o *op.Op) (diff []Difference, loaded bool, err error) {
	file, err := readBalances(in.File.Content, in.Year)
	if err != nil {
		return nil, false, err
	}
	plan, err := coding.Load(o, in.Client)
	if err != nil {
		return nil, false, err
	}
	first := period.NewDate(int(in.Year), time.January, 1)
	for _, p := range file {
		if v, known, _ := plan.Value(coding.Account, p.Account, first); known && !v.Kind.Balance() {
			return nil, false, ErrOpeningKind.With(p.Account)
		}
	}
	january := ledger.PeriodOf(first)
	books, err := ledger.Positions(o, in.Client, priorPeriod, january.Prev())
	if err != nil {
		return nil, false, err
	}
	loaded = len(books) > 0
	var result money.Amount
	kept := books[:0]
	for _, p := range books {
		if v, _, _ := plan.Value(coding.Account, p.Account, first); v.Kind.Balance() {
			kept = append(kept, p)
			continue
		}
		result += p.Amount
	}
	if result != 0 {
		return nil, loaded, ErrOpeningResult.With(in.Year, result)
	}
	if file, err = placed(plan, file, in.Interim); err != nil {
		return nil, loaded, err
	}
	if books, err = placed(plan, kept, in.Interim); err != nil {
		return nil, loaded, err
	}
	diff = Differences(file, books)
	for i := range diff {
		if plan.Control(diff[i].Account) != "" {
			return diff, loaded, ErrOpeningControl.With(diff[i].Account)
		}
	}
	before, err := bookedBefore.One(o, in.Client, january, SeriesOpening)
	if err == nil && before > 0 && len(diff) > 0 && in.Why == "" {
		err = ErrOpeningBooks.With(in.Year-1, len(diff))
	}
	return diff, loaded, err
}

// voucher posts the differences; each line says from what to what.
func (in OpeningOrder) voucher(o *op.Op, diff []Difference, loaded bool) *ledger.Voucher {
	words := text.F(o, "Ingående balans %d enligt %s", in.Year, in.File.Name)
	if loaded {
		words = text.F(o, "Ändrad ingående balans %d enligt %s", in.Year, in.File.Name)
	}
	if in.Why != "" {
		words += ": " + in.Why
	}
	v := &ledger.Voucher{
		Client: in.Client, Series: SeriesOpening, Date: period.NewDate(int(in.Year)-1, time.December, 31), Text: words,
		Kind: LoadLife.Name, Module: ModuleName, Strict: true,
	}
	for i := range diff {
		l := diff[i].Line()
		if loaded {
			l.Text = fmt.Sprintf("%s → %s", diff[i].Books, diff[i].File)
		}
		v.Lines = append(v.Lines, ledger.Line{Line: l})
	}
	return v
}

// readBalances reads a file with opening balances: SIE when it looks so, else
// CSV.
func readBalances(b []byte, year int64) ([]Position, error) {
	if sie.Sniff(b) {
		return sieOpening(b, year)
	}
	return ReadOpening(b)
}
