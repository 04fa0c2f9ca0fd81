package scanindex

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"kontor/format/verdict"
	"kontor/kernel/money"
)

const table = "fil;orgnr;leverantör;fakturanr;fakturadatum;förfallodag;netto;moms;att betala;bankgiro;ocr;referens;osäkra\n" +
	"0001.pdf;556012-5790;Norra Bygg AB;4711;2026-11-18;2026-12-18;1 000,00;250,00;1 250,00;991-2346;471106;KULT41;ocr,moms\n"

func TestTheSamePaperInEveryWriting(t *testing.T) {
	latin, err := charmap.ISO8859_1.NewEncoder().String(table)
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]string{
		"semicolons":          table,
		"CRLF and a mark":     "\ufeff" + strings.ReplaceAll(table, "\n", "\r\n"),
		"Latin-1":             latin,
		"tabs":                strings.ReplaceAll(table, ";", "\t"),
		"other words":         strings.NewReplacer("fil;", "Bildfil;", "att betala", "BRUTTO_BELOPP", "ocr;", "OCR-nr;", "osäkra", "uncertain").Replace(table),
		"an unknown column":   strings.Replace(strings.Replace(table, "\n", ";batch\n", 1), "ocr,moms\n", "ocr,moms;77\n", 1),
		"one element a paper": `<?xml version="1.0"?><leverans><dokument><fil>0001.pdf</fil><orgnr>556012-5790</orgnr><leverantör>Norra Bygg AB</leverantör><fakturanr>4711</fakturanr><fakturadatum>20261118</fakturadatum><förfallodag>2026-12-18</förfallodag><netto>1000.00</netto><moms osäker="ja">250.00</moms><attBetala>1.250,00</attBetala><bankgiro>991-2346</bankgiro><ocr osäker="1">471106</ocr><referens>KULT41</referens></dokument></leverans>`,
	} {
		t.Run(name, func(t *testing.T) {
			x, err := Read([]byte(s))
			if err != nil || len(x.Rows) != 1 {
				t.Fatal(x, err)
			}
			r := x.Rows[0]
			net, ok1 := Amount(r.Get(Net))
			pay, ok2 := Amount(r.Get(Payable))
			day, ok3 := Date(r.Get(Issued))
			if !ok1 || !ok2 || !ok3 || net != money.Kronor(1000) || pay != money.Kronor(1250) || day.String() != "2026-11-18" {
				t.Errorf("%+v", r)
			}
			if r.Get(Name) != "Norra Bygg AB" || r.Get(Reference) != "KULT41" || strings.Join(r.Unsure(), " ") != "vat ocr" {
				t.Errorf("%+v, unsure %v", r, r.Unsure())
			}
			if !Sniff([]byte(s)) {
				t.Error("it is not known by its content")
			}
		})
	}
}

func TestWhatIsSaidOfAFile(t *testing.T) {
	for _, c := range []struct {
		name, file string
		want       verdict.Level
		says       string
	}{
		{"a good one", table, verdict.Accept, ""},
		{"nothing", "", verdict.Reject, "rubriker"},
		{"headings alone", strings.SplitAfter(table, "\n")[0], verdict.Reject, "inga rader"},
		{"something else", "a;b;c\n1;2;3\n", verdict.Reject, "rubriker"},
		{"broken XML", "<leverans><fil>1", verdict.Reject, "rad 1"},
		{"XML of something else", "<a><b>1</b></a>", verdict.Reject, "ingen indexfil"},
		{"an amount that is none", strings.Replace(table, "250,00;1 250", "tvåhundra;1 250", 1), verdict.Warn, "Rad 2 har ett belopp"},
		{"a day that is none", strings.Replace(table, "2026-12-18", "2026-13-18", 1), verdict.Warn, "datum som inte finns"},
		{"a paper without a picture", strings.Replace(table, "0001.pdf", "", 1), verdict.Warn, "ingen fil"},
		{"two papers with one picture", table + strings.SplitAfter(table, "\n")[1], verdict.Warn, "samma fil som rad 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := Check([]byte(c.file))
			if v.Level != c.want || !strings.Contains(strings.Join(v.Reasons, " "), c.says) {
				t.Errorf("%s %q, want %s saying %q", v.Level, v.Reasons, c.want, c.says)
			}
		})
	}
}

func TestAmountsAsTheyAreWritten(t *testing.T) {
	for s, want := range map[string]money.Amount{"1 234,50": 123450, "1234.50": 123450, "1.234,50": 123450, "1,234.50": 123450, "12,5": 1250,
		"-12": -1200, "12,00-": -1200, "999 999 999 999,99": 99_999_999_999_999} {
		if got, ok := Amount(s); !ok || got != want {
			t.Errorf("%s: %s %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "-", "12,345", "x", "1,2,3"} {
		if got, ok := Amount(s); ok {
			t.Errorf("%q is read as %s", s, got)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add([]byte(table))
	f.Add([]byte(`<a><fil>1</fil><fakturanr>2</fakturanr><netto osäker="ja">3</netto></a>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		v := Check(b)
		if v.Level != verdict.Accept && len(v.Reasons) == 0 {
			t.Errorf("%s without a reason", v.Level)
		}
		Sniff(b)
	})
}
