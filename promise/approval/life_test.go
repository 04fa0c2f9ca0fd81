package approval

import (
	"context"
	"errors"
	"slices"
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
)

const kult op.ClientID = 7

// try runs f as one writing operation and returns its error.
func try(d *op.Door, a op.Actor, f func(o *op.Op) error) error {
	return d.Do(context.Background(), a, f)
}

func final(a op.Actor, most int64) Row {
	return Row{Person: a.ID, Name: a.Name, Kind: Final, Most: money.Kronor(most)}
}

// adopt drafts a version by one person and has it decided by another.
func adopt(t *testing.T, d *op.Door, keeper, decider op.Actor, from, to period.Date, rows ...Row) id.ID[Scheme] {
	t.Helper()
	var key id.ID[Scheme]
	dbtest.Do(t, d, keeper, func(o *op.Op) (err error) {
		if key, err = Begin(o, kult, from, to); err != nil {
			return err
		}
		if err = Strike(o, key, 0); err != nil {
			return err
		}
		return Write(o, key, rows...)
	})
	dbtest.Do(t, d, decider, func(o *op.Op) error { return take(o, key) })
	return key
}

func take(o *op.Op, key id.ID[Scheme]) error {
	_, err := Table.Take(o, key, "decide", 0, map[string]string{"body": "Kulturnämnden", "on": "2026-11-20", "registry": "KN 2026/118, § 12"})
	return err
}

type cast struct{ keeper, decider, anna, bo op.Actor }

func persons() cast {
	return cast{dbtest.Actor("Kajsa Kamrer", MayRead, MayWrite, MayDecide, MayOwn), dbtest.Actor("Disa Direktör", MayRead, MayWrite, MayDecide),
		dbtest.Actor("Anna Attestant", MayRead, MayOwn), dbtest.Actor("Bo Borta", MayRead, MayOwn)}
}

func TestADecisionIsEnteredByAnotherPerson(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		p := persons()
		day := period.DateOf(dbtest.Noon)
		var key id.ID[Scheme]
		dbtest.Do(t, door, p.keeper, func(o *op.Op) (err error) {
			key, err = Begin(o, kult, day, day.AddDays(400))
			return err
		})
		if err := try(door, p.decider, func(o *op.Op) error { return take(o, key) }); !errors.Is(err, errEmpty) {
			t.Errorf("an empty draft: %v", err)
		}
		dbtest.Do(t, door, p.keeper, func(o *op.Op) error { return Write(o, key, final(p.anna, 100), final(p.decider, 100)) })
		if err := try(door, p.keeper, func(o *op.Op) error { return take(o, key) }); !errors.Is(err, errEditor) {
			t.Errorf("the author: %v", err)
		}
		if err := try(door, p.decider, func(o *op.Op) error { return take(o, key) }); !errors.Is(err, errOwn) {
			t.Errorf("somebody who gets a right by it: %v", err)
		}
		if err := try(door, p.keeper, func(o *op.Op) error { return Write(o, key, final(p.keeper, 100)) }); !errors.Is(err, errSelf) {
			t.Errorf("a right for oneself: %v", err)
		}
		var mine id.ID[Row]
		dbtest.Do(t, door, p.keeper, func(o *op.Op) error {
			s, err := Table.Get(o, key)
			for _, r := range s.Rows {
				if r.Person == p.decider.ID {
					mine = r.ID
				}
			}
			return err
		})
		other := dbtest.Actor("Egon Ek", MayRead, MayWrite, MayDecide)
		dbtest.Do(t, door, other, func(o *op.Op) error { return Strike(o, key, mine) })
		if err := try(door, other, func(o *op.Op) error { return take(o, key) }); !errors.Is(err, errEditor) {
			t.Errorf("whoever took a row away has written too: %v", err)
		}
		dbtest.Do(t, door, p.decider, func(o *op.Op) error { return take(o, key) })
		if err := try(door, p.keeper, func(o *op.Op) error { return Write(o, key, final(p.bo, 100)) }); !errors.Is(err, errFixed) {
			t.Errorf("a decided version: %v", err)
		}
		dbtest.Do(t, door, p.anna, func(o *op.Op) error {
			g, err := Load(o, kult)
			if err != nil {
				return err
			}
			s, ok := g.InForce(day)
			if !ok || s.Number != 1 || len(s.Rows) != 1 || s.Rows[0].Person != p.anna.ID || s.Registry != "KN 2026/118, § 12" {
				t.Errorf("in force: %+v", s)
			}
			return nil
		})
		if err := try(door, p.keeper, func(o *op.Op) error {
			_, err := db.Change(`UPDATE approval_row SET most = 1`).Do(o)
			return err
		}); err == nil {
			t.Error("a decided row could be changed in the database")
		}
	})
}

