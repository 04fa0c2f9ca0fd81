package list

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
)

// The audit log serves as a list: it has clients, an index and enough columns.
var spec = &Spec{
	Name: "audit.rows", Title: "Logg", Need: "audit.read", From: "audit_row", Order: "record",
	Columns: []Column{
		{Key: "record", Label: "Post", Kind: Whole, Expr: "t.record", Sort: true},
		{Key: "step", Label: "Steg", Expr: "t.step"},
		{Key: "at", Label: "När", Kind: Time, Expr: "t.at"},
	},
	Filters: []Filter{
		{Key: "step", Column: "step"},
		{Key: "client", Column: "client", Kind: Whole},
		{Key: "actor", Column: "actor", Kind: Whole},
		{Key: "from", Column: "record", Match: From, Kind: Whole},
	},
	Search:  []Search{{Column: "name", Fold: strings.ToUpper}},
	Totals:  []Total{{Label: "summa", Kind: Whole, Expr: "t.record"}},
	Indexes: []Index{{"record"}},
}

func fill(t *testing.T, door *op.Door, a op.Actor) {
	dbtest.Do(t, door, a, func(o *op.Op) error {
		var all []audit.Change
		for i := range 240 {
			all = append(all, audit.Change{Client: op.ClientID(1 + i%4), Kind: "x", Record: int64(i / 5), Step: fmt.Sprint(i % 3)})
		}
		return audit.Note(o, all...)
	})
}

// Page after page, in either direction and whatever the filter, every row of
// the scope comes exactly once, in order, and no row of another client at all.
func TestPagesAreTheWholeListOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		all := dbtest.Actor("MAJA", "audit.read")
		fill(t, door, all)
		rapid.Check(t, func(rt *rapid.T) {
			clients := rapid.SliceOfNDistinct(rapid.Int64Range(1, 5), 0, 4, rapid.ID[int64]).Draw(rt, "clients")
			var scope []op.ClientID
			for _, c := range clients {
				scope = append(scope, op.ClientID(c))
			}
			q := Query{Limit: rapid.IntRange(1, 70).Draw(rt, "limit"), Filters: map[string][]string{}}
			if rapid.Bool().Draw(rt, "filtered") {
				q.Filters["step"] = []string{rapid.SampledFrom([]string{"0", "1", "9"}).Draw(rt, "step")}
			}
			if rapid.Bool().Draw(rt, "searched") {
				q.Search = rapid.SampledFrom([]string{"maj", "elias"}).Draw(rt, "word")
			}
			desc := rapid.Bool().Draw(rt, "desc")
			if desc {
				q.Sort = "-record"
			}
			dbtest.Do(t, door, dbtest.At(all, scope...), func(o *op.Op) error { return walk(rt, o, q, desc, scope) })
		})
	})
}

func walk(t *rapid.T, o *op.Op, q Query, desc bool, scope []op.ClientID) error {
	want := 0
	for i := range 240 {
		step, ok := q.Filters["step"]
		if slices.Contains(scope, op.ClientID(1+i%4)) && (!ok || step[0] == fmt.Sprint(i%3)) && q.Search != "elias" {
			want++
		}
	}
	seen, last := map[int64]bool{}, int64(-1)
	for {
		page, err := spec.Run(o, q)
		if err != nil {
			return err
		}
		if page.Count != int64(want) {
			t.Fatalf("count %d, want %d", page.Count, want)
		}
		for _, r := range page.Rows {
			v := r.Values[0].(int64)
			if last >= 0 && (desc && v > last || !desc && v < last) {
				t.Fatalf("%d after %d", v, last)
			}
			if last = v; seen[r.ID] {
				t.Fatalf("row %s came twice", r.Key())
			}
			seen[r.ID] = true
			if !slices.Contains(scope, r.Client) {
				t.Fatalf("a row of client %d was shown to %v", int64(r.Client), scope)
			}
		}
		if q.After = page.Next; page.Next == "" {
			break
		}
	}
	if len(seen) != want {
		t.Fatalf("%d rows, want %d", len(seen), want)
	}
	return nil
}

