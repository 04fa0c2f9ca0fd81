package web

import (
	"net/http"
	"time"

	"github.com/a-h/templ"

	"kontor/kernel/op"
	"kontor/kernel/ui"
)

// Route is a page or an action unlike all others, that a module writes itself.
// A GET is run as a view, anything else as one writing operation. What was
// posted has been read and is within its bounds: use r.FormValue and r.FormFile.
type Route struct {
	Pattern string // "GET /payables/{id}", as net/http's ServeMux
	Need    op.Permission
	Upload  bool // takes files, up to 25 MiB; others take 1 MiB
	Handle  func(o *op.Op, r *http.Request) (Answer, error)
}

// Answer is what goes back: a page, a redirect, a file or a value.
type Answer struct {
	Title    string // Swedish, of the document
	Current  string // URL of the menu item that is current
	Body     templ.Component
	Actions  *ui.ActionsView // the action bar; see Actions
	Bar      templ.Component // something else than an action bar at the end; nil for none
	Class    string          // of main: "it", "list", "board", "reading", "narrow" or ""
	Keys     []ui.KeyHint    // the keys of this page
	Poll     bool            // the page is fetched again every fifteenth second
	Part     bool            // Body is a part of a page, for a script that asked for it
	Location string          // redirect after a change
	Flash    string          // Swedish, shown once on the next page
	Undo     string          // address that is posted to when the change is regretted, offered beside Flash for UndoFor

	File  []byte // instead of a page
	Media string
	Name  string // of the file; "" shows it in the browser

	JSON any // instead of a page, for the routes of the API
}

// UndoFor is how long the way back of an Answer stands open.
const UndoFor = time.Minute

// See sends the user on to url after a change.
func See(url, flash string) Answer { return Answer{Location: url, Flash: flash} }
