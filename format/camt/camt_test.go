package camt

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/format/verdict"
	"kontor/kernel/money"
	"kontor/kernel/period"
)

// statement wraps entries in a camt.053 whose balances carry from opening to closing.
func statement(opening, closing, entries string) string {
	balance := func(code, sum string) string {
		if sum == "" {
			return ""
		}
		sign := "CRDT"
		if strings.HasPrefix(sum, "-") {
			sign, sum = "DBIT", sum[1:]
		}
		return fmt.Sprintf(`<Bal><Tp><CdOrPrtry><Cd>%s</Cd></CdOrPrtry></Tp><Amt Ccy="SEK">%s</Amt><CdtDbtInd>%s</CdtDbtInd><Dt><Dt>2026-12-01</Dt></Dt></Bal>`,
			code, sum, sign)
	}
	return `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-12-01T22:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S1</Id><ElctrncSeqNb>335</ElctrncSeqNb><Acct><Id><IBAN>SE3550000000054910000003</IBAN></Id><Ccy>SEK</Ccy></Acct>` +
		balance("OPBD", opening) + balance("CLBD", closing) + entries + `</Stmt></BkToCstmrStmt></Document>`
}

func entry(sum, sign, rest string) string {
	return fmt.Sprintf(`<Ntry><Amt Ccy="SEK">%s</Amt><CdtDbtInd>%s</CdtDbtInd>%s</Ntry>`, sum, sign, rest)
}

const giroBatch = `<Sts>BOOK</Sts><BookgDt><Dt>2026-12-01</Dt></BookgDt><AcctSvcrRef>R77</AcctSvcrRef><NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>
<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy="SEK">1000.00</Amt></TxAmt></AmtDtls>
 <RltdPties><Dbtr><Nm>Betalare ett</Nm></Dbtr><CdtrAcct><Id><Othr><Id>50501055</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></CdtrAcct></RltdPties>
 <RmtInf><Strd><RfrdDocAmt><RmtdAmt Ccy="SEK">400.00</RmtdAmt></RfrdDocAmt><CdtrRefInf><Ref>12345674</Ref></CdtrRefInf></Strd>
  <Strd><RfrdDocAmt><RmtdAmt Ccy="SEK">600.00</RmtdAmt></RfrdDocAmt><CdtrRefInf><Ref>123456782</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>
<TxDtls><Amt Ccy="SEK">500.5</Amt><RltdPties><Dbtr><Pty><Nm>Betalare två</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>Hyra</Ustrd><Ustrd>december</Ustrd></RmtInf></TxDtls>
</NtryDtls>`

func readWhole(t testing.TB, s string) *File {
	t.Helper()
	f, findings, err := Read([]byte(s))
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	return f
}

