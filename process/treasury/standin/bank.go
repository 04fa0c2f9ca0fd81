// Package standin is a bank that is not there: it takes payment files as a bank
// does and answers with the same kinds of files, so that tests and the demo city
// can live through what happens after the file has been sent.
//
// # What always holds
//
//   - A file that has been taken once is refused the second time.
//   - Every statement begins where the last one ended, and its entries sum to the
//     difference.
//
// # Not here
//
// What a real bank does besides. Nothing of this package runs in a city.
package standin

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"time"

	"kontor/format/pain"
	"kontor/kernel/money"
	"kontor/kernel/period"
)

// Bank keeps one account of ours.
type Bank struct {
	IBAN    string
	Balance money.Amount

	// Refuses says which payments the bank rejects, by the ISO code of why; nil
	// for none.
	Refuses func(p *pain.ReadPayment) string
	// Returns says which payments come back the day after; nil for none.
	Returns func(p *pain.ReadPayment) string
	// Besides says what else moves on the account on a day; nil for nothing.
	Besides func(day period.Date) []Movement
	// Bundled books each group as one sum, with the payments in it as details.
	Bundled bool

	known    map[string]bool
	orders   []*order
	sequence int
	back     []*order
}

// Movement is something that no payment file asked for.
type Movement struct {
	Amount money.Amount // in positive
	Text   string
	Code   string // ISO code of why it comes back, of a payment that it does not name
}

type order struct {
	msg, group string
	execute    period.Date
	code       string // why it was refused or comes back
	done       bool
	pain.ReadPayment
}

// Take takes a payment file and answers that it is taken, or why not: a pain.002
// on the whole file.
func (b *Bank) Take(file []byte, now time.Time) ([]byte, error) {
	f, err := pain.Read(file)
	if err != nil {
		return nil, err
	}
	if b.known[f.MsgID] {
		return answer(f.MsgID, now, "RJCT", "AM05", nil), nil
	}
	if b.known == nil {
		b.known = map[string]bool{}
	}
	b.known[f.MsgID] = true
	for _, g := range f.Groups {
		for i := range g.Payments {
			o := &order{msg: f.MsgID, group: g.ID, execute: g.Execute, ReadPayment: g.Payments[i]}
			if b.Refuses != nil {
				o.code = b.Refuses(&o.ReadPayment)
			}
			b.orders = append(b.orders, o)
		}
	}
	return answer(f.MsgID, now, "ACTC", "", nil), nil
}

// Judge answers what will be paid and what is refused, payment by payment.
func (b *Bank) Judge(msg string, now time.Time) []byte {
	var mine []*order
	status := "ACSP"
	for _, o := range b.orders {
		if o.msg == msg {
			mine = append(mine, o)
			if o.code != "" {
				status = "PART"
			}
		}
	}
	b.orders = slices.DeleteFunc(b.orders, func(o *order) bool { return o.msg == msg && o.code != "" })
	return answer(msg, now, status, "", mine)
}

// Day executes what is to be paid on a day and gives the account's statement of
// it, a camt.053; nil when nothing moved.
func (b *Bank) Day(day period.Date, now time.Time) []byte {
	var out []*order
	for _, o := range b.orders {
		if !o.done && o.code == "" && o.execute <= day {
			o.done = true
			out = append(out, o)
		}
	}
	back := b.back
	b.back = nil
	for _, o := range out {
		if b.Returns != nil {
			if o.code = b.Returns(&o.ReadPayment); o.code != "" {
				b.back = append(b.back, o)
			}
		}
	}
	b.orders = slices.DeleteFunc(b.orders, func(o *order) bool { return o.done })
	var besides []Movement
	if b.Besides != nil {
		besides = b.Besides(day)
	}
	if len(out) == 0 && len(back) == 0 && len(besides) == 0 {
		return nil
	}
	return b.statement(day, now, out, back, besides)
}

