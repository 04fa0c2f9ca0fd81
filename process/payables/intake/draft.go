package intake

import (
	"errors"
	"fmt"
	"strings"

	"github.com/govalues/decimal"

	"kontor/format/einvoice"
	"kontor/format/en16931"
	"kontor/kernel/blob"
	"kontor/kernel/fault"
	"kontor/kernel/ident"
	"kontor/kernel/money"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/work"
	"kontor/process/payables"
)

// SizeMost is the largest file that is read, in bytes, unless the importer is
// told otherwise.
const SizeMost = 25 << 20

// Draft is what one file says.
type Draft struct {
	Name    string
	Size    int64
	Hash    blob.Hash
	Packed  blob.Packed
	Refused *fault.Fault // why the file cannot become an invoice; nil when it can

	Invoice  payables.Invoice // without what only the register knows
	Country  string           // of the seller
	Town     string           // of the seller
	Reverse  money.Amount     // without VAT, of what we owe the VAT of
	Supplied period.Date      // when it was delivered, which decides the rate of VAT
	FTax     bool             // the invoice says that the seller is approved for F-tax
	Proposed []Proposed       // accounts that the invoice asks to be paid to
	Address  string           // the electronic one of the buyer: "0088:…", "0007:…"
	Places   []string         // where it was delivered, and the buyer's own numbers
	Attached []Attached       // files that came inside
	Words    []string         // what the first lines are called
	Scan     *payables.Scan   // what was read off a paper; nil for an e-invoice
	Besides  []blob.Packed    // documents that are kept with it
	Found    []payables.Finding
}

// Proposed is an account as an invoice proposes it.
type Proposed struct {
	Scheme, Number, OCR string
	Wrong               bool // its check digit is wrong
}

var (
	errTooLarge = fault.New(fault.Invalid, "PAY-F01",
		"Filen är %s MB och får vara högst %s MB. Be avsändaren dela upp den eller ta bort stora bilagor. Filen är inte läst.")
	errEmpty      = fault.New(fault.Invalid, "PAY-F02", "Filen är tom. Be avsändaren skicka den igen.")
	errUnreadable = fault.New(fault.Invalid, "PAY-F03", "%s (rad %d)")
	errAmount     = fault.New(fault.Invalid, "PAY-F04", "Fakturans belopp går inte att läsa eller är för stora. Be leverantören rätta filen.")
	errOutdated   = fault.New(fault.Invalid, "PAY-F07", "%s")
	errGone       = fault.New(fault.Unavailable, "PAY-F05", "Filen gick inte att öppna: den har flyttats, eller så saknas rättighet. Lägg tillbaka den och kör igen.")
)

// Read reads one file's bytes. It needs no database and is safe for concurrent
// use; the day is that of receipt, which decides the code lists in force.
func Read(name string, b []byte, on period.Date) *Draft {
	d := &Draft{Name: name, Size: int64(len(b)), Packed: blob.Pack(blob.Document{Media: "application/xml", Content: b})}
	d.Hash = d.Packed.Hash()
	if len(b) == 0 {
		d.Refused = errEmpty
		return d
	}
	r, err := einvoice.Read(b)
	if err != nil {
		d.Refused = unreadable(err)
		return d
	}
	if why := r.Outdated(); why != "" {
		d.Refused = errOutdated.With(why)
		return d
	}
	d.facts(r.Doc, on)
	if d.Refused == nil {
		d.judge(r.Check(en16931.Options{On: on}), r.Doc)
	}
	return d
}

func unreadable(err error) *fault.Fault {
	var re *einvoice.ReadError
	if errors.As(err, &re) {
		return errUnreadable.With(re.Text, re.Line).Because("%w", err)
	}
	return errUnreadable.With("Filen går inte att läsa.", 0).Because("%w", err)
}

