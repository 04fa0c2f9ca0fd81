package payables

import (
	"strconv"
	"strings"

	"kontor/books/coding"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/promise/client"
)

var errNoRow = fault.New(fault.NotFound, "PAY-050", "Raden finns inte. Sök upp den i listan.")

// chosenClient reads a client that the actor may work for.
func chosenClient(o *op.Op, need op.Permission, v form.Values, key string) (op.ClientID, error) {
	c, err := id.Parse[op.Client](v.Text(key))
	if err != nil {
		return 0, errNoRow.Because("%w", err)
	}
	return c, o.NeedFor(need, c)
}

func until(d period.Date) period.Date {
	if d.IsZero() {
		return flow.NoPromise
	}
	return d
}

func findRule(o *op.Op, key string) (Rule, error) {
	k, err := id.Parse[Rule](key)
	if err != nil {
		return Rule{}, errNoRow.Because("%w", err)
	}
	return find(o, func(c op.ClientID) (Rule, bool, error) { return ruleByID.Maybe(o, c, k) })
}

// find asks for a row of one client after the other: its address has no client,
// and what belongs to another is not found.
func find[T any](o *op.Op, get func(op.ClientID) (T, bool, error)) (T, error) {
	var none T
	all, err := client.All(o)
	if err != nil {
		return none, err
	}
	for _, c := range all {
		if !o.Actor.May(MayRegister, c.ID) {
			continue
		}
		if row, ok, err := get(c.ID); err != nil || ok {
			return row, err
		}
	}
	return none, errNoRow.Because("%s sees no such row", o.Actor.ID)
}

// NewRule adds a rule of the digital co-worker.
var NewRule = &form.Spec{
	Name: "payables.rule", Title: "Ny konteringsregel", Submit: "Lägg till regeln", Need: MayRegister,
	Intro: "Den digitala medarbetaren konterar med regeln. En person granskar och attesterar alltid.",
	Fields: []form.Field{
		{Key: "client", Label: "Kund", Kind: form.Choice, Required: true, Choices: client.Options},
		{Key: "supplier", Label: "Leverantörens organisationsnummer", Kind: form.Org, Help: "Lämna tomt om regeln gäller en referens hos alla leverantörer."},
		{Key: "reference", Label: "Referensen börjar med", Kind: form.Text, Max: 40},
		{Key: "account", Label: "Konto", Kind: form.Text, Required: true, Max: 20},
		{Key: "unit", Label: "Ansvar", Kind: form.Text, Max: 20},
		{Key: "activity", Label: "Verksamhet", Kind: form.Text, Max: 20},
		{Key: "project", Label: "Projekt", Kind: form.Text, Max: 20},
		{Key: "most", Label: "Högst, utan moms", Kind: form.Money, Required: true},
		{Key: "valid_from", Label: "Gäller från", Kind: form.Date, Required: true},
		{Key: "valid_to", Label: "Gäller till och med", Kind: form.Date, NotBefore: "valid_from"},
		{Key: "note", Label: "Varför", Kind: form.Text, Required: true, Help: "Visas för den som granskar."},
	},
	Rule: func(_ op.Who, v form.Values) []fault.Field {
		if v.Text("supplier") == "" && v.Text("reference") == "" {
			return []fault.Field{{Name: "reference", Text: "Ange en leverantör eller en referens. En regel för allt finns inte."}}
		}
		return nil
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		c, err := chosenClient(o, MayRegister, v, "client")
		if err != nil {
			return "", err
		}
		r := Rule{Client: c, Reference: NormalCode(v.Text("reference")), Account: v.Text("account"), Unit: v.Text("unit"), Activity: v.Text("activity"),
			Project: v.Text("project"), Most: v.Money("most"), Note: v.Text("note"), ValidFrom: v.Date("valid_from"), ValidTo: until(v.Date("valid_to"))}
		if s := v.Text("supplier"); s != "" {
			if r.Supplier, err = twelve(o, s); err != nil {
				return "", err
			}
		}
		if wrong, err := ruleRefused(o, r); err != nil || wrong != nil {
			if err == nil {
				err = form.ErrInvalid.At(wrong...)
			}
			return "", err
		}
		_, err = PutRule(o, r)
		return "/l/payables.rules", err
	},
}

