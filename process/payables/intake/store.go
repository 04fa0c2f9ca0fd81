package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kontor/books/ledger"
	"kontor/books/statute"
	"kontor/format/response"
	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/process/payables"
)

// Batch is one import run.
type Batch struct {
	ID       id.ID[Batch]
	Name     string
	Key      string // of the list of files
	Actor    op.PersonID
	Started  time.Time
	Seen     time.Time
	Ended    time.Time
	Total    int64
	Imported int64
	Held     int64
	Failed   int64
	Already  int64 // of Held: known since before
}

// Done is how many of the batch's files have been settled.
func (b Batch) Done() int64 { return b.Imported + b.Held + b.Failed }

// fell is how many files of the batch somebody should look at.
func (b Batch) fell() int64 { return b.Held - b.Already + b.Failed }

type route struct {
	Client    op.ClientID
	ID        id.ID[route]
	Version   int64
	Kind      string
	Code      string
	Note      string
	ValidFrom period.Date
	ValidTo   period.Date
}

// slots is how many keys one look-up takes: a batch of some hundreds is looked
// up in a few statements, whose text is always the same.
const slots = 64

// in writes the marks of one column's look-up.
func in(columns ...string) string {
	var b strings.Builder
	b.WriteString("(VALUES ")
	mark := 0
	for i := range slots {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('(')
		for j, typ := range columns {
			if j > 0 {
				b.WriteString(", ")
			}
			mark++
			fmt.Fprintf(&b, "CAST($%d AS %s)", mark, typ)
		}
		b.WriteByte(')')
	}
	b.WriteString(") AS k")
	return b.String()
}

const fileColumns = `t.id, t.version, t.hash, t.name, t.size, t.received, t.batch, t.state, t.code, t.note, t.client, t.invoice, t.attempts`

const numberColumns = `t.supplier, t.number, t.claim, t.client, t.invoice, t.gross, t.issued, t.ocr`

var (
	filesByHash = db.Select[File](`
		SELECT ` + fileColumns + ` FROM ` + in("TEXT") + ` JOIN payables_file AS t ON t.hash = k.column1`)
	suppliersByOrg = db.Select[payables.Supplier](`
		SELECT t.id, t.version, t.org, t.name, t.sort_key, t.country, t.town, t.state, t.f_tax, t.f_tax_on, t.phone, t.mail, t.since, t.phone_on, t.phone_by
		FROM   ` + in("TEXT") + ` JOIN payables_supplier AS t ON t.org = k.column1`)
	accountsBySupplier = db.Select[payables.Account](`
		SELECT t.id, t.version, t.supplier, t.scheme, t.number, t.state, t.source, t.asked, t.checked_by, t.approved_by, t.approved, t.way, t.called
		FROM   ` + in("BIGINT") + ` JOIN payables_account AS t ON t.supplier = k.column1 ORDER BY t.id`)
	numbersBy = db.Select[numberRow](`
		SELECT ` + numberColumns + ` FROM ` + in("BIGINT", "TEXT") + `
		JOIN   payables_number AS t ON t.supplier = k.column1 AND t.number = k.column2 AND t.claim = 0`)
	twinsBy = db.Select[numberRow](`
		SELECT ` + numberColumns + ` FROM ` + in("BIGINT", "BIGINT") + `
		JOIN   payables_number AS t ON t.supplier = k.column1 AND t.gross = k.column2`)

	routesOn = db.Select[route](`
		SELECT client, id, version, kind, code, note, valid_from, valid_to
		FROM   payables_route
		WHERE  valid_from <= $1 AND valid_to >= $1
		ORDER  BY code DESC, id`)
	addRoutes = db.Insert[route]("payables_route", "ON CONFLICT (kind, code, valid_from) DO NOTHING")
	routeByID = db.Select[route](`SELECT client, id, version, kind, code, note, valid_from, valid_to FROM payables_route WHERE id = $1`)
	endRoute  = db.Change(`UPDATE payables_route SET valid_to = $4, version = version + 1 WHERE client = $1 AND id = $2 AND version = $3`)

	fileByID = db.Select[File](`SELECT ` + fileColumns + ` FROM payables_file AS t WHERE t.id = $1`)
	addFiles = db.Insert[File]("payables_file", "")
	moveFile = db.Change(`
		UPDATE payables_file
		SET    version = version + 1, state = $3, code = $4, note = $5, client = $6, invoice = $7, attempts = attempts + 1
		WHERE  id = $1 AND version = $2`)
	dropFile = db.Change(`
		UPDATE payables_file SET version = version + 1, state = 'dismissed', note = $3 WHERE id = $1 AND version = $2`)

	addNumbers = db.Insert[numberRow]("payables_number", "")

	batchByID = db.Select[Batch](`
		SELECT id, name, key, actor, started, seen, ended, total, imported, held, failed, already FROM payables_batch WHERE id = $1`)
	openBatch = db.Select[Batch](`
		SELECT id, name, key, actor, started, seen, ended, total, imported, held, failed, already
		FROM   payables_batch
		WHERE  key = $1 AND ended IS NULL
		ORDER  BY id
		LIMIT  1`)
	addBatch  = db.Insert[Batch]("payables_batch", "")
	moveBatch = db.Change(`
		UPDATE payables_batch
		SET    seen = $2, ended = $3, imported = $4, held = $5, failed = $6, already = $7
		WHERE  id = $1`)
	// The row is locked by whoever knows how far the run has come.
	claimBatch = db.Change(`UPDATE payables_batch SET seen = $2 WHERE id = $1 AND imported + held + failed = $3`)
	filesOf    = db.Select[File](`SELECT ` + fileColumns + ` FROM payables_file AS t WHERE t.batch = $1 AND t.state <> 'imported' ORDER BY t.id LIMIT $2`)
)

