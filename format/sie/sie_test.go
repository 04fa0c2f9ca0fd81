package sie_test

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kontor/format/sie"
	"kontor/format/verdict"
	"kontor/kernel/fault"
	"kontor/kernel/money"
	"kontor/kernel/period"
)

const head = "#FLAGGA 0\n#PROGRAM Kassan 1.0\n#FORMAT PC8\n#GEN 20260105\n#SIETYP 4\n#ORGNR 212999-0001\n#FNAMN \"Exempelstads kommun\"\n"

// one is a voucher that balances, and other a second one.
const (
	one   = "#VER A 1 20260105 Hyra\n{\n#TRANS 5010 {} 1000.00\n#TRANS 1930 {} -1000.00\n}\n"
	other = "#VER A 2 20260106 El\n{\n#TRANS 5020 {} 250.50\n#TRANS 1930 {} -250.50\n}\n"
)

func TestCheck(t *testing.T) {
	tests := []struct {
		name, file string
		level      verdict.Level
		says       string // in one of the reasons
	}{
		{"an ordinary file is accepted", head + one + other, verdict.Accept, ""},
		{"labels that are unknown are ignored, with their blocks", head + "#NYTT 1 2\n{\n#TRANS 1 {} 1\n}\n" + one, verdict.Accept, ""},
		{"fields after the known ones are ignored", head + strings.ReplaceAll(one, "-1000.00", `-1000.00 "" "" 0 "" mer ännu`), verdict.Accept, ""},
		{"blank lines and carriage returns do nothing", strings.ReplaceAll(head+"\n\n"+one, "\n", "\r\n"), verdict.Accept, ""},
		{"an old end-of-file mark does nothing", head + one + "\x1a", verdict.Accept, ""},

		{"trap 13: a file that is marked as imported is not taken in silence", strings.Replace(head+one, "#FLAGGA 0", "#FLAGGA 1", 1), verdict.Warn, "redan inläst"},
		{"trap 54: a file cut off inside a voucher is rejected", (head + one)[:len(head+one)-2], verdict.Reject, "Rad 8: Verifikation A 1 har inget slut"},
		{"trap 54: a file cut off before its checksum is rejected", strings.Replace(head+one, "#PROGRAM", "#KSUMMA\n#PROGRAM", 1), verdict.Reject, "avkortad"},
		{"trap 54: a file changed after it was summed is rejected", strings.Replace(head, "#PROGRAM", "#KSUMMA\n#PROGRAM", 1) + one + "#KSUMMA 1\n", verdict.Reject, "Kontrollsumman stämmer inte"},
		{"trap 54: struck and added rows are not counted twice",
			head + "#VER A 1 20260105\n{\n#TRANS 1200 {} 1200\n#BTRANS 1200 {} 200\n#TRANS 1500 {} -960\n#TRANS 2600 {} -240\n#RTRANS 1200 {} 200\n#TRANS 1200 {} 200\n#RTRANS 1500 {} -200\n#TRANS 1500 {} -200\n}\n",
			verdict.Accept, ""},
		{"trap 54: rows added after the checksum are not let in", strings.Replace(head, "#PROGRAM", "#KSUMMA\n#PROGRAM", 1) + "#KSUMMA 1\n" + one, verdict.Reject, "utanför kontrollsumman"},
		{"trap 54: rows added before the checksum are not let in", head + one + "#KSUMMA\n#KSUMMA 0\n", verdict.Reject, "utanför kontrollsumman"},
		{"an added row at the end of a voucher cut short does not reach the next", head + "#VER A 1 20260105\n{\n#RTRANS 1200 {} 200\n" + one, verdict.Reject, "har inget slut"},
		{"an added row without its twin is told of", head + "#VER A 1 20260105\n{\n#TRANS 1200 {} 5\n#RTRANS 1200 {} 200\n#TRANS 1500 {} -5\n}\n", verdict.Warn, "Rad 11: Raden #RTRANS följs inte"},

		{"a voucher that does not balance is named, with the difference", head + one + strings.Replace(other, "250.50", "250.40", 1), verdict.Reject,
			"Rad 13: Verifikation A 2 den 2026-01-06 balanserar inte: debet och kredit skiljer −0,10."},
		{"a voucher without rows is told of", head + one + "#VER A 2 20260106\n{\n}\n", verdict.Warn, "Verifikation A 2 har inga rader"},
		{"a voucher without a date is rejected", head + strings.Replace(one, "20260105 Hyra", `""`, 1), verdict.Reject, "saknar datum"},
		{"a date that is none is rejected", head + strings.Replace(one, "20260105", "20260231", 1), verdict.Reject, "datum som inte kan läsas: 20260231"},
		{"a date of six digits is read", head + strings.Replace(one, "20260105", "260105", 1), verdict.Warn, "lästes som 2026-01-05"},
		{"a date with hyphens is read", head + strings.Replace(one, "20260105", "2026-01-05", 1), verdict.Warn, "lästes som 2026-01-05"},
		{"a series left out is seen from the date in its wrong place", head + strings.Replace(one, "A 1 20260105", "1 20260105", 1), verdict.Warn, "serien saknas"},
		{"a voucher outside the year is told of", strings.Replace(head+one, "#FNAMN", "#RAR 0 20250101 20251231\n#FNAMN", 1), verdict.Warn, "utanför filens räkenskapsår"},
		{"a receipt's number is no voucher number", head + strings.Replace(one, "A 1 ", "A 110000157 ", 1), verdict.Warn, "inget löpnummer"},
		{"a number that comes again is noted", head + one + strings.Replace(other, "A 2", "A 1", 1), verdict.Accept, "numren ska stiga"},

		{"a row without an amount is rejected", head + strings.Replace(one, "5010 {} 1000.00", "5010", 1), verdict.Reject, "Rad 10: Raden #TRANS saknar konto eller belopp."},
		{"a third decimal cannot be held", head + strings.ReplaceAll(one, "1000.00", "1000.005"), verdict.Reject, "hela ören"},
		{"an amount beyond all books is rejected", head + strings.ReplaceAll(one, "1000.00", "99999999999999999999"), verdict.Reject, "hela ören"},
		{"a decimal comma is read", head + strings.ReplaceAll(one, "1000.00", "1000,00"), verdict.Warn, "lästes som 1\u00a0000,00"},
		{"an account that is no number is rejected", head + strings.ReplaceAll(one, "5010", "50AB"), verdict.Reject, "inget nummer: 50AB"},
		{"an account of more than six digits is rejected", head + strings.ReplaceAll(one, "5010", "5010111"), verdict.Reject, "fler än sex"},
		{"an account of five digits is told of", head + strings.ReplaceAll(one, "5010", "50101"), verdict.Warn, "inte fyra siffror"},
		{"an object list must be pairs", head + strings.Replace(one, "5010 {}", "5010 {1}", 1), verdict.Reject, "par av dimension"},
		{"a dimension must be a number", head + strings.Replace(one, "5010 {}", "5010 {kst 1}", 1), verdict.Reject, "inte är ett tal"},
		{"a row without an object list is read", head + strings.Replace(one, "5010 {}", "5010", 1), verdict.Warn, "objektlista"},
		{"a row outside a voucher is rejected", head + "#TRANS 5010 {} 1\n" + one, verdict.Reject, "utanför en verifikation"},
		{"an account type is one of four", head + "#KONTO 5010 Hyra\n#KTYP 5010 X\n" + one, verdict.Warn, "T, S, K eller I"},
		{"an account without a name is told of", head + "#KONTO 5010\n" + one, verdict.Warn, "saknar namn"},
		{"a file that says not whose it is is told of", strings.Replace(head, "\"Exempelstads kommun\"", "", 1) + one, verdict.Warn, "vems den är"},
		{"a voucher inside another is rejected", head + "#VER A 1 20260105\n{\n" + one, verdict.Reject, "} saknas före rad 10"},
		{"a brace of nothing is rejected", head + "}\n" + one, verdict.Reject, "hör inte till någon verifikation"},

		{"an organisation number of twelve digits is told of", strings.Replace(head+one, "212999-0001", "162129990001", 1), verdict.Warn, "nnnnnn-nnnn"},
		{"a program without its version is told of", strings.Replace(head+one, "Kassan 1.0", "Kassan", 1), verdict.Warn, "version"},
		{"a tax year in Roman numerals is told of", head + "#TAXAR MMXXVI\n" + one, verdict.Warn, "inget årtal"},
		{"a tax code without its code is told of", head + "#KONTO 5010 Hyra\n#SRU 5010\n" + one, verdict.Warn, "#SRU"},
		{"what every file must have is missed", strings.Replace(head+one, "#GEN 20260105\n", "", 1), verdict.Warn, "#GEN saknas"},
		{"years that do not meet are rejected", strings.Replace(head, "#FNAMN", "#RAR 0 20260101 20261231\n#RAR -1 20250101 20251130\n#FNAMN", 1) + one, verdict.Reject, "följa på varandra"},
		{"a year that ends before it begins is rejected", strings.Replace(head, "#FNAMN", "#RAR 0 20261231 20260101\n#FNAMN", 1) + one, verdict.Reject, "slutar innan"},
		{"a type that is none is rejected", strings.Replace(head+one, "#SIETYP 4", "#SIETYP 7", 1), verdict.Reject, "#SIETYP 7"},
		{"an import without vouchers is told of", head, verdict.Warn, "inga verifikationer"},
		{"another currency is told of", head + "#VALUTA EUR\n" + one, verdict.Warn, "EUR"},
		{"a quote that never ends is told of", head + strings.Replace(one, "20260105 Hyra", `20260105 "Hyra`, 1), verdict.Warn, "citattecken"},
		{"characters that were lost on the way are told of", strings.Replace(head, "kommun", "f\ufffdrskola", 1) + one, verdict.Warn, "f\ufffdrskola"},
		{"a line without a label is told of", head + one + "Slut\n", verdict.Warn, "börjar inte med #"},

		{"SIE 5 is set aside in words", `<?xml version="1.0"?><SieEntry xmlns="http://www.sie.se/sie5"/>`, verdict.Reject, "SIE 5"},
		{"a page about a missing page is no SIE file", "<!DOCTYPE HTML>\n<title>404 Not Found</title>", verdict.Reject, "XML eller HTML"},
		{"nothing is no SIE file", "", verdict.Reject, "inga SIE-poster"},
		{"UTF-16 is refused", "\xff\xfe#\x00", verdict.Reject, "UTF-16"},
		{"a line without end is refused", head + "#PROSA " + strings.Repeat("a", 1<<17), verdict.Reject, "längre än"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := sie.Check([]byte(tt.file))
			said := strings.Join(v.Reasons, "\n")
			if v.Level != tt.level || !strings.Contains(said, tt.says) {
				t.Errorf("%v, want %v with %q:\n%s", v.Level, tt.level, tt.says, said)
			}
			if v.Level == verdict.Warn && len(v.Reasons) == 0 {
				t.Error("no reason is given")
			}
		})
	}
}

