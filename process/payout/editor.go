package payout

import (
	"kontor/books/coding"
	"kontor/books/coding/sheet"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/promise/client"
)

// editor is the page where a request is written.
type editor struct {
	Head      ui.HeadView
	Form      ui.FormView // its fields and what is wrong
	Client    string
	Back      string
	Sheet     *sheet.Sheet
	FileName  string
	FileWrong string
}

var columns = sheet.Codes(sheet.Column{Name: "words", Label: "Text", Kind: sheet.Words, Size: "16"}, sheet.Column{Name: "sum", Label: "Belopp, kr", Kind: sheet.Signed, Size: "11"})

func newSheet(o *op.Op, of op.ClientID) (*sheet.Sheet, error) {
	plan, err := coding.Load(o, of)
	if err != nil {
		return nil, err
	}
	s := sheet.New(columns, period.DateOf(o.Now), plan)
	s.Strict = true
	return s, nil
}

// newEditor shows a request as it can be written on, with its lines on a sheet.
func newEditor(o *op.Op, v *Request, lines *sheet.Sheet, values form.Values, wrong []fault.Field) (*editor, error) {
	of, err := client.Get(o, v.Client)
	if err != nil {
		return nil, err
	}
	e := &editor{Client: v.Client.String(), Back: listURL, FileName: v.FileName, Sheet: lines}
	e.Form.Action, e.Form.Version = newURL, v.Version
	e.Head = ui.HeadView{Eyebrow: text.T(o, "Utbetalningsunderlag") + " · " + of.Name, Headline: text.T(o, "Vem ska få betalt, och för vad?"),
		Intro: ui.Words(text.T(o, "Underlaget granskas och attesteras av två andra personer hos kunden innan det betalas."))}
	if v.ID != 0 {
		e.Back = pageURL(v.ID)
		e.Form.Action = e.Back + "/andra"
	}
	if e.Form.Fields, err = web.Fields(o, fields, values, wrong); err != nil {
		return nil, err
	}
	for i := range e.Form.Fields {
		f := &e.Form.Fields[i]
		f.Half = f.Name == "amount" || f.Name == "due"
		switch f.Name {
		case "org", "name", "protected", "bank_name", "town":
			f.Group = text.T(o, "Mottagare")
		case "purpose", "basis":
			f.Group = text.T(o, "Ändamål och beslut")
		default:
			f.Group = text.T(o, "Konto och belopp")
		}
	}
	return e, nil
}
