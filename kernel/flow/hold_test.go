package flow

import (
	"errors"
	"slices"
	"testing"
	"time"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/job"
	"kontor/kernel/op"
)

// heldWorld is a parcel, somebody who may post it, and the runner that does it.
type heldWorld struct {
	t      *testing.T
	door   *op.Door
	clock  *dbtest.Clock
	p      parcel
	bo     op.Actor
	runner *job.Runner
}

func newHeld(t *testing.T, d *db.DB) *heldWorld {
	door, clock := dbtest.Door(d)
	w := &heldWorld{t: t, door: door, clock: clock, bo: dbtest.Actor("Bo", chief...)}
	w.p = put(t, door, parcel{Note: "Böcker"})
	find := func(kind string) (Records, bool) { return parcels, kind == parcels.Flow.Name }
	actor := func(_ *op.Op, p op.PersonID) (op.Actor, error) {
		if p != w.bo.ID {
			t.Errorf("asked for %s", p)
		}
		return w.bo, nil
	}
	w.runner = &job.Runner{Door: door, Kinds: []job.Kind{HeldJob(find, actor)}, Actor: dbtest.Actor("Programmet")}
	return w
}

func (w *heldWorld) ask(a op.Actor, version int64) (held *Held, err error) {
	err = w.door.Do(w.t.Context(), a, func(o *op.Op) error {
		held, err = parcels.Ask(o, w.p.ID, "post", version, map[string]string{"to": "Granö"})
		return err
	})
	return held, err
}

func (w *heldWorld) stop(a op.Actor) error {
	return w.door.Do(w.t.Context(), a, func(o *op.Op) error { return parcels.Stop(o, w.p.ID) })
}

// after lets time pass, does what is due and says where the parcel is and what
// has happened to it.
func (w *heldWorld) after(d time.Duration) (at State, steps []string) {
	w.t.Helper()
	w.clock.Pass(d)
	if _, err := w.runner.Once(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	dbtest.Do(w.t, w.door, w.bo, func(o *op.Op) error {
		rec, err := parcels.Get(o, w.p.ID)
		if err != nil {
			return err
		}
		at = rec.State
		rows, err := audit.Of(o, rec.Client, int64(rec.ID))
		for _, r := range rows {
			steps = append(steps, r.Name+" "+r.Step)
		}
		return err
	})
	return at, steps
}

func TestAHeldStepIsTakenWhenItsTimeHasCome(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		w := newHeld(t, d)
		held, err := w.ask(w.bo, 1)
		if err != nil || held == nil || held.Due.Sub(held.Asked) != 20*time.Second {
			t.Fatalf("%+v, %v", held, err)
		}
		if at, steps := w.after(19 * time.Second); at != received || len(steps) != 1 {
			t.Errorf("after 19 seconds it is %s: %v", at, steps)
		}
		at, steps := w.after(time.Second)
		if want := []string{"Brev add", "Bo post"}; at != sent || !slices.Equal(steps, want) {
			t.Errorf("it is %s: %v", at, steps)
		}
		if err := w.stop(w.bo); !errors.Is(err, errGone) {
			t.Errorf("stopped afterwards: %v", err)
		}
	})
}

func TestAHeldStepIsCalledOff(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		w := newHeld(t, d)
		if _, err := w.ask(w.bo, 1); err != nil {
			t.Fatal(err)
		}
		if err := w.stop(dbtest.Actor("Maja", handler...)); fault.Of(err).Kind != fault.Forbidden {
			t.Errorf("stopped by somebody who may not send: %v", err)
		}
		if _, err := w.ask(w.bo, 1); !errors.Is(err, errHeld) {
			t.Errorf("asked twice: %v", err)
		}
		if err := w.stop(w.bo); err != nil {
			t.Fatal(err)
		}
		at, steps := w.after(time.Hour)
		if want := []string{"Brev add", "Bo held.stopped"}; at != received || !slices.Equal(steps, want) {
			t.Errorf("it is %s: %v", at, steps)
		}
		if _, err := w.ask(w.bo, 1); err != nil {
			t.Errorf("asked again: %v", err)
		}
		if at, _ := w.after(20 * time.Second); at != sent {
			t.Errorf("asked again, it is %s", at)
		}
	})
}

// Whatever has happened meanwhile, a held step is refused as a step would be,
// and says so where people look.
func TestAHeldStepThatHasBecomeImpossibleSaysSo(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		for _, c := range []struct {
			name  string
			spoil func(w *heldWorld)
		}{
			{"somebody else has changed the record", func(w *heldWorld) {
				if _, err := take(w.door, dbtest.Actor("Maja", handler...), w.p, "ask", 1, map[string]string{"what": "Vad?"}); err != nil {
					t.Fatal(err)
				}
			}},
			{"the one who asked has lost the permission", func(w *heldWorld) { delete(w.bo.Grants, "parcel.send") }},
		} {
			t.Run(c.name, func(t *testing.T) {
				w := newHeld(t, d)
				if _, err := w.ask(w.bo, 1); err != nil {
					t.Fatal(err)
				}
				c.spoil(w)
				at, steps := w.after(20 * time.Second)
				if at == sent || steps[len(steps)-1] != "Bo held.refused" {
					t.Errorf("it is %s: %v", at, steps)
				}
			})
		}
		w := newHeld(t, d)
		if _, err := w.ask(w.bo, 7); !errors.Is(err, errChanged) {
			t.Errorf("on an old version: %v", err)
		}
		if _, err := w.ask(dbtest.Actor("Maja", handler...), 1); fault.Of(err).Kind != fault.Forbidden {
			t.Errorf("without the permission: %v", err)
		}
	})
}
