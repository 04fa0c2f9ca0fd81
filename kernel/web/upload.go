package web

import (
	"errors"
	"io"
	"net/http"

	"kontor/kernel/fault"
)

// Upload is a file that came with a form.
type Upload struct {
	Name    string // as the browser called it
	Content []byte
}

var errNoUpload = fault.New(fault.Invalid, "WEB-012", "Ingen fil kom med. Välj en fil och försök igen.")

// Uploads are the files of a field of a form. Nothing chosen is none.
func Uploads(r *http.Request, field string) ([]Upload, error) {
	if r.MultipartForm == nil {
		return nil, nil
	}
	var all []Upload
	for _, h := range r.MultipartForm.File[field] {
		f, err := h.Open()
		if err != nil {
			return nil, err
		}
		b, err := io.ReadAll(f)
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
		all = append(all, Upload{h.Filename, b})
	}
	return all, nil
}

// NeedUploads is Uploads of a form that is nothing without a file.
func NeedUploads(r *http.Request, field string) ([]Upload, error) {
	all, err := Uploads(r, field)
	if err == nil && len(all) == 0 {
		err = errNoUpload
	}
	return all, err
}
