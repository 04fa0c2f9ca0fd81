package web

import (
	"net/http"
	"slices"

	"kontor/kernel/flow"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/work"
)

// Shown is what a module says of one record of its own; the rest of the page,
// with the promise, the history and the steps, is the same for all.
type Shown struct {
	Eyebrow  string // what it is, and whose: "Klagomål · Kulturförvaltningen"
	Headline string // as a finding
	Current  string // URL of the menu item
	Facts    []ui.Definition
	Parts    []Text    // in the wide column
	Links    []ui.Link // to forms that change it
}

// Text is a piece of text that a person wrote, under a heading.
type Text struct{ Heading, Text string }

// RecordPage is the page of one record of a thin module: what the module says of
// it, where it stands against its promise, what has happened and what can be
// done. The pattern ends with {id}.
func RecordPage[T any](pattern string, t *flow.Table[T], say func(*op.Op, T) (Shown, error)) Route {
	return Route{Pattern: pattern, Need: t.Read, Handle: func(o *op.Op, r *http.Request) (Answer, error) {
		rec, err := t.GetText(o, r.PathValue("id"))
		if err != nil {
			return Answer{}, err
		}
		s, err := say(o, rec)
		if err != nil {
			return Answer{}, err
		}
		return recordAnswer(o, t, rec, s)
	}}
}

func recordAnswer[T any](o *op.Op, t *flow.Table[T], rec T, s Shown) (Answer, error) {
	h := t.Head(&rec)
	promise, err := t.PromiseOf(o, &rec)
	if err != nil {
		return Answer{}, err
	}
	lines, err := t.History(o, &rec)
	if err != nil {
		return Answer{}, err
	}
	bar, err := Actions(o, t.Flow.Name, h.ID.String(), h.Version, t.Buttons(o, rec))
	if err != nil {
		return Answer{}, err
	}
	label := t.Flow.Label(h.State)
	v := recordView{Shown: s, State: text.T(o, label.Word), Status: ui.StatusOf(label.Kind), History: History(o, lines)}
	switch {
	case slices.Contains(t.Flow.Ends, h.State):
		if v.Promise, err = endedPromise(o, h.Client, int64(h.ID), v.State); err != nil {
			return Answer{}, err
		}
	case promise.Promised > 0:
		p := PromiseView(o, promise)
		p.Sentence = ui.Words(text.F(o, "Ska vara klar %s.", h.KeepBy.String()))
		v.Promise = &p
	}
	return Answer{Title: s.Headline, Current: s.Current, Body: recordPage(v), Actions: bar, Class: "it"}, nil
}

// endedPromise says how an ended record stood against its promise, as its work
// event tells; nil where nothing was promised or counted.
func endedPromise(o *op.Op, c op.ClientID, record int64, state string) (*ui.PromiseView, error) {
	events, err := work.Of(o, c, record)
	if err != nil || len(events) == 0 || events[0].Promised == 0 {
		return nil, err
	}
	e := events[0]
	p := &ui.PromiseView{Status: ui.OK, Word: state + ".", Elapsed: int(e.Taken), Promised: int(e.Promised),
		Sentence: ui.Words(text.F(o, "Avslutades %s, dag %d. Lovat var %d dagar.", e.Day, e.Taken, e.Promised))}
	if !e.Kept {
		p.Status = ui.Miss
	}
	return p, nil
}

type recordView struct {
	Shown
	State   string
	Status  ui.StatusKind
	Promise *ui.PromiseView
	History []ui.HistoryLine
}