func TestSingleRowsAreReadWithinTheScope(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		all := dbtest.Actor("MAJA", "audit.read")
		fill(t, door, all)
		var theirs []Row
		dbtest.Do(t, door, dbtest.At(all, 2), func(o *op.Op) error {
			page, err := spec.Run(o, Query{Limit: 3})
			theirs = page.Rows
			return err
		})
		ids := []int64{theirs[2].ID, theirs[0].ID, theirs[0].ID, 17}
		for scope, want := range map[op.ClientID]int{2: 2, 1: 0} {
			dbtest.Do(t, door, dbtest.At(all, scope), func(o *op.Op) error {
				rows, err := spec.Rows(o, ids...)
				if err != nil || len(rows) != want || want > 0 && (rows[0].ID != ids[1] || rows[1].ID != ids[0] || rows[0].Values[1] != theirs[0].Values[1]) {
					t.Errorf("client %d sees %+v, %v", scope, rows, err)
				}
				return nil
			})
		}
	})
}

func TestCountingStopsWhereTheQuerySays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		all := dbtest.Actor("MAJA", "audit.read")
		fill(t, door, all)
		dbtest.Do(t, door, dbtest.At(all, 1, 2, 3, 4), func(o *op.Op) error {
			for _, c := range []struct {
				most int
				step []string
				want int64
				more bool
			}{{0, nil, 240, false}, {240, nil, 240, false}, {239, nil, 239, true}, {240, []string{"1"}, 80, false}} {
				n, more, err := spec.Count(o, Query{Most: c.most, Filters: map[string][]string{"step": c.step}})
				if err != nil || n != c.want || more != c.more {
					t.Errorf("at most %d of step %q: %d, more %t, %v", c.most, c.step, n, more, err)
				}
			}
			return nil
		})
	})
}

func TestRefusals(t *testing.T) {
	d := dbtest.SQLite(t)
	door, _ := dbtest.Door(d)
	a := dbtest.At(dbtest.Actor("Maja", "audit.read"), 1)
	for _, c := range []struct {
		name string
		q    Query
		who  op.Actor
	}{
		{"a column that no index serves", Query{Sort: "step"}, a},
		{"a column that is not there", Query{Sort: "at; DROP TABLE job"}, a},
		{"a filter that is not there", Query{Filters: map[string][]string{"x": {"1"}}}, a},
		{"a number that is none", Query{Filters: map[string][]string{"actor": {"1 OR 1=1"}}}, a},
		{"a cursor that was made up", Query{After: "x"}, a},
		{"an actor without the permission", Query{}, dbtest.Actor("Bo")},
	} {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Do(t, door, c.who, func(o *op.Op) error {
				if _, err := spec.Run(o, c.q); err == nil {
					t.Error("it was run")
				}
				return nil
			})
		})
	}
}

// The short text of an identity may consist of digits alone; it is still no
// decimal number.
func TestAnIdentityOfDigitsAlone(t *testing.T) {
	f := Filter{Key: "client", Column: "client", Kind: ID}
	for text, want := range map[string]int64{"0000000000010": 32, "32": 32, "000000000001Z": 63} {
		v, err := f.value(text)
		if n, ok := v.(int64); err != nil || !ok || n != want {
			t.Errorf("%q is %v, %v", text, v, err)
		}
	}
	if _, err := f.value("1 OR 1=1"); err == nil {
		t.Error("a text that is no identity was taken")
	}
}

var addClient = db.Change(`INSERT INTO client (id, version, code, name, kind, org, active) VALUES ($1, 1, $2, $3, 'administration', '', $4)`)

func TestTheClientsToChooseAmongAreThoseOfThePermission(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		who := dbtest.At(dbtest.Actor("Maja", "audit.read"), 1, 3)
		who.Grants["audit.seal"] = op.Scope{All: true}
		dbtest.Do(t, door, who, func(o *op.Op) error {
			for i, name := range []string{"Trafik", "Idrott", "Kultur"} {
				if _, err := addClient.Do(o, i+1, name, name, i != 2); err != nil {
					return err
				}
			}
			for need, want := range map[op.Permission][]string{"audit.read": {"Kultur", "Trafik"}, "audit.seal": {"Idrott", "Kultur", "Trafik"}, "other": nil} {
				all, err := OfClient(need).Choices(o)
				if err != nil {
					return err
				}
				var got []string
				for _, c := range all {
					got = append(got, c.Label)
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s: %q, want %q", need, got, want)
				}
			}
			return nil
		})
	})
}
