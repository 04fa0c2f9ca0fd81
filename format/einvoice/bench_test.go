package einvoice

import (
	"testing"
	"time"

	"kontor/format/en16931"
	"kontor/format/ubl"
)

// BenchmarkReadAndCheck is one invoice of each format from bytes to verdict, and
// beside it UBL without looking for envelopes; "x" is against the latter.
func BenchmarkReadAndCheck(b *testing.B) {
	plain := file(b, "../ubl/testdata/invoice.xml")
	var base time.Duration
	for _, c := range []struct {
		name string
		b    []byte
		do   func([]byte) error
	}{
		{"ubl alone", plain, func(b []byte) error {
			d, err := ubl.Read(b)
			if err == nil {
				en16931.Check(d, en16931.Options{})
			}
			return err
		}},
		{"ubl", plain, both},
		{"ubl in an envelope", wrap(plain), both},
		{"cii", file(b, "../cii/testdata/invoice.xml"), both},
		{"svefaktura in an envelope", file(b, "../svefaktura/testdata/invoice.xml"), both},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.b)))
			b.ReportAllocs()
			for range 500 { // the first ones pay for cold caches
				_ = c.do(c.b)
			}
			for b.Loop() {
				if err := c.do(c.b); err != nil {
					b.Fatal(err)
				}
			}
			each := b.Elapsed() / time.Duration(b.N)
			if base == 0 {
				base = each
			}
			b.ReportMetric(float64(each)/float64(base), "x")
			b.ReportMetric(float64(time.Second)/float64(each), "invoices/s")
		})
	}
}

func both(b []byte) error {
	r, err := Read(b)
	if err == nil {
		r.Check(en16931.Options{})
	}
	return err
}
