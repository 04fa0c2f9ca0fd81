package list

import (
	"fmt"
	"slices"
	"testing"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
)

const many = CountMax + 2500

// A list longer than what is counted: rows are found by walking the order when
// most pass the filters, and by fetching and sorting when few do. Either way
// every row comes once and in order, and the count says when it is not the
// whole.
func TestLongListsAreWalkedOrFetched(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		all := dbtest.Actor("MAJA", "audit.read")
		dbtest.Do(t, door, all, func(o *op.Op) error {
			var rows []audit.Change
			for i := range many {
				rows = append(rows, audit.Change{Client: op.ClientID(1 + i%4), Kind: "x", Record: int64(i / 5), Step: fmt.Sprint(i % 3)})
			}
			return audit.Note(o, rows...)
		})
		long := *spec
		long.Columns = append(slices.Clone(long.Columns), Column{Key: "id", Label: "Nummer", Kind: ID, Expr: "t.id", Sort: true})
		for _, c := range []struct {
			name  string
			q     Query
			short bool // an index holds few enough rows
			more  bool // there are more than are looked at to be counted
			want  func(i int) bool
		}{
			{"everything", Query{}, false, true, func(int) bool { return true }},
			{"a search that everything passes", Query{Search: "maja"}, false, true, func(int) bool { return true }},
			{"a search that nothing passes", Query{Search: "bo"}, true, false, func(int) bool { return false }},
			{"a filter that no index serves", Query{Filters: map[string][]string{"step": {"2"}}}, false, true, func(i int) bool { return i%3 == 2 }},
			{"a bound on the order", Query{Filters: map[string][]string{"from": {"2000"}}}, false, false, func(i int) bool { return i/5 >= 2000 }},
			{"a bound on what is not the order, few rows", Query{Sort: "-id", Filters: map[string][]string{"from": {"2100"}}}, true, false, func(i int) bool { return i/5 >= 2100 }},
			{"a bound on what is not the order, many rows", Query{Sort: "id", Filters: map[string][]string{"from": {"1000"}}}, false, true, func(i int) bool { return i/5 >= 1000 }},
			{"a bound and a filter", Query{Sort: "-id", Filters: map[string][]string{"from": {"2100"}, "step": {"0"}}}, true, false, func(i int) bool { return i/5 >= 2100 && i%3 == 0 }},
			{"one client, a search and a filter", Query{Search: "maj", Filters: map[string][]string{"client": {"2"}, "step": {"1"}}}, false, false,
				func(i int) bool { return i%4 == 1 && i%3 == 1 }},
		} {
			t.Run(c.name, func(t *testing.T) {
				want := 0
				var sum int64
				for i := range many {
					if c.want(i) {
						want++
						sum += int64(i / 5)
					}
				}
				err := door.View(t.Context(), dbtest.At(all, 1, 2, 3, 4), func(o *op.Op) error {
					q := c.q
					q.Limit, q.NoCount = 1, false
					page, err := long.Run(o, q)
					if err != nil {
						return err
					}
					p, err := long.resolve(o, q)
					if err != nil {
						return err
					}
					if err := p.look(o); err != nil {
						return err
					}
					if c.short != (p.short != nil) {
						t.Errorf("a short way was found: %v", p.short != nil)
					}
					switch {
					case page.More && (page.Count > int64(want) || page.Totals != nil):
						t.Errorf("more than %d of %d, totals %v", page.Count, want, page.Totals)
					case !page.More && (page.Count != int64(want) || page.Totals[0] != sum):
						t.Errorf("%d rows with %v, want %d with %d", page.Count, page.Totals, want, sum)
					case page.More != c.more:
						t.Errorf("more: %v", page.More)
					}
					seen, last := map[int64]bool{}, ""
					err = long.Each(o, c.q, func(r Row) error {
						now := fmt.Sprintf("%020d %020d", r.Values[0], r.ID) // of the order "record"; identities rise with it
						if last != "" && (p.desc && now > last || !p.desc && now < last) {
							t.Errorf("%s after %s", now, last)
						}
						if last = now; seen[r.ID] {
							t.Errorf("row %s came twice", r.Key())
						}
						if seen[r.ID] = true; len(seen) > want {
							return fmt.Errorf("more than %d rows", want)
						}
						return nil
					})
					if len(seen) != want {
						t.Errorf("%d rows came, want %d", len(seen), want)
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
	})
}
