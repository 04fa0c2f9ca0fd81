package treasury

import (
	"cmp"
	"fmt"
	"strings"

	"kontor/format/pain"
	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
)

var errRefusedAll = fault.New(fault.Conflict, "TRE-040", "Filen kan inte göras: %s")

// msgID is what the bank knows a proposal's file by.
func msgID(p ID) string { return "KB" + p.String() }

// batchOf is the file of payments, as it is stored: the same rows give the same
// batch for ever.
func batchOf(p *Proposal, a Account, rows []Payment) *pain.Batch {
	b := &pain.Batch{MsgID: msgID(p.ID), Created: p.Released, Profile: a.Profile, Initiator: pain.Party{Name: a.Holder, ID: a.Agreement},
		Debtor: pain.Party{Name: a.Holder, ID: a.Agreement, Country: "SE"}, IBAN: a.IBAN, Bankgiro: a.Bankgiro, BIC: a.BIC}
	for i := range rows {
		if r := &rows[i]; r.Amount > 0 {
			b.Payments = append(b.Payments, transferOf(r))
		}
	}
	return b
}

func transferOf(r *Payment) pain.Payment {
	number := cmp.Or(r.BankAccount, r.Number)
	x := pain.Payment{ID: r.EndToEnd, Execute: r.Execute, Amount: r.Amount, OCR: r.OCR, Message: cmp.Or(r.BankMessage, r.Message),
		Payee: pain.Payee{Party: pain.Party{Name: cmp.Or(r.BankName, r.PayeeName), Town: r.BankTown, Country: cmp.Or(r.BankCountry, "SE")}, Scheme: pain.Scheme(r.Scheme), Number: number}}
	switch {
	case r.Scheme == string(pain.Domestic) && len(number) > 4:
		x.Payee.Clearing, x.Payee.Number = number[:4], number[4:]
	case r.Scheme == string(pain.IBAN) && len(number) > 2 && r.BankCountry == "":
		x.Payee.Country = number[:2]
	}
	for _, part := range r.Parts {
		x.Parts = append(x.Parts, pain.Part{Number: part.Number, Amount: part.Amount - part.Withheld, Date: part.Due})
	}
	return x
}

// refusals are why the bank would refuse payments, by their identity, and why it
// would refuse the whole.
func refusals(b *pain.Batch) (one map[string]string, all string) {
	one = map[string]string{}
	for _, r := range pain.Refusals(b) {
		switch {
		case r.Payment != "":
			one[r.Payment] = strings.TrimSpace(one[r.Payment] + " " + r.Text)
		case all == "" && r.Code != "empty":
			all = r.Text
		}
	}
	return one, all
}

// doFile makes the file to the bank of what was released: the rows are held
// against the seal of the release, looked at again, and what has changed since or
// what the bank would refuse falls out alone. The debts move to the clearing
// account in the same transaction as the bytes are kept, so that there is never
// a file without its postings.
func (t *Treasury) doFile(o *op.Op, p *Proposal, _ form.Values) error {
	var released []*Payment
	for i := range p.Rows {
		r := &p.Rows[i]
		if r.State != Released {
			continue
		}
		if sealOf(r) != r.Seal {
			return errBroken.Because("payment %s of %s: the row is not the one that was released", r.ID, p.ID)
		}
		released = append(released, r)
	}
	if sealAll(released) != p.Seal {
		return errBroken.Because("proposal %s: the set is not the one that was released", p.ID)
	}
	a, err := AccountOf(o, p.Account)
	if err != nil {
		return err
	}
	now, err := t.reread(o, p.alive())
	if err != nil {
		return err
	}
	if err := t.drop(o, p, now); err != nil {
		return err
	}
	if err := t.fit(o, p, a); err != nil {
		return err
	}
	p.FiledBy, p.Filed = o.Actor.ID, o.Now
	return t.send(o, p, a)
}

// fit gives the rows days on which the bank can execute them and lets those fall
// that it would refuse.
func (t *Treasury) fit(o *op.Op, p *Proposal, a Account) error {
	soonest := soonestFor(o.Who, a)
	var living []Payment
	for i := range p.Rows {
		if r := &p.Rows[i]; r.State == Released {
			r.Execute = max(r.Execute, soonest)
			living = append(living, *r)
		}
	}
	one, all := refusals(batchOf(p, a, living))
	if all != "" {
		return errRefusedAll.With(all)
	}
	var gone []*Payment
	for i := range p.Rows {
		if r := &p.Rows[i]; r.State == Released && one[r.EndToEnd] != "" {
			r.Reason = one[r.EndToEnd]
			gone = append(gone, r)
		}
	}
	if err := t.fall(o, Fell, gone...); err != nil {
		return err
	}
	return p.count()
}

