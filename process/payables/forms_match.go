package payables

import (
	"strconv"

	"kontor/books/coding"
	"kontor/kernel/audit"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/promise/client"
)

func channelForms() []*form.Spec {
	return []*form.Spec{NewOrder, EndOrder, NewSubscription, EndSubscription, Confirm, NewWarning, EndWarning, NewSetting, NewAccount, LookAtSample}
}

// coded are the fields of what something is coded as.
var codeFields = []form.Field{
	{Key: "account", Label: "Konto", Kind: form.Text, Required: true, Max: 20},
	{Key: "unit", Label: "Ansvar", Kind: form.Text, Max: 20},
	{Key: "activity", Label: "Verksamhet", Kind: form.Text, Max: 20},
	{Key: "project", Label: "Projekt", Kind: form.Text, Max: 20},
	{Key: "valid_from", Label: "Gäller från", Kind: form.Date, Required: true},
	{Key: "valid_to", Label: "Gäller till och med", Kind: form.Date, NotBefore: "valid_from", Help: "Lämna tomt om det gäller tills vidare."},
}

// refusedCode holds a coding against the client's code plan, at the fields.
func refusedCode(o *op.Op, c op.ClientID, v form.Values) error {
	plan, err := coding.Load(o, c)
	if err != nil {
		return err
	}
	var wrong []fault.Field
	line := coding.Line{Account: v.Text("account"), Unit: v.Text("unit"), Activity: v.Text("activity"), Project: v.Text("project"), Amount: 1}
	for _, x := range plan.Check(line, v.Date("valid_from")) {
		name := string(x.Segment)
		if x.Segment == coding.Counterpart || x.Segment == coding.Object {
			name = "account"
		}
		wrong = append(wrong, fault.Field{Name: name, Text: x.Text})
	}
	if wrong != nil {
		return form.ErrInvalid.At(wrong...)
	}
	return nil
}

// NewOrder adds an order.
var NewOrder = &form.Spec{
	Name: "payables.order", Title: "Ny order", Submit: "Lägg till ordern", Need: MayRegister,
	Intro: "Fakturor som anger ordernumret konteras så här, så länge beloppet räcker.",
	Fields: append([]form.Field{
		{Key: "client", Label: "Kund", Kind: form.Choice, Required: true, Choices: client.Options},
		{Key: "number", Label: "Ordernummer", Kind: form.Text, Required: true, Max: 60},
		{Key: "supplier", Label: "Leverantörens organisationsnummer", Kind: form.Org, Required: true},
		{Key: "name", Label: "Vad har beställts?", Kind: form.Text, Required: true, Max: 200},
		{Key: "amount", Label: "Belopp utan moms", Kind: form.Money, Required: true},
	}, codeFields...),
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		c, err := chosenClient(o, MayRegister, v, "client")
		if err != nil {
			return "", err
		}
		if err := refusedCode(o, c, v); err != nil {
			return "", err
		}
		org, err := twelve(o, v.Text("supplier"))
		if err != nil {
			return "", err
		}
		_, err = PutOrder(o, Order{Client: c, Number: v.Text("number"), Supplier: org, Name: v.Text("name"), Amount: v.Money("amount"),
			Account: v.Text("account"), Unit: v.Text("unit"), Activity: v.Text("activity"), Project: v.Text("project"),
			ValidFrom: v.Date("valid_from"), ValidTo: v.Date("valid_to")})
		return "/l/payables.orders", err
	},
}

// EndOrder changes what is ordered for, or ends it.
var EndOrder = &form.Spec{
	Name: "payables.order.end", Title: "Ändra order", Submit: "Spara", Need: MayRegister,
	Fields: []form.Field{{Key: "amount", Label: "Belopp utan moms", Kind: form.Money, Required: true},
		{Key: "valid_to", Label: "Sista dag", Kind: form.Date, Required: true}},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		w, err := findOrder(o, key)
		return form.Loaded{Version: w.Version, Title: text.F(o, "Ändra order %s", w.Number), Intro: w.Name,
			Values: form.Values{"amount": w.Amount.String(), "valid_to": w.ValidTo.String()}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		w, err := findOrder(o, key)
		if err != nil {
			return "", err
		}
		n, err := endOrder.Do(o, w.Client, w.ID, version, v.Date("valid_to"), v.Money("amount"))
		if err == nil && n == 0 {
			err = form.ErrConflict.Because("order %s: version %d", key, version)
		}
		if err != nil {
			return "", err
		}
		return "/l/payables.orders", noteOf(o, w.Client, "payables.order", int64(w.ID), "change", v.Text("amount")+" kr till "+v.Text("valid_to"))
	},
}