// facts takes from the document what the invoice is.
func (d *Draft) facts(doc *en16931.Document, on period.Date) {
	v := &d.Invoice
	v.Kind, v.Channel, v.File = payables.Debit, work.Electronic, d.Hash
	if doc.Kind == en16931.CreditNote {
		v.Kind = payables.Credit
	}
	v.Number, v.NumberNorm = clip(doc.Number, 60), payables.NormalNumber(clip(doc.Number, 60))
	v.Issued, v.Due, v.Currency = doc.Issued, doc.Due, clip(doc.Currency, 3)
	v.Reference, v.OrderRef, v.ContractRef = clip(doc.BuyerReference, 100), clip(doc.OrderReference, 100), clip(doc.ContractReference, 100)
	v.SupplierName = clip(firstOf(doc.Seller.LegalName, doc.Seller.Name), 200)
	v.SupplierKey = text.SortKey(v.SupplierName)
	d.Country, d.Town = doc.Seller.Address.Country, clip(doc.Seller.Address.City, 35)
	v.SupplierOrg = partyOrg(&doc.Seller, on)
	if !doc.Payee.IsZero() {
		v.PayeeOrg = partyOrg(&doc.Payee, on)
	}
	d.FTax = strings.EqualFold(strings.TrimSpace(doc.Seller.TaxID), "Godkänd för F-skatt")
	d.amounts(doc)
	d.reverse(doc)
	d.accounts(doc)
	for i := range min(len(doc.Lines), wordsMost) {
		d.Words = append(d.Words, clip(doc.Lines[i].Item.Name, 80))
	}
	v.ObjectRef = clip(doc.ObjectReference.ID, 100)
	if e := doc.Buyer.Endpoint; e.ID != "" {
		d.Address = e.Scheme + ":" + payables.NormalCode(e.ID)
	}
	for _, i := range append([]en16931.Identifier{doc.Delivery.Location}, doc.Buyer.IDs...) {
		if i.ID != "" {
			d.Places = append(d.Places, i.Scheme+":"+payables.NormalCode(i.ID))
		}
	}
	for i := range doc.Attachments {
		if a := &doc.Attachments[i]; len(a.Content) > 0 {
			d.Attached = append(d.Attached, Attached{blob.Of(a.Content), clip(firstOf(a.Filename, a.ID), 200)})
		}
	}
}

// wordsMost is how many lines are looked at for words that warn.
const wordsMost = 10

// Attached is a file that came inside an invoice.
type Attached struct {
	Hash blob.Hash
	Name string
}

// marks is what the draft says of whose it is.
func (d *Draft) marks() Marks {
	v := &d.Invoice
	return Marks{Reference: v.Reference, Subscription: v.ObjectRef, Contract: v.ContractRef, Order: v.OrderRef, Supplier: v.SupplierOrg,
		Places: d.Places, Address: d.Address}
}

// partyOrg is the twelve digits of a Swedish party, or a foreign VAT number; ""
// when neither can be told. A name is never used.
func partyOrg(p *en16931.Party, on period.Date) string {
	if s := p.LegalID; s.ID != "" && (s.Scheme == "0007" || s.Scheme == "" && swedish(p)) {
		if o, err := ident.ParseOrg(s.ID, on); err == nil {
			return o.Digits
		}
		return ""
	}
	vat := strings.ToUpper(strings.ReplaceAll(p.VATID, " ", ""))
	if n, err := ident.ParseVAT(vat); err == nil {
		if o, err := n.Org(on); err == nil {
			return o.Digits
		}
	}
	if len(vat) > 4 && !swedish(p) {
		return clip(vat, 20)
	}
	if id := p.LegalID.ID; id != "" && !swedish(p) {
		return clip(p.Address.Country+":"+payables.NormalCode(id), 40)
	}
	return ""
}

func swedish(p *en16931.Party) bool {
	return p.Address.Country == "SE" || strings.HasPrefix(strings.ToUpper(p.VATID), "SE")
}

// amounts takes the sums with the sign of the debt.
func (d *Draft) amounts(doc *en16931.Document) {
	v, t := &d.Invoice, &doc.Totals
	for _, x := range []struct {
		to   *money.Amount
		from *en16931.Amount
		must bool
	}{
		{&v.Net, &t.WithoutTax, true}, {&v.VAT, &t.Tax, false}, {&v.Gross, &t.WithTax, true},
		{&v.Rounding, &t.Rounding, false}, {&v.Payable, &t.Payable, true},
	} {
		a, err := money.RoundHalfAway(x.from.Value)
		if err != nil || x.must && !x.from.Valid || x.from.Present && !x.from.Valid {
			d.Refused = errAmount.Because("%q: %w", x.from.Text, err)
			return
		}
		*x.to = a
		if v.Kind == payables.Credit {
			*x.to = -a
		}
	}
}

// accounts lists what the invoice asks to be paid to. Which one is paid is
// decided by the register, never by order.
func (d *Draft) accounts(doc *en16931.Document) {
	for i := range doc.Payments {
		m := &doc.Payments[i]
		p := Proposed{Number: strings.Map(keepAccount, m.Account), OCR: clip(m.RemittanceID, 60)}
		if p.Number == "" {
			if d.Invoice.OCR == "" {
				d.Invoice.OCR = p.OCR
			}
			continue
		}
		p.Number = clip(strings.ToUpper(p.Number), 40)
		var err error
		switch branch := strings.ToUpper(m.Branch); {
		case branch == "SE:BANKGIRO":
			p.Scheme = payables.Bankgiro
			_, err = ident.ParseBankgiro(p.Number)
		case branch == "SE:PLUSGIRO":
			p.Scheme = payables.Plusgiro
			_, err = ident.ParsePlusgiro(p.Number)
		case len(p.Number) > 4 && p.Number[0] >= 'A' && p.Number[1] >= 'A':
			p.Scheme = payables.IBAN
			_, err = ident.ParseIBAN(p.Number)
		default:
			p.Scheme = payables.BBAN
		}
		p.Wrong = err != nil
		d.Proposed = append(d.Proposed, p)
	}
}

