package svefaktura

import (
	"cmp"
	"fmt"
	"strings"

	"kontor/format/en16931"
	"kontor/format/envelope"
)

// creditCode is the type code of a credit note.
const creditCode = "381"

// objectPrefix is what a reference to an object in the envelope begins with.
const objectPrefix = "urn:sfti:documents:object:"

// Terms gives the invoice by the business terms of EN 16931. It never fails:
// what is missing is zero.
func (v *Invoice) Terms() *en16931.Document {
	r := v.root
	d := &en16931.Document{
		Syntax: en16931.Svefaktura, Kind: en16931.Invoice, TypeCode: r.Value("InvoiceTypeCode"), Number: r.Value("ID"),
		Issued: day(r.At("IssueDate")), TaxPoint: day(r.At("TaxPointDate")),
		Currency: r.Value("InvoiceCurrencyCode"), TaxCurrency: r.Value("TaxCurrencyCode"),
		Period: span(r.At("InvoicingPeriod")), PaymentTerms: terms(r.At("PaymentTerms")),
	}
	if d.TypeCode == creditCode {
		d.Kind = en16931.CreditNote
	}
	if d.Currency == "" {
		d.Currency = r.At("LegalTotal", "TaxInclusiveTotalAmount").Attr("amountCurrencyID")
	}
	t := reader{d: d, currency: d.Currency}
	// A credit note may be written with negative amounts; its terms never are.
	if total := number(r.At("LegalTotal", "TaxInclusiveTotalAmount")); d.Kind == en16931.CreditNote && total.ok && total.d.IsNeg() {
		t.flip = true
	}
	note(d, r.Value("Note"))
	t.references(r, v.Objects)
	d.Seller, d.Buyer = party(r.At("SellerParty")), party(r.At("BuyerParty"))
	t.delivery(r.At("Delivery"))
	t.payments(r)
	for _, a := range r.All("AllowanceCharge") {
		t.allowance(a, &d.Allowances, &d.Charges)
	}
	t.taxes(r)
	for _, l := range r.All("InvoiceLine") {
		d.Lines = append(d.Lines, t.line(l))
	}
	t.totals(r)
	return d
}

func note(d *en16931.Document, s string) {
	if s != "" {
		d.Notes = append(d.Notes, en16931.Note{Text: s})
	}
}

func span(e *element) en16931.Period {
	return en16931.Period{From: day(e.At("StartDateTime")), To: day(e.At("EndDateTime"))}
}

func terms(e *element) string {
	s := e.Value("Note")
	if p := e.Value("PenaltySurchargePercent"); p != "" {
		s = strings.TrimSpace(s + fmt.Sprintf(" Dröjsmålsränta %s %%.", p))
	}
	return s
}

// reader is one reading to business terms.
type reader struct {
	d        *en16931.Document
	currency string
	flip     bool // amounts change sign
}

func plain(e *element) en16931.Amount {
	if e == nil {
		return en16931.Amount{}
	}
	n := number(e)
	return en16931.Amount{Text: strings.TrimSpace(e.Text), Value: n.d, Present: true, Valid: n.ok, Line: e.Line}
}

// amount reads an amount of money with the sign that its document gives it.
func (t *reader) amount(e *element) en16931.Amount {
	a := t.sign(plain(e))
	if a.Present {
		if a.Currency = strings.TrimSpace(e.Attr("amountCurrencyID")); a.Currency == "" {
			a.Currency = t.currency
		}
	}
	return a
}

func (t *reader) sign(a en16931.Amount) en16931.Amount {
	if t.flip && a.Valid {
		a.Value = a.Value.Neg()
		a.Text = a.Value.String()
	}
	return a
}

// made is an amount that the file does not state.
func (t *reader) made(n num) en16931.Amount {
	return en16931.Amount{Text: n.d.String(), Value: n.d, Currency: t.currency, Present: true, Valid: n.ok}
}

