package payables

import (
	"testing"

	"kontor/format/en16931"
)

// What a stranger calls a picture is shown as one only when it is one.
func TestAttachmentsThatAreShownBesideTheInvoice(t *testing.T) {
	const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
	for _, c := range []struct {
		name, mime, content string
		want, fetched       string
	}{
		{"a PDF", "application/pdf", "%PDF-1.4\n", "application/pdf", "application/pdf"},
		{"a picture", "image/png", png, "image/png", "image/png"},
		{"a picture with parameters to its type", "image/png; name=x", png, "image/png", "image/png"},
		{"a page that calls itself a PDF", "application/pdf", "<html><script>alert(1)</script>", "", "application/pdf"},
		{"a PDF that calls itself a picture", "image/jpeg", "%PDF-1.4\n", "", "image/jpeg"},
		{"a page that calls itself a page", "text/html", "<html>", "", "application/octet-stream"},
		{"a drawing, which may hold a script", "image/svg+xml", "<svg/>", "", "application/octet-stream"},
		{"a table", "text/csv", "a;b", "", "text/csv"},
		{"nothing", "", "", "", "application/octet-stream"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := &en16931.Attachment{MIME: c.mime, Content: []byte(c.content)}
			if got := beside(a); got != c.want {
				t.Errorf("shown as %q, want %q", got, c.want)
			}
			if got := mediaOf(a); got != c.fetched {
				t.Errorf("fetched as %q, want %q", got, c.fetched)
			}
		})
	}
}
