package treasury

import (
	"slices"
	"strings"

	"kontor/format/pain"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/client"
)

func accountChoices(o *op.Op) ([]form.Option, error) {
	all, err := Accounts(o, period.DateOf(o.Now))
	options := make([]form.Option, len(all))
	for i, a := range all {
		options[i] = form.Option{Value: a.ID.String(), Label: a.Name}
	}
	return options, err
}

// proposeForm proposes what falls due.
func (t *Treasury) proposeForm() *form.Spec {
	return &form.Spec{
		Name: "treasury.propose", Title: "Gör ett betalningsförslag", Submit: "Gör förslaget", Need: MayHandle,
		Intro: "Förslaget tar med allt som förfaller till och med dagen, är attesterat, inte stoppat och har ett godkänt konto. Det som lämnas utanför visas med skäl.",
		Fields: []form.Field{
			{Key: "account", Label: "Betala från", Kind: form.Choice, Required: true, Choices: accountChoices},
			{Key: "until", Label: "Förfaller till och med", Kind: form.Date, Required: true,
				Help: "Välj dagen före nästa förslag, så att inget förfaller däremellan."},
		},
		Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
			account, err := id.Parse[Account](v.Text("account"))
			if err != nil {
				return "", errNoAccount.Because("%w", err)
			}
			p, err := t.Propose(o, Ask{Account: account, Until: v.Date("until")})
			return "/betalning/" + p.ID.String(), err
		},
	}
}

// urgentForm proposes single documents to be paid today.
func (t *Treasury) urgentForm() *form.Spec {
	return &form.Spec{
		Name: "treasury.urgent", Title: "Ilbetalning i dag", Submit: "Föreslå ilbetalning", Need: MayUrgent,
		Intro: "Bara det som inte kan vänta till nästa förslag. En annan person ringer mottagaren på ett känt nummer, kontrollerar och frisläpper.",
		Fields: []form.Field{
			{Key: "account", Label: "Betala från", Kind: form.Choice, Required: true, Choices: accountChoices},
			{Key: "documents", Label: "Fakturor", Kind: form.Area, Rows: 3, Required: true, Max: 2000,
				Help: "Klistra in fakturornas adresser, en per rad."},
			{Key: "reason", Label: "Varför kan det inte vänta?", Kind: form.Text, Required: true, Max: 300},
		},
		Load: func(o *op.Op, key string) (form.Loaded, error) {
			v := form.Values{}
			if key != "" && key != "ny" {
				v["documents"] = key
			}
			return form.Loaded{Values: v}, nil
		},
		Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
			account, err := id.Parse[Account](v.Text("account"))
			if err != nil {
				return "", errNoAccount.Because("%w", err)
			}
			docs, wrong := documents(v.Text("documents"))
			if wrong != nil {
				return "", form.ErrInvalid.At(*wrong)
			}
			p, err := t.Propose(o, Ask{Account: account, Until: period.DateOf(o.Now), Urgent: true, Documents: docs, Reason: v.Text("reason")})
			return "/betalning/" + p.ID.String(), err
		},
	}
}

// documents reads the identities at the end of pasted addresses.
func documents(s string) (all []int64, wrong *fault.Field) {
	for _, w := range strings.Fields(s) {
		w = strings.TrimRight(w, "/,;")
		key, err := id.ParseText(w[strings.LastIndexByte(w, '/')+1:])
		if err != nil {
			return nil, &fault.Field{Name: "documents", Text: "%s är ingen adress till en faktura. Öppna fakturan och kopiera adressen.", Args: []any{w}}
		}
		if !slices.Contains(all, key) {
			all = append(all, key)
		}
	}
	return all, nil
}

func profileOptions() []form.Option {
	all := make([]form.Option, len(pain.Profiles))
	for i, p := range pain.Profiles {
		all[i] = form.Option{Value: p.Name, Label: p.Title}
	}
	return all
}