func findOrder(o *op.Op, key string) (Order, error) {
	k, err := id.Parse[Order](key)
	if err != nil {
		return Order{}, errNoRow.Because("%w", err)
	}
	return find(o, func(c op.ClientID) (Order, bool, error) { return orderByID.Maybe(o, c, k) })
}

// NewSubscription adds what comes back.
var NewSubscription = &form.Spec{
	Name: "payables.subscription", Title: "Nytt abonnemang", Submit: "Lägg till abonnemanget", Need: MayRegister,
	Intro: "Det som stämmer med tid och belopp konteras så här. Ska det också godkännas utan attest behövs kundens beslut, och en attestant hos kunden bekräftar det.",
	Fields: append([]form.Field{
		{Key: "client", Label: "Kund", Kind: form.Choice, Required: true, Choices: client.Options},
		{Key: "supplier", Label: "Leverantörens organisationsnummer", Kind: form.Org, Required: true},
		{Key: "reference", Label: "Nummer på fakturan", Kind: form.Text, Required: true, Max: 60, Help: "Abonnemang, anläggning eller avtal, som leverantören skriver det."},
		{Key: "name", Label: "Namn", Kind: form.Text, Required: true, Max: 200, Help: "Till exempel Hyra Verkstadsgatan 7."},
		{Key: "months", Label: "Månader mellan fakturorna", Kind: form.Whole, Required: true, Default: "1"},
		{Key: "least", Label: "Minst, utan moms", Kind: form.Money, Required: true},
		{Key: "most", Label: "Högst, utan moms", Kind: form.Money, Required: true},
	}, append(codeFields[:len(codeFields):len(codeFields)],
		form.Field{Key: "approves", Label: "Godkänn utan attest det som stämmer", Kind: form.Check},
		form.Field{Key: "decision", Label: "Kundens beslut", Kind: form.Text, Max: 200, Help: "Till exempel: nämnden 2026-01-15 § 12."})...),
	Rule: func(_ op.Who, v form.Values) []fault.Field {
		var wrong []fault.Field
		if n := v.Int("months"); n < 1 || n > 36 {
			wrong = append(wrong, fault.Field{Name: "months", Text: "Skriv ett tal mellan 1 och 36."})
		}
		if v.Money("most") < v.Money("least") || v.Money("least") <= 0 {
			wrong = append(wrong, fault.Field{Name: "most", Text: "Det högsta beloppet kan inte vara lägre än det minsta, och båda är större än noll."})
		}
		if v.Bool("approves") && v.Text("decision") == "" {
			wrong = append(wrong, fault.Field{Name: "decision", Text: "Skriv vilket beslut hos kunden som säger att det får godkännas utan attest."})
		}
		return wrong
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		c, err := chosenClient(o, MayRegister, v, "client")
		if err != nil {
			return "", err
		}
		if err := refusedCode(o, c, v); err != nil {
			return "", err
		}
		org, err := twelve(o, v.Text("supplier"))
		if err != nil {
			return "", err
		}
		_, err = PutSubscription(o, Subscription{Client: c, Supplier: org, Reference: v.Text("reference"), Name: v.Text("name"), Months: v.Int("months"),
			Least: v.Money("least"), Most: v.Money("most"), Account: v.Text("account"), Unit: v.Text("unit"), Activity: v.Text("activity"),
			Project: v.Text("project"), Approves: v.Bool("approves"), Decision: v.Text("decision"), ValidFrom: v.Date("valid_from"), ValidTo: v.Date("valid_to")})
		return "/l/payables.subscriptions", err
	},
}

func findSubscription(o *op.Op, key string, need op.Permission) (Subscription, error) {
	k, err := id.Parse[Subscription](key)
	if err != nil {
		return Subscription{}, errNoRow.Because("%w", err)
	}
	c, ok, err := subscriptionClient.Maybe(o, k)
	if err != nil {
		return Subscription{}, err
	}
	if !ok || !o.Actor.May(need, c) {
		return Subscription{}, errNoRow.Because("%s sees no subscription %s", o.Actor.ID, key)
	}
	return subscriptionByID.One(o, c, k)
}

