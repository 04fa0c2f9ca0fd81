package coding

import (
	_ "embed"
	"strings"

	"kontor/kernel/op"
	"kontor/kernel/period"
)

// The demonstration city's shared chart, made by us: the classes are those of
// the municipal standard chart (Kommun-Bas: 1 assets, 2 equity and liabilities,
// 3 income, 4–7 costs, 8 financial), which is recommended, not binding, and whose
// own text may not be passed on; the accounts and names are ours. A city loads
// its own with Put.
//
// source: lag (2018:597) om kommunal bokföring och redovisning, 3 kap.
//
//go:embed chart.tsv
var chart string

// chartFrom is before anything that the demonstration posts.
var chartFrom = period.NewDate(2010, 1, 1)

// Chart returns the values of the shared chart.
func Chart() []Value {
	var all []Value
	for line := range strings.Lines(chart) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		for len(f) < 5 {
			f = append(f, "")
		}
		all = append(all, Value{Segment: Segment(f[0]), Code: f[1], Name: f[2], Kind: Kind(f[3]), Control: f[4], ValidFrom: chartFrom})
	}
	return all
}

// ChartRules returns the rules of the shared chart.
func ChartRules() []Rule {
	return []Rule{
		{
			Given: Account, First: "3000", Last: "7699", Segment: Unit, Demand: Required, ValidFrom: chartFrom,
			Text: "Intäkter och kostnader följs upp per ansvar.",
		},
		{
			Given: Account, First: "1000", Last: "2999", Segment: Activity, Demand: Forbidden, ValidFrom: chartFrom,
			Text: "Balanskonton har ingen verksamhet.",
		},
		{
			Given: Account, First: "1190", Last: "1190", Segment: Project, Demand: Required, ValidFrom: chartFrom,
			Text: "En investering hör till ett projekt tills den tas i bruk.",
		},
		{
			Given: Account, First: "3910", Last: "3910", Segment: Counterpart, Demand: Required, ValidFrom: chartFrom,
			Text: "Interna poster ska kunna tas bort mot motparten i bokslutet.",
		},
		{
			Given: Account, First: "3910", Last: "3910", Segment: Counterpart, Demand: Allowed, Codes: "100-499", ValidFrom: chartFrom,
			Text: "Intern försäljning går bara till stadens egna förvaltningar.",
		},
		{
			Given: Account, First: "7510", Last: "7520", Segment: Counterpart, Demand: Required, ValidFrom: chartFrom,
			Text: "Interna poster ska kunna tas bort mot motparten i bokslutet.",
		},
	}
}

// Install loads the shared chart into a city that has none.
func Install(o *op.Op) error {
	n, err := citysValues.One(o)
	if err != nil || n > 0 {
		return err
	}
	if _, err := Put(o, Chart()...); err != nil {
		return err
	}
	return PutRules(o, ChartRules()...)
}
