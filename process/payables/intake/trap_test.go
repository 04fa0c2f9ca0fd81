package intake

import (
	"strings"
	"testing"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/books/statute"
	"kontor/format/en16931"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
)

// taxed makes a document's only VAT another.
func taxed(d *en16931.Document, v en16931.VAT, tax int64) {
	net, _ := money.RoundHalfAway(d.Totals.WithoutTax.Value)
	d.Taxes[0].VAT, d.Taxes[0].Tax, d.Lines[0].VAT = v, kr(tax), v
	d.Totals.Tax, d.Totals.WithTax, d.Totals.Payable = kr(tax), kr(int64(net)+tax), kr(int64(net)+tax)
}

func rate(s string) en16931.VAT { return en16931.VAT{Category: "S", Rate: dec(s)} }

func TestTrap7OnePersonIsOneSupplier(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 0)
		from := func(number int, id string) payables.Invoice {
			doc := bill(0, 0, number)
			doc.Seller.LegalID.ID, doc.Seller.VATID = id, ""
			return c.invoice(t, c.receive(t, file(t, doc))[0].Invoice)
		}
		short, long := from(1, "8112189876"), from(2, "198112189876")
		if short.SupplierOrg != "198112189876" || long.Supplier != short.Supplier {
			t.Errorf("trap 7: %q and %q are %s and %s", "8112189876", "198112189876", short.SupplierOrg, long.SupplierOrg)
		}
		if wrong := from(3, "8112189877"); wrong.SupplierOrg != "" || wrong.Supplier != 0 {
			t.Errorf("trap 7: a wrong number was mended to %s", wrong.SupplierOrg)
		}
	})
}

func TestTrap8And9AnAccountIsItsSchemeAndItsDigits(t *testing.T) {
	for name, x := range map[string]struct {
		edit func(*en16931.PaymentMeans)
		want payables.Code // "" for an account that is paid
	}{
		"trap 8: the approved bankgiro":                                {func(*en16931.PaymentMeans) {}, ""},
		"trap 8: its digits as a plusgiro are another account":         {func(m *en16931.PaymentMeans) { m.Branch = "SE:PLUSGIRO" }, payables.OtherAccount},
		"trap 8: and as a bank account":                                {func(m *en16931.PaymentMeans) { m.Branch = "" }, payables.OtherAccount},
		"trap 9: an account that no bank is known to have blocks none": {func(m *en16931.PaymentMeans) { m.Branch, m.Account = "", "99990000000001" }, payables.OtherAccount},
		"trap 9: nor does a check digit that does not add up":          {func(m *en16931.PaymentMeans) { m.Account = "9912345" }, payables.NumberWrong},
	} {
		t.Run(name, func(t *testing.T) {
			door, _ := dbtest.Door(dbtest.SQLite(t))
			c := found(t, door, 1, 1)
			doc := bill(0, 0, 1)
			x.edit(&doc.Payments[0])
			f := c.receive(t, file(t, doc))[0]
			got := c.codesOf(t, f)
			if f.State != Imported || (x.want == "") != (got == "") || !strings.Contains(got, string(x.want)) {
				t.Errorf("%s, found %q, want %q", f.State, got, x.want)
			}
			if v := c.invoice(t, f.Invoice); (v.Account != "") != (x.want == "") {
				t.Errorf("%s %s is paid to", v.Scheme, v.Account)
			}
		})
	}
}

// Food has 6 per cent from April 2026 to the end of 2027, and 12 before and
// after; meals that are served keep 12.
func TestTrap41TheDayOfSupplyDecidesTheRate(t *testing.T) {
	for name, x := range map[string]struct {
		supplied, issued, rate string
		tax                    int64
	}{
		"trap 41: food delivered in March and invoiced in April": {"2026-03-27", "2026-04-02", "12", 1200},
		"trap 41: food delivered and invoiced in April":          {"2026-04-01", "2026-04-02", "6", 600},
		"trap 41: meals that were served in April":               {"2026-04-01", "2026-04-02", "12", 1200},
	} {
		t.Run(name, func(t *testing.T) {
			door, _ := dbtest.Door(dbtest.SQLite(t))
			c := found(t, door, 1, 1)
			doc := bill(0, 0, 0)
			doc.Issued, doc.Delivery.Date = date(t, x.issued), date(t, x.supplied)
			taxed(doc, rate(x.rate), x.tax)
			f := c.receive(t, file(t, doc))[0]
			if got := c.codesOf(t, f); got != "" || f.State != Imported {
				t.Errorf("%s, found %q", f.State, got)
			}
			if v := c.invoice(t, f.Invoice); v.VAT != money.Amount(x.tax) {
				t.Errorf("VAT %s", v.VAT)
			}
		})
	}
}

