package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"kontor/kernel/audit"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

func (v *visit) spec() (*form.Spec, string, error) {
	name := v.r.PathValue("form")
	f := v.s.site.form(name)
	if f == nil {
		return nil, "", errNoPage.Because("no form %q", name)
	}
	return f, v.r.PathValue("key"), nil
}

func formURL(name, key string) string {
	u := "/f/" + url.PathEscape(name)
	if key != "" {
		u += "/" + url.PathEscape(key)
	}
	return u
}

// formPage shows a form. What stands in the query is filled in, so that a page
// can lead to a form that already knows something.
func formPage(v *visit) error {
	f, key, err := v.spec()
	if err != nil {
		return err
	}
	var page ui.FormView
	err = v.view(func(o *op.Op) error {
		l, err := f.Show(o, key)
		if err != nil {
			return err
		}
		values := form.Values{}
		for k, x := range l.Values {
			values[k] = x
		}
		query := v.r.URL.Query()
		for _, field := range f.Fields {
			if query.Has(field.Key) && field.Kind != form.Password && field.Kind != form.Hidden {
				values[field.Key] = query.Get(field.Key)
			}
		}
		page, err = v.formView(o, f, key, l, values, nil)
		return err
	})
	if err != nil {
		return err
	}
	return v.showForm(http.StatusOK, page)
}

func (v *visit) formView(o *op.Op, f *form.Spec, key string, l form.Loaded, values form.Values, wrong *fault.Fault) (ui.FormView, error) {
	title, intro := cmp.Or(l.Title, text.T(o, f.Title)), cmp.Or(l.Intro, text.T(o, f.Intro))
	page := ui.FormView{Title: title, Intro: intro, Action: formURL(f.Name, key), Submit: text.T(o, cmp.Or(f.Submit, "Spara")),
		Cancel: v.cancel(), Version: l.Version, Draft: f.Name + "/" + key}
	var fields []fault.Field
	if wrong != nil {
		fields = wrong.Fields
		page.Errors = formErrors(o, f.Fields, wrong)
	}
	var err error
	page.Fields, err = Fields(o, f.Fields, values, fields)
	return page, err
}

// formErrors are the errors of the form as a whole: those that no field has.
func formErrors(o *op.Op, fields []form.Field, wrong *fault.Fault) []ui.FieldError {
	var all []ui.FieldError
	has := func(name string) bool {
		for _, f := range fields {
			if f.Key == name {
				return true
			}
		}
		return false
	}
	for _, w := range wrong.Fields {
		if !has(w.Name) {
			all = append(all, ui.FieldError{Text: sayField(o, w)})
		}
	}
	if len(wrong.Fields) == 0 {
		all = append(all, ui.FieldError{Text: text.F(o, wrong.Text, wrong.Args...)})
	}
	return all
}

// cancel is the page one came from, when it is ours.
func (v *visit) cancel() string {
	from, err := url.Parse(v.r.Referer())
	if err != nil || from.Host != v.r.Host || from.Path == v.r.URL.Path {
		return "/"
	}
	return local(from.RequestURI())
}

func (v *visit) showForm(status int, page ui.FormView) error {
	f := v.frame(page.Title, "")
	f.Layout = ui.Narrow
	return v.show(status, f, ui.FormPage(page))
}

// postForm saves a form, or shows it again with all its errors or with what
// somebody else has saved in the meantime.
func postForm(v *visit) error {
	f, key, err := v.spec()
	if err != nil {
		return err
	}
	raw, err := v.posted()
	if err != nil {
		return err
	}
	version, _ := strconv.ParseInt(raw["version"], 10, 64) // what is no number is no version, and is refused as old
	var next string
	var written form.Values
	err = v.change(func(o *op.Op) (err error) {
		next, written, err = f.Post(o, key, version, raw)
		return err
	})
	if err == nil {
		v.s.forget() // a form may have changed what somebody may do
		v.see(local(next), "Sparat.")
		return nil
	}
	wrong := fault.Of(err)
	if wrong.Kind != fault.Invalid && wrong.Kind != fault.Conflict || written == nil {
		return err
	}
	v.tell(wrong)
	var page ui.FormView
	err = v.view(func(o *op.Op) error {
		l, err := f.Show(o, key)
		if err != nil {
			return err
		}
		fresh := l
		l.Version = version
		conflict := errors.Is(wrong, form.ErrConflict)
		if conflict {
			l.Version = fresh.Version
		}
		if page, err = v.formView(o, f, key, l, written, wrong); err != nil || !conflict {
			return err
		}
		page.Errors = nil
		page.Conflict, err = conflictOf(o, key)
		if err == nil {
			page.Conflict.Reload, page.Conflict.Lines = formURL(f.Name, key), differences(o, page.Fields, fresh.Values)
		}
		return err
	})
	if err != nil {
		return err
	}
	return v.showForm(status(wrong), page)
}

// conflictOf says who was first and when, as the log has it.
func conflictOf(o *op.Op, key string) (*ui.ConflictView, error) {
	c := &ui.ConflictView{Who: text.T(o, "Någon annan"), When: text.T(o, "medan du skrev")}
	record, err := id.ParseText(key)
	if err != nil {
		return c, nil // the form's key is no record's
	}
	last, ok, err := audit.Latest(o, record)
	if ok {
		c.Who, c.When = last.Name, Moment(last.At)
	}
	return c, err
}

// differences are the fields that now stand otherwise than the person wrote.
func differences(o *op.Op, fields []ui.FieldView, theirs form.Values) []ui.ConflictLine {
	var all []ui.ConflictLine
	for _, f := range fields {
		if f.Kind == ui.FieldHidden || f.Kind == ui.FieldPassword || f.Value == theirs[f.Name] {
			continue
		}
		all = append(all, ui.ConflictLine{Label: f.Label, Yours: optionLabel(o, f, f.Value), Theirs: optionLabel(o, f, theirs[f.Name])})
	}
	return all
}

func optionLabel(o *op.Op, f ui.FieldView, value string) string {
	if f.Kind == ui.FieldCheckbox {
		return yesNo(o, value == "true")
	}
	for _, c := range f.Options {
		if c.Value == value && value != "" {
			return c.Label
		}
	}
	return value
}