// EndSubscription sets its last day.
var EndSubscription = &form.Spec{
	Name: "payables.subscription.end", Title: "Avsluta abonnemang", Submit: "Avsluta", Need: MayRegister,
	Fields: []form.Field{{Key: "valid_to", Label: "Sista dag", Kind: form.Date, Required: true}},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		s, err := findSubscription(o, key, MayRegister)
		return form.Loaded{Version: s.Version, Title: text.F(o, "Avsluta %s", s.Name), Values: form.Values{"valid_to": period.DateOf(o.Now).String()}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		s, err := findSubscription(o, key, MayRegister)
		if err != nil {
			return "", err
		}
		n, err := endSubscription.Do(o, s.Client, s.ID, version, v.Date("valid_to"))
		if err == nil && n == 0 {
			err = form.ErrConflict.Because("subscription %s: version %d", key, version)
		}
		if err != nil {
			return "", err
		}
		return "/l/payables.subscriptions", noteOf(o, s.Client, "payables.subscription", int64(s.ID), "end", v.Text("valid_to"))
	},
}

// Confirm is the client's own word that what fits is approved.
var Confirm = &form.Spec{
	Name: "payables.subscription.confirm", Title: "Bekräfta abonnemang", Submit: "Bekräfta", Need: MayApprove,
	Fields: []form.Field{{Key: "sure", Label: "Jag bekräftar att det som stämmer får godkännas utan attest", Kind: form.Check, Required: true}},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		s, err := findSubscription(o, key, MayApprove)
		return form.Loaded{Version: s.Version, Title: text.F(o, "Bekräfta %s", s.Name), Values: form.Values{},
			Intro: text.F(o, "Mellan %s och %s kr utan moms, med %d månader mellan. Konto %s, ansvar %s.", s.Least, s.Most, s.Months, s.Account, s.Unit) + " " + s.Decision}, err
	},
	Save: func(o *op.Op, key string, version int64, _ form.Values) (string, error) {
		s, err := findSubscription(o, key, MayApprove)
		if err != nil {
			return "", err
		}
		return "/abonnemang/" + key, ConfirmSubscription(o, s.Client, s.ID, version)
	},
}

// NewWarning adds a line to the list of warnings.
var NewWarning = &form.Spec{
	Name: "payables.warning", Title: "Ny varning", Submit: "Lägg till", Need: MayRegister,
	Fields: []form.Field{
		{Key: "name", Label: "Namn", Kind: form.Text, Required: true, Max: 200},
		{Key: "org", Label: "Organisationsnummer", Kind: form.Org, Help: "Numret går före namnet. Ett namn ensamt jämförs bara när inget nummer finns."},
		{Key: "account", Label: "Konto", Kind: form.Text, Max: 40},
		{Key: "source", Label: "Vem varnar?", Kind: form.Text, Required: true, Max: 200, Help: "Till exempel Svensk Handels varningslista 2026-11-20."},
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		w := Warning{Name: v.Text("name"), Account: v.Text("account"), Source: v.Text("source"), Since: period.DateOf(o.Now)}
		if s := v.Text("org"); s != "" {
			var err error
			if w.Org, err = twelve(o, s); err != nil {
				return "", err
			}
		}
		return "/l/payables.warnings", PutWarning(o, w)
	},
}

// EndWarning ends a warning.
var EndWarning = &form.Spec{
	Name: "payables.warning.end", Title: "Avsluta varning", Submit: "Avsluta", Need: MayRegister,
	Fields: []form.Field{{Key: "until", Label: "Sista dag", Kind: form.Date, Required: true}},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		w, err := findWarning(o, key)
		return form.Loaded{Version: w.Version, Title: text.F(o, "Avsluta varningen för %s", w.Name), Intro: w.Source,
			Values: form.Values{"until": period.DateOf(o.Now).String()}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		w, err := findWarning(o, key)
		if err != nil {
			return "", err
		}
		n, err := endWarning.Do(o, w.ID, version, v.Date("until"))
		if err == nil && n == 0 {
			err = form.ErrConflict.Because("warning %s: version %d", key, version)
		}
		if err != nil {
			return "", err
		}
		return "/l/payables.warnings", audit.Note(o, audit.Change{Kind: "payables.warning", Record: int64(w.ID), Step: "end", Note: w.Name})
	},
}

func findWarning(o *op.Op, key string) (Warning, error) {
	k, err := id.Parse[Warning](key)
	if err != nil {
		return Warning{}, errNoRow.Because("%w", err)
	}
	w, ok, err := warningByID.Maybe(o, k)
	if err == nil && !ok {
		err = errNoRow.Because("no warning %s", key)
	}
	return w, err
}