func accountFields() []form.Field {
	return []form.Field{
		{Key: "name", Label: "Namn", Kind: form.Text, Required: true, Max: 60},
		{Key: "owner", Label: "Kund", Kind: form.Choice, Choices: client.Options, Help: "Lämna tomt om kontot används av alla kunder som inte har ett eget."},
		{Key: "profile", Label: "Bank", Kind: form.Choice, Required: true, Options: profileOptions()},
		{Key: "iban", Label: "IBAN", Kind: form.Text, Required: true, Max: 34},
		{Key: "bankgiro", Label: "Bankgiro", Kind: form.Text, Max: 10, Help: "Krävs av en del banker för att betala till bankgiro."},
		{Key: "bic", Label: "BIC", Kind: form.Text, Max: 11, Help: "Lämna tomt om bankens vanliga gäller."},
		{Key: "holder", Label: "Kontohavarens namn", Kind: form.Text, Required: true, Max: 70},
		{Key: "agreement", Label: "Avtalets nummer hos banken", Kind: form.Text, Max: 35},
		{Key: "ledger", Label: "Konto i bokföringen", Kind: form.Text, Required: true, Max: 10},
		{Key: "clearing", Label: "Konto för betalningar under väg", Kind: form.Text, Required: true, Max: 10},
		{Key: "books", Label: "Bokför pengarna från", Kind: form.Radio, Required: true, Default: "camt.053", Options: []form.Option{
			{Value: "camt.053", Label: "kontoutdraget (camt.053)"}, {Value: "camt.054", Label: "aviseringen (camt.054)"}},
			Help: "Den andra filen läses också, men pengar bokförs bara från den här."},
		{Key: "cutoff", Label: "Bankens stopptid, minuter efter midnatt", Kind: form.Whole, Default: "840"},
		{Key: "valid_from", Label: "Gäller från", Kind: form.Date, Required: true},
		{Key: "valid_to", Label: "Gäller till och med", Kind: form.Date, NotBefore: "valid_from"},
	}
}

// lastDay stands where an account is in force until further notice.
var lastDay = period.NewDate(9999, 12, 31)

func accountFrom(o *op.Op, v form.Values) (Account, error) {
	a := Account{Name: v.Text("name"), Profile: v.Text("profile"), BIC: strings.ToUpper(v.Text("bic")), Holder: v.Text("holder"), Agreement: v.Text("agreement"),
		Ledger: v.Text("ledger"), Clearing: v.Text("clearing"), Books: v.Text("books"), Cutoff: v.Int("cutoff"), ValidFrom: v.Date("valid_from"), ValidTo: v.Date("valid_to")}
	var wrong []fault.Field
	n, err := ident.ParseIBAN(v.Text("iban"))
	if err != nil {
		wrong = append(wrong, fault.Field{Name: "iban", Text: "Numret stämmer inte. Kontrollera det mot banken."})
	}
	a.IBAN = string(n)
	if s := v.Text("bankgiro"); s != "" {
		g, err := ident.ParseBankgiro(s)
		if err != nil {
			wrong = append(wrong, fault.Field{Name: "bankgiro", Text: "Numret stämmer inte. Kontrollera det mot banken."})
		}
		a.Bankgiro = g.Number
	}
	if a.ValidTo.IsZero() {
		a.ValidTo = lastDay
	}
	if a.Cutoff < 0 || a.Cutoff >= 24*60 {
		wrong = append(wrong, fault.Field{Name: "cutoff", Text: "Skriv minuter efter midnatt, till exempel 840 för klockan 14."})
	}
	if wrong != nil {
		return a, form.ErrInvalid.At(wrong...)
	}
	if s := v.Text("owner"); s != "" {
		if a.Owner, err = id.Parse[op.Client](s); err != nil {
			return a, errNoAccount.Because("%w", err)
		}
	}
	return a, nil
}

// NewAccountForm lays up an account of ours.
var NewAccountForm = &form.Spec{
	Name: "treasury.account.new", Title: "Lägg upp ett bankkonto", Submit: "Lägg upp", Need: MayAccount, Fields: accountFields(),
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		a, err := accountFrom(o, v)
		if err != nil {
			return "", err
		}
		return "/l/treasury.accounts", PutAccount(o, &a)
	},
}

// EditAccount changes an account of ours.
var EditAccount = &form.Spec{
	Name: "treasury.account", Title: "Ändra bankkontot", Submit: "Spara", Need: MayAccount, Fields: accountFields(),
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		k, err := id.Parse[Account](key)
		if err != nil {
			return form.Loaded{}, errNoAccount.Because("%w", err)
		}
		a, err := AccountOf(o, k)
		if err != nil {
			return form.Loaded{}, err
		}
		v := form.Values{"name": a.Name, "profile": a.Profile, "iban": a.IBAN, "bankgiro": a.Bankgiro, "bic": a.BIC, "holder": a.Holder, "agreement": a.Agreement,
			"ledger": a.Ledger, "clearing": a.Clearing, "books": a.Books, "cutoff": itoa(a.Cutoff), "valid_from": a.ValidFrom.String()}
		if a.Owner != 0 {
			v["owner"] = a.Owner.String()
		}
		if a.ValidTo != lastDay {
			v["valid_to"] = a.ValidTo.String()
		}
		return form.Loaded{Values: v, Version: a.Version, Title: a.Name}, nil
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		k, err := id.Parse[Account](key)
		if err != nil {
			return "", errNoAccount.Because("%w", err)
		}
		a, err := accountFrom(o, v)
		if err != nil {
			return "", err
		}
		a.ID, a.Version = k, version
		return "/l/treasury.accounts", PutAccount(o, &a)
	},
}
