package ubl

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
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

// The cost of an invoice: tokens by encoding/xml, tokens by our scanner with the
// tree, business terms, and all rules. On two cores it runs in parallel.
func BenchmarkInvoice(b *testing.B) {
	file := ordinary(b)
	run := func(name string, one func() error) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(file)))
			b.ReportAllocs()
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					if err := one(); err != nil {
						b.Error(err)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "invoices/s")
		})
	}
	run("encoding-xml tokens", func() error { return standardTokens(file) })
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
