package ledger

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

const (
	culture op.ClientID = 101
	schools op.ClientID = 102
)

var (
	anna = dbtest.Actor("Anna Berg", "ledger.read", "ledger.lock", "ledger.reopen")
	bo   = dbtest.Actor("Bo Ek", "ledger.read", "ledger.lock", "ledger.reopen")
	day  = period.NewDate(2026, 11, 20)
)

func TestStatements(t *testing.T) { dbtest.Statements(t) }

// plan gives the books some accounts: 1510 and 2440 are control accounts.
func plan(t testing.TB, d *op.Door) {
	t.Helper()
	account := func(code string, kind coding.Kind, control string) coding.Value {
		return coding.Value{
			Segment: coding.Account, Code: code, Name: "Konto " + code, Kind: kind, Control: control,
			ValidFrom: period.NewDate(2020, 1, 1),
		}
	}
	closed := account("6999", coding.Cost, "")
	closed.ValidTo, closed.Successor = period.NewDate(2026, 11, 30), "6110"
	dbtest.Do(t, d, anna, func(o *op.Op) error {
		_, err := coding.Put(o, account("1510", coding.Asset, "receivables"), account("1930", coding.Asset, ""),
			account("2440", coding.Liability, "payables"), account("2640", coding.Asset, ""), account("3010", coding.Income, ""),
			account("6110", coding.Cost, ""), account("6120", coding.Cost, ""), closed)
		return err
	})
}

// invoice is a good voucher: cost and VAT against the supplier ledger.
func invoice(client op.ClientID, n int64) *Voucher {
	net := money.Amount(80000 + n%977*100)
	return &Voucher{
		Client: client, Series: "L", Date: day, Text: "Leverantörsfaktura", Kind: "payables.invoice",
		Document: n, Key: fmt.Sprintf("payables.invoice:%d", n), Module: "payables", Lines: []Line{
			{Line: coding.Line{Account: "6110", Unit: fmt.Sprintf("41%03d", n%40), Activity: "3410", Amount: net, Text: "Kontorsmaterial"}},
			{Line: coding.Line{Account: "2640", Amount: net / 4}},
			{Line: coding.Line{Account: "2440", Amount: -net - net/4}, Subledger: "payables", Ref: n},
		},
	}
}

func post(t testing.TB, d *op.Door, vouchers ...*Voucher) {
	t.Helper()
	dbtest.Do(t, d, anna, func(o *op.Op) error { return Post(o, vouchers...) })
}

func refusedWith(t *testing.T, d *op.Door, want error, f func(o *op.Op) error) {
	t.Helper()
	if err := d.Do(context.Background(), anna, f); !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

func TestPostFillsInTheVoucher(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		plan(t, door)
		a, b, c := invoice(culture, 1), invoice(culture, 2), invoice(schools, 3)
		post(t, door, a, b, c)
		if a.Number != 1 || b.Number != 2 || c.Number != 1 || a.Year != 2026 || a.Period != 202611 || a.ID == 0 {
			t.Errorf("numbers %d %d %d, year %d, period %d, id %s", a.Number, b.Number, c.Number, a.Year, a.Period, a.ID)
		}
		post(t, door, invoice(culture, 4))
		dbtest.Do(t, door, anna, func(o *op.Op) error {
			got, err := OfDocument(o, culture, 4)
			if err != nil || len(got) != 1 || got[0].Number != 3 || len(got[0].Lines) != 3 || got[0].Name != "Anna Berg" {
				t.Errorf("of document: %+v, %v", got, err)
			}
			return nil
		})
	})
}
