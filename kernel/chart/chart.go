// Package chart draws figures as SVG that everyone can read.
//
// A drawing is made from its data and from the finding as a sentence: the title names it, the description states the
// finding, and the same numbers stand in a table beside it (see Table).
//
// # Words
//
// XmR: a line with mean and natural limits, in which a circle is an improvement and a triangle a concern. Base: the
// points that the limits are computed from. Waterfall: the way from one sum to another, in which what is unexplained is
// always shown by itself and hatched.
//
// # What always holds
//
//   - Colours are classes of kontor.css, so that a drawing follows light, dark, print and forced colours.
//   - Nothing is told by colour alone: signals have shapes, the unexplained is hatched, values are printed.
//   - A drawing is a pure function of its data; the same data gives the same bytes.
//
// # Not here
//
// Money arithmetic: a chart gets numbers that are already right, and may round them to draw them. This is the only
// package of the kernel that knows float64.
package chart

import (
	"bytes"
	"context"
	"html"
	"io"
	"math"
	"strconv"

	"kontor/kernel/text"
)

// Format writes the numbers of a chart.
type Format struct {
	Decimals int
	Unit     string // after the number with a no-break space: "%", "kr"
	Sign     bool   // a plus before what is above zero
}

// Text is a number in Swedish form.
func (f Format) Text(v float64) string {
	n := int64(math.Round(v * math.Pow10(f.Decimals)))
	s := text.Decimal(n, f.Decimals)
	if f.Sign {
		s = text.Signed(n, f.Decimals)
	}
	if f.Unit != "" {
		s += "\u00a0" + f.Unit
	}
	return s
}

// Scaled is n · 10^-decimals as a value to draw: the rest of the program counts in whole numbers.
func Scaled(n int64, decimals int) float64 { return float64(n) / math.Pow10(decimals) }

// At is Scaled for a target, which may be missing.
func At(n int64, decimals int) *float64 {
	v := Scaled(n, decimals)
	return &v
}

// Point is a value in time.
type Point struct {
	Label string // "aug 2026"
	Value float64
	URL   string // the rows behind it
}

// About is what every drawing says of itself.
type About struct {
	ID      string // of the page; parts of the drawing are named after it
	Title   string
	Finding string // the finding as a sentence
	Format  Format
}

// Table is the numbers of a drawing, for the table beside it.
type Table struct {
	Head []string
	Rows [][]Cell
}

// Cell is a value of such a table.
type Cell struct {
	Text, URL string
	Number    bool
}

// canvas writes SVG. Numbers have one decimal: a tenth of a pixel is never seen.
type canvas struct{ bytes.Buffer }

func (c *canvas) open(a About, width, height float64, links bool) {
	c.WriteString(`<svg class="ch" viewBox="0 0 `)
	c.num(width)
	c.WriteByte(' ')
	c.num(height)
	// An image has no parts; a drawing whose points open is a group, and its table is the way for the keyboard.
	if links {
		c.WriteString(`" role="group" aria-labelledby="`)
	} else {
		c.WriteString(`" role="img" aria-labelledby="`)
	}
	c.esc(a.ID + "-t " + a.ID + "-d")
	c.WriteString(`"><title id="`)
	c.esc(a.ID + "-t")
	c.WriteString(`">`)
	c.esc(a.Title)
	c.WriteString(`</title><desc id="`)
	c.esc(a.ID + "-d")
	c.WriteString(`">`)
	c.esc(a.Finding)
	c.WriteString(`</desc>`)
}

func (c *canvas) close(w io.Writer) error {
	c.WriteString(`</svg>`)
	_, err := w.Write(c.Bytes())
	return err
}

func (c *canvas) esc(s string) { c.WriteString(html.EscapeString(s)) }

func (c *canvas) num(v float64) {
	c.Write(strconv.AppendFloat(c.AvailableBuffer(), math.Round(v*10)/10, 'f', -1, 64))
}

// put writes strings as they stand and numbers as coordinates.
func (c *canvas) put(parts ...any) {
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			c.WriteString(p)
		case float64:
			c.num(p)
		}
	}
}

func (c *canvas) rect(class string, x, y, w, h float64) {
	c.put(`<rect class="`, class, `" x="`, x, `" y="`, y, `" width="`, w, `" height="`, max(h, 0), `" rx="1.5"/>`)
}

func (c *canvas) text(class string, x, y float64, s string) {
	c.put(`<text`)
	if class != "" {
		c.put(` class="`, class, `"`)
	}
	c.put(` x="`, x, `" y="`, y, `">`)
	c.esc(s)
	c.WriteString(`</text>`)
}

// link wraps what draw makes in a link to the rows behind it. It is outside the tab order: a chart of thirty points
// would be thirty stops, and the table beside it has the same links.
func (c *canvas) link(url string, draw func()) {
	if url == "" {
		draw()
		return
	}
	c.WriteString(`<a href="`)
	c.esc(url)
	c.WriteString(`" tabindex="-1" aria-hidden="true">`)
	draw()
	c.WriteString(`</a>`)
}

// scale maps values onto the vertical pixels between top and bottom.
type scale struct{ low, high, top, bottom float64 }

func newScale(low, high, top, bottom float64) scale {
	if high <= low {
		low, high = low-1, high+1
	}
	return scale{low, high, top, bottom}
}

func (s scale) y(v float64) float64 {
	return s.bottom - (v-s.low)/(s.high-s.low)*(s.bottom-s.top)
}

func anyURL(points []Point) bool {
	for _, p := range points {
		if p.URL != "" {
			return true
		}
	}
	return false
}

// safeURL keeps a drawing's links inside the program: only addresses on this host.
func safeURL(url string) string {
	if len(url) > 0 && (url[0] == '/' || url[0] == '#' || url[0] == '?') && (len(url) < 2 || url[1] != '/') {
		return url
	}
	return ""
}

// render has the shape of templ.Component, so that a drawing stands directly in a page.
type render interface {
	Render(ctx context.Context, w io.Writer) error
}

var _ = []render{XmR{}, Bars{}, StackedBars{}, Waterfall{}, Sparkline{}, Hours{}}
