package demo

import (
	"strings"
	"testing"

	"kontor/kernel/op"
	"kontor/kernel/work"
	"kontor/process/payables"
)

// lessCommon holds that the ways that few invoices take have been taken to their end:
// moved to the right client, asked about, matched with an order, read off a paper.
func lessCommon(t *testing.T, b *builder) {
	t.Helper()
	n := map[string]int{}
	err := b.Door.View(b.ctx, b.System, func(o *op.Op) error {
		for key := range b.state {
			v, err := payables.Table.Get(o, key)
			if err != nil {
				return err
			}
			letters, err := payables.LettersOf(o, v)
			if err != nil {
				return err
			}
			_, paper, err := payables.ScanOf(o, v.File)
			if err != nil {
				return err
			}
			switch {
			case v.State == payables.Moved && len(letters) == 1:
				n["moved and told"]++
			case v.State != payables.Ready:
			case v.MovedFrom != 0:
				n["moved here"]++
			case len(letters) == 1 && strings.HasPrefix(letters[0].Subject, "Fråga om faktura"):
				n["asked about"]++
			case paper && v.Channel == work.Scanned:
				n["read off a paper"]++
			case v.Automated && strings.HasPrefix(v.CodedHow, "Stämmer med order"):
				n["matched"]++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"moved and told", "moved here", "asked about", "read off a paper", "matched"} {
		if n[what] == 0 {
			t.Errorf("no invoice was %s: %v", what, n)
		}
	}
}
