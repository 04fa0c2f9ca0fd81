package organisation

import (
	"net/http"
	"net/url"
	"strconv"

	"kontor/kernel/form"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
)

type officeView struct {
	Head             ui.HeadView
	Processes, Units ui.TableView
}

// StaffingURL is where the rows behind a full-time equivalent are seen; the
// period is written by its key, "2026-11".
func StaffingURL(process, period string) string {
	return "/organisation/arsarbetare?process=" + url.QueryEscape(process) + "&period=" + url.QueryEscape(period)
}

func showOffice(o *op.Op, _ *http.Request) (web.Answer, error) {
	units, err := Units(o)
	if err != nil {
		return web.Answer{}, err
	}
	names, err := role.Names(o)
	if err != nil {
		return web.Answer{}, err
	}
	month := period.MonthOf(period.DateOf(o.Now))
	v := officeView{Processes: processTable(o), Units: unitTable(o, units, names)}
	var sum int64
	for _, p := range Processes {
		fte, err := FTE(o, p.Value, month.First(), month.Last())
		if err != nil {
			return web.Answer{}, err
		}
		lead, err := Lead(o, p.Value, period.DateOf(o.Now))
		if err != nil {
			return web.Answer{}, err
		}
		if fte == 0 && lead.IsZero() {
			continue
		}
		sum += fte
		v.Processes.Rows = append(v.Processes.Rows, ui.Row{Cells: []ui.Cell{{Text: text.T(o, p.Label)}, {Text: names[lead]},
			{Kind: ui.CellNumber, Text: text.Decimal(fte, 2), URL: StaffingURL(p.Value, month.Key())}}})
	}
	v.Processes.Foot = []ui.Cell{{Text: text.T(o, "Summa")}, {}, {Kind: ui.CellNumber, Text: text.Decimal(sum, 2)}}
	active := 0
	for _, u := range units {
		if u.Active {
			active++
		}
	}
	v.Head = ui.HeadView{Eyebrow: text.T(o, "Organisation"), Links: []ui.Link{
		{Label: text.T(o, "Arbetstid per process"), URL: "/l/organisation.time"},
		{Label: text.T(o, "Roller i processerna"), URL: "/l/organisation.roles"}},
		Headline: text.F(o, "%d enheter med %s årsarbetare i %s", active, text.Decimal(sum, 2), month.Text(text.Lang(o)))}
	return web.Answer{Title: text.T(o, "Organisation"), Current: "/organisation", Body: officePage(v)}, nil
}

func processTable(o *op.Op) ui.TableView {
	return ui.TableView{Caption: text.T(o, "Processer med ansvarig och årsarbetare"), Columns: []ui.Col{
		{Label: text.T(o, "Process")}, {Label: text.T(o, "Processansvarig")},
		{Label: text.T(o, "Årsarbetare denna månad"), Kind: ui.CellNumber}},
		Empty: ui.Empty{Heading: text.T(o, "Ingen arbetstid är inlagd."),
			Text: text.T(o, "Lägg in en rad för varje medarbetare och process."),
			Link: ui.Link{Label: text.T(o, "Lägg in arbetstid"), URL: "/f/organisation.time-new"}}}
}

func unitTable(o *op.Op, units []Unit, names map[op.PersonID]string) ui.TableView {
	t := ui.TableView{Caption: text.T(o, "Enheter"), Columns: []ui.Col{
		{Label: text.T(o, "Enhet")}, {Label: text.T(o, "Slag")}, {Label: text.T(o, "Enhetschef")}, {Label: text.T(o, "Telefon")}},
		Empty: ui.Empty{Heading: text.T(o, "Inga enheter finns än. Lägg till den första."),
			Link: ui.Link{Label: text.T(o, "Lägg till en enhet"), URL: "/f/organisation.unit-new"}}}
	for _, u := range units {
		t.Rows = append(t.Rows, ui.Row{Quiet: !u.Active, Cells: []ui.Cell{
			{Text: u.Name, URL: "/l/organisation.time?unit=" + u.ID.String()},
			{Text: text.T(o, form.Word(unitKinds, u.Kind))}, {Text: names[u.Manager]}, {Text: u.Phone}}})
	}
	return t
}

