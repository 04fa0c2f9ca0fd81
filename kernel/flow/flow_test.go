package flow

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/kernel/workday"
)

// parcel is a record that lives in these tests only.
type parcel struct {
	Head[parcel]
	Note string
}

const (
	received State = "received"
	waiting  State = "waiting"
	sent     State = "sent"
	lost     State = "lost"
)

var errNoNote = fault.New(fault.Invalid, "TST-001", "Skriv vad paketet innehåller.")

func life() *Flow[parcel] {
	return &Flow[parcel]{
		Name: "test.parcel", Start: []State{received}, Ends: []State{sent, lost},
		Labels: []StateLabel{{received, "Mottaget", "none"}, {waiting, "Väntar", "none"}, {sent, "Skickat", "ok"}, {lost, "Borta", "miss"}},
		Steps: []Step[parcel]{
			{Name: "ask", Label: "Fråga kunden", Done: "Frågade kunden.", Key: "F", From: []State{received}, To: waiting,
				Need: "parcel.handle", WhoMay: "Handläggaren", Clock: Pauses,
				Input: []form.Field{{Key: "what", Label: "Frågan", Required: true}}},
			{Name: "answer", Label: "Svar kom", Done: "Kunden svarade.", From: []State{waiting}, To: received,
				Need: "parcel.handle", WhoMay: "Handläggaren", Clock: Resumes},
			{Name: "send", Label: "Skicka", Done: "Skickade paketet.", Key: "S", From: []State{received}, To: sent,
				Need: "parcel.send", WhoMay: "Chefen", Clock: Stops, Counts: "parcel",
				Guard: func(_ op.Who, p parcel) error {
					if p.Note == "" {
						return errNoNote
					}
					return nil
				},
				Prefer: func(op.Who, parcel) bool { return true }},
			{Name: "post", Label: "Posta", Done: "Postade paketet.", From: []State{received}, To: sent, Need: "parcel.send", WhoMay: "Chefen",
				Input: []form.Field{{Key: "to", Label: "Mottagare", Required: true}}, Hold: 20 * time.Second, Held: "Paketet går till posten"},
			{Name: "lose", Label: "Tappa", Done: "Tappade paketet.", From: []State{received, waiting}, To: lost, Need: "parcel.lose", Machine: true},
		},
	}
}

var parcels = func() *Table[parcel] {
	t := In(life(), "flow_test_parcel")
	t.Read, t.Calendar = "parcel.read", workday.Office
	t.Item = func(p parcel) Item {
		return Item{Process: "post", Channel: work.Manual, Counted: p.Note == "skickat förut"}
	}
	t.Do = map[string]func(*op.Op, *parcel, form.Values) error{
		"ask": func(_ *op.Op, p *parcel, v form.Values) error { p.Note = v.Text("what"); return nil },
	}
	return t
}()

const table = `CREATE TABLE flow_test_parcel (
	client BIGINT NOT NULL, id BIGINT NOT NULL, state TEXT NOT NULL, version BIGINT NOT NULL, arrived TIMESTAMP NOT NULL,
	agreement BIGINT NOT NULL, promised BIGINT NOT NULL, keep_by DATE NOT NULL, unit BIGINT NOT NULL, handler BIGINT NOT NULL,
	secrecy BIGINT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (client, id))`

// each runs f on both engines, in a database that has the table of parcels.
func each(t *testing.T, f func(t *testing.T, d *db.DB)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare := []string{table}
		if d.Engine == db.Postgres {
			prepare = []string{"RESET ROLE", table, "GRANT ALL ON flow_test_parcel TO " + db.AppRole, "SET ROLE " + db.AppRole}
		}
		conn, err := d.Raw().Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range prepare {
			if _, err := conn.ExecContext(t.Context(), s); err != nil {
				t.Fatal(err)
			}
		}
		if err := conn.Close(); err != nil {
			t.Fatal(err)
		}
		f(t, d)
	})
}

