package treasury

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"kontor/kernel/audit"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/number"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/workday"
	"kontor/promise/client"
)

// Treasury pays what its sources say is due.
type Treasury struct {
	Table        *flow.Table[Proposal]
	Explanations *flow.Table[Explanation]
	sources      []Source
}

// proposals is where proposals live.
var proposals = flow.In(Life, "treasury_proposal")

// New makes the treasury of the given sources.
func New(sources ...Source) *Treasury {
	table := *proposals
	t := &Treasury{Table: &table, sources: sources}
	table.Read, table.Calendar, table.Load = MayHandle, workday.Bank, load
	table.Do = map[string]func(*op.Op, *Proposal, form.Values) error{
		"release": t.doRelease, "file": t.doFile, "withdraw": t.doWithdraw,
	}
	t.Explanations = t.explanationTable()
	return t
}

func (t *Treasury) source(kind string) (Source, bool) {
	i := slices.IndexFunc(t.sources, func(s Source) bool { return s.Kind == kind })
	if i < 0 {
		return Source{}, false
	}
	return t.sources[i], true
}

// opens is the page of a document, "" when the actor may not open it.
func (t *Treasury) opens(o *op.Op, kind string, document int64) string {
	s, ok := t.source(kind)
	if !ok || s.Sees != nil && !s.Sees(o, document) {
		return ""
	}
	return s.URL(document)
}

// Ask is what a proposal is asked to hold.
type Ask struct {
	Account id.ID[Account]
	Until   period.Date // what is due by then
	// Urgent pays the given documents today, and no others.
	Urgent    bool
	Documents []int64
	Reason    string // of an urgent payment
}

var (
	// ErrNothingDue says that there is nothing to propose.
	ErrNothingDue = fault.New(fault.Conflict, "TRE-020", "Inget är klart att betala till och med %s. Välj en senare dag, eller se efter vad som är stoppat.")
	errWhyUrgent  = fault.New(fault.Invalid, "TRE-021", "Skriv varför betalningen måste gå i dag.")
	errNoDocs     = fault.New(fault.Invalid, "TRE-022", "Välj vilka fakturor som ska betalas i dag.")
	errNoDay      = fault.New(fault.Invalid, "TRE-023", "Välj till och med vilken dag förslaget ska gå.")
)

// Propose makes a proposal of what is due and may be paid from an account, and
// returns it together with what was left out. The documents are held by it until
// it is paid or taken back.
func (t *Treasury) Propose(o *op.Op, ask Ask) (Proposal, error) {
	var p Proposal
	if err := mayPropose(o.Who, ask); err != nil {
		return p, err
	}
	account, err := AccountOf(o, ask.Account)
	if err != nil {
		return p, err
	}
	all, err := t.due(o, account, ask)
	if err != nil {
		return p, err
	}
	pay, left := net(all)
	if len(pay) == 0 && (ask.Urgent || len(left) == 0) {
		if ask.Urgent && len(left) > 0 {
			return p, errNotUrgent.With(left[0].Number, left[0].reason)
		}
		return p, ErrNothingDue.With(ask.Until)
	}
	today := period.DateOf(o.Now)
	n, err := number.Take(o, 0, "B", today.Year(), 1)
	if err != nil {
		return p, err
	}
	p = Proposal{Number: fmt.Sprintf("B %d:%d", today.Year(), n), Account: account.ID, Until: ask.Until, Urgent: ask.Urgent, Reason: ask.Reason,
		ProposedBy: o.Actor.ID, ProposedName: o.Actor.Name, LeftOut: int64(len(left))}
	p.ID, p.State = id.New[Proposal](o), ToControl
	p.Seed = seedOf(int64(p.ID), o.Now.UnixMicro())
	more, err := t.fill(o, &p, account, pay)
	if err != nil {
		return p, err
	}
	left = append(left, more...)
	p.LeftOut = int64(len(left))
	if p.Payments == 0 {
		p.State, p.Reason = Cancelled, "Inget kunde betalas. Skälen står nedan."
	}
	return p, t.keep(o, &p, left)
}

var errNotUrgent = fault.New(fault.Conflict, "TRE-024", "Faktura %s kan inte betalas nu: %s")

