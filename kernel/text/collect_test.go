package text

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// said is a sentence that the source shows to a person, and where.
type said struct{ text, file string }

// shownFields are the fields that hold words for a person, in the descriptions that a module gives to the kernel.
var shownFields = []string{"Label", "Title", "Intro", "Help", "Empty", "Text", "Word", "Submit", "Done", "WhoMay", "Shown", "About", "Held"}

// describing are the packages whose types are such descriptions.
var describing = []string{"list", "form", "flow", "report", "module", "fault", "role", "job"}

// collector reads one package.
type collector struct {
	pkg    string
	consts map[string]ast.Expr // package-level constants, which may hold a sentence
	file   string
	found  *[]said
	inCode map[string]bool // every constant string, also those that reach a person by way of a table
}

// collect walks every Go file under root that is part of the program. Files made by templ hold the words of the
// components. It returns the sentences, and the set of all strings that the program holds.
func collect(root string) ([]said, map[string]bool, error) {
	var found []said
	inCode := map[string]bool{}
	packages := map[string][]*ast.File{}
	names := map[*ast.File]string{}
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != root || slices.Contains([]string{"node_modules", "testdata", "gallery"}, d.Name())) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil // a file that somebody is writing this minute; the compiler will say so
		}
		dir := filepath.Dir(path)
		packages[dir] = append(packages[dir], f)
		names[f], _ = filepath.Rel(root, path)
		return nil
	})
	for _, files := range packages {
		c := collector{consts: map[string]ast.Expr{}, found: &found, inCode: inCode}
		for _, f := range files {
			c.constants(f)
		}
		for _, f := range files {
			c.pkg, c.file = f.Name.Name, names[f]
			ast.Inspect(f, c.visit)
		}
	}
	return found, inCode, err
}

func (c *collector) constants(f *ast.File) {
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			for i, name := range v.Names {
				if i < len(v.Values) {
					c.consts[name.Name] = v.Values[i]
				}
			}
		}
	}
}

func (c *collector) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		c.call(n)
	case *ast.CompositeLit:
		c.literal(n, n.Type)
	case *ast.BasicLit, *ast.BinaryExpr:
		if s, ok := c.constant(n.(ast.Expr), 0); ok {
			c.inCode[s] = true
		}
	}
	return true
}

// call collects what is given to text.T, text.F, text.N and fault.New.
func (c *collector) call(n *ast.CallExpr) {
	var name string
	switch fun := n.Fun.(type) {
	case *ast.SelectorExpr:
		if x, ok := fun.X.(*ast.Ident); ok {
			name = x.Name + "." + fun.Sel.Name
		}
	case *ast.Ident:
		name = c.pkg + "." + fun.Name
	}
	switch {
	case (name == "text.T" || name == "text.F") && len(n.Args) > 1:
		c.add(n.Args[1])
	case name == "text.N" && len(n.Args) == 4:
		c.add(n.Args[2])
		c.add(n.Args[3])
	case name == "fault.New" && len(n.Args) == 3:
		c.add(n.Args[2])
	}
}

// literal collects the shown fields of a description. The elements of a list take their type from it.
func (c *collector) literal(n *ast.CompositeLit, typ ast.Expr) {
	switch t := typ.(type) {
	case *ast.ArrayType:
		for _, e := range n.Elts {
			if lit, ok := value(e).(*ast.CompositeLit); ok && lit.Type == nil {
				c.literal(lit, t.Elt)
			}
		}
		return
	case *ast.MapType:
		for _, e := range n.Elts {
			if lit, ok := value(e).(*ast.CompositeLit); ok && lit.Type == nil {
				c.literal(lit, t.Value)
			}
		}
		return
	}
	pkg, name := c.typeName(typ)
	if !slices.Contains(describing, pkg) {
		return
	}
	for i, e := range n.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if ok {
			if key, ok := kv.Key.(*ast.Ident); ok && slices.Contains(shownFields, key.Name) {
				c.add(kv.Value)
			}
			continue
		}
		// The short descriptions may be written without field names: their second value is the word.
		if i == 1 && slices.Contains([]string{"Option", "StateLabel", "Field"}, name) {
			c.add(e)
		}
	}
}

func value(e ast.Expr) ast.Expr {
	if kv, ok := e.(*ast.KeyValueExpr); ok {
		e = kv.Value
	}
	if u, ok := e.(*ast.UnaryExpr); ok {
		e = u.X
	}
	return e
}

func (c *collector) typeName(typ ast.Expr) (pkg, name string) {
	switch t := typ.(type) {
	case *ast.StarExpr:
		return c.typeName(t.X)
	case *ast.IndexExpr:
		return c.typeName(t.X)
	case *ast.SelectorExpr:
		if x, ok := t.X.(*ast.Ident); ok {
			return x.Name, t.Sel.Name
		}
	case *ast.Ident:
		return c.pkg, t.Name
	}
	return "", ""
}

// add resolves a constant string. What is not constant has been said where it was made.
func (c *collector) add(e ast.Expr) {
	if s, ok := c.constant(e, 0); ok && s != "" {
		*c.found = append(*c.found, said{s, c.file})
	}
}

func (c *collector) constant(e ast.Expr, depth int) (string, bool) {
	if depth > 20 {
		return "", false
	}
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		a, okA := c.constant(e.X, depth+1)
		b, okB := c.constant(e.Y, depth+1)
		return a + b, okA && okB
	case *ast.ParenExpr:
		return c.constant(e.X, depth+1)
	case *ast.Ident:
		if v, ok := c.consts[e.Name]; ok {
			return c.constant(v, depth+1)
		}
	}
	return "", false
}

func TestEverySentenceHasItsEnglish(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	all, inCode, err := collect(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 80 {
		t.Fatalf("only %d sentences were found: the collector reads the wrong folder", len(all))
	}
	where := map[string][]string{}
	for _, s := range all {
		if !slices.Contains(where[s.text], s.file) {
			where[s.text] = append(where[s.text], s.file)
		}
	}
	texts := make([]string, 0, len(where))
	for s := range where {
		texts = append(texts, s)
	}
	for _, s := range Missing(texts) {
		t.Errorf("en.tsv lacks\n%s\t(%s)", s, strings.Join(where[s], ", "))
	}
	for swedish := range catalogue() {
		if !inCode[swedish] {
			t.Errorf("en.tsv has %q, which nothing says any more", swedish)
		}
	}
}
