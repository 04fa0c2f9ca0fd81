package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/op"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

// What is true of every module is tested once, here, for all of them.
func TestModulesDescribeThemselves(t *testing.T) {
	names, permissions, counted := map[string]bool{}, declared(), map[string]bool{}
	for _, a := range activities(Modules()) {
		counted[a.Value] = true
	}
	need := func(where string, p op.Permission) {
		if !permissions[p] {
			t.Errorf("%s needs %q, which no module declares", where, p)
		}
	}
	for _, m := range Modules() {
		if names[m.Name] {
			t.Errorf("two modules are called %s", m.Name)
		}
		names[m.Name] = true
		for _, p := range m.Permissions {
			if p.Label == "" || !strings.Contains(string(p.Name), ".") {
				t.Errorf("%s: permission %q has no words or no module", m.Name, p.Name)
			}
		}
		for _, i := range m.Menu {
			need(m.Name+" menu "+i.Label, i.Need)
		}
		for _, r := range m.Records {
			if err := r.Table.Life().Check(); err != nil {
				t.Error(err)
			}
			need(m.Name, r.Table.ReadNeed())
			for _, s := range r.Table.Life().Describe().Steps {
				need(m.Name+" step "+s.Name, s.Need)
				if s.Counts != "" && !counted[s.Counts] {
					t.Errorf("%s step %s counts %q, which has no words", m.Name, s.Name, s.Counts)
				}
			}
		}
		for _, l := range m.Lists {
			need("list "+l.Name, l.Need)
		}
		for _, f := range m.Forms {
			need("form "+f.Name, f.Need)
		}
		for _, r := range m.Pages {
			need("page "+r.Pattern, r.Need)
		}
		for _, c := range m.Cards {
			need(fmt.Sprintf("%s card %s %d", m.Name, c.Place, c.Order), c.Need)
		}
	}
}

func declared() map[op.Permission]bool {
	all := map[op.Permission]bool{}
	for _, m := range Modules() {
		for _, p := range m.Permissions {
			all[p.Name] = true
		}
	}
	return all
}

func eachList(f func(module.Module, *list.Spec)) {
	for _, m := range Modules() {
		for _, l := range m.Lists {
			f(m, l)
		}
	}
}

// Every list runs on every column it can be sorted by, in both directions, in
// every view and with every filter, for somebody who sees three clients, on
// both engines, and is closed to those who may not.
func TestEveryListRuns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		eachList(func(_ module.Module, l *list.Spec) {
			t.Run(l.Name, func(t *testing.T) {
				who := dbtest.At(dbtest.Actor("Maja", l.Need), 1, 2, 3)
				err := door.View(t.Context(), who, func(o *op.Op) error {
					for _, q := range queries(l) {
						if _, err := l.Run(o, q); err != nil {
							return fmt.Errorf("%+v: %w", q, err)
						}
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
				err = door.View(t.Context(), dbtest.Actor("Bo"), func(o *op.Op) error { _, err := l.Run(o, list.Query{}); return err })
				if err == nil {
					t.Error("it is open to anyone")
				}
			})
		})
	})
}

var samples = map[list.Kind]string{list.Whole: "1", list.Money: "1,00", list.Date: "2026-11-25", list.Promise: "2026-11-25",
	list.Time: "2026-11-25", list.Yes: "true", list.ID: id.Text(1)}

func sample(f list.Filter) string {
	if value, ok := samples[f.Kind]; ok {
		return value
	}
	return "x"
}

func queries(l *list.Spec) []list.Query {
	all := []list.Query{{}}
	for _, c := range l.Columns {
		q := list.Query{Filters: map[string][]string{}}
		for _, f := range l.Filters {
			if c.Sort && !l.Serves(q, c.Key) && (f.Match == list.Is || f.Match == "") {
				q.Filters[f.Key] = []string{sample(f)}
			}
		}
		if c.Sort {
			all = append(all, list.Query{Sort: c.Key, Filters: q.Filters}, list.Query{Sort: "-" + c.Key, Filters: q.Filters})
		}
	}
	for _, v := range l.Views {
		all = append(all, list.Query{View: v.Key})
	}
	for _, f := range l.Filters {
		all = append(all, list.Query{Filters: map[string][]string{f.Key: {sample(f)}}})
	}
	if len(l.Search) > 0 {
		all = append(all, list.Query{Search: "ab"})
	}
	return all
}

// A page of a distributed list never reads the whole table: the engine's plan
// searches an index in each branch.
func TestNoListReadsTheWholeTable(t *testing.T) {
	d := dbtest.SQLite(t)
	door, _ := dbtest.Door(d)
	eachList(func(_ module.Module, l *list.Spec) {
		if l.Global {
			return
		}
		t.Run(l.Name, func(t *testing.T) {
			who := dbtest.At(dbtest.Actor("Maja", l.Need), 1, 2, 3)
			err := door.View(t.Context(), who, func(o *op.Op) error {
				for _, q := range queries(l) {
					text, args, err := l.Statement(o, q)
					if err != nil {
						return err
					}
					err = o.SQL().Rows(o, "EXPLAIN QUERY PLAN "+text, args, func(vals []any) error {
						step := fmt.Sprint(vals[len(vals)-1])
						if step == "SCAN t" || strings.HasPrefix(step, "SCAN t ") || slices.Contains(strings.Fields(step), l.From) && strings.HasPrefix(step, "SCAN") {
							t.Errorf("%+v: %s", q, step)
						}
						return nil
					})
					if err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	})
}

// The top of a page has room for the parts of the menu, not for every list.
func TestWhatWaitsIsCountedForAnItemOfTheMenuAndAKnownPermission(t *testing.T) {
	known := map[op.Permission]bool{}
	for _, l := range labels() {
		known[l.Name] = true
	}
	counted := 0
	for _, m := range site(nil).Menu {
		if m.Waits != nil {
			counted++
		}
		for _, w := range m.Waits {
			if !known[w.Need] {
				t.Errorf("%s: nobody can have %s", m.URL, w.Need)
			}
		}
	}
	if counted != len(waits) {
		t.Errorf("%d of %d are items of the menu", counted, len(waits))
	}
}

func TestEveryMenuItemStandsInAGroup(t *testing.T) {
	for _, m := range site(nil).Menu {
		if m.Group == "" {
			t.Errorf("%s (%s) is not in app/menu.go", m.Label, m.URL)
		}
	}
}
