package complaint

import (
	"kontor/kernel/form"
	"kontor/kernel/op"
	"kontor/promise/client"
	"kontor/promise/organisation"
)

var newForm = &form.Spec{
	Name: "complaint.new", Title: "Nytt klagomål eller ny synpunkt", Submit: "Registrera", Need: MayHandle,
	Intro: "Skriv det som avsändaren sade. Enhetschefen får veta det direkt.",
	Fields: []form.Field{
		{Key: "client", Label: "Kund", Kind: form.Choice, Required: true, Choices: client.Options},
		{Key: "kind", Label: "Slag", Kind: form.Radio, Required: true, Options: Kinds, Default: "complaint"},
		{Key: "process", Label: "Process", Kind: form.Choice, Required: true, Options: organisation.Processes,
			Help: "Den process som det gäller. Sammanställningen görs per kund och process."},
		{Key: "text", Label: "Vad har hänt?", Kind: form.Area, Rows: 6, Max: 4000, Required: true},
		{Key: "sender", Label: "Avsändare", Max: 120, Help: "Namn och enhet. Lämna tomt om avsändaren vill vara anonym."},
		{Key: "reply", Label: "Svaret går till", Max: 200, Help: "E-post eller telefon. Lämna tomt om inget svar önskas."},
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		at, err := clientOf(v)
		if err != nil {
			return "", err
		}
		if err := o.NeedFor(MayHandle, at); err != nil {
			return "", err
		}
		c := &Complaint{Kind: v.Text("kind"), Process: v.Text("process"), Text: v.Text("text"), Sender: v.Text("sender"), ReplyTo: v.Text("reply")}
		c.Client = at
		if err := Register(o, c); err != nil {
			return "", err
		}
		return "/klagomal/" + c.ID.String(), nil
	},
}
