package generalledger

import (
	"strconv"
	"strings"

	"kontor/books/coding"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/work"
	"kontor/promise/client"
)

// editor is the page where an order is written.
type editor struct {
	Head                 ui.HeadView
	URL, Back, Version   string
	Client, ClientName   string
	Kind                 Kind
	Sellers              []form.Option
	Seller               string
	Date, Text, Channel  string
	DateWrong, SideWrong string
	Columns              []column
	Rows                 []row
	Wrong                string
	Debit, Credit        string
	FileName             string
	lists                map[string][]form.Option
}

type column struct {
	Name, Label string
	Segment     coding.Segment // "" for amounts and texts
	Seller      bool           // of the seller's side
	Size        string
	Money       bool
}

// list is the name of the suggestions of the column; "" when it has none.
func (c column) list() string {
	if c.Segment == "" {
		return ""
	}
	if c.Seller {
		return "seller-" + string(c.Segment)
	}
	return "own-" + string(c.Segment)
}

type row struct {
	Values []string
	Wrong  map[string]string // by column
}

// rowsMost bounds an order; what is longer comes as a file.
const rowsMost = 300

// suggestMost is how many codes of a segment are suggested; the rest are typed.
const suggestMost = 500

var journalColumns = []column{
	{Name: "account", Label: "Konto", Segment: coding.Account, Size: "6"},
	{Name: "unit", Label: "Ansvar", Segment: coding.Unit, Size: "6"},
	{Name: "activity", Label: "Verksamhet", Segment: coding.Activity, Size: "6"},
	{Name: "project", Label: "Projekt", Segment: coding.Project, Size: "6"},
	{Name: "counterpart", Label: "Motpart", Segment: coding.Counterpart, Size: "5"},
	{Name: "object", Label: "Objekt", Segment: coding.Object, Size: "5"},
	{Name: "words", Label: "Text", Size: "16"},
	{Name: "debit", Label: "Debet, kr", Size: "11", Money: true},
	{Name: "credit", Label: "Kredit, kr", Size: "11", Money: true},
}

var chargeColumns = []column{
	{Name: "income", Label: "Säljarens konto", Segment: coding.Account, Seller: true, Size: "6"},
	{Name: "sellerunit", Label: "Säljarens ansvar", Segment: coding.Unit, Seller: true, Size: "6"},
	{Name: "selleractivity", Label: "Säljarens verksamhet", Segment: coding.Activity, Seller: true, Size: "6"},
	{Name: "account", Label: "Köparens konto", Segment: coding.Account, Size: "6"},
	{Name: "unit", Label: "Köparens ansvar", Segment: coding.Unit, Size: "6"},
	{Name: "activity", Label: "Köparens verksamhet", Segment: coding.Activity, Size: "6"},
	{Name: "project", Label: "Köparens projekt", Segment: coding.Project, Size: "6"},
	{Name: "words", Label: "Text", Size: "16"},
	{Name: "debit", Label: "Belopp, kr", Size: "11", Money: true},
}

func columnsOf(k Kind) []column {
	if k == Charge {
		return chargeColumns
	}
	return journalColumns
}

// newEditor shows an order as it can be written on.
func newEditor(o *op.Op, v Order) (*editor, error) {
	buyer, err := client.Get(o, v.Client)
	if err != nil {
		return nil, err
	}
	e := &editor{
		Client: v.Client.String(), ClientName: buyer.Name, Kind: v.Kind, Date: v.Date.String(), Text: v.Text, Channel: string(v.Channel),
		Columns: columnsOf(v.Kind), Version: strconv.FormatInt(v.Version, 10), FileName: v.FileName, lists: map[string][]form.Option{},
		Back: "/l/generalledger.orders",
	}
	e.URL = "/" + pathOf(v.Kind) + "/ny"
	if v.ID != 0 {
		e.Back = "/bokforingsorder/" + v.ID.String()
		e.URL = e.Back + "/andra"
	}
	e.Head = ui.HeadView{Eyebrow: text.T(o, v.Kind.Word()) + " · " + buyer.Name, Headline: text.T(o, "Skriv det som ska bokföras")}
	intro := "Skriv en rad för varje konto. Debet och kredit ska bli lika. Tomma rader räknas inte."
	if v.Kind == Charge {
		intro = "Säljaren får intäkten och en fordran, köparen kostnaden och en skuld. Motpart och mellanhavanden sätter Kontor själv. Tomma rader räknas inte."
	}
	e.Head.Intro = ui.Words(text.T(o, intro))
	if v.Other != 0 {
		e.Seller = v.Other.String()
	}
	if v.Kind == Charge {
		if e.Sellers, err = sellers(o, v.Client); err != nil {
			return nil, err
		}
	}
	return e, e.suggest(o, v)
}

func pathOf(k Kind) string {
	if k == Charge {
		return "interndebitering"
	}
	return "bokforingsorder"
}

// sellers are the clients that can sell to another: not itself, and no company.
func sellers(o *op.Op, buyer op.ClientID) ([]form.Option, error) {
	all, err := client.All(o)
	var some []form.Option
	for _, c := range all {
		if c.ID != buyer && c.Kind != client.Company {
			some = append(some, form.Option{Value: c.ID.String(), Label: c.Name})
		}
	}
	return some, err
}

