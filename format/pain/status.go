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
// order, so a status never goes back. A rejection is final, unless the money had
// already moved: late is then true, the status stays, and the rejection is a
// return that shows on the account.
func Advance(old, news Code) (now Code, late bool) {
	switch {
	case news == Rejected && (old == Settled || old == Credited):
		return old, true
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

// Of gives what the answer says of a payment: of itself, or of its group, or of
// the whole. PART at a level says nothing of the single payment. "" is nothing.
func (a *Answer) Of(group, payment string) (Code, []Reason) {
	for k := range a.Payments {
		p := &a.Payments[k]
		if p.EndToEnd == payment && (p.Group == "" || group == "" || p.Group == group) {
			return p.Status, p.Reasons
		}
	}
	for k := range a.Groups {
		if g := &a.Groups[k]; g.ID == group && g.Status != "" {
			if g.Status == Partly {
				return "", nil
			}
			return g.Status, g.Reasons
		}
	}
	if a.Status == Partly {
		return "", nil
	}
	return a.Status, a.Reasons
}
