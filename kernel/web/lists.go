package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kontor/kernel/list"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

const pageRows = 50

// listPage shows a list, or sends it as a file when its name ends as one.
func listPage(v *visit) error {
	name := v.r.PathValue("list")
	s := v.s.site.list(name)
	if s == nil {
		for _, ending := range []string{".csv", ".xlsx", ".json"} {
			if base, ok := strings.CutSuffix(name, ending); ok && v.s.site.list(base) != nil {
				return v.export(v.s.site.list(base), ending)
			}
		}
		return errNoPage.Because("no list %q", name)
	}
	a := ask(s, v.r.URL.Query())
	if a.Limit == 0 {
		a.Limit = pageRows
	}
	var page ui.ListView
	var mine templ.Component
	err := v.view(func(o *op.Op) (err error) {
		if page, err = v.listView(o, s, a); err == nil {
			mine, err = v.ownView(o, s, a)
		}
		return err
	})
	if err != nil {
		return err
	}
	if strings.Contains(v.partial(), "list-body") {
		return v.render(http.StatusOK, ui.ListPage(page))
	}
	f := v.frame(page.Title, listURL(s, nil))
	f.Layout = ui.Listing
	return v.show(http.StatusOK, f, join(ui.ListPage(page), mine))
}

// ownView is what the actor may do with the saved view that is shown, when it
// is their own.
func (v *visit) ownView(o *op.Op, s *list.Spec, a asked) (templ.Component, error) {
	if a.Saved == "" {
		return nil, nil
	}
	saved, err := savedViews.All(o, s.Name, o.Actor.ID)
	for _, w := range saved {
		if w.ID.String() == a.Saved && w.Owner == o.Actor.ID {
			about := text.T(o, "Vyn är din och syns bara för dig.")
			if w.Shared {
				about = text.T(o, "Vyn är din och delas med alla som får se listan.")
			}
			return ownView(ownedView{URL: listURL(s, nil) + "/vyer/" + a.Saved, About: about, Shared: w.Shared}), nil
		}
	}
	return nil, err
}

type ownedView struct {
	URL, About string
	Shared     bool
}

// run reads the page that is asked for: forwards from a cursor, or backwards
// from one and turned around.
func (a asked) run(o *op.Op, s *list.Spec) (p list.Page, newer, older string, err error) {
	if a.Before == "" {
		p, err = s.Run(o, a.Query)
		if a.After != "" {
			newer = p.First
		}
		return p, newer, p.Next, err
	}
	if p, err = s.Run(o, a.turned(s)); err != nil {
		return p, "", "", err
	}
	slices.Reverse(p.Rows)
	return p, p.Next, p.First, nil
}

