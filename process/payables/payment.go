package payables

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/treasury"
)

// payable is an approved invoice with what the registers say of its payee.
type payable struct {
	Client        op.ClientID
	ID            ID
	Version       int64
	State         string
	Number        string
	Supplier      id.ID[Supplier]
	SupplierOrg   string
	PayeeOrg      string
	Scheme        string
	Account       string
	Payable       money.Amount
	Withheld      money.Amount
	TaxSaid       bool
	Due           period.Date
	Issued        period.Date
	Arrived       time.Time
	OCR           string `db:"ocr"`
	Stop          string
	Payment       string
	CodedBy       op.PersonID
	Currency      string
	Name          string
	SupplierState string
	FTax          string `db:"f_tax"`
	Country       string
	Town          string
	AccountState  string
	CheckedBy     op.PersonID
	ApprovedBy    op.PersonID
	Approved      time.Time
}

const payableColumns = `
	SELECT v.client, v.id, v.version, v.state, v.number, v.supplier, v.supplier_org, v.payee_org, v.scheme, v.account, v.payable, v.withheld,
	       v.tax_said, v.due, v.issued, v.arrived, v.ocr, v.stop, v.payment, v.coded_by, v.currency, COALESCE(s.name, v.supplier_name) AS name,
	       COALESCE(s.state, '') AS supplier_state, COALESCE(s.f_tax, '') AS f_tax, COALESCE(s.country, '') AS country, COALESCE(s.town, '') AS town,
	       COALESCE(a.state, '') AS account_state, COALESCE(a.checked_by, 0) AS checked_by, COALESCE(a.approved_by, 0) AS approved_by, a.approved
	FROM   payables_invoice AS v LEFT JOIN payables_supplier AS s ON s.id = v.supplier
	LEFT   JOIN payables_account AS a ON a.supplier = v.supplier AND a.scheme = v.scheme AND a.number = v.account`

// chunk is how many invoices are read again in one statement.
const chunk = 50

var (
	openPayables = db.Select[payable](payableColumns + `
		WHERE  v.client = $1 AND v.state = 'ready' AND v.payment = '' AND v.payable <> 0 AND (v.due IS NULL OR v.due <= $2)
		ORDER  BY v.id`)
	openApprovals = db.Select[approvedByPerson](`
		SELECT a.invoice, a.person, a.holder
		FROM   payables_invoice AS v JOIN payables_approval AS a ON a.client = v.client AND a.invoice = v.id
		WHERE  v.client = $1 AND v.state = 'ready' AND v.payment = '' AND (v.due IS NULL OR v.due <= $2) AND a.voided IS NULL
		ORDER  BY a.id`)
	payablesByID  = db.Select[payable](payableColumns + ` WHERE v.id IN (` + placeholders(chunk) + `) ORDER BY v.id`)
	approvalsByID = db.Select[approvedByPerson](`
		SELECT invoice, person, holder FROM payables_approval WHERE invoice IN (` + placeholders(chunk) + `) AND voided IS NULL ORDER BY id`)
	movePayment = db.Change(`
		UPDATE payables_invoice SET payment = $3, paid_on = $4, version = version + 1 WHERE client = $1 AND id = $2`)
	stopPayment = db.Change(`
		UPDATE payables_invoice SET payment = '', paid_on = NULL, stop = $3, stop_kind = $4, version = version + 1 WHERE client = $1 AND id = $2`)
)

type approvedByPerson struct {
	Invoice ID
	Person  op.PersonID
	Holder  op.PersonID // whose right it was, when the person stood in
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

// PaymentSource is the supplier ledger as the treasury sees it.
func PaymentSource() treasury.Source {
	return treasury.Source{Kind: Life.Name, Title: "Leverantörsfakturor", Open: openDues, Again: againDues, Settle: settlePayments,
		URL:  func(document int64) string { return "/payables/" + ID(document).String() },
		Sees: func(o *op.Op, document int64) bool { return Table.Sees(o, ID(document)) }}
}

func openDues(o *op.Op, clients []op.ClientID, until period.Date) ([]treasury.Due, error) {
	var all []treasury.Due
	for _, c := range clients {
		rows, err := openPayables.All(o, c, until)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			continue
		}
		persons, err := openApprovals.All(o, c, until)
		if err != nil {
			return nil, err
		}
		some, err := dues(o, rows, persons)
		if err != nil {
			return nil, err
		}
		all = append(all, slices.DeleteFunc(some, func(d treasury.Due) bool { return d.Due > until })...)
	}
	return all, nil
}

