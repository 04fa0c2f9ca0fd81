package agreement

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"kontor/kernel/form"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/promise/catalogue"
	"kontor/promise/client"
	"kontor/promise/leadtime"
	"kontor/promise/organisation"
)

type view struct {
	Head                       ui.HeadView
	Promises, Services         ui.TableView
	Duties                     []ui.TableView
	Deviations                 ui.TableView
	Terms, Facts               []ui.Definition
	PromiseLinks, ServiceLinks []ui.Link
	DutyLinks, TermLinks       []ui.Link
	Additions                  []ui.Link
	History                    []ui.HistoryLine
}

// show is the agreement as a document that a person reads.
func show(o *op.Op, r *http.Request) (web.Answer, error) {
	a, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	c, err := client.Get(o, a.Client)
	if err != nil {
		return web.Answer{}, err
	}
	v := view{Head: a.head(o, c), Facts: a.facts(o, c)}
	for _, fill := range []func(*op.Op, Agreement) error{v.promises, v.services, v.duties, v.deviations, v.side} {
		if err := fill(o, a); err != nil {
			return web.Answer{}, err
		}
	}
	v.Terms = []ui.Definition{{Term: text.T(o, "Öppettider"), Text: ui.Words(orMissing(o, a.Hours))},
		{Term: text.T(o, "Övriga villkor"), Text: ui.Words(orMissing(o, a.Terms))}}
	if a.State == Draft && o.Actor.May("agreement.write", a.Client) {
		key := a.ID.String()
		v.PromiseLinks = []ui.Link{{Label: text.T(o, "Sätt en ledtid"), URL: "/f/agreement.promise/" + key}}
		v.ServiceLinks = []ui.Link{{Label: text.T(o, "Lägg till en tilläggstjänst"), URL: "/f/agreement.service/" + key}}
		v.TermLinks = []ui.Link{{Label: text.T(o, "Ändra öppettider och villkor"), URL: "/f/agreement.terms/" + key}}
	}
	bar, err := web.Actions(o, Life.Name, a.ID.String(), a.Version, Table.Buttons(o, a))
	return web.Answer{Title: a.Kind.Word() + " " + a.Number, Current: "/l/agreement.agreements", Body: document(v), Actions: bar}, err
}

func orMissing(o *op.Op, s string) string {
	if strings.TrimSpace(s) == "" {
		return text.T(o, "Inget är avtalat.")
	}
	return s
}

func (a Agreement) head(o *op.Op, c client.Client) ui.HeadView {
	h := ui.HeadView{Eyebrow: text.T(o, a.Kind.Word()) + " " + a.Number + " · " + text.T(o, Life.Word(a.State))}
	switch n := int64(len(a.Promises)); {
	case a.InForce(period.DateOf(o.Now)):
		h.Headline = text.F(o, "%s har %s till och med %s", c.Name, text.N(o, n, "%s löfte", "%s löften"), a.Last().String())
	case a.State == Sent:
		h.Headline = text.F(o, "Avtalet väntar på underskrift av %s", c.Name)
	case a.State == Draft:
		h.Headline = text.F(o, "Utkast till avtal med %s", c.Name)
	default:
		h.Headline = text.F(o, "Avtalet med %s gäller inte i dag", c.Name)
	}
	if a.State == Signed && a.Kind == Yearly && o.Actor.May("agreement.write", a.Client) {
		h.Links = []ui.Link{{Label: text.T(o, "Börja en tilläggsöverenskommelse"), URL: "/f/agreement.addition/" + a.ID.String()}}
	}
	return h
}

func (a Agreement) facts(o *op.Op, c client.Client) []ui.Definition {
	signed := text.T(o, "Inte undertecknat än")
	if !a.SignedOn.IsZero() {
		signed = a.SignedBy + ", " + a.SignedOn.String()
	}
	all := []ui.Definition{
		{Term: text.T(o, "Kund"), Text: ui.Prose{{Text: c.Name, URL: c.URL()}}},
		{Term: text.T(o, "Gäller"), Text: ui.Words(a.ValidFrom.String() + " – " + a.Last().String())},
		{Term: text.T(o, "Undertecknat för kunden"), Text: ui.Words(signed)},
		{Term: text.T(o, "Läge"), Text: ui.Words(text.T(o, Life.Word(a.State))), Status: statusOf(a)},
	}
	if !a.Parent.IsZero() {
		all = append(all, ui.Definition{Term: text.T(o, "Tillägg till"),
			Text: ui.Prose{{Text: text.T(o, "årets avtal"), URL: "/avtal/" + a.Parent.String()}}})
	}
	return all
}

func statusOf(a Agreement) ui.StatusKind {
	switch Life.Label(a.State).Kind {
	case "ok":
		return ui.OK
	case "near":
		return ui.Near
	case "miss":
		return ui.Miss
	}
	return ui.None
}

