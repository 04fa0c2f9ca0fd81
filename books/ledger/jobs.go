package ledger

import (
	"encoding/json"
	"time"

	"kontor/kernel/job"
	"kontor/kernel/op"
)

// foldsMax bounds one run, so that a large load does not hold the writer long.
const foldsMax = 10

func jobs() []job.Kind {
	return []job.Kind{{
		Name: "ledger.fold", Label: "Räkna in nya verifikationer i saldona", Every: time.Minute,
		Run: func(o *op.Op, _ json.RawMessage) error {
			for range foldsMax {
				if n, err := Fold(o); err != nil || n < foldBatch {
					return err
				}
			}
			return nil
		},
	}}
}
