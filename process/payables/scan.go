package payables

import (
	"net/http"
	"strings"

	"kontor/format/scanindex"
	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/ident"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
)

// Scan is what the scanning service has read off a paper, by its picture.
type Scan struct {
	Hash  blob.Hash
	List  blob.Hash // of the index file
	Place int64     // row or element in it
	Facts []Fact    `db:"facts,json"`
}

// Fact is one field as the scanning service read it; see format/scanindex.
type Fact struct {
	Name   string `json:"name"`
	Text   string `json:"text"`
	Unsure bool   `json:"unsure,omitempty"`
}

var (
	scanOf   = db.Select[Scan](`SELECT hash, list, place, facts FROM payables_scan WHERE hash = $1`)
	addScans = db.Insert[Scan]("payables_scan", "ON CONFLICT (hash) DO NOTHING")
)

// ScanOf is what was read off the paper with a picture; ok is false for what was
// never a paper.
func ScanOf(o *op.Op, picture blob.Hash) (s Scan, ok bool, err error) {
	return scanOf.Maybe(o, picture)
}

// AddScans stores what was read.
func AddScans(o *op.Op, all ...Scan) error {
	_, err := addScans.Add(o, all...)
	return err
}

// FactWords are the facts as people call them.
var FactWords = map[string]string{scanindex.File: "Bild", scanindex.Type: "Slag", scanindex.Org: "Organisationsnummer", scanindex.Name: "Leverantör",
	scanindex.Number: "Fakturanummer", scanindex.Issued: "Fakturadatum", scanindex.Due: "Förfallodag", scanindex.Currency: "Valuta", scanindex.Net: "Utan moms",
	scanindex.VAT: "Moms", scanindex.Rounding: "Öresavrundning", scanindex.Payable: "Att betala", scanindex.Bankgiro: "Bankgiro", scanindex.Plusgiro: "Plusgiro",
	scanindex.IBAN: "IBAN", scanindex.OCR: "OCR-nummer", scanindex.Reference: "Er referens", scanindex.Order: "Ordernummer", scanindex.Contract: "Avtalsnummer",
	scanindex.FTax: "F-skatt"}

// scannedSheet is a paper as it was read, beside which its picture is shown. What
// the service is not sure of is marked.
func scannedSheet(o *op.Op, v Invoice, marks map[string][]int) (*sheetView, error) {
	scan, _, err := ScanOf(o, v.File)
	if err != nil {
		return nil, err
	}
	doubt := map[string]string{}
	for _, f := range scan.Facts {
		if f.Unsure {
			doubt[f.Name] = text.T(o, "osäkert avläst")
		}
	}
	s := &sheetView{Seller: v.SupplierName, Number: v.Number, Kind: text.T(o, "Faktura på papper"), Marks: marks}
	if v.Kind == Credit {
		s.Kind = text.T(o, "Kreditfaktura på papper")
	}
	if org, err := ident.OrgOf(v.SupplierOrg); err == nil {
		s.SellerLines = text.T(o, "Org.nr") + " " + org.Masked()
	}
	fact := func(term, value, name, place string) sheetFact {
		return sheetFact{Term: text.T(o, term), Text: orDash(value), Note: doubt[name], Place: place}
	}
	s.Meta = []sheetFact{fact("Fakturadatum", v.Issued.String(), scanindex.Issued, "issued"), fact("Förfallodag", v.Due.String(), scanindex.Due, "due"),
		fact("Er referens", quoted(v.Reference), scanindex.Reference, "reference"), fact("Order", v.OrderRef, scanindex.Order, "order")}
	s.Totals = []sheetFact{fact("Summa utan moms", v.Net.String(), scanindex.Net, "sums"), fact("Moms", v.VAT.String(), scanindex.VAT, "tax")}
	if v.Rounding != 0 {
		s.Totals = append(s.Totals, fact("Öresavrundning", v.Rounding.String(), scanindex.Rounding, ""))
	}
	s.PayableLabel, s.Payable = text.F(o, "Att betala, %s", v.Currency), v.Payable.String()
	for _, f := range scan.Facts {
		switch f.Name {
		case scanindex.Bankgiro, scanindex.Plusgiro, scanindex.IBAN:
			s.Pay = append(s.Pay, sheetFact{Term: text.T(o, FactWords[f.Name]), Text: strings.TrimSpace(f.Text + " " + doubt[f.Name]), Place: "account"})
		}
	}
	if v.OCR != "" {
		s.Pay = append(s.Pay, sheetFact{Term: text.T(o, "OCR-nummer"), Text: strings.TrimSpace(v.OCR + " " + doubt[scanindex.OCR]), Place: "ocr"})
	}
	return s, nil
}

// picture is the scanned paper as something that can be shown beside.
func picture(o *op.Op, v Invoice) (ui.AttachmentView, error) {
	w := ui.AttachmentView{Label: text.T(o, "Bilden av pappret"), URL: "/payables/" + v.ID.String() + "/original"}
	b, err := blob.Get(o, v.File)
	if err != nil {
		return w, err
	}
	w.Detail = size(len(b.Content))
	if media := pictureMedia(b.Content); media != "" {
		w.Shown, w.Picture = "/payables/"+v.ID.String()+"/bild", media != "application/pdf"
	}
	return w, nil
}

// pictureMedia is what a picture is by its own first bytes; "" for what cannot
// be shown.
func pictureMedia(b []byte) string {
	switch media := http.DetectContentType(b); media {
	case "application/pdf", "image/png", "image/jpeg":
		return media
	}
	return ""
}

// showPicture hands the picture over to the frame beside the invoice.
func showPicture(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	b, err := blob.Get(o, v.File)
	if err != nil {
		return web.Answer{}, err
	}
	media := pictureMedia(b.Content)
	if media == "" {
		return web.Answer{}, errNoInvoice.Because("%s has no picture", v.ID)
	}
	return web.Answer{File: b.Content, Media: media}, nil
}
