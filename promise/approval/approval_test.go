package approval

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kontor/books/coding"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/golden"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

func TestLife(t *testing.T) { golden.Life(t, Life) }

const (
	anna op.PersonID = 11
	bo   op.PersonID = 12
	cia  op.PersonID = 13
	dag  op.PersonID = 14
)

var today = period.NewDate(2026, 11, 25)

func line(unit, account string) coding.Line {
	return coding.Line{Account: account, Unit: unit, Activity: "310", Amount: money.Kronor(100)}
}

// sample has anna for the units of 41 up to 20 000 kr and bo for all up to
// 900 000 kr; cia stands in for anna. Bo is anna's superior.
func sample() *Register {
	return &Register{Client: 1, Schemes: []Scheme{{Number: 3, ValidFrom: period.NewDate(2026, 1, 1), ValidTo: period.NewDate(2026, 12, 31), Rows: []Row{
		{ID: 1, Person: anna, Name: "Anna", Kind: Final, Units: "41", Most: money.Kronor(20_000), Superior: bo},
		{ID: 2, Person: bo, Name: "Bo", Kind: Final, Most: money.Kronor(900_000)},
	}}}, Stands: []Substitution{{Absent: anna, AbsentName: "Anna", Person: cia, PersonName: "Cia", ValidFrom: today, ValidTo: today.AddDays(7)}}}
}

func TestMay(t *testing.T) {
	second := func(g *Register) {
		g.Schemes = append(g.Schemes, Scheme{Number: 4, ValidFrom: today, ValidTo: Forever, Rows: []Row{{ID: 9, Person: bo, Name: "Bo", Kind: Final, Most: 1}}})
	}
	for _, c := range []struct {
		name   string
		edit   func(*Register)
		person op.PersonID
		lines  []coding.Line
		amount money.Amount
		day    period.Date
		want   *fault.Fault
		row    id.ID[Row]
		on     op.PersonID // whose right
	}{
		{name: "within unit and limit", person: anna, lines: []coding.Line{line("4112", "6400")}, amount: money.Kronor(20_000), row: 1, on: anna},
		{name: "one öre above the limit", person: anna, lines: []coding.Line{line("4112", "6400")}, amount: money.Kronor(20_000) + 1, want: errLimit},
		{name: "trap 32: a credit note has the same limit", person: anna, lines: []coding.Line{line("4112", "6400")}, amount: -money.Kronor(20_000) - 1, want: errLimit},
		{name: "another unit", person: anna, lines: []coding.Line{line("4212", "6400")}, amount: 1, want: errNoRight},
		{name: "one line of two outside", person: anna, lines: []coding.Line{line("4112", "6400"), line("4212", "6400")}, amount: 1, want: errNoRight},
		{name: "a line without unit is reached by a row for all only", person: anna, lines: []coding.Line{line("", "6400")}, amount: 1, want: errNoRight},
		{name: "a row for all reaches it", person: bo, lines: []coding.Line{line("", "6400")}, amount: 1, row: 2, on: bo},
		{name: "no lines, no right", person: bo, amount: 1, want: errNoRight},
		{name: "rows add up in scope, and the lowest limit is the limit", edit: func(g *Register) {
			g.Schemes[0].Rows = append(g.Schemes[0].Rows, Row{ID: 3, Person: anna, Name: "Anna", Kind: Final, Units: "42", Most: money.Kronor(5_000)})
		}, person: anna, lines: []coding.Line{line("4112", "6400"), line("4212", "6400")}, amount: money.Kronor(5_000), row: 3, on: anna},
		{name: "and never in amount", edit: func(g *Register) {
			g.Schemes[0].Rows = append(g.Schemes[0].Rows, Row{ID: 3, Person: anna, Name: "Anna", Kind: Final, Units: "42", Most: money.Kronor(5_000)})
		}, person: anna, lines: []coding.Line{line("4112", "6400"), line("4212", "6400")}, amount: money.Kronor(5_001), want: errLimit},
		{name: "a right to review is no right to approve", edit: func(g *Register) { g.Schemes[0].Rows[0].Kind = Review }, person: anna,
			lines: []coding.Line{line("4112", "6400")}, amount: 1, want: errNoRight},
		{name: "a substitute has the right of the absent", person: cia, lines: []coding.Line{line("4112", "6400")}, amount: money.Kronor(20_000), row: 1, on: anna},
		{name: "and its limit", person: cia, lines: []coding.Line{line("4112", "6400")}, amount: money.Kronor(20_001), want: errLimit},
		{name: "not before the first day", person: cia, lines: []coding.Line{line("4112", "6400")}, amount: 1, day: today - 1, want: errNoRight},
		{name: "not after the last", person: cia, lines: []coding.Line{line("4112", "6400")}, amount: 1, day: today + 8, want: errNoRight},
		{name: "a substitute of a substitute has nothing", edit: func(g *Register) {
			g.Stands = append(g.Stands, Substitution{Absent: cia, Person: dag, ValidFrom: today, ValidTo: today})
		}, person: dag, lines: []coding.Line{line("4112", "6400")}, amount: 1, want: errNoRight},
		{name: "the own right goes before that of the absent", edit: func(g *Register) {
			g.Stands = append(g.Stands, Substitution{Absent: anna, Person: bo, ValidFrom: today, ValidTo: today})
		}, person: bo, lines: []coding.Line{line("4112", "6400")}, amount: 1, row: 2, on: bo},
		{name: "trap 29: the newest version of those valid", edit: second, person: bo, lines: []coding.Line{line("4112", "6400")}, amount: 2, want: errLimit},
		{name: "trap 29: the day before, the one before", edit: second, person: bo, lines: []coding.Line{line("4112", "6400")}, amount: 2, day: today - 1, row: 2, on: bo},
		{name: "a version that has ended gives nothing", person: bo, lines: []coding.Line{line("4112", "6400")}, amount: 1, day: period.NewDate(2027, 1, 1), want: errNoScheme},
		{name: "a row may begin later than its version", edit: func(g *Register) { g.Schemes[0].Rows[0].ValidFrom = today + 1 }, person: anna,
			lines: []coding.Line{line("4112", "6400")}, amount: 1, want: errNoRight},
		{name: "and end earlier", edit: func(g *Register) { g.Schemes[0].Rows[0].ValidTo = today - 1 }, person: anna,
			lines: []coding.Line{line("4112", "6400")}, amount: 1, want: errNoRight},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := sample()
			if c.edit != nil {
				c.edit(g)
			}
			if c.day.IsZero() {
				c.day = today
			}
			got, err := g.May(c.person, c.lines, c.amount, c.day)
			if c.want != nil {
				if !errors.Is(err, c.want) {
					t.Errorf("May = %+v, %v; want %v", got, err, c.want)
				}
				return
			}
			if err != nil || got.Row != c.row || got.For != c.on || got.Person != c.person {
				t.Errorf("May = %+v, %v; want row %d on the right of %d", got, err, c.row, c.on)
			}
		})
	}
}

