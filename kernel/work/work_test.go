package work

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

// Whatever is recorded, corrected and folded in whatever order, the figure is
// the sum of its events, clients sum to the total and months to the tertial.
func TestTheFigureIsTheSumOfItsRows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		a := dbtest.Actor("Maja")
		document := int64(0)
		rapid.Check(t, func(rt *rapid.T) {
			for range rapid.IntRange(1, 12).Draw(rt, "operations") {
				clock.Set(dbtest.Noon.Add(time.Duration(rapid.IntRange(0, 240*24).Draw(rt, "hours")) * time.Hour))
				dbtest.Do(t, door, a, func(o *op.Op) error {
					var batch []Event
					for range rapid.IntRange(0, 5).Draw(rt, "events") {
						document++
						batch = append(batch, Event{Client: op.ClientID(rapid.IntRange(1, 3).Draw(rt, "client")), Process: "payables",
							Activity: "invoice", Channel: rapid.SampledFrom([]Channel{Electronic, Manual}).Draw(rt, "channel"),
							Quantity: 1, Arrived: o.Now, Promised: 5, Taken: int64(rapid.IntRange(1, 9).Draw(rt, "day")),
							Kind: "x", Document: document})
					}
					if err := Record(o, batch...); err != nil {
						return err
					}
					if rapid.Bool().Draw(rt, "correct") && len(batch) > 0 {
						es, err := Of(o, batch[0].Client, batch[0].Document)
						if err != nil {
							return err
						}
						if err := Correct(o, es[0].Client, es[0].ID); err != nil {
							return err
						}
					}
					if rapid.Bool().Draw(rt, "fold") {
						_, err := Fold(o)
						return err
					}
					return nil
				})
			}
			dbtest.Do(t, door, a, func(o *op.Op) error {
				if _, err := Verify(o); err != nil {
					rt.Error(err)
				}
				checkSums(rt, o)
				return nil
			})
		})
	})
}

func checkSums(t *rapid.T, o *op.Op) {
	sum := func(s op.Scope, p period.Period) (all Sums) {
		cells, err := Table(o, s, p.First(), p.Last())
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cells {
			all.Add(c.Sums)
		}
		return all
	}
	tertial := period.Tertial{Year: 2027, Number: 1}
	whole, byClient, byMonth := sum(op.Scope{All: true}, tertial), Sums{}, Sums{}
	for c := range op.ClientID(3) {
		byClient.Add(sum(op.Scope{Clients: []op.ClientID{c + 1}}, tertial))
	}
	for _, m := range tertial.Months() {
		byMonth.Add(sum(op.Scope{All: true}, m))
	}
	if whole != byClient || whole != byMonth {
		t.Errorf("total %+v, by client %+v, by month %+v", whole, byClient, byMonth)
	}
}

func TestADocumentIsCountedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		e := Event{Client: 1, Process: "p", Activity: "a", Quantity: 1, Arrived: dbtest.Noon, Document: 7}
		dbtest.Do(t, door, dbtest.Actor("Maja"), func(o *op.Op) error { return Record(o, e) })
		err := door.Do(t.Context(), dbtest.Actor("Elias"), func(o *op.Op) error { return Record(o, e) })
		if !errors.Is(err, errCounted) {
			t.Errorf("counting twice: %v", err)
		}
		if _, err := d.Raw().Exec(`UPDATE work_event SET quantity = 2`); err == nil {
			t.Error("the database let an event be changed")
		}
	})
}
