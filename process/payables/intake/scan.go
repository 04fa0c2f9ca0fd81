package intake

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"kontor/format/scanindex"
	"kontor/kernel/blob"
	"kontor/kernel/fault"
	"kontor/kernel/ident"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/work"
	"kontor/process/payables"
)

var (
	errNoPicture = fault.New(fault.Invalid, "PAY-F50", "Rad %d i %s nämner bilden %s, som inte finns i leveransen. Be skanningstjänsten skicka den.")
	errNoRow     = fault.New(fault.Invalid, "PAY-F51", "Bilden finns inte i indexfilen %s. Be skanningstjänsten skicka leveransen igen.")
	errNoIndex   = fault.New(fault.Invalid, "PAY-F52", "Leveransen har ingen indexfil som går att läsa. %s")
	errZip       = fault.New(fault.Invalid, "PAY-F53", "Zipfilen är trasig eller för stor när den packas upp. Be skanningstjänsten skicka den igen i mindre delar.")
	errScanSum   = fault.New(fault.Invalid, "PAY-F54", "Beloppet att betala saknas eller går inte att läsa på raden. Läs det på bilden och be skanningstjänsten rätta indexet.")
)

// deliveryMost is how many bytes a delivery may have when it is unpacked.
const deliveryMost = 512 << 20

// Delivery is what the scanning service sends at one time: pictures by name and
// an index, or several.
type Delivery struct {
	Name  string
	Files map[string][]byte
}

// OpenDelivery reads a delivery from a zip file or a folder.
func OpenDelivery(at string) (Delivery, error) {
	d := Delivery{Name: filepath.Base(at), Files: map[string][]byte{}}
	info, err := os.Stat(at)
	if err != nil {
		return d, errPath.With(at).Because("%w", err)
	}
	if !info.IsDir() {
		b, err := os.ReadFile(at)
		if err != nil {
			return d, errGone.Because("%w", err)
		}
		return Unzip(d.Name, b)
	}
	sum := int64(0)
	err = filepath.WalkDir(at, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			return err
		}
		b, err := os.ReadFile(p)
		if sum += int64(len(b)); sum > deliveryMost {
			return errZip
		}
		rel, _ := filepath.Rel(at, p)
		d.Files[filepath.ToSlash(rel)] = b
		return err
	})
	return d, err
}

// Unzip reads a delivery that came as one file.
func Unzip(name string, b []byte) (Delivery, error) {
	d := Delivery{Name: name, Files: map[string][]byte{}}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return d, errZip.Because("%w", err)
	}
	left := int64(deliveryMost)
	for _, f := range z.File {
		if f.FileInfo().IsDir() || strings.HasPrefix(path.Base(f.Name), ".") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return d, errZip.Because("%w", err)
		}
		content, err := io.ReadAll(io.LimitReader(r, left+1))
		if err = errors.Join(err, r.Close()); err != nil {
			return d, errZip.Because("%s: %w", f.Name, err)
		}
		if left -= int64(len(content)); left < 0 {
			return d, errZip.Because("more than %d bytes", int64(deliveryMost))
		}
		d.Files[f.Name] = content
	}
	return d, nil
}

// Drafts are the papers of a delivery. Every row and every picture is accounted
// for: a row without its picture and a picture without a row are refused, each
// with its reason.
func (d Delivery) Drafts(on period.Date) ([]*Draft, error) {
	var names []string
	for n := range d.Files {
		names = append(names, n)
	}
	slices.Sort(names)
	var all []*Draft
	used := map[string]bool{}
	index, why := "", ""
	for _, n := range names {
		if !indexName(n) {
			continue
		}
		used[n] = true
		x, err := scanindex.Read(d.Files[n])
		if err != nil {
			why = err.Error()
			continue
		}
		index = n
		list := blob.Pack(blob.Document{Media: "application/octet-stream", Content: d.Files[n]})
		for _, row := range x.Rows {
			file, b := d.find(row.Get(scanindex.File))
			if b == nil {
				all = append(all, missing(d.Name, n, row))
				continue
			}
			used[file] = true
			draft := paper(path.Join(d.Name, file), b, payables.Scan{List: list.Hash(), Place: int64(row.Place), Facts: factsOf(row)}, on)
			draft.Besides = []blob.Packed{list}
			all = append(all, draft)
		}
	}
	if index == "" {
		return nil, errNoIndex.With(why)
	}
	for _, n := range names {
		if !used[n] {
			x := &Draft{Name: path.Join(d.Name, n), Size: int64(len(d.Files[n])), Refused: errNoRow.With(index),
				Packed: blob.Pack(blob.Document{Media: "application/octet-stream", Content: d.Files[n]})}
			x.Hash = x.Packed.Hash()
			all = append(all, x)
		}
	}
	return all, nil
}

