package agreement

import (
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/golden"
	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/promise/client"
	"kontor/promise/leadtime"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

// The drawing that the users see is the table that the program runs.
func TestLife(t *testing.T) { golden.Life(t, &Life) }

func TestReference(t *testing.T) {
	duties, err := parseDuties(reference)
	if err != nil {
		t.Fatal(err)
	}
	parties := map[Party]int{}
	for _, d := range duties {
		parties[d.Party]++
		if d.Source == "" || d.Text == "" {
			t.Errorf("%d has no source or words", d.ID)
		}
	}
	if parties[Operator] == 0 || parties[Client] == 0 {
		t.Errorf("one party does everything: %v", parties)
	}
	for _, text := range []string{"1\tpayables\t10\tnobody\ttext\tsource", "x\tpayables\t10\tclient\ttext\tsource", "1\t2"} {
		if _, err := parseDuties(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

func TestRules(t *testing.T) {
	year := Agreement{Kind: Yearly, ValidFrom: dbtest.Day("2026-01-01"), ValidTo: dbtest.Day("2026-12-31")}
	year.State = Signed
	today := dbtest.Day("2026-06-15")
	for _, c := range []struct {
		name string
		err  error
		code string
	}{
		{"an addition from tomorrow is let in", additionDays(year, dbtest.Day("2026-06-16"), today), ""},
		{"an addition from today is let in", additionDays(year, today, today), ""},
		{"an addition does not reach back", additionDays(year, dbtest.Day("2026-06-14"), today), "AGR-006"},
		{"nor past the year", additionDays(year, dbtest.Day("2027-01-01"), today), "AGR-006"},
		{"an end from today is let in", lastDay(year, today, today), ""},
		{"an end does not reach back", lastDay(year, dbtest.Day("2026-06-14"), today), "AGR-007"},
		{"nor past the year", lastDay(year, dbtest.Day("2027-01-01"), today), "AGR-007"},
		{"an agreement that promises nothing is not sent", complete(op.Who{}, Agreement{}), "AGR-001"},
		{"one with a lead time is", complete(op.Who{}, Agreement{Promises: []Promise{{Days: 5}}}), ""},
		{"one with words alone is", complete(op.Who{}, Agreement{Terms: "Vi hjälps åt."}), ""},
		{"no days are no lead time", checkDays(0), "AGR-008"},
		{"nor are more than a working year", checkDays(251), "AGR-008"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			if c.err != nil {
				got = fault.Of(c.err).Code
			}
			if got != c.code {
				t.Errorf("%q, want %q", got, c.code)
			}
		})
	}
	draft := year
	draft.State = Draft
	if err := additionDays(draft, today, today); fault.Of(err).Code != "AGR-005" {
		t.Errorf("an addition to a draft: %v", err)
	}
}

// A year's agreement holds from the first of January also when it is signed
// later, since nothing has been promised before; an addition never reaches back.
func TestPromisesBeginWhenTheyMay(t *testing.T) {
	a := Agreement{Kind: Yearly, Year: 2026, ValidFrom: dbtest.Day("2026-01-01"), ValidTo: dbtest.Day("2026-12-31"), Promises: []Promise{{Service: "s", Days: 5}}}
	if p := promisesOf(a, dbtest.Day("2026-02-10")); p[0].ValidFrom != dbtest.Day("2026-01-01") {
		t.Errorf("the year's agreement begins %s", p[0].ValidFrom)
	}
	a.Kind, a.ValidFrom = Addition, dbtest.Day("2026-02-01")
	if p := promisesOf(a, dbtest.Day("2026-02-10")); p[0].ValidFrom != dbtest.Day("2026-02-10") {
		t.Errorf("the addition begins %s", p[0].ValidFrom)
	}
}

// One story of an agreement, through the forms and steps that people use.
func TestStoryOnBothEngines(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		lead := dbtest.Actor("Lo Wester", "agreement.read", "agreement.write", "agreement.sign", "agreement.end", "agreement.deviate",
			"client.read", "client.write", "leadtime.read", "catalogue.read")
		clock.Set(dbtest.Day("2026-01-12").At(600))
		culture := client.Client{Code: "KULT", Name: "Kulturförvaltningen", Kind: client.Administration, Org: "162120000142", Active: true}
		var a Agreement
		dbtest.Do(t, door, lead, func(o *op.Op) error {
			if err := leadtime.Module().Install(o); err != nil {
				return err
			}
			if err := install(o); err != nil {
				return err
			}
			if err := client.Add(o, &culture); err != nil {
				return err
			}
			raw := map[string]string{"client": culture.ID.String(), "year": "2026"}
			if _, _, err := BeginForm.Post(o, "", 0, raw); err != nil {
				return err
			}
			if _, _, err := BeginForm.Post(o, "", 0, raw); fault.Of(err).Code != "AGR-003" {
				t.Errorf("a second agreement of the year: %v", err)
			}
			page, err := Agreements.Run(o, list.Query{View: "draft"})
			if err != nil || len(page.Rows) != 1 {
				t.Fatalf("%d drafts, %v", len(page.Rows), err)
			}
			key := page.Rows[0].Key()
			if _, _, err := PromiseForm.Post(o, key, 1, map[string]string{"service": "supplier-invoice", "days": "4"}); err != nil {
				return err
			}
			if _, _, err := PromiseForm.Post(o, key, 1, map[string]string{"service": "supplier-invoice", "days": "3"}); fault.Of(err).Code != "FRM-002" {
				t.Errorf("an old version was changed: %v", err)
			}
			a, err = Table.Take(o, id.Known[Agreement](key), "send", 0, nil)
			return err
		})
		dbtest.Do(t, door, lead, func(o *op.Op) error {
			if _, _, err := PromiseForm.Post(o, a.ID.String(), 0, map[string]string{"service": "supplier-invoice", "days": "9"}); fault.Of(err).Code != "AGR-004" {
				t.Errorf("what was sent was changed: %v", err)
			}
			if _, err := Table.Take(o, a.ID, "sign", 0, map[string]string{"name": "Lo", "on": "2026-01-12"}); fault.Of(err).Code != "AGR-002" {
				t.Errorf("the sender signed: %v", err)
			}
			book, err := leadtime.Load(o)
			if _, days := book.Promise(culture.ID, "supplier-invoice", dbtest.Day("2026-01-12")); days != 0 || err != nil {
				t.Errorf("%d days are promised before anybody has signed, %v", days, err)
			}
			return err
		})
		stranger := dbtest.At(dbtest.Actor("Bo Vik", "agreement.read", "agreement.sign"), culture.ID+1)
		dbtest.Do(t, door, stranger, func(o *op.Op) error {
			if _, err := Table.Take(o, a.ID, "sign", 0, map[string]string{"name": "Bo", "on": "2026-01-12"}); fault.Of(err).Kind != fault.NotFound {
				t.Errorf("another client signed: %v", err)
			}
			return nil
		})
		contact := dbtest.At(dbtest.Actor("Ann Berg", "agreement.read", "agreement.sign"), culture.ID)
		dbtest.Do(t, door, contact, func(o *op.Op) error {
			if _, err := Table.Take(o, a.ID, "sign", 0, map[string]string{"name": "Ann Berg", "on": "2026-01-13"}); fault.Of(err).Code != "AGR-010" {
				t.Errorf("signed tomorrow: %v", err)
			}
			_, err := Table.Take(o, a.ID, "sign", 0, map[string]string{"name": "Ann Berg", "on": "2026-01-12"})
			return err
		})
		clock.Set(dbtest.Day("2026-06-15").At(600))
		promised := func(on string) (days int64) {
			dbtest.Do(t, door, lead, func(o *op.Op) error {
				book, err := leadtime.Load(o)
				if err == nil {
					_, days = book.Promise(culture.ID, "supplier-invoice", dbtest.Day(on))
				}
				return err
			})
			return days
		}
		if n := promised("2026-01-02"); n != 4 {
			t.Errorf("%d days in January", n)
		}
		var addition Agreement
		dbtest.Do(t, door, lead, func(o *op.Op) error {
			if _, _, err := ExtendForm.Post(o, a.ID.String(), 0, map[string]string{"from": "2026-06-01", "service": "supplier-invoice", "days": "3"}); fault.Of(err).Code != "AGR-006" {
				t.Errorf("an addition reached back: %v", err)
			}
			if _, _, err := ExtendForm.Post(o, a.ID.String(), 0, map[string]string{"from": "2026-07-01", "service": "supplier-invoice", "days": "3"}); err != nil {
				return err
			}
			all, err := Additions(o, a)
			if err != nil || len(all) != 1 {
				t.Fatalf("%d additions, %v", len(all), err)
			}
			addition, err = Table.Take(o, all[0].ID, "send", 0, nil)
			return err
		})
		dbtest.Do(t, door, contact, func(o *op.Op) error {
			_, err := Table.Take(o, addition.ID, "sign", 0, map[string]string{"name": "Ann Berg", "on": "2026-06-15"})
			return err
		})
		if june, july := promised("2026-06-30"), promised("2026-07-01"); june != 4 || july != 3 {
			t.Errorf("%d days in June and %d in July", june, july)
		}
		dbtest.Do(t, door, lead, func(o *op.Op) error {
			current, ok, err := Current(o, culture.ID, dbtest.Day("2026-08-01"))
			if err != nil || !ok || current.ID != a.ID || len(current.Promises) == 0 {
				t.Errorf("the current agreement: %v, %v", ok, err)
			}
			if _, err := Table.Take(o, addition.ID, "end", 0, map[string]string{"last": "2026-06-14", "why": "x"}); fault.Of(err).Code != "AGR-007" {
				t.Errorf("an end reached back: %v", err)
			}
			_, err = Table.Take(o, addition.ID, "end", 0, map[string]string{"last": "2026-09-30", "why": "Tillägget behövs inte längre."})
			return err
		})
		if september, october := promised("2026-09-30"), promised("2026-10-01"); september != 3 || october != 4 {
			t.Errorf("%d days in September and %d in October: when an addition ends the year's agreement holds", september, october)
		}
	})
}

func TestDeviationsAndInterestOnBothEngines(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		lead := dbtest.Actor("Lo Wester", "agreement.read", "agreement.write", "agreement.deviate", "agreement.interest", "client.read")
		culture := client.Client{Code: "KULT", Name: "Kulturförvaltningen", Kind: client.Administration, Org: "162120000142", Active: true}
		dbtest.Do(t, door, lead, func(o *op.Op) error {
			if err := client.Add(o, &culture); err != nil {
				return err
			}
			raw := map[string]string{"client": culture.ID.String(), "process": "payables", "text": "Projektnummer ska finnas före attest.",
				"by": "Verksamhetschefen", "on": "2026-03-02", "from": "2026-03-01", "to": "2026-12-31"}
			if _, _, err := DeviationForm.Post(o, "", 0, raw); err != nil {
				return err
			}
			for on, want := range map[string]int{"2026-02-28": 0, "2026-03-01": 1, "2026-12-31": 1, "2027-01-01": 0} {
				if all, err := Deviations(o, culture.ID, "payables", dbtest.Day(on)); err != nil || len(all) != want {
					t.Errorf("%d deviations on %s, %v", len(all), on, err)
				}
			}
			if all, err := Deviations(o, culture.ID, "receivables", dbtest.Day("2026-06-01")); err != nil || len(all) != 0 {
				t.Errorf("%d deviations of another process, %v", len(all), err)
			}
			page, err := DeviationList.Run(o, list.Query{Filters: map[string][]string{"client": {culture.ID.String()}}})
			if err != nil || len(page.Rows) != 1 {
				t.Fatalf("%d rows, %v", len(page.Rows), err)
			}
			if _, _, err := DeviationEnd.Post(o, page.Rows[0].Key(), 1, map[string]string{"to": "2026-05-31"}); err != nil {
				return err
			}
			if all, err := Deviations(o, culture.ID, "", dbtest.Day("2026-06-01")); err != nil || len(all) != 0 {
				t.Errorf("an ended deviation is in force, %v", err)
			}
			if err := AddInterests(o, Interest{Client: culture.ID, Year: 2027, Hours: 40, Text: "Hjälp med bokslut", ByName: "Ann Berg"}); err != nil {
				return err
			}
			open, err := InterestList.Run(o, list.Query{Filters: map[string][]string{"year": {"2027"}}})
			if err != nil || len(open.Rows) != 1 {
				t.Fatalf("%d rows, %v", len(open.Rows), err)
			}
			_, _, err = AnswerForm.Post(o, open.Rows[0].Key(), 1, map[string]string{"answer": "agreed", "reply": "Vi har plats i maj."})
			return err
		})
		stranger := dbtest.At(dbtest.Actor("Bo Vik", "agreement.read", "agreement.write", "agreement.interest"), culture.ID+1)
		dbtest.Do(t, door, stranger, func(o *op.Op) error {
			page, err := InterestList.Run(o, list.Query{})
			if err != nil || len(page.Rows) != 0 {
				t.Errorf("another client's wishes are seen: %d, %v", len(page.Rows), err)
			}
			if _, _, err := InterestForm.Post(o, "", 0, map[string]string{"client": culture.ID.String(), "year": "2027", "item": "x"}); err == nil {
				t.Error("a wish was made for another client")
			}
			return nil
		})
	})
}
