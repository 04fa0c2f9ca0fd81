package indicator

import (
	"net/http"
	"slices"

	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/report"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
)

const here = "/indikatorer"

// chosen is the month that a page is about: the one asked for, otherwise the
// last that is over.
func chosen(o *op.Op, r *http.Request) (period.Month, error) {
	if key := r.URL.Query().Get("month"); key != "" {
		p, err := period.ParsePeriod(key)
		if err != nil {
			return period.Month{}, err
		}
		return period.MonthOf(p.Last()), nil
	}
	return period.MonthOf(period.DateOf(o.Now)).Prev(), nil
}

type pageView struct {
	head ui.HeadView
	part string
	rows []ui.IndicatorView
}

func showAll(figures []*report.Figure) func(*op.Op, *http.Request) (web.Answer, error) {
	return func(o *op.Op, r *http.Request) (web.Answer, error) {
		m, err := chosen(o, r)
		if err != nil {
			return web.Answer{}, err
		}
		all, err := Stand(o, figures, o.Actor.Grants[Read], m)
		if err != nil {
			return web.Answer{}, err
		}
		v := pageView{part: text.F(o, "Så gick %s", m.Text(text.Lang(o))), head: ui.HeadView{Eyebrow: text.F(o, "Indikatorer · %s", m.Text(text.Lang(o))), Headline: finding(o, all), Links: around(o, here, m)}}
		for _, s := range all {
			v.rows = append(v.rows, s.View(o))
		}
		return web.Answer{Title: text.T(o, "Indikatorer"), Current: here, Class: "reading", Body: page(v)}, nil
	}
}

func around(o *op.Op, at string, m period.Month) []ui.Link {
	links := []ui.Link{{Label: m.Prev().Text(text.Lang(o)), URL: at + "?month=" + m.Prev().Key()}}
	if m.Next().First() <= period.DateOf(o.Now) {
		links = append(links, ui.Link{Label: m.Next().Text(text.Lang(o)), URL: at + "?month=" + m.Next().Key()})
	}
	return links
}

// finding is the page's answer as a sentence.
func finding(o *op.Op, all []Standing) string {
	judged, good := int64(0), int64(0)
	for _, s := range all {
		switch s.Judged.Status {
		case ui.OK:
			good++
			judged++
		case ui.Near, ui.Miss:
			judged++
		}
	}
	switch {
	case judged == 0:
		return text.T(o, "Ingen indikator kan bedömas för månaden")
	case judged == 1 && good == 0:
		return text.T(o, "Den enda indikatorn med mål når det inte")
	case good == judged:
		return text.N(o, judged, "%s av de bedömda indikatorerna når sitt mål", "Alla %s bedömda indikatorer når sina mål")
	}
	return text.F(o, "%s av %s bedömda indikatorer når sina mål", text.Int(good), text.Int(judged))
}

type detailView struct {
	head        ui.HeadView
	figure      ui.FigureView
	definitions ui.TableView
	targets     ui.TableView
}

func showOne(figures []*report.Figure) func(*op.Op, *http.Request) (web.Answer, error) {
	return func(o *op.Op, r *http.Request) (web.Answer, error) {
		i := slices.IndexFunc(figures, func(f *report.Figure) bool { return f.Key == r.PathValue("key") })
		if i < 0 {
			return web.Answer{}, errFigure.Because("no figure %q", r.PathValue("key"))
		}
		m, err := chosen(o, r)
		if err != nil {
			return web.Answer{}, err
		}
		all, err := Stand(o, figures[i:i+1], o.Actor.Grants[Read], m)
		if err != nil {
			return web.Answer{}, err
		}
		rows, err := Targets(o)
		if err != nil {
			return web.Answer{}, err
		}
		s := all[0]
		v := detailView{head: s.head(o, m), figure: s.drawing(o), definitions: s.history(o), targets: decided(o, s.Figure, rows)}
		return web.Answer{Title: text.T(o, s.Figure.Name), Current: here, Class: "reading", Body: detail(v)}, nil
	}
}

