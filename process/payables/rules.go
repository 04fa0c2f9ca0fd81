package payables

import (
	"slices"
	"strings"

	"kontor/books/coding"
	"kontor/kernel/fault"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
)

// The faults of the steps.
var (
	errFindings   = fault.New(fault.Conflict, "PAY-010", "Fakturan har brister kvar: %s. Lös dem först.")
	errNoCoding   = fault.New(fault.Conflict, "PAY-011", "Fakturan är inte konterad. Ändra konteringen först.")
	errSum        = fault.New(fault.Conflict, "PAY-012", "Konteringen är %s kr men fakturan är %s kr utan moms. Ändra konteringen så att de stämmer.")
	errCodePlan   = fault.New(fault.Conflict, "PAY-013", "%s")
	errNoPhone    = fault.New(fault.Conflict, "PAY-014", "Ingen brist kvar får kompletteras per telefon.")
	errNoDecision = fault.New(fault.Conflict, "PAY-015", "Ingen brist kvar är vår att avgöra.")
	errNoReturn   = fault.New(fault.Conflict, "PAY-016", "Fakturan har inga brister. Den kan inte skickas tillbaka utan skäl.")
	errProposed   = fault.New(fault.Conflict, "PAY-017", "Det är redan föreslaget. En annan person ska avgöra.")
	errNotAsked   = fault.New(fault.Conflict, "PAY-018", "Någon ska först föreslå att fakturan släpps och säga varför.")
	errOwnRelease = fault.New(fault.Forbidden, "PAY-019", "Du föreslog det själv. En annan person ska släppa fakturan.")
	errNoSeller   = fault.New(fault.Conflict, "PAY-020", "Leverantören är inte fastställd. Skicka tillbaka fakturan.")

	errNotPerson = fault.New(fault.Forbidden, "PAY-030", "Bara en person får granska och attestera.")
	errSame      = fault.New(fault.Forbidden, "PAY-031", "Du har redan granskat eller konterat fakturan. En annan person ska attestera: %s.")
	errInterest  = fault.New(fault.Forbidden, "PAY-032", "Du är jävig: fakturan kommer från dig själv eller någon du är knuten till. Lämna den till din chef.")
	errNoReview  = fault.New(fault.Conflict, "PAY-033", "Fakturan är inte granskad i sitt nuvarande skick. Låt någon granska den först.")
	errNoRight   = fault.New(fault.Forbidden, "PAY-034", "Din attesträtt omfattar inte ansvar %s i dag. Det får: %s.")
	errLimit     = fault.New(fault.Forbidden, "PAY-035", "Din attesträtt går till %s kr och fakturan är %s kr. Det får: %s.")
	errSplit     = fault.New(fault.Forbidden, "PAY-036", "Med det som du redan attesterat för samma leverantör blir det %s kr, och din attesträtt går till %s kr. Det får: %s.")
)

// mayCode says that nothing is left to solve and that the coding, or the one
// that is suggested, is right.
func mayCode(_ op.Who, v Invoice) error {
	if open := openHeadings(v.Findings); len(open) > 0 {
		return errFindings.With(open)
	}
	return CheckCoding(withSuggestion(v))
}

// CheckCoding holds the coding against the invoice and the code plan.
func CheckCoding(v Invoice) error {
	if len(v.Coding) == 0 {
		return errNoCoding
	}
	sum, err := codedSum(v.Coding)
	if err != nil {
		return err
	}
	if sum != v.Net {
		return errSum.With(sum, v.Net)
	}
	if len(v.Refused) > 0 {
		return errCodePlan.With(strings.Join(v.Refused, " "))
	}
	return nil
}

func codedSum(lines []coding.Line) (money.Amount, error) {
	amounts := make([]money.Amount, len(lines))
	for i, l := range lines {
		amounts[i] = l.Amount
	}
	return money.Sum(amounts...)
}

func openHeadings(findings []Finding) text.Phrases {
	var open text.Phrases
	for _, f := range findings {
		if f.Open() {
			open = append(open, lacks[f.Code].Heading)
		}
	}
	return open
}

func has(v Invoice, r Remedy) bool {
	return slices.ContainsFunc(v.Findings, func(f Finding) bool { return f.Open() && lacks[f.Code].Remedy == r })
}

func isClean(w op.Who, v Invoice) bool  { return mayCode(w, v) == nil }
func hasPhone(_ op.Who, v Invoice) bool { return has(v, ByPhone) && !has(v, Return) }
func hasReturn(_ op.Who, v Invoice) bool {
	return has(v, Return) && (v.State != Held || v.Lacks != SameNumber)
}
func onlyDecides(_ op.Who, v Invoice) bool {
	return has(v, Decide) && !has(v, ByPhone) && !has(v, Return)
}

func mayComplete(_ op.Who, v Invoice) error {
	if v.State == Registered && !has(v, ByPhone) {
		return errNoPhone
	}
	return nil
}

func mayAccept(_ op.Who, v Invoice) error {
	if !has(v, Decide) {
		return errNoDecision
	}
	return nil
}

func mayReturn(_ op.Who, v Invoice) error {
	if len(openHeadings(v.Findings)) == 0 {
		return errNoReturn
	}
	return nil
}

