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

// reread reads every document of the living payments as it is now.
func (t *Treasury) reread(o *op.Op, p *Proposal) (map[int64]Due, error) {
	by := map[string][]int64{}
	for i := range p.Rows {
		if p.Rows[i].State.alive() {
			for _, x := range p.Rows[i].Parts {
				by[x.Kind] = append(by[x.Kind], x.Document)
			}
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
	now, err := t.reread(o, p)
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
	var living []Payment
	for i := range p.Rows {
		if r := &p.Rows[i]; r.State == Proposed {
			r.State = Released
			if err := save(o, r); err != nil {
				return err
			}
			living = append(living, *r)
		}
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
	p, r, err := t.controlled(o, key, version)
	if err != nil {
		return err
	}
	if r.Sampled == "" {
		return errNotSample
	}
	r.CheckedBy, r.CheckedName, r.Checked, r.CheckNote = o.Actor.ID, o.Actor.Name, o.Now, strings.TrimSpace(note)
	if err := save(o, r); err != nil {
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
	if err := t.fall(o, Fell, r); err != nil {
		return err
	}
	if err := p.count(); err != nil {
		return err
	}
	return t.Table.Save(o, &p, "exclude", r.PayeeName+" · "+r.Amount.String()+" kr · "+why)
}

func (t *Treasury) controlled(o *op.Op, key PaymentID, version int64) (Proposal, *Payment, error) {
	p, r, err := t.open(o, key, version)
	if err != nil {
		return p, nil, err
	}
	return p, r, mayControl(o.Who, p)
}

// open finds a payment in a proposal that has not been released.
func (t *Treasury) open(o *op.Op, key PaymentID, version int64) (Proposal, *Payment, error) {
	one, ok, err := paymentByID.Maybe(o, key)
	if err != nil {
		return Proposal{}, nil, err
	}
	if !ok {
		return Proposal{}, nil, errNoPayment.Because("no payment %s", key)
	}
	p, err := t.Table.Get(o, one.Proposal)
	if err != nil {
		return p, nil, err
	}
	i := slices.IndexFunc(p.Rows, func(r Payment) bool { return r.ID == key })
	if i < 0 || p.State != ToControl || p.Rows[i].State != Proposed {
		return p, nil, errNotSample.Because("payment %s is %s", key, one.State)
	}
	if version != 0 && version != p.Rows[i].Version {
		return p, nil, errOldPayment.Because("payment %s: version %d, now %d", key, version, p.Rows[i].Version)
	}
	return p, &p.Rows[i], nil
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
