package payout

import (
	"slices"
	"strings"

	"kontor/books/coding"
	"kontor/kernel/fault"
	"kontor/kernel/ident"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/treasury"
	"kontor/promise/approval"
)

// What stops a request; compare with errors.Is. None tells who the payee is.
var (
	errLacks     = fault.New(fault.Conflict, "PUT-001", "Underlaget saknar %s. Fyll i det innan du skickar.")
	errSum       = fault.New(fault.Conflict, "PUT-002", "Raderna summerar till %s kr men %s kr ska betalas. Rätta raderna eller beloppet.")
	errRefused   = fault.New(fault.Conflict, "PUT-003", "%s")
	errAmount    = fault.New(fault.Conflict, "PUT-004", "Beloppet ska vara större än noll.")
	errOrg       = fault.New(fault.Conflict, "PUT-005", "Mottagarens person- eller organisationsnummer stämmer inte. Kontrollera siffrorna.")
	errBlocked   = fault.New(fault.Conflict, "PUT-006", "Mottagaren är spärrad i leverantörsregistret. Fråga den som spärrade.")
	errSupplier  = fault.New(fault.Conflict, "PUT-007", "Mottagaren är leverantör hos oss, men kontot är inte ett av leverantörens godkända. Välj ett godkänt konto eller låt två personer godkänna det nya på leverantörens sida.")
	errBankName  = fault.New(fault.Conflict, "PUT-008", "Mottagaren har skyddade uppgifter. Skriv vilket namn banken ska få, så som kunden har beslutat.")
	errClearance = fault.New(fault.Forbidden, "PUT-009", "Du har inte rätt att se uppgifter om en sådan mottagare. Lämna underlaget till en kollega som har det.")
	errScheme    = fault.New(fault.Invalid, "PUT-010", "Välj vilket slags konto det är.")
	errAccount   = fault.New(fault.Invalid, "PUT-011", "Clearing- och kontonumret ska vara fyra siffror clearing och sedan kontonumret, 6–16 siffror i allt.")

	errNotPerson   = fault.New(fault.Forbidden, "PUT-020", "Bara en person får bekräfta, granska och attestera.")
	errOwn         = fault.New(fault.Forbidden, "PUT-021", "Du har själv skrivit eller skickat underlaget. En annan person ska göra det här.")
	errInterest    = fault.New(fault.Forbidden, "PUT-022", "Du är jävig: betalningen går till dig själv eller någon du är knuten till. Lämna den till en kollega.")
	errSame        = fault.New(fault.Forbidden, "PUT-023", "Du har redan granskat underlaget, själv eller som ersättare. En annan person ska attestera.")
	errUnreviewed  = fault.New(fault.Conflict, "PUT-024", "Underlaget är inte granskat i sitt nuvarande skick. Låt någon granska det först.")
	errUnconfirmed = fault.New(fault.Conflict, "PUT-025", "Mottagarens konto är inte bekräftat än. Det gör en annan person hos oss än den som skrev underlaget.")
	errDuplicate   = fault.New(fault.Conflict, "PUT-026", "Underlaget är likt %s: samma mottagare, belopp, dag och ändamål. Någon annan än den som skrev det ska avgöra om det ändå ska betalas.")
	errNoDuplicate = fault.New(fault.Conflict, "PUT-027", "Det finns ingen dubblett att avgöra.")
	errConfirmed   = fault.New(fault.Conflict, "PUT-028", "Kontot är redan bekräftat.")
	errSplit       = fault.New(fault.Forbidden, "PUT-029", "Med det som redan är attesterat för samma mottagare i dag blir det %s kr, och din attesträtt går till %s kr. Låt någon med större attesträtt attestera.")

	errAtBank   = fault.New(fault.Conflict, "PUT-030", "Betalningen är redan hos banken. Den kan inte stoppas här; ring banken.")
	errProposed = fault.New(fault.Conflict, "PUT-031", "Underlaget står i ett betalningsförslag. Ta bort det därifrån först.")
	errStopped  = fault.New(fault.Conflict, "PUT-032", "Betalningen är redan stoppad.")
	errNoStop   = fault.New(fault.Conflict, "PUT-033", "Betalningen är inte stoppad.")
	errBank     = fault.New(fault.Forbidden, "PUT-034", "Det säger banken. Läs in bankens svar i stället.")
	errNotDraft = fault.New(fault.Conflict, "PUT-035", "Underlaget är inte ett utkast längre. Hämta tillbaka det först.")
)

