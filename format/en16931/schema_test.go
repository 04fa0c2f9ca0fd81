package en16931_test

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/format/en16931"
	"kontor/format/ubl"
)

func TestWhatStandsTwiceIsAFault(t *testing.T) {
	b, err := os.ReadFile("../ubl/testdata/invoice.xml")
	if err != nil {
		t.Fatal(err)
	}
	good := string(b)
	// twice repeats the last element of a name, which has none of its own inside.
	twice := func(name string) string {
		t.Helper()
		begin, end := strings.LastIndex(good, "<"+name), strings.LastIndex(good, "</"+name+">")+len(name)+3
		if begin < 0 || end < begin {
			t.Fatalf("the good invoice has no %s", name)
		}
		return good[:end] + good[begin:end] + good[end:]
	}
	for _, c := range []struct {
		name, file, fault string
	}{
		{"the good invoice", good, ""},
		{"two amounts to pay", twice("cbc:PayableAmount"), "cbc:PayableAmount står mer än en gång"},
		{"two due dates", twice("cbc:DueDate"), "cbc:DueDate står mer än en gång"},
		{"two payee accounts in one payment", twice("cac:PayeeFinancialAccount"), "cac:PayeeFinancialAccount står mer än en gång"},
		{"two countries", twice("cac:Country"), "cac:Country står mer än en gång"},
		{"two ways to pay", twice("cac:PaymentMeans"), ""},
		{"two names of the same party", twice("cac:PartyName"), ""},
		{"two categories of one VAT row", twice("cac:TaxCategory"), "cac:TaxCategory står mer än en gång"},
		{"a value inside a value", strings.Replace(good, "<cbc:DueDate>", "<cbc:DueDate><cbc:ID>1</cbc:ID>", 1), "cbc:DueDate ska ha ett värde"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := ubl.Read([]byte(c.file))
			if err != nil {
				t.Fatal(err)
			}
			faults := d.Faults()
			switch {
			case c.fault == "" && len(faults) > 0:
				t.Errorf("%+v", faults)
			case c.fault != "" && (len(faults) != 1 || !strings.Contains(faults[0].Text, c.fault) || faults[0].Line == 0 || !faults[0].Fatal):
				t.Errorf("%+v", faults)
			}
		})
	}
}

// occurs is how often UBL's schema lets a child stand in an element: from
// element to child to maxOccurs.
func occurs(t *testing.T) map[string]map[string]string {
	t.Helper()
	const schemas = "../../../shared/data/schemas/ubl-2.1"
	files, err := filepath.Glob(filepath.Join(schemas, "*", "UBL-*-2.1.xsd"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("the schemas of UBL 2.1 are not beside the repository")
	}
	types, elements := map[string]map[string]string{}, map[string]string{}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var schema struct {
			Elements []struct {
				Name string `xml:"name,attr"`
				Type string `xml:"type,attr"`
			} `xml:"element"`
			Types []struct {
				Name  string `xml:"name,attr"`
				Parts []struct {
					Ref string `xml:"ref,attr"`
					Max string `xml:"maxOccurs,attr"`
				} `xml:"sequence>element"`
			} `xml:"complexType"`
		}
		if err := xml.Unmarshal(b, &schema); err != nil {
			t.Fatal(err)
		}
		for _, e := range schema.Elements {
			elements[e.Name] = e.Type
		}
		for _, x := range schema.Types {
			parts := map[string]string{}
			for _, p := range x.Parts {
				parts[p.Ref] = p.Max
			}
			types[x.Name] = parts
		}
	}
	out := map[string]map[string]string{}
	for name, of := range elements {
		if parts := types[of]; len(parts) > 0 {
			out[name] = parts
		}
	}
	return out
}

// What UBL's schemas let stand many times is no fault here, wherever it stands.
// What they let stand once is one, unless the same name may be repeated elsewhere.
func TestConformanceRepeatedElements(t *testing.T) {
	schema := occurs(t)
	many := map[string]bool{}
	for _, parts := range schema {
		for child, most := range parts {
			many[child] = many[child] || most == "unbounded"
		}
	}
	checked := 0
	for parent, parts := range schema {
		for child, most := range parts {
			prefix, local, _ := strings.Cut(child, ":")
			space := map[string]string{"cac": en16931.SpaceCAC, "cbc": en16931.SpaceCBC}[prefix]
			if space == "" {
				continue
			}
			tree := en16931.NewTree(en16931.UBLInvoice, 4)
			tree.Start(en16931.SpaceInvoice, "Invoice", 1)
			if parent != "Invoice" && parent != "CreditNote" {
				tree.Start(en16931.SpaceCAC, parent, 2)
			}
			for range 2 {
				tree.Start(space, local, 3)
				tree.End()
			}
			faults := en16931.FromTree(tree).Faults()
			if most == "unbounded" && len(faults) > 0 {
				t.Errorf("%s may be repeated in %s: %v", child, parent, faults)
			}
			if !many[child] && len(faults) > 0 {
				checked++
			}
		}
	}
	if checked < 100 {
		t.Errorf("only %d places are held to one value", checked)
	}
}
