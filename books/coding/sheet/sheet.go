// Package sheet is the table of a page in which coding lines are written, and the
// reading of what was written.
//
// # Words
//
// A [Sheet] has [Column]s, of which a page chooses those that it asks for, and a
// [Row] for each line. A line between two clients has two sides, each with the
// codes of its own plan: the second is the other party's.
//
// # What always holds
//
//   - What was written stands there again as it was written, each fault at its field.
//   - Empty rows are not lines.
//
// # Not here
//
// What the lines together must be: the rules of the module that asks.
package sheet

import (
	"slices"
	"strconv"
	"strings"

	"kontor/books/coding"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
)

// Kind is what is written in a column.
type Kind int

// The kinds. A row has one amount: in a column of signed amounts, or in one of
// debit and credit.
const (
	Code Kind = iota
	Words
	Signed
	Debit
	Credit
)

// Column is a column of a sheet.
type Column struct {
	Name    string // of its fields, before the number of the row
	Label   string // Swedish
	Size    string // how many characters a field has room for at least
	Kind    Kind
	Segment coding.Segment // of a code
	Side    int            // of a code: 0 the client's own, 1 the other party's
}

// money reports whether amounts are written in the column.
func (c Column) money() bool { return c.Kind >= Signed }

// Of is what a line of the client's own side says in the column.
func (c Column) Of(l *coding.Line) string {
	switch {
	case c.Kind == Code:
		return l.Code(c.Segment)
	case c.Kind == Words:
		return l.Text
	case c.Kind == Debit && l.Amount <= 0, c.Kind == Credit && l.Amount >= 0:
		return ""
	case c.Kind == Credit:
		return (-l.Amount).String()
	}
	return l.Amount.String()
}

// Codes are the columns of the code string, and after them more.
func Codes(more ...Column) []Column {
	return append([]Column{
		{Name: "account", Label: "Konto", Segment: coding.Account, Size: "6"},
		{Name: "unit", Label: "Ansvar", Segment: coding.Unit, Size: "6"},
		{Name: "activity", Label: "Verksamhet", Segment: coding.Activity, Size: "6"},
		{Name: "project", Label: "Projekt", Segment: coding.Project, Size: "6"},
		{Name: "counterpart", Label: "Motpart", Segment: coding.Counterpart, Size: "5"},
		{Name: "object", Label: "Objekt", Segment: coding.Object, Size: "5"},
	}, more...)
}

// Row is what is written on a row, by column, and what is wrong with it, by the
// name of the column.
type Row struct {
	Values []string
	Wrong  map[string]string
}

// rowsMost bounds what is read; suggestMost is how many codes of a segment are
// suggested, the rest are typed.
const (
	rowsMost    = 300
	suggestMost = 500
)

// Sheet is the table as it is shown and read.
type Sheet struct {
	Columns []Column
	Rows    []Row
	// Strict judges the codes by the plan as they are read.
	Strict bool
	// Only is the amount of an only row that leaves it out.
	Only money.Amount
	// Whole is what the rows are to be together, and what that is called; "" where
	// nothing is said of it.
	Whole      money.Amount
	WholeLabel string

	day   period.Date
	plans []*coding.Plan
}

// New makes an empty sheet for a day. Plans are those of the sides; a side whose
// client is not chosen yet has nil.
func New(columns []Column, day period.Date, plans ...*coding.Plan) *Sheet {
	return &Sheet{Columns: columns, day: day, plans: plans}
}

// Show adds a row for each line; others are the other party's sides, where there
// are any.
func (s *Sheet) Show(lines []coding.Line, others []coding.Line) {
	for i := range lines {
		r := Row{Values: make([]string, len(s.Columns))}
		for j, c := range s.Columns {
			l := &lines[i]
			if c.Side == 1 {
				if i >= len(others) {
					continue
				}
				l = &others[i]
			}
			r.Values[j] = c.Of(l)
		}
		s.Rows = append(s.Rows, r)
	}
}

// More adds empty rows to write on.
func (s *Sheet) More(n int) {
	for range n {
		s.Rows = append(s.Rows, Row{Values: make([]string, len(s.Columns))})
	}
}

// Calm takes away what is said to be wrong: somebody who asks for more rows is not
// done.
func (s *Sheet) Calm() {
	for i := range s.Rows {
		s.Rows[i].Wrong = nil
	}
}

