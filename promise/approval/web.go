package approval

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"kontor/books/coding"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/promise/client"
)

func pages() []web.Route {
	return []web.Route{
		{Pattern: "GET /attestforteckning", Need: MayRead, Handle: showAll},
		{Pattern: "GET /attestforteckning/{client}", Need: MayRead, Handle: showRegister},
		{Pattern: "GET /attestforteckning/version/{id}", Need: MayRead, Handle: showVersion},
		{Pattern: "GET /attestforteckning/version/{id}/lista.csv", Need: MayRead, Handle: export},
		{Pattern: "POST /attestforteckning/version/{id}/lista", Need: MayWrite, Upload: true, Handle: readList},
		{Pattern: "POST /attestforteckning/version/{id}/stryk/{row}", Need: MayWrite, Handle: strike},
	}
}

// showAll is the registers of the clients that the actor may see.
func showAll(o *op.Op, _ *http.Request) (web.Answer, error) {
	all, err := client.All(o)
	if err != nil {
		return web.Answer{}, err
	}
	all = slices.DeleteFunc(all, func(c client.Client) bool { return !o.Actor.May(MayRead, c.ID) })
	if len(all) == 1 {
		return web.Answer{Location: registerURL + "/" + all[0].ID.String()}, nil
	}
	day := period.DateOf(o.Now)
	t := ui.TableView{Caption: text.T(o, "Attestförteckningar"), Columns: []ui.Col{{Label: text.T(o, "Kund")}, {Label: text.T(o, "Version"), Kind: ui.CellNumber},
		{Label: text.T(o, "Gäller till och med")}, {Label: text.T(o, "Rader"), Kind: ui.CellNumber, Secondary: true}, {Label: text.T(o, "Läge"), Kind: ui.CellStatus}},
		Empty: ui.Empty{Heading: text.T(o, "Inga kunder"), Text: text.T(o, "Du har inga kunder i din behörighet. Be systemförvaltningen om du behöver det.")}}
	near := int64(0)
	for _, c := range all {
		g, err := Load(o, c.ID)
		if err != nil {
			return web.Answer{}, err
		}
		row := ui.Row{URL: registerURL + "/" + c.ID.String(), Cells: []ui.Cell{{Text: c.Name}, {Text: "–"}, {Text: "–"}, {Text: "–"},
			{Text: text.T(o, "Ingen gäller"), Status: ui.Miss}}}
		if s, ok := g.InForce(day); ok {
			row.Cells[1].Text, row.Cells[2].Text, row.Cells[3].Text = text.Int(s.Number), s.ValidTo.String(), text.Int(int64(len(s.Rows)))
			row.Cells[1].URL, row.Cells[3].URL = versionURL(s.ID), row.URL
			row.Cells[4] = ui.Cell{Text: text.T(o, "Gäller"), Status: ui.OK}
			if _, now := s.Renewal(day); now {
				row.Cells[4] = ui.Cell{Text: text.T(o, "Ska beslutas på nytt"), Status: ui.Near}
			}
		}
		if row.Cells[4].Status != ui.OK {
			near++
		}
		t.Rows = append(t.Rows, row)
	}
	head := ui.HeadView{Eyebrow: text.T(o, "Attestförteckning"), Headline: text.T(o, "Alla kunder har en attestförteckning som gäller"),
		Intro: ui.Words(text.T(o, "Vem som får granska och attestera, för vilka ansvar, hur mycket och hur länge. Nämnden beslutar minst en gång om året.")), Links: headLinks(o, 0)}
	if near > 0 {
		head.Headline = text.N(o, near, "%s attestförteckning ska beslutas", "%s attestförteckningar ska beslutas")
	}
	return web.Answer{Title: head.Headline, Current: registerURL, Body: templ.Join(ui.Head(head), ui.Tables(t))}, nil
}

func headLinks(o *op.Op, c op.ClientID) (links []ui.Link) {
	key := ""
	if c != 0 {
		key = "/" + c.String()
	}
	if c == 0 && o.Need(MayWrite) == nil || o.Actor.May(MayWrite, c) {
		links = append(links, ui.Link{Label: text.T(o, "Nytt utkast"), URL: "/f/approval.begin" + key})
	}
	if o.Need(MayWrite) == nil || o.Need(MayOwn) == nil {
		links = append(links, ui.Link{Label: text.T(o, "Utse ersättare"), URL: "/f/approval.substitute" + key})
	}
	if c != 0 && o.Actor.May(MayWrite, c) {
		links = append(links, ui.Link{Label: text.T(o, "Påminnelser"), URL: "/f/approval.setting" + key})
	}
	if o.Need(MayOwn) == nil {
		links = append(links, ui.Link{Label: text.T(o, "Anmäl jäv"), URL: "/f/approval.tie"})
	}
	return links
}

