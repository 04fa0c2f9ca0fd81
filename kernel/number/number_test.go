package number

import (
	"errors"
	"sync"
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

// trap 49: a number allocated before commit leaves a gap when the commit fails.
func TestTrap49NoGapsUnderRacesAndFailures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		a, failed := dbtest.Actor("Maja"), errors.New("undone")
		var mu sync.Mutex
		got := map[int64]bool{}
		var wg sync.WaitGroup
		for g := range 6 {
			wg.Go(func() {
				for k := range 10 {
					var first int64
					err := door.Do(t.Context(), a, func(o *op.Op) (err error) {
						if first, err = Take(o, 1, "A", 2026, 2); err != nil {
							return err
						}
						if (g+k)%3 == 0 {
							return failed
						}
						return nil
					})
					if errors.Is(err, failed) {
						continue
					}
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					got[first], got[first+1] = true, true
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		for n := range int64(len(got)) {
			if !got[n+1] {
				t.Errorf("number %d of %d is missing", n+1, len(got))
			}
		}
	})
}
