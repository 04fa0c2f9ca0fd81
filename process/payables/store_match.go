package payables

import (
	"slices"
	"strings"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/approval"
)

const (
	orderColumns        = `client, id, version, number, supplier, name, amount, account, unit, activity, project, valid_from, valid_to, entered_by`
	subscriptionColumns = `client, id, version, supplier, reference, name, months, least, most, account, unit, activity, project, approves, decision,
		valid_from, valid_to, entered_by, confirmed_by, confirmed`
	matchColumns = `client, id, kind, record, version, amount, issued, settled, sample, looked_by, wrong, at`
)

var (
	orderOf = db.Select[Order](`
		SELECT ` + orderColumns + ` FROM payables_order
		WHERE  client = $1 AND supplier = $2 AND number = $3 AND valid_from <= $4 AND valid_to >= $4`)
	orderByID = db.Select[Order](`SELECT ` + orderColumns + ` FROM payables_order WHERE client = $1 AND id = $2`)
	addOrder  = db.Insert[Order]("payables_order", "ON CONFLICT (client, supplier, number) DO NOTHING")
	endOrder  = db.Change(`UPDATE payables_order SET valid_to = $4, amount = $5, version = version + 1 WHERE client = $1 AND id = $2 AND version = $3`)
	// What invoices that still hold have used.
	usedOf = db.Select[money.Amount](`
		SELECT CAST(COALESCE(sum(m.amount), 0) AS BIGINT)
		FROM   payables_match AS m JOIN payables_invoice AS v ON v.client = m.client AND v.id = m.id
		WHERE  m.client = $1 AND m.record = $2 AND v.state NOT IN ('returned', 'voided', 'moved')`)

	subscriptionsOf = db.Select[Subscription](`
		SELECT ` + subscriptionColumns + ` FROM payables_subscription
		WHERE  supplier = $2 AND client = $1 AND valid_from <= $3 AND valid_to >= $3
		ORDER  BY id`)
	subscriptionByID = db.Select[Subscription](`SELECT ` + subscriptionColumns + ` FROM payables_subscription WHERE client = $1 AND id = $2`)
	addSubscription  = db.Insert[Subscription]("payables_subscription", "")
	endSubscription  = db.Change(`UPDATE payables_subscription SET valid_to = $4, version = version + 1 WHERE client = $1 AND id = $2 AND version = $3`)
	confirmOne       = db.Change(`
		UPDATE payables_subscription SET confirmed_by = $4, confirmed = $5, version = version + 1
		WHERE  client = $1 AND id = $2 AND version = $3`)
	latestOf = db.Select[period.Date](`
		SELECT m.issued
		FROM   payables_match AS m JOIN payables_invoice AS v ON v.client = m.client AND v.id = m.id
		WHERE  m.client = $1 AND m.record = $2 AND m.issued IS NOT NULL AND v.state NOT IN ('returned', 'voided', 'moved')
		ORDER  BY m.issued DESC
		LIMIT  1`)

	addMatch  = db.Insert[Match]("payables_match", "")
	nameOf    = db.Select[string](`SELECT name FROM person WHERE id = $1`)
	matchOf   = db.Select[Match](`SELECT ` + matchColumns + ` FROM payables_match WHERE client = $1 AND id = $2`)
	settleOne = db.Change(`UPDATE payables_match SET settled = TRUE, sample = $3 WHERE client = $1 AND id = $2`)
	lookAt    = db.Change(`
		UPDATE payables_match SET looked_by = $3, wrong = $4 WHERE client = $1 AND id = $2 AND looked_by = 0`)
)

var (
	errOrderTwice = fault.New(fault.Conflict, "PAY-080", "Order %s finns redan hos kunden. Avsluta den först, eller ändra dess belopp.")
	errConfirmOwn = fault.New(fault.Forbidden, "PAY-081", "Du lade själv upp abonnemanget. En attestant hos kunden ska bekräfta det.")
	errNotAuto    = fault.New(fault.Forbidden, "PAY-082", "Det gör bara den digitala medarbetaren, enligt kundens beslut.")
	errNotFit     = fault.New(fault.Conflict, "PAY-083", "Fakturan stämmer inte längre med kundens beslut. En person får granska och attestera den.")
	errLooked     = fault.New(fault.Conflict, "PAY-084", "Stickprovet är redan granskat. Läs in sidan igen.")
)

// PutOrder adds an order.
func PutOrder(o *op.Op, w Order) (id.ID[Order], error) {
	w.ID, w.Version, w.Number, w.EnteredBy = id.New[Order](o), 1, NormalCode(w.Number), o.Actor.ID
	w.ValidTo = until(w.ValidTo)
	n, err := addOrder.Add(o, w)
	if err == nil && n == 0 {
		err = errOrderTwice.With(w.Number)
	}
	if err != nil {
		return 0, err
	}
	return w.ID, noteOf(o, w.Client, "payables.order", int64(w.ID), "add", w.Number+" "+w.Name+" · "+w.Amount.String()+" kr")
}

