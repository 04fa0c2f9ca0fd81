package ident_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kontor/kernel/ident"
	"kontor/kernel/period"
)

var today = period.NewDate(2026, 11, 25)

func TestLuhn(t *testing.T) {
	for _, s := range []string{
		"9912346", "55555551", "50501055", "3665114",
		"3783511", "9019506", "5560360793", "8112189876",
	} {
		if !ident.Luhn(s) {
			t.Errorf("%s is right", s)
		}
		for i := range len(s) {
			wrong := []byte(s)
			wrong[i] = '0' + (wrong[i]-'0'+1)%10
			if ident.Luhn(string(wrong)) {
				t.Errorf("%s differs from %s in one digit", wrong, s)
			}
		}
	}
	for _, s := range []string{"", "0", "12a4", "1 2", "-18"} {
		if ident.Luhn(s) {
			t.Errorf("%q has no check digit", s)
		}
	}
}

func TestParseOrg(t *testing.T) {
	for _, c := range []struct {
		name, in, digits, text string
		kind                   ident.Kind
	}{
		{"an organisation with hyphen", "556036-0793", "165560360793", "556036-0793", ident.Organisation},
		{"ten digits", "5560360793", "165560360793", "556036-0793", ident.Organisation},
		{"twelve digits", "165560360793", "165560360793", "556036-0793", ident.Organisation},
		{"spaces and a dash as people write", " 55 60 36\u20130793 ", "165560360793", "556036-0793", ident.Organisation},
		{"a municipality", "212000-0142", "162120000142", "212000-0142", ident.Organisation},
		{"a person, century by age", "811218-9876", "198112189876", "19811218-9876", ident.Person},
		{"a person without separator", "8112189876", "198112189876", "19811218-9876", ident.Person},
		{"a person born this century", "000405-9937", "200004059937", "20000405-9937", ident.Person},
		{"a person above 100", "090527+1474", "190905271474", "19090527-1474", ident.Person},
		{"the same digits without the sign", "0905271474", "200905271474", "20090527-1474", ident.Person},
		{"a co-ordination number", "701063-2391", "197010632391", "19701063-2391", ident.Coordination},
		{"a co-ordination number of an unknown month", "940078-2398", "199400782398", "19940078-2398", ident.Coordination},
		{"a co-ordination number of an unknown day", "200706602398", "200706602398", "20070660-2398", ident.Coordination},
		{"an interim number", "000101-T220", "20000101T220", "20000101-T220", ident.Person},
	} {
		got, err := ident.ParseOrg(c.in, today)
		if err != nil || got.Digits != c.digits || got.Kind != c.kind || got.String() != c.text {
			t.Errorf("%s: %q is %q %v %q, %v", c.name, c.in, got.Digits, got.Kind, got, err)
		}
	}
}

func TestParseOrgRefuses(t *testing.T) {
	for name, s := range map[string]string{
		"nothing":                            "",
		"a wrong check digit":                "556036-0794",
		"a century that is not 16":           "205560360793",
		"16 before a person":                 "168112189876",
		"a plus sign in an organisation":     "556036+0793",
		"a day that does not exist":          "19000229-9992",
		"a month that does not exist":        "001301-0005",
		"a letter that is not interim":       "000101-E221",
		"a birth number of nought":           "000101-0005",
		"a hyphen in the wrong place":        "55603-60793",
		"two hyphens":                        "55-6036-0793",
		"eleven digits":                      "65560360793",
		"digits of another script":           "٥٥٦٠٣٦٠٧٩٣",
		"somebody not yet born":              "20270101-0007",
		"a plus sign for somebody below 100": "19811218+9876",
		"a far century":                      "811218119876",
	} {
		if got, err := ident.ParseOrg(s, today); !errors.Is(err, ident.ErrOrg) || !got.IsZero() {
			t.Errorf("%s: %q is %v, %v", name, s, got, err)
		}
	}
	if _, err := ident.ParseOrg("811218-9876", 0); !errors.Is(err, ident.ErrOrg) {
		t.Error("a century was told without knowing the date of today")
	}
}

