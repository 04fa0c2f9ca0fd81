package camt

import (
	"fmt"
	"strconv"
	"strings"

	"kontor/format/isodata"
	"kontor/format/verdict"
	"kontor/format/xmlscan"
)

// SizeMost is the largest file that is read, in bytes: some 60,000 payments.
const SizeMost = 64 << 20

// limits are wider than an invoice's: one entry may hold every payment of a day.
var limits = xmlscan.Limits{
	Bytes: SizeMost, Depth: 64, Elements: 8_000_000, Attrs: 64, AllAttrs: 2_000_000, Children: 1_000_000,
}

// Finding is something odd about a file, with the place in it.
type Finding struct {
	Level verdict.Level
	Line  int
	Text  string // a Swedish sentence
}

// Read reads a whole file. The findings are of what could not be read as it was
// meant; if one of them is verdict.Reject the file must not be used. The error,
// an *xmlscan.Error, says that there is nothing to use at all.
func Read(b []byte) (*File, []Finding, error) {
	return read(b, true, func(s *Statement, e *Entry) { s.Entries = append(s.Entries, *e) })
}

// Each is Read for huge files: it hands over each entry as it comes, and keeps
// none. The entry's details are reused when f returns; a statement's balances may
// come after its entries.
func Each(b []byte, f func(*Statement, *Entry)) (*File, []Finding, error) {
	return read(b, false, f)
}

func read(b []byte, keep bool, f func(*Statement, *Entry)) (*File, []Finding, error) {
	w, root, err := xmlscan.Walk(b, limits)
	if err != nil {
		return nil, nil, err
	}
	r := &reader{w: w, file: &File{}, entry: f, keep: keep}
	if root.Local != "Document" {
		// An envelope of the bank's own, or the message by itself.
		r.message(root.Local)
	}
	r.version(root.Space)
	if r.file.Kind == "" {
		w.Each(func(name string) {
			if r.file.Kind == "" {
				r.message(name)
			}
		})
	}
	if err := w.Finish(); err != nil {
		return nil, nil, err
	}
	if r.file.Kind == "" {
		return nil, nil, &xmlscan.Error{Line: 1, Col: 1, Code: xmlscan.WrongRoot, Text: "Filen är inte ett kontoutdrag eller en avisering " +
			"(camt.052, camt.053 eller camt.054). Hämta rätt fil hos banken."}
	}
	return r.file, r.findings, nil
}

// findingsMost bounds what is said of one file.
const findingsMost = 200

type reader struct {
	w        *xmlscan.Walker
	file     *File
	entry    func(*Statement, *Entry)
	findings []Finding
	now      Entry // the entry being read; its memory is reused
	keep     bool  // entries are kept by f: their details are not reused
}

func (r *reader) find(level verdict.Level, line int, format string, args ...any) {
	if len(r.findings) < findingsMost || level == verdict.Reject && len(r.findings) < 2*findingsMost {
		r.findings = append(r.findings, Finding{Level: level, Line: line, Text: fmt.Sprintf(format, args...)})
	}
}

// version takes the last part of the namespace: …:camt.053.001.08.
func (r *reader) version(space string) {
	if k := strings.LastIndex(space, "camt.05"); k >= 0 {
		parts := strings.Split(space[k:], ".")
		if len(parts) >= 4 {
			r.file.Version = parts[3][:min(2, len(parts[3]))]
		}
	}
}

// message reads the message of a root element's name; it ignores others. Names
// of the first versions end with theirs: BkToCstmrAcctRptV01.
func (r *reader) message(name string) {
	of := map[string]struct {
		kind Kind
		part string
	}{
		"BkToCstmrAcctRpt":      {Report, "Rpt"},
		"BkToCstmrStmt":         {Stmt, "Stmt"},
		"BkToCstmrDbtCdtNtfctn": {Notification, "Ntfctn"},
	}
	name, _, _ = strings.Cut(name, "V0")
	m, known := of[name]
	if !known {
		return
	}
	r.file.Kind = m.kind
	line := r.w.Line()
	r.w.Each(func(name string) {
		switch name {
		case "GrpHdr":
			r.w.Each(func(name string) {
				switch name {
				case "MsgId":
					r.file.MsgID = r.w.Text()
				case "CreDtTm":
					r.file.Created = isodata.Instant(r.w.Text())
				}
			})
		case m.part:
			r.statement()
		}
	})
	if len(r.file.Statements) == 0 {
		r.find(verdict.Reject, line, "Filen innehåller inget konto. Hämta den igen hos banken.")
	}
}

