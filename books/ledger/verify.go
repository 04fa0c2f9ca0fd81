package ledger

import (
	"bytes"
	"fmt"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/money"
	"kontor/kernel/op"
)

// Verified is what was counted while the books were proved.
type Verified struct {
	Clients  int64
	Series   int64
	Vouchers int64
	Lines    int64
	Balances int64 // account, unit and period
	Items    int64 // open items of subledgers
}

// walked is a voucher with one of its lines; the line's own columns are renamed.
type walked struct {
	Voucher
	LineNo     int64
	LinePeriod Period
	Account    string
	Unit       string
	Activity   string
	Project    string
	Counterpart,
	Object string
	Amount    money.Amount
	LineText  string
	Subledger string
	Ref       int64
}

type seriesRow struct {
	Client op.ClientID
	Series string
	Year   int64
	counter
}

type controlSum struct {
	Client    op.ClientID
	Account   string
	Subledger string
	Amount    money.Amount
	Lines     int64
	Without   int64 // lines without an item
}

var (
	allSeries = db.Select[seriesRow](`
		SELECT client, series, year, next, head FROM ledger_series WHERE series <> '' ORDER BY client, series, year`)
	unnumbered = db.Select[int64](`
		SELECT count(*)
		FROM   ledger_voucher AS v LEFT JOIN ledger_series AS s ON s.client = v.client AND s.series = v.series AND s.year = v.year
		WHERE  s.client IS NULL`)
	allLines = db.Select[int64](`SELECT count(*) FROM ledger_line`)

	walk = db.Select[walked](`
		SELECT v.client, v.series, v.date, v.text, v.kind, v.document, v.key, v.module, v.reverses,
		       v.id, v.period, v.year, v.number, v.registered, v.actor, v.name, v.prev, v.sum,
		       l.no AS line_no, l.period AS line_period, l.account, l.unit, l.activity, l.project, l.counterpart, l.object,
		       l.amount, l.text AS line_text, l.subledger, l.ref
		FROM   ledger_voucher AS v JOIN ledger_line AS l ON l.client = v.client AND l.voucher = v.id
		WHERE  v.client = $1 AND v.series = $2 AND v.year = $3
		ORDER  BY v.number, l.no`)

	recounted = db.Select[balanceRow](`
		SELECT client, period, account, unit,
		       CAST(COALESCE(sum(amount) FILTER (WHERE amount > 0), 0) AS BIGINT) AS debit,
		       CAST(COALESCE(-sum(amount) FILTER (WHERE amount < 0), 0) AS BIGINT) AS credit,
		       count(*) AS lines
		FROM   ledger_line
		GROUP  BY client, period, account, unit`)
	keptBalances = db.Select[balanceRow](`SELECT client, period, account, unit, debit, credit, lines FROM ledger_balance`)
	keptFresh    = db.Select[balanceRow](`SELECT client, period, account, unit, debit, credit, lines FROM ledger_fresh`)

	controlSums = db.Select[controlSum](`
		SELECT client, account, subledger, CAST(sum(amount) AS BIGINT) AS amount, count(*) AS lines,
		       CAST(sum(CASE WHEN ref = 0 THEN 1 ELSE 0 END) AS BIGINT) AS without
		FROM   ledger_line
		GROUP  BY client, account, subledger
		ORDER  BY client, account, subledger`)

	// What stands in a period although it was registered after its closing, and
	// no exception was open then.
	trespassers = db.Select[int64](`
		SELECT count(*)
		FROM   ledger_voucher AS v JOIN ledger_lock AS l ON l.client = v.client AND l.period = v.period
		WHERE  l.module IN ('', v.module) AND v.registered > l.at
		AND    (l.state = 'hard' OR NOT EXISTS (
			SELECT 1 FROM ledger_reopening AS r
			WHERE  r.client = v.client AND r.period = v.period AND r.module = l.module
			AND    r.at <= v.registered AND r.until > v.registered AND r.person IN (0, v.actor)))`)

	halfReversed = db.Select[int64](`
		SELECT count(*)
		FROM   ledger_voucher AS v LEFT JOIN ledger_reversal AS r ON r.client = v.client AND r.reversal = v.id
		WHERE  COALESCE(r.voucher, 0) <> v.reverses`)
)

// Verify proves the books from their rows: every voucher balances, numbers have
// no gaps, every chain is whole up to its head, balances are their lines,
// control accounts are their open items, no period was trespassed on and every
// reversal is linked. The error says the first place where it does not hold.
func Verify(o *op.Op) (Verified, error) {
	var v Verified
	series, err := allSeries.All(o)
	if err != nil {
		return v, err
	}
	clients := map[op.ClientID]bool{}
	for _, s := range series {
		clients[s.Client] = true
		v.Series++
		if err := s.verify(o, &v); err != nil {
			return v, err
		}
	}
	v.Clients = int64(len(clients))
	for _, f := range []func(*op.Op, *Verified) error{verifyRows, verifyBalances, verifyControls} {
		if err := f(o, &v); err != nil {
			return v, err
		}
	}
	return v, nil
}

// verify walks one chain.
func (s *seriesRow) verify(o *op.Op, v *Verified) error {
	w := walker{of: s, head: genesis, digest: newDigester()}
	for r, err := range walk.Each(o, s.Client, s.Series, s.Year) {
		if err != nil {
			return err
		}
		v.Lines++
		if err := w.step(&r); err != nil {
			return err
		}
	}
	if err := w.end(); err != nil {
		return err
	}
	v.Vouchers += w.number
	if w.number != s.Next-1 || !bytes.Equal(w.head, s.Head) {
		return fmt.Errorf("ledger: series %s %d of client %s ends at %d, and its counter at %d", s.Series, s.Year, s.Client, w.number, s.Next-1)
	}
	return nil
}

