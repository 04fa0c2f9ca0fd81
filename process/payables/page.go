package payables

import (
	"fmt"
	"strings"

	"kontor/books/coding"
	"kontor/format/einvoice"
	"kontor/format/en16931"
	"kontor/kernel/blob"
	"kontor/kernel/ident"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/kernel/work"
	"kontor/promise/agreement"
	"kontor/promise/client"
	"kontor/promise/leadtime"
)

// sheetView is a document as it is shown: a readable invoice, never XML.
type sheetView struct {
	Seller, SellerLines, Kind, Number string
	Address                           string
	Meta                              []sheetFact
	Lines                             []sheetLine
	Totals                            []sheetFact
	Payable, PayableLabel             string
	Pay                               []sheetFact
	Notes                             []string
	Marks                             map[string][]int // place → numbers of findings
}

type sheetFact struct {
	Term, Text, Note, Place string
}

type sheetLine struct {
	Name, Note, Quantity, Price, Tax, Amount string
}

// numbered gives each finding that points at the document its number.
func numbered(o *op.Op, v Invoice) (views []ui.FindingView, marks map[string][]int) {
	marks = map[string][]int{}
	n := 0
	for _, f := range v.Findings {
		l := lacks[f.Code]
		if f.State == FindingReturned {
			continue
		}
		n++
		w := ui.FindingView{Number: n, Heading: text.T(o, l.Heading), Seen: ui.Words(text.Stored(o, f.Seen)), Remedy: ui.Words(text.T(o, l.Do)), Code: string(f.Code),
			Solved: f.State == FindingCompleted || f.State == FindingAccepted, Calm: l.Remedy == Inform}
		if w.Solved {
			w.Remedy = ui.Words(f.Answer)
		}
		if l.Place != "" {
			w.Mark = "place-" + l.Place
			marks[l.Place] = append(marks[l.Place], n)
		}
		views = append(views, w)
	}
	return views, marks
}

// passed lists the controls that found nothing, in a few words each.
func passed(o *op.Op, v Invoice) []string {
	failed := map[string]bool{}
	for _, f := range v.Findings {
		if f.Open() || lacks[f.Code].Remedy == Inform {
			failed[lacks[f.Code].Control] = true
		}
	}
	var all []string
	for _, c := range Controls {
		if !failed[c.Name] {
			all = append(all, text.T(o, c.Passed))
		}
	}
	return all
}

// sheet reads the received document and makes it ready to be shown.
func sheet(o *op.Op, v Invoice, marks map[string][]int) (*sheetView, *en16931.Document, error) {
	if _, paper, err := ScanOf(o, v.File); err != nil || paper {
		s, err := scannedSheet(o, v, marks)
		return s, nil, err
	}
	received, err := blob.Get(o, v.File)
	if err != nil {
		return nil, nil, err
	}
	doc, err := einvoice.Document(received.Content)
	if err != nil {
		return nil, nil, err
	}
	s := &sheetView{Seller: v.SupplierName, Number: doc.Number, Kind: text.T(o, "Faktura"), Marks: marks}
	if v.Kind == Credit {
		s.Kind = text.T(o, "Kreditfaktura")
	}
	s.Address, s.SellerLines = address(doc.Seller.Address), sellerLine(o, v, doc)
	s.Meta = metaFacts(o, v, doc)
	for i := range doc.Lines {
		s.Lines = append(s.Lines, lineView(o, &doc.Lines[i]))
	}
	s.Totals = totalFacts(o, doc)
	s.PayableLabel, s.Payable = text.F(o, "Att betala, %s", doc.Currency), amount(doc.Totals.Payable)
	s.Pay = payFacts(o, v, doc)
	if doc.PaymentTerms != "" {
		s.Notes = append(s.Notes, doc.PaymentTerms)
	}
	for _, n := range doc.Notes {
		s.Notes = append(s.Notes, n.Text)
	}
	return s, doc, nil
}

func address(a en16931.Address) string {
	parts := append([]string(nil), a.Lines...)
	if town := strings.TrimSpace(a.PostalCode + " " + a.City); town != "" {
		parts = append(parts, town)
	}
	if a.Country != "" && a.Country != "SE" {
		parts = append(parts, a.Country)
	}
	return strings.Join(parts, ", ")
}

