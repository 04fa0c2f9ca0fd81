// Package number gives out the numbers that people read and that must have no
// gaps: voucher numbers, register numbers.
//
// # What always holds
//
// A number is taken in the transaction that uses it; if that transaction is
// undone, so is the taking. The series' row is locked until commit, so a batch
// takes all its numbers at once, last.
package number

import (
	"kontor/kernel/db"
	"kontor/kernel/op"
)

var take = db.Select[int64](`
	INSERT INTO number_series (client, name, year, next) VALUES ($1, $2, $3, 1 + $4)
	ON CONFLICT (client, name, year) DO UPDATE SET next = number_series.next + $4
	RETURNING next`)

// Take takes n consecutive numbers of a series and returns the first. The first
// of a series is 1. Year 0 is for series that never start again.
func Take(o *op.Op, client op.ClientID, series string, year int, n int) (int64, error) {
	next, err := take.One(o, client, series, year, n)
	return next - int64(n), err
}

// Series is one row of the register of series.
type Series struct {
	Client op.ClientID
	Name   string
	Year   int64
	Next   int64
}

var all = db.Select[Series](`SELECT client, name, year, next FROM number_series ORDER BY client, name, year`)

// All lists every series, for the verifier that looks for gaps.
func All(o *op.Op) ([]Series, error) { return all.All(o) }
