package intake

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/list"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/report"
	"kontor/kernel/text"
	"kontor/kernel/web"
	"kontor/kernel/work"
	"kontor/process/payables"
)

// measured is what a figure was in a month, for one client or for all (0), as
// "part of whole".
func (c *city) measured(t *testing.T, f *report.Figure, m period.Month, client op.ClientID) (part, whole int64) {
	t.Helper()
	c.see(t, func(o *op.Op) error {
		v, err := report.Compute(o, f, op.Scope{All: true}, m, client)
		part, whole = v.Num, v.Den
		return err
	})
	return part, whole
}

func TestMistakesOfTheDigitalCoworkerAreAShareOfItsOwnCodings(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		c := found(t, door, 2, 1)
		robot := dbtest.Actor("Robot", payables.MayRead, payables.MayCode)
		robot.Kind = op.Automation
		var keys []payables.ID
		for n := range 5 {
			keys = append(keys, c.receive(t, file(t, bill(0, n%2, n)))[0].Invoice)
		}
		for n, key := range keys { // four by the co-worker, one by a person
			who := robot
			if n == 4 {
				who = c.clerk
			}
			c.code(t, who, key, coding.Line{Account: "6400", Amount: c.invoice(t, key).Net})
			if got := c.take(t, who, key, "code", nil); got != "" {
				t.Fatal(got)
			}
		}
		month := period.MonthOf(period.DateOf(dbtest.Noon))
		clock.Pass(40 * 24 * 3600e9) // a month later the mistake is still that month's
		for range 2 {                // changed twice, it is one mistake
			c.code(t, c.clerk, keys[0], coding.Line{Account: "7790", Amount: c.invoice(t, keys[0]).Net})
			c.code(t, c.clerk, keys[0], coding.Line{Account: "6400", Amount: c.invoice(t, keys[0]).Net})
		}
		c.code(t, c.clerk, keys[4], coding.Line{Account: "7790", Amount: c.invoice(t, keys[4]).Net}) // a person's own is no mistake of the co-worker's
		for name, x := range map[string]struct {
			figure      *report.Figure
			client      op.ClientID
			part, whole int64
		}{
			"its share of all codings":       {payables.CodedShare, 0, 4, 5},
			"of one client's":                {payables.CodedShare, c.clients[1], 2, 2},
			"its mistakes":                   {payables.CodingErrors, 0, 1, 4},
			"at the client where it was":     {payables.CodingErrors, c.clients[0], 1, 2},
			"at the client where it was not": {payables.CodingErrors, c.clients[1], 0, 2},
		} {
			if part, whole := c.measured(t, x.figure, month, x.client); part != x.part || whole != x.whole {
				t.Errorf("%s: %d of %d, want %d of %d", name, part, whole, x.part, x.whole)
			}
		}
		if part, whole := c.measured(t, payables.CodingErrors, month.Next(), 0); part != 0 || whole != 0 {
			t.Errorf("the month of the change: %d of %d", part, whole)
		}
		c.see(t, func(o *op.Op) error { // the figure opens onto its rows
			v, err := report.Compute(o, payables.CodingErrors, op.Scope{All: true}, month, 0)
			if err != nil {
				return err
			}
			for u, want := range map[string]int64{v.URL(): v.Num, v.CasesURL(): v.Den} {
				n, _, err := payables.Codings.Count(o, list.Query{Filters: httptest.NewRequest("GET", u, nil).URL.Query()})
				if err != nil || n != want || !strings.HasPrefix(u, "/l/payables.codings?") {
					t.Errorf("%s opens %d rows, want %d: %v", u, n, want, err)
				}
			}
			return nil
		})
	})
}