type staffingView struct {
	Head  ui.HeadView
	Parts ui.TableView
	Foot  []ui.Link
}

// showStaffing opens a full-time equivalent: what each row of working time
// contributes to it, such that the rows sum to the figure.
func showStaffing(o *op.Op, r *http.Request) (web.Answer, error) {
	process := r.URL.Query().Get("process")
	var span period.Period = period.MonthOf(period.DateOf(o.Now))
	if key := r.URL.Query().Get("period"); key != "" {
		var err error
		if span, err = period.ParsePeriod(key); err != nil {
			return web.Answer{}, err
		}
	}
	months, err := Staffing(o, process, span.First(), span.Last())
	if err != nil {
		return web.Answer{}, err
	}
	names, err := role.Names(o)
	if err != nil {
		return web.Answer{}, err
	}
	v := staffingView{Foot: []ui.Link{{Label: text.T(o, "Alla rader med arbetstid"), URL: "/l/organisation.time?process=" + url.QueryEscape(process)}}}
	v.Parts = partsTable(o)
	var sum int64
	for _, m := range months {
		sum += m.Hundredths
		for _, p := range m.Parts {
			v.Parts.Rows = append(v.Parts.Rows, partRow(o, m, p, names))
		}
	}
	v.Parts.Foot = []ui.Cell{{Text: text.T(o, "Summa")}, {}, {}, {}, {}, {}, {Kind: ui.CellNumber, Text: text.Decimal(sum, 2)}}
	what := text.T(o, "alla processer")
	if process != "" {
		what = text.T(o, ProcessName(process))
	}
	v.Head = ui.HeadView{Eyebrow: what + ", " + span.String(),
		Headline: text.F(o, "%s årsarbetarmånader i %s", text.Decimal(sum, 2), span.String()),
		Intro: ui.Words(text.T(o, "En årsarbetarmånad är en person som arbetar heltid med processen alla månadens arbetsdagar. "+
			"Varje månad räknas exakt och avrundas en gång; raderna summerar till siffran."))}
	return web.Answer{Title: text.T(o, "Årsarbetare"), Current: "/organisation", Body: staffingPage(v)}, nil
}

func partsTable(o *op.Op) ui.TableView {
	return ui.TableView{Caption: text.T(o, "Arbetstid som ingår"), Columns: []ui.Col{
		{Label: text.T(o, "Medarbetare")}, {Label: text.T(o, "Process"), Secondary: true}, {Label: text.T(o, "Månad")},
		{Label: text.T(o, "Andel av heltid"), Kind: ui.CellNumber},
		{Label: text.T(o, "Arbetsdagar"), Kind: ui.CellNumber, Secondary: true},
		{Label: text.T(o, "Frånvarodagar"), Kind: ui.CellNumber, Secondary: true},
		{Label: text.T(o, "Årsarbetarmånader"), Kind: ui.CellNumber}},
		Empty: ui.Empty{Heading: text.T(o, "Ingen arbetstid är inlagd för perioden."),
			Link: ui.Link{Label: text.T(o, "Lägg in arbetstid"), URL: "/f/organisation.time-new"}}}
}

func partRow(o *op.Op, m Month, p Part, names map[op.PersonID]string) ui.Row {
	return ui.Row{Cells: []ui.Cell{{Text: names[p.Time.Person], URL: "/l/organisation.time?person=" + p.Time.Person.String()},
		{Text: text.T(o, ProcessName(p.Time.Process))}, {Text: m.Month.Text(text.Lang(o))},
		{Kind: ui.CellNumber, Text: strconv.FormatInt(p.Time.Share, 10) + "\u00a0%"},
		{Kind: ui.CellNumber, Text: text.F(o, "%d av %d", p.Days, m.Workdays)},
		{Kind: ui.CellNumber, Text: text.Decimal(p.Away, 2)}, {Kind: ui.CellNumber, Text: text.Decimal(p.Hundredths, 2)}}}
}
