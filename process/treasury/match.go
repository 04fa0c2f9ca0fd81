package treasury

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/format/camt"
	"kontor/kernel/db"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/text"
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
	back   *camt.Return // the bank says that it came back, and why; nil when it does not
}

// found is what of an entry is about payments of ours.
type found struct {
	hits []hit
	sure []hit    // of them, whose payment is what the bank says
	why  []string // a person has to look: Swedish sentences
}

func (f *found) doubt(format string, args ...any) {
	f.why = append(f.why, fmt.Sprintf(format, args...))
}

// match finds the payments that an entry is about and does to them what it says.
// What of the entry is no payment of ours, or in doubt, is the rest: it stands as
// an entry of its own, so that a person explains that and nothing twice.
func (r *reading) match(a Account, e *camt.Entry, row *Entry) (rest *Entry, err error) {
	f, err := r.find(a, e, row)
	if err != nil {
		return nil, err
	}
	cash := row.Kind == a.Books
	for i, h := range f.hits {
		if why, err := r.move(h, row, cash, f.hits[:i]); err != nil {
			return nil, err
		} else if why != "" {
			f.why = append(f.why, why)
			continue
		}
		f.sure = append(f.sure, h)
	}
	left := e.Amount
	for _, h := range f.sure {
		left -= h.amount
	}
	if len(f.sure) > 0 {
		if row.State = EntryReturned; slices.ContainsFunc(f.sure, func(h hit) bool { return h.amount < 0 }) {
			row.State = EntryPaid
		}
		if cash {
			if err := r.book(a, row, f.sure); err != nil {
				return nil, err
			}
		}
		if left == 0 {
			row.Note = strings.Join(f.why, " ")
			return nil, nil
		}
		if left < 0 && len(f.why) == 0 {
			f.doubt("Av händelsen %s hör %s kr inte till någon av våra betalningar.", row.Ref, -left)
		}
		row.Amount, rest = e.Amount-left, row.part(r.o, left)
		row = rest
	} else if len(f.why) == 0 {
		if err := r.suspect(a, e, row, &f); err != nil {
			return nil, err
		}
	}
	if len(f.why) > 0 {
		row.State, row.Note = EntryOpen, strings.Join(f.why, " ")
	}
	return rest, nil
}

// find collects our payments in an entry: by their own identity, or, where the
// bank has booked a group as one sum, by the group's.
func (r *reading) find(a Account, e *camt.Entry, row *Entry) (f found, err error) {
	sum, whole := e.DetailSum()
	if whole && sum != e.Amount {
		f.doubt("Händelsen %s är på %s kr, men betalningarna i den är på %s kr.", row.Ref, e.Amount, sum)
		return f, nil
	}
	group, ours := e.Batch.PmtInfID, money.Amount(0)
	for i := range e.Details {
		d := &e.Details[i]
		group = cmp.Or(group, d.PmtInfID)
		p, err := r.named(d, a, e)
		if err != nil {
			return f, err
		}
		if p == nil {
			continue
		}
		h := hit{p, d.Amount, d.Return}
		if e.Reversal && h.back == nil {
			h.back = &camt.Return{}
		}
		switch {
		case len(e.Details) == 1:
			h.amount = e.Amount
		case !d.HasAmount && e.Amount < 0:
			h.amount = -p.Amount
		case !d.HasAmount:
			h.amount = p.Amount
		}
		if d.Currency != "" && d.Currency != e.Currency && len(e.Details) > 1 {
			f.doubt("Betalningen %s anges i %s.", p.EndToEnd, d.Currency)
			continue
		}
		f.hits = append(f.hits, h)
		ours += h.amount
	}
	switch {
	case len(f.hits) == 0 && len(f.why) == 0 && strings.HasPrefix(group, "KB") && e.Amount != 0:
		return f, r.group(group, a, e, &f)
	case !whole && len(f.hits) > 0 && (ours < 0) == (e.Amount < 0) && max(ours, -ours) > max(e.Amount, -e.Amount):
		f.doubt("Händelsen %s är på %s kr, men våra betalningar i den är på %s kr.", row.Ref, e.Amount, ours)
		f.hits = nil
	}
	return f, nil
}

