package pain

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/format/verdict"
	"kontor/kernel/money"
	"kontor/kernel/period"
)

var (
	tuesday   = period.NewDate(2026, time.December, 1)
	wednesday = tuesday.AddDays(1)
)

func payee(scheme Scheme, number, clearing string) Payee {
	return Payee{
		Party:  Party{Name: "Åbergs Rör & Värme AB", Town: "Exempelstad", Country: "SE"},
		Scheme: scheme, Number: number, Clearing: clearing,
	}
}

// batch pays every kind of payee on two days.
func batch(profile string) *Batch {
	b := &Batch{
		MsgID: "UTB-2026-000123", Created: time.Date(2026, time.November, 30, 14, 5, 6, 0, time.UTC), Profile: profile,
		Initiator: Party{Name: "Exempelstads kommun", ID: "062120000142B001"},
		Debtor:    Party{Name: "Exempelstads kommun", ID: "2120000142", Street: "Torget 1", Post: "12345", Town: "Exempelstad", Country: "SE"},
		IBAN:      "SE3550000000054910000003", Bankgiro: "50501055",
	}
	b.Payments = []Payment{
		{ID: "P-1", Execute: tuesday, Amount: 12_345_67, Payee: payee(Bankgiro, "9912346", ""), OCR: "12345674"},
		{ID: "P-2", Execute: tuesday, Amount: 100, Payee: payee(Plusgiro, "9019506", ""), Message: "Faktura 4711 – kök & bad"},
		{ID: "P-3", Execute: wednesday, Amount: 99_999_00, Payee: payee(Domestic, "0000003", "5491"), Message: "Faktura 12, 13 och 14"},
		{ID: "P-4", Execute: tuesday, Amount: 50_00, Payee: payee(Domestic, "123456789", "83279")},
		{ID: "P-5", Execute: wednesday, Amount: 1, Payee: payee(IBAN, "SE3550000000054910000003", "")},
		{ID: "P-6", Execute: tuesday, Amount: 800_00, Payee: payee(Bankgiro, "55555551", ""), Parts: []Part{
			{Number: "F-100", Amount: 1000_00, Date: tuesday.AddDays(-30)}, {Number: "K-7", Amount: -200_00, Date: tuesday.AddDays(-20)},
		}},
	}
	return b
}

func written(t testing.TB, b *Batch) []byte {
	t.Helper()
	file, err := Write(b)
	if err != nil {
		t.Fatal(err, Refusals(b))
	}
	return file
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	for _, p := range Profiles {
		t.Run(p.Name, func(t *testing.T) {
			b := batch(p.Name)
			file := written(t, b)
			if v := Check(file); v.Level != verdict.Accept {
				t.Fatal(v)
			}
			f, err := Read(file)
			if err != nil {
				t.Fatal(err)
			}
			if f.MsgID != b.MsgID || !f.Created.Equal(b.Created) || f.Count != 6 || f.Version != string(p.Version) {
				t.Errorf("read %+v", f)
			}
			found := map[string]ReadPayment{}
			for _, g := range f.Groups {
				for _, pay := range g.Payments {
					found[pay.ID] = pay
				}
			}
			for _, pay := range b.Payments {
				if found[pay.ID].Amount != pay.Amount {
					t.Errorf("%s: %v, want %v", pay.ID, found[pay.ID].Amount, pay.Amount)
				}
			}
			if r := found["P-1"]; r.Ref != "12345674" || r.Scheme != "BGNR" || r.Member != "9900" {
				t.Errorf("a bankgiro with OCR is %+v", r)
			}
			if r := found["P-2"]; r.Member != p.PlusgiroMember || r.Scheme != "BBAN" || r.Text[0] != "Faktura 4711 - kök + bad" {
				t.Errorf("a plusgiro is %+v", r)
			}
			if r := found["P-4"]; r.Member != "8327" || r.Account != "9123456789" {
				t.Errorf("a fifth clearing digit goes into the account: %+v", r)
			}
		})
	}
}

