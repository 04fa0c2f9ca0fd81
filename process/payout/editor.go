package payout

import (
	"strconv"
	"strings"

	"kontor/books/coding"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/promise/client"
)

// editor is the page where a request is written.
type editor struct {
	Head      ui.HeadView
	Form      ui.FormView // its fields and what is wrong
	Client    string
	Back      string
	Rows      []row
	FileName  string
	FileWrong string
	lists     map[coding.Segment][]form.Option
}

type column struct {
	Name, Label string
	Segment     coding.Segment // "" for text and amount
	Size        string
}

// of is what a line says in the column.
func (c column) of(l *coding.Line) string {
	switch {
	case c.Segment != "":
		return l.Code(c.Segment)
	case c.Name == "words":
		return l.Text
	}
	return l.Amount.String()
}

type row struct {
	Values []string
	Wrong  map[string]string // by column
}

// rowsMost bounds a coding; suggestMost is how many codes of a segment are
// suggested, the rest are typed.
const (
	rowsMost    = 60
	suggestMost = 500
)

var columns = []column{
	{"account", "Konto", coding.Account, "6"}, {"unit", "Ansvar", coding.Unit, "6"}, {"activity", "Verksamhet", coding.Activity, "6"},
	{"project", "Projekt", coding.Project, "6"}, {"counterpart", "Motpart", coding.Counterpart, "5"}, {"object", "Objekt", coding.Object, "5"},
	{"words", "Text", "", "16"}, {"sum", "Belopp, kr", "", "11"},
}

// newEditor shows a request as it can be written on.
func newEditor(o *op.Op, v *Request, values form.Values, wrong []fault.Field) (*editor, error) {
	of, err := client.Get(o, v.Client)
	if err != nil {
		return nil, err
	}
	e := &editor{Client: v.Client.String(), Back: listURL, FileName: v.FileName, lists: map[coding.Segment][]form.Option{}}
	e.Form.Action, e.Form.Version = newURL, v.Version
	e.Head = ui.HeadView{Eyebrow: text.T(o, "Utbetalningsunderlag") + " · " + of.Name, Headline: text.T(o, "Vem ska få betalt, och för vad?"),
		Intro: ui.Words(text.T(o, "Underlaget granskas och attesteras av två andra personer hos kunden innan det betalas."))}
	if v.ID != 0 {
		e.Back = pageURL(v.ID)
		e.Form.Action = e.Back + "/andra"
	}
	if e.Form.Fields, err = web.Fields(o, fields, values, wrong); err != nil {
		return nil, err
	}
	for i := range e.Form.Fields {
		f := &e.Form.Fields[i]
		f.Half = f.Name == "amount" || f.Name == "due"
		switch f.Name {
		case "org", "name", "protected", "bank_name":
			f.Group = text.T(o, "Mottagare")
		case "purpose", "basis":
			f.Group = text.T(o, "Ändamål och beslut")
		default:
			f.Group = text.T(o, "Konto och belopp")
		}
	}
	return e, e.suggest(o, v.Client)
}

// suggest fills in the open codes of the client.
func (e *editor) suggest(o *op.Op, of op.ClientID) error {
	plan, err := coding.Load(o, of)
	if err != nil {
		return err
	}
	for _, c := range columns {
		if c.Segment == "" {
			continue
		}
		values := plan.Values(c.Segment, period.DateOf(o.Now))
		for _, x := range values[:min(len(values), suggestMost)] {
			if x.Control == "" {
				e.lists[c.Segment] = append(e.lists[c.Segment], form.Option{Value: x.Code, Label: x.Name})
			}
		}
	}
	return nil
}

// show fills the rows with what the request says.
func (e *editor) show(lines []coding.Line) {
	for i := range lines {
		l := &lines[i]
		var r row
		for _, c := range columns {
			r.Values = append(r.Values, c.of(l))
		}
		e.Rows = append(e.Rows, r)
	}
}

func (e *editor) more(n int) {
	for range n {
		e.Rows = append(e.Rows, row{Values: make([]string, len(columns))})
	}
}

// readLines takes the rows of the form; empty ones are left out. The amount of an
// only row may be left out: it is the whole.
func readLines(o *op.Op, value func(string) string, plan *coding.Plan, whole money.Amount) (lines []coding.Line, rows []row, wrong bool) {
	for i := range rowsMost {
		r := row{Values: make([]string, len(columns)), Wrong: map[string]string{}}
		for j, c := range columns {
			r.Values[j] = strings.TrimSpace(value(c.Name + strconv.Itoa(i)))
		}
		if strings.Join(r.Values, "") != "" {
			rows = append(rows, r)
		}
	}
	for i := range rows {
		r := &rows[i]
		var l coding.Line
		for j, c := range columns {
			switch {
			case c.Segment != "":
				l.Set(c.Segment, r.Values[j])
			case c.Name == "words":
				l.Text = r.Values[j]
			case r.Values[j] == "" && len(rows) == 1:
				l.Amount = whole
			default:
				a, err := money.Parse(r.Values[j])
				if err != nil || a == 0 {
					r.Wrong[c.Name] = text.T(o, "Skriv ett belopp som inte är noll, eller töm raden.")
				}
				l.Amount = a
			}
		}
		for _, x := range plan.Check(l, period.DateOf(o.Now)) {
			r.Wrong[string(x.Segment)] = text.Stored(o, x.Text)
		}
		wrong = wrong || len(r.Wrong) > 0
		lines = append(lines, l)
	}
	return lines, rows, wrong
}