func TestTrap61(t *testing.T) {
	t.Run("trap 61: a deposit is one entry and as many payments as it has", func(t *testing.T) {
		f := readWhole(t, statement("100.00", "1600.50", entry("1500.50", "CRDT", giroBatch)))
		s := &f.Statements[0]
		if len(s.Entries) != 1 || len(s.Entries[0].Details) != 2 || len(s.Judge(f.Kind)) != 0 {
			t.Fatalf("%+v %v", s, s.Judge(f.Kind))
		}
		first, second := s.Entries[0].Details[0], s.Entries[0].Details[1]
		if first.Amount != 1000_00 || first.To.Bankgiro() != "50501055" || len(first.Remitted) != 2 || first.EndToEnd != "" ||
			first.Remitted[1].Ref != "123456782" || first.Remitted[1].Amount != 600_00 || first.Debtor.Name != "Betalare ett" {
			t.Errorf("%+v", first)
		}
		if second.Amount != 500_50 || second.Debtor.Name != "Betalare två" || strings.Join(second.Text, " ") != "Hyra december" {
			t.Errorf("%+v", second)
		}
	})
	t.Run("trap 61: what is pending is not in the balance and not final", func(t *testing.T) {
		f := readWhole(t, statement("100.00", "50.00", entry("50.00", "DBIT", "<Sts>BOOK</Sts>")+entry("9.00", "CRDT", "<Sts>PDNG</Sts>")))
		s := &f.Statements[0]
		if got := s.Judge(f.Kind); len(got) != 0 || s.Entries[1].Final() || s.Entries[0].Amount != -50_00 {
			t.Error(got, s.Entries)
		}
	})
	t.Run("trap 61: the reversal of a credit takes money out, whatever it is called", func(t *testing.T) {
		f := readWhole(t, statement("100.00", "60.00", entry("40.00", "DBIT", "<RvslInd>true</RvslInd><Sts><Cd>BOOK</Cd></Sts>")))
		e := f.Statements[0].Entries[0]
		if !e.Reversal || e.Amount != -40_00 || len(f.Statements[0].Judge(f.Kind)) != 0 {
			t.Errorf("%+v", e)
		}
	})
	t.Run("trap 61: balances are chained from one statement to the next", func(t *testing.T) {
		a := readWhole(t, statement("0.00", "10.00", entry("10.00", "CRDT", "<Sts>BOOK</Sts>"))).Statements[0]
		b := a
		b.Balances = []Balance{{Code: PreviousClosing, Amount: 10_00, Currency: "SEK"}}
		b.Sequence = 336
		if got := b.Follows(&a); len(got) != 0 {
			t.Error(got)
		}
		b.Sequence, b.Balances[0].Amount = 338, 11_00
		if got := b.Follows(&a); len(got) != 2 {
			t.Error(got)
		}
		b.Sequence = 335
		if got := b.Follows(&a); len(got) != 2 {
			t.Error("the same statement again is not seen:", got)
		}
	})
	t.Run("trap 61: entries that do not make the balance are said", func(t *testing.T) {
		if v := Check([]byte(statement("100.00", "150.01", entry("50.00", "CRDT", "<Sts>BOOK</Sts>")))); v.Level != verdict.Warn {
			t.Error(v)
		}
	})
}

func TestReturnsTellWhy(t *testing.T) {
	f := readWhole(t, statement("0", "20", entry("20", "CRDT", `<Sts>BOOK</Sts><NtryDtls><TxDtls><Refs><EndToEndId>P-9</EndToEndId></Refs>
<RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Kontot är avslutat</AddtlInf></RtrInf></TxDtls></NtryDtls>`)))
	d := f.Statements[0].Entries[0].Details[0]
	if d.Return == nil || d.Return.Code != "AC04" || d.Return.Text[0] != "Kontot är avslutat" || d.EndToEnd != "P-9" || d.Amount != 20_00 {
		t.Errorf("%+v", d)
	}
}

func TestTimesWithoutZoneAreSwedish(t *testing.T) {
	f := readWhole(t, statement("0", "0", ""))
	if want := time.Date(2026, 12, 1, 21, 0, 0, 0, time.UTC); !f.Created.Equal(want) {
		t.Errorf("created %v", f.Created)
	}
	f = readWhole(t, statement("0", "1", entry("1", "CRDT", "<Sts>BOOK</Sts><BookgDt><DtTm>2026-12-01T23:30:00Z</DtTm></BookgDt>")))
	if got := f.Statements[0].Entries[0].Booked; got != period.NewDate(2026, time.December, 2) {
		t.Errorf("half past midnight in Sweden is booked %v", got)
	}
}

