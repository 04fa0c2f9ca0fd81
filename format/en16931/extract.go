package en16931

import (
	"encoding/base64"
	"strings"

	"kontor/kernel/period"
)

// FromTree reads the business terms out of a tree. It never fails: what is
// missing is zero, and Check says what is wrong.
func FromTree(t *Tree) *Document {
	d := &Document{Syntax: t.Syntax, Kind: Invoice, tree: t}
	if t.name(Root) == nameCreditNote {
		d.Kind = CreditNote
	}
	t.header(d)
	t.references(d)
	t.parties(d)
	t.delivery(d)
	t.payments(d)
	t.totals(d)
	t.lines(d)
	return d
}

func (t *Tree) text(n ID, path ...Name) string {
	return strings.Trim(t.nodes[t.at(n, path...)].text, blanks)
}

func (t *Tree) date(n ID, path ...Name) period.Date {
	s := t.text(n, path...)
	if s == "" {
		return 0
	}
	// A zone after the date is not allowed (PEPPOL-EN16931-F001), but the day
	// that the supplier meant is plain.
	if len(s) > 10 {
		s = s[:10]
	}
	date, err := period.ParseDate(s)
	if err != nil {
		return 0
	}
	return date
}

func (t *Tree) amount(n ID, path ...Name) Amount {
	e := t.at(n, path...)
	if e == None {
		return Amount{}
	}
	v := t.num(e)
	return Amount{
		Text: strings.Trim(t.nodes[e].text, blanks), Value: v.d, Valid: v.ok, Present: true,
		Currency: t.attrText(e, "currencyID"), Line: t.Line(e),
	}
}

func (t *Tree) identifier(n ID) Identifier {
	return Identifier{Scheme: t.attrText(n, "schemeID"), ID: strings.Trim(t.nodes[n].text, blanks)}
}

func (t *Tree) period(n ID) Period {
	return Period{From: t.date(n, cbcStartDate), To: t.date(n, cbcEndDate)}
}

func (t *Tree) header(d *Document) {
	d.Customization = t.text(Root, cbcCustomizationID)
	d.Profile = t.text(Root, cbcProfileID)
	d.Number = t.text(Root, cbcID)
	d.Issued = t.date(Root, cbcIssueDate)
	d.Due = t.date(Root, cbcDueDate)
	d.TypeCode = t.text(Root, cbcInvoiceTypeCode)
	if d.Kind == CreditNote {
		d.TypeCode = t.text(Root, cbcCreditNoteTypeCode)
	}
	d.TaxPoint = t.date(Root, cbcTaxPointDate)
	span := t.child(Root, cacInvoicePeriod)
	d.TaxPointCode = t.text(span, cbcDescriptionCode)
	d.Period = t.period(span)
	d.Currency = t.text(Root, cbcDocumentCurrencyCode)
	d.TaxCurrency = t.text(Root, cbcTaxCurrencyCode)
	d.AccountingCost = t.text(Root, cbcAccountingCost)
	d.BuyerReference = t.text(Root, cbcBuyerReference)
	d.PaymentTerms = t.text(Root, cacPaymentTerms, cbcNote)
	for n := range t.children(Root, cbcNote) {
		d.Notes = append(d.Notes, noteOf(strings.Trim(t.raw(n), blanks)))
	}
}

// noteOf parts a note's subject code, written "#AAI#Text".
// source: EN 16931-3-2, BT-21
func noteOf(s string) Note {
	if rest, marked := strings.CutPrefix(s, "#"); marked {
		if code, text, closed := strings.Cut(rest, "#"); closed && len(code) == 3 {
			return Note{Code: code, Text: text}
		}
	}
	return Note{Text: s}
}

