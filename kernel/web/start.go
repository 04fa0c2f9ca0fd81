package web

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

type startView struct {
	Title, Greeting string
	Headed          bool // a card brings the headline
	Top             []templ.Component
	Main, Side      []templ.Component
}

// Ahead is how a card is put above both columns: with an order below zero. Such
// a card brings the headline of the page.
const ahead = 0

// startPage shows the cards of the place where the person's roles start.
func startPage(v *visit) error {
	place := v.s.site.place(v.who.roles)
	var page startView
	err := v.view(func(o *op.Op) error {
		page = startView{Title: text.T(o, place.Title), Greeting: greeting(o)}
		for _, c := range v.s.site.cards(place.Name) {
			if c.Need != "" && o.Need(c.Need) != nil {
				continue
			}
			body, err := c.Render(o)
			switch {
			case err != nil:
				return err
			case body == nil:
			case c.Order < ahead:
				page.Top, page.Headed = append(page.Top, body), true
			case c.Side:
				page.Side = append(page.Side, body)
			default:
				page.Main = append(page.Main, body)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(page.Main) == 0 && len(page.Top) > 0 {
		page.Main, page.Top = page.Top, nil
	}
	f := v.frame(cmp.Or(place.Title, "Start"), "/")
	return v.show(http.StatusOK, f, startBody(page))
}

func (s *Site) cards(place string) []Card {
	var all []Card
	for _, c := range s.Cards {
		if c.Place == place {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b Card) int { return cmp.Compare(a.Order, b.Order) })
	return all
}

// greeting is for a start page whose cards bring no headline of their own.
func greeting(o *op.Op) string {
	day := period.LongDate(period.DateOf(o.Now), text.Lang(o))
	return text.F(o, "Hej %s. Det är %s.", firstName(o.Actor.Name), day)
}

func firstName(name string) string {
	for i, r := range name {
		if r == ' ' {
			return name[:i]
		}
	}
	return name
}

type searchView struct {
	Words, Headline string
	Groups          []ui.TableView
}

const searchRows = 5 // of each list

// searchPage looks in every list that the person may see and that can be
// searched, and shows the first rows of each.
func searchPage(v *visit) error {
	page := searchView{Words: text.Cut(v.r.URL.Query().Get("q"), searchMax)}
	page.Headline = text.T(v.ctx(), "Vad letar du efter?")
	found := 0
	if page.Words != "" {
		err := v.view(func(o *op.Op) error {
			page.Groups, found = nil, 0
			for _, s := range v.s.site.Lists {
				if len(s.Search) == 0 || o.Need(s.Need) != nil {
					continue
				}
				t, n, err := v.s.site.searchOne(o, s, page.Words)
				if err != nil {
					return err
				}
				if n > 0 {
					page.Groups = append(page.Groups, t)
				}
				found += n
			}
			return nil
		})
		if err != nil {
			return err
		}
		page.Headline = text.F(v.ctx(), "Inget hittades för ”%s”.", page.Words)
		if found > 0 {
			page.Headline = text.F(v.ctx(), "%s för ”%s”.", text.N(v.ctx(), int64(found), "%s träff", "%s träffar"), page.Words)
		}
	}
	f := v.frame("Sök", "")
	f.Layout = ui.Listing
	f.Search.Value = page.Words
	return v.show(http.StatusOK, f, searchBody(page))
}

func (s *Site) searchOne(o *op.Op, l *list.Spec, words string) (ui.TableView, int, error) {
	p, err := l.Run(o, list.Query{View: list.NoView, Search: words, Limit: searchRows, NoCount: true})
	if err != nil || len(p.Rows) == 0 {
		return ui.TableView{}, 0, err
	}
	c, err := s.cells(o, l)
	if err != nil {
		return ui.TableView{}, 0, err
	}
	t := ui.TableView{Caption: text.T(o, l.Title), Titled: true}
	for _, i := range c.shown {
		t.Columns = append(t.Columns, c.column(i))
	}
	for _, r := range p.Rows {
		t.Rows = append(t.Rows, c.row(r))
	}
	if p.Next != "" {
		a := asked{Query: list.Query{View: list.NoView, Search: words}}
		t.Links = []ui.Link{{Label: text.F(o, "Visa alla i %s", text.T(o, l.Title)), URL: listURL(l, a.values())}}
	}
	return t, len(p.Rows), nil
}

type flowView struct {
	Title, Drawing string
	States, Steps  ui.TableView
}
