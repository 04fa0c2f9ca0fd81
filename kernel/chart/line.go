package chart

import (
	"context"
	"io"
	"strings"

	"kontor/kernel/text"
)

// XmR is a line over time with mean, natural limits, signals and target.
type XmR struct {
	About
	Points   []Point
	Base     int // points that the limits are computed from; 0 for all
	Better   Direction
	Target   *float64 // nil when there is none
	Share    bool     // limits are kept within 0 and 100
	Labelled bool     // limits and target are printed at the right edge
	Width    float64  // pixels of the drawing; 250 × 58 when 0, which fits an indicator row
	Height   float64
}

// Analysis is the variation that the drawing shows.
func (x XmR) Analysis() Analysis {
	values := make([]float64, len(x.Points))
	for i, p := range x.Points {
		values[i] = p.Value
	}
	a := Analyse(values, x.Base)
	if x.Share {
		a.Lower, a.Upper = max(a.Lower, 0), min(a.Upper, 100)
	}
	return a
}

// Render writes the drawing.
func (x XmR) Render(ctx context.Context, w io.Writer) error {
	width, height := x.Width, x.Height
	if width == 0 {
		width, height = 250, 58
	}
	plot := width - 4
	if x.Labelled {
		plot = width - 58
	}
	a := x.Analysis()
	var c canvas
	links := anyURL(x.Points)
	c.open(x.About, width, height, links)
	if len(x.Points) > 0 {
		s := x.scale(a, height)
		x.field(&c, a, s, plot)
		x.line(&c, a, s, plot)
		if x.Labelled {
			x.labels(ctx, &c, a, s, plot+6)
		}
	}
	return c.close(w)
}

func (x XmR) scale(a Analysis, height float64) scale {
	low, high := a.Lower, a.Upper
	for _, p := range x.Points {
		low, high = min(low, p.Value), max(high, p.Value)
	}
	if x.Target != nil {
		low, high = min(low, *x.Target), max(high, *x.Target)
	}
	return newScale(low, high, 7, height-7)
}

// field is what the line is read against: limits, mean and target.
func (x XmR) field(c *canvas, a Analysis, s scale, plot float64) {
	limits := "lim"
	if a.Trial {
		limits = "lim-trial"
	}
	if len(x.Points) > 1 {
		upper, lower := s.y(a.Upper), s.y(a.Lower)
		c.put(`<rect class="band" x="0" y="`, upper, `" width="`, plot, `" height="`, lower-upper, `" rx="2"/>`)
		c.put(`<path class="`, limits, `" d="M0 `, upper, "H", plot, "M0 ", lower, "H", plot, `"/>`)
		c.put(`<path class="mid" d="M0 `, s.y(a.Mean), "H", plot, `"/>`)
	}
	if x.Target != nil {
		c.put(`<path class="tgt" d="M0 `, s.y(*x.Target), "H", plot, `"/>`)
	}
}

func (x XmR) line(c *canvas, a Analysis, s scale, plot float64) {
	at := func(i int) float64 {
		if len(x.Points) == 1 {
			return plot / 2
		}
		return 6 + float64(i)*(plot-12)/float64(len(x.Points)-1)
	}
	c.put(`<polyline class="ln" points="`)
	for i, p := range x.Points {
		if i > 0 {
			c.WriteByte(' ')
		}
		c.put(at(i), ",", s.y(p.Value))
	}
	c.put(`"/>`)
	for i, p := range x.Points {
		c.link(safeURL(p.URL), func() {
			x.point(c, at(i), s.y(p.Value), a.kind(i, x.Better), i == len(x.Points)-1)
			if p.URL != "" {
				c.put(`<title>`)
				c.esc(p.Label + ": " + x.Format.Text(p.Value))
				c.put(`</title>`)
			}
		})
	}
}

