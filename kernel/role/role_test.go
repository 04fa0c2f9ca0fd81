package role

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

var matrix = Matrix{
	{Name: "assistant", Title: "Ekonomiadministratör", About: "Handlägger fakturor.", Permissions: []op.Permission{"pay.read", "pay.code"}},
	{Name: "approver", Title: "Attestant", About: "Attesterar.", Permissions: []op.Permission{"pay.read", "pay.approve"}},
	{Name: "sysadmin", Title: "Systemförvaltare", About: "Sköter systemet.", Permissions: []op.Permission{Read, Manage}},
}

var labels = append([]Label{{"Fakturor", "pay.read", "Se"}, {"Fakturor", "pay.code", "Kontera"}, {"Fakturor", "pay.approve", "Attestera"}}, Labels()...)

var admin = Admin{Matrix: matrix}

func TestStatements(t *testing.T) { dbtest.Statements(t) }

var addClient = db.Change(`INSERT INTO client (id, version, code, name, kind, org, active) VALUES ($1, 1, $2, $2, 'administration', '', TRUE)`)

func clients(t *testing.T, door *op.Door) {
	dbtest.Do(t, door, dbtest.Actor("Test"), func(o *op.Op) error {
		for i, code := range []string{"KULT", "MILJ", "SKOL"} {
			if _, err := addClient.Do(o, int64(i+1), code); err != nil {
				return err
			}
		}
		return nil
	})
}

func person(t *testing.T, door *op.Door, name string, given ...Assignment) Person {
	p := Person{Name: name, Active: true}
	dbtest.Do(t, door, dbtest.Actor("Chef"), func(o *op.Op) error {
		p.ID = 0
		if err := Add(o, &p); err != nil {
			return err
		}
		for _, a := range given {
			a.Person = p.ID
			if err := Assign(o, matrix, &a); err != nil {
				return err
			}
		}
		return nil
	})
	return p
}

func load(t *testing.T, door *op.Door, who op.PersonID) op.Actor {
	var a op.Actor
	dbtest.Do(t, door, dbtest.Actor("Test"), func(o *op.Op) (err error) {
		a, err = Load(o, matrix, who)
		return err
	})
	return a
}

var noon = period.DateOf(dbtest.Noon)

func TestTheActorHoldsTheSumOfTheAssignmentsOfTheDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		clients(t, door)
		p := person(t, door, "Maja Ek",
			Assignment{Role: "assistant", Client: 1, ValidFrom: noon},
			Assignment{Role: "approver", Client: 2, ValidFrom: noon, ValidTo: noon},
			Assignment{Role: "sysadmin", ValidFrom: noon.AddDays(1)})
		a := load(t, door, p.ID)
		for _, c := range []struct {
			p    op.Permission
			c    op.ClientID
			want bool
		}{
			{"pay.read", 1, true}, {"pay.read", 2, true}, {"pay.read", 3, false},
			{"pay.code", 1, true}, {"pay.code", 2, false},
			{"pay.approve", 2, true}, {"pay.approve", 1, false}, {Manage, 1, false},
		} {
			if a.May(c.p, c.c) != c.want {
				t.Errorf("%s for client %d: %v", c.p, int64(c.c), !c.want)
			}
		}
		clock.Set(noon.AddDays(1).At(600))
		a = load(t, door, p.ID)
		if a.May("pay.approve", 2) || !a.May(Manage, 3) {
			t.Errorf("the day after: %v", a.Grants)
		}
		if s := a.Grants[Manage]; !s.All || len(s.Clients) != 3 {
			t.Errorf("all clients are %v", s)
		}
	})
}

// Whatever is assigned, an actor holds a permission for a client and unit only
// if one of the assignments gives it, and a union that was exact loses nothing.
func TestGrantsNeverExceedTheSum(t *testing.T) {
	all := []op.ClientID{1, 2, 3}
	rapid.Check(t, func(t *rapid.T) {
		var given []Assignment
		for range rapid.IntRange(0, 4).Draw(t, "n") {
			given = append(given, Assignment{Role: rapid.SampledFrom([]Name{"assistant", "approver", "gone"}).Draw(t, "role"),
				Client: op.ClientID(rapid.Int64Range(0, 3).Draw(t, "client")), Unit: op.UnitID(rapid.Int64Range(0, 2).Draw(t, "unit")),
				ValidFrom: noon.AddDays(rapid.IntRange(-1, 1).Draw(t, "from"))})
		}
		g, exact := grants(matrix, given, noon, all)
		for _, p := range []op.Permission{"pay.read", "pay.code", "pay.approve"} {
			for _, c := range all {
				for u := range op.UnitID(3) {
					want := false
					for _, a := range given {
						r, _ := matrix.Role(a.Role)
						want = want || a.Valid(noon) && r.May(p) && (a.Client == 0 || a.Client == c) && (a.Unit == 0 || a.Unit == u)
					}
					s, held := g[p]
					got := held && s.Holds(c) && (s.Units == nil || slices.Contains(s.Units, u))
					if got && !want || exact && want && !got {
						t.Fatalf("%s client %d unit %d: %v, the assignments say %v (exact %v): %v", p, int64(c), int64(u), got, want, exact, given)
					}
				}
			}
		}
	})
}

