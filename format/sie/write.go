package sie

import (
	"bufio"
	"hash/crc32"
	"io"
	"slices"
	"strconv"

	"kontor/kernel/fault"
	"kontor/kernel/period"
)

// The faults of writing: what a SIE file cannot hold.
var (
	ErrUnbalanced = fault.New(fault.Invalid, "SIE-001", "Verifikation %s balanserar inte och kan inte skrivas till en SIE-fil. Rätta den först.")
	ErrUndated    = fault.New(fault.Invalid, "SIE-002", "Verifikation %s saknar datum och kan inte skrivas till en SIE-fil. Ange datumet först.")
	ErrAccount    = fault.New(fault.Invalid, "SIE-003", "Kontot %s är inget nummer med högst sex siffror och kan inte skrivas till en SIE-fil. Välj ett annat konto.")
	ErrType       = fault.New(fault.Invalid, "SIE-004", "En SIE-fil för import (4I) får inte ha saldon. Skriv en fil av typ 4E i stället.")
)

// Lost tells which texts could not be written as they are, since CP437 lacks
// some of their characters; see [Writer].
type Lost struct {
	N     int      // texts
	Texts []string // the first ones, each once
}

const lostMost = 20

// Writer writes a file piece by piece: Head, then Voucher for each, then Close.
// It writes CP437 and a #KSUMMA. A character that CP437 lacks becomes its letter
// without accents, what it is commonly written with ("EUR" for €), or "?", and a
// control character a space; Close tells of it.
type Writer struct {
	w     *bufio.Writer
	line  []byte // of the file
	bytes []byte // for the checksum
	crc   uint32
	lost  Lost
	err   error
}

// NewWriter returns a writer to w.
func NewWriter(w io.Writer) *Writer { return &Writer{w: bufio.NewWriterSize(w, lineMost)} }

// Write writes the whole of d.
func Write(w io.Writer, d *Document) (Lost, error) {
	out := NewWriter(w)
	if err := out.Head(d); err != nil {
		return Lost{}, err
	}
	for k := range d.Vouchers {
		if err := out.Voucher(&d.Vouchers[k]); err != nil {
			return Lost{}, err
		}
	}
	return out.Close()
}

func (w *Writer) begin(label string) {
	w.line = append(append(w.line[:0], '#'), label...)
	w.bytes = append(append(w.bytes[:0], '#'), label...)
}

func (w *Writer) end() {
	w.crc = crc32.Update(w.crc, crc32.IEEETable, w.bytes)
	if w.line = append(w.line, "\r\n"...); w.err == nil {
		_, w.err = w.w.Write(w.line)
	}
}

func (w *Writer) plain(s string) {
	if w.err == nil {
		_, w.err = w.w.WriteString(s)
	}
	if w.err == nil {
		_, w.err = w.w.WriteString("\r\n")
	}
}

// code is a field that needs no quotes: a number, a date, an amount.
func (w *Writer) code(s string) {
	w.line = append(append(w.line, ' '), s...)
	w.bytes = append(w.bytes, s...)
}

func (w *Writer) number(n int) { w.code(strconv.Itoa(n)) }

func (w *Writer) day(d period.Date) {
	if d.IsZero() {
		w.line = append(w.line, ` ""`...)
		return
	}
	w.code(compact(d))
}

func compact(d period.Date) string {
	s := d.String()
	return s[:4] + s[5:7] + s[8:]
}

func (w *Writer) text(s string) {
	from := len(w.bytes)
	var exact bool
	w.bytes, exact = encode(w.bytes, s)
	if n := len(w.bytes); n > from && w.bytes[n-1] == '\\' {
		// Before the closing quote it would make that a part of the text.
		w.bytes, exact = append(w.bytes, ' '), false
	}
	if !exact {
		w.lost.N++
		if len(w.lost.Texts) < lostMost && !slices.Contains(w.lost.Texts, s) {
			w.lost.Texts = append(w.lost.Texts, s)
		}
	}
	w.line = append(w.line, ' ', '"')
	for _, c := range w.bytes[from:] {
		if c == '"' {
			w.line = append(w.line, '\\')
		}
		w.line = append(w.line, c)
	}
	w.line = append(w.line, '"')
}

// optional writes the texts but the empty ones at the end.
func (w *Writer) optional(texts ...string) {
	for len(texts) > 0 && texts[len(texts)-1] == "" {
		texts = texts[:len(texts)-1]
	}
	for _, s := range texts {
		w.text(s)
	}
}

func (w *Writer) one(label, value string) {
	if value == "" {
		return
	}
	w.begin(label)
	w.text(value)
	w.end()
}

func (w *Writer) objects(list []ObjectCode) {
	w.line = append(w.line, " {"...)
	for k, o := range list {
		if k > 0 {
			w.line = append(w.line, ' ')
		}
		from := len(w.line)
		w.number(o.Dimension)
		w.line = slices.Delete(w.line, from, from+1)
		w.text(o.Code)
	}
	w.line = append(w.line, '}')
}

// Head writes everything of d that comes before the vouchers.
func (w *Writer) Head(d *Document) error {
	if d.Type == Type4I && len(d.Balances) > 0 {
		return ErrType
	}
	for k := range d.Accounts {
		if n := d.Accounts[k].Number; !numeric(n) {
			return ErrAccount.With(n)
		}
	}
	w.plain("#FLAGGA " + map[bool]string{false: "0", true: "1"}[d.Imported])
	w.plain("#KSUMMA")
	w.identify(d)
	w.chart(d)
	for k := range d.Balances {
		if err := w.balance(&d.Balances[k]); err != nil {
			return err
		}
	}
	return w.err
}

