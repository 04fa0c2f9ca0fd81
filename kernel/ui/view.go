// Package ui is the visual language of Kontor: every component that a page is made of.
//
// A component takes a plain view struct and writes HTML. The structs know nothing of databases, requests or business;
// whoever fills one has already decided what the person may see.
//
// # Words
//
// A view is what a component is given. A figure is a number that opens onto its rows. A status is said three times:
// word, shape and colour. A promise is shown as a meter (one square a promised day) beside its words.
//
// # What always holds
//
//   - Words in a view are shown as they stand: whoever fills the view says them in the person's language (text.T).
//     The components' own words are said here, in the language of the context.
//   - No inline style and no inline script: the content security policy of kernel/web refuses both.
//   - Every page works without script; what script adds is marked with data- attributes that kontor.js reads.
//   - A figure without a URL is a figure that was typed by a person, never one that was counted.
//
// # Not here
//
// Charts (kernel/chart), style sheet and script (kernel/web/assets), the pages of modules.
package ui

import (
	"github.com/a-h/templ"

	"kontor/kernel/text"
)

// StatusKind is how things stand. The zero value shows no mark at all.
type StatusKind uint8

// The kinds of status, in the order of concern.
const (
	Unmarked StatusKind = iota
	OK                  // filled circle: reached, within its promise
	Near                // half circle: today, within the tolerance
	Miss                // triangle: late, not reached
	None                // hollow square: cannot be judged, waits for somebody else
)

// StatusOf is the status that a life or a list calls by a word: ok, near, miss
// or none.
func StatusOf(shape string) StatusKind {
	switch shape {
	case "ok":
		return OK
	case "near":
		return Near
	case "miss":
		return Miss
	case "none":
		return None
	}
	return Unmarked
}

// Link is a place to go to.
type Link struct {
	Label, URL string
	Key        string // shown on the link, and pressed to follow it
	Download   bool
}

// PrintURL is where a link leads that prints the page.
const PrintURL = "#print"

// KeyHint tells what a key does on this page.
type KeyHint struct {
	Keys []string // "J", "K"
	Text string
}

// Figure is a number that opens onto the rows behind it.
type Figure struct {
	Text   string // "1 284", with its unit where no heading gives it
	URL    string // "" only for a number that a person has typed
	Title  string // what opens, for the reader who cannot see the surroundings
	Status StatusKind
}

// Piece is a part of a sentence: plain words, words in bold, or a figure or a link that opens.
type Piece struct {
	Text   string
	URL    string
	Bold   bool
	Figure bool // with a URL: drawn as a figure that opens, otherwise as a link
}

// Prose is a sentence in which figures open.
type Prose []Piece

// Words makes prose of plain text.
func Words(s string) Prose {
	if s == "" {
		return nil
	}
	return Prose{{Text: s}}
}

// FrameView is the page around the content.
type FrameView struct {
	Title   string // in the browser's tab
	Brand   string // "Kontor" when empty; "Kundwebb" on the client's pages
	Home    string // "/" when empty
	Nav     []NavLink
	Search  SearchBox
	Person  *Person // nil when nobody is signed in: no navigation, no menu
	Scheme  string  // "auto" (when empty), "light" or "dark"
	Flash   *Flash
	Layout  Layout
	Actions *ActionsView // the action bar; nil when the page has none
	Keys    []KeyHint    // the keys of this page, first in the dialog that ? opens
	Poll    string       // URL that the page's content is fetched from again every fifteenth second; "" for never
	Refused bool         // the page is a fault: search engines and the history of keys leave it alone
}

// Layout chooses the measure of the page.
type Layout uint8

// The layouts; the zero value is an ordinary page.
const (
	Ordinary Layout = iota
	Listing         // tight above and below, the table takes the page
	Item            // document and judgement
	Board           // dense
	Reading         // report and other prose
	Narrow          // forms
)

// NavLink is a choice in the main menu.
type NavLink struct {
	Label, URL string
	Current    bool
	Waits      Waits     // for the reader
	Links      []NavLink // opens these instead of leading somewhere
}

// Waits is how much waits somewhere for the reader.
type Waits struct {
	N    int64
	More bool   // than N
	URL  string // where it is listed, row by row; "" where several things are added
}

// Add is what waits in two places.
func (w Waits) Add(x Waits) Waits { return Waits{N: w.N + x.N, More: w.More || x.More} }

func (w Waits) number() string {
	if w.More {
		return text.Int(w.N) + "+"
	}
	return text.Int(w.N)
}

// Person is who is signed in.
type Person struct {
	ID           string // drafts in the browser are kept apart by it
	Name, Detail string // "Maja Ek", "Ekonomi Öst"
	Initials     string
	KeysOff      bool   // single-letter keys turned off by the person (WCAG 2.1.4)
	Preferences  string // where language, colours and keys are posted
	LogOut       string
	Links        []Link // more choices in the menu
	Return       string // the path to come back to after a choice
}

// SearchBox is a field to search or filter with.
type SearchBox struct {
	URL         string // where it is sent; "" hides the box
	Name        string // "q" when empty
	Value       string
	Label       string // for the screen reader; the placeholder when empty
	Placeholder string
}

// Flash is the message about what was just done.
type Flash struct {
	Status StatusKind
	Text   string
	Undo   *UndoView
}

// UndoView is a way back that stands open for some seconds.
type UndoView struct {
	Label, URL string
	Version    int64
	Seconds    int // 0 when it stands open until the page is left
}

// HeadView is the top of the content: the page's answer as a sentence.
type HeadView struct {
	Eyebrow  string
	Headline string
	Intro    Prose
	Keys     []KeyHint
	Links    []Link // buttons to the right; the first is the recommended one when Primary
	Primary  bool
}

// Empty is what stands where there is nothing, with what to do about it.
type Empty struct {
	Heading, Text string
	Link          Link
}

// Panel is a box for things worked in.
type PanelView struct {
	ID      string
	Heading string
	Aside   string // quiet words at the right of the heading
	Link    Link
	Status  StatusKind
	Word    string // of the status
	Foot    []Link
}

// Body is content put into a view by Go code rather than by the component's children.
type Body = templ.Component
