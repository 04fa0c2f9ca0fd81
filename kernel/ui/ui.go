package ui

import (
	"cmp"
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kontor/kernel/text"
)

// class is the style of a status; colour never stands alone, see Status.
func (s StatusKind) class() string {
	switch s {
	case OK:
		return "ok"
	case Near:
		return "near"
	case Miss:
		return "miss"
	case None:
		return "none"
	}
	return ""
}

// PromiseStatus judges a promise by the day it is on: late after its last day, near on it.
func PromiseStatus(elapsed, promised int) StatusKind {
	switch {
	case promised <= 0:
		return None
	case elapsed > promised:
		return Miss
	case elapsed == promised:
		return Near
	}
	return OK
}

// PromiseWords says on which promised day an item is, or how late: "dag 4 av 5", "1 dag sen".
func PromiseWords(ctx context.Context, elapsed, promised int) string {
	switch {
	case promised <= 0:
		return text.T(ctx, "inget löfte")
	case elapsed > promised:
		return text.N(ctx, int64(elapsed-promised), "%s dag sen", "%s dagar sen")
	}
	return text.F(ctx, "dag %d av %d", elapsed, promised)
}

// meterMost is the longest promise drawn as squares; a longer one is only said in words.
const meterMost = 12

// squares tells of each promised day whether it has passed.
func squares(elapsed, promised int) []bool {
	if promised <= 0 || promised > meterMost {
		return nil
	}
	days := make([]bool, promised)
	for i := range days {
		days[i] = i < elapsed
	}
	return days
}

// squares is how many of the four squares are filled.
func (c Confidence) squares() int {
	if c.Computed || c.Percent >= 90 {
		return 4
	}
	return min(max((c.Percent+12)/25, 1), 3)
}

// shortcut is a drawn key as aria-keyshortcuts spells it.
func shortcut(key string) string {
	switch key {
	case "↵":
		return "Enter"
	case "→":
		return "ArrowRight"
	case "←":
		return "ArrowLeft"
	case "Esc":
		return "Escape"
	}
	return key
}

// class is the style of a cell: its side, its tone, whether a phone leaves it out. Without allocation: a page has
// thousands of cells.
func (k CellKind) class(c Col) string {
	if c.Sentence {
		return "sentence"
	}
	if k == "" {
		k = c.Kind
	}
	i := 0
	switch {
	case k.Right():
		i = 1
	case k == CellCode:
		i = 2
	case k == CellDate || k == CellTime:
		i = 3
	}
	if c.Secondary {
		i += 4
	}
	return [...]string{"", "n", "quiet", "nw", "hidep", "n hidep", "quiet hidep", "nw hidep"}[i]
}

func (v FormView) errorOf(f FieldView) string {
	if f.Error != "" {
		return f.Error
	}
	for _, e := range v.Errors {
		if e.Field == f.Name {
			return e.Text
		}
	}
	return ""
}

// problems lists every error once, those of the fields in the order of the fields.
func (v FormView) problems() []FieldError {
	var all []FieldError
	for _, e := range v.Errors {
		if e.Field == "" {
			all = append(all, e)
		}
	}
	for _, f := range v.Fields {
		if e := v.errorOf(f); e != "" {
			all = append(all, FieldError{Field: f.Name, Text: e})
		}
	}
	return all
}

// described names the elements that belong to a field, for aria-describedby.
func described(id, help, problem, unit string) string {
	var ids []string
	if help != "" {
		ids = append(ids, id+"-help")
	}
	if problem != "" {
		ids = append(ids, id+"-error")
	}
	if unit != "" {
		ids = append(ids, id+"-unit")
	}
	return strings.Join(ids, " ")
}

// inputType is the type attribute of a one-line field.
func (k FieldKind) inputType() string {
	switch k {
	case FieldEmail, FieldPhone, FieldPassword, FieldFile:
		return string(k)
	}
	return "text"
}

// inputMode chooses the keyboard of a phone.
func (k FieldKind) inputMode() string {
	switch k {
	case FieldMoney:
		return "decimal"
	case FieldNumber, FieldOrg, FieldDate:
		return "numeric"
	}
	return ""
}