// register is the page of a client.
type register struct {
	Head     ui.HeadView
	Note     string
	Rows     ui.TableView
	Stands   ui.TableView
	Versions ui.TableView
	Facts    []ui.Definition
	Try      []ui.FieldView
	Here     string
	Outcome  string
	Allowed  ui.StatusKind
}

func showRegister(o *op.Op, r *http.Request) (web.Answer, error) {
	key, err := id.Parse[op.Client](r.PathValue("client"))
	if err != nil {
		return web.Answer{}, errNoRow.Because("%w", err)
	}
	if err := o.NeedFor(MayRead, key); err != nil {
		return web.Answer{}, err
	}
	c, err := client.Get(o, key)
	if err != nil {
		return web.Answer{}, err
	}
	g, err := Load(o, key)
	if err != nil {
		return web.Answer{}, err
	}
	persons, err := knownBy(o)
	if err != nil {
		return web.Answer{}, err
	}
	day := period.DateOf(o.Now)
	v := &register{Here: registerURL + "/" + key.String(), Head: ui.HeadView{Eyebrow: text.T(o, "Attestförteckning") + " · " + c.Name, Links: headLinks(o, key),
		Headline: text.T(o, "Ingen får attestera i dag: ingen beslutad version gäller")}}
	if s, ok := g.InForce(day); ok {
		v.Head.Headline = text.N(o, approvers(s), "%s person får attestera", "%s personer får attestera")
		v.Rows = rowTable(o, s.Rows, persons, nil)
		v.Facts = schemeFacts(o, s)
		if by, now := s.Renewal(day); now {
			v.Note = text.F(o, "Attestförteckningen ska beslutas på nytt senast %s. Börja ett utkast i god tid före nämndens möte.", by)
		}
	}
	v.Rows.Empty = ui.Empty{Heading: text.T(o, "Inga rader gäller i dag"), Text: text.T(o, "Börja ett utkast, lägg till raderna och låt en annan person föra in nämndens beslut.")}
	v.stands(o, g)
	if err := v.versions(o, key); err != nil {
		return web.Answer{}, err
	}
	v.try(o, g, r, day)
	return web.Answer{Title: v.Head.Eyebrow, Current: registerURL, Body: registerBody(v)}, nil
}

func approvers(s *Scheme) (n int64) {
	seen := map[op.PersonID]bool{}
	for _, r := range s.Rows {
		if r.Kind == Final && !seen[r.Person] {
			seen[r.Person] = true
			n++
		}
	}
	return n
}

func knownBy(o *op.Op) (map[op.PersonID]Known, error) {
	rows, err := knownPersons.All(o)
	all := make(map[op.PersonID]Known, len(rows))
	for _, r := range rows {
		all[r.ID] = r
	}
	return all, err
}

// rowTable is rows as a table; strike gives a row its way out of a draft.
func rowTable(o *op.Op, rows []Row, persons map[op.PersonID]Known, strike func(Row) string) ui.TableView {
	t := ui.TableView{Caption: text.T(o, "Vem som får vad"), Columns: []ui.Col{{Label: text.T(o, "Person")}, {Label: text.T(o, "Får")}, {Label: text.T(o, "För")},
		{Label: text.T(o, "Högst, kr"), Kind: ui.CellMoney}, {Label: text.T(o, "När")}, {Label: text.T(o, "Överordnad"), Secondary: true}}}
	if strike != nil {
		t.Columns = append(t.Columns, ui.Col{Label: text.T(o, "Ändra")})
	}
	for _, r := range rows {
		when := text.T(o, "hela tiden")
		if !r.ValidFrom.IsZero() || !r.ValidTo.IsZero() {
			when = strings.TrimSpace(dateOrNone(r.ValidFrom) + " – " + dateOrNone(r.ValidTo))
		}
		cells := []ui.Cell{{Text: r.Name}, {Text: text.T(o, r.Kind.Word())}, {Text: r.Scope()}, {Text: r.Most.String()}, {Text: when},
			{Text: cmp.Or(persons[r.Superior].Name, "–")}}
		if strike != nil {
			cells = append(cells, ui.Cell{Drawing: strikeButton(strike(r), r.Name)})
		}
		t.Rows = append(t.Rows, ui.Row{Cells: cells})
	}
	return t
}