func mayPropose(w op.Who, ask Ask) error {
	need := MayHandle
	if ask.Urgent {
		need = MayUrgent
	}
	if err := w.NeedFor(need, 0); err != nil {
		return err
	}
	switch {
	case ask.Urgent && w.Actor.Kind != op.Person:
		return errNotPerson
	case ask.Urgent && ask.Reason == "":
		return errWhyUrgent
	case ask.Urgent && len(ask.Documents) == 0:
		return errNoDocs
	case ask.Until.IsZero():
		return errNoDay
	}
	return nil
}

// due asks the sources what there is for the clients of an account.
func (t *Treasury) due(o *op.Op, a Account, ask Ask) ([]Due, error) {
	clients, err := clientsOf(o, a)
	if err != nil || len(clients) == 0 {
		return nil, err
	}
	var all []Due
	for _, s := range t.sources {
		var some []Due
		if ask.Urgent {
			some, err = s.Again(o, ask.Documents)
			some = slices.DeleteFunc(some, func(d Due) bool { return !slices.Contains(clients, d.Client) })
		} else {
			some, err = s.Open(o, clients, ask.Until)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.Kind, err)
		}
		all = append(all, some...)
	}
	return all, nil
}

// clientsOf are those whose debts are paid from an account: its owner, or all
// that have no account of their own.
func clientsOf(o *op.Op, a Account) ([]op.ClientID, error) {
	if a.Owner != 0 {
		return []op.ClientID{a.Owner}, nil
	}
	own, err := Accounts(o, period.DateOf(o.Now))
	if err != nil {
		return nil, err
	}
	all, err := client.All(o)
	var ids []op.ClientID
	for _, c := range all {
		if !slices.ContainsFunc(own, func(x Account) bool { return x.Owner == c.ID }) {
			ids = append(ids, c.ID)
		}
	}
	return ids, err
}

// seedOf mixes what nobody can choose into a seed.
func seedOf(values ...int64) int64 {
	var b []byte
	for _, v := range values {
		b = binary.BigEndian.AppendUint64(b, uint64(v))
	}
	sum := sha256.Sum256(b)
	return int64(binary.BigEndian.Uint64(sum[:8]) >> 1)
}

// fill makes the payments of a proposal and draws its sample. What the bank would
// refuse is left out at once.
func (t *Treasury) fill(o *op.Op, p *Proposal, a Account, pay []transfer) (left []kept, err error) {
	soonest := soonestFor(o.Who, a)
	p.Rows = make([]Payment, 0, len(pay))
	for i := range pay {
		x := &pay[i]
		d := x.parts[0]
		r := Payment{Client: d.Client, ID: id.New[Payment](o), Version: 1, Proposal: p.ID, Account: a.ID, PayeeOrg: d.PayeeOrg, PayeeName: d.PayeeName,
			PayeeKey: text.SortKey(d.PayeeName), Scheme: d.Scheme, Number: d.Account, Amount: x.amount, Execute: executeOn(x.due, soonest), State: Proposed}
		if p.Urgent {
			r.Execute = soonest
		}
		r.EndToEnd = "K" + r.ID.String()
		r.OCR, r.Message = x.reference()
		r.Given = x.given()
		for _, d := range x.parts {
			r.Parts = append(r.Parts, Part{Client: d.Client, ID: id.New[Part](o), Payment: r.ID, Kind: d.Kind, Document: d.Document, Number: d.Number,
				Amount: d.Amount, Withheld: d.Withheld, Due: d.Due, Approvers: d.Approvers, Live: true})
		}
		r.Seal = sealOf(&r)
		p.Rows = append(p.Rows, r)
	}
	if pay, left, err = p.leaveRefused(o.Who, a, pay); err != nil {
		return nil, err
	}
	today := period.DateOf(o.Now)
	c := controlOn(today)
	unknown := map[PaymentID]bool{}
	for i := range pay {
		unknown[p.Rows[i].ID] = slices.ContainsFunc(pay[i].parts, func(d Due) bool { return d.Since.AddDays(c.fresh) > today && !d.Since.IsZero() })
	}
	sample(p.Seed, p.Rows, c, func(r *Payment) bool { return unknown[r.ID] }, p.Urgent)
	return left, p.count()
}

