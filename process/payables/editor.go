package payables

import (
	"net/http"
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
)

type optionOf = form.Option

// codingEditor is the page where a coding is written.
type codingEditor struct {
	Eyebrow, Headline, Intro, URL, Back, Version string
	Wrong                                        string
	Late                                         *ui.ConflictView // somebody else was first
	Columns                                      []codingColumn
	Rows                                         []codingRow
	Net                                          string
}

type codingColumn struct {
	Name, Label string
	Suggest     []form.Option
}

// size is how many characters a field has room for at least.
func (c codingColumn) size() string {
	if c.Name == "amount" {
		return "12"
	}
	return "7"
}

type codingRow struct {
	Values []string
	Wrong  map[string]string // by column
}

// rowsMost bounds a coding: more lines than that are split otherwise.
const rowsMost = 200

// suggestMost is how many codes of a segment are suggested; the rest are typed.
const suggestMost = 500

var editorColumns = []codingColumn{{Name: "account", Label: "Konto"}, {Name: "unit", Label: "Ansvar"}, {Name: "activity", Label: "Verksamhet"},
	{Name: "project", Label: "Projekt"}, {Name: "counterpart", Label: "Motpart"}, {Name: "object", Label: "Objekt"}, {Name: "amount", Label: "Belopp, kr"}}

func editor(o *op.Op, v Invoice, plan *coding.Plan) *codingEditor {
	e := &codingEditor{Eyebrow: text.T(o, "Kontering"), Headline: text.F(o, "%s, %s kr", v.SupplierName, v.Payable), Version: itoa(v.Version),
		Intro: text.T(o, "Skriv en rad för varje del av kostnaden. Tomma rader räknas inte. Moms och öresutjämning räknar Kontor själv."),
		URL:   "/payables/" + v.ID.String() + "/kontering", Back: "/payables/" + v.ID.String(), Net: v.Net.String()}
	on := period.DateOf(o.Now)
	for _, c := range editorColumns {
		c.Label = text.T(o, c.Label)
		if c.Name != "amount" {
			values := plan.Values(coding.Segment(c.Name), on)
			for _, x := range values[:min(len(values), suggestMost)] {
				c.Suggest = append(c.Suggest, form.Option{Value: x.Code, Label: x.Name})
			}
		}
		e.Columns = append(e.Columns, c)
	}
	return e
}

func showCoding(o *op.Op, r *http.Request) (web.Answer, error) {
	v, plan, err := codingOf(o, r)
	if err != nil {
		return web.Answer{}, err
	}
	e := editor(o, v, plan)
	for _, l := range withSuggestion(v).Coding {
		e.Rows = append(e.Rows, codingRow{Values: []string{l.Account, l.Unit, l.Activity, l.Project, l.Counterpart, l.Object, l.Amount.String()}})
	}
	if len(e.Rows) == 0 {
		e.Rows = append(e.Rows, codingRow{Values: []string{"", "", "", "", "", "", v.Net.String()}})
	}
	e.more(2)
	return editorAnswer(o, e), nil
}

func (e *codingEditor) more(n int) {
	for range n {
		e.Rows = append(e.Rows, codingRow{Values: make([]string, len(editorColumns))})
	}
}

func editorAnswer(o *op.Op, e *codingEditor) web.Answer {
	return web.Answer{Title: text.T(o, "Kontering"), Current: listURL, Body: codingBody(e)}
}

func codingOf(o *op.Op, r *http.Request) (Invoice, *coding.Plan, error) {
	v, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return v, nil, err
	}
	plan, err := coding.Load(o, v.Client)
	return v, plan, err
}

