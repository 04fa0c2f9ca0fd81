package catalogue

import (
	"net/http"

	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
)

type pricesView struct {
	Head     ui.HeadView
	Drafts   []ui.Link
	Services []serviceView
	Changes  []serviceView // newest first
	Sources  []ui.Definition
}

type serviceView struct {
	ID, Name, Kind string
	Prices         ui.TableView
}

// shownMost is how many lists stand beside each other.
const shownMost = 4

// showPrices is the price list with its versions beside each other.
func showPrices(o *op.Op, _ *http.Request) (web.Answer, error) {
	b, err := Load(o)
	if err != nil {
		return web.Answer{}, err
	}
	lists := b.Lists[max(0, len(b.Lists)-shownMost):]
	now, _ := b.Find(b.List(period.DateOf(o.Now)))
	v := pricesView{Head: ui.HeadView{Eyebrow: text.T(o, "Tjänster och priser"), Headline: b.headline(o, now),
		Intro: ui.Words(text.T(o, "Priserna täcker kostnaden, beslutas av servicenämnden och skiljer på elektroniskt och manuellt. "+
			"Ett år utan ny lista har priserna från året före."))}}
	for _, s := range b.Services {
		v.Services = append(v.Services, serviceView{ID: "service-" + s.Code, Name: text.T(o, s.Name), Kind: kindWord(o, s), Prices: b.table(o, s, lists)})
	}
	for n := len(lists) - 1; n > 0; n-- {
		v.Changes = append(v.Changes, serviceView{ID: "changes-" + lists[n].ValidFrom.String(),
			Name:   text.F(o, "Vad som ändrades från %s till %s", lists[n-1].Name, lists[n].Name),
			Prices: b.changesTable(o, lists[n-1], lists[n])})
	}
	for _, l := range b.Lists {
		v.Sources = append(v.Sources, ui.Definition{Term: l.Name, Text: ui.Words(l.origin(o))})
	}
	if o.Need("catalogue.write") == nil {
		v.Head.Links = append(v.Head.Links, ui.Link{Label: text.T(o, "Börja ett förslag till prislista"), URL: "/f/catalogue.draft-new"})
		drafts, err := Drafts(o)
		if err != nil {
			return web.Answer{}, err
		}
		for _, d := range drafts {
			v.Drafts = append(v.Drafts, ui.Link{Label: d.Name, URL: d.URL()})
		}
	}
	if o.Need("catalogue.decide") == nil {
		v.Head.Links = append(v.Head.Links, ui.Link{Label: text.T(o, "Besluta en fördelningsnyckel"), URL: "/f/catalogue.share"})
	}
	return web.Answer{Title: text.T(o, "Prislista"), Current: "/prislista", Body: pricesPage(v)}, nil
}

// headline says what is in force and what the channel is worth.
func (b *Book) headline(o *op.Op, now List) string {
	if now.ID.IsZero() {
		return text.T(o, "Ingen prislista gäller än")
	}
	cheap, ok1 := b.Price(now.Version(), "supplier-invoice", "electronic")
	dear, ok2 := b.Price(now.Version(), "supplier-invoice", "manual")
	if !ok1 || !ok2 {
		return text.F(o, "%s gäller", now.Name)
	}
	return text.F(o, "%s gäller: en elektronisk leverantörsfaktura kostar %s kr, en manuell %s kr", now.Name, cheap.String(), dear.String())
}

func kindWord(o *op.Op, s Service) string {
	if s.Mandatory {
		return text.T(o, "Obligatorisk för alla nämnder")
	}
	return text.T(o, "Tillägg, på beställning")
}

func (b *Book) table(o *op.Op, s Service, lists []List) ui.TableView {
	t := ui.TableView{Caption: text.F(o, "Priser för %s", text.T(o, s.Name)), Columns: []ui.Col{{Label: text.T(o, "Vad som ingår")},
		{Label: text.T(o, "Per"), Secondary: true}, {Label: text.T(o, "Prissätt"), Secondary: true}},
		Empty: ui.Empty{Heading: text.T(o, "Tjänsten har inga priser.")}}
	for _, l := range lists {
		t.Columns = append(t.Columns, ui.Col{Label: l.ValidFrom.String()[:4] + ", kr", Kind: ui.CellMoney})
	}
	for _, i := range b.Items {
		if i.Service != s.ID {
			continue
		}
		cells := []ui.Cell{{Text: b.latest(i)}, {Text: text.T(o, i.Per)}, {Text: text.T(o, i.Mode.Word())}}
		for _, l := range lists {
			cells = append(cells, b.priceCell(o, l, i))
		}
		t.Rows = append(t.Rows, ui.Row{Cells: cells})
	}
	return t
}

func (b *Book) priceCell(o *op.Op, l List, i Item) ui.Cell {
	line, ok := b.Line(l.Version(), i.ID)
	if !ok {
		return ui.Cell{Kind: ui.CellMoney, Text: "–", Title: text.F(o, "Fanns inte i %s", l.Name)}
	}
	return ui.Cell{Kind: ui.CellMoney, Text: line.Price.String(), Title: line.Text + ". " + text.F(o, "Källa: %s", line.Source),
		URL: "/l/catalogue.prices?item=" + i.ID.String()}
}

