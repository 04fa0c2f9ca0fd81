package report

import (
	"context"
	"fmt"
	"strings"

	"kontor/kernel/chart"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/prove/charging"
	"kontor/prove/indicator"
)

// pageView is a report ready to be shown.
type pageView struct {
	frame      ui.ReportView
	summary    []ui.Prose
	rows       []ui.IndicatorView
	volumes    ui.TableView
	chart      ui.FigureView
	bill       ui.BillView
	keyless    []string
	complaints ui.TableView
	drifts     ui.TableView
}

func (f Figure) cell() ui.Cell { return ui.Cell{Text: f.Text, URL: f.URL} }

// view makes the page. The file is the same page without links to print and to
// change.
func (r *Report) view(o *op.Op, file bool) pageView {
	v := pageView{frame: r.frame(o, file), volumes: r.table(o), chart: r.drawing(o), bill: r.billView(o), keyless: r.Bill.Keyless}
	for _, sentence := range r.Summary {
		var p ui.Prose
		for _, x := range sentence {
			if x.Figure != nil {
				p = append(p, ui.Piece{Text: x.Figure.Text, URL: x.Figure.URL, Figure: true})
				continue
			}
			p = append(p, ui.Piece{Text: x.Text})
		}
		v.summary = append(v.summary, p)
	}
	for _, s := range r.standing {
		if s.Figure != indicator.Count {
			v.rows = append(v.rows, s.View(o))
		}
	}
	v.complaints = ui.TableView{Caption: text.T(o, "Klagomål och synpunkter per process"), Columns: []ui.Col{{Label: text.T(o, "Process")}, {Label: text.T(o, "Avslutade"), Kind: ui.CellNumber}},
		Empty: ui.Empty{Heading: text.T(o, "Inga avslutade klagomål"), Text: text.T(o, "Inget klagomål och ingen synpunkt har avslutats i perioden.")}}
	for _, c := range r.Complaints {
		v.complaints.Rows = append(v.complaints.Rows, ui.Row{Cells: []ui.Cell{{Text: text.T(o, c.Name)}, c.Count.cell()}})
	}
	v.drifts = ui.TableView{Caption: text.T(o, "Ändrat sedan rapporten frystes"), Columns: []ui.Col{{Label: text.T(o, "Siffra")}, {Label: text.T(o, "Fryst"), Kind: ui.CellNumber}, {Label: text.T(o, "Nu"), Kind: ui.CellNumber}}}
	for _, d := range r.Drifts {
		v.drifts.Rows = append(v.drifts.Rows, ui.Row{Cells: []ui.Cell{{Text: d.Name}, {Text: d.Frozen}, d.Now.cell()}})
	}
	return v
}

var parts = []ui.ReportPart{
	{Number: "1", Title: "Sammanfattning", ID: "sammanfattning"}, {Number: "2", Title: "Indikatorer", ID: "indikatorer"},
	{Number: "3", Title: "Volymer per kund", ID: "volymer"}, {Number: "4", Title: "Ekonomi", ID: "ekonomi"},
	{Number: "5", Title: "Klagomål och synpunkter", ID: "klagomal"},
}

func part(ctx context.Context, i int) ui.ReportPart {
	p := parts[i]
	p.Title = text.T(ctx, p.Title)
	return p
}

// spoken is the period as far as it has come: a report that runs does not speak
// for the months ahead.
func (r *Report) spoken(o *op.Op) string {
	today := period.DateOf(o.Now)
	if !r.Running || today <= r.period.First() {
		return r.Period
	}
	lang := text.Lang(o)
	return fmt.Sprintf("%s–%d %s %d", period.MonthName(r.period.First().Month(), lang), today.Day(), period.MonthName(today.Month(), lang), today.Year())
}

func (r *Report) frame(o *op.Op, file bool) ui.ReportView {
	v := ui.ReportView{
		Eyebrow: text.F(o, "Leverantörsfakturor · %s", r.spoken(o)),
		Title:   text.F(o, "Tertialrapport %d, %d", r.Tertial, r.Year),
		Marks:   []string{text.T(o, "Varje siffra öppnar sitt underlag")},
		Aside:   []string{text.N(o, int64(len(r.Figures)), "%s bunden siffra.", "%s bundna siffror."), text.T(o, "0 lösa siffror i texten.")},
	}
	for i := range parts {
		v.Parts = append(v.Parts, part(o, i))
	}
	switch {
	case r.Running:
		v.FrozenStatus, v.FrozenWord, v.Frozen = ui.None, text.T(o, "Pågår"), ui.Words(text.F(o, "Siffrorna gäller till och med %s.", period.DateOf(o.Now).String()))
	case r.Frozen != "" && len(r.Drifts) > 0:
		v.FrozenStatus, v.FrozenWord, v.Frozen = ui.Near, text.T(o, "Ändrad"), ui.Words(text.F(o, "Fryst %s. Det som har ändrats sedan dess står sist.", r.Frozen))
	case r.Frozen != "":
		v.FrozenStatus, v.FrozenWord, v.Frozen = ui.OK, text.T(o, "Fryst"), ui.Words(r.Frozen)
	case r.period.First() > period.DateOf(o.Now):
		v.FrozenStatus, v.FrozenWord, v.Frozen = ui.None, text.T(o, "Ej aktuellt nu"), ui.Words(text.T(o, "Perioden har inte börjat."))
	default:
		v.FrozenStatus, v.FrozenWord, v.Frozen = ui.None, text.T(o, "Inte fryst"), ui.Words(text.T(o, "Siffrorna kan ändras tills rapporten fryses."))
	}
	if !file {
		v.Actions = r.actions(o)
	}
	return v
}

