package treasury_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/process/payables"
	"kontor/process/treasury"
)

const benchDue = 20_000

// BenchmarkPay is from 20,000 invoices that fall due to their file to the bank,
// with full durability: proposed, released by a second person, made into a file,
// the debts moved in the books. Beside it the same rows written by bare SQL.
func BenchmarkPay(b *testing.B) {
	n := benchDue
	if testing.Short() {
		n = 1000
	}
	onEngines(b, func(b *testing.B, open func() *db.DB) { benchPay(b, n, open) })
}

func benchPay(b *testing.B, n int, open func() *db.DB) {
	var d *db.DB
	var spent [3]time.Duration
	for b.Loop() {
		b.StopTimer()
		d = open()
		door, _ := dbtest.Door(d)
		c := found(b, door, 33, 200)
		c.owe(b, n)
		b.StartTimer()
		at := time.Now()
		p := c.propose(b, noon+7)
		spent[0] += time.Since(at)
		if int(p.Payments) != n {
			b.Fatalf("%d payments of %d invoices, %d left out", p.Payments, n, p.LeftOut)
		}
		b.StopTimer()
		// A person's work, a payment at a time.
		if _, err := d.Raw().Exec(fmt.Sprintf(`UPDATE treasury_payment SET checked_by = %d WHERE sampled <> ''`, int64(c.checker.ID))); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		at = time.Now()
		c.step(b, c.releaser, p.ID, "release", nil)
		spent[1] += time.Since(at)
		at = time.Now()
		c.step(b, c.proposer, p.ID, "file", nil)
		spent[2] += time.Since(at)
	}
	for i, name := range []string{"propose-s", "release-s", "file-s"} {
		b.ReportMetric(spent[i].Seconds()/float64(b.N), name)
	}
	rate := float64(n) * float64(b.N) / (spent[0] + spent[1] + spent[2]).Seconds()
	b.ReportMetric(rate, "payments/s")
	b.StopTimer()
	took := dbtest.Bare(b, d, open(), 1, dbtest.Written{Table: "blob", Where: "media = 'application/xml'"}, dbtest.Written{Table: "treasury_proposal"}, dbtest.Written{Table: "treasury_payment"},
		dbtest.Written{Table: "treasury_part"}, dbtest.Written{Table: "audit_row", Where: "kind LIKE 'treasury%' OR step LIKE 'payment.%'"},
		dbtest.Written{Table: "ledger_voucher", Where: "series = 'U'"}, dbtest.Written{Table: "ledger_line", Where: "voucher IN (SELECT id FROM ledger_voucher WHERE series = 'U')"})
	bare := float64(n) / took.Seconds()
	b.ReportMetric(bare, "bare-payments/s")
	b.ReportMetric(rate/bare*100, "%-of-bare")
}

// owe makes n approved and posted debts to all payees, for all clients.
func (c *city) owe(t testing.TB, n int) {
	t.Helper()
	const most = 1000
	for first := 0; first < n; first += most {
		invoices := make([]*payables.Invoice, 0, most)
		for i := first; i < min(n, first+most); i++ {
			payee := i % len(c.payee)
			s, amount := c.payee[payee], money.Kronor(int64(100+i%9000))
			v := &payables.Invoice{Supplier: s.ID, SupplierOrg: s.Org, SupplierName: s.Name, SupplierKey: text.SortKey(s.Name), Number: fmt.Sprintf("F-%05d", i),
				NumberNorm: fmt.Sprintf("F%d", i), Kind: payables.Debit, Issued: noon - 30, Due: noon + period.Date(i%7), Currency: "SEK", Net: amount, Gross: amount, Payable: amount,
				Scheme: payables.Bankgiro, Account: giro(payee), CodedBy: c.coder.ID, Coding: []coding.Line{{Account: "6440", Unit: "100", Activity: "9100", Amount: amount}}}
			v.Client, v.State = c.clients[i%len(c.clients)], payables.Ready
			invoices = append(invoices, v)
		}
		err := c.door.Do(context.Background(), c.system, func(o *op.Op) error {
			if err := payables.Table.Add(o, "prov", invoices...); err != nil {
				return err
			}
			var vouchers []*ledger.Voucher
			postings := map[op.ClientID]payables.Postings{}
			for _, v := range invoices {
				p, ok := postings[v.Client]
				if !ok {
					var err error
					if p, err = payables.PostingsOf(o, v.Client, start); err != nil {
						return err
					}
					postings[v.Client] = p
				}
				vouchers = append(vouchers, payables.LiabilityVoucher(v, p, noon))
			}
			return ledger.Post(o, vouchers...)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// BenchmarkTick is a person who finds one payment of the sample right, in a
// proposal of 20,000.
func BenchmarkTick(b *testing.B) {
	n := benchDue
	if testing.Short() {
		n = 1000
	}
	onEngines(b, func(b *testing.B, open func() *db.DB) {
		door, _ := dbtest.Door(open())
		c := found(b, door, 33, 200)
		c.owe(b, n)
		p := c.propose(b, noon+7)
		var sampled []treasury.PaymentID
		for _, r := range c.load(b, p.ID).Rows {
			if r.Sampled != "" {
				sampled = append(sampled, r.ID)
			}
		}
		for i := 0; b.Loop(); i++ {
			c.do(b, c.checker, func(o *op.Op) error { return c.bank.Control(o, sampled[i%len(sampled)], 0, "Mot fakturan") })
		}
	})
}

// onEngines runs a benchmark on each database, with full durability.
func onEngines(b *testing.B, run func(b *testing.B, open func() *db.DB)) {
	b.Run("sqlite", func(b *testing.B) {
		run(b, func() *db.DB {
			d, err := db.Open(b.Context(), filepath.Join(b.TempDir(), "kontor.db"), db.Options{})
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { d.Close() })
			if _, err := d.Migrate(b.Context()); err != nil {
				b.Fatal(err)
			}
			return d
		})
	})
	b.Run("postgres", func(b *testing.B) { run(b, func() *db.DB { return dbtest.Postgres(b) }) })
}