func indexName(n string) bool {
	switch strings.ToLower(path.Ext(n)) {
	case ".csv", ".xml", ".txt", ".tsv", ".idx":
		return true
	}
	return false
}

// find looks a picture up as the index names it: services write the path, or
// only the name, or another case.
func (d Delivery) find(name string) (string, []byte) {
	if name == "" {
		return "", nil
	}
	name = strings.ReplaceAll(name, "\\", "/")
	if b, ok := d.Files[name]; ok {
		return name, b
	}
	var found []string
	for n := range d.Files {
		if strings.EqualFold(path.Base(n), path.Base(name)) {
			found = append(found, n)
		}
	}
	if len(found) != 1 {
		return "", nil
	}
	return found[0], d.Files[found[0]]
}

func missing(delivery, index string, row scanindex.Row) *Draft {
	name := firstOf(row.Get(scanindex.File), fmt.Sprintf("rad %d", row.Place))
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%d\n%v", delivery, index, row.Place, row.Facts))
	return &Draft{Name: path.Join(delivery, name), Hash: blob.Hash("unread:" + hex.EncodeToString(sum[:])), Refused: errNoPicture.With(row.Place, index, name)}
}

func factsOf(row scanindex.Row) []payables.Fact {
	all := make([]payables.Fact, len(row.Facts))
	for i, f := range row.Facts {
		all[i] = payables.Fact{Name: f.Name, Text: f.Text, Unsure: f.Unsure}
	}
	return all
}

// paper makes a draft of one picture and what was read off it.
func paper(name string, b []byte, scan payables.Scan, on period.Date) *Draft {
	d := &Draft{Name: name, Size: int64(len(b)), Packed: blob.Pack(blob.Document{Media: "application/octet-stream", Content: b})}
	d.Hash = d.Packed.Hash()
	scan.Hash = d.Hash
	d.Scan = &scan
	get := func(fact string) string {
		for _, f := range scan.Facts {
			if f.Name == fact {
				return f.Text
			}
		}
		return ""
	}
	v := &d.Invoice
	v.Kind, v.Channel, v.File = payables.Debit, work.Scanned, d.Hash
	v.Number = clip(get(scanindex.Number), 60)
	v.NumberNorm = payables.NormalNumber(v.Number)
	v.Issued, _ = scanindex.Date(get(scanindex.Issued))
	v.Due, _ = scanindex.Date(get(scanindex.Due))
	v.Currency = firstOf(clip(strings.ToUpper(get(scanindex.Currency)), 3), "SEK")
	v.Reference, v.OrderRef, v.ContractRef = clip(get(scanindex.Reference), 100), clip(get(scanindex.Order), 100), clip(get(scanindex.Contract), 100)
	if org, err := ident.ParseOrg(get(scanindex.Org), on); err == nil {
		v.SupplierOrg = org.Digits
	}
	v.SupplierName = firstOf(clip(get(scanindex.Name), 200), "Okänd leverantör")
	v.SupplierKey = text.SortKey(v.SupplierName)
	d.Country = "SE"
	d.FTax = strings.Contains(strings.ToUpper(get(scanindex.FTax)), "F-SKATT") || strings.EqualFold(get(scanindex.FTax), "ja")
	d.scannedAmounts(get)
	d.scannedAccounts(get)
	d.doubts(get)
	return d
}

