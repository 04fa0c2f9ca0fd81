// Package webtest visits the pages of a module in a test, as the server does.
//
// # Not here
//
// Sessions, the frame of the page and what the middleware refuses: the tests of
// kernel/web have the whole site.
package webtest

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kontor/kernel/op"
	"kontor/kernel/web"
)

// Visit asks for an address among pages as the actor, or posts a form to it when
// there are values, and returns what the page says. The value of "file" is sent as
// an attachment.
func Visit(t testing.TB, pages []web.Route, d *op.Door, a op.Actor, address string, values map[string]string) (answer web.Answer, body string, err error) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	if values != nil {
		r = posted(t, address, values)
	}
	mux := http.NewServeMux()
	var out bytes.Buffer
	for _, route := range pages {
		mux.HandleFunc(route.Pattern, func(_ http.ResponseWriter, r *http.Request) {
			err = d.Do(t.Context(), a, func(o *op.Op) (err error) {
				if err = o.Need(route.Need); err != nil {
					return err
				}
				if answer, err = route.Handle(o, r); err != nil || answer.Body == nil {
					return err
				}
				return answer.Body.Render(o, &out)
			})
		})
	}
	w := httptest.NewRecorder()
	if mux.ServeHTTP(w, r); w.Code != http.StatusOK {
		t.Fatalf("%s: there is no such page", address)
	}
	return answer, out.String(), err
}

func posted(t testing.TB, address string, values map[string]string) *http.Request {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for k, v := range values {
		kind := form.CreateFormField
		if k == "file" {
			kind = func(k string) (io.Writer, error) { return form.CreateFormFile(k, "bilaga.pdf") }
		}
		field, err := kind(k)
		if err == nil {
			_, err = io.WriteString(field, v)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, address, &b)
	r.Header.Set("Content-Type", form.FormDataContentType())
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		t.Fatal(err)
	}
	return r
}

// Says holds the words that a page must say against it, and that nothing is in it
// which the content security policy forbids or a sentence lacks.
func Says(t testing.TB, body string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(body, w) {
			t.Errorf("%q is not in\n%.2500s", w, body)
		}
	}
	for _, bad := range []string{" style=", "%!", "<script"} {
		if strings.Contains(body, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
}