// lookUp asks a statement for many keys, slots at a time. The last keys are
// asked for again to fill the slots; more follows the keys.
func lookUp[T, K any](o *op.Op, s *db.SelectStmt[T], keys []K, args func([]any, K) []any, found func(T), more ...any) error {
	for len(keys) > 0 {
		n := min(slots, len(keys))
		var all []any
		for i := range slots {
			all = args(all, keys[min(i, n-1)])
		}
		for row, err := range s.Each(o, append(all, more...)...) {
			if err != nil {
				return err
			}
			found(row)
		}
		keys = keys[n:]
	}
	return nil
}

// loadRegister reads what the drafts are settled against.
func loadRegister(o *op.Op, drafts []*Draft) (*register, error) {
	r := &register{now: o.Now, day: period.DateOf(o.Now), suppliers: map[string]*known{},
		files: map[blob.Hash]File{}, numbers: map[numberKey]numberRow{}, twins: map[twinKey][]numberRow{},
		postings: map[op.ClientID]payables.Postings{}, pasts: map[id.ID[payables.Supplier]]past{}, attached: map[blob.Hash]payables.Attached{}}
	var err error
	if r.terms, err = loadTerms(o); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(drafts, func(d *Draft) bool { return d.Reverse != 0 }) {
		if r.law, err = statute.Load(o); err != nil {
			return nil, err
		}
	}
	if r.router, err = loadRouter(o, drafts); err != nil {
		return nil, err
	}
	if err := r.loadKnown(o, drafts); err != nil {
		return nil, err
	}
	for c := range r.terms.clients {
		if r.postings[c], err = payables.PostingsOf(o, c, r.day); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// loadKnown reads which of the files, suppliers and numbers are known.
func (r *register) loadKnown(o *op.Op, drafts []*Draft) error {
	var hashes, orgs []string
	seen := map[string]bool{}
	for _, d := range drafts {
		hashes = append(hashes, string(d.Hash))
		if org := d.Invoice.SupplierOrg; org != "" && d.Refused == nil && !seen[org] {
			seen[org] = true
			orgs = append(orgs, org)
		}
	}
	text := func(all []any, s string) []any { return append(all, s) }
	if err := lookUp(o, filesByHash, hashes, text, func(f File) { r.files[f.Hash] = f }); err != nil {
		return err
	}
	byID := map[id.ID[payables.Supplier]]*known{}
	var keys []int64
	err := lookUp(o, suppliersByOrg, orgs, text, func(s payables.Supplier) {
		if byID[s.ID] == nil {
			byID[s.ID] = &known{Supplier: s}
			r.suppliers[s.Org] = byID[s.ID]
			keys = append(keys, int64(s.ID))
		}
	})
	if err != nil {
		return err
	}
	had := map[id.ID[payables.Account]]bool{}
	number := func(all []any, n int64) []any { return append(all, n) }
	err = lookUp(o, accountsBySupplier, keys, number, func(a payables.Account) {
		if !had[a.ID] {
			had[a.ID] = true
			byID[a.Supplier].accounts = append(byID[a.Supplier].accounts, a)
		}
	})
	if err != nil {
		return err
	}
	if err := r.loadNumbers(o, drafts); err != nil {
		return err
	}
	return r.loadPasts(o, drafts, keys)
}

// loadNumbers reads the numbers and twins of suppliers that are known.
func (r *register) loadNumbers(o *op.Op, drafts []*Draft) error {
	var numbers []numberKey
	var twins []twinKey
	for _, d := range drafts {
		s := r.suppliers[d.Invoice.SupplierOrg]
		if s == nil || d.Refused != nil {
			continue
		}
		n := d.Invoice.NumberNorm
		if d.Invoice.Kind == payables.Credit {
			n = "K:" + n
		}
		numbers = append(numbers, numberKey{s.ID, n})
		if d.Invoice.Kind == payables.Debit {
			twins = append(twins, twinKey{s.ID, d.Invoice.Gross})
		}
	}
	err := lookUp(o, numbersBy, numbers, func(all []any, k numberKey) []any { return append(all, int64(k.Supplier), k.Number) },
		func(n numberRow) { r.numbers[numberKey{n.Supplier, n.Number}] = n })
	if err != nil {
		return err
	}
	had := map[payables.ID]bool{}
	return lookUp(o, twinsBy, twins, func(all []any, k twinKey) []any { return append(all, int64(k.Supplier), int64(k.Gross)) },
		func(n numberRow) {
			if !had[n.Invoice] {
				had[n.Invoice] = true
				k := twinKey{n.Supplier, n.Gross}
				r.twins[k] = append(r.twins[k], n)
			}
		})
}

// store writes what the settled files lead to, in few statements. The numbers
// of the ledger are taken last but for the rows that point at them.
func (r *register) store(o *op.Op, batch id.ID[Batch], all []outcome, again bool) error {
	var packed []blob.Packed
	var files []File
	var fresh []*payables.Supplier
	var located []payables.Supplier
	var accounts []payables.Account
	var numbers []numberRow
	var vouchers []*ledger.Voucher
	var invoices []*payables.Invoice
	var findings []payables.Finding
	var attached []payables.Attached
	var signs []payables.Sign
	var scans []payables.Scan
	for i := range all {
		x := &all[i]
		if x.file.State == Already {
			continue
		}
		x.file.Batch = batch
		if x.draft.Packed.Hash() != "" {
			packed = append(packed, x.draft.Packed.At(o.Now))
		}
		for _, b := range x.draft.Besides {
			packed = append(packed, b.At(o.Now))
		}
		if x.draft.Scan != nil {
			scans = append(scans, *x.draft.Scan)
		}
		files = append(files, x.file)
		if x.invoice == nil {
			continue
		}
		if s := r.suppliers[x.invoice.SupplierOrg]; s != nil && s.fresh {
			s.fresh = false
			fresh = append(fresh, &s.Supplier)
		} else if s != nil && s.located {
			s.located = false
			located = append(located, s.Supplier)
		}
		accounts = append(accounts, x.proposed...)
		if x.number != nil {
			numbers = append(numbers, *x.number)
		}
		if x.voucher != nil {
			vouchers = append(vouchers, x.voucher)
		}
		invoices = append(invoices, x.invoice)
		findings = append(findings, x.invoice.Findings...)
		attached, signs = append(attached, x.attached...), append(signs, x.signs...)
	}
	if err := blob.Put(o, packed...); err != nil {
		return err
	}
	if !again {
		if _, err := addFiles.Add(o, files...); err != nil {
			return err
		}
	}
	if err := payables.AddScans(o, scans...); err != nil {
		return err
	}
	if err := payables.AddSuppliers(o, fresh...); err != nil {
		return err
	}
	if err := payables.Locate(o, located...); err != nil {
		return err
	}
	if err := payables.Propose(o, accounts...); err != nil {
		return err
	}
	if _, err := addNumbers.Add(o, numbers...); err != nil {
		return err
	}
	if err := payables.AddFindings(o, findings...); err != nil {
		return err
	}
	if err := payables.AddAttached(o, attached...); err != nil {
		return err
	}
	if err := payables.AddSigns(o, signs...); err != nil {
		return err
	}
	if err := ledger.Post(o, vouchers...); err != nil {
		return err
	}
	for i := range all {
		if all[i].voucher != nil {
			all[i].invoice.Liability = int64(all[i].voucher.ID)
		}
	}
	var papers []*payables.Invoice
	invoices = slices.DeleteFunc(invoices, func(v *payables.Invoice) bool {
		if v.Channel == work.Scanned {
			papers = append(papers, v)
		}
		return v.Channel == work.Scanned
	})
	if err := payables.Table.Add(o, "Kom på papper, skannades och kontrollerades.", papers...); err != nil {
		return err
	}
	if err := payables.Table.Add(o, "Kom som e-faktura och kontrollerades.", invoices...); err != nil {
		return err
	}
	for _, v := range invoices {
		if set := r.settings.Of(v.Client); !set.Tells(response.Acknowledged) {
			continue // nearly always: nothing is read again then
		}
		if err := payables.Acknowledge(o, v); err != nil {
			return err
		}
	}
	return nil
}