func TestStatements(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		if err := d.Check(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestCheckFindsWhatIsWrongWithATable(t *testing.T) {
	if err := life().Check(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		spoil func(*Flow[parcel])
		want  string
	}{
		{"a state without a way out", func(f *Flow[parcel]) { f.Ends = []State{sent} }, "lost has no way out"},
		{"a state that nothing leads to", func(f *Flow[parcel]) { f.Steps[0].To = received }, "waiting cannot be reached"},
		{"a step without a permission", func(f *Flow[parcel]) { f.Steps[1].Need = "" }, "answer lacks"},
		{"a step that nobody is said to take", func(f *Flow[parcel]) { f.Steps[2].WhoMay = "" }, "send lacks"},
		{"a step without a line for the history", func(f *Flow[parcel]) { f.Steps[4].Done = "" }, "lose lacks"},
		{"a step that can be called off without saying what is about to happen", func(f *Flow[parcel]) { f.Steps[3].Held = "" }, "post can be called off"},
		{"a name that stands twice", func(f *Flow[parcel]) { f.Steps[1].Name = "ask" }, "ask stands twice"},
		{"a key that means two things", func(f *Flow[parcel]) { f.Steps[2].Key = "F" }, "key F means both ask and send"},
		{"a state that has no word", func(f *Flow[parcel]) { f.Labels = f.Labels[:3] }, "lost has no Swedish word"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := life()
			c.spoil(f)
			if err := f.Check(); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func TestARecordByItsShortText(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		p, who := put(t, door, parcel{Note: "Böcker"}), dbtest.Actor("Lo", "parcel.read")
		get := func(text string) (found parcel, err error) {
			err = door.View(t.Context(), who, func(o *op.Op) error { found, err = parcels.GetText(o, text); return err })
			return found, err
		}
		if found, err := get(p.ID.String()); err != nil || found.Note != "Böcker" {
			t.Errorf("%+v %v", found, err)
		}
		if _, err := get("not an identity"); !Hidden(err) {
			t.Error(err)
		}
	})
}

func TestStatesInWords(t *testing.T) {
	f := &Flow[parcel]{Labels: []StateLabel{{"sent", "Skickad", "ok"}, {"lost", "Borta", "miss"}}}
	if words := f.Words(); !slices.Equal(words, []form.Option{{Value: "sent", Label: "Skickad"}, {Value: "lost", Label: "Borta"}}) {
		t.Error(words)
	}
	if shapes := f.Shapes(); !maps.Equal(shapes, map[string]string{"sent": "ok", "lost": "miss"}) {
		t.Error(shapes)
	}
}

func TestDrawing(t *testing.T) {
	const want = `stateDiagram-v2
  received: Mottaget
  waiting: Väntar
  sent: Skickat
  lost: Borta
  [*] --> received
  received --> waiting: Fråga kunden
  waiting --> received: Svar kom
  received --> sent: Skicka
  received --> sent: Posta
  received --> lost: Tappa
  waiting --> lost: Tappa
  sent --> [*]
  lost --> [*]
`
	if got := life().Mermaid(); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

var (
	handler = []op.Permission{"parcel.read", "parcel.handle"}
	chief   = []op.Permission{"parcel.read", "parcel.send"}
)

// put stores one parcel that arrived a week before the clock's time.
func put(t *testing.T, door *op.Door, p parcel) parcel {
	p.Client, p.State, p.Promised, p.Agreement = 1, received, 5, 2026
	p.Arrived = dbtest.Noon.AddDate(0, 0, -7)
	dbtest.Do(t, door, dbtest.Actor("Brev"), func(o *op.Op) error { return parcels.Add(o, "Kom med posten.", &p) })
	return p
}

func take(door *op.Door, a op.Actor, p parcel, step string, version int64, raw map[string]string) (parcel, error) {
	var got parcel
	err := door.Do(context.Background(), a, func(o *op.Op) (err error) {
		got, err = parcels.Take(o, p.ID, step, version, raw)
		return err
	})
	return got, err
}

func TestRefusedSteps(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		p := put(t, door, parcel{Note: "Böcker"})
		empty := put(t, door, parcel{})
		secret := put(t, door, parcel{Note: "Journal", Head: Head[parcel]{Secrecy: op.Secret}})
		low := dbtest.Actor("Maja", chief...)
		low.Clearance = op.Sensitive
		inUnit := func(a op.Actor, read, send op.UnitID) op.Actor {
			all := op.Scope{All: true}
			a.Grants = map[op.Permission]op.Scope{"parcel.read": all, "parcel.send": all}
			for p, u := range map[op.Permission]op.UnitID{"parcel.read": read, "parcel.send": send} {
				if u != 0 {
					a.Grants[p] = op.Scope{All: true, Units: []op.UnitID{u}}
				}
			}
			return a
		}
		unit := put(t, door, parcel{Note: "Pennor", Head: Head[parcel]{Unit: 7}})
		for _, c := range []struct {
			name    string
			who     op.Actor
			p       parcel
			step    string
			version int64
			want    error
		}{
			{"by somebody who may not see it: it is not there", dbtest.Actor("Bo", "parcel.send"), p, "send", 1, errHidden},
			{"by somebody of another client: it is not there", dbtest.At(dbtest.Actor("Bo", chief...), 2), p, "send", 1, errHidden},
			{"of a secret record, by somebody without clearance", low, secret, "send", 1, errHidden},
			{"of another unit than the scope: it is not there", inUnit(dbtest.Actor("Bo"), 8, 8), unit, "send", 1, errHidden},
			{"that may be seen, with a permission for another unit only", inUnit(dbtest.Actor("Bo"), 0, 8), unit, "send", 1, fault.New(fault.Forbidden, "SYS-003", "")},
			{"of no unit, by somebody of one unit: the unit is not what stops", inUnit(dbtest.Actor("Bo"), 7, 7), p, "send", 7, errChanged},
			{"that does not exist", dbtest.Actor("Bo", chief...), p, "fly", 1, errNoStep},
			{"on an old version", dbtest.Actor("Bo", chief...), p, "send", 7, errChanged},
			{"from another state", dbtest.Actor("Maja", handler...), p, "answer", 1, errState},
			{"without the permission", dbtest.Actor("Maja", handler...), p, "send", 1, fault.New(fault.Forbidden, "SYS-003", "")},
			{"against the guard", dbtest.Actor("Bo", chief...), empty, "send", 1, errNoNote},
			{"without what must be said", dbtest.Actor("Maja", handler...), p, "ask", 1, form.ErrInvalid},
		} {
			t.Run(c.name, func(t *testing.T) {
				if _, err := take(door, c.who, c.p, c.step, c.version, nil); !errors.Is(err, c.want) {
					t.Errorf("%v, want %v", err, c.want)
				}
			})
		}
		dbtest.Do(t, door, dbtest.Actor("Lo", "parcel.read"), func(o *op.Op) error {
			for _, x := range []parcel{p, empty, secret} {
				now, err := parcels.Get(o, x.ID)
				if err != nil {
					return err
				}
				rows, err := audit.Of(o, 1, int64(x.ID))
				if now.Version != 1 || now.State != received || len(rows) != 1 || err != nil {
					t.Errorf("a refused step left %+v and %d rows, %v", now, len(rows), err)
				}
			}
			return nil
		})
	})
}

// The week between arrival and end, less the days with the client, is what the
// work event says.
func TestALifeLeavesItsMarks(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		maja, bo := dbtest.Actor("Maja", handler...), dbtest.Actor("Bo", chief...)
		clock.Set(dbtest.Noon.AddDate(0, 0, -7)) // Wednesday, day 1
		p := put(t, door, parcel{})
		if p.KeepBy != period.NewDate(2026, 11, 24) {
			t.Errorf("to be kept by %s", p.KeepBy)
		}
		step := func(after int, a op.Actor, name string, raw map[string]string) {
			clock.Set(dbtest.Noon.AddDate(0, 0, -7+after))
			var err error
			if p, err = take(door, a, p, name, p.Version, raw); err != nil {
				t.Fatal(name, err)
			}
		}
		step(1, maja, "ask", map[string]string{"what": "Vad är det i?"})
		step(6, maja, "answer", nil) // Thursday to Tuesday; Friday and Monday were whole days
		if p.KeepBy != period.NewDate(2026, 11, 26) {
			t.Errorf("after the pause to be kept by %s", p.KeepBy)
		}
		step(7, bo, "send", nil)
		dbtest.Do(t, door, dbtest.Actor("Lo", "parcel.read"), func(o *op.Op) error {
			events, err := work.Of(o, 1, int64(p.ID))
			if err != nil || len(events) != 1 {
				t.Fatal(events, err)
			}
			e := events[0]
			if e.Activity != "parcel" || e.Process != "post" || e.Taken != 4 || !e.Kept || e.Promised != 5 || e.Agreement != 2026 ||
				e.Waited != 5*24*3600 || e.Actor != bo.ID || e.Day != period.NewDate(2026, 11, 25) || e.Kind != "test.parcel" {
				t.Errorf("%+v", e)
			}
			lines, err := parcels.History(o, &p)
			var told []string
			for _, l := range lines {
				told = append(told, l.Name+": "+l.Text+l.Note)
			}
			want := []string{"Brev: Kom med posten.", "Maja: Frågade kunden.Vad är det i?", "Maja: Kunden svarade.", "Bo: Skickade paketet."}
			if !slices.Equal(told, want) {
				t.Errorf("%q", told)
			}
			return err
		})
	})
}