func TestTheNextVersionBeginsAsTheOneInForce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		p := persons()
		day := period.DateOf(dbtest.Noon)
		adopt(t, door, p.keeper, p.decider, day, day.AddDays(30), final(p.anna, 100))
		var key id.ID[Scheme]
		dbtest.Do(t, door, p.keeper, func(o *op.Op) (err error) {
			if key, err = Begin(o, kult, day.AddDays(10), Forever); err != nil {
				return err
			}
			return Write(o, key, final(p.bo, 50))
		})
		dbtest.Do(t, door, p.decider, func(o *op.Op) error {
			s, err := Table.Get(o, key)
			if d := Diff(s.Before, s.Rows); err != nil || len(s.Rows) != 2 || len(d) != 1 || d[0].Row.Person != p.bo.ID {
				t.Errorf("%+v, %v", d, err)
			}
			return take(o, key)
		})
		for _, c := range []struct {
			days int
			want int64
		}{{0, 1}, {9, 1}, {10, 2}, {31, 2}} {
			clock.Set(dbtest.Noon.AddDate(0, 0, c.days))
			dbtest.Do(t, door, p.anna, func(o *op.Op) error {
				g, err := Load(o, kult)
				if err != nil {
					return err
				}
				if s, ok := g.InForce(period.DateOf(o.Now)); !ok || s.Number != c.want {
					t.Errorf("after %d days: %+v", c.days, s)
				}
				return nil
			})
		}
	})
}

func TestNobodyMakesHimselfASubstitute(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		p := persons()
		day := period.DateOf(dbtest.Noon)
		x := Substitution{Client: kult, Absent: p.anna.ID, AbsentName: "Anna", Person: p.bo.ID, PersonName: "Bo", ValidFrom: day, ValidTo: day}
		for _, c := range []struct {
			name string
			who  op.Actor
			edit func(*Substitution)
			want error
		}{
			{"the substitute", p.bo, func(*Substitution) {}, errStandOwn},
			{"one who keeps the register, for oneself", p.keeper, func(x *Substitution) { x.Person = p.keeper.ID }, errStandOwn},
			{"somebody else", dbtest.Actor("Ove", MayRead, MayOwn), func(*Substitution) {}, errStandWho},
			{"for oneself as oneself", p.keeper, func(x *Substitution) { x.Person = x.Absent }, errStandTwo},
			{"the absent", p.anna, func(*Substitution) {}, nil},
			{"whoever keeps the register", p.keeper, func(*Substitution) {}, nil},
		} {
			y := x
			c.edit(&y)
			if err := try(door, c.who, func(o *op.Op) error { _, err := StandIn(o, y); return err }); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", c.name, err, c.want)
			}
		}
	})
}

// What a person has said of himself holds for the substitute as well.
func TestAPersonsOwnInterestsAreTies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		dbtest.Do(t, door, dbtest.Actor("Kajsa", MayRead), func(o *op.Op) error {
			p := role.Person{Name: "Dan", Kind: op.Person, Active: true, Interests: []string{"165599990016"}}
			if err := role.Add(o, &p); err != nil {
				return err
			}
			g, err := Load(o, 1)
			if err != nil {
				return err
			}
			if got := g.Tied(p.ID, period.DateOf(o.Now)); !slices.Equal(got, []string{"165599990016"}) {
				t.Errorf("%v", got)
			}
			return nil
		})
	})
}
