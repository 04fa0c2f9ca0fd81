package cii

import (
	"cmp"
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
	brought    map[*element]bool // dates and attachments that a business term has taken
}

// creditTypes are the type codes (BT-3) that make a document a credit note.
// source: UNTDID 1001 as EN 16931-3-2 parts it between Invoice and CreditNote
const creditTypes = " 81 83 261 262 296 308 381 396 420 458 532 "

func convert(root *element) *en16931.Tree {
	trade := root.At("SupplyChainTradeTransaction")
	c := &converter{
		agreement: trade.At("ApplicableHeaderTradeAgreement"), delivery: trade.At("ApplicableHeaderTradeDelivery"),
		settlement: trade.At("ApplicableHeaderTradeSettlement"), brought: map[*element]bool{},
	}
	c.currency = c.settlement.Value("InvoiceCurrencyCode")
	lines := trade.All("IncludedSupplyChainTradeLineItem")
	kind := strings.TrimSpace(root.Value("ExchangedDocument", "TypeCode"))
	c.credit = kind != "" && strings.Contains(creditTypes, " "+kind+" ")
	c.t = en16931.NewTree(en16931.CII, 128+32*min(len(lines), 1000))
	space, local := en16931.SpaceInvoice, "Invoice"
	if c.credit {
		space, local = en16931.SpaceCreditNote, "CreditNote"
	}
	c.t.Start(space, local, root.Line)
	c.header(root)
	c.references()
	c.party("AccountingSupplierParty", "Party", c.agreement.At("SellerTradeParty"))
	c.party("AccountingCustomerParty", "Party", c.agreement.At("BuyerTradeParty"))
	c.party("PayeeParty", "", c.settlement.At("PayeeTradeParty"))
	c.party("TaxRepresentativeParty", "", c.agreement.At("SellerTaxRepresentativeTradeParty"))
	c.deliver()
	c.payments()
	for _, terms := range c.settlement.All("SpecifiedTradePaymentTerms") {
		c.inside("PaymentTerms", terms.At("Description"), func() { c.copy("Note", terms.At("Description")) })
	}
	c.allowances(c.settlement.All("SpecifiedTradeAllowanceCharge"), true)
	c.taxes()
	c.totals()
	for _, l := range lines {
		c.line(l)
	}
	c.strays(root)
	c.t.End()
	return c.t
}

// strays brings the dates and attachments that no business term has taken: the
// rules on how they are written hold for every one, wherever it stands.
func (c *converter) strays(root *element) {
	root.Each("DateTimeString", func(d *element) {
		if d.Space == spaceUDT && !c.brought[d] {
			c.t.Start("", "Other", d.Line)
			c.date("EndDate", &element{Children: []*element{d}, Line: d.Line})
			c.t.End()
		}
	})
	root.Each("AttachmentBinaryObject", func(file *element) {
		if !c.brought[file] {
			c.t.Start("", "Other", file.Line)
			c.put("EmbeddedDocumentBinaryObject", "", file.Line, "mimeCode", file.Attr("mimeCode"))
			c.t.End()
		}
	})
}

// inside adds an aggregate around what f adds, if from is there.
func (c *converter) inside(name string, from *element, f func()) {
	if from == nil {
		return
	}
	c.t.Start(en16931.SpaceCAC, name, from.Line)
	f()
	c.t.End()
}

// copy adds a basic component with the text of an element, if it is there.
func (c *converter) copy(name string, from *element) {
	if from != nil {
		c.put(name, from.Text, from.Line, "", "")
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
		c.put(name, from.Text, from.Line, "schemeID", from.Attr("schemeID"))
	}
}

// amount copies an amount in its own currency or, as CII mostly leaves it out,
// the document's.
func (c *converter) amount(name string, from *element) {
	if from == nil {
		return
	}
	currency := from.Attr("currencyID")
	if currency == "" {
		currency = c.currency
	}
	c.put(name, from.Text, from.Line, "currencyID", currency)
}

func (c *converter) quantity(name string, from *element) {
	if from != nil {
		c.put(name, from.Text, from.Line, "unitCode", from.Attr("unitCode"))
	}
}

