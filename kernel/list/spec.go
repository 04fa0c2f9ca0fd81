// Package list turns the description of a list into a query, a page, a
// spreadsheet and an API operation. A module describes its list; nobody writes
// one. It is the only place where SQL is put together while the program runs.
//
// # Words
//
// A [Spec] is a whole list. A [Query] is what the user asked for. An index
// serves a sort order when its columns, after the client and those filtered to
// single values, begin with it.
//
// # What always holds
//
//   - The actor's scope, units and clearance are in the query itself; a row
//     outside them is never read, counted, summed, suggested or exported.
//   - A page reads some rows for each client of the scope in the order of an
//     index, and merges them: the cost does not grow with the table. When an
//     index holds few rows of what is asked for, they are fetched and sorted.
//   - No more than CountMax rows are looked at to be counted and summed.
//   - A column can be sorted by only if an index serves it.
//   - Columns and order come from the spec, never from the user's text.
//
// # Not here
//
// HTML and JSON are kernel/web.
package list

import (
	"slices"
	"strings"

	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/op"
)

// Kind of column: how it is shown, aligned and exported.
type Kind string

const (
	Text    Kind = "text"
	Whole   Kind = "number"
	Money   Kind = "money" // öre
	Date    Kind = "date"
	Time    Kind = "time"
	Yes     Kind = "yes"     // boolean
	Status  Kind = "status"  // a state of the flow that Spec.States describes
	Promise Kind = "promise" // the last day that keeps the promise
	Code    Kind = "code"
	ID      Kind = "id"    // an identity, shown and filtered by its short text
	Word    Kind = "word"  // one of Options, shown by its label
	Prose   Kind = "prose" // whole sentences, which may break
)

// Column is one column that can be shown, sorted and filtered on.
type Column struct {
	Key     string // in the URL and in the export's heading
	Label   string // Swedish
	Kind    Kind
	Expr    string // SQL over the spec's From and Joins
	Sort    bool   // an index of the spec serves it
	Hidden  bool   // in the export and the API only
	Options []form.Option
	Choices func(*op.Op) ([]form.Option, error) // instead of Options, when they are rows
}

// Match is how a filter compares.
type Match string

const (
	Is     Match = "is"     // one of the given values
	From   Match = "from"   // at least
	To     Match = "to"     // at most
	Prefix Match = "prefix" // begins with, case as stored
)

// Filter is one thing that a list can be narrowed by.
type Filter struct {
	Key     string
	Label   string // Swedish
	Column  string // plain column of From: "state"
	Match   Match
	Kind    Kind // how the value is written; "" is text
	Options []form.Option
	Choices func(*op.Op) ([]form.Option, error)
	Hidden  bool // reached by links and views only
}

// View is a tab: a list narrowed and ordered in a way that many need.
type View struct {
	Key    string
	Label  string              // Swedish
	Filter map[string][]string // the value "@me" is the actor, "@today" the day
	Sort   string
}

// NoView is the name that no view has: a query for it is narrowed by its own
// filters alone.
const NoView = "-"

// Total is a sum said above the list.
type Total struct {
	Label string
	Kind  Kind
	Expr  string // SQL over t, which is summed: "t.gross"
}

// Index is an index of From that pages may be read in the order of. The client
// before and the id after are understood.
type Index []string

// Search is a column in which the user's search words are looked for from its
// beginning.
type Search struct {
	Column string              // plain column of From, indexed after the client
	Fold   func(string) string // makes the user's text like the stored one
}

