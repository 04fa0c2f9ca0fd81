package app

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/op"
	"kontor/kernel/web"
)

// uploading is a form with files, read as the server reads it.
func uploading(t *testing.T, files ...string) *http.Request {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k := 0; k+1 < len(files); k += 2 {
		part, err := w.CreateFormFile("files", files[k])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(files[k+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, checkURL, &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		t.Fatal(err)
	}
	return r
}

const payroll = "#FLAGGA 0\n#PROGRAM Lön 1\n#FORMAT PC8\n#GEN 20260125\n#SIETYP 4\n#FNAMN Kommunen\n" +
	"#VER L 1 20260125\n{\n#TRANS 5010 {} 30200.00\n#TRANS 1930 {} -30100.00\n}\n"

// A file that is tried on the page is told of in words, and leaves nothing behind.
func TestFilesAreTriedOnAPage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		dbtest.Do(t, door, dbtest.Actor("Maja", mayCheck), func(o *op.Op) error {
			a, err := checkUploaded(o, uploading(t, "lön.si", payroll, "rätt.si", strings.Replace(payroll, "30100", "30200", 1), "brev.txt", "Hej"))
			if err != nil {
				return err
			}
			page := render(t, o, a)
			for _, want := range []string{"2 av 3 filer är underkända", "lön.si", "SIE 4I", "Verifikation L 1 den 2026-01-25 balanserar inte", "30\u00a0200,00",
				"brev.txt", "inte känner igen", `id="fil-1"`, `id="fil-3"`, `id="finding-2"`} {
				if !strings.Contains(page, want) {
					t.Errorf("the page lacks %q:\n%s", want, page)
				}
			}
			return nil
		})
		dbtest.Do(t, door, dbtest.Actor("Maja", mayCheck), func(o *op.Op) error {
			if _, err := checkUploaded(o, uploading(t)); fault.Of(err).Code != "WEB-012" {
				t.Errorf("a form without files: %v", err)
			}
			return nil
		})
	})
}

func render(t *testing.T, o *op.Op, a web.Answer) string {
	t.Helper()
	var b bytes.Buffer
	if err := a.Body.Render(o, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
