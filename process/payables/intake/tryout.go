package intake

import (
	"net/http"
	"strings"

	"kontor/kernel/form"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/process/payables"
	"kontor/promise/client"
)

const tryURL = "/styrning/prova"

// tryFields are what an invoice can say of whose it is.
var tryFields = []form.Field{
	{Key: "reference", Label: "Er referens", Help: "Till exempel KULT41 eller KULT41 Anna Svensson."},
	{Key: "subscription", Label: "Abonnemang eller anläggning"},
	{Key: "contract", Label: "Avtalsnummer"},
	{Key: "order", Label: "Ordernummer"},
	{Key: "supplier", Label: "Leverantörens organisationsnummer", Help: "Behövs bara för abonnemang och ordrar."},
	{Key: "address", Label: "Adress eller GLN", Help: "Med sitt schema, till exempel 0088:7300010000001."},
}

var clueWords = map[Clue]string{ByReference: "Referensen", ByWord: "Ett ord i referensen", BySubscription: "Abonnemanget", ByContract: "Avtalet",
	ByPurchase: "Beställningen", ByOrder: "Ordernumrets början", ByPlace: "Leveransplats eller köparens nummer", ByAddress: "Adressen"}

type tryPage struct {
	Head   ui.HeadView
	Fields []ui.FieldView
	Table  ui.TableView
	Routes ui.Link
}

// tryRoute answers where an invoice would go, and why, without one.
func tryRoute(o *op.Op, r *http.Request) (web.Answer, error) {
	p := &tryPage{Head: ui.HeadView{Eyebrow: text.T(o, "Styrning till kund"), Headline: text.T(o, "Vart skulle en faktura gå?"),
		Intro: ui.Words(text.T(o, "Skriv vad som står på fakturan. Ingenting sparas."))},
		Routes: ui.Link{Label: text.T(o, "Alla koder"), URL: "/l/payables.routes"}}
	asked := false
	for _, f := range tryFields {
		v := strings.TrimSpace(r.FormValue(f.Key))
		asked = asked || v != ""
		w := ui.FieldView{Name: f.Key, Label: text.T(o, f.Label), Kind: ui.FieldText, Value: v, MaxLength: 100}
		if f.Help != "" {
			w.Help = text.T(o, f.Help)
		}
		p.Fields = append(p.Fields, w)
	}
	if asked {
		if err := p.answer(o, r); err != nil {
			return web.Answer{}, err
		}
	}
	return web.Answer{Title: text.T(o, "Vart skulle en faktura gå?"), Current: "/l/payables.routes", Class: "reading", Body: tryBody(p)}, nil
}

func (p *tryPage) answer(o *op.Op, r *http.Request) error {
	m := Marks{Reference: r.FormValue("reference"), Subscription: r.FormValue("subscription"), Contract: r.FormValue("contract"), Order: r.FormValue("order")}
	if a := payables.NormalCode(r.FormValue("address")); a != "" {
		m.Places, m.Address = []string{a}, a
	}
	if s := r.FormValue("supplier"); s != "" {
		org, err := orgDigits(s, period.DateOf(o.Now))
		if err != nil {
			return err
		}
		m.Supplier = org
	}
	rows, err := routesOn.All(o, period.DateOf(o.Now))
	if err != nil {
		return err
	}
	router := newRouter(rows)
	if err := router.load(o, period.DateOf(o.Now), []Marks{m}); err != nil {
		return err
	}
	names, err := client.Names(o)
	if err != nil {
		return err
	}
	way := router.Route(m)
	switch {
	case way.Client == 0:
		p.Head.Headline = text.T(o, "Fakturan skulle inte hitta någon kund. Den skulle hamna bland filer som föll ut.")
	default:
		p.Head.Headline = text.F(o, "Fakturan skulle gå till %s.", names[way.Client])
		p.Head.Intro = ui.Words(payables.RouteWords(o, way.By, way.Code))
	}
	p.Table = ui.TableView{Caption: text.T(o, "Ledtrådarna, i den ordning de prövas"), Columns: []ui.Col{{Label: text.T(o, "Ledtråd")},
		{Label: text.T(o, "På fakturan")}, {Label: text.T(o, "Leder till")}}}
	for _, t := range router.Explain(m) {
		to := ui.Cell{Text: text.T(o, "ingen"), Kind: ui.CellStatus, Status: ui.None}
		switch {
		case t.Torn:
			to = ui.Cell{Text: text.T(o, "flera kunder, avgör inget"), Kind: ui.CellStatus, Status: ui.Near}
		case t.Client != 0 && t.Clue == way.By:
			to = ui.Cell{Text: text.F(o, "%s, avgör", names[t.Client]), Kind: ui.CellStatus, Status: ui.OK}
		case t.Client != 0:
			to = ui.Cell{Text: names[t.Client], Kind: ui.CellStatus, Status: ui.None}
		}
		code := t.Code
		if code == "" {
			code = "–"
		}
		p.Table.Rows = append(p.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: text.T(o, clueWords[t.Clue])}, {Text: code}, to}})
	}
	return nil
}
