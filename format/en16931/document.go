package en16931

import (
	"github.com/govalues/decimal"

	"kontor/kernel/period"
)

// Kind tells an invoice from a credit note. A corrective invoice with negative
// amounts is an Invoice: the amounts say so themselves.
type Kind uint8

// The two kinds of document.
const (
	Invoice Kind = iota + 1
	CreditNote
)

// Syntax names the XML vocabulary that a document was read from.
type Syntax string

// The syntaxes that EN 16931 binds, and the older Swedish one.
const (
	UBLInvoice    Syntax = "ubl-invoice"
	UBLCreditNote Syntax = "ubl-creditnote"
	CII           Syntax = "cii"
	Svefaktura    Syntax = "svefaktura"
)

// Document is one invoice or credit note by the business terms (BT, BG) of
// EN 16931-1. Text is as written, with surrounding space removed. What the
// document lacks is the zero value. A date that is not a date is zero here and
// a violation in Check.
type Document struct {
	Syntax        Syntax
	Kind          Kind
	Customization string // BT-24
	Profile       string // BT-23
	TypeCode      string // BT-3: 380 invoice, 381 credit note …
	Number        string // BT-1

	Issued       period.Date // BT-2
	Due          period.Date // BT-9; of a UBL credit note the payment means' due date
	TaxPoint     period.Date // BT-7
	TaxPointCode string      // BT-8
	Period       Period      // BG-14
	Currency     string      // BT-5
	TaxCurrency  string      // BT-6

	BuyerReference    string     // BT-10
	ProjectReference  string     // BT-11
	ContractReference string     // BT-12
	OrderReference    string     // BT-13
	SalesOrder        string     // BT-14
	ReceivingAdvice   string     // BT-15
	DespatchAdvice    string     // BT-16
	TenderReference   string     // BT-17
	ObjectReference   Identifier // BT-18: subscription, meter or vehicle
	AccountingCost    string     // BT-19: the code string as the supplier was told it
	PaymentTerms      string     // BT-20

	Notes     []Note      // BG-1
	Preceding []Reference // BG-3

	Seller            Party // BG-4
	Buyer             Party // BG-7
	Payee             Party // BG-10; zero unless someone else than the seller is paid
	TaxRepresentative Party // BG-11

	Delivery   Delivery       // BG-13
	Payments   []PaymentMeans // BG-16
	Allowances []Allowance    // BG-20
	Charges    []Allowance    // BG-21
	Totals     Totals         // BG-22
	Taxes      []TaxSubtotal  // BG-23

	Attachments []Attachment // BG-24
	Lines       []Line       // BG-25

	// tree is what was read, element by element; rules judge it, since much
	// that they forbid has no business term.
	tree *Tree
}

// Tree is the element tree that d was read from; nil for a document made in
// memory.
func (d *Document) Tree() *Tree { return d.tree }

// IsZero says whether the party has neither name nor any identifier.
func (p *Party) IsZero() bool {
	return p.Name == "" && p.LegalName == "" && p.VATID == "" && p.LegalID.ID == "" && len(p.IDs) == 0
}

// Amount is a decimal as written. Value is exact; it is zero when the text is
// absent or not a decimal, so ask Valid before you count on it.
type Amount struct {
	Text     string
	Value    decimal.Decimal
	Currency string
	Present  bool // the element was there, whatever it held
	Valid    bool // Text is a decimal
	Line     int  // line in the file, from 1; 0 if made in memory
}

// Identifier is an identifier with the scheme that it belongs to: 0007 for
// Swedish organisation numbers, 0088 for GLN.
type Identifier struct{ Scheme, ID string }

// Period is a span of dates, both included; either may be zero.
type Period struct{ From, To period.Date }

// Note is a free text with its subject code (BT-21, BT-22).
type Note struct{ Code, Text string }

// Reference is a preceding invoice: number (BT-25) and date (BT-26).
type Reference struct {
	Number string
	Issued period.Date
}

// Party is a seller, buyer, payee or tax representative.
type Party struct {
	Name      string       // BT-28, BT-45, BT-59, BT-62: trading name
	LegalName string       // BT-27, BT-44: registered name
	Endpoint  Identifier   // BT-34, BT-49
	IDs       []Identifier // BT-29, BT-46, BT-60
	LegalID   Identifier   // BT-30, BT-47, BT-61: organisation number
	VATID     string       // BT-31, BT-48, BT-63
	TaxID     string       // BT-32: "Godkänd för F-skatt"
	LegalForm string       // BT-33: "Säte: Malmö"
	Address   Address      // BG-5, BG-8, BG-12
	Contact   Contact      // BG-6, BG-9
}