func (s Standing) head(o *op.Op, m period.Month) ui.HeadView {
	h := ui.HeadView{Eyebrow: text.F(o, "%s · %s", text.T(o, s.Figure.Name), m.Text(text.Lang(o))), Links: around(o, here+"/"+s.Figure.Key, m)}
	if s.Now.State != report.Measured {
		h.Headline = text.T(o, s.Now.Reason)
		return h
	}
	h.Headline = text.F(o, "%s: %s %s", text.T(o, s.Judged.Word), s.Now.Say(), text.T(o, wordUnit(s.Figure)))
	h.Intro = ui.Prose{{Text: s.Now.Say(), URL: s.Now.URL(), Figure: true}}
	if s.Has {
		h.Intro = append(h.Intro, ui.Piece{Text: " " + text.F(o, "mot målet %s, %s.", s.Target.Say(s.Figure), Deviation(s.Now, s.Target))})
	}
	if u := s.Now.OutsideURL(); u != "" {
		d, _ := s.Figure.On(s.Now.Period.Last())
		h.Intro = append(h.Intro, ui.Piece{Text: " " + text.T(o, "Delat med") + " "},
			ui.Piece{Text: text.Decimal(s.Now.Den, 2) + " " + text.T(o, d.Denominator.Name), URL: u, Figure: true}, ui.Piece{Text: "."})
	}
	if _, may := o.Actor.Grants[Decide]; may {
		h.Links = append(h.Links, ui.Link{Label: text.T(o, "Besluta ett mål"), URL: "/f/indicator.target"})
	}
	return h
}

func wordUnit(f *report.Figure) string {
	if f.Percent {
		return ""
	}
	return f.Unit
}

func (s Standing) drawing(o *op.Op) ui.FigureView {
	x, ok := s.Chart(o, 840, 220)
	v := ui.FigureView{Finding: x.Finding, Text: text.F(o, "%s, per månad. Grått fält är naturlig variation, streckad linje är målet.", text.T(o, s.Figure.Unit)), Width: true}
	if !ok {
		v.Finding = text.T(o, "För få månader för att visa variationen.")
	} else {
		v.Chart = x
	}
	t := ui.TableView{Caption: text.T(o, s.Figure.Name), Columns: []ui.Col{{Label: text.T(o, "Månad")}, {Label: text.T(o, "Värde"), Kind: ui.CellNumber},
		{Label: text.T(o, "Antal"), Kind: ui.CellNumber}, {Label: text.T(o, "Definition"), Kind: ui.CellNumber}, {Label: text.T(o, "Anmärkning")}}}
	for _, b := range slices.Backward(s.Before) {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: monthOf(o, b.Period)}, {Text: b.Say(), URL: b.URL()}, {Text: text.Int(b.Count()), URL: b.CasesURL()},
			{Text: text.F(o, "v %d", b.Definition)}, {Text: remark(o, b)}}})
	}
	v.Table = &t
	return v
}

func remark(o *op.Op, v report.Value) string {
	if v.Running {
		return text.T(o, "Månaden pågår.")
	}
	return text.T(o, v.Reason)
}

func (s Standing) history(o *op.Op) ui.TableView {
	t := ui.TableView{Caption: text.T(o, "Definitioner"), Columns: []ui.Col{{Label: text.T(o, "Version"), Kind: ui.CellNumber}, {Label: text.T(o, "Gäller från"), Kind: ui.CellDate},
		{Label: text.T(o, "Så räknas den")}, {Label: text.T(o, "Källa"), Kind: ui.CellCode}}}
	for _, d := range slices.Backward(s.Figure.Definitions) {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: text.Int(d.Version)}, {Text: d.From.String()}, {Text: text.T(o, d.Text)}, {Text: d.Source}}})
	}
	return t
}

func decided(o *op.Op, f *report.Figure, rows []Target) ui.TableView {
	t := ui.TableView{Caption: text.T(o, "Mål"), Columns: []ui.Col{{Label: text.T(o, "Från år"), Kind: ui.CellNumber}, {Label: text.T(o, "Mål"), Kind: ui.CellNumber},
		{Label: text.T(o, "Beslutat av")}, {Label: text.T(o, "Källa"), Kind: ui.CellCode}},
		Empty: ui.Empty{Heading: text.T(o, "Inget mål är beslutat"), Text: text.T(o, "Indikatorn följs men bedöms inte förrän ett mål är beslutat.")}}
	for _, r := range slices.Backward(rows) {
		if r.Figure == f.Key {
			t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: text.F(o, "%d", r.Year)}, {Text: r.Say(f)}, {Text: r.DecidedBy}, {Text: r.Source}}})
		}
	}
	return t
}
