package web

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/workday"
)

// A column of kind Promise holds the last day that keeps the promise. Two hidden
// columns beside it, "<key>.days" with the promised days and "<key>.over" that
// tells whether the item has been handled, make a meter of it.
const (
	promiseDays = ".days"
	promiseOver = ".over"
)

// cells makes rows of a list ready to be shown. It is made once for a page.
type cells struct {
	ctx      context.Context
	op       *op.Op
	spec     *list.Spec
	calendar *workday.Calendar
	today    period.Date
	words    []map[string]string // of each column that shows labels
	shown    []int               // the columns of the page
	at       map[string]int      // column by key
}

func (s *Site) cells(o *op.Op, spec *list.Spec) (*cells, error) {
	c := &cells{ctx: o, op: o, spec: spec, calendar: s.Calendar, today: period.DateOf(o.Now), words: make([]map[string]string, len(spec.Columns)), at: map[string]int{}}
	for i, col := range spec.Columns {
		c.at[col.Key] = i
		if !col.Hidden {
			c.shown = append(c.shown, i)
		}
		options := col.Options
		if col.Kind == list.Status {
			options = spec.States
		}
		if col.Choices != nil {
			var err error
			if options, err = col.Choices(o); err != nil {
				return nil, err
			}
		}
		if options != nil {
			c.words[i] = labels(o, options)
		}
	}
	return c, nil
}

func labels(ctx context.Context, options []form.Option) map[string]string {
	m := make(map[string]string, len(options))
	for _, o := range options {
		m[o.Value] = text.T(ctx, o.Label)
	}
	return m
}

// word is the label of a value: states and codes by their text, identities by
// their short text.
func (c *cells) word(i int, v any) string {
	words := c.words[i]
	switch v := v.(type) {
	case string:
		if w, ok := words[v]; ok {
			return w
		}
		return v
	case int64:
		if w, ok := words[strconv.FormatInt(v, 10)]; ok {
			return w
		}
		if w, ok := words[id.Text(v)]; ok {
			return w
		}
		return strconv.FormatInt(v, 10)
	}
	return ""
}

// row is one row as it is shown.
func (c *cells) row(r list.Row) ui.Row {
	row := ui.Row{ID: r.Key(), Version: r.Version, Cells: make([]ui.Cell, len(c.shown))}
	if c.spec.Opens == nil || c.spec.Opens(c.op, r) {
		row.URL = c.spec.Link(r)
	}
	for k, i := range c.shown {
		row.Cells[k] = c.cell(i, r)
		if n, ok := r.Values[i].(int64); ok && c.spec.Columns[i].Kind == list.Money && row.Amount == 0 {
			row.Amount = n
		}
	}
	return row
}

var kindOf = map[list.Kind]ui.CellKind{
	list.Whole: ui.CellNumber, list.Money: ui.CellMoney, list.Date: ui.CellDate, list.Time: ui.CellTime, list.Status: ui.CellStatus,
	list.Promise: ui.CellPromise, list.Code: ui.CellCode, list.ID: ui.CellCode,
}

// tellMost is how many columns tell which row is meant.
const tellMost = 3

// telling are the places among the shown columns that tell which row is meant:
// the first ones, and the amount.
func (c *cells) telling() (at []int) {
	amount := false
	for k, i := range c.shown {
		switch kind := c.spec.Columns[i].Kind; {
		case kind == list.Money && !amount:
			amount = true
			at = append(at, k)
		case k < tellMost && kind != list.Status && kind != list.Promise:
			at = append(at, k)
		}
	}
	return at
}

// called is what tells a row from the others, in words.
func called(r ui.Row, told []int) string {
	var words []string
	for _, k := range told {
		if t := r.Cells[k].Text; t != "" {
			words = append(words, t)
		}
	}
	return strings.Join(words, ", ")
}

// column is a column's heading where it cannot be sorted by.
func (c *cells) column(i int) ui.Col {
	col := c.spec.Columns[i]
	u := ui.Col{Key: col.Key, Label: text.T(c.ctx, col.Label), Kind: kindOf[col.Kind]}
	if c.words[i] != nil && col.Kind != list.Status {
		u.Kind = ui.CellText
	}
	u.Sentence = col.Kind == list.Prose
	return u
}

