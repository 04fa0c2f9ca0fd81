package xmltree

import (
	"testing"

	"kontor/format/xmlscan"
)

func read(t *testing.T, s string, known func(string) bool) *Element {
	t.Helper()
	c, err := xmlscan.New(s, xmlscan.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if kind, err := c.Next(); err != nil || kind != xmlscan.Start {
		t.Fatal(kind, err)
	}
	e, err := Read(c, known)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestPathsFindWhatIsThereAndNothingElse(t *testing.T) {
	e := read(t, "<a><b x='1'/><b><c> t&amp;u\n</c></b><d xmlns='other'><c>no</c></d><b><c>2</c></b></a>", func(s string) bool { return s == "" })
	if got := e.At("b", "c").Raw(); got != " t&u\n" {
		t.Errorf("text %q", got)
	}
	if got := e.Value("b", "c"); got != "t&u" {
		t.Errorf("value %q", got)
	}
	if got := len(e.All("b", "c")); got != 2 {
		t.Errorf("%d elements", got)
	}
	if e.At("d") != nil {
		t.Error("an element of an unknown namespace is there")
	}
	if e.At("b").Attr("x") != "1" || e.At("x", "y").Attr("z") != "" || e.At("x").All("y") != nil || e.At("x").Value("y") != "" {
		t.Error("attributes or absent elements")
	}
	if e.At("b", "c").Up(2) != e || e.Up(3) != nil {
		t.Error("parents")
	}
	n := 0
	if e.Each("c", func(*Element) { n++ }); n != 2 {
		t.Errorf("%d of the name", n)
	}
}

// The scanner stands after the element, so that more may be read behind it.
func TestReadingEndsWhereTheElementEnds(t *testing.T) {
	c, err := xmlscan.New("<a><b>1</b><c>2</c></a>", xmlscan.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	c.Next()
	c.Next()
	if _, err := Read(c, nil); err != nil {
		t.Fatal(err)
	}
	if kind, err := c.Next(); err != nil || kind != xmlscan.Start || c.Name.Local != "c" {
		t.Errorf("%v %v %s", kind, err, c.Name.Local)
	}
}