func date(t testing.TB, s string) period.Date {
	t.Helper()
	d, err := period.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Interest is outside VAT, and no invoice may hold it beside what is not.
func TestTrap42WhatIsOutsideVATStandsAlone(t *testing.T) {
	door, _ := dbtest.Door(dbtest.SQLite(t))
	c := found(t, door, 1, 1)
	doc := bill(0, 0, 0)
	outside := en16931.VAT{Category: "O", ReasonCode: "VATEX-EU-O"}
	interest := doc.Lines[0]
	interest.ID, interest.Item.Name, interest.Net, interest.Price, interest.VAT = "2", "Dröjsmålsränta", kr(500), kr(500), en16931.VAT{Category: "O"}
	doc.Lines = append(doc.Lines, interest)
	doc.Taxes = append(doc.Taxes, en16931.TaxSubtotal{Taxable: kr(500), Tax: kr(0), VAT: outside})
	doc.Totals.Lines, doc.Totals.WithoutTax, doc.Totals.WithTax, doc.Totals.Payable = kr(10500), kr(10500), kr(13000), kr(13000)
	rules := map[string]bool{}
	for _, v := range en16931.Check(doc, en16931.Options{On: doc.Issued}) {
		rules[v.Rule] = true
	}
	if !rules["BR-O-11"] || !rules["BR-O-12"] {
		t.Errorf("trap 42: broken %v", rules)
	}
	f := c.receive(t, file(t, doc))[0]
	if v := c.invoice(t, f.Invoice); payables.LackOf(v.Lacks).Remedy != payables.Return {
		t.Errorf("trap 42: it goes on with %q", c.codesOf(t, f))
	}
}

func TestTrap43ReverseChargeIsOwedAndDeducted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		p := c.office(t, money.Kronor(100_000))
		// Another rate from December: what is supplied before it has the old one.
		dbtest.Do(t, door, dbtest.Actor("Lag", statute.MayWrite), func(o *op.Op) error {
			for from, value := range map[string]int64{"1990-07-01": 2500, "2026-11-10": 2000} {
				if err := statute.Add(o, statute.Value{Kind: statute.VATStandard, ValidFrom: date(t, from), Value: value, State: statute.Verified, Source: "prov"}); err != nil {
					return err
				}
			}
			return nil
		})
		for name, x := range map[string]struct {
			supplied string
			credit   bool
			want     money.Amount
		}{
			"trap 43: building work is posted with both output and input VAT": {"2026-11-18", false, 20},
			"trap 41: at the rate of the day of supply":                       {"2026-11-09", false, 25},
			"trap 43: a credit note takes both back":                          {"2026-11-18", true, -20},
		} {
			t.Run(name, func(t *testing.T) {
				doc := bill(0, 0, len(name))
				doc.Delivery.Date, doc.Notes = date(t, x.supplied), nil
				doc.Buyer.VATID = "SE212000014201"
				if x.credit {
					doc.Kind, doc.Syntax, doc.TypeCode = en16931.CreditNote, en16931.UBLCreditNote, "381"
					doc.Preceding = []en16931.Reference{{Number: "F-1"}}
				}
				taxed(doc, en16931.VAT{Category: "AE", Rate: dec("0")}, 0)
				doc.Taxes[0].VAT.ReasonCode = "VATEX-EU-AE"
				key := c.receive(t, file(t, doc))[0].Invoice
				v := c.invoice(t, key)
				if got := c.codesOf(t, File{Invoice: key}); got != string(payables.ReverseCharge) {
					t.Errorf("found %q: somebody has to say whether it is for this purchase", got)
				}
				tax, err := v.Net.Portion(int64(x.want), 100)
				if x.credit {
					tax, err = v.Net.Portion(-int64(x.want), 100)
				}
				if err != nil || v.ReverseTax != tax || v.VAT != 0 || v.Payable != v.Net {
					t.Fatalf("VAT %s, by reverse charge %s, want %s; %v", v.VAT, v.ReverseTax, tax, err)
				}
				if got := c.take(t, c.clerk, key, "accept", map[string]string{"code": string(payables.ReverseCharge), "reason": "Byggtjänst, vi säljer sådana själva."}); got != "" {
					t.Fatal(got)
				}
				c.code(t, c.clerk, key, coding.Line{Account: "6400", Amount: v.Net})
				for _, s := range []struct {
					who  op.Actor
					step string
				}{{c.clerk, "code"}, {p.reviewer, "review"}, {p.approver, "approve"}} {
					if got := c.take(t, s.who, key, s.step, nil); got != "" {
						t.Fatalf("%s: %s", s.step, got)
					}
				}
				c.see(t, func(o *op.Op) error {
					posted, err := ledger.OfDocument(o, v.Client, int64(key))
					sums := map[string]money.Amount{}
					for _, x := range posted {
						for _, l := range x.Lines {
							sums[l.Account] += l.Amount
						}
					}
					if sums["1651"] != tax || sums["2614"] != -tax || sums["2511"] != -v.Net || sums["1790"] != 0 || sums["6400"] != v.Net {
						t.Errorf("posted %v", sums)
					}
					return err
				})
			})
		}
		checkAll(t, c)
	})
}

