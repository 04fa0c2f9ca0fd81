package payables

import (
	"fmt"

	"kontor/books/ledger"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/ident"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/kernel/work"
	"kontor/kernel/workday"
	"kontor/process/payables/reply"
)

func pausesOf(o *op.Op, v Invoice) (workday.Pauses, error) {
	return flow.PausesOf(o, v.Client, int64(v.ID))
}

// facts are what the office knows besides: supplier, payment, approvals and
// vouchers, each opening onto what stands behind it.
func (p *itemPage) facts(o *op.Op, v Invoice) error {
	add := func(term string, s ui.StatusKind, prose ui.Prose) {
		p.Facts = append(p.Facts, ui.Definition{Term: term, Text: prose, Status: s})
	}
	if v.Supplier != 0 {
		s, err := GetSupplier(o, v.Supplier)
		if err != nil {
			return err
		}
		prose := ui.Prose{{Text: s.Name, URL: "/leverantor/" + s.ID.String()}, {Text: " "},
			{Text: text.T(o, "alla fakturor"), URL: "/l/payables.invoices?view=all&supplier_key=" + query(s.SortKey), Figure: true}}
		add(text.T(o, "Leverantör"), ui.Unmarked, prose)
	}
	pay := ui.Words(text.F(o, "%s till %s %s", v.Due, schemeName(v.Scheme), accountText(v.Scheme, v.Account)))
	kind := ui.Unmarked
	if v.Account == "" { // a marked line does not wrap: keep it short
		pay, kind = ui.Words(text.F(o, "%s, inget godkänt konto", v.Due)), ui.Near
	}
	add(text.T(o, "Betalas"), kind, pay)
	if err := paymentFacts(o, v, add); err != nil {
		return err
	}
	if err := p.occasion(o, v, add); err != nil {
		return err
	}
	for _, a := range v.Approvals {
		if !a.Voided.IsZero() {
			continue
		}
		if a.Holder != a.Person {
			a.Name = text.F(o, "%s för %s", a.Name, a.HolderName)
		}
		term := text.T(o, "Sakgranskad")
		prose := ui.Words(text.F(o, "av %s %s", a.Name, web.Moment(a.At)))
		if a.Step == "approve" {
			term = text.T(o, "Attesterad")
			prose = ui.Words(text.F(o, "av %s %s enligt attestförteckningens version %d", a.Name, web.Moment(a.At), a.Register))
		}
		add(term, ui.Unmarked, prose)
	}
	if err := p.claims(o, v, add); err != nil {
		return err
	}
	if err := channelFacts(o, v, add); err != nil {
		return err
	}
	return p.vouchers(o, v, add)
}

func (p *itemPage) vouchers(o *op.Op, v Invoice, add func(string, ui.StatusKind, ui.Prose)) error {
	all, err := ledger.OfDocument(o, v.Client, int64(v.ID))
	if err != nil {
		return err
	}
	var prose ui.Prose
	for i := range all {
		if i > 0 {
			prose = append(prose, ui.Piece{Text: ", "})
		}
		prose = append(prose, ui.Piece{Text: all[i].Label(), URL: "/ledger/" + all[i].ID.String()})
	}
	if prose != nil {
		add(text.T(o, "Bokförd"), ui.Unmarked, prose)
	}
	return nil
}

// accountText is an account as people read it.
func accountText(scheme, number string) string {
	switch scheme {
	case Bankgiro:
		return giro(ident.Bankgiro, number)
	case Plusgiro:
		return giro(ident.Plusgiro, number)
	}
	return number
}

func schemeName(s string) string {
	switch s {
	case Bankgiro:
		return "bankgiro"
	case Plusgiro:
		return "plusgiro"
	case "":
		return ""
	}
	return "konto"
}

// document reads what was received. A document that can no longer be read stops
// nothing: its bytes can still be fetched.
func (p *itemPage) document(o *op.Op, v Invoice, marks map[string][]int) error {
	base := "/payables/" + v.ID.String()
	sheet, doc, err := sheet(o, v, marks)
	if err != nil {
		f := fault.Of(err)
		p.Fault = f.Say()
	}
	p.Sheet = sheet
	if p.From = text.F(o, "E-faktura, kom %s", web.Moment(v.Arrived)); v.Channel == work.Scanned && doc == nil {
		p.From = text.F(o, "Skannat papper, kom %s", web.Moment(v.Arrived))
		shown, err := picture(o, v)
		if err != nil {
			return err
		}
		p.Kept = append(p.Kept, shown)
	} else {
		p.Kept = append(p.Kept, ui.AttachmentView{Label: text.T(o, "Visa originalet"), URL: base + "/original"})
	}
	if doc != nil {
		p.Kept = append(p.Kept, attachmentViews(o, doc, base)...)
	}
	letters, err := lettersOf.All(o, v.Client, v.ID)
	for i, l := range letters {
		label := text.F(o, "Brev %s", period.DateOf(l.At))
		if l.Mail != "" {
			label = text.F(o, "E-post %s", period.DateOf(l.At))
		}
		p.Kept = append(p.Kept, ui.AttachmentView{Label: label, URL: fmt.Sprintf("%s/brev/%d", base, i+1)})
	}
	if err != nil || o.NeedFor(reply.MayRead, v.Client) != nil {
		return err
	}
	replies, err := reply.Of(o, v.Client, int64(v.ID))
	for _, r := range replies {
		p.Kept = append(p.Kept, ui.AttachmentView{Label: text.F(o, "Svar %s", period.DateOf(r.Arrived)), URL: r.URL()})
	}
	return err
}

func size(n int) string {
	if n < 10<<10 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%d kB", n>>10)
}
