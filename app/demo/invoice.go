package demo

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/govalues/decimal"

	"kontor/format/en16931"
	"kontor/format/ubl"
	"kontor/kernel/ident"
	"kontor/kernel/money"
	"kontor/kernel/period"
)

// paper is an invoice before it is written as a file. Tests and classes break
// one thing of it.
type paper struct {
	seller   *Supplier
	buyer    party
	number   string
	issued   period.Date
	days     int    // to pay
	ref      string // buyer reference; "" for none
	order    string
	credits  *paper // the invoice that this credit note takes back
	currency string // "" for kronor
	reverse  bool   // reverse charge: the buyer accounts for the VAT
	note     string
	lines    []paperLine
	account  string // instead of the seller's; "" for the seller's
	modern   bool   // sent as Peppol BIS Billing 3 whatever the seller's habit
	skew     skew
}

// skew is an error that the sender makes in the sums.
type skew struct {
	payable money.Amount // added to what is to be paid
	tax     money.Amount // added to the VAT of the document alone
	rate    int          // the line's goods have another rate than the line says
}

// party is what a sender writes about the buyer.
type party struct {
	name, org, gln string
	address        Address
}

type paperLine struct {
	good     Good
	quantity int
	price    money.Amount
}

func (k *Client) party() party { return party{k.Name, k.Org, k.GLN, k.Address} }

// Orders of magnitude: an invoice of the demo is far below any overflow, so
// sums are plain.
func (l paperLine) net() money.Amount { return l.price * money.Amount(l.quantity) }

func (p *paper) kronor(a money.Amount) en16931.Amount {
	currency := p.currency
	if currency == "" {
		currency = "SEK"
	}
	return en16931.Money(a, currency)
}

func whole(n int) en16931.Amount { return en16931.Number(decimal.MustNew(int64(n), 0)) }

func (p *paper) vat(g Good) en16931.VAT {
	switch {
	case p.reverse:
		return en16931.VAT{Category: "AE", Rate: whole(0), Reason: "Omvänd betalningsskyldighet", ReasonCode: "VATEX-EU-AE"}
	case g.Category == "E":
		return en16931.VAT{Category: "E", Rate: whole(0), Reason: "Undantag från mervärdesskatt"}
	}
	return en16931.VAT{Category: g.Category, Rate: whole(g.Rate)}
}

// document writes the paper by the business terms of EN 16931.
func (p *paper) document() *en16931.Document {
	d := &en16931.Document{
		Syntax: en16931.UBLInvoice, Kind: en16931.Invoice, TypeCode: "380", Number: p.number,
		Issued: p.issued, Due: p.issued.AddDays(p.days), Currency: "SEK", BuyerReference: p.ref, OrderReference: p.order,
		PaymentTerms: fmt.Sprintf("%d dagar netto. Dröjsmålsränta enligt räntelagen.", p.days),
		Seller:       p.seller.party(), Buyer: p.buyer.document(),
	}
	if p.currency != "" {
		d.Currency = p.currency
	}
	if p.reverse {
		d.Buyer.VATID = vatNumber(p.buyer.org)
	}
	if p.note != "" {
		d.Notes = []en16931.Note{{Text: p.note}}
	}
	if p.credits != nil {
		d.Syntax, d.Kind, d.TypeCode = en16931.UBLCreditNote, en16931.CreditNote, "381"
		d.Preceding = []en16931.Reference{{Number: p.credits.number, Issued: p.credits.issued}}
		d.PaymentTerms = "Kvittas mot nästa faktura."
	}
	if strings.HasSuffix(p.number, "7") { // some senders
		d.Attachments = []en16931.Attachment{p.deliveryNote()}
	}
	p.addLines(d)
	p.addSums(d)
	p.addPayment(d)
	return d
}

func (p *paper) addLines(d *en16931.Document) {
	for i, l := range p.lines {
		vat := p.vat(l.good)
		vat.Reason, vat.ReasonCode = "", "" // stands in the breakdown
		d.Lines = append(d.Lines, en16931.Line{
			ID: strconv.Itoa(i + 1), Quantity: whole(l.quantity), Unit: l.good.Unit, Net: p.kronor(l.net()),
			Price: p.kronor(l.price), VAT: vat, Item: en16931.Item{Name: l.good.Text},
		})
	}
}

