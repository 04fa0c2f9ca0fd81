package treasury_test

import (
	"cmp"
	"fmt"
	"strings"

	"kontor/kernel/money"
)

// move is an entry of a statement, in is positive; ref is of a payment of ours.
type move struct {
	amount money.Amount
	text   string
	ref    string

	parts    []part // instead of ref
	group    string // that the bank has booked as one sum
	number   string // the bank's own; "-" for none
	code     string // why it came back
	reversal bool
}

// part is one payment in an entry.
type part struct {
	ref      string
	amount   money.Amount // 0 where the bank does not say
	code     string
	currency string
}

// sheet is a file from the bank with one statement.
type sheet struct {
	kind     string // camt.053 where it is ""
	name     string // of the statement; its number where it is ""
	number   int
	iban     string
	currency string
	opening  money.Amount
	moves    []move
}

// statement is a camt.053 of the account with the given entries, or a camt.054.
func statement(kind string, number int, opening money.Amount, moves ...move) []byte {
	return sheet{kind: kind, number: number, opening: opening, moves: moves}.bytes()
}

func side(a money.Amount) string {
	if a < 0 {
		return "DBIT"
	}
	return "CRDT"
}

func size(a money.Amount) string { return max(a, -a).Plain() }

func (s sheet) bytes() []byte {
	kind, currency := cmp.Or(s.kind, "camt.053"), cmp.Or(s.currency, "SEK")
	var entries strings.Builder
	closing := s.opening
	for i, m := range s.moves {
		closing += m.amount
		m.write(&entries, fmt.Sprintf("R%d-%d", s.number, i), currency)
	}
	outer, inner := "BkToCstmrStmt", "Stmt"
	if kind == "camt.054" {
		outer, inner = "BkToCstmrDbtCdtNtfctn", "Ntfctn"
	}
	balance := func(code string, a money.Amount) string {
		if kind == "camt.054" {
			return ""
		}
		return fmt.Sprintf(`<Bal><Tp><CdOrPrtry><Cd>%s</Cd></CdOrPrtry></Tp><Amt Ccy="%s">%s</Amt><CdtDbtInd>%s</CdtDbtInd><Dt><Dt>%s</Dt></Dt></Bal>`, code, currency, size(a), side(a), noon)
	}
	return fmt.Appendf(nil, `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:%s.001.08"><%s><GrpHdr><MsgId>M%d</MsgId><CreDtTm>2026-11-25T18:00:00Z</CreDtTm></GrpHdr>`+
		`<%s><Id>%s</Id><ElctrncSeqNb>%d</ElctrncSeqNb><CreDtTm>2026-11-25T18:00:00Z</CreDtTm><Acct><Id><IBAN>%s</IBAN></Id><Ccy>%s</Ccy></Acct>%s%s%s</%s></%s></Document>`,
		kind, outer, s.number, inner, cmp.Or(s.name, fmt.Sprintf("S%d", s.number)), s.number, cmp.Or(s.iban, iban), currency, balance("OPBD", s.opening), balance("CLBD", closing), entries.String(), inner, outer)
}

func (m move) write(w *strings.Builder, number, currency string) {
	fmt.Fprintf(w, `<Ntry><NtryRef>%s</NtryRef><Amt Ccy="%s">%s</Amt><CdtDbtInd>%s</CdtDbtInd><RvslInd>%t</RvslInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>%s</Dt></BookgDt>`,
		number, currency, size(m.amount), side(m.amount), m.reversal, noon)
	if m.number != "-" {
		fmt.Fprintf(w, `<AcctSvcrRef>%s</AcctSvcrRef>`, cmp.Or(m.number, number))
	}
	if m.ref != "" || m.code != "" {
		m.parts = append(m.parts, part{ref: m.ref, amount: m.amount, code: m.code})
	}
	w.WriteString(`<NtryDtls>`)
	if m.group != "" {
		fmt.Fprintf(w, `<Btch><PmtInfId>%s</PmtInfId></Btch>`, m.group)
	}
	for _, p := range m.parts {
		fmt.Fprintf(w, `<TxDtls><Refs><EndToEndId>%s</EndToEndId></Refs>`, cmp.Or(p.ref, "NOTPROVIDED"))
		if p.amount != 0 {
			fmt.Fprintf(w, `<Amt Ccy="%s">%s</Amt><CdtDbtInd>%s</CdtDbtInd>`, cmp.Or(p.currency, currency), size(p.amount), side(p.amount))
		}
		if p.code != "" {
			fmt.Fprintf(w, `<RtrInf><Rsn><Cd>%s</Cd></Rsn></RtrInf>`, p.code)
		}
		w.WriteString(`</TxDtls>`)
	}
	fmt.Fprintf(w, `</NtryDtls><AddtlNtryInf>%s</AddtlNtryInf></Ntry>`, m.text)
}
