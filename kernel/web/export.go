package web

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/list"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
)

var errSheet = fault.New(fault.Invalid, "WEB-010", "Listan har fler rader än ett kalkylblad rymmer. Filtrera listan, eller hämta den som CSV.")

// errBegun ends an export whose first rows have already been sent: it cannot be
// run again from the start.
var errBegun = errors.New("the export had begun")

const sheetRows = 1_048_575 // below the heading; the format's limit

// export sends the whole list, as it is filtered and sorted, row by row.
func (v *visit) export(s *list.Spec, ending string) error {
	a := ask(s, v.r.URL.Query())
	a.After = ""
	if err := v.who.allows(s.Need); err != nil {
		return err
	}
	name := s.Name + "-" + v.s.door.Now().UTC().Format(time.DateOnly) + ending
	v.w.Header().Set("Content-Disposition", disposition("attachment", name))
	begun := false
	return v.view(func(o *op.Op) error {
		if begun {
			return errBegun
		}
		c, err := v.s.site.cells(o, s)
		if err != nil {
			return err
		}
		if _, err := s.Run(o, list.Query{View: a.View, Sort: a.Sort, Filters: a.Filters, Search: a.Search, Limit: 1, NoCount: true}); err != nil {
			return err // before anything is sent
		}
		switch ending {
		case ".xlsx":
			return v.sheet(o, s, a.Query, c)
		case ".json":
			begun, v.late = true, true
			return v.jsonRows(o, s, a.Query)
		}
		begun, v.late = true, true
		return v.csv(o, s, a.Query, c)
	})
}

