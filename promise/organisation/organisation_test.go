package organisation

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

func TestMonths(t *testing.T) {
	full := Time{ID: 1, Person: 1, Share: 100, ValidFrom: dbtest.Day("2026-01-01")}
	for _, c := range []struct {
		name        string
		rows        []Time
		leaves      []Leave
		first, last string
		want        int64
	}{
		{"a person who works full time the whole month is one", []Time{full}, nil, "2026-11-01", "2026-11-30", 100},
		{"four months are four", []Time{full}, nil, "2026-05-01", "2026-08-31", 400},
		{"half time is a half", []Time{{ID: 1, Person: 1, Share: 50, ValidFrom: dbtest.Day("2026-01-01")}}, nil, "2026-11-01", "2026-11-30", 50},
		{"who begins after ten of twenty-one working days counts eleven", []Time{{ID: 1, Person: 1, Share: 100, ValidFrom: dbtest.Day("2026-11-16")}}, nil, "2026-11-01", "2026-11-30", 52},
		{"who ends before the month counts nothing", []Time{{ID: 1, Person: 1, Share: 100, ValidFrom: dbtest.Day("2026-01-01"), ValidTo: dbtest.Day("2026-10-31")}}, nil, "2026-11-01", "2026-11-30", 0},
		{"who begins on the last weekend of a month counts nothing", []Time{{ID: 1, Person: 1, Share: 100, ValidFrom: dbtest.Day("2026-10-31")}}, nil, "2026-10-01", "2026-10-31", 0},
		{"a leave of half the time the whole month halves it", []Time{full}, []Leave{{Person: 1, Share: 50, ValidFrom: dbtest.Day("2026-11-01"), ValidTo: dbtest.Day("2026-11-30")}}, "2026-11-01", "2026-11-30", 50},
		{"two leaves on one day take no more than the day", []Time{full}, []Leave{{Person: 1, Share: 80, ValidFrom: dbtest.Day("2026-11-01")}, {Person: 1, Share: 80, ValidFrom: dbtest.Day("2026-11-01")}}, "2026-11-01", "2026-11-30", 0},
		{"the leave of somebody else takes nothing", []Time{full}, []Leave{{Person: 2, Share: 100, ValidFrom: dbtest.Day("2026-11-01")}}, "2026-11-01", "2026-11-30", 100},
	} {
		t.Run(c.name, func(t *testing.T) {
			var sum int64
			for _, m := range Months(c.rows, c.leaves, dbtest.Day(c.first), dbtest.Day(c.last)) {
				sum += m.Hundredths
			}
			if sum != c.want {
				t.Errorf("%d hundredths, want %d", sum, c.want)
			}
		})
	}
}

// The figure of a month is the exact sum of fractions, rounded once; its parts
// sum to it and are less than a hundredth from their own exact values; months
// add up to the year.
func TestMonthsAgreeWithFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := period.NewDate(2026, 1, 1)
		var rows []Time
		var leaves []Leave
		for i := range rapid.IntRange(0, 9).Draw(t, "rows") {
			from := first + period.Date(rapid.IntRange(-60, 360).Draw(t, "from"))
			r := Time{ID: id.ID[Time](i + 1), Person: op.PersonID(rapid.IntRange(1, 4).Draw(t, "person")),
				Share: int64(rapid.IntRange(1, 100).Draw(t, "share")), ValidFrom: from}
			if rapid.Bool().Draw(t, "ends") {
				r.ValidTo = from + period.Date(rapid.IntRange(0, 200).Draw(t, "length"))
			}
			rows = append(rows, r)
			if rapid.Bool().Draw(t, "leave") {
				leaves = append(leaves, Leave{Person: r.Person, Share: int64(rapid.IntRange(1, 100).Draw(t, "away")),
					ValidFrom: from + 5, ValidTo: from + period.Date(rapid.IntRange(5, 30).Draw(t, "days"))})
			}
		}
		var year int64
		for n, m := range Months(rows, leaves, first, period.NewDate(2026, 12, 31)) {
			exact := new(big.Rat)
			var parts int64
			for _, p := range m.Parts {
				mine := byDay(p.Time, leaves, m.Month)
				exact.Add(exact, mine)
				parts += p.Hundredths
				off := new(big.Rat).Sub(mine, big.NewRat(p.Hundredths, 1))
				if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
					t.Fatalf("%s: a part of %s is written as %d", m.Month, mine, p.Hundredths)
				}
			}
			exact.Add(exact, big.NewRat(1, 2))
			rounded := new(big.Int).Quo(exact.Num(), exact.Denom()).Int64()
			if m.Hundredths != rounded || parts != m.Hundredths {
				t.Fatalf("%s: %d, the fractions say %d, the parts sum to %d", m.Month, m.Hundredths, rounded, parts)
			}
			alone := Months(rows, leaves, m.Month.First(), m.Month.Last())
			if len(alone) != 1 || alone[0].Hundredths != m.Hundredths {
				t.Fatalf("month %d alone is not what it is in the year", n+1)
			}
			year += m.Hundredths
		}
		var tertials int64
		for _, x := range period.Year(2026).Tertials() {
			for _, m := range Months(rows, leaves, x.First(), x.Last()) {
				tertials += m.Hundredths
			}
		}
		if tertials != year {
			t.Fatalf("the tertials sum to %d, the year is %d", tertials, year)
		}
	})
}