func (w *Writer) identify(d *Document) {
	w.begin("PROGRAM")
	w.text(d.Program)
	w.text(d.Version)
	w.end()
	w.begin("FORMAT")
	w.code("PC8")
	w.end()
	w.begin("GEN")
	w.day(d.Generated)
	w.optional(d.By)
	w.end()
	if d.Type != NoType {
		w.begin("SIETYP")
		w.code(typeDigits[d.Type])
		w.end()
	}
	c := &d.Company
	w.one("PROSA", d.Text)
	w.one("FTYP", c.Form)
	w.one("FNR", c.Code)
	if c.Organisation+c.Acquisition+c.Activity != "" {
		w.begin("ORGNR")
		w.optional(c.Organisation, c.Acquisition, c.Activity)
		w.end()
	}
	w.one("BKOD", c.Industry)
	if a := c.Address; a != (Address{}) {
		w.begin("ADRESS")
		for _, s := range [...]string{a.Contact, a.Street, a.Postal, a.Phone} {
			w.text(s)
		}
		w.end()
	}
	w.begin("FNAMN")
	w.text(c.Name)
	w.end()
	for _, y := range d.Years {
		w.begin("RAR")
		w.number(y.Index)
		w.day(y.First)
		w.day(y.Last)
		w.end()
	}
	w.one("TAXAR", d.TaxYear)
	if !d.Scope.IsZero() {
		w.begin("OMFATTN")
		w.day(d.Scope)
		w.end()
	}
	w.one("KPTYP", d.Chart)
	w.one("VALUTA", d.Currency)
}

func (w *Writer) chart(d *Document) {
	for k := range d.Accounts {
		a := &d.Accounts[k]
		w.begin("KONTO")
		w.code(a.Number)
		w.text(a.Name)
		w.end()
		about := func(label, value string) {
			if value != "" {
				w.begin(label)
				w.code(a.Number)
				w.text(value)
				w.end()
			}
		}
		about("KTYP", a.Type)
		about("ENHET", a.Unit)
		for _, s := range a.SRU {
			about("SRU", s)
		}
	}
	for _, x := range d.Dimensions {
		label := "DIM"
		if x.Parent != 0 {
			label = "UNDERDIM"
		}
		w.begin(label)
		w.number(x.Number)
		w.text(x.Name)
		if x.Parent != 0 {
			w.number(x.Parent)
		}
		w.end()
	}
	for _, o := range d.Objects {
		w.begin("OBJEKT")
		w.number(o.Dimension)
		w.text(o.Code)
		w.text(o.Name)
		w.end()
	}
}

func (w *Writer) balance(b *Balance) error {
	if !numeric(b.Account) {
		return ErrAccount.With(b.Account)
	}
	w.begin(b.Kind.String())
	w.number(b.Year)
	if b.Kind.period() {
		w.number(b.Month.Year*100 + int(b.Month.Month))
	}
	w.code(b.Account)
	if b.Kind.objects() {
		w.objects(b.Objects)
	}
	w.code(b.Amount.Plain())
	if b.Quantity != "" {
		w.code(b.Quantity)
	}
	w.end()
	return nil
}

func numeric(account string) bool { return len(account) <= 6 && digits([]byte(account)) }

// Voucher writes one voucher. It refuses one that does not balance.
func (w *Writer) Voucher(v *Voucher) error {
	if sum, _, err := v.Sum(); err != nil || sum != 0 {
		return ErrUnbalanced.With(v.name())
	}
	if v.Date.IsZero() {
		return ErrUndated.With(v.name())
	}
	w.begin("VER")
	w.text(v.Series)
	w.text(v.Number)
	w.day(v.Date)
	if v.Text != "" || !v.Registered.IsZero() || v.By != "" {
		w.text(v.Text)
	}
	if !v.Registered.IsZero() || v.By != "" {
		w.day(v.Registered)
		w.optional(v.By)
	}
	w.end()
	w.plain("{")
	changes := v.Changes
	for k := range v.Postings {
		for len(changes) > 0 && changes[0].Before <= k {
			w.change(&changes[0])
			changes = changes[1:]
		}
		w.posting("TRANS", &v.Postings[k])
	}
	for k := range changes {
		w.change(&changes[k])
	}
	w.plain("}")
	for k := range v.Postings {
		if n := v.Postings[k].Account; !numeric(n) {
			return ErrAccount.With(n)
		}
	}
	return w.err
}

func (w *Writer) change(c *Change) {
	if c.Struck {
		w.posting("BTRANS", &c.Posting)
	} else {
		w.posting("RTRANS", &c.Posting)
	}
}

func (w *Writer) posting(label string, p *Posting) {
	w.begin(label)
	w.code(p.Account)
	w.objects(p.Objects)
	w.code(p.Amount.Plain())
	rest := p.Text != "" || p.Quantity != "" || p.By != ""
	if !p.Date.IsZero() || rest {
		w.day(p.Date)
	}
	if rest {
		w.text(p.Text)
	}
	if p.Quantity != "" {
		w.code(p.Quantity)
	}
	if p.By != "" {
		if p.Quantity == "" {
			w.text("")
		}
		w.text(p.By)
	}
	w.end()
}

// Close ends the file and tells which texts it could not hold.
func (w *Writer) Close() (Lost, error) {
	w.plain("#KSUMMA " + strconv.FormatUint(uint64(w.crc), 10))
	if w.err == nil {
		w.err = w.w.Flush()
	}
	return w.lost, w.err
}
