package sheet

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kontor/books/coding"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/web/webtest"
)

var (
	day    = period.NewDate(2026, 11, 25)
	always = period.NewDate(2020, 1, 1)
	end    = period.NewDate(9999, 12, 31)
	plan   = coding.New(7, []coding.Value{
		{Segment: coding.Account, Code: "4120", Name: "Bidrag", Kind: coding.Cost, ValidFrom: always, ValidTo: end},
		{Segment: coding.Account, Code: "2511", Name: "Leverantörsskulder", Kind: coding.Liability, Control: "payables", ValidFrom: always, ValidTo: end},
		{Segment: coding.Unit, Code: "21100", Name: "Stöd", ValidFrom: always, ValidTo: end},
	}, nil)
	signed  = Codes(Column{Name: "words", Label: "Text", Kind: Words}, Column{Name: "sum", Label: "Belopp, kr", Kind: Signed})
	journal = Codes(Column{Name: "debit", Label: "Debet, kr", Kind: Debit}, Column{Name: "credit", Label: "Kredit, kr", Kind: Credit})
	charge  = []Column{{Name: "income", Label: "Säljarens konto", Segment: coding.Account, Side: 1}, {Name: "account", Label: "Köparens konto", Segment: coding.Account},
		{Name: "debit", Label: "Belopp, kr", Kind: Debit}}
)

func who(t *testing.T) *op.Op {
	t.Helper()
	return &op.Op{Context: text.With(t.Context(), "sv"), Who: op.Who{Now: dbtest.Noon, Actor: dbtest.Actor("Anna")}}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	for _, c := range []struct {
		name    string
		columns []Column
		strict  bool
		only    string
		written map[string]string
		lines   string // account:amount of each
		wrong   string // row.column of each, in order
	}{
		{name: "rows are lines, wherever they stand", columns: signed, written: map[string]string{"account0": "4120", "sum0": "100", "account7": "4120", "sum7": "-40,50"}, lines: "4120:100,00 4120:−40,50"},
		{name: "an empty row is no line", columns: signed, written: map[string]string{"account0": " ", "account1": "4120", "sum1": "1"}, lines: "4120:1,00"},
		{name: "an only row may leave out the amount that it is of", columns: signed, only: "75", written: map[string]string{"account0": "4120"}, lines: "4120:75,00"},
		{name: "one of two rows may not", columns: signed, only: "75", written: map[string]string{"account0": "4120", "account1": "4120", "sum1": "5"}, lines: "4120:0,00 4120:5,00", wrong: "0.sum"},
		{name: "an amount of nothing is wrong", columns: signed, written: map[string]string{"account0": "4120", "sum0": "0"}, lines: "4120:0,00", wrong: "0.sum"},
		{name: "what is no amount is wrong", columns: signed, only: "75", written: map[string]string{"account0": "4120", "sum0": "tio"}, lines: "4120:0,00", wrong: "0.sum"},
		{name: "codes are judged where that is asked for", columns: signed, strict: true, written: map[string]string{"account0": "9999", "unit0": "1", "sum0": "1"}, lines: "9999:1,00", wrong: "0.account 0.unit"},
		{name: "and else may be unfinished", columns: signed, written: map[string]string{"account0": "9999", "sum0": "1"}, lines: "9999:1,00"},
		{name: "credit is negative", columns: journal, written: map[string]string{"account0": "4120", "debit0": "10", "account1": "2010", "credit1": "10"}, lines: "4120:10,00 2010:−10,00"},
		{name: "a row is debit or credit", columns: journal, written: map[string]string{"account0": "4120", "debit0": "10", "credit0": "3"}, lines: "4120:7,00", wrong: "0.credit"},
		{name: "a nought in the other column says nothing", columns: journal, written: map[string]string{"account0": "4120", "debit0": "10", "credit0": "0,00"}, lines: "4120:10,00"},
		{name: "a minus is the other column", columns: journal, written: map[string]string{"account0": "4120", "debit0": "-10"}, lines: "4120:−10,00", wrong: "0.debit"},
		{name: "a row of codes without amount", columns: journal, written: map[string]string{"account0": "4120"}, lines: "4120:0,00", wrong: "0.debit"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := who(t)
			s := New(c.columns, day, plan)
			s.Strict = c.strict
			s.Only, _ = money.Parse(c.only)
			lines, _ := s.Read(o, func(field string) string { return c.written[field] })
			var got, wrong []string
			for i, l := range lines {
				got = append(got, l.Account+":"+l.Amount.String())
				for _, name := range slices.Sorted(maps.Keys(s.Rows[i].Wrong)) {
					wrong = append(wrong, strconv.Itoa(i)+"."+name)
				}
			}
			if strings.Join(got, " ") != c.lines || strings.Join(wrong, " ") != c.wrong {
				t.Errorf("read %q with %q wrong, want %q with %q", got, wrong, c.lines, c.wrong)
			}
			if (s.Problem(o) != "") != (c.wrong != "") {
				t.Errorf("the sheet as a whole says %q", s.Problem(o))
			}
		})
	}
}

