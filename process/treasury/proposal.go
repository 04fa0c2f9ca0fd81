package treasury

import (
	"time"

	"kontor/kernel/blob"
	"kontor/kernel/flow"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// ID identifies a proposal, PaymentID a payment.
type (
	ID        = id.ID[Proposal]
	PaymentID = id.ID[Payment]
)

// Proposal is what somebody proposes to pay from one account, and the file that
// it becomes.
type Proposal struct {
	flow.Head[Proposal]
	Number       string // B 2026:12
	Account      id.ID[Account]
	Until        period.Date
	Urgent       bool
	Reason       string // why it is urgent, or why it was withdrawn
	Called       string // whom the second person called before an urgent payment
	Seed         int64
	ProposedBy   op.PersonID
	ProposedName string
	Payments     int64 // that are left in it
	Amount       money.Amount
	LeftOut      int64
	Dropped      int64
	ReleasedBy   op.PersonID
	ReleasedName string
	Released     time.Time
	Seal         string // sum of the released set
	File         blob.Hash
	FiledBy      op.PersonID
	Filed        time.Time
	Settled      int64

	// What belongs to it and stands in other tables.
	Rows      []Payment     `db:"-"`
	Approvers []op.PersonID `db:"-"` // of every document in it
}

// State of a payment.
type State string

// The states of a payment, in the order of its life.
const (
	Proposed  State = "proposed"
	Released  State = "released"
	Filed     State = "filed"
	Accepted  State = "accepted"
	Paid      State = "paid"
	Fell      State = "dropped"
	Rejected  State = "rejected"
	Returned  State = "returned"
	Withdrawn State = "withdrawn"
)

// alive reports whether a payment in the state holds its documents.
func (s State) alive() bool {
	switch s {
	case Proposed, Released, Filed, Accepted, Paid:
		return true
	case Fell, Rejected, Returned, Withdrawn:
	}
	return false
}

// Payment is one transfer to one payee for one client.
type Payment struct {
	Client    op.ClientID
	ID        PaymentID
	Version   int64
	Proposal  ID
	Account   id.ID[Account]
	PayeeOrg  string
	PayeeName string
	PayeeKey  string
	Scheme    string
	Number    string
	Amount    money.Amount
	Execute   period.Date
	OCR       string `db:"ocr"`
	Message   string
	Given
	EndToEnd    string
	Batch       string
	State       State
	Code        string
	Reason      string
	Sampled     string
	CheckedBy   op.PersonID
	CheckedName string
	Checked     time.Time
	CheckNote   string
	Seal        string
	Owed        bool
	Paid        period.Date
	Booked      int64
	Returned    int64

	Parts []Part `db:"-"`
}

// Part is one document of a payment.
type Part struct {
	Client    op.ClientID
	ID        id.ID[Part]
	Payment   PaymentID
	Kind      string
	Document  int64
	Number    string
	Amount    money.Amount
	Withheld  money.Amount
	Due       period.Date
	Approvers []op.PersonID `db:"approvers,json"`
	Live      bool
}

// Left is what was due and yet not proposed.
type Left struct {
	Client    op.ClientID
	ID        id.ID[Left]
	Proposal  ID
	Kind      string
	Document  int64
	Number    string
	PayeeName string
	Amount    money.Amount
	Due       period.Date
	Reason    string
}

// Account is an account of ours that payments are made from.
type Account struct {
	ID        id.ID[Account]
	Version   int64
	Owner     op.ClientID // 0 for all that have none of their own
	Name      string
	IBAN      string `db:"iban"`
	Bankgiro  string
	BIC       string `db:"bic"`
	Profile   string
	Agreement string
	Holder    string
	Ledger    string
	Clearing  string
	Books     string // camt.053 or camt.054
	Cutoff    int64  // minutes after midnight
	ValidFrom period.Date
	ValidTo   period.Date
}

// Why a payment is to be controlled before release.
const (
	Drawn      = "drawn"   // by the seed
	Large      = "large"   // above the limit
	NewAccount = "account" // the account is new
	Hurried    = "urgent"  // every urgent one
)
