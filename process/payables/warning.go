package payables

import (
	"strings"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/flow"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
)

// Warning is a line of the list of those who have sent invoices for nothing:
// known by number, by account, or by name alone.
type Warning struct {
	ID      id.ID[Warning]
	Version int64
	Org     string
	Account string
	Name    string
	Source  string // Swedish: who warns
	Since   period.Date
	Until   period.Date
}

// fits compares numbers before names: a name alone never fits a supplier whose
// number is on the line and is another.
func (w Warning) fits(e Evidence) bool {
	switch {
	case w.Org != "":
		return w.Org == e.Org
	case w.Account != "":
		return w.Account == e.Account
	}
	return w.Name != "" && text.SortKey(w.Name) == text.SortKey(e.Name)
}

const warningColumns = `id, version, org, account, name, source, since, until`

var (
	warningsOn  = db.Select[Warning](`SELECT ` + warningColumns + ` FROM payables_warning WHERE since <= $1 AND until >= $1 ORDER BY id`)
	warningByID = db.Select[Warning](`SELECT ` + warningColumns + ` FROM payables_warning WHERE id = $1`)
	addWarnings = db.Insert[Warning]("payables_warning", "")
	endWarning  = db.Change(`UPDATE payables_warning SET until = $3, version = version + 1 WHERE id = $1 AND version = $2`)
)

// Warnings is the list on a day.
func Warnings(o *op.Op, on period.Date) ([]Warning, error) { return warningsOn.All(o, on) }

// PutWarning adds a line.
func PutWarning(o *op.Op, w Warning) error {
	w.ID, w.Version, w.Account = id.New[Warning](o), 1, strings.ToUpper(w.Account)
	if w.Until.IsZero() {
		w.Until = flow.NoPromise
	}
	if _, err := addWarnings.Add(o, w); err != nil {
		return err
	}
	return audit.Note(o, audit.Change{Kind: "payables.warning", Record: int64(w.ID), Step: "add", Note: w.Name + " · " + w.Source})
}
