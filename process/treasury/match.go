package treasury

import (
	"fmt"
	"strings"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/format/camt"
	"kontor/kernel/db"
	"kontor/kernel/money"
	"kontor/kernel/op"
)

// Series is the voucher series of money that has moved at the bank.
const Series = "K"

// Module is the name under which the treasury posts.
const Module = "treasury"

var inBatch = db.Select[Payment](`SELECT ` + paymentColumns + ` FROM treasury_payment WHERE batch = $1 ORDER BY id`)

// hit is a payment that an entry is about, with the money that moved.
type hit struct {
	*Payment
	amount money.Amount // in is positive
}

// match finds the payments that an entry is about and does to them what it says.
func (r *reading) match(a Account, e *camt.Entry, row *Entry) error {
	hits, err := r.hits(e, row)
	if err != nil || len(hits) == 0 {
		return err
	}
	cash := row.Kind == a.Books
	var book []hit
	for _, h := range hits {
		if cash && (h.amount < 0 && h.Booked != 0 || h.amount > 0 && h.Payment.Returned != 0) {
			if _, err := doubt(row, "Pengarna för %s till %s är redan bokförda.", h.EndToEnd, h.PayeeName); err != nil {
				return err
			}
			continue
		}
		do := r.paid
		if h.amount >= 0 {
			do = func(h hit, row *Entry) (bool, error) { return r.cameBack(h, e, row) }
		}
		sure, err := do(h, row)
		if err != nil {
			return err
		}
		if sure && cash {
			book = append(book, h)
		}
	}
	return r.book(a, row, book)
}

// hits are our payments in an entry: by their own identity, or, where the bank
// has booked a group as one sum, by the group's.
func (r *reading) hits(e *camt.Entry, row *Entry) ([]hit, error) {
	if sum, whole := e.DetailSum(); whole && sum != e.Amount {
		return nil, doubted(row, "Händelsen %s är på %s kr, men betalningarna i den är på %s kr.", row.Ref, e.Amount, sum)
	}
	var hits []hit
	group := e.Batch.PmtInfID
	for i := range e.Details {
		d := &e.Details[i]
		if group == "" {
			group = d.PmtInfID
		}
		if d.EndToEnd == "" {
			continue
		}
		p, err := r.payment(d.EndToEnd)
		if err != nil {
			return nil, err
		}
		if p == nil {
			continue
		}
		amount := d.Amount
		if !d.HasAmount && len(e.Details) == 1 {
			amount = e.Amount
		}
		hits = append(hits, hit{p, amount})
	}
	if len(hits) > 0 || !strings.HasPrefix(group, "KB") || e.Amount >= 0 {
		return hits, nil
	}
	return r.groupHits(group, e, row)
}

func (r *reading) groupHits(group string, e *camt.Entry, row *Entry) ([]hit, error) {
	all, err := inBatch.All(r.o, group)
	if err != nil {
		return nil, err
	}
	var hits []hit
	sum := money.Amount(0)
	for _, p := range all {
		x, err := r.once(p)
		if err != nil {
			return nil, err
		}
		if x.State.alive() {
			hits = append(hits, hit{x, -x.Amount})
			sum -= x.Amount
		}
	}
	if len(hits) > 0 && sum != e.Amount {
		return nil, doubted(row, "Banken har bokat %s kr för %s, men det som återstår där är %s kr.", e.Amount, group, sum)
	}
	return hits, nil
}

// doubt leaves an entry to a person.
func doubt(row *Entry, format string, args ...any) (sure bool, err error) {
	row.State, row.Note = EntryOpen, strings.TrimSpace(row.Note+" "+fmt.Sprintf(format, args...))
	return false, nil
}

func doubted(row *Entry, format string, args ...any) error {
	_, err := doubt(row, format, args...)
	return err
}

