package svefaktura

import (
	"fmt"
	"regexp"
	"strings"

	"kontor/format/xmlscan"
)

// Fault is a breach of the schema.
type Fault struct {
	Text  string // Swedish: what and where
	Where string
	Line  int
}

// models are the elements that have others inside, with what is inside in order:
// ? may be left out, * may be repeated or left out, + may be repeated, a number
// is how many there may be. The line's allowance is another than the document's.
//
// source: SFTI-BasicInvoice-1.0.xsd, SFTI-CommonAggregateComponents-1.0.xsd
var models = parseModels(`
Invoice: ID IssueDate InvoiceTypeCode Note? TaxPointDate? InvoiceCurrencyCode? TaxCurrencyCode? LineItemCountNumeric AdditionalDocumentReference* BuyerParty SellerParty Delivery? PaymentMeans*3 PaymentTerms? AllowanceCharge* ExchangeRate? TaxTotal* LegalTotal InvoiceLine+ RequisitionistDocumentReference+2 InitialInvoiceDocumentReference* DeliveryTerms? InvoicingPeriod?
AdditionalDocumentReference: ID
RequisitionistDocumentReference: ID
InitialInvoiceDocumentReference: ID
DocumentReference: ID
BuyerParty: Party?
SellerParty: Party? AccountsContact?
Party: PartyIdentification* PartyName Address PartyTaxScheme* Contact?
PartyIdentification: ID
PartyName: Name+
PayeePartyName: Name+
Address: ID? Postbox? StreetName? Department? CityName? PostalZone? AddressLine? Country?
DeliveryAddress: ID? Postbox? StreetName? Department? CityName? PostalZone? AddressLine? Country?
RegistrationAddress: ID? Postbox? StreetName? Department? CityName? PostalZone? AddressLine? Country?
AddressLine: Line+7
Country: IdentificationCode?
PartyTaxScheme: RegistrationName? CompanyID ExemptionReason? RegistrationAddress? TaxScheme
TaxScheme: ID
Contact: Name? Telephone? Telefax? ElectronicMail?
AccountsContact: Name? Telephone? Telefax? ElectronicMail?
Delivery: ActualDeliveryDateTime? DeliveryAddress?
PaymentMeans: PaymentMeansTypeCode DuePaymentDate? PayeeFinancialAccount? PayeePartyName?
PayeeFinancialAccount: ID? FinancialInstitutionBranch? PaymentInstructionID?
FinancialInstitutionBranch: FinancialInstitution?
FinancialInstitution: ID?
PaymentTerms: Note? PenaltySurchargePercent?
Invoice/AllowanceCharge: ChargeIndicator ReasonCode? MultiplierFactorNumeric? Amount TaxCategory+ AllowanceChargeBaseAmount?
InvoiceLine/AllowanceCharge: ChargeIndicator Amount? AllowanceChargeBaseAmount?
TaxCategory: ID Percent? ExemptionReason? TaxScheme
ExchangeRate: SourceCurrencyCode SourceCurrencyBaseRate? TargetCurrencyCode TargetUnitBaseRate? CalculationRate? Date?
TaxTotal: TotalTaxAmount TaxSubTotal*
TaxSubTotal: TaxableAmount TaxAmount TaxCategory TaxCurrencyTaxAmount? InitialInvoiceTaxAmount?
LegalTotal: LineExtensionTotalAmount TaxExclusiveTotalAmount? TaxInclusiveTotalAmount RoundOffAmount?
InvoiceLine: ID InvoicedQuantity? LineExtensionAmount Note? OrderLineReference? DespatchLineReference? Delivery? AllowanceCharge? Item
OrderLineReference: BuyersLineID? OrderReference?
OrderReference: BuyersID?
DespatchLineReference: LineID DocumentReference?
InvoiceLine/Delivery: ActualDeliveryDateTime?
Item: Description? BuyersItemIdentification? SellersItemIdentification? StandardItemIdentification? TaxCategory* BasePrice?
BuyersItemIdentification: ID
SellersItemIdentification: ID
StandardItemIdentification: ID
BasePrice: PriceAmount BaseQuantity?
DeliveryTerms: SpecialTerms?
InvoicingPeriod: StartDateTime? EndDateTime?`)

// unbounded stands for a number without limit.
const unbounded = 1 << 30

type part struct {
	name        string
	least, most int
}

