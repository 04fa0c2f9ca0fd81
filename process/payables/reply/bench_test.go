package reply

import (
	"testing"

	"kontor/kernel/dbtest"
	"kontor/kernel/op"
)

// BenchmarkMake is what an answer adds to a step of an invoice.
func BenchmarkMake(b *testing.B) {
	door, _ := dbtest.Door(dbtest.SQLite(b))
	who := dbtest.Actor("Anna", MayRead, MaySend)
	dbtest.Do(b, door, who, func(o *op.Op) error {
		for b.Loop() {
			if err := Make(o, about(1)); err != nil {
				return err
			}
		}
		return nil
	})
}