// csv is what Swedish spreadsheets open: semicolons, decimal commas and a mark
// that says UTF-8.
func (v *visit) csv(o *op.Op, s *list.Spec, q list.Query, c *cells) error {
	v.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	if _, err := v.w.Write([]byte("\ufeff")); err != nil {
		return err
	}
	w := csv.NewWriter(v.w)
	w.Comma, w.UseCRLF = ';', true
	row := make([]string, len(s.Columns))
	for i, col := range s.Columns {
		row[i] = text.Cell(text.T(o, cmp.Or(col.Label, col.Key)))
	}
	if err := w.Write(row); err != nil {
		return err
	}
	err := s.Each(o, q, func(r list.Row) error {
		for i := range s.Columns {
			row[i] = c.plain(i, r.Values[i])
		}
		return w.Write(row)
	})
	if err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

// plain is a value as a spreadsheet reads it: no spaces between thousands.
func (c *cells) plain(i int, v any) string {
	kind := c.spec.Columns[i].Kind
	if c.words[i] != nil && v != nil {
		return text.Cell(c.word(i, v))
	}
	switch v := v.(type) {
	case int64:
		if kind == list.ID {
			return idText(v)
		}
		if kind == list.Money {
			return strings.Replace(money.Amount(v).Plain(), ".", ",", 1)
		}
		return strconv.FormatInt(v, 10)
	case string:
		return text.Cell(v)
	}
	return c.text(i, v)
}

// sheet is an Excel workbook, made in a file beside the memory and sent whole.
func (v *visit) sheet(o *op.Op, s *list.Spec, q list.Query, c *cells) error {
	book := excelize.NewFile()
	defer book.Close() //nolint:errcheck // only a temporary file
	styles, err := sheetStyles(book)
	if err != nil {
		return err
	}
	w, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	row := make([]any, len(s.Columns))
	for i, col := range s.Columns {
		row[i] = excelize.Cell{StyleID: styles.head, Value: text.Cell(text.T(o, cmp.Or(col.Label, col.Key)))}
	}
	if err := w.SetRow("A1", row); err != nil {
		return err
	}
	n := 1
	err = s.Each(o, q, func(r list.Row) error {
		if n++; n > sheetRows+1 {
			return errSheet.Because("list %s", s.Name)
		}
		for i := range s.Columns {
			row[i] = c.sheetCell(i, r.Values[i], styles)
		}
		return w.SetRow("A"+strconv.Itoa(n), row)
	})
	if err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	v.late = true
	return book.Write(v.w)
}

type sheetLooks struct{ head, money, date, moment int }

func sheetStyles(book *excelize.File) (s sheetLooks, err error) {
	format := func(f string) int {
		var n int
		if err == nil {
			n, err = book.NewStyle(&excelize.Style{CustomNumFmt: &f})
		}
		return n
	}
	s.money, s.date, s.moment = format("#,##0.00"), format("yyyy-mm-dd"), format("yyyy-mm-dd hh:mm")
	if err == nil {
		s.head, err = book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	}
	return s, err
}

// sheetCell is a value as a typed cell.
func (c *cells) sheetCell(i int, v any, s sheetLooks) any {
	kind := c.spec.Columns[i].Kind
	if c.words[i] != nil && v != nil {
		return text.Cell(c.word(i, v))
	}
	switch v := v.(type) {
	case int64:
		if kind == list.Money {
			return excelize.Cell{StyleID: s.money, Value: kronor(v)}
		}
		if kind == list.ID {
			return idText(v)
		}
		if v > 1e15 || v < -1e15 {
			return strconv.FormatInt(v, 10) // a spreadsheet keeps fifteen digits
		}
		return v
	case time.Time:
		if kind == list.Time {
			return excelize.Cell{StyleID: s.moment, Value: wall(v)}
		}
		if civil(v) == flow.NoPromise {
			return nil
		}
		return excelize.Cell{StyleID: s.date, Value: v}
	case string:
		return text.Cell(v)
	case nil:
		return nil
	}
	return c.text(i, v)
}

// kronor is an amount as the file format knows numbers: binary. It is exact to
// the öre when it is read back, which a test holds for all amounts of fifteen
// digits; larger ones are text. Nothing is computed with it.
func kronor(ore int64) any {
	if ore > 999_999_999_999_999 || ore < -999_999_999_999_999 {
		return money.Amount(ore).Plain()
	}
	return float64(ore) / 100
}

// wall is the office's time on the wall, as if it were UTC: cells have no zone.
func wall(t time.Time) time.Time {
	l := t.In(period.Stockholm)
	return time.Date(l.Year(), l.Month(), l.Day(), l.Hour(), l.Minute(), l.Second(), 0, time.UTC)
}

// jsonRows is the list as the API gives its rows, without an end.
func (v *visit) jsonRows(o *op.Op, s *list.Spec, q list.Query) error {
	v.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	glue := "[\n"
	err := s.Each(o, q, func(r list.Row) error {
		b, err := json.Marshal(rowFields(s, r))
		if err == nil {
			_, err = fmt.Fprintf(v.w, "%s%s", glue, b)
		}
		glue = ",\n"
		return err
	})
	if err != nil {
		return err
	}
	if glue == "[\n" {
		_, err = v.w.Write([]byte("[]\n"))
		return err
	}
	_, err = v.w.Write([]byte("\n]\n"))
	return err
}

// rowFields is a row for the API. Identities and amounts are texts, since they
// pass what JSON numbers hold exactly.
func rowFields(s *list.Spec, r list.Row) map[string]any {
	m := map[string]any{"id": r.Key()}
	if !s.Global {
		m["client"] = r.Client.String()
	}
	if s.Version != "" {
		m["version"] = r.Version
	}
	for i, c := range s.Columns {
		m[column(c.Key)] = apiValue(c.Kind, r.Values[i])
	}
	return m
}

// column is the name of a column in the API, where three names are taken by
// what every row has.
func column(key string) string {
	switch key {
	case "id", "client", "version":
		return key + "_shown"
	}
	return key
}

func apiValue(k list.Kind, v any) any {
	switch v := v.(type) {
	case int64:
		if k == list.Money {
			return money.Amount(v).Plain()
		}
		if k == list.ID {
			return idText(v)
		}
		return v
	case time.Time:
		if k == list.Time {
			return v.Format(time.RFC3339Nano)
		}
		if civil(v) == flow.NoPromise {
			return nil
		}
		return civil(v).String()
	}
	return v
}
