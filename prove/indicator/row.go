package indicator

import (
	"strings"

	"kontor/kernel/chart"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/report"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

// monthsShown is how far back a chart goes: two years, so that a season is seen
// twice.
const monthsShown = 24

// pointsLeast is how many months a chart needs to say anything of variation.
const pointsLeast = 3

// Standing is one indicator in a month, with the months before it.
type Standing struct {
	Figure *report.Figure
	Now    report.Value
	Before []report.Value // oldest first; ends with Now
	Target Target
	Has    bool // a target is decided
	Judged Judgement
}

// Stand says how figures stand in a month, within the scope.
func Stand(o *op.Op, figures []*report.Figure, s op.Scope, m period.Month) ([]Standing, error) {
	return stand(o, figures, s, m, monthsShown)
}

func stand(o *op.Op, figures []*report.Figure, s op.Scope, m period.Month, back int) ([]Standing, error) {
	rows, err := Targets(o)
	if err != nil {
		return nil, err
	}
	months := report.Months(m, back)
	all := make([]Standing, len(figures))
	for i, f := range figures {
		t, ok := pick(rows, f.Key, int64(m.Year))
		all[i] = Standing{Figure: f, Target: t, Has: ok}
	}
	for _, x := range months { // the sums of a month are read once for all figures
		cells, err := report.Read(o, s, x, 0)
		if err != nil {
			return nil, err
		}
		for i, f := range figures {
			v, err := f.Value(o, cells, 0)
			if err != nil {
				return nil, err
			}
			all[i].Before, all[i].Now = append(all[i].Before, v), v
		}
	}
	for i := range all {
		all[i].Judged = Judge(all[i].Now, all[i].Target, all[i].Has)
	}
	return all, nil
}

// Chart is the variation over the months that have a number; false when they
// are too few.
func (s Standing) Chart(o *op.Op, width, height int) (chart.XmR, bool) {
	x := chart.XmR{About: chart.About{ID: "xmr-" + strings.ReplaceAll(s.Figure.Key, ".", "-"), Title: text.T(o, s.Figure.Name),
		Format: chart.Format{Decimals: s.Figure.Decimals, Unit: unit(s.Figure)}},
		Share: s.Figure.Percent, Width: chart.Scaled(int64(width), 0), Height: chart.Scaled(int64(height), 0), Labelled: width > 0, Better: chart.LowerIsBetter}
	if s.Figure.Higher {
		x.Better = chart.HigherIsBetter
	}
	if s.Figure == Count {
		x.Better = chart.Neither
	}
	for _, v := range s.Before {
		r := v.Rat()
		if r == nil || v.Running || v.Count() == 0 {
			continue
		}
		n, _ := r.Float64()
		x.Points = append(x.Points, chart.Point{Label: monthOf(o, v.Period), Value: n, URL: v.URL()})
	}
	if s.Has {
		t := chart.Scaled(s.Target.Value, 2)
		x.Target = &t
	}
	x.Finding = x.Analysis().Words(o)
	return x, len(x.Points) >= pointsLeast
}

func unit(f *report.Figure) string {
	if f.Percent {
		return "%"
	}
	return ""
}

func monthOf(o *op.Op, p period.Period) string {
	if m, ok := p.(period.Month); ok {
		return m.Text(text.Lang(o))
	}
	return p.String()
}

// View is the indicator as a row of a page or a report.
func (s Standing) View(o *op.Op) ui.IndicatorView {
	d, _ := s.Figure.On(s.Now.Period.Last())
	v := ui.IndicatorView{
		ID: "ind-" + strings.ReplaceAll(s.Figure.Key, ".", "-"), Name: text.T(o, s.Figure.Name),
		Definition: ui.Link{Label: text.F(o, "definition v %d, från %d", d.Version, d.From.Year()), URL: "/indikatorer/" + s.Figure.Key + "#definitioner"},
		Value:      ui.Figure{Text: s.Now.Say(), URL: s.Now.URL(), Title: text.T(o, "Visa underlag")},
		Period:     monthOf(o, s.Now.Period), Status: s.Judged.Status, Word: text.T(o, s.Judged.Word), Reason: text.T(o, s.Now.Reason),
		Count:  text.F(o, "n = %s", text.Int(s.Now.Count())),
		Source: ui.Link{Label: text.T(o, "Visa underlag"), URL: s.Now.CasesURL()},
	}
	if s.Now.State != report.Measured {
		v.Value = ui.Figure{}
	}
	if s.Now.Running {
		v.Period = text.F(o, "%s, hittills", v.Period)
	}
	if s.Has {
		v.Target = s.Target.Say(s.Figure)
		v.Deviation = Deviation(s.Now, s.Target)
	}
	if x, ok := s.Chart(o, 0, 0); ok {
		v.Chart = x
	} else if v.Reason == "" {
		v.Reason = text.T(o, "För få månader för att visa variationen.")
	}
	return v
}
