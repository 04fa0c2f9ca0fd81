package en16931

import (
	"encoding/base64"

	"github.com/govalues/decimal"

	"kontor/kernel/money"
	"kontor/kernel/period"
)

// Money makes an amount of a document from öre.
func Money(a money.Amount, currency string) Amount {
	d := decimal.MustNew(int64(a), 2)
	return Amount{Text: d.String(), Value: d, Currency: currency, Present: true, Valid: true}
}

// Number makes a quantity, price or rate of a document.
func Number(d decimal.Decimal) Amount {
	return Amount{Text: d.String(), Value: d, Present: true, Valid: true}
}

// ToTree gives the tree that d would be read from, its elements in the order of
// UBL 2.1's schema. What d lacks is left out.
func ToTree(d *Document) *Tree {
	name, syntax := nameInvoice, UBLInvoice
	if d.Kind == CreditNote {
		name, syntax = nameCreditNote, UBLCreditNote
	}
	b := builder{t: NewTree(syntax, 128+32*len(d.Lines)), d: d, credit: d.Kind == CreditNote}
	b.in(name, func() {
		b.header()
		b.references()
		b.party(cacAccountingSupplierParty, &d.Seller)
		b.party(cacAccountingCustomerParty, &d.Buyer)
		b.lonelyParty(cacPayeeParty, &d.Payee)
		b.lonelyParty(cacTaxRepresentativeParty, &d.TaxRepresentative)
		b.delivery()
		b.payments()
		b.text(cbcNote, d.PaymentTerms, cacPaymentTerms)
		b.allowances(d.Allowances, "false")
		b.allowances(d.Charges, "true")
		b.totals()
		for k := range d.Lines {
			b.line(&d.Lines[k])
		}
	})
	return b.t
}

type builder struct {
	t      *Tree
	d      *Document
	credit bool
}

func (b *builder) in(name Name, inside func()) {
	b.t.start(name, 0)
	inside()
	b.t.End()
}

// text adds an element with text, inside others if given, unless it is empty.
func (b *builder) text(name Name, s string, outer ...Name) {
	if s != "" {
		b.leaf(name, s, "", "", outer...)
	}
}

func (b *builder) leaf(name Name, s, attr, value string, outer ...Name) {
	for _, o := range outer {
		b.t.start(o, 0)
	}
	b.t.start(name, 0)
	if value != "" {
		b.t.Attr(attr, value)
	}
	b.t.Text(s)
	for range len(outer) + 1 {
		b.t.End()
	}
}

func (b *builder) date(name Name, d period.Date, outer ...Name) {
	if !d.IsZero() {
		b.text(name, d.String(), outer...)
	}
}

func (b *builder) id(name Name, i Identifier, outer ...Name) {
	if i.ID != "" {
		b.leaf(name, i.ID, "schemeID", i.Scheme, outer...)
	}
}

// amount adds an amount in its own currency or the document's.
func (b *builder) amount(name Name, a Amount) {
	if !a.Present {
		return
	}
	currency := a.Currency
	if currency == "" {
		currency = b.d.Currency
	}
	b.leaf(name, a.written(), "currencyID", currency)
}

func (b *builder) number(name Name, a Amount, unit string) {
	if a.Present {
		b.leaf(name, a.written(), "unitCode", unit)
	}
}

func (a *Amount) written() string {
	if a.Text == "" {
		return a.Value.String()
	}
	return a.Text
}

func (b *builder) span(p Period, code string) {
	if p.From.IsZero() && p.To.IsZero() && code == "" {
		return
	}
	b.in(cacInvoicePeriod, func() {
		b.date(cbcStartDate, p.From)
		b.date(cbcEndDate, p.To)
		b.text(cbcDescriptionCode, code)
	})
}

func (b *builder) header() {
	d := b.d
	b.text(cbcCustomizationID, d.Customization)
	b.text(cbcProfileID, d.Profile)
	b.text(cbcID, d.Number)
	b.date(cbcIssueDate, d.Issued)
	if b.credit {
		b.date(cbcTaxPointDate, d.TaxPoint)
		b.text(cbcCreditNoteTypeCode, d.TypeCode)
		b.notes()
	} else {
		b.date(cbcDueDate, d.Due)
		b.text(cbcInvoiceTypeCode, d.TypeCode)
		b.notes()
		b.date(cbcTaxPointDate, d.TaxPoint)
	}
	b.text(cbcDocumentCurrencyCode, d.Currency)
	b.text(cbcTaxCurrencyCode, d.TaxCurrency)
	b.text(cbcAccountingCost, d.AccountingCost)
	b.text(cbcBuyerReference, d.BuyerReference)
	b.span(d.Period, d.TaxPointCode)
}