func (b *Book) changesTable(o *op.Op, before, after List) ui.TableView {
	t := ui.TableView{Caption: text.F(o, "Vad som ändrades från %s till %s", before.Name, after.Name), Columns: []ui.Col{{Label: text.T(o, "Tjänst")},
		{Label: text.T(o, "Vad som ändrades")}, {Label: text.T(o, "Före, kr"), Kind: ui.CellMoney}, {Label: text.T(o, "Efter, kr"), Kind: ui.CellMoney},
		{Label: text.T(o, "Källa"), Secondary: true}},
		Empty: ui.Empty{Heading: text.T(o, "Ingenting ändrades.")}}
	for _, c := range b.Compare(before.Version(), after.Version()) {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: text.T(o, b.Service(c.Item).Name), URL: "/l/catalogue.prices?item=" + c.Item.ID.String()},
			{Text: c.words(o)}, amountCell(c.Old, c.Had), amountCell(c.New, c.Has), {Text: sources(c)}}})
	}
	return t
}

func (c Change) words(o *op.Op) string {
	switch {
	case !c.Had:
		return text.F(o, "Ny: %s", c.New.Text)
	case !c.Has:
		return text.F(o, "Borttagen: %s", c.Old.Text)
	case c.Scope() && c.Old.Price != c.New.Price:
		return text.F(o, "Nytt pris och ändrat innehåll: ”%s” blev ”%s”", c.Old.Text, c.New.Text)
	case c.Scope():
		return text.F(o, "Ändrat innehåll: ”%s” blev ”%s”", c.Old.Text, c.New.Text)
	case c.New.Price > c.Old.Price:
		return text.F(o, "Dyrare: %s", c.New.Text)
	}
	return text.F(o, "Billigare: %s", c.New.Text)
}

func amountCell(l Line, has bool) ui.Cell {
	if !has {
		return ui.Cell{Kind: ui.CellMoney, Text: "–"}
	}
	return ui.Cell{Kind: ui.CellMoney, Text: l.Price.String(), Title: l.Text}
}

func sources(c Change) string {
	switch {
	case !c.Had:
		return c.New.Source
	case !c.Has:
		return c.Old.Source
	}
	return c.Old.Source + "; " + c.New.Source
}

// origin says who decided a list, when, and where it comes from.
func (l List) origin(o *op.Op) string {
	s := text.F(o, "Gäller från %s, beslutad av %s", l.ValidFrom.String(), l.DecidedBy)
	if !l.DecidedOn.IsZero() {
		s += " " + l.DecidedOn.String()
	}
	s += ". " + text.F(o, "Källa: %s", l.Source) + "."
	if l.Note != "" {
		s += " " + l.Note
	}
	return s
}

type draftView struct {
	Head  ui.HeadView
	Lines ui.TableView
}

// showDraft is a list that is being prepared, beside the one it came from.
func showDraft(o *op.Op, r *http.Request) (web.Answer, error) {
	d, lines, err := draftByText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	b, err := Load(o)
	if err != nil {
		return web.Answer{}, err
	}
	based, _ := b.Find(int64(d.BasedOn))
	v := draftView{Head: ui.HeadView{Eyebrow: text.T(o, "Förslag till prislista"), Headline: d.Name,
		Intro: ui.Words(text.F(o, "Utgår från %s och ska gälla från %s. Ingenting gäller förrän beslutet är registrerat.", based.Name, d.ValidFrom.String()))}}
	if d.Decided.IsZero() {
		v.Head.Links = []ui.Link{{Label: text.T(o, "Ändra ett pris"), URL: "/f/catalogue.price/" + d.ID.String()}}
		if o.Need("catalogue.decide") == nil {
			v.Head.Links = append(v.Head.Links, ui.Link{Label: text.T(o, "Registrera beslutet"), URL: "/f/catalogue.decide/" + d.ID.String()})
		}
	}
	v.Lines = b.draftTable(o, d, based, lines)
	return web.Answer{Title: d.Name, Current: "/prislista", Body: draftPage(v)}, nil
}

func (b *Book) draftTable(o *op.Op, d Draft, based List, lines []DraftLine) ui.TableView {
	t := ui.TableView{Caption: text.T(o, "Priser i förslaget"), Columns: []ui.Col{{Label: text.T(o, "Tjänst")}, {Label: text.T(o, "Vad som ingår")},
		{Label: based.Name + ", kr", Kind: ui.CellMoney}, {Label: d.Name + ", kr", Kind: ui.CellMoney}},
		Empty: ui.Empty{Heading: text.T(o, "Förslaget har inga priser."), Text: text.T(o, "Lägg in minst ett pris innan det beslutas.")}}
	by := make(map[id.ID[Item]]DraftLine, len(lines))
	for _, l := range lines {
		by[l.Item] = l
	}
	for _, i := range b.Items {
		old, had := b.Line(based.Version(), i.ID)
		now, has := by[i.ID]
		if !had && !has {
			continue
		}
		proposed := ui.Cell{Kind: ui.CellMoney, Text: "–"}
		if has {
			proposed.Text = now.Price.String()
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: text.T(o, b.Service(i).Name)}, {Text: now.Text}, amountCell(old, had), proposed}})
	}
	return t
}
