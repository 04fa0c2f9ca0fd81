package payables

import (
	"slices"
	"strings"

	"kontor/kernel/fault"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/approval"
)

// The faults of review and approval.
var (
	errNotPerson = fault.New(fault.Forbidden, "PAY-030", "Bara en person får granska och attestera.")
	errSame      = fault.New(fault.Forbidden, "PAY-031", "Du har redan granskat eller konterat fakturan, själv eller som ersättare. En annan person ska attestera: %s.")
	errInterest  = fault.New(fault.Forbidden, "PAY-032", "Du är jävig: fakturan kommer från dig själv eller någon du är knuten till. Lämna den till din chef.")
	errNoReview  = fault.New(fault.Conflict, "PAY-033", "Fakturan är inte granskad i sitt nuvarande skick. Låt någon granska den först.")
	errNoRight   = fault.New(fault.Forbidden, "PAY-034", "Din attesträtt omfattar inte ansvar %s i dag. Det får: %s.")
	errLimit     = fault.New(fault.Forbidden, "PAY-035", "Din attesträtt går till %s kr och fakturan är %s kr. Det får: %s.")
	errSplit     = fault.New(fault.Forbidden, "PAY-036", "Med det som redan är attesterat för samma leverantör blir det %s kr, och din attesträtt går till %s kr. Det får: %s.")
	errOwnCost   = fault.New(fault.Forbidden, "PAY-037", "Fakturan gäller dig själv eller din chef. Någon över den som har haft kostnaden ska attestera: %s.")
	errOccasion  = fault.New(fault.Conflict, "PAY-038", "Det saknas uppgift om %s. Fyll i den under Syfte och deltagare innan fakturan granskas.")
)

// mayReview lets any person review whom the register does not leave out, and who
// has no interest in the invoice.
func mayReview(w op.Who, v Invoice) error {
	if _, err := reviewRight(w, v); err != nil {
		return err
	}
	if err := CheckCoding(v); err != nil {
		return err
	}
	return checkOccasion(v)
}

// reviewRight is the right that a review rests on.
func reviewRight(w op.Who, v Invoice) (approval.Authority, error) {
	var none approval.Authority
	day := period.DateOf(w.Now)
	switch {
	case w.Actor.Kind != op.Person:
		return none, errNotPerson
	case tied(v, w.Actor, w.Actor.ID, day):
		return none, errInterest
	}
	right, err := rights(v).MayReview(w.Actor.ID, v.Coding, v.Payable, day)
	if err != nil {
		return none, err
	}
	if tied(v, w.Actor, right.For, day) {
		return none, errInterest
	}
	if right.Name == "" { // the register asks for nobody
		right.Name, right.ForName = w.Actor.Name, w.Actor.Name
	}
	return right, nil
}

func rights(v Invoice) *approval.Register {
	if v.Rights == nil {
		return &approval.Register{Client: v.Client}
	}
	return v.Rights
}

// tied reports a conflict of interest: the person is the supplier or the payee,
// or is tied to them, by household, company or otherwise.
//
// source: 004 s.10 (Attester och firmateckning, kontrollmoment jäv); kommunallagen 2017:725 6 kap 28 §
func tied(v Invoice, a op.Actor, person op.PersonID, day period.Date) bool {
	numbers := rights(v).Tied(person, day)
	if person == a.ID {
		numbers = append(numbers, a.Interests...)
	}
	return slices.ContainsFunc(numbers, func(n string) bool {
		return n != "" && (n == v.SupplierOrg || n == v.PayeeOrg)
	})
}

// ownCost reports whether an invoice concerns a person, or somebody above that
// person: what the head has cost is not for those below to approve.
//
// source: 004 s.10 (resor, representation och kurser attesteras av chefens chef)
func ownCost(v Invoice, person op.PersonID, name string, day period.Date) bool {
	if v.Occasion.concerns(person, name) {
		return true
	}
	return slices.ContainsFunc(rights(v).Superiors(person, day), func(above op.PersonID) bool { return v.Occasion.concerns(above, "") })
}

// mayApprove is the rule of final approval. Persons are compared, not roles or
// sign-ins. A credit note needs it too. Every refusal says who may.
func mayApprove(w op.Who, v Invoice) error {
	_, err := approveRight(w, v)
	return err
}