func (t *Tree) references(d *Document) {
	order := t.child(Root, cacOrderReference)
	d.OrderReference = t.text(order, cbcID)
	d.SalesOrder = t.text(order, cbcSalesOrderID)
	d.ContractReference = t.text(Root, cacContractDocumentReference, cbcID)
	d.ReceivingAdvice = t.text(Root, cacReceiptDocumentReference, cbcID)
	d.DespatchAdvice = t.text(Root, cacDespatchDocumentReference, cbcID)
	d.TenderReference = t.text(Root, cacOriginatorDocumentReference, cbcID)
	d.ProjectReference = t.text(Root, cacProjectReference, cbcID)
	for n := range t.children(Root, cacBillingReference) {
		r := t.child(n, cacInvoiceDocumentReference)
		d.Preceding = append(d.Preceding, Reference{Number: t.text(r, cbcID), Issued: t.date(r, cbcIssueDate)})
	}
	for n := range t.children(Root, cacAdditionalDocumentReference) {
		switch code := t.text(n, cbcDocumentTypeCode); {
		case code == objectCode:
			d.ObjectReference = t.identifier(t.child(n, cbcID))
		case code == projectCode && d.Kind == CreditNote:
			d.ProjectReference = t.text(n, cbcID)
		default:
			d.Attachments = append(d.Attachments, t.attachment(n))
		}
	}
}

// UNTDID 1001 codes by which UBL says what a document reference is.
const (
	objectCode  = "130" // invoiced object, BT-18
	projectCode = "50"  // project, BT-11 of a credit note
)

func (t *Tree) attachment(n ID) Attachment {
	a := Attachment{ID: t.text(n, cbcID), Description: t.text(n, cbcDocumentDescription)}
	inside := t.child(n, cacAttachment)
	a.URI = t.text(inside, cacExternalReference, cbcURI)
	if file := t.child(inside, cbcEmbeddedDocumentBinaryObject); file != None {
		a.Filename, a.MIME = t.attrText(file, "filename"), t.attrText(file, "mimeCode")
		a.Content = decodeBase64(t.raw(file))
	}
	return a
}

// decodeBase64 gives nil for what is not base64. Line breaks are common.
func decodeBase64(s string) []byte {
	s = strings.Trim(s, blanks)
	if strings.ContainsAny(s, " \t") {
		s = strings.Map(func(r rune) rune {
			if r == ' ' || r == '\t' {
				return -1
			}
			return r
		}, s)
	}
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(b) == 0 {
		return nil
	}
	return b
}

func (t *Tree) parties(d *Document) {
	d.Seller = t.party(t.at(Root, cacAccountingSupplierParty, cacParty))
	d.Buyer = t.party(t.at(Root, cacAccountingCustomerParty, cacParty))
	d.Payee = t.party(t.child(Root, cacPayeeParty))
	d.TaxRepresentative = t.party(t.child(Root, cacTaxRepresentativeParty))
}

func (t *Tree) party(n ID) Party {
	if n == None {
		return Party{}
	}
	legal, contact := t.child(n, cacPartyLegalEntity), t.child(n, cacContact)
	p := Party{
		Name:      t.text(n, cacPartyName, cbcName),
		LegalName: t.text(legal, cbcRegistrationName),
		LegalID:   t.identifier(t.child(legal, cbcCompanyID)),
		LegalForm: t.text(legal, cbcCompanyLegalForm),
		Endpoint:  t.identifier(t.child(n, cbcEndpointID)),
		Address:   t.address(t.child(n, cacPostalAddress)),
		Contact: Contact{
			Name:  t.text(contact, cbcName),
			Phone: t.text(contact, cbcTelephone),
			Email: t.text(contact, cbcElectronicMail),
		},
	}
	for id := range t.children(n, cacPartyIdentification) {
		p.IDs = append(p.IDs, t.identifier(t.child(id, cbcID)))
	}
	for tax := range t.children(n, cacPartyTaxScheme) {
		if strings.EqualFold(t.text(tax, cacTaxScheme, cbcID), "VAT") {
			p.VATID = t.text(tax, cbcCompanyID)
		} else {
			p.TaxID = t.text(tax, cbcCompanyID)
		}
	}
	return p
}

