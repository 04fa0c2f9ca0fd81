package scanindex

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"kontor/format/xmlscan"
	"kontor/format/xmltree"
	"kontor/kernel/money"
	"kontor/kernel/period"
)

// The names of facts.
const (
	File      = "file"
	Type      = "type" // "kredit" for a credit note
	Org       = "org"
	Name      = "name"
	Number    = "number"
	Issued    = "issued"
	Due       = "due"
	Currency  = "currency"
	Net       = "net"
	VAT       = "vat"
	Rounding  = "rounding"
	Payable   = "payable"
	Bankgiro  = "bankgiro"
	Plusgiro  = "plusgiro"
	IBAN      = "iban"
	OCR       = "ocr"
	Reference = "reference"
	Order     = "order"
	Contract  = "contract"
	FTax      = "ftax"
	unsure    = "unsure"
)

// words are what services call the facts, folded by [fold].
var words = map[string]string{
	"fil": File, "filnamn": File, "file": File, "filename": File, "bild": File, "bildfil": File, "pdf": File,
	"typ": Type, "type": Type, "dokumenttyp": Type,
	"orgnr": Org, "organisationsnummer": Org, "org": Org, "leverantorsorgnr": Org, "leverantororgnr": Org, "supplierorg": Org,
	"leverantor": Name, "leverantorsnamn": Name, "namn": Name, "supplier": Name, "suppliername": Name,
	"fakturanr": Number, "fakturanummer": Number, "invoicenumber": Number, "number": Number, "nummer": Number,
	"fakturadatum": Issued, "datum": Issued, "invoicedate": Issued, "issued": Issued,
	"forfallodag": Due, "forfallodatum": Due, "duedate": Due, "due": Due,
	"valuta": Currency, "currency": Currency,
	"netto": Net, "nettobelopp": Net, "utanmoms": Net, "net": Net,
	"moms": VAT, "momsbelopp": VAT, "vat": VAT,
	"oresavrundning": Rounding, "avrundning": Rounding, "rounding": Rounding,
	"attbetala": Payable, "brutto": Payable, "bruttobelopp": Payable, "belopp": Payable, "total": Payable, "totalt": Payable, "payable": Payable, "gross": Payable,
	"bankgiro": Bankgiro, "bg": Bankgiro, "plusgiro": Plusgiro, "pg": Plusgiro, "postgiro": Plusgiro, "iban": IBAN,
	"ocr": OCR, "ocrnr": OCR, "ocrnummer": OCR, "betalningsreferens": OCR,
	"referens": Reference, "erreferens": Reference, "referenskod": Reference, "reference": Reference,
	"ordernr": Order, "ordernummer": Order, "order": Order, "avtalsnr": Contract, "avtal": Contract, "avtalsnummer": Contract, "contract": Contract,
	"fskatt": FTax, "ftax": FTax,
	"osakra": unsure, "osaker": unsure, "osakrafalt": unsure, "uncertain": unsure, "unsure": unsure,
}

var folds = strings.NewReplacer("å", "a", "ä", "a", "ö", "o", "é", "e", " ", "", "_", "", "-", "", ".", "", "\u00a0", "")

func fold(s string) string { return folds.Replace(strings.ToLower(strings.TrimSpace(s))) }

// Fact is one field of a paper as the service read it.
type Fact struct {
	Name   string
	Text   string
	Unsure bool
}

// Row is one paper.
type Row struct {
	Place int // line of a table, number of an element; from 1
	Facts []Fact
}

// Get returns the text of a fact, "" when it was not read.
func (r Row) Get(name string) string {
	for _, f := range r.Facts {
		if f.Name == name {
			return f.Text
		}
	}
	return ""
}

// Unsure names the facts that the service is not sure of.
func (r Row) Unsure() []string {
	var all []string
	for _, f := range r.Facts {
		if f.Unsure {
			all = append(all, f.Name)
		}
	}
	return all
}

// Index is a whole file.
type Index struct {
	Kind    string // "csv" or "xml"
	Rows    []Row
	Unknown []string // columns that nobody knows
}

// Limits of a file.
const (
	SizeMost = 32 << 20
	RowsMost = 100_000
	textMost = 400 // characters of one fact
)

// ReadError says why a file is no index, in a whole Swedish sentence.
type ReadError struct {
	Line int
	Text string
	Err  error
}

func (e *ReadError) Error() string { return e.Text }
func (e *ReadError) Unwrap() error { return e.Err }

func refuse(line int, text string, err error) (*Index, error) {
	return nil, &ReadError{Line: line, Text: text, Err: err}
}

// Read reads an index file. The error is a *ReadError.
func Read(b []byte) (*Index, error) {
	if len(b) > SizeMost {
		return refuse(0, fmt.Sprintf("Indexfilen är större än %d MB. Be skanningstjänsten dela upp leveransen.", SizeMost>>20), nil)
	}
	if isXML(b) {
		return readXML(b)
	}
	return readCSV(decode(b))
}

func isXML(b []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\ufeff")), " \t\r\n"), []byte("<"))
}

// decode makes UTF-8 of what is not: a table says nothing of its encoding.
func decode(b []byte) string {
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if utf8.Valid(b) {
		return string(b)
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "?")
	}
	return string(out)
}

// separator is the sign that parts the headings into most known words.
func separator(heading string) (sep rune, known int) {
	for _, s := range []rune{';', '\t', ','} {
		n := 0
		for _, w := range strings.Split(heading, string(s)) {
			if words[fold(strings.Trim(w, `" `))] != "" {
				n++
			}
		}
		if n > known {
			sep, known = s, n
		}
	}
	return sep, known
}

// leastKnown is how many known headings make a table an index.
const leastKnown = 3

