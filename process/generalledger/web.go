package generalledger

import (
	"net/http"
	"strconv"

	"kontor/books/coding"
	"kontor/books/coding/sheet"
	"kontor/books/ledger"
	"kontor/kernel/blob"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/kernel/work"
	"kontor/promise/client"
)

const ordersURL = "/l/generalledger.orders"

func pages() []web.Route {
	return []web.Route{
		{Pattern: "GET /bokforingsorder/ny", Need: MayWrite, Handle: newOrder(Journal)},
		{Pattern: "POST /bokforingsorder/ny", Need: MayWrite, Upload: true, Handle: addOrder(Journal)},
		{Pattern: "GET /interndebitering/ny", Need: MayWrite, Handle: newOrder(Charge)},
		{Pattern: "POST /interndebitering/ny", Need: MayWrite, Upload: true, Handle: addOrder(Charge)},
		{Pattern: "GET /bokforingsorder/{id}", Need: MayRead, Handle: showOrder},
		{Pattern: "GET /bokforingsorder/{id}/andra", Need: MayWrite, Handle: editOrder},
		{Pattern: "POST /bokforingsorder/{id}/andra", Need: MayWrite, Upload: true, Handle: saveOrder},
		{Pattern: "GET /bokforingsorder/{id}/bilaga", Need: MayRead, Handle: orderFile},
	}
}

var (
	errNoOrder = fault.New(fault.NotFound, "GEN-040", "Ordern finns inte. Sök efter den i listan över bokföringsordrar.")
	errVersion = fault.New(fault.Conflict, "GEN-041", "Någon annan har ändrat ordern under tiden. Läs in sidan igen.")
	errMedia   = fault.New(fault.Invalid, "GEN-042", "Bilagan kan vara en PDF, en bild, ett kalkylark eller en textfil. Spara om den och försök igen.")
)

// clientsWith are the clients for which the actor holds a permission.
func clientsWith(o *op.Op, p op.Permission) ([]form.Option, error) {
	all, err := client.All(o)
	var some []form.Option
	for _, c := range all {
		if o.Actor.May(p, c.ID) {
			some = append(some, form.Option{Value: c.ID.String(), Label: c.Name})
		}
	}
	return some, err
}

// newOrder asks for the client first, since the codes to choose from are its own.
func newOrder(k Kind) func(*op.Op, *http.Request) (web.Answer, error) {
	return func(o *op.Op, r *http.Request) (web.Answer, error) {
		v := Order{Kind: k, Date: period.DateOf(o.Now), Channel: work.Electronic}
		key, err := id.Parse[op.Client](r.FormValue("client"))
		if err != nil || !o.Actor.May(MayWrite, key) {
			return chooseClient(o, k)
		}
		v.Client = key
		if other, err := id.Parse[op.Client](r.FormValue("seller")); err == nil && k == Charge {
			v.Other = other
		}
		e, err := newEditor(o, v)
		if err != nil {
			return web.Answer{}, err
		}
		e.Sheet.More(4)
		if k == Charge {
			if err := prefill(o, e, &v); err != nil {
				return web.Answer{}, err
			}
		}
		return editorAnswer(o, e), nil
	}
}

// prefill puts the usual accounts into the first row.
func prefill(o *op.Op, e *editor, v *Order) error {
	if err := loadSides(o, v); err != nil {
		return err
	}
	for j, c := range e.Sheet.Columns {
		switch c.Name {
		case "income":
			e.Sheet.Rows[0].Values[j] = v.Income
		case "account":
			e.Sheet.Rows[0].Values[j] = v.Cost
		}
	}
	return nil
}

func chooseClient(o *op.Op, k Kind) (web.Answer, error) {
	clients, err := clientsWith(o, MayWrite)
	v := chooseView{URL: "/" + pathOf(k) + "/ny", Clients: clients, Charge: k == Charge, Head: ui.HeadView{
		Eyebrow: text.T(o, k.Word()), Headline: text.T(o, "För vilken kund?"),
		Intro: ui.Words(text.T(o, "Koderna du kan välja bland är kundens egna.")),
	}}
	if k == Charge {
		v.Head.Headline = text.T(o, "Vem köper och vem säljer?")
		v.Head.Intro = ui.Words(text.T(o, "Köparens attestant attesterar. Bolag är egna juridiska personer och får en kundfaktura i stället."))
		if err == nil {
			v.Sellers, err = sellers(o, 0)
		}
	}
	return web.Answer{Title: k.Word(), Current: ordersURL, Class: "narrow", Body: chooseBody(v)}, err
}