// named is our payment in a part of an entry on the account that it was made from;
// nil for none. The payee's account may be one of ours too, and its statement then
// tells of the same payment coming in.
func (r *reading) named(d *camt.Detail, a Account, e *camt.Entry) (*Payment, error) {
	if d.EndToEnd == "" {
		return nil, nil
	}
	p, err := r.payment(d.EndToEnd)
	if err != nil || p == nil || p.Account == a.ID {
		return p, err
	}
	if e.Amount < 0 {
		r.note("Banken har dragit %s till %s från kontot %s. Betalningen gjordes från ett annat konto.", p.EndToEnd, p.PayeeName, a.Name)
	}
	return nil, nil
}

// group takes an entry as all of a group that the bank has booked as one sum.
func (r *reading) group(group string, a Account, e *camt.Entry, f *found) error {
	all, err := inBatch.All(r.o, group)
	if err != nil {
		return err
	}
	var hits []hit
	sum := money.Amount(0)
	for _, p := range all {
		x, err := r.once(p)
		if err != nil {
			return err
		}
		if x.State.alive() && x.Account == a.ID {
			h := hit{x, -x.Amount, nil}
			if e.Amount > 0 {
				h.amount, h.back = x.Amount, &camt.Return{}
			}
			hits = append(hits, h)
			sum += h.amount
		}
	}
	if sum != e.Amount {
		f.doubt("Banken har bokat %s kr för %s, men det som återstår där är %s kr.", e.Amount, group, sum)
		return nil
	}
	f.hits = hits
	return nil
}

// returns are the bank's codes of money that comes back.
// source: ISO 20022 bank transaction codes, sub-families of payments
var returns = []string{"RRTN", "RPCR", "XRTN", "XRPC", "ARET"}

// suspect finds what an entry without a payment of ours may be, so that a person
// looks at it: money that came back and does not say from whom, or that left and
// is as much as a payment on its way.
func (r *reading) suspect(a Account, e *camt.Entry, row *Entry, f *found) error {
	sent := slices.ContainsFunc(e.Details, func(d camt.Detail) bool { return d.Return != nil || slices.Contains(returns, d.Code.Sub) })
	if e.Amount > 0 && (sent || e.Reversal || slices.Contains(returns, e.Code.Sub)) {
		f.doubt("Pengar har kommit tillbaka, men banken säger inte för vilken av våra betalningar.")
		return nil
	}
	ask, amount := maybeIn, e.Amount
	switch {
	case amount == 0:
		return nil
	case amount < 0:
		ask, amount = maybeOut, -amount
	}
	all, err := ask.All(r.o, a.ID, amount)
	if err != nil {
		return err
	}
	for i := range all {
		p := &all[i]
		if p.Execute > row.Booked || e.Amount > 0 && !mentions(e, p) {
			continue
		}
		if e.Amount < 0 {
			f.doubt("Det är samma belopp som betalningen %s till %s, som banken inte har bokfört än.", p.EndToEnd, p.PayeeName)
		} else {
			f.doubt("Det är samma belopp som betalningen %s till %s, som kan ha kommit tillbaka.", p.EndToEnd, p.PayeeName)
		}
		return nil
	}
	return nil
}

// mentions reports whether an entry tells of a payment's payee or reference.
func mentions(e *camt.Entry, p *Payment) bool {
	words := []string{e.Text}
	for i := range e.Details {
		d := &e.Details[i]
		words = append(append(words, d.Debtor.Name, d.Creditor.Name, d.From.Identity(), d.To.Identity()), d.Text...)
		for _, m := range d.Remitted {
			words = append(words, m.Ref, m.Document)
		}
	}
	said := " " + text.SortKey(strings.Join(words, " ")) + " "
	return slices.ContainsFunc([]string{p.PayeeName, p.OCR, p.Message, p.Number}, func(s string) bool {
		return len(s) > 3 && strings.Contains(said, " "+text.SortKey(s)+" ")
	})
}

// move does to a payment what its hit says. why is Swedish, and empty when it is
// sure; then the hit's money is the payment's.
func (r *reading) move(h hit, row *Entry, cash bool, before []hit) (why string, err error) {
	twice := slices.ContainsFunc(before, func(x hit) bool { return x.Payment == h.Payment && (x.amount < 0) == (h.amount < 0) })
	if twice || cash && (h.amount < 0 && h.Booked != 0 || h.amount > 0 && h.Payment.Returned != 0) {
		return fmt.Sprintf("Pengarna för %s till %s är redan bokförda.", h.EndToEnd, h.PayeeName), nil
	}
	if h.amount < 0 {
		return r.paid(h, row)
	}
	return r.cameBack(h, row)
}

