package report

import (
	"fmt"
	"net/url"
	"strings"

	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
)

func lacking(name string) string { return fmt.Sprintf(sayNoOutside, name) }

// Rows is the list of work events whose quantities add up to the measure.
func (m Measure) Rows(p period.Period, client op.ClientID) list.Query {
	f := map[string][]string{
		"process": {m.Process},
		"from":    {p.First().String()},
		"to":      {p.Last().String()},
	}
	if len(m.Activities) > 0 {
		f["activity"] = m.Activities
	}
	for _, c := range m.Channels {
		f["channel"] = append(f["channel"], string(c))
	}
	if m.Automated {
		f["automated"] = []string{"true"}
	}
	switch m.Of {
	case Promised:
		f["promised"] = []string{"1"}
	case Kept:
		f["kept"] = []string{"true"}
	}
	if client != 0 {
		f["client"] = []string{client.String()}
	}
	return list.Query{Filters: f}
}

// URL opens the rows that the measure adds up.
func (m Measure) URL(p period.Period, client op.ClientID) string {
	if m.Counted == nil {
		return RowsURL(m.Rows(p, client))
	}
	f := url.Values{"from": {p.First().String()}, "to": {p.Last().String()}}
	if client != 0 {
		f.Set("client", client.String())
	}
	for k, v := range m.Counted.Only {
		f[k] = v
	}
	return "/l/" + m.Counted.List + "?" + f.Encode()
}

// RowsURL is the address of the list that query q makes of work events.
func RowsURL(q list.Query) string {
	return "/l/" + work.EventsList + "?" + url.Values(q.Filters).Encode()
}

// Rows is the list of the events that the value's numerator adds up.
func (v Value) Rows() list.Query {
	d, _ := v.definition()
	return d.Numerator.Rows(v.Period, v.Client)
}

// URL opens the rows behind the value; "" where no definition was valid.
func (v Value) URL() string {
	d, ok := v.definition()
	if !ok {
		return ""
	}
	return d.Numerator.URL(v.Period, v.Client)
}

// CasesURL opens the rows that the value rests on: those that a share is a share
// of, otherwise the same as URL.
func (v Value) CasesURL() string {
	if d, ok := v.definition(); ok && d.Denominator != nil && d.Denominator.Measure != nil {
		return d.Denominator.Measure.URL(v.Period, v.Client)
	}
	return v.URL()
}

// OutsideURL opens the rows behind a denominator that is outside the events; ""
// when there is none.
func (v Value) OutsideURL() string {
	d, ok := v.definition()
	if !ok || d.Denominator == nil || d.Denominator.Rows == "" {
		return ""
	}
	return strings.NewReplacer("{from}", v.Period.First().String(), "{to}", v.Period.Last().String()).Replace(d.Denominator.Rows)
}

// ToDate is the time from New Year to the end of a tertial: what a report of
// the tertial is about.
type ToDate period.Tertial

// First returns the first of January.
func (t ToDate) First() period.Date { return period.Year(t.Year).First() }

// Last returns the last day of the tertial.
func (t ToDate) Last() period.Date { return period.Tertial(t).Last() }

// Key writes "2026-T1", "2026-T1-T2" or "2026".
func (t ToDate) Key() string {
	switch t.Number {
	case 1:
		return period.Tertial(t).Key()
	case 2:
		return fmt.Sprintf("%04d-T1-T2", t.Year)
	}
	return period.Year(t.Year).Key()
}

// String writes "januari–augusti 2026".
func (t ToDate) String() string {
	return fmt.Sprintf("%s–%s %d", period.MonthName(t.First().Month(), "sv"), period.MonthName(t.Last().Month(), "sv"), t.Year)
}
