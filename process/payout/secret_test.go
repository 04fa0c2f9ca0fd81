package payout

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/flow"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/process/treasury"
)

// known is what tells who the payee under protection is.
var known = []string{"Anna", "Hemlig", "HEMLIG", anna, anna[2:], "800101-9986", "58398257466", "5839-8257466"}

// tells reports what of it a text tells.
func tells(s string) string {
	i := slices.IndexFunc(known, func(k string) bool { return strings.Contains(s, k) })
	if i < 0 {
		return ""
	}
	return known[i]
}

// everything is each text of each table, but for the request itself and what the
// bank alone is told.
func everything(t *testing.T, d *db.DB) (all []string) {
	t.Helper()
	columns := `SELECT m.name, p.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS p WHERE m.type = 'table'`
	if d.Engine == db.Postgres {
		columns = `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()`
	}
	rows, err := d.Raw().QueryContext(t.Context(), columns)
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string][]string{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.HasPrefix(table, "payout_"), table == "blob", strings.HasPrefix(column, "bank_") && table == "treasury_payment":
		default:
			tables[table] = append(tables[table], "CAST("+column+" AS TEXT)")
		}
	}
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
	if len(tables) < 40 {
		t.Fatalf("only %d tables", len(tables))
	}
	for table, columns := range tables {
		rows, err := d.Raw().QueryContext(t.Context(), "SELECT "+strings.Join(columns, ", ")+" FROM "+table)
		if err != nil {
			t.Fatal(table, err)
		}
		for rows.Next() {
			texts, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
			for i := range texts {
				into[i] = &texts[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(table, err)
			}
			for _, s := range texts {
				all = append(all, table+": "+s.String)
			}
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// Who somebody under protection is stands in the request and in the file to the
// bank, and nowhere else: not in the books, the payments, the log of changes, the
// letters or the log of the program.
func TestAProtectedIdentityIsToldNowhereElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := found(t, d)
		var log bytes.Buffer
		c.door.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		back := c.add(t, c.aid())
		c.must(t, c.writer, back, "send")
		c.must(t, c.reviewer, back, "return")
		c.must(t, c.writer, back, "withdraw")
		voided := c.aid()
		voided.Purpose = "Något annat om Anna Hemlig"
		c.must(t, c.system, c.approved(t, voided), "void")
		key := c.approved(t, c.aid())
		c.must(t, c.proposer, key, "stop")
		c.must(t, c.proposer, key, "go")
		file, _ := c.pay(t)
		if v := c.get(t, key); v.State != Paid || v.ConfirmedHow == "" {
			t.Fatalf("%+v", v)
		}
		proven(t, c)
		for _, s := range []string{"Mottagare 4711", "8257466", "Till Anna"} {
			if !bytes.Contains(file, []byte(s)) {
				t.Errorf("the bank is not told %q", s)
			}
		}
		if bytes.Contains(file, []byte("Hemlig")) {
			t.Error("the bank is told the name, though the client has decided another")
		}
		all := everything(t, d)
		for _, s := range append(all, log.String()) {
			if k := tells(s); k != "" {
				t.Errorf("%q stands in %s", k, s)
			}
		}
		if !slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, somebodyProtected) }) {
			t.Error("the payment does not stand among the payments at all")
		}
		told(t, c, key)
		low := c.reviewer
		low.Clearance = op.Sensitive
		hidden(t, c, low, key)
	})
}

