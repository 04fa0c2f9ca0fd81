package xmlscan

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// stricter are the refusals that encoding/xml does not share: what is limited,
// what is refused for safety, and well-formedness that it does not check.
var stricter = map[Code]bool{
	Empty: true, Doctype: true, TooDeep: true, TooLarge: true, TooMany: true, Strict: true, Undeclared: true,
	BadCharset: true, NotXML: true, Truncated: false, Broken: false,
}

// token is a token in a form that both scanners can be brought to.
type token struct {
	kind  Kind
	name  string
	attrs string
	text  string
}

func ours(s string) ([]token, error) {
	c, err := New(s, Limits{})
	if err != nil {
		return nil, err
	}
	var out []token
	for {
		kind, err := c.Next()
		if err != nil {
			return nil, err
		}
		switch kind {
		case EOF:
			return out, nil
		case Text:
			out = addText(out, c.Text)
		case Start:
			var b strings.Builder
			for _, a := range c.Attrs {
				b.WriteString(a.Name.Space + " " + a.Name.Local + "=" + a.Value + "\n")
			}
			out = append(out, token{kind: Start, name: c.Name.Space + " " + c.Name.Local, attrs: b.String()})
		case End:
			out = append(out, token{kind: End, name: c.Name.Space + " " + c.Name.Local})
		}
	}
}

func addText(out []token, s string) []token {
	if s == "" {
		return out
	}
	if n := len(out); n > 0 && out[n-1].kind == Text {
		out[n-1].text += s
		return out
	}
	return append(out, token{kind: Text, text: s})
}

func theirs(s string) ([]token, error) {
	d := xml.NewDecoder(strings.NewReader(s))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var out []token
	depth := 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			var b strings.Builder
			for _, a := range t.Attr {
				if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
					continue
				}
				space := a.Name.Space
				if space == "xml" {
					space = xmlSpace
				}
				b.WriteString(space + " " + a.Name.Local + "=" + a.Value + "\n")
			}
			out = append(out, token{kind: Start, name: spaceOf(t.Name) + " " + t.Name.Local, attrs: b.String()})
		case xml.EndElement:
			depth--
			out = append(out, token{kind: End, name: spaceOf(t.Name) + " " + t.Name.Local})
		case xml.CharData:
			if depth > 0 {
				out = addText(out, string(t))
			}
		}
	}
}

func spaceOf(n xml.Name) string {
	if n.Space == "xml" {
		return xmlSpace
	}
	return n.Space
}

// compare is the promise of the package: what the scanner accepts, encoding/xml
// accepts with the same tokens, and what it refuses beyond that it refuses for a
// reason of its own.
func compare(t *testing.T, s string) {
	t.Helper()
	got, errOurs := ours(s)
	want, errTheirs := theirs(s)
	if errOurs != nil {
		var refused *Error
		if !errors.As(errOurs, &refused) {
			t.Fatalf("not a refusal: %v", errOurs)
		}
		if refused.Line < 0 || refused.Col < 0 || !strings.HasSuffix(refused.Text, ".") {
			t.Errorf("bad refusal: %v", refused)
		}
		if errTheirs == nil && !stricter[refused.Code] {
			t.Errorf("refused what encoding/xml takes: %v in %q", refused, s)
		}
		return
	}
	if errTheirs != nil {
		t.Fatalf("took what encoding/xml refuses: %v in %q", errTheirs, s)
	}
	if len(got) != len(want) {
		t.Fatalf("%d tokens, want %d in %q\n%v\n%v", len(got), len(want), s, got, want)
	}
	for k := range got {
		if got[k] != want[k] {
			t.Fatalf("token %d is %v, want %v in %q", k, got[k], want[k], s)
		}
	}
}

// seeds are the corners of the grammar.
var seeds = []string{
	`<a/>`, `<a></a>`, `<a b="1" c='2'/>`, `<a> x &amp; &#65;&#x42; </a>`, `<a><![CDATA[<&]]></a>`,
	"<a>\r\n\r</a>", "<a b='\r\n'/>", `<?xml version="1.0" encoding="UTF-8"?><a/>`, `<!-- c --><a><!-- d --></a><?p q?>`,
	`<p:a xmlns:p="u"><p:b p:c="1" d="2"/></p:a>`, `<a xmlns="u"><b xmlns=""/></a>`, `<a xml:lang="sv"/>`,
	`<a>]]></a>`, `<a b="<"/>`, `<a b=1/>`, `<a b/>`, `<a b="1"c="2"/>`, `<a/><b/>`, `x<a/>`, `<a/>x`, `<a`, `<a>`, `<`, `</a>`,
	`<a></b>`, `<!DOCTYPE a><a/>`, `<a>&b;</a>`, `<a>&#0;</a>`, `<a>&#xD800;</a>`, `<a>&#55296;</a>`, `<a>&</a>`, `<a>&#;</a>`,
	`<a><!-- -- --></a>`, `<a><?xml version="1.0"?></a>`, `<?xml version="1.1"?><a/>`, `<å ä="ö"/>`, `<a>Å中</a>`, "<a>\x01</a>", "<a>\uFFFE</a>",
	`<:a/>`, `<a:/>`, `<a:b:c/>`, `<a: />`, `<xmlns:a/>`, `<a xmlns:b=""/>`, `<a b="1" b="2"/>`, `<1a/>`, `<-a/>`, `<a.b-c_d/>`, `< a/>`,
	`<a b = "1" />`, `<a ></a >`, `<a><b/></a>`, `<a/ >`, `<a>&lt;&gt;&quot;&apos;</a>`, `<a b="&lt;"/>`, `<!ELEMENT a><a/>`, `<![CDATA[x]]><a/>`,
	`<?a?><a/>`, `<??><a/>`, `<a xmlns:xml="u" xml:b="1"/>`, `<a><![CDATA[]]]]><![CDATA[>]]></a>`, "\ufeff<a/>", `<a>&#x10FFFF;&#x110000;</a>`, `<a>&#+65;</a>`, `<a>&#x_4;</a>`,
}

func TestScannerIsEqualToStandardOnCorners(t *testing.T) {
	for _, s := range seeds {
		t.Run(s, func(t *testing.T) { compare(t, s) })
	}
}

func TestScannerIsEqualToStandardOnRealFiles(t *testing.T) {
	const suites = "../../../shared/data"
	if _, err := os.Stat(suites); err != nil {
		t.Skip("the real files are not beside the repository")
	}
	files := 0
	for _, set := range []string{"peppol-bis3", "sfti-bis3-se", "svefaktura", "xrechnung", "iso20022"} {
		err := filepath.WalkDir(filepath.Join(suites, set), func(path string, d os.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".xml") {
				return err
			}
			b, err := os.ReadFile(path)
			if err != nil || bytes.Contains(b, []byte("<!DOCTYPE")) {
				return err
			}
			s, err := Decode(b)
			if err != nil {
				t.Errorf("%s: %v", path, err)
				return nil
			}
			files++
			if _, err := theirs(s); err == nil {
				if _, err := ours(s); err != nil {
					t.Errorf("%s: %v", path, err)
				}
			}
			compare(t, s)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 500 {
		t.Errorf("only %d files were compared", files)
	}
}

func FuzzScannerIsEqualToStandard(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Decode(b)
		if err != nil {
			return
		}
		compare(t, s)
	})
}