func (v *view) promises(o *op.Op, a Agreement) error {
	book, err := leadtime.Load(o)
	v.Promises = ui.TableView{Caption: text.T(o, "Ledtider"), Columns: []ui.Col{{Label: text.T(o, "Tjänst")},
		{Label: text.T(o, "Klar senast"), Kind: ui.CellText}, {Label: text.T(o, "Underlag"), Secondary: true}},
		Empty: ui.Empty{Heading: text.T(o, "Inga ledtider är lovade i det här avtalet.")}}
	for _, p := range a.Promises {
		v.Promises.Rows = append(v.Promises.Rows, ui.Row{Cells: []ui.Cell{{Text: book.Name(p.Service), URL: eventsURL(a, p)},
			{Text: text.F(o, "arbetsdag %d, räknat från den dag posten kommer", p.Days)}, {Text: p.Source}}})
	}
	return err
}

// eventsURL is where what was handled under a promise is seen.
func eventsURL(a Agreement, p Promise) string {
	return "/l/work.events?client=" + a.Client.String() + "&activity=" + p.Service
}

func (v *view) services(o *op.Op, a Agreement) error {
	book, err := catalogue.Load(o)
	if err != nil {
		return err
	}
	v.Services = ui.TableView{Caption: text.T(o, "Tjänster i avtalet"), Columns: []ui.Col{{Label: text.T(o, "Tjänst")},
		{Label: text.T(o, "Omfattning")}, {Label: text.T(o, "Pris i dag")}}}
	version := book.List(period.DateOf(o.Now))
	for _, s := range book.Services {
		if s.Mandatory && a.Kind == Yearly {
			v.Services.Rows = append(v.Services.Rows, ui.Row{Cells: []ui.Cell{{Text: text.T(o, s.Name), URL: "/prislista#service-" + s.Code},
				{Text: text.T(o, "Obligatorisk för alla nämnder")}, {Text: text.T(o, "enligt prislistan")}}})
		}
	}
	for _, x := range a.Services {
		line, _ := book.Line(version, x.Item)
		scope := x.Text
		if x.Hours > 0 {
			scope = strings.TrimSpace(text.F(o, "%s timmar per år.", text.Int(x.Hours)) + " " + scope)
		}
		v.Services.Rows = append(v.Services.Rows, ui.Row{Cells: []ui.Cell{{Text: line.Text, URL: "/prislista#service-additional"}, {Text: scope},
			{Text: text.F(o, "%s kr per timme", line.Price.String())}}})
	}
	v.Services.Empty = ui.Empty{Heading: text.T(o, "Tillägget innehåller inga tjänster.")}
	return nil
}

func (v *view) duties(o *op.Op, a Agreement) error {
	rows, err := Duties(o, min(max(a.ValidFrom, period.DateOf(o.Now)), a.Last()))
	at := func(d Duty) int {
		return slices.IndexFunc(organisation.Processes, func(p form.Option) bool { return p.Value == d.Process })
	}
	slices.SortStableFunc(rows, func(x, y Duty) int { return cmp.Compare(at(x), at(y)) })
	process := ""
	for _, d := range rows {
		if d.Process != process {
			process = d.Process
			v.Duties = append(v.Duties, ui.TableView{Caption: text.T(o, organisation.ProcessName(process)), Titled: true,
				Columns: []ui.Col{{Label: text.T(o, "Steg")}, {Label: text.T(o, "Vem")}}})
		}
		who := text.T(o, "Vi")
		if d.Party == Client {
			who = text.T(o, "Kunden")
		}
		t := &v.Duties[len(v.Duties)-1]
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: text.T(o, d.Text), Title: d.Source}, {Text: who}}})
	}
	v.DutyLinks = []ui.Link{{Label: text.T(o, "Hela gränssnittet med källor"), URL: "/l/agreement.duties"}}
	return err
}

func (v *view) deviations(o *op.Op, a Agreement) error {
	rows, err := Deviations(o, a.Client, "", min(max(a.ValidFrom, period.DateOf(o.Now)), a.Last()))
	v.Deviations = ui.TableView{Caption: text.T(o, "Godkända avvikelser"), Columns: []ui.Col{{Label: text.T(o, "Avvikelse")},
		{Label: text.T(o, "Process")}, {Label: text.T(o, "Godkänd")}},
		Empty: ui.Empty{Heading: text.T(o, "Kunden följer de gemensamma rutinerna utan avvikelser.")}}
	for _, d := range rows {
		v.Deviations.Rows = append(v.Deviations.Rows, ui.Row{Cells: []ui.Cell{{Text: d.Text},
			{Text: text.T(o, organisation.ProcessName(d.Process))}, {Text: d.DecidedBy + ", " + d.DecidedOn.String()}}})
	}
	return err
}

func (v *view) side(o *op.Op, a Agreement) error {
	additions, err := Additions(o, a)
	if err != nil {
		return err
	}
	for _, x := range additions {
		v.Additions = append(v.Additions, ui.Link{Label: x.Number + ", " + text.F(o, "från %s", x.ValidFrom.String()), URL: x.URL()})
	}
	lines, err := Table.History(o, &a)
	v.History = web.History(o, lines)
	return err
}
