package demo

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"kontor/format/en16931"
)

// deliveryNote is the note that some senders put inside the invoice, as a PDF.
func (p *paper) deliveryNote() en16931.Attachment {
	lines := []string{"Följesedel till faktura " + p.number, "", p.seller.Name, "Levererat till " + p.buyer.name, "Datum " + p.issued.String(), ""}
	for _, l := range p.lines {
		lines = append(lines, fmt.Sprintf("%d  %s", l.quantity, l.good.Text))
	}
	lines = append(lines, "", "Godset är mottaget i gott skick.")
	return en16931.Attachment{ID: "foljesedel-" + p.number, Description: "Följesedel", Filename: "foljesedel-" + p.number + ".pdf",
		MIME: "application/pdf", Content: pdf(lines)}
}

// pdf is one page of text as a PDF: five objects and the table that says where
// they begin. The fonts that every reader has know the letters of Windows-1252.
//
// source: ISO 32000-1 7.5 (file structure), 9.6.2.2 (standard fonts)
func pdf(lines []string) []byte {
	var page strings.Builder
	page.WriteString("BT /F1 12 Tf 64 760 Td 18 TL\n")
	for _, l := range lines {
		known, err := charmap.Windows1252.NewEncoder().String(l)
		if err != nil {
			known = "?"
		}
		fmt.Fprintf(&page, "(%s) Tj T*\n", strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(known))
	}
	page.WriteString("ET")
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, body := range []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", page.Len(), page.String()),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}
