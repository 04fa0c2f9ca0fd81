package payables

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"kontor/kernel/form"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/promise/client"
)

const proposalsURL = "/regelforslag"

// DecideProposal makes a rule of a proposal, or turns it down.
var DecideProposal = &form.Spec{
	Name: "payables.proposal", Title: "Förslag till regel", Submit: "Spara", Need: MayRegister,
	Fields: []form.Field{
		{Key: "verdict", Label: "Ska det bli en regel?", Kind: form.Radio, Required: true, Default: "yes", Options: []form.Option{{Value: "yes", Label: "Ja, från i dag"}, {Value: "no", Label: "Nej, och föreslå den inte igen"}}},
		{Key: "most", Label: "Högst, utan moms", Kind: form.Money, Required: true, Help: "Större fakturor väntar på en person."},
		{Key: "note", Label: "Varför", Kind: form.Text, Required: true, Max: 200, Help: "Visas för den som granskar."},
	},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		p, err := proposalOf(o, key)
		if err != nil {
			return form.Loaded{}, err
		}
		return form.Loaded{Title: text.F(o, "Regel för %s", p.Name), Intro: p.say(o), Values: form.Values{"verdict": "yes", "most": p.Rule.Most.String(),
			"note": p.note(o)}}, nil
	},
	Save: func(o *op.Op, key string, _ int64, v form.Values) (string, error) {
		p, err := proposalOf(o, key)
		if err != nil {
			return "", err
		}
		if v.Text("verdict") == "no" {
			return proposalsURL, p.Decline(o, v.Text("note"))
		}
		p.Rule.Most, p.Rule.Note = v.Money("most"), v.Text("note")
		_, err = p.Accept(o)
		return proposalsURL, err
	},
}

// note is why the rule is there, unless somebody says it better.
func (p Proposal) note(o *op.Op) string {
	return text.F(o, "%s fakturor har konterats så.", text.Int(p.Invoices))
}

func (p Proposal) codes() string {
	return strings.Join(strings.Fields(p.Rule.Account+" "+p.Rule.Unit+" "+p.Rule.Activity+" "+p.Rule.Project), " ")
}

// say is what a proposal rests on.
func (p Proposal) say(o *op.Op) string {
	what := text.F(o, "Allt från leverantören har konterats på %s.", p.codes())
	if p.Rule.Reference != "" {
		what = text.F(o, "Allt från leverantören med referensen %s har konterats på %s.", p.Rule.Reference, p.codes())
	}
	return what + " " + text.F(o, "De senaste %s dagarna hade regeln konterat %s fakturor rätt och %s fel.", text.Int(tryDays), text.Int(p.Right), text.Int(p.Wrong))
}

// showProposals lists the proposals of the clients that the reader decides rules
// for, those that would spare the most work first.
func showProposals(o *op.Op, _ *http.Request) (web.Answer, error) {
	clients, err := client.All(o)
	if err != nil {
		return web.Answer{}, err
	}
	t := ui.TableView{Caption: text.T(o, "Förslag till regler"), Columns: []ui.Col{{Label: text.T(o, "Leverantör")}, {Label: text.T(o, "Referens"), Kind: ui.CellCode},
		{Label: text.T(o, "Kund")}, {Label: text.T(o, "Konteras på"), Kind: ui.CellCode}, {Label: text.T(o, "Fakturor, ett år"), Kind: ui.CellNumber},
		{Label: text.T(o, "Rätt, 90 dagar"), Kind: ui.CellNumber}, {Label: text.T(o, "Fel, 90 dagar"), Kind: ui.CellNumber},
		{Label: text.T(o, "Gör till regel")}},
		Empty: ui.Empty{Heading: text.T(o, "Inga förslag nu"), Text: text.T(o, "Ett förslag kommer när minst fem fakturor från en leverantör har konterats lika under ett år, och ingen annorlunda."),
			Link: ui.Link{Label: text.T(o, "Konteringsregler"), URL: "/l/payables.rules"}}}
	spares := int64(0)
	for _, c := range clients {
		if o.NeedFor(MayRegister, c.ID) != nil {
			continue
		}
		all, err := Proposals(o, c.ID)
		if err != nil {
			return web.Answer{}, err
		}
		for _, p := range all {
			spares += p.Right
			t.Rows = append(t.Rows, ui.Row{ID: p.key(), URL: "/f/payables.proposal/" + p.key(), Cells: []ui.Cell{{Text: p.Name}, {Text: orDash(p.Rule.Reference)}, {Text: c.Name},
				{Text: p.codes()}, {Text: text.Int(p.Invoices)}, {Text: text.Int(p.Right)}, {Text: text.Int(p.Wrong)},
				{Text: text.T(o, "Godkänn"), Post: proposalsURL + "/" + p.key(), Title: strings.TrimSpace(p.Name + " " + p.Rule.Reference)}}})
		}
	}
	head := ui.HeadView{Eyebrow: text.T(o, "Konteringsregler"), Headline: text.T(o, "Inga nya regler att föreslå"),
		Intro: ui.Words(text.T(o, "En regel föreslås när människor alltid har konterat lika. Den digitala medarbetaren tar över först när någon har sagt ja."))}
	if n := int64(len(t.Rows)); n > 0 {
		head.Headline = text.N(o, n, "%s regel skulle ha konterat", "%s regler skulle ha konterat") + " " + text.N(o, spares, "%s faktura de senaste 90 dagarna", "%s fakturor de senaste 90 dagarna")
	}
	return web.Answer{Title: text.T(o, "Förslag till regler"), Current: proposalsURL, Class: "reading", Body: templ.Join(ui.Head(head), ui.Tables(t))}, nil
}

// acceptProposal makes a rule of a proposal as it stands, for as large invoices as
// have been coded so. Who wants it otherwise opens the proposal.
func acceptProposal(o *op.Op, r *http.Request) (web.Answer, error) {
	p, err := proposalOf(o, r.PathValue("key"))
	if err != nil {
		return web.Answer{}, err
	}
	p.Rule.Note = p.note(o)
	rule, err := p.Accept(o)
	if err != nil {
		return web.Answer{}, err
	}
	a := web.See(proposalsURL, text.F(o, "Regeln för %s gäller från i dag.", p.Name))
	a.Undo = proposalsURL + "/angra/" + rule.String()
	return a, nil
}

// withdrawRule takes a rule back for the one who has just made it.
func withdrawRule(o *op.Op, r *http.Request) (web.Answer, error) {
	rule, err := findRule(o, r.PathValue("rule"))
	if err != nil {
		return web.Answer{}, err
	}
	if err := rule.Withdraw(o); err != nil {
		return web.Answer{}, err
	}
	return web.See(proposalsURL, text.T(o, "Ångrat. Regeln är borttagen och står bland förslagen igen.")), nil
}
