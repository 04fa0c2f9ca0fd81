package approval

import (
	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/promise/client"
)

var (
	knownPersons = db.Select[Known](`SELECT id, name, email FROM person WHERE kind = 'person' AND active ORDER BY name, id`)
	knownPerson  = db.Select[Known](`SELECT id, name, email FROM person WHERE id = $1`)
)

func people(o *op.Op) ([]form.Option, error) {
	rows, err := knownPersons.All(o)
	all := make([]form.Option, len(rows))
	for i, r := range rows {
		all[i] = form.Option{Value: r.ID.String(), Label: r.Name}
	}
	return all, err
}

func peopleOrNobody(o *op.Op) ([]form.Option, error) {
	all, err := people(o)
	return append([]form.Option{{Label: "Ingen"}}, all...), err
}

func chosen(o *op.Op, s string) (Known, error) {
	k, err := id.Parse[op.Actor](s)
	if err != nil {
		return Known{}, errNoRow.Because("%w", err)
	}
	return knownPerson.One(o, k)
}

const registerURL = "/attestforteckning"

func versionURL(key id.ID[Scheme]) string { return registerURL + "/version/" + key.String() }

// BeginForm begins the draft of a client's next version.
var BeginForm = &form.Spec{
	Name: "approval.begin", Title: "Nytt utkast till attestförteckning", Submit: "Börja utkastet", Need: MayWrite,
	Intro: "Utkastet börjar med raderna som gäller i dag. Det gäller först när en annan person har fört in nämndens beslut.",
	Fields: []form.Field{
		{Key: "client", Label: "Kund", Kind: form.Choice, Required: true, Choices: client.Options},
		{Key: "valid_from", Label: "Gäller från", Kind: form.Date, Required: true},
		{Key: "valid_to", Label: "Gäller till och med", Kind: form.Date, NotBefore: "valid_from", Required: true, Help: "Nämnden beslutar på nytt minst en gång om året."},
	},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		next := period.DateOf(o.Now).Year() + 1
		return form.Loaded{Values: form.Values{"client": key, "valid_from": period.NewDate(next, 1, 1).String(), "valid_to": period.NewDate(next, 12, 31).String()}}, nil
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		c, err := id.Parse[op.Client](v.Text("client"))
		if err != nil {
			return "", errNoRow.Because("%w", err)
		}
		key, err := Begin(o, c, v.Date("valid_from"), v.Date("valid_to"))
		return versionURL(key), err
	},
}

// RowForm adds a row to a draft.
var RowForm = &form.Spec{
	Name: "approval.row", Title: "Lägg till en rad", Submit: "Lägg till raden", Need: MayWrite,
	Intro: "Skriv koder, början på koder eller spann, med komma emellan: 41, 4200-4299. Tomt betyder allt.",
	Fields: []form.Field{
		{Key: "person", Label: "Person", Kind: form.Choice, Required: true, Choices: people},
		{Key: "kind", Label: "Får", Kind: form.Radio, Required: true, Default: string(Final),
			Options: []form.Option{{Value: string(Final), Label: "Attestera (beslutsattest)"}, {Value: string(Review), Label: "Sakgranska"}}},
		{Key: "units", Label: "Ansvar", Kind: form.Text, Max: 200},
		{Key: "activities", Label: "Verksamhet", Kind: form.Text, Max: 200},
		{Key: "projects", Label: "Projekt", Kind: form.Text, Max: 200},
		{Key: "accounts", Label: "Konto", Kind: form.Text, Max: 200},
		{Key: "most", Label: "Högsta belopp", Kind: form.Money, Required: true, Help: "Fakturans hela belopp med moms."},
		{Key: "superior", Label: "Överordnad", Kind: form.Choice, Choices: peopleOrNobody, Help: "Tar över när fakturan gäller personen själv, och när ingenting händer."},
		{Key: "valid_from", Label: "Gäller från", Kind: form.Date, Help: "Tomt: från versionens första dag."},
		{Key: "valid_to", Label: "Gäller till och med", Kind: form.Date, NotBefore: "valid_from", Help: "Tomt: till versionens sista dag."},
	},
	Rule: func(w op.Who, v form.Values) []fault.Field {
		var wrong []fault.Field
		if v.Money("most") <= 0 {
			wrong = append(wrong, fault.Field{Name: "most", Text: "Skriv ett belopp som är större än noll."})
		}
		if v.Text("person") == w.Actor.ID.String() {
			wrong = append(wrong, fault.Field{Name: "person", Text: "Du kan inte ge dig själv attesträtt. Be en kollega skriva raden."})
		}
		for _, key := range []string{"units", "activities", "projects", "accounts"} {
			if _, err := ParsePattern(v.Text(key)); err != nil {
				f := fault.Of(err)
				wrong = append(wrong, fault.Field{Name: key, Text: f.Text, Args: f.Args})
			}
		}
		if v.Text("superior") != "" && v.Text("superior") == v.Text("person") {
			wrong = append(wrong, fault.Field{Name: "superior", Text: "Ingen är överordnad sig själv. Välj en annan person."})
		}
		return wrong
	},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		k, err := id.Parse[Scheme](key)
		if err != nil {
			return form.Loaded{}, errNoRow.Because("%w", err)
		}
		s, err := draft(o, k)
		return form.Loaded{Version: s.Version, Values: form.Values{"kind": string(Final)}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		k, err := id.Parse[Scheme](key)
		if err != nil {
			return "", errNoRow.Because("%w", err)
		}
		who, err := chosen(o, v.Text("person"))
		if err != nil {
			return "", err
		}
		r := Row{Person: who.ID, Name: who.Name, Kind: Kind(v.Text("kind")), Most: v.Money("most"), ValidFrom: v.Date("valid_from"), ValidTo: v.Date("valid_to")}
		for _, x := range []struct {
			key string
			to  *Pattern
		}{{"units", &r.Units}, {"activities", &r.Activities}, {"projects", &r.Projects}, {"accounts", &r.Accounts}} {
			if *x.to, err = ParsePattern(v.Text(x.key)); err != nil {
				return "", err
			}
		}
		if s := v.Text("superior"); s != "" {
			above, err := chosen(o, s)
			if err != nil {
				return "", err
			}
			r.Superior = above.ID
		}
		return versionURL(k), Write(o, k, r)
	},
}

