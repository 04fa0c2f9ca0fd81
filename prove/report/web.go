package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/web"
	"kontor/kernel/web/assets"
)

const here = "/rapport"

// current leads to the report of the running tertial.
func current(o *op.Op, _ *http.Request) (web.Answer, error) {
	t := period.TertialOf(period.DateOf(o.Now))
	return web.See(fmt.Sprintf("%s/%d/%d", here, t.Year, t.Number), ""), nil
}

func show(o *op.Op, r *http.Request) (web.Answer, error) {
	number, as, _ := strings.Cut(r.PathValue("tertial"), ".")
	year, err1 := strconv.Atoi(r.PathValue("year"))
	n, err2 := strconv.Atoi(number)
	if err1 != nil || err2 != nil {
		return web.Answer{}, errTertial.Because("%q %q", r.PathValue("year"), number)
	}
	rep, err := Tertial(o, year, n)
	if err != nil {
		return web.Answer{}, err
	}
	name := fmt.Sprintf("tertialrapport-%d-%d.%s", year, n, as)
	switch as {
	case "":
		return web.Answer{Title: text.F(o, "Tertialrapport %d, %d", n, year), Current: here, Class: "reading", Body: page(rep.view(o, false))}, nil
	case "json":
		body, err := rep.JSON()
		return web.Answer{File: body, Media: "application/json", Name: name}, err
	case "html":
		body, err := rep.HTML(o)
		return web.Answer{File: body, Media: "text/html; charset=utf-8", Name: name}, err
	}
	return web.Answer{}, errTertial.Because("form %q", as)
}

// JSON is the report for machines, with every bound figure and its address.
func (r *Report) JSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // addresses are to be read
	enc.SetIndent("", "  ")
	err := enc.Encode(r)
	return b.Bytes(), err
}

// fontFace is what a style sheet fetches; the file is read in the fonts that
// the reader has.
var fontFace = regexp.MustCompile(`@font-face\s*\{[^}]*\}`)

func styles() string {
	return "<style>" + fontFace.ReplaceAllString(assets.Text(assets.VendorCSS)+assets.Text(assets.CSS), "") + "</style>"
}

// HTML is the report as one file that needs nothing else to be read and printed.
// Its links lead into the program that made it.
func (r *Report) HTML(o *op.Op) ([]byte, error) {
	var b bytes.Buffer
	err := document(text.F(o, "Tertialrapport %d, %d", r.Tertial, r.Year), r.view(o, true)).Render(o, &b)
	return b.Bytes(), err
}
