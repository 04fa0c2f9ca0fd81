package xmlscan

import (
	"errors"
	"strings"
	"testing"
)

func TestWalk(t *testing.T) {
	const doc = `<a x="1"><b>  one <i>inner</i>two </b><c><d>3</d><unknown><d>no</d></unknown></c><b/>` + "\n<e><Cd>PROP</Cd></e></a>"
	w, root, err := Walk([]byte(doc), Limits{})
	if err != nil || root.Local != "a" || w.Attr("x") != "1" {
		t.Fatal(root, err)
	}
	var got []string
	w.Each(func(name string) {
		switch name {
		case "b":
			got = append(got, name+"="+w.Text())
		case "c":
			w.Each(func(name string) {
				if name == "d" {
					got = append(got, name+"="+w.Text())
				}
			})
		case "e":
			text, inner := w.TextOr(func(name string) bool { return name == "Cd" })
			got = append(got, name+"="+text+"/"+inner)
		}
	})
	if err := w.Finish(); err != nil || strings.Join(got, " ") != "b=one two d=3 b= e=/PROP" {
		t.Errorf("%q %v", got, err)
	}
}

func TestWalkSaysWhereItStopped(t *testing.T) {
	for _, doc := range []string{`<a><b>1</b>`, `<a><b></a>`, `<a/><b/>`, `<a>&nope;</a>`} {
		w, _, err := Walk([]byte(doc), Limits{})
		if err != nil {
			t.Fatal(doc, err)
		}
		w.Each(func(string) { w.Text() })
		var e *Error
		if err := w.Finish(); !errors.As(err, &e) || e.Text == "" {
			t.Errorf("%s: %v", doc, err)
		}
	}
	w, _, _ := Walk([]byte(`<a><b/><c/></a>`), Limits{})
	stop := errors.New("enough")
	seen := 0
	w.Each(func(string) { seen++; w.Stop(stop) })
	if err := w.Finish(); !errors.Is(err, stop) || seen != 1 {
		t.Error(err, seen)
	}
	if _, _, err := Walk([]byte(strings.Repeat("<a>", 100)), Limits{Bytes: 50}); err == nil {
		t.Error("a file beyond the limit was begun")
	}
}

func TestMentions(t *testing.T) {
	long := "<!-- " + strings.Repeat("a bank's long comment ", 300) + "-->"
	for name, c := range map[string]struct {
		file string
		want bool
	}{
		"the namespace of the root":       {`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08">`, true},
		"after a long comment":            {`<?xml version="1.0"?>` + long + `<Document xmlns="urn:camt.054">`, true},
		"an element of the message":       {`<Envelope><Body><camt.054/></Body></Envelope>`, true},
		"in UTF-16":                       {strings.Join(strings.Split("<a x='camt.05'>", ""), "\x00"), true},
		"a tag that the look cuts off":    {`<Document xmlns="urn:camt.054`, true},
		"an invoice that writes of it":    {`<Invoice><Note>Se camt.054 av igår</Note></Invoice>`, false},
		"a comment that writes of it":     {`<!-- <x> camt.054 --><Invoice/>`, false},
		"a comment without an end":        {`<!-- camt.054`, false},
		"text that is no XML":             {`camt.054;bild.tif`, false},
		"nothing":                         {"", false},
		"a tag and text with no more tag": {`<a>camt.054`, false},
	} {
		if got := Mentions([]byte(c.file), "camt.05", "BkToCstmr"); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
