package en16931_test

import (
	"slices"
	"testing"

	"kontor/format/en16931"
)

// taxed gives the good invoice one category throughout, as the category asks.
func taxed(t *testing.T, code, rate string) *en16931.Document {
	t.Helper()
	d := good(t)
	v := en16931.VAT{Category: code}
	if rate != "" {
		v.Rate = number(rate)
	}
	row := v
	tax := int64(60725)
	if rate == "0" || rate == "" {
		tax = 0
	}
	switch code {
	case "E", "AE", "K", "G", "O":
		row.Reason = "Skäl"
	}
	if code == "O" {
		d.Seller.VATID = ""
	}
	if code == "K" {
		d.Buyer.VATID = "FI12345678"
		d.Delivery.Address.Country = "FI"
	}
	for k := range d.Lines {
		d.Lines[k].VAT = v
	}
	d.Charges[0].VAT = v
	d.Allowances = []en16931.Allowance{{Amount: kr(4900), Reason: "Rabatt", VAT: v}}
	d.Totals.Allowances, d.Totals.WithoutTax = kr(4900), kr(238000)
	if tax > 0 {
		tax = 59500
	}
	d.Taxes = []en16931.TaxSubtotal{{Taxable: kr(238000), Tax: kr(tax), VAT: row}}
	d.Totals.Tax, d.Totals.WithTax, d.Totals.Payable = kr(tax), kr(238000+tax), kr(238000+tax-25)
	return d
}

// Each category is used rightly without a word, and each of its ten rules is
// broken by the one thing that it forbids.
func TestEveryCategoryHasItsTenRules(t *testing.T) {
	for _, f := range []struct{ id, code, rate string }{
		{"BR-S", "S", "25"},
		{"BR-Z", "Z", "0"},
		{"BR-E", "E", "0"},
		{"BR-AE", "AE", "0"},
		{"BR-IC", "K", "0"},
		{"BR-G", "G", "0"},
		{"BR-O", "O", ""},
		{"BR-AF", "L", "25"},
		{"BR-AG", "M", "25"},
	} {
		if v := judged(t, taxed(t, f.code, f.rate), en16931.Options{}); len(v) > 0 {
			t.Errorf("%s used rightly breaks %v", f.code, ids(v))
		}
		for rule, spoil := range map[string]func(d *en16931.Document){
			"-01": func(d *en16931.Document) { d.Taxes[0].VAT.Category = "B" },
			"-02": numbers(f.code), "-03": numbers(f.code), "-04": numbers(f.code),
			"-05": func(d *en16931.Document) { d.Lines[0].VAT.Rate = wrongRate(f.rate) },
			"-06": func(d *en16931.Document) { d.Allowances[0].VAT.Rate = wrongRate(f.rate) },
			"-07": func(d *en16931.Document) { d.Charges[0].VAT.Rate = wrongRate(f.rate) },
			"-08": func(d *en16931.Document) { d.Taxes[0].Taxable = kr(238100) },
			"-09": func(d *en16931.Document) { d.Taxes[0].Tax = kr(59600) },
			"-10": func(d *en16931.Document) {
				if d.Taxes[0].VAT.Reason == "" {
					d.Taxes[0].VAT.Reason = "Skäl"
				} else {
					d.Taxes[0].VAT.Reason = ""
				}
			},
		} {
			t.Run(f.id+rule, func(t *testing.T) {
				d := taxed(t, f.code, f.rate)
				spoil(d)
				if got := ids(judged(t, d, en16931.Options{})); !slices.Contains(got, f.id+rule) {
					t.Errorf("broken: %v", got)
				}
			})
		}
	}
}

// numbers takes the parties' tax numbers away, or for O gives them one.
func numbers(code string) func(d *en16931.Document) {
	return func(d *en16931.Document) {
		if code == "O" {
			d.Buyer.VATID = "SE212000999401"
			return
		}
		d.Seller.VATID, d.Seller.TaxID = "", ""
	}
}

// wrongRate is a rate that no use of the category may have.
func wrongRate(rate string) en16931.Amount {
	if rate == "25" {
		return number("-1")
	}
	return number("5")
}