// approveRight is the right that an approval rests on: the first of those that
// the person can act on which nothing speaks against.
func approveRight(w op.Who, v Invoice) (approval.Authority, error) {
	var none approval.Authority
	day := period.DateOf(w.Now)
	if w.Actor.Kind != op.Person {
		return none, errNotPerson
	}
	if tied(v, w.Actor, w.Actor.ID, day) {
		return none, errInterest
	}
	review, ok := holding(v, "review")
	if !ok {
		return none, errNoReview
	}
	others := whoMay(v, day, w.Actor.ID)
	if meets(v, review, approval.Authority{Person: w.Actor.ID, For: w.Actor.ID}) {
		return none, errSame.With(others)
	}
	if err := CheckCoding(v); err != nil {
		return none, err
	}
	if err := checkOccasion(v); err != nil {
		return none, err
	}
	ways := rights(v).Ways(approval.Final, w.Actor.ID, v.Coding, day)
	if len(ways) == 0 {
		return none, errNoRight.With(approval.Units(v.Coding), others)
	}
	var refusal error
	for _, a := range ways {
		if a.Name == "" {
			a.Name = w.Actor.Name
		}
		err := checkRight(w, v, review, a, day, others)
		if err == nil {
			return a, nil
		}
		if refusal == nil {
			refusal = err
		}
	}
	return none, refusal
}

// meets reports whether an approval would be by somebody who has reviewed or
// coded, or for him, or by one who acts for the same.
func meets(v Invoice, review Approval, a approval.Authority) bool {
	return a.Meets(approval.Authority{Person: review.Person, For: review.Holder}) || v.CodedBy != 0 && (v.CodedBy == a.Person || v.CodedBy == a.For)
}

func checkRight(w op.Who, v Invoice, review Approval, a approval.Authority, day period.Date, others string) error {
	switch amount := v.Payable.Abs(); {
	case meets(v, review, a):
		return errSame.With(others)
	case tied(v, w.Actor, a.For, day):
		return errInterest
	case ownCost(v, a.Person, a.Name, day) || ownCost(v, a.For, a.ForName, day):
		return errOwnCost.With(others)
	case amount > a.Most:
		return errLimit.With(a.Most, amount, others)
	}
	return checkSplit(v, a, others)
}

// checkSplit adds what has been approved for the same supplier by the same
// person or on the same right: a purchase must not be cut up to pass under a
// limit.
func checkSplit(v Invoice, a approval.Authority, others string) error {
	sum := v.Payable.Abs()
	for _, t := range v.Today {
		if !a.Meets(approval.Authority{Person: t.Person, For: t.Holder}) {
			continue
		}
		if sum += t.Amount; sum < 0 || sum > a.Most {
			return errSplit.With(sum, a.Most, others)
		}
	}
	return nil
}

// asked are those who may finally approve v on a day, the nearest first: within
// limit and scope, not part in it before, without interest or own cost.
func asked(v Invoice, day period.Date) []approval.Authority {
	review, _ := holding(v, "review")
	all := rights(v).Who(approval.Final, v.Coding, v.Payable, day)
	return slices.DeleteFunc(all, func(a approval.Authority) bool {
		nobody := op.Actor{}
		return meets(v, review, a) || tied(v, nobody, a.Person, day) || tied(v, nobody, a.For, day) ||
			ownCost(v, a.Person, a.Name, day) || ownCost(v, a.For, a.ForName, day)
	})
}

// whoMay names those who may approve v on a day, besides one person.
func whoMay(v Invoice, day period.Date, besides op.PersonID) string {
	return approval.Names(asked(v, day), besides)
}

// holding returns the approval of a step that still holds: for this coding and
// this amount.
func holding(v Invoice, step string) (Approval, bool) {
	for _, a := range v.Approvals {
		if a.Step == step && a.Voided.IsZero() && a.CodingNo == v.CodingNo && a.Amount == v.Payable.Abs() {
			return a, true
		}
	}
	return Approval{}, false
}

// sameName compares names as people write them.
func sameName(a, b string) bool {
	return a != "" && strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}
