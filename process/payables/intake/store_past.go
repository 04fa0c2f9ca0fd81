package intake

import (
	"kontor/kernel/db"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/process/payables"
)

type pastRow struct {
	Supplier id.ID[payables.Supplier]
	Largest  money.Amount
	Earlier  int64
}

var (
	// The largest is read from the end of an index, and no more are counted than
	// matter, so that a supplier with a million invoices costs as much as another.
	pastsBy = db.Select[pastRow](`
		SELECT k.column1 AS supplier,
		       COALESCE((SELECT n.gross FROM payables_number AS n WHERE n.supplier = k.column1 ORDER BY n.gross DESC LIMIT 1), 0) AS largest,
		       (SELECT count(*) FROM (SELECT 1 AS one FROM payables_number AS n WHERE n.supplier = k.column1 LIMIT 5) AS few) AS earlier
		FROM   ` + in("BIGINT"))
	attachedBy = db.Select[payables.Attached](`
		SELECT t.hash, t.invoice, t.client, t.supplier, t.name, t.harmless
		FROM   ` + in("TEXT") + ` JOIN payables_attachment AS t ON t.hash = k.column1
		ORDER  BY t.invoice`)
)

// loadPasts reads what the signs and the copies of some drafts are judged by.
func (r *register) loadPasts(o *op.Op, drafts []*Draft, suppliers []int64) error {
	err := lookUp(o, pastsBy, suppliers, func(all []any, n int64) []any { return append(all, n) },
		func(p pastRow) { r.pasts[p.Supplier] = past{p.Largest, p.Earlier} })
	if err != nil {
		return err
	}
	var hashes []string
	for _, d := range drafts {
		for _, a := range d.Attached {
			hashes = append(hashes, string(a.Hash))
		}
	}
	err = lookUp(o, attachedBy, hashes, func(all []any, s string) []any { return append(all, s) }, func(a payables.Attached) {
		if had, known := r.attached[a.Hash]; !known {
			r.attached[a.Hash] = a
		} else if a.Harmless && !had.Harmless {
			had.Harmless = true
			r.attached[a.Hash] = had
		}
	})
	if err != nil {
		return err
	}
	if r.settings, err = payables.LoadSettings(o, r.day); err != nil {
		return err
	}
	r.warned, err = payables.Warnings(o, r.day)
	return err
}
