package intake

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"kontor/kernel/dbtest"
	"kontor/kernel/op"
)

const benchFiles = 20_000

// write makes a folder with n small invoices of some suppliers to some clients.
func write(t testing.TB, n, clients, suppliers int) string {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		b := file(t, bill(i%suppliers, i%clients, i))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%06d.xml", i)), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// BenchmarkImport is from files in a folder to posted liabilities, with full
// durability; beside it reading and checking alone, on as many workers, and the
// same rows written by bare SQL.
func BenchmarkImport(b *testing.B) {
	n := benchFiles
	if testing.Short() {
		n = 2000
	}
	dir := write(b, n, 33, 200)
	b.Run("sqlite", func(b *testing.B) { benchImport(b, dir, n, func() *op.Door { return durable(b) }) })
	b.Run("postgres", func(b *testing.B) {
		benchImport(b, dir, n, func() *op.Door { return running(dbtest.Postgres(b)) })
	})
	b.Run("reading alone", func(b *testing.B) {
		for b.Loop() {
			im := &Importer{Door: running(nil)}
			files, err := List(dir)
			if err != nil {
				b.Fatal(err)
			}
			drafts, release := im.read(context.Background(), files)
			for d := range drafts {
				if d.Refused != nil {
					b.Fatal(d.Refused)
				}
				release(d.Size)
			}
		}
		b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "files/s")
	})
}

func benchImport(b *testing.B, dir string, n int, open func() *op.Door) {
	var door *op.Door
	for b.Loop() {
		b.StopTimer()
		door = open()
		c := found(b, door, 33, 200)
		peak := watch(b)
		im := &Importer{Door: door, Actor: c.clerk, Fallout: func(f File) { b.Fatalf("%s: %s %s", f.Name, f.Code, f.Note) }}
		b.StartTimer()
		got, err := im.Run(context.Background(), dir)
		b.StopTimer()
		if err != nil || got.Imported != int64(n) {
			b.Fatalf("%+v %v", got, err)
		}
		b.ReportMetric(float64(peak())/(1<<20), "MB-heap")
		b.StartTimer()
	}
	rate := float64(n) * float64(b.N) / b.Elapsed().Seconds()
	b.ReportMetric(rate, "files/s")
	b.StopTimer()
	bare := bareSQL(b, door, open(), n)
	b.ReportMetric(bare, "bare-files/s")
	b.ReportMetric(rate/bare*100, "%-of-bare")
}

// watch follows the heap and returns its highest size in bytes.
func watch(b *testing.B) func() uint64 {
	stop, done := make(chan struct{}), make(chan uint64)
	go func() {
		var top uint64
		var m runtime.MemStats
		for {
			select {
			case <-stop:
				done <- top
				return
			case <-time.After(100 * time.Millisecond):
				runtime.ReadMemStats(&m)
				top = max(top, m.Sys-m.HeapReleased)
			}
		}
	}()
	return func() uint64 { close(stop); return <-done }
}

// tables are what one import writes, but for single rows a batch.
var tables = []dbtest.Written{{Table: "blob"}, {Table: "payables_file"}, {Table: "payables_number"}, {Table: "payables_invoice"}, {Table: "audit_row"},
	{Table: "ledger_voucher"}, {Table: "ledger_line"}}

// bareSQL writes the rows that the import led to into another database, in as
// large transactions. It returns files a second.
func bareSQL(b *testing.B, from, to *op.Door, n int) float64 {
	took := dbtest.Bare(b, from.DB, to.DB, (n+batchMost-1)/batchMost, tables...)
	return float64(n) / took.Seconds()
}
