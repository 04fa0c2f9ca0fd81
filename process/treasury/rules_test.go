package treasury

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/workday"
)

var monday = period.NewDate(2026, 11, 23)

func drawDues(t *rapid.T) []Due {
	n := rapid.IntRange(0, 30).Draw(t, "n")
	all := make([]Due, n)
	for i := range all {
		all[i] = Due{Client: op.ClientID(rapid.Int64Range(1, 2).Draw(t, "client")), Kind: "k", Document: int64(i + 1), Number: fmt.Sprint(i),
			PayeeOrg: rapid.SampledFrom([]string{"A", "B"}).Draw(t, "payee"), Scheme: "BG", Account: rapid.SampledFrom([]string{"1", "2", ""}).Draw(t, "account"),
			Amount: money.Amount(rapid.Int64Range(-5000, 9000).Draw(t, "amount")), Due: monday + period.Date(rapid.IntRange(-9, 9).Draw(t, "due"))}
		if all[i].Amount > 0 {
			all[i].Withheld = money.Amount(rapid.Int64Range(0, 3).Draw(t, "withheld")) * all[i].Amount / 10
		}
	}
	return all
}

// trap 18: whatever is due, nothing is lost, no transfer is below nought, no
// payee of one client gets what another client owes, and the order of what is
// due means nothing.
func TestNettingLosesNothingAndNeverPaysBelowNought(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawDues(t)
		pay, left := net(slices.Clone(all))
		var want, got money.Amount
		for _, d := range all {
			want += d.pays()
		}
		seen := map[int64]int{}
		owes := map[payee]bool{}
		for _, k := range left {
			got += k.pays()
			seen[k.Document]++
			if strings.Contains(k.reason, "skyldig") {
				owes[payee{k.Client, k.PayeeOrg, k.Scheme, k.Account}] = true
			}
		}
		for _, x := range pay {
			sum := money.Amount(0)
			for _, d := range x.parts {
				sum += d.pays()
				seen[d.Document]++
				if d.Client != x.parts[0].Client || d.PayeeOrg != x.parts[0].PayeeOrg || d.Account != x.parts[0].Account {
					t.Fatalf("%+v and %+v are paid together", d, x.parts[0])
				}
				if owes[payee{d.Client, d.PayeeOrg, d.Scheme, d.Account}] {
					t.Fatalf("%s is paid although it owes us", d.PayeeOrg)
				}
			}
			if sum != x.amount || sum < 0 {
				t.Fatalf("a transfer of %s has parts of %s", x.amount, sum)
			}
			got += sum
		}
		if got != want || len(seen) != len(all) {
			t.Fatalf("%d documents of %s became %d of %s", len(all), want, len(seen), got)
		}
		for d, n := range seen {
			if n != 1 {
				t.Fatalf("document %d came out %d times", d, n)
			}
		}
		shuffled := slices.Clone(all)
		rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed"))).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		again, _ := net(shuffled)
		if fmt.Sprint(pay) != fmt.Sprint(again) {
			t.Fatalf("another order of what is due pays otherwise:\n%v\n%v", pay, again)
		}
	})
}

func TestNetting(t *testing.T) {
	due := func(n int64, amount money.Amount) Due {
		return Due{Client: 1, Kind: "k", Document: n, Number: fmt.Sprintf("F%d", n), PayeeOrg: "A", Scheme: "BG", Account: "1", Amount: amount, OCR: fmt.Sprint(n), Due: monday}
	}
	for name, c := range map[string]struct {
		all  []Due
		pay  string
		left int
	}{
		"each invoice keeps its own reference":                                       {[]Due{due(1, 10), due(2, 20)}, "20/2 10/1", 0},
		"trap 18: a credit note takes the fewest invoices with it, the largest":      {[]Due{due(1, 10), due(2, 30), due(3, -15)}, "15/F2 -F3 10/1", 0},
		"trap 18: and as many as it must":                                            {[]Due{due(1, 10), due(2, 30), due(3, -35)}, "5/F2 F1 -F3", 0},
		"trap 18: exactly as much is a set-off":                                      {[]Due{due(1, 10), due(3, -10)}, "0/F1 -F3", 0},
		"trap 18: more than we owe waits, invoices too":                              {[]Due{due(1, 10), due(3, -11)}, "", 2},
		"trap 2: the largest amounts that there are are refused rather than wrapped": {[]Due{due(1, money.Max), due(2, money.Max)}, "", 2},
	} {
		pay, left := net(c.all)
		var words []string
		for _, x := range pay {
			ocr, message := x.reference()
			words = append(words, fmt.Sprintf("%d/%s", x.amount, cmp.Or(ocr, message)))
		}
		if got := strings.Join(words, " "); got != c.pay || len(left) != c.left {
			t.Errorf("%s: %q with %d left, want %q with %d", name, got, len(left), c.pay, c.left)
		}
	}
}