// date copies a day: format 102 is YYYYMMDD. Anything else is kept as it stands,
// for the rules to find.
func (c *converter) date(name string, from *element) {
	if from == nil {
		return
	}
	for _, inner := range [...]string{"DateTimeString", "DateString"} {
		d := from.At(inner)
		if d == nil {
			continue
		}
		c.brought[d] = true
		text := strings.TrimSpace(d.Text)
		if format := d.Attr("format"); (format == "102" || format == "") && len(text) == 8 {
			text = text[:4] + "-" + text[4:6] + "-" + text[6:]
		}
		c.put(name, text, d.Line, "", "")
		return
	}
	c.put(name, from.Text, from.Line, "", "")
}

func (c *converter) period(from, code *element) {
	c.inside("InvoicePeriod", cmp.Or(from, code), func() {
		c.date("StartDate", from.At("StartDateTime"))
		c.date("EndDate", from.At("EndDateTime"))
		if code != nil {
			c.put("DescriptionCode", taxPointCode(code.Text), code.Line, "", "")
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
	context, document := root.At("ExchangedDocumentContext"), root.At("ExchangedDocument")
	c.copy("CustomizationID", context.At("GuidelineSpecifiedDocumentContextParameter", "ID"))
	c.copy("ProfileID", context.At("BusinessProcessSpecifiedDocumentContextParameter", "ID"))
	c.copy("ID", document.At("ID"))
	c.date("IssueDate", document.At("IssueDateTime"))
	for _, terms := range c.settlement.All("SpecifiedTradePaymentTerms") {
		c.date("DueDate", terms.At("DueDateDateTime"))
	}
	name := "InvoiceTypeCode"
	if c.credit {
		name = "CreditNoteTypeCode"
	}
	c.copy(name, document.At("TypeCode"))
	for _, n := range document.All("IncludedNote") {
		text := n.Value("Content")
		if code := n.At("SubjectCode"); code != nil {
			text = "#" + strings.TrimSpace(code.Text) + "#" + text
		}
		c.put("Note", text, n.Line, "", "")
	}
	for _, tax := range c.settlement.All("ApplicableTradeTax") {
		if day := tax.At("TaxPointDate"); day != nil {
			c.date("TaxPointDate", day)
			break
		}
	}
	c.copy("DocumentCurrencyCode", c.settlement.At("InvoiceCurrencyCode"))
	c.copy("TaxCurrencyCode", c.settlement.At("TaxCurrencyCode"))
	c.copy("AccountingCost", c.settlement.At("ReceivableSpecifiedTradeAccountingAccount", "ID"))
	c.copy("BuyerReference", c.agreement.At("BuyerReference"))
	c.period(c.settlement.At("BillingSpecifiedPeriod"), c.settlement.At("ApplicableTradeTax", "DueDateTypeCode"))
}

func (c *converter) references() {
	order := c.agreement.At("BuyerOrderReferencedDocument", "IssuerAssignedID")
	sales := c.agreement.At("SellerOrderReferencedDocument", "IssuerAssignedID")
	if from := cmp.Or(order, sales); from != nil {
		c.inside("OrderReference", from, func() {
			c.copy("ID", order)
			c.copy("SalesOrderID", sales)
		})
	}
	for _, r := range c.settlement.All("InvoiceReferencedDocument") {
		c.inside("BillingReference", r, func() {
			c.inside("InvoiceDocumentReference", r, func() {
				c.copy("ID", r.At("IssuerAssignedID"))
				c.date("IssueDate", r.At("FormattedIssueDateTime"))
			})
		})
	}
	c.reference("DespatchDocumentReference", c.delivery.At("DespatchAdviceReferencedDocument"))
	c.reference("ReceiptDocumentReference", c.delivery.At("ReceivingAdviceReferencedDocument"))
	c.reference("ContractDocumentReference", c.agreement.At("ContractReferencedDocument"))
	for _, r := range c.agreement.All("AdditionalReferencedDocument") {
		if strings.TrimSpace(r.Value("TypeCode")) == "50" { // tender or lot, BT-17
			c.inside("OriginatorDocumentReference", r, func() { c.copy("ID", r.At("IssuerAssignedID")) })
			continue
		}
		c.additional("AdditionalDocumentReference", r)
	}
	if project := c.agreement.At("SpecifiedProcuringProject", "ID"); project != nil {
		c.inside("ProjectReference", project, func() { c.copy("ID", project) })
	}
}

func (c *converter) reference(name string, from *element) {
	if id := from.At("IssuerAssignedID"); id != nil {
		c.inside(name, id, func() { c.copy("ID", id) })
	}
}

// additional is an invoiced object, by type 130, or an attachment.
func (c *converter) additional(name string, r *element) {
	object := strings.TrimSpace(r.Value("TypeCode")) == "130"
	c.inside(name, r, func() {
		if id := r.At("IssuerAssignedID"); id != nil {
			c.put("ID", id.Text, id.Line, "schemeID", r.Value("ReferenceTypeCode"))
		}
		if object {
			c.copy("DocumentTypeCode", r.At("TypeCode"))
			return
		}
		c.copy("DocumentDescription", r.At("Name"))
		file, uri := r.At("AttachmentBinaryObject"), r.At("URIID")
		c.inside("Attachment", cmp.Or(file, uri), func() {
			if file != nil {
				c.brought[file] = true
				c.t.Start(en16931.SpaceCBC, "EmbeddedDocumentBinaryObject", file.Line)
				for _, attr := range [...]string{"mimeCode", "filename"} {
					if v := file.Attr(attr); v != "" {
						c.t.Attr(attr, v)
					}
				}
				c.t.Text(file.Text)
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
			c.partyParts(p, "", role == "AccountingSupplierParty" && c.settlement.At("PayeeTradeParty") == nil)
		})
	})
}

func (c *converter) partyParts(p *element, nameIn string, paid bool) {
	c.id("EndpointID", p.At("URIUniversalCommunication", "URIID"))
	for _, name := range [...]string{"ID", "GlobalID"} {
		for _, id := range p.All(name) {
			c.inside("PartyIdentification", id, func() { c.id("ID", id) })
		}
	}
	if creditor := c.settlement.At("CreditorReferenceID"); paid && creditor != nil {
		c.inside("PartyIdentification", creditor, func() { c.put("ID", creditor.Text, creditor.Line, "schemeID", "SEPA") })
	}
	legal, name := p.At("SpecifiedLegalOrganization"), p.At("Name")
	if nameIn != "" {
		c.inside(nameIn, name, func() { c.copy("Name", name) })
	} else if trading := legal.At("TradingBusinessName"); trading != nil {
		c.inside("PartyName", trading, func() { c.copy("Name", trading) })
	}
	c.address("PostalAddress", p.At("PostalTradeAddress"))
	for _, tax := range p.All("SpecifiedTaxRegistration") {
		c.registration(tax)
	}
	form := p.At("Description")
	if nameIn != "" {
		name = nil
	}
	c.inside("PartyLegalEntity", cmp.Or(name, legal.At("ID"), form), func() {
		c.copy("RegistrationName", name)
		c.id("CompanyID", legal.At("ID"))
		c.copy("CompanyLegalForm", form)
	})
	contact := p.At("DefinedTradeContact")
	c.inside("Contact", contact, func() {
		c.copy("Name", cmp.Or(contact.At("PersonName"), contact.At("DepartmentName")))
		c.copy("Telephone", contact.At("TelephoneUniversalCommunication", "CompleteNumber"))
		c.copy("ElectronicMail", contact.At("EmailURIUniversalCommunication", "URIID"))
	})
}

// registration: scheme VA is VAT, which some write out; anything else, mostly FC,
// is another tax.
func (c *converter) registration(tax *element) {
	id := tax.At("ID")
	scheme := "TAX"
	if kind := id.Attr("schemeID"); kind == "VA" || kind == "VAT" {
		scheme = "VAT"
	}
	c.inside("PartyTaxScheme", tax, func() {
		c.copy("CompanyID", id)
		c.scheme(scheme, tax.Line)
	})
}

func (c *converter) scheme(text string, line int) {
	c.t.Start(en16931.SpaceCAC, "TaxScheme", line)
	c.put("ID", text, line, "", "")
	c.t.End()
}

func (c *converter) address(name string, a *element) {
	c.inside(name, a, func() {
		c.copy("StreetName", a.At("LineOne"))
		c.copy("AdditionalStreetName", a.At("LineTwo"))
		c.copy("CityName", a.At("CityName"))
		c.copy("PostalZone", a.At("PostcodeCode"))
		c.copy("CountrySubentity", a.At("CountrySubDivisionName"))
		c.inside("AddressLine", a.At("LineThree"), func() { c.copy("Line", a.At("LineThree")) })
		c.inside("Country", a.At("CountryID"), func() { c.copy("IdentificationCode", a.At("CountryID")) })
	})
}
