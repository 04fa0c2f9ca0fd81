package en16931_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/govalues/decimal"

	"kontor/format/en16931"
	"kontor/format/ubl"
	"kontor/kernel/money"
	"kontor/kernel/period"
)

func kr(öre int64) en16931.Amount { return en16931.Money(money.Amount(öre), "SEK") }

func number(s string) en16931.Amount { return en16931.Number(decimal.MustParse(s)) }

// good is the good invoice that every case breaks one thing of.
func good(t *testing.T) *en16931.Document {
	t.Helper()
	b, err := os.ReadFile("../ubl/testdata/invoice.xml")
	if err != nil {
		t.Fatal(err)
	}
	d, err := ubl.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// judged is what is found in the file that d becomes.
func judged(t *testing.T, d *en16931.Document, o en16931.Options) []en16931.Violation {
	t.Helper()
	b, err := ubl.Write(d)
	if err != nil {
		t.Fatal(err)
	}
	read, err := ubl.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	return en16931.Check(read, o)
}

// brokenInvoices are good invoices with one thing broken each.
var brokenInvoices = []struct {
	name  string
	spoil func(d *en16931.Document)
	rules string // all that must be broken, in the order of the report
	text  string // of the first
	where string
}{
	{
		"the number is missing", func(d *en16931.Document) { d.Number = "" },
		"BR-02", "Fakturanumret saknas.", "Fakturahuvudet",
	},
	{
		"the lines do not add up", func(d *en16931.Document) { d.Totals.Lines = kr(239000) },
		"BR-CO-10 BR-CO-13", "Summan av raderna stämmer inte. Raderna ger 2\u00a0380,00, men fakturan anger 2\u00a0390,00.", "Totalsummorna",
	},
	{
		"the tax total is not the sum of the taxes", func(d *en16931.Document) { d.Totals.Tax = kr(61725) },
		"BR-CO-15 BR-CO-14", "Totalbeloppet med moms är inte beloppet utan moms plus momsen. Beloppet ska vara 3\u00a0046,25, men fakturan anger 3\u00a0036,25.", "Fakturahuvudet",
	},
	{
		"the tax is a krona off the rate", func(d *en16931.Document) {
			d.Taxes[0].Tax, d.Totals.Tax, d.Totals.WithTax, d.Totals.Payable = kr(60825), kr(60825), kr(303725), kr(303700)
		},
		"BR-CO-17 BR-S-09", "Momsbeloppet stämmer inte med underlaget och momssatsen. 25 procent av 2\u00a0429,00 är 607,25, men fakturan anger 608,25.", "Momsen",
	},
	{
		"the tax is 99 öre off the rate and allowed", func(d *en16931.Document) {
			d.Taxes[0].Tax, d.Totals.Tax, d.Totals.WithTax, d.Totals.Payable = kr(60824), kr(60824), kr(303724), kr(303699)
		},
		"", "", "",
	},
	{
		"the sum to pay forgets the rounding", func(d *en16931.Document) { d.Totals.Payable = kr(303625) },
		"BR-CO-16", "Beloppet att betala är inte totalbeloppet med moms minus förskott plus öresutjämning. Beloppet ska vara 3\u00a0036,00, men fakturan anger 3\u00a0036,25.", "Totalsummorna",
	},
	{
		"a line is not quantity times price", func(d *en16931.Document) { d.Lines[1].Quantity = number("5") },
		"PEPPOL-EN16931-R120", "Radens belopp är inte antal gånger pris med avgifter och rabatter. Antal gånger pris ger 500,00, men raden anger 400,00.", "Rad 2",
	},
	{
		"a discount is not its percentage", func(d *en16931.Document) { d.Lines[0].Allowances[0].Percentage = number("2") },
		"PEPPOL-EN16931-R040", "Rabatten eller avgiften är inte procentsatsen av sitt underlag. 2 procent av 2\u00a0000,00 är 40,00, men fakturan anger 20,00.", "Rad 1",
	},
	{
		"there is neither reference nor order", func(d *en16931.Document) { d.BuyerReference, d.OrderReference = "", "" },
		"PEPPOL-EN16931-R003", "Både köparens referens och ordernummer saknas. Ett av dem behövs för att fakturan ska hitta rätt.", "Fakturahuvudet",
	},
	{
		"the seller's number has a wrong check digit", func(d *en16931.Document) {
			d.Seller.LegalID.ID, d.Seller.Endpoint.ID = "5599990017", "5599990017"
		},
		"PEPPOL-COMMON-R049 PEPPOL-COMMON-R049 SE-R-013",
		"Det svenska organisationsnumret är fel: det ska ha tio siffror och en kontrollsiffra som stämmer. I filen står ”5599990017”.", "Säljaren",
	},
	{
		"a rate that Sweden does not have", func(d *en16931.Document) {
			d.Lines[1].VAT.Rate = number("20")
		},
		"BR-S-08 SE-R-006", "Momsunderlaget för kategorin S (vanlig moms) stämmer inte med raderna, avgifterna och rabatterna med samma momssats. Raderna, avgifterna och rabatterna ger 2\u00a0029,00, men underlaget anges till 2\u00a0429,00.", "Momsen",
	},
	{
		"the bankgiro has letters", func(d *en16931.Document) { d.Payments[0].Account = "991-2346" },
		"SE-R-008", "Bankgirot ska bara bestå av siffror. I filen står ”991-2346”.", "Betalsättet",
	},
	{
		"the unit is unknown", func(d *en16931.Document) { d.Lines[1].Unit = "styck" },
		"BR-CL-23", "Enhetskoden finns inte i kodlistan. I filen står ”styck”.", "Rad 2",
	},
	{
		"reverse charge without the buyer's number or reason", func(d *en16931.Document) {
			reverse := en16931.VAT{Category: "AE", Rate: number("0")}
			d.Lines[0].VAT, d.Lines[1].VAT, d.Charges[0].VAT = reverse, reverse, reverse
			d.Taxes[0] = en16931.TaxSubtotal{Taxable: kr(242900), Tax: kr(0), VAT: reverse}
			d.Totals.Tax, d.Totals.WithTax, d.Totals.Payable = kr(0), kr(242900), kr(242875)
			d.Buyer.LegalID.ID = ""
		},
		"BR-AE-02 BR-AE-04 BR-AE-10", "Momskategorin AE (omvänd betalningsskyldighet) på en rad kräver säljarens skatteregistrering och köparens momsregistreringsnummer eller organisationsnummer.", "Fakturahuvudet",
	},
	{
		"an amount is in another currency", func(d *en16931.Document) { d.Lines[1].Net.Currency = "EUR" },
		"PEPPOL-EN16931-R051", "Ett belopp är i en annan valuta än fakturans. I filen står ”EUR”.", "Rad 2",
	},
	{
		"a total is not a number", func(d *en16931.Document) { d.Totals.Payable.Text = "tretusen" },
		"BR-CO-16", "Beloppet att betala är inte totalbeloppet med moms minus förskott plus öresutjämning. Beloppet ska vara 3\u00a0036,00, men fakturan anger ?.", "Totalsummorna",
	},
	{
		"the terms end before they begin", func(d *en16931.Document) {
			d.Period = en16931.Period{From: period.NewDate(2026, 10, 2), To: period.NewDate(2026, 10, 1)}
		},
		"BR-29", "Fakturaperiodens slut ligger före dess början eller går inte att läsa. I filen står från ”2026-10-02” till ”2026-10-01”.", "Fakturaperioden",
	},
}

func TestBrokenInvoicesAreFoundWithTheValuesSeen(t *testing.T) {
	for _, c := range brokenInvoices {
		t.Run(c.name, func(t *testing.T) {
			d := good(t)
			c.spoil(d)
			found := judged(t, d, en16931.Options{})
			if got := strings.Join(ids(found), " "); got != c.rules {
				t.Fatalf("broken: %s\nwant:   %s", got, c.rules)
			}
			if len(found) == 0 {
				return
			}
			if found[0].Text != c.text || found[0].Where != c.where {
				t.Errorf("got  %s: %s\nwant %s: %s", found[0].Where, found[0].Text, c.where, c.text)
			}
			if found[0].Line == 0 {
				t.Error("no line")
			}
		})
	}
}

func ids(found []en16931.Violation) []string {
	var out []string
	for _, v := range found {
		out = append(out, v.Rule)
	}
	return out
}

func TestOnlyNamedRulesAreJudged(t *testing.T) {
	d := good(t)
	d.Number, d.Currency = "", ""
	got := ids(judged(t, d, en16931.Options{Rules: []string{"BR-05", "BR-01", "no such rule"}}))
	if !slices.Equal(got, []string{"BR-05"}) {
		t.Errorf("got %v", got)
	}
}

func TestRetiredRuleIsJudgedWhenNamedOrOnItsDay(t *testing.T) {
	d := good(t)
	d.Due, d.PaymentTerms = 0, ""
	for _, c := range []struct {
		name    string
		options en16931.Options
		broken  bool
	}{
		{"today it is not in the book", en16931.Options{}, false},
		{"named it is judged", en16931.Options{Rules: []string{"BR-CO-25"}}, true},
		{"received last year it is judged", en16931.Options{On: period.NewDate(2025, 10, 1)}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := slices.Contains(ids(judged(t, d, c.options)), "BR-CO-25"); got != c.broken {
				t.Errorf("broken: %v", got)
			}
		})
	}
}

