package camt

import (
	"strings"

	"kontor/format/isodata"
	"kontor/format/verdict"
	"kontor/format/xmlscan"
	"kontor/kernel/money"
)

// value is an amount as the file has it: without sign, with currency.
type value struct {
	sum      money.Amount
	currency string
	ok       bool
}

// money reads an Amt. Level says how bad it is where it cannot be read.
func (r *reader) money(level verdict.Level, what string) value {
	line, currency := r.w.Line(), r.w.Attr("Ccy")
	text := r.w.Text()
	a, exact, ok := isodata.Amount(text)
	switch {
	case !ok:
		r.find(level, line, "%s går inte att läsa: ”%s”.", what, xmlscan.Clip(text))
		return value{}
	case !exact && currency == "SEK":
		r.find(level, line, "%s har fler decimaler än ören: ”%s”.", what, xmlscan.Clip(text))
	case !exact:
		r.find(verdict.Warn, line, "%s har fler än två decimaler och har kortats: ”%s” %s.", what, xmlscan.Clip(text), currency)
	case a < 0:
		r.find(verdict.Warn, line, "%s är negativt, fast tecknet ska stå som kredit eller debet.", what)
	}
	return value{sum: a, currency: currency, ok: true}
}

// sign reads CdtDbtInd: 1 in, -1 out, 0 neither.
func (r *reader) sign() money.Amount {
	switch r.w.Text() {
	case "CRDT":
		return 1
	case "DBIT":
		return -1
	}
	return 0
}

func (r *reader) balance(s *Statement) {
	var b Balance
	var v value
	sign := money.Amount(1)
	line := r.w.Line()
	r.w.Each(func(name string) {
		switch name {
		case "Tp":
			r.w.Each(func(name string) {
				switch name {
				case "CdOrPrtry", "Cd", "Prtry":
					b.Code = r.textOrChoice()
				case "SubTp":
					b.Interim = r.textOrChoice() == "INTM"
				}
			})
		case "Amt":
			v = r.money(verdict.Reject, "Ett saldo")
		case "CdtDbtInd":
			if sign = r.sign(); sign == 0 {
				r.find(verdict.Reject, line, "Ett saldo säger varken kredit eller debet.")
			}
		case "Dt":
			b.Date = isodata.Date(r.dateText())
		}
	})
	b.Amount, b.Currency = sign*v.sum, v.currency
	s.Balances = append(s.Balances, b)
}

// dateText is the Dt or DtTm of a date element, or its own text.
func (r *reader) dateText() string {
	text, inner := r.w.TextOr(func(name string) bool { return name == "Dt" || name == "DtTm" })
	if inner != "" {
		return inner
	}
	return text
}

func (r *reader) totals(t *Totals) {
	r.w.Each(func(name string) {
		switch name {
		case "TtlNtries":
			r.total(name, &t.Count, &t.Sum, &t.HasSum)
		case "TtlCdtNtries":
			r.total(name, &t.Credits, &t.CreditSum, &t.HasCredits)
		case "TtlDbtNtries":
			r.total(name, &t.Debits, &t.DebitSum, &t.HasDebits)
		}
	})
}

func (r *reader) total(of string, count *int64, sum *money.Amount, has *bool) {
	r.w.Each(func(name string) {
		switch name {
		case "NbOfNtries":
			*count = r.count(of)
		case "Sum":
			*sum, _, *has = isodata.Amount(r.w.Text())
		}
	})
}

func (r *reader) code(c *Code) {
	r.w.Each(func(name string) {
		switch name {
		case "Domn":
			r.w.Each(func(name string) {
				switch name {
				case "Cd":
					c.Domain = r.w.Text()
				case "Fmly":
					r.w.Each(func(name string) {
						switch name {
						case "Cd":
							c.Family = r.w.Text()
						case "SubFmlyCd":
							c.Sub = r.w.Text()
						}
					})
				}
			})
		case "Prtry":
			c.Own = r.textOrChoice()
		}
	})
}

