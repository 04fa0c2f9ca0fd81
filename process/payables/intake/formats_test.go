package intake

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"kontor/books/coding"
	"kontor/format/response"
	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/work"
	"kontor/process/payables"
	"kontor/process/payables/reply"
)

// old is the invoice of format/svefaktura's tests, from a supplier and to a client
// of the city: ISO-8859-1, in an envelope, with an attachment.
func old(t testing.TB, pairs ...string) []byte {
	t.Helper()
	b, err := os.ReadFile("../../../format/svefaktura/testdata/invoice.xml")
	if err != nil {
		t.Fatal(err)
	}
	for k := 0; k < len(pairs); k += 2 {
		if !bytes.Contains(b, []byte(pairs[k])) {
			t.Fatalf("the fixture has no %q", pairs[k])
		}
		b = bytes.ReplaceAll(b, []byte(pairs[k]), []byte(pairs[k+1]))
	}
	return bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("5599990016"), []byte(org(0))), []byte("REF007"), []byte("REF00"))
}

// trap 48: an ISO-8859-1 Svefaktura is imported like any e-invoice, its bytes kept.
func TestASvefakturaIsImportedLikeAnyEInvoice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		b := old(t, ">9912346<", ">"+giro(0)+"<")
		f := c.receive(t, b)[0]
		if f.State != Imported && f.State != Held {
			t.Fatalf("%s %s", f.State, f.Note)
		}
		v := c.invoice(t, f.Invoice)
		if v.Number != "S-1001" || v.SupplierName != "Östra Städ AB" || v.Payable != money.Amount(125100) || v.Rounding != 50 || v.VAT != 25010 ||
			v.Channel != work.Electronic || v.Reference != "REF00" || v.OrderRef != "O-9" {
			t.Errorf("%+v", v)
		}
		c.see(t, func(o *op.Op) error {
			kept, err := blob.Get(o, f.Hash)
			if err == nil && !bytes.Equal(kept.Content, b) {
				t.Error("the bytes are not kept")
			}
			return err
		})
		checkAll(t, c)
	})
}

// trap 46: the sign is by type and amounts; a credit note with negative amounts is
// still a credit note.
func TestASvefakturaCreditNoteWithNegativeAmountsReducesTheDebt(t *testing.T) {
	pairs := []string{"TypeCode>380<", "TypeCode>381<", ">S-1001<", ">S-1002<"}
	for _, amount := range []string{"250.10", "1000.40", "900.40", "1251.00", "0.50", "800.40", "100.00"} {
		pairs = append(pairs, "\"SEK\">"+amount+"<", "\"SEK\">-"+amount+"<")
	}
	d := Read("a.xml", old(t, pairs...), 0)
	if d.Refused != nil || d.Invoice.Kind != payables.Credit || d.Invoice.Payable != -125100 || d.Invoice.VAT != -25010 {
		t.Errorf("%v %+v", d.Refused, d.Invoice)
	}
}

func TestBrokenRulesOfSvefakturaAreFindings(t *testing.T) {
	for code, pairs := range map[payables.Code][]string{
		payables.SumsWrong:   {">900.40<", ">902.40<"},
		payables.TaxWrong:    {"TotalTaxAmount amountCurrencyID=\"SEK\">250.10", "TotalTaxAmount amountCurrencyID=\"SEK\">252.10"},
		payables.FormWrong:   {"TypeCode>1<", "TypeCode>30<"},
		payables.FormRemark:  {"0101234567", "010-123 45 67"},
		payables.NoReference: {"REF007", " "},
	} {
		b := old(t, pairs...)
		if code == payables.NoReference {
			b = bytes.Replace(b, []byte("O-9"), []byte(""), 1)
		}
		d := Read("a.xml", b, 0)
		if d.Refused != nil || !slices.ContainsFunc(d.Found, func(f payables.Finding) bool { return f.Code == code && f.Seen != "" }) {
			t.Errorf("%s: %v %+v", code, d.Refused, d.Found)
		}
	}
}

func TestOtherDocumentsAreSetAsideInWords(t *testing.T) {
	for says, b := range map[string]string{
		"en order, inte en faktura":   `<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>`,
		"en katalog, inte en faktura": `<Catalogue xmlns="urn:oasis:names:specification:ubl:schema:xsd:Catalogue-2"/>`,
	} {
		d := Read("a.xml", []byte(b), 0)
		if d.Refused == nil || !strings.Contains(d.Refused.Say(), says) {
			t.Errorf("%v", d.Refused)
		}
	}
}

// replies are the answers about an invoice, with what their files say.
func (c *city) replies(t testing.TB, key payables.ID) (all []*response.Response) {
	t.Helper()
	dbtest.Do(t, c.door, dbtest.Actor("Svar", reply.MayRead, reply.MaySend), func(o *op.Op) error {
		folder := t.TempDir()
		if _, err := reply.Hand(o, folder); err != nil {
			return err
		}
		entries, err := os.ReadDir(folder)
		for _, e := range entries {
			b, err := os.ReadFile(folder + "/" + e.Name())
			if err != nil {
				return err
			}
			r, err := response.Read(b)
			if err != nil {
				return err
			}
			all = append(all, r)
		}
		return err
	})
	return all
}

func TestSuppliersAreAnsweredWithTheReasonsOfTheLetter(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		doc := bill(0, 0, 1)
		doc.Totals.Payable = kr(1)
		key := c.receive(t, file(t, doc))[0].Invoice
		v := c.invoice(t, key)
		if got := c.take(t, c.clerk, key, "return", map[string]string{"more": "Ring gärna."}); got != "" {
			t.Fatal(got)
		}
		said := c.replies(t, key)
		if len(said) != 1 || said[0].Status != response.Rejected || said[0].Invoice != v.Number || said[0].Note != "Ring gärna." || len(said[0].Check()) > 0 {
			t.Fatalf("%+v", said)
		}
		for _, f := range v.Findings {
			l := payables.LackOf(f.Code)
			if l.Letter != "" && !slices.ContainsFunc(said[0].Why, func(x response.Clarification) bool {
				return x.Code == string(payables.ReasonOf(f.Code)) && strings.HasPrefix(x.Text, l.Letter)
			}) {
				t.Errorf("%s is in the letter and not in the answer", f.Code)
			}
		}
	})
}

func TestApprovedInvoicesAreAnswered(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 1)
		p := c.office(t, money.Kronor(100_000))
		key := c.receive(t, file(t, bill(0, 0, 7)))[0].Invoice
		c.code(t, c.clerk, key, coding.Line{Account: "6400", Amount: c.invoice(t, key).Net})
		for _, s := range []struct {
			who  op.Actor
			step string
		}{{c.clerk, "code"}, {p.reviewer, "review"}, {p.approver, "approve"}} {
			if got := c.take(t, s.who, key, s.step, nil); got != "" {
				t.Fatalf("%s: %s", s.step, got)
			}
		}
		if said := c.replies(t, key); len(said) != 1 || said[0].Status != response.Accepted || len(said[0].Why) != 0 || said[0].Receiver.Endpoint.ID != org(0) {
			t.Errorf("%+v", said)
		}
	})
}

func TestEveryFindingHasAReasonOfPeppols(t *testing.T) {
	known := map[response.Reason]bool{}
	for _, r := range response.Reasons {
		known[r.Code] = true
	}
	for _, l := range payables.Flexibility {
		if r := payables.ReasonOf(l.Code); !known[r] || r == response.NoIssue {
			t.Errorf("%s has the reason %q", l.Code, r)
		}
	}
}