// told looks at the request as those may who see secrets: the list, which can be
// taken out as a file, tells no name, and the search knows none.
func told(t *testing.T, c *city, key ID) {
	t.Helper()
	err := c.door.View(context.Background(), c.reviewer, func(o *op.Op) error {
		for words, want := range map[string]int{"": 3, "anna": 0, "uu 2026:3": 1} {
			page, err := Requests.Run(o, list.Query{View: "all", Search: words, Limit: 9})
			if err != nil || len(page.Rows) != want {
				t.Errorf("a search for %q: %d rows, %v", words, len(page.Rows), err)
			}
			if k := tells(fmt.Sprint(page.Rows)); k != "" {
				t.Errorf("the list tells %q", k)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	answer, body, err := visit(t, c.door, c.reviewer, pageURL(key), nil)
	if err != nil || !strings.Contains(body, "Anna Hemlig") || tells(answer.Title) != "" {
		t.Errorf("the page is called %q, %v", answer.Title, err)
	}
}

// hidden looks for the request through every door that a person has who may see
// personal data, but no secrets.
func hidden(t *testing.T, c *city, low op.Actor, key ID) {
	t.Helper()
	err := c.door.View(context.Background(), low, func(o *op.Op) error {
		if _, err := Table.Get(o, key); !flow.Hidden(err) {
			t.Errorf("opened: %v", err)
		}
		if Table.Sees(o, key) {
			t.Error("links lead to it")
		}
		if _, err := Table.Take(o, key, "stop", 0, map[string]string{"reason": "prov"}); !flow.Hidden(err) || tells(fmt.Sprintf("%v %+v", err, err)) != "" {
			t.Errorf("a step was tried: %v", err)
		}
		for _, q := range []list.Query{{View: "all"}, {View: "all", Search: "anna"}, {View: "all", Sort: "payee_key"}, {View: "ready"}} {
			page, err := Requests.Run(o, q)
			if err != nil || len(page.Rows) != 0 || page.Count != 0 {
				t.Errorf("%+v: %+v %v", q, page, err)
			}
		}
		page, err := treasury.Payments.Run(o, list.Query{View: "all"})
		if err != nil || len(page.Rows) != 1 {
			t.Fatal(page, err)
		}
		for _, v := range page.Rows[0].Values {
			if k := tells(fmt.Sprint(v)); k != "" {
				t.Errorf("the list of payments tells %q", k)
			}
		}
		traces, err := treasury.OfDocument(o, c.at, Life.Name, int64(key))
		if err != nil {
			return err
		}
		p, err := treasury.Load(o, traces[0].Payment)
		if err != nil {
			return err
		}
		proposal, err := c.bank.Table.Fields(o, p.Proposal.String())
		if err != nil {
			return err
		}
		b, err := json.Marshal([]any{p, proposal})
		if k := tells(string(b)); k != "" || !strings.Contains(string(b), somebodyProtected) {
			t.Errorf("the API tells %q: %s", k, b)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A private person without protection is personal data: seen with the request by
// those who may see such, and named neither in the books nor among the payments.
func TestAPrivatePersonIsNotNamedInTheBooks(t *testing.T) {
	d := dbtest.SQLite(t)
	c := found(t, d)
	v := c.aid()
	v.Protected, v.BankName = false, ""
	key := c.approved(t, v)
	file, _ := c.pay(t)
	if !bytes.Contains(file, []byte("Anna Hemlig")) {
		t.Error("the bank is not told the name")
	}
	for _, s := range everything(t, d) {
		if k := tells(s); k != "" && !strings.HasPrefix(s, "audit") { // which tells what people write with a step
			t.Errorf("%q stands in %s", k, s)
		}
	}
	for clearance, want := range map[op.Clearance]bool{op.Open: false, op.Sensitive: true} {
		who := c.reviewer
		who.Clearance = clearance
		if err := c.door.View(context.Background(), who, func(o *op.Op) error {
			if Table.Sees(o, key) != want {
				t.Errorf("clearance %d sees it: %v", clearance, !want)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// The start page of those who review and approve tells what waits for them and
// nothing for others; somebody under protection waits without a name, and is not
// opened by being told of.
func TestWhatWaitsForWhom(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := found(t, d)
		for _, v := range []*Request{c.grant(), c.aid()} {
			key := c.add(t, v)
			c.must(t, c.writer, key, "send")
			c.must(t, c.checker, key, "confirm")
		}
		low := c.reviewer
		low.Clearance = op.Sensitive
		for _, x := range []struct {
			name string
			who  op.Actor
			want []string
		}{
			{"to a reviewer", low, []string{"Kamraterna"}},
			{"to a reviewer who may see secrets", c.reviewer, []string{"Kamraterna", somebodyProtected}},
			{"to the writer, who may not review", c.writer, []string{somebodyProtected}},
		} {
			t.Run(x.name, func(t *testing.T) {
				var opened flow.Readings
				var b bytes.Buffer
				ctx := context.WithValue(context.Background(), flow.ReadingsKey(), &opened)
				if err := c.door.View(ctx, x.who, func(o *op.Op) error {
					body, err := mine(o)
					if err != nil || body == nil {
						return err
					}
					return body.Render(o, &b)
				}); err != nil {
					t.Fatal(err)
				}
				if len(opened) != 0 || tells(b.String()) != "" {
					t.Errorf("it opened %v, and tells %q", opened, tells(b.String()))
				}
				for _, name := range []string{"Kamraterna", somebodyProtected} {
					if strings.Contains(b.String(), name) != slices.Contains(x.want, name) {
						t.Errorf("%s: %s", name, b.String())
					}
				}
			})
		}
	})
}

// Nobody writes what they may not see afterwards.
func TestNobodyWritesWhatTheyMayNotSee(t *testing.T) {
	c := found(t, dbtest.SQLite(t))
	low := c.writer
	low.Clearance = op.Sensitive
	if err := c.try(low, func(o *op.Op) error { return Add(o, c.aid()) }); err == nil || tells(err.Error()) != "" {
		t.Error(err)
	}
}