// reverse takes what the buyer owes the VAT of, with the sign of the debt, and
// the day that decides the rate.
func (d *Draft) reverse(doc *en16931.Document) {
	d.Supplied = doc.Issued
	for _, day := range []period.Date{doc.TaxPoint, doc.Period.To, doc.Delivery.Date} {
		if !day.IsZero() {
			d.Supplied = day
		}
	}
	for i := range doc.Taxes {
		t := &doc.Taxes[i]
		if !reversed(t.VAT.Category) || !t.Taxable.Valid {
			continue
		}
		a, err := money.RoundHalfAway(t.Taxable.Value)
		if err != nil {
			d.Refused = errAmount.Because("%q: %w", t.Taxable.Text, err)
			return
		}
		if d.Invoice.Kind == payables.Credit {
			a = -a
		}
		if d.Reverse, err = d.Reverse.Add(a); err != nil {
			d.Refused = errAmount.Because("%q: %w", t.Taxable.Text, err)
			return
		}
	}
}

// reversed reports whether the buyer owes the VAT of a category: by reverse
// charge, or because it came from another country of the union.
//
// source: UNCL 5305; mervärdesskattelagen 2023:200 16 kap.
func reversed(category string) bool { return category == "AE" || category == "K" }

func keepAccount(r rune) rune {
	if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
		return r
	}
	return -1
}

// judge turns what the document breaks into findings, one of each kind.
func (d *Draft) judge(violations []en16931.Violation, doc *en16931.Document) {
	seen := map[payables.Code][]string{}
	var order []payables.Code
	note := func(c payables.Code, text string) {
		if _, known := seen[c]; !known {
			order = append(order, c)
		}
		for _, had := range seen[c] {
			if _, fact, ok := strings.Cut(text, ". "); ok && strings.HasSuffix(had, ". "+fact) {
				return // two rules that say the same of the same sums
			}
		}
		seen[c] = append(seen[c], text)
	}
	for i := range violations {
		note(codeOf(&violations[i]), violations[i].Text)
	}
	for _, own := range ownChecks {
		if text := own.seen(d, doc); text != "" {
			if _, more := seen[payables.TaxWrong]; more && own.code == payables.TaxDeviates {
				continue // the same VAT, and it is refused
			}
			if _, told := seen[own.code]; !told {
				note(own.code, text)
			}
		}
	}
	for _, c := range order {
		texts := seen[c]
		text := strings.Join(texts[:min(3, len(texts))], " ")
		if more := len(texts) - 3; more > 0 {
			text += fmt.Sprintf(" Och %d till.", more)
		}
		d.Found = append(d.Found, payables.Finding{Code: c, Seen: clip(text, 900), State: payables.FindingOpen})
	}
}

// codeOf says which finding a broken rule is.
func codeOf(v *en16931.Violation) payables.Code {
	if c, known := ofSvefaktura[v.Rule]; known {
		return c
	}
	switch v.Rule {
	case "PEPPOL-EN16931-R003":
		return payables.NoReference
	case "BR-CO-25":
		return payables.NoDueDate
	case "SE-R-003", "SE-R-004", "SE-R-013":
		return payables.NoSupplier
	case "SE-R-005":
		return payables.NoFTax
	case "BR-61", "BR-49", "BR-50":
		return payables.NoAccount
	case "SE-R-006", "BR-CO-14", "BR-CO-17", "BR-CO-18":
		return payables.TaxWrong
	case "PEPPOL-EN16931-R120", "PEPPOL-EN16931-R040", "PEPPOL-EN16931-R046":
		return payables.SumsWrong
	case "SE-R-007", "SE-R-008", "SE-R-009", "SE-R-010", "SE-R-011", "SE-R-012":
		return payables.NumberWrong
	}
	switch {
	case !v.Fatal:
		return payables.FormRemark
	case hasAny(v.Rule, "BR-CO-"):
		return payables.SumsWrong
	case hasAny(v.Rule, "BR-S-", "BR-Z-", "BR-E-", "BR-AE-", "BR-IC-", "BR-G-", "BR-O-", "BR-AF-", "BR-AG-", "BR-B-"):
		return payables.TaxWrong
	}
	return payables.FormWrong
}

