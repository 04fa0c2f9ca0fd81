// Package kontor has no code of its own; this file checks the layout rules. It
// reads every Go file in the tree once and holds it against the tables below.
// To change a rule, change its table and say why in the commit.
package kontor

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kontor/kernel/golden"
)

// layers are numbered from the ground. A package imports only what is on lower
// layers; on its own layer it goes through an opening, below.
var layers = []string{"schema", "kernel", "format", "books", "promise", "desk", "process", "prove", "improve", "app", "cmd", "browser"}

// open layers are walked freely between packages: the kernel is one piece.
var open = []string{"kernel"}

// openings are the only ways between packages on the same layer, and why.
var openings = map[string]map[string]string{
	"format/ubl": {
		"format/en16931": "the reader fills the semantic model",
		"format/xmlscan": "the scanner under every reader of XML",
	},
	"format/cii": {
		"format/en16931": "the reader fills the semantic model",
		"format/xmlscan": "the scanner under every reader of XML",
		"format/xmltree": "the elements of the file, before they are brought to UBL's",
	},
	"format/xmltree":  {"format/xmlscan": "the scanner under every reader of XML"},
	"format/verdict":  {"format/xmlscan": "why a file cannot be read, and where"},
	"format/envelope": {"format/xmlscan": "the scanner under every reader of XML", "format/xmltree": "headers and attachments are read whole"},
	"format/svefaktura": {
		"format/en16931":  "the reader fills the semantic model",
		"format/envelope": "a Svefaktura mostly comes in one, with its attachments",
		"format/xmlscan":  "the scanner under every reader of XML",
		"format/xmltree":  "the elements that the rules are about",
	},
	"format/response": {
		"format/en16931":  "the namespaces of UBL",
		"format/envelope": "an answer may come in one",
		"format/verdict":  "what is said of a file",
		"format/xmlscan":  "the scanner under every reader of XML",
		"format/xmltree":  "it is read whole",
	},
	"format/einvoice": {
		"format/cii":        "one of the three readers",
		"format/en16931":    "the model that they fill, and its rules",
		"format/envelope":   "what an invoice comes in",
		"format/svefaktura": "one of the three readers, with rules of its own",
		"format/ubl":        "one of the three readers",
		"format/verdict":    "what is said of a file",
		"format/xmlscan":    "the scanner under every reader of XML",
	},
	"format/camt": {
		"format/isodata": "plain values of ISO 20022",
		"format/verdict": "what is said of a file",
		"format/xmlscan": "the scanner under every reader of XML",
	},
	"format/pain": {
		"format/isodata": "plain values of ISO 20022",
		"format/verdict": "what is said of a file",
		"format/xmlscan": "the scanner under every reader of XML",
	},
	"format/sie": {"format/verdict": "what is said of a file"},
	"format/scanindex": {
		"format/verdict": "what is said of a file",
		"format/xmlscan": "the scanner under every reader of XML",
		"format/xmltree": "an index in XML is a small tree",
	},
	"books/ledger": {"books/coding": "a posted line is a coding line"},
	"promise/client": {
		"promise/organisation": "a client has a home unit and an account manager",
		"promise/leadtime":     "its page tells what is promised",
	},
	"promise/catalogue":             {"promise/client": "distribution keys have a weight for each client"},
	"promise/approval":              {"promise/client": "a register is a client's"},
	"promise/approval/approvaltest": {"promise/approval": "decides a register for the tests of others"},
	"process/treasury/treasurytest": {"process/treasury": "walks the ways of money for the tests of its sources"},
	"promise/agreement": {
		"promise/client":       "an agreement is with a client",
		"promise/catalogue":    "about services of the catalogue",
		"promise/leadtime":     "signing makes the promises",
		"promise/organisation": "the split of duties is by process",
	},
	"process/payables": {
		"process/approving":         "its invoices wait in the approvers' queue",
		"process/payables/learning": "suggestions are learned from what is approved",
		"process/treasury":          "it says what is due and posts what is paid",
	},
	"process/payout": {
		"process/approving": "its requests wait in the approvers' queue",
		"process/payables":  "a payee that is a supplier is paid to an account that the supplier ledger has approved",
		"process/treasury":  "it says what is due and posts what is paid",
	},
	"prove/report": {
		"prove/indicator": "the report shows indicators",
		"prove/charging":  "and what was billed",
	},
}

// fileRoles says what a module's file with a given name must not import. Rules and
// tables stay pure, so that they can be read, tested and printed without a
// database or a server.
var fileRoles = map[string][]string{
	"rules.go": {"database/sql", "net/http", "os", "kontor/kernel/db", "kontor/kernel/web"},
	"flow.go":  {"database/sql", "net/http", "os", "kontor/kernel/db", "kontor/kernel/web"},
	"lists.go": {"database/sql", "net/http", "os", "kontor/kernel/web"},
	"store.go": {"net/http", "kontor/kernel/web"},
	"web.go":   {"database/sql", "kontor/kernel/db"},
}

// drivers may be imported by the door to the database alone.
var drivers = []string{"modernc.org/sqlite", "github.com/jackc/pgx", "database/sql/driver"}
var driverHomes = []string{"kernel/db", "kernel/dbtest", "kernel/period", "kernel/money", "kernel/ident"}