func sellerLine(o *op.Op, v Invoice, doc *en16931.Document) string {
	var parts []string
	if org, err := ident.OrgOf(v.SupplierOrg); err == nil {
		parts = append(parts, text.T(o, "Org.nr")+" "+org.Masked())
	} else if doc.Seller.LegalID.ID != "" {
		parts = append(parts, text.T(o, "Org.nr")+" "+doc.Seller.LegalID.ID)
	}
	if doc.Seller.VATID != "" {
		parts = append(parts, text.T(o, "Momsnr")+" "+doc.Seller.VATID)
	}
	if doc.Seller.TaxID != "" {
		parts = append(parts, doc.Seller.TaxID)
	}
	return strings.Join(parts, " · ")
}

func metaFacts(o *op.Op, v Invoice, doc *en16931.Document) []sheetFact {
	buyer := doc.Buyer.LegalName
	if doc.Buyer.Name != "" && doc.Buyer.Name != buyer {
		buyer += ", " + doc.Buyer.Name
	}
	facts := []sheetFact{
		{text.T(o, "Köpare"), buyer, address(doc.Buyer.Address), "buyer"},
		{text.T(o, "Fakturadatum"), doc.Issued.String(), "", "issued"},
		{text.T(o, "Förfallodag"), orDash(doc.Due.String()), daysAfter(o, doc.Issued, doc.Due), "due"},
		{text.T(o, "Er referens"), orDash(quoted(v.Reference)), "", "reference"},
	}
	for _, f := range []sheetFact{
		{text.T(o, "Order"), doc.OrderReference, "", "order"},
		{text.T(o, "Avtal"), doc.ContractReference, "", "contract"},
		{text.T(o, "Abonnemang"), doc.ObjectReference.ID, "", "object"},
		{text.T(o, "Period"), span(doc.Period), "", "period"},
		{text.T(o, "Levererat"), doc.Delivery.Date.String(), "", "delivery"},
	} {
		if f.Text != "" {
			facts = append(facts, f)
		}
	}
	for _, p := range doc.Preceding {
		facts = append(facts, sheetFact{text.T(o, "Avser faktura"), p.Number, p.Issued.String(), "preceding"})
	}
	return facts
}

func daysAfter(o *op.Op, issued, due period.Date) string {
	if issued.IsZero() || due.IsZero() {
		return ""
	}
	return text.N(o, int64(due-issued), "%s dag", "%s dagar")
}

func span(p en16931.Period) string {
	if p.From.IsZero() && p.To.IsZero() {
		return ""
	}
	return p.From.String() + "–" + p.To.String()
}

