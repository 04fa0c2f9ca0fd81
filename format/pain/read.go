package pain

import (
	"fmt"
	"strconv"
	"time"

	"kontor/format/isodata"
	"kontor/format/verdict"
	"kontor/format/xmlscan"
	"kontor/kernel/money"
	"kontor/kernel/period"
)

// File is a pain.001 that has been read: of Kontor or of any other system. It is
// for controls; nothing is paid from it.
type File struct {
	Version string
	MsgID   string
	Created time.Time
	Count   int64 // stated; -1 where not given
	Sum     money.Amount
	HasSum  bool
	Groups  []ReadGroup
	faults  []remark
}

// ReadGroup is a PmtInf.
type ReadGroup struct {
	ID       string
	Method   string
	Count    int64
	Sum      money.Amount
	HasSum   bool
	Execute  period.Date
	Account  string // the debtor's
	Payments []ReadPayment
	Line     int
}

// ReadPayment is a CdtTrfTxInf.
type ReadPayment struct {
	ID       string
	Amount   money.Amount
	Currency string
	Payee    string
	Account  string
	Scheme   string // "BGNR", "BBAN", "IBAN"
	Member   string // clearing member
	Ref      string // structured reference
	Text     []string
	Line     int
}

type remark struct {
	level verdict.Level
	line  int
	text  string
}

// Read reads a pain.001 of any version. The error is an *xmlscan.Error.
func Read(b []byte) (*File, error) {
	f := &File{Count: -1}
	err := document(b, "CstmrCdtTrfInitn", func(w *xmlscan.Walker, version string) {
		f.Version = version
		r := fileReader{w: w, f: f}
		w.Each(func(name string) {
			switch name {
			case "GrpHdr":
				r.header()
			case "PmtInf":
				r.group()
			}
		})
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

type fileReader struct {
	w *xmlscan.Walker
	f *File
}

// faultsMost bounds what is said of one file.
const faultsMost = 200

func (f *File) remark(level verdict.Level, line int, format string, args ...any) {
	if len(f.faults) < faultsMost {
		f.faults = append(f.faults, remark{level, line, fmt.Sprintf(format, args...)})
	}
}

func (r *fileReader) count() int64 {
	n, err := strconv.ParseInt(r.w.Text(), 10, 64)
	if err != nil || n < 0 {
		return -1
	}
	return n
}

func (r *fileReader) sum() (money.Amount, bool) {
	a, _, ok := isodata.Amount(r.w.Text())
	return a, ok
}

func (r *fileReader) header() {
	r.w.Each(func(name string) {
		switch name {
		case "MsgId":
			r.f.MsgID = r.w.Text()
		case "CreDtTm":
			r.f.Created = isodata.Instant(r.w.Text())
		case "NbOfTxs":
			r.f.Count = r.count()
		case "CtrlSum":
			r.f.Sum, r.f.HasSum = r.sum()
		}
	})
}

func (r *fileReader) group() {
	g := ReadGroup{Count: -1, Line: r.w.Line()}
	r.w.Each(func(name string) {
		switch name {
		case "PmtInfId":
			g.ID = r.w.Text()
		case "PmtMtd":
			g.Method = r.w.Text()
		case "NbOfTxs":
			g.Count = r.count()
		case "CtrlSum":
			g.Sum, g.HasSum = r.sum()
		case "ReqdExctnDt":
			text, inner := r.w.TextOr(func(name string) bool { return name == "Dt" || name == "DtTm" })
			if inner != "" {
				text = inner
			}
			g.Execute = isodata.Date(text)
		case "DbtrAcct":
			g.Account, _ = r.account()
		case "CdtTrfTxInf":
			g.Payments = append(g.Payments, r.payment())
		}
	})
	r.f.Groups = append(r.f.Groups, g)
}

func (r *fileReader) account() (number, scheme string) {
	r.w.Each(func(name string) {
		if name != "Id" {
			return
		}
		r.w.Each(func(name string) {
			switch name {
			case "IBAN":
				number, scheme = r.w.Text(), "IBAN"
			case "Othr":
				r.w.Each(func(name string) {
					switch name {
					case "Id":
						number = r.w.Text()
					case "SchmeNm":
						_, scheme = r.w.TextOr(func(name string) bool { return name == "Cd" || name == "Prtry" })
					}
				})
			}
		})
	})
	return number, scheme
}

func (r *fileReader) payment() ReadPayment {
	p := ReadPayment{Line: r.w.Line()}
	r.w.Each(func(name string) {
		switch name {
		case "PmtId":
			r.w.Each(func(name string) {
				if name == "EndToEndId" {
					p.ID = r.w.Text()
				}
			})
		case "Amt":
			r.amount(&p)
		case "CdtrAgt":
			_, p.Member = r.w.TextOr(func(name string) bool { return name == "MmbId" })
		case "Cdtr":
			r.w.Each(func(name string) {
				if name == "Nm" {
					p.Payee = r.w.Text()
				}
			})
		case "CdtrAcct":
			p.Account, p.Scheme = r.account()
		case "RmtInf":
			r.w.Each(func(name string) {
				switch name {
				case "Ustrd":
					p.Text = append(p.Text, r.w.Text())
				case "Strd":
					if _, ref := r.w.TextOr(func(name string) bool { return name == "Ref" }); ref != "" {
						p.Ref = ref
					}
				}
			})
		}
	})
	return p
}

func (r *fileReader) amount(p *ReadPayment) {
	stated := false
	read := func() {
		line := r.w.Line()
		p.Currency = r.w.Attr("Ccy")
		text := r.w.Text()
		a, exact, ok := isodata.Amount(text)
		stated = true
		switch {
		case !ok || !exact && p.Currency == "SEK":
			r.f.remark(verdict.Reject, line, "Ett belopp går inte att läsa: ”%s”.", xmlscan.Clip(text))
		case a <= 0:
			r.f.remark(verdict.Reject, line, "Ett belopp är noll eller negativt.")
		}
		p.Amount = a
	}
	r.w.Each(func(name string) {
		switch name {
		case "InstdAmt":
			read()
		case "EqvtAmt":
			r.w.Each(func(name string) {
				if name == "Amt" {
					read()
				}
			})
		}
	})
	if !stated {
		r.f.remark(verdict.Reject, p.Line, "En betalning saknar belopp.")
	}
}
