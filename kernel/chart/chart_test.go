package chart

import (
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The published vector of a series with one shock.
// source: steering.md 2.7 (NHSRplotthedots, vignette deviations)
var shock = []float64{1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1}

func TestLimitsAreThePublishedOnes(t *testing.T) {
	near := func(got, want float64) bool { return math.Abs(got-want) < 0.00005 }
	a := Analyse(shock, 0)
	if !near(a.Mean, 1.9444) || !near(a.Upper, 6.9515) || !near(a.Lower, -3.0626) {
		t.Errorf("unscreened: %.4f %.4f %.4f", a.Mean, a.Upper, a.Lower)
	}
	a = AnalyseScreened(shock, 0)
	if !near(a.Mean, 1.9444) || !near(a.Upper, 4.6044) || !near(a.Lower, -0.7156) {
		t.Errorf("screened: %.4f %.4f %.4f", a.Mean, a.Upper, a.Lower)
	}
	if a.Signals[4] != Outside {
		t.Errorf("the shock is signal %d", a.Signals[4])
	}
}

func TestSignals(t *testing.T) {
	base := []float64{5, 6, 4, 6, 5, 4, 6, 5, 4, 6, 5, 4} // mean 5, mean range 16/11
	cases := []struct {
		name string
		more []float64
		want Signal // of the last point
	}{
		{"an ordinary value tells nothing", []float64{6}, Common},
		{"a value beyond the upper limit is a change", []float64{9.5}, Outside},
		{"a value beyond the lower limit is a change", []float64{.5}, Outside},
		{"six on one side are no run", []float64{5.2, 5.3, 5.2, 5.3, 5.2, 5.3}, Common},
		{"seven on one side are a run", []float64{5.2, 5.3, 5.2, 5.3, 5.2, 5.3, 5.2}, LongRun},
		{"seven that fall are a trend", []float64{6.5, 6.1, 5.6, 5.1, 4.9, 4.6, 4.3}, Trend},
		{"two of three far out on one side are a warning", []float64{8.2, 5, 8.2}, TwoOfThree},
		{"two far out on different sides are none", []float64{8.2, 5, 1.9}, Common},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := Analyse(append(append([]float64{}, base...), c.more...), len(base))
			if got := a.Signals[len(a.Signals)-1]; got != c.want {
				t.Errorf("signal %d, want %d (limits %.2f–%.2f)", got, c.want, a.Lower, a.Upper)
			}
		})
	}
}

func TestARisingTrendIsAnImprovementFromItsFirstPoint(t *testing.T) {
	a := Analyse([]float64{5, 6, 4, 6, 5, 4, 6, 5, 4, 6, 5, 5, 4.1, 4.4, 4.7, 5.1, 5.4, 5.8, 6.1}, 12)
	if a.Signals[12] != Trend || a.kind(12, HigherIsBetter) != HigherIsBetter || a.kind(12, LowerIsBetter) != LowerIsBetter {
		t.Errorf("the first point of the trend is signal %d, up %v", a.Signals[12], a.Up[12])
	}
}

func TestFewerThanTwelveHaveTrialLimits(t *testing.T) {
	yearly := []float64{73, 80, 82, 72, 84} // source: steering.md 2.7: mean 78.2, limits 57.6–98.8, no signal
	a := Analyse(yearly, 0)
	if !a.Trial || math.Abs(a.Mean-78.2) > .05 || math.Abs(a.Lower-57.6) > .05 || math.Abs(a.Upper-98.8) > .05 {
		t.Errorf("%+v", a)
	}
	for i, s := range a.Signals {
		if s != Common {
			t.Errorf("point %d is signal %d", i, s)
		}
	}
	if a.Assurance(90, HigherIsBetter) != 0 {
		t.Error("a target inside the limits is sometimes reached")
	}
	if Analyse(shock[:12], 0).Trial {
		t.Error("twelve points are enough")
	}
}

func TestAnalysisOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 0, 60).Draw(t, "values")
		base := rapid.IntRange(-1, 70).Draw(t, "base")
		a := Analyse(values, base)
		if len(a.Signals) != len(values) {
			t.Fatalf("%d signals of %d values", len(a.Signals), len(values))
		}
		if a.Lower > a.Mean || a.Mean > a.Upper || math.IsNaN(a.Mean) {
			t.Fatalf("limits %v %v %v", a.Lower, a.Mean, a.Upper)
		}
		moved := make([]float64, len(values))
		for i, v := range values {
			moved[i] = v + 1024 // exact in binary for most, and far above rounding for the rest
		}
		b := Analyse(moved, base)
		if len(values) > 1 && math.Abs((b.Upper-b.Lower)-(a.Upper-a.Lower)) > 1e-6*(1+math.Abs(a.Upper-a.Lower)) {
			t.Fatalf("the width of the limits depends on the level: %v and %v", a.Upper-a.Lower, b.Upper-b.Lower)
		}
		screened := AnalyseScreened(values, base)
		if screened.MeanRange > a.MeanRange+1e-9 {
			t.Fatalf("screening widened the limits")
		}
	})
}