func TestMisplacedInvoicesAreCountedWhereTheyCame(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 2, 2)
		p := c.office(t, money.Kronor(100_000))
		month := period.MonthOf(period.DateOf(dbtest.Noon))
		moved := c.receive(t, file(t, bill(0, 0, 1)))[0].Invoice
		if got := c.take(t, c.clerk, moved, "move", map[string]string{"client": c.clients[1].String(), "reference": "REF01", "reason": "Ringde."}); got != "" {
			t.Fatal(got)
		}
		refused := c.receive(t, file(t, bill(1, 0, 2)))[0].Invoice
		if got := c.take(t, c.clerk, refused, "refuse", map[string]string{"cause": string(payables.NotOurs)}); got != "" {
			t.Fatal(got)
		}
		priced := c.receive(t, file(t, bill(1, 0, 3)))[0].Invoice // sent back for something else
		if got := c.take(t, c.clerk, priced, "refuse", map[string]string{"cause": string(payables.WrongPrice)}); got != "" {
			t.Fatal(got)
		}
		c.ready(t, p, c.invoice(t, moved).MovedTo)
		if part, whole := c.measured(t, payables.Misplaced, month, c.clients[0]); part != 2 || whole != 3 {
			t.Errorf("at the first client %d of %d", part, whole)
		}
		if part, whole := c.measured(t, payables.Misplaced, month, c.clients[1]); part != 0 || whole != 1 {
			t.Errorf("at the right client %d of %d", part, whole)
		}
		who := c.clerk
		who.Grants = map[op.Permission]op.Scope{payables.MayRead: {All: true}, work.Read: {All: true}}
		err := door.View(t.Context(), who, func(o *op.Op) error {
			about, err := payables.AboutMisplaced().Figure(o, c.clients[0])
			if err != nil || !strings.HasPrefix(about.Text, "2 (66,7") || about.URL == "" {
				t.Errorf("on the page of the client %+v %v", about, err)
			}
			for _, s := range []int{0, 1} {
				q := list.Query{View: "all", Filters: map[string][]string{"lacks": {string(payables.NotOurs)}, "supplier_key": {text.SortKey(name(s))}}}
				if n, _, err := payables.Invoices.Count(o, q); err != nil || n != 1 {
					t.Errorf("%s sent %d to the wrong client: %v", name(s), n, err)
				}
			}
			shown := c.page(t, o, "/felstallda")
			for _, want := range []string{text.F(o, "%s fakturor har kommit till fel mottagare i år", "2"), name(0), name(1), "Förvaltning 0",
				"handled_from=2026-01-01&amp;handled_to=2026-12-31"} {
				if !strings.Contains(shown, want) {
					t.Errorf("the page does not say %q", want)
				}
			}
			if strings.Contains(shown, "Förvaltning 1") {
				t.Error("the page names a client that has had no such invoice")
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// The page and the indicator count the same: by the day of the event.
func TestAnInvoiceIsMisplacedInTheYearThatItWasMoved(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		c := found(t, door, 2, 1)
		key := c.receive(t, file(t, bill(0, 0, 1)))[0].Invoice
		clock.Pass(365 * 24 * time.Hour)
		says := func(who op.Actor, want string) (shown string) {
			t.Helper()
			err := door.View(t.Context(), who, func(o *op.Op) error {
				shown = c.page(t, o, "/felstallda")
				return nil
			})
			if err != nil || !strings.Contains(shown, want) {
				t.Errorf("not %q but %s %v", want, shown, err)
			}
			return shown
		}
		head := c.clerk
		head.Grants = map[op.Permission]op.Scope{payables.MayRead: {All: true}, work.Read: {All: true}}
		says(head, "Ingen faktura har kommit till fel mottagare i år.")
		if got := c.take(t, c.clerk, key, "move", map[string]string{"client": c.clients[1].String(), "reference": "REF01", "reason": "Ringde."}); got != "" {
			t.Fatal(got)
		}
		says(head, "1 faktura har kommit till fel mottagare i år")
		day := period.DateOf(dbtest.Noon.AddDate(0, 0, 365))
		if part, whole := c.measured(t, payables.Misplaced, period.MonthOf(day), c.clients[0]); part != 1 || whole != 1 {
			t.Errorf("the figure says %d of %d", part, whole)
		}
		narrow := head
		narrow.Grants = map[op.Permission]op.Scope{payables.MayRead: {Clients: c.clients[1:]}}
		if shown := says(narrow, "Ingen faktura som du får se har kommit till fel mottagare i år."); strings.Contains(shown, "Kunder som har fått andras fakturor") {
			t.Errorf("a table of clients is shown to one who may not see their events: %s", shown)
		}
	})
}

// page is what a page of the supplier ledger shows.
func (c *city) page(t *testing.T, o *op.Op, path string) string {
	t.Helper()
	for _, r := range payables.Module().Pages {
		if r.Pattern != "GET "+path {
			continue
		}
		a, err := r.Handle(o, httptest.NewRequest("GET", path, nil))
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := a.Body.Render(o, &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	t.Fatalf("no page %s", path)
	return ""
}

// post does what a button of a page does; at is the names and values in its path.
func (c *city) post(t *testing.T, o *op.Op, pattern string, at ...string) (web.Answer, error) {
	t.Helper()
	for _, r := range payables.Module().Pages {
		if r.Pattern != pattern {
			continue
		}
		q := httptest.NewRequest("POST", "/", nil)
		for i := 0; i+1 < len(at); i += 2 {
			q.SetPathValue(at[i], at[i+1])
		}
		return r.Handle(o, q)
	}
	t.Fatalf("no page %s", pattern)
	return web.Answer{}, nil
}
