// Package approvaltest gives the tests of other packages a decided register of
// approvers, written by one person and decided by another.
package approvaltest

import (
	"testing"

	"kontor/kernel/dbtest"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/approval"
)

// Adopt decides a version of a client's register with these rows and no others.
// It is valid from the day of the door's clock.
func Adopt(t testing.TB, d *op.Door, client op.ClientID, rows ...approval.Row) {
	t.Helper()
	var key id.ID[approval.Scheme]
	dbtest.Do(t, d, dbtest.Actor("Kajsa Kamrer", approval.MayRead, approval.MayWrite), func(o *op.Op) (err error) {
		if key, err = approval.Begin(o, client, period.DateOf(o.Now), approval.Forever); err != nil {
			return err
		}
		if err = approval.Strike(o, key, 0); err != nil {
			return err
		}
		return approval.Write(o, key, rows...)
	})
	dbtest.Do(t, d, dbtest.Actor("Disa Direktör", approval.MayRead, approval.MayDecide), func(o *op.Op) error {
		_, err := approval.Table.Take(o, key, "decide", 0, map[string]string{
			"body": "Nämnden", "on": period.DateOf(o.Now).String(), "registry": "§ 8"})
		return err
	})
}

// Final is a row that lets a person approve everything up to a limit.
func Final(a op.Actor, most money.Amount) approval.Row {
	return approval.Row{Person: a.ID, Name: a.Name, Kind: approval.Final, Most: most}
}
