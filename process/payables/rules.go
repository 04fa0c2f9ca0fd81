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