func schemeFacts(o *op.Op, s *Scheme) []ui.Definition {
	facts := []ui.Definition{{Term: text.T(o, "Gäller"), Text: ui.Words(s.ValidFrom.String() + " – " + s.ValidTo.String())}}
	if s.Number == 0 {
		return facts
	}
	return append(facts, ui.Definition{Term: text.T(o, "Version"), Text: ui.Prose{{Text: text.Int(s.Number), URL: versionURL(s.ID)}}},
		ui.Definition{Term: text.T(o, "Beslutat av"), Text: ui.Words(s.Body + " " + s.DecidedOn.String())},
		ui.Definition{Term: text.T(o, "Diarienummer"), Text: ui.Words(s.Registry)})
}

func (v *register) stands(o *op.Op, g *Register) {
	v.Stands = ui.TableView{Caption: text.T(o, "Ersättare"), Columns: []ui.Col{{Label: text.T(o, "Ersättare")}, {Label: text.T(o, "För")}, {Label: text.T(o, "När")}},
		Empty: ui.Empty{Heading: text.T(o, "Ingen ersättare är utsedd")}}
	for _, x := range g.Stands {
		row := ui.Row{Cells: []ui.Cell{{Text: x.PersonName}, {Text: x.AbsentName}, {Text: x.ValidFrom.String() + " – " + x.ValidTo.String()}}}
		if x.Absent == o.Actor.ID || o.Actor.May(MayWrite, g.Client) {
			row.URL = "/f/approval.substitute.end/" + x.ID.String()
		}
		v.Stands.Rows = append(v.Stands.Rows, row)
	}
}

func (v *register) versions(o *op.Op, key op.ClientID) error {
	all, err := Versions(o, key)
	v.Versions = ui.TableView{Caption: text.T(o, "Versioner"), Columns: []ui.Col{{Label: text.T(o, "Version")}, {Label: text.T(o, "Gäller")}, {Label: text.T(o, "Läge"), Kind: ui.CellStatus}},
		Empty: ui.Empty{Heading: text.T(o, "Inga versioner än")}}
	for i := len(all) - 1; i >= 0; i-- {
		s := &all[i]
		if s.State == Withdrawn {
			continue
		}
		name, mark := text.T(o, "Utkast"), ui.Near
		if s.Number > 0 {
			name, mark = text.Int(s.Number), ui.OK
		}
		v.Versions.Rows = append(v.Versions.Rows, ui.Row{URL: versionURL(s.ID), Cells: []ui.Cell{{Text: name}, {Text: s.ValidFrom.String() + " – " + s.ValidTo.String()},
			{Text: text.T(o, Life.Word(s.State)), Status: mark}}})
	}
	return err
}

// try answers who may approve an amount on a code string, before anybody is
// asked to.
func (v *register) try(o *op.Op, g *Register, r *http.Request, day period.Date) {
	q := r.URL.Query()
	for _, x := range []struct{ name, label string }{{"belopp", "Belopp"}, {"ansvar", "Ansvar"}, {"verksamhet", "Verksamhet"}, {"projekt", "Projekt"}, {"konto", "Konto"}} {
		v.Try = append(v.Try, ui.FieldView{Name: x.name, Label: text.T(o, x.label), Value: q.Get(x.name), Half: true})
	}
	if q.Get("belopp") == "" {
		return
	}
	amount, err := money.Parse(q.Get("belopp"))
	if err != nil {
		v.Try[0].Error, v.Allowed = text.T(o, "Skriv ett belopp i kronor, till exempel 1 250,00."), ui.Miss
		return
	}
	code := func(s string) string { return strings.ToUpper(strings.TrimSpace(q.Get(s))) }
	lines := []coding.Line{{Account: code("konto"), Unit: code("ansvar"), Activity: code("verksamhet"), Project: code("projekt"), Amount: amount}}
	who := g.Who(Final, lines, amount, day)
	var names []string
	for _, a := range who {
		name := a.Name
		if a.Substitute() {
			name = text.F(o, "%s för %s", a.Name, a.ForName)
		}
		names = append(names, text.F(o, "%s (högst %s kr)", name, a.Most))
	}
	if len(names) == 0 {
		v.Allowed, v.Outcome = ui.Miss, text.F(o, "Ingen får attestera %s kr där i dag.", amount)
		return
	}
	v.Allowed, v.Outcome = ui.OK, text.F(o, "%s kr får i dag attesteras av: %s.", amount, strings.Join(names, ", "))
}

