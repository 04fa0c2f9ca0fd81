package treasury

import (
	"fmt"
	"slices"
	"strings"

	"kontor/kernel/audit"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
)

var (
	errNoCall      = fault.New(fault.Invalid, "TRE-030", "Skriv vem hos mottagaren du ringde, och på vilket nummer. En ilbetalning frisläpps inte utan samtal.")
	errNotSample   = fault.New(fault.Conflict, "TRE-031", "Betalningen står inte på tur att kontrolleras.")
	errUsedAccount = fault.New(fault.Conflict, "TRE-034", "Det är betalt från kontot. Då står IBAN och konton i bokföringen fast: avsluta kontot och lägg upp ett nytt.")
	errBusyAccount = fault.New(fault.Conflict, "TRE-035", "%d betalningar från kontot är under väg. Byt fil att bokföra från när banken har bokfört dem.")
	errNoNote      = fault.New(fault.Invalid, "TRE-032", "Skriv varför betalningen tas bort ur förslaget.")
)

// drop lets the payments fall whose documents, as they now are, no longer are what
// was proposed, each with its reason.
func (t *Treasury) drop(o *op.Op, p *Proposal, now map[int64]Due) error {
	var gone []*Payment
	for i := range p.Rows {
		r := &p.Rows[i]
		if r.State != Proposed && r.State != Released {
			continue
		}
		why := changed(r, now)
		if why == "" && r.State == Released && r.touchedBy(p.ReleasedBy, now) {
			why = "Den som frisläppte betalningen har sedan dess haft del i den. Föreslå den igen."
		}
		if why != "" {
			r.Reason = why
			gone = append(gone, r)
		}
	}
	if err := t.fall(o, Fell, gone...); err != nil {
		return err
	}
	return p.count()
}

// touchedBy reports whether a person has had a part in a document of the payment,
// also since it was proposed.
func (p *Payment) touchedBy(who op.PersonID, now map[int64]Due) bool {
	return slices.ContainsFunc(p.Parts, func(x Part) bool { return slices.Contains(now[x.Document].Approvers, who) })
}

// alive are the payments that hold their documents.
func (p *Proposal) alive() []Payment {
	return slices.DeleteFunc(slices.Clone(p.Rows), func(r Payment) bool { return !r.State.alive() })
}

// reread reads every document of payments as it is now.
func (t *Treasury) reread(o *op.Op, all []Payment) (map[int64]Due, error) {
	by := map[string][]int64{}
	for i := range all {
		for _, x := range all[i].Parts {
			by[x.Kind] = append(by[x.Kind], x.Document)
		}
	}
	now := map[int64]Due{}
	for _, s := range t.sources {
		if len(by[s.Kind]) == 0 {
			continue
		}
		some, err := s.Again(o, by[s.Kind])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.Kind, err)
		}
		for _, d := range some {
			now[d.Document] = d
		}
	}
	return now, nil
}

// doRelease is the second person's word. What has changed since the proposal
// falls out; the rest is sealed.
func (t *Treasury) doRelease(o *op.Op, p *Proposal, in form.Values) error {
	if p.Called = in.Text("called"); p.Urgent && p.Called == "" {
		return errNoCall
	}
	now, err := t.reread(o, p.alive())
	if err != nil {
		return err
	}
	if slices.ContainsFunc(p.Rows, func(r Payment) bool { return r.State == Proposed && r.touchedBy(o.Actor.ID, now) }) {
		return errApproved
	}
	if err := t.drop(o, p, now); err != nil {
		return err
	}
	p.ReleasedBy, p.ReleasedName, p.Released = o.Actor.ID, o.Actor.Name, o.Now
	var living []*Payment
	for i := range p.Rows {
		if r := &p.Rows[i]; r.State == Proposed {
			r.State = Released
			living = append(living, r)
		}
	}
	if err := saveMoved(o, living...); err != nil {
		return err
	}
	p.Seal = sealAll(living)
	if len(living) == 0 {
		p.State, p.Reason = Cancelled, "Allt i förslaget hade ändrats och föll bort."
	}
	return nil
}

func (t *Treasury) doWithdraw(o *op.Op, p *Proposal, in form.Values) error {
	p.Reason = in.Text("reason")
	var all []*Payment
	for i := range p.Rows {
		if r := &p.Rows[i]; r.State == Proposed || r.State == Released {
			r.Reason = p.Reason
			all = append(all, r)
		}
	}
	if err := t.fall(o, Withdrawn, all...); err != nil {
		return err
	}
	return p.count()
}

