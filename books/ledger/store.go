package ledger

import (
	"kontor/kernel/db"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
)

const voucherColumns = `client, series, date, text, kind, document, key, module, reverses,
	id, period, year, number, registered, actor, name, prev, sum`

const lineColumns = `client, id, voucher, no, period, account, unit, activity, project, counterpart, object,
	amount, text, subledger, ref`

type lineRow struct {
	Client  op.ClientID
	ID      int64
	Voucher ID
	No      int64
	Period  Period
	Line
}

type reversalRow struct {
	Client   op.ClientID
	Voucher  ID
	Reversal ID
	Reason   string
}

// cellKey is what balances are kept by.
type cellKey struct {
	Client  op.ClientID
	Period  Period
	Account string
	Unit    string
}

// moved is what lines add up to; debit and credit are never negative.
type moved struct {
	Debit, Credit money.Amount
	Lines         int64
}

type balanceRow struct {
	cellKey
	moved
}

type freshRow struct {
	ID int64
	balanceRow
}

type counter struct {
	Next int64
	Head []byte
}

var (
	addVouchers  = db.Insert[Voucher]("ledger_voucher", "ON CONFLICT (client, key) DO NOTHING")
	addLines     = db.Insert[lineRow]("ledger_line", "")
	addReversals = db.Insert[reversalRow]("ledger_reversal", "ON CONFLICT (client, voucher) DO NOTHING")
	addFresh     = db.Insert[freshRow]("ledger_fresh", "")

	takeBlock = db.Select[counter](`
		INSERT INTO ledger_series (client, series, year, next, head) VALUES ($1, $2, $3, 1 + $4, $5)
		ON CONFLICT (client, series, year) DO UPDATE SET next = ledger_series.next + $4
		RETURNING next, head`)
	moveHead = db.Change(`UPDATE ledger_series SET head = $4 WHERE client = $1 AND series = $2 AND year = $3`)

	// The gate is a series without a name, that new series and closers pass.
	gate = db.Change(`
		INSERT INTO ledger_series (client, series, year, next, head) VALUES ($1, '', 0, 1, $2)
		ON CONFLICT (client, series, year) DO UPDATE SET next = ledger_series.next + 1`)

	voucherByID  = db.Select[Voucher](`SELECT ` + voucherColumns + ` FROM ledger_voucher WHERE client = $1 AND id = $2`)
	voucherByKey = db.Select[Voucher](`SELECT ` + voucherColumns + ` FROM ledger_voucher WHERE client = $1 AND key = $2`)
	vouchersOf   = db.Select[Voucher](`SELECT ` + voucherColumns + ` FROM ledger_voucher WHERE client = $1 AND document = $2 ORDER BY id`)
	linesOf      = db.Select[lineRow](`SELECT ` + lineColumns + ` FROM ledger_line WHERE client = $1 AND voucher = $2 ORDER BY id`)
	reversalBy   = db.Select[ID](`SELECT reversal FROM ledger_reversal WHERE client = $1 AND voucher = $2`)
)

// Get returns a voucher with its lines.
func Get(o *op.Op, client op.ClientID, voucher ID) (*Voucher, error) {
	v, ok, err := voucherByID.Maybe(o, client, voucher)
	if err == nil && !ok {
		err = ErrVoucher.Because("ledger: no voucher %s of client %s", voucher, client)
	}
	if err != nil {
		return nil, err
	}
	return &v, withLines(o, &v)
}

// OfDocument returns the vouchers of a document with their lines, oldest first.
func OfDocument(o *op.Op, client op.ClientID, document int64) ([]Voucher, error) {
	all, err := vouchersOf.All(o, client, document)
	for i := range all {
		if err == nil {
			err = withLines(o, &all[i])
		}
	}
	return all, err
}

// ByKey returns the voucher that was posted with a key, and whether there is one.
func ByKey(o *op.Op, client op.ClientID, key string) (*Voucher, bool, error) {
	return ofKey(o, client, key)
}

// ReversalOf is the voucher that takes this one back; 0 for none.
func ReversalOf(o *op.Op, client op.ClientID, voucher ID) (ID, error) {
	return reversalOf(o, client, voucher)
}