// A thousand rows with the same fault are told of in a few lines.
func TestFindingsAreBounded(t *testing.T) {
	v := sie.Check([]byte(head + strings.Repeat("#PSALDO 0 202613 1930 {} 1.00\n", 1000) + one))
	if len(v.Reasons) > 10 || !strings.Contains(v.Reasons[len(v.Reasons)-1], "995 till av samma slag") {
		t.Errorf("%d reasons: %s", len(v.Reasons), v.Reasons[len(v.Reasons)-1])
	}
}

// source: SIE 4B, the example of the checksum
func TestChecksumOfTheSpecification(t *testing.T) {
	file := "#FLAGGA 0\n#KSUMMA\n#KONTO 1915 \"Kassa \\\"special\\\"\"\n#KSUMMA 1921122205\n"
	if d := sie.Read([]byte(file)); !d.Summed {
		t.Errorf("the sum of the example is not right: %v", d.Findings)
	}
	// Some programs print the same bits as a signed number.
	const name = "Kassa4"
	sum := crc32.ChecksumIEEE([]byte("#KONTO1915" + name))
	if int32(sum) >= 0 {
		t.Fatal("the example has no negative sum")
	}
	for _, said := range []string{fmt.Sprint(sum), fmt.Sprint(int32(sum))} {
		if d := sie.Read([]byte("#KSUMMA\n#KONTO 1915 " + name + "\n#KSUMMA " + said + "\n")); !d.Summed {
			t.Errorf("%s is not taken", said)
		}
	}
}