func editorAnswer(o *op.Op, e *editor) web.Answer {
	return web.Answer{Title: text.T(o, e.Kind.Word()), Current: ordersURL, Body: editorBody(e)}
}

func addOrder(k Kind) func(*op.Op, *http.Request) (web.Answer, error) {
	return func(o *op.Op, r *http.Request) (web.Answer, error) {
		key, err := id.Parse[op.Client](r.FormValue("client"))
		if err != nil {
			return web.Answer{}, errNoOrder.Because("%w", err)
		}
		v := Order{Kind: k}
		v.Client = key
		if err := o.NeedFor(MayWrite, key); err != nil {
			return web.Answer{}, err
		}
		return written(o, r, v, func(v *Order) error { return Add(o, v) })
	}
}

func editOrder(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	if v.State != Draft {
		return web.Answer{}, errNotDraft
	}
	if v.Kind == Closing {
		return web.Answer{}, errComputed
	}
	e, err := newEditor(o, v)
	if err != nil {
		return web.Answer{}, err
	}
	e.Sheet.Show(v.Lines, v.OtherLines)
	e.Sheet.More(2)
	return editorAnswer(o, e), nil
}

func saveOrder(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	version, err := strconv.ParseInt(r.FormValue("version"), 10, 64)
	if err != nil || version != v.Version {
		return web.Answer{}, errVersion.Because("order %s: version %s, now %d", v.ID, r.FormValue("version"), v.Version)
	}
	return written(o, r, v, func(v *Order) error { return Save(o, v) })
}

// written stores what was written, or shows it again with everything that
// cannot be read, at its place.
func written(o *op.Op, r *http.Request, v Order, store func(*Order) error) (web.Answer, error) {
	if v.Kind == Charge {
		v.Other = 0
		if other, err := id.Parse[op.Client](r.FormValue("seller")); err == nil {
			v.Other = other
		}
	}
	e, err := newEditor(o, v)
	if err != nil {
		return web.Answer{}, err
	}
	e.read(o, r.FormValue, &v)
	if v.Kind == Charge && (v.Other == 0 || v.Other == v.Client) {
		f := errSides
		e.SideWrong, e.Wrong = text.T(o, f.Text), text.T(o, f.Text)
	}
	if r.FormValue("more") != "" {
		e.Wrong, e.DateWrong, e.SideWrong = "", "", ""
		e.Sheet.Calm()
		e.Sheet.More(5)
		return editorAnswer(o, e), nil
	}
	if err := attach(o, r, &v); err != nil {
		e.Wrong = sayFault(o, err)
	}
	if e.Wrong != "" {
		e.Sheet.More(2)
		return editorAnswer(o, e), nil
	}
	if err := store(&v); err != nil {
		return web.Answer{}, err
	}
	return web.See("/bokforingsorder/"+v.ID.String(), text.T(o, "Utkastet är sparat.")), nil
}

func sayFault(o *op.Op, err error) string {
	f := fault.Of(err)
	return text.F(o, f.Text, f.Args...)
}

// attachable are the attachments that can be read in ten years.
var attachable = map[string]bool{
	"application/pdf": true, "image/png": true, "image/jpeg": true, "text/plain; charset=utf-8": true, "text/plain": true,
	"application/zip": true, // what the spreadsheets of today are
}

// attach keeps the attachment that came with the form, if one did.
func attach(o *op.Op, r *http.Request, v *Order) error {
	files, err := web.Uploads(r, "file")
	if err != nil || len(files) == 0 || len(files[0].Content) == 0 {
		return err
	}
	b := files[0].Content
	media := http.DetectContentType(b)
	if !attachable[media] {
		return errMedia.Because("attachment of %s", media)
	}
	doc := blob.Pack(blob.Document{Media: media, Content: b, Received: o.Now})
	if err := blob.Put(o, doc); err != nil {
		return err
	}
	v.File, v.FileName = doc.Hash(), files[0].Name
	return nil
}

