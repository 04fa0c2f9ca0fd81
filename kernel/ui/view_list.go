package ui

import (
	"strconv"
	"strings"
)

// CellKind says how a value is written and on which side it stands.
type CellKind string

// The kinds of cell. The zero value is text.
const (
	CellText    CellKind = "text"
	CellNumber  CellKind = "number"
	CellMoney   CellKind = "money"
	CellDate    CellKind = "date"
	CellTime    CellKind = "time"
	CellStatus  CellKind = "status"
	CellPromise CellKind = "promise"
	CellLink    CellKind = "link"
	CellCode    CellKind = "code"
)

// Right tells whether the kind stands at the right edge of its column.
func (k CellKind) Right() bool { return k == CellNumber || k == CellMoney }

// ListView is a working list.
type ListView struct {
	Title, Intro string
	New          []Link // what can be begun from here; the first is the usual one
	URL          string // of the list without its query: where filters are sent
	Views        []ViewTab
	SaveView     string // where a view is posted to be saved, as name and query; "" when it cannot be
	Query        string // the query of the list as it is shown
	Filters      []Filter
	Clear        string   // URL of the list without filters; shown while one is in use
	Hidden       []Option // query parameters that stay when a filter is changed: sort, view
	Search       SearchBox
	Totals       []Total
	Columns      []Col
	Rows         []Row
	Pager        Pager
	Exports      []Link
	Bulk         []BulkAction
	Empty        Empty
	BulkURL      string
}

// ViewTab is a saved view of a list.
type ViewTab struct {
	Label, URL string
	Count      string
	Current    bool
}

// FilterKind is the control of a filter.
type FilterKind uint8

// The kinds of filter.
const (
	FilterChoice FilterKind = iota
	FilterText
	FilterDate
)

// Filter narrows a list by one column.
type Filter struct {
	Key, Label string
	Kind       FilterKind
	Options    []Option // of a choice; the first, with an empty value, means all
	Value      string   // "" when the filter is not in use
	More       bool     // stands behind "Fler filter"
}

// Option is one choice of a select, a radio group or a hidden parameter.
type Option struct {
	Value, Label string
	Chosen       bool
	Help         string
}

// Total is a sum over the whole list, not only the page.
type Total struct {
	Figure Figure
	Label  string // "fakturor", "kr"
}

// Col is a column of a table.
type Col struct {
	Key, Label string
	Kind       CellKind
	SortURL    string // "" when the column cannot be sorted
	Sorted     string // "", "ascending" or "descending"
	Secondary  bool   // left out on a phone
	Sentence   bool   // holds whole sentences, which keep some width on a phone
}

// Row is a row of a table. A row with a URL is opened by its first cell.
type Row struct {
	ID, URL string
	Version int64
	Cells   []Cell
	Current bool
	Name    string // what the row is called when it is marked; the first cell's text when empty
	Amount  int64  // öre, summed in the bar of marked rows; 0 when the list has no amount
	Quiet   bool   // drawn in grey: of no concern now
}

// Cell is a value in a row.
type Cell struct {
	Kind              CellKind // the column's kind when empty
	Text, URL, Title  string
	Post              string // address that a button posts to: Text is what it does, Title to what
	Sub               string // quiet words after the text
	Status            StatusKind
	Elapsed, Promised int  // days, of a promise
	Drawing           Body // from kernel/chart, instead of the text
}

// Pager says where in the list the page is. Paging is by key: there are no page numbers.
type Pager struct {
	Text         string // "Rad 1–50 av 1 284, sorterat efter löfte"
	Older, Newer string // URLs; "" when there is nothing there
}

// BulkAction is something done to all marked rows at once.
type BulkAction struct {
	Step, Label, Key string
	Fields           []FieldView // asked for before it is done
}

// RowRef is a marked row as it travels in a form: identity and the version that the person saw.
func RowRef(id string, version int64) string { return id + "@" + strconv.FormatInt(version, 10) }

// ParseRowRef reads what RowRef wrote.
func ParseRowRef(ref string) (id string, version int64, ok bool) {
	id, v, found := strings.Cut(ref, "@")
	version, err := strconv.ParseInt(v, 10, 64)
	return id, version, found && err == nil && id != "" && version >= 0
}

// TableView is a table that is read rather than worked in: volumes, prices, figures per client.
type TableView struct {
	Caption string // said to the screen reader, or shown when Titled
	Titled  bool
	Columns []Col
	Rows    []Row
	Foot    []Cell
	Links   []Link
	Empty   Empty
}

// MatrixView is a table of yes and no: roles against permissions.
type MatrixView struct {
	Caption string
	Corner  string
	Columns []string
	Rows    []MatrixRow
}

// MatrixRow is a row of a matrix. A row without cells is a heading.
type MatrixRow struct {
	Label, Note string
	Cells       []MatrixCell
}

// MatrixCell is one answer of a matrix.
type MatrixCell struct {
	Yes  bool
	Word string // "ja", "egen enhet"; said even when only the mark is drawn
}
