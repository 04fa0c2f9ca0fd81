package report

import (
	"fmt"
	"strconv"
	"strings"

	"kontor/kernel/form"
	"kontor/kernel/op"
	"kontor/kernel/report"
	"kontor/kernel/text"
)

// parseKey reads "2026-T2".
func parseKey(o *op.Op, key string) (*Report, error) {
	year, number, ok := strings.Cut(key, "-T")
	y, err1 := strconv.Atoi(year)
	n, err2 := strconv.Atoi(number)
	if !ok || err1 != nil || err2 != nil {
		return nil, errTertial.Because("%q", key)
	}
	return Tertial(o, y, n)
}

func (r *Report) url() string { return fmt.Sprintf("%s/%d/%d", here, r.Year, r.Tertial) }

var freezeForm = &form.Spec{
	Name: "report.freeze", Title: "Frys rapporten", Submit: "Frys", Need: Freeze,
	Intro:  "Siffrorna sparas som de är nu. Ändras de efteråt visas det i rapporten, och de kan rättas med en anmärkning.",
	Fields: []form.Field{{Key: "sure", Label: "Jag har läst rapporten", Kind: form.Check, Required: true}},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		r, err := parseKey(o, key)
		if err != nil {
			return form.Loaded{}, err
		}
		return form.Loaded{Values: form.Values{}, Version: 1, Title: text.F(o, "Frys tertialrapport %d, %d", r.Tertial, r.Year)}, nil
	},
	Save: func(o *op.Op, key string, _ int64, _ form.Values) (string, error) {
		r, err := parseKey(o, key)
		if err != nil {
			return "", err
		}
		return r.url(), report.Freeze(o, r.values...)
	},
}

var restateForm = &form.Spec{
	Name: "report.restate", Title: "Rätta rapporten", Submit: "Rätta", Need: Freeze,
	Intro:  "De siffror som har ändrats sparas på nytt med din förklaring. De som frystes först står kvar.",
	Fields: []form.Field{{Key: "why", Label: "Varför siffrorna har ändrats", Kind: form.Area, Required: true, Max: 500, Rows: 3}},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		r, err := parseKey(o, key)
		if err != nil {
			return form.Loaded{}, err
		}
		return form.Loaded{Values: form.Values{}, Version: 1, Title: text.F(o, "Rätta tertialrapport %d, %d", r.Tertial, r.Year)}, nil
	},
	Save: func(o *op.Op, key string, _ int64, v form.Values) (string, error) {
		r, err := parseKey(o, key)
		if err != nil {
			return "", err
		}
		for _, d := range r.Drifts {
			if err := report.Restate(o, d.value, v.Text("why")); err != nil {
				return "", err
			}
		}
		return r.url(), nil
	},
}
