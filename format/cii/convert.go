package cii

import (
	"strings"

	"kontor/format/en16931"
)

// converter brings CII to the tree that the rules know.
// source: EN 16931-3-3 (CII) against EN 16931-3-2 (UBL), by business term
type converter struct {
	t          *en16931.Tree
	agreement  *element
	delivery   *element
	settlement *element
	currency   string
	credit     bool
}

// creditTypes are the type codes (BT-3) that make a document a credit note.
// source: UNTDID 1001 as EN 16931-3-2 parts it between Invoice and CreditNote
const creditTypes = " 81 83 261 262 296 308 381 396 420 458 532 "

func convert(root *element) *en16931.Tree {
	trade := root.at("SupplyChainTradeTransaction")
	c := &converter{
		agreement: trade.at("ApplicableHeaderTradeAgreement"), delivery: trade.at("ApplicableHeaderTradeDelivery"),
		settlement: trade.at("ApplicableHeaderTradeSettlement"),
	}
	c.currency = c.settlement.value("InvoiceCurrencyCode")
	lines := trade.all("IncludedSupplyChainTradeLineItem")
	kind := strings.TrimSpace(root.value("ExchangedDocument", "TypeCode"))
	c.credit = kind != "" && strings.Contains(creditTypes, " "+kind+" ")
	c.t = en16931.NewTree(en16931.CII, 128+32*min(len(lines), 1000))
	space, local := en16931.SpaceInvoice, "Invoice"
	if c.credit {
		space, local = en16931.SpaceCreditNote, "CreditNote"
	}
	c.t.Start(space, local, root.line)
	c.header(root)
	c.references()
	c.party("AccountingSupplierParty", "Party", c.agreement.at("SellerTradeParty"))
	c.party("AccountingCustomerParty", "Party", c.agreement.at("BuyerTradeParty"))
	c.party("PayeeParty", "", c.settlement.at("PayeeTradeParty"))
	c.party("TaxRepresentativeParty", "", c.agreement.at("SellerTaxRepresentativeTradeParty"))
	c.deliver()
	c.payments()
	for _, terms := range c.settlement.all("SpecifiedTradePaymentTerms") {
		c.inside("PaymentTerms", terms.at("Description"), func() { c.copy("Note", terms.at("Description")) })
	}
	c.allowances(c.settlement.all("SpecifiedTradeAllowanceCharge"), true)
	c.taxes()
	c.totals()
	for _, l := range lines {
		c.line(l)
	}
	c.t.End()
	return c.t
}

// inside adds an aggregate around what f adds, if from is there.
func (c *converter) inside(name string, from *element, f func()) {
	if from == nil {
		return
	}
	c.t.Start(en16931.SpaceCAC, name, from.line)
	f()
	c.t.End()
}

// copy adds a basic component with the text of an element, if it is there.
func (c *converter) copy(name string, from *element) {
	if from != nil {
		c.put(name, from.text, from.line, "", "")
	}
}

func (c *converter) put(name, text string, line int, attr, value string) {
	c.t.Start(en16931.SpaceCBC, name, line)
	if value != "" {
		c.t.Attr(attr, value)
	}
	c.t.Text(text)
	c.t.End()
}

// id copies an identifier with its scheme.
func (c *converter) id(name string, from *element) {
	if from != nil {
		c.put(name, from.text, from.line, "schemeID", from.attr("schemeID"))
	}
}

// amount copies an amount in its own currency or, as CII mostly leaves it out,
// the document's.
func (c *converter) amount(name string, from *element) {
	if from == nil {
		return
	}
	currency := from.attr("currencyID")
	if currency == "" {
		currency = c.currency
	}
	c.put(name, from.text, from.line, "currencyID", currency)
}

func (c *converter) quantity(name string, from *element) {
	if from != nil {
		c.put(name, from.text, from.line, "unitCode", from.attr("unitCode"))
	}
}

// date copies a day: format 102 is YYYYMMDD. Anything else is kept as it stands,
// for the rules to find.
func (c *converter) date(name string, from *element) {
	if from == nil {
		return
	}
	for _, inner := range [...]string{"DateTimeString", "DateString"} {
		d := from.at(inner)
		if d == nil {
			continue
		}
		text := strings.TrimSpace(d.text)
		if format := d.attr("format"); (format == "102" || format == "") && len(text) == 8 {
			text = text[:4] + "-" + text[4:6] + "-" + text[6:]
		}
		c.put(name, text, d.line, "", "")
		return
	}
	c.put(name, from.text, from.line, "", "")
}