// addSums writes the breakdown of VAT and the totals, with the skew.
func (p *paper) addSums(d *en16931.Document) {
	type group struct {
		vat     en16931.VAT
		rate    int
		taxable money.Amount
	}
	var groups []group
	var lines, tax money.Amount
next:
	for _, l := range p.lines {
		vat, rate := p.vat(l.good), l.good.Rate
		if vat.Category != "S" {
			rate = 0
		}
		lines += l.net()
		for i := range groups {
			if groups[i].vat.Category == vat.Category && groups[i].rate == rate {
				groups[i].taxable += l.net()
				continue next
			}
		}
		groups = append(groups, group{vat, rate, l.net()})
	}
	for _, g := range groups {
		amount, err := g.taxable.Portion(int64(g.rate+p.skew.rate), 100)
		if err != nil {
			panic("demo: an invoice beyond all bounds: " + p.number)
		}
		tax += amount
		d.Taxes = append(d.Taxes, en16931.TaxSubtotal{Taxable: p.kronor(g.taxable), Tax: p.kronor(amount), VAT: g.vat})
	}
	tax += p.skew.tax
	sum := lines + tax
	payable := sum
	t := en16931.Totals{Lines: p.kronor(lines), WithoutTax: p.kronor(lines), Tax: p.kronor(tax), WithTax: p.kronor(sum)}
	if p.seller.Rounds && p.currency == "" {
		if r := roundedKronor(sum) - sum; r != 0 {
			t.Rounding = p.kronor(r)
			payable += r
		}
	}
	t.Payable = p.kronor(payable + p.skew.payable)
	d.Totals = t
}

// roundedKronor rounds to whole kronor as shops do.
//
// source: lag 1970:1029 om avrundning av vissa öresbelopp 1 §
func roundedKronor(a money.Amount) money.Amount { return (a + 50) / 100 * 100 }

func (p *paper) addPayment(d *en16931.Document) {
	m := en16931.PaymentMeans{Code: "30", RemittanceID: p.number, Account: p.seller.Account, Branch: p.seller.Scheme}
	if p.seller.OCR {
		m.RemittanceID = ocr(p.number)
	}
	if p.account != "" {
		m.Account = p.account
	}
	d.Payments = []en16931.PaymentMeans{m}
}

// ocr makes a reference with length and check digits of the digits in a number.
func ocr(number string) string {
	digits := make([]byte, 0, len(number))
	for i := range len(number) {
		if number[i] >= '0' && number[i] <= '9' {
			digits = append(digits, number[i])
		}
	}
	ref, err := ident.OCRRule{Level: ident.OCRLength}.Make(string(digits))
	if err != nil {
		panic("demo: no reference for " + number)
	}
	return ref
}

func (s *Supplier) party() en16931.Party {
	p := en16931.Party{
		Name: s.Name, LegalName: s.Name, Endpoint: en16931.Identifier{Scheme: "0007", ID: s.Org[2:]},
		LegalID: en16931.Identifier{Scheme: "0007", ID: s.Org[2:]}, VATID: s.VAT, LegalForm: "Säte: " + s.Address.City,
		Address: s.Address.document(), Contact: en16931.Contact{Name: s.Contact, Phone: s.Phone, Email: s.Email},
	}
	if s.FTax {
		p.TaxID = "Godkänd för F-skatt"
	}
	return p
}

func (b party) document() en16931.Party {
	p := en16931.Party{
		Name: b.name, LegalName: b.name, Endpoint: en16931.Identifier{Scheme: "0007", ID: b.org[2:]},
		LegalID: en16931.Identifier{Scheme: "0007", ID: b.org[2:]}, Address: b.address.document(),
	}
	if b.gln != "" {
		p.IDs = []en16931.Identifier{{Scheme: "0088", ID: b.gln}}
	}
	return p
}

func (a Address) document() en16931.Address {
	return en16931.Address{Lines: []string{a.Street}, City: a.City, PostalCode: a.PostalCode, Country: "SE"}
}

// write is the paper as an e-invoice file.
func (p *paper) write() []byte {
	if p.old() {
		return oldFile(p.document())
	}
	b, err := ubl.Write(p.document())
	if err != nil {
		panic("demo: " + err.Error())
	}
	return b
}
