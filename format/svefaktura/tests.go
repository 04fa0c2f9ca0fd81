package svefaktura

import (
	"strings"
	"unicode"
)

// The questions that several rules ask.

// unedited says whether a number has no signs for the eye, as XPath's \w* does.
func unedited(_ *Invoice, e *element) bool {
	for _, r := range e.Text {
		if unicode.IsPunct(r) || unicode.In(r, unicode.Z, unicode.C) {
			return false
		}
	}
	return true
}

func phone(_ *Invoice, e *element) bool {
	return strings.Trim(strings.TrimPrefix(e.Text, "+"), "0123456789") == ""
}

func normal(_ *Invoice, e *element) bool { return strings.Join(strings.Fields(e.Text), " ") == e.Text }

// has says whether a path leads somewhere.
func has(path ...string) func(*Invoice, *element) bool {
	return func(_ *Invoice, e *element) bool { return e.At(path...) != nil }
}

// rootHas says whether a path from the root leads somewhere.
func rootHas(name string, path ...string) func(*Invoice, *element) bool {
	return func(v *Invoice, _ *element) bool { return v.at(name, path...) != nil }
}

// namesMost is how many names of a party are compared.
const namesMost = 100

// differs says whether any of the names is another than the one in e.
func differs(names []*element, e *element) bool {
	for _, n := range names[:min(len(names), namesMost)] {
		if n.Text != e.Text {
			return true
		}
	}
	return false
}

func taxScheme(_ *Invoice, e *element) bool {
	s := strings.TrimSpace(e.Text)
	return s == "VAT" || s == "SWT"
}

// mixed says whether an address is written both in parts and as lines.
func mixed(e *element) bool {
	if e.At("AddressLine", "Line") == nil {
		return false
	}
	for _, c := range e.Children {
		if c.Space == spaceCBC {
			return true
		}
	}
	return false
}

func notMixed(_ *Invoice, e *element) bool { return !mixed(e) }

func wholeAddress(_ *Invoice, e *element) bool {
	lines := e.All("AddressLine")
	for _, l := range lines {
		if len(l.All("Line")) > 1 {
			return true
		}
	}
	return len(lines) == 0
}

func cityAndCode(_ *Invoice, e *element) bool {
	return e.At("CityName") != nil && e.At("PostalZone") != nil
}

// exemptZero: a category E has no rate but 0. e is the rate.
func exemptZero(_ *Invoice, e *element) bool {
	return e.Parent.Value("ID") != "E" || number(e).equals(0)
}

// standardNotZero: a category S has a rate. e is the rate.
func standardNotZero(_ *Invoice, e *element) bool {
	n := number(e)
	return e.Parent.Value("ID") != "S" || n.ok && !n.equals(0)
}

// swedishRate: a category S has one of Sweden's rates. e is the category.
//
// source: mervärdesskattelagen (2023:200) 9 kap.; the rule of 2016 knows the same three
func swedishRate(_ *Invoice, e *element) bool {
	if e.At("ID").Raw() != "S" {
		return true
	}
	n := number(e.At("Percent"))
	return n.equals(6) || n.equals(12) || n.equals(25)
}

// accountedFor says whether the VAT breakdown has a category S with the rate of
// category e, if e is an S.
func accountedFor(v *Invoice, e *element) bool {
	if e.At("ID").Raw() != "S" {
		return true
	}
	rate := number(e.At("Percent"))
	return rate.ok && v.rates[rate.d.Trim(0)]
}

// exemptAccountedFor is accountedFor for category E.
func exemptAccountedFor(v *Invoice, e *element) bool {
	return e.At("ID").Raw() != "E" || v.exempt
}

// lineAmount says whether a line's amount is price × quantity, per base quantity
// or not, and with its allowance (sign -1), charge (+1) or neither (0).
func lineAmount(base bool, sign int) func(*Invoice, *element) bool {
	return func(_ *Invoice, l *element) bool {
		price, allowance := l.At("Item", "BasePrice"), l.At("AllowanceCharge", "Amount")
		if price == nil || (price.At("BaseQuantity") != nil) != base || (allowance != nil) != (sign != 0) {
			return true
		}
		want := mul(number(price.At("PriceAmount")), number(l.At("InvoicedQuantity")))
		if base {
			want = div(want, number(price.At("BaseQuantity")))
		}
		if sign != 0 {
			switch indicator := l.At("AllowanceCharge", "ChargeIndicator").Raw(); {
			case sign > 0 && (indicator == "true" || indicator == "1"):
				want = add(want, number(allowance))
			case sign < 0 && (indicator == "false" || indicator == "0"):
				want = sub(want, number(allowance))
			default:
				return true
			}
		}
		return sub(want, number(l.At("LineExtensionAmount"))).within(half)
	}
}

