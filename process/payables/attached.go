package payables

import (
	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/id"
	"kontor/kernel/op"
)

// Attached is a file that came inside an invoice, by its hash.
type Attached struct {
	Hash     blob.Hash
	Invoice  ID
	Client   op.ClientID
	Supplier id.ID[Supplier]
	Name     string
	Harmless bool // conditions of sale and the like, that come with every invoice
}

var (
	addAttached = db.Insert[Attached]("payables_attachment", "ON CONFLICT (hash, invoice) DO NOTHING")
	// What a second person has let through is no copy of an invoice, wherever it
	// comes again.
	letThrough = db.Change(`
		UPDATE payables_attachment SET harmless = TRUE
		WHERE  hash IN (SELECT hash FROM payables_attachment WHERE invoice = $1)`)
)

// AddAttached stores what came inside new invoices.
func AddAttached(o *op.Op, all ...Attached) error {
	_, err := addAttached.Add(o, all...)
	return err
}

// clearAttached notes that the files inside an invoice do not make it a copy.
func clearAttached(o *op.Op, v *Invoice) error {
	for _, f := range v.Findings {
		if f.Code == SameAttachment && f.Open() {
			_, err := letThrough.Do(o, v.ID)
			return err
		}
	}
	return nil
}