// The century turns with the year, not with the birthday; but nobody is taken
// to be unborn.
func TestCenturyOfAPerson(t *testing.T) {
	number := func(body string) string {
		check, _ := ident.LuhnDigit(body)
		return body + string(check)
	}
	for _, c := range []struct{ body, sep, want string }{
		{"261124123", "-", "2026"}, // born yesterday
		{"261125123", "-", "2026"}, // born today
		{"261126123", "-", "1926"}, // turns 100 tomorrow, the sign not yet changed
		{"261126123", "", "1926"},
		{"261124123", "+", "1926"},
		{"271124123", "-", "1927"},
		{"251124123", "+", "1925"},
		{"271124123", "+", "1827"},
	} {
		n := number(c.body)
		got, err := ident.ParseOrg(n[:6]+c.sep+n[6:], today)
		if err != nil || got.Digits[:4] != c.want {
			t.Errorf("%s%s: %v, %v; want born %s", n[:6], c.sep, got, err, c.want)
		}
	}
}

// person draws a right number of a person and the date that it holds.
func person(t *rapid.T) (digits string, born period.Date) {
	first, last := period.NewDate(1850, 1, 1), today
	born = period.Date(rapid.Int32Range(int32(first), int32(last)).Draw(t, "born"))
	day := born.Day()
	if rapid.Bool().Draw(t, "coordination") {
		day += 60
	}
	body := fmt.Sprintf("%02d%02d%02d%03d", born.Year()%100, int(born.Month()), day, rapid.IntRange(1, 999).Draw(t, "n"))
	check, _ := ident.LuhnDigit(body)
	return fmt.Sprintf("%02d%s%c", born.Year()/100, body, check), born
}

// trap 7: ten digits, twelve, or a plus sign: one person is one value of twelve
// digits and a kind, as they are stored and compared.
func TestOnePersonHasOneValueHoweverWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits, born := person(t)
		sep := "-"
		if today.Year()-born.Year() >= 100 {
			sep = "+"
		}
		want, err := ident.ParseOrg(digits, today)
		if err != nil || want.Digits != digits || !want.IsPerson() || want.Birthday() != born {
			t.Fatalf("%s is %v born %v, %v", digits, want, want.Birthday(), err)
		}
		for _, s := range []string{digits[2:8] + sep + digits[8:], digits[:8] + sep + digits[8:], want.String()} {
			if got, err := ident.ParseOrg(s, today); err != nil || got != want {
				t.Fatalf("%s is %v, %v; want %v", s, got, err, want)
			}
		}
		stored, err := want.Value()
		var back ident.Org
		if err != nil || back.Scan(stored) != nil || back != want {
			t.Fatalf("%v stored as %v, %v comes back as %v", want, stored, err, back)
		}
		doc, err := json.Marshal(want)
		back = ident.Org{}
		if err != nil || json.Unmarshal(doc, &back) != nil || back != want {
			t.Fatalf("%v as JSON %s, %v comes back as %v", want, doc, err, back)
		}
	})
}

func TestUnknownBirthdayIsNoDate(t *testing.T) {
	for _, s := range []string{"199400782398", "200706602398", "165560360793"} {
		if o, err := ident.OrgOf(s); err != nil || o.Birthday() != 0 {
			t.Errorf("%s is born %v, %v", s, o.Birthday(), err)
		}
	}
}

func TestNoOrgIsNull(t *testing.T) {
	var o ident.Org
	if v, err := o.Value(); v != nil || err != nil || o.String() != "" ||
		o.Masked() != "" || o.VAT() != "" || o.Ten() != "" {
		t.Errorf("no number: %v, %v, %q, %q", v, err, o, o.VAT())
	}
	o = ident.Org{Digits: "165560360793", Kind: ident.Organisation}
	if err := o.Scan(nil); err != nil || !o.IsZero() {
		t.Errorf("NULL comes back as %v, %v", o, err)
	}
	for _, src := range []any{"556036-0793", "165560360794", int64(165560360793)} {
		if err := o.Scan(src); !errors.Is(err, ident.ErrOrg) || !o.IsZero() {
			t.Errorf("Scan(%v): %v, %v", src, o, err)
		}
	}
}

