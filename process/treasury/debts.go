package treasury

import (
	"fmt"
	"slices"
	"strings"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// PaymentSeries is the voucher series of payments out.
const PaymentSeries = "U"

// Chunk is how many documents a statement of [Debts] takes.
const Chunk = 200

// Hand is somebody who has had a hand in a document.
type Hand struct {
	Document int64
	Person   op.PersonID
	Holder   op.PersonID // whose right it was, when the person stood in
}

// Debts describes a subledger whose approved documents, rows R, are paid through
// the bank. [Debts.Source] makes the rest of it.
type Debts[R any] struct {
	Kind, Title string // as of the [Source]
	URL         func(document int64) string
	Sees        func(o *op.Op, document int64) bool

	// What is approved and in no proposal, of a client ($1) to be paid by a day ($2),
	// and who approved it; and what is approved of [Chunk] documents.
	Open       *db.SelectStmt[R]
	OpenHands  *db.SelectStmt[Hand]
	Again      *db.SelectStmt[R]
	AgainHands *db.SelectStmt[Hand]

	// Reader reads what all rows are judged with, and returns what judges one. Its
	// Approvers are those that no [Hand] tells of.
	Reader func(o *op.Op) (func(r *R) (Due, error), error)
	// Move keeps how far the payment of documents has come, at most [Chunk] of them.
	Move func(o *op.Op, e Event, on period.Date, documents []int64) error
	// Stop keeps that the payment of a document was refused, came back or is in
	// doubt, and why.
	Stop func(o *op.Op, s *Settlement) error
	// Paid does what remains once the payees have been paid; nil for nothing.
	Paid func(o *op.Op, all []Settlement) error

	// Subledger names the debts in the books, and the module that posts them.
	Subledger string
	Accounts  func(o *op.Op, of op.ClientID, on period.Date) (OwedOn, error)
}

// OwedOn is what a client owes payees on, and the tax withheld of them.
type OwedOn struct{ Liability, Tax string }

// Source is the subledger as the treasury sees it.
func (l *Debts[R]) Source() Source {
	return Source{Kind: l.Kind, Title: l.Title, URL: l.URL, Sees: l.Sees, Open: l.open, Again: l.again, Settle: l.settle}
}

func (l *Debts[R]) open(o *op.Op, clients []op.ClientID, until period.Date) ([]Due, error) {
	var rows []R
	var parts []Hand
	for _, c := range clients {
		some, err := l.Open.All(o, c, until)
		if err != nil {
			return nil, err
		}
		if len(some) == 0 {
			continue
		}
		by, err := l.OpenHands.All(o, c, until)
		if err != nil {
			return nil, err
		}
		rows, parts = append(rows, some...), append(parts, by...)
	}
	all, err := l.dues(o, rows, parts)
	return slices.DeleteFunc(all, func(d Due) bool { return d.Due > until }), err
}

func (l *Debts[R]) again(o *op.Op, documents []int64) ([]Due, error) {
	var rows []R
	var parts []Hand
	for keys := range slices.Chunk(documents, Chunk) {
		args := db.Keys(Chunk, keys)
		some, err := l.Again.All(o, args...)
		if err != nil {
			return nil, err
		}
		by, err := l.AgainHands.All(o, args...)
		if err != nil {
			return nil, err
		}
		rows, parts = append(rows, some...), append(parts, by...)
	}
	return l.dues(o, rows, parts)
}

// dues are the rows as they are to be paid, each with everybody who has had a hand
// in it.
func (l *Debts[R]) dues(o *op.Op, rows []R, parts []Hand) ([]Due, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	by := make(map[int64][]op.PersonID, len(rows))
	for _, p := range parts {
		by[p.Document] = append(by[p.Document], p.Person, p.Holder)
	}
	judge, err := l.Reader(o)
	if err != nil {
		return nil, err
	}
	all := make([]Due, len(rows))
	for i := range rows {
		d, err := judge(&rows[i])
		if err != nil {
			return nil, err
		}
		d.Kind = l.Kind
		d.Approvers = append(d.Approvers, by[d.Document]...)
		slices.Sort(d.Approvers)
		d.Approvers = slices.DeleteFunc(slices.Compact(d.Approvers), func(p op.PersonID) bool { return p == 0 })
		all[i] = d
	}
	return all, nil
}

// Cools says that a newly approved account is not paid to yet, "" when it may be:
// who has changed it falsely is mostly found out within some days.
func Cools(since, today period.Date, days int64) string {
	if first := since.AddDays(int(days)); !since.IsZero() && today < first {
		return "Kontot godkändes " + since.String() + " och används från " + first.String() + "."
	}
	return ""
}

// settle keeps the state of the documents and moves the debt between its account
// and the clearing account.
func (l *Debts[R]) settle(o *op.Op, all []Settlement) error {
	changes, documents := make([]audit.Change, len(all)), make([]int64, len(all))
	for i := range all {
		s := &all[i]
		documents[i] = s.Document
		changes[i] = audit.Change{Client: s.Client, Kind: l.Kind, Record: s.Document, Step: "payment." + string(s.Event), Note: s.Reason}
	}
	if err := l.keep(o, all, documents); err != nil {
		return err
	}
	if err := audit.Note(o, changes...); err != nil {
		return err
	}
	switch all[0].Event {
	case InFile, Restored:
		return l.post(o, all)
	case Refused, CameBack:
		return l.reopen(o, all)
	case Done:
		if l.Paid != nil {
			return l.Paid(o, all)
		}
	case Scheduled, Dropped, Taken, Doubted:
	}
	return nil
}

// keep keeps what has become of the documents, all of them by the same event.
func (l *Debts[R]) keep(o *op.Op, all []Settlement, documents []int64) error {
	switch e := all[0].Event; e {
	case Refused, CameBack, Doubted:
		for i := range all {
			if err := l.Stop(o, &all[i]); err != nil {
				return err
			}
		}
	case Scheduled, Dropped, InFile, Taken, Done, Restored:
		for keys := range slices.Chunk(documents, Chunk) {
			if err := l.Move(o, e, all[0].Date, keys); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *Debts[R]) key(p PaymentID) string { return l.Subledger + ".paid:" + p.String() }

// posted are the vouchers of a payment, those of taking back apart, and which of
// them have been taken back.
func (l *Debts[R]) posted(o *op.Op, s *Settlement) (all []ledger.Voucher, back map[ledger.ID]bool, err error) {
	all, err = ledger.OfDocument(o, s.Client, int64(s.Payment))
	back = map[ledger.ID]bool{}
	for _, v := range all {
		back[v.Reverses] = true
	}
	return slices.DeleteFunc(all, func(v ledger.Voucher) bool { return !strings.HasPrefix(v.Key, l.key(s.Payment)) }), back, err
}

// post moves the debts to the clearing account: one voucher for each payment, in
// it one line of what the bank will take.
func (l *Debts[R]) post(o *op.Op, all []Settlement) error {
	accounts := map[op.ClientID]OwedOn{}
	at := map[PaymentID]int{}
	var vouchers []*ledger.Voucher
	var pays []money.Amount
	for i := range all {
		s := &all[i]
		a, ok := accounts[s.Client]
		if !ok {
			var err error
			if a, err = l.Accounts(o, s.Client, s.Date); err != nil {
				return err
			}
			accounts[s.Client] = a
		}
		n, ok := at[s.Payment]
		if !ok {
			n = len(vouchers)
			at[s.Payment] = n
			pays = append(pays, 0)
			key := l.key(s.Payment)
			if s.Event == Restored {
				earlier, _, err := l.posted(o, s)
				if err != nil {
					return err
				}
				key = fmt.Sprintf("%s:%d", key, len(earlier))
			}
			vouchers = append(vouchers, &ledger.Voucher{Client: s.Client, Series: PaymentSeries, Date: s.Date, Text: "Betalning till " + s.Payee,
				Kind: "treasury.payment", Document: int64(s.Payment), Key: key, Module: l.Subledger})
		}
		v := vouchers[n]
		v.Lines = append(v.Lines, ledger.Line{Line: coding.Line{Account: a.Liability, Amount: s.Amount, Text: s.Number}, Subledger: l.Subledger, Ref: s.Document})
		if s.Withheld != 0 {
			v.Lines = append(v.Lines, ledger.Line{Line: coding.Line{Account: a.Tax, Amount: -s.Withheld, Text: "Avdragen skatt " + s.Number}})
		}
		pays[n] += s.Amount - s.Withheld
	}
	for n, sum := range pays {
		if v := vouchers[n]; sum != 0 {
			v.Lines = append(v.Lines, ledger.Line{Line: coding.Line{Account: all[0].Clearing, Amount: -sum, Text: "Under väg till banken"}})
		}
	}
	return ledger.Post(o, vouchers...)
}

// reopen takes the vouchers of payments back: the debts are open again, and each
// voucher shows the other.
func (l *Debts[R]) reopen(o *op.Op, all []Settlement) error {
	done := map[PaymentID]bool{}
	for i := range all {
		s := &all[i]
		if done[s.Payment] {
			continue
		}
		done[s.Payment] = true
		posted, back, err := l.posted(o, s)
		if err != nil {
			return err
		}
		for _, v := range posted {
			if back[v.ID] {
				continue
			}
			if _, err := ledger.Reverse(o, s.Client, v.ID, max(s.Date, v.Date), s.Reason); err != nil {
				return err
			}
		}
	}
	return nil
}
