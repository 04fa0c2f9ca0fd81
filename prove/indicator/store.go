package indicator

import (
	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/report"
)

// Target is what a figure should reach in a year and those after it, until a
// later one is decided. Values are hundredths of the figure's unit.
type Target struct {
	ID        id.ID[Target]
	Figure    string
	Year      int64
	Value     int64
	Tolerance int64
	DecidedBy string
	Source    string
}

var (
	addTargets = db.Insert[Target]("indicator_target", "ON CONFLICT DO NOTHING")
	targets    = db.Select[Target](`
		SELECT id, figure, year, value, tolerance, decided_by, source
		FROM   indicator_target
		ORDER  BY figure, year, id`)
)

// Targets returns every target that has been decided, by figure and year.
func Targets(o *op.Op) ([]Target, error) { return targets.All(o) }

// given are the targets that the plans state. The tolerance is not in them; it
// is some one and a half per cent of the target until the office decides another.
var given = []Target{
	{ID: 1, Figure: PerFTE.Key, Year: 2012, Value: 3300_00, Tolerance: 50_00, DecidedBy: "Verksamhetsplan 2012", Source: "002 s.5"},
	{ID: 2, Figure: PerFTE.Key, Year: 2014, Value: 3400_00, Tolerance: 50_00, DecidedBy: "Verksamhetsplan 2014", Source: "000 s.5"},
}

func install(o *op.Op) error {
	_, err := addTargets.Add(o, given...)
	return err
}

var errFigure = fault.New(fault.NotFound, "IND-001", "Indikatorn finns inte. Välj en på sidan Indikatorer.")

// targetForm decides a new target.
func targetForm(figures []*report.Figure) *form.Spec {
	var options []form.Option
	for _, f := range figures {
		options = append(options, form.Option{Value: f.Key, Label: f.Name})
	}
	return &form.Spec{
		Name: "indicator.target", Title: "Besluta ett mål", Submit: "Spara målet", Need: Decide,
		Intro: "Ett mål gäller från sitt år tills ett nytt beslutas. Det som redan är redovisat ändras inte.",
		Fields: []form.Field{
			{Key: "figure", Label: "Indikator", Kind: form.Choice, Required: true, Options: options},
			{Key: "year", Label: "Från och med år", Kind: form.Whole, Required: true, Max: 4},
			{Key: "value", Label: "Mål", Kind: form.Text, Required: true, Max: 12, Help: "Skriv talet i indikatorns enhet, till exempel 3 400 eller 97,0."},
			{Key: "tolerance", Label: "Nära, inom", Kind: form.Text, Required: true, Max: 12, Help: "Så långt från målet räknas som nära, i samma enhet."},
			{Key: "by", Label: "Beslutat av", Kind: form.Text, Required: true, Max: 100},
			{Key: "source", Label: "Var beslutet står", Kind: form.Text, Required: true, Max: 100},
		},
		Rule: func(_ op.Who, v form.Values) []fault.Field {
			var wrong []fault.Field
			for _, k := range []string{"value", "tolerance"} {
				if n, err := money.Parse(v.Text(k)); err != nil || n < 0 {
					wrong = append(wrong, fault.Field{Name: k, Text: "Skriv ett tal med högst två decimaler, till exempel 97,5."})
				}
			}
			if y := v.Int("year"); y < 2000 || y > 2100 {
				wrong = append(wrong, fault.Field{Name: "year", Text: "Skriv ett år mellan 2000 och 2100."})
			}
			return wrong
		},
		Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
			t := Target{ID: id.New[Target](o), Figure: v.Text("figure"), Year: v.Int("year"), Value: int64(v.Money("value")),
				Tolerance: int64(v.Money("tolerance")), DecidedBy: v.Text("by"), Source: v.Text("source")}
			if _, err := addTargets.Add(o, t); err != nil {
				return "", err
			}
			return "/indikatorer/" + t.Figure, audit.Note(o, audit.Change{Kind: "indicator.target", Record: int64(t.ID), Step: "decide",
				Note: t.Figure + " " + v.Text("year") + ": " + v.Text("value")})
		},
	}
}
