package db

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
)

// More list statements than are kept, some asked for again and again, all give
// their own rows, and no more than the bound are held.
func TestListStatementsAreKeptWithinTheirBound(t *testing.T) {
	d, err := Open(context.Background(), filepath.Join(t.TempDir(), "t.db"), Options{Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for round := range 3 {
		err := d.Write(context.Background(), Serial, func(tx *Tx) error {
			for i := range 3 * recentMax {
				for _, n := range []int{i, 7} {
					var got int64
					err := tx.Rows(context.Background(), fmt.Sprintf("SELECT %d + $1", n), []any{round}, func(v []any) error {
						got = v[0].(int64)
						return nil
					})
					if err != nil {
						return err
					}
					if got != int64(n+round) {
						t.Fatalf("statement %d gave %d", n, got)
					}
				}
			}
			if len(tx.late.all) != recentMax || tx.late.all[0].text != "SELECT 7 + $1" {
				t.Errorf("%d are held, the newest %q", len(tx.late.all), tx.late.all[0].text)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
