package role

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
)

// The permissions of this package.
const (
	Read   op.Permission = "role.read"
	Manage op.Permission = "role.manage"
)

// Labels says what the permissions of this package are, in Swedish.
func Labels() []Label {
	const area = "Behörigheter"
	return []Label{
		{area, Read, "Se personer och vilka roller de har"},
		{area, Manage, "Lägga upp personer och ge och avsluta roller"},
	}
}

// Admin makes the lists and forms by which roles are given. Clients and Units
// are the choices of the form, with the short text of the identity as value.
type Admin struct {
	Matrix  Matrix
	Clients func(*op.Op) ([]form.Option, error)
	Units   func(*op.Op) ([]form.Option, error)
}

var (
	kinds = []form.Option{{Value: "person", Label: "Person"}, {Value: "automation", Label: "Digital medarbetare"}, {Value: "system", Label: "Programmet"}}
	yesNo = []form.Option{{Value: "true", Label: "Aktiva"}, {Value: "false", Label: "Avslutade"}}

	clearances = []form.Option{
		{Value: "0", Label: "Öppna uppgifter"}, {Value: "1", Label: "Även känsliga uppgifter"}, {Value: "2", Label: "Även uppgifter under sekretess"},
	}
)

// Lists are the lists of persons and of assignments.
func (a Admin) Lists() []*list.Spec {
	persons := &list.Spec{
		Name: "role.persons", Title: "Personer", Need: Read, From: "person", Global: true, Version: "version",
		Columns: []list.Column{
			{Key: "name", Label: "Namn", Expr: "t.name", Sort: true},
			{Key: "title", Label: "Titel", Expr: "t.title"},
			{Key: "email", Label: "E-post", Expr: "t.email"},
			{Key: "kind", Label: "Slag", Kind: list.Word, Expr: "t.kind", Options: kinds},
			{Key: "active", Label: "Aktiv", Kind: list.Yes, Expr: "t.active"},
		},
		Filters: []list.Filter{{Key: "active", Label: "Konto", Column: "active", Kind: list.Yes, Options: yesNo}},
		Search:  []list.Search{{Column: "folded", Fold: fold}},
		Views: []list.View{
			{Key: "active", Label: "Aktiva", Filter: map[string][]string{"active": {"true"}}},
			{Key: "all", Label: "Alla"},
		},
		Indexes: []list.Index{{"name"}, {"active", "name"}},
		Order:   "name", Open: "/personer/{id}", Shown: "personer",
		Empty: "Ingen person passar. Rensa filtret, eller lägg upp personen.",
	}
	assignments := &list.Spec{
		Name: "role.assignments", Title: "Rolltilldelningar", Need: Read, From: "role_assignment", Global: true, Version: "version",
		Intro: "Varje rad ger en person en roll. En tilldelning avslutas men tas aldrig bort.",
		Joins: "JOIN person AS p ON p.id = t.person LEFT JOIN client AS c ON c.id = t.client LEFT JOIN person AS d ON d.id = t.decided_by",
		Columns: []list.Column{
			{Key: "person", Label: "Person", Expr: "p.name"},
			{Key: "role", Label: "Roll", Kind: list.Word, Expr: "t.role", Options: a.roles()},
			{Key: "client", Label: "Kund", Expr: "COALESCE(c.name, 'Alla kunder')"},
			{Key: "unit", Label: "Enhet", Kind: list.Word, Expr: "t.unit", Choices: a.unitsOrAll},
			{Key: "from", Label: "Från", Kind: list.Date, Expr: "t.valid_from", Sort: true},
			{Key: "to", Label: "Till och med", Kind: list.Date, Expr: "t.valid_to"},
			{Key: "decided", Label: "Beslutad av", Expr: "COALESCE(d.name, '')"},
			{Key: "at", Label: "Beslutad", Kind: list.Time, Expr: "t.decided_at"},
		},
		Filters: []list.Filter{
			{Key: "role", Label: "Roll", Column: "role", Options: a.roles()},
			{Key: "person", Label: "Person", Column: "person", Kind: list.Whole, Choices: personOptions},
		},
		Indexes: []list.Index{{"valid_from"}, {"person", "valid_from"}, {"role", "valid_from"}},
		Order:   "-from", Open: "/f/role.end/{id}", Shown: "tilldelningar",
		Empty: "Ingen tilldelning passar. Rensa filtret, eller ge någon en roll.",
	}
	return []*list.Spec{persons, assignments}
}

// Forms are the forms to add and change a person and to give and end a role.
func (a Admin) Forms() []*form.Spec {
	return []*form.Spec{a.newPerson(), a.editPerson(), a.assign(), a.end()}
}

func (a Admin) roles() []form.Option {
	all := make([]form.Option, len(a.Matrix))
	for i, r := range a.Matrix {
		all[i] = form.Option{Value: string(r.Name), Label: r.Title}
	}
	return all
}

