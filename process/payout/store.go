package payout

import (
	"fmt"
	"strings"
	"time"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/number"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
	"kontor/kernel/text"
	"kontor/kernel/work"
	"kontor/process/payables"
	"kontor/promise/approval"
	"kontor/promise/catalogue"
	"kontor/promise/leadtime"
	"kontor/promise/organisation"
)

// Table is where requests live.
var Table = table()

func table() *flow.Table[Request] {
	t := flow.In(Life, "payout_request")
	t.Read, t.Calendar, t.Load = MayRead, leadtime.Calendar, load
	t.Item = func(v Request) flow.Item {
		// What has been approved once is counted, whatever becomes of it.
		return flow.Item{Process: Process, Channel: work.Manual, Price: v.Price,
			Counted: v.Approvals > 1 || v.Approvals == 1 && v.State == Voided}
	}
	t.Do = map[string]func(*op.Op, *Request, form.Values) error{
		"send": doSend, "confirm": doConfirm, "decide": doDecide, "review": doReview, "approve": doApprove,
		"return": doReturn, "change": doChange, "void": doVoid, "stop": doStop, "go": doGo,
	}
	return t
}

const approvalColumns = `client, id, request, step, person, name, holder, holder_name, amount, authority, register, payee_org, day, at, voided`

type likeRow struct {
	ID      ID
	Number  string
	Due     period.Date
	Purpose string
}

type invoiceRow struct {
	ID     payables.ID
	Number string
	Due    period.Date
}

type postingRow struct {
	Client    op.ClientID
	ValidFrom period.Date
	Account   string
}

var (
	approvalsOf = db.Select[Approval](`
		SELECT ` + approvalColumns + ` FROM payout_approval WHERE client = $1 AND request = $2 AND voided IS NULL ORDER BY id`)
	addApproval   = db.Insert[Approval]("payout_approval", "")
	voidApprovals = db.Change(`UPDATE payout_approval SET voided = $3 WHERE client = $1 AND request = $2 AND voided IS NULL`)
	approvedOn    = db.Select[Approved](`
		SELECT person, holder, amount
		FROM   payout_approval
		WHERE  client = $1 AND payee_org = $2 AND day = $3 AND step = 'approve' AND request <> $4 AND voided IS NULL
		ORDER  BY id`)

	likes = db.Select[likeRow](`
		SELECT id, number, due, purpose
		FROM   payout_request
		WHERE  client = $1 AND payee_org = $2 AND amount = $3 AND id <> $4 AND state NOT IN ('withdrawn', 'voided') AND due >= $5 AND due <= $6
		ORDER  BY id DESC
		LIMIT  20`)
	// An invoice is found by its amount, which few others of the client have.
	invoices = db.Select[invoiceRow](`
		SELECT id, number, due
		FROM   payables_invoice
		WHERE  client = $1 AND payable = $2 AND supplier_org = $3 AND state NOT IN ('returned', 'voided', 'moved') AND due >= $4 AND due <= $5
		ORDER  BY id DESC
		LIMIT  5`)
	sharedHere = db.Select[ID](`
		SELECT id FROM payout_request
		WHERE  account = $1 AND scheme = $2 AND payee_org <> $3 AND state NOT IN ('draft', 'withdrawn', 'voided')
		ORDER  BY id
		LIMIT  1`)
	sharedThere = db.Select[id.ID[payables.Account]](`
		SELECT a.id
		FROM   payables_account AS a JOIN payables_supplier AS s ON s.id = a.supplier
		WHERE  a.number = $1 AND a.scheme = $2 AND s.org <> $3
		ORDER  BY a.id
		LIMIT  1`)

	postingOf = db.Select[postingRow](`
		SELECT client, valid_from, account FROM payout_posting WHERE client IN (0, $1) AND valid_from <= $2 ORDER BY client, valid_from`)
	addPosting = db.Insert[postingRow]("payout_posting", "ON CONFLICT (client, valid_from) DO NOTHING")
)

// SetPosting says which account a client, 0 for all, owes approved requests on
// from a day on. What is already said for that day is left.
func SetPosting(o *op.Op, of op.ClientID, account string, from period.Date) error {
	_, err := addPosting.Add(o, postingRow{of, from, account})
	return err
}

// liabilityOf is the account in force for a client on a day.
func liabilityOf(o *op.Op, of op.ClientID, on period.Date) (account string, err error) {
	rows, err := postingOf.All(o, of, on)
	for _, r := range rows { // the client's own come last, and the newest after older
		account = r.Account
	}
	return account, err
}

// load reads what a request is judged by while it waits for somebody.
func load(o *op.Op, v *Request) error {
	var err error
	if v.Held, err = approvalsOf.All(o, v.Client, v.ID); err != nil {
		return err
	}
	v.Rights, v.Refused, v.Likes, v.Shared, v.Unseen, v.Today, v.Supplier = nil, nil, nil, false, false, nil, Supplier{}
	switch v.State {
	case Draft, Sent, Reviewed:
		return loadJudged(o, v)
	case Ready:
		return loadSupplier(o, v)
	}
	return nil
}

func loadJudged(o *op.Op, v *Request) error {
	day := period.DateOf(o.Now)
	plan, err := coding.Load(o, v.Client)
	if err != nil {
		return err
	}
	v.Refused, v.Costs = judge(plan, v.Lines, day), burden(plan, v.Lines, day)
	if v.Rights, err = approval.Load(o, v.Client); err != nil {
		return err
	}
	if err := loadSupplier(o, v); err != nil {
		return err
	}
	if err := loadLikes(o, v); err != nil {
		return err
	}
	if v.State == Reviewed {
		if v.Today, err = approvedOn.All(o, v.Client, v.PayeeOrg, day, v.ID); err != nil {
			return err
		}
	}
	if err := loadSeen(o, v); err != nil {
		return err
	}
	return loadShared(o, v)
}

