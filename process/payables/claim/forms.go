package claim

import (
	"strings"

	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/process/payables"
	"kontor/promise/client"
)

// New registers a claim. An invoice's page fills in what it knows.
var New = &form.Spec{
	Name: "payables.claim", Title: "Ny påminnelse eller nytt krav", Submit: "Registrera", Need: payables.MayHandle,
	Intro: "Ett krav är en händelse på fakturan och betalas aldrig. Skriv av det som leverantören kräver utöver fakturan, så prövas det mot lagen.",
	Fields: []form.Field{
		{Key: "client", Label: "Kund", Kind: form.Choice, Required: true, Choices: client.Options},
		{Key: "kind", Label: "Slag", Kind: form.Radio, Required: true, Options: Kinds, Default: string(Reminder)},
		{Key: "org", Label: "Leverantörens organisationsnummer", Max: 20, Help: "Fakturan hittas med det och fakturans nummer, aldrig med namnet."},
		{Key: "name", Label: "Leverantör", Required: true, Max: 120, Help: "Så som det står på kravet."},
		{Key: "number", Label: "Fakturans nummer", Required: true, Max: 60},
		{Key: "dated", Label: "Kravets datum", Kind: form.Date, Required: true},
		{Key: "capital", Label: "Fakturans belopp enligt kravet", Kind: form.Money},
		{Key: "interest", Label: "Dröjsmålsränta", Kind: form.Money, Help: "Lämna tomt det som inte krävs."},
		{Key: "compensation", Label: "Förseningsersättning", Kind: form.Money},
		{Key: "fee", Label: "Avgift för påminnelse, inkasso eller ansökan", Kind: form.Money},
		{Key: "term_agreed", Label: "En kortare betalningstid än lagens är avtalad", Kind: form.Check},
		{Key: "fee_agreed", Label: "Påminnelseavgift är avtalad", Kind: form.Check},
	},
	Rule: func(w op.Who, v form.Values) []fault.Field { return check(v, period.DateOf(w.Now)) },
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		c := &Claim{Kind: Kind(v.Text("kind")), Channel: work.Manual, SupplierName: v.Text("name"), Number: v.Text("number"), Dated: v.Date("dated"),
			Capital: v.Money("capital"), Interest: v.Money("interest"), Compensation: v.Money("compensation"), Fee: v.Money("fee"),
			TermAgreed: v.Bool("term_agreed"), FeeAgreed: v.Bool("fee_agreed")}
		var err error
		if c.Client, err = id.Parse[op.Client](v.Text("client")); err != nil {
			return "", err
		}
		c.SupplierOrg, _ = org(v.Text("org"), period.DateOf(o.Now))
		if err := Register(o, c); err != nil {
			return "", err
		}
		return "/krav/" + c.ID.String(), nil
	},
}

// org reads a Swedish number, or a foreign VAT number as it stands.
func org(s string, today period.Date) (string, bool) {
	s = strings.ToUpper(strings.Join(strings.Fields(s), ""))
	if s == "" {
		return "", true
	}
	if n, err := ident.ParseOrg(s, today); err == nil {
		return n.Digits, true
	}
	foreign := len(s) > 4 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z' && !strings.HasPrefix(s, "SE")
	return s, foreign
}

func check(v form.Values, today period.Date) []fault.Field {
	var bad []fault.Field
	if _, ok := org(v.Text("org"), today); !ok {
		bad = append(bad, fault.Field{Name: "org", Text: "Numret stämmer inte. Kontrollera siffrorna, till exempel 556036-0793."})
	}
	if d := v.Date("dated"); d > today {
		bad = append(bad, fault.Field{Name: "dated", Text: "Kravet kan inte vara daterat efter i dag."})
	}
	for _, key := range []string{"capital", "interest", "compensation", "fee"} {
		if v.Money(key) < 0 {
			bad = append(bad, fault.Field{Name: key, Text: "Beloppet kan inte vara negativt."})
		}
	}
	return bad
}