func parseModels(s string) map[string][]part {
	models := map[string][]part{}
	for line := range strings.SplitSeq(strings.TrimSpace(s), "\n") {
		name, inside, _ := strings.Cut(line, ": ")
		for word := range strings.FieldsSeq(inside) {
			p := part{name: strings.TrimRight(word, "?*+0123456789"), least: 1, most: 1}
			mark := word[len(p.name):]
			switch {
			case mark == "?":
				p.least = 0
			case strings.HasPrefix(mark, "*"):
				p.least, p.most = 0, unbounded
			case strings.HasPrefix(mark, "+"):
				p.most = unbounded
			}
			if len(mark) > 1 {
				p.most = int(mark[1] - '0')
			}
			models[name] = append(models[name], p)
		}
	}
	return models
}

// form is what the text of an element must look like.
type form struct {
	is    *regexp.Regexp
	words string // Swedish: what it should be
}

var (
	formDate     = form{regexp.MustCompile(`^\s*-?\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(Z|[+-]\d\d:\d\d)?\s*$`), "ett datum"}
	formDateTime = form{regexp.MustCompile(`^\s*-?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?\s*$`), "datum och klockslag"}
	formDecimal  = form{regexp.MustCompile(`^\s*[+-]?(\d+(\.\d*)?|\.\d+)\s*$`), "ett tal"}
	formCurrency = form{regexp.MustCompile(`^[A-Z]{3}$`), "en valutakod med tre bokstäver"}
	formCountry  = form{regexp.MustCompile(`^[A-Z]{2}$`), "en landskod med två bokstäver"}
	formBoolean  = form{regexp.MustCompile(`^\s*(true|false|0|1)\s*$`), "true eller false"}
)

var forms = map[string]form{
	"IssueDate": formDate, "TaxPointDate": formDate, "DuePaymentDate": formDate, "Date": formDate,
	"ActualDeliveryDateTime": formDateTime, "StartDateTime": formDateTime, "EndDateTime": formDateTime,
	"InvoiceCurrencyCode": formCurrency, "TaxCurrencyCode": formCurrency, "SourceCurrencyCode": formCurrency, "TargetCurrencyCode": formCurrency,
	"IdentificationCode": formCountry, "ChargeIndicator": formBoolean,
	"LineItemCountNumeric": formDecimal, "InvoicedQuantity": formDecimal, "BaseQuantity": formDecimal, "Percent": formDecimal,
	"PenaltySurchargePercent": formDecimal, "CalculationRate": formDecimal, "SourceCurrencyBaseRate": formDecimal,
	"TargetUnitBaseRate": formDecimal, "MultiplierFactorNumeric": formDecimal,
}

// faultsMost bounds how many faults are told.
const faultsMost = 20

// Faults tells where the invoice breaks Svefaktura's schema: what is missing, in
// the wrong place, or not of the form that it should have.
func (v *Invoice) Faults() []Fault {
	var out []Fault
	tell := func(e *element, text string, args ...any) {
		if len(out) < faultsMost {
			out = append(out, Fault{Text: fmt.Sprintf(text, args...), Where: where(e), Line: e.Line})
		}
	}
	walk(v.root, func(e *element) {
		if model := modelOf(e); model != nil {
			inside(e, model, tell)
		} else {
			leaf(e, tell)
		}
	})
	return out
}

func modelOf(e *element) []part {
	if e.Parent != nil {
		if m := models[e.Parent.Name+"/"+e.Name]; m != nil {
			return m
		}
	}
	return models[e.Name]
}

// inside walks the children and the model side by side.
func inside(e *element, model []part, tell func(*element, string, ...any)) {
	k := 0
	for _, p := range model {
		n := 0
		for ; k < len(e.Children) && e.Children[k].Name == p.name && n < p.most; k++ {
			n++
		}
		if n < p.least {
			tell(e, "Uppgiften %s saknas i %s eller står på fel plats.", p.name, e.Name)
			return
		}
	}
	if k < len(e.Children) {
		c := e.Children[k]
		tell(c, "Uppgiften %s får inte stå i %s, eller inte där den står.", xmlscan.Clip(c.Name), e.Name)
	}
}

func leaf(e *element, tell func(*element, string, ...any)) {
	f, known := forms[e.Name]
	if money := strings.HasSuffix(e.Name, "Amount"); money {
		f, known = formDecimal, true
		if _, told := e.Lookup("amountCurrencyID"); !told {
			tell(e, "Beloppet %s saknar valuta.", e.Name)
		}
	}
	if strings.HasSuffix(e.Name, "Quantity") {
		if _, told := e.Lookup("quantityUnitCode"); !told {
			tell(e, "Antalet %s saknar enhet.", e.Name)
		}
	}
	if known && !f.is.MatchString(e.Text) {
		tell(e, "Uppgiften %s ska vara %s, men är ”%s”.", e.Name, f.words, xmlscan.Clip(e.Text))
	}
}
