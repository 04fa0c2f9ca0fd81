package pain

import (
	"time"

	"kontor/kernel/money"
	"kontor/kernel/period"
)

// Version of pain.001.
type Version string

// The versions that are written. All are read.
const (
	V03 Version = "03"
	V09 Version = "09"
)

// Scheme says what kind of number a payee's account is. It is never guessed
// from the digits: bankgiro and plusgiro numbers overlap.
type Scheme string

// The schemes.
const (
	Bankgiro Scheme = "BG"
	Plusgiro Scheme = "PG"
	Domestic Scheme = "BBAN" // clearing number and account
	IBAN     Scheme = "IBAN"
)

// Batch is a stored batch of payments. Everything in the file comes from it.
type Batch struct {
	MsgID     string    // at most 30 characters, never used twice
	Created   time.Time // when the batch was released, not when the file is made
	Profile   string    // see Profiles
	Initiator Party
	Debtor    Party // who pays
	// Accounts that money is taken from. Bankgiro may be empty where the profile
	// does not want one for giro payees.
	IBAN     string
	Bankgiro string
	BIC      string // the debtor's bank; the profile's where empty
	Payments []Payment
}

// Party is a name with the identity that the bank knows it by.
type Party struct {
	Name    string
	ID      string // agreement id or organisation number, as the profile says
	Street  string
	Post    string // postal code
	Town    string
	Country string // two letters
}

// Payment is one credit transfer.
type Payment struct {
	ID      string      // end-to-end identity, at most 35 characters; comes back in pain.002 and camt
	Execute period.Date // a bank day
	Amount  money.Amount
	Payee   Payee
	// OCR is a structured reference. Without one, Message is written as text, and
	// without that the references of Parts.
	OCR     string
	Message string
	Parts   []Part
	Purpose string // category purpose of the whole group: SALA, PENS; "" is a supplier's
}

// Part is one document of a payment that settles several, credit notes too.
type Part struct {
	Number string       // the supplier's number
	Amount money.Amount // a credit note's is negative; the parts sum to the payment
	Date   period.Date
}

// Payee is who is paid, and where.
type Payee struct {
	Party
	Scheme   Scheme
	Number   string // digits; an IBAN without spaces
	Clearing string // of a Domestic account: four or five digits
	BIC      string // of an IBAN outside Sweden
}

// Group is the payments that the bank takes together.
type Group struct {
	ID       string // PmtInfId
	Execute  period.Date
	Giro     bool // payees with a bankgiro, from the debtor's bankgiro
	Purpose  string
	Payments []*Payment
	Sum      money.Amount
}
