// Package response writes, reads and judges the Peppol Invoice Response (BIS 63A,
// transaction T111): what a buyer says to a seller about an invoice, as a UBL 2.1
// ApplicationResponse.
//
// # Words
//
// A [Response] gives an invoice a [Status] such as rejected, for [Reason]s, and
// asks for [Action]s. The codes are also the office's own words for what is wrong
// with an invoice on paper.
//
// # What always holds
//
// Read of what Write made gives the same response. Read never panics and takes
// bounded memory. A response that breaks rules is read; [Response.Check] says
// which.
//
// # Not here
//
// No transport, and no opinion on when to answer: that is process/payables.
package response

import "kontor/kernel/period"

// The identifiers of the transaction.
//
// source: Peppol BIS Invoice Response 3.1
const (
	Customization = "urn:fdc:peppol.eu:poacc:trns:invoice_response:3"
	Profile       = "urn:fdc:peppol.eu:poacc:bis:invoice_response:3"
	Namespace     = "urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"
	Root          = "ApplicationResponse"
)

// Status says how far the buyer has come with the invoice.
type Status string

// The statuses. source: UNCL4343, the subset of T111
const (
	Acknowledged Status = "AB" // received and readable
	InProcess    Status = "IP"
	UnderQuery   Status = "UQ" // stopped until the seller answers
	Conditional  Status = "CA" // accepted, with the conditions said
	Rejected     Status = "RE"
	Accepted     Status = "AP" // finally approved; payment is next
	Paid         Status = "PD"
)

// Statuses are all statuses with their Swedish words.
var Statuses = []struct {
	Code  Status
	Words string
}{
	{Acknowledged, "Mottagen"}, {InProcess, "Under behandling"}, {UnderQuery, "Väntar på svar från leverantören"},
	{Conditional, "Godkänd med villkor"}, {Rejected, "Avvisad"}, {Accepted, "Godkänd"}, {Paid, "Betald"},
}

// Reason is why an invoice has its status.
type Reason string

// The reasons. source: OpenPeppol code list OPStatusReason 1.0
const (
	NoIssue       Reason = "NON"
	BadReferences Reason = "REF"
	BadLegal      Reason = "LEG" // not as the law requires: VAT, F-tax, organisation number
	BadReceiver   Reason = "REC"
	BadQuality    Reason = "QUA"
	BadDelivery   Reason = "DEL"
	BadPrices     Reason = "PRI"
	BadQuantity   Reason = "QTY"
	BadItems      Reason = "ITM"
	BadTerms      Reason = "PAY" // payment terms
	Unrecognised  Reason = "UNR" // nobody here has bought this
	BadFinance    Reason = "FIN" // account and other facts about the payment
	PartlyPaid    Reason = "PPD"
	OtherReason   Reason = "OTH"
)

// Reasons are all reasons with their Swedish words.
var Reasons = []struct {
	Code  Reason
	Words string
}{
	{NoIssue, "Inget fel"}, {BadReferences, "Referenser saknas eller är fel"}, {BadLegal, "Uppgifter som lagen kräver saknas eller är fel"},
	{BadReceiver, "Fel mottagare"}, {BadQuality, "Bristande kvalitet"}, {BadDelivery, "Fel i leveransen"}, {BadPrices, "Fel pris"},
	{BadQuantity, "Fel antal"}, {BadItems, "Fel vara"}, {BadTerms, "Fel betalningsvillkor"}, {Unrecognised, "Inte beställt av oss"},
	{BadFinance, "Fel i uppgifter om betalning"}, {PartlyPaid, "Delvis betald"}, {OtherReason, "Annat"},
}

// Action is what the seller is asked to do.
type Action string

// The actions. source: OpenPeppol code list OPStatusAction 1.0
const (
	NoAction        Action = "NOA"
	ProvideMore     Action = "PIN" // without a new invoice
	NewInvoice      Action = "NIN"
	CreditFully     Action = "CNF"
	CreditPartially Action = "CNP"
	CreditAmount    Action = "CNA" // what was paid
	OtherAction     Action = "OTH"
)

// Actions are all actions with their Swedish words.
var Actions = []struct {
	Code  Action
	Words string
}{
	{NoAction, "Ingenting"}, {ProvideMore, "Komplettera uppgifterna"}, {NewInvoice, "Skicka en ny faktura"}, {CreditFully, "Kreditera hela fakturan"},
	{CreditPartially, "Kreditera en del av fakturan"}, {CreditAmount, "Betala tillbaka"}, {OtherAction, "Annat"},
}

// The lists that a clarification's code is from.
const (
	ListReason = "OPStatusReason"
	ListAction = "OPStatusAction"
)

// Identifier is an identifier with its scheme.
type Identifier struct{ Scheme, ID string }

// Party is the sender (the buyer) or the receiver (the seller) of a response.
type Party struct {
	Endpoint Identifier
	ID       Identifier
	Name     string
	Contact  Contact
}

// Contact is whom to ask.
type Contact struct{ Name, Phone, Email string }

// Clarification is a reason, or an action asked for, with a text.
type Clarification struct {
	List, Code string
	Text       string
	Conditions []Condition
}

// Condition is a term of the invoice with the value that it should have.
type Condition struct{ Term, Value string }

// Response is one answer about one invoice.
type Response struct {
	Customization, Profile string // what was read; Write sets its own
	ID                     string
	Issued                 period.Date
	Time                   string // "12:00:00"; may be missing
	Note                   string
	Sender, Receiver       Party
	Status                 Status
	Effective              period.Date // from when the status holds; may be missing
	Why                    []Clarification

	Invoice       string // its number
	InvoiceIssued period.Date
	InvoiceType   string // "380", "381"
}

// Because adds a reason.
func (r *Response) Because(reason Reason, text string) {
	r.Why = append(r.Why, Clarification{List: ListReason, Code: string(reason), Text: text})
}

// Please adds an action asked for.
func (r *Response) Please(action Action, text string) {
	r.Why = append(r.Why, Clarification{List: ListAction, Code: string(action), Text: text})
}