func (r *reader) readEntry(s *Statement) {
	details := r.now.Details[:0]
	if r.keep {
		details = nil
	}
	r.now = Entry{Line: r.w.Line(), Batch: Batch{Count: -1}, Details: details}
	e := &r.now
	var v value
	var sign money.Amount
	stated := false
	r.w.Each(func(name string) {
		switch name {
		case "NtryRef":
			e.Ref = r.w.Text()
		case "Amt":
			v, stated = r.money(verdict.Reject, "En händelses belopp"), true
		case "CdtDbtInd":
			sign = r.sign()
		case "RvslInd":
			t := r.w.Text()
			e.Reversal = t == "true" || t == "1"
		case "Sts":
			e.Status = r.textOrChoice()
		case "BookgDt":
			e.Booked = isodata.Date(r.dateText())
		case "ValDt":
			e.Value = isodata.Date(r.dateText())
		case "AcctSvcrRef":
			e.ServicerRef = r.w.Text()
		case "BkTxCd":
			r.code(&e.Code)
		case "AddtlNtryInf":
			e.Text = r.w.Text()
		case "NtryDtls":
			r.entryDetails(e)
		case "TxDtls": // the first versions have no NtryDtls
			r.detail(e)
		case "Btch":
			r.batch(e)
		}
	})
	switch {
	case !stated:
		r.find(verdict.Reject, e.Line, "En händelse saknar belopp.")
	case sign == 0:
		r.find(verdict.Reject, e.Line, "En händelse säger varken kredit eller debet.")
	}
	e.Amount, e.Currency = sign*v.sum, v.currency
	if e.Currency == "" {
		e.Currency = s.Account.Currency
	}
	r.settle(e, sign)
	r.entry(s, e)
}

// settle gives each detail its sign and its amount in the entry's currency.
func (r *reader) settle(e *Entry, sign money.Amount) {
	for k := range e.Details {
		d := &e.Details[k]
		if d.sign == 0 {
			d.sign = sign
		}
		if !d.HasAmount && len(e.Details) == 1 {
			// A lone payment is the entry.
			d.Amount, d.Currency, d.HasAmount = e.Amount, e.Currency, true
			continue
		}
		for _, c := range d.other {
			if d.Currency != e.Currency && c.currency == e.Currency {
				d.Amount, d.Currency = c.sum, c.currency
			}
		}
		d.Amount *= d.sign
	}
}

func (r *reader) entryDetails(e *Entry) {
	r.w.Each(func(name string) {
		switch name {
		case "Btch":
			r.batch(e)
		case "TxDtls":
			r.detail(e)
		}
	})
}

func (r *reader) batch(e *Entry) {
	e.Several = e.Several || e.Batch != Batch{Count: -1}
	b := Batch{Count: -1}
	r.w.Each(func(name string) {
		switch name {
		case "MsgId":
			b.MsgID = r.w.Text()
		case "PmtInfId":
			b.PmtInfID = r.w.Text()
		case "NbOfTxs":
			b.Count = r.count(name)
		case "TtlAmt":
			v := r.money(verdict.Warn, "En bunts summa")
			b.Total, b.Currency, b.HasTotal = v.sum, v.currency, v.ok
		}
	})
	e.Batch = b
}

func (r *reader) detail(e *Entry) {
	e.Details = append(e.Details, Detail{Line: r.w.Line()})
	d := &e.Details[len(e.Details)-1]
	var stated value
	r.w.Each(func(name string) {
		switch name {
		case "Refs":
			r.refs(d)
		case "Amt":
			stated = r.money(verdict.Reject, "En betalnings belopp")
		case "CdtDbtInd":
			d.sign = r.sign()
		case "AmtDtls":
			r.amounts(d)
		case "BkTxCd":
			r.code(&d.Code)
		case "RltdPties":
			r.parties(d)
		case "RmtInf":
			r.remittance(d)
		case "RtrInf":
			r.returned(d)
		case "AddtlTxInf":
			d.Text = append(d.Text, r.w.Text())
		}
	})
	if stated.ok {
		d.other = append(d.other, value{d.Amount, d.Currency, d.HasAmount})
		d.Amount, d.Currency, d.HasAmount = stated.sum, stated.currency, true
	}
}

