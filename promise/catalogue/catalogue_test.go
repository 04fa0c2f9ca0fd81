package catalogue

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/promise/client"
)

func seeded(t testing.TB) *Book {
	t.Helper()
	r, err := parseReference(referenceText)
	if err != nil {
		t.Fatal(err)
	}
	return NewBook(r.services, r.items, r.lists, r.lines, nil)
}

func TestStatements(t *testing.T) { dbtest.Statements(t) }

// source: 002 s.3; 000 s.3–4
func TestPrices(t *testing.T) {
	b := seeded(t)
	for _, c := range []struct {
		name     string
		on       string
		activity string
		channel  work.Channel
		want     money.Amount
		ok       bool
	}{
		{"an electronic supplier invoice cost 15 kronor in 2012", "2012-06-01", "supplier-invoice", work.Electronic, 1500, true},
		{"and 14,25 from 2014", "2014-01-01", "supplier-invoice", work.Electronic, 1425, true},
		{"2013 inherits 2012", "2013-12-31", "supplier-invoice", work.Electronic, 1500, true},
		{"2026 inherits 2014", "2026-11-25", "supplier-invoice", work.Electronic, 1425, true},
		{"a manual one cost 50 and then 80", "2012-06-01", "supplier-invoice", work.Manual, 5000, true},
		{"from 2014", "2026-11-25", "supplier-invoice", work.Manual, 8000, true},
		{"a scanned one is priced as a manual one", "2026-11-25", "supplier-invoice", work.Scanned, 8000, true},
		{"a channel without a price has none", "2026-11-25", "supplier-invoice", work.Phone, 0, false},
		{"a returned invoice is not priced", "2026-11-25", "supplier-invoice.returned", work.Electronic, 0, false},
		{"an item of all channels has one price", "2026-11-25", "supplier-reminder", work.Phone, 30000, true},
		{"sublets had no price in 2012", "2012-06-01", "sublease.month", work.Electronic, 0, false},
		{"nothing had a price before the first list", "2011-12-31", "supplier-invoice", work.Electronic, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, ok := b.Price(b.List(dbtest.Day(c.on)), c.activity, c.channel); got != c.want || ok != c.ok {
				t.Errorf("%s, %v; want %s, %v", got, ok, c.want, c.ok)
			}
		})
	}
}