// allowanceBase says whether the base of a line's allowance is what was bought.
func allowanceBase(base bool) func(*Invoice, *element) bool {
	return func(_ *Invoice, l *element) bool {
		price, stated := l.At("Item", "BasePrice"), l.At("AllowanceCharge", "AllowanceChargeBaseAmount")
		quantity := l.At("InvoicedQuantity")
		if price == nil || stated == nil || quantity == nil || (price.At("BaseQuantity") != nil) != base {
			return true
		}
		want := mul(number(quantity), number(price.At("PriceAmount")))
		if base {
			want = div(want, number(price.At("BaseQuantity")))
		}
		return sub(number(stated), want).within(cent)
	}
}

// sums are what the rules compare the totals with, computed once: a hostile file
// may have a great many totals.
type sums struct{ lines, exclusive, inclusive, taxable, rounding num }

func (v *Invoice) compute() sums {
	s := sums{
		lines: sum(v.all("InvoiceLine", "LineExtensionAmount")), taxable: sum(v.all("TaxTotal", "TaxSubTotal", "TaxableAmount")),
		rounding: sum(v.all("LegalTotal", "RoundOffAmount")),
	}
	s.exclusive = s.lines
	for _, a := range v.all("AllowanceCharge") {
		switch a.At("ChargeIndicator").Raw() {
		case "true", "1":
			s.exclusive = add(s.exclusive, sum(a.All("Amount")))
		case "false", "0":
			s.exclusive = sub(s.exclusive, sum(a.All("Amount")))
		}
	}
	s.inclusive = add(add(s.exclusive, sum(v.all("TaxTotal", "TotalTaxAmount"))), s.rounding)
	return s
}

// documented are the kinds of reference that SFTI has documented.
func documented(scheme string) bool {
	return scheme == "CT" || scheme == "ACD" || scheme == "DQ" || scheme == "ATS" || scheme == ""
}

// reference judges the scheme of an additional reference: whose it is, whether
// the scheme and its agency are told at all.
func reference(f func(agency, scheme string, hasAgency, hasScheme bool) bool) func(*Invoice, *element) bool {
	return func(_ *Invoice, e *element) bool {
		agency, hasAgency := e.Lookup("identificationSchemeAgencyName")
		scheme, hasScheme := e.Lookup("identificationSchemeID")
		return f(agency, scheme, hasAgency, hasScheme)
	}
}

func namesVAT(total *element) bool {
	for _, id := range total.All("TaxSubTotal", "TaxCategory", "TaxScheme", "ID") {
		if id.Text == "VAT" {
			return true
		}
	}
	return false
}

func isVATNumber(scheme *element) bool {
	return scheme.At("TaxScheme", "ID").Raw() == "VAT" && scheme.At("CompanyID") != nil
}

// namesSchema says whether any element says where its schema is.
func (v *Invoice) namesSchema() bool {
	var names func(e *element) bool
	names = func(e *element) bool {
		for _, a := range e.Attrs {
			if a.Name.Space == spaceXSI && a.Name.Local == "schemaLocation" {
				return true
			}
		}
		for _, c := range e.Children {
			if names(c) {
				return true
			}
		}
		return false
	}
	return names(v.root)
}

func sameUnit(_ *Invoice, e *element) bool {
	have, told := e.Up(3).At("InvoicedQuantity").Lookup("quantityUnitCode")
	unit, stated := e.Lookup("quantityUnitCode")
	return !told || stated && unit == have
}

// sameCurrency is about every amount but those in the currency of the VAT. e is
// the amount.
func sameCurrency(v *Invoice, e *element) bool {
	have, isAmount := e.Lookup("amountCurrencyID")
	want := v.at("InvoiceCurrencyCode")
	return !isAmount || want == nil || e.Name == "TaxCurrencyTaxAmount" || want.Text == have
}

// normalID is about the code of a category or scheme e.
func normalID(v *Invoice, e *element) bool {
	id := e.At("ID")
	return id == nil || normal(v, id)
}

func taxOfRate(v *Invoice, e *element) bool {
	if other := v.at("TaxCurrencyCode"); other != nil && other.Text != v.at("InvoiceCurrencyCode").Raw() {
		return true
	}
	want := div(mul(number(e.At("TaxableAmount")), number(e.At("TaxCategory", "Percent"))), hundred)
	return sub(want, number(e.At("TaxAmount"))).within(half)
}

func converted(v *Invoice, e *element) bool {
	other, own, rate := v.at("TaxCurrencyCode"), v.at("InvoiceCurrencyCode"), v.at("ExchangeRate", "CalculationRate")
	if other == nil || own == nil || rate == nil || other.Text == own.Text {
		return true
	}
	want := mul(sum(e.All("TaxSubTotal", "TaxAmount")), number(rate))
	return sub(sum(e.All("TaxSubTotal", "TaxCurrencyTaxAmount")), want).within(half)
}
