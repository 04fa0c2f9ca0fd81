package payout

import (
	"errors"
	"net/http"
	"strconv"

	"kontor/books/coding/sheet"
	"kontor/kernel/blob"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/promise/client"
)

const (
	listURL = "/l/payout.requests"
	newURL  = "/utbetalning/ny"
)

func pageURL(key ID) string { return "/utbetalning/" + key.String() }

func pages() []web.Route {
	return []web.Route{
		{Pattern: "GET /utbetalning/ny", Need: MayWrite, Handle: newRequest},
		{Pattern: "POST /utbetalning/ny", Need: MayWrite, Upload: true, Handle: addRequest},
		{Pattern: "GET /utbetalning/{id}", Need: MayRead, Handle: showRequest},
		{Pattern: "GET /utbetalning/{id}/andra", Need: MayWrite, Handle: editRequest},
		{Pattern: "POST /utbetalning/{id}/andra", Need: MayWrite, Upload: true, Handle: saveRequest},
		{Pattern: "GET /utbetalning/{id}/bilaga", Need: MayRead, Handle: file(true)},
		{Pattern: "GET /utbetalning/{id}/bilaga/visa", Need: MayRead, Handle: file(false)},
	}
}

var (
	errNone    = fault.New(fault.NotFound, "PUT-040", "Underlaget finns inte. Sök efter det i listan över utbetalningsunderlag.")
	errVersion = fault.New(fault.Conflict, "PUT-041", "Någon annan har ändrat underlaget under tiden. Läs in sidan igen.")
	errMedia   = fault.New(fault.Invalid, "PUT-042", "Bilagan kan vara en PDF eller en bild. Spara om den och försök igen.")
)

// newRequest asks for the client first, since the codes to choose from are its
// own. Another request can be the beginning: what is paid every month differs in
// its day alone.
func newRequest(o *op.Op, r *http.Request) (web.Answer, error) {
	v := Request{}
	if like := r.FormValue("like"); like != "" {
		was, err := Table.GetText(o, like)
		if err != nil {
			return web.Answer{}, err
		}
		v = Request{Protected: was.Protected, PayeeOrg: was.PayeeOrg, PayeeName: was.PayeeName, BankName: was.BankName, Town: was.Town, Scheme: was.Scheme, Account: was.Account,
			Message: was.Message, Purpose: was.Purpose, Basis: was.Basis, Amount: was.Amount, Lines: was.Lines}
		v.Client = was.Client
	} else if key, err := id.Parse[op.Client](r.FormValue("client")); err == nil {
		v.Client = key
	}
	if v.Client == 0 || !o.Actor.May(MayWrite, v.Client) {
		return chooseClient(o)
	}
	values := valuesOf(&v)
	if v.Scheme == "" {
		delete(values, "scheme") // the form's own default
	}
	return writable(o, &v, values)
}

func chooseClient(o *op.Op) (web.Answer, error) {
	all, err := client.All(o)
	var some []form.Option
	for _, c := range all {
		if o.Actor.May(MayWrite, c.ID) {
			some = append(some, form.Option{Value: c.ID.String(), Label: c.Name})
		}
	}
	head := ui.HeadView{Eyebrow: text.T(o, "Utbetalningsunderlag"), Headline: text.T(o, "För vilken kund?"),
		Intro: ui.Words(text.T(o, "Koderna du kan välja bland är kundens egna."))}
	return web.Answer{Title: head.Eyebrow, Current: listURL, Class: "narrow", Body: chooseBody(head, some)}, err
}

// writable shows a request to write on.
func writable(o *op.Op, v *Request, values form.Values) (web.Answer, error) {
	lines, err := newSheet(o, v.Client)
	if err != nil {
		return web.Answer{}, err
	}
	lines.Show(v.Lines, nil)
	lines.More(2)
	e, err := newEditor(o, v, lines, values, nil)
	if err != nil {
		return web.Answer{}, err
	}
	return editorAnswer(o, e), nil
}

func editorAnswer(o *op.Op, e *editor) web.Answer {
	return web.Answer{Title: text.T(o, "Utbetalningsunderlag"), Current: listURL, Body: editorBody(e)}
}

func addRequest(o *op.Op, r *http.Request) (web.Answer, error) {
	key, err := id.Parse[op.Client](r.FormValue("client"))
	if err != nil {
		return web.Answer{}, errNone.Because("%w", err)
	}
	if err := o.NeedFor(MayWrite, key); err != nil {
		return web.Answer{}, err
	}
	var v Request
	v.Client = key
	return written(o, r, v, func(v *Request) error { return Add(o, v) })
}

