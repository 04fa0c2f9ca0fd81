package ledger

import (
	"cmp"
	"slices"
	"strings"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/money"
	"kontor/kernel/op"
)

// Position is what the books of a client hold on one whole code string over
// some periods.
type Position struct {
	Account, Unit, Activity, Project, Counterpart, Object string
	Amount                                                money.Amount // debit less credit
}

// Line is the position as a coding line.
func (p *Position) Line() coding.Line {
	return coding.Line{
		Account: p.Account, Unit: p.Unit, Activity: p.Activity, Project: p.Project,
		Counterpart: p.Counterpart, Object: p.Object, Amount: p.Amount,
	}
}

// Compare orders positions by their code.
func (p *Position) Compare(q *Position) int {
	return cmp.Or(strings.Compare(p.Account, q.Account), strings.Compare(p.Unit, q.Unit), strings.Compare(p.Activity, q.Activity),
		strings.Compare(p.Project, q.Project), strings.Compare(p.Counterpart, q.Counterpart), strings.Compare(p.Object, q.Object))
}

// Merge sorts positions by code, adds those of the same code and returns them
// with their sum.
func Merge(all []Position) ([]Position, money.Amount, error) {
	slices.SortStableFunc(all, func(a, b Position) int { return a.Compare(&b) })
	out := all[:0]
	var sum money.Amount
	for i := range all {
		p := all[i]
		var err error
		if sum, err = sum.Add(p.Amount); err != nil {
			return nil, 0, err
		}
		if n := len(out); n > 0 && out[n-1].Compare(&p) == 0 {
			if out[n-1].Amount, err = out[n-1].Amount.Add(p.Amount); err != nil {
				return nil, 0, err
			}
			continue
		}
		out = append(out, p)
	}
	return out, sum, nil
}

// Balances keep account and unit alone, so whole code strings are added up from
// the lines.
var codes = db.Select[Position](`
	SELECT account, unit, activity, project, counterpart, object, CAST(sum(amount) AS BIGINT) AS amount
	FROM   ledger_line
	WHERE  client = $1 AND period BETWEEN $2 AND $3
	GROUP  BY account, unit, activity, project, counterpart, object`)

// Codes returns what the lines of the periods add up to on each code string that
// is used in them, by code.
func Codes(o *op.Op, client op.ClientID, first, last Period) ([]Position, error) {
	all, err := codes.All(o, client, first, last)
	if err != nil {
		return nil, err
	}
	all, _, err = Merge(all)
	return all, err
}

// Positions is Codes without what adds up to nought.
func Positions(o *op.Op, client op.ClientID, first, last Period) ([]Position, error) {
	all, err := Codes(o, client, first, last)
	return slices.DeleteFunc(all, func(p Position) bool { return p.Amount == 0 }), err
}
