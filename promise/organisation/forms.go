package organisation

import (
	"kontor/kernel/audit"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

var unitFields = []form.Field{
	{Key: "name", Label: "Namn", Required: true, Max: 80},
	{Key: "code", Label: "Kod", Required: true, Max: 12, Help: "Kort kod för filer och listor, till exempel OST."},
	{Key: "kind", Label: "Slag", Kind: form.Choice, Required: true, Options: unitKinds},
	{Key: "manager", Label: "Enhetschef", Kind: form.Choice, Choices: PersonOptions},
	{Key: "phone", Label: "Telefon", Max: 40},
	{Key: "active", Label: "Aktiv", Kind: form.Check, Default: "on"},
}

// NewUnit adds a unit.
var NewUnit = &form.Spec{
	Name: "organisation.unit-new", Title: "Lägg till en enhet", Submit: "Lägg till", Need: "organisation.write", Fields: unitFields,
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		u := Unit{}
		u.fill(v)
		return "/l/organisation.units", Add(o, &u)
	},
}

// EditUnit changes a unit.
var EditUnit = &form.Spec{
	Name: "organisation.unit", Title: "Ändra enheten", Submit: "Spara", Need: "organisation.write", Fields: unitFields,
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		u, err := unitByText(o, key)
		return form.Loaded{Version: u.Version, Title: u.Name, Values: form.Values{"name": u.Name, "code": u.Code, "kind": u.Kind,
			"manager": u.Manager.Field(), "phone": u.Phone, "active": onText(u.Active)}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		u, err := unitByText(o, key)
		if err != nil {
			return "", err
		}
		u.fill(v)
		u.Version = version
		return "/l/organisation.units", Save(o, u)
	},
}

func (u *Unit) fill(v form.Values) {
	u.Name, u.Code, u.Kind, u.Phone, u.Active = v.Text("name"), v.Text("code"), v.Text("kind"), v.Text("phone"), v.Bool("active")
	u.Manager = id.Known[op.Actor](v.Text("manager"))
}

func unitByText(o *op.Op, key string) (Unit, error) { return GetUnit(o, id.Known[op.Unit](key)) }

func onText(b bool) string {
	if b {
		return "on"
	}
	return ""
}

func spanFields() []form.Field {
	return []form.Field{
		{Key: "from", Label: "Från", Kind: form.Date, Required: true},
		{Key: "to", Label: "Till och med", Kind: form.Date, NotBefore: "from", Help: "Lämna tomt när det gäller tills vidare."},
	}
}

func shareRule(_ op.Who, v form.Values) []fault.Field {
	if n := v.Int("share"); n < 1 || n > fullTime {
		return []fault.Field{{Name: "share", Text: "Skriv en andel mellan 1 och 100 procent."}}
	}
	return nil
}

// NewTime adds working time and holds it against full time.
var NewTime = &form.Spec{
	Name: "organisation.time-new", Title: "Lägg in arbetstid", Submit: "Lägg in", Need: "organisation.staff",
	Intro: "Hur stor del av heltid en medarbetare arbetar med en process. En ändring är en ny rad; avsluta den gamla först.",
	Fields: append([]form.Field{
		{Key: "person", Label: "Medarbetare", Kind: form.Choice, Required: true, Choices: PersonOptions},
		{Key: "unit", Label: "Enhet", Kind: form.Choice, Required: true, Choices: Options},
		{Key: "process", Label: "Process", Kind: form.Choice, Required: true, Options: Processes},
		{Key: "share", Label: "Andel av heltid, %", Kind: form.Whole, Required: true},
	}, spanFields()...),
	Rule: shareRule,
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		t := Time{Person: id.Known[op.Actor](v.Text("person")), Unit: id.Known[op.Unit](v.Text("unit")), Process: v.Text("process"),
			Share: v.Int("share"), ValidFrom: v.Date("from"), ValidTo: v.Date("to")}
		rows, err := timesOfPerson.All(o, t.Person)
		if err != nil {
			return "", err
		}
		if day, sum := overFull(rows, t); sum > 0 {
			return "", form.ErrInvalid.At(fault.Field{Name: "share",
				Text: "Tillsammans blir det %d procent av heltid från %s. Minska andelen eller avsluta en annan rad.", Args: []any{sum, day.String()}})
		}
		return "/l/organisation.time", AddTimes(o, t)
	},
}

