package learning

import (
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kontor/kernel/money"
)

// A city's supplier ledger of one month, where it lies beside the project: a
// third is judged by what was learned from the two others; in a soak each third.
func TestConformanceSuggestionsOnAMunicipalLedger(t *testing.T) {
	f, err := os.Open(filepath.FromSlash("../../../../shared/data/municipal-ledger/orebro-2016-03.csv"))
	if err != nil {
		t.Skip("the municipal ledger does not lie beside the project")
	}
	defer f.Close()
	rows, bad, err := ReadOpen(f)
	if err != nil || bad > 0 {
		t.Fatal(err, bad)
	}
	var ours, theirs Score
	sure := map[int64]*[2]int64{}
	third := thirds(rows)
	parts := uint32(1)
	if os.Getenv("KONTOR_SOAK") != "" {
		parts = 3
	}
	for part := range parts {
		m := New()
		for i, r := range rows {
			if third[i] != part {
				m.Learn(r.Fact, r.Account)
			}
		}
		common := m.Common()
		for i, r := range rows {
			if third[i] != part {
				continue
			}
			s := m.Suggest(r.Fact, 3)
			if !m.Knows(r.Fact) {
				ours.Unknown++
			}
			ours.Judge(answers(s), r.Account, common)
			theirs.Judge(m.Majority(r.Fact, 3), r.Account, common)
			b := sure[s[0].Confidence/100]
			if b == nil {
				b = new([2]int64)
				sure[s[0].Confidence/100] = b
			}
			b[0]++
			if s[0].Answer == r.Account {
				b[1]++
			}
		}
	}
	t.Logf("%d rows, %d of suppliers not seen before", ours.Rows, ours.Unknown)
	t.Logf("%-10s %8s %8s %22s", "", "first", "of three", "first, rare accounts")
	for _, x := range []struct {
		name string
		s    Score
	}{{"majority", theirs}, {"learned", ours}} {
		t.Logf("%-10s %7s%% %7s%% %21s%%", x.name, share(x.s.First, x.s.Rows), share(x.s.Three, x.s.Rows), share(x.s.RareOnce, x.s.Rare))
	}
	for c := range int64(11) {
		if b := sure[c]; b != nil {
			t.Logf("sure to %d per cent and more: right in %s%% of %d", c*10, share(b[1], b[0]), b[0])
		}
	}
	if ours.First <= theirs.First || ours.Three <= theirs.Three || ours.RareOnce <= theirs.RareOnce {
		t.Error("what was learned is no better than what was commonest")
	}
}

// thirds deals whole invoices into three parts.
func thirds(rows []Row) []uint32 {
	out := make([]uint32, len(rows))
	invoice := uint32(0)
	for i, r := range rows {
		if r.Fact.Line == 0 {
			invoice++
		}
		out[i] = crc32.ChecksumIEEE([]byte(strconv.Itoa(int(invoice)))) % 3
	}
	return out
}

func share(part, of int64) string { return money.Amount(part * 10000 / max(of, 1)).String() }

func answers(s []Suggestion) []string {
	var out []string
	for _, x := range s {
		out = append(out, x.Answer)
	}
	return out
}

func TestSuggestions(t *testing.T) {
	food := Fact{Supplier: "5560000001", Name: "Grossisten AB", Client: "skola", Amount: 125_00, Text: "Mjölk 3 %", Lines: 2}
	m := New()
	if got := m.Suggest(food, 3); len(got) != 0 {
		t.Fatalf("a model that knows nothing suggests %v", got)
	}
	for range 20 {
		m.Learn(food, "6440")
	}
	soap := food
	soap.Text, soap.Amount = "Tvål och rengöring", 88_00
	for range 4 {
		m.Learn(soap, "6460")
	}
	for _, c := range []struct {
		name, want string
		f          Fact
	}{
		{"the supplier's habit", "6440", Fact{Supplier: food.Supplier, Client: "skola", Amount: 77_00, Lines: 1}},
		{"the words of the line say more than the habit", "6460", Fact{Supplier: food.Supplier, Client: "skola", Amount: 91_00, Text: "Rengöring golv, tvål", Lines: 2}},
		{"the amount that comes each month", "6460", Fact{Supplier: food.Supplier, Client: "skola", Amount: 88_00, Lines: 2}},
		{"an unknown supplier with a known name", "6440", Fact{Supplier: "5560000002", Name: "Grossisten Norr AB", Client: "skola", Amount: 1_00}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := m.Suggest(c.f, 1)
			if len(got) != 1 || got[0].Answer != c.want || got[0].Like > got[0].Of || got[0].Confidence > 1000 {
				t.Errorf("%+v, want %s", got, c.want)
			}
		})
	}
}

