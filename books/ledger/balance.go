package ledger

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/money"
	"kontor/kernel/op"
)

// Balance is what the lines of an account and a unit add up to over some
// periods.
type Balance struct {
	Account string
	Unit    string
	moved
}

// Net is debit less credit.
func (b *Balance) Net() money.Amount { return b.Debit - b.Credit }

const sumColumns = `account, unit, CAST(sum(debit) AS BIGINT) AS debit,
	CAST(sum(credit) AS BIGINT) AS credit, CAST(sum(lines) AS BIGINT) AS lines`

var (
	// Each half is an aggregate of one table; they are added in Go.
	foldedSums = db.Select[Balance](`SELECT ` + sumColumns + ` FROM ledger_balance WHERE client = $1 AND period BETWEEN $2 AND $3 GROUP BY account, unit`)
	freshSums  = db.Select[Balance](`SELECT ` + sumColumns + ` FROM ledger_fresh   WHERE client = $1 AND period BETWEEN $2 AND $3 GROUP BY account, unit`)
)

// Balances returns what has moved on each account and unit of a client from the
// first to the last period, both included, by account and unit.
func Balances(o *op.Op, client op.ClientID, first, last Period) ([]Balance, error) {
	all, err := foldedSums.All(o, client, first, last)
	if err != nil {
		return nil, err
	}
	fresh, err := freshSums.All(o, client, first, last)
	if err != nil {
		return nil, err
	}
	all = append(all, fresh...)
	slices.SortFunc(all, func(a, b Balance) int {
		return cmp.Or(strings.Compare(a.Account, b.Account), strings.Compare(a.Unit, b.Unit))
	})
	out := all[:0]
	for _, b := range all {
		if n := len(out); n > 0 && out[n-1].Account == b.Account && out[n-1].Unit == b.Unit {
			if err := out[n-1].join(b.moved); err != nil {
				return nil, err
			}
			continue
		}
		out = append(out, b)
	}
	return out, nil
}

func (m *moved) join(x moved) (err error) {
	if m.Debit, err = m.Debit.Add(x.Debit); err != nil {
		return err
	}
	m.Lines += x.Lines
	m.Credit, err = m.Credit.Add(x.Credit)
	return err
}

// Row is an account of a trial balance.
type Row struct {
	Account string
	Name    string
	Kind    coding.Kind
	Opening money.Amount // of balance accounts all that came before; of others since the year began
	Debit   money.Amount
	Credit  money.Amount
	Closing money.Amount
	Lines   int64 // of the periods asked for
}

const (
	periodMin Period = 190001
	periodMax Period = 299912
)

// TrialBalance returns every account of a client that has a balance or has moved
// from the first to the last period of one year. A unit narrows it to the units
// that begin so; "" is all.
func TrialBalance(o *op.Op, client op.ClientID, first, last Period, unit string) ([]Row, error) {
	return trialBalance(o, client, first, last, unit, keptMonths)
}

// Recomputed is TrialBalance added up anew from the lines, without the balances
// that are kept. The two are always equal.
func Recomputed(o *op.Op, client op.ClientID, first, last Period, unit string) ([]Row, error) {
	return trialBalance(o, client, first, last, unit, lineMonths)
}

// monthSum is what an account has moved in a period.
type monthSum struct {
	Account string
	Period  Period
	moved
}

// A unit matches when it begins with $3, byte by byte on both engines.
const unitBegins = `substr(unit, 1, CAST(length($3) AS INTEGER)) = $3`

var (
	foldedMonths = db.Select[monthSum](`
		SELECT account, period, CAST(sum(debit) AS BIGINT) AS debit, CAST(sum(credit) AS BIGINT) AS credit, CAST(sum(lines) AS BIGINT) AS lines
		FROM   ledger_balance
		WHERE  client = $1 AND period <= $2 AND ` + unitBegins + `
		GROUP  BY account, period`)
	freshMonths = db.Select[monthSum](`
		SELECT account, period, CAST(sum(debit) AS BIGINT) AS debit, CAST(sum(credit) AS BIGINT) AS credit, CAST(sum(lines) AS BIGINT) AS lines
		FROM   ledger_fresh
		WHERE  client = $1 AND period <= $2 AND ` + unitBegins + `
		GROUP  BY account, period`)
	allMonths = db.Select[lineMonth](`
		SELECT account, period, CAST(sum(amount) AS BIGINT) AS net, CAST(sum(abs(amount)) AS BIGINT) AS gross, count(*) AS lines
		FROM   ledger_line
		WHERE  client = $1 AND period <= $2
		GROUP  BY account, period`)
	unitMonths = db.Select[lineMonth](`
		SELECT account, period, CAST(sum(amount) AS BIGINT) AS net, CAST(sum(abs(amount)) AS BIGINT) AS gross, count(*) AS lines
		FROM   ledger_line
		WHERE  client = $1 AND period <= $2 AND ` + unitBegins + `
		GROUP  BY account, period`)
)

// lineMonth holds debit and credit as what they differ by and add up to, which is
// read from the lines in one pass.
type lineMonth struct {
	Account    string
	Period     Period
	Net, Gross money.Amount
	Lines      int64
}

