// Package module is what one part of the program hands over to the whole: a
// value that says everything the program needs to know about it.
//
// # Words
//
// A [Module] is the value. A [Card] is a piece of a start page; menus and start pages are made of what
// the modules offer, so that nobody imports upwards to show something. An
// [Invariant] is something that always holds and that `kontor verify` proves.
//
// # What always holds
//
// A module is data: making the value does nothing.
package module

import (
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
	Activities  []form.Option // what its steps count, in Swedish
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

// Permission is one thing that a role can be allowed to do, in words that a
// person who does not program understands.
type Permission struct {
	Name  op.Permission
	Label string // Swedish: "Slutattestera leverantörsfakturor"
}

// What is shown is described in the words of kernel/web.
type (
	Item   = web.Item
	Record = web.Record
	Card   = web.Card
)

// Start pages that cards belong on.
const (
	Assistant = "assistant"
	Unit      = "unit"
	Head      = "head"
	Approver  = "approver"
	Contact   = "contact" // the client's own start page
)

// Invariant is something that always holds.
type Invariant struct {
	Name  string // "ledger.balanced"
	Label string // Swedish: what holds
	// Check proves it and returns what was counted on the way, by name, for
	// the summary; an error says the first place where it does not hold.
	Check func(*op.Op) (map[string]int64, error)
}
