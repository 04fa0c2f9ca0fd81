package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

const (
	benchVouchers = 500
	benchLines    = 3
)

// BenchmarkPost posts 500 vouchers of three lines in one call and one durable
// transaction, and then writes the same rows with bare multi-row inserts into
// the same tables, so that the ratio says what the rules cost.
func BenchmarkPost(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) {
		d, err := db.Open(b.Context(), filepath.Join(b.TempDir(), "k.db"), db.Options{})
		if err != nil {
			b.Fatal(err)
		}
		defer d.Close()
		if _, err := d.Migrate(b.Context()); err != nil {
			b.Fatal(err)
		}
		benchPost(b, d)
	})
	b.Run("postgres", func(b *testing.B) { benchPost(b, dbtest.Postgres(b)) })
}

func benchPost(b *testing.B, d *db.DB) {
	door, _ := dbtest.Door(d)
	plan(b, door)
	n := int64(0)
	made := make([]*Voucher, benchVouchers)
	fill := func() {
		for i := range made {
			n++
			made[i] = invoice(culture, n)
		}
	}
	var ours, bare time.Duration
	for b.Loop() {
		fill()
		at := time.Now()
		if err := door.Batch(context.Background(), anna, func(o *op.Op) error { return Post(o, made...) }); err != nil {
			b.Fatal(err)
		}
		ours += time.Since(at)
		fill()
		at = time.Now()
		if err := bareInsert(d, door.IDs, made); err != nil {
			b.Fatal(err)
		}
		bare += time.Since(at)
	}
	count := (time.Duration(b.N*benchVouchers) * time.Second).Seconds()
	b.ReportMetric(count/ours.Seconds(), "vouchers/s")
	b.ReportMetric(count/bare.Seconds(), "bare/s")
	b.ReportMetric(ours.Seconds()/bare.Seconds(), "ratio")
}

const (
	bareVoucher = `INSERT INTO ledger_voucher (client, id, series, year, number, date, period, registered, text, kind,
		document, key, module, actor, name, reverses, prev, sum) VALUES `
	bareLine = `INSERT INTO ledger_line (client, id, voucher, no, period, account, unit, activity, project, counterpart, object,
		amount, text, subledger, ref) VALUES `
)

// bareInsert writes the rows of the vouchers with nothing but SQL.
func bareInsert(d *db.DB, ids *id.Source, made []*Voucher) error {
	for _, size := range []struct {
		head    string
		columns int
	}{{bareVoucher, 18}, {bareLine, 15}} {
		if _, err := barePrepared(d, size.head, 250, size.columns); err != nil { // before the only writer is taken
			return err
		}
	}
	tx, err := d.Raw().Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // committed below
	var vouchers, lines [][]any
	sum := make([]byte, 32)
	for _, v := range made {
		vid := ids.Next(dbtest.Noon)
		vouchers = append(vouchers, []any{
			int64(v.Client), vid, "X", 2026, v.Document, "2026-11-20", 202611, dbtest.Noon, v.Text, v.Kind,
			v.Document, fmt.Sprint("bare", v.Document), v.Module, 1, "Anna Berg", 0, sum, sum,
		})
		for i, l := range v.Lines {
			lines = append(lines, []any{
				int64(v.Client), ids.Next(dbtest.Noon), vid, i + 1, 202611, l.Account, l.Unit, l.Activity, "", "", "",
				int64(l.Amount), l.Line.Text, l.Subledger, l.Ref,
			})
		}
	}
	err = bareRows(d, tx, bareVoucher, vouchers)
	if err == nil {
		err = bareRows(d, tx, bareLine, lines)
	}
	if err != nil {
		return err
	}
	return tx.Commit()
}

func bareRows(d *db.DB, tx *sql.Tx, head string, rows [][]any) error {
	const many = 250
	for len(rows) > 0 {
		k := min(many, len(rows))
		s, err := barePrepared(d, head, k, len(rows[0]))
		if err != nil {
			return err
		}
		var args []any
		for _, r := range rows[:k] {
			args = append(args, r...)
		}
		if _, err := tx.Stmt(s).Exec(args...); err != nil {
			return err
		}
		rows = rows[k:]
	}
	return nil
}

var bareStmts = map[string]*sql.Stmt{}

// barePrepared prepares each size of insert once, as a careful program does.
func barePrepared(d *db.DB, head string, rows, columns int) (*sql.Stmt, error) {
	key := fmt.Sprintf("%p %d %s", d, rows, head)
	if s := bareStmts[key]; s != nil {
		return s, nil
	}
	var b strings.Builder
	b.WriteString(head)
	for i := range rows * columns {
		switch {
		case i == 0:
			b.WriteString("(")
		case i%columns == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		if d.Engine == db.SQLite {
			b.WriteString("?")
		} else {
			fmt.Fprintf(&b, "$%d", i+1)
		}
	}
	b.WriteString(")")
	s, err := d.Raw().Prepare(b.String())
	bareStmts[key] = s
	return s, err
}

// BenchmarkYear posts what one client posts in a year, folds it, and times what
// people then ask of it.
func BenchmarkYear(b *testing.B) {
	run := func(b *testing.B, d *db.DB) {
		door, _ := dbtest.Door(d)
		plan(b, door)
		const total = 31_000 // supplier invoices of an ordinary client
		ctx := context.Background()
		batch := make([]*Voucher, benchVouchers)
		for n := int64(0); n < total; {
			for i := range batch {
				n++
				batch[i] = invoice(culture, n)
				batch[i].Date = period.NewDate(2026, time.Month(1+n%12), 1+int(n%28))
			}
			if err := door.Batch(ctx, anna, func(o *op.Op) error { return Post(o, batch...) }); err != nil {
				b.Fatal(err)
			}
		}
		timed := func(unit string, f func(o *op.Op) error) {
			at := time.Now()
			if err := door.Batch(ctx, anna, f); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(time.Since(at).Seconds()*1000, unit)
		}
		trial := func(o *op.Op) error { _, err := TrialBalance(o, culture, 202606, 202609, ""); return err }
		for b.Loop() {
			timed("ms/fresh-balance", trial)
			timed("ms/fold", func(o *op.Op) error {
				for n := foldBatch; n == foldBatch; {
					var err error
					if n, err = Fold(o); err != nil {
						return err
					}
				}
				return nil
			})
			timed("ms/balance", trial)
			timed("ms/verify", func(o *op.Op) error { _, err := Verify(o); return err })
			timed("ms/open-items", func(o *op.Op) error { _, err := Open(o, culture, "payables"); return err })
		}
	}
	b.Run("sqlite", func(b *testing.B) { run(b, dbtest.SQLite(b)) })
	b.Run("postgres", func(b *testing.B) { run(b, dbtest.Postgres(b)) })
}