// What has left its event once is not counted again.
func TestAStepTakenAgainIsNotCounted(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		for note, want := range map[string]int{"böcker": 1, "skickat förut": 0} {
			p := put(t, door, parcel{Note: note})
			if _, err := take(door, dbtest.Actor("Bo", chief...), p, "send", 1, nil); err != nil {
				t.Fatal(err)
			}
			dbtest.Do(t, door, dbtest.Actor("Lo"), func(o *op.Op) error {
				events, err := work.Of(o, 1, int64(p.ID))
				if len(events) != want {
					t.Errorf("%s: %d events", note, len(events))
				}
				return err
			})
		}
	})
}

// The log tells which step was taken with a secret record, and not what was
// written with it.
func TestTheLogKeepsSecrets(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		for secrecy, want := range map[op.Clearance]string{op.Sensitive: "Hos Anna?", op.Secret: ""} {
			p := put(t, door, parcel{Head: Head[parcel]{Secrecy: secrecy}})
			if _, err := take(door, dbtest.Actor("Maja", handler...), p, "ask", 1, map[string]string{"what": "Hos Anna?"}); err != nil {
				t.Fatal(err)
			}
			dbtest.Do(t, door, dbtest.Actor("Lo"), func(o *op.Op) error {
				rows, err := audit.Of(o, 1, int64(p.ID))
				if len(rows) != 2 || rows[1].Step != "ask" || rows[1].Note != want {
					t.Errorf("secrecy %d: %+v", secrecy, rows)
				}
				return err
			})
		}
	})
}

