package payables

import (
	"slices"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/report"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/promise/client"
)

// codingDone is that the office's part of an invoice was done.
type codingDone struct {
	Client    op.ClientID
	ID        id.ID[codingDone]
	Invoice   ID
	Unit      op.UnitID
	Day       period.Date
	At        time.Time
	Automated bool
	By        op.PersonID
	Changed   bool
	ChangedBy op.PersonID
	ChangedAt time.Time
}

// codedCell is how many were coded alike.
type codedCell struct {
	Unit      op.UnitID
	Automated bool
	Changed   bool
	N         int64
}

var (
	addCoded    = db.Insert[codingDone]("payables_coded", "")
	changeCoded = db.Change(`
		UPDATE payables_coded SET changed = TRUE, changed_by = $3, changed_at = $4 WHERE client = $1 AND invoice = $2 AND automated AND NOT changed`)
	codedAll = db.Select[codedCell](`
		SELECT unit, automated, changed, count(*) AS n FROM payables_coded WHERE day BETWEEN $1 AND $2 GROUP BY unit, automated, changed`)
	codedOne = db.Select[codedCell](`
		SELECT unit, automated, changed, count(*) AS n FROM payables_coded WHERE client = $3 AND day BETWEEN $1 AND $2 GROUP BY unit, automated, changed`)
)

func noteCoded(o *op.Op, v *Invoice) error {
	_, err := addCoded.Add(o, codingDone{Client: v.Client, ID: id.New[codingDone](o), Invoice: v.ID, Unit: v.Unit, Day: period.DateOf(o.Now), At: o.Now,
		Automated: v.Automated, By: o.Actor.ID})
	return err
}

// countCoded counts the codings of some days that are as asked for.
func countCoded(counts func(codedCell) bool) func(*op.Op, op.Scope, period.Date, period.Date) (int64, error) {
	return func(o *op.Op, s op.Scope, first, last period.Date) (n int64, err error) {
		add := func(cells []codedCell, err error) error {
			for _, c := range cells {
				if counts(c) && (s.Units == nil || slices.Contains(s.Units, c.Unit)) {
					n += c.N
				}
			}
			return err
		}
		if s.All {
			return n, add(codedAll.All(o, first, last))
		}
		for _, c := range s.Clients {
			if err := add(codedOne.All(o, first, last, c)); err != nil {
				return 0, err
			}
		}
		return n, nil
	}
}

const codingsList = "payables.codings"

var (
	allCodings = report.Measure{Counted: &report.Counted{List: codingsList, Sum: countCoded(func(codedCell) bool { return true })}}
	byMachine  = report.Measure{Counted: &report.Counted{List: codingsList, Only: map[string][]string{"automated": {"true"}},
		Sum: countCoded(func(c codedCell) bool { return c.Automated })}}
	mended = report.Measure{Counted: &report.Counted{List: codingsList, Only: map[string][]string{"automated": {"true"}, "changed": {"true"}},
		Sum: countCoded(func(c codedCell) bool { return c.Automated && c.Changed })}}

	ended     = report.Measure{Process: Process, Activities: []string{Activity, ActivityReturned, ActivityVoided, ActivityMoved, ActivityNotOurs}}
	misplaced = report.Measure{Process: Process, Activities: []string{ActivityMoved, ActivityNotOurs}}

	since2026 = period.NewDate(2026, 1, 1)
	since2012 = period.NewDate(2012, 1, 1)
)

// CodedShare is how much of the coding the digital co-worker does.
var CodedShare = &report.Figure{
	Key: "payables.coded-share", Name: "Konteringar av den digitala medarbetaren", Unit: "%", Percent: true, Decimals: 1, Higher: true,
	Definitions: []report.Definition{{Version: 1, From: since2012, Source: "000 s.4", Numerator: byMachine, Denominator: &report.Part{Measure: &allCodings},
		Text: "Andel av periodens konteringar som den digitala medarbetaren gjorde, efter regel, order eller förslag. Nämnaren är alla gånger som kontoret har konterat en faktura, även om den sedan konterades om."}},
}

