package form

import "testing"

func TestWord(t *testing.T) {
	type kind string
	options := []Option{{"paper", "På papper"}, {"", "Inte sagt"}}
	for value, want := range map[kind]string{"paper": "På papper", "": "Inte sagt", "fax": "fax"} {
		if got := Word(options, value); got != want {
			t.Errorf("%q is called %q, want %q", value, got, want)
		}
	}
}