func (r *reader) statement() {
	s := Statement{Line: r.w.Line(), Stated: Totals{Count: -1, Credits: -1, Debits: -1}}
	r.w.Each(func(name string) {
		switch name {
		case "Id":
			s.ID = r.w.Text()
		case "ElctrncSeqNb":
			s.Sequence = r.count("ElctrncSeqNb")
		case "LglSeqNb":
			s.LegalSequence = r.count("LglSeqNb")
		case "CreDtTm":
			s.Created = isodata.Instant(r.w.Text())
		case "FrToDt":
			r.w.Each(func(name string) {
				switch name {
				case "FrDtTm", "FrDt":
					s.From = isodata.Date(r.w.Text())
				case "ToDtTm", "ToDt":
					s.To = isodata.Date(r.w.Text())
				}
			})
		case "CpyDplctInd":
			s.Copy = r.w.Text()
		case "Acct":
			r.account(&s.Account)
		case "Bal":
			r.balance(&s)
		case "TxsSummry":
			r.totals(&s.Stated)
		case "Ntry":
			r.readEntry(&s)
		}
	})
	if s.Account.Identity() == "" {
		r.find(verdict.Reject, s.Line, "Kontot saknar nummer. Hämta filen igen hos banken.")
	}
	r.file.Statements = append(r.file.Statements, s)
}

// count reads a whole number; -1 where it is none.
func (r *reader) count(name string) int64 {
	line := r.w.Line()
	text := r.w.Text()
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		r.find(verdict.Warn, line, "Uppgiften %s är inget antal: ”%s”.", name, xmlscan.Clip(text))
		return -1
	}
	return n
}

func (r *reader) account(a *Account) {
	r.w.Each(func(name string) {
		switch name {
		case "Id":
			r.w.Each(func(name string) {
				switch name {
				case "IBAN":
					a.IBAN = strings.ReplaceAll(r.w.Text(), " ", "")
				case "BBAN":
					a.Number, a.Scheme = r.w.Text(), "BBAN"
				case "Othr", "PrtryAcct":
					r.w.Each(func(name string) {
						switch name {
						case "Id":
							a.Number = r.w.Text()
						case "SchmeNm":
							a.Scheme = r.choice()
						}
					})
				}
			})
		case "Ccy":
			a.Currency = r.w.Text()
		case "Ownr":
			a.Owner = r.party().Name
		case "Svcr":
			r.w.Each(func(name string) {
				if name == "FinInstnId" {
					r.w.Each(func(name string) {
						if name == "BIC" || name == "BICFI" {
							a.Bank = r.w.Text()
						}
					})
				}
			})
		}
	})
}

// choice reads an element that holds a Cd or a Prtry, or, in the first versions,
// the code itself.
func (r *reader) choice() string {
	code := ""
	r.w.Each(func(name string) {
		switch name {
		case "Cd", "Prtry", "CdOrPrtry":
			if inner := r.textOrChoice(); inner != "" {
				code = inner
			}
		}
	})
	return code
}

// textOrChoice is the text of an element, or of the first Cd or Prtry in it.
func (r *reader) textOrChoice() string {
	text, inner := r.w.TextOr(func(name string) bool { return name == "Cd" || name == "Prtry" })
	if inner != "" {
		return inner
	}
	return text
}

func (r *reader) party() Party {
	var p Party
	var walk func(name string)
	walk = func(name string) {
		switch name {
		case "Nm":
			if p.Name == "" {
				p.Name = r.w.Text()
			}
		case "Pty", "Agt", "FinInstnId":
			r.w.Each(walk)
		case "Id":
			r.w.Each(func(name string) {
				if name != "OrgId" && name != "PrvtId" {
					return
				}
				r.w.Each(func(name string) {
					if name != "Othr" && name != "PrtryId" {
						return
					}
					r.w.Each(func(name string) {
						if name == "Id" && p.OrgID == "" {
							p.OrgID = r.w.Text()
						}
					})
				})
			})
		}
	}
	r.w.Each(walk)
	return p
}