func (a Admin) clientsOrAll(o *op.Op) ([]form.Option, error) {
	return orAll(o, a.Clients, "Alla kunder")
}
func (a Admin) unitsOrAll(o *op.Op) ([]form.Option, error) { return orAll(o, a.Units, "Alla enheter") }

const everything = "0"

func orAll(o *op.Op, from func(*op.Op) ([]form.Option, error), label string) ([]form.Option, error) {
	all := []form.Option{{Value: everything, Label: label}}
	if from == nil {
		return all, nil
	}
	some, err := from(o)
	return append(all, some...), err
}

func personOptions(o *op.Op) ([]form.Option, error) {
	persons, err := All(o)
	var all []form.Option
	for _, p := range persons {
		if p.Active {
			all = append(all, form.Option{Value: p.ID.String(), Label: p.Name})
		}
	}
	return all, err
}

func (a Admin) personFields() []form.Field {
	return []form.Field{
		{Key: "name", Label: "Namn", Required: true, Max: 100},
		{Key: "email", Label: "E-post", Max: 200},
		{Key: "title", Label: "Titel", Max: 100},
		{Key: "unit", Label: "Hemenhet", Kind: form.Choice, Choices: func(o *op.Op) ([]form.Option, error) { return orAll(o, a.Units, "Ingen enhet") }, Default: everything},
		{Key: "language", Label: "Språk", Kind: form.Radio, Options: []form.Option{{Value: "sv", Label: "Svenska"}, {Value: "en", Label: "Engelska"}}, Default: "sv", Required: true},
		{Key: "clearance", Label: "Får se", Kind: form.Radio, Options: clearances, Default: "0", Required: true},
		{
			Key: "interests", Label: "Jäv", Kind: form.Area, Max: 2000,
			Help: "Organisations- och personnummer som personen är knuten till, ett på varje rad. Personen får inte attestera för dem.",
		},
		{Key: "active", Label: "Kontot är aktivt", Kind: form.Check, Default: "true"},
	}
}

func (a Admin) newPerson() *form.Spec {
	return &form.Spec{
		Name: "role.person.new", Title: "Lägg upp en person", Submit: "Lägg upp", Need: Manage, Fields: a.personFields(), Rule: personRule,
		Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
			p := Person{Kind: op.Person, Keys: true}
			fill(o, &p, v)
			if err := Add(o, &p); err != nil {
				return "", err
			}
			return "/personer/" + p.ID.String(), nil
		},
	}
}

func (a Admin) editPerson() *form.Spec {
	return &form.Spec{
		Name: "role.person", Title: "Ändra en person", Submit: "Spara", Need: Manage, Fields: a.personFields(), Rule: personRule,
		Load: func(o *op.Op, key string) (form.Loaded, error) {
			p, err := byText(o, key)
			if err != nil {
				return form.Loaded{}, err
			}
			return form.Loaded{Version: p.Version, Title: p.Name, Values: form.Values{
				"name": p.Name, "email": p.Email, "title": p.Title, "unit": unitText(p.Unit), "language": p.Language,
				"clearance": strconv.FormatInt(int64(p.Clearance), 10), "interests": strings.Join(p.Interests, "\n"), "active": strconv.FormatBool(p.Active),
			}}, nil
		},
		Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
			p, err := byText(o, key)
			if err != nil {
				return "", err
			}
			if p.Version != version {
				return "", form.ErrConflict.Because("person %s: version %d, now %d", p.ID, version, p.Version)
			}
			fill(o, &p, v)
			return "/personer/" + p.ID.String(), Save(o, &p)
		},
	}
}

func fill(o *op.Op, p *Person, v form.Values) {
	p.Name, p.Email, p.Title, p.Language = v.Text("name"), v.Text("email"), v.Text("title"), v.Text("language")
	p.Unit, p.Clearance, p.Active = unitOf(v.Text("unit")), op.Clearance(v.Int("clearance")), v.Bool("active")
	p.Interests = []string{}
	for _, line := range strings.Fields(v.Text("interests")) {
		if n, err := ident.ParseOrg(line, period.DateOf(o.Now)); err == nil {
			p.Interests = append(p.Interests, n.Digits)
		}
	}
	slices.Sort(p.Interests)
	p.Interests = slices.Compact(p.Interests)
}

func personRule(w op.Who, v form.Values) []fault.Field {
	var wrong []fault.Field
	if e := v.Text("email"); e != "" && (strings.Count(e, "@") != 1 || strings.ContainsAny(e, " ,;<>")) {
		wrong = append(wrong, fault.Field{Name: "email", Text: "Skriv en e-postadress, till exempel maja.ek@exempelstad.se."})
	}
	for _, line := range strings.Fields(v.Text("interests")) {
		if _, err := ident.ParseOrg(line, period.DateOf(w.Now)); err != nil {
			wrong = append(wrong, fault.Field{Name: "interests", Text: "%s är inte ett giltigt nummer. Kontrollera siffrorna.", Args: []any{line}})
			break
		}
	}
	return wrong
}

