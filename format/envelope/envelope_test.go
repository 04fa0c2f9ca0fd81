package envelope

import (
	"errors"
	"strings"
	"testing"

	"kontor/format/xmlscan"
)

const (
	head = `<StandardBusinessDocument xmlns="` + SpaceSBDH + `"><StandardBusinessDocumentHeader><Sender><Identifier Authority="iso6523-actorid-upis">0007:5560000001</Identifier></Sender>` +
		`<DocumentIdentification><Type>Invoice</Type></DocumentIdentification><BusinessScope><Scope><Type>PROCESSID</Type><InstanceIdentifier>p</InstanceIdentifier></Scope></BusinessScope></StandardBusinessDocumentHeader>`
	tail    = `</StandardBusinessDocument>`
	objects = `<ObjectEnvelope xmlns="` + SpaceEnvelope + `"><EncodedObject><ObjectID>o1</ObjectID><EncodedData mimeCode="application/pdf" filename="a.pdf">aGVq` + "\r\n" + `</EncodedData></EncodedObject></ObjectEnvelope>`
	inside  = `<x:Doc xmlns:x="urn:x"><x:A>1</x:A></x:Doc>`
)

func open(t *testing.T, s string) (*Envelope, *xmlscan.Scanner, error) {
	t.Helper()
	c, err := xmlscan.New(s, xmlscan.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := Open(c)
	return e, c, err
}

// skip passes the element that the scanner stands at.
func skip(t *testing.T, c *xmlscan.Scanner) {
	t.Helper()
	for depth := 1; depth > 0; {
		kind, err := c.Next()
		switch {
		case err != nil:
			t.Fatal(err)
		case kind == xmlscan.Start:
			depth++
		case kind == xmlscan.End:
			depth--
		}
	}
}

func TestEnvelopesArePeeledOff(t *testing.T) {
	sfti := strings.ReplaceAll(head, SpaceSBDH, SpaceSFTI)
	for name, c := range map[string]struct {
		file            string
		headers, object int
	}{
		"no envelope":                          {inside, 0, 0},
		"one envelope":                         {head + inside + tail, 1, 0},
		"an envelope in an envelope":           {head + sfti + inside + tail + tail, 2, 0},
		"attachments behind the document":      {head + sfti + inside + objects + tail + tail, 2, 1},
		"attachments in front of the document": {head + objects + inside + tail, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			e, s, err := open(t, c.file)
			if err != nil {
				t.Fatal(err)
			}
			if s.Name.Local != "Doc" || s.Name.Space != "urn:x" {
				t.Fatalf("stands at %+v", s.Name)
			}
			skip(t, s)
			if err := e.Rest(s); err != nil {
				t.Fatal(err)
			}
			if len(e.Headers) != c.headers || len(e.Objects) != c.object {
				t.Fatalf("%d headers, %d objects", len(e.Headers), len(e.Objects))
			}
			if c.headers > 0 && (e.Headers[0].Sender != "0007:5560000001" || e.Headers[0].Scopes["PROCESSID"] != "p") {
				t.Errorf("header %+v", e.Headers[0])
			}
			if c.object > 0 && (string(e.Objects[0].Content) != "hej" || e.Objects[0].Filename != "a.pdf") {
				t.Errorf("object %+v", e.Objects[0])
			}
		})
	}
}

func TestEnvelopesWithoutOneDocumentAreRefused(t *testing.T) {
	for name, file := range map[string]string{
		"empty":              head + tail,
		"attachments alone":  head + objects + tail,
		"five in each other": strings.Repeat(head, 5) + inside + strings.Repeat(tail, 5),
		"two documents":      head + inside + inside + tail,
	} {
		t.Run(name, func(t *testing.T) {
			e, s, err := open(t, file)
			if err == nil {
				skip(t, s)
				err = e.Rest(s)
			}
			var refused *xmlscan.Error
			if !errors.As(err, &refused) || refused.Text == "" {
				t.Errorf("got %v", err)
			}
		})
	}
}
