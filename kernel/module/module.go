// Package module is what one part of the program hands over to the whole: a
// value that says everything the program needs to know about it.
//
// # Words
//
// A [Card] is a piece of a start page; menus and start pages are made of what
// the modules offer, so that nobody imports upwards to show something. An
// [Invariant] is something that always holds and that `kontor verify` proves.
//
// # What always holds
//
// A module is data: making the value does nothing.
package module

import (
	"github.com/a-h/templ"

	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/job"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/report"
	"kontor/kernel/web"
)

// Module is one part of the program.
type Module struct {
	Name        string // the folder: "payables"
	Title       string // Swedish
	Menu        []Item
	Permissions []Permission
	Records     []Record
	Lists       []*list.Spec
	Forms       []*form.Spec
	Figures     []*report.Figure
	Jobs        []job.Kind
	Pages       []web.Route
	Cards       []Card
	Invariants  []Invariant

	// Install loads the module's reference data into a new database; it is run
	// after every migration and changes nothing that is already there.
	Install func(*op.Op) error
}

// Item is one line of the menu, seen by those who hold the permission.
type Item struct {
	Label string // Swedish
	URL   string
	Need  op.Permission
	Order int // lower comes first; see app
}

// Permission is one thing that a role can be allowed to do, in words that a
// person who does not program understands.
type Permission struct {
	Name  op.Permission
	Label string // Swedish: "Slutattestera leverantörsfakturor"
}

// Record is a kind of record with a life: where it is shown and how the doors
// take steps of it.
type Record struct {
	Table flow.Records
	Title string // Swedish, singular: "Leverantörsfaktura"
	URL   string // page of one record: "/payables/{id}"
}

// Place is the start page that a card belongs on.
type Place string

const (
	Assistant Place = "assistant"
	Unit      Place = "unit"
	Head      Place = "head"
	Approver  Place = "approver"
	Contact   Place = "contact" // the client's own start page
)

// Card is a piece of a start page.
type Card struct {
	Place  Place
	Order  int
	Need   op.Permission
	Side   bool                                  // in the narrow column
	Render func(*op.Op) (templ.Component, error) // nil component: nothing to show now
}

// Invariant is something that always holds.
type Invariant struct {
	Name  string // "ledger.balanced"
	Label string // Swedish: what holds
	// Check proves it and returns what was counted on the way, by name, for
	// the summary; an error says the first place where it does not hold.
	Check func(*op.Op) (map[string]int64, error)
}