// Control notes that a person has looked at a payment of the sample and found it
// right.
func (t *Treasury) Control(o *op.Op, key PaymentID, version int64, note string) error {
	p, r, err := t.open(o, key, version)
	if err == nil {
		err = mayControl(o.Who, p)
	}
	if err != nil {
		return err
	}
	if r.Sampled == "" {
		return errNotSample
	}
	r.CheckedBy, r.CheckedName, r.Checked, r.CheckNote = o.Actor.ID, o.Actor.Name, o.Now, strings.TrimSpace(note)
	if err := save(o, &r); err != nil {
		return err
	}
	return audit.Note(o, audit.Change{Client: p.Client, Kind: Life.Name, Record: int64(p.ID), Step: "control", Note: r.PayeeName + " · " + r.Amount.String() + " kr · " + note})
}

// Exclude takes one payment out of a proposal; its documents are due again.
func (t *Treasury) Exclude(o *op.Op, key PaymentID, version int64, why string) error {
	if why = strings.TrimSpace(why); why == "" {
		return errNoNote
	}
	p, r, err := t.open(o, key, version)
	if err != nil {
		return err
	}
	r.Reason = why
	if err := t.fall(o, Fell, &r); err != nil {
		return err
	}
	p.Payments, p.Amount, p.Dropped = p.Payments-1, p.Amount-r.Amount, p.Dropped+1
	return t.Table.Save(o, &p, "exclude", r.PayeeName+" · "+r.Amount.String()+" kr · "+why)
}

// open finds a payment in a proposal that has not been released; the others in it
// are not read.
func (t *Treasury) open(o *op.Op, key PaymentID, version int64) (p Proposal, r Payment, err error) {
	r, ok, err := paymentByID.Maybe(o, key)
	if err != nil {
		return p, r, err
	}
	if !ok {
		return p, r, errNoPayment.Because("no payment %s", key)
	}
	if p, err = t.Table.Peek(o, r.Proposal); err != nil {
		return p, r, err
	}
	if p.State != ToControl || r.State != Proposed {
		return p, r, errNotSample.Because("payment %s is %s", key, r.State)
	}
	if version != 0 && version != r.Version {
		return p, r, errOldPayment.Because("payment %s: version %d, now %d", key, version, r.Version)
	}
	r.Parts, err = partsOfOne.All(o, r.Client, r.ID)
	return p, r, err
}

// mayMove says that what has been paid from an account keeps it to its number and
// its accounts in the books, and to the kind of file that its money is posted from
// while something is on its way.
func mayMove(o *op.Op, a *Account) error {
	was, err := AccountOf(o, a.ID)
	if err != nil {
		return err
	}
	used, err := usedAccount.One(o, a.ID)
	switch {
	case err != nil:
		return err
	case used.Counted > 0 && (was.IBAN != a.IBAN || was.Ledger != a.Ledger || was.Clearing != a.Clearing):
		return errUsedAccount
	case used.Wrong > 0 && was.Books != a.Books:
		return errBusyAccount.With(used.Wrong)
	}
	return nil
}

// PutAccount stores an account of ours, a new one when it has no identity.
func PutAccount(o *op.Op, a *Account) error {
	if err := o.NeedFor(MayAccount, 0); err != nil {
		return err
	}
	step := "change"
	if a.ID.IsZero() {
		a.ID, a.Version, step = id.New[Account](o), 1, "add"
		if _, err := addAccount.Add(o, *a); err != nil {
			return err
		}
	} else {
		if err := mayMove(o, a); err != nil {
			return err
		}
		n, err := moveAccount.Do(o, a.ID, a.Version, a.Name, a.IBAN, a.Bankgiro, a.BIC, a.Profile, a.Agreement, a.Holder,
			a.Ledger, a.Clearing, a.Books, a.Cutoff, a.ValidFrom, a.ValidTo)
		if err != nil {
			return err
		}
		if n == 0 {
			return errOldAccount.Because("account %s: version %d is old", a.ID, a.Version)
		}
	}
	return audit.Note(o, audit.Change{Kind: "treasury.account", Record: int64(a.ID), Step: step, Note: a.Name + " · " + a.IBAN + " · BG " + a.Bankgiro})
}
