package ledger

import (
	"context"
	"strings"
	"syscall"
	"testing"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
)

// million fills the books of one client with 1,000,000 lines on 180 accounts and
// 40 units over twelve periods, and the balances that are kept of them. Vouchers
// are left out: nothing here reads them.
const million = `
	INSERT INTO ledger_line (client, id, voucher, no, period, account, unit, activity, project, counterpart, object, amount, text, subledger, ref)
	WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
	SELECT 101, i, i / 4, i % 4 + 1, 202601 + (i / 4) % 12, CAST(4000 + (i * 19) % 180 AS TEXT), CAST(41000 + (i * 31) % 40 AS TEXT),
	       '3410', '', '', '', CASE WHEN i % 4 = 3 THEN -300 ELSE 100 END, 'Kontorsmaterial', '', 0
	FROM   n`

const millionBalances = `
	INSERT INTO ledger_balance (client, period, account, unit, debit, credit, lines)
	SELECT client, period, account, unit, sum(CASE WHEN amount > 0 THEN amount ELSE 0 END), -sum(CASE WHEN amount < 0 THEN amount ELSE 0 END), count(*)
	FROM   ledger_line GROUP BY client, period, account, unit`

// bareTrial is what one writes who only wants the figures.
const bareTrial = `
	SELECT account, sum(CASE WHEN period < 202606 THEN amount ELSE 0 END), sum(CASE WHEN period >= 202606 AND amount > 0 THEN amount ELSE 0 END),
	       sum(CASE WHEN period >= 202606 AND amount < 0 THEN amount ELSE 0 END)
	FROM   %s WHERE client = 101 AND period <= 202609 GROUP BY account ORDER BY account`

// BenchmarkTrialBalance reads a trial balance of 1,000,000 lines from the kept
// balances and adds it up anew from the lines, beside bare SQL over the same
// lines in a table without our indexes. The embedded database is timed by the
// processor, the server by the clock.
func BenchmarkTrialBalance(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { benchTrial(b, dbtest.SQLite(b)) })
	b.Run("postgres", func(b *testing.B) { benchTrial(b, dbtest.Postgres(b)) })
}

func benchTrial(b *testing.B, d *db.DB) {
	door, _ := dbtest.Door(d)
	plan(b, door)
	run := func(text string) {
		if _, err := d.Raw().Exec(text); err != nil {
			b.Fatal(err)
		}
	}
	run(million)
	run(millionBalances)
	run(`CREATE TEMPORARY TABLE naive AS SELECT client, id, voucher, no, period, account, unit, activity, amount, text FROM ledger_line`)
	tidy(b, d)
	best := func(f func() error) time.Duration {
		least := time.Hour
		for range 5 {
			at := time.Now()
			before := processor()
			if err := f(); err != nil {
				b.Fatal(err)
			}
			took := time.Since(at)
			if d.Engine == db.SQLite { // it is in this process; a server is not
				took = processor() - before
			}
			least = min(least, took)
		}
		return least
	}
	ask := func(f func(*op.Op, op.ClientID, Period, Period, string) ([]Row, error)) func() error {
		return func() error {
			return door.View(context.Background(), anna, func(o *op.Op) error {
				rows, err := f(o, culture, 202606, 202609, "")
				if err == nil && len(rows) != 180 {
					b.Fatalf("%d accounts", len(rows))
				}
				return err
			})
		}
	}
	bare := func(table string) func() error {
		return func() error {
			rows, err := d.Raw().Query(replaceTable(bareTrial, table))
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
			}
			return rows.Err()
		}
	}
	for b.Loop() {
		kept, anew := best(ask(TrialBalance)), best(ask(Recomputed))
		naive := best(bare("naive"))
		b.ReportMetric(kept.Seconds()*1000, "ms/kept")
		b.ReportMetric(anew.Seconds()*1000, "ms/recomputed")
		b.ReportMetric(naive.Seconds()*1000, "ms/bare")
		b.ReportMetric(naive.Seconds()/anew.Seconds(), "bare/recomputed")
	}
}

// tidy does what the server does by itself after a while, and only the owner of
// the tables may ask for.
func tidy(b *testing.B, d *db.DB) {
	c, err := d.Raw().Conn(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	texts := []string{`RESET ROLE`, `VACUUM ANALYZE`, `SET ROLE ` + db.AppRole}
	if d.Engine == db.SQLite {
		texts = []string{`ANALYZE`}
	}
	for _, text := range texts {
		if _, err := c.ExecContext(context.Background(), text); err != nil {
			b.Fatal(err)
		}
	}
}

func replaceTable(text, table string) string { return strings.Replace(text, "%s", table, 1) }

// processor is the time that this process has had of the processors, which does
// not depend on what else the machine does.
func processor() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
