package intake

import (
	"strings"

	"kontor/kernel/audit"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/process/payables"
	"kontor/promise/client"
)

// NewRoute adds a route.
var NewRoute = &form.Spec{
	Name: "payables.route", Title: "Ny styrning till kund", Submit: "Lägg till", Need: payables.MayRegister,
	Fields: []form.Field{
		{Key: "client", Label: "Kund", Kind: form.Choice, Required: true, Choices: client.Options},
		{Key: "kind", Label: "Slag", Kind: form.Choice, Required: true, Options: routeKinds},
		{Key: "code", Label: "Kod", Kind: form.Text, Required: true, Max: 60,
			Help: "Referensen som beställaren lämnar, till exempel KULT41. En adress skrivs som 0088:7300010000001."},
		{Key: "note", Label: "Anmärkning", Kind: form.Text, Max: 200},
		{Key: "valid_from", Label: "Gäller från", Kind: form.Date, Required: true},
		{Key: "valid_to", Label: "Gäller till och med", Kind: form.Date, NotBefore: "valid_from", Help: "Lämna tomt om den gäller tills vidare."},
	},
	Rule: func(_ op.Who, v form.Values) []fault.Field {
		if v.Text("kind") == ByAddress && !strings.Contains(v.Text("code"), ":") {
			return []fault.Field{{Name: "code", Text: "Skriv adressen med sitt schema, till exempel 0088:7300010000001."}}
		}
		return nil
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		c, err := id.Parse[op.Client](v.Text("client"))
		if err != nil {
			return "", errNoFile.Because("%w", err)
		}
		if err := o.NeedFor(payables.MayRegister, c); err != nil {
			return "", err
		}
		return "/l/payables.routes", AddRoute(o, Route{Client: c, Kind: v.Text("kind"), Code: v.Text("code"), Note: v.Text("note"),
			ValidFrom: v.Date("valid_from"), ValidTo: v.Date("valid_to")})
	},
}

// EndRoute sets the last day of a route.
var EndRoute = &form.Spec{
	Name: "payables.route.end", Title: "Avsluta styrning", Submit: "Avsluta", Need: payables.MayRegister,
	Fields: []form.Field{{Key: "valid_to", Label: "Sista dag", Kind: form.Date, Required: true}},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		r, err := findRoute(o, key)
		return form.Loaded{Version: r.Version, Title: text.F(o, "Avsluta styrningen av %s", r.Code), Values: form.Values{"valid_to": period.DateOf(o.Now).String()}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		r, err := findRoute(o, key)
		if err != nil {
			return "", err
		}
		n, err := endRoute.Do(o, r.Client, r.ID, version, v.Date("valid_to"))
		if err == nil && n == 0 {
			err = form.ErrConflict.Because("route %s: version %d", key, version)
		}
		if err != nil {
			return "", err
		}
		return "/l/payables.routes", audit.Note(o, audit.Change{Client: r.Client, Kind: "payables.route", Record: int64(r.ID), Step: "end", Note: r.Code})
	},
}

func findRoute(o *op.Op, key string) (Route, error) {
	k, err := id.Parse[route](key)
	if err != nil {
		return Route{}, errNoFile.Because("%w", err)
	}
	r, ok, err := routeByID.Maybe(o, k)
	if err == nil && (!ok || !o.Actor.May(payables.MayRegister, r.Client)) {
		err = errNoFile.Because("no route %s", key)
	}
	return r, err
}

// AssignFile says whose a file is, and reads it again.
var AssignFile = &form.Spec{
	Name: "payables.assign", Title: "Välj kund", Submit: "Välj kund och kör filen", Need: payables.MayImport,
	Intro: "Bara den här filen får kunden. Lägg upp en styrning om referensen kommer tillbaka.",
	Fields: []form.Field{
		{Key: "client", Label: "Kund", Kind: form.Choice, Required: true, Choices: client.Options},
	},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		f, err := fileByKey(o, key)
		return form.Loaded{Version: f.Version, Title: text.F(o, "Välj kund för %s", short(f.Name)), Values: form.Values{}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		f, err := fileByKey(o, key)
		if err != nil {
			return "", err
		}
		c, err := id.Parse[op.Client](v.Text("client"))
		if err != nil {
			return "", errNoFile.Because("%w", err)
		}
		_, err = Rerun(o, f.ID, version, c)
		return "/fil/" + key, err
	},
}

func fileByKey(o *op.Op, key string) (File, error) {
	k, err := id.Parse[File](key)
	if err != nil {
		return File{}, errNoFile.Because("%w", err)
	}
	return GetFile(o, k)
}

// short is the name of a file without its folders.
func short(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }
