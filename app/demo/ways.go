package demo

import (
	"archive/zip"
	"bytes"
	"strings"
	"time"

	"kontor/kernel/flow"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/process/payables"
	"kontor/process/payables/intake"
)

// way is an invoice that shows something that few invoices meet.
type way struct {
	on       period.Date
	client   int    // place in the table of clients
	supplier string // how its name begins
	number   string
	quantity int
	price    money.Amount
	order    string // that it names
	asks     string // what the supplier has to answer first
	moves    int    // the client that it is moved to; 0 for none
	paper    bool   // comes as a picture with an index file
	unsure   string // of the paper: what the scanning service was not sure of
}

// ways come in the first autumn and again in the last weeks.
var ways = []way{
	{on: period.NewDate(2025, time.October, 8), client: 2, supplier: "Hagaby", number: "23-640", quantity: 6, price: money.Kronor(299), asks: "Vem hos oss har beställt pappret?"},
	{on: period.NewDate(2025, time.October, 8), client: 3, supplier: "Tallmo", number: "1180-2", quantity: 2, price: money.Kronor(1410), moves: 9},
	{on: period.NewDate(2025, time.October, 9), client: 0, supplier: "Lindåsens", number: "39771", quantity: 3, price: money.Kronor(690), order: "R-2026-118"},
	{on: period.NewDate(2025, time.October, 9), client: 5, supplier: "Västerlida", number: "60951", quantity: 4, price: money.Kronor(655), paper: true},
	{on: period.NewDate(2026, time.November, 12), client: 4, supplier: "Hagaby", number: "23-960", quantity: 4, price: money.Kronor(310), asks: "Fakturan gäller två leveranser. Vilka datum kom de?"},
	{on: period.NewDate(2026, time.November, 12), client: 4, supplier: "Tallmo", number: "1180-4", quantity: 3, price: money.Kronor(1525), moves: 7},
	{on: period.NewDate(2026, time.November, 13), client: 0, supplier: "Lindåsens", number: "40101", quantity: 5, price: money.Kronor(705), order: "ANL-550"},
	{on: period.NewDate(2026, time.November, 13), client: 8, supplier: "Västerlida", number: "61180", quantity: 6, price: money.Kronor(690), paper: true, unsure: "fakturanr"},
}

// addWays makes their files.
func (m *mill) addWays() {
	m.rnd = m.city.rand("ways")
	m.serial = 9500
	for _, w := range ways {
		k, seller := &m.city.Clients[w.client], m.city.Supplier(w.supplier)
		p := &paper{seller: seller, buyer: k.party(), number: w.number, issued: w.on.AddDays(-2), days: 30, ref: k.Codes[0].Code, order: w.order, modern: true,
			lines: []paperLine{{trades[seller.Trade][0], w.quantity, w.price}}}
		f := File{Class: Ordinary, Content: p.write(), Client: k.Code, rests: payables.Ready, asks: w.asks, paper: p}
		if w.moves != 0 {
			f.movesTo = &m.city.Clients[w.moves]
		}
		ending := "xml"
		if w.paper {
			f.delivered, f.Class, f.Content, ending = true, Paper, p.delivery(w.unsure), "zip"
		}
		m.add(f, w.on, ending)
	}
}

// delivery is a paper as the scanning service sends it: a picture and an index
// file with what was read off it.
func (p *paper) delivery(unsure string) []byte {
	d := p.document()
	row := []string{"0001.pdf", p.seller.Org[2:], p.seller.Name, p.number, d.Issued.String(), d.Due.String(), d.Totals.WithoutTax.Text, d.Totals.Tax.Text,
		d.Totals.Payable.Text, p.seller.Account, p.ref, "Godkänd för F-skatt", unsure}
	account := "bankgiro"
	if p.seller.Scheme == "SE:PLUSGIRO" {
		account = "plusgiro"
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range []struct {
		name    string
		content []byte
	}{
		{"index.csv", []byte("fil;orgnr;leverantör;fakturanr;fakturadatum;förfallodag;netto;moms;att betala;" + account + ";referens;f-skatt;osäkra\n" + strings.Join(row, ";") + "\n")},
		{"0001.pdf", pdf([]string{p.seller.Name, "", "Faktura " + p.number, "Till " + p.buyer.name, "Er referens " + p.ref, "Att betala " + d.Totals.Payable.Text + " kr"})},
	} {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = w.Write(f.content)
		}
		if err != nil {
			panic("demo: a delivery in memory: " + err.Error())
		}
	}
	if err := z.Close(); err != nil {
		panic("demo: a delivery in memory: " + err.Error())
	}
	return b.Bytes()
}

// draft reads one file of the inbox as the importer does.
func draft(f *File, day period.Date) (*intake.Draft, error) {
	if f.delivered {
		d, err := intake.Unzip(f.Name, f.Content)
		if err != nil {
			return nil, err
		}
		all, err := d.Drafts(day)
		if err != nil {
			return nil, err
		}
		return all[0], nil
	}
	d := intake.Read(f.Name, f.Content, day)
	if f.Scanned {
		d.Invoice.Channel = work.Scanned
	}
	return d, nil
}

// aside is what comes before the ordinary steps: a question to the supplier, or a
// move to the right client.
func (b *builder) aside(e *errand, v payables.Invoice, clerk string) (move, bool) {
	switch {
	case v.State == payables.Queried:
		return move{step: "answered", who: clerk, say: map[string]string{"answer": "Leverantören ringde och svarade på frågan."}, round: 2}, true
	case v.State == payables.Registered && e.file.asks != "" && !e.asked:
		e.asked = true
		return move{step: "query", who: clerk, say: map[string]string{"question": e.file.asks}, days: 1, round: 1}, true
	case v.State == payables.Registered && e.file.movesTo != nil && e.client != e.file.movesTo:
		to := e.file.movesTo
		return move{step: "move", who: clerk, round: 2, say: map[string]string{"client": b.clients[to.Code].String(), "reference": to.Codes[0].Code,
			"reason": b.city.Person(e.client.Contact).Name + " sade att " + to.Name + " har beställt."}}, true
	}
	return move{}, false
}

// follow goes on with an invoice at the client that it was moved to.
func (b *builder) follow(o *op.Op, e *errand, v payables.Invoice) (payables.Invoice, error) {
	if v.State != payables.Moved {
		return v, nil
	}
	e.invoice, e.client = v.MovedTo, e.file.movesTo
	return payables.Table.Get(o, v.MovedTo)
}

// gone reports whether an invoice needs nobody any more.
func gone(s flow.State) bool {
	return s == payables.Ready || s == payables.Returned || s == payables.Voided || s == payables.Moved
}
