package xmlscan

import (
	"strings"
	"testing"
)

func TestClip(t *testing.T) {
	for _, c := range []struct{ s, want string }{
		{"", ""}, {"fakturanummer", "fakturanummer"}, {strings.Repeat("å", 80), strings.Repeat("å", 80)},
		{strings.Repeat("å", 81), strings.Repeat("å", 80) + "…"}, {strings.Repeat("\xff", 81), strings.Repeat("\xff", 80) + "…"},
	} {
		if got := Clip(c.s); got != c.want {
			t.Errorf("Clip(%q) = %q, want %q", c.s, got, c.want)
		}
	}
}
