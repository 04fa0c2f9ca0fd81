package web

import (
	"cmp"
	"net/http"
	"strings"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

type personView struct {
	Head       ui.HeadView
	Facts      []ui.Definition
	Given, May ui.TableView
	History    []ui.HistoryLine
}

type rolesView struct {
	Head   ui.HeadView
	Roles  []ui.Definition
	Matrix ui.MatrixView
}

type clientName struct {
	ID   op.ClientID
	Name string
}

var clientNames = db.Select[clientName](`SELECT id, name FROM client ORDER BY name`)

// personPage shows a person: what they have been given, and so what they may do.
func personPage(v *visit) error {
	if err := v.who.allows(role.Read); err != nil {
		return err
	}
	key, err := id.Parse[op.Actor](v.r.PathValue("key"))
	if err != nil {
		return role.ErrPerson.Because("%w", err)
	}
	var page personView
	err = v.view(func(o *op.Op) error {
		p, err := role.Get(o, key)
		if err != nil {
			return err
		}
		page = personView{Head: v.personHead(o, p), Facts: personFacts(o, p)}
		if page.Given, err = v.given(o, p); err != nil {
			return err
		}
		if page.May, err = v.may(o, p); err != nil {
			return err
		}
		rows, err := audit.Of(o, 0, int64(p.ID))
		for _, r := range rows {
			page.History = append(page.History, ui.HistoryLine{Time: Moment(r.At), Stamp: r.At.Format("2006-01-02T15:04:05Z07:00"), Who: r.Name,
				Text: strings.TrimSuffix(text.T(o, personSteps[r.Step])+" "+r.Note, " ")})
		}
		return err
	})
	if err != nil {
		return err
	}
	f := v.frame(page.Head.Headline, "/l/role.persons")
	f.Layout = ui.Reading
	return v.show(http.StatusOK, f, personBody(page))
}

var personSteps = map[string]string{"add": "Lade upp personen.", "save": "Ändrade:", "assign": "Gav rollen", "end": "Avslutade rollen", "password": "Satte lösenord.", "token": "Skapade nyckeln"}

func (v *visit) personHead(o *op.Op, p role.Person) ui.HeadView {
	h := ui.HeadView{Eyebrow: cmp.Or(p.Title, text.T(o, "Person")), Headline: p.Name}
	if !p.Active {
		h.Eyebrow = text.T(o, "Avstängt konto")
	}
	if v.who.allows(role.Manage) == nil && p.ID != o.Actor.ID {
		h.Primary = true
		h.Links = []ui.Link{
			{Label: text.T(o, "Ge en roll"), URL: formURL("role.assign", p.ID.String())},
			{Label: text.T(o, "Ändra"), URL: formURL("role.person", p.ID.String())},
		}
	}
	return h
}

func personFacts(o *op.Op, p role.Person) []ui.Definition {
	see := []string{"Öppna uppgifter", "Även känsliga uppgifter", "Även uppgifter under sekretess"}[min(max(p.Clearance, 0), 2)]
	var tied []string
	for _, n := range p.Interests {
		if x, err := ident.OrgOf(n); err == nil {
			tied = append(tied, x.Masked())
		}
	}
	all := []ui.Definition{{Term: text.T(o, "E-post"), Text: ui.Words(cmp.Or(p.Email, "–"))}, {Term: text.T(o, "Får se"), Text: ui.Words(text.T(o, see))}}
	if tied != nil {
		all = append(all, ui.Definition{Term: text.T(o, "Jäv"), Text: ui.Words(strings.Join(tied, ", "))})
	}
	return all
}

func (v *visit) given(o *op.Op, p role.Person) (ui.TableView, error) {
	t := ui.TableView{Caption: text.T(o, "Roller"), Titled: true, Columns: []ui.Col{
		{Label: text.T(o, "Roll")}, {Label: text.T(o, "Kund")}, {Label: text.T(o, "Från"), Kind: ui.CellDate}, {Label: text.T(o, "Till och med"), Kind: ui.CellDate}, {Label: text.T(o, "Beslutad av"), Secondary: true},
	}, Empty: ui.Empty{Heading: text.T(o, "Personen har ingen roll"), Text: text.T(o, "Utan roll får personen inte se eller göra något.")}}
	all, err := role.Assignments(o, p.ID)
	if err != nil {
		return t, err
	}
	names, err := role.Names(o)
	if err != nil {
		return t, err
	}
	clients, err := namesOfClients(o)
	if err != nil {
		return t, err
	}
	manage := v.who.allows(role.Manage) == nil && p.ID != o.Actor.ID
	for _, a := range all {
		row := ui.Row{ID: a.ID.String(), Quiet: !a.Valid(period.DateOf(o.Now))}
		if manage {
			row.URL = formURL("role.end", a.ID.String())
		}
		to := text.T(o, "tills vidare")
		if !a.ValidTo.IsZero() {
			to = a.ValidTo.String()
		}
		client := text.T(o, "Alla kunder")
		if a.Client != 0 {
			client = clients[a.Client]
		}
		row.Cells = []ui.Cell{{Text: text.T(o, v.s.site.Matrix.Title(a.Role))}, {Text: client}, {Text: a.ValidFrom.String()}, {Text: to}, {Text: names[a.DecidedBy]}}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

func namesOfClients(o *op.Op) (map[op.ClientID]string, error) {
	all, err := clientNames.All(o)
	m := make(map[op.ClientID]string, len(all))
	for _, c := range all {
		m[c.ID] = c.Name
	}
	return m, err
}

// may is what the roles of a person come to today.
func (v *visit) may(o *op.Op, p role.Person) (ui.TableView, error) {
	t := ui.TableView{Caption: text.T(o, "Får göra i dag"), Titled: true, Columns: []ui.Col{{Label: text.T(o, "Behörighet")}, {Label: text.T(o, "Område")}, {Label: text.T(o, "För")}}}
	if !p.Active {
		return t, nil
	}
	a, err := role.Actor(o, v.s.site.Matrix, p)
	if err != nil {
		return t, err
	}
	clients, err := namesOfClients(o)
	if err != nil {
		return t, err
	}
	for _, l := range v.s.site.Labels {
		s, ok := a.Grants[l.Name]
		if !ok {
			continue
		}
		where := text.T(o, "Alla kunder")
		if !s.All {
			var all []string
			for _, c := range s.Clients {
				all = append(all, clients[c])
			}
			where = strings.Join(all, ", ")
		}
		if s.Units != nil {
			where += ", " + text.N(o, int64(len(s.Units)), "%s enhet", "%s enheter")
		}
		t.Rows = append(t.Rows, ui.Row{ID: string(l.Name), Cells: []ui.Cell{{Text: text.T(o, l.Text)}, {Text: text.T(o, l.Area)}, {Text: where}}})
	}
	return t, nil
}

// rolesPage shows who may see and do what, to everybody: it is no secret.
func rolesPage(v *visit) error {
	ctx := v.ctx()
	page := rolesView{Head: ui.HeadView{Eyebrow: text.T(ctx, "Behörigheter"), Headline: text.T(ctx, "Vem får se och göra vad")}}
	if v.who.allows(role.Read) == nil {
		page.Head.Links = []ui.Link{{Label: text.T(ctx, "Personer"), URL: "/l/role.persons"}, {Label: text.T(ctx, "Rolltilldelningar"), URL: "/l/role.assignments"}}
	}
	m := ui.MatrixView{Caption: page.Head.Headline, Corner: text.T(ctx, "Behörighet")}
	for _, r := range v.s.site.Matrix {
		page.Roles = append(page.Roles, ui.Definition{Term: text.T(ctx, r.Title), Text: ui.Words(text.T(ctx, r.About))})
		m.Columns = append(m.Columns, text.T(ctx, r.Title))
	}
	area := ""
	for _, l := range v.s.site.Labels {
		if l.Area != area {
			area = l.Area
			m.Rows = append(m.Rows, ui.MatrixRow{Label: text.T(ctx, area)})
		}
		row := ui.MatrixRow{Label: text.T(ctx, l.Text)}
		for _, r := range v.s.site.Matrix {
			row.Cells = append(row.Cells, ui.MatrixCell{Yes: r.May(l.Name)})
		}
		m.Rows = append(m.Rows, row)
	}
	page.Matrix = m
	f := v.frame("Roller", "/roller")
	f.Layout = ui.Listing
	return v.show(http.StatusOK, f, rolesBody(page))
}