// source: SIE 4B, the example of #RTRANS and #BTRANS, whose turnover is 1,400
func TestTurnoverOfTheSpecification(t *testing.T) {
	d := sie.Read([]byte(head + "#VER A 1 20260105\n{\n#TRANS 1500 {} 1200\n#TRANS 2600 {} -240\n#TRANS 3000 {} -960\n" +
		"#RTRANS 1500 {} 200\n#TRANS 1500 {} 200\n#RTRANS 2600 {} -40\n#TRANS 2600 {} -40\n#RTRANS 3000 {} -160\n#TRANS 3000 {} -160\n}\n"))
	if d.Totals.Debit != money.Kronor(1400) || d.Totals.Postings != 6 || d.Totals.Added != 3 {
		t.Errorf("%+v", d.Totals)
	}
}

func TestRead(t *testing.T) {
	b, err := os.ReadFile("testdata/export.se")
	if err != nil {
		t.Fatal(err)
	}
	d := sie.Read(b)
	if v := d.Verdict(); v.Level != verdict.Accept || v.Kind != "sie4e" {
		t.Fatalf("%+v", v)
	}
	v := d.Vouchers[0]
	want := sie.Posting{Account: "5010", Objects: []sie.ObjectCode{{Dimension: 1, Code: "Nord"}, {Dimension: 20, Code: "440"}},
		Amount: money.Amount(1234550), Date: period.NewDate(2026, 1, 7), Line: 39, Text: `Hyra "Kajen" å ä ö`, Quantity: "2.5", By: "Eva"}
	if !reflect.DeepEqual(v.Postings[0], want) {
		t.Errorf("got  %+v\nwant %+v", v.Postings[0], want)
	}
	if v.Series != "LEV1" || v.Number != "7" || v.By != "Eva Ek" || v.Registered != period.NewDate(2026, 1, 8) {
		t.Errorf("%+v", v)
	}
	if got := d.Dimensions; len(got) != 3 || got[2] != (sie.Dimension{Number: 21, Name: "Del av verksamhet", Parent: 20}) {
		t.Errorf("%+v", got)
	}
	if a := d.Accounts[1]; a.Name != "Lokalhyra" || a.Type != "K" || a.Unit != "m2" || !slices.Equal(a.SRU, []string{"7513"}) {
		t.Errorf("%+v", a)
	}
	if b := d.Balances[len(d.Balances)-1]; b.Kind != sie.PeriodChange || b.Month != (period.Month{Year: 2026, Month: 1}) || b.Objects[0].Code != "Nord" {
		t.Errorf("%+v", b)
	}
	if d.Company.Name != "Exempelstads kommun" || !d.Summed || d.Encoding != sie.CP437 {
		t.Errorf("%+v %v %v", d.Company, d.Summed, d.Encoding)
	}
}

