package pain

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/format/verdict"
)

const samples = "../../../shared/data/iso20022"

const partAnswer = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>
<GrpHdr><MsgId>SVAR-1</MsgId><CreDtTm>2026-12-01T08:00:00+01:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>UTB-1</OrgnlMsgId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>UTB-1-1</OrgnlPmtInfId><PmtInfSts>PART</PmtInfSts>
 <TxInfAndSts><OrgnlEndToEndId>P-1</OrgnlEndToEndId><TxSts>RJCT</TxSts>
  <StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Kontot är avslutat</AddtlInf></StsRsnInf></TxInfAndSts>
 <TxInfAndSts><OrgnlEndToEndId>P-2</OrgnlEndToEndId><TxSts>ACSC</TxSts></TxInfAndSts></OrgnlPmtInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>UTB-1-2</OrgnlPmtInfId><PmtInfSts>ACCP</PmtInfSts></OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>`

func TestTrap22(t *testing.T) {
	a, err := ReadAnswer([]byte(partAnswer))
	if err != nil {
		t.Fatal(err)
	}
	t.Run("trap 22: part says nothing of a single payment", func(t *testing.T) {
		for _, c := range []struct {
			group, payment string
			want           Code
		}{
			{"UTB-1-1", "P-1", Rejected}, {"UTB-1-1", "P-2", Settled}, {"UTB-1-1", "P-3", ""},
			{"UTB-1-2", "P-4", Checked}, {"UTB-1-3", "P-5", ""}, {"", "P-1", Rejected}, {"UTB-1-2", "P-1", Checked},
		} {
			if got, _ := a.Of(c.group, c.payment); got != c.want {
				t.Errorf("%s of %s is %q, want %q", c.payment, c.group, got, c.want)
			}
		}
		_, why := a.Of("UTB-1-1", "P-1")
		if len(why) != 1 || why[0].Code != "AC04" || why[0].Text[0] != "Kontot är avslutat" {
			t.Errorf("rejected for %v", why)
		}
		if a.Original != "UTB-1" || !a.Created.Equal(time.Date(2026, 12, 1, 7, 0, 0, 0, time.UTC)) {
			t.Errorf("%+v", a)
		}
	})
	t.Run("trap 22: answers out of order never take a payment back", func(t *testing.T) {
		status := Code("")
		for _, news := range []Code{Settling, Technical, Checked, "", "XYZ", Settled, Waiting} {
			status, _ = Advance(status, news)
		}
		if status != Settled {
			t.Errorf("ended as %s", status)
		}
	})
	t.Run("trap 22: a rejection after settlement is a return", func(t *testing.T) {
		if now, torn := Advance(Settled, Rejected); now != Settled || !torn {
			t.Error(now, torn)
		}
	})
	t.Run("trap 22: money that moved after a rejection is believed and looked at", func(t *testing.T) {
		if now, torn := Advance(Rejected, Settled); now != Settled || !torn {
			t.Error(now, torn)
		}
		if now, torn := Advance(Rejected, Settling); now != Rejected || torn {
			t.Error(now, torn)
		}
	})
}

// Every sample of the messages that are read here gets its verdict; the rest are
// told apart.
func TestConformanceSamples(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(samples, "MANIFEST.tsv"))
	if err != nil {
		t.Skip("no ISO 20022 samples beside the repository: ", err)
	}
	total, wrong := 0, 0
	for line := range strings.Lines(string(b)) {
		row := strings.Split(line, "\t")
		if row[1] != "valid" && row[1] != "reject" {
			continue
		}
		file, err := os.ReadFile(filepath.Join(samples, row[0]))
		if err != nil {
			t.Fatal(err)
		}
		var v verdict.Verdict
		switch {
		case Sniff(file):
			v = Check(file)
		case SniffAnswer(file):
			v = CheckAnswer(file)
		case SniffOther(file) && !strings.Contains(row[2], "camt.05"):
			v = CheckOther(file)
		default:
			continue
		}
		total++
		if (v.Level == verdict.Reject) != (row[1] == "reject") {
			wrong++
			t.Errorf("%s: %v %q", row[0], v.Level, v.Reasons)
		}
		t.Logf("%-80s %-9s %-6s %v %v %q", row[0], v.Kind, v.Level, v.Counts, v.Sums, v.Reasons)
	}
	t.Logf("pain samples %d, wrong verdicts %d", total, wrong)
}

func FuzzRead(f *testing.F) {
	file, err := Write(batch("swedbank"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file)
	f.Add([]byte(partAnswer))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, check := range []func([]byte) verdict.Verdict{Check, CheckAnswer, CheckOther} {
			if v := check(b); v.Level != verdict.Accept && len(v.Reasons) == 0 {
				t.Error("no reason is given")
			}
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	big := batch("swedbank")
	one := big.Payments[0]
	big.Payments = nil
	for k := range 10_000 {
		one.ID = "P-" + string(rune('A'+k%26)) + strings.Repeat("x", k/26%20) + time.Duration(k).String()
		one.ID = strings.Map(func(r rune) rune {
			if r < 128 && r != '.' {
				return r
			}
			return -1
		}, one.ID)
		big.Payments = append(big.Payments, one)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Write(big); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(10_000*float64(b.N)/b.Elapsed().Seconds(), "payments/s")
}
