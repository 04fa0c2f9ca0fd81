package indicator

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/report"
	"kontor/kernel/work"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

var august = period.Month{Year: 2026, Month: time.August}

// share is a value of InTime in thousandths.
func share(kept int64) report.Value {
	return report.Value{Figure: InTime, Definition: 1, Period: august, State: report.Measured, Num: kept, Den: 1000}
}

func TestJudgementsAreComputed(t *testing.T) {
	goal := Target{Value: 97_00, Tolerance: 50}
	sick := &report.Figure{Key: "sick", Percent: true, Decimals: 1, Definitions: InTime.Definitions} // lower is better
	low := func(kept int64) report.Value { v := share(kept); v.Figure = sick; return v }
	run := share(999)
	run.Running = true
	for _, c := range []struct {
		name string
		v    report.Value
		has  bool
		want string
	}{
		{"above the target", share(975), true, "Uppnått +0,5 procentenheter"},
		{"exactly on it", share(970), true, "Uppnått 0,0 procentenheter"},
		{"below it, within the tolerance", share(965), true, "Nära −0,5 procentenheter"},
		{"below the tolerance", share(964), true, "Ej uppnått −0,6 procentenheter"},
		{"below a bound that should not be passed", low(960), true, "Uppnått −1,0 procentenheter"},
		{"above such a bound", low(980), true, "Ej uppnått +1,0 procentenheter"},
		{"a month that is not over is not judged, however good", run, true, "Pågår +2,9 procentenheter"},
		{"without a target", share(975), false, "Inget mål"},
		{"without a number", report.Value{Figure: InTime, State: report.NotReportable}, true, "Går ej att redovisa"},
		{"before its time", report.Value{Figure: InTime, State: report.NotDue}, true, "Ej aktuellt nu"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Judge(c.v, goal, c.has).Word
			if c.has {
				got = strings.TrimSpace(got + " " + Deviation(c.v, goal))
			}
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestTheTargetInForce(t *testing.T) {
	rows := append(slices.Clone(given), Target{ID: 9, Figure: PerFTE.Key, Year: 2014, Value: 3500_00}, Target{Figure: "other", Year: 2026})
	for year, want := range map[int64]int64{2011: 0, 2012: 3300_00, 2013: 3300_00, 2014: 3500_00, 2026: 3500_00} {
		if got, ok := pick(rows, PerFTE.Key, year); got.Value != want || ok != (want > 0) {
			t.Errorf("%d: %d, want %d", year, got.Value, want)
		}
	}
	if s := strings.ReplaceAll(given[1].Say(PerFTE), "\u00a0", " "); s != "3 400" {
		t.Error(s)
	}
}

func TestFiguresAreDefined(t *testing.T) {
	for _, f := range Figures {
		last := report.Definition{}
		for _, d := range f.Definitions {
			if d.Version != last.Version+1 || d.From < last.From || d.Text == "" || d.Source == "" {
				t.Errorf("%s: definition %d", f.Key, d.Version)
			}
			last = d
		}
	}
	// source: 000 s.5 and 002 s.9
	for year, want := range map[int]int64{2012: 2, 2013: 2, 2014: 3, 2026: 3} {
		if d, _ := PerFTE.On(period.NewDate(year, 12, 31)); d.Version != want {
			t.Errorf("%d has definition %d, want %d", year, d.Version, want)
		}
	}
}

// fourMonths are May to August with 20 to 23 invoices each, of which one is
// scanned and late.
func fourMonths(t *testing.T, door *op.Door, clock *dbtest.Clock) {
	document := int64(0)
	for k, m := range report.Months(august, 4) {
		clock.Set(m.Start().AddDate(0, 0, 9))
		dbtest.Do(t, door, dbtest.Actor("Maja"), func(o *op.Op) error {
			var batch []work.Event
			for i := range 20 + k {
				document++
				e := work.Event{Client: 1, Process: "payables", Activity: "supplier-invoice", Channel: work.Electronic, Quantity: 1,
					Arrived: o.Now, Promised: 5, Taken: 5, Document: document}
				if i == 0 {
					e.Channel, e.Taken = work.Scanned, 6
				}
				batch = append(batch, e)
			}
			return work.Record(o, batch...)
		})
	}
}

// A month of invoices and staff becomes the figure, its target and its words.
func TestStanding(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		if _, err := d.Raw().Exec(`INSERT INTO staff_time (id, version, person, unit, process, share, valid_from) VALUES (1, 1, 1, 1, 'payables', 50, '2020-01-01')`); err != nil {
			t.Fatal(err)
		}
		lo := dbtest.Actor("Lo", Read, work.Read, Decide)
		fourMonths(t, door, clock)
		clock.Set(august.End().AddDate(0, 0, 3))
		dbtest.Do(t, door, lo, func(o *op.Op) error {
			if err := install(o); err != nil {
				return err
			}
			if err := install(o); err != nil { // after every migration
				return err
			}
			all, err := Stand(o, Figures[:5], op.Scope{All: true}, august) // of the others there is nothing to count
			if err != nil {
				return err
			}
			var got []string
			for _, s := range all {
				v := s.View(o)
				got = append(got, fmt.Sprintf("%s %s '%s' %t", v.Value.Text, v.Word, v.Target, v.Chart != nil))
				if v.Value.URL == "" || v.Source.URL == "" {
					t.Errorf("%s does not open", v.Name)
				}
			}
			want := []string{`46 Ej uppnått '3 400' true`, `95,7 % Inget mål '' true`, `95,7 % Inget mål '' true`, `0,0 % Inget mål '' true`, `23 Inget mål '' true`}
			if s := strings.ReplaceAll(strings.Join(got, "\n"), "\u00a0", " "); s != strings.Join(want, "\n") {
				t.Errorf("%s", s)
			}
			return nil
		})
		decide := func(a op.Actor, raw map[string]string) error {
			return door.Do(context.Background(), a, func(o *op.Op) error {
				_, _, err := targetForm(Figures).Post(o, "", 0, raw)
				return err
			})
		}
		good := map[string]string{"figure": InTime.Key, "year": "2026", "value": "97,0", "tolerance": "0,5", "by": "Nämnden", "source": "Protokoll 4"}
		if err := decide(dbtest.Actor("Maja", Read), good); fault.Of(err).Kind != fault.Forbidden {
			t.Errorf("without the permission: %v", err)
		}
		if err := decide(lo, good); err != nil {
			t.Error(err)
		}
		bad := map[string]string{"figure": InTime.Key, "year": "26", "value": "mycket", "tolerance": "0,5", "by": "x", "source": "y"}
		if err := decide(lo, bad); len(fault.Of(err).Fields) != 2 {
			t.Errorf("a year and a value that are none: %v", err)
		}
		dbtest.Do(t, door, lo, func(o *op.Op) error {
			all, err := Stand(o, Figures, op.Scope{All: true}, august)
			if w := all[1].Judged.Word; w != missed {
				t.Errorf("after the decision: %s", w)
			}
			return err
		})
	})
}