// NewLeave adds a span in which a person works less.
var NewLeave = &form.Spec{
	Name: "organisation.leave-new", Title: "Lägg in frånvaro", Submit: "Lägg in", Need: "organisation.staff",
	Fields: append([]form.Field{
		{Key: "person", Label: "Medarbetare", Kind: form.Choice, Required: true, Choices: PersonOptions},
		{Key: "share", Label: "Andel av arbetstiden, %", Kind: form.Whole, Required: true, Default: "100",
			Help: "100 när medarbetaren är helt borta. Skriv inte varför."},
	}, spanFields()...),
	Rule: shareRule,
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		return "/l/organisation.leave", AddLeaves(o, Leave{Person: id.Known[op.Actor](v.Text("person")), Share: v.Int("share"),
			ValidFrom: v.Date("from"), ValidTo: v.Date("to")})
	},
}

// NewRole appoints somebody in a process.
var NewRole = &form.Spec{
	Name: "organisation.role-new", Title: "Utse någon i en process", Submit: "Utse", Need: "organisation.write",
	Fields: append([]form.Field{
		{Key: "process", Label: "Process", Kind: form.Choice, Required: true, Options: Processes},
		{Key: "role", Label: "Roll", Kind: form.Choice, Required: true, Options: roleKinds},
		{Key: "person", Label: "Medarbetare", Kind: form.Choice, Required: true, Choices: PersonOptions},
	}, spanFields()...),
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		return "/l/organisation.roles", AddRoles(o, Role{Process: v.Text("process"), Role: v.Text("role"),
			Person: id.Known[op.Actor](v.Text("person")), ValidFrom: v.Date("from"), ValidTo: v.Date("to")})
	},
}

// ender makes the form that gives a dated row its last day.
func ender(name, title, back string, need op.Permission,
	find func(*op.Op, string) (from period.Date, to period.Date, version int64, err error),
	end func(o *op.Op, key string, version int64, last period.Date) error) *form.Spec {
	return &form.Spec{
		Name: name, Title: title, Submit: "Avsluta", Need: need,
		Intro:  "Raden tas inte bort, så att gamla månader behåller sina siffror.",
		Fields: []form.Field{{Key: "to", Label: "Sista dag", Kind: form.Date, Required: true}},
		Load: func(o *op.Op, key string) (form.Loaded, error) {
			_, to, version, err := find(o, key)
			return form.Loaded{Version: version, Values: form.Values{"to": to.String()}}, err
		},
		Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
			from, _, _, err := find(o, key)
			if err != nil {
				return "", err
			}
			if v.Date("to") < from {
				return "", form.ErrInvalid.At(fault.Field{Name: "to", Text: "Sista dagen kan inte ligga före första dagen, %s.",
					Args: []any{from.String()}})
			}
			return back, end(o, key, version, v.Date("to"))
		},
	}
}

func last(kind, key string, d period.Date) audit.Change {
	k, _ := id.ParseText(key)
	return audit.Change{Kind: kind, Record: k, Step: "end", Note: d.String()}
}

// EndTime gives working time its last day.
var EndTime = ender("organisation.time-end", "Avsluta arbetstiden", "/l/organisation.time", "organisation.staff",
	func(o *op.Op, key string) (period.Date, period.Date, int64, error) {
		t, ok, err := timeOf.Maybe(o, id.Known[Time](key))
		return t.ValidFrom, t.ValidTo, t.Version, missing(ok, err)
	},
	func(o *op.Op, key string, version int64, d period.Date) error {
		n, err := endTime.Do(o, id.Known[Time](key), version, d)
		return changed(o, n, err, last("organisation.time", key, d))
	})

// EndLeave gives a leave its last day.
var EndLeave = ender("organisation.leave-end", "Avsluta frånvaron", "/l/organisation.leave", "organisation.staff",
	func(o *op.Op, key string) (period.Date, period.Date, int64, error) {
		t, ok, err := leaveOf.Maybe(o, id.Known[Leave](key))
		return t.ValidFrom, t.ValidTo, t.Version, missing(ok, err)
	},
	func(o *op.Op, key string, version int64, d period.Date) error {
		n, err := endLeave.Do(o, id.Known[Leave](key), version, d)
		return changed(o, n, err, last("organisation.leave", key, d))
	})

// EndRole gives a task in a process its last day.
var EndRole = ender("organisation.role-end", "Avsluta rollen", "/l/organisation.roles", "organisation.write",
	func(o *op.Op, key string) (period.Date, period.Date, int64, error) {
		t, ok, err := roleOf.Maybe(o, id.Known[Role](key))
		return t.ValidFrom, t.ValidTo, t.Version, missing(ok, err)
	},
	func(o *op.Op, key string, version int64, d period.Date) error {
		n, err := endRole.Do(o, id.Known[Role](key), version, d)
		return changed(o, n, err, last("organisation.role", key, d))
	})

func missing(ok bool, err error) error {
	if err == nil && !ok {
		return errNoRow
	}
	return err
}