func (c *converter) period(from, code *element) {
	c.inside("InvoicePeriod", first(from, code), func() {
		c.date("StartDate", from.at("StartDateTime"))
		c.date("EndDate", from.at("EndDateTime"))
		if code != nil {
			c.put("DescriptionCode", taxPointCode(code.text), code.line, "", "")
		}
	})
}

// taxPointCode brings UNTDID 2475, which CII uses, to UNTDID 2005.
// source: EN 16931-3-3, BT-8
func taxPointCode(code string) string {
	switch strings.TrimSpace(code) {
	case "5":
		return "3"
	case "29":
		return "35"
	case "72":
		return "432"
	}
	return code
}

func (c *converter) header(root *element) {
	context, document := root.at("ExchangedDocumentContext"), root.at("ExchangedDocument")
	c.copy("CustomizationID", context.at("GuidelineSpecifiedDocumentContextParameter", "ID"))
	c.copy("ProfileID", context.at("BusinessProcessSpecifiedDocumentContextParameter", "ID"))
	c.copy("ID", document.at("ID"))
	c.date("IssueDate", document.at("IssueDateTime"))
	for _, terms := range c.settlement.all("SpecifiedTradePaymentTerms") {
		c.date("DueDate", terms.at("DueDateDateTime"))
	}
	name := "InvoiceTypeCode"
	if c.credit {
		name = "CreditNoteTypeCode"
	}
	c.copy(name, document.at("TypeCode"))
	for _, n := range document.all("IncludedNote") {
		text := n.value("Content")
		if code := n.value("SubjectCode"); code != "" {
			text = "#" + code + "#" + text
		}
		c.put("Note", text, n.line, "", "")
	}
	for _, tax := range c.settlement.all("ApplicableTradeTax") {
		if day := tax.at("TaxPointDate"); day != nil {
			c.date("TaxPointDate", day)
			break
		}
	}
	c.copy("DocumentCurrencyCode", c.settlement.at("InvoiceCurrencyCode"))
	c.copy("TaxCurrencyCode", c.settlement.at("TaxCurrencyCode"))
	c.copy("AccountingCost", c.settlement.at("ReceivableSpecifiedTradeAccountingAccount", "ID"))
	c.copy("BuyerReference", c.agreement.at("BuyerReference"))
	c.period(c.settlement.at("BillingSpecifiedPeriod"), c.settlement.at("ApplicableTradeTax", "DueDateTypeCode"))
}

func (c *converter) references() {
	order := c.agreement.at("BuyerOrderReferencedDocument", "IssuerAssignedID")
	sales := c.agreement.at("SellerOrderReferencedDocument", "IssuerAssignedID")
	if from := first(order, sales); from != nil {
		c.inside("OrderReference", from, func() {
			c.copy("ID", order)
			c.copy("SalesOrderID", sales)
		})
	}
	for _, r := range c.settlement.all("InvoiceReferencedDocument") {
		c.inside("BillingReference", r, func() {
			c.inside("InvoiceDocumentReference", r, func() {
				c.copy("ID", r.at("IssuerAssignedID"))
				c.date("IssueDate", r.at("FormattedIssueDateTime"))
			})
		})
	}
	c.reference("DespatchDocumentReference", c.delivery.at("DespatchAdviceReferencedDocument"))
	c.reference("ReceiptDocumentReference", c.delivery.at("ReceivingAdviceReferencedDocument"))
	c.reference("ContractDocumentReference", c.agreement.at("ContractReferencedDocument"))
	for _, r := range c.agreement.all("AdditionalReferencedDocument") {
		if strings.TrimSpace(r.value("TypeCode")) == "50" { // tender or lot, BT-17
			c.reference("OriginatorDocumentReference", r)
			continue
		}
		c.additional("AdditionalDocumentReference", r)
	}
	if project := c.agreement.at("SpecifiedProcuringProject", "ID"); project != nil {
		c.inside("ProjectReference", project, func() { c.copy("ID", project) })
	}
}

func first(elements ...*element) *element {
	for _, e := range elements {
		if e != nil {
			return e
		}
	}
	return nil
}

func (c *converter) reference(name string, from *element) {
	if id := from.at("IssuerAssignedID"); id != nil {
		c.inside(name, id, func() { c.copy("ID", id) })
	}
}

