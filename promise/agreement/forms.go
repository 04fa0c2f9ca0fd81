package agreement

import (
	"fmt"

	"kontor/kernel/audit"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/catalogue"
	"kontor/promise/client"
	"kontor/promise/leadtime"
	"kontor/promise/organisation"
)

// BeginForm begins a client's agreement for a year with the lead times of the
// year before, or the office's ordinary ones.
var BeginForm = &form.Spec{
	Name: "agreement.new", Title: "Börja ett serviceavtal", Submit: "Börja avtalet", Need: "agreement.write",
	Intro: "Ledtiderna hämtas från kundens förra avtal. Har kunden inget hämtas de som vi brukar lova.",
	Fields: []form.Field{
		{Key: "client", Label: "Kund", Kind: form.Choice, Required: true, Choices: client.Options},
		{Key: "year", Label: "År", Kind: form.Whole, Required: true},
	},
	Rule: func(_ op.Who, v form.Values) []fault.Field {
		if y := v.Int("year"); y < 2000 || y > 2100 {
			return []fault.Field{{Name: "year", Text: "Skriv ett år mellan 2000 och 2100."}}
		}
		return nil
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		c, err := client.Get(o, id.Known[op.Client](v.Text("client")))
		if err != nil {
			return "", err
		}
		if err := o.NeedFor("agreement.write", c.ID); err != nil {
			return "", err
		}
		n := New{Client: c.ID, Year: v.Int("year"), Hours: c.Hours}
		if n.Promises, err = startingPromises(o, c.ID, n.Year); err != nil {
			return "", err
		}
		a, err := Begin(o, n)
		return a.URL(), err
	},
}

func startingPromises(o *op.Op, c op.ClientID, year int64) ([]Promise, error) {
	before, ok, err := Current(o, c, period.Year(year-1).Last())
	if err != nil || ok {
		return before.Promises, err
	}
	usual, err := leadtime.Services(o)
	var all []Promise
	for _, s := range usual {
		if s.Days > 0 {
			all = append(all, Promise{Service: s.Code, Days: s.Days, Source: s.Source})
		}
	}
	return all, err
}

// ExtendForm begins an addition; the key is the year's agreement.
var ExtendForm = &form.Spec{
	Name: "agreement.addition", Title: "Börja en tilläggsöverenskommelse", Submit: "Börja tillägget", Need: "agreement.write",
	Intro: "Tillägget tar över från sin första dag. Det som redan är lovat ändras inte bakåt.",
	Fields: []form.Field{
		{Key: "from", Label: "Gäller från", Kind: form.Date, Required: true},
		{Key: "service", Label: "Tjänst med ny ledtid", Kind: form.Choice, Choices: leadtime.Options},
		{Key: "days", Label: "Arbetsdagar", Kind: form.Whole},
		{Key: "terms", Label: "Vad som i övrigt är överenskommet", Kind: form.Area, Rows: 4, Max: 4000},
	},
	Rule: func(_ op.Who, v form.Values) []fault.Field {
		if (v.Text("service") == "") != (v.Text("days") == "") {
			return []fault.Field{{Name: "days", Text: "Fyll i både tjänst och dagar, eller ingetdera."}}
		}
		return nil
	},
	Save: func(o *op.Op, key string, _ int64, v form.Values) (string, error) {
		parent, err := Table.Get(o, id.Known[Agreement](key))
		if err != nil {
			return "", err
		}
		if err := o.NeedFor("agreement.write", parent.Client); err != nil {
			return "", err
		}
		n := New{ValidFrom: v.Date("from"), Terms: v.Text("terms"), Hours: parent.Hours}
		if s := v.Text("service"); s != "" {
			n.Promises = []Promise{{Service: s, Days: v.Int("days"), Source: "Tilläggsöverenskommelse"}}
		}
		a, err := Extend(o, parent.ID, n)
		return a.URL(), err
	},
}

func loadDraft(o *op.Op, key string) (form.Loaded, error) {
	a, err := draft(o, key, 0)
	return form.Loaded{Version: a.Version, Intro: a.Number, Values: form.Values{"hours": a.Hours, "terms": a.Terms}}, err
}

// PromiseForm sets a lead time of a draft.
var PromiseForm = &form.Spec{
	Name: "agreement.promise", Title: "Sätt en ledtid", Submit: "Spara", Need: "agreement.write", Load: loadDraft,
	Fields: []form.Field{
		{Key: "service", Label: "Tjänst", Kind: form.Choice, Required: true, Choices: leadtime.Options},
		{Key: "days", Label: "Arbetsdagar", Kind: form.Whole, Required: true, Help: "Dag 1 är den dag då posten kommer. Skriv 0 för att inte lova något."},
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		a, err := draft(o, key, version)
		if err != nil {
			return "", err
		}
		return a.URL(), SetPromise(o, a, v.Text("service"), v.Int("days"), "Överenskommet i avtalet")
	},
}

