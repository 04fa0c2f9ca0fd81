package payables

import (
	"strings"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/approval"
)

var (
	findingsOf = db.Select[Finding](`
		SELECT client, id, invoice, code, seen, state, answer, by, at
		FROM   payables_finding
		WHERE  client = $1 AND invoice = $2
		ORDER  BY id`)
	addFindings = db.Insert[Finding]("payables_finding", "")
	moveFinding = db.Change(`
		UPDATE payables_finding SET state = $3, answer = $4, by = $5, at = $6 WHERE client = $1 AND id = $2`)

	approvalsOf = db.Select[Approval](`
		SELECT client, id, invoice, step, person, name, holder, holder_name, amount, coding_no, authority, register, supplier, issued, day, at, voided
		FROM   payables_approval
		WHERE  client = $1 AND invoice = $2
		ORDER  BY id`)
	addApproval   = db.Insert[Approval]("payables_approval", "")
	voidApprovals = db.Change(`
		UPDATE payables_approval SET voided = $3 WHERE client = $1 AND invoice = $2 AND voided IS NULL`)

	// What has been finally approved for one supplier, today or of the same
	// invoice date.
	approvedFor = db.Select[Approved](`
		SELECT person, holder, amount
		FROM   payables_approval
		WHERE  client = $1 AND supplier = $2 AND step = 'approve' AND voided IS NULL
		AND    (day = $3 OR issued = $4)`)

	postingOf = db.Select[postingRow](`
		SELECT client, use, valid_from, account
		FROM   payables_posting
		WHERE  client IN (0, $1) AND valid_from <= $2
		ORDER  BY client, valid_from`)
	addPosting = db.Insert[postingRow]("payables_posting", "ON CONFLICT (client, use, valid_from) DO NOTHING")

	addLetter = db.Insert[letterRow]("payables_letter", "")
	lettersOf = db.Select[letterRow](`
		SELECT client, id, invoice, hash, subject, receiver, mail, at, by
		FROM   payables_letter
		WHERE  client = $1 AND invoice = $2
		ORDER  BY id`)
)

// load reads what belongs to an invoice and stands in other tables: as much as
// the guards need in the state that it is in.
func load(o *op.Op, v *Invoice) error {
	var err error
	if v.Findings, err = findingsOf.All(o, v.Client, v.ID); err != nil {
		return err
	}
	switch v.State {
	case Registered:
		// The digital co-worker looks at many and asks where it may take one.
		if o.Actor.Kind != op.Automation {
			if err = loadSuggestion(o, v); err != nil {
				return err
			}
		}
		return loadRefused(o, v)
	case Coded, Reviewed, Ready:
		if v.Approvals, err = approvalsOf.All(o, v.Client, v.ID); err != nil {
			return err
		}
		if v.State == Ready {
			return loadTax(o, v)
		}
		day := period.DateOf(o.Now)
		if v.Rights, err = approval.Load(o, v.Client); err != nil {
			return err
		}
		if v.Today, err = approvedFor.All(o, v.Client, v.Supplier, day, v.Issued); err != nil {
			return err
		}
		if err = loadOccasion(o, v, day); err != nil {
			return err
		}
		return loadRefused(o, v)
	}
	return nil
}

func loadRefused(o *op.Op, v *Invoice) error {
	v.Refused = nil
	lines := withSuggestion(*v).Coding
	if len(lines) == 0 {
		return nil
	}
	plan, err := coding.Load(o, v.Client)
	if err != nil {
		return err
	}
	on := period.DateOf(o.Now)
	for _, l := range lines {
		for _, r := range plan.Check(l, on) {
			v.Refused = append(v.Refused, r.Text)
		}
	}
	return nil
}

// settle changes the state of the open findings with one of the remedies.
func settle(o *op.Op, v *Invoice, remedies []Remedy, state, answer string) error {
	for i := range v.Findings {
		f := &v.Findings[i]
		if !f.Open() || !contains(remedies, lacks[f.Code].Remedy) {
			continue
		}
		f.State, f.Answer, f.By, f.At = state, answer, o.Actor.ID, o.Now
		if _, err := moveFinding.Do(o, f.Client, f.ID, f.State, f.Answer, f.By, f.At); err != nil {
			return err
		}
	}
	v.Lacks = firstOpen(v.Findings)
	return nil
}

func contains(all []Remedy, r Remedy) bool {
	for _, x := range all {
		if x == r {
			return true
		}
	}
	return false
}

// AddFindings stores the findings of new invoices.
func AddFindings(o *op.Op, all ...Finding) error {
	for i := range all {
		all[i].ID = id.New[Finding](o)
	}
	_, err := addFindings.Add(o, all...)
	return err
}

// FirstOpen is the code that lists show for an invoice with these findings.
func FirstOpen(findings []Finding) Code { return firstOpen(findings) }

type postingRow struct {
	Client    op.ClientID
	Use       string
	ValidFrom period.Date
	Account   string
}

// Postings are the accounts that the ledger posts to by itself.
type Postings struct{ Liability, Pending, VAT, Rounding, Prepaid, Tax, Reverse string }

// PostingsOf returns the accounts in force for a client on a day.
func PostingsOf(o *op.Op, client op.ClientID, on period.Date) (Postings, error) {
	rows, err := postingOf.All(o, client, on)
	var p Postings
	for _, r := range rows { // the client's own come last, and the newest after older
		switch r.Use {
		case "liability":
			p.Liability = r.Account
		case "pending":
			p.Pending = r.Account
		case "vat":
			p.VAT = r.Account
		case "rounding":
			p.Rounding = r.Account
		case "prepaid":
			p.Prepaid = r.Account
		case "tax":
			p.Tax = r.Account
		case "reverse":
			p.Reverse = r.Account
		}
	}
	return p, err
}

// PutPostings sets the accounts of a client, 0 for all, from a day on. What is
// already set for that day is left.
func PutPostings(o *op.Op, client op.ClientID, from period.Date, p Postings) error {
	_, err := addPosting.Add(o, postingRow{client, "liability", from, p.Liability}, postingRow{client, "pending", from, p.Pending},
		postingRow{client, "vat", from, p.VAT}, postingRow{client, "rounding", from, p.Rounding}, postingRow{client, "prepaid", from, p.Prepaid},
		postingRow{client, "tax", from, p.Tax}, postingRow{client, "reverse", from, p.Reverse})
	return err
}

// accountFor is the account that the invoice is paid to when none of those it
// proposed is approved: the supplier's only approved one.
func accountFor(o *op.Op, supplier id.ID[Supplier]) (scheme, number string, err error) {
	all, err := AccountsOf(o, supplier)
	if err != nil {
		return "", "", err
	}
	n := 0
	for _, a := range all {
		if a.State == AccountApproved {
			scheme, number, n = a.Scheme, a.Number, n+1
		}
	}
	if n != 1 {
		return "", "", nil
	}
	return scheme, number, nil
}

// describe puts a coding into one line for the history.
func describe(lines []coding.Line) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteString(" · ")
		}
		b.WriteString(strings.Join(strings.Fields(l.Account+" "+l.Unit+" "+l.Activity+" "+l.Project), " ") + ": " + l.Amount.String())
	}
	return b.String()
}

var (
	automation = db.Select[person](`SELECT id, name FROM person WHERE kind = 'automation' AND active ORDER BY id LIMIT 1`)
)

// twelve is the stored form of an organisation number that a form has checked.
func twelve(o *op.Op, s string) (string, error) {
	org, err := ident.ParseOrg(s, period.DateOf(o.Now))
	return org.Digits, err
}