func ofKey(o *op.Op, client op.ClientID, key string) (*Voucher, bool, error) {
	v, ok, err := voucherByKey.Maybe(o, client, key)
	if err != nil || !ok {
		return nil, false, err
	}
	return &v, true, withLines(o, &v)
}

func withLines(o *op.Op, v *Voucher) error {
	rows, err := linesOf.All(o, v.Client, v.ID)
	v.Lines = make([]Line, len(rows))
	for i := range rows {
		v.Lines[i] = rows[i].Line
	}
	return err
}

// reversalOf is the voucher that takes this one back, 0 for none.
func reversalOf(o *op.Op, client op.ClientID, voucher ID) (ID, error) {
	r, _, err := reversalBy.Maybe(o, client, voucher)
	return r, err
}

// LockID identifies a lock.
type LockID = id.ID[Lock]

type named struct {
	ID   op.ClientID
	Name string
}

type person struct {
	Actor op.PersonID
	Name  string
}

var (
	activeClients = db.Select[named](`SELECT id, name FROM client WHERE active ORDER BY name`)
	nameOfClient  = db.Select[string](`SELECT name FROM client WHERE id = $1`)
	closers       = db.Select[person](`SELECT actor, max(name) AS name FROM ledger_lock GROUP BY actor ORDER BY max(name)`)

	// Through the clients, since the key of each table begins with one.
	clientOfVoucher   = db.Select[op.ClientID](`SELECT t.client FROM client AS c JOIN ledger_voucher AS t ON t.client = c.id AND t.id = $1`)
	clientOfLock      = db.Select[op.ClientID](`SELECT t.client FROM client AS c JOIN ledger_lock AS t ON t.client = c.id AND t.id = $1`)
	clientOfReopening = db.Select[op.ClientID](`SELECT t.client FROM client AS c JOIN ledger_reopening AS t ON t.client = c.id AND t.id = $1`)
	voucherOfLine     = db.Select[ID](`SELECT t.voucher FROM client AS c JOIN ledger_line AS t ON t.client = c.id AND t.id = $1`)
)

// clientOptions are the clients for which the actor holds the permission.
func clientOptions(o *op.Op, p op.Permission) ([]form.Option, error) {
	clients, err := activeClients.All(o)
	var all []form.Option
	for _, c := range clients {
		if o.Actor.May(p, c.ID) {
			all = append(all, form.Option{Value: c.ID.String(), Label: c.Name})
		}
	}
	return all, err
}

// seen finds the client of a record that the address names, if the actor may
// see it there; otherwise there is no such record.
func seen(o *op.Op, p op.Permission, clientOf *db.SelectStmt[op.ClientID], key string) (op.ClientID, int64, error) {
	record, err := id.ParseText(key)
	if err != nil {
		return 0, 0, ErrVoucher.Because("ledger: %w", err)
	}
	client, ok, err := clientOf.Maybe(o, record)
	if err == nil && (!ok || !o.Actor.May(p, client)) {
		err = ErrVoucher.Because("ledger: %s is not seen by %s", key, o.Actor.ID)
	}
	return client, record, err
}

func clientName(o *op.Op, client op.ClientID) (string, error) {
	name, _, err := nameOfClient.Maybe(o, client)
	return name, err
}

// reopeningOf finds a reopening.
func reopeningOf(o *op.Op, client op.ClientID, r ReopeningID) (Reopening, error) {
	row, ok, err := reopeningByID.Maybe(o, client, r)
	if err == nil && !ok {
		err = ErrNoLock.Because("ledger: no reopening %s", r)
	}
	return row, err
}

// lockOf finds a lock by its address.
func lockOf(o *op.Op, p op.Permission, key string) (Lock, error) {
	client, record, err := seen(o, p, clientOfLock, key)
	if err != nil {
		return Lock{}, err
	}
	locks, err := locksOf.All(o, client)
	for _, l := range locks {
		if int64(l.ID) == record {
			return l, err
		}
	}
	return Lock{}, ErrNoLock.Because("ledger: no lock %s: %w", key, err)
}