// width is the class that fits a field to what is written in it.
func (k FieldKind) width() string {
	switch k {
	case FieldMoney, FieldDate, FieldOrg, FieldPhone:
		return "medium"
	case FieldNumber:
		return "short"
	}
	return "full"
}

func num(n int) string { return strconv.Itoa(n) }

func version(n int64) string { return strconv.FormatInt(n, 10) }

// share is done of total in whole per cent, for a progress bar.
func (p ProgressView) share() string {
	if p.Total <= 0 {
		return ""
	}
	n, _ := text.Share(min(p.Done, p.Total), p.Total, 0)
	return text.Int(n) + "\u00a0%"
}

func (v FrameView) scheme() string { return cmp.Or(v.Scheme, "auto") }

func (v FrameView) keys() string {
	if v.Person != nil && v.Person.KeysOff {
		return "off"
	}
	return "on"
}

func (l Layout) class() string {
	switch l {
	case Listing:
		return "list"
	case Item:
		return "item-page"
	case Board:
		return "board"
	case Reading:
		return "reading"
	case Narrow:
		return "narrow"
	}
	return ""
}

// used counts the filters behind "Fler filter" that are in use.
func used(filters []Filter) (n int) {
	for _, f := range filters {
		if f.More && f.Value != "" {
			n++
		}
	}
	return n
}

func hasMore(filters []Filter) bool {
	for _, f := range filters {
		if f.More {
			return true
		}
	}
	return false
}

// rowName is what a row is called when it is marked.
func rowName(r Row) string {
	if r.Name != "" || len(r.Cells) == 0 {
		return cmp.Or(r.Name, r.ID)
	}
	return r.Cells[0].Text
}

// shownMost is how many buttons stand beside each other on a small desktop.
const shownMost = 5

// split parts the buttons of the bar into those that stand in it and those behind "Fler åtgärder". Where there are
// too many, what cannot be done now gives way; a few that are all quiet need not be opened.
func (v ActionsView) split() (shown, quiet []Button) {
	many := 0
	for _, b := range v.Buttons {
		if !b.Quiet {
			many++
		}
	}
	for _, b := range v.Buttons {
		if b.Quiet || b.Closed && many > shownMost {
			quiet = append(quiet, b)
		} else {
			shown = append(shown, b)
		}
	}
	if len(shown) == 0 && len(quiet) <= shownMost {
		return quiet, nil
	}
	return shown, quiet
}

// empty reports whether there is nothing to do and nothing to say.
func (v *ActionsView) empty() bool {
	return v == nil || len(v.Buttons) == 0 && len(v.Text) == 0 && v.Next.URL == ""
}

// firstWhy is the reason that stands in the bar itself, so that nobody needs to open anything to read it.
func (v ActionsView) firstWhy() string {
	shown, _ := v.split()
	for _, b := range shown {
		if b.Closed {
			return b.Why
		}
	}
	return ""
}

// keyed are the attributes by which a key presses a link or a button. Pages without script show no keys.
func keyed(key string) templ.Attributes {
	if key == "" {
		return nil
	}
	return templ.Attributes{"data-key": key, "aria-keyshortcuts": shortcut(key)}
}

func current(is bool, what string) templ.Attributes {
	if !is {
		return nil
	}
	return templ.Attributes{"aria-current": what}
}

func poll(url string) templ.Attributes {
	if url == "" {
		return nil
	}
	return templ.Attributes{
		"hx-get": url, "hx-trigger": "every 15s", "hx-select": "#main", "hx-target": "#main", "hx-swap": "outerMorph",
	}
}

func seconds(n int) templ.Attributes {
	if n <= 0 {
		return nil
	}
	return templ.Attributes{"data-seconds": num(n)}
}

func truth(is bool) string {
	if is {
		return "true"
	}
	return "false"
}

func onOff(is bool) string {
	if is {
		return "on"
	}
	return "off"
}

// variant is the filled button for the recommended choice, of which a page has one, and the outlined for the others.
func variant(recommended bool) string {
	if recommended {
		return "primary"
	}
	return "secondary"
}

