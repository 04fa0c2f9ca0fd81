package web

import (
	"bytes"
	"errors"
	"testing"

	"github.com/xuri/excelize/v2"

	"kontor/kernel/money"
	"kontor/kernel/ui"
)

func TestDownloadOfATable(t *testing.T) {
	table := ui.TableView{
		Columns: []ui.Col{{Label: "Konto"}, {Label: "Saldo, kr", Kind: ui.CellMoney}, {Label: "Rader", Kind: ui.CellNumber}},
		Rows: []ui.Row{
			{Cells: []ui.Cell{{Text: "=1930 Bank; löpande"}, {Text: (-money.Kronor(1_234_567) - 5).String()}, {Text: "1\u00a0200"}}},
			{Cells: []ui.Cell{{Text: "2010"}}},
		},
		Foot: []ui.Cell{{Text: "Summa"}, {Text: "0,00"}},
	}
	a, err := Download(table, "saldon", ".csv")
	want := "\ufeffKonto;Saldo, kr;Rader\r\n\"'=1930 Bank; löpande\";-1234567,05;1200\r\n2010;;\r\nSumma;0,00;\r\n"
	if err != nil || string(a.File) != want || a.Name != "saldon.csv" {
		t.Errorf("%q, %q, %v", a.File, a.Name, err)
	}
	if a, err = Download(table, "saldon", ".xlsx"); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(a.File))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	raw, err := book.GetCellValue("Sheet1", "B2", excelize.Options{RawCellValue: true})
	words, _ := book.GetCellValue("Sheet1", "A2")
	if err != nil || raw != "-1234567.05" || words != "'=1930 Bank; löpande" {
		t.Errorf("%q, %q, %v", raw, words, err)
	}
	if _, err := Download(table, "saldon", ".exe"); !errors.Is(err, errEnding) {
		t.Errorf("%v", err)
	}
}
