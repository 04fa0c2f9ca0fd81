package cii

import (
	"cmp"
	"kontor/format/en16931"
)

func (c *converter) deliver() {
	to, day := c.delivery.At("ShipToTradeParty"), c.delivery.At("ActualDeliverySupplyChainEvent", "OccurrenceDateTime")
	c.inside("Delivery", cmp.Or(to, day), func() {
		c.date("ActualDeliveryDate", day)
		id, address, name := cmp.Or(to.At("GlobalID"), to.At("ID")), to.At("PostalTradeAddress"), to.At("Name")
		c.inside("DeliveryLocation", cmp.Or(id, address), func() {
			c.id("ID", id)
			c.address("Address", address)
		})
		c.inside("DeliveryParty", name, func() {
			c.inside("PartyName", name, func() { c.copy("Name", name) })
		})
	})
}

// payments gives every means the one payment reference and mandate that CII has.
func (c *converter) payments() {
	reference := c.settlement.At("PaymentReference")
	mandate := c.settlement.At("SpecifiedTradePaymentTerms", "DirectDebitMandateID")
	for _, m := range c.settlement.All("SpecifiedTradeSettlementPaymentMeans") {
		c.inside("PaymentMeans", m, func() {
			if code := m.At("TypeCode"); code != nil {
				c.put("PaymentMeansCode", code.Text, code.Line, "name", m.Value("Information"))
			}
			c.copy("PaymentID", reference)
			card := m.At("ApplicableTradeSettlementFinancialCard")
			c.inside("CardAccount", card, func() {
				c.copy("PrimaryAccountNumberID", card.At("ID"))
				c.copy("HolderName", card.At("CardholderName"))
			})
			account := m.At("PayeePartyCreditorFinancialAccount")
			c.inside("PayeeFinancialAccount", account, func() {
				c.copy("ID", cmp.Or(account.At("IBANID"), account.At("ProprietaryID")))
				c.copy("Name", account.At("AccountName"))
				bank := m.At("PayeeSpecifiedCreditorFinancialInstitution", "BICID")
				c.inside("FinancialInstitutionBranch", bank, func() { c.copy("ID", bank) })
			})
			debited := m.At("PayerPartyDebtorFinancialAccount", "IBANID")
			c.inside("PaymentMandate", cmp.Or(mandate, debited), func() {
				c.copy("ID", mandate)
				c.inside("PayerFinancialAccount", debited, func() { c.copy("ID", debited) })
			})
		})
	}
}

// category copies a tax category; where CII leaves the scheme's code out it is
// not VAT, and the rules say so.
func (c *converter) category(name string, tax *element) {
	c.inside(name, tax, func() {
		c.copy("ID", tax.At("CategoryCode"))
		c.copy("Percent", tax.At("RateApplicablePercent"))
		c.copy("TaxExemptionReasonCode", tax.At("ExemptionReasonCode"))
		c.copy("TaxExemptionReason", tax.At("ExemptionReason"))
		if scheme := tax.At("TypeCode"); scheme != nil {
			c.scheme(scheme.Text, scheme.Line)
		}
	})
}

func (c *converter) allowances(list []*element, taxed bool) {
	for _, a := range list {
		c.inside("AllowanceCharge", a, func() {
			c.copy("ChargeIndicator", a.At("ChargeIndicator", "Indicator"))
			c.copy("AllowanceChargeReasonCode", a.At("ReasonCode"))
			c.copy("AllowanceChargeReason", a.At("Reason"))
			c.copy("MultiplierFactorNumeric", a.At("CalculationPercent"))
			c.amount("Amount", a.At("ActualAmount"))
			c.amount("BaseAmount", a.At("BasisAmount"))
			if taxed {
				c.category("TaxCategory", a.At("CategoryTradeTax"))
			}
		})
	}
}

// taxes makes the tax total in the invoice currency with its breakdown, and a
// total alone for each other currency.
func (c *converter) taxes() {
	rows := c.settlement.All("ApplicableTradeTax")
	totals := c.settlement.At("SpecifiedTradeSettlementHeaderMonetarySummation").All("TaxTotalAmount")
	var main *element
	for _, t := range totals {
		if currency := t.Attr("currencyID"); main == nil && (currency == "" || currency == c.currency) {
			main = t
		}
	}
	if main != nil || len(rows) > 0 {
		from := main
		if from == nil {
			from = rows[0]
		}
		c.inside("TaxTotal", from, func() {
			if main != nil {
				c.amount("TaxAmount", main)
			} else {
				// CII leaves the total out where there is no tax. Line 0: it is not in the file.
				c.put("TaxAmount", "0", 0, "currencyID", c.currency)
			}
			for _, row := range rows {
				c.inside("TaxSubtotal", row, func() {
					c.amount("TaxableAmount", row.At("BasisAmount"))
					c.amount("TaxAmount", row.At("CalculatedAmount"))
					c.category("TaxCategory", row)
				})
			}
		})
	}
	for _, t := range totals {
		if t != main {
			c.inside("TaxTotal", t, func() { c.amount("TaxAmount", t) })
		}
	}
}