func (t *reader) references(r *element, objects []envelope.Object) {
	d := t.d
	for k, q := range r.All("RequisitionistDocumentReference", "ID") {
		switch id := strings.TrimSpace(q.Text); {
		case id == "":
		case d.BuyerReference == "":
			d.BuyerReference = id
		default:
			note(d, fmt.Sprintf("Beställarens referens %d: %s", k+1, id))
		}
	}
	for _, p := range r.All("InitialInvoiceDocumentReference", "ID") {
		d.Preceding = append(d.Preceding, en16931.Reference{Number: strings.TrimSpace(p.Text)})
	}
	taken := map[string]bool{}
	for _, a := range r.All("AdditionalDocumentReference", "ID") {
		id := strings.TrimSpace(a.Text)
		switch a.Attr("identificationSchemeID") {
		case "CT":
			d.ContractReference = cmp.Or(d.ContractReference, id)
		case "ACD":
			d.ObjectReference.ID = cmp.Or(d.ObjectReference.ID, id)
		case "DQ":
			d.DespatchAdvice = cmp.Or(d.DespatchAdvice, id)
		default:
			d.Attachments = append(d.Attachments, attachment(id, objects, taken))
		}
	}
	for k := range objects {
		if o := &objects[k]; !taken[o.ID] {
			d.Attachments = append(d.Attachments, attachment(o.ID, objects, taken))
		}
	}
	t.orders(r)
}

// attachment is a reference with the object that it names, if that came along.
func attachment(id string, objects []envelope.Object, taken map[string]bool) en16931.Attachment {
	name := strings.TrimPrefix(id, objectPrefix)
	a := en16931.Attachment{ID: name}
	for k := range objects {
		if o := &objects[k]; o.ID == name || o.ID == id {
			taken[o.ID] = true
			a.Filename, a.MIME, a.Content = cmp.Or(o.Filename, o.ID), o.MIME, o.Content
			break
		}
	}
	return a
}

// orders gives the document the order of its lines when they have the same one,
// and tells of several.
func (t *reader) orders(r *element) {
	var all []string
	seen := map[string]bool{}
	for _, e := range r.All("InvoiceLine", "OrderLineReference", "OrderReference", "BuyersID") {
		if id := strings.TrimSpace(e.Text); id != "" && !seen[id] {
			seen[id] = true
			all = append(all, id)
		}
	}
	if len(all) > 0 {
		t.d.OrderReference = all[0]
	}
	if len(all) > 1 {
		note(t.d, "Fakturan avser flera order: "+strings.Join(all[:min(len(all), 20)], ", "))
	}
}

// glnLength is how many digits a location number has.
const glnLength = 13

// identifier gives a number its scheme where its form alone tells it.
func identifier(s string) en16931.Identifier {
	s = strings.TrimSpace(s)
	if prefix, rest, found := strings.Cut(s, ":"); found && len(prefix) == 4 {
		return en16931.Identifier{Scheme: prefix, ID: rest}
	}
	if len(s) == glnLength && strings.Trim(s, "0123456789") == "" {
		return en16931.Identifier{Scheme: "0088", ID: s}
	}
	return en16931.Identifier{ID: s}
}

func party(side *element) en16931.Party {
	e := side.At("Party")
	p := en16931.Party{Name: e.Value("PartyName", "Name"), Address: address(e.At("Address"))}
	p.LegalName = p.Name
	for _, i := range e.All("PartyIdentification", "ID") {
		if id := identifier(i.Text); id.ID != "" {
			p.IDs = append(p.IDs, id)
		}
	}
	if len(p.IDs) > 0 {
		p.Endpoint = p.IDs[0]
	}
	country := ""
	for _, s := range e.All("PartyTaxScheme") {
		id := s.Value("CompanyID")
		switch s.Value("TaxScheme", "ID") {
		case "VAT":
			p.VATID = id
		case "SWT":
			p.LegalID = en16931.Identifier{Scheme: "0007", ID: id}
			p.LegalName = cmp.Or(s.Value("RegistrationName"), p.LegalName)
			if city := s.Value("RegistrationAddress", "CityName"); city != "" {
				p.LegalForm = "Säte: " + city
			}
			p.TaxID = cmp.Or(p.TaxID, approval(s.Value("ExemptionReason")))
		}
		country = cmp.Or(country, s.Value("RegistrationAddress", "Country", "IdentificationCode"))
	}
	if p.Address.Country = cmp.Or(p.Address.Country, country); p.Address.Country == "" {
		p.Address.Country = "SE" // source: SFTI, Svefaktura 1.0: the country is told when it is another than Sweden
	}
	if p.Address.Country != "SE" && p.LegalID.Scheme == "0007" {
		p.LegalID.Scheme = ""
	}
	contact := side.At("AccountsContact")
	if contact == nil {
		contact = e.At("Contact")
	}
	p.Contact = en16931.Contact{Name: contact.Value("Name"), Phone: contact.Value("Telephone"), Email: contact.Value("ElectronicMail")}
	return p
}