// paid is what an entry of money out does to its payment.
func (r *reading) paid(h hit, row *Entry) (sure bool, err error) {
	p := h.Payment
	switch {
	case p.Amount != -h.amount:
		return doubt(row, "Banken har dragit %s kr för %s, som är på %s kr.", -h.amount, p.EndToEnd, p.Amount)
	case !p.Owed:
		return doubt(row, "Banken har betalat %s, som inte står i någon fil härifrån.", p.EndToEnd)
	case p.State == Rejected || p.State == Returned && p.Booked != 0:
		return doubt(row, "Banken har betalat %s till %s, som den tidigare har avvisat. Skulden är öppnad igen; betala den inte en gång till.", p.EndToEnd, p.PayeeName)
	}
	if row.State == EntryOther {
		row.State = EntryPaid
	}
	if p.State != Filed && p.State != Accepted {
		return true, nil
	}
	p.State, p.Paid = Paid, row.Booked
	r.done = append(r.done, p)
	r.answer.Matched++
	return true, r.save(p, "paid", row.Kind+" "+row.Ref)
}

// cameBack is what an entry of money in does to the payment that it is about.
func (r *reading) cameBack(h hit, e *camt.Entry, row *Entry) (sure bool, err error) {
	p := h.Payment
	switch {
	case p.Amount != h.amount:
		return doubt(row, "Av %s har %s kr kommit tillbaka, men betalningen är på %s kr.", p.EndToEnd, h.amount, p.Amount)
	case p.State == Rejected || !p.Owed:
		return doubt(row, "Pengar har kommit tillbaka för %s, som inte är betald.", p.EndToEnd)
	}
	if row.State == EntryOther {
		row.State = EntryReturned
	}
	if p.State == Returned {
		return true, nil
	}
	p.State, p.Reason = Returned, returnWords(e)
	r.back = append(r.back, p)
	r.answer.Matched++
	return true, r.save(p, "returned", p.Reason)
}

func returnWords(e *camt.Entry) string {
	for i := range e.Details {
		if x := e.Details[i].Return; x != nil {
			if w := isoReasons[x.Code]; w != "" {
				return "Pengarna kom tillbaka: " + w
			}
			return strings.TrimSpace("Pengarna kom tillbaka: " + x.Code + " " + strings.Join(x.Text, " "))
		}
	}
	return "Pengarna kom tillbaka från banken."
}

// book posts the money of an entry between bank and clearing account, a voucher
// for each client.
func (r *reading) book(a Account, row *Entry, hits []hit) error {
	sums := map[op.ClientID]money.Amount{}
	var order []op.ClientID
	for _, h := range hits {
		if _, ok := sums[h.Client]; !ok {
			order = append(order, h.Client)
		}
		s, err := sums[h.Client].Add(h.amount)
		if err != nil {
			return err
		}
		sums[h.Client] = s
	}
	vouchers := make([]*ledger.Voucher, len(order))
	by := map[op.ClientID]*ledger.Voucher{}
	for i, c := range order {
		text := "Betalt enligt banken " + row.Ref
		if sums[c] > 0 {
			text = "Återbetalt enligt banken " + row.Ref
		}
		vouchers[i] = &ledger.Voucher{Client: c, Series: Series, Date: row.Booked, Text: text, Kind: "treasury.entry", Document: int64(row.ID),
			Key: "treasury.entry:" + row.ID.String(), Module: Module, Lines: []ledger.Line{
				{Line: coding.Line{Account: a.Clearing, Amount: -sums[c]}}, {Line: coding.Line{Account: a.Ledger, Amount: sums[c]}}}}
		by[c] = vouchers[i]
	}
	if len(vouchers) == 0 {
		return nil
	}
	if err := ledger.Post(r.o, vouchers...); err != nil {
		return err
	}
	for _, h := range hits {
		to := &h.Booked
		if h.amount > 0 {
			to = &h.Payment.Returned
		}
		*to = int64(by[h.Client].ID)
		if err := r.save(h.Payment, "booked", by[h.Client].Label()); err != nil {
			return err
		}
	}
	return nil
}