func keptMonths(o *op.Op, client op.ClientID, last Period, unit string, add func(monthSum) error) error {
	for _, part := range [...]*db.SelectStmt[monthSum]{foldedMonths, freshMonths} {
		for m, err := range part.Each(o, client, last, unit) {
			if err == nil {
				err = add(m)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func lineMonths(o *op.Op, client op.ClientID, last Period, unit string, add func(monthSum) error) error {
	rows := allMonths.Each(o, client, last)
	if unit != "" {
		rows = unitMonths.Each(o, client, last, unit)
	}
	for m, err := range rows {
		if err == nil {
			err = add(monthSum{m.Account, m.Period, moved{(m.Gross + m.Net) / 2, (m.Gross - m.Net) / 2, m.Lines}})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func trialBalance(o *op.Op, client op.ClientID, first, last Period, unit string,
	months func(*op.Op, op.ClientID, Period, string, func(monthSum) error) error,
) ([]Row, error) {
	plan, err := coding.Load(o, client)
	if err != nil {
		return nil, err
	}
	january := Period(first.Year()*100 + 1)
	by := map[string]*Row{}
	err = months(o, client, last, unit, func(m monthSum) (err error) {
		r := rowFor(by, plan, m.Account, last)
		switch {
		case m.Period >= first:
			r.Lines += m.Lines
			if r.Debit, err = r.Debit.Add(m.Debit); err == nil {
				r.Credit, err = r.Credit.Add(m.Credit)
			}
		case m.Period >= january || r.Kind.Balance():
			r.Opening, err = r.Opening.Add(m.Debit - m.Credit)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	rows := make([]Row, 0, len(by))
	for _, r := range by {
		if r.Closing = r.Opening + r.Debit - r.Credit; r.Opening != 0 || r.Lines != 0 {
			rows = append(rows, *r)
		}
	}
	slices.SortFunc(rows, func(a, b Row) int { return strings.Compare(a.Account, b.Account) })
	return rows, nil
}

func rowFor(by map[string]*Row, plan *coding.Plan, account string, last Period) *Row {
	if r := by[account]; r != nil {
		return r
	}
	v, _, _ := plan.Value(coding.Account, account, last.Month().Last())
	r := &Row{Account: account, Name: v.Name, Kind: v.Kind}
	by[account] = r
	return r
}

// Item is an open item of a subledger as the books see it.
type Item struct {
	Account string
	Ref     int64
	Amount  money.Amount
	Lines   int64
}

var (
	openItems = db.Select[Item](`
		SELECT account, ref, CAST(sum(amount) AS BIGINT) AS amount, count(*) AS lines
		FROM   ledger_line
		WHERE  client = $1 AND subledger = $2 AND subledger <> ''
		GROUP  BY account, ref
		HAVING sum(amount) <> 0
		ORDER  BY account, ref`)
	openItem = db.Select[money.Amount](`
		SELECT CAST(COALESCE(sum(amount), 0) AS BIGINT)
		FROM   ledger_line
		WHERE  client = $1 AND subledger = $2 AND ref = $3 AND subledger <> ''`)
)

// Open lists the items of a subledger that are not settled.
func Open(o *op.Op, client op.ClientID, subledger string) ([]Item, error) {
	return openItems.All(o, client, subledger)
}

// Left is what is left of one item.
func Left(o *op.Op, client op.ClientID, subledger string, ref int64) (money.Amount, error) {
	return openItem.One(o, client, subledger, ref)
}

var (
	freshRows = db.Select[freshRow](`
		SELECT client, id, period, account, unit, debit, credit, lines
		FROM   ledger_fresh
		ORDER  BY client, id
		LIMIT  $1`)
	addBalance = db.Insert[balanceRow]("ledger_balance", `
		ON CONFLICT (client, period, account, unit) DO UPDATE SET
			debit  = ledger_balance.debit + excluded.debit,
			credit = ledger_balance.credit + excluded.credit,
			lines  = ledger_balance.lines + excluded.lines`)
	dropFresh = db.Change(`DELETE FROM ledger_fresh WHERE client = $1 AND id = $2`)
)

const foldBatch = 2000

// Fold moves what is fresh into the balances, at most one batch, and returns how
// many fresh rows that was.
func Fold(o *op.Op) (int, error) {
	rows, err := freshRows.All(o, foldBatch)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	at := map[cellKey]int{}
	var cells []balanceRow
	for i := range rows {
		r := &rows[i].balanceRow
		k, seen := at[r.cellKey]
		if !seen {
			at[r.cellKey] = len(cells)
			cells = append(cells, *r)
		} else if err := cells[k].join(r.moved); err != nil {
			return 0, err
		}
	}
	if _, err := addBalance.Add(o, cells...); err != nil {
		return 0, err
	}
	for i := range rows {
		n, err := dropFresh.Do(o, rows[i].Client, rows[i].ID)
		if err != nil {
			return 0, err
		}
		if n != 1 {
			return 0, fmt.Errorf("ledger: fresh row %d was folded by somebody else", rows[i].ID)
		}
	}
	return len(rows), nil
}