func (r *reader) refs(d *Detail) {
	r.w.Each(func(name string) {
		switch name {
		case "EndToEndId":
			if d.EndToEnd = r.w.Text(); d.EndToEnd == "NOTPROVIDED" {
				d.EndToEnd = ""
			}
		case "InstrId":
			d.Instruction = r.w.Text()
		case "MsgId":
			d.MsgID = r.w.Text()
		case "PmtInfId":
			d.PmtInfID = r.w.Text()
		case "TxId":
			d.TxID = r.w.Text()
		case "AcctSvcrRef":
			d.ServicerRef = r.w.Text()
		}
	})
}

// amounts takes the transaction amount before what was instructed, which may be
// in the payer's currency.
func (r *reader) amounts(d *Detail) {
	r.w.Each(func(kind string) {
		if kind != "TxAmt" && kind != "InstdAmt" && kind != "CntrValAmt" {
			return
		}
		r.w.Each(func(name string) {
			if name != "Amt" {
				return
			}
			v := r.money(verdict.Reject, "En betalnings belopp")
			if v.ok && (kind == "TxAmt" || !d.HasAmount) {
				if d.HasAmount {
					d.other = append(d.other, value{d.Amount, d.Currency, true})
				}
				d.Amount, d.Currency, d.HasAmount = v.sum, v.currency, true
			} else if v.ok {
				d.other = append(d.other, v)
			}
		})
	})
}

func (r *reader) parties(d *Detail) {
	r.w.Each(func(name string) {
		switch name {
		case "Dbtr":
			d.Debtor = r.party()
		case "Cdtr":
			d.Creditor = r.party()
		case "DbtrAcct":
			r.account(&d.From)
		case "CdtrAcct":
			r.account(&d.To)
		}
	})
}

func (r *reader) remittance(d *Detail) {
	r.w.Each(func(name string) {
		switch name {
		case "Ustrd":
			if t := r.w.Text(); t != "" {
				d.Text = append(d.Text, t)
			}
		case "Strd":
			d.Remitted = append(d.Remitted, r.structured())
		}
	})
}

func (r *reader) structured() Remittance {
	var m Remittance
	r.w.Each(func(name string) {
		switch name {
		case "CdtrRefInf":
			r.w.Each(func(name string) {
				if name == "Ref" || name == "CdtrRef" {
					m.Ref = strings.TrimSpace(r.w.Text())
				}
			})
		case "RfrdDocInf":
			r.w.Each(func(name string) {
				switch name {
				case "Nb", "RfrdDocNb":
					m.Document = r.w.Text()
				case "Tp", "RfrdDocTp":
					m.Kind = r.textOrChoice()
				}
			})
		case "RfrdDocAmt":
			r.referred(&m)
		case "AddtlRmtInf":
			m.Text = append(m.Text, r.w.Text())
		}
	})
	return m
}

// referred reads the amount of a document: remitted before due, and a credit
// note's is negative.
func (r *reader) referred(m *Remittance) {
	r.w.Each(func(name string) {
		switch name {
		case "RmtdAmt", "CdtNoteAmt", "DuePyblAmt":
			v := r.money(verdict.Warn, "Ett dokuments belopp")
			if !v.ok || name == "DuePyblAmt" && m.HasAmount {
				return
			}
			m.Amount, m.HasAmount = v.sum, true
			if name == "CdtNoteAmt" {
				m.Amount = -v.sum
			}
		}
	})
}

func (r *reader) returned(d *Detail) {
	back := &Return{}
	r.w.Each(func(name string) {
		switch name {
		case "Rsn", "RtrRsn":
			back.Code = r.textOrChoice()
		case "AddtlInf", "AddtlRtrRsnInf":
			back.Text = append(back.Text, r.w.Text())
		case "OrgnlBkTxCd":
			r.code(&back.Original)
		}
	})
	d.Return = back
}
