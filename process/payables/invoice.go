package payables

import (
	"strings"
	"time"

	"kontor/books/coding"
	"kontor/kernel/blob"
	"kontor/kernel/flow"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/promise/approval"
)

// ID identifies an invoice.
type ID = id.ID[Invoice]

// Kind tells an invoice from a credit note.
type Kind string

// The kinds. A corrective invoice with negative amounts is an invoice.
const (
	Debit  Kind = "invoice"
	Credit Kind = "credit"
)

// Invoice is one supplier invoice or credit note to one client. Amounts have
// the sign of the debt: what we owe is positive, a credit note negative.
type Invoice struct {
	flow.Head[Invoice]
	Supplier     id.ID[Supplier] // 0 when it cannot be told
	SupplierOrg  string          // 12 digits, or a foreign VAT number
	SupplierName string          // as on the invoice
	SupplierKey  string
	PayeeOrg     string // somebody else than the supplier who is paid; "" for none
	Number       string // the supplier's own
	NumberNorm   string
	Kind         Kind
	Issued       period.Date
	Due          period.Date
	Currency     string
	Net          money.Amount
	VAT          money.Amount `db:"vat"` // as stated
	Gross        money.Amount
	ReverseTax   money.Amount // VAT that we owe the state instead of the supplier; 0 but by reverse charge
	Rounding     money.Amount
	Payable      money.Amount
	Scheme       string // of the approved account that it is paid to; "" while there is none
	Account      string
	OCR          string `db:"ocr"`
	Reference    string // who has ordered: the client's code
	OrderRef     string
	ContractRef  string
	ObjectRef    string      // of a subscription: what is metered or hired
	RoutedBy     string      // the rule that led it to the client; see payables/intake
	RoutedCode   string      // what that rule saw
	MovedFrom    ID          // the same document at the client that it came to first
	MovedTo      ID          // and at the one that it was moved to
	Handled      period.Date // of the event that counts it; zero while it is not counted
	Score        int64       // points of its signs; see Signs
	File         blob.Hash
	Channel      work.Channel
	Price        int64         // version of the price list at arrival
	Coding       []coding.Line `db:"coding,json"`
	CodingNo     int64         // counts changes of coding
	CodedBy      op.PersonID
	CodedHow     string // why it was coded so
	Automated    bool   // the digital co-worker coded it and no person of the office had to
	Lacks        Code   // of the first open finding; NotOurs of one that has left for that
	Liability    int64  // voucher of registration; 0 while not posted
	Cost         int64  // voucher of final approval
	ProposedBy   op.PersonID
	Paying

	// What belongs to the invoice and stands in other tables; Table loads it.
	Findings  []Finding          `db:"-"`
	Approvals []Approval         `db:"-"` // those that still hold
	Rights    *approval.Register `db:"-"` // of the client, while the invoice waits for review or approval
	Occasion  Occasion           `db:"-"` // who took part and why, where that must be known
	Special   []Special          `db:"-"` // the accounts where it must
	Refused   []string           `db:"-"` // what the code plan refuses in the coding
	Suggested Suggestion         `db:"-"` // while nobody has coded it
	Today     []Approved         `db:"-"` // what has been approved for the supplier on this day
}

// Approved is what one person has approved on somebody's right, without sign.
type Approved struct {
	Person op.PersonID
	Holder op.PersonID
	Amount money.Amount
}

// Series is the voucher series of the supplier ledger.
const Series = "L"

// Subledger is the name under which the ledger keeps what each invoice owes.
const Subledger = "payables"

// Approval is a review or a final approval.
type Approval struct {
	Client     op.ClientID
	ID         id.ID[Approval]
	Invoice    ID
	Step       string // "review" or "approve"
	Person     op.PersonID
	Name       string
	Holder     op.PersonID // whose right it was; Person but for a substitute
	HolderName string
	Amount     money.Amount // payable, without sign
	CodingNo   int64
	Authority  id.ID[approval.Row] // 0 where the register asks for nobody
	Register   int64               // version of the register that it rested on
	Supplier   id.ID[Supplier]
	Issued     period.Date
	Day        period.Date
	At         time.Time
	Voided     time.Time
}

// Supplier is somebody who has sent the city an invoice.
type Supplier struct {
	ID      id.ID[Supplier]
	Version int64
	Org     string
	Name    string
	SortKey string
	Country string // two letters
	Town    string // of its address; "" while nobody knows
	State   string
	FTax    string `db:"f_tax"`
	FTaxOn  period.Date
	Phone   string
	Mail    string
	Since   time.Time
	PhoneOn period.Date // the number was noted
	PhoneBy op.PersonID // by whom
}

// States of a supplier.
const (
	SupplierNew      = "new"
	SupplierApproved = "approved"
	SupplierBlocked  = "blocked"
)

// Account is where a supplier asks to be paid.
type Account struct {
	ID         id.ID[Account]
	Version    int64
	Supplier   id.ID[Supplier]
	Scheme     string
	Number     string
	State      string
	Source     string
	Asked      time.Time
	CheckedBy  op.PersonID
	ApprovedBy op.PersonID
	Approved   time.Time
	Way        string // how it was asked for: ByInvoice, ByMail …
	Called     string // who answered when we called, and on which number
}

// Ways that a supplier asks for an account.
const (
	ByInvoice = "invoice"
	ByMail    = "mail"
	ByLetter  = "letter"
	ByCall    = "phone"
	ByPortal  = "portal"
)

// Schemes of an account.
const (
	Bankgiro = "BG"
	Plusgiro = "PG"
	IBAN     = "IBAN"
	BBAN     = "BBAN"
)

// States of an account. It is checked by calling the supplier on a number that
// we knew before, then approved by another person.
const (
	AccountPending  = "pending"
	AccountChecked  = "checked"
	AccountApproved = "approved"
	AccountBlocked  = "blocked"
)

// NormalNumber is a supplier's invoice number without what people write
// differently: case, spaces, hyphens, slashes, stops and leading zeros.
func NormalNumber(s string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(s) {
		switch r {
		case ' ', '\u00a0', '\t', '-', '\u2010', '\u2011', '\u2013', '/', '.', '_':
		default:
			b.WriteRune(r)
		}
	}
	if n := strings.TrimLeft(b.String(), "0"); n != "" {
		return n
	}
	return b.String()
}

// NormalCode is a routing code as it is compared.
func NormalCode(s string) string {
	return strings.ToUpper(strings.Join(strings.Fields(s), ""))
}