// PutSubscription adds a subscription. What fits it is coded; it is approved
// without a person only when the client has decided so and ConfirmSubscription
// was called by another person.
func PutSubscription(o *op.Op, s Subscription) (id.ID[Subscription], error) {
	s.ID, s.Version, s.Reference, s.EnteredBy = id.New[Subscription](o), 1, NormalCode(s.Reference), o.Actor.ID
	s.ConfirmedBy, s.ValidTo = 0, until(s.ValidTo)
	if _, err := addSubscription.Add(o, s); err != nil {
		return 0, err
	}
	return s.ID, noteOf(o, s.Client, "payables.subscription", int64(s.ID), "add", s.Name+" · "+s.Decision)
}

// ConfirmSubscription is the client's own word that what fits is approved. It
// takes somebody who may approve there and did not enter it.
func ConfirmSubscription(o *op.Op, client op.ClientID, key id.ID[Subscription], version int64) error {
	s, ok, err := subscriptionByID.Maybe(o, client, key)
	if err != nil {
		return err
	}
	if !ok {
		return errNoRow.Because("no subscription %s", key)
	}
	if err := o.NeedFor(MayApprove, client); err != nil {
		return err
	}
	switch {
	case o.Actor.Kind != op.Person:
		return errNotPerson
	case s.EnteredBy == o.Actor.ID:
		return errConfirmOwn
	case slices.Contains(o.Actor.Interests, s.Supplier):
		return errInterest
	}
	register, err := approval.Load(o, client)
	if err != nil {
		return err
	}
	gross, err := s.Most.Portion(125, 100) // the limit is on the whole invoice: the highest amount with the highest VAT
	if err != nil {
		return err
	}
	line := coding.Line{Account: s.Account, Unit: s.Unit, Activity: s.Activity, Project: s.Project, Amount: s.Most}
	if _, err := register.May(o.Actor.ID, []coding.Line{line}, gross, period.DateOf(o.Now)); err != nil {
		return err
	}
	n, err := confirmOne.Do(o, client, key, version, o.Actor.ID, o.Now)
	if err == nil && n == 0 {
		err = form.ErrConflict.Because("subscription %s: version %d", key, version)
	}
	if err != nil {
		return err
	}
	return noteOf(o, client, "payables.subscription", int64(key), "confirm", s.Name+" · "+s.Decision)
}

// fitOf holds an invoice against the client's registers; ok is false when it
// names nothing there.
func fitOf(o *op.Op, v Invoice, day period.Date) (f fit, ok bool, err error) {
	if v.SupplierOrg == "" || v.Net == 0 {
		return f, false, nil
	}
	if number := NormalCode(v.OrderRef); number != "" {
		w, found, err := orderOf.Maybe(o, v.Client, v.SupplierOrg, number, day)
		if err != nil {
			return f, false, err
		}
		if found {
			used, err := usedOf.One(o, v.Client, w.ID)
			if err != nil {
				return f, false, err
			}
			left, err := w.Amount.Sub(used)
			return fitOrder(v, w, left), err == nil, err
		}
	}
	all, err := subscriptionsOf.All(o, v.Client, v.SupplierOrg, day)
	if err != nil || len(all) == 0 {
		return f, false, err
	}
	s, found := subscriptionOf(v, all)
	if !found {
		return f, false, nil
	}
	latest, _, err := latestOf.Maybe(o, v.Client, s.ID)
	return fitSubscription(v, s, latest), err == nil, err
}

// automateMatch codes an invoice that fits an order or a subscription, and lets
// it through where the client has decided that. What names one and does not fit
// is for a person: it gets a finding, once.
func automateMatch(o *op.Op, v Invoice, day period.Date) (done, named bool, err error) {
	f, ok, err := fitOf(o, v, day)
	if err != nil || !ok {
		return false, false, err
	}
	if f.code != "" {
		if slices.ContainsFunc(v.Findings, func(x Finding) bool { return x.Code == f.code }) {
			return false, true, nil // a person has decided about it
		}
		x := Finding{Client: v.Client, Invoice: v.ID, Code: f.code, Seen: f.seen, State: FindingOpen}
		if err := AddFindings(o, x); err != nil {
			return false, true, err
		}
		v.Findings = append(v.Findings, x)
		v.Lacks = firstOpen(v.Findings)
		return false, true, Table.Save(o, &v, "match", f.seen)
	}
	if v, err = SetCoding(o, v.ID, v.Version, f.coding, f.why); err != nil {
		return false, true, err
	}
	if CheckCoding(v) != nil {
		return false, true, nil
	}
	f.match.At = o.Now
	if _, err := addMatch.Add(o, f.match); err != nil {
		return false, true, err
	}
	if v, err = Table.Take(o, v.ID, "code", v.Version, nil); err != nil || !f.settle {
		return err == nil, true, err
	}
	err = o.Try(func() error {
		_, err := Table.Take(o, v.ID, "settle", v.Version, nil)
		return err
	})
	if k := fault.Of(err); err != nil && (k.Kind == fault.Unavailable || k.Kind == fault.Internal) {
		return true, true, err
	}
	return true, true, nil // what could not be let through waits for a person
}