// trap 54: what is written in the file decides, not what it says it is.
func TestEncodings(t *testing.T) {
	text := "Sjöängens förskola, café"
	bytes437 := "Sj\x94\x84ngens f\x94rskola, caf\x82"
	latin := "Sj\xf6\xe4ngens f\xf6rskola, caf\xe9"
	for name, tt := range map[string]struct {
		b    string
		want sie.Encoding
	}{
		"trap 54: PC8 as declared":        {bytes437, sie.CP437},
		"trap 54: PC8 that is UTF-8":      {text, sie.UTF8},
		"trap 54: PC8 that is Latin-1":    {latin, sie.Latin1},
		"a byte order mark and UTF-8":     {"\ufeff", sie.UTF8},
		"nothing but ASCII":               {"Sjon", sie.CP437},
		"UTF-8 over the edge of a buffer": {strings.Repeat("a", 64<<10-150) + "ööööööööööööööööööööööööö", sie.UTF8},
	} {
		t.Run(name, func(t *testing.T) {
			file := strings.ReplaceAll(head, "#FNAMN \"Exempelstads kommun\"", "#FNAMN \""+tt.b+"\"")
			if strings.HasPrefix(tt.b, "\ufeff") {
				file = "\ufeff" + head
			}
			if len(tt.b) > 1000 {
				file = head + "#OKÄND " + tt.b[:60<<10] + "\n#PROSA " + tt.b[60<<10:] + "\n"
			}
			d := sie.Read([]byte(file + one))
			if d.Encoding != tt.want {
				t.Errorf("%v, want %v", d.Encoding, tt.want)
			}
			if len(tt.b) > 20 && len(tt.b) < 1000 && d.Company.Name != text {
				t.Errorf("%q", d.Company.Name)
			}
			if v := d.Verdict(); v.Level != verdict.Accept {
				t.Errorf("%+v", v.Reasons)
			}
		})
	}
}

// meaning is a document without what depends on the lines of the file.
func meaning(d *sie.Document) *sie.Document {
	m := *d
	m.Encoding, m.Summed, m.Findings, m.Totals.Ignored = 0, false, nil, 0
	if m.Type == sie.NoType {
		m.Type = sie.Type1
	}
	m.Vouchers = slices.Clone(m.Vouchers)
	for k := range m.Vouchers {
		v := &m.Vouchers[k]
		v.Line = 0
		v.Postings, v.Changes = slices.Clone(v.Postings), slices.Clone(v.Changes)
		for j := range v.Postings {
			v.Postings[j].Line = 0
		}
		for j := range v.Changes {
			v.Changes[j].Line = 0
		}
		if len(v.Postings) == 0 {
			v.Postings = nil
		}
		if len(v.Changes) == 0 {
			v.Changes = nil
		}
	}
	return &m
}

