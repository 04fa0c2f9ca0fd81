package intake

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/process/payables"
)

func zipped(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, s := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(s))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (c *city) scans(t *testing.T, files map[string]string) map[string]File {
	t.Helper()
	got := map[string]File{}
	dbtest.Do(t, c.door, c.clerk, func(o *op.Op) error {
		drafts, err := scanned("leverans.zip", zipped(t, files), period.DateOf(o.Now))
		if err != nil {
			return err
		}
		_, all, err := Receive(o, "leverans.zip", drafts...)
		for _, f := range all {
			got[strings.TrimPrefix(f.Name, "leverans.zip/")] = f
		}
		return err
	})
	return got
}

func TestPapersBecomeInvoicesWithTheirPicture(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 2, 2)
		c.with(t, func(s *payables.Supplier) { s.FTaxOn = period.DateOf(dbtest.Noon) })
		head := "fil;orgnr;leverantör;fakturanr;fakturadatum;förfallodag;netto;moms;att betala;bankgiro;ocr;referens;osäkra\n"
		got := c.scans(t, map[string]string{
			"index.csv": head +
				"1.pdf;" + org(0) + ";Leverantör 000 AB;P-1;2026-11-18;2026-12-18;1 000,00;250,00;1 250,00;" + giro(0) + ";100002;REF00;\n" +
				"2.pdf;" + org(1) + ";Leverantör 001 AB;P-2;2026-11-18;2026-12-18;100,00;25,00;125,00;" + giro(1) + ";;REF01;moms,fakturanr\n" +
				"3.pdf;;Okänd;;;;;;80,00;;;REF00;\n" +
				"4.pdf;" + org(0) + ";Leverantör 000 AB;P-4;2026-11-18;;10,00;2,50;12,50;" + giro(0) + ";;Anna;\n" +
				"9.pdf;" + org(0) + ";Leverantör 000 AB;P-9;;;;;9,00;;;REF00;\n" +
				"5.pdf;" + org(0) + ";Leverantör 000 AB;P-5;2026-11-18;;;;oläsligt;;;REF00;\n",
			"bilder/1.PDF": "%PDF-1.4 ett", "2.pdf": "%PDF-1.4 två", "3.pdf": "%PDF-1.4 tre", "4.pdf": "%PDF-1.4 fyra", "5.pdf": "%PDF-1.4 fem", "7.pdf": "%PDF-1.4 sju",
		})
		for name, want := range map[string]struct {
			state FileState
			code  string
		}{
			"bilder/1.PDF": {Imported, ""}, "2.pdf": {Imported, ""}, "3.pdf": {Held, string(payables.NoSupplier)}, "4.pdf": {Unrouted, "PAY-F11"},
			"9.pdf": {Failed, "PAY-F50"}, "5.pdf": {Failed, "PAY-F54"}, "7.pdf": {Failed, "PAY-F51"},
		} {
			if f := got[name]; f.State != want.state || f.Code != want.code {
				t.Errorf("%s: %s %s %s", name, f.State, f.Code, f.Note)
			}
		}
		v := c.invoice(t, got["bilder/1.PDF"].Invoice)
		if v.Channel != work.Scanned || v.Payable != 125000 || v.Account != giro(0) || v.OCR != "100002" || v.Liability == 0 || v.Lacks != "" {
			t.Errorf("%+v", v)
		}
		c.see(t, func(o *op.Op) error {
			b, err := blob.Get(o, v.File)
			if string(b.Content) != "%PDF-1.4 ett" {
				t.Errorf("the picture is %q", b.Content)
			}
			return err
		})
		if v := c.invoice(t, got["2.pdf"].Invoice); v.Lacks != payables.ScanUnsure {
			t.Errorf("unsure facts are told: lacks %q", v.Lacks)
		}
		again := bill(0, 1, 1) // the paper copy of what also comes as an e-invoice
		again.Number = "P1"
		if f := c.receive(t, file(t, again))[0]; f.Code != string(payables.SameNumber) {
			t.Errorf("trap 12: an e-invoice after its paper copy: %s %s", f.State, f.Code)
		}
		var f File
		dbtest.Do(t, door, c.clerk, func(o *op.Op) (err error) {
			f, err = Rerun(o, got["4.pdf"].ID, 0, c.clients[1])
			return err
		})
		if v := c.invoice(t, f.Invoice); v.Channel != work.Scanned || v.Number != "P-4" {
			t.Errorf("run again, a paper has lost what was read off it: %+v", v)
		}
		checkAll(t, c)
	})
}

func TestADeliveryThatCannotBeUsedSaysWhy(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"PAY-F52": {"1.pdf": "%PDF"},
		"PAY-F53": nil,
	} {
		b := []byte("no zip")
		if files != nil {
			b = zipped(t, files)
		}
		if _, err := scanned("x.zip", b, period.NewDate(2026, 11, 25)); codeOfFault(t, err) != name {
			t.Errorf("%v, want %s", err, name)
		}
	}
}
