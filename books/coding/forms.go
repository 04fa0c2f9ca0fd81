package coding

import (
	"strconv"

	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/text"
)

// ValueForm adds a code, or renames, closes or opens it again.
var ValueForm = &form.Spec{
	Name: "coding.value", Title: "Ny kod", Submit: "Spara koden", Need: "coding.write",
	Intro: "En kod tas aldrig bort: den stängs, så att det som redan är bokfört går att läsa och rätta.",
	Fields: []form.Field{
		{Key: "owner", Label: "Gäller", Kind: form.Choice, Required: true, Choices: ownerChoices, Default: "0"},
		{Key: "segment", Label: "Koddel", Kind: form.Choice, Required: true, Options: segmentOptions},
		{Key: "code", Label: "Kod", Kind: form.Text, Required: true, Max: 12, Help: "Siffror och bokstäver utan mellanslag."},
		{Key: "name", Label: "Namn", Kind: form.Text, Required: true, Max: 80},
		{Key: "kind", Label: "Kontoslag", Kind: form.Choice, Options: append([]form.Option{{Value: "", Label: "Inget"}}, kindOptions...), Help: "Bara för konton."},
		{Key: "control", Label: "Reskontra", Kind: form.Text, Max: 40, Help: "Modulen vars reskontra kontot summerar. Kontot bokförs då bara därifrån."},
		{Key: "valid_from", Label: "Första dag", Kind: form.Date, Required: true},
		{Key: "valid_to", Label: "Sista dag", Kind: form.Date, Help: "Lämna tomt så länge koden är öppen."},
		{Key: "successor", Label: "Ersätts av", Kind: form.Text, Max: 12, Help: "Koden som föreslås när den här är stängd."},
	},
	Rule: func(_ op.Who, v form.Values) []fault.Field { return CheckValue(valueFrom(v)) },
	Load: loadValue,
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		value := valueFrom(v)
		value.Version = version
		if err := owned(o, &value.Owner, v, key, &value.ID); err != nil {
			return "", err
		}
		_, err := saveValue(o, value)
		return "/l/coding.values?view=" + string(value.Segment), err
	},
}

// owned reads whose the record is, refuses who may not change it there, and
// reads which record is meant.
func owned[T any](o *op.Op, owner *op.ClientID, v form.Values, key string, record *id.ID[T]) (err error) {
	n, err := strconv.ParseInt(v.Text("owner"), 10, 64)
	if err != nil {
		return form.ErrInvalid.Because("coding: owner: %w", err)
	}
	*owner = op.ClientID(n)
	if err := o.NeedFor("coding.write", *owner); err != nil { // 0 is held only by those who hold all
		return err
	}
	if key == "" {
		return nil
	}
	if *record, err = id.Parse[T](key); err != nil {
		return errNoValue.Because("coding: %w", err)
	}
	return nil
}

func ownerText(owner op.ClientID) string { return strconv.FormatInt(int64(owner), 10) }

func valueFrom(v form.Values) Value {
	return Value{
		Segment: Segment(v.Text("segment")), Code: v.Text("code"), Name: v.Text("name"), Kind: Kind(v.Text("kind")),
		Control: v.Text("control"), Successor: v.Text("successor"), ValidFrom: v.Date("valid_from"), ValidTo: v.Date("valid_to"),
	}
}

func loadValue(o *op.Op, key string) (form.Loaded, error) {
	if key == "" {
		return form.Loaded{Values: form.Values{"owner": "0", "segment": string(Account)}}, nil
	}
	record, err := id.Parse[Value](key)
	if err != nil {
		return form.Loaded{}, errNoValue.Because("coding: %w", err)
	}
	v, err := valueOf(o, record)
	return form.Loaded{Version: v.Version, Title: text.T(o, upper(v.Segment.Word())) + " " + v.Code, Values: form.Values{
		"owner": ownerText(v.Owner), "segment": string(v.Segment), "code": v.Code, "name": v.Name, "kind": string(v.Kind), "control": v.Control,
		"successor": v.Successor, "valid_from": v.ValidFrom.String(), "valid_to": v.ValidTo.String(),
	}}, err
}

// RuleForm adds or changes a rule.
var RuleForm = &form.Spec{
	Name: "coding.rule", Title: "Ny konteringsregel", Submit: "Spara regeln", Need: "coding.write",
	Intro: "Regeln prövas när någon konterar. Skälet visas för den som gör fel, så skriv det som du skulle säga det.",
	Fields: []form.Field{
		{Key: "owner", Label: "Gäller", Kind: form.Choice, Required: true, Choices: ownerChoices, Default: "0"},
		{Key: "given", Label: "När", Kind: form.Choice, Required: true, Options: segmentOptions, Default: string(Account)},
		{Key: "first", Label: "Från kod", Kind: form.Text, Max: 12, Help: "Lämna båda tomma för alla koder."},
		{Key: "last", Label: "Till kod", Kind: form.Text, Max: 12},
		{Key: "segment", Label: "Koddel", Kind: form.Choice, Required: true, Options: segmentOptions, Default: string(Unit)},
		{Key: "demand", Label: "Krav", Kind: form.Choice, Required: true, Options: demandOptions, Default: string(Required)},
		{Key: "codes", Label: "Tillåtna koder", Kind: form.Text, Help: "Till exempel 100-199, 305."},
		{Key: "text", Label: "Skäl", Kind: form.Text, Required: true, Max: 200, Help: "En hel mening."},
		{Key: "valid_from", Label: "Första dag", Kind: form.Date, Required: true},
		{Key: "valid_to", Label: "Sista dag", Kind: form.Date, Help: "Lämna tomt så länge regeln gäller."},
	},
	Rule: func(_ op.Who, v form.Values) []fault.Field { return CheckRule(ruleFrom(v)) },
	Load: loadRule,
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		rule := ruleFrom(v)
		rule.Version = version
		if err := owned(o, &rule.Owner, v, key, &rule.ID); err != nil {
			return "", err
		}
		_, err := saveRule(o, rule)
		return "/l/coding.rules", err
	},
}

func ruleFrom(v form.Values) Rule {
	return Rule{
		Given: Segment(v.Text("given")), First: v.Text("first"), Last: v.Text("last"), Segment: Segment(v.Text("segment")),
		Demand: Demand(v.Text("demand")), Codes: v.Text("codes"), Text: v.Text("text"), ValidFrom: v.Date("valid_from"), ValidTo: v.Date("valid_to"),
	}
}

func loadRule(o *op.Op, key string) (form.Loaded, error) {
	if key == "" {
		return form.Loaded{Values: form.Values{"owner": "0", "given": string(Account), "segment": string(Unit), "demand": string(Required)}}, nil
	}
	record, err := id.Parse[Rule](key)
	if err != nil {
		return form.Loaded{}, errNoRule.Because("coding: %w", err)
	}
	r, err := ruleOf(o, record)
	return form.Loaded{Version: r.Version, Title: text.T(o, "Konteringsregel"), Values: form.Values{
		"owner": ownerText(r.Owner), "given": string(r.Given), "first": r.First, "last": r.Last, "segment": string(r.Segment),
		"demand": string(r.Demand), "codes": r.Codes, "text": r.Text, "valid_from": r.ValidFrom.String(), "valid_to": r.ValidTo.String(),
	}}, err
}