// loadSeen finds out whether a request about somebody under protection can be
// reviewed and approved by anybody who may see it.
func loadSeen(o *op.Op, v *Request) error {
	if v.Unseen = false; v.secrecy() < op.Secret {
		return nil
	}
	cleared, err := role.Cleared(o, op.Secret)
	if err == nil {
		v.Unseen = unseen(*v, cleared, period.DateOf(o.Now))
	}
	return err
}

// loadSupplier looks the payee up among the suppliers.
func loadSupplier(o *op.Op, v *Request) error {
	if v.PayeeOrg == "" {
		return nil
	}
	s, ok, err := payables.SupplierByOrg(o, v.PayeeOrg)
	if err != nil || !ok {
		return err
	}
	v.Supplier.Known, v.Supplier.Blocked = true, s.State == payables.SupplierBlocked
	accounts, err := payables.AccountsOf(o, s.ID)
	for _, a := range accounts {
		if a.Scheme == v.Scheme && a.Number == v.Account && a.State == payables.AccountApproved {
			v.Supplier.Approved = true
		}
	}
	return err
}

// loadLikes finds what else has gone, or is to go, to the same payee.
func loadLikes(o *op.Op, v *Request) error {
	if v.PayeeOrg == "" || v.Amount <= 0 || v.Due.IsZero() {
		return nil
	}
	from, to := v.Due.AddDays(-nearDays), v.Due.AddDays(nearDays)
	rows, err := likes.All(o, v.Client, v.PayeeOrg, v.Amount, v.ID, from, to)
	if err != nil {
		return err
	}
	for _, r := range rows {
		v.Likes = append(v.Likes, Like{Number: r.Number, URL: pageURL(r.ID), Due: r.Due, Purpose: r.Purpose})
	}
	same, err := invoices.All(o, v.Client, v.Amount, v.PayeeOrg, from, to)
	for _, r := range same {
		v.Likes = append(v.Likes, Like{Number: r.Number, URL: "/payables/" + r.ID.String(), Due: r.Due, Invoice: true})
	}
	return err
}

func loadShared(o *op.Op, v *Request) error {
	if v.Account == "" {
		return nil
	}
	_, here, err := sharedHere.Maybe(o, v.Account, v.Scheme, v.PayeeOrg)
	if err != nil || here {
		v.Shared = here
		return err
	}
	_, v.Shared, err = sharedThere.Maybe(o, v.Account, v.Scheme, v.PayeeOrg)
	return err
}

// series is the register of requests, and the voucher series of their debts.
const series = "UU"

// Add registers a new request as a draft, with the next number of its client.
func Add(o *op.Op, v *Request) error {
	if err := mayWrite(o, v); err != nil {
		return err
	}
	today := period.DateOf(o.Now)
	n, err := number.Take(o, v.Client, series, today.Year(), 1)
	if err != nil {
		return err
	}
	v.Number, v.State, v.Writer = fmt.Sprintf("%s %d:%d", series, today.Year(), n), Draft, o.Actor.ID
	v.touch(o.Actor.ID)
	times, err := leadtime.Load(o)
	if err != nil {
		return err
	}
	v.Agreement, v.Promised = times.Promise(v.Client, Activity, today)
	prices, err := catalogue.Load(o)
	if err != nil {
		return err
	}
	v.Price = prices.List(today)
	if v.Unit, err = organisation.UnitFor(o, v.Client); err != nil {
		return err
	}
	tidy(v)
	return Table.Add(o, v.Number, v)
}

// Save stores a draft that has been rewritten. Whoever saved it wrote it, and
// what was confirmed or decided of it before is to be looked at again.
func Save(o *op.Op, v *Request) error {
	if err := mayWrite(o, v); err != nil {
		return err
	}
	if v.State != Draft {
		return errNotDraft
	}
	v.Writer = o.Actor.ID
	v.touch(o.Actor.ID)
	forget(v)
	tidy(v)
	return Table.Save(o, v, "write", "")
}

// mayWrite says that the actor may write for the client, and may see what it
// writes.
func mayWrite(o *op.Op, v *Request) error {
	if err := o.NeedFor(MayWrite, v.Client); err != nil {
		return err
	}
	if v.secrecy() > o.Actor.Clearance {
		return errClearance
	}
	return nil
}

func tidy(v *Request) {
	v.Secrecy = v.secrecy()
	v.PayeeName = strings.Join(strings.Fields(v.PayeeName), " ")
	v.PayeeKey = text.SortKey(v.PayeeName)
	if v.secrecy() >= op.Secret { // nor does a search find the name
		v.PayeeKey = text.SortKey(somebodyProtected)
	}
	for _, s := range []*string{&v.BankName, &v.Town, &v.Message, &v.Purpose, &v.Basis} {
		*s = strings.TrimSpace(*s)
	}
}

// forget takes away what others have said of a request that is no longer the
// same.
func forget(v *Request) {
	v.Sender, v.Unconfirmed = 0, false
	v.ConfirmedBy, v.ConfirmedHow, v.Confirmed = 0, "", time.Time{}
	v.DecidedBy, v.Decided = 0, ""
}
