package generalledger

import (
	"strconv"
	"strings"

	"kontor/books/coding"
	"kontor/books/coding/sheet"
	"kontor/kernel/form"
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
	Sheet                *sheet.Sheet
	Wrong                string
	FileName             string
}

var journalColumns = sheet.Codes(
	sheet.Column{Name: "words", Label: "Text", Kind: sheet.Words, Size: "16"},
	sheet.Column{Name: "debit", Label: "Debet, kr", Kind: sheet.Debit, Size: "11"},
	sheet.Column{Name: "credit", Label: "Kredit, kr", Kind: sheet.Credit, Size: "11"},
)

var chargeColumns = []sheet.Column{
	{Name: "income", Label: "Säljarens konto", Segment: coding.Account, Side: 1, Size: "6"},
	{Name: "sellerunit", Label: "Säljarens ansvar", Segment: coding.Unit, Side: 1, Size: "6"},
	{Name: "selleractivity", Label: "Säljarens verksamhet", Segment: coding.Activity, Side: 1, Size: "6"},
	{Name: "account", Label: "Köparens konto", Segment: coding.Account, Size: "6"},
	{Name: "unit", Label: "Köparens ansvar", Segment: coding.Unit, Size: "6"},
	{Name: "activity", Label: "Köparens verksamhet", Segment: coding.Activity, Size: "6"},
	{Name: "project", Label: "Köparens projekt", Segment: coding.Project, Size: "6"},
	{Name: "words", Label: "Text", Kind: sheet.Words, Size: "16"},
	{Name: "debit", Label: "Belopp, kr", Kind: sheet.Debit, Size: "11"},
}

func columnsOf(k Kind) []sheet.Column {
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
		Version: strconv.FormatInt(v.Version, 10), FileName: v.FileName,
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
	var plans [2]*coding.Plan
	for i, of := range []op.ClientID{v.Client, v.Other} {
		if of == 0 {
			continue
		}
		if plans[i], err = coding.Load(o, of); err != nil {
			return nil, err
		}
	}
	e.Sheet = sheet.New(columnsOf(v.Kind), v.Date, plans[:]...)
	return e, nil
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
	v.Lines, v.OtherLines = e.Sheet.Read(o, value)
	if v.Kind != Charge {
		v.OtherLines = nil
	}
	if wrong := e.Sheet.Problem(o); wrong != "" {
		e.Wrong = wrong
	}
	if e.DateWrong != "" && e.Wrong == "" {
		e.Wrong = text.T(o, "Ange bokföringsdatum.")
	}
}
