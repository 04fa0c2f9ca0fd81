package leadtime

import (
	"context"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/work"
	"kontor/kernel/workday"
)

var errUndo = errors.New("undo")

func TestStatements(t *testing.T) { dbtest.Statements(t) }

// The table of 2018 as it is printed.
//
// source: 003 s.15–16
func TestReferenceHasTheTableOf2018(t *testing.T) {
	services, err := parseServices(reference)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int64{
		"Registrering av person- och anställningsdata vid nyanställning": 2, "Uppdatering av personuppgift": 5,
		"Förändring av namn och/eller personnummer": 5, "Arbetsgivarintyg till A-kassa": 5,
		"Akut löneutbetalning via Girovision": 5, "Brådskande löneutbetalning via Agresso": 2,
	}
	seen := map[string]bool{}
	for _, s := range services {
		if seen[s.Code] || s.Source == "" {
			t.Errorf("%s stands twice or has no source", s.Code)
		}
		seen[s.Code] = true
		if d, ok := want[s.Name]; ok {
			if s.Days != d {
				t.Errorf("%s: %d days, printed %d", s.Name, s.Days, d)
			}
			delete(want, s.Name)
		}
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
	if _, err := parseServices("1\tx\ty"); err == nil {
		t.Error("a line with three columns was read")
	}
}

func TestBook(t *testing.T) {
	b := NewBook([]Promise{
		{Client: 1, ID: 20, Agreement: 2, Year: 2026, Service: "supplier-invoice", Days: 3, ValidFrom: dbtest.Day("2026-09-01"), ValidTo: dbtest.Day("2026-12-31")},
		{Client: 1, ID: 10, Agreement: 1, Year: 2026, Service: "supplier-invoice", Days: 5, ValidFrom: dbtest.Day("2026-01-01"), ValidTo: dbtest.Day("2026-12-31")},
		{Client: 2, ID: 11, Agreement: 3, Year: 2026, Service: "supplier-invoice", Days: 5, ValidFrom: dbtest.Day("2026-01-01"), ValidTo: dbtest.Day("2026-12-31")},
		{Client: 2, ID: 30, Agreement: 3, Year: 2026, Service: "supplier-invoice", Days: 0, ValidFrom: dbtest.Day("2026-07-01"), ValidTo: dbtest.Day("2026-12-31")},
		{Client: 1, ID: 40, Agreement: 2, Year: 2026, Service: "supplier-invoice", Days: 0, ValidFrom: dbtest.Day("2026-11-01"), ValidTo: dbtest.Day("2026-12-31")},
	}, nil)
	for _, c := range []struct {
		name            string
		client          op.ClientID
		service, on     string
		agreement, days int64
	}{
		{"the year's agreement holds from its first day", 1, "supplier-invoice", "2026-01-01", 1, 5},
		{"and on the day before the addition", 1, "supplier-invoice", "2026-08-31", 1, 5},
		{"the addition takes over on its first day", 1, "supplier-invoice", "2026-09-01", 2, 3},
		{"when the addition has ended the year's agreement holds again", 1, "supplier-invoice", "2026-11-01", 1, 5},
		{"nothing is promised after the last day", 1, "supplier-invoice", "2027-01-01", 0, 0},
		{"nothing is promised before the first", 1, "supplier-invoice", "2025-12-31", 0, 0},
		{"another service is not promised", 1, "complaint", "2026-05-01", 0, 0},
		{"an agreement that was ended promises to its last day", 2, "supplier-invoice", "2026-06-30", 3, 5},
		{"and no longer", 2, "supplier-invoice", "2026-07-01", 0, 0},
		{"a client without agreement has no promise", 3, "supplier-invoice", "2026-05-01", 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a, d := b.Promise(c.client, c.service, dbtest.Day(c.on)); a != c.agreement || d != c.days {
				t.Errorf("agreement %d, %d days; want %d, %d", a, d, c.agreement, c.days)
			}
		})
	}
}

// What was promised for a day that has passed is not moved by any row that
// begins later.
func TestALaterRowNeverMovesAnEarlierDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := dbtest.Day("2026-01-01")
		var rows []Promise
		for i := range rapid.IntRange(1, 8).Draw(t, "rows") {
			from := first + period.Date(rapid.IntRange(0, 300).Draw(t, "from"))
			rows = append(rows, Promise{Client: 1, ID: id.ID[Promise](i + 1), Agreement: id.ID[Agreement](i + 1), Service: "s",
				Days: int64(rapid.IntRange(0, 9).Draw(t, "days")), ValidFrom: from, ValidTo: from + period.Date(rapid.IntRange(0, 90).Draw(t, "length"))})
		}
		before := NewBook(rows, nil)
		added := Promise{Client: 1, ID: 99, Agreement: 99, Service: "s", Days: 2, ValidFrom: first + period.Date(rapid.IntRange(0, 300).Draw(t, "new")), ValidTo: first + 400}
		after := NewBook(append(rows, added), nil)
		for d := first; d < added.ValidFrom; d++ {
			a1, d1 := before.Promise(1, "s", d)
			a2, d2 := after.Promise(1, "s", d)
			if a1 != a2 || d1 != d2 {
				t.Fatalf("%s: %d/%d became %d/%d", d, a1, d1, a2, d2)
			}
		}
		if a, _ := after.Promise(1, "s", added.ValidFrom); a != 99 {
			t.Fatalf("the new row is not in force on its first day")
		}
	})
}

