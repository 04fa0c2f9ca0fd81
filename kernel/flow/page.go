package flow

import (
	"errors"

	"kontor/kernel/audit"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/op"
	"kontor/kernel/workday"
)

// Button is a step as one actor sees it on one record.
type Button struct {
	Step        string
	Label       string
	Key         string
	Recommended bool
	Closed      bool
	Why         *fault.Fault // why it is closed
	WhoMay      string
	Input       []form.Field
}

// Buttons lists the steps from where the record is. The recommended one comes
// first; a step that is closed says why. Steps that the actor has no permission
// for at all are shown only when nothing else can be done, so that the page can
// say whose turn it is.
func (t *Table[T]) Buttons(o *op.Op, rec T) []Button {
	h := t.Head(&rec)
	var open, closed, foreign []Button
	for _, s := range t.Flow.Steps {
		if s.Machine || !startsIn(s, h.State) {
			continue
		}
		b := Button{Step: s.Name, Label: s.Label, Key: s.Key, WhoMay: s.WhoMay, Input: s.Input}
		err := t.Flow.May(o.Who, rec, h, s)
		switch {
		case err == nil:
			b.Recommended = s.Prefer != nil && s.Prefer(o.Who, rec)
			if b.Recommended {
				open = append([]Button{b}, open...)
				continue
			}
			open = append(open, b)
		default:
			b.Closed, b.Why = true, fault.Of(err)
			if o.Actor.MayIn(s.Need, h.Client, h.Unit) {
				closed = append(closed, b)
			} else {
				foreign = append(foreign, b)
			}
		}
	}
	all := append(open, closed...)
	if len(all) == 0 {
		return foreign
	}
	return all
}

func startsIn[T any](s Step[T], at State) bool {
	for _, f := range s.From {
		if f == at {
			return true
		}
	}
	return false
}

// Promise is where a record stands against what was promised.
type Promise struct {
	Day      int // the agreement's "Dag n", pauses out
	Promised int // days; 0 where nothing is promised
	Waiting  bool
	Late     int // working days after the last day of the promise
}

// PromiseOf computes where rec stands now.
func (t *Table[T]) PromiseOf(o *op.Op, rec *T) (Promise, error) {
	h := t.Head(rec)
	pauses, err := PausesOf(o, h.Client, int64(h.ID))
	if err != nil || h.Promised <= 0 {
		return Promise{}, err
	}
	p := Promise{Day: workday.DayNumber(t.Calendar, h.Arrived, o.Now, pauses), Promised: int(h.Promised), Waiting: pauses.Paused(o.Now)}
	p.Late = max(0, p.Day-p.Promised)
	return p, nil
}

// Line is one line of a record's history, for people.
type Line struct {
	audit.Row
	Text string // Swedish
}

// History tells what has happened to a record, oldest first.
func (t *Table[T]) History(o *op.Op, rec *T) ([]Line, error) {
	h := t.Head(rec)
	rows, err := audit.Of(o, h.Client, int64(h.ID))
	lines := make([]Line, len(rows))
	for i, r := range rows {
		text := heldWords[r.Step]
		if s, err := t.Flow.Find(r.Step); err == nil {
			text = s.Done
		}
		lines[i] = Line{r, text}
	}
	return lines, err
}

// Since tells what has happened to a record since somebody saw the given version,
// oldest first, and which version it now is.
func (t *Table[T]) Since(o *op.Op, key string, version int64) (lines []Line, now int64, err error) {
	rec, err := t.GetText(o, key)
	if err != nil {
		return nil, 0, err
	}
	now = t.Head(&rec).Version
	all, err := t.History(o, &rec)
	if err != nil {
		return nil, 0, err
	}
	// What was called off changed no version and is not counted.
	at := len(all)
	for missing := now - version; missing > 0 && at > 0; at-- {
		if heldWords[all[at-1].Step] == "" {
			missing--
		}
	}
	return all[at:], now, nil
}

// Changed reports whether err says that somebody else changed the record first.
func Changed(err error) bool { return errors.Is(err, errChanged) }

// Life is a flow of any record, as the program sees it.
type Life interface {
	Check() error
	Mermaid() string
	Describe() Description
}

// Records is a table of any record, as the doors see it: pages, API and
// working lists take steps through it without knowing the record.
type Records interface {
	Life() Life
	ReadNeed() op.Permission
	TakeText(o *op.Op, key, step string, version int64, raw map[string]string) (State, int64, error)
	AskText(o *op.Op, key, step string, version int64, raw map[string]string) (*Held, error)
	StopText(o *op.Op, key string) error
	Since(o *op.Op, key string, version int64) ([]Line, int64, error)
	Fields(o *op.Op, key string) (any, error)
}

// Life returns the flow.
func (t *Table[T]) Life() Life { return t.Flow }

// ReadNeed is the permission to see a record.
func (t *Table[T]) ReadNeed() op.Permission { return t.Read }

// TakeText is Take by the short text of the identity.
func (t *Table[T]) TakeText(o *op.Op, key, step string, version int64, raw map[string]string) (State, int64, error) {
	k, err := parse[T](key)
	if err != nil {
		return "", 0, err
	}
	rec, err := t.Take(o, k, step, version, raw)
	h := t.Head(&rec)
	return h.State, h.Version, err
}

// Fields returns a record for the JSON API.
func (t *Table[T]) Fields(o *op.Op, key string) (any, error) {
	return t.GetText(o, key)
}

// Hidden reports whether err says that there is no such record for this actor.
func Hidden(err error) bool { return errors.Is(err, errHidden) }