func orderFile(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	b, err := blob.Get(o, v.File)
	return web.Answer{File: b.Content, Media: b.Media, Name: v.FileName}, err
}

type orderView struct {
	Head    ui.HeadView
	Sides   []ui.TableView
	Facts   []ui.Definition
	History []ui.HistoryLine
	Problem string // what keeps it from being posted
}

func showOrder(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := Table.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	page, err := orderPage(o, v)
	if err != nil {
		return web.Answer{}, err
	}
	bar, err := web.Actions(o, Life.Name, v.ID.String(), v.Version, Table.Buttons(o, v))
	for i := range bar.Buttons {
		b := &bar.Buttons[i]
		b.Quiet = b.Step == "withdraw" || b.Step == "fetch" || b.Step == "reverse"
	}
	return web.Answer{Title: v.Number, Current: ordersURL, Class: "it", Body: orderBody(page), Actions: bar}, err
}

func orderPage(o *op.Op, v Order) (p orderView, err error) {
	names, err := client.Names(o)
	if err != nil {
		return p, err
	}
	lines, err := Table.History(o, &v)
	if err != nil {
		return p, err
	}
	p.History = web.History(o, lines)
	p.Head = ui.HeadView{Eyebrow: text.T(o, v.Kind.Word()) + " " + v.Number + " · " + names[v.Client], Headline: v.Text}
	if v.State == Draft && v.Kind != Closing && o.Actor.May(MayWrite, v.Client) {
		p.Head.Links = []ui.Link{{Label: text.T(o, "Ändra"), URL: "/bokforingsorder/" + v.ID.String() + "/andra", Key: "E"}}
	}
	if v.State == Draft || v.State == Sent {
		if err := Check(v); err != nil {
			p.Problem = sayFault(o, err)
		}
	}
	own, other := Sides(v)
	type side struct {
		of      op.ClientID
		name    string
		lines   []coding.Line
		voucher ledger.ID
	}
	sides := []side{{v.Client, names[v.Client], own, v.Voucher}, {v.Other, names[v.Other], other, v.OtherVoucher}}
	if v.Kind == Closing {
		sides = []side{{v.Client, v.Date.String(), v.Lines, v.Voucher}, {v.Client, v.Date.AddDays(1).String(), v.OtherLines, v.OtherVoucher}}
	}
	for _, s := range sides {
		if s.of == 0 {
			continue
		}
		t, err := sideTable(o, s.of, s.name, s.lines, s.voucher)
		if err != nil {
			return p, err
		}
		p.Sides = append(p.Sides, t)
	}
	p.Facts = facts(o, v)
	return p, nil
}

func facts(o *op.Op, v Order) []ui.Definition {
	label := Life.Label(v.State)
	all := []ui.Definition{
		{Term: text.T(o, "Läge"), Text: ui.Words(text.T(o, label.Word)), Status: ui.StatusOf(label.Kind)},
		{Term: text.T(o, "Bokföringsdatum"), Text: ui.Words(v.Date.String())},
	}
	if v.FileName != "" {
		all = append(all, ui.Definition{Term: text.T(o, "Bilaga"), Text: ui.Prose{{Text: v.FileName, URL: "/bokforingsorder/" + v.ID.String() + "/bilaga"}}})
	}
	if v.Register != 0 {
		all = append(all, ui.Definition{Term: text.T(o, "Attesträtt"), Text: ui.Words(text.F(o, "Attestförteckningen, version %d", v.Register))})
	}
	return all
}

// sideTable is what is posted at one client; the voucher opens when there is one.
func sideTable(o *op.Op, of op.ClientID, name string, lines []coding.Line, voucher ledger.ID) (ui.TableView, error) {
	plan, err := coding.Load(o, of)
	if err != nil {
		return ui.TableView{}, err
	}
	t := sheet.Shown(o, name, plan, journalColumns, lines)
	if voucher != 0 && o.Actor.May("ledger.read", of) {
		t.Links = []ui.Link{{Label: text.T(o, "Visa verifikationen"), URL: ledger.URL(voucher)}}
	}
	return t, nil
}
