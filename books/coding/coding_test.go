package coding

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

const culture op.ClientID = 101

var (
	start  = period.NewDate(2020, 1, 1)
	today  = period.NewDate(2026, 11, 25)
	clerk  = dbtest.Actor("Maja Ek", "coding.read", "coding.write")
	values = []Value{
		{Segment: Account, Code: "6110", Name: "Kontorsmaterial", Kind: Cost, ValidFrom: start},
		{Segment: Account, Code: "1190", Name: "Investering", Kind: Asset, ValidFrom: start},
		{Segment: Account, Code: "2511", Name: "Leverantörsskulder", Kind: Liability, Control: "payables", ValidFrom: start},
		{Owner: culture, Segment: Unit, Code: "41120", Name: "Scenen", ValidFrom: start, ValidTo: period.NewDate(2026, 6, 30), Successor: "41130"},
		{Owner: culture, Segment: Unit, Code: "41130", Name: "Scenerna", ValidFrom: start},
		{Owner: culture, Segment: Unit, Code: "41140", Name: "Nya scenen", ValidFrom: period.NewDate(2027, 1, 1)},
		{Segment: Activity, Code: "3100", Name: "Kultur", ValidFrom: start},
		{Segment: Project, Code: "P1", Name: "Ombyggnad", ValidFrom: start},
		{Segment: Counterpart, Code: "880", Name: "Företag", ValidFrom: start},
		{Segment: Counterpart, Code: "100", Name: "Förvaltningar", ValidFrom: start},
		{Owner: culture, Segment: Counterpart, Code: "880", Name: "Kulturföretag", ValidFrom: start},
	}
	rules = []Rule{
		{Given: Account, First: "3000", Last: "7999", Segment: Unit, Demand: Required, Text: "Kostnader följs upp per ansvar.", ValidFrom: start},
		{Given: Account, First: "1000", Last: "2999", Segment: Activity, Demand: Forbidden, Text: "Balanskonton har ingen verksamhet.", ValidFrom: start},
		{Given: Account, First: "1190", Last: "1190", Segment: Project, Demand: Required, Text: "Investeringar har projekt.", ValidFrom: start},
		{Given: Activity, First: "3100", Last: "3199", Segment: Counterpart, Demand: Allowed, Codes: "800-899, 100", Text: "", ValidFrom: period.NewDate(2026, 1, 1)},
		{Owner: culture, Given: Unit, Segment: Activity, Demand: Required, Text: "Kultur anger alltid verksamhet.", ValidFrom: start, ValidTo: period.NewDate(2026, 10, 31)},
	}
)

// good is a line that passes.
func good() Line {
	return Line{Account: "6110", Unit: "41130", Activity: "3100", Counterpart: "880", Amount: 100}
}