// paid is what an entry of money out does to its payment.
func (r *reading) paid(h hit, row *Entry) (why string, err error) {
	p := h.Payment
	switch {
	case p.Amount != -h.amount:
		return fmt.Sprintf("Banken har dragit %s kr för %s, som är på %s kr.", -h.amount, p.EndToEnd, p.Amount), nil
	case !p.Owed:
		return fmt.Sprintf("Banken har betalat %s, som inte står i någon fil härifrån.", p.EndToEnd), nil
	case p.State == Rejected || p.State == Returned && p.Booked != 0:
		r.torn(p)
		return fmt.Sprintf("Banken har betalat %s till %s, som den tidigare har avvisat. Skulden är öppnad igen; betala den inte en gång till.", p.EndToEnd, p.PayeeName), nil
	case p.State != Filed && p.State != Accepted:
		return "", nil
	}
	p.State, p.Paid = Paid, row.Booked
	r.done = append(r.done, p)
	r.answer.Matched++
	return "", r.save(p, "paid", row.Kind+" "+row.Ref)
}

// cameBack is what an entry of money in does to the payment that it is about.
func (r *reading) cameBack(h hit, row *Entry) (why string, err error) {
	p := h.Payment
	switch {
	case p.Amount != h.amount:
		return fmt.Sprintf("Av %s har %s kr kommit tillbaka, men betalningen är på %s kr.", p.EndToEnd, h.amount, p.Amount), nil
	case p.State == Rejected || !p.Owed:
		return fmt.Sprintf("Pengar har kommit tillbaka för %s, som inte är betald.", p.EndToEnd), nil
	case h.back == nil && r.toOurselves(p):
		return fmt.Sprintf("Betalningen %s går till ett av våra egna konton. Banken säger inte om det är den som kom fram eller pengarna som kom tillbaka.", p.EndToEnd), nil
	case p.State == Returned:
		return "", nil
	}
	p.State, p.Reason = Returned, returnWords(h.back)
	r.back = append(r.back, p)
	r.answer.Matched++
	return "", r.save(p, "returned", p.Reason)
}

// toOurselves reports whether a payment's payee has one of our own accounts.
func (r *reading) toOurselves(p *Payment) bool {
	return slices.ContainsFunc(r.accounts, func(a Account) bool { return p.Number != "" && (p.Number == a.Bankgiro || p.Number == a.IBAN) })
}

func returnWords(x *camt.Return) string {
	if x == nil {
		return "Pengarna kom tillbaka från banken."
	}
	if w := isoReasons[x.Code]; w != "" {
		return "Pengarna kom tillbaka: " + w
	}
	words := strings.TrimSpace(x.Code + " " + strings.Join(x.Text, " "))
	if words == "" {
		return returnWords(nil)
	}
	return "Pengarna kom tillbaka: " + words
}

// book posts the money of an entry between bank and clearing account, a voucher
// for each client.
func (r *reading) book(a Account, row *Entry, hits []hit) error {
	sums := map[op.ClientID]*[2]money.Amount{} // out and in
	var order []op.ClientID
	for _, h := range hits {
		if sums[h.Client] == nil {
			sums[h.Client] = &[2]money.Amount{}
			order = append(order, h.Client)
		}
		s := &sums[h.Client][0]
		if h.amount > 0 {
			s = &sums[h.Client][1]
		}
		var err error
		if *s, err = s.Add(h.amount); err != nil {
			return err
		}
	}
	vouchers := make([]*ledger.Voucher, len(order))
	by := map[op.ClientID]*ledger.Voucher{}
	for i, c := range order {
		text := "Betalt enligt banken " + row.Ref
		if sums[c][0] == 0 {
			text = "Återbetalt enligt banken " + row.Ref
		}
		v := &ledger.Voucher{Client: c, Series: Series, Date: row.Booked, Text: text, Kind: "treasury.entry", Document: int64(row.ID),
			Key: "treasury.entry:" + row.ID.String(), Module: Module}
		for _, s := range sums[c] {
			if s != 0 {
				v.Lines = append(v.Lines, ledger.Line{Line: coding.Line{Account: a.Clearing, Amount: -s}}, ledger.Line{Line: coding.Line{Account: a.Ledger, Amount: s}})
			}
		}
		vouchers[i], by[c] = v, v
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