// What is learned and forgotten again leaves no trace, in whatever order.
func TestForgettingUndoesLearning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fact := rapid.Custom(func(t *rapid.T) Row {
			return Row{Fact{
				Supplier: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "s"), Client: rapid.SampledFrom([]string{"x", "y"}).Draw(t, "c"),
				Amount: money.Amount(rapid.Int64Range(-300, 300).Draw(t, "a")), Text: rapid.SampledFrom([]string{"", "mjölk", "mjölk och bröd"}).Draw(t, "t"), Lines: 1,
			}, rapid.SampledFrom([]string{"1", "2", "3"}).Draw(t, "k")}
		})
		keep := rapid.SliceOfN(fact, 1, 20).Draw(t, "keep")
		drop := rapid.SliceOfN(fact, 0, 20).Draw(t, "drop")
		plain, both := New(), New()
		for _, r := range keep {
			plain.Learn(r.Fact, r.Account)
			both.Learn(r.Fact, r.Account)
		}
		for _, r := range drop {
			both.Learn(r.Fact, r.Account)
		}
		for _, r := range slices.Backward(drop) {
			both.Forget(r.Fact, r.Account)
		}
		for _, r := range append(keep, drop...) {
			if a, b := plain.Suggest(r.Fact, 3), both.Suggest(r.Fact, 3); !slices.Equal(a, b) {
				t.Fatalf("%+v: %v and %v", r.Fact, a, b)
			}
		}
		if plain.Lines() != both.Lines() || len(plain.habits) != len(both.habits) {
			t.Fatalf("%d lines and %d habits, want %d and %d", both.Lines(), len(both.habits), plain.Lines(), len(plain.habits))
		}
	})
}

// A model recalled from what a table keeps of a fact's habits suggests the same.
func TestRecalledHabitsSuggestTheSame(t *testing.T) {
	m, kept := New(), map[Habit]int64{}
	for i := range 200 {
		f := Fact{Supplier: strconv.Itoa(i % 5), Client: "x", Amount: money.Amount(i % 7 * 100), Text: []string{"mjölk", "bröd", ""}[i%3], Lines: 1}
		answer := strconv.Itoa(i*i%4 + 1)
		m.Learn(f, answer)
		for _, k := range f.Keys() {
			kept[Habit{Habit: k}]++
			kept[Habit{Habit: k, Answer: answer}]++
		}
	}
	var rows []Habit
	for h, n := range kept {
		h.Lines = n
		rows = append(rows, h)
	}
	for i := range 20 {
		f := Fact{Supplier: strconv.Itoa(i % 6), Client: "x", Amount: money.Amount(i * 100), Text: "mjölk", Lines: 1}
		if a, b := m.Suggest(f, 3), Recall(rows).Suggest(f, 3); !slices.Equal(a, b) {
			t.Errorf("%+v: %v and recalled %v", f, a, b)
		}
	}
}

func TestOpenLedgersAreRead(t *testing.T) {
	for _, c := range []struct {
		name, text string
		rows, bad  int
		wrong      bool
	}{
		{"a whole file", "forvaltning_kod;leverantor;orgnr;verifikation_fakturanr;konto;belopp\nA;B AB;556000-0001;1;6440;12.50\nA;B AB;556000-0001;1;7350;-0.50\n", 2, 0, false},
		{"an amount that is none falls out alone", "forvaltning_kod;leverantor;orgnr;verifikation_fakturanr;konto;belopp\nA;B;1;1;6440;x\nA;B;1;2;6440;1,50\n", 1, 1, false},
		{"a column is missing", "leverantor;konto\nA;6440\n", 0, 0, true},
		{"nothing", "", 0, 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, bad, err := ReadOpen(strings.NewReader(c.text))
			if len(rows) != c.rows || bad != c.bad || (err != nil) != c.wrong {
				t.Errorf("%d rows, %d bad, %v", len(rows), bad, err)
			}
		})
	}
}

// Learning and suggesting, a million lines of four thousand suppliers.
func BenchmarkModel(b *testing.B) {
	fact := func(i int) Row {
		s := i * 7919 % 4000
		return Row{Fact{Supplier: strconv.Itoa(s), Name: "Leverantör " + strconv.Itoa(s%50), Client: strconv.Itoa(i % 33), Amount: money.Amount(i * 104729 % 900_00),
			Text: "Förbrukning " + string(rune('A'+i%26)) + "rtikel", Lines: 1 + i%3}, strconv.Itoa(6000 + (s+i%5)%240)}
	}
	b.Run("learn", func(b *testing.B) {
		m := New()
		for i := 0; b.Loop(); i++ {
			r := fact(i)
			m.Learn(r.Fact, r.Account)
		}
	})
	m := New()
	for i := range 1_000_000 {
		r := fact(i)
		m.Learn(r.Fact, r.Account)
	}
	b.Run("suggest", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			m.Suggest(fact(i).Fact, 3)
		}
		b.ReportMetric(float64(len(m.habits))/1e6, "M-habits")
	})
}
