package payout

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/flow"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
	"kontor/process/treasury"
)

// owed is an approved request with what the registers say of its payee now.
type owed struct {
	Request
	SupplierState string
	AccountState  string
	CheckedBy     op.PersonID
	ApprovedBy    op.PersonID
	ApprovedAt    time.Time
}

// chunk is how many requests are read again in one statement.
const chunk = 50

var (
	owedColumns = func() string {
		cols := db.Columns[Request]()
		for i := range cols {
			cols[i] = "v." + cols[i]
		}
		return `
		SELECT ` + strings.Join(cols, ", ") + `, COALESCE(s.state, '') AS supplier_state, COALESCE(a.state, '') AS account_state,
		       COALESCE(a.checked_by, 0) AS checked_by, COALESCE(a.approved_by, 0) AS approved_by, a.approved AS approved_at
		FROM   payout_request AS v LEFT JOIN payables_supplier AS s ON s.org = v.payee_org
		LEFT   JOIN payables_account AS a ON a.supplier = s.id AND a.scheme = v.scheme AND a.number = v.account`
	}()
	openOwed = db.Select[owed](owedColumns + `
		WHERE  v.client = $1 AND v.state = 'ready' AND v.payment = '' AND v.due <= $2
		ORDER  BY v.id`)
	owedByID = db.Select[owed](owedColumns + ` WHERE v.state = 'ready' AND v.id IN (` + placeholders(chunk) + `) ORDER BY v.id`)

	openParts = db.Select[Approval](`
		SELECT a.client, a.id, a.request, a.step, a.person, a.name, a.holder, a.holder_name, a.amount, a.authority, a.register, a.payee_org, a.day, a.at, a.voided
		FROM   payout_request AS v JOIN payout_approval AS a ON a.client = v.client AND a.request = v.id
		WHERE  v.client = $1 AND v.state = 'ready' AND v.payment = '' AND v.due <= $2 AND a.voided IS NULL
		ORDER  BY a.id`)
	partsByID = db.Select[Approval](`
		SELECT ` + approvalColumns + ` FROM payout_approval WHERE voided IS NULL AND request IN (` + placeholders(chunk) + `) ORDER BY id`)

	// Everybody who is tied to a number, by the person's own data or by the
	// register of approvers. They are few.
	tiedPersons = db.Select[tie](`
		SELECT id AS person, interests AS numbers FROM person WHERE active AND interests NOT IN ('', '[]', 'null')
		UNION ALL
		SELECT person, number AS numbers FROM approval_tie WHERE valid_from <= $1 AND valid_to >= $1
		ORDER BY person`)

	movePayment = db.Change(`UPDATE payout_request SET payment = $3, version = version + 1 WHERE client = $1 AND id = $2`)
	moveState   = db.Change(`
		UPDATE payout_request SET state = $3, payment = $4, paid_on = $5, stop = $6, version = version + 1 WHERE client = $1 AND id = $2`)
)

type tie struct {
	Person  op.PersonID
	Numbers string // JSON, or one number
}

func placeholders(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(i+1))
	}
	return b.String()
}

// PaymentSource is the payout requests as the treasury sees them.
func PaymentSource() treasury.Source {
	return treasury.Source{Kind: Life.Name, Title: "Utbetalningsunderlag", Open: openDues, Again: againDues, Settle: settle,
		URL:  func(document int64) string { return pageURL(ID(document)) },
		Sees: func(o *op.Op, document int64) bool { return Table.Sees(o, ID(document)) }}
}