func TestReferenceIsWhole(t *testing.T) {
	b := seeded(t)
	lines := map[int64]int{}
	for k, l := range b.lines {
		lines[int64(k.list)]++
		if !strings.Contains(l.Source, " s.") || l.Text == "" || l.Price <= 0 {
			t.Errorf("%d/%d has no source, words or price", k.list, k.item)
		}
	}
	if lines[2012] != 11 || lines[2014] != 18 {
		t.Errorf("lines: %v; 11 and 18 are printed", lines)
	}
	for _, text := range []string{"X\ty", "S\t1", "I\tx\tpayables\tc\tm\tp\ta\t-", "P\t2012\t1\t900\tno such item\tx", "L\t1\tn\t2012-13-01\t\t"} {
		if _, err := parseReference(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

// Every price of the collected facts stands in the reference, and nothing else.
func TestReferenceAgreesWithTheCollectedFacts(t *testing.T) {
	b, err := os.ReadFile("../../../shared/reference/seed-facts.json")
	if err != nil {
		t.Skipf("the collected facts are not here: %v", err)
	}
	var facts struct {
		Prices struct {
			Rows []struct {
				Year     int64  `json:"year"`
				Item     string `json:"item"`
				PriceOre int64  `json:"price_ore"`
			} `json:"rows"`
		} `json:"prices"`
	}
	if err := json.Unmarshal(b, &facts); err != nil {
		t.Fatal(err)
	}
	type price struct {
		list int64
		text string
		ore  money.Amount
		n    int
	}
	count := map[price]int{}
	for _, r := range facts.Prices.Rows {
		count[price{r.Year, r.Item, money.Amount(r.PriceOre), 0}]++
	}
	for _, l := range seeded(t).lines {
		count[price{int64(l.List), l.Text, l.Price, 0}]--
	}
	for p, n := range count {
		if n != 0 {
			t.Errorf("%v: %+d", p, n)
		}
	}
}

func TestCompare(t *testing.T) {
	b := seeded(t)
	said := map[string]string{}
	for _, c := range b.Compare(2012, 2014) {
		kind := "price"
		switch {
		case !c.Had:
			kind = "new"
		case c.Scope():
			kind = "scope"
		}
		said[c.Item.Code] = kind
	}
	for code, want := range map[string]string{"supplier-invoice.electronic": "price", "advance": "scope", "supplier-reminder": "scope",
		"hour.accounting": "scope", "hour.eu": "new", "treasury.fee": "new", "customer-invoice.feeder": ""} {
		if said[code] != want {
			t.Errorf("%s: %q, want %q", code, said[code], want)
		}
	}
	if same := b.Compare(2014, 2014); len(same) != 0 {
		t.Errorf("a list differs from itself in %d items", len(same))
	}
}

// A fee's parts sum to it over the clients, and each part over the months.
func TestFeesLoseNothing(t *testing.T) {
	r, err := parseReference(referenceText)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		var shares []Share
		for c := range rapid.IntRange(1, 40).Draw(t, "clients") {
			shares = append(shares, Share{Item: 12, Year: 2026, Client: op.ClientID(c + 1), Weight: int64(rapid.IntRange(1, 1_000_000).Draw(t, "weight"))})
		}
		older := Share{Item: 12, Year: 2020, Client: 999, Weight: 1}
		b := NewBook(r.services, r.items, r.lists, r.lines, append([]Share{older}, shares...))
		fees := b.Fees(2014, 2027)
		if len(fees) != 2 || fees[0].Item.Code != "treasury.fee" || fees[1].Shares != nil {
			t.Fatalf("fees: %+v", fees)
		}
		var sum money.Amount
		for _, s := range shares {
			year := fees[0].Yearly(s.Client)
			var months money.Amount
			for m := range 12 {
				months += fees[0].Monthly(s.Client, period.Month{Year: 2027, Month: time.Month(m + 1)})
			}
			if months != year {
				t.Fatalf("client %d: months %s, year %s", s.Client, months, year)
			}
			sum += year
		}
		if sum != 1_100_000_000 {
			t.Fatalf("the parts sum to %s", sum)
		}
		if fees[0].Yearly(999) != 0 {
			t.Fatal("a client outside the key pays")
		}
		if old := b.Fees(2014, 2025)[0]; old.Yearly(999) != 1_100_000_000 {
			t.Fatal("the key of 2020 is not in force in 2025")
		}
	})
}

func TestParseKey(t *testing.T) {
	codes := map[string]op.ClientID{"KULT": 1, "SKOL": 2}
	got, wrong := parseKey("kult 120\n\n SKOL\t80 \n", codes)
	if wrong != nil || len(got) != 2 || got[0].Weight != 120 || got[1].Client != 2 {
		t.Fatalf("%v, %v", got, wrong)
	}
	for _, text := range []string{"NOPE 1", "KULT", "KULT x", "KULT 0", "KULT -1", "KULT 1\nKULT 2", "KULT 1 2", "KULT 9999999999"} {
		if _, wrong := parseKey(text, codes); wrong == nil {
			t.Errorf("%q was read", text)
		}
	}
}

func FuzzParseKey(f *testing.F) {
	f.Add("KULT 120\nSKOL 80")
	codes := map[string]op.ClientID{"KULT": 1, "SKOL": 2}
	f.Fuzz(func(t *testing.T, text string) {
		got, wrong := parseKey(text, codes)
		if wrong != nil {
			return
		}
		for _, s := range got {
			if s.Weight < 1 || s.Weight > weightMax || s.Client == 0 {
				t.Fatalf("%q gave %+v", text, s)
			}
		}
	})
}

func TestDraftToDecisionOnBothEngines(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		actor := dbtest.Actor("Lo Wester", "catalogue.read", "catalogue.write", "catalogue.decide")
		var draft Draft
		dbtest.Do(t, door, actor, func(o *op.Op) error {
			if err := install(o); err != nil {
				return err
			}
			if err := install(o); err != nil { // every start does it
				return err
			}
			_, _, err := BeginDraft.Post(o, "", 0, map[string]string{"based": id.Text(2014), "name": "Prislista 2027", "from": "2027-01-01"})
			if err != nil {
				return err
			}
			drafts, err := Drafts(o)
			if err != nil || len(drafts) != 1 {
				t.Fatalf("%d drafts, %v", len(drafts), err)
			}
			draft = drafts[0]
			key := draft.ID.String()
			if _, _, err := SetPrice.Post(o, key, 1, map[string]string{"item": id.Text(6), "price": "13,50"}); err != nil {
				return err
			}
			if _, _, err := SetPrice.Post(o, key, 1, map[string]string{"item": id.Text(6), "price": "12,50"}); err == nil {
				t.Error("a price was set on an old version of the draft")
			}
			if _, _, err := SetPrice.Post(o, key, 2, map[string]string{"item": id.Text(18)}); err != nil {
				return err
			}
			b, err := Load(o)
			if err != nil || b.List(dbtest.Day("2027-06-01")) != 2014 {
				t.Errorf("a draft is in force, %v", err)
			}
			if _, _, err := DecideDraft.Post(o, key, 3, map[string]string{"by": Board, "on": "2026-12-24", "source": "§ 9"}); err == nil {
				t.Error("a decision of tomorrow was registered")
			}
			_, _, err = DecideDraft.Post(o, key, 3, map[string]string{"by": Board, "on": "2026-11-20", "source": "Protokoll 2026-11-20 § 9"})
			return err
		})
		dbtest.Do(t, door, actor, func(o *op.Op) error {
			b, err := Load(o)
			if err != nil {
				return err
			}
			version := b.List(dbtest.Day("2027-01-01"))
			if p, ok := b.Price(version, "supplier-invoice", work.Electronic); !ok || p != 1350 {
				t.Errorf("the new price is %s", p)
			}
			if p, _ := b.Price(b.List(dbtest.Day("2026-12-31")), "supplier-invoice", work.Electronic); p != 1425 {
				t.Errorf("the old price is %s", p)
			}
			if _, ok := b.Line(version, 18); ok {
				t.Error("the item that was taken out has a price")
			}
			lines, err := Lines.Run(o, list.Query{Filters: map[string][]string{"list": {id.Text(2012)}}})
			if err != nil || len(lines.Rows) != 11 {
				t.Errorf("%d lines of 2012 in the list, %v", len(lines.Rows), err)
			}
			if err := Propose(o, draft, DraftLine{draft.ID, 6, "x", 1}); fault.Of(err).Code != "CAT-002" {
				t.Errorf("a decided draft was changed: %v", err)
			}
			e := work.Event{Client: 1, Process: "payables", Activity: "supplier-invoice", Channel: work.Electronic, Quantity: 1, Arrived: o.Now,
				Price: 2014, Kind: "test", Document: 5}
			if err := work.Record(o, e); err != nil {
				return err
			}
			if n, err := held(o); err != nil || n["priced_events"] != 1 {
				t.Errorf("%v, %v", n, err)
			}
			e.Document, e.Price = 6, version // from 2027, but it is 2026
			if err := work.Record(o, e); err != nil {
				return err
			}
			if _, err := held(o); err == nil {
				t.Error("an event has a list that is not in force yet")
			}
			return nil
		})
		for _, text := range []string{`UPDATE price_line SET price = 1`, `DELETE FROM price_list`, `UPDATE price_share SET weight = 2`} {
			if _, err := d.Raw().Exec(text); err == nil && !strings.Contains(text, "share") {
				t.Errorf("the database let %q pass", text)
			}
		}
	})
}

