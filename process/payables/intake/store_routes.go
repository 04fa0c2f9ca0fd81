package intake

import (
	"strconv"

	"kontor/kernel/db"
	"kontor/kernel/ident"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
)

// ownRow is a number in the register of a client: of an order or of a
// subscription.
type ownRow struct {
	Client   op.ClientID
	Supplier string
	Code     string
}

var (
	subscriptionsBy = db.Select[ownRow](`
		SELECT t.client, t.supplier, t.reference AS code FROM ` + in("TEXT") + `
		JOIN   payables_subscription AS t ON t.supplier = k.column1 AND t.valid_from <= ` + mark(1) + ` AND t.valid_to >= ` + mark(1))
	purchasesBy = db.Select[ownRow](`
		SELECT t.client, t.supplier, t.number AS code FROM ` + in("TEXT", "TEXT") + `
		JOIN   payables_order AS t ON t.supplier = k.column1 AND t.number = k.column2 AND t.valid_from <= ` + mark(2) + ` AND t.valid_to >= ` + mark(2))
)

// mark is the parameter that follows the keys of a look-up by some columns.
func mark(columns int) string { return "$" + strconv.Itoa(slots*columns+1) }

// loadRouter reads what the clients of drafts are found by.
func loadRouter(o *op.Op, drafts []*Draft) (*Router, error) {
	day := period.DateOf(o.Now)
	rows, err := routesOn.All(o, day)
	if err != nil {
		return nil, err
	}
	r := newRouter(rows)
	var all []Marks
	for _, d := range drafts {
		if d.Refused == nil {
			all = append(all, d.marks())
		}
	}
	return r, r.load(o, day, all)
}

// load adds the registers' numbers of the suppliers of some invoices.
func (r *Router) load(o *op.Op, day period.Date, all []Marks) error {
	var suppliers []string
	var orders []supplierCode
	seen := map[string]bool{}
	for _, m := range all {
		if m.Supplier == "" {
			continue
		}
		if !seen[m.Supplier] {
			seen[m.Supplier] = true
			suppliers = append(suppliers, m.Supplier)
		}
		if m.Order != "" {
			orders = append(orders, supplierCode{m.Supplier, payables.NormalCode(m.Order)})
		}
	}
	err := lookUp(o, subscriptionsBy, suppliers, func(all []any, s string) []any { return append(all, s) },
		func(x ownRow) { own(r.subscriptions, x.Supplier, x.Code, x.Client) }, day)
	if err != nil {
		return err
	}
	return lookUp(o, purchasesBy, orders, func(all []any, k supplierCode) []any { return append(all, k.supplier, k.code) },
		func(x ownRow) { own(r.purchases, x.Supplier, x.Code, x.Client) }, day)
}

// orgDigits is the stored form of an organisation number that a person wrote.
func orgDigits(s string, on period.Date) (string, error) {
	org, err := ident.ParseOrg(s, on)
	return org.Digits, err
}