// ofSvefaktura says which finding a broken rule of SFTI's is. The others are about
// form, or remarks.
var ofSvefaktura = map[string]payables.Code{
	"R-79": payables.NoReference,
	"R-38": payables.NoSupplier, "R-46": payables.NoSupplier,
	"R-51": payables.NoAccount, "R-101": payables.NoAccount,
	"R-2":  payables.CreditOfWhat,
	"R-11": payables.SumsWrong, "R-12": payables.SumsWrong, "R-13": payables.SumsWrong, "R-14": payables.SumsWrong,
	"R-15": payables.SumsWrong, "R-20": payables.SumsWrong, "R-69": payables.SumsWrong, "R-70": payables.SumsWrong, "R-71": payables.SumsWrong,
	"R-3": payables.TaxWrong, "R-4": payables.TaxWrong, "R-10": payables.TaxWrong, "R-67": payables.TaxWrong, "R-88": payables.TaxWrong,
	"R-89": payables.TaxWrong, "R-90": payables.TaxWrong, "R-106": payables.TaxWrong, "R-77": payables.TaxWrong, "R-95": payables.TaxWrong, "R-61": payables.TaxWrong,
}

func hasAny(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// ownChecks are what the office looks for beyond the rule books, in the
// document alone. Each says what it saw, or nothing.
var ownChecks = []struct {
	code payables.Code
	seen func(*Draft, *en16931.Document) string
}{
	{payables.NoReference, func(d *Draft, _ *en16931.Document) string {
		if d.Invoice.Reference != "" || d.Invoice.OrderRef != "" {
			return ""
		}
		return "Varken beställarens referens eller order anges."
	}},
	{payables.NoSupplier, func(d *Draft, doc *en16931.Document) string {
		if d.Invoice.SupplierOrg != "" {
			return ""
		}
		return fmt.Sprintf("Fakturan anger ”%s”.", clip(firstOf(doc.Seller.LegalID.ID, doc.Seller.VATID, "inget nummer"), 40))
	}},
	{payables.NoDueDate, func(d *Draft, _ *en16931.Document) string {
		if !d.Invoice.Due.IsZero() || d.Invoice.Kind == payables.Credit {
			return ""
		}
		return "Fakturan har ingen förfallodag."
	}},
	{payables.OtherCurrency, func(d *Draft, _ *en16931.Document) string {
		if d.Invoice.Currency == "SEK" {
			return ""
		}
		return fmt.Sprintf("Fakturan är i %s.", firstOf(d.Invoice.Currency, "okänd valuta"))
	}},
	{payables.ReverseCharge, func(_ *Draft, doc *en16931.Document) string {
		for i := range doc.Taxes {
			if c := doc.Taxes[i].VAT.Category; reversed(c) {
				return fmt.Sprintf("Momskategorin är %s: köparen redovisar momsen.", c)
			}
		}
		return ""
	}},
	{payables.TaxDeviates, taxDeviates},
	{payables.CreditOfWhat, func(d *Draft, doc *en16931.Document) string {
		if d.Invoice.Payable >= 0 || len(doc.Preceding) > 0 || doc.ContractReference != "" || doc.OrderReference != "" {
			return ""
		}
		return "Varken faktura, avtal eller order anges."
	}},
	{payables.Prepaid, func(_ *Draft, doc *en16931.Document) string {
		if doc.Totals.Prepaid.Value.IsZero() {
			return ""
		}
		return fmt.Sprintf("Enligt fakturan är %s kr redan betalt.", doc.Totals.Prepaid.Text)
	}},
}

// taxDeviates tells of a stated VAT that differs from the computed one by less
// than what the rule books refuse.
func taxDeviates(_ *Draft, doc *en16931.Document) string {
	for i := range doc.Taxes {
		t := &doc.Taxes[i]
		if !t.Taxable.Valid || !t.Tax.Valid || !t.VAT.Rate.Valid {
			continue
		}
		p, err := t.Taxable.Value.Mul(t.VAT.Rate.Value)
		if err != nil {
			continue
		}
		if p, err = p.Quo(hundred); err != nil {
			continue
		}
		want, err1 := money.RoundHalfAway(p)
		have, err2 := money.RoundHalfAway(t.Tax.Value)
		if err1 == nil && err2 == nil && want != have {
			return fmt.Sprintf("Momsen är %s kr på fakturan och %s kr räknad på underlaget, %s %%.", have, want, t.VAT.Rate.Text)
		}
	}
	return ""
}

var hundred = decimal.MustNew(100, 0)

func firstOf(words ...string) string {
	for _, w := range words {
		if w = strings.TrimSpace(w); w != "" {
			return w
		}
	}
	return ""
}

// clip keeps a text from a stranger within what a column and a page hold.
func clip(s string, most int) string {
	s = strings.TrimSpace(s)
	if len(s) <= most {
		return s
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}
