package camt

import (
	"time"

	"kontor/kernel/money"
	"kontor/kernel/period"
)

// Kind is which of the three messages a file is.
type Kind string

// The kinds.
const (
	Report       Kind = "camt.052" // the day so far; nothing of it is final
	Stmt         Kind = "camt.053" // the account's statement: cash is posted from this
	Notification Kind = "camt.054" // details of debits and credits
)

// File is one message.
type File struct {
	Kind       Kind
	Version    string // "02", "08"; "" where the namespace does not tell
	MsgID      string
	Created    time.Time
	Statements []Statement
}

// Statement is one account's part of a message.
type Statement struct {
	ID            string
	Sequence      int64 // electronic sequence number; 0 where none is given
	LegalSequence int64
	Created       time.Time
	From, To      period.Date
	Copy          string // CODU, COPY or DUPL: the bank says that it sent this before
	Account       Account
	Balances      []Balance
	Stated        Totals // the bank's own count and sums of entries, where given
	Entries       []Entry
	Line          int // where it begins in the file

	sum balancer // of Check, while entries pass
}

// Totals are the bank's summary of the entries.
type Totals struct {
	Count                 int64 // -1 where not given
	Sum                   money.Amount
	HasSum                bool
	Credits, Debits       int64        // -1 where not given
	CreditSum, DebitSum   money.Amount // debits are positive here, as in the file
	HasCredits, HasDebits bool         // whether the sums are given
}

// Account is a bank account or giro.
type Account struct {
	IBAN     string
	Number   string // any other identity, without an IBAN
	Scheme   string // of Number: "BGNR", "BBAN"
	Currency string
	Owner    string
	Bank     string // BIC
}

// Identity is the IBAN, or else the number.
func (a Account) Identity() string {
	if a.IBAN != "" {
		return a.IBAN
	}
	return a.Number
}

// Bankgiro is the account's bankgiro number, digits only; "" where it is none.
func (a Account) Bankgiro() string {
	if a.Scheme == "BGNR" {
		return a.Number
	}
	return ""
}

// Balance codes.
const (
	Opening         = "OPBD"
	Closing         = "CLBD"
	PreviousClosing = "PRCD"
)

// Balance is what the account held.
type Balance struct {
	Code     string // OPBD, CLBD, PRCD, CLAV, FWAV, ITBD …
	Interim  bool   // marked INTM: of a page, not of the statement
	Amount   money.Amount
	Currency string
	Date     period.Date
}

// Entry states.
const (
	Booked  = "BOOK"
	Pending = "PDNG" // never post from this
	Info    = "INFO"
)

// Entry is one booking on the account.
type Entry struct {
	Ref         string
	Amount      money.Amount // in is positive
	Currency    string
	Reversal    bool // undoes an earlier entry; Amount's sign already says which way money went
	Status      string
	Booked      period.Date
	Value       period.Date
	ServicerRef string // the bank's reference: the same in camt.053 and camt.054
	Code        Code
	Batch       Batch
	Text        string
	Details     []Detail
	Line        int
	// Several is true where the bank has put several bundles in one entry; Batch
	// is then the last of them, and its count is not compared.
	Several bool
}

// Final says whether the entry is booked: only such may be posted.
func (e *Entry) Final() bool { return e.Status == Booked }

// Code is what kind of transaction it was.
type Code struct{ Domain, Family, Sub, Own string }

// Batch is what the bank says of a bundle of payments.
type Batch struct {
	MsgID    string
	PmtInfID string
	Count    int64 // -1 where not given
	Total    money.Amount
	HasTotal bool
	Currency string
}

// Detail is one payment inside an entry.
type Detail struct {
	EndToEnd    string
	Instruction string
	MsgID       string
	PmtInfID    string
	TxID        string
	ServicerRef string
	Amount      money.Amount // signed as the entry's; 0 and not HasAmount where none is given
	HasAmount   bool
	Currency    string
	Code        Code
	Debtor      Party
	Creditor    Party
	From, To    Account // the debtor's and the creditor's account
	Text        []string
	Remitted    []Remittance
	Return      *Return
	Line        int

	sign  money.Amount // 1 in, -1 out; 0 until the entry is known
	other []value      // amounts in other currencies
}

// Party is who paid or was paid.
type Party struct {
	Name  string
	OrgID string // as the bank writes it
}

// Remittance is one structured reference of a payment. Several of them are
// several invoices paid at once.
type Remittance struct {
	Ref       string // the creditor's reference: OCR
	Document  string // number of the document referred to
	Kind      string // CINV, CREN …
	Amount    money.Amount
	HasAmount bool
	Text      []string
}

// Return is why a payment came back.
type Return struct {
	Code     string // AC04 …
	Text     []string
	Original Code
}
