package pain

import (
	"time"

	"kontor/kernel/money"
)

// Code is a status of ISO 20022. Codes that are not known here are kept as they
// are written.
type Code string

// The codes.
// source: ISO 20022 external code set, payment status
const (
	Received  Code = "RCVD"
	Technical Code = "ACTC" // technically valid
	Checked   Code = "ACCP" // customer profile checked
	Changed   Code = "ACWC" // accepted with change
	Waiting   Code = "PDNG"
	Settling  Code = "ACSP" // settlement in process
	Settled   Code = "ACSC" // settled on the debtor's account
	Credited  Code = "ACCC" // settled on the creditor's account
	Rejected  Code = "RJCT"
	Partly    Code = "PART" // of a group: look at each payment
)

// rank orders codes by how far a payment has come.
var rank = map[Code]int{
	Received: 1, Technical: 2, Partly: 2, Checked: 3, Changed: 4, Waiting: 4, Settling: 5, Settled: 6, Credited: 7, Rejected: 8,
}

// Advance gives the status after news: answers come several at a time and out of
// order, so a status never goes back. Rejected is final, and so is money that has
// moved. If the bank says both, the money is believed and torn is true: a
// rejection after settlement is a return, which shows on the account and is a new
// debt, and nobody may pay again before somebody has looked.
func Advance(old, news Code) (now Code, torn bool) {
	moved := func(c Code) bool { return c == Settled || c == Credited }
	switch {
	case news == Rejected && moved(old):
		return old, true
	case old == Rejected && moved(news):
		return news, true
	case rank[news] > rank[old]:
		return news, false
	default:
		return old, false
	}
}

// Answer is one pain.002.
type Answer struct {
	Version  string
	MsgID    string
	Created  time.Time
	Original string // the MsgId that is answered
	Status   Code   // of the whole; "" where not said
	Reasons  []Reason
	Groups   []GroupStatus
	Payments []PaymentStatus

	byKey  map[key]int    // of Payments
	groups map[string]int // of Groups
}

// GroupStatus is what is said of a group.
type GroupStatus struct {
	ID      string
	Status  Code
	Reasons []Reason
}

// PaymentStatus is what is said of one payment.
type PaymentStatus struct {
	Group       string // PmtInfId; "" where not said
	EndToEnd    string
	Instruction string
	Status      Code
	Reasons     []Reason
	Amount      money.Amount // 0 where not said
}

// Reason is why. Code is of ISO 20022 or the bank's own.
type Reason struct {
	Code string
	Text []string
}