// suggest fills in the open codes of both sides.
func (e *editor) suggest(o *op.Op, v Order) error {
	for _, side := range []struct {
		of     op.ClientID
		seller bool
	}{{v.Client, false}, {v.Other, true}} {
		if side.of == 0 {
			continue
		}
		plan, err := coding.Load(o, side.of)
		if err != nil {
			return err
		}
		for _, c := range e.Columns {
			if c.Segment == "" || c.Seller != side.seller {
				continue
			}
			values := plan.Values(c.Segment, v.Date)
			var all []form.Option
			for _, x := range values[:min(len(values), suggestMost)] {
				if x.Control == "" {
					all = append(all, form.Option{Value: x.Code, Label: x.Name})
				}
			}
			e.lists[c.list()] = all
		}
	}
	return nil
}

// show fills the rows with what the order says.
func (e *editor) show(v Order) {
	for i := range v.Lines {
		l := &v.Lines[i]
		var x coding.Line
		if i < len(v.OtherLines) {
			x = v.OtherLines[i]
		}
		r := row{Values: make([]string, len(e.Columns))}
		for j, c := range e.Columns {
			switch {
			case c.Seller:
				r.Values[j] = x.Code(c.Segment)
			case c.Segment != "":
				r.Values[j] = l.Code(c.Segment)
			case c.Name == "words":
				r.Values[j] = l.Text
			case c.Name == "debit" && l.Amount > 0:
				r.Values[j] = l.Amount.String()
			case c.Name == "credit" && l.Amount < 0:
				r.Values[j] = (-l.Amount).String()
			}
		}
		e.Rows = append(e.Rows, r)
	}
	e.sum(v.Lines)
}

func (e *editor) sum(lines []coding.Line) {
	var debit, credit money.Amount
	for i := range lines {
		if a := lines[i].Amount; a > 0 {
			debit += a
		} else {
			credit -= a
		}
	}
	e.Debit, e.Credit = debit.String(), credit.String()
}

func (e *editor) more(n int) {
	for range n {
		e.Rows = append(e.Rows, row{Values: make([]string, len(e.Columns))})
	}
}

// read takes what was written into the order, and says at its place what cannot
// be read. Codes are judged when the order is sent; a draft may be unfinished.
func (e *editor) read(o *op.Op, value func(string) string, v *Order) {
	v.Text, v.Channel = strings.TrimSpace(value("text")), work.Electronic
	if value("channel") == string(work.Manual) {
		v.Channel = work.Manual
	}
	e.Text, e.Channel, e.Date, e.Seller = v.Text, string(v.Channel), value("date"), value("seller")
	day, err := period.ParseDate(strings.TrimSpace(e.Date))
	if err != nil {
		e.DateWrong = text.T(o, "Skriv ett datum som finns, till exempel 2026-11-25.")
	}
	v.Date = day
	if v.Text == "" {
		e.Wrong = text.T(o, "Skriv vad som bokförs, så att det går att förstå om tio år.")
	}
	v.Lines, v.OtherLines = nil, nil
	for i := range rowsMost {
		r := row{Values: make([]string, len(e.Columns)), Wrong: map[string]string{}}
		for j, c := range e.Columns {
			r.Values[j] = strings.TrimSpace(value(c.Name + strconv.Itoa(i)))
		}
		if strings.Join(r.Values, "") == "" {
			continue
		}
		own, other := e.line(o, &r)
		v.Lines = append(v.Lines, own)
		if v.Kind == Charge {
			other.Amount = -own.Amount
			v.OtherLines = append(v.OtherLines, other)
		}
		e.Rows = append(e.Rows, r)
		if len(r.Wrong) > 0 {
			e.Wrong = text.T(o, "Några rader behöver rättas. Det står vid fälten.")
		}
	}
	if e.DateWrong != "" && e.Wrong == "" {
		e.Wrong = text.T(o, "Ange bokföringsdatum.")
	}
	e.sum(v.Lines)
}

// line reads one row: the client's own side, and of a charge the seller's.
func (e *editor) line(o *op.Op, r *row) (own, other coding.Line) {
	var debit, credit money.Amount
	for j, c := range e.Columns {
		s := r.Values[j]
		side := &own
		if c.Seller {
			side = &other
		}
		switch {
		case c.Segment != "":
			side.Set(c.Segment, s)
		case c.Name == "words":
			own.Text, other.Text = s, s
		case s != "":
			a, err := money.Parse(s)
			switch {
			case err != nil:
				f := fault.Of(err)
				r.Wrong[c.Name] = text.F(o, f.Text, f.Args...)
			case a < 0:
				r.Wrong[c.Name] = text.T(o, "Skriv beloppet utan minustecken, i den andra kolumnen om det är tvärtom.")
			}
			if c.Name == "debit" {
				debit = a
			} else {
				credit = a
			}
		}
	}
	if debit != 0 && credit != 0 {
		r.Wrong["credit"] = text.T(o, "Skriv antingen debet eller kredit på raden.")
	}
	if debit == 0 && credit == 0 && len(r.Wrong) == 0 {
		r.Wrong["debit"] = text.T(o, "Skriv ett belopp som inte är noll, eller töm raden.")
	}
	own.Amount = debit - credit
	return own, other
}

// lists are the names of the suggestions, in the order of the columns.
func (e *editor) listNames() []string {
	var all []string
	for _, c := range e.Columns {
		if n := c.list(); n != "" && len(e.lists[n]) > 0 {
			all = append(all, n)
		}
	}
	return all
}