// Details gives the same day as a camt.054, as banks do besides the statement.
func Details(statement []byte) []byte {
	s := string(statement)
	s = strings.NewReplacer("camt.053", "camt.054", "BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn", "<Stmt>", "<Ntfctn>", "</Stmt>", "</Ntfctn>").Replace(s)
	from, to := strings.Index(s, "<Bal>"), strings.LastIndex(s, "</Bal>")
	if from >= 0 && to > from {
		s = s[:from] + s[to+len("</Bal>"):]
	}
	return []byte(s)
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

func text(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder takes all
	return b.String()
}

func answer(msg string, now time.Time, status, why string, all []*order) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>`)
	fmt.Fprintf(&b, "<GrpHdr><MsgId>S%s-%d</MsgId><CreDtTm>%s</CreDtTm></GrpHdr>", msg, now.UnixMilli(), stamp(now))
	fmt.Fprintf(&b, "<OrgnlGrpInfAndSts><OrgnlMsgId>%s</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>%s</GrpSts>", text(msg), status)
	b.WriteString(reason(why) + "</OrgnlGrpInfAndSts>")
	groups := map[string][]*order{}
	var names []string
	for _, o := range all {
		if groups[o.group] == nil {
			names = append(names, o.group)
		}
		groups[o.group] = append(groups[o.group], o)
	}
	for _, g := range names {
		fmt.Fprintf(&b, "<OrgnlPmtInfAndSts><OrgnlPmtInfId>%s</OrgnlPmtInfId>", text(g))
		for _, o := range groups[g] {
			s := "ACSP"
			if o.code != "" {
				s = "RJCT"
			}
			fmt.Fprintf(&b, "<TxInfAndSts><OrgnlEndToEndId>%s</OrgnlEndToEndId><TxSts>%s</TxSts>%s</TxInfAndSts>", text(o.ID), s, reason(o.code))
		}
		b.WriteString("</OrgnlPmtInfAndSts>")
	}
	b.WriteString("</CstmrPmtStsRpt></Document>\n")
	return []byte(b.String())
}

func reason(code string) string {
	if code == "" {
		return ""
	}
	return "<StsRsnInf><Rsn><Cd>" + text(code) + "</Cd></Rsn></StsRsnInf>"
}

func (b *Bank) statement(day period.Date, now time.Time, out, back []*order, besides []Movement) []byte {
	var w strings.Builder
	b.sequence++
	opening := b.Balance
	var entries strings.Builder
	if b.Bundled {
		b.bundles(&entries, day, out)
	} else {
		for _, o := range out {
			b.Balance -= o.Amount
			entry(&entries, day, -o.Amount, "D"+o.ID, "", []*order{o})
		}
	}
	for _, o := range back {
		b.Balance += o.Amount
		entry(&entries, day, o.Amount, "C"+o.ID, "", []*order{o})
	}
	for i, m := range besides {
		b.Balance += m.Amount
		movement(&entries, day, fmt.Sprintf("X%d-%d", b.sequence, i+1), m)
	}
	w.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>`)
	fmt.Fprintf(&w, "<GrpHdr><MsgId>M%s-%d</MsgId><CreDtTm>%s</CreDtTm></GrpHdr><Stmt><Id>U%s-%d</Id><ElctrncSeqNb>%d</ElctrncSeqNb><CreDtTm>%s</CreDtTm>",
		day, b.sequence, stamp(now), day, b.sequence, b.sequence, stamp(now))
	fmt.Fprintf(&w, "<Acct><Id><IBAN>%s</IBAN></Id><Ccy>SEK</Ccy></Acct>", b.IBAN)
	balance(&w, "OPBD", opening, day)
	balance(&w, "CLBD", b.Balance, day)
	w.WriteString(entries.String())
	w.WriteString("</Stmt></BkToCstmrStmt></Document>\n")
	return []byte(w.String())
}

func (b *Bank) bundles(w *strings.Builder, day period.Date, out []*order) {
	slices.SortStableFunc(out, func(x, y *order) int { return cmp.Compare(x.group, y.group) })
	for i := 0; i < len(out); {
		j, sum := i, money.Amount(0)
		for ; j < len(out) && out[j].group == out[i].group; j++ {
			sum += out[j].Amount
		}
		b.Balance -= sum
		entry(w, day, -sum, "B"+out[i].group, out[i].group, out[i:j])
		i = j
	}
}

func side(a money.Amount) string {
	if a < 0 {
		return "DBIT"
	}
	return "CRDT"
}

func balance(w *strings.Builder, code string, a money.Amount, day period.Date) {
	fmt.Fprintf(w, `<Bal><Tp><CdOrPrtry><Cd>%s</Cd></CdOrPrtry></Tp><Amt Ccy="SEK">%s</Amt><CdtDbtInd>%s</CdtDbtInd><Dt><Dt>%s</Dt></Dt></Bal>`,
		code, max(a, -a).Plain(), side(a), day)
}

func booked(w *strings.Builder, day period.Date, a money.Amount, ref string) {
	fmt.Fprintf(w, `<Ntry><NtryRef>%s</NtryRef><Amt Ccy="SEK">%s</Amt><CdtDbtInd>%s</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>%s</Dt></BookgDt><ValDt><Dt>%s</Dt></ValDt>`,
		text(ref), a.Abs().Plain(), side(a), day, day)
}

func movement(w *strings.Builder, day period.Date, ref string, m Movement) {
	booked(w, day, m.Amount, ref)
	fmt.Fprintf(w, `<AcctSvcrRef>%s</AcctSvcrRef>`, text(ref))
	if m.Code != "" {
		fmt.Fprintf(w, `<NtryDtls><TxDtls><RtrInf><Rsn><Cd>%s</Cd></Rsn></RtrInf></TxDtls></NtryDtls>`, text(m.Code))
	}
	fmt.Fprintf(w, `<AddtlNtryInf>%s</AddtlNtryInf></Ntry>`, text(m.Text))
}

func entry(w *strings.Builder, day period.Date, a money.Amount, ref, group string, all []*order) {
	booked(w, day, a, ref)
	fmt.Fprintf(w, `<AcctSvcrRef>%s</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls>`, text(ref))
	if group != "" {
		fmt.Fprintf(w, `<Btch><PmtInfId>%s</PmtInfId><NbOfTxs>%d</NbOfTxs></Btch>`, text(group), len(all))
	}
	for _, o := range all {
		fmt.Fprintf(w, `<TxDtls><Refs><EndToEndId>%s</EndToEndId></Refs><Amt Ccy="SEK">%s</Amt><CdtDbtInd>%s</CdtDbtInd><RltdPties><Cdtr><Pty><Nm>%s</Nm></Pty></Cdtr></RltdPties>`,
			text(o.ID), o.Amount.Plain(), side(a), text(o.Payee))
		if a > 0 {
			fmt.Fprintf(w, `<RtrInf><Rsn><Cd>%s</Cd></Rsn></RtrInf>`, text(o.code))
		}
		w.WriteString(`</TxDtls>`)
	}
	w.WriteString(`</NtryDtls></Ntry>`)
}
