package ledger

import (
	"kontor/kernel/db"
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
	linesOf      = db.Select[lineRow](`SELECT ` + lineColumns + ` FROM ledger_line WHERE client = $1 AND voucher = $2 ORDER BY no`)
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