func TestCheckSaysEverythingThatIsWrong(t *testing.T) {
	p := New(culture, values, rules)
	cases := []struct {
		name  string
		spoil func(l *Line)
		on    period.Date
		want  []string
	}{
		{"nothing is wrong", func(*Line) {}, today, nil},
		{"the account is missing", func(l *Line) { l.Account = "" }, today, []string{"Konto saknas. Ange ett konto."}},
		{
			"the account does not exist", func(l *Line) { l.Account = "6111" }, today,
			[]string{"Konto 6111 finns inte i kodplanen. Använd 6110 eller ett annat öppet konto."},
		},
		{
			"the unit is closed", func(l *Line) { l.Unit = "41120" }, today,
			[]string{"Ansvar 41120 är stängt sedan 2026-07-01. Använd 41130 eller ett annat öppet ansvar."},
		},
		{"the unit was open on its last day", func(l *Line) { l.Unit = "41120" }, period.NewDate(2026, 6, 30), nil},
		{
			"the unit is not open yet", func(l *Line) { l.Unit = "41140" }, today,
			[]string{"Ansvar 41140 får användas först från och med 2027-01-01. Använd 41130 eller ett annat öppet ansvar."},
		},
		{
			"the unit is missing", func(l *Line) { l.Unit = "" }, today,
			[]string{"Ansvar saknas. Konto 6110 kräver ansvar. Kostnader följs upp per ansvar."},
		},
		{
			"a balance account has an activity", func(l *Line) { l.Account = "2511" }, today,
			[]string{"Verksamhet 3100 får inte stå på konto 2511. Ta bort koden. Balanskonton har ingen verksamhet."},
		},
		{"the counterpart is not among those allowed", func(l *Line) { l.Counterpart = "100"; l.Activity = "" }, today, nil},
		{"an allowed range holds the counterpart", func(l *Line) { l.Counterpart = "100" }, today, nil},
		{"a rule that has ended is not asked", func(l *Line) { l.Activity, l.Counterpart = "", "" }, today, nil},
		{
			"a rule of the client while it was in force", func(l *Line) { l.Activity, l.Counterpart = "", "" }, period.NewDate(2026, 10, 31),
			[]string{"Verksamhet saknas. Ansvar 41130 kräver verksamhet. Kultur anger alltid verksamhet."},
		},
		{"an object that nobody knows", func(l *Line) { l.Object = "7" }, today, []string{"Objekt 7 finns inte i kodplanen. Använd ett öppet objekt."}},
		{"four things at once", func(l *Line) { *l = Line{Account: "1190", Unit: "41120", Activity: "9", Counterpart: "1"} }, today, []string{
			"Ansvar 41120 är stängt sedan 2026-07-01. Använd 41130 eller ett annat öppet ansvar.",
			"Verksamhet 9 finns inte i kodplanen. Använd en öppen verksamhet.",
			"Motpart 1 finns inte i kodplanen. Använd en öppen motpart.",
			"Verksamhet 9 får inte stå på konto 1190. Ta bort koden. Balanskonton har ingen verksamhet.",
			"Projekt saknas. Konto 1190 kräver projekt. Investeringar har projekt.",
		}},
	}
	for _, c := range cases {
		l := good()
		c.spoil(&l)
		var got []string
		for _, r := range p.Check(l, c.on) {
			got = append(got, r.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestARuleThatAllowsSomeCodesSaysWhichAndSinceWhen(t *testing.T) {
	p := New(culture, append(values, Value{Segment: Counterpart, Code: "900", Name: "Utlandet", ValidFrom: start}), rules)
	l := good()
	l.Counterpart = "900"
	got := p.Check(l, today)
	if len(got) != 1 || !slices.Equal(got[0].Allowed, []string{"800–899", "100"}) ||
		got[0].Text != "Motpart 900 får inte stå på verksamhet 3100. Tillåtet sedan 2026-01-01: 800–899, 100." {
		t.Errorf("%+v", got)
	}
	if got := p.Check(l, period.NewDate(2025, 12, 31)); got != nil {
		t.Errorf("before the rule: %+v", got)
	}
}

func TestTrap58AClosedCodePassesInAReversal(t *testing.T) {
	p := New(culture, values, rules)
	l := Line{Account: "6110", Unit: "41120", Amount: -100}
	if got := p.CheckReversal(l, today); got != nil {
		t.Errorf("%+v", got)
	}
	l.Unit = "49999"
	if got := p.CheckReversal(l, today); len(got) != 1 {
		t.Errorf("a code that never was: %+v", got)
	}
}

func TestAClientsOwnValueGoesBeforeTheCitys(t *testing.T) {
	own, other := New(culture, values, rules), New(culture+1, values[:3], nil)
	if n := own.Name(Counterpart, "880"); n != "Kulturföretag" {
		t.Errorf("own name %q", n)
	}
	if other.Name(Unit, "41130") != "" {
		t.Error("another client knows the unit")
	}
	var codes []string
	for _, v := range own.Values(Counterpart, today) {
		codes = append(codes, v.Code+" "+v.Name)
	}
	if !slices.Equal(codes, []string{"100 Förvaltningar", "880 Kulturföretag"}) {
		t.Errorf("%q", codes)
	}
	if own.Control("2511") != "payables" || own.Control("6110") != "" {
		t.Error("control accounts")
	}
}

// Whatever the line: what Values offers is never refused as a code, and what is
// refused says a whole sentence about a code that stands on the line.
func TestCheckAndValuesAgree(t *testing.T) {
	p := New(culture, values, rules)
	codes := []string{"", "6110", "1190", "2511", "41120", "41130", "41140", "3100", "P1", "880", "100", "x"}
	rapid.Check(t, func(t *rapid.T) {
		pick := func(s Segment) string { return rapid.SampledFrom(codes).Draw(t, string(s)) }
		l := Line{Account: pick(Account), Unit: pick(Unit), Activity: pick(Activity), Project: pick(Project), Counterpart: pick(Counterpart), Object: pick(Object)}
		on := start + period.Date(rapid.IntRange(-10, 3000).Draw(t, "on"))
		refused := p.Check(l, on)
		for _, r := range refused {
			if r.Code != l.Code(r.Segment) || !strings.HasSuffix(r.Text, ".") || strings.Contains(r.Text, "%!") {
				t.Fatalf("%+v of %+v", r, l)
			}
		}
		for _, s := range Segments {
			offered := slices.ContainsFunc(p.Values(s, on), func(v Value) bool { return v.Code == l.Code(s) })
			_, _, open := p.Value(s, l.Code(s), on)
			if offered != open {
				t.Fatalf("%s %q offered %v, open %v", s, l.Code(s), offered, open)
			}
			_, wrong := p.checkCode(s, l.Code(s), on, false)
			if l.Code(s) != "" && wrong == open {
				t.Fatalf("%s %q open %v, refused %v", s, l.Code(s), open, wrong)
			}
		}
	})
}

func TestParseSpans(t *testing.T) {
	for s, want := range map[string]string{"": "", "100-199, 305": "100–199 305", " 7 ": "7", "100-19": "!", "9-1": "!", "-": "!", "1,,2": "1 2"} {
		spans, err := parseSpans(s)
		var got []string
		for _, x := range spans {
			got = append(got, x.String())
		}
		text := strings.Join(got, " ")
		if err != nil {
			text = "!"
		}
		if text != want {
			t.Errorf("%q is %q, want %q", s, text, want)
		}
	}
}

func FuzzParseSpans(f *testing.F) {
	f.Add("100-199, 305")
	f.Fuzz(func(t *testing.T, s string) {
		spans, err := parseSpans(s)
		for _, x := range spans {
			if err == nil && (!x.holds(x.first) || !x.holds(x.last)) {
				t.Errorf("%q: %v does not hold its own ends", s, x)
			}
		}
	})
}

func TestTheChartOfTheDemonstrationHolds(t *testing.T) {
	seen := map[key]bool{}
	for _, v := range Chart() {
		if wrong := CheckValue(v); wrong != nil || v.Name == "" || seen[key{v.Segment, v.Code}] {
			t.Errorf("%+v: %v", v, wrong)
		}
		seen[key{v.Segment, v.Code}] = true
		// Class 1 assets, 2 liabilities, 3 income, 4–7 costs, 8 financial.
		class := map[byte]Kind{'1': Asset, '2': Liability, '3': Income, '4': Cost, '5': Cost, '6': Cost, '7': Cost}
		if k := class[v.Code[0]]; v.Segment == Account && k != "" && v.Kind != k {
			t.Errorf("account %s is %s", v.Code, v.Kind)
		}
	}
	for _, r := range ChartRules() {
		if wrong := CheckRule(r); wrong != nil || r.Text == "" {
			t.Errorf("%+v: %v", r, wrong)
		}
	}
}

func TestStatements(t *testing.T) { dbtest.Statements(t) }

func load(t *testing.T, d *op.Door) (p *Plan) {
	t.Helper()
	dbtest.Do(t, d, clerk, func(o *op.Op) (err error) {
		p, err = Load(o, culture)
		return err
	})
	return p
}

func TestAPlanIsKeptUntilSomebodyChangesIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		for range 2 { // installing again changes nothing
			dbtest.Do(t, door, clerk, Install)
		}
		first := load(t, door)
		if again := load(t, door); again.city != first.city || again.own != first.own {
			t.Error("the plan was read again although nothing had changed")
		}
		unit := Value{Owner: culture, Segment: Unit, Code: "41120", Name: "Scenen", ValidFrom: start}
		stop := errors.New("stop")
		err := door.Do(context.Background(), clerk, func(o *op.Op) error {
			if _, err := Put(o, unit); err != nil {
				return err
			}
			if p, err := Load(o, culture); err != nil || p.Name(Unit, "41120") == "" {
				t.Errorf("the operation does not see its own value: %v", err)
			}
			return stop
		})
		if !errors.Is(err, stop) || load(t, door).Name(Unit, "41120") != "" {
			t.Errorf("a value that was rolled back stays in the plan: %v", err)
		}
		dbtest.Do(t, door, clerk, func(o *op.Op) error { _, err := Put(o, unit); return err })
		overlapping := unit
		overlapping.ValidFrom, overlapping.Name = start+100, "Scenen igen"
		dbtest.Do(t, door, clerk, func(o *op.Op) error {
			n, err := Put(o, overlapping)
			if n != 0 {
				t.Error("a code was added twice for the same days")
			}
			return err
		})
		p := load(t, door)
		if p.Name(Unit, "41120") != "Scenen" || p.city != first.city {
			t.Error("the client's value is missing, or the city's plan was read again")
		}
		if got := p.Check(Line{Account: "6440"}, today); len(got) != 1 || got[0].Segment != Unit {
			t.Errorf("%+v", got)
		}
	})
}

func TestTheFormsKeepWhatHasBeenPosted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		save := func(a op.Actor, s *form.Spec, key string, version int64, change func(v form.Values)) error {
			return door.Do(context.Background(), a, func(o *op.Op) error {
				l, err := s.Show(o, key)
				if err != nil {
					return err
				}
				change(l.Values)
				_, _, err = s.Post(o, key, version, l.Values)
				return err
			})
		}
		fill := func(v form.Values) {
			v["code"], v["name"], v["kind"], v["valid_from"] = "6110", "Kontorsmaterial", "cost", "2026-01-01"
		}
		if err := save(clerk, ValueForm, "", 0, fill); err != nil {
			t.Fatal(err)
		}
		if err := save(clerk, ValueForm, "", 0, fill); !errors.Is(err, errTaken) {
			t.Errorf("the same code twice: %v", err)
		}
		var key string
		dbtest.Do(t, door, clerk, func(o *op.Op) error {
			page, err := Values.Run(o, list.Query{Search: "611", View: "account"})
			if len(page.Rows) != 1 {
				t.Fatalf("%d rows", len(page.Rows))
			}
			key = page.Rows[0].Key()
			return err
		})
		if err := save(clerk, ValueForm, key, 1, func(v form.Values) { v["code"] = "6111" }); !errors.Is(err, errFixed) {
			t.Errorf("another code: %v", err)
		}
		if err := save(clerk, ValueForm, key, 1, func(v form.Values) { v["valid_to"] = "2025-01-01" }); !errors.Is(err, form.ErrInvalid) {
			t.Errorf("closed before it opened: %v", err)
		}
		if err := save(clerk, ValueForm, key, 1, func(v form.Values) { v["valid_to"] = "2026-06-30" }); err != nil {
			t.Errorf("closing: %v", err)
		}
		if err := save(clerk, ValueForm, key, 1, func(form.Values) {}); !errors.Is(err, form.ErrConflict) {
			t.Errorf("an old version: %v", err)
		}
		local := dbtest.At(clerk, culture)
		if err := save(local, ValueForm, "", 0, fill); err == nil {
			t.Error("somebody of one client changes the city's plan")
		}
		rule := func(v form.Values) {
			v["first"], v["last"], v["text"], v["valid_from"] = "3000", "7999", "Kostnader har ansvar.", "2026-01-01"
		}
		if err := save(clerk, RuleForm, "", 0, rule); err != nil {
			t.Fatal(err)
		}
		if got := load(t, door).Check(Line{Account: "6110"}, period.NewDate(2026, 3, 1)); len(got) != 1 {
			t.Errorf("the rule does not hold: %+v", got)
		}
		dbtest.Do(t, door, clerk, func(o *op.Op) error {
			page, err := Rules.Run(o, list.Query{})
			if len(page.Rows) != 1 {
				t.Fatalf("%d rules", len(page.Rows))
			}
			key = page.Rows[0].Key()
			return err
		})
		if _, err := d.Raw().Exec(`INSERT INTO client (id, version, code, name, kind, org, active) VALUES (101, 1, 'KULT', 'Kultur', 'administration', '', true)`); err != nil {
			t.Fatal(err)
		}
		if err := save(clerk, RuleForm, key, 1, func(v form.Values) { v["owner"] = ownerText(culture) }); !errors.Is(err, errOwner) {
			t.Error("a rule was moved to a client")
		}
		if err := save(clerk, RuleForm, key, 1, func(v form.Values) { v["demand"] = "allowed" }); !errors.Is(err, form.ErrInvalid) {
			t.Errorf("a rule that allows nothing: %v", err)
		}
		if err := save(clerk, RuleForm, key, 1, func(v form.Values) { v["valid_to"] = "2026-02-28" }); err != nil {
			t.Fatal(err)
		}
		if got := load(t, door).Check(Line{Account: "6110"}, period.NewDate(2026, 3, 1)); got != nil {
			t.Errorf("the rule holds after its end: %+v", got)
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	d, _ := dbtest.Door(dbtest.SQLite(b))
	dbtest.Do(b, d, clerk, Install)
	b.ReportAllocs()
	for b.Loop() {
		dbtest.Do(b, d, clerk, func(o *op.Op) error { _, err := Load(o, culture); return err })
	}
}

func BenchmarkCheck(b *testing.B) {
	p, l := New(culture, values, rules), good()
	b.ReportAllocs()
	for b.Loop() {
		if p.Check(l, today) != nil {
			b.Fatal("the line is good")
		}
	}
}