// additional is an invoiced object, by type 130, or an attachment.
func (c *converter) additional(name string, r *element) {
	object := strings.TrimSpace(r.value("TypeCode")) == "130"
	c.inside(name, r, func() {
		if id := r.at("IssuerAssignedID"); id != nil {
			c.put("ID", id.text, id.line, "schemeID", r.value("ReferenceTypeCode"))
		}
		if object {
			c.copy("DocumentTypeCode", r.at("TypeCode"))
			return
		}
		c.copy("DocumentDescription", r.at("Name"))
		file, uri := r.at("AttachmentBinaryObject"), r.at("URIID")
		c.inside("Attachment", first(file, uri), func() {
			if file != nil {
				c.t.Start(en16931.SpaceCBC, "EmbeddedDocumentBinaryObject", file.line)
				for _, attr := range [...]string{"mimeCode", "filename"} {
					if v := file.attr(attr); v != "" {
						c.t.Attr(attr, v)
					}
				}
				c.t.Text(file.text)
				c.t.End()
			}
			c.inside("ExternalReference", uri, func() { c.copy("URI", uri) })
		})
	})
}

// party brings a party over. inner is the element between its role and its
// parts, if any; where there is none the name is a trading name.
func (c *converter) party(role, inner string, p *element) {
	c.inside(role, p, func() {
		if inner == "" {
			c.partyParts(p, "PartyName", role == "PayeeParty")
			return
		}
		c.inside(inner, p, func() {
			c.partyParts(p, "", role == "AccountingSupplierParty" && c.settlement.at("PayeeTradeParty") == nil)
		})
	})
}

func (c *converter) partyParts(p *element, nameIn string, paid bool) {
	c.id("EndpointID", p.at("URIUniversalCommunication", "URIID"))
	for _, name := range [...]string{"ID", "GlobalID"} {
		for _, id := range p.all(name) {
			c.inside("PartyIdentification", id, func() { c.id("ID", id) })
		}
	}
	if creditor := c.settlement.at("CreditorReferenceID"); paid && creditor != nil {
		c.inside("PartyIdentification", creditor, func() { c.put("ID", creditor.text, creditor.line, "schemeID", "SEPA") })
	}
	legal, name := p.at("SpecifiedLegalOrganization"), p.at("Name")
	if nameIn != "" {
		c.inside(nameIn, name, func() { c.copy("Name", name) })
	} else if trading := legal.at("TradingBusinessName"); trading != nil {
		c.inside("PartyName", trading, func() { c.copy("Name", trading) })
	}
	c.address("PostalAddress", p.at("PostalTradeAddress"))
	for _, tax := range p.all("SpecifiedTaxRegistration") {
		c.registration(tax)
	}
	form := p.at("Description")
	if nameIn != "" {
		name = nil
	}
	c.inside("PartyLegalEntity", first(name, legal.at("ID"), form), func() {
		c.copy("RegistrationName", name)
		c.id("CompanyID", legal.at("ID"))
		c.copy("CompanyLegalForm", form)
	})
	contact := p.at("DefinedTradeContact")
	c.inside("Contact", contact, func() {
		c.copy("Name", first(contact.at("PersonName"), contact.at("DepartmentName")))
		c.copy("Telephone", contact.at("TelephoneUniversalCommunication", "CompleteNumber"))
		c.copy("ElectronicMail", contact.at("EmailURIUniversalCommunication", "URIID"))
	})
}

// registration: scheme VA is VAT, which some write out; anything else, mostly FC,
// is another tax.
func (c *converter) registration(tax *element) {
	id := tax.at("ID")
	scheme := "TAX"
	if kind := id.attr("schemeID"); kind == "VA" || kind == "VAT" {
		scheme = "VAT"
	}
	c.inside("PartyTaxScheme", tax, func() {
		c.copy("CompanyID", id)
		c.scheme(scheme, tax.line)
	})
}

func (c *converter) scheme(text string, line int) {
	c.t.Start(en16931.SpaceCAC, "TaxScheme", line)
	c.put("ID", text, line, "", "")
	c.t.End()
}

func (c *converter) address(name string, a *element) {
	c.inside(name, a, func() {
		c.copy("StreetName", a.at("LineOne"))
		c.copy("AdditionalStreetName", a.at("LineTwo"))
		c.copy("CityName", a.at("CityName"))
		c.copy("PostalZone", a.at("PostcodeCode"))
		c.copy("CountrySubentity", a.at("CountrySubDivisionName"))
		c.inside("AddressLine", a.at("LineThree"), func() { c.copy("Line", a.at("LineThree")) })
		c.inside("Country", a.at("CountryID"), func() { c.copy("IdentificationCode", a.at("CountryID")) })
	})
}