func (b *builder) notes() {
	for _, n := range b.d.Notes {
		if n.Code != "" {
			b.text(cbcNote, "#"+n.Code+"#"+n.Text)
		} else {
			b.text(cbcNote, n.Text)
		}
	}
}

func (b *builder) references() {
	d := b.d
	if d.OrderReference != "" || d.SalesOrder != "" {
		b.in(cacOrderReference, func() {
			b.text(cbcID, d.OrderReference)
			b.text(cbcSalesOrderID, d.SalesOrder)
		})
	}
	for _, r := range d.Preceding {
		b.in(cacBillingReference, func() {
			b.in(cacInvoiceDocumentReference, func() {
				b.text(cbcID, r.Number)
				b.date(cbcIssueDate, r.Issued)
			})
		})
	}
	b.text(cbcID, d.DespatchAdvice, cacDespatchDocumentReference)
	b.text(cbcID, d.ReceivingAdvice, cacReceiptDocumentReference)
	if !b.credit {
		b.text(cbcID, d.TenderReference, cacOriginatorDocumentReference)
	}
	b.text(cbcID, d.ContractReference, cacContractDocumentReference)
	b.documents()
	if b.credit {
		b.text(cbcID, d.TenderReference, cacOriginatorDocumentReference)
	} else {
		b.text(cbcID, d.ProjectReference, cacProjectReference)
	}
}

func (b *builder) documents() {
	if b.d.ObjectReference.ID != "" {
		b.in(cacAdditionalDocumentReference, func() {
			b.id(cbcID, b.d.ObjectReference)
			b.text(cbcDocumentTypeCode, objectCode)
		})
	}
	if b.credit && b.d.ProjectReference != "" {
		b.in(cacAdditionalDocumentReference, func() {
			b.text(cbcID, b.d.ProjectReference)
			b.text(cbcDocumentTypeCode, projectCode)
		})
	}
	for k := range b.d.Attachments {
		b.attachment(&b.d.Attachments[k])
	}
}

func (b *builder) attachment(a *Attachment) {
	b.in(cacAdditionalDocumentReference, func() {
		b.text(cbcID, a.ID)
		b.text(cbcDocumentDescription, a.Description)
		if a.URI == "" && a.Content == nil {
			return
		}
		b.in(cacAttachment, func() {
			if a.Content != nil {
				b.t.start(cbcEmbeddedDocumentBinaryObject, 0)
				b.t.Attr("mimeCode", a.MIME)
				b.t.Attr("filename", a.Filename)
				b.t.Text(base64.StdEncoding.EncodeToString(a.Content))
				b.t.End()
			}
			b.text(cbcURI, a.URI, cacExternalReference)
		})
	})
}

func (b *builder) party(name Name, p *Party) {
	b.in(name, func() {
		b.in(cacParty, func() { b.partyParts(p) })
	})
}

// lonelyParty is a party that stands without a role around it, and only if any.
func (b *builder) lonelyParty(name Name, p *Party) {
	if !p.IsZero() {
		b.in(name, func() { b.partyParts(p) })
	}
}

func (b *builder) partyParts(p *Party) {
	b.id(cbcEndpointID, p.Endpoint)
	for _, i := range p.IDs {
		b.id(cbcID, i, cacPartyIdentification)
	}
	b.text(cbcName, p.Name, cacPartyName)
	b.address(cacPostalAddress, &p.Address)
	b.taxScheme(p.VATID, "VAT")
	b.taxScheme(p.TaxID, "TAX")
	if p.LegalName != "" || p.LegalID.ID != "" || p.LegalForm != "" {
		b.in(cacPartyLegalEntity, func() {
			b.text(cbcRegistrationName, p.LegalName)
			b.id(cbcCompanyID, p.LegalID)
			b.text(cbcCompanyLegalForm, p.LegalForm)
		})
	}
	if p.Contact != (Contact{}) {
		b.in(cacContact, func() {
			b.text(cbcName, p.Contact.Name)
			b.text(cbcTelephone, p.Contact.Phone)
			b.text(cbcElectronicMail, p.Contact.Email)
		})
	}
}