func mayPropose(_ op.Who, v Invoice) error {
	if v.Supplier == 0 {
		return errNoSeller
	}
	if v.ProposedBy != 0 {
		return errProposed
	}
	return nil
}

// mayRelease wants a second person: the first one proposed it.
func mayRelease(w op.Who, v Invoice) error {
	switch {
	case v.ProposedBy == 0:
		return errNotAsked
	case v.ProposedBy == w.Actor.ID:
		return errOwnRelease
	}
	return nil
}

// mayReview lets any person review who has no interest in the invoice.
func mayReview(w op.Who, v Invoice) error {
	switch {
	case w.Actor.Kind != op.Person:
		return errNotPerson
	case interested(w.Actor, v):
		return errInterest
	}
	return CheckCoding(v)
}

// interested reports a conflict of interest: the actor is the supplier or the
// payee, or is tied to them.
//
// source: 004 s.10 (Attester och firmateckning, kontrollmoment jäv)
func interested(a op.Actor, v Invoice) bool {
	return slices.ContainsFunc(a.Interests, func(org string) bool {
		return org != "" && (org == v.SupplierOrg || org == v.PayeeOrg)
	})
}

// mayApprove is the rule of final approval. Persons are compared, not roles or
// sign-ins. A credit note needs it too. Every refusal says who may.
func mayApprove(w op.Who, v Invoice) error {
	if w.Actor.Kind != op.Person {
		return errNotPerson
	}
	if interested(w.Actor, v) {
		return errInterest
	}
	review, ok := holding(v, "review")
	if !ok {
		return errNoReview
	}
	day := period.DateOf(w.Now)
	others := whoMay(v, day, w.Actor.ID)
	if review.Person == w.Actor.ID || v.CodedBy == w.Actor.ID {
		return errSame.With(others)
	}
	if err := CheckCoding(v); err != nil {
		return err
	}
	_, err := authorityFor(v, w.Actor.ID, day, others)
	return err
}

// AuthorityFor is the row that lets a person approve v on a day.
func AuthorityFor(v Invoice, person op.PersonID, day period.Date) (Authority, error) {
	return authorityFor(v, person, day, whoMay(v, day, person))
}

// authorityFor wants one row that covers every unit of the coding, the whole
// amount and, with it, what the person has approved for the same supplier: a
// purchase must not be cut up to pass under a limit.
func authorityFor(v Invoice, person op.PersonID, day period.Date, others string) (Authority, error) {
	amount := abs(v.Payable)
	var best Authority
	found := false
	for _, a := range v.Authorities {
		if a.Person == person && a.holds(day) && a.covers(v.Coding) && (!found || a.Most > best.Most) {
			best, found = a, true
		}
	}
	if !found {
		return best, errNoRight.With(strings.Join(units(v.Coding), ", "), others)
	}
	if amount > best.Most {
		return best, errLimit.With(best.Most, amount, others)
	}
	for _, t := range v.Today {
		if t.Person != person {
			continue
		}
		sum, err := money.Sum(t.Amount, amount)
		if err != nil {
			return best, err
		}
		if sum > best.Most {
			return best, errSplit.With(sum, best.Most, others)
		}
	}
	return best, nil
}

func (a Authority) holds(day period.Date) bool { return a.ValidFrom <= day && day <= a.ValidTo }

// covers reports whether the row reaches every unit of the coding. A line
// without a unit is reached only by a row for all units.
func (a Authority) covers(lines []coding.Line) bool {
	for _, l := range lines {
		if !strings.HasPrefix(l.Unit, a.Units) {
			return false
		}
	}
	return len(lines) > 0
}

// whoMay names those who may approve v on a day, besides one person.
func whoMay(v Invoice, day period.Date, besides op.PersonID) string {
	review, _ := holding(v, "review")
	var names []string
	for _, a := range v.Authorities {
		if a.Person != besides && a.Person != review.Person && a.Person != v.CodedBy &&
			a.holds(day) && a.covers(v.Coding) && a.Most >= abs(v.Payable) {
			names = append(names, a.Name)
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) == 0 {
		return "ingen i attestförteckningen, vänd dig till din chef"
	}
	if len(names) > 4 {
		names = append(names[:4], "flera")
	}
	return strings.Join(names, ", ")
}

// holding returns the approval of a step that still holds: for this coding and
// this amount.
func holding(v Invoice, step string) (Approval, bool) {
	for _, a := range v.Approvals {
		if a.Step == step && a.Voided.IsZero() && a.CodingNo == v.CodingNo && a.Amount == abs(v.Payable) {
			return a, true
		}
	}
	return Approval{}, false
}

func units(lines []coding.Line) []string {
	var all []string
	for _, l := range lines {
		if l.Unit != "" && !slices.Contains(all, l.Unit) {
			all = append(all, l.Unit)
		}
	}
	return all
}

func abs(a money.Amount) money.Amount {
	if a < 0 {
		return -a
	}
	return a
}

// DueOr30 is the due date, or 30 days from the invoice's date when it has none.
//
// source: räntelagen 1975:635 4 § (30 dagar)
func DueOr30(due, issued, arrived period.Date) period.Date {
	switch {
	case !due.IsZero():
		return due
	case !issued.IsZero():
		return issued.AddDays(30)
	}
	return arrived.AddDays(30)
}
