package reply

import (
	"net/http"
	"net/url"
	"strings"

	"kontor/format/response"
	"kontor/kernel/blob"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/promise/client"
)

// Module is the outbox as the program sees it.
func Module() module.Module {
	return module.Module{
		Name: "payables.reply", Title: "Svar till leverantörer",
		Menu: []module.Item{
			{Label: "Svar till leverantörer", URL: listURL, Need: MayRead, Order: 66},
			{Label: "Adresser utan alla svar", URL: receiversURL, Need: MaySend, Order: 67},
		},
		Permissions: []module.Permission{
			{Name: MayRead, Label: "Se svar till leverantörer"},
			{Name: MaySend, Label: "Stoppa svar till leverantörer och skicka dem igen"},
		},
		Records: []module.Record{{Table: Table, Title: "Svar till leverantör", URL: "/svar/{id}"}},
		Lists:   []*list.Spec{Replies, Receivers},
		Forms:   []*form.Spec{EditReceiver},
		Pages: []web.Route{
			web.RecordPage("GET /svar/{id}", Table, say),
			{Pattern: "GET /svar/{id}/fil", Need: MayRead, Handle: file},
		},
	}
}

// content reads the file of a reply and what it says.
func content(o *op.Op, r Reply) ([]byte, *response.Response, error) {
	doc, err := blob.Get(o, r.File)
	if err != nil {
		return nil, nil, err
	}
	said, err := response.Read(doc.Content)
	return doc.Content, said, err
}

func say(o *op.Op, r Reply) (web.Shown, error) {
	of, err := client.Get(o, r.Client)
	if err != nil {
		return web.Shown{}, err
	}
	_, said, err := content(o, r)
	if err != nil {
		return web.Shown{}, err
	}
	s := web.Shown{
		Eyebrow:  text.F(o, "Svar om faktura %s", r.Number) + " · " + of.Name,
		Headline: text.F(o, "%s: %s", r.Supplier, text.T(o, statusWords(r.Status))), Current: listURL,
		Facts: []ui.Definition{
			{Term: text.T(o, "Svar"), Text: ui.Words(string(r.Status) + ", " + text.T(o, statusWords(r.Status)))},
			{Term: text.T(o, "Skickas till"), Text: ui.Words(r.Receiver)},
		},
		Links: []ui.Link{
			{Label: text.T(o, "Ladda ner filen"), URL: "/svar/" + r.ID.String() + "/fil"},
			{Label: text.T(o, "Visa fakturan"), URL: "/payables/" + id.ID[Reply](r.Invoice).String()},
		},
	}
	if o.Need(MaySend) == nil {
		s.Links = append(s.Links, ui.Link{Label: text.T(o, "Adressen tar inte emot alla svar"), URL: "/f/payables.receiver?address=" + url.QueryEscape(r.Receiver)})
	}
	if what := meaning[r.Status]; what != "" {
		s.Parts = append(s.Parts, web.Text{Heading: text.T(o, "Det här får leverantören veta"), Text: text.T(o, what)})
	}
	for _, c := range said.Why {
		heading, word := text.T(o, "Orsak"), reasonWords(c.Code)
		if c.List == response.ListAction {
			heading, word = text.T(o, "Vi ber om"), actionWords(c.Code)
		}
		what := []string{c.Code + ", " + text.T(o, word) + "."}
		if c.Text != "" {
			what = append(what, c.Text)
		}
		for _, x := range c.Conditions {
			what = append(what, text.F(o, "%s ska vara ”%s”.", x.Term, x.Value))
		}
		s.Parts = append(s.Parts, web.Text{Heading: heading, Text: strings.Join(what, " ")})
	}
	if said.Note != "" {
		s.Parts = append(s.Parts, web.Text{Heading: text.T(o, "Tillägg"), Text: said.Note})
	}
	return s, nil
}

// meaning says what the statuses that are used tell the supplier.
var meaning = map[response.Status]string{
	response.Acknowledged: "Fakturan har kommit fram och går att läsa.",
	response.InProcess:    "Fakturan behandlas. Leverantören behöver inte göra något nu.",
	response.UnderQuery:   "Vi behöver veta något av leverantören innan fakturan kan godkännas.",
	response.Conditional:  "Fakturan är attesterad och betalas på de villkor som står här.",
	response.Accepted:     "Fakturan är attesterad. Nästa steg är betalningen.",
	response.Rejected:     "Fakturan behandlas inte vidare och betalas inte som den är.",
	response.Paid:         "Banken har betalat fakturan.",
}

// actionWords are the Swedish words for an action.
func actionWords(code string) string {
	for _, x := range response.Actions {
		if string(x.Code) == code {
			return x.Words
		}
	}
	return code
}

// file hands over the file as it was made.
func file(o *op.Op, r *http.Request) (web.Answer, error) {
	rec, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	b, _, err := content(o, rec)
	return web.Answer{File: b, Media: "application/xml", Name: fileName(rec.ID)}, err
}