// ServiceForm orders an additional service in a draft.
var ServiceForm = &form.Spec{
	Name: "agreement.service", Title: "Lägg till en tilläggstjänst", Submit: "Lägg till", Need: "agreement.write", Load: loadDraft,
	Fields: []form.Field{
		{Key: "item", Label: "Tjänst", Kind: form.Choice, Required: true, Choices: catalogue.ItemOptions},
		{Key: "hours", Label: "Beräknade timmar per år", Kind: form.Whole},
		{Key: "text", Label: "Beskrivning", Kind: form.Area, Rows: 3},
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		a, err := draft(o, key, version)
		if err != nil {
			return "", err
		}
		s := Ordered{Client: a.Client, ID: id.New[Ordered](o), Agreement: a.ID, Item: id.Known[catalogue.Item](v.Text("item")),
			Hours: v.Int("hours"), Text: v.Text("text")}
		if _, err := dropService.Do(o, a.Client, a.ID, s.Item); err != nil {
			return "", err
		}
		if _, err := addServices.Add(o, s); err != nil {
			return "", err
		}
		return a.URL(), Table.Save(o, &a, "change", "Tilläggstjänst: "+s.Text)
	},
}

// TermsForm writes the words of a draft.
var TermsForm = &form.Spec{
	Name: "agreement.terms", Title: "Ändra öppettider och villkor", Submit: "Spara", Need: "agreement.write", Load: loadDraft,
	Fields: []form.Field{
		{Key: "hours", Label: "Öppettider", Max: 300},
		{Key: "terms", Label: "Vad som i övrigt är överenskommet", Kind: form.Area, Rows: 8, Max: 4000},
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		a, err := draft(o, key, version)
		if err != nil {
			return "", err
		}
		a.Hours, a.Terms = v.Text("hours"), v.Text("terms")
		return a.URL(), Table.Save(o, &a, "change", "Öppettider och villkor")
	},
}

// DeviationForm adds an approved deviation.
var DeviationForm = &form.Spec{
	Name: "agreement.deviation", Title: "Godkänn en avvikelse", Submit: "Godkänn", Need: "agreement.deviate",
	Fields: []form.Field{
		{Key: "client", Label: "Kund", Kind: form.Choice, Required: true, Choices: client.Options},
		{Key: "process", Label: "Process", Kind: form.Choice, Required: true, Options: organisation.Processes},
		{Key: "text", Label: "Vad som skiljer sig", Kind: form.Area, Rows: 4, Required: true, Max: 1000},
		{Key: "by", Label: "Godkänd av", Required: true, Max: 120},
		{Key: "on", Label: "Godkänd", Kind: form.Date, Required: true},
		{Key: "from", Label: "Gäller från", Kind: form.Date, Required: true},
		{Key: "to", Label: "Till och med", Kind: form.Date, NotBefore: "from", Help: "Lämna tomt när den gäller tills vidare."},
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		c := id.Known[op.Client](v.Text("client"))
		if err := o.NeedFor("agreement.deviate", c); err != nil {
			return "", err
		}
		return "/l/agreement.deviations", AddDeviations(o, Deviation{Client: c, Process: v.Text("process"), Text: v.Text("text"),
			DecidedBy: v.Text("by"), DecidedOn: v.Date("on"), ValidFrom: v.Date("from"), ValidTo: v.Date("to")})
	},
}

// DeviationEnd gives a deviation its last day.
var DeviationEnd = &form.Spec{
	Name: "agreement.deviation-end", Title: "Avsluta avvikelsen", Submit: "Avsluta", Need: "agreement.deviate",
	Fields: []form.Field{{Key: "to", Label: "Sista dag", Kind: form.Date, Required: true}},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		d, err := deviation(o, key)
		return form.Loaded{Version: d.Version, Intro: d.Text, Values: form.Values{"to": d.ValidTo.String()}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		d, err := deviation(o, key)
		if err != nil {
			return "", err
		}
		if v.Date("to") < d.ValidFrom {
			return "", form.ErrInvalid.At(fault.Field{Name: "to", Text: "Sista dagen kan inte ligga före första dagen, %s.",
				Args: []any{d.ValidFrom.String()}})
		}
		d.ValidTo, d.Version = v.Date("to"), version
		ok, err := saveDeviation.Save(o, &d)
		return "/l/agreement.deviations", saved(o, ok, err, audit.Change{Client: d.Client, Kind: "agreement.deviation",
			Record: int64(d.ID), Step: "end", Note: d.ValidTo.String()})
	},
}

func saved(o *op.Op, ok bool, err error, c audit.Change) error {
	if err != nil {
		return err
	}
	if !ok {
		return form.ErrConflict.Because("%s %d has another version", c.Kind, c.Record)
	}
	return audit.Note(o, c)
}

func deviation(o *op.Op, key string) (Deviation, error) {
	k := id.Known[Deviation](key)
	owner, ok, err := deviationClient.Maybe(o, k)
	if err != nil {
		return Deviation{}, err
	}
	if !ok || !o.Actor.May("agreement.deviate", owner) {
		return Deviation{}, errGone.Because("%s may not see deviation %q", o.Actor.ID, key)
	}
	return deviationByID.One(o, owner, k)
}

