// Package web serves the pages, the JSON API and the exports, most of them made
// from the modules' descriptions.
package web

import (
	"net/http"

	"github.com/a-h/templ"

	"kontor/kernel/op"
)

// Route is a page or an action unlike all others, that a module writes itself.
// A GET is run as a view, anything else as one writing operation.
type Route struct {
	Pattern string // "GET /payables/{id}", as net/http's ServeMux
	Need    op.Permission
	Handle  func(o *op.Op, r *http.Request) (Answer, error)
}

// Answer is what goes back: a page, a redirect or a file.
type Answer struct {
	Title    string // Swedish, of the document
	Current  string // URL of the menu item that is current
	Body     templ.Component
	Bar      templ.Component // sticky action bar; nil for none
	Class    string          // of main: "it", "list", "board" or ""
	Location string          // redirect after a change
	Flash    string          // Swedish, shown once on the next page

	File  []byte // instead of a page
	Media string
	Name  string // of the file; "" shows it in the browser
}

// See sends the user on to url after a change.
func See(url, flash string) Answer { return Answer{Location: url, Flash: flash} }
