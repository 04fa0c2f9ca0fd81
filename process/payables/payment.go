package payables

import (
	"slices"
	"strings"
	"time"

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

var (
	movePayments = db.Change(`UPDATE payables_invoice SET payment = ` + db.Place(treasury.Chunk+1) + `, paid_on = ` + db.Place(treasury.Chunk+2) + `, version = version + 1
		WHERE id IN (` + db.Places(treasury.Chunk) + `)`)
	unstop = db.Change(`UPDATE payables_invoice SET stop = '', stop_kind = '' WHERE id IN (` + db.Places(treasury.Chunk) + `) AND stop_kind = ` + db.Place(treasury.Chunk+1))
	// What is in no file is stopped where it stands, in a proposal too.
	stopAgain = db.Change(`
		UPDATE payables_invoice SET stop = $3, stop_kind = $4, version = version + 1
		WHERE  client = $1 AND id = $2 AND payment IN ('', 'scheduled')`)
	stopPayment = db.Change(`
		UPDATE payables_invoice SET payment = '', paid_on = NULL, stop = $3, stop_kind = $4, version = version + 1 WHERE client = $1 AND id = $2`)
)

var debts = treasury.Debts[payable]{
	Kind: Life.Name, Title: "Leverantörsfakturor", Subledger: Subledger,
	URL:  func(document int64) string { return "/payables/" + ID(document).String() },
	Sees: func(o *op.Op, document int64) bool { return Table.Sees(o, ID(document)) },
	Open: db.Select[payable](payableColumns + `
		WHERE  v.client = $1 AND v.state = 'ready' AND v.payment = '' AND v.payable <> 0 AND (v.due IS NULL OR v.due <= $2)
		ORDER  BY v.id`),
	OpenHands: db.Select[treasury.Hand](`
		SELECT a.invoice AS document, a.person, a.holder
		FROM   payables_invoice AS v JOIN payables_approval AS a ON a.client = v.client AND a.invoice = v.id
		WHERE  v.client = $1 AND v.state = 'ready' AND v.payment = '' AND (v.due IS NULL OR v.due <= $2) AND a.voided IS NULL
		ORDER  BY a.id`),
	Again: db.Select[payable](payableColumns + ` WHERE v.state = 'ready' AND v.id IN (` + db.Places(treasury.Chunk) + `) ORDER BY v.id`),
	AgainHands: db.Select[treasury.Hand](`
		SELECT invoice AS document, person, holder FROM payables_approval
		WHERE  invoice IN (` + db.Places(treasury.Chunk) + `) AND voided IS NULL ORDER BY id`),
	Reader: judgePayables, Move: movePayables, Stop: stopPayable, Paid: askToTell,
	Accounts: func(o *op.Op, of op.ClientID, on period.Date) (treasury.OwedOn, error) {
		p, err := PostingsOf(o, of, on)
		return treasury.OwedOn{Liability: p.Liability, Tax: p.Tax}, err
	},
}

// PaymentSource is the supplier ledger as the treasury sees it.
func PaymentSource() treasury.Source { return debts.Source() }

func judgePayables(o *op.Op) (func(*payable) (treasury.Due, error), error) {
	today := period.DateOf(o.Now)
	decided, err := LoadSettings(o, today)
	return func(r *payable) (treasury.Due, error) {
		if r.Account == "" && r.Supplier != 0 {
			if err := r.findAccount(o); err != nil {
				return treasury.Due{}, err
			}
		}
		d := r.due()
		if d.Hold == "" {
			d.Hold = treasury.Cools(d.Since, today, decided.Of(r.Client).CoolingDays)
		}
		return d, nil
	}, err
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

func (r *payable) due() treasury.Due {
	d := treasury.Due{Client: r.Client, Document: int64(r.ID), Version: r.Version, Number: r.Number, PayeeName: r.Name,
		PayeeOrg: r.SupplierOrg, Scheme: r.Scheme, Account: r.Account, Amount: r.Payable, Withheld: r.Withheld,
		Due: DueOr30(r.Due, r.Issued, period.DateOf(r.Arrived)), Hold: whyNotPaid(r), Approvers: []op.PersonID{r.CodedBy, r.CheckedBy, r.ApprovedBy}}
	d.OCR, d.Message = reference(r.OCR)
	d.BankTown, d.BankCountry = r.Town, r.Country
	if r.PayeeOrg != "" {
		d.PayeeOrg = r.PayeeOrg
	}
	if !r.Approved.IsZero() {
		d.Since = period.DateOf(r.Approved)
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

func movePayables(o *op.Op, e treasury.Event, on period.Date, documents []int64) error {
	payment := string(e)
	switch e {
	case treasury.Dropped:
		payment = ""
	case treasury.Restored:
		payment = string(treasury.InFile)
		if _, err := unstop.Do(o, append(db.Keys(treasury.Chunk, documents), StopBank)...); err != nil {
			return err
		}
	}
	if e != treasury.Done {
		on = 0
	}
	_, err := movePayments.Do(o, append(db.Keys(treasury.Chunk, documents), payment, on)...)
	return err
}

func stopPayable(o *op.Op, s *treasury.Settlement) (err error) {
	switch {
	case s.Event == treasury.Doubted:
		_, err = stopAgain.Do(o, s.Client, s.Document, s.Reason, StopBank)
	case s.Amount < 0: // a credit note waits for whatever is paid next
		err = movePayables(o, treasury.Dropped, 0, []int64{s.Document})
	default:
		_, err = stopPayment.Do(o, s.Client, s.Document, s.Reason, StopBank)
	}
	return err
}
