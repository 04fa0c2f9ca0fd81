package indicator

import (
	"github.com/a-h/templ"

	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/report"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

func cards() []module.Card {
	return []module.Card{
		{Place: module.Head, Order: -10, Need: Read, Render: headline},
		{Place: module.Head, Order: 10, Need: Read, Render: lastMonth},
		{Place: module.Contact, Order: 40, Need: Read, Render: promiseKept},
		{Place: module.Unit, Order: 30, Need: Read, Render: promiseKept},
	}
}

// past is the last month that is over: the one that can be judged.
func past(o *op.Op) period.Month { return period.MonthOf(period.DateOf(o.Now)).Prev() }

func headline(o *op.Op) (templ.Component, error) {
	m := past(o)
	all, err := stand(o, Figures, o.Actor.Grants[Read], m, 1)
	if err != nil {
		return nil, err
	}
	day := period.LongDate(period.DateOf(o.Now), text.Lang(o))
	return ui.Head(ui.HeadView{Eyebrow: text.F(o, "Verksamheten · %s", day),
		Headline: text.Capital(period.MonthName(m.Month, text.Lang(o))) + ": " + text.Small(finding(o, all)), Intro: apart(o, all)}), nil
}

// apart says which indicators do not reach their targets, and how far they are
// from them.
func apart(o *op.Op, all []Standing) ui.Prose {
	var p ui.Prose
	for _, s := range all {
		if s.Judged.Status != ui.Miss && s.Judged.Status != ui.Near {
			continue
		}
		p = append(p, ui.Piece{Text: text.T(o, s.Figure.Name) + " "}, ui.Piece{Text: s.Now.Say(), URL: s.Now.URL(), Figure: true},
			ui.Piece{Text: " " + text.F(o, "mot målet %s.", s.Target.Say(s.Figure)) + " "})
	}
	return p
}

func lastMonth(o *op.Op) (templ.Component, error) {
	m := past(o)
	all, err := Stand(o, Figures, o.Actor.Grants[Read], m)
	if err != nil {
		return nil, err
	}
	rows := make([]ui.IndicatorView, len(all))
	for i, s := range all {
		rows[i] = s.View(o)
	}
	title := text.F(o, "Så gick %s", m.Text(text.Lang(o)))
	return ui.Within(ui.SideSection(ui.PanelView{ID: "indicators", Heading: title,
		Link: ui.Link{Label: text.T(o, "Alla indikatorer"), URL: here}}), ui.Indicators(rows)), nil
}

// promiseKept is how the lead times are kept this month, for whom the reader
// may see.
func promiseKept(o *op.Op) (templ.Component, error) {
	m := period.MonthOf(period.DateOf(o.Now))
	all, err := Stand(o, []*report.Figure{InTime}, o.Actor.Grants[Read], m)
	if err != nil {
		return nil, err
	}
	s := all[0]
	if s.Now.State != report.Measured {
		return nil, nil
	}
	v := ui.KeptView{Fact: ui.Fact{Figure: ui.Figure{Text: s.Now.Say(), URL: s.Now.URL(), Title: text.T(o, "Visa underlag")},
		Note: text.F(o, "av det som blev klart i %s, hittills", period.MonthName(m.Month, text.Lang(o)))}}
	if s.Has {
		v.Note = text.F(o, "mot målet %s", s.Target.Say(s.Figure))
	}
	if x, ok := s.Chart(o, 680, 110); ok {
		v.Chart, v.Finding = x, x.Finding
	}
	return ui.Within(ui.Panel(ui.PanelView{ID: "kept", Heading: text.T(o, "Leverantörsfakturor inom utlovad ledtid"),
		Link: ui.Link{Label: text.F(o, "Visa underlag (%s)", text.Int(s.Now.Count())), URL: s.Now.CasesURL()}}), ui.Kept(v)), nil
}
