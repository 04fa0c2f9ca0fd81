package payables

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/list"
	"kontor/kernel/op"
)

// Every way to look at the list gives the rows that a statement written by hand
// gives, and the engine's plan never reads the whole table for it.
func TestTheListOfInvoicesIsReadByIndex(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: fills a hundred thousand rows")
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := enlarge(t, d, 100_000)
		for _, who := range []op.Actor{g.some, g.all} {
			who.ID = 7
			for _, l := range looks() {
				if l.deep {
					continue
				}
				err := g.door.View(t.Context(), who, func(o *op.Op) error {
					if err := g.sameRows(t, o, who, l); err != nil {
						return err
					}
					return planned(t, o, d.Engine, l)
				})
				if err != nil {
					t.Errorf("%s: %v", l.name, err)
				}
			}
		}
	})
}

func (g *big) sameRows(t *testing.T, o *op.Op, who op.Actor, l look) error {
	var want, got []string
	text, args := g.hand(who, l)
	err := o.SQL().Rows(o, text, args, func(vals []any) error {
		want = append(want, fmt.Sprintf("%s %s", vals[0], vals[1]))
		return nil
	})
	if err != nil {
		return err
	}
	q := l.q
	q.Limit = 51
	page, err := Invoices.Run(o, q)
	if err != nil {
		return err
	}
	for _, r := range page.Rows {
		got = append(got, fmt.Sprintf("%s %s", r.Values[0], r.Values[2]))
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s: %d rows, by hand %d: %.3q and %.3q", l.name, len(got), len(want), got[:min(3, len(got))], want[:min(3, len(want))])
	}
	if whole := page.Next == ""; whole && page.Count != int64(len(got)) && !page.More {
		t.Errorf("%s: %d rows are said to be %d", l.name, len(got), page.Count)
	}
	return nil
}

// planned holds the plan of the page against reading the whole table.
func planned(t *testing.T, o *op.Op, e db.Engine, l look) error {
	text, args, err := Invoices.Statement(o, l.q)
	if err != nil {
		return err
	}
	explain, whole := "EXPLAIN QUERY PLAN ", "SCAN t"
	if e == db.Postgres {
		explain, whole = "EXPLAIN ", "Seq Scan on payables_invoice"
	}
	return o.SQL().Rows(o, explain+text, args, func(vals []any) error {
		if step := fmt.Sprint(vals[len(vals)-1]); strings.Contains(step, whole) && !strings.Contains(step, "USING") {
			t.Errorf("%s: %s", l.name, step)
		}
		return nil
	})
}

// The search of the list is served by indexes: each column leads one.
func TestSearchColumnsLeadAnIndex(t *testing.T) {
	for _, s := range Invoices.Search {
		if !slices.ContainsFunc(Invoices.Indexes, func(ix list.Index) bool { return ix[0] == s.Column }) {
			t.Errorf("no index begins with %s", s.Column)
		}
	}
}