func TestTrap47SwedishRulesAreForSwedishSellers(t *testing.T) {
	foreign := func(country string) *en16931.Document {
		doc := bill(0, 0, 1)
		doc.Seller.Address.Country, doc.Seller.Address.City = country, "Hobro"
		doc.Seller.LegalID, doc.Seller.TaxID = en16931.Identifier{Scheme: "0184", ID: "12345674"}, ""
		doc.Seller.VATID, doc.Seller.Endpoint = country+"12345674", en16931.Identifier{Scheme: "0184", ID: "DK12345674"}
		doc.Payments[0].Branch, doc.Payments[0].Account = "", "DK5000400440116243"
		return doc
	}
	rules := func(doc *en16931.Document) (all []string) {
		for _, v := range en16931.Check(doc, en16931.Options{On: doc.Issued}) {
			if strings.HasPrefix(v.Rule, "SE-R-") {
				all = append(all, v.Rule)
			}
		}
		return all
	}
	if got := rules(foreign("DK")); len(got) > 0 {
		t.Errorf("trap 47: a Danish seller is judged by %v", got)
	}
	if got := rules(foreign("SE")); len(got) == 0 {
		t.Error("trap 47: the same from a Swedish seller breaks no Swedish rule: the test shows nothing")
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		f := c.receive(t, file(t, foreign("DK")))[0]
		v := c.invoice(t, f.Invoice)
		if f.State != Imported || v.SupplierOrg != "DK12345674" {
			t.Errorf("trap 47: %s %s, from %q", f.State, f.Note, v.SupplierOrg)
		}
		for _, x := range v.Findings {
			switch x.Code {
			case payables.NewSupplier, payables.OtherCurrency:
			default:
				t.Errorf("trap 47: %s: %s", x.Code, x.Seen)
			}
		}
	})
}

// A town that the register lacks comes from the first invoice that has one; what
// somebody has written stays.
func TestTheTownOfASupplier(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		town := func(supplier int) (s payables.Supplier) {
			c.see(t, func(o *op.Op) (err error) { s, _, err = payables.SupplierByOrg(o, "16"+org(supplier)); return err })
			return s
		}
		send := func(supplier, number int, city string) {
			doc := bill(supplier, 0, number)
			doc.Seller.Address.City = city
			c.receive(t, file(t, doc))
		}
		send(0, 1, "")
		if got := town(0).Town; got != "" {
			t.Errorf("no town became %q", got)
		}
		send(0, 2, "Exempelby")
		send(0, 3, "Någon annanstans")
		send(1, 4, "Ängby") // a supplier that is new
		if a, b := town(0), town(1); a.Town != "Exempelby" || b.Town != "Ängby" || b.Country != "SE" {
			t.Errorf("%q and %q", a.Town, b.Town)
		}
	})
}
