package intake

import (
	"testing"

	"kontor/kernel/op"
)

// routesOfThree is what the clients of these tests are found by.
func routesOfThree() *Router {
	r := newRouter([]route{
		{Client: 1, Kind: ByReference, Code: "KULT41"},
		{Client: 2, Kind: ByReference, Code: "SKOLA7"},
		{Client: 2, Kind: ByContract, Code: "AV-2026-8"},
		{Client: 1, Kind: ByOrder, Code: "B4"},
		{Client: 3, Kind: ByOrder, Code: "B40"},
		{Client: 1, Kind: ByAddress, Code: "0088:7300010000001"},
		{Client: 3, Kind: ByAddress, Code: "0007:2120000142"},
	})
	own(r.subscriptions, "165599000001", "ANL-55", 3)
	own(r.subscriptions, "165599000001", "DELAD", 1)
	own(r.subscriptions, "165599000001", "DELAD", 2)
	own(r.purchases, "165599000001", "B40077", 2)
	return r
}

func TestTheFirstClueThatLeadsSomewhereDecides(t *testing.T) {
	r := routesOfThree()
	for _, c := range []struct {
		name  string
		m     Marks
		want  op.ClientID
		by    Clue
		other op.ClientID
	}{
		{"nothing is known", Marks{Reference: "Anna"}, 0, "", 0},
		{"the whole reference", Marks{Reference: " kult 41"}, 1, ByReference, 0},
		{"a word of the reference", Marks{Reference: "KULT41 Anna Svensson"}, 1, ByWord, 0},
		{"two words of different clients settle nothing", Marks{Reference: "KULT41/SKOLA7"}, 0, "", 0},
		{"and what comes after them decides", Marks{Reference: "KULT41/SKOLA7", Contract: "AV-2026-8"}, 2, ByContract, 0},
		{"the reference goes before the subscription", Marks{Reference: "KULT41", Subscription: "ANL-55", Supplier: "165599000001"}, 1, ByReference, 0},
		{"the subscription goes before the contract", Marks{Subscription: "anl-55", Contract: "AV-2026-8", Supplier: "165599000001"}, 3, BySubscription, 0},
		{"the subscription's number as the contract", Marks{Contract: "ANL-55", Supplier: "165599000001"}, 3, BySubscription, 0},
		{"the subscription's number as the reference", Marks{Reference: "ANL-55", Supplier: "165599000001"}, 3, BySubscription, 0},
		{"a subscription of another supplier is not ours", Marks{Subscription: "ANL-55", Supplier: "165599000002"}, 0, "", 0},
		{"a subscription that two clients have", Marks{Subscription: "DELAD", Supplier: "165599000001"}, 0, "", 0},
		{"the contract goes before the order", Marks{Contract: "AV-2026-8", Order: "B4001"}, 2, ByContract, 0},
		{"a known order goes before its beginning", Marks{Order: "B40077", Supplier: "165599000001"}, 2, ByPurchase, 0},
		{"the longest beginning of an order", Marks{Order: "B40078", Supplier: "165599000001"}, 3, ByOrder, 0},
		{"a shorter one", Marks{Order: "B41"}, 1, ByOrder, 0},
		{"the order goes before the address, which is told", Marks{Order: "B41", Address: "0007:2120000142"}, 1, ByOrder, 3},
		{"the place of delivery goes before the address", Marks{Places: []string{"0088:7300010000001"}, Address: "0007:2120000142"}, 1, ByPlace, 0},
		{"the address at last", Marks{Reference: "Anna", Address: "0007:2120000142"}, 3, ByAddress, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := r.Route(c.m)
			if got.Client != c.want || got.By != c.by || got.Other != c.other {
				t.Errorf("%+v, want client %d by %s, other %d", got, c.want, c.by, c.other)
			}
			n := 0
			for _, x := range r.Explain(c.m) {
				if x.Client != 0 && n == 0 {
					if n++; x.Client != c.want || x.Clue != c.by {
						t.Errorf("the explanation says %+v", x)
					}
				}
			}
			if n == 0 && c.want != 0 {
				t.Error("the explanation finds nobody")
			}
		})
	}
}