func (b *builder) taxScheme(number, scheme string) {
	if number == "" {
		return
	}
	b.in(cacPartyTaxScheme, func() {
		b.text(cbcCompanyID, number)
		b.text(cbcID, scheme, cacTaxScheme)
	})
}

// address writes up to three lines; a fourth has nowhere to stand in the
// standard.
func (b *builder) address(name Name, a *Address) {
	if len(a.Lines) == 0 && a.City == "" && a.PostalCode == "" && a.Subdivision == "" && a.Country == "" {
		return
	}
	var line [3]string
	copy(line[:], a.Lines)
	b.in(name, func() {
		b.text(cbcStreetName, line[0])
		b.text(cbcAdditionalStreetName, line[1])
		b.text(cbcCityName, a.City)
		b.text(cbcPostalZone, a.PostalCode)
		b.text(cbcCountrySubentity, a.Subdivision)
		b.text(cbcLine, line[2], cacAddressLine)
		b.text(cbcIdentificationCode, a.Country, cacCountry)
	})
}

func (b *builder) delivery() {
	v := &b.d.Delivery
	place := v.Location.ID != "" || v.Address.Country != "" || v.Address.City != "" || len(v.Address.Lines) > 0
	if v.Date.IsZero() && v.Name == "" && !place {
		return
	}
	b.in(cacDelivery, func() {
		b.date(cbcActualDeliveryDate, v.Date)
		if place {
			b.in(cacDeliveryLocation, func() {
				b.id(cbcID, v.Location)
				b.address(cacAddress, &v.Address)
			})
		}
		b.text(cbcName, v.Name, cacDeliveryParty, cacPartyName)
	})
}

// payments gives a credit note's due date a means to stand in, since UBL has no
// other place for it.
func (b *builder) payments() {
	for k := range b.d.Payments {
		p := &b.d.Payments[k]
		b.in(cacPaymentMeans, func() {
			b.leaf(cbcPaymentMeansCode, p.Code, "name", p.Text)
			due := p.Due
			if b.credit && k == 0 && due.IsZero() {
				due = b.d.Due
			}
			b.date(cbcPaymentDueDate, due)
			b.text(cbcPaymentID, p.RemittanceID)
			b.card(p)
			b.account(p)
			if p.Mandate != "" || p.Debited != "" {
				b.in(cacPaymentMandate, func() {
					b.text(cbcID, p.Mandate)
					b.text(cbcID, p.Debited, cacPayerFinancialAccount)
				})
			}
		})
	}
}

func (b *builder) card(p *PaymentMeans) {
	if p.Card == "" {
		return
	}
	b.in(cacCardAccount, func() {
		b.text(cbcPrimaryAccountNumberID, p.Card)
		b.text(cbcNetworkID, "NA") // the schema requires it; no business term has it
		b.text(cbcHolderName, p.CardHolder)
	})
}

func (b *builder) account(p *PaymentMeans) {
	if p.Account == "" {
		return
	}
	b.in(cacPayeeFinancialAccount, func() {
		b.text(cbcID, p.Account)
		b.text(cbcName, p.AccountName)
		b.text(cbcID, p.Branch, cacFinancialInstitutionBranch)
	})
}

func (b *builder) vat(name Name, v *VAT) {
	if v.Category == "" {
		return
	}
	b.in(name, func() {
		b.text(cbcID, v.Category)
		b.number(cbcPercent, v.Rate, "")
		b.text(cbcTaxExemptionReasonCode, v.ReasonCode)
		b.text(cbcTaxExemptionReason, v.Reason)
		b.text(cbcID, "VAT", cacTaxScheme)
	})
}

func (b *builder) allowances(list []Allowance, indicator string) {
	for k := range list {
		a := &list[k]
		b.in(cacAllowanceCharge, func() {
			b.text(cbcChargeIndicator, indicator)
			b.text(cbcAllowanceChargeReasonCode, a.ReasonCode)
			b.text(cbcAllowanceChargeReason, a.Reason)
			b.number(cbcMultiplierFactorNumeric, a.Percentage, "")
			b.amount(cbcAmount, a.Amount)
			b.amount(cbcBaseAmount, a.Base)
			b.vat(cacTaxCategory, &a.VAT)
		})
	}
}

