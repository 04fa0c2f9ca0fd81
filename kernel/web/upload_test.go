package web

import (
	"bytes"
	"errors"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
)

func TestUploads(t *testing.T) {
	request := func(files ...string) *http.Request {
		var body bytes.Buffer
		m := multipart.NewWriter(&body)
		for _, name := range files {
			w, err := m.CreateFormFile("files", name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write([]byte("in " + name)); err != nil {
				t.Fatal(err)
			}
		}
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, "/", &body)
		r.Header.Set("Content-Type", m.FormDataContentType())
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			t.Fatal(err)
		}
		return r
	}
	for _, c := range []struct {
		name  string
		r     *http.Request
		field string
		want  []string
		need  error
	}{
		{"all of a field, in order", request("b.si", "a.si"), "files", []string{"b.si", "a.si"}, nil},
		{"none of another field", request("b.si"), "file", nil, errNoUpload},
		{"none of a form without files", request(), "files", nil, errNoUpload},
		{"none of a form that could not carry files", httptest.NewRequest(http.MethodPost, "/", nil), "files", nil, errNoUpload},
	} {
		t.Run(c.name, func(t *testing.T) {
			all, err := Uploads(c.r, c.field)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, u := range all {
				if got = append(got, u.Name); string(u.Content) != "in "+u.Name {
					t.Errorf("%s holds %q", u.Name, u.Content)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
			if _, err := NeedUploads(c.r, c.field); !errors.Is(err, c.need) {
				t.Errorf("when a file is needed: %v, want %v", err, c.need)
			}
		})
	}
}
