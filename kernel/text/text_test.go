package text

import (
	"context"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTheLanguageOfTheContextDecides(t *testing.T) {
	sv := context.Background()
	en := With(sv, "en")
	if Lang(sv) != "sv" || Lang(en) != "en" || Lang(With(en, "sv")) != "sv" || Lang(With(sv, "fi")) != "sv" {
		t.Error("only English is another language than Swedish")
	}
	cases := []struct{ name, got, want string }{
		{"Swedish is the source", T(sv, "Avbryt"), "Avbryt"},
		{"English comes from the catalogue", T(en, "Avbryt"), "Cancel"},
		{"what the catalogue lacks stays Swedish", T(en, "Finns inte i katalogen"), "Finns inte i katalogen"},
		{"nothing stays nothing", T(en, ""), ""},
		{"listed phrases are said in the language too", F(en, "Visa alla %s", Phrases{"Avbryt", "Sök"}), "Show all cancel; search"},
		{"listed phrases are Swedish in the log", Phrases{"Avbryt", "Ändra"}.String(), "avbryt; ändra"},
		{"formats are filled in", F(en, "dag %d av %d", 4, 5), "day 4 of 5"},
		{"one is singular", N(sv, 1, "%s dag sen", "%s dagar sen"), "1 dag sen"},
		{"none is plural", N(sv, 0, "%s dag sen", "%s dagar sen"), "0 dagar sen"},
		{"many are plural, with thousands apart", N(en, 1234, "%s dag sen", "%s dagar sen"), "1\u00a0234 days late"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if c.got != c.want {
				t.Errorf("got %q, want %q", c.got, c.want)
			}
		})
	}
}

func TestACatalogueIsRefusedWhen(t *testing.T) {
	cases := []struct{ name, file, want string }{
		{"a line has no tab", "a b\n", "not Swedish, tab, English"},
		{"a line has no English", "a\t\n", "not Swedish, tab, English"},
		{"a line has three columns", "a\tb\tc\n", "not Swedish, tab, English"},
		{"it is not sorted", "b\tx\na\ty\n", "stands after"},
		{"a sentence stands twice", "a\tx\na\ty\n", "stands after"},
		{"a verb is lost", "%d av %d\t%d\n", "verbs"},
		{"a verb is another", "%d rader\t%s rows\n", "verbs"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if _, err := parse(c.file); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v", err)
			}
		})
	}
	if _, err := parse("%d %% mer\t%d %% more\n97 % av 100 %\t97 % of 100 %\n"); err != nil {
		t.Errorf("per cent signs in text are no verbs: %v", err)
	}
}

func TestNumbersHaveSwedishForm(t *testing.T) {
	cases := []struct{ name, got, want string }{
		{"thousands are parted by no-break spaces", Int(1234567), "1\u00a0234\u00a0567"},
		{"three digits are not parted", Int(999), "999"},
		{"minus is the real minus", Int(-1000), "\u22121\u00a0000"},
		{"the least number there is", Int(-1 << 63), "\u22129\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0808"},
		{"decimals have a comma", Decimal(1465, 1), "146,5"},
		{"small decimals have a zero before the comma", Decimal(-5, 2), "\u22120,05"},
		{"a deviation upwards has a plus", Signed(210, 0), "+210"},
		{"no deviation has no sign", Signed(0, 1), "0,0"},
		{"shares are rounded half away from zero", Percent(1, 8, 1), "12,5\u00a0%"},
		{"a half goes up", Percent(5, 1000, 0), "1\u00a0%"},
		{"a negative half goes down", Percent(-5, 1000, 0), "\u22121\u00a0%"},
		{"a share of nothing is a dash", Percent(3, 0, 1), "–"},
		{"the whole", Percent(7, 7, 1), "100,0\u00a0%"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if c.got != c.want {
				t.Errorf("got %q, want %q", c.got, c.want)
			}
		})
	}
}

func TestDecimalCanBeReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, d := rapid.Int64().Draw(t, "n"), rapid.IntRange(0, 9).Draw(t, "decimals")
		s := strings.NewReplacer(thin, "", minus, "-", ",", "").Replace(Decimal(n, d))
		got, ok := new(big.Int).SetString(s, 10)
		if !ok || got.Cmp(big.NewInt(n)) != 0 {
			t.Fatalf("Decimal(%d, %d) = %q", n, d, Decimal(n, d))
		}
	})
}

func TestShareIsTheNearestOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		num, den := rapid.Int64Range(-1e12, 1e12).Draw(t, "num"), rapid.Int64Range(1, 1e12).Draw(t, "den")
		n, ok := Share(num, den, 1)
		if !ok {
			t.Fatal("a share of something exists")
		}
		// |n/1000 − num/den| ≤ 1/2000, in whole numbers
		off := new(big.Int).Sub(new(big.Int).Mul(big.NewInt(n), big.NewInt(den)), new(big.Int).Mul(big.NewInt(num), big.NewInt(1000)))
		if off.Abs(off).Mul(off, big.NewInt(2)).Cmp(big.NewInt(den)) > 0 {
			t.Fatalf("Share(%d, %d) = %d", num, den, n)
		}
	})
}

func BenchmarkInt(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Int(18402117)
	}
}
