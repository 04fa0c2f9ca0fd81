package web

import (
	"cmp"
	"net/http"
	"net/url"

	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

var (
	errNoRows   = fault.New(fault.Invalid, "WEB-007", "Markera minst en rad först.")
	errManyRows = fault.New(fault.Invalid, "WEB-008", "Markera högst 500 rader åt gången.")
	errAllDone  = fault.New(fault.Conflict, "WEB-016", "Det är redan gjort och kan inte ångras här.")
	errRow      = fault.New(fault.Invalid, "WEB-009", "En markerad rad gick inte att läsa. Läs in listan igen.")
)

const bulkMax = 500

// outcome is what became of one row.
type outcome struct {
	Key   string
	Fault *fault.Fault // nil when the step was taken
	Held  *flow.Held   // the step is set going and can be called off
}

// bulkSteps takes one step for every marked row, each by itself: a row that
// cannot be moved stays, and the others go on.
func bulkSteps(v *visit) error {
	s := v.s.site.list(v.r.PathValue("list"))
	if s == nil {
		return errNoPage.Because("no list %q", v.r.PathValue("list"))
	}
	raw, err := v.posted()
	if err != nil {
		return err
	}
	step := cmp.Or(v.r.PathValue("step"), raw["step"])
	r, ok := v.s.site.record(s.Flow)
	d := (*flow.StepDescription)(nil)
	if ok {
		for _, name := range s.Bulk {
			if name == step {
				d = stepOf(r, step)
			}
		}
	}
	if d == nil {
		return errNoPage.Because("list %s has no step %q for many", s.Name, step)
	}
	refs := v.r.PostForm["row"]
	switch {
	case len(refs) == 0:
		return errNoRows.Because("list %s", s.Name)
	case len(refs) > bulkMax:
		return errManyRows.Because("%d rows", len(refs))
	}
	input := map[string]string{}
	for _, f := range d.Input {
		input[f.Key] = raw[step+"."+f.Key]
	}
	var all []outcome
	err = v.change(func(o *op.Op) error {
		all = make([]outcome, 0, len(refs))
		for _, ref := range refs {
			x, err := v.bulkOne(o, r, step, ref, input)
			if err != nil {
				return err
			}
			all = append(all, x)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return v.bulkDone(s, d, all)
}

// undoAll is the address that calls off what was set going for several rows.
func (v *visit) undoAll(d *flow.StepDescription, first, last *flow.Held, back string) string {
	return "/l/" + url.PathEscape(v.r.PathValue("list")) + "/bulk/" + url.PathEscape(d.Name) + undoPath + "?" +
		url.Values{"from": {first.ID.String()}, "to": {last.ID.String()}, "return": {back}}.Encode()
}

// stopBulk calls off what the person set going for several rows, as far as it has
// not been done.
func stopBulk(v *visit) error {
	s := v.s.site.list(v.r.PathValue("list"))
	if s == nil {
		return errNoPage.Because("no list %q", v.r.PathValue("list"))
	}
	r, ok := v.s.site.record(s.Flow)
	if !ok {
		return errNoPage.Because("list %s has no flow", s.Name)
	}
	from, err := id.Parse[flow.Held](v.r.URL.Query().Get("from"))
	if err != nil {
		return errRow.Because("%w", err)
	}
	to, err := id.Parse[flow.Held](v.r.URL.Query().Get("to"))
	if err != nil {
		return errRow.Because("%w", err)
	}
	stopped := 0
	err = v.change(func(o *op.Op) error {
		keys, err := flow.HeldFrom(o, s.Flow, from, to)
		if err != nil {
			return err
		}
		for _, key := range keys {
			if err := r.Table.StopText(o, key); err != nil {
				return err
			}
		}
		if stopped = len(keys); stopped == 0 {
			return errAllDone
		}
		return nil
	})
	if err != nil {
		return err
	}
	v.flash(ui.OK, text.N(v.ctx(), int64(stopped), "%s ångrad. Ingenting skickades.", "%s ångrade. Ingenting skickades."))
	v.see(local(v.r.URL.Query().Get("return")), "")
	return nil
}

// bulkOne moves one row. Only a fault of ours stops the others.
func (v *visit) bulkOne(o *op.Op, r Record, step, ref string, input map[string]string) (outcome, error) {
	key, version, ok := ui.ParseRowRef(ref)
	if !ok {
		return outcome{}, errRow.Because("%q", ref)
	}
	x := outcome{Key: key}
	err := o.Try(func() error {
		held, err := r.Table.AskText(o, key, step, version, input)
		x.Held = held
		return err
	})
	if err == nil {
		return x, nil
	}
	x.Fault = fault.Of(err)
	if x.Fault.Kind == fault.Internal {
		return x, err
	}
	return x, nil
}

func (v *visit) bulkDone(s *list.Spec, d *flow.StepDescription, all []outcome) error {
	back := local(v.r.URL.Query().Get("return"))
	done := 0
	var first, last *flow.Held
	for _, x := range all {
		if x.Fault == nil {
			done++
		}
		if x.Fault == nil && x.Held != nil {
			if last = x.Held; first == nil {
				first = x.Held
			}
		}
	}
	words := text.N(v.ctx(), int64(done), "%s klar", "%s klara")
	if first != nil {
		words = text.N(v.ctx(), int64(done), "%s är satt igång", "%s är satta igång")
	}
	if done == len(all) {
		if first != nil {
			v.flashUndo(ui.Near, words+": "+heldSentence(v.ctx(), *last, *d), v.undoAll(d, first, last, back), last.Due)
			v.see(back, "")
			return nil
		}
		v.see(back, words+": "+text.T(v.ctx(), d.Label)+".")
		return nil
	}
	words += ", " + text.N(v.ctx(), int64(len(all)-done), "%s gick inte", "%s gick inte")
	var rows ui.TableView
	if err := v.view(func(o *op.Op) (err error) { rows, err = v.refused(o, s, all); return err }); err != nil {
		return err
	}
	f := v.frame(s.Title, "")
	if first != nil { // this page is the answer: the way back stands on it
		f.Flash = &ui.Flash{Status: ui.Near, Text: heldSentence(v.ctx(), *last, *d), Undo: &ui.UndoView{Label: text.T(v.ctx(), "Ångra"),
			URL: v.undoAll(d, first, last, back), Seconds: int(last.Due.Sub(v.s.door.Now()).Seconds())}}
	}
	f.Layout = ui.Reading
	head := ui.HeadView{Eyebrow: text.T(v.ctx(), d.Label), Headline: words,
		Links: []ui.Link{{Label: text.T(v.ctx(), "Tillbaka till listan"), URL: back}}, Primary: true}
	return v.show(http.StatusOK, f, join(ui.Head(head), ui.Tables(rows)))
}

// refused is a table of the rows that could not be moved and why, each told by
// what the list shows first of it.
func (v *visit) refused(o *op.Op, s *list.Spec, all []outcome) (ui.TableView, error) {
	c, err := v.s.site.cells(o, s)
	if err != nil {
		return ui.TableView{}, err
	}
	told := c.telling()
	t := ui.TableView{Caption: text.T(o, "Rader som inte gick"), Titled: true}
	for _, i := range told {
		t.Columns = append(t.Columns, c.column(c.shown[i]))
	}
	t.Columns = append(t.Columns, ui.Col{Label: text.T(o, "Varför"), Sentence: true})
	var ids []int64
	for _, x := range all {
		if n, err := id.ParseText(x.Key); err == nil && x.Fault != nil {
			ids = append(ids, n)
		}
	}
	found, err := s.Rows(o, ids...)
	if err != nil {
		return ui.TableView{}, err
	}
	known := make(map[string]ui.Row, len(found))
	for _, r := range found {
		known[r.Key()] = c.row(r)
	}
	for _, x := range all {
		if x.Fault == nil {
			continue
		}
		row, ok := known[x.Key]
		cells := make([]ui.Cell, len(told), len(told)+1)
		for k, i := range told {
			switch {
			case ok:
				cells[k] = row.Cells[i]
			case k == 0: // what may not be seen has nothing but its identity
				cells[k] = ui.Cell{Text: x.Key, Kind: ui.CellCode}
			}
		}
		t.Rows = append(t.Rows, ui.Row{ID: x.Key, URL: row.URL, Cells: append(cells, ui.Cell{Text: v.why(x.Fault), Status: ui.Miss})})
	}
	return t, nil
}

// why is a fault as the sentences of the whole and of its fields.
func (v *visit) why(f *fault.Fault) string {
	s := v.say(f)
	for _, x := range f.Fields {
		s += " " + v.sayField(x)
	}
	return s
}