func (a Admin) assign() *form.Spec {
	return &form.Spec{
		Name: "role.assign", Title: "Ge en roll", Submit: "Ge rollen", Need: Manage,
		Intro: "Rollen gäller från och med den första dagen. Du står som den som har beslutat.",
		Fields: []form.Field{
			{Key: "person", Label: "Person", Kind: form.Choice, Choices: personOptions, Required: true},
			{Key: "role", Label: "Roll", Kind: form.Choice, Options: a.roles(), Required: true},
			{Key: "client", Label: "Kund", Kind: form.Choice, Choices: a.clientsOrAll, Default: everything, Required: true},
			{Key: "unit", Label: "Enhet", Kind: form.Choice, Choices: a.unitsOrAll, Default: everything, Required: true},
			{Key: "from", Label: "Första dag", Kind: form.Date, Required: true},
			{Key: "to", Label: "Sista dag", Kind: form.Date, NotBefore: "from", Help: "Lämna tomt om rollen gäller tills vidare."},
		},
		Load: func(o *op.Op, key string) (form.Loaded, error) {
			v := form.Values{"client": everything, "unit": everything, "from": period.DateOf(o.Now).String()}
			if key != "" {
				p, err := byText(o, key)
				if err != nil {
					return form.Loaded{}, err
				}
				v["person"] = p.ID.String()
			}
			return form.Loaded{Values: v}, nil
		},
		Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
			p, err := byText(o, v.Text("person"))
			if err != nil {
				return "", err
			}
			client, _ := id.ParseText(v.Text("client")) // "0" is all, and Parse has checked the others
			g := &Assignment{Person: p.ID, Role: Name(v.Text("role")), Client: op.ClientID(client), Unit: unitOf(v.Text("unit")),
				ValidFrom: v.Date("from"), ValidTo: v.Date("to")}
			return "/personer/" + p.ID.String(), Assign(o, a.Matrix, g)
		},
	}
}

func (a Admin) end() *form.Spec {
	return &form.Spec{
		Name: "role.end", Title: "Avsluta en roll", Submit: "Avsluta rollen", Need: Manage,
		Fields: []form.Field{{Key: "last", Label: "Sista dag", Kind: form.Date, Required: true, Help: "Rollen gäller till och med den dagen."}},
		Load: func(o *op.Op, key string) (form.Loaded, error) {
			g, p, err := assignmentByText(o, key)
			if err != nil {
				return form.Loaded{}, err
			}
			last := g.ValidTo
			if last.IsZero() {
				last = period.DateOf(o.Now)
			}
			return form.Loaded{Version: g.Version, Title: p.Name + ": " + text.T(o, a.Matrix.Title(g.Role)), Values: form.Values{"last": last.String()}}, nil
		},
		Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
			g, p, err := assignmentByText(o, key)
			if err != nil {
				return "", err
			}
			return "/personer/" + p.ID.String(), End(o, a.Matrix, g.ID, version, v.Date("last"))
		},
	}
}

func byText(o *op.Op, key string) (Person, error) {
	who, err := id.Parse[op.Actor](key)
	if err != nil {
		return Person{}, ErrPerson.Because("%q is no identity: %w", key, err)
	}
	return Get(o, who)
}

func assignmentByText(o *op.Op, key string) (Assignment, Person, error) {
	k, err := id.Parse[Assignment](key)
	if err != nil {
		return Assignment{}, Person{}, errAssigned.Because("%q is no identity: %w", key, err)
	}
	g, err := AssignmentOf(o, k)
	if err != nil {
		return g, Person{}, err
	}
	p, err := Get(o, g.Person)
	return g, p, err
}

func unitOf(text string) op.UnitID {
	n, _ := id.ParseText(text) // what is no identity is no unit
	return op.UnitID(n)
}

func unitText(u op.UnitID) string {
	if u == 0 {
		return everything
	}
	return u.String()
}

func jsonText(v []string) (string, error) {
	if v == nil {
		v = []string{}
	}
	b, err := json.Marshal(v)
	return string(b), err
}

// difference says in Swedish what was changed about a person. The numbers of
// interests are personal data and are not written.
func difference(a, b Person) string {
	var parts []string
	add := func(label, x, y string) {
		if x != y {
			parts = append(parts, label+": "+y)
		}
	}
	add("namn", a.Name, b.Name)
	add("e-post", a.Email, b.Email)
	add("titel", a.Title, b.Title)
	add("språk", a.Language, b.Language)
	add("får se", clearanceWord(a.Clearance), clearanceWord(b.Clearance))
	if a.Unit != b.Unit {
		parts = append(parts, "hemenhet")
	}
	if !slices.Equal(a.Interests, b.Interests) {
		parts = append(parts, "jäv")
	}
	if a.Active != b.Active {
		parts = append(parts, map[bool]string{true: "kontot öppnat", false: "kontot avstängt"}[b.Active])
	}
	return strings.Join(parts, " · ")
}

func clearanceWord(c op.Clearance) string {
	return strings.ToLower(form.Word(clearances, strconv.FormatInt(int64(c), 10)))
}