func drawings() map[string]render {
	target := 97.0
	about := About{ID: "a", Title: `Andel "i tid" <nu>`, Finding: "Andelen föll & steg.", Format: Format{Decimals: 1}}
	points := []Point{{"jan", 96.5, "/r?m=1&x=2"}, {"feb", 97.5, ""}, {"mar", 99, "javascript:alert(1)"}}
	return map[string]render{
		"XmR":                XmR{About: about, Points: points, Target: &target, Labelled: true, Better: HigherIsBetter},
		"XmR of nothing":     XmR{About: about},
		"XmR of one":         XmR{About: about, Points: points[:1]},
		"bars":               Bars{About: about, Bars: []Bar{{"08", 4, "/b", false}, {"09", 0, "", true}}},
		"bars of nothing":    Bars{About: about},
		"stacks":             StackedBars{About: about, Parts: []string{"el", "manuella"}, Stacks: []Stack{{"jan", points[:2]}}},
		"stacks of nothing":  StackedBars{About: about},
		"waterfall":          Waterfall{About: about, Better: HigherIsBetter, Steps: []Step{{"Budget", 0, Sum, ""}, {"Lön", -1.4, Change, "/l"}, {"Oförklarat", -.2, Unexplained, ""}, {"Utfall", -1.6, Sum, ""}}},
		"sparkline":          Sparkline{About: about, Points: points},
		"sparkline of level": Sparkline{About: about, Points: []Point{{"a", 1, ""}, {"b", 1, ""}}},
	}
}

func TestDrawingsAreWellFormedAndNamed(t *testing.T) {
	for name, d := range drawings() {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := d.Render(context.Background(), &b); err != nil {
				t.Fatal(err)
			}
			svg := b.String()
			dec := xml.NewDecoder(strings.NewReader(svg))
			for {
				if _, err := dec.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%v in %s", err, svg)
				}
			}
			for _, want := range []string{`<title id="a-t">Andel &#34;i tid&#34; &lt;nu&gt;</title>`, `<desc id="a-d">Andelen föll &amp; steg.</desc>`, `aria-labelledby="a-t a-d"`} {
				if !strings.Contains(svg, want) {
					t.Errorf("lacks %s", want)
				}
			}
			for _, bad := range []string{"NaN", "Inf", "style=", "javascript:", `fill="#`} {
				if strings.Contains(svg, bad) {
					t.Errorf("holds %s: %s", bad, svg)
				}
			}
			if strings.Contains(svg, "<a ") == strings.Contains(svg, `role="img"`) && strings.Contains(svg, "<a ") {
				t.Error("a drawing with links must not be an image")
			}
		})
	}
}

func TestTablesHoldWhatIsDrawn(t *testing.T) {
	ctx := context.Background()
	d := drawings()
	x := d["XmR"].(XmR).Table(ctx)
	if len(x.Rows) != 3 || x.Rows[0][1].Text != "96,5" || x.Rows[0][1].URL != "/r?m=1&x=2" {
		t.Errorf("%+v", x)
	}
	w := d["waterfall"].(Waterfall).Table(ctx)
	if w.Rows[1][1].Text != "−1,4" || w.Rows[3][1].Text != "−1,6" {
		t.Errorf("%+v", w)
	}
	s := d["stacks"].(StackedBars).Table(ctx)
	if s.Rows[0][3].Text != "194,0" || s.Head[3] != "Summa" {
		t.Errorf("%+v", s)
	}
}

func BenchmarkXmR(b *testing.B) {
	points := make([]Point, 24)
	for i := range points {
		points[i] = Point{Label: "x", Value: float64(i%5) + 94}
	}
	target := 97.0
	x := XmR{About: About{ID: "a", Title: "t", Finding: "f"}, Points: points, Target: &target, Labelled: true, Better: HigherIsBetter}
	b.ReportAllocs()
	for b.Loop() {
		if err := x.Render(context.Background(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