func TestALineBetweenTwoHasTwoSides(t *testing.T) {
	o := who(t)
	s := New(charge, day, plan, nil)
	written := map[string]string{"income0": "3910", "account0": "7520", "debit0": "250"}
	own, other := s.Read(o, func(f string) string { return written[f] })
	if own[0].Account != "7520" || other[0].Account != "3910" || own[0].Amount+other[0].Amount != 0 || own[0].Amount != money.Kronor(250) {
		t.Errorf("read %+v and %+v", own, other)
	}
	again := New(charge, day, plan, nil)
	again.Show(own, other)
	if !slices.Equal(again.Rows[0].Values, []string{"3910", "7520", "250,00"}) {
		t.Errorf("shows %q", again.Rows[0].Values)
	}
}

func TestThePanelSaysEverything(t *testing.T) {
	o := who(t)
	s := New(signed, day, plan)
	s.Strict, s.Whole, s.WholeLabel = true, money.Kronor(500), "Ska bli, utan moms"
	written := map[string]string{"account0": "9999", "sum0": "100", "account1": "4120", "unit1": "21100", "sum1": "200"}
	s.Read(o, func(f string) string { return written[f] })
	s.More(1)
	var b strings.Builder
	if err := s.Panel("Spara", "/tillbaka").Render(o, &b); err != nil {
		t.Fatal(err)
	}
	webtest.Says(t, b.String(), `aria-label="Konto, rad 3"`, `list="codes-unit"`, `<option value="21100">Stöd</option>`, `aria-describedby="account0-error"`,
		`data-sum="sum">300,00`, "Ska bli, utan moms", "500,00", `name="more"`, `href="/tillbaka"`)
	if strings.Contains(b.String(), "Leverantörsskulder") {
		t.Error("an account that belongs to its subledger is suggested")
	}
	s.Calm()
	if s.Problem(o) != "" {
		t.Error("more rows cannot be had while something is wrong")
	}
}

func TestShownLeavesOutWhatSaysNothing(t *testing.T) {
	o := who(t)
	v := Shown(o, "Kontering", plan, journal, []coding.Line{{Account: "4120", Unit: "21100", Amount: money.Kronor(10)}, {Account: "2511", Amount: -money.Kronor(10)}})
	var heads, cells []string
	for _, c := range v.Columns {
		heads = append(heads, c.Label)
	}
	for _, c := range slices.Concat(v.Rows[0].Cells, v.Rows[1].Cells, v.Foot) {
		cells = append(cells, c.Text)
	}
	if got := strings.Join(heads, "|"); got != "Konto|Ansvar|Verksamhet|Debet, kr|Kredit, kr" {
		t.Error(got)
	}
	if got := strings.Join(cells, "|"); got != "4120 Bidrag|21100||10,00||2511 Leverantörsskulder||||10,00|Summa|||10,00|10,00" {
		t.Error(got)
	}
}
