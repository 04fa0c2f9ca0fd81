package treasury_test

import (
	"fmt"
	"slices"
	"testing"

	"kontor/books/coding"
	"kontor/kernel/dbtest"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/process/payables"
	"kontor/process/treasury"
	"kontor/process/treasury/treasurytest"
)

// bluff makes an invoice that nobody ought to pay: from a supplier of its own, with
// an account that nobody has approved.
func (c *city) bluff(t *testing.T) (invoice payables.ID, account id.ID[payables.Account]) {
	t.Helper()
	c.serial++
	s := payables.Supplier{Org: "16" + org(5000+c.serial), Name: fmt.Sprintf("Bluff %d AB", c.serial), Country: "SE", State: payables.SupplierApproved, FTax: "yes", Phone: "08-465 004 01"}
	v := payables.Invoice{SupplierName: s.Name, SupplierOrg: s.Org, Number: fmt.Sprintf("X-%d", c.serial), Kind: payables.Debit, Issued: noon - 30, Due: noon, Currency: "SEK",
		Net: money.Kronor(1000), Gross: money.Kronor(1000), Payable: money.Kronor(1000)}
	v.Client, v.State = c.clients[0], payables.Registered
	c.do(t, c.system, func(o *op.Op) error {
		if err := payables.AddSuppliers(o, &s); err != nil {
			return err
		}
		v.Supplier = s.ID
		if err := payables.Propose(o, payables.Account{Supplier: s.ID, Scheme: payables.Bankgiro, Number: giro(2000 + c.serial)}); err != nil {
			return err
		}
		accounts, err := payables.AccountsOf(o, s.ID)
		if err != nil {
			return err
		}
		account = accounts[0].ID
		return payables.Table.Add(o, "prov", &v)
	})
	return v.ID, account
}

// No path lets one person alone, nor two, get money out by an invoice, whatever
// roles and substitutes they have: one asks, one approves, one releases.
func TestNobodyAloneGetsMoneyOut(t *testing.T) {
	door, clock := dbtest.Door(dbtest.SQLite(t))
	c := found(t, door, 1, 1)
	var account id.ID[payables.Account]
	trial := treasurytest.Trial{
		Door: door, Clock: clock, Bank: c.bank, Account: c.account.ID, Client: c.clients[0], Kind: payables.Life.Name,
		May:    append(slices.Clone(all), payables.MayImport, payables.MayRelease, payables.MayReturn, payables.MayVoid),
		Others: []op.Actor{dbtest.Actor("Hans Hederlig")},
		Walks:  map[int]int{1: 8, 2: 20, 3: 8},
		Parts:  map[string]int{"check account": 0, "approve account": 1, "code": 0, "review": 0, "approve": 1, "propose": 0, "control": 1, "release": 2, "file": 0},
		Order:  []string{"check account", "approve account", "code", "recode", "review", "approve"}, Seldom: []string{"recode"},
		Begin: func(t *testing.T, _ *treasurytest.Walk) int64 {
			var key payables.ID
			key, account = c.bluff(t)
			return int64(key)
		},
		Steps: func(w *treasurytest.Walk) treasurytest.Steps {
			key := payables.ID(w.Document)
			take := func(step string, in map[string]string) func(o *op.Op) error {
				return func(o *op.Op) error { _, err := payables.Table.Take(o, key, step, 0, in); return err }
			}
			return treasurytest.Steps{
				"code": func(o *op.Op) error {
					_, err := payables.SetCoding(o, key, 0, []coding.Line{{Account: "1710", Amount: money.Kronor(1000)}}, "prov")
					if err == nil {
						err = take("code", nil)(o)
					}
					return err
				},
				"review": take("review", nil), "approve": take("approve", nil), "recode": take("recode", map[string]string{"reason": "prov"}),
				"check account":   func(o *op.Op) error { return payables.CheckAccount(o, account, 0, "Mig själv") },
				"approve account": func(o *op.Op) error { return payables.ApproveAccount(o, account, 0) },
			}
		},
		Out: func(t *testing.T, w *treasurytest.Walk) bool {
			return treasury.Event(c.get(t, payables.ID(w.Document)).Payment).AtBank()
		},
	}
	trial.Run(t)
	c.whole(t)
}
