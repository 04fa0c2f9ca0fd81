package ledger

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"kontor/kernel/db"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// journalLine is a line with what its voucher says, in the order of vouchers.
type journalLine struct {
	Series    string
	Year      int64
	Number    int64
	Date      period.Date
	Period    Period
	Text      string
	Kind      string
	Document  int64
	Reverses  ID
	Voucher   ID
	LineText  string
	Subledger string
	Ref       int64
	Position
}

var journalLines = db.Select[journalLine](`
	SELECT v.series, v.year, v.number, v.date, v.period, v.text, v.kind, v.document, v.reverses, v.id AS voucher,
	       l.text AS line_text, l.subledger, l.ref, l.account, l.unit, l.activity, l.project, l.counterpart, l.object, l.amount
	FROM   ledger_voucher AS v JOIN ledger_line AS l ON l.client = v.client AND l.voucher = v.id
	WHERE  v.client = $1 AND v.year = $2
	ORDER  BY v.series, v.number, l.id`)

// WriteJournal writes a year of a client's books in the journal format of
// hledger, so that an independent program can recompute every balance. Each
// voucher is a transaction on a day of its period; what is dated in an earlier
// period keeps its date as a tag. An account is the client's code, the account
// and the other parts of the code string, each under the one before.
func WriteJournal(o *op.Op, w io.Writer, client op.ClientID, code string, year int64) (vouchers int64, err error) {
	b := bufio.NewWriterSize(w, 1<<16)
	fmt.Fprintf(b, "; %s %d\ndecimal-mark .\ncommodity 1000.00 SEK\n", plainWords(code), year)
	var at ID
	buf := make([]byte, 0, 256)
	for l, err := range journalLines.Each(o, client, year) {
		if err != nil {
			return vouchers, err
		}
		if l.Voucher != at {
			at = l.Voucher
			vouchers++
			l.head(b)
		}
		buf = append(buf[:0], "    "...)
		buf = append(buf, plainCode(code)...)
		buf = l.appendAccount(buf)
		buf = append(buf, "  "...)
		buf = append(buf, l.Amount.Plain()...)
		buf = append(buf, " SEK"...)
		if l.LineText != "" {
			buf = append(buf, "  ; "...)
			buf = append(buf, comment.Replace(plainWords(l.LineText))...)
		}
		buf = append(buf, '\n')
		b.Write(buf)
	}
	return vouchers, b.Flush()
}

func (l *journalLine) head(b *bufio.Writer) {
	day := l.Date
	moved := PeriodOf(l.Date) != l.Period
	if moved {
		day = l.Period.Month().First()
	}
	fmt.Fprintf(b, "\n%s * (%s %d-%d) %s\n    ; voucher:%s", day, l.Series, l.Year, l.Number, plainWords(l.Text), l.Voucher)
	if moved {
		fmt.Fprintf(b, ", dated:%s", l.Date)
	}
	if l.Reverses != 0 {
		fmt.Fprintf(b, ", reverses:%s", l.Reverses)
	}
	b.WriteByte('\n')
}

// appendAccount writes ":1930:41100:3100"; a part that is missing before one
// that is there is a hyphen.
func (l *journalLine) appendAccount(b []byte) []byte {
	p := &l.Position
	parts := [...]string{p.Account, p.Unit, p.Activity, p.Project, p.Counterpart, p.Object}
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