func TestPersonalDataIsMasked(t *testing.T) {
	p, _ := ident.ParseOrg("811218-9876", today)
	org, _ := ident.ParseOrg("556036-0793", today)
	if p.Masked() != "19811218-••••" || org.Masked() != "556036-0793" {
		t.Errorf("masked %q and %q", p.Masked(), org.Masked())
	}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("betalning", "till", p)
	if strings.Contains(log.String(), "9876") {
		t.Errorf("the log has the whole number: %s", &log)
	}
	_, err := ident.ParseOrg("811218-9875", today)
	if strings.Contains(err.Error(), "9875") {
		t.Errorf("the cause repeats the number: %v", err)
	}
}

func TestVATNumbers(t *testing.T) {
	org, _ := ident.ParseOrg("556036-0793", today)
	if org.VAT() != "SE556036079301" {
		t.Errorf("VAT number %s", org.VAT())
	}
	for _, s := range []string{"SE556036079301", "se 556036-0793 01", "SE5560360793 01"} {
		v, err := ident.ParseVAT(s)
		if err != nil || v != org.VAT() {
			t.Errorf("%q is %q, %v", s, v, err)
		}
		if back, err := v.Org(today); err != nil || back != org {
			t.Errorf("%q belongs to %v, %v", s, back, err)
		}
	}
	for _, s := range []string{
		"", "SE", "SE556036079401", "SE556036079302",
		"NO556036079301", "SE5560360793", "556036079301", "SE55603607930101",
	} {
		if v, err := ident.ParseVAT(s); !errors.Is(err, ident.ErrVAT) {
			t.Errorf("%q is %q, %v", s, v, err)
		}
	}
}

func TestGiros(t *testing.T) {
	for _, c := range []struct {
		scheme   ident.Scheme
		in, want string
	}{
		{ident.Bankgiro, "991-2346", "991-2346"},
		{ident.Bankgiro, "55555551", "5555-5551"},
		{ident.Bankgiro, "5050 1055", "5050-1055"},
		{ident.Bankgiro, "366\u20115114", "366-5114"},
		{ident.Plusgiro, "901950-6", "901950-6"},
		{ident.Plusgiro, "90 19 50-6", "901950-6"},
		{ident.Plusgiro, "9019506", "901950-6"},
		{ident.Plusgiro, "18", "1-8"},
	} {
		g, err := ident.ParseGiro(c.scheme, c.in)
		if err != nil || g.Scheme != c.scheme || g.String() != c.want {
			t.Errorf("%v %q is %v, %v", c.scheme, c.in, g, err)
		}
		doc, err := json.Marshal(g)
		var back ident.Giro
		if err != nil || json.Unmarshal(doc, &back) != nil || back != g {
			t.Errorf("%v as JSON %s, %v comes back as %v", g, doc, err, back)
		}
	}
	for _, c := range []struct {
		scheme ident.Scheme
		in     string
		want   error
	}{
		{ident.Bankgiro, "5402-9682", ident.ErrBankgiro},
		{ident.Bankgiro, "54-0296", ident.ErrBankgiro},
		{ident.Bankgiro, "5402-96810", ident.ErrBankgiro},
		{ident.Bankgiro, "54---------0296", ident.ErrBankgiro},
		{ident.Bankgiro, "54029-681", ident.ErrBankgiro},
		{ident.Bankgiro, "0054029681", ident.ErrBankgiro},
		{ident.Bankgiro, "", ident.ErrBankgiro},
		{ident.Plusgiro, "901950-7", ident.ErrPlusgiro},
		{ident.Plusgiro, "9019-506", ident.ErrPlusgiro},
		{ident.Plusgiro, "0", ident.ErrPlusgiro},
		{ident.Plusgiro, "123456782", ident.ErrPlusgiro},
		{0, "991-2346", ident.ErrScheme},
	} {
		if g, err := ident.ParseGiro(c.scheme, c.in); !errors.Is(err, c.want) || !g.IsZero() {
			t.Errorf("%v %q is %v, %v", c.scheme, c.in, g, err)
		}
	}
}

// trap 8: the number spaces of the two schemes overlap.
func TestEqualDigitsInTwoSchemesAreTwoNumbers(t *testing.T) {
	bg, err1 := ident.ParseBankgiro("9912346")
	pg, err2 := ident.ParsePlusgiro("9912346")
	if err1 != nil || err2 != nil || bg == pg || bg.Number != pg.Number {
		t.Errorf("%v and %v, %v %v", bg, pg, err1, err2)
	}
}

