package ledger

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/web"
)

// Module is the books as the program sees them.
func Module() module.Module {
	return module.Module{
		Name:  "ledger",
		Title: "Bokföring",
		Menu: []web.Item{
			{Label: "Saldon", URL: "/ledger/balance", Need: "ledger.read", Order: 700},
			{Label: "Verifikationer", URL: "/l/ledger.vouchers", Need: "ledger.read", Order: 710},
			{Label: "Stängda perioder", URL: "/l/ledger.locks", Need: "ledger.read", Order: 715},
		},
		Permissions: []module.Permission{
			{Name: "ledger.read", Label: "Se verifikationer, saldon och stängda perioder"},
			{Name: "ledger.lock", Label: "Stänga perioder i bokföringen"},
			{Name: "ledger.reopen", Label: "Öppna en stängd period som någon annan har stängt"},
		},
		Lists: []*list.Spec{Vouchers, Lines, Locks, Reopenings},
		Forms: []*form.Spec{CloseForm, ReopenForm},
		Jobs:  jobs(),
		Pages: pages(),
		Invariants: []module.Invariant{{
			Name:  "ledger.books",
			Label: "Bokföringen balanserar, nummerserierna är obrutna, inget är ändrat och reskontran stämmer", Check: checkBooks,
		}},
	}
}

func checkBooks(o *op.Op) (map[string]int64, error) {
	v, err := Verify(o)
	return map[string]int64{
		"clients": v.Clients, "series": v.Series, "vouchers": v.Vouchers, "lines": v.Lines,
		"balances": v.Balances, "items": v.Items,
	}, err
}