func (t *Tree) address(n ID) Address {
	if n == None {
		return Address{}
	}
	a := Address{
		City:        t.text(n, cbcCityName),
		PostalCode:  t.text(n, cbcPostalZone),
		Subdivision: t.text(n, cbcCountrySubentity),
		Country:     t.text(n, cacCountry, cbcIdentificationCode),
	}
	for _, line := range [...]string{t.text(n, cbcStreetName), t.text(n, cbcAdditionalStreetName), t.text(n, cacAddressLine, cbcLine)} {
		if line != "" {
			a.Lines = append(a.Lines, line)
		}
	}
	return a
}

func (t *Tree) delivery(d *Document) {
	n := t.child(Root, cacDelivery)
	if n == None {
		return
	}
	place := t.child(n, cacDeliveryLocation)
	d.Delivery = Delivery{
		Name:     t.text(n, cacDeliveryParty, cacPartyName, cbcName),
		Location: t.identifier(t.child(place, cbcID)),
		Date:     t.date(n, cbcActualDeliveryDate),
		Address:  t.address(t.child(place, cacAddress)),
	}
}

func (t *Tree) payments(d *Document) {
	for n := range t.children(Root, cacPaymentMeans) {
		code, account := t.child(n, cbcPaymentMeansCode), t.child(n, cacPayeeFinancialAccount)
		card, mandate := t.child(n, cacCardAccount), t.child(n, cacPaymentMandate)
		p := PaymentMeans{
			Code:         strings.Trim(t.raw(code), blanks),
			Text:         t.attrText(code, "name"),
			RemittanceID: t.text(n, cbcPaymentID),
			Account:      t.text(account, cbcID),
			AccountName:  t.text(account, cbcName),
			Branch:       t.text(account, cacFinancialInstitutionBranch, cbcID),
			Card:         t.text(card, cbcPrimaryAccountNumberID),
			CardHolder:   t.text(card, cbcHolderName),
			Mandate:      t.text(mandate, cbcID),
			Debited:      t.text(mandate, cacPayerFinancialAccount, cbcID),
			Due:          t.date(n, cbcPaymentDueDate),
		}
		if d.Due.IsZero() && d.Kind == CreditNote {
			d.Due = p.Due
		}
		d.Payments = append(d.Payments, p)
	}
}

func (t *Tree) vat(n ID) VAT {
	if n == None {
		return VAT{}
	}
	return VAT{
		Category:   t.text(n, cbcID),
		Rate:       t.amount(n, cbcPercent),
		Reason:     t.text(n, cbcTaxExemptionReason),
		ReasonCode: t.text(n, cbcTaxExemptionReasonCode),
	}
}

// allowances parts the reductions from the additions under n.
func (t *Tree) allowances(n ID) (down, up []Allowance) {
	for a := range t.children(n, cacAllowanceCharge) {
		v := Allowance{
			Amount:     t.amount(a, cbcAmount),
			Base:       t.amount(a, cbcBaseAmount),
			Percentage: t.amount(a, cbcMultiplierFactorNumeric),
			Reason:     t.text(a, cbcAllowanceChargeReason),
			ReasonCode: t.text(a, cbcAllowanceChargeReasonCode),
			VAT:        t.vat(t.child(a, cacTaxCategory)),
		}
		if t.isCharge(a) {
			up = append(up, v)
		} else {
			down = append(down, v)
		}
	}
	return down, up
}

func (t *Tree) totals(d *Document) {
	d.Allowances, d.Charges = t.allowances(Root)
	n := t.child(Root, cacLegalMonetaryTotal)
	d.Totals = Totals{
		Lines:      t.amount(n, cbcLineExtensionAmount),
		Allowances: t.amount(n, cbcAllowanceTotalAmount),
		Charges:    t.amount(n, cbcChargeTotalAmount),
		WithoutTax: t.amount(n, cbcTaxExclusiveAmount),
		WithTax:    t.amount(n, cbcTaxInclusiveAmount),
		Prepaid:    t.amount(n, cbcPrepaidAmount),
		Rounding:   t.amount(n, cbcPayableRoundingAmount),
		Payable:    t.amount(n, cbcPayableAmount),
	}
	for tax := range t.children(Root, cacTaxTotal) {
		sum := t.amount(tax, cbcTaxAmount)
		if d.TaxCurrency != "" && sum.Currency == d.TaxCurrency && d.TaxCurrency != d.Currency {
			d.Totals.TaxAccounting = sum
		} else if !d.Totals.Tax.Present {
			d.Totals.Tax = sum
		}
		for s := range t.children(tax, cacTaxSubtotal) {
			d.Taxes = append(d.Taxes, TaxSubtotal{
				Taxable: t.amount(s, cbcTaxableAmount),
				Tax:     t.amount(s, cbcTaxAmount),
				VAT:     t.vat(t.child(s, cacTaxCategory)),
			})
		}
	}
}

