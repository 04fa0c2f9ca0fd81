package chart

import (
	"context"
	"io"
	"math"

	"kontor/kernel/text"
)

// Bar is one bar.
type Bar struct {
	Label  string
	Value  float64
	URL    string
	Strong bool // the one that the finding is about
}

// Bars are bars beside each other, all of one kind.
type Bars struct {
	About
	Bars          []Bar
	Width, Height float64 // pixels; 296 × 52 when 0, which fits the side column
	Every         bool    // prints every value; otherwise only the highest
}

// Render writes the drawing.
func (b Bars) Render(_ context.Context, w io.Writer) error {
	width, height := b.Width, b.Height
	if width == 0 {
		width, height = 296, 52
	}
	var c canvas
	links, high, highest := false, 0.0, 0
	for i, bar := range b.Bars {
		links = links || bar.URL != ""
		if bar.Value > high {
			high, highest = bar.Value, i
		}
	}
	c.open(b.About, width, height, links)
	top := 14.0
	s := newScale(0, high, top, height-18)
	slot := width / float64(max(len(b.Bars), 1))
	for i, bar := range b.Bars {
		x := float64(i)*slot + slot*.05
		class := "ft"
		if bar.Strong {
			class = "fa"
		}
		c.link(safeURL(bar.URL), func() { c.rect(class, x, s.y(bar.Value), slot*.9, s.bottom-s.y(bar.Value)) })
		if b.Every || i == highest {
			c.text("h m", x+slot*.45, s.y(bar.Value)-4, b.Format.Text(bar.Value))
		}
		c.text("m", x+slot*.45, height-3, bar.Label)
	}
	return c.close(w)
}

// Table is the bars as rows.
func (b Bars) Table(ctx context.Context) Table {
	t := Table{Head: []string{text.T(ctx, "Del"), first(b.Title, text.T(ctx, "Värde"))}}
	for _, bar := range b.Bars {
		t.Rows = append(t.Rows, []Cell{{Text: bar.Label}, {Text: b.Format.Text(bar.Value), URL: bar.URL, Number: true}})
	}
	return t
}

// Stack is one bar of two or more parts.
type Stack struct {
	Label string
	Parts []Point // in the order of StackedBars.Parts; the labels are not used
}

// StackedBars are volumes over time, each bar parted: electronic and manual.
type StackedBars struct {
	About
	Parts  []string // at most three; printed beside the last bar, so that no box of keys is needed
	Stacks []Stack
}

// fills are the classes of the parts from the bottom up.
var fills = []string{"fa", "ft", "fm"}

// Render writes the drawing.
func (b StackedBars) Render(_ context.Context, w io.Writer) error {
	const width, height, right, bottom = 840.0, 220.0, 104.0, 198.0
	var c canvas
	links, high := false, 0.0
	for _, st := range b.Stacks {
		sum := 0.0
		for _, p := range st.Parts {
			sum += p.Value
			links = links || p.URL != ""
		}
		high = max(high, sum)
	}
	c.open(b.About, width, height, links)
	s := newScale(0, high, 18, bottom)
	c.put(`<path class="ax" d="M0 `, bottom, "H", width-right, `"/>`)
	slot := (width - right) / float64(max(len(b.Stacks), 1))
	for i, st := range b.Stacks {
		b.stack(&c, s, st, float64(i)*slot+slot*.14, slot*.72)
	}
	if n := len(b.Stacks); n > 0 {
		b.names(&c, s, b.Stacks[n-1], width-right+2)
	}
	return c.close(w)
}

func (b StackedBars) stack(c *canvas, s scale, st Stack, x, wide float64) {
	base := 0.0
	for k, p := range st.Parts {
		y := s.y(base + p.Value)
		c.link(safeURL(p.URL), func() {
			c.rect(fills[k%len(fills)], x, y, wide, s.y(base)-y-1)
		})
		base += p.Value
	}
	c.text("h m", x+wide/2, s.y(base)-5, b.Format.Text(base))
	c.text("m", x+wide/2, s.bottom+16, st.Label)
}

// names prints what the parts are, at the height of the last bar's parts and never on top of each other.
func (b StackedBars) names(c *canvas, s scale, last Stack, x float64) {
	const room = 15.0
	base, lowest := 0.0, math.Inf(1)
	for k, p := range last.Parts {
		if k >= len(b.Parts) {
			return
		}
		y := min(s.y(base+p.Value/2)+4, lowest-room)
		c.text("h", x, y, b.Parts[k])
		base, lowest = base+p.Value, y
	}
}