func again(t interface{ Fatal(...any) }, d *sie.Document) (*sie.Document, sie.Lost) {
	var b bytes.Buffer
	lost, err := sie.Write(&b, d)
	if err != nil {
		t.Fatal(err)
	}
	return sie.Read(b.Bytes()), lost
}

// Every sample that can be used means the same when it has been written and
// read again; and what is written the second time is the same bytes.
func TestConformanceRoundTrip(t *testing.T) {
	n := 0
	for _, s := range manifest(t) {
		d := sie.Read(s.read(t))
		if d.Verdict().Level == verdict.Reject {
			continue
		}
		n++
		back, lost := again(t, d)
		if lost.N > 0 {
			t.Logf("%s: %d texts changed: %q", s.file, lost.N, lost.Texts)
		}
		if a, b := meaning(d), meaning(back); lost.N == 0 && !reflect.DeepEqual(a, b) {
			t.Errorf("%s: %s", s.file, difference(a, b))
		}
		if !back.Summed {
			t.Errorf("%s: the checksum that was written is wrong", s.file)
		}
	}
	t.Logf("round trip               %d", n)
}

func difference(a, b *sie.Document) string {
	x, y := reflect.ValueOf(*a), reflect.ValueOf(*b)
	var out []string
	for k := range x.NumField() {
		f, g := x.Field(k), y.Field(k)
		if reflect.DeepEqual(f.Interface(), g.Interface()) {
			continue
		}
		name := x.Type().Field(k).Name
		if f.Kind() == reflect.Slice && f.Len() == g.Len() {
			for j := range f.Len() {
				if !reflect.DeepEqual(f.Index(j).Interface(), g.Index(j).Interface()) {
					f, g = f.Index(j), g.Index(j)
					break
				}
			}
		}
		out = append(out, name)
		out = append(out, strings.TrimSpace(strings.Join([]string{sprint(f), "→", sprint(g)}, " ")))
	}
	return strings.Join(out, " ")
}

func sprint(v reflect.Value) string { return fmt.Sprintf("%+v", v.Interface()) }