// again are the attributes by which a progress asks for itself until it is finished.
func again(v ProgressView) templ.Attributes {
	if v.Finished || v.Poll == "" {
		return nil
	}
	return templ.Attributes{"hx-get": v.Poll, "hx-trigger": "every 1s", "hx-swap": "outerMorph"}
}

func titleAt(titles []string, i int) string {
	if i < len(titles) {
		return titles[i]
	}
	return ""
}

// filled is the fill of a square of the confidence.
func filled(is bool) string {
	if is {
		return "fa"
	}
	return "ft"
}

func columnAt(columns []Col, i int) Col {
	if i < len(columns) {
		return columns[i]
	}
	return Col{}
}

// promiseCell judges by the days unless the row's owner has judged already.
func promiseCell(c Cell) StatusKind {
	if c.Status != Unmarked {
		return c.Status
	}
	return PromiseStatus(c.Elapsed, c.Promised)
}

func rowAmount(r Row) templ.Attributes {
	if r.Amount == 0 {
		return nil
	}
	return templ.Attributes{"data-amount": version(r.Amount)}
}

// bulkKeyed are the attributes of an action on marked rows: its key acts only while rows are marked.
func bulkKeyed(key string) templ.Attributes {
	if key == "" {
		return nil
	}
	return templ.Attributes{"data-bulk-key": key, "aria-keyshortcuts": shortcut(key)}
}

// bulkField names a field after its step, since the fields of all steps travel in one form, and asks nothing of it in
// the browser: a required field of one step would stop the others.
func bulkField(a BulkAction, f FieldView) FieldView {
	f.Name = a.Step + "." + f.Name
	f.Required = false
	return f
}

func draft(v FormView) templ.Attributes {
	if v.Draft == "" {
		return nil
	}
	return templ.Attributes{"data-draft": v.Draft + "@" + version(v.Version)}
}

// fieldAria are the attributes that tie a control to its help, its error and its kind.
func fieldAria(ctx context.Context, f FieldView, problem, id string) templ.Attributes {
	a := templ.Attributes{}
	if ids := described(id, f.Help, problem, f.Unit); ids != "" {
		a["aria-describedby"] = ids
	}
	if problem != "" {
		a["aria-invalid"] = "true"
	}
	if f.Required {
		a["required"] = true
	}
	if f.Autocomplete != "" {
		a["autocomplete"] = f.Autocomplete
	}
	if mode := f.Kind.inputMode(); mode != "" {
		a["inputmode"] = mode
	}
	if f.Kind == FieldDate {
		a["placeholder"] = text.T(ctx, "ÅÅÅÅ-MM-DD")
	}
	if f.MaxLength > 0 {
		a["maxlength"] = num(f.MaxLength)
	}
	if f.Suggest != "" {
		a["list"], a["autocomplete"] = id+"-list", "off"
		a["hx-get"], a["hx-trigger"] = f.Suggest, "input changed delay:150ms"
		a["hx-target"], a["hx-swap"] = "#"+id+"-list", "innerHTML"
	}
	return a
}

func person(p *Person) templ.Attributes {
	if p == nil || p.ID == "" {
		return nil
	}
	return templ.Attributes{"data-person": p.ID}
}

// after puts a separator before words that exist.
func after(separator, words string) string {
	if words == "" {
		return ""
	}
	return separator + words
}

func titled(words string) templ.Attributes {
	if words == "" {
		return nil
	}
	return templ.Attributes{"title": words}
}

// plain cells are written directly: a component for each of a page's thousands of cells costs more than its text.
func (c Cell) plain(col Col) bool {
	k := c.Kind
	if k == "" {
		k = col.Kind
	}
	return k != CellStatus && k != CellPromise && c.URL+c.Post+c.Sub == "" && c.Status == Unmarked && c.Drawing == nil
}

// class is the look and the length of a stretch; lengths are classes, since inline style is refused.
func (p DayPart) class() string {
	kind := [...]string{"", "ph ", "fr ", "aw "}[min(p.Kind, Away)]
	return kind + "w-" + num(min(max(p.HalfHours, 1), 20))
}

// Within puts components into one that takes children, for pages put together in Go.
func Within(frame templ.Component, body ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return frame.Render(templ.WithChildren(ctx, templ.Join(body...)), w)
	})
}
