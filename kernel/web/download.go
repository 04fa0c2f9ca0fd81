package web

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"kontor/kernel/fault"
	"kontor/kernel/money"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

var errEnding = fault.New(fault.NotFound, "WEB-011", "Tabellen finns som CSV och som kalkylark. Välj ett av dem.")

// Download is a table of a page as a file: ".csv" as Swedish spreadsheets open
// it, or ".xlsx". The name is without its ending.
func Download(t ui.TableView, name, ending string) (Answer, error) {
	rows := make([][]string, 0, len(t.Rows)+2)
	head := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = c.Label
	}
	rows = append(rows, head)
	for _, r := range t.Rows {
		rows = append(rows, texts(r.Cells, len(head)))
	}
	if len(t.Foot) > 0 {
		rows = append(rows, texts(t.Foot, len(head)))
	}
	a := Answer{Name: name + ending}
	var err error
	switch ending {
	case ".csv":
		a.Media = "text/csv"
		a.File, err = tableCSV(t, rows)
	case ".xlsx":
		a.Media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
		a.File, err = tableSheet(t, rows)
	default:
		err = errEnding.Because("download %s%s", name, ending)
	}
	return a, err
}

// DownloadLinks lead to the same page as a file: the address of the request with
// the parameter fil.
func DownloadLinks(r *http.Request, csv, sheet string) []ui.Link {
	q := r.URL.Query()
	link := func(label, ending string) ui.Link {
		q.Set("fil", ending)
		return ui.Link{Label: label, URL: r.URL.Path + "?" + q.Encode(), Download: true}
	}
	return []ui.Link{link(csv, "csv"), link(sheet, "xlsx")}
}

// Ending is the file that was asked for by DownloadLinks; "" for the page.
func Ending(r *http.Request) string {
	if s := r.URL.Query().Get("fil"); s != "" {
		return "." + s
	}
	return ""
}

func texts(cells []ui.Cell, n int) []string {
	all := make([]string, n)
	for i := range min(n, len(cells)) {
		all[i] = cells[i].Text
	}
	return all
}

// numeric are the characters of an amount that a spreadsheet does not read.
var numeric = strings.NewReplacer("\u00a0", "", "\u2009", "", " ", "", "\u2212", "-")

func tableCSV(t ui.TableView, rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = ';', true
	for n, r := range rows {
		for i := range r {
			if n > 0 && t.Columns[i].Kind.Right() {
				r[i] = numeric.Replace(r[i])
				continue
			}
			r[i] = text.Cell(r[i])
		}
		if err := w.Write(r); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func tableSheet(t ui.TableView, rows [][]string) ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close() //nolint:errcheck // only a temporary file
	styles, err := sheetStyles(book)
	if err != nil {
		return nil, err
	}
	w, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return nil, err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	for n, r := range rows {
		cells := make([]any, len(r))
		for i, s := range r {
			cells[i] = tableCell(t.Columns[i].Kind, s, n == 0, styles)
		}
		if err := w.SetRow("A"+strconv.Itoa(n+1), cells); err != nil {
			return nil, err
		}
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	b, err := book.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func tableCell(k ui.CellKind, s string, head bool, styles sheetLooks) any {
	switch {
	case head:
		return excelize.Cell{StyleID: styles.head, Value: text.Cell(s)}
	case s == "":
		return nil
	case k == ui.CellMoney:
		if a, err := money.Parse(s); err == nil {
			return excelize.Cell{StyleID: styles.money, Value: kronor(int64(a))}
		}
	case k == ui.CellNumber:
		if n, err := strconv.ParseInt(numeric.Replace(s), 10, 64); err == nil {
			return n
		}
	}
	return text.Cell(s)
}
