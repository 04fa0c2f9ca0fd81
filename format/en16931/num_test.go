package en16931

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// trap 5: halves go toward plus infinity, as XPath rounds, so that a credit of half an
// öre is not judged as Swedish commerce would round it.
func TestRoundsHalvesTowardPlusInfinity(t *testing.T) {
	for _, c := range []struct{ in, round, round2 string }{
		{"2.5", "3", "2.5"},
		{"-2.5", "-2", "-2.5"},
		{"-2.51", "-3", "-2.51"},
		{"0.005", "0", "0.01"},
		{"-0.005", "0", "0.00"},
		{"-0.0051", "0", "-0.01"},
		{"1.004999", "1", "1.00"},
		{"-13.775", "-14", "-13.77"},
		{"13.775", "14", "13.78"},
	} {
		n := parseNum(c.in)
		if got := n.round(); !got.eq(parseNum(c.round)) {
			t.Errorf("round(%s) = %s, want %s", c.in, got.d, c.round)
		}
		if got := n.round2(); !got.eq(parseNum(c.round2)) {
			t.Errorf("round2(%s) = %s, want %s", c.in, got.d, c.round2)
		}
	}
}

func TestOnlyDecimalsAreNumbers(t *testing.T) {
	for _, c := range []struct {
		text string
		ok   bool
	}{
		{"0", true},
		{"-1.50", true},
		{"+3", true},
		{" 12.5\n", true},
		{".5", true},
		{"5.", true},
		{"999999999999.99", true},
		{"0.3333333333333333333333333333", true},
		{"", false},
		{".", false},
		{"-", false},
		{"1e3", false},
		{"1,50", false},
		{"1 000", false},
		{"NaN", false},
		{"0x10", false},
		{"1.2.3", false},
		{"99999999999999999999999999", false},
		{"0.0000000000000000000000000000", true},
		{"0.0000000000000000000000000001", false}, // not to be taken for zero
	} {
		if got := parseNum(c.text); got.ok != c.ok {
			t.Errorf("%q is a number: %v", c.text, got.ok)
		}
	}
}

// The fast reading gives what the decimal library's reading gives.
func TestNumbersAreReadExactly(t *testing.T) {
	text := rapid.StringMatching(`[-+]?[0-9]{1,12}(\.[0-9]{0,6})?`)
	rapid.Check(t, func(rt *rapid.T) {
		s := text.Draw(rt, "text")
		want, known := new(big.Rat).SetString(s)
		if !known {
			rt.Skip()
		}
		n := parseNum(s)
		got, _ := new(big.Rat).SetString(n.d.String())
		if !n.ok || got == nil || got.Cmp(want) != 0 {
			rt.Errorf("%q is read as %s", s, n.d)
		}
	})
}

// Nothing spreads: what cannot be read equals nothing and is never less.
func TestNothingPassesNoComparison(t *testing.T) {
	nothing := parseNum("tretusen")
	for name, got := range map[string]bool{
		"equal to itself":     nothing.eq(nothing),
		"equal to nought":     nothing.eq(zero),
		"less than one":       nothing.lt(one),
		"one less than it":    one.lt(nothing),
		"its sum is nought":   nothing.add(zero).eq(zero),
		"near":                nothing.near(zero, one),
		"rounded is nought":   nothing.round2().eq(zero),
		"divided by nought":   one.div(zero).eq(one.div(zero)),
		"times one is itself": nothing.mul(one).eq(nothing),
	} {
		if got {
			t.Errorf("%s", name)
		}
	}
}

func TestAmountsAreWrittenForSwedishReaders(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0,00", "1234.5": "1\u00a0234,50", "-1234567.899": "\u22121\u00a0234\u00a0567,899", "x": "?", "999": "999,00",
	} {
		if got := parseNum(in).swedish(); got != want {
			t.Errorf("%s is written %q, want %q", in, got, want)
		}
	}
}