func TestReviewIsOpenUntilSomebodyIsNamed(t *testing.T) {
	g := sample()
	if _, err := g.MayReview(dag, []coding.Line{line("4112", "6400")}, money.Kronor(1), today); err != nil {
		t.Errorf("no reviewer is named, so anybody may: %v", err)
	}
	g.Schemes[0].Rows = append(g.Schemes[0].Rows, Row{Person: cia, Name: "Cia", Kind: Review, Units: "41", Most: money.Kronor(1_000)})
	if _, err := g.MayReview(dag, []coding.Line{line("4112", "6400")}, money.Kronor(1), today); !errors.Is(err, errNoRight) {
		t.Errorf("Cia is named: %v", err)
	}
	if a, err := g.MayReview(cia, []coding.Line{line("4112", "6400")}, money.Kronor(1_000), today); err != nil || a.For != cia {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := g.MayReview(bo, []coding.Line{line("4112", "6400")}, money.Kronor(1_000), today); err != nil {
		t.Errorf("who may approve may review: %v", err)
	}
}

func TestRefusalNamesThoseWhoMay(t *testing.T) {
	_, err := sample().May(anna, []coding.Line{line("4112", "6400")}, money.Kronor(20_001), today)
	if say := fault.Of(err).Say(); !strings.Contains(say, "Bo") || strings.Contains(say, "Anna") {
		t.Error(say)
	}
}

func TestPattern(t *testing.T) {
	for _, c := range []struct {
		text, want string
		in, out    []string
	}{
		{"", "", []string{"", "1"}, nil},
		{"41", "41", []string{"41", "4199"}, []string{"", "4", "42", "141"}},
		{" 42, 41* ", "41,42", []string{"4100", "4200"}, []string{"43"}},
		{"4100–4199", "4100-4199", []string{"4100", "4150", "4199", "41991"}, []string{"41", "4099", "4200"}},
		{"a1", "A1", []string{"A1", "A10"}, []string{"B"}},
	} {
		p, err := ParsePattern(c.text)
		if err != nil || string(p) != c.want {
			t.Errorf("%q: %q, %v; want %q", c.text, p, err, c.want)
		}
		for _, s := range c.in {
			if !p.Holds(s) {
				t.Errorf("%q does not hold %q", p, s)
			}
		}
		for _, s := range c.out {
			if p.Holds(s) {
				t.Errorf("%q holds %q", p, s)
			}
		}
	}
	for _, bad := range []string{"41-4", "42-41", "-", "41--42", "4 ; 5", "<1>"} {
		if p, err := ParsePattern(bad); err == nil {
			t.Errorf("%q was read as %q", bad, p)
		}
	}
}

func FuzzPattern(f *testing.F) {
	f.Add("41, 4200-4299", "4250")
	f.Fuzz(func(t *testing.T, s, code string) {
		p, err := ParsePattern(s)
		if err != nil {
			return
		}
		again, err := ParsePattern(string(p))
		if err != nil || again != p {
			t.Fatalf("%q: %q, then %q, %v", s, p, again, err)
		}
		p.Holds(code)
	})
}

// Whoever is named as able to act can act, and whoever can is named.
func TestWhoAndMayAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawRegister(t)
		lines := []coding.Line{line(rapid.SampledFrom([]string{"41", "42", "411", ""}).Draw(t, "unit"), "6400")}
		amount := money.Amount(rapid.Int64Range(-300, 300).Draw(t, "amount"))
		who := g.Who(Final, lines, amount, today)
		for p := op.PersonID(1); p <= 5; p++ {
			a, err := g.May(p, lines, amount, today)
			named := slices.ContainsFunc(who, func(x Authority) bool { return x.Person == p })
			if named != (err == nil) {
				t.Fatalf("person %d: named %v, %v", p, named, err)
			}
			if err == nil && (a.Most < max(amount, -amount) || a.Person != p) {
				t.Fatalf("%+v for %s", a, amount)
			}
		}
	})
}