// leaveRefused takes out the payments that the bank would refuse.
func (p *Proposal) leaveRefused(w op.Who, a Account, pay []transfer) (keep []transfer, left []kept, err error) {
	b := batchOf(p, a, p.Rows)
	b.Created = w.Now
	one, all := refusals(b)
	if all != "" {
		return nil, nil, errRefusedAll.With(all)
	}
	rows := p.Rows[:0]
	for i, r := range p.Rows {
		why := one[r.EndToEnd]
		if why == "" {
			rows, keep = append(rows, r), append(keep, pay[i])
			continue
		}
		for _, d := range pay[i].parts {
			left = append(left, kept{d, why})
		}
	}
	p.Rows = rows
	return keep, left, nil
}

// soonestFor is the first day on which the bank can execute a file made now.
func soonestFor(w op.Who, a Account) period.Date {
	today := period.DateOf(w.Now)
	minute := int64(w.Now.Sub(today.Start()).Minutes())
	return firstDay(today, minute, a.Cutoff)
}

// keep stores a new proposal with everything in it and tells the sources.
func (t *Treasury) keep(o *op.Op, p *Proposal, left []kept) error {
	var parts []Part
	for i := range p.Rows {
		parts = append(parts, p.Rows[i].Parts...)
	}
	n, err := addParts.Add(o, parts...)
	if err != nil {
		return err
	}
	if n != int64(len(parts)) {
		return errTaken.Because("%d of %d documents are free", n, len(parts))
	}
	if _, err := addPayments.Add(o, p.Rows...); err != nil {
		return err
	}
	lefts := make([]Left, len(left))
	for i, k := range left {
		lefts[i] = Left{Client: k.Client, ID: id.New[Left](o), Proposal: p.ID, Kind: k.Kind, Document: k.Document, Number: k.Number,
			PayeeName: k.PayeeName, Amount: k.Amount, Due: k.Due.Due, Reason: k.reason}
	}
	if _, err := addLefts.Add(o, lefts...); err != nil {
		return err
	}
	if err := t.Table.Add(o, p.Number, p); err != nil {
		return err
	}
	return t.settle(o, Account{}, Scheduled, "", refs(p.Rows)...)
}

func refs(all []Payment) []*Payment {
	out := make([]*Payment, len(all))
	for i := range all {
		out[i] = &all[i]
	}
	return out
}

// settle tells the sources what has become of the documents of payments.
func (t *Treasury) settle(o *op.Op, a Account, e Event, reason string, all ...*Payment) error {
	for _, s := range t.sources {
		var some []Settlement
		for _, p := range all {
			for _, x := range p.Parts {
				if x.Kind != s.Kind {
					continue
				}
				some = append(some, Settlement{Event: e, Client: p.Client, Document: x.Document, Payment: p.ID, Number: x.Number, Payee: p.PayeeName,
					Amount: x.Amount, Withheld: x.Withheld, Clearing: a.Clearing, Date: period.DateOf(o.Now), Reason: cmp.Or(reason, p.Reason)})
			}
		}
		if len(some) == 0 {
			continue
		}
		if err := s.Settle(o, some); err != nil {
			return fmt.Errorf("%s: %w", s.Kind, err)
		}
	}
	return nil
}

// fall takes payments out of their proposal: their documents are due again.
func (t *Treasury) fall(o *op.Op, to State, all ...*Payment) error {
	changes := make([]audit.Change, len(all))
	for i, p := range all {
		p.State = to
		if _, err := releaseParts.Do(o, p.Client, p.ID); err != nil {
			return err
		}
		changes[i] = audit.Change{Client: p.Client, Kind: "treasury.payment", Record: int64(p.ID), Step: string(to), Note: p.Reason}
	}
	if len(all) == 0 {
		return nil
	}
	if err := saveMoved(o, all...); err != nil {
		return err
	}
	if err := audit.Note(o, changes...); err != nil {
		return err
	}
	return t.settle(o, Account{}, Dropped, "", all...)
}

// count sums up what is left in the proposal.
func (p *Proposal) count() (err error) {
	p.Payments, p.Amount, p.Dropped, p.Settled = 0, 0, 0, 0
	for i := range p.Rows {
		r := &p.Rows[i]
		switch r.State {
		case Fell:
			p.Dropped++
			continue
		case Withdrawn:
			continue
		case Paid, Rejected, Returned:
			p.Settled++
		case Proposed, Released, Filed, Accepted:
		}
		p.Payments++
		if p.Amount, err = p.Amount.Add(r.Amount); err != nil {
			return err
		}
	}
	return nil
}

func day(o *op.Op) period.Date { return period.DateOf(o.Now) }