// Spec is a whole list.
type Spec struct {
	Name    string // "payables.invoices", in the address and the API
	Title   string // Swedish
	Intro   string // Swedish, under the title; "" for none
	Need    op.Permission
	From    string // one table; its alias is t, its key (client, id)
	Joins   string // "LEFT JOIN client AS c ON c.id = t.client"
	Version string // plain column of From, for bulk steps; "" for none
	Unit    string // plain column of From with the unit, "" for none
	Secrecy string // plain column of From with the secrecy, "" for none
	Global  bool   // rows belong to no client: From has no client column and the key is id

	Columns []Column
	Filters []Filter
	Search  []Search
	Views   []View
	Totals  []Total
	Indexes []Index
	Order   string // "-arrived"; a column with Sort

	States []form.Option     // value, Swedish word; for Status columns
	Shapes map[string]string // state → ok, near, miss, none
	Open   string            // where a row leads, "/payables/{id}", "/d/{kind}/{document}"; see Link
	// Opens reports whether the actor may open a row; nil when whoever sees the
	// list may open all of it.
	Opens func(o *op.Op, r Row) bool
	Empty string   // Swedish: what to do when there are no rows
	New   []New    // what can be begun from the list
	Bulk  []string // steps of the flow that may be taken for several rows
	Flow  string   // of the rows, for bulk steps
	Shown string   // noun in plural for the count: "fakturor"

	// Rollup tells count and totals from maintained sums, where the rows are too
	// many to be counted for each page; nil when there are none. What it cannot
	// tell of these filters it leaves out.
	Rollup func(o *op.Op, s op.Scope, filters map[string][]string) (Known, error)
}

// New leads from a list to where something new for it is made.
type New struct {
	Label string // Swedish, verb first
	URL   string
	Need  op.Permission
}

// Known is what a rollup knows of a whole list.
type Known struct {
	Count  int64 // −1 when it does not know
	Totals []int64
}

// Query is what the user asked for.
type Query struct {
	View    string
	Sort    string // key, "" for the view's or the spec's; "-key" descends
	Filters map[string][]string
	Search  string
	After   string // cursor, as Page gave it
	Limit   int
	NoCount bool
	Most    int // rows to look at when they are counted; 0 is CountMax
}

var (
	errColumn = fault.New(fault.Invalid, "LIS-001", "Listan kan inte sorteras så. Välj en rubrik i tabellen.")
	errFilter = fault.New(fault.Invalid, "LIS-002", "Listan kan inte filtreras så. Rensa filtret och försök igen.")
	errCursor = fault.New(fault.Invalid, "LIS-003", "Länken till nästa sida stämmer inte. Börja om från listans början.")
)

// LimitMax is the most rows of one page; exports stream and have no limit.
const LimitMax = 500

// CountMax is how far rows are counted one by one, unless a query asks for less;
// beyond it is said "more than".
const CountMax = 10_000

// Column returns the column with the given key.
func (s *Spec) Column(key string) (Column, bool) {
	i := slices.IndexFunc(s.Columns, func(c Column) bool { return c.Key == key })
	if i < 0 {
		return Column{}, false
	}
	return s.Columns[i], true
}

func (s *Spec) filter(key string) (Filter, bool) {
	i := slices.IndexFunc(s.Filters, func(f Filter) bool { return f.Key == key })
	if i < 0 {
		return Filter{}, false
	}
	return s.Filters[i], true
}

// ViewOf returns the view with the given key, or the first one.
func (s *Spec) ViewOf(key string) View {
	for _, v := range s.Views {
		if v.Key == key {
			return v
		}
	}
	if key == "" && len(s.Views) > 0 {
		return s.Views[0]
	}
	return View{}
}

// Serves reports whether an index serves the column under the query's view and
// filters: some indexes begin with columns that must be held to single values.
func (s *Spec) Serves(q Query, key string) bool {
	c, ok := s.Column(key)
	if !ok || !c.Sort {
		return false
	}
	column := strings.TrimPrefix(c.Expr, "t.")
	return column == "id" || slices.ContainsFunc(s.Indexes, func(ix Index) bool {
		at := slices.Index(ix, column)
		return at >= 0 && !slices.ContainsFunc(ix[:at], func(lead string) bool { return !s.held(q, lead) })
	})
}

// held reports whether the query holds a column to single values.
func (s *Spec) held(q Query, column string) bool {
	view := s.ViewOf(q.View).Filter
	return slices.ContainsFunc(s.Filters, func(f Filter) bool {
		given, ok := q.Filters[f.Key]
		if !ok {
			given = view[f.Key]
		}
		return f.Column == column && (f.Match == Is || f.Match == "") && strings.Join(given, "") != ""
	})
}
