package demo

import (
	"kontor/books/coding"
	"kontor/kernel/op"
	"kontor/process/payables"
)

func (b *builder) chart(o *op.Op) error {
	seen := map[string]bool{}
	values := []coding.Value{
		{Segment: coding.Account, Code: "2511", Name: "Leverantörsskulder", Kind: coding.Liability, Control: "payables", ValidFrom: begun},
		{Segment: coding.Account, Code: "1790", Name: "Ej attesterat", Kind: coding.Asset, ValidFrom: begun},
		{Segment: coding.Account, Code: "1651", Name: "Ingående moms", Kind: coding.Asset, ValidFrom: begun},
		{Segment: coding.Account, Code: "7790", Name: "Öresutjämning", Kind: coding.Cost, ValidFrom: begun},
		{Segment: coding.Account, Code: "1799", Name: "Förskott", Kind: coding.Asset, ValidFrom: begun},
	}
	for _, t := range trades {
		for _, g := range t {
			if !seen[g.Account] {
				seen[g.Account] = true
				values = append(values, coding.Value{Segment: coding.Account, Code: g.Account, Name: g.Text, Kind: coding.Cost, ValidFrom: begun})
			}
		}
	}
	if _, err := coding.Put(o, values...); err != nil {
		return err
	}
	return payables.PutPostings(o, 0, begun, payables.Postings{Liability: "2511", Pending: "1790", VAT: "1651", Rounding: "7790", Prepaid: "1799"})
}