func quoted(s string) string {
	if s == "" {
		return ""
	}
	return "”" + s + "”"
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// units are the codes of Recommendation 20 that invoices mostly have.
//
// source: UN/ECE Recommendation 20
var unitWords = map[string]string{"EA": "st", "C62": "st", "H87": "st", "PCE": "st", "HUR": "tim", "DAY": "dag", "MON": "mån",
	"ANN": "år", "KGM": "kg", "MTR": "m", "LTR": "l", "KMT": "km", "KWH": "kWh", "MTK": "m²", "MTQ": "m³", "XPP": "kolli", "LS": "kr"}

func lineView(o *op.Op, l *en16931.Line) sheetLine {
	unit := l.Unit
	if w, ok := unitWords[unit]; ok {
		unit = text.T(o, w)
	}
	var note []string
	for _, s := range []string{l.Item.Description, l.Note, span(l.Period)} {
		if s != "" {
			note = append(note, s)
		}
	}
	for _, a := range l.Allowances {
		note = append(note, text.F(o, "Rabatt %s", amount(a.Amount)))
	}
	for _, a := range l.Charges {
		note = append(note, text.F(o, "Avgift %s", amount(a.Amount)))
	}
	v := sheetLine{Name: l.Item.Name, Note: strings.Join(note, " · "), Quantity: strings.TrimSpace(plainNumber(l.Quantity) + " " + unit),
		Price: amount(l.Price), Amount: amount(l.Net), Tax: rate(l.VAT)}
	return v
}

func rate(v en16931.VAT) string {
	if !v.Rate.Valid {
		return v.Category
	}
	return plainNumber(v.Rate) + " %"
}

// plainNumber is a decimal in Swedish form without needless zeros.
func plainNumber(a en16931.Amount) string {
	if !a.Valid {
		return a.Text
	}
	return strings.Replace(a.Value.Trim(0).String(), ".", ",", 1)
}

// amount is an amount in Swedish form: as öre when it has them, else as written.
func amount(a en16931.Amount) string {
	if !a.Valid {
		return a.Text
	}
	if m, err := money.ParseXML(a.Text); err == nil {
		return m.String()
	}
	return strings.Replace(a.Text, ".", ",", 1)
}

func totalFacts(o *op.Op, doc *en16931.Document) []sheetFact {
	t := &doc.Totals
	var all []sheetFact
	add := func(term string, a en16931.Amount, place string) {
		if a.Present && !(a.Valid && a.Value.IsZero()) {
			all = append(all, sheetFact{Term: term, Text: amount(a), Place: place})
		}
	}
	for _, x := range doc.Allowances {
		add(strings.TrimSpace(text.T(o, "Rabatt")+" "+x.Reason), x.Amount, "")
	}
	for _, x := range doc.Charges {
		add(strings.TrimSpace(text.T(o, "Avgift")+" "+x.Reason), x.Amount, "")
	}
	all = append(all, sheetFact{Term: text.T(o, "Summa utan moms"), Text: amount(t.WithoutTax), Place: "sums"})
	for i, x := range doc.Taxes {
		place := ""
		if i == 0 {
			place = "tax"
		}
		add(text.F(o, "Moms %s", rate(x.VAT)), x.Tax, place)
	}
	add(text.T(o, "Redan betalt"), t.Prepaid, "")
	add(text.T(o, "Öresavrundning"), t.Rounding, "")
	return all
}

func payFacts(o *op.Op, v Invoice, doc *en16931.Document) []sheetFact {
	var all []sheetFact
	for i := range doc.Payments {
		m := &doc.Payments[i]
		if m.Account == "" {
			continue
		}
		term, number := text.T(o, "Konto"), m.Account
		switch strings.ToUpper(m.Branch) {
		case "SE:BANKGIRO":
			term, number = "Bankgiro", giro(ident.Bankgiro, m.Account)
		case "SE:PLUSGIRO":
			term, number = "Plusgiro", giro(ident.Plusgiro, m.Account)
		}
		f := sheetFact{Term: term, Text: number}
		if len(all) == 0 {
			f.Place = "account"
		}
		all = append(all, f)
	}
	if v.OCR != "" {
		all = append(all, sheetFact{Term: text.T(o, "OCR-nummer"), Text: v.OCR, Place: "ocr"})
	}
	if p := doc.Seller.Contact.Phone; p != "" {
		all = append(all, sheetFact{Term: text.T(o, "Frågor"), Text: p})
	}
	return all
}

func giro(s ident.Scheme, number string) string {
	if g, err := ident.ParseGiro(s, number); err == nil {
		return g.String()
	}
	return number
}

// codingView shows the lines with what they are called, and what the machine
// computes besides: VAT and rounding.
func codingView(o *op.Op, v Invoice, plan *coding.Plan, p Postings) ui.CodingView {
	suggested := v.Suggested
	learned := len(v.Coding) == 0 && len(suggested.Lines) > 0
	if v = withSuggestion(v); len(v.Coding) == 0 {
		return ui.CodingView{}
	}
	w := ui.CodingView{Heading: text.T(o, "Kontering"), Segments: []string{text.T(o, "Ansvar"), text.T(o, "Verks."), text.T(o, "Projekt")},
		Decided: v.State != Registered, Total: v.Payable.String(), Status: ui.OK, Word: text.T(o, "Stämmer")}
	if !w.Decided && v.CodedHow != "" {
		w.Heading = text.T(o, "Förslag till kontering")
	}
	how := ui.Confidence{Word: text.T(o, "Vald"), Computed: true}
	if v.CodedHow != "" {
		how = ui.Confidence{Word: text.T(o, "Regel"), Computed: true}
	}
	if learned {
		how = sure(o, suggested)
	}
	for i, l := range v.Coding {
		how := how
		if learned && i < len(suggested.Sure) {
			how = sureOf(o, suggested.Sure[i])
		}
		w.Rows = append(w.Rows, ui.CodingRow{Account: l.Account, AccountText: plan.Name(coding.Account, l.Account),
			Segments: []string{l.Unit, l.Activity, l.Project}, Amount: l.Amount.String(), Confidence: how,
			Titles: []string{plan.Name(coding.Unit, l.Unit), plan.Name(coding.Activity, l.Activity), plan.Name(coding.Project, l.Project)}})
	}
	computed := func(account string, a money.Amount) {
		if a != 0 {
			w.Rows = append(w.Rows, ui.CodingRow{Account: account, AccountText: plan.Name(coding.Account, account),
				Segments: []string{"", "", ""}, Titles: []string{"", "", ""}, Amount: a.String(), Confidence: ui.Confidence{Word: text.T(o, "Räknad"), Computed: true}})
		}
	}
	computed(p.VAT, v.VAT)
	computed(p.VAT, v.ReverseTax)
	computed(p.Reverse, -v.ReverseTax)
	computed(p.Rounding, v.Rounding)
	if err := CheckCoding(v); err != nil {
		w.Status, w.Word = ui.Near, text.T(o, "Inte klar")
	}
	switch {
	case learned && suggested.Of == 0:
		w.Why = ui.Words(suggested.Why())
	case learned:
		w.Why = ui.Prose{{Text: text.F(o, "%s av %s", text.Int(suggested.Like), text.Int(suggested.Of)), Figure: true,
			URL: listURL + "?view=ready&supplier_key=" + query(v.SupplierKey)}, {Text: " " + text.T(o, "fakturor från leverantören har konterats så.")}}
	case v.CodedHow != "":
		w.Why = ui.Words(text.Stored(o, v.CodedHow))
	}
	return w
}

// sure says how much earlier invoices agree.
func sure(o *op.Op, s Suggestion) ui.Confidence {
	n, _ := text.Share(s.Like, s.Of, 0)
	return sureOf(o, int64(n)*10)
}

func sureOf(o *op.Op, perMille int64) ui.Confidence {
	word := "Osäker"
	switch {
	case perMille >= 900:
		word = "Säker"
	case perMille >= 650:
		word = "Trolig"
	}
	return ui.Confidence{Word: text.T(o, word), Percent: int(perMille / 10)}
}

// itemPage is everything on the page of an invoice.
type itemPage struct {
	Head     ui.HeadView
	Promise  ui.PromiseView
	Findings ui.FindingsView
	Coding   ui.CodingView
	Refused  []string
	Notes    []ui.NoteView
	Facts    []ui.Definition
	Sheet    *sheetView
	Fault    string // why the document cannot be shown
	Kept     []ui.AttachmentView
	From     string
	History  []ui.HistoryLine
	Controls []control
}

type control struct {
	Name   string
	Passed bool
	Text   string
}

// page gathers the page of an invoice.
func page(o *op.Op, v Invoice) (*itemPage, error) {
	buyer, err := client.Get(o, v.Client)
	if err != nil {
		return nil, err
	}
	p := &itemPage{}
	for _, r := range v.Refused {
		p.Refused = append(p.Refused, text.Stored(o, r))
	}
	p.Head = ui.HeadView{Eyebrow: fmt.Sprintf("%s · %s · %s", text.T(o, "Leverantörsfaktura"), buyer.Name, text.T(o, Life.Word(v.State))),
		Headline: fmt.Sprintf("%s, %s\u00a0%s", v.SupplierName, v.Payable, unitOf(v.Currency)), Keys: itemKeys(o)}
	if err := p.promise(o, v, buyer.Name); err != nil {
		return nil, err
	}
	views, marks := numbered(o, v)
	p.Findings = ui.FindingsView{Checked: len(Controls), Findings: views, Passed: passed(o, v), All: "#kontroller"}
	p.Controls = controls(v)
	plan, err := coding.Load(o, v.Client)
	if err != nil {
		return nil, err
	}
	accounts, err := PostingsOf(o, v.Client, period.DateOf(o.Now))
	if err != nil {
		return nil, err
	}
	p.Coding = codingView(o, v, plan, accounts)
	if editable(o, v) {
		p.Coding.Change = ui.Link{Label: text.T(o, "Ändra"), URL: "/payables/" + v.ID.String() + "/kontering", Key: "E"}
	}
	if err := p.rest(o, v, buyer); err != nil {
		return nil, err
	}
	return p, p.document(o, v, marks)
}

// unitOf is what amounts in a currency are followed by.
func unitOf(currency string) string {
	if currency == "SEK" || currency == "" {
		return "kr"
	}
	return currency
}

func itemKeys(o *op.Op) []ui.KeyHint {
	return []ui.KeyHint{{Keys: []string{"N"}, Text: text.T(o, "nästa")}, {Keys: []string{"?"}, Text: text.T(o, "tangenter")}}
}

func editable(o *op.Op, v Invoice) bool {
	return o.Actor.MayIn(MayCode, v.Client, v.Unit) && (v.State == Registered || v.State == Coded || v.State == Reviewed || v.State == Waiting || v.State == Queried)
}

func (p *itemPage) promise(o *op.Op, v Invoice, buyer string) error {
	now, err := Table.PromiseOf(o, &v)
	if err != nil {
		return err
	}
	switch v.State {
	case Ready, Returned, Voided, Moved:
		p.Promise = ui.PromiseView{Status: ui.None, Word: text.T(o, Life.Word(v.State)) + "."}
		events, err := work.Of(o, v.Client, int64(v.ID))
		if err != nil || len(events) == 0 {
			return err
		}
		e := events[0]
		p.Promise.Elapsed, p.Promise.Promised = int(e.Taken), int(e.Promised)
		if p.Promise.Status = ui.OK; e.Promised > 0 && !e.Kept {
			p.Promise.Status = ui.Miss
		}
		p.Promise.Sentence = ui.Words(text.F(o, "Avslutades %s, dag %d. Lovat var %d dagar.", e.Day, e.Taken, e.Promised))
		return nil
	}
	p.Promise = web.PromiseView(o, now)
	book, err := leadtime.Load(o)
	if err != nil {
		return err
	}
	pauses, err := pausesOf(o, v)
	if err != nil {
		return err
	}
	p.Promise.Sentence = ui.Words(leadtime.Sentence(o, leadtime.Said{Client: buyer, Year: book.Year(v.Client, Activity, v.Agreement),
		Days: v.Promised, Arrived: v.Arrived, Pauses: pauses, Now: o.Now}))
	return nil
}

// rest gathers what deviates for the client, the facts and the history.
func (p *itemPage) rest(o *op.Op, v Invoice, buyer client.Client) error {
	notes, err := agreement.Deviations(o, v.Client, Process, period.DateOf(o.Now))
	if err != nil {
		return err
	}
	for _, d := range notes {
		p.Notes = append(p.Notes, ui.NoteView{Heading: text.F(o, "%s avviker här.", buyer.Name),
			Text: ui.Words(d.Text + " " + text.F(o, "Beslutat av %s %s.", d.DecidedBy, d.DecidedOn)), Link: ui.Link{Label: text.T(o, "Avtalet"), URL: buyer.URL()}})
	}
	lines, err := Table.History(o, &v)
	if err != nil {
		return err
	}
	for i := range lines {
		if lines[i].Text == "" {
			lines[i].Text = historyWords[lines[i].Step]
		}
	}
	p.History = web.History(o, lines)
	return p.facts(o, v)
}

// historyWords are for changes that are no steps of the flow.
var historyWords = map[string]string{"coding": "Ändrade konteringen.", "handler": "Tog fakturan.", "occasion": "Skrev syfte och deltagare.", "remind": "Påminde om attest:", "escalate": "Ingen svarade. Frågade vidare:"}

func controls(v Invoice) []control {
	all := make([]control, len(Controls))
	for i, c := range Controls {
		all[i] = control{Name: c.Passed, Passed: true}
		for _, f := range v.Findings {
			if l := lacks[f.Code]; l.Control == c.Name && (f.Open() || l.Remedy == Inform) {
				all[i].Passed, all[i].Text = false, l.Heading
			}
		}
	}
	return all
}