// The bank's schema takes every profile's file. Version 09 differs from 05, whose
// schema is at hand, in the execution date alone, as far as Kontor writes it.
func TestSchema(t *testing.T) {
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed")
	}
	schemas := "../../../shared/data/schemas/iso20022"
	if _, err := os.Stat(schemas); err != nil {
		t.Skip("no ISO 20022 schemas beside the repository: ", err)
	}
	for _, p := range Profiles {
		t.Run(p.Name, func(t *testing.T) {
			b := batch(p.Name)
			b.Payments = append(b.Payments, Payment{ID: "P-7", Execute: tuesday, Amount: amountMost, Payee: payee(Bankgiro, "9912346", ""), Purpose: "SALA"})
			file, version := written(t, b), string(p.Version)
			if p.Version == V09 {
				version = "05"
				file = bytes.ReplaceAll(file, []byte("pain.001.001.09"), []byte("pain.001.001.05"))
				for _, day := range []period.Date{tuesday, wednesday} {
					was := fmt.Sprintf("<ReqdExctnDt>\n        <Dt>%v</Dt>\n      </ReqdExctnDt>", day)
					file = bytes.ReplaceAll(file, []byte(was), fmt.Appendf(nil, "<ReqdExctnDt>%v</ReqdExctnDt>", day))
				}
			}
			path := filepath.Join(t.TempDir(), "pain.xml")
			if err := os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			schema := filepath.Join(schemas, "pain.001.001."+version+".xsd")
			if out, err := exec.Command(xmllint, "--noout", "--schema", schema, path).CombinedOutput(); err != nil {
				t.Errorf("%v\n%s\n%s", err, out, file)
			}
		})
	}
}

func TestTraps(t *testing.T) {
	t.Run("trap 2: nearly a billion million is not wrapped", func(t *testing.T) {
		b := batch("nordea")
		b.Payments = []Payment{{ID: "P-1", Execute: tuesday, Amount: 999_999_999_999_99, Payee: payee(Bankgiro, "9912346", "")}}
		if file := string(written(t, b)); strings.Count(file, "999999999999.99") != 3 {
			t.Error(file)
		}
	})
	t.Run("trap 18: a credit note is refused, a netted payment lists its parts", func(t *testing.T) {
		for _, amount := range []money.Amount{0, -100} {
			b := batch("nordea")
			b.Payments[0].Amount = amount
			if _, err := Write(b); err == nil {
				t.Errorf("%v was written", amount)
			}
		}
		p, _ := ProfileOf("nordea")
		if got := p.Message(&batch("nordea").Payments[5]); got != "F-100, -K-7" {
			t.Errorf("the payee reads %q", got)
		}
		file := string(written(t, batch("seb")))
		if !strings.Contains(file, "<Cd>CREN</Cd>") || !strings.Contains(file, `<CdtNoteAmt Ccy="SEK">200.00</CdtNoteAmt>`) {
			t.Error("a bank that takes documents does not get them")
		}
	})
	t.Run("trap 19: a bankgiro is paid from a bankgiro at Swedbank, in a group of its own", func(t *testing.T) {
		groups := Groups(batch("swedbank"))
		if len(groups) != 3 {
			t.Fatalf("%d groups", len(groups))
		}
		for _, g := range groups {
			for _, pay := range g.Payments {
				if g.Giro != (pay.Payee.Scheme == Bankgiro) {
					t.Errorf("%s stands in the wrong group", pay.ID)
				}
			}
		}
		b := batch("swedbank")
		b.Bankgiro = ""
		if _, err := Write(b); err == nil {
			t.Error("written without a bankgiro to pay from")
		}
		if len(Groups(batch("nordea"))) != 2 {
			t.Error("Nordea has a group for each day")
		}
	})
	t.Run("trap 20: made again it is the same to the byte, in whatever order the rows come", func(t *testing.T) {
		first := written(t, batch("swedbank"))
		again := batch("swedbank")
		slices.Reverse(again.Payments)
		if !bytes.Equal(first, written(t, again)) {
			t.Error("differs")
		}
	})
	t.Run("trap 21: control sums are of the amounts as written", func(t *testing.T) {
		file := string(written(t, batch("nordea")))
		if !strings.Contains(file, "<CtrlSum>113195.68</CtrlSum>") {
			t.Error(file[:600])
		}
		spoilt := strings.Replace(file, "113195.68", "113195.67", 1)
		if Check([]byte(spoilt)).Level != verdict.Reject {
			t.Error("a wrong control sum is taken")
		}
	})
	t.Run("trap 24: no payment on a day when no money moves", func(t *testing.T) {
		for _, day := range []period.Date{
			period.NewDate(2027, time.June, 25), period.NewDate(2026, time.December, 24), period.NewDate(2026, time.December, 31),
			period.NewDate(2028, time.June, 6), period.NewDate(2026, time.December, 5),
		} {
			b := batch("nordea")
			b.Payments[0].Execute = day
			if r := Refusals(b); len(r) != 1 || r[0].Code != "date" {
				t.Errorf("%v: %v", day, r)
			}
		}
	})
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name, code string
		spoil      func(*Batch)
	}{
		{"an unknown bank", "profile", func(b *Batch) { b.Profile = "sparlådan" }},
		{"a batch number that does not fit", "message-id", func(b *Batch) { b.MsgID = strings.Repeat("A", 31) }},
		{"a batch number with a letter that banks change", "message-id", func(b *Batch) { b.MsgID = "UTBÄ" }},
		{"the same payment twice", "id", func(b *Batch) { b.Payments[1].ID = "P-1" }},
		{"a payee without a name", "name", func(b *Batch) { b.Payments[0].Payee.Name = " " }},
		{"a bankgiro with a wrong check digit", "account", func(b *Batch) { b.Payments[0].Payee.Number = "9912345" }},
		{"an account without a scheme", "account", func(b *Batch) { b.Payments[0].Payee.Scheme = "" }},
		{"an OCR number with a letter", "ocr", func(b *Batch) { b.Payments[0].OCR = "12A" }},
		{"parts that do not make the sum", "parts", func(b *Batch) { b.Payments[5].Parts[0].Amount++ }},
		{"a bank that wants an address", "address", func(b *Batch) { b.Profile = "danske"; b.Payments[0].Payee.Town = "" }},
		{"a day that has been", "date", func(b *Batch) { b.Payments[0].Execute = period.NewDate(2026, time.November, 27) }},
		{"nothing to pay", "empty", func(b *Batch) { b.Payments = nil }},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := batch("nordea")
			c.spoil(b)
			r := Refusals(b)
			if len(r) != 1 || r[0].Code != c.code {
				t.Errorf("refused with %v, want %s", r, c.code)
			}
			if _, err := Write(b); err == nil {
				t.Error("written all the same")
			}
		})
	}
}

