package web

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

var fieldKinds = map[form.Kind]ui.FieldKind{
	form.Text: ui.FieldText, form.Area: ui.FieldTextarea, form.Money: ui.FieldMoney, form.Date: ui.FieldDate, form.Whole: ui.FieldNumber,
	form.Choice: ui.FieldSelect, form.Radio: ui.FieldRadio, form.Check: ui.FieldCheckbox, form.Org: ui.FieldOrg,
	form.Password: ui.FieldPassword, form.Hidden: ui.FieldHidden,
}

// Fields makes the fields of a form or of a step ready to be shown, with what
// was written in them and what is wrong with it.
func Fields(o *op.Op, fields []form.Field, values form.Values, wrong []fault.Field) ([]ui.FieldView, error) {
	all := make([]ui.FieldView, len(fields))
	for i, f := range fields {
		value, written := values[f.Key]
		if !written {
			value = f.Default
		}
		u := ui.FieldView{Name: f.Key, Label: text.T(o, f.Label), Help: text.T(o, f.Help), Kind: fieldKinds[f.Kind], Value: value,
			Required: f.Required, MaxLength: f.Max, Rows: f.Rows}
		if f.Kind == form.Check && values.Bool(f.Key) {
			u.Value = "true"
		}
		if f.Kind == form.Password {
			u.Value = ""
		}
		if f.Kind == form.Money {
			u.Unit = "kr"
		}
		if f.Kind == form.Choice || f.Kind == form.Radio {
			options, err := f.List(o)
			if err != nil {
				return nil, err
			}
			if f.Kind == form.Choice && (!f.Required || value == "") {
				u.Options = append(u.Options, ui.Option{Label: text.T(o, "Välj …")})
			}
			for _, c := range options {
				u.Options = append(u.Options, ui.Option{Value: c.Value, Label: text.T(o, c.Label), Chosen: c.Value == value})
			}
		}
		for _, w := range wrong {
			if w.Name == f.Key {
				u.Error = sayField(o, w)
			}
		}
		all[i] = u
	}
	return all, nil
}

func sayField(o *op.Op, f fault.Field) string {
	if len(f.Args) == 0 {
		return text.T(o, f.Text)
	}
	return text.F(o, f.Text, f.Args...)
}

// StepURL is where a step of a record is posted.
func StepURL(kind, key, step string) string {
	return "/r/" + url.PathEscape(kind) + "/" + url.PathEscape(key) + "/" + url.PathEscape(step)
}

// Actions makes the action bar of a record: its buttons as the actor has them,
// those that are closed with why and who may.
//
// While a step is set going that can still be called off, the way back is all
// that can be done.
func Actions(o *op.Op, kind, key string, version int64, buttons []flow.Button) (*ui.ActionsView, error) {
	bar := &ui.ActionsView{}
	record, err := id.ParseText(key)
	if err != nil {
		return nil, err
	}
	held, ok, err := flow.HeldOf(o, record)
	if err != nil {
		return nil, err
	}
	if ok && held.Due.After(o.Now) {
		label := held.Step
		for _, b := range buttons {
			if b.Step == held.Step {
				label = text.T(o, b.Label)
			}
		}
		bar.Held = true
		bar.Buttons = []ui.Button{{Step: held.Step, Label: text.T(o, "Ångra"), URL: StepURL(kind, key, held.Step) + undoPath, Version: version, Recommended: true, Key: "Z"}}
		bar.Text = ui.Words(text.F(o, "%s har valt ”%s”. Det görs klockan %s; till dess går det att ångra.", held.Name, label, clock(held.Due)))
		return bar, nil
	}
	for _, b := range buttons {
		u := ui.Button{Step: b.Step, Label: text.T(o, b.Label), Key: b.Key, URL: StepURL(kind, key, b.Step), Recommended: b.Recommended,
			Closed: b.Closed, Version: version}
		if b.Closed {
			u.Why = why(o, b)
		}
		if u.Fields, err = Fields(o, b.Input, nil, nil); err != nil {
			return nil, err
		}
		bar.Buttons = append(bar.Buttons, u)
	}
	return bar, nil
}

// why says what stops a step and who may take it.
func why(o *op.Op, b flow.Button) string {
	s := ""
	if b.Why != nil {
		s = text.F(o, b.Why.Text, b.Why.Args...)
	}
	if b.WhoMay == "" || b.Why != nil && b.Why.Kind != fault.Forbidden {
		return s // what stops it is the record, not the person
	}
	return strings.TrimSpace(s + " " + text.F(o, "Får göras av: %s.", strings.TrimSuffix(text.T(o, b.WhoMay), ".")))
}

// History makes the lines of a record's history ready to be shown. Lines about
// which nobody has anything to say are left out.
func History(o *op.Op, lines []flow.Line) []ui.HistoryLine {
	var all []ui.HistoryLine
	for _, l := range lines {
		words := text.T(o, l.Text)
		if l.Note != "" {
			words = strings.TrimSpace(words + " " + l.Note)
		}
		if words == "" {
			continue
		}
		all = append(all, ui.HistoryLine{Time: Moment(l.At), Stamp: l.At.In(period.Stockholm).Format(time.RFC3339), Who: l.Name, Text: words})
	}
	return all
}

// Moment writes an instant in office time: "2026-11-25 08.12".
func Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(period.Stockholm).Format("2006-01-02 15.04")
}

// clock writes a time of day in office time, to the second: "08.12.30".
func clock(t time.Time) string { return t.In(period.Stockholm).Format("15.04.05") }

// PromiseView says where a record stands against what was promised, with the
// meter; the sentence is the caller's.
func PromiseView(o *op.Op, p flow.Promise) ui.PromiseView {
	v := ui.PromiseView{Elapsed: p.Day, Promised: p.Promised, Status: ui.PromiseStatus(p.Day, p.Promised)}
	switch {
	case p.Promised == 0:
		v.Word = text.T(o, "Inget löfte.")
	case p.Waiting:
		v.Status, v.Word = ui.None, text.T(o, "Väntar på kunden.")
	case p.Late > 0:
		v.Word = text.N(o, int64(p.Late), "%s dag sen.", "%s dagar sen.")
	case p.Day == p.Promised:
		v.Word = text.T(o, "I dag.")
	default:
		v.Word = fmt.Sprintf("%s.", upper(ui.PromiseWords(o, p.Day, p.Promised)))
	}
	return v
}

func upper(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}