// ReadAccount reads an account as people write it. A bankgiro and a plusgiro of
// equal digits are different accounts.
func ReadAccount(scheme, number string) (string, error) {
	digits := strings.NewReplacer(" ", "", "\u00a0", "", "-", "", ",", "", ".", "").Replace(number)
	switch scheme {
	case "BG":
		g, err := ident.ParseBankgiro(number)
		return g.Number, err
	case "PG":
		g, err := ident.ParsePlusgiro(number)
		return g.Number, err
	case "IBAN":
		n, err := ident.ParseIBAN(number)
		return string(n), err
	case "BBAN":
		if len(digits) < 6 || len(digits) > 16 || strings.Trim(digits, "0123456789") != "" {
			return "", errAccount
		}
		return digits, nil
	}
	return "", errScheme
}

// Check says what keeps a request from being sent on; nil when nothing does.
func Check(v Request) error {
	for _, x := range []struct {
		lacks bool
		what  string
	}{
		{v.PayeeName == "", "mottagarens namn"}, {v.Account == "", "mottagarens konto"}, {v.Purpose == "", "ändamål"},
		{v.Basis == "", "vilket beslut eller vilken lag det vilar på"}, {v.Due.IsZero(), "betalningsdag"}, {len(v.Lines) == 0, "kontering"},
		{v.File == "", "bilagan, alltså den handling som det vilar på"},
	} {
		if x.lacks {
			return errLacks.With(x.what)
		}
	}
	if _, err := ident.OrgOf(v.PayeeOrg); err != nil {
		return errOrg
	}
	if v.Amount <= 0 {
		return errAmount
	}
	sum := money.Amount(0)
	for i := range v.Lines {
		s, err := sum.Add(v.Lines[i].Amount)
		if err != nil {
			return err
		}
		sum = s
	}
	switch {
	case sum != v.Amount:
		return errSum.With(sum, v.Amount)
	case len(v.Refused) > 0:
		return errRefused.With(strings.Join(v.Refused, " "))
	case v.Protected && v.BankName == "":
		return errBankName
	case v.Supplier.Blocked:
		return errBlocked
	case v.Supplier.Known && !v.Supplier.Approved:
		return errSupplier
	}
	return nil
}

// own reports whether a person has written or sent the request.
func own(v Request, who op.PersonID) bool { return slices.Contains(v.Hands, who) }

// touch keeps that a person has had a hand in what a request says. Whoever writes
// it over later does not take the others' hands away.
func (v *Request) touch(who op.PersonID) {
	if !slices.Contains(v.Hands, who) {
		v.Hands = append(v.Hands, who)
	}
}

// tied reports a conflict of interest: the person is the payee, or is tied to it.
//
// source: kommunallagen (2017:725) 6 kap. 28 §; 004 s.10 (kontrollmoment jäv)
func tied(v Request, a op.Actor, person op.PersonID, day period.Date) bool {
	var numbers []string
	if v.Rights != nil {
		numbers = v.Rights.Tied(person, day)
	}
	if person == a.ID {
		numbers = append(slices.Clone(numbers), a.Interests...)
	}
	return v.PayeeOrg != "" && slices.Contains(numbers, v.PayeeOrg)
}

// maySend says that the request is whole, and that nobody writes out money to
// themselves.
func maySend(w op.Who, v Request) error {
	if tied(v, w.Actor, w.Actor.ID, period.DateOf(w.Now)) {
		return errInterest
	}
	return Check(v)
}

// other says that a person does something with a request that another has made.
func other(w op.Who, v Request) error {
	switch {
	case w.Actor.Kind != op.Person:
		return errNotPerson
	case own(v, w.Actor.ID):
		return errOwn
	case tied(v, w.Actor, w.Actor.ID, period.DateOf(w.Now)):
		return errInterest
	}
	return nil
}

// mayConfirm is the four eyes on the account.
func mayConfirm(w op.Who, v Request) error {
	if v.hasConfirmed() {
		return errConfirmed
	}
	return other(w, v)
}

func mayDecide(w op.Who, v Request) error {
	if x, ok := duplicate(v); !ok || x.Solved {
		return errNoDuplicate
	}
	return other(w, v)
}

func mustConfirm(_ op.Who, v Request) bool { return !v.hasConfirmed() }

func mustDecide(_ op.Who, v Request) bool { x, ok := duplicate(v); return ok && !x.Solved }

func settled(w op.Who, v Request) bool { return !mustConfirm(w, v) && !mustDecide(w, v) }

// mayReview lets a person review that has had no part in it, within the register.
func mayReview(w op.Who, v Request) error {
	_, err := reviewRight(w, v)
	return err
}

func reviewRight(w op.Who, v Request) (approval.Authority, error) {
	var none approval.Authority
	if err := other(w, v); err != nil {
		return none, err
	}
	if err := open(v); err != nil {
		return none, err
	}
	day := period.DateOf(w.Now)
	right, err := rights(v).MayReview(w.Actor.ID, v.Costs, v.Amount, day)
	if err != nil {
		return none, err
	}
	if right.Name == "" { // the register asks for nobody
		right.Name, right.ForName = w.Actor.Name, w.Actor.Name
	}
	return right, apart(w, v, right, day)
}

