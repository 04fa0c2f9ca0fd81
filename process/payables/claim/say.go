package claim

import (
	"context"
	"fmt"
	"strings"

	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/promise/client"
)

const listURL = "/l/payables.claims"

// say is the page of a claim: what is demanded beside what the law allows, why,
// and a letter to answer with.
func say(o *op.Op, c Claim) (web.Shown, error) {
	of, err := client.Get(o, c.Client)
	if err != nil {
		return web.Shown{}, err
	}
	s := web.Shown{Eyebrow: fmt.Sprintf("%s %s · %s", text.T(o, c.Kind.Word()), c.Register, of.Name), Headline: headline(o, c), Current: listURL,
		Facts: facts(o, c)}
	var why []string
	for _, f := range c.Judged.Findings {
		line := text.F(o, f.Text, f.Args...)
		if f.Source != "" {
			line += " (" + f.Source + ")"
		}
		why = append(why, line)
	}
	if c.Interest > 0 {
		why = append(why, days(o, c)...)
	}
	if len(why) == 0 {
		why = []string{text.T(o, "Kravet stämmer med lagen.")}
	}
	s.Parts = append(s.Parts, web.Text{Heading: text.T(o, "Hur det har bedömts"), Text: strings.Join(why, "\n")})
	if c.Answer != "" {
		s.Parts = append(s.Parts, web.Text{Heading: text.T(o, "Vad vi svarade"), Text: c.Answer})
	} else if c.State != Withdrawn {
		s.Parts = append(s.Parts, web.Text{Heading: text.T(o, "Förslag till svar"), Text: Letter(c)})
	}
	if c.Invoice != 0 {
		s.Links = append(s.Links, ui.Link{Label: text.T(o, "Fakturan"), URL: "/payables/" + c.Invoice.String()})
	}
	return s, nil
}

// headline is the judgement as a finding.
func headline(ctx context.Context, c Claim) string {
	switch {
	case c.State == Withdrawn:
		return text.T(ctx, "Kravet är borttaget")
	case c.Judged.Verdict == Unknown:
		return text.F(ctx, "%s kräver betalt för faktura %s, som vi inte har", c.SupplierName, c.Number)
	case c.Judged.Verdict == Plain:
		return text.F(ctx, "%s påminner om faktura %s och kräver inget utöver den", c.SupplierName, c.Number)
	case c.Judged.Verdict == Lawful:
		return text.F(ctx, "%s kräver %s kr, och det är lagligt", c.SupplierName, c.Demanded())
	case c.Judged.Verdict == Baseless:
		return text.F(ctx, "%s kräver %s kr utan grund", c.SupplierName, c.Demanded())
	}
	j := c.Judged
	may := min(c.Interest, j.Interest) + min(c.Compensation, j.Compensation) + min(c.Fee, j.Fee)
	return text.F(ctx, "%s kräver %s kr, men lagen medger %s kr", c.SupplierName, c.Demanded(), may)
}

func facts(o *op.Op, c Claim) []ui.Definition {
	all := []ui.Definition{{Term: text.T(o, "Leverantör"), Text: ui.Words(c.SupplierName)}}
	invoice := ui.Words(text.F(o, "%s, finns inte hos oss", c.Number))
	if c.Debt != nil {
		d := c.Debt
		invoice = ui.Prose{{Text: c.Number, URL: "/payables/" + c.Invoice.String(), Figure: true},
			{Text: text.F(o, ", %s kr, kom %s", d.Amount, d.Arrived)}}
	}
	all = append(all, ui.Definition{Term: text.T(o, "Faktura"), Text: invoice}, ui.Definition{Term: text.T(o, "Kravets datum"), Text: ui.Words(c.Dated.String())})
	if d := c.Debt; d != nil {
		if c.Capital > 0 && c.Capital != d.Amount {
			all = append(all, ui.Definition{Term: text.T(o, "Belopp enligt kravet"), Status: ui.Near,
				Text: ui.Words(text.F(o, "%s kr, men fakturan är på %s kr", c.Capital, d.Amount))})
		}
		paid := text.T(o, "inte betald än")
		if d.Paid != 0 {
			paid = d.Paid.String()
		}
		all = append(all, ui.Definition{Term: text.T(o, "Betald"), Text: ui.Words(paid)})
	}
	row := func(term string, wants, may money.Amount) {
		if wants == 0 {
			return
		}
		status := ui.OK
		if wants > may {
			status = ui.Miss
		}
		// A marked line does not wrap: keep it short.
		all = append(all, ui.Definition{Term: text.F(o, "%s, %s kr", term, wants), Status: status, Text: ui.Words(text.F(o, "högst %s kr", may))})
	}
	if c.Judged.Verdict != Unknown {
		row(text.T(o, "Dröjsmålsränta"), c.Interest, c.Judged.Interest)
		row(text.T(o, "Förseningsersättning"), c.Compensation, c.Judged.Compensation)
		row(text.T(o, "Avgift"), c.Fee, c.Judged.Fee)
	}
	return all
}

// days tells how the interest was computed.
func days(ctx context.Context, c Claim) []string {
	var all []string
	for _, p := range c.Judged.Computed.Parts {
		all = append(all, text.F(ctx, "%d dagar, %s till %s, med %s procent.", p.Days, p.First, p.Last, money.Amount(p.Rate)))
	}
	return all
}

// Letter is what we propose to answer the supplier: in Swedish, whatever the
// reader's language is.
func Letter(c Claim) string {
	var b strings.Builder
	opening := "Angående ert %s daterat %s om faktura %s.\n\n"
	if c.Kind == Reminder {
		opening = "Angående er %s daterad %s om faktura %s.\n\n"
	}
	fmt.Fprintf(&b, opening, strings.ToLower(c.Kind.Word()), c.Dated, c.Number)
	for _, f := range c.Judged.Findings {
		if f.Code == "rate" || f.Code == "unpaid" || f.Code == "unknown" || f.Code == "disputed" {
			continue
		}
		fmt.Fprintf(&b, f.Text, f.Args...)
		if f.Source != "" {
			fmt.Fprintf(&b, " (%s)", f.Source)
		}
		b.WriteString("\n")
	}
	switch c.Judged.Verdict {
	case Unknown:
		fmt.Fprintf(&b, "Vi har inte fått fakturan. Skicka en kopia, helst som e-faktura. Vi betalar inte mot en påminnelse eller ett krav.\n")
	case Plain:
		b.WriteString("Fakturan handläggs. Vi återkommer om något saknas.\n")
	case Lawful:
		fmt.Fprintf(&b, "Vi godtar kravet på %s kr. Skicka en faktura på beloppet, så betalar vi den.\n", c.Demanded())
	case Baseless:
		fmt.Fprintf(&b, "Vi bestrider kravet på %s kr.\n", c.Demanded())
	case Excess:
		j := c.Judged
		may := min(c.Interest, j.Interest) + min(c.Compensation, j.Compensation) + min(c.Fee, j.Fee)
		fmt.Fprintf(&b, "Vi bestrider kravet till den del som överstiger %s kr. Skicka en faktura på det beloppet, så betalar vi den.\n", may)
	}
	if c.Debt != nil && c.Debt.Disputed {
		b.WriteString("Fakturan är bestriden och betalas inte innan tvisten är löst.\n")
	}
	return b.String()
}
