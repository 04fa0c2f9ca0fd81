package text

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestStoredSentencesAreKnownAgain(t *testing.T) {
	en := With(t.Context(), English)
	for _, c := range []struct{ name, said, want string }{
		{"one that is whole", "Ångra", "Undo"},
		{"one with an argument", "Fakturan är i EUR.", "The invoice is in EUR."},
		{"one with a per cent sign", "Momsen är 4 064,00 kr på fakturan och 1 950,72 kr räknad på underlaget, 12 %.",
			"The VAT is 4 064,00 kr on the invoice and 1 950,72 kr computed on the amount, 12 %."},
		{"two after each other", "Fakturan har ingen förfallodag. Fakturan är i EUR.", "The invoice has no due date. The invoice is in EUR."},
		{"what nobody has translated stays", "Ring Anna på Stadsteatern.", "Ring Anna på Stadsteatern."},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Stored(en, c.said); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			if got := Stored(t.Context(), c.said); got != c.said {
				t.Errorf("in Swedish %q", got)
			}
		})
	}
}

// Whatever stands in the arguments, the sentence keeps them and nothing panics.
func TestStoredSentencesKeepTheirArguments(t *testing.T) {
	en := With(t.Context(), English)
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.StringMatching(`[A-Z0-9]{1,8}`).Draw(t, "a")
		if got := Stored(en, fmt.Sprintf("Fakturan är i %s.", a)); !strings.Contains(got, a) || !strings.HasPrefix(got, "The invoice") {
			t.Fatalf("%q", got)
		}
		Stored(en, rapid.String().Draw(t, "anything"))
	})
}

func BenchmarkStored(b *testing.B) {
	en := With(b.Context(), English)
	moulds()
	for b.Loop() {
		Stored(en, "Momsbeloppet för kategorin S (vanlig moms) stämmer inte med underlaget och momssatsen, som ingen har översatt.")
	}
}