// mayApprove is the rule of final approval. Persons are compared, never roles or
// sign-ins.
//
// source: 004 s.10 (attest: två i förening)
func mayApprove(w op.Who, v Request) error {
	_, err := approveRight(w, v)
	return err
}

func approveRight(w op.Who, v Request) (approval.Authority, error) {
	var none approval.Authority
	if err := other(w, v); err != nil {
		return none, err
	}
	review, ok := holding(v, "review")
	if !ok {
		return none, errUnreviewed
	}
	if err := open(v); err != nil {
		return none, err
	}
	day := period.DateOf(w.Now)
	right, err := rights(v).May(w.Actor.ID, v.Costs, v.Amount, day)
	if err != nil {
		return none, err
	}
	if right.Meets(approval.Authority{Person: review.Person, For: review.Holder}) {
		return none, errSame
	}
	if err := apart(w, v, right, day); err != nil {
		return none, err
	}
	return right, split(v, right)
}

// apart says that the right is not that of somebody who wrote the request or is
// tied to the payee.
func apart(w op.Who, v Request, right approval.Authority, day period.Date) error {
	switch {
	case own(v, right.For):
		return errOwn
	case tied(v, w.Actor, right.For, day):
		return errInterest
	}
	return nil
}

// split adds what has been approved for the same payee by the same person or on
// the same right today: a payment is not cut up to pass under a limit.
func split(v Request, right approval.Authority) error {
	sum := v.Amount
	for _, t := range v.Today {
		if !right.Meets(approval.Authority{Person: t.Person, For: t.Holder}) {
			continue
		}
		if sum += t.Amount; sum < 0 || sum > right.Most {
			return errSplit.With(sum, right.Most)
		}
	}
	return nil
}

// open says that nothing remains to be done before the client looks at it.
func open(v Request) error {
	if err := Check(v); err != nil {
		return err
	}
	if !v.hasConfirmed() {
		return errUnconfirmed
	}
	if x, ok := duplicate(v); ok && !x.Solved {
		return errDuplicate.With(x.Like.Number)
	}
	return nil
}

// unseen reports whether there are not two among the cleared of whom one may review
// and the other approve by the register.
func unseen(v Request, cleared []op.PersonID, day period.Date) bool {
	named := func(k approval.Kind) []approval.Authority {
		return slices.DeleteFunc(rights(v).Who(k, v.Costs, v.Amount, day), func(a approval.Authority) bool { return !slices.Contains(cleared, a.Person) || own(v, a.Person) })
	}
	reviewers, anybody := named(approval.Review), rights(v).Open(approval.Review, day)
	for _, a := range named(approval.Final) {
		if anybody || slices.ContainsFunc(reviewers, func(r approval.Authority) bool { return !a.Meets(r) }) {
			return false
		}
	}
	return true
}

func rights(v Request) *approval.Register {
	if v.Rights == nil {
		return &approval.Register{Client: v.Client}
	}
	return v.Rights
}

// holding returns the approval of a step that still holds.
func holding(v Request, step string) (Approval, bool) {
	i := slices.IndexFunc(v.Held, func(a Approval) bool { return a.Step == step && a.Voided.IsZero() && a.Amount == v.Amount })
	if i < 0 {
		return Approval{}, false
	}
	return v.Held[i], true
}

func atBank(v Request) bool { return treasury.Event(v.Payment).AtBank() }

// mayChange keeps what stands in a proposal as it is: the proposal knows who had
// a part in it.
func mayChange(_ op.Who, v Request) error {
	switch {
	case atBank(v):
		return errAtBank
	case v.Payment != "":
		return errProposed
	}
	return nil
}

func mayStop(_ op.Who, v Request) error {
	switch {
	case atBank(v):
		return errAtBank
	case v.Stop != "":
		return errStopped
	}
	return nil
}

func mayGo(_ op.Who, v Request) error {
	if v.Stop == "" {
		return errNoStop
	}
	return nil
}

// judge collects what the code plan refuses. Control accounts belong to their
// subledgers.
func judge(p *coding.Plan, lines []coding.Line, on period.Date) []string {
	var all []string
	for _, l := range lines {
		if p.Control(l.Account) != "" {
			all = append(all, "Konto "+l.Account+" är ett reskontrakonto och bokförs bara av sin reskontra. Välj ett annat konto.")
		}
		for _, r := range p.Check(l, on) {
			all = append(all, r.Text)
		}
	}
	return all
}

// burden is what an approver answers for: the lines that are income or cost, or
// all where there are none.
func burden(p *coding.Plan, lines []coding.Line, on period.Date) []coding.Line {
	var costs []coding.Line
	for _, l := range lines {
		if x, _, _ := p.Value(coding.Account, l.Account, on); !x.Kind.Balance() {
			costs = append(costs, l)
		}
	}
	if costs == nil {
		return lines
	}
	return costs
}
