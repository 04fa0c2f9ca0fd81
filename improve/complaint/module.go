package complaint

import (
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/promise/client"
	"kontor/promise/organisation"
)

// Module is the register of complaints as the program sees it.
func Module() module.Module {
	return module.Module{
		Name: "complaint", Title: "Klagomål och synpunkter",
		Menu: []module.Item{{Label: "Klagomål", URL: "/l/complaint.all", Need: MayRead, Order: 70}},
		Permissions: []module.Permission{
			{Name: MayRead, Label: "Se klagomål och synpunkter"},
			{Name: MayHandle, Label: "Registrera, besvara och avsluta klagomål"},
			{Name: MayInform, Label: "Ta emot klagomål som chef"},
		},
		Activities: []form.Option{{Value: Activity, Label: "Klagomål eller synpunkt"}},
		Records:    []module.Record{{Table: Table, Title: "Klagomål", URL: "/klagomal/{id}"}},
		Cards:      cards(),
		Lists:      []*list.Spec{All},
		Forms:      []*form.Spec{newForm},
		Pages:      []web.Route{web.RecordPage("GET /klagomal/{id}", Table, say)},
	}
}

func say(o *op.Op, c Complaint) (web.Shown, error) {
	of, err := client.Get(o, c.Client)
	if err != nil {
		return web.Shown{}, err
	}
	s := web.Shown{Eyebrow: text.T(o, form.Word(Kinds, c.Kind)) + " " + c.Number + " · " + of.Name, Headline: text.T(o, headline(c)), Current: "/l/complaint.all",
		Facts: []ui.Definition{
			{Term: text.T(o, "Process"), Text: ui.Words(text.T(o, organisation.ProcessName(c.Process)))},
			{Term: text.T(o, "Avsändare"), Text: ui.Words(c.Sender)},
			{Term: text.T(o, "Svaret går till"), Text: ui.Words(c.ReplyTo)},
		},
		Parts: []web.Text{{Heading: text.T(o, "Vad som har hänt"), Text: c.Text}}}
	if c.Answer != "" {
		s.Parts = append(s.Parts, web.Text{Heading: text.T(o, "Vårt svar"), Text: c.Answer})
	}
	if c.Measure != "" {
		s.Parts = append(s.Parts, web.Text{Heading: text.T(o, "Åtgärd"), Text: c.Measure})
	}
	return s, nil
}

// headline says what is to be done now.
func headline(c Complaint) string {
	switch {
	case c.State == New:
		return "Chefen ska ta del av det här"
	case c.State == Closed:
		return "Ärendet är avslutat"
	case unanswered(op.Who{}, c):
		return "Avsändaren väntar på svar"
	}
	return "Åtgärden återstår"
}
