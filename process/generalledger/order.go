package generalledger

import (
	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/kernel/blob"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
)

// ID identifies an order.
type ID = id.ID[Order]

// Kind tells the two sorts of order apart.
type Kind string

// The kinds of order.
const (
	Journal Kind = "journal" // one client's books
	Charge  Kind = "charge"  // one client sells to another
	Closing Kind = "closing" // a year's result goes to equity
)

// Kinds of order, in words.
var Kinds = []form.Option{{Value: string(Journal), Label: "Bokföringsorder"}, {Value: string(Charge), Label: "Interndebitering"}, {Value: string(Closing), Label: "Bokslutsorder"}}

// Word is the Swedish word for the kind.
func (k Kind) Word() string { return form.Word(Kinds, k) }

// Voucher series of the general ledger.
const (
	SeriesJournal = "B"
	SeriesCharge  = "I"
	SeriesOpening = "IB"
	SeriesClosing = "BS"
	SeriesFeeder  = "F"
)

// ModuleName is what the books know this module by: locks may be for it alone.
const ModuleName = "generalledger"

// Order is what somebody wants posted.
type Order struct {
	flow.Head[Order]
	Number       string // register number, "BO 2026:12"
	Kind         Kind
	Other        op.ClientID // the seller of a charge; 0 for a journal order
	Date         period.Date
	Text         string
	Channel      work.Channel
	Lines        []coding.Line `db:"lines,json"`       // debit positive; of a charge the buyer's costs
	OtherLines   []coding.Line `db:"other_lines,json"` // of a charge, line by line the seller's income; of a closing what is posted on the next day
	Writer       op.PersonID
	Sender       op.PersonID
	Approver     op.PersonID
	Authority    int64
	Register     int64
	Voucher      ledger.ID
	OtherVoucher ledger.ID
	File         blob.Hash
	FileName     string

	// What is judged with and stands elsewhere; Table loads it.
	Refused []string `db:"-"` // what the code plans refuse
	Company bool     `db:"-"` // one side of a charge is a company of its own
	Accounts
}

// Accounts are what a charge is posted to by itself, and what each side is coded
// as in the books of the other.
type Accounts struct {
	Claim       string `db:"-"` // of the seller on the buyer
	Debt        string `db:"-"` // of the buyer to the seller
	Income      string `db:"-"` // that is suggested
	Cost        string `db:"-"` // that is suggested
	Buyer       string `db:"-"` // counterpart code of the buyer
	Seller      string `db:"-"` // counterpart code of the seller
	WithoutCode string `db:"-"` // which side has no counterpart code: "buyer" or "seller"
}