func (c *cells) cell(i int, r list.Row) ui.Cell {
	col, v := c.spec.Columns[i], r.Values[i]
	if v == nil {
		return ui.Cell{}
	}
	switch col.Kind {
	case list.Status:
		return ui.Cell{Text: c.word(i, v), Status: ui.StatusOf(c.spec.Shapes[fmt.Sprint(v)])}
	case list.Promise:
		return c.promise(col.Key, r)
	}
	return ui.Cell{Text: c.text(i, v)}
}

// text is a value in Swedish form.
func (c *cells) text(i int, v any) string {
	kind := c.spec.Columns[i].Kind
	if c.words[i] != nil {
		return c.word(i, v)
	}
	switch v := v.(type) {
	case nil:
		return ""
	case int64:
		if kind == list.Money {
			return money.Amount(v).String()
		}
		if kind == list.ID {
			return idText(v)
		}
		return text.Int(v)
	case bool:
		return yesNo(c.ctx, v)
	case time.Time:
		if kind == list.Time {
			return Moment(v)
		}
		if d := civil(v); d != flow.NoPromise {
			return d.String()
		}
		return ""
	case string:
		return v
	}
	return fmt.Sprint(v)
}

// idText is an identity; nothing where there is none.
func idText(v int64) string {
	if v <= 0 {
		return ""
	}
	return id.Text(v)
}

func yesNo(ctx context.Context, v bool) string {
	if v {
		return text.T(ctx, "Ja")
	}
	return text.T(ctx, "Nej")
}

// civil is the date that a database gave as midnight in UTC.
func civil(t time.Time) period.Date { return period.NewDate(t.Year(), t.Month(), t.Day()) }

// promise says how near the last day is. The days that have passed are counted
// back from it, so that days with the client are left out of them.
func (c *cells) promise(key string, r list.Row) ui.Cell {
	at, ok := r.Values[c.at[key]].(time.Time)
	by := civil(at)
	if !ok || by == flow.NoPromise {
		return ui.Cell{Status: ui.None, Text: text.T(c.ctx, "inget löfte")}
	}
	if over, ok := c.value(r, key+promiseOver).(bool); ok && over {
		return ui.Cell{Kind: ui.CellDate, Text: by.String()}
	}
	days, _ := c.value(r, key+promiseDays).(int64)
	return promiseCell(c.ctx, c.calendar, c.today, by, int(days))
}

func promiseCell(ctx context.Context, calendar *workday.Calendar, today, by period.Date, days int) ui.Cell {
	cell := ui.Cell{Elapsed: days, Promised: days, Title: by.String()}
	switch late, left := 0, 0; {
	case calendar == nil:
		return ui.Cell{Kind: ui.CellDate, Text: by.String()}
	case today > by:
		if late = calendar.Workdays(by+1, today); late == 0 {
			cell.Status, cell.Text = ui.Near, text.T(ctx, "i dag") // a holiday after the last day breaks nothing
			return cell
		}
		cell.Status, cell.Elapsed = ui.Miss, days+late
		cell.Text = text.N(ctx, int64(late), "%s dag sen", "%s dagar sen")
	case today == by:
		cell.Status, cell.Text = ui.Near, text.T(ctx, "i dag")
	default:
		left = calendar.Workdays(today+1, by)
		cell.Status, cell.Elapsed = ui.OK, max(0, days-left)
		cell.Text = text.N(ctx, int64(left), "%s dag kvar", "%s dagar kvar")
		if days > 0 {
			cell.Text = text.F(ctx, "dag %d av %d", cell.Elapsed, days)
		}
	}
	if days <= 0 {
		cell.Elapsed, cell.Promised = 0, 0
	}
	return cell
}

func (c *cells) value(r list.Row, key string) any {
	i, ok := c.at[key]
	if !ok {
		return nil
	}
	return r.Values[i]
}
