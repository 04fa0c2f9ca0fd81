package payables

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/promise/client"
)

// big is a database with many invoices of 33 clients over a year that ends at
// dbtest.Noon: most are ready, those of the last weeks are on their way.
type big struct {
	door    *op.Door
	clients []op.ClientID
	some    op.Actor // sees three clients, one large, one middling, one small
	all     op.Actor
}

const (
	bigClients   = 33
	bigSuppliers = 4000
	bigMoments   = 5000
	bigAmounts   = 10_000
)

// enlarge fills a database whose schema is made. The rows are made inside the
// database: nothing else is quick enough.
func enlarge(t testing.TB, d *db.DB, rows int) *big {
	t.Helper()
	g := &big{door: &op.Door{DB: d, IDs: id.NewSource(9), Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Now: func() time.Time { return dbtest.Noon }}}
	g.all = dbtest.Actor("Verksamhetschef", MayRead)
	dbtest.Do(t, g.door, g.all, func(o *op.Op) error {
		for i := range bigClients {
			c := &client.Client{Code: fmt.Sprintf("K%02d", i), Name: fmt.Sprintf("Förvaltning %d", i), Kind: client.Administration,
				Org: "162120000142", Active: true}
			if err := client.Add(o, c); err != nil {
				return err
			}
			g.clients = append(g.clients, c.ID)
		}
		return nil
	})
	g.some = dbtest.At(dbtest.Actor("Maja Ek", MayRead), g.clients[0], g.clients[10], g.clients[30])
	ctx := context.Background()
	c, err := d.Raw().Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	exec := func(text string, args ...any) {
		t.Helper()
		if _, err := c.ExecContext(ctx, text, args...); err != nil {
			t.Fatalf("%.200s: %v", text, err)
		}
	}
	indexes := dropIndexes(t, c, d.Engine)
	ingredients(t, c, g)
	exec(fmt.Sprintf(bigRows, rows))
	for _, text := range indexes {
		exec(text)
	}
	if d.Engine == db.Postgres {
		exec(`VACUUM ANALYZE payables_invoice`)
	}
	return g
}

// dropIndexes takes the indexes away while the table is filled, and returns the
// statements that make them again.
func dropIndexes(t testing.TB, c *sql.Conn, e db.Engine) []string {
	t.Helper()
	ctx := context.Background()
	ask := `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'payables_invoice' AND sql IS NOT NULL`
	if e == db.Postgres {
		if _, err := c.ExecContext(ctx, `RESET ROLE`); err != nil {
			t.Fatal(err)
		}
		ask = `SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'payables_invoice' AND indexname <> 'payables_invoice_pkey'`
	}
	rows, err := c.QueryContext(ctx, ask)
	if err != nil {
		t.Fatal(err)
	}
	var names, texts []string
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			t.Fatal(err)
		}
		names, texts = append(names, name), append(texts, text)
	}
	rows.Close()
	for _, n := range names {
		if _, err := c.ExecContext(ctx, `DROP INDEX `+n); err != nil {
			t.Fatal(err)
		}
	}
	return texts
}

