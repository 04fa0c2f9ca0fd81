package ubl

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"runtime"
	"testing"

	"kontor/format/en16931"
)

// ordinary is an ordinary invoice of about 8 kB: the sample with more lines.
func ordinary(b *testing.B) []byte {
	b.Helper()
	d := sample()
	d.Attachments = nil
	d.Lines = append(d.Lines, d.Lines[0], d.Lines[1])
	d.Lines[2].ID, d.Lines[3].ID = "3", "4"
	d.Totals = en16931.Totals{
		Lines: kr(476000), Charges: kr(4900), WithoutTax: kr(480900), Tax: kr(120225),
		WithTax: kr(601125), Payable: kr(601125),
	}
	d.Taxes = []en16931.TaxSubtotal{{Taxable: kr(480900), Tax: kr(120225), VAT: d.Lines[0].VAT}}
	file, err := Write(d)
	if err != nil {
		b.Fatal(err)
	}
	got, err := Read(file)
	if err != nil {
		b.Fatal(err)
	}
	if v := en16931.Check(got, en16931.Options{}); len(v) > 0 {
		b.Fatalf("not an ordinary invoice: %v", v)
	}
	return file
}

// standard is the benchmark that the others are told as a multiple of.
const standard = "encoding-xml tokens"

// batch is how many invoices one iteration handles, so that a single iteration
// already measures.
const batch = 2000

// The cost of an invoice: tokens by encoding/xml, then our scanner with the tree,
// the business terms, and all rules; on all cores. The first is the baseline that
// the others are told as a multiple of.
func BenchmarkInvoice(b *testing.B) {
	file := ordinary(b)
	baseline := 0.0
	run := func(name string, one func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			if err := onAllCores(batch/10, one); err != nil { // not measured: caches and heap find their size
				b.Fatal(err)
			}
			b.ResetTimer()
			for range b.N {
				if err := onAllCores(batch, one); err != nil {
					b.Fatal(err)
				}
			}
			var memory runtime.MemStats
			runtime.ReadMemStats(&memory)
			rate := float64(batch*b.N) / b.Elapsed().Seconds()
			if name == standard {
				baseline = rate
			}
			b.ReportMetric(rate, "invoices/s")
			b.ReportMetric(rate/baseline, "×encoding/xml")
			b.ReportMetric(float64(memory.HeapSys>>20), "MB-heap")
		})
	}
	b.Logf("an invoice of %d bytes", len(file))
	run(standard, func() error { return standardTokens(file) })
	run("read the tree", func() error { _, err := ReadTree(file); return err })
	run("read", func() error { _, err := Read(file); return err })
	run("read and judge", func() error {
		d, err := Read(file)
		if err == nil && len(en16931.Check(d, en16931.Options{})) > 0 {
			err = errors.New("violations")
		}
		return err
	})
}

func onAllCores(times int, one func() error) error {
	workers := runtime.GOMAXPROCS(0)
	failed := make(chan error, workers)
	for range workers {
		go func() {
			for range times / workers {
				if err := one(); err != nil {
					failed <- err
					return
				}
			}
			failed <- nil
		}()
	}
	var first error
	for range workers {
		if err := <-failed; err != nil {
			first = err
		}
	}
	return first
}

func standardTokens(file []byte) error {
	d := xml.NewDecoder(bytes.NewReader(file))
	for {
		if _, err := d.Token(); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
}
