package reply

import (
	"strconv"
	"testing"

	"kontor/kernel/blob"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
)

// BenchmarkMake is what an answer adds to a step of an invoice.
func BenchmarkMake(b *testing.B) {
	door, _ := dbtest.Door(dbtest.SQLite(b))
	who := dbtest.Actor("Anna", MayRead, MaySend)
	dbtest.Do(b, door, who, func(o *op.Op) error {
		for n := int64(1); b.Loop(); n++ {
			a := about(1)
			a.Invoice, a.File = n, blob.Hash(strconv.FormatInt(n, 10))
			if err := Make(o, a); err != nil {
				return err
			}
		}
		return nil
	})
}