// StandInForm lets somebody act for one who is away.
var StandInForm = &form.Spec{
	Name: "approval.substitute", Title: "Utse en ersättare", Submit: "Utse ersättaren", Need: MayRead,
	Intro: "Ersättaren attesterar i sitt eget namn, med den frånvarandes rätt. Ingen kan utse sig själv.",
	Fields: []form.Field{
		{Key: "client", Label: "Kund", Kind: form.Choice, Required: true, Choices: client.Options},
		{Key: "absent", Label: "Den som är borta", Kind: form.Choice, Required: true, Choices: people},
		{Key: "person", Label: "Ersättare", Kind: form.Choice, Required: true, Choices: people},
		{Key: "valid_from", Label: "Första dag", Kind: form.Date, Required: true},
		{Key: "valid_to", Label: "Sista dag", Kind: form.Date, NotBefore: "valid_from", Required: true},
		{Key: "note", Label: "Varför", Kind: form.Text, Max: 200, Help: "Till exempel semester. Skriv ingenting om hälsa."},
	},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		v := form.Values{"client": key, "valid_from": period.DateOf(o.Now).String()}
		if o.Need(MayWrite) != nil {
			v["absent"] = o.Actor.ID.String()
		}
		return form.Loaded{Values: v}, nil
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		c, err := id.Parse[op.Client](v.Text("client"))
		if err != nil {
			return "", errNoRow.Because("%w", err)
		}
		absent, err := chosen(o, v.Text("absent"))
		if err != nil {
			return "", err
		}
		who, err := chosen(o, v.Text("person"))
		if err != nil {
			return "", err
		}
		_, err = StandIn(o, Substitution{Client: c, Absent: absent.ID, AbsentName: absent.Name, Person: who.ID, PersonName: who.Name,
			ValidFrom: v.Date("valid_from"), ValidTo: v.Date("valid_to"), Note: v.Text("note")})
		return registerURL + "/" + c.String(), err
	},
}

// EndStandInForm sets the last day of a substitution.
var EndStandInForm = &form.Spec{
	Name: "approval.substitute.end", Title: "Avsluta ersättaren", Submit: "Avsluta", Need: MayRead,
	Intro:  "Det som ersättaren redan har attesterat står kvar.",
	Fields: []form.Field{{Key: "valid_to", Label: "Sista dag", Kind: form.Date, Required: true}},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		x, err := standIn(o, key)
		return form.Loaded{Version: x.Version, Title: text.F(o, "Avsluta %s som ersättare för %s", x.PersonName, x.AbsentName),
			Values: form.Values{"valid_to": period.DateOf(o.Now).String()}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		x, err := standIn(o, key)
		if err != nil {
			return "", err
		}
		x.Version, x.ValidTo = version, v.Date("valid_to")
		if ok, err := saveStand.Save(o, &x); err != nil || !ok {
			if err == nil {
				err = form.ErrConflict
			}
			return "", err
		}
		return registerURL + "/" + x.Client.String(), audit.Note(o, audit.Change{Client: x.Client, Kind: "approval.substitute", Record: int64(x.ID), Step: "end", Note: v.Text("valid_to")})
	},
}

// standIn is a substitution that the actor may end: one's own, or any for
// whoever keeps the register. Nobody ends that of whom he stands in for.
func standIn(o *op.Op, key string) (x Substitution, err error) {
	k, err := id.Parse[Substitution](key)
	if err != nil {
		return x, errNoRow.Because("%w", err)
	}
	c, ok, err := standOf.Maybe(o, k)
	if err != nil || !ok {
		return x, errNoRow.Because("no substitution %s: %v", key, err)
	}
	if x, err = standByID.One(o, c, k); err != nil {
		return x, err
	}
	if x.Absent != o.Actor.ID && !o.Actor.May(MayWrite, c) {
		return x, errStandWho.Because("%s for %s", o.Actor.ID, x.Absent)
	}
	return x, nil
}

// TieForm says that a person is tied to somebody.
var TieForm = &form.Spec{
	Name: "approval.tie", Title: "Anmäl jäv", Submit: "Spara", Need: MayOwn,
	Intro: "Den som är jävig ska själv säga det. Skriv organisations- eller personnumret för den som du inte kan besluta om: eget företag, någon i hushållet, annan närstående eller förening.",
	Fields: []form.Field{
		{Key: "relation", Label: "Slag", Kind: form.Choice, Required: true, Options: relations},
		{Key: "number", Label: "Organisations- eller personnummer", Kind: form.Org, Required: true},
		{Key: "note", Label: "Anteckning", Kind: form.Text, Max: 200},
		{Key: "valid_to", Label: "Gäller till och med", Kind: form.Date, Help: "Lämna tomt om det gäller tills vidare."},
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		org, err := ident.ParseOrg(v.Text("number"), period.DateOf(o.Now))
		if err != nil {
			return "", err
		}
		_, err = PutTie(o, Tie{Person: o.Actor.ID, Relation: v.Text("relation"), Number: org.Digits, Note: v.Text("note"),
			ValidFrom: period.DateOf(o.Now), ValidTo: v.Date("valid_to")})
		return registerURL, err
	},
}
