package browser

import (
	"errors"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"kontor/kernel/ui/gallery"
)

// orderOfGallery serves the gallery and lists its pages.
func orderOfGallery(t *testing.T) Order {
	t.Helper()
	server := httptest.NewServer(gallery.Handler())
	t.Cleanup(server.Close)
	o := Order{Base: server.URL}
	for _, p := range gallery.Pages() {
		o.Pages = append(o.Pages, Page{Name: p.Name, URL: "/" + p.Name})
	}
	// The same pages with something open: what a key or a choice brings forth is looked at as well.
	o.Pages = append(o.Pages,
		Page{Name: "markerade", URL: "/arbetslista", Steps: []Step{{Press: "j"}, {Press: "x"}, {Press: "Shift+J"}}},
		Page{Name: "komplettera", URL: "/faktura", Steps: []Step{{Press: "t"}}},
		Page{Name: "stangt-steg", URL: "/faktura", Steps: []Step{{Press: "g"}}},
		Page{Name: "meny", URL: "/min-dag", Steps: []Step{{Click: ".me > summary"}}},
		Page{Name: "tangenter", URL: "/min-dag", Steps: []Step{{Press: "?"}}},
		Page{Name: "tabell", URL: "/tertialrapport", Steps: []Step{{Click: "#r3 .as-table > summary"}}},
		Page{Name: "engelska", URL: "/delar?lang=en"},
	)
	return o
}

// leftOut skips when the machine cannot do it, and fails where nothing may be left out.
func leftOut(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, ErrMissing) {
		t.Fatal(err)
	}
	if os.Getenv("CI") == "true" {
		t.Fatal(err)
	}
	t.Skip("left out: " + err.Error())
}

func TestGalleryIsAccessible(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: starts a browser")
	}
	o := orderOfGallery(t)
	r, err := Check(t.Context(), o)
	if err != nil {
		leftOut(t, err)
	}
	if want := 4 * len(o.Pages); r.Checked != want {
		t.Errorf("checked %d views, want %d", r.Checked, want)
	}
	for _, f := range r.Bad {
		t.Errorf("%s %s %d px", f.Name, f.Scheme, f.Width)
		for _, v := range f.Violations {
			for _, n := range v.Nodes {
				t.Errorf("  %s (%s) at %s: %s\n    %s", v.ID, v.Impact, n.Target, strings.ReplaceAll(n.Why, "\n", " "), n.HTML)
			}
		}
		for _, line := range append(f.Console, f.Overflow...) {
			t.Errorf("  %s", line)
		}
	}
}

func TestPagesAreUsedByKeyAndWithoutScript(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: starts a browser")
	}
	told, err := Act(t.Context(), orderOfGallery(t))
	if err != nil {
		leftOut(t, err)
	}
	if len(told.Done)+len(told.Failed) < 13 {
		t.Errorf("only %d stories were told", len(told.Done)+len(told.Failed))
	}
	for _, f := range told.Failed {
		t.Errorf("%s: %s", f.Name, f.Why)
	}
}

// TestShoot takes pictures into the folder that SHOOT names; it is how people look at the components.
func TestShoot(t *testing.T) {
	out := os.Getenv("SHOOT")
	if out == "" {
		t.Skip("SHOOT names no folder for the pictures")
	}
	o := orderOfGallery(t)
	o.Out = out
	if only := os.Getenv("ONLY"); only != "" {
		o.Pages = slices.DeleteFunc(o.Pages, func(p Page) bool { return !strings.Contains(only, p.Name) })
	}
	if err := Shoot(t.Context(), o); err != nil {
		leftOut(t, err)
	}
}
