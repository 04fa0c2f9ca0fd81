package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/op"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

// An effect is a letter in a row of its own: done twice, it shows.
type effect struct{ Name, Value string }

var (
	addEffect = db.Insert[effect]("program", "ON CONFLICT (name) DO UPDATE SET value = program.value || excluded.value")
	effects   = db.Select[effect](`SELECT name, value FROM program WHERE name LIKE $1 ORDER BY name`)
)

var system = op.Actor{ID: 1, Name: "Programmet", Kind: op.System}

var errBroken = errors.New("broken")

// trouble is what meets one key, try after try: nothing for as long as it lasts
// is certain.
type trouble struct {
	mu    sync.Mutex
	plans map[string][]string
}

func (tr *trouble) next(key string) string {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	p := tr.plans[key]
	if len(p) == 0 {
		return ""
	}
	tr.plans[key] = p[1:]
	return p[0]
}

// Whatever dies in the middle, and however many runners there are, the effect
// of every key is there exactly once.
func TestEveryKeyHasItsEffectOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		round := 0
		rapid.Check(t, func(rt *rapid.T) {
			round++
			door, clock := dbtest.Door(d)
			name := func(k string) string { return fmt.Sprintf("e%d.%s", round, k) }
			tr := &trouble{plans: map[string][]string{}}
			keys := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-f]`), 1, 5, rapid.ID[string]).Draw(rt, "keys")
			for _, k := range keys {
				tr.plans[k] = rapid.SliceOfN(rapid.SampledFrom([]string{"fault", "panic", "cancel", "slow", "late"}), 0, 4).Draw(rt, k)
			}
			kind := fmt.Sprintf("k%d", round)
			work := func(cancel func()) Kind {
				return Kind{Name: kind, Label: "Prov", Run: func(o *op.Op, args json.RawMessage) error {
					var k string
					if err := json.Unmarshal(args, &k); err != nil {
						return err
					}
					if _, err := addEffect.Add(o, effect{name(k), "x"}); err != nil {
						return err
					}
					switch tr.next(k) {
					case "fault":
						return errBroken
					case "panic":
						panic("broken")
					case "cancel":
						cancel()
					case "slow": // the lease runs out while the work goes on
						clock.Pass(6 * time.Minute)
						time.Sleep(2 * time.Millisecond)
					case "late":
						clock.Pass(6 * time.Minute)
					}
					return nil
				}}
			}
			dbtest.Do(t, door, system, func(o *op.Op) error {
				for _, k := range keys {
					j := Job{Kind: kind, Key: k, Args: k}
					if err := Ask(o, j, j); err != nil {
						return err
					}
				}
				return nil
			})
			runAll(t, door, clock, work)
			dbtest.Do(t, door, system, func(o *op.Op) error {
				got, err := effects.All(o, name("%"))
				if len(got) != len(keys) {
					rt.Errorf("%d effects of %d keys", len(got), len(keys))
				}
				for _, e := range got {
					if e.Value != "x" {
						rt.Errorf("%s was done %d times", e.Name, len(e.Value))
					}
				}
				return err
			})
		})
	})
}

// runAll lets three runners work, some of which die with a job in their hands,
// until nothing is left.
func runAll(t *testing.T, door *op.Door, clock *dbtest.Clock, work func(func()) Kind) {
	for range 40 {
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				r := &Runner{Door: door, Actor: system, Kinds: []Kind{work(cancel)}}
				_, err := r.Once(ctx)
				if err != nil && !errors.Is(err, context.Canceled) && fault.Of(err).Kind != fault.Unavailable {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		left := int64(0)
		dbtest.Do(t, door, system, func(o *op.Op) error {
			all, err := Waiting(o)
			for _, s := range all {
				left += s.Jobs
			}
			if err != nil {
				return err
			}
			ids, err := failedIDs.All(o) // an operator runs again what met too much trouble
			for _, k := range ids {
				if _, err := restart.Do(o, k, o.Now); err != nil {
					return err
				}
			}
			return err
		})
		if left == 0 {
			return
		}
		clock.Pass(10 * time.Minute)
	}
	t.Error("the jobs were never done")
}

// A runner that dies between claiming and working leaves its job to the others,
// but a job that kills every runner is given up.
func TestAJobThatKillsItsRunnersIsGivenUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		dbtest.Do(t, door, system, func(o *op.Op) error { return Ask(o, Job{Kind: "poison", Key: "1"}) })
		r := &Runner{Door: door, Actor: system}
		tries := 0
		for {
			_, ok, err := r.claim(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				break
			}
			tries++
			clock.Pass(6 * time.Minute)
		}
		if tries != attemptsMax {
			t.Errorf("%d tries, want %d", tries, attemptsMax)
		}
		if s := stateOf(t, door); s != "failed "+told(errDied) {
			t.Error(s)
		}
	})
}

func stateOf(t *testing.T, door *op.Door) (s string) {
	dbtest.Do(t, door, dbtest.Actor("Bo", Read), func(o *op.Op) error {
		page, err := All(nil).Run(o, list.Query{View: "all"})
		if len(page.Rows) != 1 {
			t.Fatalf("%d jobs", len(page.Rows))
		}
		v := page.Rows[0].Values
		s = strings.TrimSpace(fmt.Sprint(v[2], " ", v[5]))
		return err
	})
	return s
}

func TestWhatBecomesOfAFault(t *testing.T) {
	invalid := fault.New(fault.Invalid, "TST-001", "Adressen saknas. Fyll i den.")
	away := fault.New(fault.Unavailable, "TST-002", "Banken svarar inte. Försök senare.")
	for _, c := range []struct {
		name  string
		err   error
		times int // it is tried
		want  string
	}{
		{"a fault that the next try cannot mend ends the job", invalid, 1, "failed TST-001 Adressen saknas. Fyll i den."},
		{"somebody who does not answer is asked again, at most eight times", away, 8, "failed TST-002 Banken svarar inte. Försök senare."},
		{"so is a bug of ours", errBroken, 8, "failed SYS-001 Något gick fel hos oss. Felet är loggat. Försök igen om en stund."},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := dbtest.SQLite(t)
			door, clock := dbtest.Door(d)
			times := 0
			r := &Runner{Door: door, Actor: system, Kinds: []Kind{{Name: "k", Run: func(*op.Op, json.RawMessage) error {
				times++
				return c.err
			}}}}
			dbtest.Do(t, door, system, func(o *op.Op) error { return Ask(o, Job{Kind: "k", Key: "1"}) })
			for range 12 {
				if n, err := r.Once(t.Context()); err != nil || n > 1 {
					t.Fatal("tried again without a rest", n, err)
				}
				clock.Pass(5 * time.Minute)
			}
			if got := stateOf(t, door); times != c.times || got != c.want {
				t.Errorf("%d times, %s", times, got)
			}
		})
	}
}

// A kind that comes back has one job, whoever runs it and whatever it meets.
func TestAKindThatComesBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		times := 0
		kind := Kind{Name: "fold", Every: time.Minute, Run: func(*op.Op, json.RawMessage) error {
			times++
			if times == 2 {
				return fault.New(fault.Invalid, "TST-003", "Det gick inte.")
			}
			return nil
		}}
		for range 5 {
			for range 2 {
				r := &Runner{Door: door, Actor: system, Kinds: []Kind{kind}}
				if _, err := r.Once(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			clock.Pass(5 * time.Minute)
		}
		if times != 5 {
			t.Errorf("%d rounds, want 5", times)
		}
		if got := stateOf(t, door); got != "ready" {
			t.Error(got)
		}
	})
}

// What was done long ago is forgotten; what failed, waits or was done of late is
// not.
func TestDoneJobsAreForgottenAfterNinetyDays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		kind := Kind{Name: "k", Run: func(_ *op.Op, args json.RawMessage) error {
			if string(args) == `"bad"` {
				return fault.New(fault.Invalid, "TST-003", "Det gick inte.")
			}
			return nil
		}}
		r := &Runner{Door: door, Actor: system, Kinds: []Kind{kind}}
		run := func(jobs ...Job) {
			t.Helper()
			dbtest.Do(t, door, system, func(o *op.Op) error { return Ask(o, jobs...) })
			if _, err := r.Once(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		pruned := func() (n int64) {
			dbtest.Do(t, door, system, func(o *op.Op) (err error) { n, err = Prune(o); return err })
			return n
		}
		run(Job{Kind: "k", Key: "old 1"}, Job{Kind: "k", Key: "old 2"}, Job{Kind: "k", Key: "failed", Args: "bad"},
			Job{Kind: "k", Key: "waits", Due: clock.Now().AddDate(1, 0, 0)})
		clock.Pass(24 * time.Hour)
		run(Job{Kind: "k", Key: "new"}, Job{Kind: "k", Key: "late", Due: clock.Now().AddDate(0, 0, -30)})
		clock.Pass(89 * 24 * time.Hour)
		if n := pruned(); n != 0 {
			t.Errorf("%d forgotten after ninety days to the minute", n)
		}
		clock.Pass(time.Minute)
		if n := pruned(); n != 2 {
			t.Errorf("%d forgotten, want the two old ones", n)
		}
		if n := pruned(); n != 0 {
			t.Errorf("%d forgotten twice", n)
		}
	})
}

// A stopped runner ends when its job under way has ended.
func TestStopping(t *testing.T) {
	door, _ := dbtest.Door(dbtest.SQLite(t))
	ctx, stop := context.WithCancel(t.Context())
	begun := make(chan struct{})
	kind := Kind{Name: "k", Run: func(o *op.Op, _ json.RawMessage) error {
		close(begun)
		<-ctx.Done()
		return o.Err()
	}}
	dbtest.Do(t, door, system, func(o *op.Op) error { return Ask(o, Job{Kind: "k", Key: "1"}) })
	r := &Runner{Door: door, Actor: system, Kinds: []Kind{kind}, Rest: time.Millisecond}
	go func() { <-begun; stop() }()
	if err := r.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if got := stateOf(t, door); got != "done" {
		t.Error(got)
	}
}

func TestOperatorsRunAFailedJobAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		mended := false
		kinds := []Kind{{Name: "k", Label: "Prov", Run: func(*op.Op, json.RawMessage) error {
			if !mended {
				return fault.New(fault.Invalid, "TST-004", "Filen saknas.")
			}
			return nil
		}}}
		r := &Runner{Door: door, Actor: system, Kinds: kinds}
		dbtest.Do(t, door, system, func(o *op.Op) error { return Ask(o, Job{Kind: "k", Key: "1"}) })
		once := func() {
			if _, err := r.Once(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		once()
		var key string
		dbtest.Do(t, door, system, func(o *op.Op) error {
			k, err := failedIDs.One(o)
			key = k.String()
			return err
		})
		again := func(who op.Actor) error {
			return door.Do(t.Context(), who, func(o *op.Op) error {
				f := AgainForm(kinds)
				if l, err := f.Show(o, key); err == nil && (l.Title != "Kör om: Prov" || !mended && l.Intro != "TST-004 Filen saknas.") {
					t.Errorf("%+v", l)
				}
				_, _, err := f.Post(o, key, 1, map[string]string{"why": "Filen är inlagd."})
				return err
			})
		}
		if err := again(dbtest.Actor("Maja", Read)); fault.Of(err).Kind != fault.Forbidden {
			t.Errorf("without the permission: %v", err)
		}
		mended = true
		bo := dbtest.Actor("Bo", Read, Again)
		if err := again(bo); err != nil {
			t.Error(err)
		}
		once()
		if err := again(bo); !errors.Is(err, errNotNow) {
			t.Errorf("a job that is done was run again: %v", err)
		}
	})
}

var failedIDs = db.Select[id.ID[Job]](`SELECT id FROM job WHERE state = 'failed' ORDER BY id`)

func TestPausesGrow(t *testing.T) {
	var got []time.Duration
	for n := range int64(9) {
		got = append(got, pause(n+1))
	}
	if !slices.IsSorted(got) || got[0] != 5*time.Second || got[8] != 5*time.Minute {
		t.Error(got)
	}
}

// Asking, claiming and doing: three transactions a job, without durability.
func BenchmarkJobs(b *testing.B) {
	door, _ := dbtest.Door(dbtest.SQLite(b))
	kind := Kind{Name: "k", Run: func(o *op.Op, _ json.RawMessage) error { return nil }}
	r := &Runner{Door: door, Actor: system, Kinds: []Kind{kind}}
	for i := 0; b.Loop(); i++ {
		dbtest.Do(b, door, system, func(o *op.Op) error { return Ask(o, Job{Kind: "k", Key: fmt.Sprint(i)}) })
		if n, err := r.Once(context.Background()); n != 1 || err != nil {
			b.Fatal(n, err)
		}
	}
}

// A claim takes one job, whatever the engine believes of the table. Here it
// believes that one job of many is ready, and asks the inner query again for
// each of them.
func TestAClaimTakesOneJobWhateverThePlan(t *testing.T) {
	d := dbtest.Postgres(t)
	door, _ := dbtest.Door(d)
	owner, err := d.Raw().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close()
	for _, text := range []string{
		`RESET ROLE`,
		`INSERT INTO job (id, kind, key, args, due, state, attempt, fault, asked)
		 SELECT n, 'k', n, '{}', now() - interval '10 years', CASE n WHEN 1 THEN 'ready' ELSE 'running' END, 0, '', now() FROM generate_series(1, 12) AS n`,
		`ANALYZE job`, // what is deleted below stays in what it believes
		`DELETE FROM job`,
		`INSERT INTO job (id, kind, key, args, due, state, attempt, fault, asked)
		 SELECT n, 'k', n, '{}', now() - interval '10 years', 'ready', 0, '', now() FROM generate_series(1, 12) AS n`,
		`SET ROLE ` + db.AppRole,
	} {
		if _, err := owner.ExecContext(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
	r := &Runner{Door: door, Actor: system}
	if c, ok, err := r.claim(t.Context()); err != nil || !ok || c.ID != 1 {
		t.Fatalf("%+v, %v, %v", c, ok, err)
	}
	var taken int
	if err := d.Raw().QueryRow(`SELECT count(*) FROM job WHERE state = 'running'`).Scan(&taken); err != nil || taken != 1 {
		t.Errorf("%d jobs were taken, %v", taken, err)
	}
}
