package cii

import "kontor/format/en16931"

func (c *converter) deliver() {
	to, day := c.delivery.at("ShipToTradeParty"), c.delivery.at("ActualDeliverySupplyChainEvent", "OccurrenceDateTime")
	c.inside("Delivery", first(to, day), func() {
		c.date("ActualDeliveryDate", day)
		id, address, name := first(to.at("GlobalID"), to.at("ID")), to.at("PostalTradeAddress"), to.at("Name")
		c.inside("DeliveryLocation", first(id, address), func() {
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
	reference := c.settlement.at("PaymentReference")
	mandate := c.settlement.at("SpecifiedTradePaymentTerms", "DirectDebitMandateID")
	for _, m := range c.settlement.all("SpecifiedTradeSettlementPaymentMeans") {
		c.inside("PaymentMeans", m, func() {
			if code := m.at("TypeCode"); code != nil {
				c.put("PaymentMeansCode", code.text, code.line, "name", m.value("Information"))
			}
			c.copy("PaymentID", reference)
			card := m.at("ApplicableTradeSettlementFinancialCard")
			c.inside("CardAccount", card, func() {
				c.copy("PrimaryAccountNumberID", card.at("ID"))
				c.copy("HolderName", card.at("CardholderName"))
			})
			account := m.at("PayeePartyCreditorFinancialAccount")
			c.inside("PayeeFinancialAccount", account, func() {
				c.copy("ID", first(account.at("IBANID"), account.at("ProprietaryID")))
				c.copy("Name", account.at("AccountName"))
				bank := m.at("PayeeSpecifiedCreditorFinancialInstitution", "BICID")
				c.inside("FinancialInstitutionBranch", bank, func() { c.copy("ID", bank) })
			})
			debited := m.at("PayerPartyDebtorFinancialAccount", "IBANID")
			c.inside("PaymentMandate", first(mandate, debited), func() {
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
		c.copy("ID", tax.at("CategoryCode"))
		c.copy("Percent", tax.at("RateApplicablePercent"))
		c.copy("TaxExemptionReasonCode", tax.at("ExemptionReasonCode"))
		c.copy("TaxExemptionReason", tax.at("ExemptionReason"))
		if scheme := tax.at("TypeCode"); scheme != nil {
			c.scheme(scheme.text, scheme.line)
		}
	})
}

func (c *converter) allowances(list []*element, taxed bool) {
	for _, a := range list {
		c.inside("AllowanceCharge", a, func() {
			c.copy("ChargeIndicator", a.at("ChargeIndicator", "Indicator"))
			c.copy("AllowanceChargeReasonCode", a.at("ReasonCode"))
			c.copy("AllowanceChargeReason", a.at("Reason"))
			c.copy("MultiplierFactorNumeric", a.at("CalculationPercent"))
			c.amount("Amount", a.at("ActualAmount"))
			c.amount("BaseAmount", a.at("BasisAmount"))
			if taxed {
				c.category("TaxCategory", a.at("CategoryTradeTax"))
			}
		})
	}
}

// taxes makes the tax total in the invoice currency with its breakdown, and a
// total alone for each other currency.
func (c *converter) taxes() {
	rows := c.settlement.all("ApplicableTradeTax")
	totals := c.settlement.at("SpecifiedTradeSettlementHeaderMonetarySummation").all("TaxTotalAmount")
	var main *element
	for _, t := range totals {
		if currency := t.attr("currencyID"); main == nil && (currency == "" || currency == c.currency) {
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
				// CII leaves the total out where there is no tax.
				c.put("TaxAmount", "0", from.line, "currencyID", c.currency)
			}
			for _, row := range rows {
				c.inside("TaxSubtotal", row, func() {
					c.amount("TaxableAmount", row.at("BasisAmount"))
					c.amount("TaxAmount", row.at("CalculatedAmount"))
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
	s := c.settlement.at("SpecifiedTradeSettlementHeaderMonetarySummation")
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
			c.amount(m.to, s.at(m.from))
		}
	})
}

func (c *converter) line(l *element) {
	name, quantity := "InvoiceLine", "InvoicedQuantity"
	if c.credit {
		name, quantity = "CreditNoteLine", "CreditedQuantity"
	}
	document, agreement := l.at("AssociatedDocumentLineDocument"), l.at("SpecifiedLineTradeAgreement")
	settlement := l.at("SpecifiedLineTradeSettlement")
	c.inside(name, l, func() {
		c.copy("ID", document.at("LineID"))
		c.copy("Note", document.at("IncludedNote", "Content"))
		c.quantity(quantity, l.at("SpecifiedLineTradeDelivery", "BilledQuantity"))
		c.amount("LineExtensionAmount", settlement.at("SpecifiedTradeSettlementLineMonetarySummation", "LineTotalAmount"))
		c.copy("AccountingCost", settlement.at("ReceivableSpecifiedTradeAccountingAccount", "ID"))
		c.period(settlement.at("BillingSpecifiedPeriod"), nil)
		order := agreement.at("BuyerOrderReferencedDocument", "LineID")
		c.inside("OrderLineReference", order, func() { c.copy("LineID", order) })
		for _, r := range settlement.all("AdditionalReferencedDocument") {
			c.additional("DocumentReference", r)
		}
		c.allowances(settlement.all("SpecifiedTradeAllowanceCharge"), false)
		c.item(l.at("SpecifiedTradeProduct"), settlement)
		c.price(agreement)
	})
}

// item brings the product and its tax over; a line without a product may still
// have a tax.
func (c *converter) item(p, settlement *element) {
	taxes := settlement.all("ApplicableTradeTax")
	from := p
	if from == nil && len(taxes) > 0 {
		from = taxes[0]
	}
	c.inside("Item", from, func() {
		c.copy("Description", p.at("Description"))
		c.copy("Name", p.at("Name"))
		for _, m := range [...]struct{ to, from string }{
			{"BuyersItemIdentification", "BuyerAssignedID"},
			{"SellersItemIdentification", "SellerAssignedID"},
			{"StandardItemIdentification", "GlobalID"},
		} {
			id := p.at(m.from)
			c.inside(m.to, id, func() { c.id("ID", id) })
		}
		origin := p.at("OriginTradeCountry", "ID")
		c.inside("OriginCountry", origin, func() { c.copy("IdentificationCode", origin) })
		for _, k := range p.all("DesignatedProductClassification") {
			c.classification(k)
		}
		for _, tax := range taxes {
			c.category("ClassifiedTaxCategory", tax)
		}
		for _, k := range p.all("ApplicableProductCharacteristic") {
			c.inside("AdditionalItemProperty", k, func() {
				c.copy("Name", k.at("Description"))
				c.copy("Value", k.at("Value"))
			})
		}
	})
}

func (c *converter) classification(k *element) {
	code := k.at("ClassCode")
	c.inside("CommodityClassification", code, func() {
		c.t.Start(en16931.SpaceCBC, "ItemClassificationCode", code.line)
		for _, attr := range [...]string{"listID", "listVersionID"} {
			if v := code.attr(attr); v != "" {
				c.t.Attr(attr, v)
			}
		}
		c.t.Text(code.text)
		c.t.End()
	})
}

// price brings the net price over, with the gross price and the discount.
func (c *converter) price(agreement *element) {
	net, gross := agreement.at("NetPriceProductTradePrice"), agreement.at("GrossPriceProductTradePrice")
	c.inside("Price", first(net, gross), func() {
		c.amount("PriceAmount", net.at("ChargeAmount"))
		c.quantity("BaseQuantity", first(net.at("BasisQuantity"), gross.at("BasisQuantity")))
		c.inside("AllowanceCharge", gross, func() {
			discount := gross.at("AppliedTradeAllowanceCharge")
			if indicator := discount.at("ChargeIndicator", "Indicator"); indicator != nil {
				c.copy("ChargeIndicator", indicator)
			} else {
				c.put("ChargeIndicator", "false", gross.line, "", "")
			}
			if amount := discount.at("ActualAmount"); amount != nil {
				c.amount("Amount", amount)
			} else {
				c.put("Amount", "0", gross.line, "currencyID", c.currency)
			}
			c.amount("BaseAmount", gross.at("ChargeAmount"))
		})
	})
}