// approval brings the many ways to say F-tax to the one of Peppol BIS Billing 3.
// What denies it, or says something else, is kept as it stands.
func approval(s string) string {
	low := strings.ToLower(s)
	if !strings.Contains(low, "f-skatt") && !strings.Contains(low, "f skatt") {
		return s
	}
	for _, no := range [...]string{"ej ", "inte ", "saknar", "saknas", "utan "} {
		if strings.Contains(low, no) {
			return s
		}
	}
	return "Godkänd för F-skatt"
}

func address(e *element) en16931.Address {
	a := en16931.Address{City: e.Value("CityName"), PostalCode: e.Value("PostalZone"), Country: e.Value("Country", "IdentificationCode")}
	for _, name := range [...]string{"Department", "Postbox", "StreetName"} {
		if s := e.Value(name); s != "" {
			a.Lines = append(a.Lines, s)
		}
	}
	for _, l := range e.All("AddressLine", "Line") {
		if s := strings.TrimSpace(l.Text); s != "" {
			a.Lines = append(a.Lines, s)
		}
	}
	return a
}

func (t *reader) delivery(e *element) {
	if e == nil {
		return
	}
	at := e.At("DeliveryAddress")
	t.d.Delivery = en16931.Delivery{Date: day(e.At("ActualDeliveryDateTime")), Address: address(at)}
	if id := identifier(at.Value("ID")); id.Scheme == "0088" {
		t.d.Delivery.Location = id
	}
}

// institutions are what Svefaktura calls the two giro systems, and what Peppol
// BIS Billing 3 calls them. source: SFTI, Svefaktura 1.0
var institutions = map[string]string{"BGABSESS": "SE:BANKGIRO", "PGSISESS": "SE:PLUSGIRO"}

func (t *reader) payments(r *element) {
	for _, e := range r.All("PaymentMeans") {
		account := e.At("PayeeFinancialAccount")
		m := en16931.PaymentMeans{Code: "30", Due: day(e.At("DuePaymentDate")), Account: account.Value("ID"), RemittanceID: account.Value("PaymentInstructionID")}
		m.Branch = strings.ToUpper(account.Value("FinancialInstitutionBranch", "FinancialInstitution", "ID"))
		if giro := institutions[m.Branch]; giro != "" {
			m.Branch = giro
		}
		if !m.Due.IsZero() && (t.d.Due.IsZero() || m.Due < t.d.Due) {
			t.d.Due = m.Due
		}
		if name := e.Value("PayeePartyName", "Name"); name != "" && name != r.Value("SellerParty", "Party", "PartyName", "Name") {
			t.d.Payee.Name = name
		}
		t.d.Payments = append(t.d.Payments, m)
	}
}

func category(e *element) en16931.VAT {
	return en16931.VAT{Category: strings.ToUpper(e.Value("ID")), Rate: plain(e.At("Percent")), Reason: e.Value("ExemptionReason")}
}

func isCharge(e *element) bool {
	s := e.Value("ChargeIndicator")
	return s == "true" || s == "1"
}

func (t *reader) allowance(e *element, allowances, charges *[]en16931.Allowance) {
	a := en16931.Allowance{Amount: t.amount(e.At("Amount")), Base: t.amount(e.At("AllowanceChargeBaseAmount")), VAT: category(e.At("TaxCategory"))}
	if c := e.At("ReasonCode"); c != nil {
		a.Reason = strings.TrimSpace(c.Attr("name"))
		if code := strings.TrimSpace(c.Text); code != "ZZZ" {
			a.ReasonCode = code
		}
	}
	if isCharge(e) {
		*charges = append(*charges, a)
	} else {
		*allowances = append(*allowances, a)
	}
}

