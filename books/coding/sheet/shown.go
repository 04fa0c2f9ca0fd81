package sheet

import (
	"context"
	"slices"
	"strings"

	"kontor/books/coding"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

// Shown is lines as they are read, with the names of their accounts. A column that
// says nothing is left out, but for those that every line should have.
func Shown(o *op.Op, caption string, plan *coding.Plan, columns []Column, lines []coding.Line) ui.TableView {
	t := ui.TableView{Caption: caption, Titled: true}
	used := slices.DeleteFunc(slices.Clone(columns), func(c Column) bool { return !says(lines, c) })
	summed := false
	for _, c := range used {
		col := ui.Col{Label: text.T(o, c.Label)}
		switch {
		case c.money():
			col.Kind, summed = ui.CellMoney, summed || c.Kind == Debit
		case c.Kind == Code && c.Segment != coding.Account:
			col.Kind = ui.CellCode
		}
		t.Columns = append(t.Columns, col)
	}
	for i := range lines {
		var r ui.Row
		for _, c := range used {
			cell := ui.Cell{Text: c.Of(&lines[i])}
			switch {
			case c.Segment == coding.Account:
				cell.Text += " " + plan.Name(c.Segment, cell.Text)
			case c.Kind == Code:
				cell.Title = plan.Name(c.Segment, cell.Text)
			}
			r.Cells = append(r.Cells, cell)
		}
		t.Rows = append(t.Rows, r)
	}
	if summed {
		t.Foot = foot(o, used, lines)
	}
	return t
}

// foot sums debit and credit.
func foot(o *op.Op, columns []Column, lines []coding.Line) []ui.Cell {
	var debit, credit money.Amount
	for i := range lines {
		debit, credit = debit+max(lines[i].Amount, 0), credit-min(lines[i].Amount, 0)
	}
	cells := make([]ui.Cell, len(columns))
	cells[0].Text = text.T(o, "Summa")
	for j, c := range columns {
		switch c.Kind {
		case Debit:
			cells[j].Text = debit.String()
		case Credit:
			cells[j].Text = credit.String()
		}
	}
	return cells
}

// says reports whether a column has something in it; account, unit, activity and
// amounts always stand there.
func says(lines []coding.Line, c Column) bool {
	switch c.Segment {
	case coding.Account, coding.Unit, coding.Activity:
		return true
	}
	return c.money() || slices.ContainsFunc(lines, func(l coding.Line) bool { return c.Of(&l) != "" })
}

// InWords is lines as one sentence of names.
func InWords(ctx context.Context, plan *coding.Plan, lines []coding.Line) string {
	said := func(s coding.Segment, code string) string {
		if name := plan.Name(s, code); name != "" {
			return name + " (" + code + ")"
		}
		return code
	}
	all := make([]string, len(lines))
	for i, l := range lines {
		words := said(coding.Account, l.Account)
		if l.Unit != "" {
			words = text.F(ctx, "%s på %s", words, said(coding.Unit, l.Unit))
		}
		if l.Project != "" {
			words += ", " + said(coding.Project, l.Project)
		}
		all[i] = words + " " + l.Amount.String() + " kr"
	}
	return strings.Join(all, "; ") + "."
}