// scannedAmounts takes the sums. What was not read is what the others leave; a
// paper without anything to pay cannot be registered.
func (d *Draft) scannedAmounts(get func(string) string) {
	v := &d.Invoice
	pay, ok := scanindex.Amount(get(scanindex.Payable))
	if !ok {
		d.Refused = errScanSum
		return
	}
	vat, _ := scanindex.Amount(get(scanindex.VAT))
	round, _ := scanindex.Amount(get(scanindex.Rounding))
	net, known := scanindex.Amount(get(scanindex.Net))
	if !known {
		net = pay - vat - round
	}
	if pay < 0 || strings.HasPrefix(strings.ToLower(get(scanindex.Type)), "kredit") || strings.EqualFold(get(scanindex.Type), "credit") {
		v.Kind = payables.Credit
		if pay > 0 { // written without its sign
			pay, vat, round, net = -pay, -vat, -round, -net
		}
	}
	v.Net, v.VAT, v.Rounding, v.Payable = net, vat, round, pay
	v.Gross = pay - round
	if known && net+vat+round != pay {
		d.find(payables.SumsWrong, fmt.Sprintf("%s + %s + %s är inte %s kr.", net, vat, round, pay))
	}
}

func (d *Draft) scannedAccounts(get func(string) string) {
	d.Invoice.OCR = clip(strings.Map(keepAccount, get(scanindex.OCR)), 60)
	for _, x := range []struct{ fact, scheme string }{{scanindex.Bankgiro, payables.Bankgiro}, {scanindex.Plusgiro, payables.Plusgiro}, {scanindex.IBAN, payables.IBAN}} {
		p := Proposed{Scheme: x.scheme, Number: clip(strings.ToUpper(strings.Map(keepAccount, get(x.fact))), 40), OCR: d.Invoice.OCR}
		if p.Number == "" {
			continue
		}
		var err error
		switch x.scheme {
		case payables.Bankgiro:
			_, err = ident.ParseBankgiro(p.Number)
		case payables.Plusgiro:
			_, err = ident.ParsePlusgiro(p.Number)
		default:
			_, err = ident.ParseIBAN(p.Number)
		}
		p.Wrong = err != nil
		d.Proposed = append(d.Proposed, p)
	}
}

// needed are the facts that a paper cannot do without.
var needed = []string{scanindex.Org, scanindex.Number, scanindex.Issued, scanindex.Net, scanindex.VAT}

// doubts turns what was not read, and what the service is not sure of, into
// findings.
func (d *Draft) doubts(get func(string) string) {
	v := &d.Invoice
	var lacks, unsure []string
	for _, n := range needed {
		if get(n) == "" {
			lacks = append(lacks, strings.ToLower(payables.FactWords[n]))
		}
	}
	for _, f := range d.Scan.Facts {
		if f.Unsure {
			unsure = append(unsure, fmt.Sprintf("%s ”%s”", strings.ToLower(payables.FactWords[f.Name]), f.Text))
		}
	}
	if lacks != nil {
		d.find(payables.ScanLacks, "Inte avläst: "+strings.Join(lacks, ", ")+".")
	}
	if unsure != nil {
		d.find(payables.ScanUnsure, "Osäkert: "+clip(strings.Join(unsure, ", "), 700)+".")
	}
	if v.SupplierOrg == "" {
		d.find(payables.NoSupplier, fmt.Sprintf("Pappret anger ”%s”.", firstOf(get(scanindex.Org), "inget nummer")))
	}
	if v.Due.IsZero() && v.Kind == payables.Debit {
		d.find(payables.NoDueDate, "Ingen förfallodag är avläst.")
	}
	if v.Currency != "SEK" {
		d.find(payables.OtherCurrency, fmt.Sprintf("Fakturan är i %s.", v.Currency))
	}
}

func (d *Draft) find(c payables.Code, seen string) {
	d.Found = append(d.Found, payables.Finding{Code: c, Seen: seen, State: payables.FindingOpen})
}

// scanned are the papers of a delivery that was sent as one file.
func scanned(name string, b []byte, on period.Date) ([]*Draft, error) {
	d, err := Unzip(name, b)
	if err != nil {
		return nil, err
	}
	return d.Drafts(on)
}