// version is the page of one version.
type version struct {
	Head    ui.HeadView
	Rows    ui.TableView
	Changes ui.TableView
	Facts   []ui.Definition
	History []ui.HistoryLine
	Draft   bool
	Add     ui.Link
	Import  string
	CSV     string
}

func showVersion(o *op.Op, r *http.Request) (web.Answer, error) {
	s, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	c, err := client.Get(o, s.Client)
	if err != nil {
		return web.Answer{}, err
	}
	persons, err := knownBy(o)
	if err != nil {
		return web.Answer{}, err
	}
	v := &version{Facts: schemeFacts(o, &s), CSV: versionURL(s.ID) + "/lista.csv", Draft: s.State == Draft && o.Actor.May(MayWrite, s.Client)}
	v.Head = ui.HeadView{Eyebrow: text.T(o, "Attestförteckning") + " · " + c.Name + " · " + text.T(o, Life.Word(s.State)),
		Headline: text.F(o, "Version %d av attestförteckningen", s.Number)}
	if s.Number == 0 {
		v.Head.Headline = text.F(o, "Utkast som ska gälla från %s", s.ValidFrom)
	}
	var out func(Row) string
	if v.Draft {
		out = func(row Row) string { return versionURL(s.ID) + "/stryk/" + row.ID.String() }
		v.Add, v.Import = ui.Link{Label: text.T(o, "Lägg till en rad"), URL: "/f/approval.row/" + s.ID.String()}, versionURL(s.ID)+"/lista"
	}
	v.Rows = rowTable(o, s.Rows, persons, out)
	v.Rows.Empty = ui.Empty{Heading: text.T(o, "Inga rader än"), Text: text.T(o, "Lägg till en rad i taget, eller läs in nämndens lista."), Link: v.Add}
	v.Changes = ui.TableView{Caption: text.T(o, "Ändringar mot versionen före"), Columns: []ui.Col{{Label: text.T(o, "Ändring"), Kind: ui.CellStatus}, {Label: text.T(o, "Rad")}},
		Empty: ui.Empty{Heading: text.T(o, "Inga ändringar")}}
	for _, d := range Diff(s.Before, s.Rows) {
		cell := ui.Cell{Text: text.T(o, "Ny"), Status: ui.OK}
		if d.Gone {
			cell = ui.Cell{Text: text.T(o, "Borta"), Status: ui.Miss}
		}
		v.Changes.Rows = append(v.Changes.Rows, ui.Row{Cells: []ui.Cell{cell, {Text: d.Row.Said()}}})
	}
	lines, err := Table.History(o, &s)
	if err != nil {
		return web.Answer{}, err
	}
	for i := range lines {
		if lines[i].Text == "" {
			lines[i].Text = historyWords[lines[i].Step]
		}
	}
	v.History = web.History(o, lines)
	bar, err := web.Actions(o, Life.Name, s.ID.String(), s.Version, Table.Buttons(o, s))
	return web.Answer{Title: v.Head.Headline, Current: registerURL, Body: versionBody(v), Actions: bar}, err
}

var historyWords = map[string]string{"add": "Började utkastet.", "row": "La till:", "strike": "Strök:"}

func export(o *op.Op, r *http.Request) (web.Answer, error) {
	s, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	persons, err := knownBy(o)
	return web.Answer{File: WriteCSV(s.Rows, persons), Media: "text/csv", Name: "attestforteckning-" + s.ValidFrom.String() + ".csv"}, err
}

// readList replaces the rows of a draft with those of a list, all or none.
func readList(o *op.Op, r *http.Request) (web.Answer, error) {
	s, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	files, err := web.NeedUploads(r, "file")
	if err != nil {
		return web.Answer{}, err
	}
	persons, err := knownPersons.All(o)
	if err != nil {
		return web.Answer{}, err
	}
	rows, err := ReadCSV(files[0].Content, persons)
	if err != nil {
		return web.Answer{}, err
	}
	if err := Strike(o, s.ID, 0); err != nil {
		return web.Answer{}, err
	}
	return web.See(versionURL(s.ID), text.N(o, int64(len(rows)), "%s rad lästes in.", "%s rader lästes in.")), Write(o, s.ID, rows...)
}

func strike(o *op.Op, r *http.Request) (web.Answer, error) {
	s, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	row, err := id.Parse[Row](r.PathValue("row"))
	if err != nil || row == 0 {
		return web.Answer{}, errNoRow.Because("%v", err)
	}
	return web.See(versionURL(s.ID), text.T(o, "Raden ströks.")), Strike(o, s.ID, row)
}