// onlyMachine lets nobody take the step but the digital co-worker; what must
// hold is looked up again in doSettle.
func onlyMachine(w op.Who, v Invoice) error {
	if w.Actor.Kind != op.Automation || !v.Automated {
		return errNotAuto
	}
	return CheckCoding(v)
}

// doSettle approves by the client's decision. It rests on the register as it is
// now: the subscription, who confirmed it, the supplier, the account and the
// signs, all looked up again.
func doSettle(o *op.Op, v *Invoice, _ form.Values) error {
	day := period.DateOf(o.Now)
	m, ok, err := matchOf.Maybe(o, v.Client, v.ID)
	if err != nil {
		return err
	}
	if !ok || m.Kind != MatchSubscription {
		return errNotFit.Because("no match of %s", v.ID)
	}
	s, ok, err := subscriptionByID.Maybe(o, v.Client, m.Record)
	if err != nil {
		return err
	}
	supplier, err := GetSupplier(o, v.Supplier)
	if err != nil {
		return err
	}
	set, err := SettingsOf(o, v.Client, day)
	if err != nil {
		return err
	}
	if err := resolveAccount(o, v); err != nil {
		return err
	}
	want := []coding.Line{{Account: s.Account, Unit: s.Unit, Activity: s.Activity, Project: s.Project, Amount: v.Net}}
	switch {
	case !ok || !s.Decided() || s.Version != m.Version || day < s.ValidFrom || day > s.ValidTo,
		v.Net < s.Least || v.Net > s.Most || v.Kind != Debit,
		supplier.State != SupplierApproved, v.Account == "", v.Score >= set.Score, v.Lacks != "",
		!slices.Equal(v.Coding, want):
		return errNotFit.Because("%s does not fit subscription %s as it is now", v.ID, s.ID)
	}
	if err := checkOccasion(*v); err != nil {
		return err
	}
	name, _, err := nameOf.Maybe(o, s.ConfirmedBy)
	if err != nil {
		return err
	}
	// It rests on the right of the one who confirmed.
	if _, err := addApproval.Add(o, approvalOf(o, v, "decision", approval.Authority{Person: o.Actor.ID, For: s.ConfirmedBy, ForName: name})); err != nil {
		return err
	}
	if _, err := settleOne.Do(o, v.Client, v.ID, sampled(v.ID, set.Sample)); err != nil {
		return err
	}
	if err := accept(o, v); err != nil {
		return err
	}
	return postCost(o, v)
}

// postCost posts what has been approved where its coding says.
func postCost(o *op.Op, v *Invoice) error {
	p, err := PostingsOf(o, v.Client, period.DateOf(o.Now))
	if err != nil {
		return err
	}
	voucher, err := CostVoucher(v, p, period.DateOf(o.Now))
	if err != nil || voucher == nil {
		return err
	}
	if err := ledger.Post(o, voucher); err != nil {
		return err
	}
	v.Cost = int64(voucher.ID)
	return nil
}

// LookAt notes that a person has looked at what was approved without one, and
// whether it should have been.
func LookAt(o *op.Op, key ID, wrong bool, note string) error {
	v, err := Table.Get(o, key)
	if err != nil {
		return err
	}
	if err := o.NeedFor(MayReview, v.Client); err != nil {
		return err
	}
	n, err := lookAt.Do(o, v.Client, v.ID, o.Actor.ID, wrong)
	if err == nil && n == 0 {
		err = errLooked.Because("invoice %s", key)
	}
	if err != nil {
		return err
	}
	return audit.Note(o, audit.Change{Client: v.Client, Kind: Life.Name, Record: int64(v.ID), Step: "sample", Note: note})
}

var subscriptionClient = db.Select[op.ClientID](`SELECT client FROM payables_subscription WHERE id = $1`)

// accountDigits is an account number as it is stored, or what is wrong with it.
func accountDigits(scheme, number string) (digits, wrong string) {
	switch scheme {
	case Bankgiro:
		g, err := ident.ParseBankgiro(number)
		if err != nil {
			return "", "Bankgironumret har fel antal siffror eller fel kontrollsiffra. Läs det igen."
		}
		return g.Number, ""
	case Plusgiro:
		g, err := ident.ParsePlusgiro(number)
		if err != nil {
			return "", "Plusgironumret har fel antal siffror eller fel kontrollsiffra. Läs det igen."
		}
		return g.Number, ""
	case IBAN:
		n, err := ident.ParseIBAN(number)
		if err != nil {
			return "", "IBAN-numret är fel. Läs det igen."
		}
		return strings.ReplaceAll(n.String(), " ", ""), ""
	}
	return NormalCode(strings.ReplaceAll(number, "-", "")), ""
}