// CodingErrors is how much of what the co-worker coded that people changed.
var CodingErrors = &report.Figure{
	Key: "payables.coding-errors", Name: "Fel i automatiska konteringar", Unit: "%", Percent: true, Decimals: 1,
	Definitions: []report.Definition{{Version: 1, From: since2012, Source: "000 s.4", Numerator: mended, Denominator: &report.Part{Measure: &byMachine},
		Text: "Andel av periodens automatiska konteringar som en person har ändrat. Felet räknas på den dag då den digitala medarbetaren konterade. Nämnaren är de automatiska konteringarna, inte alla."}},
}

// Misplaced is how many invoices that came to the wrong client.
var Misplaced = &report.Figure{
	Key: "payables.misplaced", Name: "Felställda leverantörsfakturor", Unit: "%", Percent: true, Decimals: 1,
	Definitions: []report.Definition{{Version: 1, From: since2026, Source: "000 s.13", Numerator: misplaced, Denominator: &report.Part{Measure: &ended},
		Text: "Andel leverantörsfakturor som kom till fel mottagare: flyttade till rätt kund, eller avvisade för att de inte var till oss. De räknas hos den kund som de kom till. Nämnaren är alla fakturor som blev klara, skickades tillbaka, makulerades eller flyttades."}},
}

// Figures are what the supplier ledger measures of itself.
var Figures = []*report.Figure{CodedShare, CodingErrors, Misplaced}

var yesNo = []form.Option{{Value: "true", Label: "Ja"}, {Value: "false", Label: "Nej"}}

// Codings are the rows behind the share of the digital co-worker and its mistakes.
var Codings = &list.Spec{
	Name: codingsList, Title: "Konteringar", Need: MayRead, From: "payables_coded", Unit: "unit",
	Intro: "En rad för varje gång som kontoret har konterat en faktura. Ändrad betyder att en person har ändrat det som den digitala medarbetaren konterade.",
	Joins: "JOIN payables_invoice AS i ON i.client = t.client AND i.id = t.invoice LEFT JOIN client AS c ON c.id = t.client LEFT JOIN person AS p ON p.id = t.by",
	Open:  "/payables/{invoice}", Shown: "konteringar",
	Columns: []list.Column{
		{Key: "day", Label: "Dag", Kind: list.Date, Expr: "t.day", Sort: true},
		{Key: "supplier", Label: "Leverantör", Expr: "i.supplier_name"},
		{Key: "number", Label: "Faktura", Kind: list.Code, Expr: "i.number"},
		list.Client,
		{Key: "automated", Label: "Automatisk", Kind: list.Yes, Expr: "t.automated"},
		{Key: "changed", Label: "Ändrad", Kind: list.Yes, Expr: "t.changed"},
		{Key: "person", Label: "Av", Expr: "COALESCE(p.name, '')"},
		{Key: "changed_at", Label: "Ändrad när", Kind: list.Time, Expr: "t.changed_at", Hidden: true},
		{Key: "invoice", Label: "Fakturans id", Kind: list.ID, Expr: "t.invoice", Hidden: true},
	},
	Filters: []list.Filter{
		list.OfClient(MayRead),
		{Key: "from", Label: "Från och med", Column: "day", Match: list.From, Kind: list.Date},
		{Key: "to", Label: "Till och med", Column: "day", Match: list.To, Kind: list.Date},
		{Key: "automated", Label: "Automatisk", Column: "automated", Kind: list.Yes, Options: yesNo},
		{Key: "changed", Label: "Ändrad", Column: "changed", Kind: list.Yes, Options: yesNo},
	},
	Indexes: []list.Index{{"day"}}, Order: "-day",
	Empty: "Inget är konterat i det här urvalet. Välj en annan period.",
}

// AboutMisplaced is how many invoices came to a client by mistake this year, for
// the client's page.
func AboutMisplaced() client.About {
	return client.About{Label: "felställda fakturor i år", Need: MayRead, Figure: func(o *op.Op, c op.ClientID) (ui.Figure, error) {
		day := period.DateOf(o.Now)
		year := period.YearOf(day)
		cells, err := report.Read(o, op.Scope{Clients: []op.ClientID{c}}, year, 0)
		if err != nil {
			return ui.Figure{}, err
		}
		n, of := misplaced.Sum(cells.All), ended.Sum(cells.All)
		return ui.Figure{Text: text.F(o, "%s (%s)", text.Int(n), text.Percent(n, of, 1)), URL: misplaced.URL(year, c), Title: text.T(o, "Visa raderna")}, nil
	}}
}
