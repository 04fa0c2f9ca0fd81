package flow

import (
	"encoding/json"
	"time"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/job"
	"kontor/kernel/op"
)

// Held is a step that somebody has asked for and that can still be called off,
// since nobody outside has been told. Nothing of the step has happened yet: no
// letter, no voucher, no event.
type Held struct {
	Client  op.ClientID
	Record  int64
	ID      id.ID[Held]
	Kind    string // of the record
	Step    string
	Version int64
	Input   map[string]string `db:"input,json"`
	By      op.PersonID
	Name    string // of whoever asked, as it was then
	Asked   time.Time
	Due     time.Time // the step is taken then
}

var (
	addHeld  = db.Insert[Held]("flow_held", "ON CONFLICT (client, record) DO NOTHING")
	heldOf   = db.Select[Held](`SELECT client, record, id, kind, step, version, input, by, name, asked, due FROM flow_held WHERE client = $1 AND record = $2`)
	heldAt   = db.Select[op.ClientID](`SELECT client FROM flow_held WHERE record = $1`)
	heldFrom = db.Select[int64](`SELECT record FROM flow_held WHERE kind = $1 AND by = $2 AND id BETWEEN $3 AND $4 ORDER BY id`)
	dropHeld = db.Change(`DELETE FROM flow_held WHERE client = $1 AND record = $2 AND id = $3`)
)

var (
	errHeld = fault.New(fault.Conflict, "FLO-005", "%s har redan satt igång det här. Vänta tills det är gjort, eller ångra det först.")
	errGone = fault.New(fault.Conflict, "FLO-006", "Det är redan gjort och kan inte ångras här.")
)

// heldJob is the kind of the jobs that take held steps.
const heldJob = "flow.held"

// History words of what is no step.
const (
	stepStopped = "held.stopped"
	stepRefused = "held.refused"
)

var heldWords = map[string]string{
	stepStopped: "Ångrade i tid: ingenting skickades.",
	stepRefused: "Det som var satt igång gick inte att göra:",
}

type heldArgs struct {
	Client op.ClientID
	Record int64
	ID     id.ID[Held]
}

// Ask takes a step as Take does, or, when the step can be called off for a
// while, sets it going: held then says until when. What would refuse the step
// now refuses it at once.
func (t *Table[T]) Ask(o *op.Op, key id.ID[T], step string, version int64, raw map[string]string) (held *Held, err error) {
	rec, s, in, err := t.ready(o, key, step, version, raw)
	if err != nil {
		return nil, err
	}
	if s.Hold == 0 {
		return nil, t.take(o, &rec, s, in)
	}
	h := t.Head(&rec)
	x := Held{Client: h.Client, Record: int64(h.ID), ID: id.New[Held](o), Kind: t.Flow.Name, Step: step, Version: h.Version, Input: in,
		By: o.Actor.ID, Name: o.Actor.Name, Asked: o.Now, Due: o.Now.Add(s.Hold)}
	n, err := addHeld.Add(o, x)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		first, err := heldOf.One(o, h.Client, int64(h.ID))
		if err != nil {
			return nil, err
		}
		return nil, errHeld.With(first.Name).Because("%s %s: %s is held", t.table, key, first.Step)
	}
	return &x, job.Ask(o, job.Job{Kind: heldJob, Key: x.ID.String(), Due: x.Due, Args: heldArgs{x.Client, x.Record, x.ID}})
}

// Stop calls off what is held for a record. Whoever may take the step may.
func (t *Table[T]) Stop(o *op.Op, key id.ID[T]) error {
	rec, err := t.Get(o, key)
	if err != nil {
		return err
	}
	h := t.Head(&rec)
	x, ok, err := heldOf.Maybe(o, h.Client, int64(h.ID))
	if err != nil {
		return err
	}
	if !ok {
		return errGone.Because("%s %s: nothing is held", t.table, key)
	}
	s, err := t.Flow.Find(x.Step)
	if err != nil {
		return err
	}
	if err := o.NeedIn(s.Need, h.Client, h.Unit); err != nil {
		return err
	}
	if _, err := dropHeld.Do(o, x.Client, x.Record, x.ID); err != nil {
		return err
	}
	return audit.Note(o, audit.Change{Client: h.Client, Kind: t.Flow.Name, Record: int64(h.ID), Step: stepStopped})
}

// HeldOf is what is set going for a record that the caller has already read.
func HeldOf(o *op.Op, record int64) (x Held, ok bool, err error) {
	client, ok, err := heldAt.Maybe(o, record)
	if err != nil || !ok {
		return x, false, err
	}
	return heldOf.Maybe(o, client, record)
}

// HeldFrom names the records for which the actor set steps going from the first
// held step to the last, of those that can still be called off.
func HeldFrom(o *op.Op, kind string, first, last id.ID[Held]) ([]string, error) {
	all, err := heldFrom.All(o, kind, o.Actor.ID, first, last)
	keys := make([]string, len(all))
	for i, record := range all {
		keys[i] = id.ID[Held](record).String()
	}
	return keys, err
}

// AskText is Ask by the short text of the identity.
func (t *Table[T]) AskText(o *op.Op, key, step string, version int64, raw map[string]string) (*Held, error) {
	k, err := parse[T](key)
	if err != nil {
		return nil, err
	}
	return t.Ask(o, k, step, version, raw)
}

// StopText is Stop by the short text of the identity.
func (t *Table[T]) StopText(o *op.Op, key string) error {
	k, err := parse[T](key)
	if err != nil {
		return err
	}
	return t.Stop(o, k)
}

// HeldJob is the job that takes held steps when their time has come, as the
// person who asked and with what that person then may. A step that has become
// impossible changes nothing but the history, which says why.
func HeldJob(records func(kind string) (Records, bool), actor func(*op.Op, op.PersonID) (op.Actor, error)) job.Kind {
	return job.Kind{Name: heldJob, Label: "Utföra det som inte ångrades", Run: func(o *op.Op, args json.RawMessage) error {
		var a heldArgs
		if err := json.Unmarshal(args, &a); err != nil {
			return err
		}
		x, ok, err := heldOf.Maybe(o, a.Client, a.Record)
		if err != nil || !ok || x.ID != a.ID {
			return err // it was called off
		}
		if _, err := dropHeld.Do(o, x.Client, x.Record, x.ID); err != nil {
			return err
		}
		table, ok := records(x.Kind)
		if !ok {
			return errNoStep.Because("no record kind %q", x.Kind)
		}
		err = o.Try(func() error {
			who, err := actor(o, x.By)
			if err != nil {
				return err
			}
			_, _, err = table.TakeText(o.As(who), id.ID[Held](x.Record).String(), x.Step, x.Version, x.Input)
			return err
		})
		f := fault.Of(err)
		if err == nil || f.Kind == fault.Internal || f.Kind == fault.Unavailable {
			return err
		}
		who := o.As(op.Actor{ID: x.By, Name: x.Name})
		return audit.Note(who, audit.Change{Client: x.Client, Kind: x.Kind, Record: x.Record, Step: stepRefused, Note: f.Say()})
	}}
}