// Table is the bars as rows with their sum, and the share of the last part when there are two.
func (b StackedBars) Table(ctx context.Context) Table {
	t := Table{Head: append(append([]string{text.T(ctx, "Tid")}, b.Parts...), text.T(ctx, "Summa"))}
	two := len(b.Parts) == 2
	if two {
		t.Head = append(t.Head, text.F(ctx, "andel %s", b.Parts[1]))
	}
	for _, st := range b.Stacks {
		row, sum := []Cell{{Text: st.Label}}, 0.0
		for _, p := range st.Parts {
			row, sum = append(row, Cell{Text: b.Format.Text(p.Value), URL: p.URL, Number: true}), sum+p.Value
		}
		row = append(row, Cell{Text: b.Format.Text(sum), Number: true})
		if two && len(st.Parts) == 2 {
			row = append(row, Cell{Text: text.Percent(int64(st.Parts[1].Value), int64(sum), 1), Number: true})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// StepKind is what a step of a waterfall is.
type StepKind uint8

// The kinds of step.
const (
	Change      StepKind = iota // adds to what stands before
	Sum                         // the level reached, drawn from zero
	Unexplained                 // a change that nobody has explained: hatched
)

// Step is one step of a waterfall.
type Step struct {
	Label string
	Value float64
	Kind  StepKind
	URL   string
}

// Waterfall is the way from one sum to another.
type Waterfall struct {
	About
	Steps  []Step
	Better Direction // HigherIsBetter when a plus is good
}

// Render writes the drawing.
func (f Waterfall) Render(_ context.Context, w io.Writer) error {
	const width, height, bottom = 840.0, 190.0, 160.0
	var c canvas
	links, level, low, high := false, 0.0, 0.0, 0.0
	for _, st := range f.Steps {
		links = links || st.URL != ""
		if st.Kind == Sum {
			level = st.Value
		} else {
			level += st.Value
		}
		low, high = min(low, level), max(high, level)
	}
	c.open(f.About, width, height, links)
	c.put(`<defs><pattern id="`)
	c.esc(f.ID)
	c.put(`-h" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hat" d="M0 0V6"/></pattern></defs>`)
	s := newScale(low, high, 28, bottom-6)
	c.put(`<path class="ax" d="M0 `, s.y(0), "H", width, `"/>`)
	slot := width / float64(max(len(f.Steps), 1))
	level = 0
	for i, st := range f.Steps {
		level = f.step(&c, s, st, level, float64(i)*slot+slot*.18, slot, i == len(f.Steps)-1)
		c.text("m", float64(i)*slot+slot/2, height-4, st.Label)
	}
	return c.close(w)
}

// step draws one step from level and returns the level after it.
func (f Waterfall) step(c *canvas, s scale, st Step, level, x, slot float64, last bool) float64 {
	from, to := level, level+st.Value
	if st.Kind == Sum {
		from, to = 0, st.Value
	}
	top, bottom, wide := s.y(max(from, to)), s.y(min(from, to)), slot*.64
	c.link(safeURL(st.URL), func() {
		if st.Kind == Unexplained {
			c.put(`<rect class="hat-line" fill="url(#`)
			c.esc(f.ID)
			c.put(`-h)" x="`, x, `" y="`, top, `" width="`, wide, `" height="`, max(bottom-top, 2), `" rx="1.5"/>`)
			return
		}
		c.rect(f.class(st), x, top, wide, max(bottom-top, 2.5))
	})
	if !last {
		c.put(`<path class="con" d="M`, x+wide, " ", s.y(to), "H", x+slot, `"/>`)
	}
	format := f.Format
	format.Sign = st.Kind != Sum
	c.text("h m", x+wide/2, top-6, format.Text(st.Value))
	return to
}

func (f Waterfall) class(st Step) string {
	switch {
	case st.Kind == Sum || f.Better == Neither:
		return "fa"
	case (st.Value > 0) == (f.Better == HigherIsBetter):
		return "fo"
	}
	return "fm"
}

// Table is the steps as rows.
func (f Waterfall) Table(ctx context.Context) Table {
	t := Table{Head: []string{text.T(ctx, "Post"), first(f.Format.Unit, text.T(ctx, "Belopp"))}}
	for _, st := range f.Steps {
		format := f.Format
		format.Sign = st.Kind != Sum
		t.Rows = append(t.Rows, []Cell{{Text: st.Label}, {Text: format.Text(st.Value), URL: st.URL, Number: true}})
	}
	return t
}

// Hours is a bar in a table row: filled to what is needed and here, hatched for what is missing, a tick at what is
// here. It stands beside the numbers, so it is silent.
type Hours struct {
	ID         string // of the page, for the hatching
	Need, Here float64
	Most       float64 // what fills the bar: the largest of all rows
}

// Render writes the drawing.
func (h Hours) Render(_ context.Context, w io.Writer) error {
	const width = 220.0
	most := max(h.Most, h.Need, h.Here, 1)
	at := func(v float64) float64 { return v / most * (width - 4) }
	var c canvas
	c.put(`<svg class="hours" viewBox="0 0 220 16" preserveAspectRatio="none" aria-hidden="true">`)
	c.rect("fa", 0, 4, at(min(h.Need, h.Here)), 8)
	if h.Need > h.Here {
		c.put(`<defs><pattern id="`)
		c.esc(h.ID)
		c.put(`-h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hat" d="M0 0V5"/></pattern></defs><rect fill="url(#`)
		c.esc(h.ID)
		c.put(`-h)" x="`, at(h.Here), `" y="4" width="`, at(h.Need)-at(h.Here), `" height="8"/>`)
	} else {
		c.rect("ft", at(h.Need), 4, at(h.Here)-at(h.Need), 8)
	}
	c.put(`<path class="here" d="M`, at(h.Here), ` 1V15"/>`)
	return c.close(w)
}
