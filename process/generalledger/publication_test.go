package generalledger

import (
	"bytes"
	"context"
	"encoding/csv"
	"strings"
	"testing"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/flow"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/process/payables"
)

func TestWhoseNameIsNotPublished(t *testing.T) {
	for _, c := range []struct {
		name string
		of   paid
		want bool
	}{
		{"a company", paid{Org: "165560360793"}, false},
		{"a person", paid{Org: "198112189876"}, true},
		{"a co-ordination number", paid{Org: "197010632391"}, true},
		{"a number that is no number", paid{Org: "123456789012"}, true},
		{"a Swedish company by its VAT number", paid{Org: "SE556036079301"}, false},
		{"a sole trader by the VAT number", paid{Org: "SE811218987601"}, true},
		{"a foreign company", paid{Org: "DE123456789"}, false},
		{"nobody knows who", paid{}, true},
		{"a company that is protected", paid{Org: "165560360793", Secrecy: op.Secret}, true},
	} {
		if got := suppress(&c.of); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestTheOpenSupplierLedger(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		invoices := []struct {
			org, name string
			secrecy   op.Clearance
		}{
			{"165560360793", "Pennan; AB", op.Open}, {"198112189876", "Erik Eriksson Måleri", op.Open}, {"165560360793", "Skyddat boende AB", op.Secret}, {"165560360793", "=cmd()", op.Open},
		}
		dbtest.Do(t, door, anna, func(o *op.Op) error {
			for i, x := range invoices {
				v := &payables.Invoice{
					SupplierOrg: x.org, SupplierName: x.name, Number: []string{"F1", "F2", "F3", "F4"}[i], Kind: payables.Debit, Issued: today,
					ContractRef: "AVT-1", Currency: "SEK", Net: money.Kronor(100), Gross: money.Kronor(125), Payable: money.Kronor(125),
				}
				v.Client, v.State, v.Secrecy = culture, flow.State("ready"), x.secrecy
				if err := payables.Table.Add(o, "Kom in.", v); err != nil {
					return err
				}
				line := func(account, unit, activity string, a money.Amount) ledger.Line {
					return ledger.Line{Line: coding.Line{Account: account, Unit: unit, Activity: activity, Amount: a}}
				}
				debt := line("2511", "", "", -money.Kronor(125))
				debt.Subledger, debt.Ref = "payables", int64(v.ID)
				err := ledger.Post(o, &ledger.Voucher{
					Client: culture, Series: "L", Date: today, Text: x.name, Kind: "payables.invoice", Document: int64(v.ID), Module: "payables",
					Lines: []ledger.Line{line("6410", "21100", "3100", money.Kronor(100)), line("1651", "", "", money.Kronor(25)), debt},
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
		var b bytes.Buffer
		var p Publication
		view := func(f func(o *op.Op) error) {
			if err := door.View(context.Background(), anna, f); err != nil {
				t.Fatal(err)
			}
		}
		view(func(o *op.Op) (err error) {
			p, err = WriteOpenLedger(o, &b, 202611)
			return err
		})
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil || len(rows) != 5 || strings.Join(rows[0][:3], " ") != "kopare kopare_text faktura_nr" || len(rows[0]) != 24 {
			t.Fatalf("%q, %v", rows, err)
		}
		at := func(row int, column string) string {
			for i, c := range openColumns {
				if c == column {
					return rows[row][i]
				}
			}
			t.Fatalf("no column %s", column)
			return ""
		}
		if at(1, "leverantor") != "Pennan; AB" || at(1, "leverantor_id") != "5560360793" || at(1, "faktura_nr") != "F1" || at(1, "belopp") != "100.00" ||
			at(1, "konto_nr") != "6410" || at(1, "ansvar_kod") != "21100" || at(1, "verksamhet_text") != "Allmän kultur" || at(1, "kopare") != "2129991107" {
			t.Errorf("%q", rows[1])
		}
		whole := strings.Join(append(rows[2], rows[3]...), "|")
		for _, secret := range []string{"Erik", "811218", "F2", "F3", "Skyddat", "AVT"} {
			if strings.Contains(whole, secret) {
				t.Errorf("%q is published: %s", secret, whole)
			}
		}
		if at(4, "leverantor") != "'=cmd()" {
			t.Errorf("a formula is published: %q", at(4, "leverantor"))
		}
		if p.Rows != 4 || p.Suppressed != 2 || p.Amount != money.Kronor(400) {
			t.Errorf("%+v", p)
		}
		view(func(o *op.Op) error {
			all, err := ledger.TrialBalance(o, culture, 202611, 202611, "")
			for _, r := range all {
				if r.Account == "6410" && r.Debit != p.Amount {
					t.Errorf("the books have %s and the open ledger %s", r.Debit, p.Amount)
				}
			}
			return err
		})
		var first, again Publication
		dbtest.Do(t, door, anna, func(o *op.Op) (err error) {
			if first, err = Publish(o, 202611); err != nil {
				return err
			}
			again, err = Publish(o, 202611)
			return err
		})
		if first.ID == 0 || again.ID != first.ID {
			t.Errorf("%+v and %+v", first, again)
		}
		if err := door.Do(context.Background(), bo, func(o *op.Op) error { _, err := Publish(o, 202611); return err }); err == nil {
			t.Error("somebody without the permission published")
		}
	})
}
