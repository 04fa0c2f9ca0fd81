package payables

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"kontor/kernel/db"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/report"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/kernel/work"
	"kontor/promise/client"
)

const misplacedPage = "/felstallda"

// misplacedMost is how many suppliers the page names.
const misplacedMost = 50

type misplacer struct {
	Unit         op.UnitID
	SupplierKey  string
	SupplierName string
	N            int64
}

var misplacedBy = db.Select[misplacer](`
	SELECT unit, supplier_key, max(supplier_name) AS supplier_name, count(*) AS n
	FROM   payables_invoice
	WHERE  client = $1 AND lacks = 'PAY-B31' AND state IN ('moved', 'returned') AND handled >= $2 AND handled <= $3 AND secrecy <= $4
	GROUP  BY unit, supplier_key`)

// misplacedSenders are who sent the invoices that a year's figure counts as
// misplaced, the most first, as far as the reader may see.
func misplacedSenders(o *op.Op, all []client.Client, year period.Year) ([]misplacer, int64, error) {
	sums := map[string]misplacer{}
	total := int64(0)
	for _, c := range all {
		if !o.Actor.May(MayRead, c.ID) {
			continue
		}
		rows, err := misplacedBy.All(o, c.ID, year.First(), year.Last(), o.Actor.Clearance)
		if err != nil {
			return nil, 0, err
		}
		for _, r := range rows {
			if !o.Actor.MayIn(MayRead, c.ID, r.Unit) {
				continue
			}
			s := sums[r.SupplierKey]
			s.SupplierKey, s.SupplierName, s.N = r.SupplierKey, r.SupplierName, s.N+r.N
			sums[r.SupplierKey] = s
			total += r.N
		}
	}
	senders := make([]misplacer, 0, len(sums))
	for _, s := range sums {
		senders = append(senders, s)
	}
	slices.SortFunc(senders, func(a, b misplacer) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.SupplierKey, b.SupplierKey))
	})
	return senders, total, nil
}

// showMisplaced tells whose invoices come to the wrong client, and to whom: those
// are who to write to about their references.
func showMisplaced(o *op.Op, _ *http.Request) (web.Answer, error) {
	year := period.YearOf(period.DateOf(o.Now))
	clients, err := client.All(o)
	if err != nil {
		return web.Answer{}, err
	}
	senders, total, err := misplacedSenders(o, clients, year)
	if err != nil {
		return web.Answer{}, err
	}
	title := text.T(o, "Felställda fakturor")
	head := ui.HeadView{Eyebrow: text.F(o, "Felställda fakturor · %d", int(year)), Headline: text.T(o, "Ingen faktura har kommit till fel mottagare i år."),
		Intro: ui.Words(text.T(o, "Felställd är en faktura som har flyttats till rätt kund, eller avvisats för att den inte var till oss."))}
	s := o.Actor.Grants[MayRead]
	whole := s.All && s.Units == nil
	if !whole {
		head.Headline = text.T(o, "Ingen faktura som du får se har kommit till fel mottagare i år.")
	}
	if total > 0 {
		head.Headline = text.N(o, total, "%s faktura har kommit till fel mottagare i år", "%s fakturor har kommit till fel mottagare i år") + ", " +
			text.N(o, int64(len(senders)), "från %s leverantör.", "från %s leverantörer.")
	}
	bySender, err := senderTable(o, senders[:min(len(senders), misplacedMost)], year)
	if err != nil {
		return web.Answer{}, err
	}
	tables := []ui.TableView{bySender}
	if o.Need(work.Read) == nil {
		byClient, err := misplacedTable(o, clients, year)
		if err != nil {
			return web.Answer{}, err
		}
		tables = append(tables, byClient)
	}
	return web.Answer{Title: title, Current: misplacedPage, Class: "reading", Body: templ.Join(ui.Head(head), ui.Tables(tables...))}, nil
}

func shareColumns(o *op.Op, first string) []ui.Col {
	return []ui.Col{{Label: first}, {Label: text.T(o, "Felställda"), Kind: ui.CellNumber}, {Label: text.T(o, "Av"), Kind: ui.CellNumber}, {Label: text.T(o, "Andel"), Kind: ui.CellNumber}}
}

func senderTable(o *op.Op, senders []misplacer, year period.Year) (ui.TableView, error) {
	t := ui.TableView{Caption: text.T(o, "Leverantörer som har skickat fel"), Titled: true, Columns: shareColumns(o, text.T(o, "Leverantör")),
		Empty: ui.Empty{Heading: text.T(o, "Ingen leverantör har skickat fel i år")}}
	for _, s := range senders {
		filters := map[string][]string{"supplier_key": {s.SupplierKey}, "handled_from": {year.First().String()}, "handled_to": {year.Last().String()}}
		all, of, err := opened(o, "all", filters)
		if err != nil {
			return t, err
		}
		share := text.Percent(s.N, of, 1)
		if of >= list.CountMax { // counted no further
			share = "–"
		}
		filters["lacks"], filters["state"] = []string{string(NotOurs)}, []string{string(Moved), string(Returned)}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: s.SupplierName}, {Text: text.Int(s.N), URL: listURL + "?view=all&" + url.Values(filters).Encode()},
			{Text: all.Text, URL: all.URL}, {Text: share}}})
	}
	return t, nil
}

// misplacedTable is how much of what came to each client was for somebody else.
func misplacedTable(o *op.Op, clients []client.Client, year period.Year) (ui.TableView, error) {
	t := ui.TableView{Caption: text.T(o, "Kunder som har fått andras fakturor"), Titled: true, Columns: shareColumns(o, text.T(o, "Kund")),
		Empty: ui.Empty{Heading: text.T(o, "Ingen kund har fått andras fakturor i år")}}
	read, err := report.Read(o, o.Actor.Grants[work.Read], year, 0)
	if err != nil {
		return t, err
	}
	for _, c := range clients {
		cells := read.Client(c.ID).All
		n, of := misplaced.Sum(cells), ended.Sum(cells)
		if n == 0 {
			continue
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: c.Name}, {Text: text.Int(n), URL: misplaced.URL(year, c.ID)},
			{Text: text.Int(of), URL: ended.URL(year, c.ID)}, {Text: text.Percent(n, of, 1)}}})
	}
	return t, nil
}