// byDay adds one row day by day, in hundredths of a full-time month.
func byDay(r Time, leaves []Leave, m period.Month) *big.Rat {
	sum, workdays := new(big.Rat), int64(0)
	for d := m.First(); d <= m.Last(); d++ {
		if Calendar.Closed(d) {
			continue
		}
		workdays++
		if d < r.ValidFrom || r.ValidTo != 0 && d > r.ValidTo {
			continue
		}
		left := int64(100)
		for _, l := range leaves {
			if l.Person == r.Person && l.ValidFrom <= d && d <= until(l.ValidTo) {
				left -= l.Share
			}
		}
		sum.Add(sum, big.NewRat(r.Share*max(left, 0), 100))
	}
	return sum.Quo(sum, big.NewRat(workdays, 1))
}

func TestOverFull(t *testing.T) {
	had := []Time{{ID: 1, Share: 60, ValidFrom: dbtest.Day("2026-01-01"), ValidTo: dbtest.Day("2026-06-30")}, {ID: 2, Share: 70, ValidFrom: dbtest.Day("2026-09-01")}}
	for _, c := range []struct {
		name  string
		added Time
		want  int64
	}{
		{"what fits is let in", Time{Share: 40, ValidFrom: dbtest.Day("2026-03-01"), ValidTo: dbtest.Day("2026-06-30")}, 0},
		{"too much on the first day is refused", Time{Share: 41, ValidFrom: dbtest.Day("2026-03-01"), ValidTo: dbtest.Day("2026-06-30")}, 101},
		{"too much later on is refused", Time{Share: 40, ValidFrom: dbtest.Day("2026-03-01")}, 110},
		{"the row itself does not count twice", Time{ID: 2, Share: 90, ValidFrom: dbtest.Day("2026-09-01")}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, sum := overFull(had, c.added); sum != c.want {
				t.Errorf("%d percent, want %d", sum, c.want)
			}
		})
	}
}

func TestOfficeOnBothEngines(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		actor := dbtest.Actor("Lo Wester", "organisation.read", "organisation.write", "organisation.staff")
		dbtest.Do(t, door, actor, func(o *op.Op) error {
			maja := role.Person{Name: "Maja Ek", Kind: op.Person, Language: "sv", Active: true}
			if err := role.Add(o, &maja); err != nil {
				return err
			}
			east := Unit{Code: "OST", Name: "Ekonomi Öst", Kind: "operations", Active: true}
			if err := Add(o, &east); err != nil {
				return err
			}
			raw := map[string]string{"person": maja.ID.String(), "unit": east.ID.String(), "process": "payables", "share": "80", "from": "2026-01-01"}
			if _, _, err := NewTime.Post(o, "", 0, raw); err != nil {
				return err
			}
			if _, _, err := NewTime.Post(o, "", 0, raw); !form.ErrInvalid.Is(err) && err == nil {
				t.Error("160 percent of full time were let in")
			}
			if _, _, err := NewRole.Post(o, "", 0, map[string]string{"process": "payables", "role": "lead", "person": maja.ID.String(), "from": "2026-02-01"}); err != nil {
				return err
			}
			if fte, err := FTE(o, "payables", dbtest.Day("2026-01-01"), dbtest.Day("2026-04-30")); err != nil || fte != 320 {
				t.Errorf("a tertial of 80 percent is %d hundredths, %v", fte, err)
			}
			if fte, err := FTE(o, "receivables", dbtest.Day("2026-01-01"), dbtest.Day("2026-04-30")); err != nil || fte != 0 {
				t.Errorf("nobody works with receivables, but it is %d, %v", fte, err)
			}
			if before, err := Lead(o, "payables", dbtest.Day("2026-01-31")); err != nil || !before.IsZero() {
				t.Errorf("somebody led before the first day: %v, %v", before, err)
			}
			if lead, err := Lead(o, "payables", dbtest.Day("2026-02-01")); err != nil || lead != maja.ID {
				t.Errorf("the lead is %v, %v", lead, err)
			}
			page, err := TimeList.Run(o, list.Query{Filters: map[string][]string{"process": {"payables"}, "person": {maja.ID.String()}}})
			if err != nil || len(page.Rows) != 1 {
				t.Fatalf("the row behind the figure: %d, %v", len(page.Rows), err)
			}
			shown, err := EndTime.Show(o, page.Rows[0].Key())
			if err != nil {
				return err
			}
			if _, _, err := EndTime.Post(o, page.Rows[0].Key(), shown.Version, map[string]string{"to": "2026-02-28"}); err != nil {
				return err
			}
			if _, _, err := EndTime.Post(o, page.Rows[0].Key(), shown.Version, map[string]string{"to": "2026-03-31"}); err == nil {
				t.Error("an old version of the row was saved")
			}
			if fte, err := FTE(o, "", dbtest.Day("2026-01-01"), dbtest.Day("2026-04-30")); err != nil || fte != 160 {
				t.Errorf("two months of 80 percent are %d hundredths, %v", fte, err)
			}
			_, err = fullTimeHeld(o)
			return err
		})
	})
}