// Address is a postal address.
type Address struct {
	Lines       []string // BT-35, BT-36, BT-162 and their sisters
	City        string   // BT-37
	PostalCode  string   // BT-38
	Subdivision string   // BT-39
	Country     string   // BT-40, ISO 3166-1 alpha-2
}

// Contact is a person or function to reach.
type Contact struct{ Name, Phone, Email string }

// Delivery tells when and where (BG-13, BG-15).
type Delivery struct {
	Name     string      // BT-70
	Location Identifier  // BT-71
	Date     period.Date // BT-72
	Address  Address     // BG-15
}

// PaymentMeans is one way to pay. A document may carry several; which one is
// used is decided by the supplier register, never by order.
type PaymentMeans struct {
	Code         string      // BT-81: 30 credit transfer, 58 SEPA, 48 card …
	Text         string      // BT-82
	RemittanceID string      // BT-83: OCR number or other reference
	Account      string      // BT-84
	AccountName  string      // BT-85
	Branch       string      // BT-86: BIC, SE:BANKGIRO or SE:PLUSGIRO
	Card         string      // BT-87
	CardHolder   string      // BT-88
	Mandate      string      // BT-89
	Debited      string      // BT-91
	Due          period.Date // a UBL credit note's BT-9
}

// Allowance is a reduction (BG-20, BG-27) or, in Charges, an addition (BG-21, BG-28).
type Allowance struct {
	Amount     Amount // BT-92, BT-99, BT-136, BT-141
	Base       Amount // BT-93 …
	Percentage Amount // BT-94 …
	Reason     string // BT-97 …
	ReasonCode string // BT-98 …
	VAT        VAT    // BT-95, BT-96; zero on a line
}

// VAT is a category with its rate.
type VAT struct {
	Category   string // BT-95, BT-102, BT-118, BT-151: S, Z, E, AE, K, G, O, L, M, B
	Rate       Amount // per cent
	Reason     string // BT-120
	ReasonCode string // BT-121
}

// Totals are the sums of the document as it states them.
type Totals struct {
	Lines         Amount // BT-106
	Allowances    Amount // BT-107
	Charges       Amount // BT-108
	WithoutTax    Amount // BT-109
	Tax           Amount // BT-110, in Currency
	TaxAccounting Amount // BT-111, in TaxCurrency
	WithTax       Amount // BT-112
	Prepaid       Amount // BT-113
	Rounding      Amount // BT-114, any sign (öresutjämning)
	Payable       Amount // BT-115
}

// TaxSubtotal is one row of the VAT breakdown (BG-23).
type TaxSubtotal struct {
	Taxable Amount // BT-116
	Tax     Amount // BT-117
	VAT     VAT    // BT-118 … BT-121
}

// Line is one invoice line (BG-25).
type Line struct {
	ID             string     // BT-126
	Note           string     // BT-127
	Object         Identifier // BT-128
	Quantity       Amount     // BT-129
	Unit           string     // BT-130
	Net            Amount     // BT-131
	OrderLine      string     // BT-132
	AccountingCost string     // BT-133
	Period         Period     // BG-26
	Allowances     []Allowance
	Charges        []Allowance
	Price          Amount // BT-146, net of discount
	Discount       Amount // BT-147
	GrossPrice     Amount // BT-148
	BaseQuantity   Amount // BT-149; absent means 1
	BaseUnit       string // BT-150
	VAT            VAT    // BG-30
	Item           Item   // BG-31
	Row            int    // line in the file where it begins
}

// Item is what was bought (BG-31).
type Item struct {
	Name            string           // BT-153
	Description     string           // BT-154
	SellerID        string           // BT-155
	BuyerID         string           // BT-156
	StandardID      Identifier       // BT-157
	Classifications []Classification // BT-158
	Origin          string           // BT-159
	Attributes      []Attribute      // BG-32
}

// Classification is a code from a list such as UNSPSC (TST) or CPV (STI).
type Classification struct{ List, Version, Code string }

// Attribute is a named property of an item (BT-160, BT-161).
type Attribute struct{ Name, Value string }

// Attachment is a supporting document (BG-24).
type Attachment struct {
	ID          string // BT-122
	Description string // BT-123
	URI         string // BT-124
	Filename    string // BT-125
	MIME        string
	Content     []byte // decoded; nil if absent or not base64
}
