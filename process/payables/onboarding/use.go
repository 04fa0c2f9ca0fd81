package onboarding

import (
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/process/payables"
)

// Step is how far a supplier has come.
type Step string

// The steps.
const (
	None     Step = "none"
	Asked    Step = "asked"
	Agreed   Step = "agreed"
	Live     Step = "live"
	Declined Step = "declined"
)

// Steps are the steps in Swedish.
var Steps = []form.Option{
	{Value: string(None), Label: "Inte tillfrågad"},
	{Value: string(Asked), Label: "Tillfrågad"},
	{Value: string(Agreed), Label: "Har lovat"},
	{Value: string(Live), Label: "Skickar e-faktura"},
	{Value: string(Declined), Label: "Har tackat nej"},
}

// Word is the step in Swedish.
func (s Step) Word() string { return form.Word(Steps, s) }

// Use is how one supplier's invoices to one client came in.
type Use struct {
	Client       op.ClientID
	ID           id.ID[Use]
	Supplier     id.ID[payables.Supplier]
	SupplierName string
	SupplierKey  string
	Electronic   int64
	Scanned      int64
	Manual       int64
	Share        int64 // electronic, in hundredths of a per cent
	Saving       money.Amount
	Step         Step
	First        period.Date
	Last         period.Date
}

// Other is how many invoices were not electronic.
func (u Use) Other() int64 { return u.Scanned + u.Manual }

// Ask is how far a supplier has come.
type Ask struct {
	Supplier id.ID[payables.Supplier]
	Version  int64
	Step     Step
	OnDay    period.Date
	Note     string
	By       op.PersonID
}

// Prices are what an invoice costs by the channel that it comes through.
type Prices struct{ Electronic, Scanned, Manual money.Amount }

// Saving is what would have been paid less had all invoices been electronic. Where
// paper costs no more nothing is saved.
func (p Prices) Saving(scanned, manual int64) money.Amount {
	return money.Amount(scanned)*max(0, p.Scanned-p.Electronic) + money.Amount(manual)*max(0, p.Manual-p.Electronic)
}

// share is a part of a whole in hundredths of a per cent.
func share(part, whole int64) int64 {
	if whole <= 0 {
		return 0
	}
	return (part*10_000*2 + whole) / (2 * whole)
}

// channels are those that are not electronic, as a list is filtered.
var channels = []string{string(work.Scanned), string(work.Manual)}