func TestWhatIsBrokenIsRejectedWithItsPlace(t *testing.T) {
	for name, s := range map[string]string{
		"an amount with letters":       statement("0", "0", entry("1O0", "CRDT", "")),
		"an amount of parts of an öre": statement("0", "0", entry("1.005", "CRDT", "")),
		"an amount of twenty digits":   statement("0", "0", entry("12345678901234567890", "CRDT", "")),
		"an entry without direction":   statement("0", "0", entry("1", "", "")),
		"an entry without amount":      statement("0", "0", "<Ntry><CdtDbtInd>CRDT</CdtDbtInd></Ntry>"),
		"a statement without account":  strings.ReplaceAll(statement("0", "0", ""), "IBAN", "Ingen"),
		"half a file":                  statement("0", "0", "")[:400],
		"a payment file":               `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn/></Document>`,
		"a file with nothing in it":    "",
		"an entity that grows":         `<!DOCTYPE a [<!ENTITY b "c">]><Document/>`,
	} {
		if v := Check([]byte(s)); v.Level != verdict.Reject || len(v.Reasons) == 0 {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

// Any entries make a statement whose sums agree, and any öre taken from one of
// its payments is found.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		opening := money.Amount(rapid.Int64Range(-1e12, 1e12).Draw(t, "opening"))
		closing := opening
		var b strings.Builder
		spoil := rapid.IntRange(-1, 3).Draw(t, "spoilt entry")
		spoilt := false
		for k := range rapid.IntRange(0, 4).Draw(t, "entries") {
			var sum money.Amount
			var details strings.Builder
			for range rapid.IntRange(1, 5).Draw(t, "payments") {
				a := money.Amount(rapid.Int64Range(1, 1e12).Draw(t, "öre"))
				sum += a
				if k == spoil && !spoilt {
					spoilt = true
					a++
				}
				fmt.Fprintf(&details, `<TxDtls><Amt Ccy="SEK">%s</Amt></TxDtls>`, a.Plain())
			}
			sign := rapid.SampledFrom([]string{"CRDT", "DBIT"}).Draw(t, "sign")
			b.WriteString(entry(sum.Plain(), sign, "<Sts>BOOK</Sts><NtryDtls>"+details.String()+"</NtryDtls>"))
			if sign == "CRDT" {
				closing += sum
			} else {
				closing -= sum
			}
		}
		file := []byte(statement(opening.Plain(), closing.Plain(), b.String()))
		if v := Check(file); (v.Level == verdict.Warn) != spoilt || v.Level == verdict.Reject {
			t.Fatalf("spoilt %v: %v\n%s", spoilt, v, file)
		}
		f, _, err := Read(file)
		if err != nil || (len(f.Statements[0].Judge(f.Kind)) > 0) != spoilt {
			t.Fatal("read whole it is judged otherwise than read in passing")
		}
	})
}

func FuzzCheck(f *testing.F) {
	f.Add([]byte(statement("100.00", "1600.50", entry("1500.50", "CRDT", giroBatch))))
	f.Add([]byte(statement("-1", "0", entry("1", "DBIT", "<RvslInd>true</RvslInd>"))))
	f.Fuzz(func(t *testing.T, b []byte) {
		if v := Check(b); v.Level != verdict.Accept && len(v.Reasons) == 0 {
			t.Error("no reason is given")
		}
	})
}

// A day's deposits in one entry: ten thousand payments with one reference each.
// The baseline is encoding/xml going through the same file and keeping nothing.
func BenchmarkRead(b *testing.B) {
	const payments = 10_000
	var details strings.Builder
	for k := range payments {
		fmt.Fprintf(&details, `<TxDtls><Refs><AcctSvcrRef>R%d</AcctSvcrRef></Refs><AmtDtls><TxAmt><Amt Ccy="SEK">100.00</Amt></TxAmt></AmtDtls>
<RltdPties><Dbtr><Nm>Betalare %d</Nm></Dbtr><CdtrAcct><Id><Othr><Id>50501055</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></CdtrAcct></RltdPties>
<RmtInf><Strd><CdtrRefInf><Ref>%09d</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>`, k, k, k)
	}
	file := []byte(statement("0.00", "1000000.00", entry("1000000.00", "CRDT", "<Sts>BOOK</Sts><NtryDtls>"+details.String()+"</NtryDtls>")))
	var bare time.Duration
	b.Run("encoding/xml tokens alone", func(b *testing.B) {
		for b.Loop() {
			d := xml.NewDecoder(bytes.NewReader(file))
			for {
				if _, err := d.RawToken(); err != nil {
					break
				}
			}
		}
		bare = b.Elapsed() / time.Duration(b.N)
		b.ReportMetric(payments/bare.Seconds(), "payments/s")
	})
	b.Run("read and judged", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if v := Check(file); v.Level != verdict.Accept {
				b.Fatal(v)
			}
		}
		own := b.Elapsed() / time.Duration(b.N)
		b.ReportMetric(payments/own.Seconds(), "payments/s")
		b.ReportMetric(bare.Seconds()/own.Seconds(), "times-encoding/xml")
	})
}
