package approval

import (
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"kontor/kernel/fault"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

var crowd = []Known{{anna, "Anna Ek", "anna@stad.example"}, {bo, "Bo Åberg", "bo@stad.example"}, {cia, "Kim Lund", ""}, {dag, "Kim Lund", ""}}

func TestTheListComesBackAsItWas(t *testing.T) {
	rows := []Row{
		{Person: anna, Name: "Anna Ek", Kind: Final, Units: "41,4200-4299", Accounts: "6", Most: money.Kronor(100_000), Superior: bo, ValidFrom: period.NewDate(2026, 3, 1)},
		{Person: bo, Name: "Bo Åberg", Kind: Review, Most: 1},
	}
	b := WriteCSV(rows, map[op.PersonID]Known{anna: crowd[0], bo: crowd[1]})
	got, err := ReadCSV(b, crowd)
	if err != nil || !reflect.DeepEqual(got, rows) {
		t.Errorf("%+v, %v", got, err)
	}
	latin, err := charmap.Windows1252.NewEncoder().Bytes(b[3:])
	if err != nil {
		t.Fatal(err)
	}
	if got, err = ReadCSV(latin, crowd); err != nil || !reflect.DeepEqual(got, rows) {
		t.Errorf("from an old spreadsheet: %+v, %v", got, err)
	}
}

func TestAListWithFaultsSaysEachAndGivesNothing(t *testing.T) {
	list := strings.Join(csvHead, ";") + "\nAnna Ek;;attestera;41;;;;1000;;;\nKim Lund;;attestera;;;;;1000;;;\nBo Åberg;;godkänna;;;;;1000;;;\n" +
		"Bo Åberg;;;42-41;;;;1000;;;\nBo Åberg;;;;;;;inget;;;\nBo Åberg;;;;;;;1;2026-02-30;;\n"
	rows, err := ReadCSV([]byte(list), crowd)
	say := fault.Of(err).Say()
	for _, want := range []string{"rad 3: Kim Lund", "rad 4:", "rad 5:", "rad 6:", "rad 7:", "Ingen rad har ändrats"} {
		if !strings.Contains(say, want) {
			t.Errorf("%q is not said in: %s", want, say)
		}
	}
	if rows != nil || strings.Contains(say, "rad 2") {
		t.Errorf("%+v: %s", rows, say)
	}
	for _, bad := range []string{"", "a;b\n1;2\n", "\x00\xff"} {
		if _, err := ReadCSV([]byte(bad), crowd); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestNoNameBecomesAFormula(t *testing.T) {
	b := WriteCSV([]Row{{Person: anna, Name: "=HYPERLINK(1)", Kind: Final, Most: 1}}, nil)
	if strings.Contains(string(b), "\n=") || !strings.Contains(string(b), "'=HYPERLINK") {
		t.Errorf("%s", b)
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add([]byte(strings.Join(csvHead, ";") + "\nAnna Ek;;attestera;41;;;;1000;;;\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		rows, err := ReadCSV(b, crowd)
		for _, r := range rows {
			if err == nil && (r.Person == 0 || r.Most <= 0) {
				t.Fatalf("%+v", r)
			}
		}
	})
}
