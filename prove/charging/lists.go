package charging

import "kontor/kernel/list"

// Closed is the list of closed bills.
var Closed = &list.Spec{
	Name: "charging.closed", Title: "Stängda räkningar", Need: Read, From: "bill", Shown: "räkningar",
	Joins: "LEFT JOIN client AS c ON c.id = t.client LEFT JOIN person AS p ON p.id = t.actor",
	Order: "-month", Open: "/debitering/{code}/{month}",
	Empty: "Ingen månad är stängd än. En månad stängs på sidan Debitering när den har tagit slut.",
	Columns: []list.Column{
		{Key: "month", Label: "Månad", Kind: list.Code, Expr: "t.month", Sort: true},
		list.Client,
		{Key: "sum", Label: "Summa", Kind: list.Money, Expr: "t.sum"},
		{Key: "at", Label: "Stängd", Kind: list.Time, Expr: "t.at"},
		{Key: "actor", Label: "Av", Expr: "COALESCE(p.name, '')"},
		{Key: "code", Label: "Kod", Kind: list.Code, Expr: "COALESCE(c.code, '')", Hidden: true},
		{Key: "hash", Label: "Kontrollsumma", Kind: list.Code, Expr: "t.hash", Hidden: true},
	},
	Filters: []list.Filter{
		{Key: "month", Label: "Månad", Column: "month"},
		{Key: "client", Label: "Kund", Column: "client", Kind: list.ID, Hidden: true},
	},
	Totals:  []list.Total{{Label: "kr", Kind: list.Money, Expr: "t.sum"}},
	Indexes: []list.Index{{"month"}},
}
