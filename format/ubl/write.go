package ubl

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"kontor/format/en16931"
)

// Customization and Profile are BT-24 and BT-23 of Peppol BIS Billing 3, process
// 01. source: OpenPEPPOL BIS Billing 3.0.19, R004 and R007
const (
	Customization = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
	Profile       = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
)

// Write gives d as a UBL 2.1 file in UTF-8, with Peppol's identifiers where d
// has none. It does not judge: en16931.Check of the document does, before or
// after. The error names a text that holds a character which XML cannot carry.
func Write(d *en16931.Document) ([]byte, error) {
	sent := *d
	if sent.Customization == "" {
		sent.Customization = Customization
	}
	if sent.Profile == "" {
		sent.Profile = Profile
	}
	t := en16931.ToTree(&sent)
	var b bytes.Buffer
	b.Grow(64 * t.Len())
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	if err := writeElement(&b, t, en16931.Root, 0); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

func writeElement(b *bytes.Buffer, t *en16931.Tree, n en16931.ID, depth int) error {
	name := t.Named(n)
	for range depth {
		b.WriteString("  ")
	}
	b.WriteByte('<')
	b.WriteString(name)
	if depth == 0 {
		space := en16931.SpaceInvoice
		if t.Syntax == en16931.UBLCreditNote {
			space = en16931.SpaceCreditNote
		}
		fmt.Fprintf(b, " xmlns=%q xmlns:cac=%q xmlns:cbc=%q", space, en16931.SpaceCAC, en16931.SpaceCBC)
	}
	for _, a := range t.Attrs(n) {
		b.WriteString(" " + a.Name + "=\"")
		if err := escape(b, attrEscapes, name+"/@"+a.Name, a.Value); err != nil {
			return err
		}
		b.WriteByte('"')
	}
	b.WriteByte('>')
	inside := false
	for c := range t.Children(n) {
		inside = true
		b.WriteByte('\n')
		if err := writeElement(b, t, c, depth+1); err != nil {
			return err
		}
	}
	if inside {
		b.WriteByte('\n')
		for range depth {
			b.WriteString("  ")
		}
	} else if err := escape(b, textEscapes, name, t.Raw(n)); err != nil {
		return err
	}
	b.WriteString("</" + name + ">")
	return nil
}

// A reader may fold line ends and tabs in an attribute, and a return anywhere.
var (
	textEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")
	attrEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\r", "&#13;", "\n", "&#10;", "\t", "&#9;")
)

func escape(b *bytes.Buffer, escapes *strings.Replacer, name, s string) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("ubl: %s is not UTF-8: %q", name, s)
	}
	for _, r := range s {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return fmt.Errorf("ubl: %s holds a character that XML cannot carry: %q", name, s)
		}
	}
	_, _ = escapes.WriteString(b, s)
	return nil
}
