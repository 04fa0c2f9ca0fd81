package payables

import (
	"net/http"
	"strconv"

	"kontor/books/coding"
	codes "kontor/books/coding/sheet"
	"kontor/kernel/fault"
	"kontor/kernel/form"
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
	Sheet                                        *codes.Sheet
}

var editorColumns = codes.Codes(codes.Column{Name: "amount", Label: "Belopp, kr", Kind: codes.Signed, Size: "12"})

func editor(o *op.Op, v Invoice, plan *coding.Plan) *codingEditor {
	e := &codingEditor{Eyebrow: text.T(o, "Kontering"), Headline: text.F(o, "%s, %s kr", v.SupplierName, v.Payable), Version: itoa(v.Version),
		Intro: text.T(o, "Skriv en rad för varje del av kostnaden. Tomma rader räknas inte. Moms och öresutjämning räknar Kontor själv."),
		URL:   "/payables/" + v.ID.String() + "/kontering", Back: "/payables/" + v.ID.String(), Sheet: codes.New(editorColumns, period.DateOf(o.Now), plan)}
	e.Sheet.Strict, e.Sheet.Whole, e.Sheet.WholeLabel = true, v.Net, text.T(o, "Ska bli, utan moms")
	return e
}

func showCoding(o *op.Op, r *http.Request) (web.Answer, error) {
	v, plan, err := codingOf(o, r)
	if err != nil {
		return web.Answer{}, err
	}
	e := editor(o, v, plan)
	lines := withSuggestion(v).Coding
	if len(lines) == 0 {
		lines = []coding.Line{{Amount: v.Net}}
	}
	e.Sheet.Show(lines, nil)
	e.Sheet.More(2)
	return editorAnswer(o, e), nil
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
	lines, _ := e.Sheet.Read(o, r.FormValue)
	if version != v.Version {
		return lateAnswer(o, e, v, version, lines)
	}
	if r.FormValue("more") != "" {
		e.Sheet.Calm()
		e.Sheet.More(5)
		return editorAnswer(o, e), nil
	}
	e.judge(o, v, lines)
	if e.Wrong != "" {
		e.Sheet.More(2)
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
	e.Sheet.More(2)
	return editorAnswer(o, e), nil
}

// judge says what is wrong with the coding as a whole.
func (e *codingEditor) judge(o *op.Op, v Invoice, lines []coding.Line) {
	if e.Wrong = e.Sheet.Problem(o); e.Wrong != "" {
		return
	}
	v.Coding, v.Refused = lines, nil
	if err := CheckCoding(v); err != nil {
		f := fault.Of(err)
		e.Wrong = text.F(o, f.Text, f.Args...)
	}
}