// NewSetting decides a number that the controls go by.
var NewSetting = &form.Spec{
	Name: "payables.setting", Title: "Ny gräns", Submit: "Spara gränsen", Need: MayRegister,
	Fields: []form.Field{
		{Key: "client", Label: "Kund", Kind: form.Choice, Choices: client.Options, Help: "Lämna tomt om gränsen gäller alla."},
		{Key: "key", Label: "Vad", Kind: form.Choice, Required: true, Options: settingKinds},
		{Key: "value", Label: "Tal", Kind: form.Whole, Required: true},
		{Key: "valid_from", Label: "Gäller från", Kind: form.Date, Required: true},
		{Key: "decision", Label: "Beslut", Kind: form.Text, Required: true, Max: 200},
	},
	Rule: func(_ op.Who, v form.Values) []fault.Field {
		if n, err := strconv.ParseInt(v.Text("value"), 10, 64); err == nil && n < 0 {
			return []fault.Field{{Name: "value", Text: "Skriv ett tal som inte är negativt."}}
		}
		return nil
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		var c op.ClientID
		if v.Text("client") != "" {
			var err error
			if c, err = chosenClient(o, MayRegister, v, "client"); err != nil {
				return "", err
			}
		}
		return "/l/payables.settings", PutSetting(o, c, v.Text("key"), v.Int("value"), v.Date("valid_from"), v.Text("decision"))
	},
}

var accountSchemes = []form.Option{{Value: Bankgiro, Label: "Bankgiro"}, {Value: Plusgiro, Label: "Plusgiro"}, {Value: IBAN, Label: "IBAN"}, {Value: BBAN, Label: "Clearing och konto"}}

var accountWays = []form.Option{{Value: ByMail, Label: "E-post"}, {Value: ByLetter, Label: "Brev"}, {Value: ByCall, Label: "Telefon"}, {Value: ByPortal, Label: "Leverantörens inloggade sida"}}

// NewAccount notes that a supplier asks for another account. It waits until one
// person has called and another has approved it.
var NewAccount = &form.Spec{
	Name: "payables.account", Title: "Nytt konto", Submit: "Föreslå kontot", Need: MayRegister,
	Intro: "Kontot används inte förrän någon har ringt leverantören på ett känt nummer och en annan person har godkänt det.",
	Fields: []form.Field{
		{Key: "scheme", Label: "Slag", Kind: form.Choice, Required: true, Options: accountSchemes},
		{Key: "number", Label: "Nummer", Kind: form.Text, Required: true, Max: 40},
		{Key: "way", Label: "Hur begärdes det?", Kind: form.Choice, Required: true, Options: accountWays},
		{Key: "source", Label: "Av vem, och när?", Kind: form.Text, Required: true, Max: 200},
	},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		s, err := supplierByKey(o, key)
		return form.Loaded{Version: s.Version, Title: text.F(o, "Nytt konto för %s", s.Name), Values: form.Values{}}, err
	},
	Save: func(o *op.Op, key string, _ int64, v form.Values) (string, error) {
		s, err := supplierByKey(o, key)
		if err != nil {
			return "", err
		}
		number, wrong := accountDigits(v.Text("scheme"), v.Text("number"))
		if wrong != "" {
			return "", form.ErrInvalid.At(fault.Field{Name: "number", Text: wrong})
		}
		a := Account{Supplier: s.ID, Scheme: v.Text("scheme"), Number: number, Source: v.Text("source"), Way: v.Text("way")}
		if err := Propose(o, a); err != nil {
			return "", err
		}
		return "/leverantor/" + key, audit.Note(o, audit.Change{Kind: "payables.supplier", Record: int64(s.ID), Step: "ask", Note: a.Scheme + " " + number + " · " + a.Source})
	},
}

// LookAtSample is what a person finds of an invoice that was approved without
// one.
var LookAtSample = &form.Spec{
	Name: "payables.sample", Title: "Granska stickprov", Submit: "Spara", Need: MayReview,
	Fields: []form.Field{
		{Key: "finding", Label: "Borde fakturan ha godkänts?", Kind: form.Radio, Required: true, Options: []form.Option{{Value: "right", Label: "Ja"}, {Value: "wrong", Label: "Nej"}}},
		{Key: "note", Label: "Vad kontrollerade du?", Kind: form.Text, Required: true, Max: 500},
	},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		v, err := Table.GetText(o, key)
		return form.Loaded{Version: v.Version, Title: text.F(o, "Granska stickprov %s", v.Number), Intro: v.CodedHow, Values: form.Values{}}, err
	},
	Save: func(o *op.Op, key string, _ int64, v form.Values) (string, error) {
		k, err := id.Parse[Invoice](key)
		if err != nil {
			return "", errNoInvoice.Because("%w", err)
		}
		return "/payables/" + key, LookAt(o, k, v.Text("finding") == "wrong", v.Text("note"))
	},
}
