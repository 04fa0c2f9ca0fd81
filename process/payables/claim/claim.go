package claim

import (
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/process/payables"
)

// ID identifies a claim.
type ID = id.ID[Claim]

// Kind is how far the supplier has gone.
type Kind string

// The kinds.
const (
	Reminder    Kind = "reminder"
	Demand      Kind = "demand"
	Enforcement Kind = "enforcement"
)

// Kinds are the kinds in Swedish.
var Kinds = []form.Option{
	{Value: string(Reminder), Label: "Påminnelse"},
	{Value: string(Demand), Label: "Inkassokrav"},
	{Value: string(Enforcement), Label: "Kronofogdeärende"},
}

// Word is the kind in Swedish.
func (k Kind) Word() string { return form.Word(Kinds, k) }

// Claim is one letter. Amounts are what it demands besides the invoice itself,
// but for Capital.
type Claim struct {
	flow.Head[Claim]
	Register     string // register number, "KR 2026:12"
	Kind         Kind
	Channel      work.Channel
	Price        int64  // version of the price list at arrival
	SupplierOrg  string // 12 digits; "" when it does not say
	SupplierName string
	SupplierKey  string
	Number       string // of the invoice that it is about, as it says
	NumberNorm   string
	Invoice      payables.ID // 0 while nobody knows it
	Dated        period.Date
	Capital      money.Amount // 0 when it does not say
	Interest     money.Amount
	Compensation money.Amount
	Fee          money.Amount
	TermAgreed   bool // a shorter time to pay than the law's was agreed beforehand
	FeeAgreed    bool // a reminder fee was agreed before the debt arose

	// As it was judged when it was answered.
	Verdict         Verdict
	MayInterest     money.Amount
	MayCompensation money.Amount
	MayFee          money.Amount
	Answer          string

	Debt   *Debt     `db:"-"` // the invoice; nil while nobody knows it
	Judged Judgement `db:"-"` // as of now; Table loads it
}

// Demanded is what the claim wants besides the invoice.
func (c Claim) Demanded() money.Amount { return c.Interest + c.Compensation + c.Fee }

// Debt is an invoice as the law asks about it.
type Debt struct {
	Amount   money.Amount // payable
	Due      period.Date  // none when the invoice does not say
	Arrived  period.Date
	Paid     period.Date // when the bank paid it; none while it has not
	Disputed bool
	Ended    string // Swedish word for how its life ended without payment; "" while it is a debt
	Earlier  bool   // an earlier claim on it has been granted compensation
}

// Verdict is what a claim amounts to.
type Verdict string

// The verdicts.
const (
	Unknown  Verdict = "unknown"  // no invoice
	Plain    Verdict = "plain"    // demands nothing besides the invoice
	Lawful   Verdict = "lawful"   // all of it is allowed
	Excess   Verdict = "excess"   // some of it is
	Baseless Verdict = "baseless" // none of it is
)

// Verdicts are the verdicts in Swedish; last what has not been answered.
var Verdicts = []form.Option{
	{Value: string(Unknown), Label: "Faktura saknas"},
	{Value: string(Plain), Label: "Inga kostnader krävs"},
	{Value: string(Lawful), Label: "Lagligt"},
	{Value: string(Excess), Label: "För högt"},
	{Value: string(Baseless), Label: "Utan grund"},
	{Value: "", Label: "Inte bedömt"},
}