// ruleRefused holds what a rule would code against the client's code plan.
func ruleRefused(o *op.Op, r Rule) ([]fault.Field, error) {
	plan, err := coding.Load(o, r.Client)
	if err != nil {
		return nil, err
	}
	var wrong []fault.Field
	for _, x := range plan.Check(coding.Line{Account: r.Account, Unit: r.Unit, Activity: r.Activity, Project: r.Project, Amount: 1}, r.ValidFrom) {
		name := string(x.Segment)
		if x.Segment == coding.Counterpart || x.Segment == coding.Object {
			name = "account"
		}
		wrong = append(wrong, fault.Field{Name: name, Text: x.Text})
	}
	return wrong, nil
}

// EndRule sets the last day of a rule.
var EndRule = &form.Spec{
	Name: "payables.rule.end", Title: "Avsluta konteringsregel", Submit: "Avsluta", Need: MayRegister,
	Fields: []form.Field{{Key: "valid_to", Label: "Sista dag", Kind: form.Date, Required: true}},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		r, err := findRule(o, key)
		return form.Loaded{Version: r.Version, Intro: text.F(o, "Konto %s, ansvar %s.", r.Account, r.Unit) + " " + r.Note,
			Values: form.Values{"valid_to": period.DateOf(o.Now).String()}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		r, err := findRule(o, key)
		if err != nil {
			return "", err
		}
		n, err := endRule.Do(o, r.Client, r.ID, version, v.Date("valid_to"))
		if err == nil && n == 0 {
			err = form.ErrConflict.Because("rule %s: version %d", key, version)
		}
		if err != nil {
			return "", err
		}
		return "/l/payables.rules", noteOf(o, r.Client, "payables.rule", int64(r.ID), "end", v.Text("valid_to"))
	},
}

// EditSupplier is what people know of a supplier.
var EditSupplier = &form.Spec{
	Name: "payables.supplier", Title: "Leverantör", Submit: "Spara", Need: MayRegister,
	Intro: "Namn och organisationsnummer kommer från den första fakturan. Konton godkänns för sig, av två personer.",
	Fields: []form.Field{
		{Key: "state", Label: "Läge", Kind: form.Choice, Required: true, Options: supplierStates},
		{Key: "f_tax", Label: "F-skatt", Kind: form.Choice, Required: true, Options: taxStates},
		{Key: "f_tax_on", Label: "F-skatten kontrollerad", Kind: form.Date},
		{Key: "town", Label: "Ort", Kind: form.Text, Max: 35, Help: "En del banker betalar bara till den som har ort och land. Orten kommer annars från fakturan."},
		{Key: "country", Label: "Land", Kind: form.Text, Required: true, Max: 2, Help: "Två bokstäver, till exempel SE."},
		{Key: "phone", Label: "Känt telefonnummer", Kind: form.Text, Max: 40, Help: "Ett nummer som inte kommer från en faktura. Dit ringer vi om ett konto ändras."},
		{Key: "mail", Label: "E-post", Kind: form.Text, Max: 120},
	},
	Rule: func(_ op.Who, v form.Values) (wrong []fault.Field) {
		if v.Text("f_tax") != "unknown" && v.Date("f_tax_on").IsZero() {
			wrong = append(wrong, fault.Field{Name: "f_tax_on", Text: "Skriv vilken dag F-skatten kontrollerades."})
		}
		if c := strings.ToUpper(v.Text("country")); len(c) != 2 || strings.Trim(c, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			wrong = append(wrong, fault.Field{Name: "country", Text: "Skriv landets två bokstäver, till exempel SE eller DK."})
		}
		return wrong
	},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		s, err := supplierByKey(o, key)
		return form.Loaded{Version: s.Version, Title: s.Name, Values: form.Values{"state": s.State, "f_tax": s.FTax,
			"f_tax_on": s.FTaxOn.String(), "town": s.Town, "country": s.Country, "phone": s.Phone, "mail": s.Mail}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		s, err := supplierByKey(o, key)
		if err != nil {
			return "", err
		}
		s.Version, s.State, s.FTax, s.FTaxOn = version, v.Text("state"), v.Text("f_tax"), v.Date("f_tax_on")
		if phone := v.Text("phone"); phone != s.Phone {
			s.Phone, s.PhoneOn, s.PhoneBy = phone, period.DateOf(o.Now), o.Actor.ID
		}
		s.Mail, s.Town, s.Country = v.Text("mail"), v.Text("town"), strings.ToUpper(v.Text("country"))
		return "/leverantor/" + key, SaveSupplier(o, s)
	},
}

func supplierByKey(o *op.Op, key string) (Supplier, error) {
	k, err := id.Parse[Supplier](key)
	if err != nil {
		return Supplier{}, errNoSupplier.Because("%w", err)
	}
	return GetSupplier(o, k)
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