func (t *Tree) lines(d *Document) {
	name, quantity := cacInvoiceLine, cbcInvoicedQuantity
	if d.Kind == CreditNote {
		name, quantity = cacCreditNoteLine, cbcCreditedQuantity
	}
	if n := t.count(Root, name); n > 0 {
		d.Lines = make([]Line, 0, n)
	}
	for n := range t.children(Root, name) {
		d.Lines = append(d.Lines, t.line(n, quantity))
	}
}

func (t *Tree) line(n ID, quantity Name) Line {
	price, item := t.child(n, cacPrice), t.child(n, cacItem)
	discount, base := t.child(price, cacAllowanceCharge), t.child(price, cbcBaseQuantity)
	l := Line{
		ID:             t.text(n, cbcID),
		Note:           t.text(n, cbcNote),
		Object:         t.identifier(t.at(n, cacDocumentReference, cbcID)),
		Quantity:       t.amount(n, quantity),
		Unit:           t.attrText(t.child(n, quantity), "unitCode"),
		Net:            t.amount(n, cbcLineExtensionAmount),
		OrderLine:      t.text(n, cacOrderLineReference, cbcLineID),
		AccountingCost: t.text(n, cbcAccountingCost),
		Period:         t.period(t.child(n, cacInvoicePeriod)),
		Price:          t.amount(price, cbcPriceAmount),
		Discount:       t.amount(discount, cbcAmount),
		GrossPrice:     t.amount(discount, cbcBaseAmount),
		BaseQuantity:   t.amount(price, cbcBaseQuantity),
		BaseUnit:       t.attrText(base, "unitCode"),
		VAT:            t.vat(t.child(item, cacClassifiedTaxCategory)),
		Item:           t.item(item),
		Row:            t.Line(n),
	}
	l.Allowances, l.Charges = t.allowances(n)
	return l
}

func (t *Tree) item(n ID) Item {
	i := Item{
		Name:        t.text(n, cbcName),
		Description: t.text(n, cbcDescription),
		SellerID:    t.text(n, cacSellersItemIdentification, cbcID),
		BuyerID:     t.text(n, cacBuyersItemIdentification, cbcID),
		StandardID:  t.identifier(t.at(n, cacStandardItemIdentification, cbcID)),
		Origin:      t.text(n, cacOriginCountry, cbcIdentificationCode),
	}
	for c := range t.children(n, cacCommodityClassification) {
		code := t.child(c, cbcItemClassificationCode)
		i.Classifications = append(i.Classifications, Classification{
			List: t.attrText(code, "listID"), Version: t.attrText(code, "listVersionID"),
			Code: strings.Trim(t.raw(code), blanks),
		})
	}
	for p := range t.children(n, cacAdditionalItemProperty) {
		i.Attributes = append(i.Attributes, Attribute{t.text(p, cbcName), t.text(p, cbcValue)})
	}
	return i
}

// isCharge says whether an AllowanceCharge adds. XPath compares the indicator as
// an xs:boolean, so "1" is true too.
func (t *Tree) isCharge(n ID) bool {
	s := strings.Trim(t.raw(t.child(n, cbcChargeIndicator)), blanks)
	return s == "true" || s == "1"
}

func (t *Tree) isAllowance(n ID) bool {
	s := strings.Trim(t.raw(t.child(n, cbcChargeIndicator)), blanks)
	return s == "false" || s == "0"
}