func TestPromiseOfARecord(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		p := put(t, door, parcel{})
		for _, c := range []struct {
			after time.Duration
			want  Promise
		}{
			{0, Promise{Day: 6, Promised: 5, Late: 1}},
			{-24 * time.Hour, Promise{Day: 5, Promised: 5}},
			{-7 * 24 * time.Hour, Promise{Day: 1, Promised: 5}},
		} {
			clock.Set(dbtest.Noon.Add(c.after))
			dbtest.Do(t, door, dbtest.Actor("Maja", handler...), func(o *op.Op) error {
				got, err := parcels.PromiseOf(o, &p)
				if got != c.want {
					t.Errorf("%+v, want %+v", got, c.want)
				}
				return err
			})
		}
	})
}

func TestButtons(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		full, empty := put(t, door, parcel{Note: "Böcker"}), put(t, door, parcel{})
		for _, c := range []struct {
			name string
			who  op.Actor
			p    parcel
			want string
		}{
			{"the recommended one first", dbtest.Actor("Lo", append(handler, chief...)...), full, "send! ask post"},
			{"what the guard closes last, with its reason", dbtest.Actor("Lo", append(handler, chief...)...), empty, "ask post send:TST-001"},
			{"what is for others is left out", dbtest.Actor("Maja", handler...), full, "ask"},
			{"unless nothing else can be done: then it says whose turn it is", dbtest.Actor("Eva", "parcel.read"), full, "ask:SYS-003 send:SYS-003 post:SYS-003"},
		} {
			t.Run(c.name, func(t *testing.T) {
				var got []string
				dbtest.Do(t, door, c.who, func(o *op.Op) error {
					for _, b := range parcels.Buttons(o, c.p) {
						s := b.Step
						if b.Recommended {
							s += "!"
						}
						if b.Closed {
							s += ":" + b.Why.Code
						}
						got = append(got, s)
					}
					return nil
				})
				if s := strings.Join(got, " "); s != c.want {
					t.Errorf("%q, want %q", s, c.want)
				}
			})
		}
	})
}