func (t *reader) taxes(r *element) {
	all := r.All("TaxTotal")
	if len(all) > 0 {
		t.d.Totals.Tax = t.sign(t.made(sum(r.All("TaxTotal", "TotalTaxAmount"))))
	}
	for _, e := range r.All("TaxTotal", "TaxSubTotal") {
		t.d.Taxes = append(t.d.Taxes, en16931.TaxSubtotal{
			Taxable: t.amount(e.At("TaxableAmount")), Tax: t.amount(e.At("TaxAmount")), VAT: category(e.At("TaxCategory")),
		})
	}
	if t.d.TaxCurrency != "" {
		if own := r.All("TaxTotal", "TaxSubTotal", "TaxCurrencyTaxAmount"); len(own) > 0 {
			a := t.sign(t.made(sum(own)))
			a.Currency = t.d.TaxCurrency
			t.d.Totals.TaxAccounting = a
		}
	}
}

func (t *reader) line(e *element) en16931.Line {
	item := e.At("Item")
	l := en16931.Line{
		ID: e.Value("ID"), Note: e.Value("Note"), Quantity: t.sign(plain(e.At("InvoicedQuantity"))),
		Unit: strings.TrimSpace(e.At("InvoicedQuantity").Attr("quantityUnitCode")), Net: t.amount(e.At("LineExtensionAmount")),
		OrderLine: e.Value("OrderLineReference", "BuyersLineID"), Row: e.Line, VAT: category(item.At("TaxCategory")),
		BaseQuantity: plain(item.At("BasePrice", "BaseQuantity")),
		BaseUnit:     strings.TrimSpace(item.At("BasePrice", "BaseQuantity").Attr("quantityUnitCode")),
		Item: en16931.Item{
			Name: item.Value("Description"), SellerID: item.Value("SellersItemIdentification", "ID"),
			BuyerID: item.Value("BuyersItemIdentification", "ID"), StandardID: en16931.Identifier{ID: item.Value("StandardItemIdentification", "ID")},
		},
	}
	if l.Item.Name == "" {
		l.Item.Name, l.Note = l.Note, ""
	}
	if p := item.At("BasePrice", "PriceAmount"); p != nil {
		l.Price = plain(p)
		l.Price.Currency = strings.TrimSpace(p.Attr("amountCurrencyID"))
	}
	if delivered := day(e.At("Delivery", "ActualDeliveryDateTime")); !delivered.IsZero() {
		l.Period = en16931.Period{From: delivered, To: delivered}
	}
	if a := e.At("AllowanceCharge"); a != nil {
		t.allowance(a, &l.Allowances, &l.Charges)
	}
	return l
}

// totals fills in the sums that Svefaktura leaves to be computed. What its rules
// let the stated sums differ by is rounding.
func (t *reader) totals(r *element) {
	s, to := r.At("LegalTotal"), &t.d.Totals
	to.Lines = t.amount(s.At("LineExtensionTotalAmount"))
	allowances, charges := zero, zero
	for _, a := range r.All("AllowanceCharge") {
		if isCharge(a) {
			charges = add(charges, number(a.At("Amount")))
		} else {
			allowances = add(allowances, number(a.At("Amount")))
		}
	}
	if len(t.d.Allowances) > 0 {
		to.Allowances = t.sign(t.made(allowances))
	}
	if len(t.d.Charges) > 0 {
		to.Charges = t.sign(t.made(charges))
	}
	if e := s.At("TaxExclusiveTotalAmount"); e != nil {
		to.WithoutTax = t.amount(e)
	} else {
		to.WithoutTax = t.sign(t.made(sub(add(number(s.At("LineExtensionTotalAmount")), charges), allowances)))
	}
	to.Payable = t.amount(s.At("TaxInclusiveTotalAmount"))
	to.Rounding = t.amount(s.At("RoundOffAmount"))
	tax := num{to.Tax.Value, to.Tax.Valid || !to.Tax.Present}
	exact := add(num{to.WithoutTax.Value, to.WithoutTax.Valid}, tax)
	payable, rounding := num{to.Payable.Value, to.Payable.Valid}, num{to.Rounding.Value, true}
	if rest := sub(payable, exact); rest.ok && sub(rest, rounding).upTo(half) {
		rounding = rest
		if rest.d.Sign() != 0 || to.Rounding.Present {
			to.Rounding = t.made(rest)
		}
	}
	to.WithTax = t.made(sub(payable, rounding))
}
