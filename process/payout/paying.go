package payout

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
	"kontor/process/treasury"
)

// owed is an approved request with what the registers say of its payee now.
type owed struct {
	Request
	SupplierState string
	SupplierTown  string
	Country       string
	AccountState  string
	CheckedBy     op.PersonID
	ApprovedBy    op.PersonID
	ApprovedAt    time.Time
}

var (
	owedColumns = func() string {
		cols := db.Columns[Request]()
		for i := range cols {
			cols[i] = "v." + cols[i]
		}
		return `
		SELECT ` + strings.Join(cols, ", ") + `, COALESCE(s.state, '') AS supplier_state, COALESCE(s.town, '') AS supplier_town, COALESCE(s.country, '') AS country, COALESCE(a.state, '') AS account_state,
		       COALESCE(a.checked_by, 0) AS checked_by, COALESCE(a.approved_by, 0) AS approved_by, a.approved AS approved_at
		FROM   payout_request AS v LEFT JOIN payables_supplier AS s ON s.org = v.payee_org
		LEFT   JOIN payables_account AS a ON a.supplier = s.id AND a.scheme = v.scheme AND a.number = v.account`
	}()
	// Everybody who is tied to a number, by the person's own data or by the
	// register of approvers. They are few.
	tiedPersons = db.Select[tie](`
		SELECT id AS person, interests AS numbers FROM person WHERE active AND interests NOT IN ('', '[]', 'null')
		UNION ALL
		SELECT person, number AS numbers FROM approval_tie WHERE valid_from <= $1 AND valid_to >= $1
		ORDER BY person`)

	movePayments = db.Change(`UPDATE payout_request SET payment = ` + db.Place(treasury.Chunk+1) + `, version = version + 1 WHERE id IN (` + db.Places(treasury.Chunk) + `)`)
	moveStates   = db.Change(`
		UPDATE payout_request SET payment = ` + db.Place(treasury.Chunk+1) + `, state = ` + db.Place(treasury.Chunk+2) + `, paid_on = ` + db.Place(treasury.Chunk+3) + `, stop = '', version = version + 1
		WHERE  id IN (` + db.Places(treasury.Chunk) + `)`)
	stopAgain = db.Change(`
		UPDATE payout_request SET stop = $3, version = version + 1 WHERE client = $1 AND id = $2 AND payment IN ('', 'scheduled')`)
	stopPayment = db.Change(`
		UPDATE payout_request SET state = 'ready', payment = '', paid_on = NULL, stop = $3, version = version + 1 WHERE client = $1 AND id = $2`)
)

type tie struct {
	Person  op.PersonID
	Numbers string // JSON, or one number
}

var debts = treasury.Debts[owed]{
	Kind: Life.Name, Title: "Utbetalningsunderlag", Subledger: Subledger,
	URL:  func(document int64) string { return pageURL(ID(document)) },
	Sees: func(o *op.Op, document int64) bool { return Table.Sees(o, ID(document)) },
	Open: db.Select[owed](owedColumns + `
		WHERE  v.client = $1 AND v.state = 'ready' AND v.payment = '' AND v.due <= $2
		ORDER  BY v.id`),
	OpenHands: db.Select[treasury.Hand](`
		SELECT a.request AS document, a.person, a.holder
		FROM   payout_request AS v JOIN payout_approval AS a ON a.client = v.client AND a.request = v.id
		WHERE  v.client = $1 AND v.state = 'ready' AND v.payment = '' AND v.due <= $2 AND a.voided IS NULL
		ORDER  BY a.id`),
	Again: db.Select[owed](owedColumns + ` WHERE v.state = 'ready' AND v.id IN (` + db.Places(treasury.Chunk) + `) ORDER BY v.id`),
	AgainHands: db.Select[treasury.Hand](`
		SELECT request AS document, person, holder FROM payout_approval
		WHERE  request IN (` + db.Places(treasury.Chunk) + `) AND voided IS NULL ORDER BY id`),
	Reader: judgeOwed, Move: moveRequests, Stop: stopRequest,
	Accounts: func(o *op.Op, of op.ClientID, on period.Date) (a treasury.OwedOn, err error) {
		a.Liability, err = liabilityOf(o, of, on)
		return a, err
	},
}

// PaymentSource is the payout requests as the treasury sees them.
func PaymentSource() treasury.Source { return debts.Source() }

func judgeOwed(o *op.Op) (func(*owed) (treasury.Due, error), error) {
	today := period.DateOf(o.Now)
	tied, err := tiesOn(o, today)
	if err != nil {
		return nil, err
	}
	decided, err := payables.LoadSettings(o, today)
	return func(r *owed) (treasury.Due, error) {
		d := r.due(today, decided.Of(r.Client).CoolingDays)
		d.Approvers = slices.Concat([]op.PersonID{r.ConfirmedBy, r.DecidedBy, r.CheckedBy, r.ApprovedBy}, r.Hands, tied[r.PayeeOrg])
		return d, nil
	}, err
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

func (r *owed) due(today period.Date, cooling int64) treasury.Due {
	d := treasury.Due{Client: r.Client, Document: int64(r.ID), Version: r.Version, Number: r.Number, PayeeOrg: r.PayeeOrg, PayeeName: r.PayeeName,
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
	d.BankTown, d.BankCountry = cmp.Or(r.Town, r.SupplierTown), r.Country
	if r.Protected { // nobody says where they are but by the client's decision
		d.BankTown = r.Town
	}
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
	switch {
	case r.Stop != "" && r.secrecy() > op.Open:
		return "Betalningen är stoppad. Skälet står på underlaget."
	case r.Stop != "":
		return r.Stop
	case r.SupplierState == payables.SupplierBlocked:
		return "Mottagaren är spärrad i leverantörsregistret."
	case known && r.AccountState != payables.AccountApproved:
		return "Mottagaren är leverantör hos oss, och kontot är inte ett av leverantörens godkända."
	case known:
		return treasury.Cools(dateOf(r.ApprovedAt), today, cooling)
	case r.ConfirmedBy == 0:
		return "Mottagarens konto är inte bekräftat."
	}
	return ""
}

func moveRequests(o *op.Op, e treasury.Event, on period.Date, documents []int64) (err error) {
	args := db.Keys(treasury.Chunk, documents)
	switch e {
	case treasury.Restored:
		return moveRequests(o, treasury.InFile, on, documents)
	case treasury.InFile, treasury.Taken:
		_, err = moveStates.Do(o, append(args, string(e), Paying, period.Date(0))...)
	case treasury.Done:
		_, err = moveStates.Do(o, append(args, string(e), Paid, on)...)
	case treasury.Dropped:
		_, err = movePayments.Do(o, append(args, "")...)
	default:
		_, err = movePayments.Do(o, append(args, string(e))...)
	}
	return err
}

func stopRequest(o *op.Op, s *treasury.Settlement) (err error) {
	if s.Event == treasury.Doubted {
		_, err = stopAgain.Do(o, s.Client, s.Document, s.Reason)
		return err
	}
	_, err = stopPayment.Do(o, s.Client, s.Document, s.Reason)
	return err
}
