package browser

import (
	"errors"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"kontor/kernel/ui/gallery"
)

// orderOfGallery serves the gallery and lists its pages, in both languages where names names them.
func orderOfGallery(t *testing.T) Order {
	t.Helper()
	server := httptest.NewServer(gallery.Handler())
	t.Cleanup(server.Close)
	o := Order{Base: server.URL}
	for _, p := range gallery.Pages() {
		o.Pages = append(o.Pages, Page{Name: p.Name, URL: "/" + p.Name})
	}
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
	r, err := Check(t.Context(), orderOfGallery(t))
	if err != nil {
		leftOut(t, err)
	}
	if want := 5 * len(gallery.Pages()); r.Checked != want {
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

// TestShoot takes pictures into the folder that SHOOT names; it is how people look at the components.
func TestShoot(t *testing.T) {
	out := os.Getenv("SHOOT")
	if out == "" {
		t.Skip("SHOOT names no folder for the pictures")
	}
	o := orderOfGallery(t)
	o.Out = out
	if only := os.Getenv("ONLY"); only != "" {
		o.Pages = []Page{{Name: only, URL: "/" + only}}
	}
	if err := Shoot(t.Context(), o); err != nil {
		leftOut(t, err)
	}
}
