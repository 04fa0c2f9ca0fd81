package app

import (
	"slices"

	"kontor/kernel/module"
	"kontor/kernel/web"
)

// menu says in which part of the menu an item stands, and the order within it.
// What is not here comes last, by itself, and the test of the menu says so.
var menu = []struct {
	group string // Swedish
	urls  []string
}{
	{"Arbetslistor", []string{"/l/payables.invoices", "/l/payables.fallout", "/inlasning", "/l/payables.claims", "/l/payout.requests", "/efaktura", "/l/payables.replies", "/betalningar", "/l/complaint.all", "/l/payables.suppliers"}},
	{"Rapporter", []string{"/rapport", "/indikatorer", "/debitering", "/felstallda", "/l/work.events"}},
	{"Bokföring", []string{"/l/treasury.payments", "/l/treasury.answers", "/ledger/balance", "/l/generalledger.orders", "/l/ledger.vouchers", "/l/generalledger.loads", "/bokforing/export", "/l/generalledger.publications", "/l/ledger.locks", "/l/coding.values", "/l/statute.values"}},
	{"Löften", []string{"/l/agreement.agreements", "/prislista", "/l/client.clients", "/organisation"}},
	{"Register", []string{"/attestforteckning", "/l/payables.rules", "/regelforslag", "/l/payables.trusts", "/l/payables.mistakes", "/l/payables.codings", "/l/treasury.accounts", "/l/payables.routes", "/styrning/prova", "/l/payables.subscriptions", "/l/payables.orders", "/l/payables.automatic", "/l/payables.warnings", "/l/payables.settings", "/l/payables.receivers", "/l/role.persons", "/l/job.all", "/l/mail.all", checkURL}},
}

// waits is what waits, by the item of the menu where it is dealt with.
var waits = map[string][]web.Waits{
	"/l/payables.invoices":    {{List: "payables.invoices", View: "code", Need: "payables.code"}},
	"/l/payables.fallout":     {{List: "payables.fallout", View: "todo", Need: "payables.import"}},
	"/l/payables.claims":      {{List: "payables.claims", View: "open", Need: "payables.handle"}},
	"/l/payout.requests":      {{List: "payout.requests", View: "accounts", Need: "payout.check"}, {List: "payout.requests", View: "review", Need: "payout.review"}},
	"/betalningar":            {{List: "treasury.proposals", View: "open", Need: "treasury.handle"}},
	"/l/complaint.all":        {{List: "complaint.all", View: "open", Need: "complaint.handle"}},
	"/l/generalledger.orders": {{List: "generalledger.orders", View: "approve", Need: "generalledger.approve"}},
	"/l/job.all":              {{List: "job.all", View: "failed", Need: "job.again"}},
	"/l/mail.all":             {{List: "mail.all", View: "stuck", Need: "mail.again"}},
}

// inMenu puts items where they stand in the menu.
func inMenu(items []module.Item) []module.Item {
	items = slices.Clone(items)
	for i, it := range items {
		items[i].Waits = waits[it.URL]
		for g, m := range menu {
			if at := slices.Index(m.urls, it.URL); at >= 0 {
				items[i].Group, items[i].Order = m.group, 100*(g+1)+at
			}
		}
	}
	return items
}