// send keeps the bytes of the file and moves the debts.
func (t *Treasury) send(o *op.Op, p *Proposal, a Account) error {
	var living []Payment
	for i := range p.Rows {
		if p.Rows[i].State == Released {
			living = append(living, p.Rows[i])
		}
	}
	if len(living) == 0 {
		p.State, p.Reason = Cancelled, "Allt i förslaget hade ändrats och föll bort."
		return nil
	}
	b := batchOf(p, a, living)
	in := map[string]string{}
	if len(b.Payments) > 0 {
		bytes, err := pain.Write(b)
		if err != nil {
			return err
		}
		packed := blob.Pack(blob.Document{Media: "application/xml", Content: bytes, Received: o.Now})
		if err := blob.Put(o, packed); err != nil {
			return err
		}
		p.File = packed.Hash()
		for _, g := range pain.Groups(b) {
			for _, x := range g.Payments {
				in[x.ID] = g.ID
			}
		}
	}
	var moved, netted []*Payment
	for i := range p.Rows {
		r := &p.Rows[i]
		if r.State != Released {
			continue
		}
		r.State, r.Batch, r.Owed = Filed, in[r.EndToEnd], true
		if r.Amount == 0 {
			r.State, r.Paid = Paid, day(o)
			netted = append(netted, r)
		}
		moved = append(moved, r)
	}
	if err := saveMoved(o, moved...); err != nil {
		return err
	}
	if err := t.settle(o, a, InFile, "", moved...); err != nil {
		return err
	}
	if err := t.settle(o, a, Done, "", netted...); err != nil {
		return err
	}
	if err := p.count(); err != nil {
		return err
	}
	if p.Settled == p.Payments {
		p.State = Closed
	}
	return nil
}

// Remake makes the file of a proposal again from its rows. It is the same, byte
// for byte, as the one that was kept.
func Remake(o *op.Op, key ID) ([]byte, error) {
	p, ok, err := proposalByID.Maybe(o, key)
	if err != nil {
		return nil, err
	}
	if !ok || p.File == "" {
		return nil, errNoFile
	}
	if err := load(o, &p); err != nil {
		return nil, err
	}
	a, err := AccountOf(o, p.Account)
	if err != nil {
		return nil, err
	}
	var rows []Payment
	for _, r := range p.Rows {
		if r.Owed {
			rows = append(rows, r)
		}
	}
	return pain.Write(batchOf(&p, a, rows))
}

var proposalByID = db.Select[Proposal](`SELECT ` + strings.Join(db.Columns[Proposal](), ", ") + ` FROM treasury_proposal WHERE id = $1`)

// Outgoing is a file to be carried to the bank.
type Outgoing struct {
	Proposal ID
	Number   string
	Name     string // of the file
	Bytes    []byte
}

// File makes the files of everything that has been released and returns them. A
// proposal whose file is made already is not among them; Fetch gives it again.
func (t *Treasury) File(o *op.Op) ([]Outgoing, error) {
	all, err := toFile.All(o)
	if err != nil {
		return nil, err
	}
	var files []Outgoing
	for _, key := range all {
		if _, err := t.Table.Take(o, key, "file", 0, nil); err != nil {
			return files, fmt.Errorf("proposal %s: %w", key, err)
		}
		f, ok, err := t.Fetch(o, key)
		if err != nil {
			return files, err
		}
		if ok {
			files = append(files, f)
		}
	}
	return files, nil
}

// Fetch returns the file of a proposal, and whether it has one.
func (t *Treasury) Fetch(o *op.Op, key ID) (Outgoing, bool, error) {
	p, err := t.Table.Get(o, key)
	if err != nil || p.File == "" {
		return Outgoing{}, false, err
	}
	b, err := Bytes(o, &p)
	return Outgoing{p.ID, p.Number, fileName(&p), b}, true, err
}

// Undelivered lists the proposals that have a file and are at the bank, for those
// who carry files.
func (t *Treasury) Undelivered(o *op.Op) ([]ID, error) { return atBank.All(o) }

var atBank = db.Select[ID](`SELECT id FROM treasury_proposal WHERE state = 'filed' AND file <> '' ORDER BY id`)

func fileName(p *Proposal) string {
	return "pain001-" + strings.ToLower(strings.NewReplacer(" ", "", ":", "-").Replace(cmp.Or(p.Number, p.ID.String()))) + ".xml"
}

// Find reads a proposal's number or identity.
func (t *Treasury) Find(o *op.Op, text string) (ID, error) {
	if key, err := id.Parse[Proposal](text); err == nil {
		return key, nil
	}
	key, ok, err := byNumber.Maybe(o, text)
	if err == nil && !ok {
		err = errNoProposal.Because("no proposal %q", text)
	}
	return key, err
}

var byNumber = db.Select[ID](`SELECT id FROM treasury_proposal WHERE number = $1`)