func TestSentence(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.Parse("2006-01-02 15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	base := Said{Client: "Kulturförvaltningen", Year: 2026, Days: 5, Arrived: at("2026-11-19 05:12"), Now: at("2026-11-25 07:12")}
	change := func(f func(*Said)) Said { s := base; f(&s); return s }
	for _, c := range []struct {
		name string
		said Said
		lang string
		want string
	}{
		{"an item in time says its last day and why", base, "sv",
			"Ska vara klar onsdag 25 november, dag 5, eftersom avtalet 2026 lovar Kulturförvaltningen 5 dagar."},
		{"one day is said in the singular", change(func(s *Said) { s.Days, s.Now = 1, s.Arrived }), "sv",
			"Ska vara klar torsdag 19 november, dag 1, eftersom avtalet 2026 lovar Kulturförvaltningen 1 dag."},
		{"a late item says how late", change(func(s *Said) { s.Now = at("2026-11-27 07:12") }), "sv",
			"Skulle ha varit klar onsdag 25 november och är 2 dagar sen, eftersom avtalet 2026 lovar Kulturförvaltningen 5 dagar."},
		{"a promise into the next year says the year", change(func(s *Said) { s.Arrived, s.Now = at("2026-12-30 07:00"), at("2026-12-30 08:00") }), "sv",
			"Ska vara klar fredag 8 januari 2027, dag 5, eftersom avtalet 2026 lovar Kulturförvaltningen 5 dagar."},
		{"without a promise it is said that there is none", change(func(s *Said) { s.Days = 0 }), "sv",
			"Ingen ledtid är avtalad med Kulturförvaltningen för det här."},
		{"while the ball is with the client we wait", change(func(s *Said) {
			s.Pauses = workday.NewPauses(workday.Pause{From: at("2026-11-23 10:00")})
		}), "sv", "Väntar på Kulturförvaltningen. Ska vara klar torsdag 26 november om svaret kommer i dag, eftersom avtalet 2026 lovar Kulturförvaltningen 5 dagar."},
		{"the reader may have chosen English", base, "en",
			"Is to be done Wednesday 25 November, day 5, because the 2026 agreement promises Kulturförvaltningen 5 days."},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Sentence(text.With(context.Background(), c.lang), c.said); got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
}

func TestHeldOnBothEngines(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		actor := dbtest.Actor("Lo Wester", "leadtime.read")
		dbtest.Do(t, door, actor, func(o *op.Op) error {
			if err := install(o); err != nil {
				return err
			}
			if err := install(o); err != nil { // every start does it
				return err
			}
			services, err := Services(o)
			if err != nil || len(services) < 9 {
				t.Errorf("%d services, %v", len(services), err)
			}
			if err := Make(o, Promise{Client: 7, Agreement: 1, Year: 2026, Service: "supplier-invoice", Days: 5,
				ValidFrom: dbtest.Day("2026-01-01"), ValidTo: dbtest.Day("2026-12-31")}); err != nil {
				return err
			}
			if err := End(o, 7, 1, dbtest.Day("2026-11-30")); err != nil {
				return err
			}
			book, err := Load(o)
			if err != nil {
				return err
			}
			if a, days := book.Promise(7, "supplier-invoice", dbtest.Day("2026-11-30")); a != 1 || days != 5 {
				t.Errorf("the last day promises %d by %d", days, a)
			}
			if _, days := book.Promise(7, "supplier-invoice", dbtest.Day("2026-12-01")); days != 0 {
				t.Errorf("the day after the last promises %d days", days)
			}
			e := work.Event{Client: 7, Process: "payables", Activity: "supplier-invoice", Channel: work.Electronic, Quantity: 1,
				Arrived: o.Now, Agreement: 1, Promised: 5, Taken: 1, Kind: "test", Document: 1}
			if err := work.Record(o, e); err != nil {
				return err
			}
			if n, err := held(o); err != nil || n["promised_events"] != 1 {
				t.Errorf("a right event: %v, %v", n, err)
			}
			for name, wrong := range map[string]func(*work.Event){
				"an agreement of nobody":   func(e *work.Event) { e.Agreement = 9 },
				"another number of days":   func(e *work.Event) { e.Promised = 4 },
				"an arrival after the end": func(e *work.Event) { e.Arrived = dbtest.Day("2026-12-01").At(600) },
				"another client":           func(e *work.Event) { e.Client = 8 },
			} {
				x := e
				x.Document = 2
				wrong(&x)
				err := o.Try(func() error {
					if err := work.Record(o, x); err != nil {
						return err
					}
					if _, err := held(o); err == nil {
						t.Errorf("%s passed", name)
					}
					return errUndo
				})
				if !errors.Is(err, errUndo) {
					return err
				}
			}
			return nil
		})
	})
}

// The database refuses what the code never does.
func TestPromisesCannotBeChanged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		dbtest.Do(t, door, dbtest.Actor("Lo Wester"), func(o *op.Op) error {
			return Make(o, Promise{Client: 7, Agreement: 1, Year: 2026, Service: "s", Days: 5, ValidFrom: dbtest.Day("2026-01-01"), ValidTo: dbtest.Day("2026-12-31")})
		})
		if _, err := d.Raw().Exec(`UPDATE lead_promise SET days = 9`); err == nil {
			t.Error("a promise was changed")
		}
	})
}

func BenchmarkPromise(b *testing.B) {
	var rows []Promise
	for c := range 33 {
		for s := range 9 {
			rows = append(rows, Promise{Client: op.ClientID(c), ID: id.ID[Promise](c*9 + s + 1), Agreement: 1, Service: []string{"a", "b", "c", "d", "e", "f", "g", "h", "supplier-invoice"}[s],
				Days: 5, ValidFrom: dbtest.Day("2026-01-01"), ValidTo: dbtest.Day("2026-12-31")})
		}
	}
	book, on := NewBook(rows, nil), dbtest.Day("2026-05-05")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		book.Promise(op.ClientID(i%33), "supplier-invoice", on)
	}
}