// Any document that can be written is read back as it was.
func TestWrittenDocumentsReadBack(t *testing.T) {
	letters := []rune(`abcÅÄÖåäöé "\{}#0`)
	text := rapid.Custom(func(t *rapid.T) string {
		s := rapid.StringOfN(rapid.RuneFrom(letters), 0, 12, -1).Draw(t, "text")
		return strings.Trim(s, ` \`) // a text does not end with a backslash before a quote
	})
	account := rapid.StringMatching(`[1-8][0-9]{3}`)
	objects := rapid.Custom(func(t *rapid.T) []sie.ObjectCode {
		n := rapid.IntRange(0, 3).Draw(t, "n")
		var out []sie.ObjectCode
		for range n {
			out = append(out, sie.ObjectCode{Dimension: rapid.IntRange(1, 99).Draw(t, "dim"), Code: text.Draw(t, "code")})
		}
		return out
	})
	dates := rapid.Custom(func(t *rapid.T) period.Date {
		return period.NewDate(2026, 1, 1).AddDays(rapid.IntRange(0, 364).Draw(t, "day"))
	})
	rapid.Check(t, func(t *rapid.T) {
		d := &sie.Document{Type: sie.Type4I, Program: "Kontor", Version: "1", Generated: dates.Draw(t, "gen")}
		d.Company.Name = strings.Join(strings.Fields(text.Draw(t, "name")), " ")
		for k := range rapid.IntRange(0, 4).Draw(t, "vouchers") {
			v := sie.Voucher{Series: text.Draw(t, "series"), Number: fmt.Sprint(k + 1), Date: dates.Draw(t, "date"), Text: text.Draw(t, "vtext"), By: text.Draw(t, "by")}
			var sum money.Amount
			for range rapid.IntRange(0, 4).Draw(t, "rows") {
				a := money.Amount(rapid.Int64Range(-1e12, 1e12).Draw(t, "amount"))
				sum += a
				v.Postings = append(v.Postings, sie.Posting{Account: account.Draw(t, "account"), Objects: objects.Draw(t, "objects"), Amount: a,
					Text: text.Draw(t, "ptext"), By: text.Draw(t, "pby"), Quantity: rapid.SampledFrom([]string{"", "1", "-2.50"}).Draw(t, "q")})
			}
			v.Changes = append(v.Changes, sie.Change{Posting: sie.Posting{Account: "1930", Amount: 5}, Struck: true, Before: len(v.Postings)})
			v.Postings = append(v.Postings, sie.Posting{Account: "1930", Amount: -sum})
			d.Vouchers = append(d.Vouchers, v)
		}
		back, lost := again(t, d)
		if lost.N > 0 || back.Verdict().Level == verdict.Reject {
			t.Fatalf("lost %+v, findings %+v", lost, back.Findings)
		}
		back.Totals, back.By = sie.Totals{}, ""
		if a, b := meaning(d), meaning(back); !reflect.DeepEqual(a, b) {
			t.Fatal(difference(a, b))
		}
	})
}

func TestWriteSaysWhatCP437Lacks(t *testing.T) {
	d := sie.Read([]byte(head + one))
	d.Company.Name = "Café Ñandú & Łódź – 5 € “bra” 中\n"
	back, lost := again(t, d)
	if want := `Café Ñandú & Lódz - 5 EUR "bra" ?`; back.Company.Name != want || lost.N != 1 || lost.Texts[0] != d.Company.Name {
		t.Errorf("%q, want %q; %+v", back.Company.Name, want, lost)
	}
}

func TestWriteRefuses(t *testing.T) {
	ok := func() *sie.Document { return sie.Read([]byte(head + one)) }
	for name, tt := range map[string]struct {
		spoil func(*sie.Document)
		code  string
	}{
		"a voucher that does not balance": {func(d *sie.Document) { d.Vouchers[0].Postings[0].Amount++ }, "SIE-001"},
		"a voucher without a date":        {func(d *sie.Document) { d.Vouchers[0].Date = 0 }, "SIE-002"},
		"an account that is no number":    {func(d *sie.Document) { d.Vouchers[0].Postings[0].Account = "5A" }, "SIE-003"},
		"balances in an import file":      {func(d *sie.Document) { d.Balances = []sie.Balance{{Kind: sie.Opening, Account: "1930"}} }, "SIE-004"},
	} {
		t.Run(name, func(t *testing.T) {
			d := ok()
			tt.spoil(d)
			_, err := sie.Write(&bytes.Buffer{}, d)
			if f := fault.Of(err); f == nil || f.Code != tt.code {
				t.Errorf("%v, want %s", err, tt.code)
			}
		})
	}
}

func TestSniff(t *testing.T) {
	for file, want := range map[string]bool{
		head: true, "\ufeff" + head: true, "\r\n #FLAGGA 0": true, "#VER A 1 20260101": true,
		`<?xml version="1.0"?><Sie xmlns="http://www.sie.se/sie5">`: true,
		"# Rubrik": false, "#!/bin/sh": false, "": false, "<html>": false, "FLAGGA": false,
	} {
		if got := sie.Sniff([]byte(file)); got != want {
			t.Errorf("%q: %v", file, got)
		}
	}
}

func TestMoreAccountsThanAnyChartAreRefused(t *testing.T) {
	var b strings.Builder
	b.WriteString(head)
	for k := range 140_000 {
		fmt.Fprintf(&b, "#KONTO %d K\n", 100_000+k)
	}
	v := sie.Check([]byte(b.String()))
	if v.Level != verdict.Reject || !strings.Contains(v.Reasons[0], "olika konton") {
		t.Errorf("%v %q", v.Level, v.Reasons[0])
	}
}

// FuzzRead: nothing makes the reader panic, and what it takes it can write.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.s[ei]")
	if err != nil || len(files) == 0 {
		f.Fatal("no fixtures", err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte("#VER A 1 20260101 {\n#TRANS 1 {\"1\" \"\\\"\"} 1 \"a\\\n}"))
	f.Add([]byte("#TRANS {\"" + strings.Repeat(`\"`, 2000) + strings.Repeat(" ", 4000) + "}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		d := sie.Read(b)
		if d.Verdict().Level == verdict.Reject {
			return
		}
		back, lost := again(t, d)
		if back.Verdict().Level == verdict.Reject {
			t.Fatalf("what was written is rejected: %+v", back.Findings)
		}
		if d.Type != sie.NoType && lost.N == 0 && back.Totals.Debit != d.Totals.Debit {
			t.Fatalf("%+v became %+v", d.Totals, back.Totals)
		}
	})
}