func (v *visit) listView(o *op.Op, s *list.Spec, a asked) (ui.ListView, error) {
	p, newer, older, err := a.run(o, s)
	if err != nil {
		return ui.ListView{}, err
	}
	c, err := v.s.site.cells(o, s)
	if err != nil {
		return ui.ListView{}, err
	}
	page := ui.ListView{Title: text.T(o, s.Title), Intro: text.T(o, s.Intro), URL: listURL(s, nil)}
	for _, n := range s.New {
		if o.Need(n.Need) == nil {
			page.New = append(page.New, ui.Link{Label: text.T(o, n.Label), URL: n.URL})
		}
	}
	told := c.telling()
	for _, r := range p.Rows {
		row := c.row(r)
		if len(s.Bulk) > 0 {
			row.Name = called(row, told)
		}
		page.Rows = append(page.Rows, row)
	}
	page.Columns = v.columns(o, s, a, c)
	page.Totals = totals(o, s, a, p)
	page.Pager = pager(o, s, a, p, newer, older)
	if page.Filters, err = filters(o, s, a); err != nil {
		return page, err
	}
	if page.Views, err = v.views(o, s, a); err != nil {
		return page, err
	}
	page.SaveView, page.Query = listURL(s, nil)+"/vyer", a.values().Encode()
	for _, k := range []string{"view", "sort"} {
		if x := a.values().Get(k); x != "" {
			page.Hidden = append(page.Hidden, ui.Option{Value: k, Label: x})
		}
	}
	if a.narrowed() {
		q := url.Values{}
		if a.View != "" {
			q.Set("view", a.View)
		}
		page.Clear = listURL(s, q)
	}
	if len(s.Search) > 0 {
		page.Search = ui.SearchBox{URL: page.URL, Name: "q", Value: a.Search, Label: text.T(o, "Sök i listan"), Placeholder: text.T(o, "Sök")}
	}
	page.Empty = ui.Empty{Heading: text.T(o, "Inget här just nu"), Text: text.T(o, s.Empty)}
	if a.narrowed() {
		page.Empty = ui.Empty{Heading: text.T(o, "Inget passar det du söker"), Text: text.T(o, "Ändra eller rensa filtret."),
			Link: ui.Link{Label: text.T(o, "Rensa filter"), URL: page.Clear}}
	}
	for _, e := range []struct{ label, ending string }{{"CSV", ".csv"}, {"Kalkylblad", ".xlsx"}, {"JSON", ".json"}} {
		u := "/l/" + url.PathEscape(s.Name) + e.ending
		if q := a.values().Encode(); q != "" {
			u += "?" + q
		}
		page.Exports = append(page.Exports, ui.Link{Label: text.T(o, e.label), URL: u, Download: true})
	}
	return page, v.bulk(o, s, a, &page)
}

func (v *visit) columns(o *op.Op, s *list.Spec, a asked, c *cells) []ui.Col {
	key, desc := a.sortKey(s)
	var all []ui.Col
	for n, i := range c.shown {
		col := s.Columns[i]
		u := c.column(i)
		if s.Serves(list.Query{View: a.View, Filters: a.Filters}, col.Key) {
			to := col.Key
			if col.Key == key {
				u.Sorted = "ascending"
				if desc {
					u.Sorted = "descending"
				} else {
					to = "-" + col.Key
				}
			}
			u.SortURL = listURL(s, a.with("sort", to))
		}
		u.Secondary = n >= 3 && (u.Kind == ui.CellText || u.Kind == ui.CellCode || u.Kind == ui.CellTime || u.Kind == "")
		all = append(all, u)
	}
	return all
}

// totals are said above the list. Each opens onto its rows, which are this list.
func totals(o *op.Op, s *list.Spec, a asked, p list.Page) []ui.Total {
	here := listURL(s, a.values())
	n := text.Int(p.Count)
	if p.More {
		n = text.F(o, "mer än %s", n)
	}
	all := []ui.Total{{Figure: ui.Figure{Text: n, URL: here, Title: text.T(o, "Visa raderna")}, Label: text.T(o, cmp.Or(s.Shown, "rader"))}}
	for i, t := range s.Totals {
		if i >= len(p.Totals) {
			break // more rows than are counted one by one
		}
		words := text.Int(p.Totals[i])
		if t.Kind == list.Money {
			words = money.Amount(p.Totals[i]).String()
		}
		all = append(all, ui.Total{Figure: ui.Figure{Text: words, URL: here, Title: text.T(o, "Visa raderna")}, Label: text.T(o, t.Label)})
	}
	return all
}

func pager(o *op.Op, s *list.Spec, a asked, p list.Page, newer, older string) ui.Pager {
	var g ui.Pager
	if len(p.Rows) == 0 {
		g.Text = text.T(o, "Inga rader")
		return g
	}
	key, _ := a.sortKey(s)
	by := ""
	if c, ok := s.Column(key); ok {
		by = strings.ToLower(text.T(o, c.Label))
	}
	last := a.N + len(p.Rows) - 1
	of := text.Int(p.Count)
	if p.More {
		of = text.F(o, "mer än %s", of)
	}
	g.Text = text.F(o, "Rad %s–%s av %s, sorterat efter %s", text.Int(int64(a.N)), text.Int(int64(last)), of, by)
	if older != "" {
		g.Older = listURL(s, a.with("after", older, "n", strconv.Itoa(last+1)))
	}
	if newer != "" {
		g.Newer = listURL(s, a.with("before", newer, "n", strconv.Itoa(max(1, a.N-a.Limit))))
	}
	return g
}