// Problem says that rows are wrong; "" when none is.
func (s *Sheet) Problem(o *op.Op) string {
	if slices.ContainsFunc(s.Rows, func(r Row) bool { return len(r.Wrong) > 0 }) {
		return text.T(o, "Några rader behöver rättas. Det står vid fälten.")
	}
	return ""
}

// Read takes what was written, and says at its field what is wrong. An other
// party's line has the opposite amount.
func (s *Sheet) Read(o *op.Op, value func(field string) string) (lines, others []coding.Line) {
	s.Rows = nil
	for i := range rowsMost {
		r := Row{Values: make([]string, len(s.Columns)), Wrong: map[string]string{}}
		filled := false
		for j, c := range s.Columns {
			r.Values[j] = strings.TrimSpace(value(c.Name + strconv.Itoa(i)))
			filled = filled || r.Values[j] != ""
		}
		if filled {
			s.Rows = append(s.Rows, r)
		}
	}
	for i := range s.Rows {
		own, other := s.line(o, &s.Rows[i])
		lines, others = append(lines, own), append(others, other)
	}
	return lines, others
}

func (s *Sheet) line(o *op.Op, r *Row) (own, other coding.Line) {
	for j, c := range s.Columns {
		switch {
		case c.Kind == Words:
			own.Text, other.Text = r.Values[j], r.Values[j]
		case c.Kind == Code && c.Side == 1:
			other.Set(c.Segment, r.Values[j])
		case c.Kind == Code:
			own.Set(c.Segment, r.Values[j])
		}
	}
	own.Amount = s.amount(o, r)
	other.Amount = -own.Amount
	if s.Strict {
		s.judge(o, r, own, 0)
	}
	return own, other
}

func (s *Sheet) judge(o *op.Op, r *Row, l coding.Line, side int) {
	for _, x := range s.plans[side].Check(l, s.day) {
		for _, c := range s.Columns {
			if c.Kind == Code && c.Side == side && c.Segment == x.Segment {
				r.Wrong[c.Name] = text.Stored(o, x.Text)
			}
		}
	}
}

// amount reads the amount of a row.
func (s *Sheet) amount(o *op.Op, r *Row) (sum money.Amount) {
	first, last, said := "", "", 0
	for j, c := range s.Columns {
		if !c.money() {
			continue
		}
		if first == "" {
			first = c.Name
		}
		if r.Values[j] == "" {
			continue
		}
		a, err := money.Parse(r.Values[j])
		switch {
		case err != nil:
			f := fault.Of(err)
			r.Wrong[c.Name] = text.F(o, f.Text, f.Args...)
		case c.Kind != Signed && a < 0:
			r.Wrong[c.Name] = text.T(o, "Skriv beloppet utan minustecken, i den andra kolumnen om det är tvärtom.")
		}
		if a != 0 {
			last, said = c.Name, said+1
		}
		if c.Kind == Credit {
			a = -a
		}
		sum += a
	}
	switch {
	case said > 1:
		r.Wrong[last] = text.T(o, "Skriv antingen debet eller kredit på raden.")
	case said == 0 && len(s.Rows) == 1 && s.Only != 0 && len(r.Wrong) == 0:
		return s.Only
	case said == 0 && len(r.Wrong) == 0:
		r.Wrong[first] = text.T(o, "Skriv ett belopp som inte är noll, eller töm raden.")
	}
	return sum
}

// sum is what the rows say in a column of amounts; what cannot be read counts as
// nothing.
func (s *Sheet) sum(column int) (sum money.Amount) {
	for _, r := range s.Rows {
		if a, err := money.Parse(r.Values[column]); err == nil {
			sum += a
		}
	}
	return sum
}

// plain is how many columns there are before those of amounts.
func (s *Sheet) plain() int {
	return slices.IndexFunc(s.Columns, Column.money)
}

// suggested are the open codes of a column that may be coded on by hand.
func (s *Sheet) suggested(c Column) (all []form.Option) {
	if c.Kind != Code || c.Side >= len(s.plans) || s.plans[c.Side] == nil {
		return nil
	}
	values := s.plans[c.Side].Values(c.Segment, s.day)
	for _, x := range values[:min(len(values), suggestMost)] {
		if x.Control == "" {
			all = append(all, form.Option{Value: x.Code, Label: x.Name})
		}
	}
	return all
}
