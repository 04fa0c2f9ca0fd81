package pain

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"kontor/kernel/money"
)

// Write gives the file of a batch: the same bytes for the same batch, whenever it
// is made. The error is ErrRefused, with the first refusal as cause, for a batch
// that Refusals says anything of.
func Write(b *Batch) ([]byte, error) {
	if r := Refusals(b); len(r) > 0 {
		return nil, ErrRefused.Because("payment %q: %s: %s", r[0].Payment, r[0].Code, r[0].Text)
	}
	p, _ := ProfileOf(b.Profile)
	groups := Groups(b)
	var sum money.Amount
	for k := range groups {
		sum += groups[k].Sum
	}
	w := &writer{p: p, b: b}
	w.Grow(1024 + 900*len(b.Payments))
	w.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	w.WriteString("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001." + string(p.Version) + "\">\n")
	w.in("CstmrCdtTrfInitn", func() {
		w.in("GrpHdr", func() {
			w.leaf("MsgId", b.MsgID)
			w.leaf("CreDtTm", b.Created.UTC().Format("2006-01-02T15:04:05Z"))
			w.leaf("NbOfTxs", strconv.Itoa(len(b.Payments)))
			w.leaf("CtrlSum", sum.Plain())
			w.in("InitgPty", func() { w.party(&b.Initiator, p.InitiatorScheme, false) })
		})
		for k := range groups {
			w.group(&groups[k])
		}
	})
	w.WriteString("</Document>\n")
	return w.Bytes(), nil
}

type writer struct {
	bytes.Buffer
	p     *Profile
	b     *Batch
	depth int
}

var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func (w *writer) indent() {
	for range w.depth + 1 {
		w.WriteString("  ")
	}
}

func (w *writer) in(name string, inside func()) {
	w.indent()
	w.WriteString("<" + name + ">\n")
	w.depth++
	inside()
	w.depth--
	w.indent()
	w.WriteString("</" + name + ">\n")
}

// leaf writes an element with text, and nothing where the text is empty: the
// schema has no empty elements.
func (w *writer) leaf(name, text string) {
	if text == "" {
		return
	}
	w.indent()
	w.WriteString("<" + name + ">")
	_, _ = escapes.WriteString(w, text)
	w.WriteString("</" + name + ">\n")
}

func (w *writer) sum(name string, a money.Amount) {
	w.indent()
	fmt.Fprintf(w, "<%s Ccy=\"SEK\">%s</%s>\n", name, a.Plain(), name)
}

func (w *writer) group(g *Group) {
	w.in("PmtInf", func() {
		w.leaf("PmtInfId", g.ID)
		w.leaf("PmtMtd", "TRF")
		if w.p.BatchBooking {
			w.leaf("BtchBookg", "true")
		}
		w.leaf("NbOfTxs", strconv.Itoa(len(g.Payments)))
		w.leaf("CtrlSum", g.Sum.Plain())
		if g.Purpose != "" {
			w.in("PmtTpInf", func() { w.in("CtgyPurp", func() { w.leaf("Cd", g.Purpose) }) })
		}
		if w.p.Version == V03 {
			w.leaf("ReqdExctnDt", g.Execute.String())
		} else {
			w.in("ReqdExctnDt", func() { w.leaf("Dt", g.Execute.String()) })
		}
		w.in("Dbtr", func() { w.party(&w.b.Debtor, w.p.DebtorScheme, true) })
		w.in("DbtrAcct", func() {
			w.in("Id", func() {
				if g.Giro {
					w.other(w.b.Bankgiro, "Prtry", "BGNR")
					return
				}
				w.leaf("IBAN", strings.ReplaceAll(w.b.IBAN, " ", ""))
			})
			w.leaf("Ccy", "SEK")
		})
		w.in("DbtrAgt", func() {
			bic := w.b.BIC
			if bic == "" {
				bic = w.p.BIC
			}
			w.bank(bic)
		})
		for _, pay := range g.Payments {
			w.payment(pay)
		}
	})
}

func (w *writer) bank(bic string) {
	w.in("FinInstnId", func() {
		if w.p.Version == V03 {
			w.leaf("BIC", bic)
			return
		}
		w.leaf("BICFI", bic)
	})
}