// banned words, why, and where they are allowed all the same.
var banned = []struct {
	re    *regexp.Regexp
	why   string
	allow []string
}{
	{regexp.MustCompile(`\btime\.Now\(`), "use op.Op.Now: one operation has one time", []string{"app", "cmd", "kernel/dbtest"}},
	{regexp.MustCompile(`\bcontext\.(Background|TODO)\(`), "hand on the Op", []string{"app", "cmd", "kernel/dbtest"}},
	{regexp.MustCompile(`\bfloat(32|64)\b`), "money and counts are whole numbers", []string{"kernel/chart", "kernel/web"}},
	{regexp.MustCompile(`(?i)select\s+\*`), "name the columns", nil},
	{regexp.MustCompile(`\bfunc init\(`), "say it in app, where it can be seen", nil},
	{regexp.MustCompile(`\b(TODO|FIXME|XXX)\b`), "write an issue and cite it as (#12)", nil},
	{regexp.MustCompile(`(?m)^package attest|\battest\.[A-Z]|\battest_\w`), "approve and review, also in the names of packages and tables: see GLOSSARY.md", nil},
	{regexp.MustCompile(`\b[Cc]ustomer[A-Z_ ]`), "Client buys from us, Debtor owes", []string{"format"}},
}

const linesMax = 600 // of a file: is it still one subject?

type file struct {
	path, dir, name string
	src             string
	ast             *ast.File
	generated       bool
}

func TestLayout(t *testing.T) {
	docs := map[string]string{}
	for _, f := range sources(t) {
		if strings.HasSuffix(f.name, "_test.go") {
			continue
		}
		if !f.generated {
			docs[f.dir] += f.ast.Doc.Text()
		}
		checkImports(t, f)
		if !f.generated {
			checkWords(t, f)
		}
	}
	checkModules(t, docs)
}

func sources(t *testing.T) []file {
	t.Helper()
	var all []file
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && p != ".") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(p, ".go") || p == "layout_test.go" {
			return nil
		}
		src, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), p, src, parser.ParseComments)
		if err != nil {
			return err
		}
		all = append(all, file{p, path.Dir(p), path.Base(p), string(src), parsed, ast.IsGenerated(parsed)})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func layer(dir string) int {
	return slices.Index(layers, strings.SplitN(dir, "/", 2)[0])
}

func checkImports(t *testing.T, f file) {
	if layer(f.dir) < 0 {
		t.Errorf("%s: %s is on no layer", f.path, f.dir)
	}
	for _, im := range f.ast.Imports {
		target := strings.Trim(im.Path.Value, `"`)
		if !strings.HasPrefix(f.dir, "kernel/") && slices.Contains(fileRoles[f.name], target) {
			t.Errorf("%s: %s must not import %s", f.path, f.name, target)
		}
		for _, d := range drivers {
			if strings.HasPrefix(target, d) && !slices.Contains(driverHomes, f.dir) {
				t.Errorf("%s: only %v import %s", f.path, driverHomes, target)
			}
		}
		module, ours := strings.CutPrefix(target, "kontor/")
		if !ours {
			continue
		}
		if openings[f.dir][module] != "" {
			continue
		}
		from, to := layer(f.dir), layer(module)
		// The pages of a module may live in a folder of their own below it.
		inside := strings.HasPrefix(f.dir, module+"/") || strings.HasPrefix(module, f.dir+"/")
		same := from == to && (inside || slices.Contains(open, layers[max(to, 0)]))
		if to < 0 || to > from || to == from && !same {
			t.Errorf("%s: no opening from %s to %s", f.path, f.dir, module)
		}
	}
}

func checkWords(t *testing.T, f file) {
	if n := strings.Count(f.src, "\n"); n > linesMax {
		t.Errorf("%s: %d lines, at most %d: split it by subject", f.path, n, linesMax)
	}
	for _, b := range banned {
		if slices.ContainsFunc(b.allow, func(a string) bool { return strings.HasPrefix(f.dir, a) }) {
			continue
		}
		if at := b.re.FindStringIndex(f.src); at != nil {
			line := 1 + strings.Count(f.src[:at[0]], "\n")
			t.Errorf("%s:%d: %q: %s", f.path, line, f.src[at[0]:at[1]], b.why)
		}
	}
}

// The project speaks of itself alone: no file names somebody's folders or the
// registry that a machine happens to fetch from.
func TestNoPlaceOfAMachine(t *testing.T) {
	places := regexp.MustCompile(`(?:^|[\s"'=(:])/(?:home|root|Users|work)/\w|https?://(?:registry|proxy)\.`)
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return fs.SkipDir
		}
		info, err := d.Info()
		if err != nil || d.IsDir() || d.Name() == ".git" || info.Size() > 2<<20 || p == "layout_test.go" {
			return err
		}
		b, err := os.ReadFile(p)
		if at := places.FindIndex(b); at != nil {
			t.Errorf("%s: %q does not belong in the project", p, b[at[0]:at[1]])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkModules holds MODULES.md, the map of the program, against the first sentence
// of every package comment. The map cannot go out of date.
func checkModules(t *testing.T, docs map[string]string) {
	var b strings.Builder
	b.WriteString("# Modules\n\nMade from the package comments by `go test -update .`\n")
	var dirs []string
	for dir := range docs {
		dirs = append(dirs, dir)
	}
	slices.SortFunc(dirs, func(a, b string) int {
		if d := layer(a) - layer(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	last := -1
	for _, dir := range dirs {
		first := new(doc.Package).Synopsis(docs[dir])
		if first == "" {
			t.Errorf("%s: the package has no comment", dir)
		}
		if l := layer(dir); l != last && l >= 0 {
			fmt.Fprintf(&b, "\n## %s\n\n", layers[l])
			last = l
		}
		fmt.Fprintf(&b, "- `%s`: %s\n", dir, first)
	}
	golden.Check(t, "MODULES.md", b.String())
}