// trap 10: the length digit is the last digit of the length.
func TestOCR(t *testing.T) {
	for _, c := range []struct{ payload, check, length string }{
		{"1234567", "12345674", "123456790"},
		{"12345678", "123456782", "1234567806"},
		{"123456789", "1234567897", "12345678911"},
		{"1234567890", "12345678903", "123456789023"},
		{"20261100012345", "202611000123455", "2026110001234569"},
	} {
		for level, want := range map[ident.OCRLevel]string{
			ident.OCRCheck:  c.check,
			ident.OCRSoft:   c.check,
			ident.OCRLength: c.length,
		} {
			rule := ident.OCRRule{Level: level}
			if got, err := rule.Make(c.payload); err != nil || got != want || rule.Check(got) != ident.OCRRight {
				t.Errorf("level %d of %s is %s, %v, %d; want %s", level, c.payload, got, err, rule.Check(got), want)
			}
		}
	}
	length := ident.OCRRule{Level: ident.OCRLength}
	if got := length.Check("1234567814"); got != ident.OCRRefused {
		t.Errorf("the first digit of the length passes: %d", got)
	}
	fixed := ident.OCRRule{Level: ident.OCRFixed, Lengths: [2]int{12, 8}}
	for payload, want := range map[string]string{"1234567": "12345674", "123": "00001230", "12345678": "000123456782"} {
		if got, err := fixed.Make(payload); err != nil || got != want || fixed.Check(got) != ident.OCRRight {
			t.Errorf("fixed length of %s is %s, %v; want %s", payload, got, err, want)
		}
	}
	if got := fixed.Check("1230"); got != ident.OCRRefused {
		t.Errorf("another length passes: %d", got)
	}
}

func TestOCRVerdicts(t *testing.T) {
	for _, c := range []struct {
		level ident.OCRLevel
		ref   string
		want  ident.OCRVerdict
	}{
		{ident.OCRNone, "faktura 17", ident.OCRRight},
		{ident.OCRSoft, "1231", ident.OCRFlagged},
		{ident.OCRSoft, "faktura 17", ident.OCRFlagged},
		{ident.OCRCheck, "1231", ident.OCRRefused},
		{ident.OCRCheck, "", ident.OCRRefused},
		{ident.OCRCheck, "0", ident.OCRRefused},
		{ident.OCRCheck, strings.Repeat("0", 25), ident.OCRRight},
		{ident.OCRCheck, strings.Repeat("0", 26), ident.OCRRefused},
		{ident.OCRLength, "26", ident.OCRRefused},
		{ident.OCRFixed, "", ident.OCRRefused},
	} {
		if got := (ident.OCRRule{Level: c.level}).Check(c.ref); got != c.want {
			t.Errorf("level %d, %q: %d, want %d", c.level, c.ref, got, c.want)
		}
	}
	for _, c := range []struct {
		rule    ident.OCRRule
		payload string
	}{
		{ident.OCRRule{Level: ident.OCRCheck}, ""},
		{ident.OCRRule{Level: ident.OCRCheck}, "12a"},
		{ident.OCRRule{Level: ident.OCRCheck}, strings.Repeat("1", 25)},
		{ident.OCRRule{Level: ident.OCRLength}, strings.Repeat("1", 24)},
		{ident.OCRRule{Level: ident.OCRFixed, Lengths: [2]int{5}}, "12345"},
		{ident.OCRRule{Level: ident.OCRFixed}, "1"},
	} {
		if got, err := c.rule.Make(c.payload); !errors.Is(err, ident.ErrOCR) {
			t.Errorf("%v of %q is %q, %v", c.rule, c.payload, got, err)
		}
	}
}

func TestOneWrongDigitOfAnOCRIsSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		payload := rapid.StringMatching(`[0-9]{1,23}`).Draw(t, "payload")
		rule := ident.OCRRule{Level: rapid.SampledFrom([]ident.OCRLevel{ident.OCRCheck, ident.OCRLength}).Draw(t, "level")}
		ref, err := rule.Make(payload)
		if err != nil || rule.Check(ref) != ident.OCRRight || !strings.HasPrefix(ref, payload) {
			t.Fatalf("%s: %s, %v", payload, ref, err)
		}
		wrong := []byte(ref)
		i := rapid.IntRange(0, len(ref)-1).Draw(t, "place")
		wrong[i] = '0' + (wrong[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if rule.Check(string(wrong)) != ident.OCRRefused {
			t.Fatalf("%s passes for %s", wrong, ref)
		}
	})
}

