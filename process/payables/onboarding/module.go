package onboarding

import (
	"encoding/json"
	"time"

	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/job"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/web"
	"kontor/process/payables"
)

const here = "/efaktura"

// Module is onboarding to e-invoices as the program sees it. Its permissions are
// those of the supplier ledger.
func Module() module.Module {
	return module.Module{
		Name:  "payables.onboarding",
		Title: "Över till e-faktura",
		Menu:  []module.Item{{Label: "Över till e-faktura", URL: here, Need: payables.MayHandle, Order: 66}},
		Lists: []*list.Spec{Uses},
		Forms: []*form.Spec{Edit},
		Jobs: []job.Kind{{Name: "payables.uses", Label: "Räknar hur leverantörernas fakturor kommer in", Every: 24 * time.Hour,
			Run: func(o *op.Op, _ json.RawMessage) error { return Count(o) }}},
		Pages: []web.Route{
			{Pattern: "GET " + here, Need: payables.MayHandle, Handle: showAll},
			{Pattern: "GET " + here + "/{supplier}", Need: payables.MayHandle, Handle: showOne},
		},
	}
}

// Uses is how each supplier's invoices to each client come in.
var Uses = &list.Spec{
	Name: "payables.uses", Title: "Så kommer fakturorna in", Need: payables.MayHandle, From: "payables_use",
	Intro: "De senaste tolv månaderna för varje leverantör och kund. Besparingen är vad kunden hade betalat mindre om alla hade varit e-fakturor.",
	Joins: list.JoinClient, Order: "-saving", Open: here + "/{supplier_id}", Shown: "leverantörer och kunder",
	Empty: "Inga fakturor är räknade än. De räknas varje natt.",
	Columns: []list.Column{
		{Key: "supplier", Label: "Leverantör", Expr: "t.supplier_name"},
		{Key: "supplier_key", Label: "Leverantör, sorterad", Expr: "t.supplier_key", Sort: true, Hidden: true},
		{Key: "supplier_id", Label: "Leverantörens nummer", Kind: list.ID, Expr: "t.supplier", Hidden: true},
		list.Client,
		{Key: "electronic", Label: "E-fakturor", Kind: list.Whole, Expr: "t.electronic"},
		{Key: "scanned", Label: "Skannade", Kind: list.Whole, Expr: "t.scanned"},
		{Key: "manual", Label: "Manuella", Kind: list.Whole, Expr: "t.manual"},
		{Key: "share", Label: "E-fakturor, procent", Kind: list.Money, Expr: "t.share"},
		{Key: "saving", Label: "Besparing om året, kr", Kind: list.Money, Expr: "t.saving", Sort: true},
		{Key: "step", Label: "Steg", Kind: list.Status, Expr: "t.step"},
	},
	Filters: []list.Filter{
		list.OfClient(payables.MayHandle),
		{Key: "step", Label: "Steg", Column: "step", Match: list.Is, Options: Steps},
		{Key: "from", Label: "Besparing från", Column: "saving", Match: list.From, Kind: list.Money},
	},
	Search:  []list.Search{{Column: "supplier_key", Fold: text.SortKey}},
	Views:   []list.View{{Key: "worth", Label: "Värda att fråga", Filter: map[string][]string{"from": {"1"}, "step": {string(None)}}}, {Key: "all", Label: "Alla"}},
	Totals:  []list.Total{{Label: "kr om året att spara", Kind: list.Money, Expr: "t.saving"}},
	Indexes: []list.Index{{"saving"}, {"supplier_key"}},
	States:  Steps,
	Shapes:  map[string]string{string(None): "none", string(Asked): "near", string(Agreed): "near", string(Live): "ok", string(Declined): "miss"},
}

// Edit says how far a supplier has come.
var Edit = &form.Spec{
	Name: "payables.ask", Title: "Över till e-faktura", Submit: "Spara", Need: payables.MayRegister,
	Intro: "En leverantör tillfrågas en gång för alla kunder. Den som i 60 dagar bara har skickat e-fakturor blir klar av sig själv.",
	Fields: []form.Field{
		{Key: "step", Label: "Steg", Kind: form.Radio, Required: true, Options: Steps, Default: string(Asked)},
		{Key: "on", Label: "Dag", Kind: form.Date, Required: true},
		{Key: "note", Label: "Vem vi talade med och vad som sades", Kind: form.Area, Rows: 3, Max: 1000},
	},
	Rule: func(w op.Who, v form.Values) []fault.Field {
		if v.Date("on") > period.DateOf(w.Now) {
			return []fault.Field{{Name: "on", Text: "Dagen kan inte vara efter i dag."}}
		}
		return nil
	},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		s, a, err := askBy(o, key)
		if a.Step == "" {
			a.Step = Asked
		}
		return form.Loaded{Version: a.Version, Title: s.Name,
			Values: form.Values{"step": string(a.Step), "on": period.DateOf(o.Now).String(), "note": a.Note}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		s, _, err := askBy(o, key)
		if err != nil {
			return "", err
		}
		return here + "/" + s.ID.String(), Put(o, Ask{Supplier: s.ID, Step: Step(v.Text("step")), OnDay: v.Date("on"), Note: v.Text("note")}, version)
	},
}

func askBy(o *op.Op, key string) (payables.Supplier, Ask, error) {
	k, err := id.Parse[payables.Supplier](key)
	if err != nil {
		return payables.Supplier{}, Ask{}, errNone.Because("%w", err)
	}
	s, err := payables.GetSupplier(o, k)
	if err != nil {
		return s, Ask{}, err
	}
	a, _, err := askOf.Maybe(o, k)
	return s, a, err
}
