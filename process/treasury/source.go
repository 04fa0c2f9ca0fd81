package treasury

import (
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Due is something to be paid, as its source says it now.
type Due struct {
	Client    op.ClientID
	Kind      string // of the source
	Document  int64
	Version   int64
	Number    string // the payee's own
	PayeeOrg  string
	PayeeName string
	Scheme    string // BG, PG, IBAN, BBAN; "" while no account is approved
	Account   string
	Since     period.Date  // the account was approved; none when it has long been known
	Amount    money.Amount // what we owe; a credit note is negative
	Withheld  money.Amount // of it, tax that we pay instead of the payee
	Due       period.Date
	OCR       string
	Message   string
	Approvers []op.PersonID // whoever has coded, reviewed, approved, or approved the account
	Hold      string        // Swedish: why it must not be paid now; "" when it may
	Given
}

// Given is what the bank alone is given of a payee that is not told here, such
// as a private person: where it says something it goes into the file instead of
// the Due's own words, which lists, pages, logs and vouchers show.
type Given struct {
	BankName    string `json:"-"`
	BankAccount string `json:"-"` // of the Due's scheme
	BankMessage string `json:"-"`
	// Where the payee is, for the banks that want to know; "" while nobody knows.
	BankTown    string `json:"-"`
	BankCountry string `json:"-"` // two letters; Sweden where it is ""
}

// pays is what the payee gets of it.
func (d *Due) pays() money.Amount { return d.Amount - d.Withheld }

// Event is what has become of a document's payment.
type Event string

// The events. What was dropped, rejected or returned is due again.
const (
	Scheduled Event = "scheduled" // in a proposal
	Dropped   Event = "dropped"   // fell out of it
	InFile    Event = "filed"     // on its way to the bank: the debt moves to the clearing account
	Taken     Event = "accepted"  // the bank will pay
	Done      Event = "paid"
	Refused   Event = "rejected" // the bank will not: the debt comes back
	CameBack  Event = "returned" // the bank paid and the money came back: so does the debt
	Restored  Event = "restored" // it had not come back after all: the debt is on its way as it was
	Doubted   Event = "doubted"  // the bank has paid what it refused: not again before somebody has looked
)

// Settlement tells a source what has become of one document.
type Settlement struct {
	Event
	Client   op.ClientID
	Document int64
	Payment  PaymentID
	Number   string
	Payee    string
	Amount   money.Amount // as in the Due
	Withheld money.Amount
	Clearing string // account in the books
	Date     period.Date
	Reason   string // Swedish; of what was dropped, refused or came back
}

// Source is a ledger of debts that are paid through the bank.
type Source struct {
	Kind  string // "payables.invoice"
	Title string // Swedish, plural: "Leverantörsfakturor"
	URL   func(document int64) string
	// Sees reports whether the actor may open a document; nil when everybody may
	// who sees the payment.
	Sees func(o *op.Op, document int64) bool

	// Open lists what is due by a day, held documents too.
	Open func(o *op.Op, clients []op.ClientID, until period.Date) ([]Due, error)
	// Again reads documents as they are now, those already scheduled too. What is
	// missing from the answer is not payable.
	Again func(o *op.Op, documents []int64) ([]Due, error)
	// Settle does the source's part: its own state, and on [InFile], [Refused],
	// [CameBack] and [Restored] the posting between debt and clearing account.
	Settle func(o *op.Op, all []Settlement) error
}