func TestTextIsWhatTheBankTakes(t *testing.T) {
	p, _ := ProfileOf("swedbank")
	for in, want := range map[string]string{
		"Åbergs Rör & Värme":        "Åbergs Rör + Värme",
		"Cafe\u0301 Müller":         "Café Müller",
		"A\u030Abergs":              "Åbergs",
		"a\u0000b\n\n c":            "a b c",
		"10 € [rabatt] <b>":         "10 . .rabatt. .b.",
		"Faktura—1_2;3":             "Faktura-1-2,3",
		"\u202e dold 株式会社 <script>": ". dold .... .script.",
	} {
		if strings.Contains(want, "é") {
			want = "Cafe Muller"
		}
		if got := p.Text(in, 70); got != want {
			t.Errorf("%q is written %q, want %q", in, got, want)
		}
	}
	if got := p.Text(strings.Repeat("å", 80), 25); got != strings.Repeat("å", 25) {
		t.Errorf("cut to %q", got)
	}
}

// Whatever the payments are: sums and counts agree, nothing is lost, nothing
// outside the charset leaves, and the file is the same each time.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		profile := rapid.SampledFrom(Profiles).Draw(t, "profile")
		b := batch(profile.Name)
		b.Payments = nil
		for k := range rapid.IntRange(1, 12).Draw(t, "payments") {
			pay := Payment{
				ID:      fmt.Sprintf("P-%d", k),
				Execute: rapid.SampledFrom([]period.Date{tuesday, wednesday}).Draw(t, "day"),
				Amount:  money.Amount(rapid.Int64Range(1, int64(amountMost)).Draw(t, "öre")),
				Payee: rapid.SampledFrom([]Payee{
					payee(Bankgiro, "9912346", ""), payee(Plusgiro, "9019506", ""), payee(Domestic, "0000003", "5491"), payee(IBAN, "SE3550000000054910000003", ""),
				}).Draw(t, "payee"),
				Message: rapid.String().Draw(t, "message"),
			}
			pay.Payee.Name = "A" + rapid.String().Draw(t, "name")
			b.Payments = append(b.Payments, pay)
		}
		file, err := Write(b)
		if err != nil {
			t.Fatal(Refusals(b))
		}
		if v := Check(file); v.Level != verdict.Accept || v.Counts["payments"] != int64(len(b.Payments)) {
			t.Fatalf("%v\n%s", v, file)
		}
		b.Payments = rapid.Permutation(b.Payments).Draw(t, "order")
		if again, _ := Write(b); !bytes.Equal(file, again) {
			t.Fatal("made again it differs")
		}
	})
}
