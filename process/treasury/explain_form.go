package treasury

import (
	"cmp"
	"strings"

	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/promise/client"
)

// explainForm says what an entry of the bank is. Its key is the entry, and after
// a full stop what it may be: a payment's reference or another entry.
func (t *Treasury) explainForm() *form.Spec {
	return &form.Spec{
		Name: "treasury.explain", Title: "Förklara händelsen", Submit: "Skicka för attest", Need: MayHandle,
		Intro: "Det som bokför pengar attesteras av en annan person. Det går att vända.",
		Fields: []form.Field{
			{Key: "kind", Label: "Vad är det?", Kind: form.Radio, Required: true, Options: explanationKinds},
			{Key: "reason", Label: "Förklaring", Kind: form.Text, Required: true, Max: 200, Help: "Så att det går att förstå om tio år. Det blir verifikationens text."},
			{Key: "payment", Label: "Betalningens referens hos banken", Kind: form.Text, Max: 40, Help: "Om den hör till en betalning. Referensen börjar på K och står på betalningens sida."},
			{Key: "pair", Label: "Händelsen som tar ut den", Kind: form.Text, Max: 200, Help: "Om banken har tagit tillbaka det. Klistra in den andra händelsens adress."},
			{Key: "client", Label: "Kund", Kind: form.Choice, Choices: client.Options, Help: "Vems bokföring, om den bokförs på ett konto."},
			{Key: "account", Label: "Konto", Kind: form.Text, Max: 10, Help: "Där pengarna bokförs, eller skillnaden mot betalningen."},
			{Key: "unit", Label: "Ansvar", Kind: form.Text, Max: 20},
			{Key: "activity", Label: "Verksamhet", Kind: form.Text, Max: 20},
			{Key: "project", Label: "Projekt", Kind: form.Text, Max: 20},
			{Key: "counterpart", Label: "Motpart", Kind: form.Text, Max: 20},
		},
		Rule: explainRule,
		Load: func(o *op.Op, key string) (form.Loaded, error) {
			entry, hint, _ := strings.Cut(key, ".")
			e, err := entryOfText(o, entry)
			if err != nil {
				return form.Loaded{}, err
			}
			v := form.Values{}
			switch {
			case strings.HasPrefix(hint, "K"):
				v["kind"], v["payment"] = ByPayment, hint
			case hint != "":
				v["kind"], v["pair"] = ByPair, hint
			}
			return form.Loaded{Values: v, Intro: text.F(o, "%s kr, bokfört av banken %s: %s", e.Amount, e.Booked, cmp.Or(e.Text, e.Ref))}, nil
		},
		Save: func(o *op.Op, key string, _ int64, v form.Values) (string, error) {
			entry, _, _ := strings.Cut(key, ".")
			x, err := explanationFrom(o, entry, v)
			if err != nil {
				return "", err
			}
			return "/utredning/" + x.ID.String(), t.Explain(o, &x)
		},
	}
}

func explainRule(_ op.Who, v form.Values) (wrong []fault.Field) {
	need := func(key, why string) {
		if v.Text(key) == "" {
			wrong = append(wrong, fault.Field{Name: key, Text: why})
		}
	}
	switch v.Text("kind") {
	case ByPayment:
		need("payment", "Skriv betalningens referens. Den börjar på K och står på betalningens sida.")
	case ByBooks:
		need("client", "Välj i vilken kunds bokföring pengarna hör hemma.")
		need("account", "Skriv kontot som pengarna bokförs på.")
	case ByPair:
		need("pair", "Klistra in adressen till händelsen som tar ut den här.")
	}
	return wrong
}

func explanationFrom(o *op.Op, entry string, v form.Values) (x Explanation, err error) {
	e, err := entryOfText(o, entry)
	if err != nil {
		return x, err
	}
	x = Explanation{Entry: e.ID, Kind: v.Text("kind"), Reason: v.Text("reason")}
	x.ID = id.New[Explanation](o)
	switch x.Kind {
	case ByPayment:
		p, ok, err := byEndToEnd.Maybe(o, strings.ToUpper(v.Text("payment")))
		if err != nil || !ok {
			return x, form.ErrInvalid.At(fault.Field{Name: "payment", Text: "Ingen betalning har den referensen. Kontrollera den på betalningens sida."}).Because("%w", err)
		}
		x.Payment = p.ID
	case ByBooks:
		if x.Owner, err = id.Parse[op.Client](v.Text("client")); err != nil {
			return x, errNoAccount.Because("%w", err)
		}
	case ByPair:
		s := strings.TrimRight(v.Text("pair"), "/")
		other, err := entryOfText(o, s[strings.LastIndexByte(s, '/')+1:])
		if err != nil {
			return x, form.ErrInvalid.At(fault.Field{Name: "pair", Text: "Ingen händelse finns på den adressen. Öppna händelsen och kopiera adressen."}).Because("%w", err)
		}
		x.Pair = other.ID
	}
	if x.Kind == ByPayment || x.Kind == ByBooks {
		x.Line.Account, x.Line.Unit, x.Line.Activity = v.Text("account"), v.Text("unit"), v.Text("activity")
		x.Line.Project, x.Line.Counterpart, x.Line.Text = v.Text("project"), v.Text("counterpart"), x.Reason
	}
	return x, nil
}

func entryOfText(o *op.Op, text string) (Entry, error) {
	key, err := id.Parse[Entry](text)
	if err != nil {
		return Entry{}, errNoEntry.Because("%w", err)
	}
	return EntryOf(o, key)
}
