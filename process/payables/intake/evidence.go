package intake

import (
	"fmt"

	"kontor/kernel/money"
	"kontor/kernel/period"
	"kontor/process/payables"
)

// past is what is known of a supplier's earlier invoices.
type past struct {
	Largest money.Amount
	Earlier int64 // counted no further than matters
}

// taxed says what is wrong with the supplier's F-tax. The register is what the
// tax agency said on a day; the words on the invoice are evidence that can be
// false.
//
// source: finance.md trap 25; skatteförfarandelagen (2011:1244) 10 kap. 11–13 §§
func (r *register) taxed(d *Draft, s *known, v *payables.Invoice, add func(payables.Code, string)) {
	if v.Kind != payables.Debit || s.Country != "SE" && s.Country != "" {
		return
	}
	old := s.FTaxOn.IsZero() || r.day-s.FTaxOn > period.Date(r.settings.Of(v.Client).TaxDays)
	switch {
	case s.FTax == "no":
		said := "Fakturan säger inget om F-skatt."
		if d.FTax {
			said = "Fakturan säger ”Godkänd för F-skatt”, men det gäller inte."
		}
		add(payables.NotTaxed, fmt.Sprintf("Inte godkänd för F-skatt enligt kontrollen %s. %s", s.FTaxOn, said))
	case !d.FTax && (s.FTax != "yes" || old):
		add(payables.NoFTax, "Fakturan saknar texten ”Godkänd för F-skatt”.")
	case s.FTax == "yes" && old && !s.FTaxOn.IsZero():
		add(payables.TaxOld, fmt.Sprintf("Kontrollerades senast %s.", s.FTaxOn))
	}
}

// signs looks for signs that something is wrong, and asks a person to look when
// they are many enough. They stop nothing.
func (r *register) signs(d *Draft, s *known, v *payables.Invoice, asked *payables.Account, add func(payables.Code, string), out *outcome) {
	before := r.pasts[v.Supplier]
	set := r.settings.Of(v.Client)
	e := payables.Evidence{Org: v.SupplierOrg, Name: s.Name, New: s.State == payables.SupplierNew, Payable: v.Payable, Largest: before.Largest,
		Earlier: before.Earlier, Day: r.day, Words: d.Words, Limits: set.Limits, Warned: r.warned, Known: true}
	if len(d.Proposed) > 0 {
		e.Scheme, e.Account = d.Proposed[0].Scheme, d.Proposed[0].Number
	}
	if asked != nil {
		e.Known = asked.State == payables.AccountApproved
		if asked.Way == payables.ByMail {
			e.Asked = asked.Asked
		}
	}
	if v.Kind == payables.Debit {
		r.pasts[v.Supplier] = past{max(before.Largest, v.Gross), before.Earlier + 1}
	}
	found := payables.Signs(e)
	for i := range found {
		found[i].Client, found[i].Invoice = v.Client, v.ID
	}
	out.signs, v.Score = found, payables.Score(found)
	if v.Score >= set.Score {
		add(payables.Suspicious, payables.SignText(found))
	}
}
