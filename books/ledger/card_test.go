package ledger

import (
	"strings"
	"testing"

	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/web/webtest"
)

// A card that is read page by page is the same as one read at once, and its
// balance runs from the opening of the trial balance to its closing.
func TestACardRunsFromOpeningToClosing(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		for n := range int64(25) {
			v := invoice(culture, n+1)
			v.Date = v.Date.AddDays(-int(n%3) * 31)
			post(t, d, v)
		}
		dbtest.Do(t, d, anna, func(o *op.Op) error {
			for _, unit := range []string{"", "4100"} {
				rows, err := TrialBalance(o, culture, 202610, 202611, unit)
				if err != nil {
					return err
				}
				for _, r := range rows {
					var balance money.Amount
					var seen int64
					after, c := Entry{}, &Card{More: true}
					for c.More {
						if c, err = CardOf(o, culture, r.Account, unit, 202610, 202611, after, 4); err != nil {
							return err
						}
						if seen == 0 {
							balance = c.Opening
						}
						for _, e := range c.Entries {
							seen, after, balance = seen+1, e, balance+e.Amount
							if e.Balance != balance || !strings.HasPrefix(e.Unit, unit) {
								t.Fatalf("%s: %+v, the balance is %s", r.Account, e, balance)
							}
						}
					}
					if seen != r.Lines || c.Opening != r.Opening || balance != r.Closing || c.Closing != r.Closing {
						t.Errorf("%s unit %q: %d lines from %s to %s, the trial balance says %+v", r.Account, unit, seen, c.Opening, balance, r)
					}
				}
			}
			return nil
		})
	})
}

func TestTheCardOpensVouchersAndDocumentsAndIsAFile(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		known(t, d)
		v := invoice(culture, 7)
		post(t, d, v)
		at := AccountURL(culture, "6110", "", 202611, 202611)
		_, body, err := page(t, d, anna, at)
		if err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, URL(v.ID), "/d/payables.invoice/", v.Label(), "Konto 6110", "Hämta som CSV")
		a, _, err := page(t, d, anna, at+"&fil=csv")
		if err != nil || !strings.Contains(string(a.File), v.Label()+";2026-11-20;2026-11") {
			t.Errorf("%s, %v", a.File, err)
		}
		if a, _, err = page(t, d, anna, "/ledger/balance?client="+culture.String()+"&to=2026-11&fil=csv"); err != nil || !strings.Contains(string(a.File), "Summa;") {
			t.Errorf("%s, %v", a.File, err)
		}
		if _, _, err := page(t, d, dbtest.At(anna, schools), at); err == nil {
			t.Error("the card of another client was shown")
		}
	})
}