// trap 24: the day is always a bank day, never before what the bank can do, and
// on time whenever that is possible.
func TestExecutionIsOnABankDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		due := period.NewDate(2026, 1, 1) + period.Date(rapid.IntRange(0, 1500).Draw(t, "due"))
		today := due + period.Date(rapid.IntRange(-30, 5).Draw(t, "today"))
		soonest := firstDay(today, rapid.Int64Range(0, 1439).Draw(t, "minute"), 840)
		day := executeOn(due, soonest)
		if workday.Bank.Closed(day) || day < soonest || day < today {
			t.Fatalf("due %s, made %s: executed %s", due, today, day)
		}
		if day > due && soonest <= workday.Bank.OnOrBefore(due) {
			t.Fatalf("due %s could be kept and is executed %s", due, day)
		}
	})
	if got := firstDay(period.NewDate(2026, 12, 23), 841, 840); got != period.NewDate(2026, 12, 28) {
		t.Errorf("after the bank's time on 23 December comes %s", got)
	}
}

func someRows(n int) []Payment {
	all := make([]Payment, n)
	for i := range all {
		all[i] = Payment{ID: id.ID[Payment](i + 1), EndToEnd: fmt.Sprintf("K%04d", i), Amount: money.Amount(1000 + i)}
	}
	return all
}

func drawn(seed int64, all []Payment) (at []int) {
	sample(seed, all, controlOn(monday), func(p *Payment) bool { return p.EndToEnd == "K0003" }, false)
	for i, p := range all {
		if p.Sampled != "" {
			at = append(at, i)
		}
	}
	return at
}

// The same seed draws the same sample whatever the order; another seed draws
// another; the rule's share is met; what is new and large is always in it.
func TestTheSampleIsDrawnByItsSeed(t *testing.T) {
	rows := someRows(400)
	rows[7].Amount = money.Kronor(500_000)
	one := drawn(42, slices.Clone(rows))
	if two := drawn(42, slices.Clone(rows)); !slices.Equal(one, two) {
		t.Errorf("drawn again: %v, first %v", two, one)
	}
	backwards := slices.Clone(rows)
	slices.Reverse(backwards)
	three := drawn(42, backwards)
	for i := range three {
		three[i] = len(rows) - 1 - three[i]
	}
	slices.Sort(three)
	if !slices.Equal(one, three) {
		t.Errorf("in another order: %v, first %v", three, one)
	}
	if four := drawn(43, slices.Clone(rows)); slices.Equal(one, four) {
		t.Error("another seed draws the same")
	}
	if len(one) != 22 || !slices.Contains(one, 7) || !slices.Contains(one, 3) {
		t.Errorf("%d of %d are drawn: %v", len(one), len(rows), one)
	}
	if few := drawn(1, someRows(2)); len(few) != 2 {
		t.Errorf("of two payments %d are controlled", len(few))
	}
}

// trap 26: whatever is another than it was is said, and nothing else.
func TestWhatHasChangedFallsOut(t *testing.T) {
	base := Due{Client: 1, Kind: "k", Document: 5, Number: "F5", PayeeOrg: "A", PayeeName: "A AB", Scheme: "BG", Account: "1", Amount: 100, Due: monday, OCR: "18", Version: 3}
	pay, _ := net([]Due{base})
	p := Payment{Client: 1, PayeeOrg: "A", Scheme: "BG", Number: "1", Amount: pay[0].amount, Parts: []Part{{Kind: "k", Document: 5, Number: "F5", Amount: 100}}}
	p.OCR, p.Message = pay[0].reference()
	p.Seal = sealOf(&p)
	for name, c := range map[string]struct {
		change func(*Due)
		falls  bool
	}{
		"nothing":              {func(*Due) {}, false},
		"the version alone":    {func(d *Due) { d.Version++ }, false},
		"the name alone":       {func(d *Due) { d.PayeeName = "A & Co AB" }, false},
		"the due date alone":   {func(d *Due) { d.Due++ }, false},
		"a hold":               {func(d *Due) { d.Hold = "Bestriden." }, true},
		"the account":          {func(d *Due) { d.Account = "2" }, true},
		"the kind of account":  {func(d *Due) { d.Scheme = "PG" }, true}, // trap 8: equal digits are not the same account
		"no account":           {func(d *Due) { d.Account, d.Scheme = "", "" }, true},
		"the amount":           {func(d *Due) { d.Amount++ }, true},
		"tax to be kept":       {func(d *Due) { d.Withheld = 1 }, true},
		"the payee":            {func(d *Due) { d.PayeeOrg = "B" }, true},
		"the reference":        {func(d *Due) { d.OCR = "26" }, true},
		"the client":           {func(d *Due) { d.Client = 2 }, true},
		"that it is there yet": {func(d *Due) { d.Document = 6 }, true},
	} {
		d := base
		c.change(&d)
		if why := changed(&p, map[int64]Due{d.Document: d}); (why != "") != c.falls {
			t.Errorf("%s: %q", name, why)
		}
	}
	broken := p
	broken.Message = "annat"
	if changed(&broken, map[int64]Due{5: base}) == "" {
		t.Error("a row that is not what was sealed passes")
	}
}
