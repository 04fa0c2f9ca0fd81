package work

import (
	"fmt"

	"kontor/kernel/db"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Cell is the sum of the events of one client that agree in everything that a
// figure can be told apart by, over a span of days.
type Cell struct {
	Client    op.ClientID
	Process   string
	Activity  string
	Channel   Channel
	Unit      op.UnitID
	Automated bool
	Price     int64
	Sums
}

const cellColumns = `client, process, activity, channel, unit, automated, price,
	CAST(sum(events) AS BIGINT) AS events, CAST(sum(quantity) AS BIGINT) AS quantity,
	CAST(sum(promised) AS BIGINT) AS promised, CAST(sum(kept) AS BIGINT) AS kept,
	CAST(sum(waited) AS BIGINT) AS waited`

const cellGroup = ` GROUP BY client, process, activity, channel, unit, automated, price`

var (
	// Each half is an aggregate of one table; they are added in Go.
	foldedAll = db.Select[Cell](`SELECT ` + cellColumns + ` FROM work_day   WHERE day BETWEEN $1 AND $2` + cellGroup)
	freshAll  = db.Select[Cell](`SELECT ` + cellColumns + ` FROM work_fresh WHERE day BETWEEN $1 AND $2` + cellGroup)
	foldedOne = db.Select[Cell](`SELECT ` + cellColumns + ` FROM work_day   WHERE client = $3 AND day BETWEEN $1 AND $2` + cellGroup)
	freshOne  = db.Select[Cell](`SELECT ` + cellColumns + ` FROM work_fresh WHERE client = $3 AND day BETWEEN $1 AND $2` + cellGroup)
)

// Table returns the sums of the events done from the first to the last day,
// both included, within the scope. It reads the rollup and what is fresh.
func Table(o *op.Op, s op.Scope, first, last period.Date) ([]Cell, error) {
	if s.All {
		return gather(o, foldedAll, freshAll, first, last)
	}
	var all []Cell
	for _, c := range s.Clients {
		cells, err := gather(o, foldedOne, freshOne, first, last, c)
		if err != nil {
			return nil, err
		}
		all = append(all, cells...)
	}
	return all, nil
}

func gather(o *op.Op, folded, fresh *db.SelectStmt[Cell], args ...any) ([]Cell, error) {
	a, err := folded.All(o, append([]any{}, args...)...)
	if err != nil {
		return nil, err
	}
	b, err := fresh.All(o, args...)
	if err != nil {
		return nil, err
	}
	return merge(append(a, b...)), nil
}

// merge adds up cells that agree in all but their sums.
func merge(cells []Cell) []Cell {
	at := map[Cell]int{}
	out := cells[:0]
	for _, c := range cells {
		k := c
		k.Sums = Sums{}
		if i, ok := at[k]; ok {
			out[i].Add(c.Sums)
			continue
		}
		at[k] = len(out)
		out = append(out, c)
	}
	return out
}

var (
	freshRows = db.Select[freshRow](`
		SELECT client, id, day, process, activity, channel, unit, automated, price,
		       events, quantity, promised, kept, waited
		FROM   work_fresh
		ORDER  BY client, id
		LIMIT  $1`)

	addDay = db.Insert[dayRow]("work_day", `
		ON CONFLICT (client, day, process, activity, channel, unit, automated, price) DO UPDATE SET
			events   = work_day.events + excluded.events,
			quantity = work_day.quantity + excluded.quantity,
			promised = work_day.promised + excluded.promised,
			kept     = work_day.kept + excluded.kept,
			waited   = work_day.waited + excluded.waited`)

	dropFresh = db.Change(`DELETE FROM work_fresh WHERE client = $1 AND id = $2`)
)

const foldBatch = 2000

// Fold moves what is fresh into the rollup, at most one batch, and returns how
// many fresh rows that was.
func Fold(o *op.Op) (int, error) {
	rows, err := freshRows.All(o, foldBatch)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	sums, order := map[key]Sums{}, []key{}
	for _, r := range rows {
		s, seen := sums[r.key]
		if !seen {
			order = append(order, r.key)
		}
		s.Add(r.Sums)
		sums[r.key] = s
	}
	days := make([]dayRow, len(order))
	for i, k := range order {
		days[i] = dayRow{k, sums[k]}
	}
	if _, err := addDay.Add(o, days...); err != nil {
		return 0, err
	}
	for _, r := range rows {
		n, err := dropFresh.Do(o, r.Client, r.ID)
		if err != nil {
			return 0, err
		}
		if n != 1 {
			return 0, fmt.Errorf("work: fresh row %s was folded by somebody else", r.ID)
		}
	}
	return len(rows), nil
}

var (
	recounted = db.Select[Cell](`
		SELECT client, process, activity, channel, unit, automated, price,
		       count(*) AS events, CAST(sum(quantity) AS BIGINT) AS quantity,
		       CAST(COALESCE(sum(quantity) FILTER (WHERE promised > 0), 0) AS BIGINT) AS promised,
		       CAST(COALESCE(sum(quantity) FILTER (WHERE kept), 0) AS BIGINT) AS kept,
		       CAST(sum(waited) AS BIGINT) AS waited
		FROM   work_event
		WHERE  day BETWEEN $1 AND $2` + cellGroup)

	twice = db.Select[int64](`
		SELECT count(*) FROM (
			SELECT client, document FROM work_event WHERE corrects = 0 GROUP BY client, document HAVING count(*) > 1) AS d`)

	countEvents = db.Select[int64](`SELECT count(*) FROM work_event`)
)

// Verify proves that rollup and fresh together equal the events, cell by cell,
// and that no document was counted twice. It returns how many events there are.
func Verify(o *op.Op) (int64, error) {
	first, last := period.NewDate(1900, 1, 1), period.NewDate(9999, 12, 31)
	have, err := Table(o, op.Scope{All: true}, first, last)
	if err != nil {
		return 0, err
	}
	want, err := recounted.All(o, first, last)
	if err != nil {
		return 0, err
	}
	diff := map[Cell]Sums{}
	add := func(cells []Cell, sign int64) {
		for _, c := range cells {
			k := c
			k.Sums = Sums{}
			s := diff[k]
			s.Add(Sums{sign * c.Events, sign * c.Quantity, sign * c.Promised, sign * c.Kept, sign * c.Waited})
			diff[k] = s
		}
	}
	add(have, 1)
	add(want, -1)
	for k, s := range diff {
		if s != (Sums{}) {
			return 0, fmt.Errorf("work: the rollup of %s/%s for client %s differs from its events by %+v",
				k.Process, k.Activity, k.Client, s)
		}
	}
	n, err := twice.One(o)
	if err != nil {
		return 0, err
	}
	if n > 0 {
		return 0, fmt.Errorf("work: %d documents are counted twice", n)
	}
	return countEvents.One(o)
}

// EventID is the identity of an event.
type EventID = id.ID[Event]
