package ui_test

import (
	"bytes"
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"pgregory.net/rapid"

	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/ui/gallery"
)

func render(t testing.TB, c templ.Component, lang string) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(text.With(context.Background(), lang), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPromisesAreSaidAndJudged(t *testing.T) {
	ctx := context.Background()
	cases := []struct {
		name              string
		elapsed, promised int
		words             string
		status            ui.StatusKind
	}{
		{"the first day", 1, 5, "dag 1 av 5", ui.OK},
		{"the last day is near", 5, 5, "dag 5 av 5", ui.Near},
		{"the day after is one day late", 6, 5, "1 dag sen", ui.Miss},
		{"more days are plural", 9, 5, "4 dagar sen", ui.Miss},
		{"without a promise nothing is judged", 3, 0, "inget löfte", ui.None},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := ui.PromiseWords(ctx, c.elapsed, c.promised); got != c.words {
				t.Errorf("words %q, want %q", got, c.words)
			}
			if got := ui.PromiseStatus(c.elapsed, c.promised); got != c.status {
				t.Errorf("status %d, want %d", got, c.status)
			}
		})
	}
}

func TestRowRefTravelsThroughAForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id, v := rapid.StringMatching(`[0-9A-Za-z-]{1,20}`).Draw(t, "id"), rapid.Int64Range(0, 1<<62).Draw(t, "version")
		gotID, gotV, ok := ui.ParseRowRef(ui.RowRef(id, v))
		if !ok || gotID != id || gotV != v {
			t.Fatalf("%q %d came back as %q %d %v", id, v, gotID, gotV, ok)
		}
	})
	for _, bad := range []string{"", "@1", "a", "a@", "a@x", "a@-1", "a@1@2"} {
		if _, _, ok := ui.ParseRowRef(bad); ok {
			t.Errorf("%q is no row", bad)
		}
	}
}

// FuzzParseRowRef: what a browser sends is anything.
func FuzzParseRowRef(f *testing.F) {
	f.Add("17@3")
	f.Add("@")
	f.Fuzz(func(t *testing.T, s string) {
		if id, v, ok := ui.ParseRowRef(s); ok && (id == "" || v < 0 || !strings.HasPrefix(s, id+"@")) {
			t.Errorf("%q was read as %q %d", s, id, v)
		}
	})
}

func TestWhatOthersHaveWrittenCannotBreakOut(t *testing.T) {
	evil := `"><script>alert(1)</script>`
	for name, c := range map[string]templ.Component{
		"figure":  ui.Num(ui.Figure{Text: evil, URL: "javascript:alert(1)", Title: evil}),
		"finding": ui.Finding(ui.FindingView{Number: 1, Heading: evil, Seen: ui.Words(evil), Mark: evil, Code: evil}),
		"row":     ui.ListPage(ui.ListView{Title: evil, Columns: []ui.Col{{Label: evil}}, Rows: []ui.Row{{URL: "javascript:alert(1)", Cells: []ui.Cell{{Text: evil}}}}}),
		"form":    ui.FormPage(ui.FormView{Title: evil, Action: "javascript:alert(1)", Fields: []ui.FieldView{{Name: evil, Label: evil, Value: evil}, {Kind: ui.FieldTextarea, Value: "</textarea>" + evil}}}),
		"link":    ui.Attachments(evil, []ui.AttachmentView{{Label: evil, URL: "data:text/html,x"}}),
	} {
		t.Run(name, func(t *testing.T) {
			out := render(t, c, "sv")
			for _, bad := range []string{"<script", "javascript:", `href="data:`, "</textarea>\""} {
				if strings.Contains(out, bad) {
					t.Errorf("%s got through: %s", bad, out)
				}
			}
		})
	}
}

func TestPagesKeepToTheirPolicy(t *testing.T) {
	inline := regexp.MustCompile(`(?i)\s(style|on[a-z]+)\s*=|<style|<script(?: [^>]*)?>[^<]`)
	scripts := regexp.MustCompile(`<script src="/assets/[0-9a-f]{12}/[a-z]+\.js" defer></script>`)
	for _, p := range gallery.Pages() {
		t.Run(p.Name, func(t *testing.T) {
			out := render(t, p.Body, "sv")
			if bad := inline.FindString(out); bad != "" {
				t.Errorf("inline style or script: %q", bad)
			}
			if n := len(scripts.FindAllString(out, -1)); n != strings.Count(out, "<script") {
				t.Error("a script that is not one of ours, or not deferred")
			}
		})
	}
}

