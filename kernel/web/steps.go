package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

// step finds what a path speaks of.
func (v *visit) step() (Record, *flow.StepDescription, error) {
	r, ok := v.s.site.record(v.r.PathValue("flow"))
	if !ok {
		return r, nil, errNoPage.Because("no flow %q", v.r.PathValue("flow"))
	}
	s := stepOf(r, v.r.PathValue("step"))
	if s == nil {
		return r, nil, errNoPage.Because("no step %q", v.r.PathValue("step"))
	}
	return r, s, nil
}

// takeStep takes a record one step along its life and shows the record again.
func takeStep(v *visit) error {
	r, s, err := v.step()
	if err != nil {
		return err
	}
	raw, err := v.posted()
	if err != nil {
		return err
	}
	key := v.r.PathValue("key")
	version, _ := strconv.ParseInt(raw["version"], 10, 64)
	var held *flow.Held
	err = v.change(func(o *op.Op) (err error) {
		held, err = r.Table.AskText(o, key, s.Name, version, raw)
		return err
	})
	if f := new(fault.Fault); errors.As(err, &f) && errors.Is(f, form.ErrInvalid) {
		return v.showStep(http.StatusUnprocessableEntity, r, s, key, version, raw, f)
	}
	if flow.Changed(err) {
		v.tell(fault.Of(err))
		return v.showLate(r, s, key, version, raw)
	}
	if err != nil {
		return err
	}
	to := v.s.site.urlOf(r.Table.Life().Describe().Name, key)
	if back := raw["return"]; back != "" {
		to = local(back)
	}
	if held != nil {
		v.flashUndo(ui.Near, heldSentence(v.ctx(), *held, *s), StepURL(r.Table.Life().Describe().Name, key, s.Name)+undoPath, held.Due)
		v.see(to, "")
		return nil
	}
	v.see(to, s.Done)
	return nil
}

// undoPath is what follows the address of a step to call it off.
const undoPath = "/angra"

// heldSentence says what is about to happen, and when.
func heldSentence(ctx context.Context, h flow.Held, s flow.StepDescription) string {
	return text.F(ctx, "%s klockan %s. Till dess kan du ångra.", text.T(ctx, s.Held), clock(h.Due))
}

// stopStep calls off a step that was set going and has not been taken yet.
func stopStep(v *visit) error {
	r, _, err := v.step()
	if err != nil {
		return err
	}
	key := v.r.PathValue("key")
	if err := v.change(func(o *op.Op) error { return r.Table.StopText(o, key) }); err != nil {
		return err
	}
	v.see(v.s.site.urlOf(r.Table.Life().Describe().Name, key), "Ångrat. Ingenting skickades.")
	return nil
}

// stepPage asks what a step needs to know on a page of its own, for those whose
// browser runs no script and for links in letters.
func stepPage(v *visit) error {
	r, s, err := v.step()
	if err != nil {
		return err
	}
	key := v.r.PathValue("key")
	if err := v.view(func(o *op.Op) error { _, err := r.Table.Fields(o, key); return err }); err != nil {
		return err
	}
	version, _ := strconv.ParseInt(v.r.URL.Query().Get("version"), 10, 64)
	return v.showStep(http.StatusOK, r, s, key, version, nil, nil)
}

// showLate asks again, on the record as it now is, since somebody else was first:
// what they did stands beside what the person wrote.
func (v *visit) showLate(r Record, s *flow.StepDescription, key string, version int64, values form.Values) error {
	var page ui.FormView
	err := v.view(func(o *op.Op) error {
		lines, now, err := r.Table.Since(o, key, version)
		if err != nil {
			return err
		}
		if page, err = v.stepView(o, r, s, key, now, values, nil); err != nil {
			return err
		}
		c := &ui.ConflictView{Who: text.T(o, "Någon annan"), When: text.T(o, "medan du läste"), Reload: page.Cancel}
		for _, l := range History(o, lines) {
			c.Who, c.When = l.Who, l.Time
			c.Changes = append(c.Changes, l.Time+" "+l.Who+": "+l.Text)
		}
		page.Conflict = c
		return nil
	})
	if err != nil {
		return err
	}
	return v.showForm(http.StatusConflict, page)
}

