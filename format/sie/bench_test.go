package sie_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"kontor/format/sie"
)

// postings is a file of type 4I with n postings, four a voucher, with objects
// and texts as municipalities have them.
func postings(n int) []byte {
	var b bytes.Buffer
	b.WriteString(head)
	for k := range n / 4 {
		fmt.Fprintf(&b, "#VER LEV1 %d 202601%02d \"Leverant\x94r %d\" 20260201 \"Eva Ek\"\n{\n", k+1, k%28+1, k%5000)
		for j, account := range [...]int{5010 + k%400, 6110 + k%90, 2641, 2440} {
			amount := [...]int{10000 + k%977, 5000, 3750, -18750 - k%977}[j]
			fmt.Fprintf(&b, "#TRANS %d {1 \"%d\" 20 \"%d\" 6 \"\"} %d.%02d \"\" \"Faktura %d\"\n", account, 100+k%300, 400+k%60, amount, 0, k)
		}
		b.WriteString("}\n")
	}
	return b.Bytes()
}

// peak is the most heap that is in use while work runs, over what was in use before.
func peak(work func()) uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	base, most := m.HeapAlloc, uint64(0)
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		}
	}()
	work()
	close(done)
	<-ended
	return max(most, base) - base
}

// BenchmarkRead reads a million postings and balances them, one voucher at a
// time and all kept, beside nothing but the splitting of the same bytes into lines.
func BenchmarkRead(b *testing.B) {
	const n = 1_000_000
	file := postings(n)
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	run := func(work func()) (spent time.Duration, heap uint64) {
		began := time.Now()
		work()
		spent = time.Since(began)
		return spent, peak(work)
	}
	for b.Loop() {
		lines := 0
		split, _ := run(func() {
			s := bufio.NewScanner(bytes.NewReader(file))
			for s.Scan() {
				lines++
			}
		})
		scan, scanHeap := run(func() {
			d, err := sie.Scan(bytes.NewReader(file), func(*sie.Voucher) error { return nil })
			if err != nil || d.Totals.Postings != n || len(d.Findings) > 0 {
				b.Fatal(err, d.Totals, d.Findings)
			}
		})
		read, readHeap := run(func() {
			if d := sie.Read(file); len(d.Vouchers) != n/4 {
				b.Fatal(len(d.Vouchers))
			}
		})
		d := sie.Read(file)
		write, _ := run(func() {
			if _, err := sie.Write(io.Discard, d); err != nil {
				b.Fatal(err)
			}
		})
		b.ReportMetric(float64(len(file))/1e6, "MB-file")
		b.ReportMetric(split.Seconds()*1000, "ms-lines")
		b.ReportMetric(scan.Seconds()*1000, "ms-scan")
		b.ReportMetric(float64(scanHeap)/1e6, "MB-scan")
		b.ReportMetric(read.Seconds()*1000, "ms-read")
		b.ReportMetric(float64(readHeap)/1e6, "MB-read")
		b.ReportMetric(write.Seconds()*1000, "ms-write")
		b.ReportMetric(scan.Seconds()/split.Seconds(), "scan/lines")
	}
}