func againDues(o *op.Op, documents []int64) ([]treasury.Due, error) {
	var rows []payable
	var persons []approvedByPerson
	for part := range slices.Chunk(documents, chunk) {
		args := db.Keys(chunk, part)
		some, err := payablesByID.All(o, args...)
		if err != nil {
			return nil, err
		}
		by, err := approvalsByID.All(o, args...)
		if err != nil {
			return nil, err
		}
		rows, persons = append(rows, some...), append(persons, by...)
	}
	rows = slices.DeleteFunc(rows, func(r payable) bool { return r.State != string(Ready) })
	return dues(o, rows, persons)
}

// dues are the rows as the treasury wants them, each with everybody who has had
// a part in it.
func dues(o *op.Op, rows []payable, persons []approvedByPerson) ([]treasury.Due, error) {
	by := make(map[ID][]op.PersonID, len(rows))
	for _, p := range persons {
		by[p.Invoice] = append(by[p.Invoice], p.Person, p.Holder)
	}
	today := period.DateOf(o.Now)
	decided, err := LoadSettings(o, today)
	if err != nil {
		return nil, err
	}
	cooling := map[op.ClientID]int64{}
	all := make([]treasury.Due, len(rows))
	for i := range rows {
		r := &rows[i]
		if r.Account == "" && r.Supplier != 0 {
			if err := r.findAccount(o); err != nil {
				return nil, err
			}
		}
		all[i] = r.due(by[r.ID])
		if _, ok := cooling[r.Client]; !ok {
			cooling[r.Client] = decided.Of(r.Client).CoolingDays
		}
		if all[i].Hold == "" {
			all[i].Hold = cools(all[i].Since, today, cooling[r.Client])
		}
	}
	return all, nil
}

// findAccount takes the supplier's only approved account, for an invoice that
// was approved before there was one; of several it takes the one that this
// invoice asked for, once two people have approved it.
func (r *payable) findAccount(o *op.Op) error {
	accounts, err := AccountsOf(o, r.Supplier)
	if err != nil {
		return err
	}
	accounts = slices.DeleteFunc(accounts, func(a Account) bool { return a.State != AccountApproved })
	if len(accounts) > 1 {
		accounts = slices.DeleteFunc(accounts, func(a Account) bool { return a.Source != askedBy(r.Number) })
	}
	if len(accounts) == 1 {
		a := accounts[0]
		r.Scheme, r.Account, r.AccountState = a.Scheme, a.Number, a.State
		r.CheckedBy, r.ApprovedBy, r.Approved = a.CheckedBy, a.ApprovedBy, a.Approved
	}
	return nil
}

// askedBy is where an account was seen that an invoice asked for.
func askedBy(number string) string { return "Faktura " + number }

func (r *payable) due(persons []op.PersonID) treasury.Due {
	d := treasury.Due{Client: r.Client, Kind: Life.Name, Document: int64(r.ID), Version: r.Version, Number: r.Number, PayeeName: r.Name,
		PayeeOrg: r.SupplierOrg, Scheme: r.Scheme, Account: r.Account, Amount: r.Payable, Withheld: r.Withheld,
		Due: DueOr30(r.Due, r.Issued, period.DateOf(r.Arrived)), Hold: whyNotPaid(r)}
	d.OCR, d.Message = reference(r.OCR)
	d.BankTown, d.BankCountry = r.Town, r.Country
	if r.PayeeOrg != "" {
		d.PayeeOrg = r.PayeeOrg
	}
	if !r.Approved.IsZero() {
		d.Since = period.DateOf(r.Approved)
	}
	for _, p := range append(persons, r.CodedBy, r.CheckedBy, r.ApprovedBy) {
		if p != 0 && !slices.Contains(d.Approvers, p) {
			d.Approvers = append(d.Approvers, p)
		}
	}
	return d
}

// whyNotPaid says what stops an approved invoice from being paid now; "" when
// nothing does. It looks at the registers as they are, not as they were.
func whyNotPaid(r *payable) string {
	switch {
	case r.Stop != "":
		return r.Stop
	case r.Supplier == 0:
		return "Leverantören är inte fastställd."
	case r.SupplierState == SupplierBlocked:
		return "Leverantören är spärrad."
	case r.Currency != "" && r.Currency != "SEK":
		return "Fakturan är i en annan valuta och betalas i internetbanken."
	case r.Account != "" && r.AccountState != AccountApproved:
		return "Kontot är inte längre ett godkänt konto hos leverantören."
	case r.FTax == "no" && r.Country == "SE" && !r.TaxSaid && r.Payable > 0:
		return "Leverantören har inte F-skatt. Ange på fakturan hur mycket som är ersättning för arbete, så att skatt dras."
	}
	return ""
}