// InterestForm is a client's answer to the inquiry about additional services.
var InterestForm = &form.Spec{
	Name: "agreement.interest", Title: "Anmäl intresse för en tilläggstjänst", Submit: "Skicka", Need: "agreement.interest",
	Intro: "Berätta vad ni behöver hjälp med. Vi återkommer med ett besked innan avtalet skrivs.",
	Fields: []form.Field{
		{Key: "client", Label: "Kund", Kind: form.Choice, Required: true, Choices: client.Options},
		{Key: "year", Label: "År", Kind: form.Whole, Required: true},
		{Key: "item", Label: "Tjänst", Kind: form.Choice, Required: true, Choices: catalogue.ItemOptions},
		{Key: "hours", Label: "Ungefärligt antal timmar", Kind: form.Whole},
		{Key: "text", Label: "Vad ni behöver", Kind: form.Area, Rows: 4, Max: 1000},
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		c := id.Known[op.Client](v.Text("client"))
		if err := o.NeedFor("agreement.interest", c); err != nil {
			return "", err
		}
		return "/l/agreement.interests", AddInterests(o, Interest{Client: c, Year: v.Int("year"), Item: id.Known[catalogue.Item](v.Text("item")),
			Hours: v.Int("hours"), Text: v.Text("text"), ByName: o.Actor.Name})
	},
}

// AnswerForm tells a client what became of its wish.
var AnswerForm = &form.Spec{
	Name: "agreement.answer", Title: "Svara på intresset", Submit: "Spara svaret", Need: "agreement.write",
	Fields: []form.Field{
		{Key: "answer", Label: "Svar", Kind: form.Radio, Required: true, Options: answers[1:]},
		{Key: "reply", Label: "Besked till kunden", Kind: form.Area, Rows: 4, Required: true, Max: 1000},
	},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		x, err := interest(o, key)
		return form.Loaded{Version: x.Version, Intro: x.ByName + ": " + x.Text, Values: form.Values{"answer": x.Answer, "reply": x.Reply}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		x, err := interest(o, key)
		if err != nil {
			return "", err
		}
		x.Answer, x.Reply, x.Version = v.Text("answer"), v.Text("reply"), version
		ok, err := saveInterest.Save(o, &x)
		return "/l/agreement.interests", saved(o, ok, err, audit.Change{Client: x.Client, Kind: "agreement.interest",
			Record: int64(x.ID), Step: "answer", Note: form.Word(answers, x.Answer)})
	},
}

func interest(o *op.Op, key string) (Interest, error) {
	k := id.Known[Interest](key)
	owner, ok, err := interestClient.Maybe(o, k)
	if err != nil {
		return Interest{}, err
	}
	if !ok || !o.Actor.May("agreement.write", owner) {
		return Interest{}, errGone.Because("%s may not see interest %q", o.Actor.ID, key)
	}
	return interestByID.One(o, owner, k)
}

// DutyForm adds a step to who does what.
var DutyForm = &form.Spec{
	Name: "agreement.duty", Title: "Lägg till ett steg i gränssnittet", Submit: "Lägg till", Need: "agreement.duties",
	Fields: []form.Field{
		{Key: "process", Label: "Process", Kind: form.Choice, Required: true, Options: organisation.Processes},
		{Key: "position", Label: "Ordning", Kind: form.Whole, Required: true},
		{Key: "text", Label: "Steg", Required: true, Max: 200},
		{Key: "party", Label: "Vem", Kind: form.Radio, Required: true, Options: parties},
		{Key: "source", Label: "Beslut eller källa", Required: true, Max: 120},
		{Key: "from", Label: "Gäller från", Kind: form.Date, Required: true},
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		d := Duty{ID: id.New[Duty](o), Version: 1, Process: v.Text("process"), Position: v.Int("position"), Text: v.Text("text"),
			Party: Party(v.Text("party")), Source: v.Text("source"), ValidFrom: v.Date("from")}
		if _, err := addDuties.Add(o, d); err != nil {
			return "", err
		}
		return "/l/agreement.duties", audit.Note(o, audit.Change{Kind: "agreement.duty", Record: int64(d.ID), Step: "add",
			Note: fmt.Sprintf("%s: %s", form.Word(parties, d.Party), d.Text)})
	},
}

// DutyEnd gives a step its last day.
var DutyEnd = &form.Spec{
	Name: "agreement.duty-end", Title: "Avsluta steget", Submit: "Avsluta", Need: "agreement.duties",
	Fields: []form.Field{{Key: "to", Label: "Sista dag", Kind: form.Date, Required: true}},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		d, ok, err := dutyByID.Maybe(o, id.Known[Duty](key))
		if err == nil && !ok {
			err = errGone
		}
		return form.Loaded{Version: d.Version, Intro: d.Text, Values: form.Values{"to": d.ValidTo.String()}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		k := id.Known[Duty](key)
		n, err := endDuty.Do(o, k, version, v.Date("to"))
		return "/l/agreement.duties", saved(o, n == 1, err, audit.Change{Kind: "agreement.duty", Record: int64(k), Step: "end",
			Note: v.Date("to").String()})
	},
}
