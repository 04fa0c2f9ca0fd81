package ui

import "kontor/kernel/chart"

// ChartTable is the table beside a drawing: the same numbers, and the way to them for the keyboard.
func ChartTable(caption string, t chart.Table) *TableView {
	v := &TableView{Caption: caption, Columns: make([]Col, len(t.Head)), Rows: make([]Row, len(t.Rows))}
	for i, head := range t.Head {
		v.Columns[i] = Col{Label: head}
		if len(t.Rows) > 0 && i < len(t.Rows[0]) && t.Rows[0][i].Number {
			v.Columns[i].Kind = CellNumber
		}
	}
	for i, cells := range t.Rows {
		v.Rows[i].Cells = make([]Cell, len(cells))
		for j, c := range cells {
			v.Rows[i].Cells[j] = Cell{Text: c.Text, URL: c.URL}
		}
	}
	return v
}