func drawRegister(t *rapid.T) *Register {
	g := &Register{Client: 1}
	person := rapid.Map(rapid.IntRange(1, 5), func(n int) op.PersonID { return op.PersonID(n) })
	for n := range rapid.IntRange(0, 3).Draw(t, "versions") {
		s := Scheme{Number: int64(n + 1), ValidFrom: today.AddDays(rapid.IntRange(-2, 1).Draw(t, "from")), ValidTo: today.AddDays(rapid.IntRange(-1, 2).Draw(t, "to"))}
		for range rapid.IntRange(0, 5).Draw(t, "rows") {
			s.Rows = append(s.Rows, Row{Person: person.Draw(t, "person"), Kind: rapid.SampledFrom([]Kind{Review, Final}).Draw(t, "kind"),
				Units: rapid.SampledFrom([]Pattern{"", "41", "42", "41-42"}).Draw(t, "units"), Most: money.Amount(rapid.Int64Range(0, 300).Draw(t, "most")),
				Superior: person.Draw(t, "superior")})
		}
		g.Schemes = append(g.Schemes, s)
	}
	for range rapid.IntRange(0, 4).Draw(t, "substitutes") {
		g.Stands = append(g.Stands, Substitution{Absent: person.Draw(t, "absent"), Person: person.Draw(t, "substitute"),
			ValidFrom: today.AddDays(rapid.IntRange(-1, 1).Draw(t, "first")), ValidTo: today.AddDays(rapid.IntRange(-1, 1).Draw(t, "last"))})
	}
	return g
}

// Superiors end, also in a circle.
func TestSuperiorsEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawRegister(t)
		for p := op.PersonID(1); p <= 5; p++ {
			if all := g.Superiors(p, today); slices.Contains(all, p) || len(all) > 4 {
				t.Fatalf("superiors of %d: %v", p, all)
			}
		}
	})
}

func TestDiffOfItselfIsNothingAndSaysBothWays(t *testing.T) {
	rows := sample().Schemes[0].Rows
	if d := Diff(rows, rows); len(d) != 0 {
		t.Errorf("%+v", d)
	}
	changed := slices.Clone(rows)
	changed[0].Most++
	d := Diff(rows, changed)
	if len(d) != 2 || !d[0].Gone || d[1].Gone || d[1].Row.Most != changed[0].Most {
		t.Errorf("%+v", d)
	}
}

func TestRenewal(t *testing.T) {
	s := Scheme{ValidTo: Forever, DecidedOn: period.NewDate(2026, 1, 15)}
	if by, now := s.Renewal(today); by != period.NewDate(2027, 1, 15) || !now {
		t.Errorf("%s, %v: a year after the decision, told 60 days before", by, now)
	}
	if _, now := s.Renewal(period.NewDate(2026, 11, 15)); now {
		t.Error("told too early")
	}
	s.ValidTo = period.NewDate(2026, 12, 31)
	if by, _ := s.Renewal(today); by != s.ValidTo {
		t.Errorf("%s: the version ends before that", by)
	}
}