func readCSV(s string) (*Index, error) {
	heading, _, _ := strings.Cut(s, "\n")
	sep, known := separator(strings.TrimRight(heading, "\r"))
	if known < leastKnown {
		return refuse(1, "Första raden har inga rubriker som vi känner. Den ska ha minst fil, fakturanr och att betala.", nil)
	}
	r := csv.NewReader(strings.NewReader(s))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = sep, -1, true, sep != '\t'
	head, err := r.Read()
	if err != nil {
		return refuse(1, "Första raden går inte att läsa. Den ska ha rubriker.", err)
	}
	x := &Index{Kind: "csv"}
	names := make([]string, len(head))
	for i, h := range head {
		if names[i] = words[fold(h)]; names[i] == "" && strings.TrimSpace(h) != "" {
			x.Unknown = append(x.Unknown, clip(h))
		}
	}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return x, nil
		}
		line, _ := r.FieldPos(0)
		if err != nil {
			return refuse(line, fmt.Sprintf("Rad %d går inte att läsa. Be skanningstjänsten skicka filen igen.", line), err)
		}
		if len(x.Rows) == RowsMost {
			return refuse(line, fmt.Sprintf("Indexfilen har fler än %d rader. Be skanningstjänsten dela upp den.", RowsMost), nil)
		}
		row := Row{Place: line}
		for i, c := range cells {
			if i < len(names) && names[i] != "" {
				row.add(names[i], c, false)
			}
		}
		row.settle()
		if len(row.Facts) > 0 {
			x.Rows = append(x.Rows, row)
		}
	}
}

func readXML(b []byte) (*Index, error) {
	s, err := xmlscan.Decode(b)
	if err != nil {
		return refuse(1, "Filens tecken går inte att läsa. Be skanningstjänsten skicka den igen.", err)
	}
	c, err := xmlscan.New(s, xmlscan.Ordinary)
	if err == nil {
		err = c.Element()
	}
	if err != nil {
		return refuse(1, "Filen är ingen läsbar XML. Be skanningstjänsten skicka den igen.", err)
	}
	root, err := xmltree.Read(c, func(string) bool { return true })
	if err != nil {
		return refuse(c.Line(), fmt.Sprintf("XML-filen är trasig vid rad %d. Be skanningstjänsten skicka den igen.", c.Line()), err)
	}
	x := &Index{Kind: "xml"}
	papers(root, x, 0)
	if len(x.Rows) == 0 {
		return refuse(root.Line, "Filen har inget element med fil och fakturanr. Den är ingen indexfil.", nil)
	}
	for i := range x.Rows {
		x.Rows[i].Place = i + 1
	}
	return x, nil
}

// deepest is how far inside a file papers are looked for.
const deepest = 6

// papers finds the elements that have facts directly inside.
func papers(e *xmltree.Element, x *Index, depth int) {
	var row Row
	for _, in := range e.Children {
		if name := words[fold(in.Name)]; name != "" && len(in.Children) == 0 {
			row.add(name, in.Text, says(in))
		}
	}
	if len(row.Facts) >= leastKnown {
		row.settle()
		if len(x.Rows) < RowsMost {
			x.Rows = append(x.Rows, row)
		}
		return
	}
	if depth < deepest {
		for _, in := range e.Children {
			papers(in, x, depth+1)
		}
	}
}

// says reports whether an element is marked as unsure.
func says(e *xmltree.Element) bool {
	for _, a := range e.Attrs {
		if words[fold(a.Name.Local)] == unsure {
			switch fold(a.Value) {
			case "ja", "1", "true", "yes", "x":
				return true
			}
		}
	}
	return false
}

func (r *Row) add(name, text string, doubt bool) {
	if text = clip(text); text != "" {
		r.Facts = append(r.Facts, Fact{name, text, doubt})
	}
}

// settle marks the facts that the row names as unsure.
func (r *Row) settle() {
	kept := r.Facts[:0]
	named := map[string]bool{}
	for _, f := range r.Facts {
		if f.Name != unsure {
			kept = append(kept, f)
			continue
		}
		for _, w := range strings.FieldsFunc(f.Text, func(c rune) bool { return c == ',' || c == ';' || c == '|' || c == ' ' }) {
			named[words[fold(w)]] = true
		}
	}
	r.Facts = kept
	for i := range r.Facts {
		r.Facts[i].Unsure = r.Facts[i].Unsure || named[r.Facts[i].Name]
	}
}

func clip(s string) string {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > textMost {
		s = string([]rune(s)[:textMost])
	}
	return s
}

// Amount reads an amount as services write it: 1 234,50, 1234.50, 1.234,50 or
// 1234,50-.
func Amount(s string) (money.Amount, bool) {
	s = strings.NewReplacer(" ", "", "\u00a0", "", "kr", "", "SEK", "").Replace(s)
	if minus, ok := strings.CutSuffix(s, "-"); ok {
		s = "-" + minus
	}
	comma, stop := strings.LastIndexByte(s, ','), strings.LastIndexByte(s, '.')
	switch {
	case comma >= 0 && stop > comma: // 1,234.50
		s = strings.ReplaceAll(s, ",", "")
	case comma >= 0:
		s = strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1)
	}
	a, err := money.ParseXML(s)
	return a, err == nil && s != ""
}

// Date reads a day as services write it: 2026-11-18, 20261118 or 261118.
func Date(s string) (period.Date, bool) {
	s = strings.NewReplacer("/", "-", ".", "-").Replace(strings.TrimSpace(s))
	switch {
	case len(s) == 6 && digits(s):
		s = "20" + s[:2] + "-" + s[2:4] + "-" + s[4:]
	case len(s) == 8 && digits(s):
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	d, err := period.ParseDate(s)
	return d, err == nil && !d.IsZero()
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }
