package payout

import (
	"strings"
	"time"

	"kontor/books/coding"
	"kontor/kernel/blob"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/approval"
)

// ID identifies a request.
type ID = id.ID[Request]

// Schemes are the kinds of account that can be paid to.
var Schemes = []form.Option{
	{Value: "BG", Label: "Bankgiro"}, {Value: "PG", Label: "Plusgiro"}, {Value: "BBAN", Label: "Clearing och konto"}, {Value: "IBAN", Label: "IBAN"},
}

// Request is what somebody wants paid.
type Request struct {
	flow.Head[Request]
	Number    string
	Reference string
	Received  string
	Protected bool
	PayeeOrg  string
	PayeeName string
	PayeeKey  string
	BankName  string
	Town      string
	Scheme    string
	Account   string
	Message   string
	Purpose   string
	Basis     string
	Amount    money.Amount
	Due       period.Date
	Lines     []coding.Line `db:"lines,json"`
	File      blob.Hash
	FileName  string
	Price     int64
	Writer    op.PersonID   // who wrote it last
	Sender    op.PersonID   // who sent what now is to be paid
	Hands     []op.PersonID `db:"hands,json"` // everybody who has ever written or sent it

	Unconfirmed  bool
	ConfirmedBy  op.PersonID
	Confirmed    time.Time
	ConfirmedHow string
	DecidedBy    op.PersonID
	Decided      string
	Reason       string

	Approvals int64
	Liability int64
	Payment   string
	PaidOn    period.Date
	Stop      string

	// What is judged with and stands elsewhere; Table loads it.
	Held     []Approval         `db:"-"` // approvals that still hold
	Rights   *approval.Register `db:"-"` // of the client, while it waits for review or approval
	Refused  []string           `db:"-"` // what the code plan refuses
	Costs    []coding.Line      `db:"-"` // the lines that an approver answers for
	Supplier Supplier           `db:"-"` // the payee among the suppliers
	Likes    []Like             `db:"-"` // what it may be the same as
	Shared   bool               `db:"-"` // the account is somebody else's as well
	Today    []Approved         `db:"-"` // what has been approved for the payee on this day
	Unseen   bool               `db:"-"` // nobody who may review or approve it may also see who the payee is
}

// Supplier is the payee as the register of suppliers knows it.
type Supplier struct {
	Known    bool
	Blocked  bool
	Approved bool // the account is one of its approved ones
}

// Like is a request or an invoice to the same payee of the same amount.
type Like struct {
	Number  string
	URL     string
	Due     period.Date
	Purpose string
	Invoice bool
}

// Approved is what one person has approved on somebody's right.
type Approved struct {
	Person op.PersonID
	Holder op.PersonID
	Amount money.Amount
}

// Approval is a review or a final approval.
type Approval struct {
	Client     op.ClientID
	ID         id.ID[Approval]
	Request    ID
	Step       string // "review" or "approve"
	Person     op.PersonID
	Name       string
	Holder     op.PersonID // whose right it was; Person but for a substitute
	HolderName string
	Amount     money.Amount
	Authority  id.ID[approval.Row]
	Register   int64
	PayeeOrg   string
	Day        period.Date
	At         time.Time
	Voided     time.Time
}

// Person reports whether the payee is a natural person, also one in business.
func (v *Request) Person() bool {
	org, err := ident.OrgOf(v.PayeeOrg)
	return err == nil && org.IsPerson()
}

// secrecy is who may see the request at all: what concerns a person is personal
// data, and what concerns somebody under protection is secret.
//
// source: offentlighets- och sekretesslagen (2009:400) 21 kap. 3 och 3 a §§, 22 kap.
func (v *Request) secrecy() op.Clearance {
	switch {
	case v.Protected:
		return op.Secret
	case v.Person():
		return op.Sensitive
	}
	return op.Open
}

// The payee in the words of those who need not know who it is.
const (
	somebodyPrivate   = "Privatperson"
	somebodyProtected = "Mottagare med skyddade uppgifter"
)

// outwardly is the payee's name in vouchers, payment lists and logs.
func (v *Request) outwardly() string {
	switch v.secrecy() {
	case op.Secret:
		return somebodyProtected
	case op.Sensitive:
		return somebodyPrivate
	}
	return v.PayeeName
}

// masked is an account of which the last digits are told.
func masked(account string) string {
	const shown = 3
	if len(account) <= shown+1 {
		return strings.Repeat("•", len(account))
	}
	return "•••• " + account[len(account)-shown:]
}

// hasConfirmed reports whether the account may be paid to.
func (v *Request) hasConfirmed() bool { return v.Supplier.Approved || v.ConfirmedBy != 0 }