// other writes an account that is not an IBAN.
func (w *writer) other(number, kind, scheme string) {
	w.in("Othr", func() {
		w.leaf("Id", number)
		w.in("SchmeNm", func() { w.leaf(kind, scheme) })
	})
}

// party writes a name, an address and an identity with its scheme.
func (w *writer) party(y *Party, scheme string, address bool) {
	w.leaf("Nm", w.p.Text(y.Name, w.p.NameMost))
	if address && (y.Town != "" || y.Country != "") {
		w.in("PstlAdr", func() {
			w.leaf("StrtNm", w.p.Text(y.Street, 70))
			w.leaf("PstCd", w.p.Text(y.Post, 16))
			w.leaf("TwnNm", w.p.Text(y.Town, 35))
			w.leaf("Ctry", y.Country)
		})
	}
	if scheme == "" || y.ID == "" {
		return
	}
	w.in("Id", func() {
		w.in("OrgId", func() {
			w.in("Othr", func() {
				w.leaf("Id", y.ID)
				if scheme != "-" {
					w.in("SchmeNm", func() { w.leaf("Cd", scheme) })
				}
			})
		})
	})
}

// clearingBankgiro is the clearing member of every bankgiro.
// source: Svenska Bankföreningen, Common Payment Types in Sweden, app. 1
const clearingBankgiro = "9900"

func (w *writer) payment(pay *Payment) {
	y := &pay.Payee
	w.in("CdtTrfTxInf", func() {
		w.in("PmtId", func() {
			w.leaf("InstrId", pay.ID)
			w.leaf("EndToEndId", pay.ID)
		})
		w.in("Amt", func() { w.sum("InstdAmt", pay.Amount) })
		member, account := "", y.Number
		switch y.Scheme {
		case Bankgiro:
			member = clearingBankgiro
		case Plusgiro:
			member = w.p.PlusgiroMember
		case Domestic:
			member, account = y.domestic()
		}
		switch {
		case member != "":
			w.in("CdtrAgt", func() {
				w.in("FinInstnId", func() {
					w.in("ClrSysMmbId", func() {
						w.in("ClrSysId", func() { w.leaf("Cd", "SESBA") })
						w.leaf("MmbId", member)
					})
				})
			})
		case y.BIC != "":
			w.in("CdtrAgt", func() { w.bank(y.BIC) })
		}
		w.in("Cdtr", func() { w.party(&y.Party, "", true) })
		w.in("CdtrAcct", func() {
			w.in("Id", func() {
				switch y.Scheme {
				case IBAN:
					w.leaf("IBAN", account)
				case Bankgiro:
					w.other(account, "Prtry", "BGNR")
				default:
					w.other(account, "Cd", "BBAN")
				}
			})
		})
		w.remittance(pay)
	})
}

// remittance writes what is paid for: an OCR reference; or the documents, where
// the bank takes them; or a text.
func (w *writer) remittance(pay *Payment) {
	switch {
	case pay.OCR != "":
		w.in("RmtInf", func() {
			w.in("Strd", func() {
				// The amount comes before the reference. source: Swedbank Validex 217
				w.in("RfrdDocAmt", func() { w.sum("RmtdAmt", pay.Amount) })
				w.in("CdtrRefInf", func() {
					w.in("Tp", func() { w.in("CdOrPrtry", func() { w.leaf("Cd", "SCOR") }) })
					w.leaf("Ref", pay.OCR)
				})
			})
		})
	case w.p.Documents && len(pay.Parts) > 1:
		w.in("RmtInf", func() {
			for k := range pay.Parts {
				w.document(&pay.Parts[k])
			}
		})
	default:
		if text := w.p.Message(pay); text != "" {
			w.in("RmtInf", func() { w.leaf("Ustrd", text) })
		}
	}
}

func (w *writer) document(part *Part) {
	kind, name, sum := "CINV", "RmtdAmt", part.Amount
	if sum < 0 {
		kind, name, sum = "CREN", "CdtNoteAmt", -sum
	}
	w.in("Strd", func() {
		w.in("RfrdDocInf", func() {
			w.in("Tp", func() { w.in("CdOrPrtry", func() { w.leaf("Cd", kind) }) })
			w.leaf("Nb", w.p.Text(part.Number, 35))
			w.leaf("RltdDt", part.Date.String())
		})
		w.in("RfrdDocAmt", func() { w.sum(name, sum) })
	})
}