// Of two people who take a step on the version that both saw, one succeeds.
func TestTwoPeopleAtOnce(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		p := put(t, door, parcel{Note: "Böcker"})
		done := make(chan error)
		for range 4 {
			go func() {
				_, err := take(door, dbtest.Actor("Bo", chief...), p, "send", 1, nil)
				done <- err
			}()
		}
		won := 0
		for range 4 {
			switch err := <-done; {
			case err == nil:
				won++
			case !errors.Is(err, errChanged):
				t.Error(err)
			}
		}
		if won != 1 {
			t.Errorf("%d people sent the same parcel", won)
		}
	})
}

// Whatever is tried in whatever order, a step that succeeds leaves one version,
// one audit row and, if it counts, one event; one that fails leaves nothing.
func TestAnythingAtAll(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		people := []op.Actor{dbtest.Actor("Maja", handler...), dbtest.Actor("Bo", chief...), dbtest.Actor("Eva", "parcel.read"),
			dbtest.Actor("Programmet", "parcel.read", "parcel.lose"), dbtest.At(dbtest.Actor("Ö", append(handler, chief...)...), 2)}
		rapid.Check(t, func(rt *rapid.T) {
			p := put(t, door, parcel{})
			steps := []string{"ask", "answer", "send", "lose", "fly"}
			taken, counted := int64(0), 0
			for range rapid.IntRange(1, 6).Draw(rt, "tries") {
				clock.Pass(time.Hour)
				name := rapid.SampledFrom(steps).Draw(rt, "step")
				who := rapid.SampledFrom(people).Draw(rt, "who")
				version := int64(rapid.IntRange(0, 3).Draw(rt, "version"))
				before := p.State
				got, err := take(door, who, p, name, version, map[string]string{"what": "Vad?"})
				if err != nil {
					continue
				}
				s, err := parcels.Flow.Find(name)
				if err != nil || !slices.Contains(s.From, before) || got.State != s.To || !who.May(s.Need, 1) {
					rt.Fatalf("%s took %s from %s to %s, %v", who.Name, name, before, got.State, err)
				}
				p = got
				if taken++; s.Counts != "" {
					counted++
				}
			}
			dbtest.Do(t, door, people[2], func(o *op.Op) error {
				now, err := parcels.Get(o, p.ID)
				if err != nil {
					return err
				}
				rows, err1 := audit.Of(o, 1, int64(p.ID))
				events, err2 := work.Of(o, 1, int64(p.ID))
				if now.Version != 1+taken || int64(len(rows)) != 1+taken || len(events) != counted || now.State != p.State {
					rt.Errorf("%d steps: version %d, %d audit rows, %d events of %d, %s", taken, now.Version, len(rows), len(events), counted, now.State)
				}
				return errors.Join(err1, err2)
			})
		})
	})
}

func TestTheDoorsSeeNoTypes(t *testing.T) {
	door, _ := dbtest.Door(dbtest.SQLite(t))
	var r Records = parcels
	if r.ReadNeed() != "parcel.read" || len(r.Life().Describe().Steps) != 5 {
		t.Errorf("%+v", r.Life().Describe())
	}
	err := door.View(t.Context(), dbtest.Actor("Lo", "parcel.read"), func(o *op.Op) error {
		_, err := r.Fields(o, "not an identity")
		return err
	})
	if !Hidden(err) {
		t.Error(err)
	}
}