// ingredients are small tables that the rows are put together of.
func ingredients(t testing.TB, c *sql.Conn, g *big) {
	t.Helper()
	rnd := rand.New(rand.NewPCG(1, 2))
	fill := func(name, columns string, n int, row func(i int) []any) {
		t.Helper()
		ctx := context.Background()
		if _, err := c.ExecContext(ctx, `CREATE TEMPORARY TABLE `+name+` (k BIGINT PRIMARY KEY, `+columns+`)`); err != nil {
			t.Fatal(err)
		}
		for i := range n {
			args := append([]any{int64(i)}, row(i)...)
			marks := make([]string, len(args))
			for j := range marks {
				marks[j] = fmt.Sprintf("$%d", j+1)
			}
			if _, err := c.ExecContext(ctx, `INSERT INTO `+name+` VALUES (`+strings.Join(marks, ", ")+`)`, args...); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := c.ExecContext(context.Background(), `BEGIN`); err != nil {
		t.Fatal(err)
	}
	// The largest client has some 9 of 100 invoices, the smallest one of 200.
	fill("big_client", "id BIGINT", 1000, func(i int) []any {
		x := float64(i) / 1000
		return []any{int64(g.clients[int(x*x*bigClients)])}
	})
	fill("big_supplier", "org TEXT, name TEXT, sorted TEXT", bigSuppliers, func(i int) []any {
		name := fmt.Sprintf("%c%c leverantör %d AB", 'A'+i%26, 'a'+i/26%26, i)
		return []any{fmt.Sprintf("16559%07d", i), name, text.SortKey(name)}
	})
	today := period.DateOf(dbtest.Noon)
	fill("big_moment", "arrived TIMESTAMP, keep_by DATE, issued DATE, due DATE, recent BIGINT", bigMoments, func(i int) []any {
		back := (bigMoments - i) * 365 / bigMoments
		at := dbtest.Noon.Add(-time.Duration(bigMoments-i) * 365 * 24 * time.Hour / bigMoments).Truncate(time.Microsecond)
		recent := int64(0)
		if back < 7 {
			recent = 1
		}
		d := today.AddDays(-back)
		return []any{at, d.AddDays(5), d.AddDays(-2), d.AddDays(28), recent}
	})
	fill("big_amount", "gross BIGINT", bigAmounts, func(int) []any {
		return []any{int64(math.Exp(rnd.NormFloat64()*1.6+12.4)) + 100} // median 2,400 kronor
	})
	fill("big_state", "lately TEXT, before TEXT, lacks TEXT", 100, func(i int) []any {
		lately, before, lacks := string(Ready), string(Ready), ""
		switch {
		case i < 35:
			lately = string(Registered)
		case i < 45:
			lately = string(Coded)
		case i < 52:
			lately = string(Reviewed)
		case i < 56:
			lately = string(Waiting)
		case i < 60:
			lately = string(Held)
		}
		if i < 2 {
			before = string(Returned)
		}
		if i%12 == 0 {
			lacks = string(NoReference)
		}
		return []any{lately, before, lacks}
	})
	if _, err := c.ExecContext(context.Background(), `COMMIT`); err != nil {
		t.Fatal(err)
	}
}

const bigRows = `
INSERT INTO payables_invoice (client, id, state, version, arrived, agreement, promised, keep_by, unit, handler, secrecy,
	supplier, supplier_org, supplier_name, supplier_key, payee_org, number, number_norm, kind, issued, due, currency,
	net, vat, gross, rounding, payable, scheme, account, ocr, reference, order_ref, contract_ref, file, channel, price,
	coding, coding_no, coded_by, coded_how, automated, lacks, liability, cost, proposed_by)
WITH RECURSIVE s(n) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT n + 1 FROM s WHERE n + 1 < %[1]d)
SELECT c.id, 500000000000000000 + s.n * 4096, CASE WHEN m.recent = 1 THEN x.lately ELSE x.before END, 3, m.arrived, 7, 5, m.keep_by, 1, s.n * 7 %% 60, 0,
	p.k + 1, p.org, p.name, p.sorted, '', 'F-' || CAST(s.n AS TEXT), 'F' || CAST(s.n AS TEXT), 'invoice', m.issued, m.due, 'SEK',
	a.gross * 4 / 5, a.gross - a.gross * 4 / 5, a.gross, 0, a.gross, 'BG', '9900002', CAST(100000 + s.n AS TEXT), 'REF01 Anna Svensson', '', '',
	'3b1c0a5e5fd0c9d5a9e0f2b1c4d7e8f93b1c0a5e5fd0c9d5a9e0f2b1c4d7e8f9', 'electronic', 3,
	'[{"account":"6400","unit":"1100","activity":"200","amount":1000000,"text":"Förbrukningsmateriel"}]', 1, 5, 'Regel: leverantören är alltid förbrukning.', s.n * 13 %% 3 = 0,
	CASE WHEN m.recent = 1 THEN x.lacks ELSE '' END, s.n, s.n, 0
FROM s
JOIN big_client AS c ON c.k = s.n * 7919 %% 1000
JOIN big_supplier AS p ON p.k = (s.n * 31 + s.n / 977) %% 4000
JOIN big_moment AS m ON m.k = s.n * 5000 / %[1]d
JOIN big_amount AS a ON a.k = s.n * 7907 %% 10000
JOIN big_state AS x ON x.k = s.n * 37 %% 100`

// look is one way to look at the list, with what somebody would write by hand
// for the same page.
type look struct {
	name  string
	q     list.Query
	where string // and what is asked for; %s is today
	order string
	deep  bool // many pages into the list
}

func looks() []look {
	var all []look
	by := map[string]string{
		"code": "t.state = 'registered'", "mine": "t.handler = 7 AND t.state IN ('registered', 'waiting', 'held')",
		"today": "t.state = 'registered' AND t.keep_by <= '2026-11-25'", "reference": "t.state = 'registered' AND t.lacks = 'PAY-B01'",
		"large": "t.payable >= 10000000", "approve": "t.state IN ('coded', 'reviewed')", "held": "t.state = 'held'", "ready": "t.state = 'ready'", "all": "1 = 1",
		"stopped": "t.stop_kind IN ('hold', 'dispute', 'bank')",
	}
	order := func(sort string) string {
		if key, ok := strings.CutPrefix(sort, "-"); ok {
			return "t." + key + " DESC, t.id DESC"
		}
		return "t." + sort + ", t.id"
	}
	for _, v := range Invoices.Views {
		all = append(all, look{name: "view " + v.Key, q: list.Query{View: v.Key}, where: by[v.Key], order: order(v.Sort)})
	}
	for _, c := range Invoices.Columns {
		if c.Sort {
			for _, way := range []string{"", "-"} {
				all = append(all, look{name: "all by " + way + c.Key, q: list.Query{View: "all", Sort: way + c.Key}, where: "1 = 1", order: order(way + c.Key)})
			}
		}
	}
	filter := func(name, where, sort string, f map[string][]string) {
		all = append(all, look{name: name, q: list.Query{View: "all", Sort: sort, Filters: f}, where: where, order: order(sort)})
	}
	filter("one state by -payable", "t.state = 'held'", "-payable", map[string][]string{"state": {"held"}})
	filter("open states by keep_by", "t.state IN ('registered', 'coded', 'reviewed')", "keep_by", map[string][]string{"state": {"registered", "coded", "reviewed"}})
	filter("a week by -arrived", "t.arrived >= '2026-05-02 22:00:00' AND t.arrived < '2026-05-09 22:00:00'", "-arrived", map[string][]string{"arrived_from": {"2026-05-03"}, "arrived_to": {"2026-05-09"}})
	filter("a month by -payable", "t.arrived >= '2026-04-30 22:00:00' AND t.arrived < '2026-05-31 22:00:00'", "-payable", map[string][]string{"arrived_from": {"2026-05-01"}, "arrived_to": {"2026-05-31"}})
	filter("amounts by -arrived", "t.payable >= 100000000 AND t.payable <= 200000000", "-arrived", map[string][]string{"from": {"1000000"}, "to": {"2000000"}})
	filter("a lack by -arrived", "t.lacks = 'PAY-B01'", "-arrived", map[string][]string{"lacks": {string(NoReference)}})
	filter("a supplier by -arrived", "t.supplier = 1235", "-arrived", map[string][]string{"supplier": {"1235"}})
	filter("a handler by keep_by", "t.handler = 7", "keep_by", map[string][]string{"handler": {"7"}})
	search := func(name, words, where string) {
		all = append(all, look{name: name, q: list.Query{View: "all", Search: words}, where: where, order: order("-arrived")})
	}
	search("search a number", "F-512345", "(t.number_norm = 'F512345')")
	search("search a name", "ka leverantör 2", "(t.supplier_key >= 'KA LEVERANT]R 2' AND t.supplier_key < 'KA LEVERANT]R 3')")
	search("search a letter", "k", "(t.supplier_key >= 'K' AND t.supplier_key < 'L')")
	search("search nothing", "finns inte", "t.supplier_key = 'FINNS INTE'")
	for _, l := range []look{all[0], all[7], all[8]} {
		l.name, l.deep = "deep in "+l.name, true
		all = append(all, l)
	}
	return all
}

const benchRows = 1_000_000

// BenchmarkBigList reads pages of a list of a million invoices as the page does
// it: rows, count and totals, for somebody who sees three clients and for one
// who sees all. Beside it stands a statement written by hand for the rows alone.
func BenchmarkBigList(b *testing.B) {
	rows := benchRows
	if testing.Short() {
		rows = 100_000
	}
	b.Run("sqlite", func(b *testing.B) {
		d, err := db.Open(context.Background(), filepath.Join(b.TempDir(), "kontor.db"), db.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { d.Close() })
		if _, err := d.Migrate(context.Background()); err != nil {
			b.Fatal(err)
		}
		enlarge(b, d, rows).bench(b)
	})
	b.Run("postgres", func(b *testing.B) { enlarge(b, dbtest.Postgres(b), rows).bench(b) })
}

func (g *big) bench(b *testing.B) {
	for _, who := range []struct {
		name  string
		actor op.Actor
	}{{"three clients", g.some}, {"all clients", g.all}} {
		b.Run(who.name, func(b *testing.B) {
			for _, l := range looks() {
				b.Run(l.name, func(b *testing.B) { g.time(b, who.actor, l) })
			}
		})
	}
}

// time reads the same page many times and reports the percentiles.
func (g *big) time(b *testing.B, who op.Actor, l look) {
	ctx := context.Background()
	who.ID = 7
	if l.deep {
		l.q.After = g.deep(b, who, l.q)
	}
	read := func() time.Duration {
		began := time.Now()
		err := g.door.View(ctx, who, func(o *op.Op) error { _, err := Invoices.Run(o, l.q); return err })
		if err != nil {
			b.Fatal(err)
		}
		return time.Since(began)
	}
	text, args := g.hand(who, l)
	byHand := func() time.Duration {
		began := time.Now()
		err := g.door.View(ctx, who, func(o *op.Op) error { return o.SQL().Rows(o, text, args, func([]any) error { return nil }) })
		if err != nil {
			b.Fatal(err)
		}
		return time.Since(began)
	}
	const times = 100
	for b.Loop() {
		read()
		byHand()
		page, hand := percentiles(times, read), percentiles(times/4, byHand)
		b.ReportMetric(page[0], "p50-ms")
		b.ReportMetric(page[1], "p99-ms")
		b.ReportMetric(page[0]/hand[0], "times-by-hand")
	}
	b.ReportMetric(0, "ns/op")
}

// percentiles measures f and returns the median and the 99th, in milliseconds.
// What takes very long is not asked for so often.
func percentiles(times int, f func() time.Duration) [2]float64 {
	var all []time.Duration
	for began := time.Now(); len(all) < times && (len(all) < 3 || time.Since(began) < 3*time.Second); {
		all = append(all, f())
	}
	slices.Sort(all)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return [2]float64{ms(all[len(all)/2]), ms(all[len(all)*99/100])}
}

// deep is the cursor after forty large pages.
func (g *big) deep(b *testing.B, who op.Actor, q list.Query) string {
	q.Limit, q.NoCount = list.LimitMax, true
	err := g.door.View(context.Background(), who, func(o *op.Op) error {
		for range 40 {
			p, err := Invoices.Run(o, q)
			if err != nil || p.Next == "" {
				return err
			}
			q.After = p.Next
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return q.After
}

// hand is what somebody would write: the rows of the first page alone.
func (g *big) hand(who op.Actor, l look) (string, []any) {
	clients := who.Grants[MayRead].Clients
	if who.Grants[MayRead].All {
		clients = g.clients
	}
	var args []any
	var marks []string
	for _, c := range clients {
		args = append(args, int64(c))
		marks = append(marks, fmt.Sprintf("$%d", len(args)))
	}
	return `SELECT t.supplier_name, t.number, c.name, t.payable, t.state, t.arrived, t.keep_by, COALESCE(h.name, '')
		FROM payables_invoice AS t LEFT JOIN client AS c ON c.id = t.client LEFT JOIN person AS h ON h.id = t.handler
		WHERE t.client IN (` + strings.Join(marks, ", ") + `) AND ` + l.where + ` ORDER BY ` + l.order + ` LIMIT 51`, args
}