// reference tells an OCR number, which has a check digit, from any other text
// that the supplier wants with the payment.
func reference(s string) (ocr, message string) {
	s = strings.TrimSpace(s)
	if len(s) >= 2 && len(s) <= 25 && strings.Trim(s, "0123456789") == "" && ident.Luhn(s) {
		return s, ""
	}
	return "", s
}

// cools says that a newly approved account is not paid to yet: who has changed it
// falsely is mostly found out within some days.
func cools(since, today period.Date, days int64) string {
	if first := since.AddDays(int(days)); !since.IsZero() && today < first {
		return "Kontot godkändes " + since.String() + " och används från " + first.String() + "."
	}
	return ""
}

// settlePayments keeps the state of the invoices and posts the debt against the
// clearing account, one voucher for each payment.
func settlePayments(o *op.Op, all []treasury.Settlement) error {
	changes := make([]audit.Change, 0, len(all))
	for i := range all {
		s := &all[i]
		var err error
		switch s.Event {
		case treasury.Refused, treasury.CameBack:
			_, err = stopPayment.Do(o, s.Client, s.Document, s.Reason, StopBank)
		case treasury.Dropped:
			_, err = movePayment.Do(o, s.Client, s.Document, "", period.Date(0))
		case treasury.Done:
			_, err = movePayment.Do(o, s.Client, s.Document, string(s.Event), s.Date)
		case treasury.Scheduled, treasury.InFile, treasury.Taken:
			_, err = movePayment.Do(o, s.Client, s.Document, string(s.Event), period.Date(0))
		}
		if err != nil {
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
		return reopenDebts(o, all)
	case treasury.Done:
		return askToTell(o, all)
	case treasury.Scheduled, treasury.Dropped, treasury.Taken:
	}
	return nil
}

// PaymentSeries is the voucher series of payments out.
const PaymentSeries = "U"

func paidKey(p treasury.PaymentID) string { return "payables.paid:" + p.String() }

func postPayments(o *op.Op, all []treasury.Settlement) error {
	postings := map[op.ClientID]Postings{}
	var vouchers []*ledger.Voucher
	at := map[treasury.PaymentID]*ledger.Voucher{}
	for _, s := range all {
		p, ok := postings[s.Client]
		if !ok {
			var err error
			if p, err = PostingsOf(o, s.Client, s.Date); err != nil {
				return err
			}
			postings[s.Client] = p
		}
		v := at[s.Payment]
		if v == nil {
			v = &ledger.Voucher{Client: s.Client, Series: PaymentSeries, Date: s.Date, Text: "Betalning till " + s.Payee, Kind: "treasury.payment",
				Document: int64(s.Payment), Key: paidKey(s.Payment), Module: Process}
			at[s.Payment] = v
			vouchers = append(vouchers, v)
		}
		v.Lines = append(v.Lines, ledger.Line{Line: coding.Line{Account: p.Liability, Amount: s.Amount, Text: s.Number}, Subledger: Subledger, Ref: s.Document})
		if s.Withheld != 0 {
			v.Lines = append(v.Lines, ledger.Line{Line: coding.Line{Account: p.Tax, Amount: -s.Withheld, Text: "Avdragen skatt " + s.Number}})
		}
		if net := s.Amount - s.Withheld; net != 0 {
			v.Lines = append(v.Lines, ledger.Line{Line: coding.Line{Account: s.Clearing, Amount: -net, Text: s.Number}})
		}
	}
	for _, v := range vouchers {
		joinClearing(v, all[0].Clearing)
	}
	return ledger.Post(o, vouchers...)
}

// joinClearing makes one line of those on the clearing account: what the bank
// will take.
func joinClearing(v *ledger.Voucher, clearing string) {
	sum, n := money.Amount(0), 0
	lines := v.Lines[:0]
	for _, l := range v.Lines {
		if l.Account == clearing && l.Subledger == "" {
			sum, n = sum+l.Amount, n+1
			continue
		}
		lines = append(lines, l)
	}
	if v.Lines = lines; sum != 0 {
		v.Lines = append(v.Lines, ledger.Line{Line: coding.Line{Account: clearing, Amount: sum, Text: "Under väg till banken"}})
	}
}

// reopenDebts takes the vouchers of payments back: the debts are open again, and
// each voucher shows the other.
func reopenDebts(o *op.Op, all []treasury.Settlement) error {
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