func TestRefusals(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		clients(t, door)
		p := person(t, door, "Bo Alm", Assignment{Role: "sysadmin", ValidFrom: noon}, Assignment{Role: "assistant", Client: 1, ValidFrom: noon})
		self := load(t, door, p.ID)
		var mine []Assignment
		dbtest.Do(t, door, self, func(o *op.Op) (err error) { mine, err = Assignments(o, p.ID); return err })
		for _, c := range []struct {
			name string
			want *fault.Fault
			who  op.Actor
			do   func(*op.Op) error
		}{
			{"giving oneself a role", errOwn, self, func(o *op.Op) error {
				return Assign(o, matrix, &Assignment{Person: p.ID, Role: "approver", ValidFrom: noon})
			}},
			{"ending one's own role", errOwn, self, func(o *op.Op) error { return End(o, matrix, mine[0].ID, 1, noon) }},
			{"raising one's own clearance", errOwn, self, func(o *op.Op) error { q := p; q.Clearance = op.Secret; return Save(o, &q) }},
			{"ending on an old version", errChanged, dbtest.Actor("Chef"), func(o *op.Op) error { return End(o, matrix, mine[0].ID, 7, noon) }},
			{"ending before it began", errEnded, dbtest.Actor("Chef"), func(o *op.Op) error { return End(o, matrix, mine[0].ID, 1, noon.AddDays(-2)) }},
			{"a scope that cannot be joined", errScopes, dbtest.Actor("Chef"), func(o *op.Op) error {
				return Assign(o, matrix, &Assignment{Person: p.ID, Role: "assistant", Unit: 4, ValidFrom: noon})
			}},
			{"a person who is not there", ErrPerson, self, func(o *op.Op) error { _, err := Load(o, matrix, 99); return err }},
			{"an inactive person", errInactive, dbtest.Actor("Chef"), func(o *op.Op) error {
				q := p
				q.Active = false
				if err := Save(o, &q); err != nil {
					return err
				}
				_, err := Load(o, matrix, p.ID)
				return err
			}},
		} {
			t.Run(c.name, func(t *testing.T) {
				if err := door.Do(context.Background(), c.who, c.do); !errors.Is(err, c.want) {
					t.Errorf("%v, want %v", err, c.want)
				}
			})
		}
	})
}

func TestFormsAndLists(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		clients(t, door)
		chef := dbtest.Actor("Chef", Read, Manage)
		forms := map[string]*form.Spec{}
		for _, f := range admin.Forms() {
			forms[f.Name] = f
		}
		post := func(name, key string, version int64, v map[string]string) (next string, err error) {
			err = door.Do(context.Background(), chef, func(o *op.Op) error {
				var e error
				next, _, e = forms[name].Post(o, key, version, v)
				return e
			})
			return next, err
		}
		who := map[string]string{"name": "Åsa Öst", "email": "asa@exempelstad.se", "unit": "0", "language": "sv", "clearance": "1", "interests": "556036-0793", "active": "true"}
		next, err := post("role.person.new", "", 0, who)
		if err != nil {
			t.Fatal(err)
		}
		key := strings.TrimPrefix(next, "/personer/")
		who["email"] = "fel"
		if _, err := post("role.person", key, 1, who); !errors.Is(err, form.ErrInvalid) {
			t.Errorf("a wrong address: %v", err)
		}
		who["email"] = ""
		if _, err := post("role.person", key, 1, who); err != nil {
			t.Error(err)
		}
		if _, err := post("role.person", key, 1, who); !errors.Is(err, form.ErrConflict) {
			t.Errorf("an old version: %v", err)
		}
		if _, err := post("role.assign", "", 0, map[string]string{"person": key, "role": "assistant", "client": "0", "unit": "0", "from": noon.String()}); err != nil {
			t.Error(err)
		}
		dbtest.Do(t, door, chef, func(o *op.Op) error {
			for _, s := range admin.Lists() {
				for _, v := range append(s.Views, list.View{}) {
					page, err := s.Run(o, list.Query{View: v.Key, Search: "åsa"})
					if err != nil || len(page.Rows) != 1 {
						t.Errorf("%s %s: %d rows, %v", s.Name, v.Key, len(page.Rows), err)
					}
				}
			}
			p, err := byText(o, key)
			if err != nil || len(p.Interests) != 1 || p.Clearance != op.Sensitive {
				t.Errorf("%+v, %v", p, err)
			}
			rows, err := audit.Of(o, 0, int64(p.ID))
			if len(rows) != 3 {
				t.Errorf("%d audit rows", len(rows))
			}
			return err
		})
	})
}

func TestTheMatrixReadsAsATable(t *testing.T) {
	if err := matrix.Check(labels); err != nil {
		t.Error(err)
	}
	if err := matrix.Check(labels[1:]); err == nil {
		t.Error("an unknown permission was let through")
	}
	got := Table(matrix, labels)
	for _, line := range []string{
		"- **Attestant** (`approver`). Attesterar.",
		"|  | Ekonomiadministratör | Attestant | Systemförvaltare |",
		"| Se | ja | ja |  |", "| Attestera |  | ja |  |", "## Behörigheter",
	} {
		if !strings.Contains(got, line) {
			t.Errorf("%q is not in\n%s", line, got)
		}
	}
}