type walker struct {
	of     *seriesRow
	number int64
	head   []byte
	at     *Voucher
	digest *digester
}

func (w *walker) step(r *walked) error {
	if w.at == nil || w.at.ID != r.ID {
		if err := w.end(); err != nil {
			return err
		}
		v := r.Voucher
		w.at = &v
	}
	l := Line{Subledger: r.Subledger, Ref: r.Ref, Line: coding.Line{
		Account: r.Account, Unit: r.Unit, Activity: r.Activity,
		Project: r.Project, Counterpart: r.Counterpart, Object: r.Object, Amount: r.Amount, Text: r.LineText,
	}}
	w.at.Lines = append(w.at.Lines, l)
	if r.LineNo != int64(len(w.at.Lines)) || r.LinePeriod != w.at.Period {
		return fmt.Errorf("ledger: line %d of %s is out of place", r.LineNo, w.at.Label())
	}
	return nil
}

// end holds the voucher that was gathered against the chain so far.
func (w *walker) end() error {
	v := w.at
	if v == nil {
		return nil
	}
	w.number++
	switch {
	case v.Number != w.number:
		return fmt.Errorf("ledger: %s %d-%d of client %s is missing or has no lines", v.Series, v.Year, w.number, v.Client)
	case !bytes.Equal(v.Prev, w.head):
		return fmt.Errorf("ledger: %s of client %s does not follow from the one before", v.Label(), v.Client)
	case !bytes.Equal(v.Sum, w.digest.sum(v)):
		return fmt.Errorf("ledger: %s of client %s has been changed", v.Label(), v.Client)
	case v.Period.Year() != v.Year:
		return fmt.Errorf("ledger: %s of client %s stands in %s", v.Label(), v.Client, v.Period.Key())
	}
	w.head, w.at = v.Sum, nil
	if err := checkShape(v); err != nil {
		return fmt.Errorf("ledger: %s of client %s: %w", v.Label(), v.Client, err)
	}
	return nil
}

// verifyRows looks for rows that no chain holds, and for what no chain can tell.
func verifyRows(o *op.Op, v *Verified) error {
	lines, err := allLines.One(o)
	if err != nil {
		return err
	}
	if lines != v.Lines {
		return fmt.Errorf("ledger: %d lines belong to no voucher of a series", lines-v.Lines)
	}
	for _, q := range []struct {
		count *db.SelectStmt[int64]
		what  string
	}{
		{unnumbered, "vouchers have no series"},
		{trespassers, "vouchers were posted in a period after it was closed"},
		{halfReversed, "reversals are not linked both ways"},
	} {
		n, err := q.count.One(o)
		if err != nil {
			return err
		}
		if n != 0 {
			return fmt.Errorf("ledger: %d %s", n, q.what)
		}
	}
	return nil
}

// verifyBalances proves that folded and fresh together equal the lines.
func verifyBalances(o *op.Op, v *Verified) error {
	diff := map[cellKey]moved{}
	for _, part := range []struct {
		rows *db.SelectStmt[balanceRow]
		sign int64
	}{{recounted, 1}, {keptBalances, -1}, {keptFresh, -1}} {
		for r, err := range part.rows.Each(o) {
			if err != nil {
				return err
			}
			m := diff[r.cellKey]
			m.Debit += r.Debit * money.Amount(part.sign)
			m.Credit += r.Credit * money.Amount(part.sign)
			m.Lines += r.Lines * part.sign
			diff[r.cellKey] = m
		}
	}
	for k, m := range diff {
		if m != (moved{}) {
			return fmt.Errorf("ledger: the balance of %s unit %q in %s of client %s differs from its lines by %s debit, %s credit, %d lines",
				k.Account, k.Unit, k.Period.Key(), k.Client, m.Debit, m.Credit, m.Lines)
		}
	}
	v.Balances = int64(len(diff))
	return nil
}

// verifyControls proves that every control account is the sum of its open items
// and that no other account has any.
func verifyControls(o *op.Op, v *Verified) error {
	sums, err := controlSums.All(o)
	if err != nil {
		return err
	}
	plans := map[op.ClientID]*coding.Plan{}
	for _, s := range sums {
		p := plans[s.Client]
		if p == nil {
			if p, err = coding.Load(o, s.Client); err != nil {
				return err
			}
			plans[s.Client] = p
		}
		control := p.Control(s.Account)
		if control != s.Subledger || control != "" && s.Without != 0 {
			return fmt.Errorf("ledger: account %s of client %s has %d lines for subledger %q, and %d without an item; its own is %q",
				s.Account, s.Client, s.Lines, s.Subledger, s.Without, control)
		}
		if control == "" {
			continue
		}
		if err := tieOut(o, &s, v); err != nil {
			return err
		}
	}
	return nil
}

// tieOut holds a control account's balance against its open items.
func tieOut(o *op.Op, s *controlSum, v *Verified) error {
	items, err := Open(o, s.Client, s.Subledger)
	if err != nil {
		return err
	}
	var open money.Amount
	for _, i := range items {
		if i.Account == s.Account {
			open += i.Amount
			v.Items++
		}
	}
	balances, err := Balances(o, s.Client, periodMin, periodMax)
	if err != nil {
		return err
	}
	for i := range balances {
		if balances[i].Account == s.Account {
			open -= balances[i].Net()
		}
	}
	if open != 0 {
		return fmt.Errorf("ledger: control account %s of client %s differs from its open items by %s", s.Account, s.Client, open)
	}
	return nil
}
