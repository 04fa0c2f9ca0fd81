package charging

import (
	"errors"
	"fmt"
	"time"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/promise/catalogue"
)

type billRow struct {
	Client op.ClientID
	ID     id.ID[Bill]
	Month  string
	Sum    money.Amount
	Hash   string
	At     time.Time
	Actor  op.PersonID
}

type lineRow struct {
	Client   op.ClientID
	ID       id.ID[Line]
	Bill     id.ID[Bill]
	Position int64
	Line
}

type billedRow struct {
	Key
	Quantity int64
}

var (
	addBill  = db.Insert[billRow]("bill", "")
	addLines = db.Insert[lineRow]("bill_line", "")

	billOf = db.Select[billRow](`SELECT client, id, month, sum, hash, at, actor FROM bill WHERE client = $1 AND month = $2`)
	allOf  = db.Select[billRow](`SELECT client, id, month, sum, hash, at, actor FROM bill WHERE client = $1 ORDER BY month`)
	all    = db.Select[billRow](`SELECT client, id, month, sum, hash, at, actor FROM bill ORDER BY client, month`)

	linesOf = db.Select[lineRow](`
		SELECT client, id, bill, position, sort, month, process, activity, channel, price, item, text, quantity, each, sum
		FROM   bill_line WHERE client = $1 AND bill = $2 ORDER BY position`)

	billedOf = db.Select[billedRow](`
		SELECT month, process, activity, channel, price, CAST(sum(quantity) AS BIGINT) AS quantity
		FROM   bill_line
		WHERE  client = $1 AND sort <> 'fee'
		GROUP  BY month, process, activity, channel, price`)
)

var (
	errClosed  = fault.New(fault.Conflict, "CHG-001", "Månaden är redan stängd för kunden. Rättelser kommer på nästa öppna månads räkning.")
	errRunning = fault.New(fault.Conflict, "CHG-002", "Månaden är inte slut än. Stäng den när den har tagit slut.")
	errOrder   = fault.New(fault.Conflict, "CHG-003", "En senare månad är redan stängd för kunden. Det som saknas kommer på nästa öppna månads räkning.")
	errGap     = fault.New(fault.Conflict, "CHG-005", "Månaden före är inte stängd än. Stäng den först.")
	errHidden  = fault.New(fault.NotFound, "CHG-004", "Räkningen finns inte.")
)

// Of returns a client's bill for a month: as it was closed, or as it stands now.
func Of(o *op.Op, client op.ClientID, m period.Month) (Bill, error) {
	b, err := catalogue.Load(o)
	if err != nil {
		return Bill{}, err
	}
	return of(o, b, newCells(one(client)), client, m)
}

// cells reads the sums of whole months, each once however many bills are made of
// them.
type cells struct {
	scope op.Scope
	read  map[period.Month][]work.Cell
}

func newCells(s op.Scope) *cells { return &cells{s, map[period.Month][]work.Cell{}} }

func (c *cells) of(o *op.Op, m period.Month) ([]work.Cell, error) {
	if all, ok := c.read[m]; ok {
		return all, nil
	}
	all, err := work.Table(o, c.scope, m.First(), m.Last())
	if err == nil {
		c.read[m] = all
	}
	return all, err
}

func of(o *op.Op, b *catalogue.Book, months *cells, client op.ClientID, m period.Month) (Bill, error) {
	row, closed, err := billOf.Maybe(o, client, m.Key())
	if err != nil {
		return Bill{}, err
	}
	if closed {
		return stored(o, row, m)
	}
	now, err := months.of(o, m)
	if err != nil {
		return Bill{}, err
	}
	late, err := drift(o, months, client, m)
	if err != nil {
		return Bill{}, err
	}
	return Make(b, client, m, now, late)
}

func one(client op.ClientID) op.Scope { return op.Scope{Clients: []op.ClientID{client}} }

func stored(o *op.Op, row billRow, m period.Month) (Bill, error) {
	bill := Bill{Client: row.Client, Month: m, Sum: row.Sum, Closed: &Closing{row.ID, row.At, row.Actor, row.Hash}}
	lines, err := linesOf.All(o, row.Client, row.ID)
	for _, l := range lines {
		bill.Lines = append(bill.Lines, l.Line)
	}
	return bill, err
}

