package generalledger

import (
	"kontor/books/ledger"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/op"
)

// PublishForm makes the open supplier ledger of a month.
var PublishForm = &form.Spec{
	Name: "generalledger.publish", Title: "Publicera den öppna leverantörsreskontran", Submit: "Publicera", Need: MayPublish,
	Intro: "Alla kunders kostnader enligt attesterade leverantörsfakturor i en månad. Privatpersoner och skyddade leverantörer nämns inte.",
	Fields: []form.Field{
		{Key: "period", Label: "Månad", Kind: form.Text, Required: true, Max: 7, Help: "År och månad, till exempel 2026-10."},
	},
	Rule: func(_ op.Who, v form.Values) []fault.Field {
		if _, err := ledger.ParsePeriod(v.Text("period")); err != nil {
			return []fault.Field{{Name: "period", Text: "Skriv år och månad, till exempel 2026-11."}}
		}
		return nil
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		month, err := ledger.ParsePeriod(v.Text("period"))
		if err != nil {
			return "", err
		}
		_, err = Publish(o, month)
		return publicationsURL, err
	},
}