func (v *visit) showStep(code int, r Record, s *flow.StepDescription, key string, version int64, values form.Values, wrong *fault.Fault) error {
	var page ui.FormView
	err := v.view(func(o *op.Op) (err error) {
		page, err = v.stepView(o, r, s, key, version, values, wrong)
		return err
	})
	if err != nil {
		return err
	}
	return v.showForm(code, page)
}

func (v *visit) stepView(o *op.Op, r Record, s *flow.StepDescription, key string, version int64, values form.Values, wrong *fault.Fault) (ui.FormView, error) {
	kind := r.Table.Life().Describe().Name
	page := ui.FormView{Action: StepURL(kind, key, s.Name), Cancel: v.s.site.urlOf(kind, key), Version: version}
	page.Title, page.Submit, page.Intro = text.T(o, s.Label), text.T(o, s.Label), text.T(o, r.Title)
	var fields []fault.Field
	if wrong != nil {
		fields = wrong.Fields
		page.Errors = formErrors(o, s.Input, wrong)
	}
	var err error
	page.Fields, err = Fields(o, s.Input, values, fields)
	return page, err
}

// toRecord leads to the page of a record of any kind.
func toRecord(v *visit) error {
	kind, key := v.r.PathValue("kind"), v.r.PathValue("key")
	r, ok := v.s.site.record(kind)
	if !ok {
		return errNoPage.Because("no record kind %q", kind)
	}
	// Whether the record is there is told only to those who may see it.
	if err := v.view(func(o *op.Op) error { _, err := r.Table.Fields(o, key); return err }); err != nil {
		return err
	}
	v.see(v.s.site.urlOf(kind, key), "")
	return nil
}

// flowPage shows the life of a kind of record: a table of states and steps, and
// the drawing as text.
func flowPage(v *visit) error {
	r, ok := v.s.site.record(v.r.PathValue("flow"))
	if !ok {
		return errNoPage.Because("no flow %q", v.r.PathValue("flow"))
	}
	if err := v.who.allows(r.Table.ReadNeed()); err != nil {
		return err
	}
	ctx, d := v.ctx(), r.Table.Life().Describe()
	word := map[flow.State]string{}
	for _, l := range d.Labels {
		word[l.State] = text.T(ctx, l.Word)
	}
	steps := ui.TableView{Caption: text.T(ctx, "Steg"), Titled: true, Columns: []ui.Col{
		{Label: text.T(ctx, "Steg")}, {Label: text.T(ctx, "Från")}, {Label: text.T(ctx, "Till")}, {Label: text.T(ctx, "Vem får")}, {Label: text.T(ctx, "Räknas som"), Kind: ui.CellCode},
	}}
	for _, s := range d.Steps {
		from := ""
		for i, f := range s.From {
			if i > 0 {
				from += ", "
			}
			from += word[f]
		}
		who := text.T(ctx, s.WhoMay)
		if s.Machine {
			who = text.T(ctx, "Programmet")
		}
		steps.Rows = append(steps.Rows, ui.Row{ID: s.Name, Cells: []ui.Cell{
			{Text: text.T(ctx, s.Label)}, {Text: from}, {Text: word[s.To]}, {Text: who}, {Text: s.Counts},
		}})
	}
	states := ui.TableView{Caption: text.T(ctx, "Lägen"), Titled: true, Columns: []ui.Col{{Label: text.T(ctx, "Läge")}, {Label: text.T(ctx, "Kod"), Kind: ui.CellCode}}}
	for _, l := range d.Labels {
		states.Rows = append(states.Rows, ui.Row{ID: string(l.State), Cells: []ui.Cell{
			{Text: word[l.State]}, {Text: string(l.State)},
		}})
	}
	f := v.frame(r.Title, "")
	f.Layout = ui.Reading
	return v.show(http.StatusOK, f, flowBody(flowView{Title: text.T(ctx, r.Title), States: states, Steps: steps, Drawing: r.Table.Life().Mermaid()}))
}

// allows refuses somebody who has the permission nowhere.
func (w standing) allows(p op.Permission) error { return op.Who{Actor: w.actor}.Need(p) }
