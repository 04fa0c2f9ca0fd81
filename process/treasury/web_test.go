package treasury_test

import (
	"bytes"
	"net/http/httptest"
	"strings"
	"testing"

	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/web"
)

// page runs a page of the module as the server does and returns what it shows.
func (c *city) page(t *testing.T, who op.Actor, pattern, path string) string {
	t.Helper()
	for _, r := range c.bank.Module().Pages {
		if r.Pattern != "GET "+pattern {
			continue
		}
		req := httptest.NewRequest("GET", path, nil)
		if before, _, found := strings.Cut(pattern, "{id}"); found {
			rest := strings.TrimPrefix(path, before)
			req.SetPathValue("id", strings.Split(rest, "/")[0])
		}
		var a web.Answer
		err := c.door.View(t.Context(), who, func(o *op.Op) (err error) { a, err = r.Handle(o, req); return err })
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if a.File != nil {
			return string(a.File)
		}
		var b bytes.Buffer
		if err := a.Body.Render(t.Context(), &b); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		return b.String()
	}
	t.Fatalf("no page %s", pattern)
	return ""
}

// Every page tells what has happened, in each state that a proposal can be in.
func TestPages(t *testing.T) {
	door, clock := dbtest.Door(dbtest.SQLite(t))
	c := found(t, door, 2, 2)
	c.invoice(t, 0, 0, money.Kronor(1000), noon)
	c.invoice(t, 1, 1, money.Kronor(200), noon)
	c.invoice(t, 1, 1, -money.Kronor(50), noon)
	c.invoice(t, 0, 1, -money.Kronor(5), noon)
	p := c.propose(t, noon)
	shows := func(who op.Actor, pattern, path string, words ...string) {
		t.Helper()
		got := c.page(t, who, pattern, path)
		for _, w := range words {
			if !strings.Contains(got, w) {
				t.Errorf("%s does not say %q", path, w)
			}
		}
	}
	path := "/betalning/" + p.ID.String()
	shows(c.checker, "/betalningar", "/betalningar", p.Number, "1 förslag väntar")
	shows(c.checker, "/betalning/{id}", path, "Leverantör 000 AB", "Stickprov att kontrollera", "Den är rätt", "Mottagaren är skyldig oss", "Förvaltning 1")
	if got := c.page(t, c.proposer, "/betalning/{id}", path); strings.Contains(got, "Den är rätt") {
		t.Error("the proposer is shown the button of the control")
	}
	file := c.file(t, p.ID)
	shows(c.checker, "/betalning/{id}", path, "är hos banken", "Rut Släpper", "Hämta bankfilen")
	if got := c.page(t, c.checker, "/betalning/{id}/fil", path+"/fil"); got != string(file) {
		t.Error("the file that is fetched is another")
	}
	bank := newBank()
	if _, err := bank.Take(file, clock.Now()); err != nil {
		t.Fatal(err)
	}
	a := c.answer(t, "camt.xml", bank.Day(noon, clock.Now()))
	shows(c.checker, "/bankens-svar/{id}", "/bankens-svar/"+a.ID.String(), "2 betalningar", "Betalning")
	for _, r := range c.load(t, p.ID).Rows {
		shows(c.checker, "/betalning-rad/{id}", "/betalning-rad/"+r.ID.String(), "betalades", "F-0000", "Bokfört")
	}
	shows(c.checker, "/bankens-svar", "/bankens-svar", "pain.002")
	shows(c.checker, "/betalning/{id}", path, "Banken har svarat om alla")
}
