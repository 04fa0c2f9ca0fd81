package demo

import (
	"testing"

	"kontor/kernel/flow"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/process/payout"
)

// payoutsWait says that the one who looks at the city finds something of each
// kind among the payout requests, and most of them paid.
func payoutsWait(t *testing.T, b *builder) {
	t.Helper()
	err := b.Door.View(b.ctx, b.System, func(o *op.Op) error {
		for state, least := range map[flow.State]int64{payout.Draft: 1, payout.Sent: 3, payout.Reviewed: 1, payout.Paid: 30} {
			n, _, err := payout.Requests.Count(o, list.Query{View: "all", Filters: map[string][]string{"state": {string(state)}}})
			if err != nil {
				return err
			}
			if n < least {
				t.Errorf("%d payout requests are %s", n, state)
			}
		}
		n, _, err := payout.Requests.Count(o, list.Query{View: "accounts"})
		if n != 1 {
			t.Errorf("%d accounts wait to be confirmed", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
