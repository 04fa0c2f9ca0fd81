// Package gallery shows every component of kernel/ui with example data, so that people and machines can look at them.
//
// # Words
//
// A page of the gallery is a whole page as a module would make it, with invented names and amounts.
//
// # What always holds
//
//   - Every component of kernel/ui stands on at least one page.
//   - The pages are served with the same headers as the program's own, so that what the policy refuses is seen here.
//
// # Not here
//
// The checks themselves (package browser).
package gallery

import (
	"net/http"

	"github.com/a-h/templ"

	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web/assets"
)

// Policy is the content security policy of all pages.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Page is one page of the gallery.
type Page struct {
	Name string
	Body templ.Component
}

// Pages are all of them.
func Pages() []Page {
	return []Page{
		{"min-dag", day()},
		{"faktura", invoice()},
		{"arbetslista", list()},
		{"tom-lista", emptyList()},
		{"tavla", board()},
		{"tertialrapport", report()},
		{"kundwebb", portal()},
		{"formular", form()},
		{"inloggning", login()},
		{"fel", fault()},
		{"behorigheter", matrix()},
		{"delar", parts()},
	}
}

// Handler serves the pages as /NAME, in English with ?lang=en.
func Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(assets.Prefix, assets.Handler())
	for _, p := range Pages() {
		mux.HandleFunc("GET /"+p.Name, func(w http.ResponseWriter, r *http.Request) {
			h := w.Header()
			h.Set("Content-Type", "text/html; charset=utf-8")
			h.Set("Content-Security-Policy", Policy)
			ctx := text.With(r.Context(), r.URL.Query().Get("lang"))
			if err := p.Body.Render(ctx, w); err != nil {
				panic("gallery: " + err.Error())
			}
		})
	}
	return mux
}

func frame(title, current string, layout ui.Layout) ui.FrameView {
	nav := []ui.NavLink{
		{Label: "Min dag", URL: "/min-dag"}, {Label: "Arbetslistor", URL: "/arbetslista", Waits: ui.Waits{N: 15}},
		{Label: "Tavlan", URL: "/tavla"}, {Label: "Rapporter", URL: "/tertialrapport"},
	}
	for i := range nav {
		nav[i].Current = nav[i].Label == current
	}
	return ui.FrameView{
		Title: title, Nav: nav, Layout: layout, Home: "/min-dag",
		Search: ui.SearchBox{URL: "/sok", Placeholder: "Sök faktura, kund, ärende …"},
		Person: &ui.Person{
			ID: "maja", Name: "Maja Ek", Detail: "Ekonomi Öst", Initials: "ME", Preferences: "/me", LogOut: "/logout",
			Links: []ui.Link{{Label: "Mina uppgifter", URL: "/me"}}, Return: "/min-dag",
		},
	}
}

func open(s string) ui.Figure { return ui.Figure{Text: s, URL: "#underlag"} }

func figure(s string) ui.Piece { return ui.Piece{Text: s, URL: "#underlag", Figure: true} }

func plain(s string) ui.Piece { return ui.Piece{Text: s} }