const filtersShown = 4

func filters(o *op.Op, s *list.Spec, a asked) ([]ui.Filter, error) {
	var all []ui.Filter
	for _, f := range s.Filters {
		if f.Hidden {
			continue
		}
		u := ui.Filter{Key: f.Key, Label: text.T(o, f.Label), Kind: ui.FilterText, More: len(all) >= filtersShown}
		values, own := a.chosen(s, f.Key)
		if own && len(values) == 1 {
			u.Value = values[0]
			if u.Value == "" {
				u.Value = everyValue
			}
		}
		options := f.Options
		if f.Choices != nil {
			var err error
			if options, err = f.Choices(o); err != nil {
				return nil, err
			}
		}
		switch {
		case options != nil:
			u.Kind = ui.FilterChoice
			if fromView := s.ViewOf(a.View).Filter[f.Key]; len(fromView) > 0 {
				u.Options = []ui.Option{{Label: text.T(o, "Enligt vyn")}, {Value: everyValue, Label: text.T(o, "Alla")}}
			} else {
				u.Options = []ui.Option{{Label: text.T(o, "Alla")}}
			}
			for _, c := range options {
				u.Options = append(u.Options, ui.Option{Value: c.Value, Label: text.T(o, c.Label)})
			}
		case f.Kind == list.Date || f.Kind == list.Time || f.Kind == list.Promise:
			u.Kind = ui.FilterDate
		}
		if u.Value == everyValue && u.Kind != ui.FilterChoice {
			u.Value = ""
		}
		all = append(all, u)
	}
	return all, nil
}

// views are the tabs: those of the list and those that people have saved.
func (v *visit) views(o *op.Op, s *list.Spec, a asked) ([]ui.ViewTab, error) {
	var all []ui.ViewTab
	current := s.ViewOf(a.View).Key
	for i, w := range s.Views {
		q := url.Values{}
		if i > 0 {
			q.Set("view", w.Key)
		}
		all = append(all, ui.ViewTab{Label: text.T(o, w.Label), URL: listURL(s, q), Current: a.Saved == "" && w.Key == current})
	}
	saved, err := savedViews.All(o, s.Name, o.Actor.ID)
	if err != nil {
		return nil, err
	}
	for _, w := range saved {
		q, err := url.ParseQuery(w.Query)
		if err != nil {
			continue // a view that cannot be read leads nowhere
		}
		q.Set("vy", w.ID.String())
		all = append(all, ui.ViewTab{Label: w.Name, URL: listURL(s, q), Current: a.Saved == w.ID.String()})
	}
	return all, nil
}

// bulk adds the steps that may be taken for several rows at once.
func (v *visit) bulk(o *op.Op, s *list.Spec, a asked, page *ui.ListView) error {
	r, ok := v.s.site.record(s.Flow)
	if !ok {
		return nil
	}
	for _, name := range s.Bulk {
		d := stepOf(r, name)
		if d == nil || v.who.allows(d.Need) != nil {
			continue
		}
		fields, err := Fields(o, d.Input, nil, nil)
		if err != nil {
			return err
		}
		page.Bulk = append(page.Bulk, ui.BulkAction{Step: name, Label: text.T(o, d.Label), Key: d.Key, Fields: fields})
	}
	if page.Bulk != nil {
		page.BulkURL = "/l/" + url.PathEscape(s.Name) + "/bulk?" + url.Values{"return": {listURL(s, a.values())}}.Encode()
	}
	return nil
}
