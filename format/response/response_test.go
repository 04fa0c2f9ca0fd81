package response

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kontor/format/verdict"
	"kontor/kernel/period"
)

func example() *Response {
	r := &Response{
		Customization: Customization, Profile: Profile, ID: "svar-1", Issued: period.NewDate(2014, time.March, 3), Time: "12:00:00", Note: "Hej & hå <b>",
		Sender:   Party{Endpoint: Identifier{"0007", "2120009994"}, ID: Identifier{"0007", "2120009994"}, Name: "Exempelstad", Contact: Contact{Name: "Ekonomi", Phone: "010123", Email: "e@example.org"}},
		Receiver: Party{Endpoint: Identifier{"0007", "5599990016"}, Name: "Östra Städ AB"},
		Status:   Rejected, Effective: period.NewDate(2014, time.March, 4), Invoice: "1001", InvoiceIssued: period.NewDate(2014, time.February, 28), InvoiceType: "380",
	}
	r.Because(BadReferences, "Referens saknas.")
	r.Please(NewInvoice, "")
	r.Why[0].Conditions = []Condition{{"BT-10", "REF001"}}
	return r
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	text := rapid.StringMatching(`([a-zåäöA-Z0-9&<>"' .]{0,20}[a-zåäö])?`)
	rapid.Check(t, func(t *rapid.T) {
		r := example()
		r.ID, r.Note, r.Sender.Name = text.Draw(t, "id"), text.Draw(t, "note"), text.Draw(t, "name")
		r.Status = rapid.SampledFrom(Statuses).Draw(t, "status").Code
		r.Why = nil
		for range rapid.IntRange(0, 3).Draw(t, "reasons") {
			r.Because(rapid.SampledFrom(Reasons).Draw(t, "reason").Code, text.Draw(t, "why"))
			r.Please(rapid.SampledFrom(Actions).Draw(t, "action").Code, text.Draw(t, "what"))
		}
		for _, s := range []*string{&r.ID, &r.Note, &r.Sender.Name} {
			*s = strings.TrimSpace(*s)
		}
		for k := range r.Why {
			r.Why[k].Text = strings.TrimSpace(r.Why[k].Text)
		}
		b, err := Write(r)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Read(b)
		if err != nil {
			t.Fatalf("%v\n%s", err, b)
		}
		if diff := cmp.Diff(r, got); diff != "" {
			t.Fatalf("differs (-written +read):\n%s", diff)
		}
	})
}

func TestATextThatXMLCannotCarryIsRefused(t *testing.T) {
	r := example()
	r.Note = "a\x00b"
	if _, err := Write(r); err == nil {
		t.Error("no error")
	}
}

func TestRulesOfTheTransaction(t *testing.T) {
	for id, spoil := range map[string]func(*Response){
		"":                 func(*Response) {},
		"PEPPOL-T111-R001": func(r *Response) { r.Why = nil },
		"PEPPOL-T111-R002": func(r *Response) { r.Please(OtherAction, "") },
		"PEPPOL-T111-R003": func(r *Response) { r.Customization = "x" },
		"PEPPOL-T111-R004": func(r *Response) { r.Status = Paid; r.Because(PartlyPaid, "") },
		"PEPPOL-T111-R005": func(r *Response) { r.Because(PartlyPaid, "Hälften") },
		"T111-ID":          func(r *Response) { r.ID = "" },
		"T111-DATE":        func(r *Response) { r.Issued = 0 },
		"T111-PARTIES":     func(r *Response) { r.Receiver.Endpoint.ID = "" },
		"T111-STATUS":      func(r *Response) { r.Status = "XX" },
		"T111-CODE":        func(r *Response) { r.Because("XXX", "") },
		"T111-INVOICE":     func(r *Response) { r.Invoice = "" },
	} {
		r := example()
		spoil(r)
		var got []string
		for _, x := range r.Check() {
			got = append(got, x.ID)
		}
		if id == "" && len(got) > 0 || id != "" && !slices.Equal(got, []string{id}) {
			t.Errorf("%s: broken are %v", id, got)
		}
	}
}

