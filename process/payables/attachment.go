package payables

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"strconv"

	"kontor/format/einvoice"
	"kontor/format/en16931"
	"kontor/kernel/blob"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
)

// harmless are the media types of attachments that the specification allows;
// anything else is handed over as bytes.
//
// source: Peppol BIS Billing 3, code list PEPPOL-EN16931-CL001
var harmless = map[string]bool{"application/pdf": true, "image/png": true, "image/jpeg": true, "text/csv": true,
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": true, "application/vnd.oasis.opendocument.spreadsheet": true}

// mediaOf is the type that an attachment is handed over as.
func mediaOf(a *en16931.Attachment) string {
	media, _, err := mime.ParseMediaType(a.MIME)
	if err != nil || !harmless[media] {
		return "application/octet-stream"
	}
	return media
}

// beside is the type of an attachment that is shown beside the invoice: a PDF or
// a picture, by what its sender says and by its own first bytes. "" for others,
// which can only be fetched.
func beside(a *en16931.Attachment) string {
	media := mediaOf(a)
	switch media {
	case "application/pdf", "image/png", "image/jpeg":
		if http.DetectContentType(a.Content) == media {
			return media
		}
	}
	return ""
}

func attachmentName(a *en16931.Attachment) string {
	switch {
	case a.Filename != "":
		return a.Filename
	case a.ID != "":
		return a.ID
	}
	return "bilaga"
}

// attachmentViews are the files inside an invoice, with those that can be shown
// ready to be opened beside it.
func attachmentViews(o *op.Op, doc *en16931.Document, base string) []ui.AttachmentView {
	var all []ui.AttachmentView
	for i := range doc.Attachments {
		a := &doc.Attachments[i]
		if a.Content == nil {
			continue
		}
		v := ui.AttachmentView{Label: text.F(o, "Bilaga: %s", attachmentName(a)), Detail: size(len(a.Content)), URL: fmt.Sprintf("%s/bilaga/%d", base, i+1)}
		if media := beside(a); media != "" {
			v.Shown, v.Picture = v.URL+"/visa", media != "application/pdf"
		}
		all = append(all, v)
	}
	return all
}

func oneAttachment(o *op.Op, r *http.Request) (*en16931.Attachment, error) {
	v, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	b, err := blob.Get(o, v.File)
	if err != nil {
		return nil, err
	}
	doc, err := einvoice.Document(b.Content)
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil || n < 1 || n > len(doc.Attachments) || doc.Attachments[n-1].Content == nil {
		return nil, errNoInvoice.Because("no attachment %s", r.PathValue("n"))
	}
	return &doc.Attachments[n-1], nil
}

// attachment hands a file over to be saved.
func attachment(o *op.Op, r *http.Request) (web.Answer, error) {
	a, err := oneAttachment(o, r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Answer{File: bytes.Clone(a.Content), Media: mediaOf(a), Name: attachmentName(a)}, nil
}

// shownAttachment hands a PDF or a picture over to the frame beside the invoice.
func shownAttachment(o *op.Op, r *http.Request) (web.Answer, error) {
	a, err := oneAttachment(o, r)
	if err != nil {
		return web.Answer{}, err
	}
	media := beside(a)
	if media == "" {
		return web.Answer{}, errNoInvoice.Because("attachment %s is no picture and no PDF", r.PathValue("n"))
	}
	return web.Answer{File: bytes.Clone(a.Content), Media: media}, nil
}