func TestDocumentInMemoryIsJudgedAsItsFile(t *testing.T) {
	d := good(t)
	d.Totals.Lines = kr(1)
	memory := *d
	fresh := en16931.FromTree(en16931.ToTree(&memory))
	if got, want := ids(en16931.Check(fresh, en16931.Options{})), ids(judged(t, d, en16931.Options{})); !slices.Equal(got, want) {
		t.Errorf("in memory %v, as a file %v", got, want)
	}
}

func TestHostileDocumentMakesABoundedReport(t *testing.T) {
	file := "<Invoice xmlns=\"" + en16931.SpaceInvoice + "\" xmlns:a=\"" + en16931.SpaceCAC + "\">" +
		strings.Repeat("<a:InvoiceLine/>", 5000) + "</Invoice>"
	d, err := ubl.Read([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	perRule := map[string]int{}
	for _, v := range en16931.Check(d, en16931.Options{}) {
		perRule[v.Rule]++
	}
	if perRule["BR-21"] != 100 {
		t.Errorf("BR-21 is told %d times", perRule["BR-21"])
	}
	for id, n := range perRule {
		if n > 100 {
			t.Errorf("%s is told %d times", id, n)
		}
	}
}

// The official rule looks for the process number anywhere in the profile.
func TestPeppolProfiles(t *testing.T) {
	const profile = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
	for text, known := range map[string]bool{
		profile:                  true,
		profile + ":2026":        true,
		"\u0085" + profile:       true,
		profile[:len(profile)-1]: false,
		strings.Replace(profile, ":01:", ":1:", 1):  false,
		strings.Replace(profile, ":01:", ":AB:", 1): false,
		strings.Replace(profile, "billing", "x", 1): false,
	} {
		d := good(t)
		d.Profile = text
		broken := ids(judged(t, d, en16931.Options{Rules: []string{"PEPPOL-EN16931-R007"}}))
		if (len(broken) == 0) != known {
			t.Errorf("%q: %v", text, broken)
		}
	}
}
