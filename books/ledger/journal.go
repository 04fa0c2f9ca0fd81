package ledger

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// journalLine is a line with what its voucher says, in the order of vouchers.
type journalLine struct {
	Series     string
	Year       int64
	Number     int64
	Date       period.Date
	Period     Period
	Registered time.Time
	Name       string
	Module     string
	Text       string
	Kind       string
	Document   int64
	Reverses   ID
	Voucher    ID
	LineText   string
	Subledger  string
	Ref        int64
	Position
}

var journalLines = db.Select[journalLine](`
	SELECT v.series, v.year, v.number, v.date, v.period, v.registered, v.name, v.module, v.text, v.kind, v.document, v.reverses, v.id AS voucher,
	       l.text AS line_text, l.subledger, l.ref, l.account, l.unit, l.activity, l.project, l.counterpart, l.object, l.amount
	FROM   ledger_voucher AS v JOIN ledger_line AS l ON l.client = v.client AND l.voucher = v.id
	WHERE  v.client = $1 AND v.year = $2
	ORDER  BY v.series, v.number, l.id`)

// EachVoucher hands over the vouchers of a client's year with their lines, by
// series and number. A voucher is good until f returns, and has neither key nor
// sums. No other statement may run inside f.
func EachVoucher(o *op.Op, client op.ClientID, year int64, f func(*Voucher) error) error {
	var v Voucher
	for l, err := range journalLines.Each(o, client, year) {
		if err != nil {
			return err
		}
		if l.Voucher != v.ID {
			if v.ID != 0 {
				if err := f(&v); err != nil {
					return err
				}
			}
			v = Voucher{
				Client: client, ID: l.Voucher, Series: l.Series, Year: l.Year, Number: l.Number, Date: l.Date, Period: l.Period, Registered: l.Registered,
				Name: l.Name, Module: l.Module, Text: l.Text, Kind: l.Kind, Document: l.Document, Reverses: l.Reverses, Lines: v.Lines[:0],
			}
		}
		x := Line{Line: l.Position.Line(), Subledger: l.Subledger, Ref: l.Ref}
		x.Text = l.LineText
		v.Lines = append(v.Lines, x)
	}
	if v.ID == 0 {
		return nil
	}
	return f(&v)
}

// WriteJournal writes a year of a client's books in the journal format of
// hledger, so that an independent program can recompute every balance. Each
// voucher is a transaction on a day of its period; what is dated in an earlier
// period keeps its date as a tag. An account is the client's code, the account
// and the other parts of the code string, each under the one before.
func WriteJournal(o *op.Op, w io.Writer, client op.ClientID, code string, year int64) (vouchers int64, err error) {
	b := bufio.NewWriterSize(w, 1<<16)
	fmt.Fprintf(b, "; %s %d\ndecimal-mark .\ncommodity 1000.00 SEK\n", plainWords(code), year)
	buf := make([]byte, 0, 1024)
	err = EachVoucher(o, client, year, func(v *Voucher) error {
		vouchers++
		buf = appendHead(buf[:0], v)
		for i := range v.Lines {
			l := &v.Lines[i]
			buf = append(buf, "    "...)
			buf = append(buf, plainCode(code)...)
			buf = appendAccount(buf, &l.Line)
			buf = append(buf, "  "...)
			buf = append(buf, l.Amount.Plain()...)
			buf = append(buf, " SEK"...)
			if l.Text != "" {
				buf = append(buf, "  ; "...)
				buf = append(buf, comment.Replace(plainWords(l.Text))...)
			}
			buf = append(buf, '\n')
		}
		_, err := b.Write(buf)
		return err
	})
	if err != nil {
		return vouchers, err
	}
	return vouchers, b.Flush()
}

func appendHead(b []byte, v *Voucher) []byte {
	day := v.Date
	if v.Moved() {
		day = v.Period.Month().First()
	}
	b = fmt.Appendf(b, "\n%s * (%s) %s\n    ; voucher:%s", day, v.Label(), plainWords(v.Text), v.ID)
	if v.Moved() {
		b = fmt.Appendf(b, ", dated:%s", v.Date)
	}
	if v.Reverses != 0 {
		b = fmt.Appendf(b, ", reverses:%s", v.Reverses)
	}
	return append(b, '\n')
}

// appendAccount writes ":1930:41100:3100"; a part that is missing before one
// that is there is a hyphen.
func appendAccount(b []byte, l *coding.Line) []byte {
	parts := [...]string{l.Account, l.Unit, l.Activity, l.Project, l.Counterpart, l.Object}
	last := len(parts)
	for last > 1 && parts[last-1] == "" {
		last--
	}
	for _, s := range parts[:last] {
		b = append(b, ':')
		if s == "" {
			s = "-"
		}
		b = append(b, plainCode(s)...)
	}
	return b
}

// plainCode keeps a code from being taken for two: codes have neither spaces nor
// colons, but what was posted years ago is not ours to trust.
func plainCode(s string) string {
	if !strings.ContainsAny(s, ": \t;\n\r") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(": \t;\n\r", r) {
			return '_'
		}
		return r
	}, s)
}

// plainWords keeps a text from ending where a comment or a line would begin.
func plainWords(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ';':
			return ','
		case r == '|':
			return '/'
		case r < ' ' || r == 0x7f:
			return ' '
		}
		return r
	}, s)
}

// comment keeps a text after a semicolon from being read as a tag or as a date.
var comment = strings.NewReplacer(":", ".", "[", "(", "]", ")")

var bookYears = db.Select[int64](`SELECT year FROM ledger_series WHERE client = $1 AND series <> '' GROUP BY year ORDER BY year`)

// Years are the years in which a client has vouchers.
func Years(o *op.Op, client op.ClientID) ([]int64, error) { return bookYears.All(o, client) }
