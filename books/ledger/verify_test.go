package ledger

import (
	"context"
	"strings"
	"testing"

	"kontor/kernel/dbtest"
	"kontor/kernel/op"
)

// The proof is the same on both engines; on SQLite the owner of the file can
// take the triggers away, as somebody who tampers would.
func TestVerifySeesWhatSomebodyHasTamperedWith(t *testing.T) {
	cases := []struct {
		name   string
		tamper string
		want   string
	}{
		{"an amount", `UPDATE ledger_line SET amount = amount + 1 WHERE voucher = (SELECT id FROM ledger_voucher WHERE number = 2) AND no = 1`, "L 2026-2 of client"},
		{"an account", `UPDATE ledger_line SET account = '6120' WHERE voucher = (SELECT id FROM ledger_voucher WHERE number = 2) AND no = 1`, "has been changed"},
		{"a text", `UPDATE ledger_voucher SET text = 'Något annat' WHERE number = 3`, "L 2026-3"},
		{"a date", `UPDATE ledger_voucher SET date = '2026-11-21' WHERE number = 3`, "has been changed"},
		{"who posted", `UPDATE ledger_voucher SET name = 'Någon annan' WHERE number = 1`, "L 2026-1"},
		{"a voucher in the middle is gone", `DELETE FROM ledger_voucher WHERE number = 2`, "L 2026-2"},
		{"the last voucher is gone", `DELETE FROM ledger_voucher WHERE number = 4`, "its counter at 4"},
		{
			"the last voucher and its number are gone",
			`DELETE FROM ledger_voucher WHERE number = 4; UPDATE ledger_series SET next = 4 WHERE series = 'L'`, "its counter at 3",
		},
		{"a line is gone", `DELETE FROM ledger_line WHERE no = 3`, "has been changed"},
		{"a line belongs to nothing", `INSERT INTO ledger_line (client, id, voucher, no, period, account, unit, activity, project, counterpart, object, amount, text, subledger, ref)
			VALUES (101, 5, 6, 1, 202611, '1930', '', '', '', '', '', 1, '', '', 0)`, "1 lines belong to no voucher"},
		{"a voucher has no series", `DELETE FROM ledger_series WHERE series = 'L'`, "12 lines belong to no voucher"},
		{"a balance", `UPDATE ledger_balance SET debit = debit + 1 WHERE account = '2640'`, "the balance of 2640"},
		{"a fresh row is gone", `DELETE FROM ledger_fresh WHERE account = '2440'`, "the balance of 2440"},
		{"a period was closed before what stands in it", `INSERT INTO ledger_lock (client, id, period, module, state, reason, actor, name, at)
			VALUES (101, 1, 202611, '', 'hard', 'x', 1, 'x', '2026-11-01 00:00:00+00:00')`, "after it was closed"},
		{"a reversal lost its link", `DELETE FROM ledger_reversal`, "not linked both ways"},
		{"a control account got other open items", `UPDATE coding_value SET control = 'payables' WHERE code = '2640'; UPDATE coding_stamp SET stamp = 1`, "account 2640"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, _ := dbtest.Door(dbtest.SQLite(t))
			plan(t, d)
			post(t, d, invoice(culture, 1), invoice(culture, 2))
			dbtest.Do(t, d, anna, func(o *op.Op) error {
				n, err := Fold(o)
				if n == 0 {
					t.Error("nothing was folded")
				}
				return err
			})
			v := invoice(culture, 3)
			post(t, d, v)
			dbtest.Do(t, d, anna, func(o *op.Op) error { _, err := Reverse(o, culture, v.ID, day, "Fel leverantör"); return err })
			verified(t, d)
			for _, table := range []string{"ledger_voucher", "ledger_line", "ledger_reversal"} {
				if _, err := d.DB.Raw().Exec(`DROP TRIGGER ` + table + `_kept_update; DROP TRIGGER ` + table + `_kept_delete`); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := d.DB.Raw().Exec(c.tamper); err != nil {
				t.Fatal(err)
			}
			err := d.View(context.Background(), anna, func(o *op.Op) error { _, err := Verify(o); return err })
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("verify said %v, want %q", err, c.want)
			}
		})
	}
}