// saveCoding stores what was written, or shows it again with everything that is
// wrong, at its place.
func saveCoding(o *op.Op, r *http.Request) (web.Answer, error) {
	v, plan, err := codingOf(o, r)
	if err != nil {
		return web.Answer{}, err
	}
	e := editor(o, v, plan)
	e.Version = r.FormValue("version")
	version, err := strconv.ParseInt(e.Version, 10, 64)
	if err != nil {
		return web.Answer{}, errOld.Because("%w", err)
	}
	lines := e.read(o, r, plan, period.DateOf(o.Now))
	if version != v.Version {
		return lateAnswer(o, e, v, version, lines)
	}
	if r.FormValue("more") != "" {
		for i := range e.Rows {
			e.Rows[i].Wrong = nil
		}
		e.more(5)
		return editorAnswer(o, e), nil
	}
	e.judge(o, v, lines)
	if e.Wrong != "" {
		e.more(2)
		return editorAnswer(o, e), nil
	}
	if _, err := SetCoding(o, v.ID, version, lines, ""); err != nil {
		return web.Answer{}, err
	}
	return web.See(e.Back, text.T(o, "Konteringen är sparad.")), nil
}

// lateAnswer keeps what was written when somebody else has changed the invoice,
// beside what now stands there.
func lateAnswer(o *op.Op, e *codingEditor, v Invoice, version int64, lines []coding.Line) (web.Answer, error) {
	done, now, err := Table.Since(o, v.ID.String(), version)
	if err != nil {
		return web.Answer{}, err
	}
	e.Version = itoa(now)
	e.Late = &ui.ConflictView{Who: text.T(o, "Någon annan"), When: text.T(o, "medan du skrev"), Reload: e.URL}
	if theirs, yours := describe(v.Coding), describe(lines); theirs != yours {
		e.Late.Lines = []ui.ConflictLine{{Label: e.Eyebrow, Yours: yours, Theirs: theirs}}
	}
	for i := range done {
		if done[i].Text == "" {
			done[i].Text = historyWords[done[i].Step]
		}
	}
	for _, l := range web.History(o, done) {
		e.Late.Who, e.Late.When = l.Who, l.Time
		e.Late.Changes = append(e.Late.Changes, l.Time+" "+l.Who+": "+l.Text)
	}
	e.more(2)
	return editorAnswer(o, e), nil
}

// read takes the rows of the form; empty ones are left out.
func (e *codingEditor) read(o *op.Op, r *http.Request, plan *coding.Plan, on period.Date) []coding.Line {
	var lines []coding.Line
	for i := range rowsMost {
		if _, sent := r.Form["account"+strconv.Itoa(i)]; !sent {
			break
		}
		row := codingRow{Values: make([]string, len(editorColumns)), Wrong: map[string]string{}}
		for j, c := range editorColumns {
			row.Values[j] = strings.TrimSpace(r.FormValue(c.Name + strconv.Itoa(i)))
		}
		if strings.Join(row.Values, "") == "" {
			continue
		}
		l := coding.Line{Account: row.Values[0], Unit: row.Values[1], Activity: row.Values[2], Project: row.Values[3],
			Counterpart: row.Values[4], Object: row.Values[5]}
		a, err := money.Parse(row.Values[6])
		switch {
		case err != nil:
			f := fault.Of(err)
			row.Wrong["amount"] = text.F(o, f.Text, f.Args...)
		case a == 0:
			row.Wrong["amount"] = text.T(o, "Skriv ett belopp som inte är noll, eller töm raden.")
		}
		l.Amount = a
		for _, x := range plan.Check(l, on) {
			row.Wrong[string(x.Segment)] = text.Stored(o, x.Text)
		}
		e.Rows, lines = append(e.Rows, row), append(lines, l)
	}
	return lines
}

// judge says what is wrong with the coding as a whole.
func (e *codingEditor) judge(o *op.Op, v Invoice, lines []coding.Line) {
	for _, r := range e.Rows {
		if len(r.Wrong) > 0 {
			e.Wrong = text.T(o, "Några rader behöver rättas. Det står vid fälten.")
		}
	}
	if e.Wrong != "" {
		return
	}
	v.Coding, v.Refused = lines, nil
	if err := CheckCoding(v); err != nil {
		f := fault.Of(err)
		e.Wrong = text.F(o, f.Text, f.Args...)
	}
}