// drift is what has changed in the closed months before m since they were
// billed. It belongs on the first open bill; on a later one it would stand
// twice.
func drift(o *op.Op, months *cells, client op.ClientID, m period.Month) (map[Key]int64, error) {
	closed, err := allOf.All(o, client)
	if err != nil || len(closed) == 0 || closed[len(closed)-1].Month != m.Prev().Key() {
		return nil, err
	}
	rows, err := billedOf.All(o, client)
	if err != nil {
		return nil, err
	}
	billed := map[Key]int64{}
	for _, r := range rows {
		billed[r.Key] += r.Quantity
	}
	have := map[Key]int64{}
	for _, c := range closed {
		p, err := period.ParsePeriod(c.Month)
		if err != nil {
			return nil, err
		}
		then, err := months.of(o, period.MonthOf(p.First()))
		if err != nil {
			return nil, err
		}
		for k, n := range quantities(then, client, period.MonthOf(p.First())) {
			have[k] += n
		}
	}
	return drifted(have, billed), nil
}

// Close stores a client's bill as it stands. Months are closed in order; one
// that was passed over is closed on the way.
func Close(o *op.Op, client op.ClientID, m period.Month) (Bill, error) {
	before, err := allOf.All(o, client)
	if err != nil {
		return Bill{}, err
	}
	switch err := mayClose(before, m, period.DateOf(o.Now)); {
	case errors.Is(err, errGap):
		if _, err := Close(o, client, m.Prev()); err != nil {
			return Bill{}, err
		}
	case err != nil:
		return Bill{}, err
	}
	bill, err := Of(o, client, m)
	if err != nil {
		return bill, err
	}
	return bill, put(o, &bill)
}

// mayClose says whether a month can be closed after those that are. errGap says
// that the month before has to be closed first.
func mayClose(before []billRow, m period.Month, today period.Date) error {
	if m.Last() >= today {
		return errRunning.Because("%s is not over", m.Key())
	}
	if len(before) == 0 {
		return nil
	}
	switch last := before[len(before)-1]; {
	case last.Month == m.Key():
		return errClosed.Because("client %s: %s is closed", last.Client, last.Month)
	case last.Month > m.Key():
		return errOrder.Because("client %s: %s is closed", last.Client, last.Month)
	case last.Month != m.Prev().Key():
		return errGap.Because("client %s: %s is open", last.Client, m.Prev().Key())
	}
	return nil
}

func put(o *op.Op, bill *Bill) error {
	m := bill.Month.Key()
	row := billRow{Client: bill.Client, ID: id.New[Bill](o), Month: m, Sum: bill.Sum, Hash: hash(bill.Client, m, bill.Lines), At: o.Now, Actor: o.Actor.ID}
	lines := make([]lineRow, len(bill.Lines))
	for i, l := range bill.Lines {
		lines[i] = lineRow{bill.Client, id.New[Line](o), row.ID, int64(i), l}
	}
	if _, err := addBill.Add(o, row); err != nil {
		if db.Duplicate(err) {
			return errClosed.Because("client %s: %w", bill.Client, err)
		}
		return err
	}
	if _, err := addLines.Add(o, lines...); err != nil {
		return err
	}
	bill.Closed = &Closing{row.ID, row.At, row.Actor, row.Hash}
	return audit.Note(o, audit.Change{Client: bill.Client, Kind: "charging.bill", Record: int64(row.ID), Step: "close", Note: m + " " + bill.Sum.String()})
}

// verify proves that every closed bill is as it was closed, and that each line
// is its price times its quantity.
func verify(o *op.Op) (map[string]int64, error) {
	bills, err := all.All(o)
	if err != nil {
		return nil, err
	}
	n := int64(0)
	for _, row := range bills {
		bill, err := stored(o, row, period.Month{})
		if err != nil {
			return nil, err
		}
		total, err := sum(bill.Lines)
		if err != nil {
			return nil, err
		}
		if total != row.Sum || hash(row.Client, row.Month, bill.Lines) != row.Hash {
			return nil, fmt.Errorf("charging: the bill of client %s for %s is not as it was closed", row.Client, row.Month)
		}
		for _, l := range bill.Lines {
			if p, err := l.Each.Portion(l.Quantity, 1); err != nil || p != l.Sum {
				return nil, fmt.Errorf("charging: line %q of client %s for %s is not price times quantity", l.Text, row.Client, row.Month)
			}
		}
		n += int64(len(bill.Lines))
	}
	return map[string]int64{"bills": int64(len(bills)), "bill_lines": n}, nil
}