func editRequest(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	if v.State != Draft {
		return web.Answer{}, errNotDraft
	}
	return writable(o, &v, valuesOf(&v))
}

func saveRequest(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	version, err := strconv.ParseInt(r.FormValue("version"), 10, 64)
	if err != nil || version != v.Version {
		return web.Answer{}, errVersion.Because("request %s: version %s, now %d", v.ID, r.FormValue("version"), v.Version)
	}
	return written(o, r, v, func(v *Request) error { return Save(o, v) })
}

// written stores what was written, or shows it again with everything that is
// wrong, at its place.
func written(o *op.Op, r *http.Request, v Request, store func(*Request) error) (web.Answer, error) {
	values, wrong, lines, err := fill(o, r.FormValue, &v)
	if err != nil {
		return web.Answer{}, err
	}
	badRows := lines.Problem(o)
	attached := attach(o, r, &v)
	again := func(more int) (web.Answer, error) {
		lines.More(more)
		e, err := newEditor(o, &v, lines, values, wrong)
		if err != nil {
			return web.Answer{}, err
		}
		if f := new(fault.Fault); errors.As(attached, &f) {
			e.FileWrong = text.T(o, f.Text)
			e.Form.Errors = append(e.Form.Errors, ui.FieldError{Text: e.FileWrong})
		}
		if badRows != "" {
			e.Form.Errors = append(e.Form.Errors, ui.FieldError{Text: badRows})
		}
		return editorAnswer(o, e), nil
	}
	if r.FormValue("more") != "" {
		wrong, badRows, attached = nil, "", nil
		lines.Calm()
		return again(4)
	}
	if len(wrong) > 0 || badRows != "" || attached != nil {
		return again(2)
	}
	if err := store(&v); err != nil {
		return web.Answer{}, err
	}
	return web.See(pageURL(v.ID), text.T(o, "Utkastet är sparat.")), nil
}

// fill takes what was written into the request, and says at its place what cannot
// be read: of a field, or of a row on the sheet.
func fill(o *op.Op, value func(field string) string, v *Request) (form.Values, []fault.Field, *sheet.Sheet, error) {
	raw := map[string]string{}
	for _, f := range fields {
		raw[f.Key] = value(f.Key)
	}
	values, wrong, err := readFields(o, raw, v)
	if err != nil {
		return nil, nil, nil, err
	}
	lines, err := newSheet(o, v.Client)
	if err != nil {
		return nil, nil, nil, err
	}
	lines.Only = v.Amount
	v.Lines, _ = lines.Read(o, value)
	return values, wrong, lines, nil
}

// attachable are the documents that can be shown to those who approve, and read
// in ten years.
var attachable = map[string]bool{"application/pdf": true, "image/png": true, "image/jpeg": true}

// attach keeps the document that came with the form, if one did.
func attach(o *op.Op, r *http.Request, v *Request) error {
	all, err := web.Uploads(r, "file")
	if err != nil || len(all) == 0 || len(all[0].Content) == 0 {
		return err
	}
	return Attach(o, v, all[0].Name, all[0].Content)
}

// Attach keeps a document as what a request rests on. The request is stored by
// whoever holds it.
func Attach(o *op.Op, v *Request, name string, content []byte) error {
	media := http.DetectContentType(content)
	if !attachable[media] {
		return errMedia.Because("attachment of %s", media)
	}
	doc := blob.Pack(blob.Document{Media: media, Content: content, Received: o.Now})
	if err := blob.Put(o, doc); err != nil {
		return err
	}
	v.File, v.FileName = doc.Hash(), name
	return nil
}

// file hands the document over, to be saved or to be shown beside the request.
func file(save bool) func(*op.Op, *http.Request) (web.Answer, error) {
	return func(o *op.Op, r *http.Request) (web.Answer, error) {
		v, err := Table.GetText(o, r.PathValue("id"))
		if err != nil {
			return web.Answer{}, err
		}
		if v.File == "" {
			return web.Answer{}, errNone.Because("request %s has no document", v.ID)
		}
		b, err := blob.Get(o, v.File)
		a := web.Answer{File: b.Content, Media: b.Media}
		if save {
			a.Name = v.FileName
		}
		return a, err
	}
}