func (r *Report) actions(o *op.Op) []ui.Link {
	at := fmt.Sprintf("%s/%d/%d", here, r.Year, r.Tertial)
	links := []ui.Link{{Label: text.T(o, "Skriv ut"), URL: "#print"}, {Label: "JSON", URL: at + ".json", Download: true}, {Label: text.T(o, "Som fil"), URL: at + ".html", Download: true}}
	_, may := o.Actor.Grants[Freeze]
	key := fmt.Sprintf("%d-T%d", r.Year, r.Tertial)
	switch {
	case !may || r.Running:
	case r.Frozen == "":
		links = append(links, ui.Link{Label: text.T(o, "Frys"), URL: "/f/report.freeze/" + key})
	case len(r.Drifts) > 0:
		links = append(links, ui.Link{Label: text.T(o, "Rätta"), URL: "/f/report.restate/" + key})
	}
	return links
}

func (r *Report) table(o *op.Op) ui.TableView {
	t := ui.TableView{Caption: text.F(o, "Leverantörsfakturor per kund, %s", r.Period), Columns: []ui.Col{
		{Label: text.T(o, "Kund")}, {Label: text.T(o, "Elektroniska"), Kind: ui.CellNumber}, {Label: text.T(o, "Manuella"), Kind: ui.CellNumber},
		{Label: text.T(o, "Andel manuella"), Kind: ui.CellNumber, Secondary: true}, {Label: text.T(o, "Alla"), Kind: ui.CellNumber},
		{Label: text.T(o, "Mot i fjol"), Kind: ui.CellNumber, Secondary: true}},
		Links: []ui.Link{{Label: text.F(o, "Visa underlag (%s händelser)", text.Int(r.All.Total.Rows)), URL: r.All.Total.URL}}}
	for _, v := range r.Volumes {
		t.Rows = append(t.Rows, ui.Row{Cells: v.cells()})
	}
	t.Foot = r.All.cells()
	if last := len(t.Columns) - 1; r.All.Change == "–" { // nothing to compare with: the summary says why
		t.Columns, t.Foot = t.Columns[:last], t.Foot[:last]
		for i := range t.Rows {
			t.Rows[i].Cells = t.Rows[i].Cells[:last]
		}
	}
	return t
}

func (v Volume) cells() []ui.Cell {
	share := v.Share
	if share == "" {
		share = "–"
	}
	return []ui.Cell{{Text: v.Name}, number(v.Electronic), number(v.Manual), {Text: share, Kind: ui.CellNumber}, number(v.Total),
		v.change()}
}

// change opens what it is compared with, where it can be compared.
func (v Volume) change() ui.Cell {
	if v.Change == "–" {
		return ui.Cell{Text: v.Change, Kind: ui.CellNumber}
	}
	return ui.Cell{Text: v.Change, URL: v.Before.URL, Title: v.Before.Text, Kind: ui.CellNumber}
}

func number(f Figure) ui.Cell {
	c := f.cell()
	c.Kind = ui.CellNumber
	return c
}

func (r *Report) drawing(o *op.Op) ui.FigureView {
	c := chart.StackedBars{About: chart.About{ID: "volym", Title: text.T(o, "Leverantörsfakturor per månad"), Finding: r.Finding},
		Parts: []string{text.T(o, "elektroniska"), text.T(o, "manuella")}}
	for _, m := range r.Months {
		c.Stacks = append(c.Stacks, chart.Stack{Label: short(period.MonthName(m.Month.Month, text.Lang(o))), Parts: []chart.Point{
			{Value: chart.Scaled(m.electronic, 0), URL: m.Electronic.URL}, {Value: chart.Scaled(m.manual, 0), URL: m.Manual.URL}}})
	}
	v := ui.FigureView{Finding: r.Finding, Text: text.T(o, "Antal hanterade leverantörsfakturor per månad. Skannade räknas som manuella."), Width: true,
		Source: ui.Link{Label: text.T(o, "Visa underlag"), URL: r.All.Total.URL}}
	if len(r.Months) > 0 {
		v.Chart = c
		t := tableOf(c.Table(o), c.Title)
		v.Table = &t
	}
	return v
}

func short(month string) string { return string([]rune(month)[:3]) }

func tableOf(t chart.Table, caption string) ui.TableView {
	v := ui.TableView{Caption: caption}
	for i, h := range t.Head {
		col := ui.Col{Label: h}
		if len(t.Rows) > 0 && t.Rows[0][i].Number {
			col.Kind = ui.CellNumber
		}
		v.Columns = append(v.Columns, col)
	}
	for _, row := range t.Rows {
		var cells []ui.Cell
		for _, c := range row {
			cells = append(cells, ui.Cell{Text: c.Text, URL: c.URL})
		}
		v.Rows = append(v.Rows, ui.Row{Cells: cells})
	}
	return v
}

func (r *Report) billView(o *op.Op) ui.BillView {
	v := ui.BillView{Caption: text.F(o, "Att debitera för %s", r.Period), SumLabel: text.T(o, "Summa, kr"), Sum: ui.Figure{Text: r.Sum.String()}} // the sum of the rows above it
	for _, l := range r.Bill.Lines {
		row := ui.BillRow{Label: l.Text, Figure: ui.Figure{Text: l.Sum.String(), URL: r.lineURL(l), Title: text.T(o, "Visa underlag")}}
		if l.Sort == charging.Item {
			row.Detail = text.F(o, "%s, %s × %s kr", charging.Channel(o, l.Channel), text.Int(l.Quantity), l.Each.String())
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// Text is the report as plain text, for the terminal and for search.
func (r *Report) Text() string {
	var b strings.Builder
	for _, sentence := range r.Summary {
		for _, p := range sentence {
			if p.Figure != nil {
				b.WriteString(p.Figure.Text)
			} else {
				b.WriteString(p.Text)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
