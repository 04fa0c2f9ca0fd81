package sie

import (
	"kontor/format/verdict"
	"kontor/kernel/money"
	"kontor/kernel/period"
)

// Type is which of the five kinds of file it is.
type Type uint8

// The types. A file of type 4 is 4E when it has years or balances.
const (
	NoType Type = iota
	Type1
	Type2
	Type3
	Type4E
	Type4I
)

var (
	typeKinds  = [...]string{"sie", "sie1", "sie2", "sie3", "sie4e", "sie4i"}
	typeDigits = [...]string{"", "1", "2", "3", "4", "4"}
)

// Kind is the type for programs: "sie1" to "sie3", "sie4e", "sie4i".
func (t Type) Kind() string { return typeKinds[t] }

// Document is one file.
type Document struct {
	Type      Type
	Encoding  Encoding // of the file that was read
	Imported  bool     // #FLAGGA 1: some program has read this file already
	Program   string
	Version   string
	Generated period.Date
	By        string // who made the file
	Company   Company
	Text      string      // #PROSA
	TaxYear   string      // #TAXAR
	Scope     period.Date // #OMFATTN: the last day of the balances
	Chart     string      // #KPTYP: "BAS2016", "EUBAS97"
	Currency  string

	Years      []Year
	Dimensions []Dimension
	Objects    []Object
	Accounts   []Account
	Balances   []Balance
	Vouchers   []Voucher

	Summed   bool // it has a #KSUMMA, and that is right
	Findings []Finding
	Totals   Totals
}

// Totals are the counts and sums over all vouchers, kept or not.
type Totals struct {
	Vouchers, Postings int64
	Debit, Credit      money.Amount // credit is negative
	Struck, Added      int64        // rows of #BTRANS and #RTRANS
	Ignored            int64        // records with labels that are unknown
}

// Company is whose accounts they are.
type Company struct {
	Name         string
	Organisation string // as written: "556334-3689"
	Acquisition  string // its number when one organisation has several
	Activity     string
	Code         string // #FNR: the program's own
	Form         string // #FTYP
	Industry     string // #BKOD
	Address      Address
}

// Address is #ADRESS.
type Address struct{ Contact, Street, Postal, Phone string }

// Year is a financial year: 0 is the one of the file, -1 the one before it.
type Year struct {
	Index       int
	First, Last period.Date
}

// Dimension is a kind of object. Parent is 0 unless it is below another.
type Dimension struct {
	Number int
	Name   string
	Parent int
}

// Object is one value of a dimension.
type Object struct {
	Dimension  int
	Code, Name string
}

// ObjectCode says that a sum belongs to an object.
type ObjectCode struct {
	Dimension int
	Code      string
}

// Account is one account of the chart.
type Account struct {
	Number string
	Name   string
	Type   string // "T" asset, "S" liability, "K" cost, "I" income, or ""
	Unit   string // of quantities
	SRU    []string
}

// BalanceKind is the label of a balance.
type BalanceKind uint8

// The kinds of balances.
const (
	Opening       BalanceKind = iota + 1 // #IB
	Closing                              // #UB
	Result                               // #RES
	ObjectOpening                        // #OIB
	ObjectClosing                        // #OUB
	PeriodChange                         // #PSALDO
	PeriodBudget                         // #PBUDGET
)

var balanceLabels = [...]string{"", "IB", "UB", "RES", "OIB", "OUB", "PSALDO", "PBUDGET"}

// String is the label, without its #.
func (k BalanceKind) String() string { return balanceLabels[k] }

func (k BalanceKind) period() bool  { return k >= PeriodChange }
func (k BalanceKind) objects() bool { return k >= ObjectOpening }

// Balance is one balance. A credit is negative.
type Balance struct {
	Kind     BalanceKind
	Year     int
	Month    period.Month // of period balances
	Account  string
	Objects  []ObjectCode // shared between balances: do not change
	Amount   money.Amount
	Quantity string // a decimal number as written, or ""
}

// Voucher is one voucher. In a file of type 4I the series and the number may
// be empty: the receiver numbers it.
type Voucher struct {
	Series, Number string
	Date           period.Date
	Text           string
	Registered     period.Date
	By             string
	Line           int // in the file
	Postings       []Posting
	Changes        []Change
}

// Posting is one row of a voucher. A credit is negative.
type Posting struct {
	Account  string
	Objects  []ObjectCode // shared between postings: do not change
	Amount   money.Amount
	Date     period.Date // zero unless it has its own
	Line     int32
	Text     string
	Quantity string
	By       string
}

// Change is a row that tells history: one that was struck, or that the posting
// after it was added afterwards. It is never part of the sum.
type Change struct {
	Posting
	Struck bool
	Before int // the posting that it stands before
}

// Sum is what the postings sum to, which is nought unless the voucher is wrong,
// and their debits.
func (v *Voucher) Sum() (sum, debit money.Amount, err error) {
	for k := range v.Postings {
		a := v.Postings[k].Amount
		if sum, err = sum.Add(a); err != nil {
			return 0, 0, err
		}
		if a > 0 {
			if debit, err = debit.Add(a); err != nil {
				return 0, 0, err
			}
		}
	}
	return sum, debit, nil
}

// Finding is one thing that is odd about a file, in Swedish.
type Finding struct {
	Level verdict.Level
	Line  int // 0 when it is about the whole
	Text  string
}