func TestEveryComponentStandsInTheGallery(t *testing.T) {
	source, err := os.ReadFile("gallery/gallery_templ.go")
	if err != nil {
		t.Fatal(err)
	}
	used := string(source)
	files, _ := filepath.Glob("*_templ.go")
	var components []string
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		used += string(b)
		f, err := parser.ParseFile(token.NewFileSet(), name, b, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.IsExported() {
				components = append(components, fn.Name.Name)
			}
		}
	}
	if len(components) < 40 {
		t.Fatalf("only %d components were found", len(components))
	}
	for _, c := range components {
		// Toast is its ToastBox in the envelope of a partial answer, which no page holds.
		if c != "Toast" && !regexp.MustCompile(`templ_7745c5c3_Err = (ui\.)?`+c+`\(`).MatchString(used) {
			t.Errorf("%s is on no page", c)
		}
	}
}

// The components' own words go through text, so that the catalogue can be complete.
func TestComponentsSayTheirWordsThroughText(t *testing.T) {
	files, _ := filepath.Glob("*.templ")
	if len(files) < 8 {
		t.Fatalf("only %d templ files", len(files))
	}
	swedish := regexp.MustCompile(`[åäöÅÄÖ]`)
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(b), "\n") {
			if swedish.MatchString(line) && !strings.Contains(line, "text.") && !strings.HasPrefix(strings.TrimSpace(line), "//") {
				t.Errorf("%s:%d says Swedish by itself: %s", name, i+1, strings.TrimSpace(line))
			}
		}
	}
}

func TestEnglishPagesHaveEnglishWords(t *testing.T) {
	for _, p := range gallery.Pages() {
		if p.Name != "tom-lista" && p.Name != "delar" {
			continue
		}
		out := render(t, p.Body, "en")
		if !strings.Contains(out, `<html lang="en"`) || !strings.Contains(out, "Skip to the content") || strings.Contains(out, "Logga ut") {
			t.Errorf("%s is not in English", p.Name)
		}
	}
}

func TestErrorsStandAtTheirFieldsAndAbove(t *testing.T) {
	out := render(t, ui.FormPage(ui.FormView{
		Title: "T", Action: "/x", Submit: "Spara", Version: 7, Draft: "d",
		Fields: []ui.FieldView{{Name: "a", Label: "A", Help: "Hjälp."}, {Name: "b", Label: "B", Required: true}},
		Errors: []ui.FieldError{{Field: "b", Text: "B fel."}, {Text: "Hela fel."}, {Field: "a", Text: "A fel."}},
	}), "sv")
	for _, want := range []string{
		`3 saker att rätta`, `<a href="#f-a">A fel.</a>`, `aria-describedby="f-a-help f-a-error"`, `id="f-b-error"`,
		`name="version" value="7"`, `data-draft="d@7"`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("lacks %s in %s", want, out)
		}
	}
	if a, b := strings.Index(out, "#f-a"), strings.Index(out, "#f-b"); a > b {
		t.Error("errors stand in the order of the fields")
	}
	if strings.Count(out, `aria-invalid="true"`) != 2 {
		t.Error("exactly the two wrong fields are invalid")
	}
}

func BenchmarkListOfAHundred(b *testing.B) {
	v := ui.ListView{Title: "Fakturor", URL: "/f", BulkURL: "/f", Bulk: []ui.BulkAction{{Step: "a", Label: "A"}}, Columns: make([]ui.Col, 9)}
	for range 100 {
		r := ui.Row{ID: "17", Version: 3, URL: "/f/17", Amount: 100, Cells: make([]ui.Cell, 9)}
		for i := range r.Cells {
			r.Cells[i] = ui.Cell{Text: "Kvarnbo Måltid AB"}
		}
		r.Cells[6] = ui.Cell{Kind: ui.CellPromise, Elapsed: 3, Promised: 5}
		r.Cells[5] = ui.Cell{Kind: ui.CellStatus, Status: ui.Near, Text: "Moms att kontrollera"}
		v.Rows = append(v.Rows, r)
	}
	page := ui.ListPage(v)
	ctx := context.Background()
	var out bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		out.Reset()
		if err := page.Render(ctx, &out); err != nil {
			b.Fatal(err)
		}
	}
}
