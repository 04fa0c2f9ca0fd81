package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"

	"kontor/books/coding"
	"kontor/kernel/fault"
	"kontor/kernel/money"
	"kontor/kernel/period"
)

// What can be wrong with a voucher; compare with errors.Is.
var (
	ErrShape = fault.New(fault.Invalid, "LED-001",
		"Verifikationen är inte komplett: kund, serie, datum, text, modul och minst två rader behövs. Fyll i det som saknas.")
	ErrBalance = fault.New(fault.Invalid, "LED-002",
		"Verifikationen balanserar inte: debet och kredit skiljer %s. Rätta raderna så att summan blir noll.")
	ErrAmount = fault.New(fault.Invalid, "LED-003",
		"Rad %d har ett belopp som inte kan bokföras. Ange ett belopp som inte är noll och högst 10 000 miljarder kronor.")
	ErrAccount = fault.New(fault.Invalid, "LED-004", "Rad %d: %s")
	ErrControl = fault.New(fault.Invalid, "LED-005",
		"Rad %d: konto %s är ett reskontrakonto och bokförs bara av sin reskontra. Gör rättelsen där i stället.")
	ErrSubledger = fault.New(fault.Invalid, "LED-006",
		"Rad %d: konto %s hör inte till någon reskontra men raden anger en post i en reskontra. Välj reskontrans konto eller ta bort posten.")
	ErrClosed = fault.New(fault.Conflict, "LED-007",
		"Perioden %s är stängd. Bokför i en öppen period eller be redovisningsansvarig att öppna den.")
	ErrKey = fault.New(fault.Conflict, "LED-008",
		"Samma underlag är redan bokfört med annat innehåll som %s. Rätta genom att vända den verifikationen först.")
	ErrReversed = fault.New(fault.Conflict, "LED-009",
		"Verifikationen är redan rättad, eller är själv en rättelse. Bokför underlaget på nytt i stället.")
	ErrReason  = fault.New(fault.Invalid, "LED-010", "Skriv varför verifikationen rättas. Skälet står kvar i bokföringen.")
	ErrVoucher = fault.New(fault.NotFound, "LED-011", "Verifikationen finns inte. Sök efter den i listan över verifikationer.")
	ErrBefore  = fault.New(fault.Invalid, "LED-012", "Rättelsen kan inte dateras före verifikationen, %s. Ange den dagen eller en senare.")
)

// At says which of the posted vouchers was refused. Nothing of the call has been
// written then, so the caller may leave that voucher out and post the others.
type At struct {
	Index   int
	Err     error
	voucher *Voucher
}

func refusal(v *Voucher, err error) error { return &At{voucher: v, Err: err} }

func (a *At) Error() string { return a.Err.Error() }

func (a *At) Unwrap() error { return a.Err }

// amountMax bounds a line in öre, so that the sums over all lines of a year fit
// in 64 bits with room to spare.
const amountMax = money.Amount(1_000_000_000_000_000)

const seriesMax = 8

// checkShape holds a voucher against everything that needs no plan.
func checkShape(v *Voucher) error {
	if v.Client == 0 || !series(v.Series) || v.Module == "" || v.Text == "" || len(v.Lines) < 2 ||
		v.Date < period.NewDate(1900, 1, 1) || v.Date > period.NewDate(2999, 12, 31) {
		return ErrShape.Because("ledger: client %s series %q date %s module %q, %d lines",
			v.Client, v.Series, v.Date, v.Module, len(v.Lines))
	}
	// Lines of at most amountMax cannot overflow before there are thousands.
	var sum money.Amount
	for i := range v.Lines {
		a := v.Lines[i].Amount
		if a == 0 || a > amountMax || a < -amountMax {
			return ErrAmount.With(i + 1)
		}
		var err error
		if sum, err = sum.Add(a); err != nil {
			return err
		}
	}
	if sum != 0 {
		return ErrBalance.With(sum.String())
	}
	return nil
}

// series holds a series to letters and digits, which every format can carry.
func series(s string) bool {
	if s == "" || len(s) > seriesMax {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}

// checkAccounts holds the accounts of a voucher against the plan, on the day
// that the document is dated. A reversal may use what has been closed since.
func checkAccounts(p *coding.Plan, v *Voucher) error {
	for i := range v.Lines {
		l := &v.Lines[i]
		_, known, open := p.Value(coding.Account, l.Account, v.Date)
		if !open && (!known || v.Reverses == 0) {
			return ErrAccount.With(i+1, refused(p, l.Account, v.Date))
		}
		switch control := p.Control(l.Account); {
		case control != "" && (v.Module != control || l.Subledger != control || l.Ref == 0):
			return ErrControl.With(i+1, l.Account)
		case control == "" && (l.Subledger != "" || l.Ref != 0):
			return ErrSubledger.With(i+1, l.Account)
		}
	}
	return nil
}

func refused(p *coding.Plan, account string, on period.Date) string {
	for _, r := range p.Check(coding.Line{Account: account}, on) {
		if r.Segment == coding.Account {
			return r.Text
		}
	}
	return "Kontot går inte att använda. Välj ett annat."
}

// same reports whether two vouchers say the same thing, whoever posted them and
// whichever period they came to stand in.
func same(a, b *Voucher) bool {
	if a.Client != b.Client || a.Series != b.Series || a.Date != b.Date || a.Text != b.Text || a.Kind != b.Kind ||
		a.Document != b.Document || a.Module != b.Module || a.Reverses != b.Reverses || len(a.Lines) != len(b.Lines) {
		return false
	}
	for i := range a.Lines {
		if a.Lines[i] != b.Lines[i] {
			return false
		}
	}
	return true
}

// digester makes the sums of a chain. It keeps its buffer between vouchers.
type digester struct {
	h   hash.Hash
	buf []byte
}

func newDigester() *digester { return &digester{h: sha256.New()} }

// genesis comes before the first voucher of every chain.
var genesis = make([]byte, sha256.Size)

// sum seals all that a voucher says together with the sum of the one before.
// Each text is preceded by its length, so that no part can move into the next.
func (d *digester) sum(v *Voucher) []byte {
	b := append(d.buf[:0], v.Prev...)
	b = numbers(b, int64(v.Client), int64(v.ID), v.Year, v.Number, int64(v.Date), int64(v.Period),
		v.Registered.UnixMicro(), v.Document, int64(v.Actor), int64(v.Reverses), int64(len(v.Lines)))
	b = texts(b, v.Series, v.Text, v.Kind, v.Key, v.Module, v.Name)
	for i := range v.Lines {
		l := &v.Lines[i]
		b = numbers(b, int64(l.Amount), l.Ref)
		b = texts(b, l.Account, l.Unit, l.Activity, l.Project, l.Counterpart, l.Object, l.Text, l.Subledger)
	}
	d.buf = b
	d.h.Reset()
	d.h.Write(b)
	return d.h.Sum(make([]byte, 0, sha256.Size))
}

func numbers(b []byte, values ...int64) []byte {
	for _, v := range values {
		b = binary.BigEndian.AppendUint64(b, uint64(v))
	}
	return b
}

func texts(b []byte, values ...string) []byte {
	for _, s := range values {
		b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
		b = append(b, s...)
	}
	return b
}