// kind is good, bad or common, from the signal and the direction.
func (a Analysis) kind(i int, better Direction) Direction {
	if a.Signals[i] == Common || better == Neither {
		return Neither
	}
	if a.Up[i] == (better == HigherIsBetter) {
		return HigherIsBetter
	}
	return LowerIsBetter
}

// point draws an improvement as a circle, a concern as a triangle, ordinary variation as a dot.
func (x XmR) point(c *canvas, px, py float64, kind Direction, last bool) {
	switch kind {
	case HigherIsBetter:
		c.put(`<circle class="pt-good surf" cx="`, px, `" cy="`, py, `" r="5"/>`)
	case LowerIsBetter:
		c.put(`<path class="pt-bad surf" d="M`, px, " ", py-6, `l6 10h-12z"/>`)
	default:
		r := 2.6
		if last {
			r = 4
		}
		c.put(`<circle class="pt" cx="`, px, `" cy="`, py, `" r="`, r, `"/>`)
	}
}

// labels prints the target and the limits at the right edge. A limit that would stand on the target is left out: the
// table has it.
func (x XmR) labels(ctx context.Context, c *canvas, a Analysis, s scale, at float64) {
	bare := Format{Decimals: x.Format.Decimals}
	const room = 13.0
	target := -1000.0
	if x.Target != nil {
		target = s.y(*x.Target)
		c.text("h", at, target+4, text.F(ctx, "mål %s", bare.Text(*x.Target)))
	}
	for _, v := range []float64{a.Upper, a.Lower} {
		y := s.y(v)
		if y > target-room && y < target+room {
			continue
		}
		c.text("", at, y+4, bare.Text(v))
	}
}

// Table is the points with their judgement.
func (x XmR) Table(ctx context.Context) Table {
	a := x.Analysis()
	t := Table{Head: []string{text.T(ctx, "Tid"), first(x.Title, text.T(ctx, "Värde")), text.T(ctx, "Nedre gräns"), text.T(ctx, "Övre gräns"), text.T(ctx, "Tecken")}}
	for i, p := range x.Points {
		t.Rows = append(t.Rows, []Cell{
			{Text: p.Label},
			{Text: x.Format.Text(p.Value), URL: p.URL, Number: true},
			{Text: x.Format.Text(a.Lower), Number: true},
			{Text: x.Format.Text(a.Upper), Number: true},
			{Text: a.word(ctx, i, x.Better)},
		})
	}
	return t
}

func (a Analysis) word(ctx context.Context, i int, better Direction) string {
	switch a.kind(i, better) {
	case HigherIsBetter:
		return text.T(ctx, "förbättring")
	case LowerIsBetter:
		return text.T(ctx, "försämring")
	}
	if a.Signals[i] != Common {
		return text.T(ctx, "förändring")
	}
	return text.T(ctx, "vanlig variation")
}

func first(words ...string) string {
	for _, w := range words {
		if strings.TrimSpace(w) != "" {
			return w
		}
	}
	return ""
}

// Sparkline is a line without limits, for where there are too few points to judge.
type Sparkline struct {
	About
	Points []Point
}

// Render writes the drawing.
func (l Sparkline) Render(_ context.Context, w io.Writer) error {
	const width, height = 120.0, 28.0
	var c canvas
	c.open(l.About, width, height, false)
	if len(l.Points) > 0 {
		low, high := l.Points[0].Value, l.Points[0].Value
		for _, p := range l.Points {
			low, high = min(low, p.Value), max(high, p.Value)
		}
		s := newScale(low, high, 4, height-4)
		step := (width - 10) / float64(max(len(l.Points)-1, 1))
		c.put(`<polyline class="ln" points="`)
		for i, p := range l.Points {
			c.put(5+float64(i)*step, ",", s.y(p.Value), " ")
		}
		last := len(l.Points) - 1
		c.put(`"/><circle class="pt" cx="`, 5+float64(last)*step, `" cy="`, s.y(l.Points[last].Value), `" r="3"/>`)
	}
	return c.close(w)
}
