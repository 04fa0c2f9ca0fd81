package form

import (
	"reflect"
	"testing"

	"kontor/kernel/fault"
	"kontor/kernel/op"
)

func TestWord(t *testing.T) {
	type kind string
	options := []Option{{"paper", "På papper"}, {"", "Inte sagt"}}
	for value, want := range map[kind]string{"paper": "På papper", "": "Inte sagt", "fax": "fax"} {
		if got := Word(options, value); got != want {
			t.Errorf("%q is called %q, want %q", value, got, want)
		}
	}
}

func TestALastDayIsNotBeforeTheFirst(t *testing.T) {
	fields := []Field{{Key: "from", Kind: Date}, {Key: "to", Kind: Date, NotBefore: "from"}}
	for name, c := range map[string]struct {
		from, to string
		wrong    []fault.Field
	}{
		"a day after is right":          {"2026-01-31", "2026-02-01", nil},
		"the same day is right":         {"2026-01-31", "2026-01-31", nil},
		"no last day is right":          {"2026-01-31", "", nil},
		"no first day is right":         {"", "2026-01-31", nil},
		"a day before is wrong":         {"2026-02-01", "2026-01-31", []fault.Field{{Name: "to", Text: textEarly}}},
		"what is no day is wrong alone": {"2026-02-01", "soon", []fault.Field{{Name: "to", Text: textDate}}},
	} {
		_, err := Parse(&op.Op{}, fields, map[string]string{"from": c.from, "to": c.to})
		if got := fault.Of(err).Fields; !reflect.DeepEqual(got, c.wrong) {
			t.Errorf("%s: %v, want %v", name, got, c.wrong)
		}
	}
}