func openDues(o *op.Op, clients []op.ClientID, until period.Date) ([]treasury.Due, error) {
	var all []treasury.Due
	for _, c := range clients {
		rows, err := openOwed.All(o, c, until)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			continue
		}
		parts, err := openParts.All(o, c, until)
		if err != nil {
			return nil, err
		}
		some, err := dues(o, rows, parts)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

func againDues(o *op.Op, documents []int64) ([]treasury.Due, error) {
	var rows []owed
	var parts []Approval
	for some := range slices.Chunk(documents, chunk) {
		args := db.Keys(chunk, some)
		r, err := owedByID.All(o, args...)
		if err != nil {
			return nil, err
		}
		p, err := partsByID.All(o, args...)
		if err != nil {
			return nil, err
		}
		rows, parts = append(rows, r...), append(parts, p...)
	}
	return dues(o, rows, parts)
}

// dues are the requests as the treasury wants them, each with everybody who has
// had a part in it or is tied to the payee.
func dues(o *op.Op, rows []owed, parts []Approval) ([]treasury.Due, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	today := period.DateOf(o.Now)
	by, err := tiesOn(o, today)
	if err != nil {
		return nil, err
	}
	decided, err := payables.LoadSettings(o, today)
	if err != nil {
		return nil, err
	}
	all := make([]treasury.Due, len(rows))
	for i := range rows {
		r := &rows[i]
		persons := append([]op.PersonID{r.Writer, r.Sender, r.ConfirmedBy, r.DecidedBy, r.CheckedBy, r.ApprovedBy}, by[r.PayeeOrg]...)
		for _, a := range parts {
			if a.Request == r.ID {
				persons = append(persons, a.Person, a.Holder)
			}
		}
		all[i] = r.due(persons, today, decided.Of(r.Client).CoolingDays)
	}
	return all, nil
}

// tiesOn are the persons who are tied to a number, by the number.
func tiesOn(o *op.Op, day period.Date) (map[string][]op.PersonID, error) {
	rows, err := tiedPersons.All(o, day)
	by := map[string][]op.PersonID{}
	for _, r := range rows {
		var numbers []string
		if json.Unmarshal([]byte(r.Numbers), &numbers) != nil {
			numbers = []string{r.Numbers}
		}
		for _, n := range numbers {
			by[n] = append(by[n], r.Person)
		}
	}
	return by, err
}

func (r *owed) due(persons []op.PersonID, today period.Date, cooling int64) treasury.Due {
	d := treasury.Due{Client: r.Client, Kind: Life.Name, Document: int64(r.ID), Version: r.Version, Number: r.Number, PayeeOrg: r.PayeeOrg, PayeeName: r.PayeeName,
		Scheme: r.Scheme, Account: r.Account, Amount: r.Amount, Due: r.Due, Message: r.Message, Hold: r.hold(today, cooling), Since: dateOf(r.ApprovedAt)}
	if !r.Confirmed.IsZero() {
		d.Since = dateOf(r.Confirmed)
	}
	if r.secrecy() > op.Open {
		d.Given = treasury.Given{BankName: r.PayeeName, BankAccount: r.Account, BankMessage: r.Message}
		d.PayeeOrg, d.PayeeName, d.Account, d.Message = opaque(r.PayeeOrg), r.outwardly(), masked(r.Account), ""
	}
	if r.BankName != "" {
		d.BankName = r.BankName
	}
	slices.Sort(persons)
	d.Approvers = slices.DeleteFunc(slices.Compact(persons), func(p op.PersonID) bool { return p == 0 })
	return d
}

// dateOf is the day of a time, none for none.
func dateOf(t time.Time) period.Date {
	if t.IsZero() {
		return 0
	}
	return period.DateOf(t)
}

// opaque tells payees apart without telling who they are.
func opaque(org string) string {
	sum := sha256.Sum256([]byte("payout:" + org))
	return "~" + hex.EncodeToString(sum[:8])
}

// hold says what stops an approved request from being paid now; "" when nothing
// does. It looks at the registers as they are.
func (r *owed) hold(today period.Date, cooling int64) string {
	known := r.SupplierState != ""
	switch first := dateOf(r.ApprovedAt).AddDays(int(cooling)); {
	case r.Stop != "" && r.secrecy() > op.Open:
		return "Betalningen är stoppad. Skälet står på underlaget."
	case r.Stop != "":
		return r.Stop
	case r.SupplierState == payables.SupplierBlocked:
		return "Mottagaren är spärrad i leverantörsregistret."
	case known && r.AccountState != payables.AccountApproved:
		return "Mottagaren är leverantör hos oss, och kontot är inte ett av leverantörens godkända."
	case known && !r.ApprovedAt.IsZero() && today < first:
		return "Kontot godkändes " + dateOf(r.ApprovedAt).String() + " och används från " + first.String() + "."
	case !known && r.ConfirmedBy == 0:
		return "Mottagarens konto är inte bekräftat."
	}
	return ""
}

// settle keeps the state of the requests and posts the debt against the clearing
// account, one voucher for each payment.
func settle(o *op.Op, all []treasury.Settlement) error {
	changes := make([]audit.Change, 0, len(all))
	for i := range all {
		s := &all[i]
		if err := settleOne(o, s); err != nil {
			return err
		}
		changes = append(changes, audit.Change{Client: s.Client, Kind: Life.Name, Record: s.Document, Step: "payment." + string(s.Event), Note: s.Reason})
	}
	if err := audit.Note(o, changes...); err != nil {
		return err
	}
	switch all[0].Event {
	case treasury.InFile:
		return postPayments(o, all)
	case treasury.Refused, treasury.CameBack:
		return reopen(o, all)
	case treasury.Scheduled, treasury.Dropped, treasury.Taken, treasury.Done:
	}
	return nil
}

func settleOne(o *op.Op, s *treasury.Settlement) error {
	to, payment, paid, stop := flow.State(""), string(s.Event), period.Date(0), ""
	switch s.Event {
	case treasury.Refused, treasury.CameBack:
		to, payment, stop = Ready, "", s.Reason
	case treasury.Done:
		to, paid = Paid, s.Date
	case treasury.InFile, treasury.Taken:
		to = Paying
	case treasury.Dropped:
		payment = ""
	case treasury.Scheduled:
	}
	var err error
	if to == "" {
		_, err = movePayment.Do(o, s.Client, s.Document, payment)
	} else {
		_, err = moveState.Do(o, s.Client, s.Document, to, payment, paid, stop)
	}
	return err
}

func paidKey(p treasury.PaymentID) string { return "payout.paid:" + p.String() }

func postPayments(o *op.Op, all []treasury.Settlement) error {
	accounts := map[op.ClientID]string{}
	at := map[treasury.PaymentID]*ledger.Voucher{}
	var vouchers []*ledger.Voucher
	for _, s := range all {
		account, ok := accounts[s.Client]
		if !ok {
			var err error
			if account, err = liabilityOf(o, s.Client, s.Date); err != nil {
				return err
			}
			accounts[s.Client] = account
		}
		v := at[s.Payment]
		if v == nil {
			v = &ledger.Voucher{Client: s.Client, Series: payables.PaymentSeries, Date: s.Date, Text: "Betalning till " + s.Payee, Kind: "treasury.payment",
				Document: int64(s.Payment), Key: paidKey(s.Payment), Module: Subledger}
			at[s.Payment] = v
			vouchers = append(vouchers, v)
		}
		v.Lines = append(v.Lines, ledger.Line{Line: coding.Line{Account: account, Amount: s.Amount, Text: s.Number}, Subledger: Subledger, Ref: s.Document},
			ledger.Line{Line: coding.Line{Account: s.Clearing, Amount: -s.Amount, Text: s.Number}})
	}
	return ledger.Post(o, vouchers...)
}

// reopen takes the vouchers of payments back: the debts are open again.
func reopen(o *op.Op, all []treasury.Settlement) error {
	done := map[treasury.PaymentID]bool{}
	for _, s := range all {
		if done[s.Payment] {
			continue
		}
		done[s.Payment] = true
		posted, err := ledger.OfDocument(o, s.Client, int64(s.Payment))
		if err != nil {
			return err
		}
		for i := range posted {
			v := &posted[i]
			if v.Key != paidKey(s.Payment) {
				continue
			}
			if _, err := ledger.Reverse(o, s.Client, v.ID, max(s.Date, v.Date), s.Reason); err != nil {
				return err
			}
		}
	}
	return nil
}