func TestShareFormOnBothEngines(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		actor := dbtest.Actor("Lo Wester", "catalogue.read", "catalogue.decide", "client.read")
		dbtest.Do(t, door, actor, func(o *op.Op) error {
			if err := install(o); err != nil {
				return err
			}
			c := client.Client{Code: "KULT", Name: "Kulturförvaltningen", Kind: client.Administration, Org: "162120000142", Active: true}
			if err := client.Add(o, &c); err != nil {
				return err
			}
			raw := map[string]string{"item": id.Text(12), "year": "2026", "key": "KULT 7"}
			if _, _, err := ShareFee.Post(o, "", 0, raw); err != nil {
				return err
			}
			err := o.Try(func() error { _, _, err := ShareFee.Post(o, "", 0, raw); return err })
			if fault.Of(err).Code != "CAT-004" {
				t.Errorf("a key was decided twice for a year: %v", err)
			}
			b, err := Load(o)
			if err != nil {
				return err
			}
			if got := b.Fees(2014, 2026)[0].Yearly(c.ID); got != 1_100_000_000 {
				t.Errorf("the only client of the key pays %s", got)
			}
			return nil
		})
	})
}

func BenchmarkPrice(b *testing.B) {
	book := seeded(b)
	b.ReportAllocs()
	for b.Loop() {
		book.Price(2014, "supplier-invoice", work.Electronic)
	}
}