func (c *converter) totals() {
	s := c.settlement.At("SpecifiedTradeSettlementHeaderMonetarySummation")
	c.inside("LegalMonetaryTotal", s, func() {
		for _, m := range [...]struct{ to, from string }{
			{"LineExtensionAmount", "LineTotalAmount"},
			{"TaxExclusiveAmount", "TaxBasisTotalAmount"},
			{"TaxInclusiveAmount", "GrandTotalAmount"},
			{"AllowanceTotalAmount", "AllowanceTotalAmount"},
			{"ChargeTotalAmount", "ChargeTotalAmount"},
			{"PrepaidAmount", "TotalPrepaidAmount"},
			{"PayableRoundingAmount", "RoundingAmount"},
			{"PayableAmount", "DuePayableAmount"},
		} {
			c.amount(m.to, s.At(m.from))
		}
	})
}

func (c *converter) line(l *element) {
	name, quantity := "InvoiceLine", "InvoicedQuantity"
	if c.credit {
		name, quantity = "CreditNoteLine", "CreditedQuantity"
	}
	document, agreement := l.At("AssociatedDocumentLineDocument"), l.At("SpecifiedLineTradeAgreement")
	settlement := l.At("SpecifiedLineTradeSettlement")
	c.inside(name, l, func() {
		c.copy("ID", document.At("LineID"))
		c.copy("Note", document.At("IncludedNote", "Content"))
		c.quantity(quantity, l.At("SpecifiedLineTradeDelivery", "BilledQuantity"))
		c.amount("LineExtensionAmount", settlement.At("SpecifiedTradeSettlementLineMonetarySummation", "LineTotalAmount"))
		c.copy("AccountingCost", settlement.At("ReceivableSpecifiedTradeAccountingAccount", "ID"))
		c.period(settlement.At("BillingSpecifiedPeriod"), nil)
		order := agreement.At("BuyerOrderReferencedDocument", "LineID")
		c.inside("OrderLineReference", order, func() { c.copy("LineID", order) })
		for _, r := range settlement.All("AdditionalReferencedDocument") {
			c.additional("DocumentReference", r)
		}
		c.allowances(settlement.All("SpecifiedTradeAllowanceCharge"), false)
		c.item(l.At("SpecifiedTradeProduct"), settlement)
		c.price(agreement)
	})
}

// item brings the product and its tax over; a line without a product may still
// have a tax.
func (c *converter) item(p, settlement *element) {
	taxes := settlement.All("ApplicableTradeTax")
	from := p
	if from == nil && len(taxes) > 0 {
		from = taxes[0]
	}
	c.inside("Item", from, func() {
		c.copy("Description", p.At("Description"))
		c.copy("Name", p.At("Name"))
		for _, m := range [...]struct{ to, from string }{
			{"BuyersItemIdentification", "BuyerAssignedID"},
			{"SellersItemIdentification", "SellerAssignedID"},
			{"StandardItemIdentification", "GlobalID"},
		} {
			id := p.At(m.from)
			c.inside(m.to, id, func() { c.id("ID", id) })
		}
		origin := p.At("OriginTradeCountry", "ID")
		c.inside("OriginCountry", origin, func() { c.copy("IdentificationCode", origin) })
		for _, k := range p.All("DesignatedProductClassification") {
			c.classification(k)
		}
		for _, tax := range taxes {
			c.category("ClassifiedTaxCategory", tax)
		}
		for _, k := range p.All("ApplicableProductCharacteristic") {
			c.inside("AdditionalItemProperty", k, func() {
				c.copy("Name", k.At("Description"))
				c.copy("Value", k.At("Value"))
			})
		}
	})
}

func (c *converter) classification(k *element) {
	code := k.At("ClassCode")
	c.inside("CommodityClassification", code, func() {
		c.t.Start(en16931.SpaceCBC, "ItemClassificationCode", code.Line)
		for _, attr := range [...]string{"listID", "listVersionID"} {
			if v := code.Attr(attr); v != "" {
				c.t.Attr(attr, v)
			}
		}
		c.t.Text(code.Text)
		c.t.End()
	})
}

// price brings the net price over, with the gross price and the discount.
func (c *converter) price(agreement *element) {
	net, gross := agreement.At("NetPriceProductTradePrice"), agreement.At("GrossPriceProductTradePrice")
	c.inside("Price", cmp.Or(net, gross), func() {
		c.amount("PriceAmount", net.At("ChargeAmount"))
		c.quantity("BaseQuantity", cmp.Or(net.At("BasisQuantity"), gross.At("BasisQuantity")))
		c.inside("AllowanceCharge", gross, func() {
			discount := gross.At("AppliedTradeAllowanceCharge")
			if indicator := discount.At("ChargeIndicator", "Indicator"); indicator != nil {
				c.copy("ChargeIndicator", indicator)
			} else {
				c.put("ChargeIndicator", "false", gross.Line, "", "")
			}
			if amount := discount.At("ActualAmount"); amount != nil {
				c.amount("Amount", amount)
			} else {
				c.put("Amount", "0", gross.Line, "currencyID", c.currency)
			}
			c.amount("BaseAmount", gross.At("ChargeAmount"))
		})
	})
}