func (b *builder) totals() {
	s := &b.d.Totals
	if s.Tax.Present || len(b.d.Taxes) > 0 {
		b.in(cacTaxTotal, func() {
			b.amount(cbcTaxAmount, s.Tax)
			for k := range b.d.Taxes {
				b.subtotal(&b.d.Taxes[k])
			}
		})
	}
	if s.TaxAccounting.Present {
		b.in(cacTaxTotal, func() { b.amount(cbcTaxAmount, s.TaxAccounting) })
	}
	b.in(cacLegalMonetaryTotal, func() {
		b.amount(cbcLineExtensionAmount, s.Lines)
		b.amount(cbcTaxExclusiveAmount, s.WithoutTax)
		b.amount(cbcTaxInclusiveAmount, s.WithTax)
		b.amount(cbcAllowanceTotalAmount, s.Allowances)
		b.amount(cbcChargeTotalAmount, s.Charges)
		b.amount(cbcPrepaidAmount, s.Prepaid)
		b.amount(cbcPayableRoundingAmount, s.Rounding)
		b.amount(cbcPayableAmount, s.Payable)
	})
}

func (b *builder) subtotal(s *TaxSubtotal) {
	b.in(cacTaxSubtotal, func() {
		b.amount(cbcTaxableAmount, s.Taxable)
		b.amount(cbcTaxAmount, s.Tax)
		b.vat(cacTaxCategory, &s.VAT)
	})
}

func (b *builder) line(l *Line) {
	name, quantity := cacInvoiceLine, cbcInvoicedQuantity
	if b.credit {
		name, quantity = cacCreditNoteLine, cbcCreditedQuantity
	}
	b.in(name, func() {
		b.text(cbcID, l.ID)
		b.text(cbcNote, l.Note)
		b.number(quantity, l.Quantity, l.Unit)
		b.amount(cbcLineExtensionAmount, l.Net)
		b.text(cbcAccountingCost, l.AccountingCost)
		b.span(l.Period, "")
		b.text(cbcLineID, l.OrderLine, cacOrderLineReference)
		if l.Object.ID != "" {
			b.in(cacDocumentReference, func() {
				b.id(cbcID, l.Object)
				b.text(cbcDocumentTypeCode, objectCode)
			})
		}
		b.allowances(l.Allowances, "false")
		b.allowances(l.Charges, "true")
		b.item(l)
		b.price(l)
	})
}

func (b *builder) item(l *Line) {
	i := &l.Item
	b.in(cacItem, func() {
		b.text(cbcDescription, i.Description)
		b.text(cbcName, i.Name)
		b.text(cbcID, i.BuyerID, cacBuyersItemIdentification)
		b.text(cbcID, i.SellerID, cacSellersItemIdentification)
		b.id(cbcID, i.StandardID, cacStandardItemIdentification)
		b.text(cbcIdentificationCode, i.Origin, cacOriginCountry)
		for _, c := range i.Classifications {
			b.in(cacCommodityClassification, func() {
				b.t.start(cbcItemClassificationCode, 0)
				b.t.Attr("listID", c.List)
				if c.Version != "" {
					b.t.Attr("listVersionID", c.Version)
				}
				b.t.Text(c.Code)
				b.t.End()
			})
		}
		b.vat(cacClassifiedTaxCategory, &l.VAT)
		for _, p := range i.Attributes {
			b.in(cacAdditionalItemProperty, func() {
				b.text(cbcName, p.Name)
				b.text(cbcValue, p.Value)
			})
		}
	})
}

func (b *builder) price(l *Line) {
	if !l.Price.Present {
		return
	}
	b.in(cacPrice, func() {
		b.amount(cbcPriceAmount, l.Price)
		b.number(cbcBaseQuantity, l.BaseQuantity, l.BaseUnit)
		if l.Discount.Present || l.GrossPrice.Present {
			b.in(cacAllowanceCharge, func() {
				b.text(cbcChargeIndicator, "false")
				b.amount(cbcAmount, l.Discount)
				b.amount(cbcBaseAmount, l.GrossPrice)
			})
		}
	})
}
