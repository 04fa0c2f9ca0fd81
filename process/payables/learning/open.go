package learning

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"kontor/kernel/fault"
	"kontor/kernel/money"
)

// Row is one coded line of a published supplier ledger.
type Row struct {
	Fact    Fact
	Account string
}

var errColumns = fault.New(fault.Invalid, "LRN-001", "Filen saknar kolumnen %s. En öppen leverantörsreskontra har förvaltning, leverantör, fakturanummer, konto och belopp.")

// columns are the names that publishers give to what is read.
var columns = [...][]string{
	{"forvaltning_kod", "forvaltning"}, {"leverantor"}, {"orgnr", "leverantor_id"}, {"verifikation_fakturanr", "faktura_nr"}, {"konto", "konto_nr"}, {"belopp"},
}

// ReadOpen reads a published supplier ledger (öppen leverantörsreskontra): a
// CSV file with semicolons. A row that cannot be read is counted as bad and left
// out. Rows of one invoice are told by its number.
func ReadOpen(r io.Reader) (rows []Row, bad int, err error) {
	in := csv.NewReader(r)
	in.Comma, in.FieldsPerRecord, in.LazyQuotes, in.ReuseRecord = ';', -1, true, true
	head, err := in.Read()
	if err != nil {
		return nil, 0, errColumns.With("forvaltning").Because("%w", err)
	}
	var at [len(columns)]int
	for i, names := range columns {
		at[i] = -1
		for j, h := range head {
			for _, n := range names {
				if strings.EqualFold(strings.TrimPrefix(strings.TrimSpace(h), "\ufeff"), n) && at[i] < 0 {
					at[i] = j
				}
			}
		}
		if at[i] < 0 {
			return nil, 0, errColumns.With(names[0])
		}
	}
	invoices := map[string][]int{}
	for {
		rec, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		row, invoice, ok := openRow(rec, at)
		if err != nil || !ok {
			bad++
			continue
		}
		row.Fact.Line = len(invoices[invoice])
		invoices[invoice] = append(invoices[invoice], len(rows))
		rows = append(rows, row)
	}
	for _, of := range invoices {
		for _, i := range of {
			rows[i].Fact.Lines = len(of)
		}
	}
	return rows, bad, nil
}

func openRow(rec []string, at [len(columns)]int) (Row, string, bool) {
	var v [len(columns)]string
	for i, j := range at {
		if j >= len(rec) {
			return Row{}, "", false
		}
		v[i] = strings.Clone(strings.TrimSpace(rec[j]))
	}
	amount, err := money.Parse(v[5])
	if err != nil || v[4] == "" {
		return Row{}, "", false
	}
	supplier := v[2]
	if supplier == "" {
		supplier = v[1]
	}
	return Row{Fact{Supplier: supplier, Name: v[1], Client: v[0], Amount: amount}, v[4]}, v[3], true
}