// suites is where the official cases and schemas lie beside the repository, when
// they do.
const suites = "../../../shared/data"

func TestConformanceCases(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(suites, "peppol-poacc/MANIFEST.tsv"))
	if os.IsNotExist(err) {
		t.Skip("the official cases are not beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	right, wrong := 0, 0
	for _, line := range strings.Split(string(b), "\n") {
		row := strings.Split(line, "\t")
		if len(row) < 3 || !strings.Contains(row[0], "unit-invoice-response/") && !strings.Contains(row[0], "T111-uc") && !strings.Contains(row[0], "InvoiceResponse_Example") || strings.HasPrefix(row[0], "original") {
			continue
		}
		file, err := os.ReadFile(filepath.Join(suites, "peppol-poacc", row[0]))
		if err != nil {
			t.Fatal(err)
		}
		r, err := Read(file)
		if err != nil {
			t.Errorf("%s: %v", row[0], err)
			continue
		}
		var rules []string
		if row[2] != "" {
			rules = strings.Split(row[2], ";")
		}
		if broken := r.Check(rules...); (len(broken) == 0) == (row[1] == "pass" || row[1] == "valid") {
			right++
		} else {
			wrong++
			t.Errorf("%s should be %s: %v", row[0], row[1], broken)
		}
	}
	t.Logf("rules  invoice response  %d right, %d wrong", right, wrong)
}

// What is written is valid by the schema of UBL 2.1, with and without what may
// be left out.
func TestWhatIsWrittenIsValidUBL(t *testing.T) {
	schema := filepath.Join(suites, "schemas/ubl-2.1/maindoc/UBL-ApplicationResponse-2.1.xsd")
	if _, err := os.Stat(schema); err != nil {
		t.Skip("the schemas of UBL are not beside the repository")
	}
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed")
	}
	least := example()
	least.Time, least.Note, least.Effective, least.InvoiceIssued, least.Why = "", "", 0, 0, nil
	least.Sender.Contact, least.Sender.ID = Contact{}, Identifier{}
	for name, r := range map[string]*Response{"everything": example(), "the least": least} {
		b, err := Write(r)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "r.xml")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(lint, "--noout", "--nonet", "--schema", schema, path).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

func TestVerdicts(t *testing.T) {
	good, err := Write(example())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		b    string
		want verdict.Level
	}{
		"a right one": {string(good), verdict.Accept},
		"another":     {strings.ReplaceAll(string(good), "OPStatusReason", "OPStatusRaison"), verdict.Reject},
		"cut off":     {string(good[:400]), verdict.Reject},
	} {
		if v := Check([]byte(c.b)); v.Level != c.want || !Sniff([]byte(c.b)) || (v.Level == verdict.Accept) != (len(v.Reasons) == 0) {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

func FuzzRead(f *testing.F) {
	b, err := Write(example())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Read(b)
		if err != nil {
			var refused *ReadError
			if r != nil || !errors.As(err, &refused) {
				t.Fatalf("not a refusal: %v", err)
			}
			return
		}
		r.Check()
	})
}

// source: OpenPEPPOL poacc-upgrade-3, the customizations of T71 and T58
func TestOtherAnswersAreToldApart(t *testing.T) {
	for _, other := range []string{"urn:fdc:peppol.eu:poacc:trns:mlr:3", "urn:fdc:peppol.eu:poacc:trns:catalogue_response:3"} {
		b, err := Write(example())
		if err != nil {
			t.Fatal(err)
		}
		if v := Check(bytes.Replace(b, []byte(Customization), []byte(other), 1)); v.Kind != "application-response" || v.Level != verdict.Reject || len(v.Reasons) != 1 || !strings.Contains(v.Reasons[0], other) {
			t.Errorf("%+v", v)
		}
	}
}
