package payables

import (
	"strings"
	"testing"

	"kontor/kernel/flow"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/period"
)

func rent() Subscription {
	return Subscription{Client: 1, ID: 9, Version: 1, Supplier: "165599000006", Reference: "LOKAL7", Name: "Hyra Verkstaden", Months: 1,
		Least: money.Kronor(9_000), Most: money.Kronor(10_000), Account: "6010", Unit: "4100", Approves: true, Decision: "Nämnden § 12.",
		EnteredBy: 3, ConfirmedBy: 4}
}

func TestASubscriptionIsHeldToAmountAndTime(t *testing.T) {
	issued := period.NewDate(2026, 11, 1)
	for _, c := range []struct {
		name   string
		net    money.Amount
		kind   Kind
		latest period.Date
		edit   func(*Subscription)
		code   Code
		settle bool
	}{
		{"the first invoice", money.Kronor(9_500), Debit, 0, nil, "", true},
		{"the least amount is included", money.Kronor(9_000), Debit, 0, nil, "", true},
		{"the highest amount is included", money.Kronor(10_000), Debit, 0, nil, "", true},
		{"one öre more is not", money.Kronor(10_000) + 1, Debit, 0, nil, Irregular, false},
		{"one öre less is not", money.Kronor(9_000) - 1, Debit, 0, nil, Irregular, false},
		{"a month later", money.Kronor(9_500), Debit, period.NewDate(2026, 10, 1), nil, "", true},
		{"some days early", money.Kronor(9_500), Debit, period.NewDate(2026, 10, 11), nil, "", true},
		{"twice in a month", money.Kronor(9_500), Debit, period.NewDate(2026, 10, 20), nil, Irregular, false},
		{"a quarter that is not over", money.Kronor(9_500), Debit, period.NewDate(2026, 9, 1), func(s *Subscription) { s.Months = 3 }, Irregular, false},
		{"a credit note", -money.Kronor(9_500), Credit, 0, nil, Irregular, false},
		{"coded only: the client has decided nothing", money.Kronor(9_500), Debit, 0, func(s *Subscription) { s.Approves = false }, "", false},
		{"coded only: nobody has confirmed it", money.Kronor(9_500), Debit, 0, func(s *Subscription) { s.ConfirmedBy = 0 }, "", false},
		{"coded only: one person has both entered and confirmed it", money.Kronor(9_500), Debit, 0, func(s *Subscription) { s.ConfirmedBy = 3 }, "", false},
		{"coded only: no decision is named", money.Kronor(9_500), Debit, 0, func(s *Subscription) { s.Decision = "" }, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := rent()
			if c.edit != nil {
				c.edit(&s)
			}
			v := Invoice{Head: flow.Head[Invoice]{Client: 1, ID: 5}, Kind: c.kind, Net: c.net, Issued: issued}
			f := fitSubscription(v, s, c.latest)
			if f.code != c.code || f.settle != c.settle || (f.seen == "") != (c.code == "") {
				t.Errorf("%+v", f)
			}
			if c.code == "" && (len(f.coding) != 1 || f.coding[0].Amount != c.net || !strings.Contains(f.why, s.Name)) {
				t.Errorf("coded %+v, %q", f.coding, f.why)
			}
		})
	}
}

func TestAnOrderIsUsedUp(t *testing.T) {
	w := Order{ID: 4, Number: "B1", Name: "Stolar", Amount: money.Kronor(1000), Account: "6410", Unit: "4100"}
	v := Invoice{Net: money.Kronor(400)}
	if f := fitOrder(v, w, money.Kronor(400)); f.code != "" || !strings.Contains(f.why, "0,00 kr kvar") {
		t.Errorf("all that is left: %+v", f)
	}
	if f := fitOrder(v, w, money.Kronor(400)-1); f.code != OrderExceeded || !strings.Contains(f.seen, "399,99 kr är kvar") {
		t.Errorf("one öre too much: %+v", f)
	}
	v.Net = -money.Kronor(50)
	if f := fitOrder(v, w, 0); f.code != "" || f.match.Amount != v.Net {
		t.Errorf("a credit note gives back: %+v", f)
	}
}

func TestTheSubscriptionThatAnInvoiceNames(t *testing.T) {
	all := []Subscription{rent(), {ID: 10, Reference: "ANL55"}, {ID: 11, Reference: "TVÅ"}, {ID: 12, Reference: "TVÅ"}}
	for _, c := range []struct {
		name string
		v    Invoice
		want int64
	}{
		{"by what is hired", Invoice{ObjectRef: "lokal 7"}, 9},
		{"by the contract", Invoice{ContractRef: "ANL55"}, 10},
		{"by a word of the reference", Invoice{Reference: "KULT41 LOKAL7"}, 9},
		{"two of the same name are none", Invoice{ObjectRef: "TVÅ"}, 0},
		{"nothing named", Invoice{}, 0},
	} {
		if s, ok := subscriptionOf(c.v, all); int64(s.ID) != c.want || ok != (c.want != 0) {
			t.Errorf("%s: %d", c.name, s.ID)
		}
	}
}

func TestTheSampleIsAFairShare(t *testing.T) {
	n := 0
	for i := range 20_000 {
		if sampled(id.ID[Invoice](1<<40+i*64), 20) {
			n++
		}
	}
	if n < 800 || n > 1200 || sampled(1, 0) {
		t.Errorf("%d of 20000 are drawn, want about 1000", n)
	}
}

func TestAMonthLaterEndsWithTheMonth(t *testing.T) {
	for _, c := range []struct {
		d    period.Date
		n    int64
		want period.Date
	}{
		{period.NewDate(2026, 1, 31), 1, period.NewDate(2026, 2, 28)},
		{period.NewDate(2026, 11, 15), 3, period.NewDate(2027, 2, 15)},
		{period.NewDate(2024, 2, 29), 12, period.NewDate(2025, 2, 28)},
	} {
		if got := after(c.d, c.n); got != c.want {
			t.Errorf("%s and %d months: %s, want %s", c.d, c.n, got, c.want)
		}
	}
}