func TestGLN(t *testing.T) {
	if g, err := ident.ParseGLN("7350000 001228"); err != nil || g != "7350000001228" {
		t.Errorf("%q, %v", g, err)
	}
	for _, s := range []string{"7350000001229", "735000000122", "73500000012280", "735000000122x", ""} {
		if g, err := ident.ParseGLN(s); !errors.Is(err, ident.ErrGLN) {
			t.Errorf("%q is %q, %v", s, g, err)
		}
	}
}

func TestIBAN(t *testing.T) {
	for in, want := range map[string]string{
		"SE3550000000054910000003":      "SE35 5000 0000 0549 1000 0003",
		"se27 5000 0000 0549 1000 4512": "SE27 5000 0000 0549 1000 4512",
		"GB82 WEST 1234 5698 7654 32":   "GB82 WEST 1234 5698 7654 32",
		"DE89 3704 0044 0532 0130 00":   "DE89 3704 0044 0532 0130 00",
		"NO93 8601 1117 947":            "NO93 8601 1117 947",
	} {
		if got, err := ident.ParseIBAN(in); err != nil || got.String() != want {
			t.Errorf("%q is %v, %v", in, got, err)
		}
	}
	for _, s := range []string{
		"SE1250000000058398257466", "SE355000000005491000000", "SE35500000000549100000030", "", "SE35",
		"SE3550000000054910000004", "1235500000000549100003", "GB82WEST1234569876543!",
	} {
		if got, err := ident.ParseIBAN(s); !errors.Is(err, ident.ErrIBAN) {
			t.Errorf("%q is %v, %v", s, got, err)
		}
	}
}

// The check digits 00, 01 and 99 are congruent to 97, 98 and 02, and never right.
func TestIBANHasOneRightPairOfCheckDigits(t *testing.T) {
	seen := map[string]bool{}
	for account := range 500 {
		var right []string
		for check := range 100 {
			s := fmt.Sprintf("SE%02d500000000549%08d", check, account)
			if _, err := ident.ParseIBAN(s); err == nil {
				right = append(right, s[2:4])
			}
		}
		if len(right) != 1 {
			t.Fatalf("account %d has the check digits %v", account, right)
		}
		seen[right[0]] = true
	}
	if !seen["02"] || !seen["97"] || !seen["98"] {
		t.Error("the accounts did not reach the ends of the range")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"556036-0793", "165560360793", "811218+9876", "000101-T220", "SE556036079301", "5402-9681", "90 19 50-6",
		"7350000001228", "SE3550000000054910000003", "-", "+1234",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if o, err := ident.ParseOrg(s, today); err == nil {
			if back, err := ident.OrgOf(o.Digits); err != nil || back != o {
				t.Errorf("%q is %v, stored and back %v, %v", s, o, back, err)
			}
			if back, err := ident.ParseOrg(o.String(), today); err != nil || back != o {
				t.Errorf("%q is %v, written and back %v, %v", s, o, back, err)
			}
		}
		if v, err := ident.ParseVAT(s); err == nil && len(v) != 14 {
			t.Errorf("%q is VAT number %q", s, v)
		}
		for _, scheme := range []ident.Scheme{ident.Bankgiro, ident.Plusgiro} {
			if g, err := ident.ParseGiro(scheme, s); err == nil {
				if back, err := ident.ParseGiro(scheme, g.String()); err != nil || back != g {
					t.Errorf("%q is %v, back %v, %v", s, g, back, err)
				}
			}
		}
		if g, err := ident.ParseGLN(s); err == nil && len(g) != 13 {
			t.Errorf("%q is GLN %q", s, g)
		}
		if n, err := ident.ParseIBAN(s); err == nil {
			if back, err := ident.ParseIBAN(n.String()); err != nil || back != n {
				t.Errorf("%q is %v, back %v, %v", s, n, back, err)
			}
		}
		ident.OCRRule{Level: ident.OCRLength}.Check(s)
	})
}

func BenchmarkParseOrg(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ident.ParseOrg("556036-0793", today); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOrgOf(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ident.OrgOf("165560360793"); err != nil {
			b.Fatal(err)
		}
	}
}
