package intake

import (
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"kontor/kernel/blob"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/process/payables"
)

func pages() []web.Route {
	return []web.Route{
		{Pattern: "GET /inlasning", Need: payables.MayImport, Handle: showUpload},
		{Pattern: "POST /inlasning", Need: payables.MayImport, Upload: true, Handle: upload},
		{Pattern: "GET /inlasning/{id}", Need: payables.MayImport, Handle: showBatch},
		{Pattern: "GET " + tryURL, Need: payables.MayHandle, Handle: tryRoute},
		{Pattern: "GET /fil/{id}", Need: payables.MayImport, Handle: showFile},
		{Pattern: "GET /fil/{id}/original", Need: payables.MayImport, Handle: original},
		{Pattern: "POST /fil/{id}/{step}", Need: payables.MayImport, Handle: fileStep},
	}
}

const batchesURL = "/l/payables.batches"

func showUpload(o *op.Op, _ *http.Request) (web.Answer, error) {
	head := ui.HeadView{Eyebrow: text.T(o, "Leverantörsreskontra"), Headline: text.T(o, "Läs in fakturafiler"),
		Intro: ui.Words(text.T(o, "Varje fil sparas byte för byte innan den läses. Det som inte kan bli en faktura hamnar i listan över filer som föll ut."))}
	links := []ui.Link{{Label: text.T(o, "Filer som föll ut"), URL: "/l/payables.fallout"}, {Label: text.T(o, "Alla inläsningar"), URL: batchesURL}}
	return web.Answer{Title: text.T(o, "Läs in fakturafiler"), Current: batchesURL, Class: "narrow", Body: uploadBody(head, links)}, nil
}

func upload(o *op.Op, r *http.Request) (web.Answer, error) {
	files, err := web.NeedUploads(r, "files")
	if err != nil {
		return web.Answer{}, err
	}
	day := period.DateOf(o.Now)
	var drafts []*Draft
	for _, f := range files {
		if strings.EqualFold(path.Ext(f.Name), ".zip") {
			papers, err := scanned(f.Name, f.Content, day)
			if err != nil {
				return web.Answer{}, err
			}
			drafts = append(drafts, papers...)
			continue
		}
		d := Read(f.Name, f.Content, day)
		if len(f.Content) > SizeMost {
			d.Refused = tooLarge(int64(len(f.Content)), SizeMost)
		}
		drafts = append(drafts, d)
	}
	b, _, err := Receive(o, text.F(o, "Uppladdat av %s", o.Actor.Name), drafts...)
	return web.See("/inlasning/"+b.ID.String(), batchWords(o, b)), err
}

func batchWords(o *op.Op, b Batch) string {
	words := text.N(o, b.Imported, "%s faktura registrerad.", "%s fakturor registrerade.")
	if held := b.Held - b.Already; held > 0 {
		words += " " + text.N(o, held, "%s stoppad.", "%s stoppade.")
	}
	if b.Already > 0 {
		words += " " + text.N(o, b.Already, "%s var redan inläst och räknas inte igen.", "%s var redan inlästa och räknas inte igen.")
	}
	if b.Failed > 0 {
		words += " " + text.N(o, b.Failed, "%s kunde inte läsas.", "%s kunde inte läsas.")
	}
	return words
}

// falloutShown is how many files a run's page lists; the list has them all.
const falloutShown = 50

func showBatch(o *op.Op, r *http.Request) (web.Answer, error) {
	key, err := id.Parse[Batch](r.PathValue("id"))
	if err != nil {
		return web.Answer{}, errNoFile.Because("%w", err)
	}
	b, err := GetBatch(o, key)
	if err != nil {
		return web.Answer{}, err
	}
	p := progressOf(o, b)
	if r.FormValue("part") != "" {
		return web.Answer{Part: true, Body: ui.Progress(p)}, nil
	}
	files, err := filesOf.All(o, b.ID, falloutShown)
	if err != nil {
		return web.Answer{}, err
	}
	table := ui.TableView{Caption: text.T(o, "Filer som föll ut"), Columns: []ui.Col{{Label: text.T(o, "Fil")}, {Label: text.T(o, "Läge")}, {Label: text.T(o, "Vad som är fel")}}}
	for _, f := range files {
		table.Rows = append(table.Rows, ui.Row{URL: "/fil/" + f.ID.String(), Cells: []ui.Cell{{Text: short(f.Name)},
			{Text: text.T(o, form.Word(fileStates, f.State)), Kind: ui.CellStatus, Status: shapeOf(f.State)}, {Text: text.Stored(o, f.Note)}}})
	}
	if b.fell() > int64(len(files)) {
		table.Links = []ui.Link{{Label: text.T(o, "Visa alla"), URL: "/l/payables.fallout?view=all&batch=" + b.ID.String()}}
	}
	head := ui.HeadView{Eyebrow: text.F(o, "Inläsning %s", web.Moment(b.Started)), Headline: batchWords(o, b)}
	return web.Answer{Title: text.T(o, "Inläsning"), Current: batchesURL, Class: "reading", Body: batchBody(head, p, table)}, nil
}

func progressOf(o *op.Op, b Batch) ui.ProgressView {
	p := ui.ProgressView{Label: b.Name, Done: b.Done(), Total: b.Total, Finished: !b.Ended.IsZero(), Status: ui.Near, Word: text.T(o, "pågår"),
		Poll: "/inlasning/" + b.ID.String() + "?part=1", Links: []ui.Link{{Label: text.T(o, "Filer som föll ut"), URL: "/l/payables.fallout?view=all&batch=" + b.ID.String()}}}
	if fell := b.fell(); fell > 0 {
		p.Failed = ui.Figure{Text: text.Int(fell), URL: p.Links[0].URL}
	}
	last := b.Seen
	if p.Finished {
		p.Status, p.Word, last = ui.OK, text.T(o, "klar"), b.Ended
	}
	ran := last.Sub(b.Started)
	if ran >= time.Second && b.Done() > 0 {
		rate := int64(time.Duration(b.Done()) * time.Second / ran)
		p.Rate = text.F(o, "%s i sekunden", text.Int(rate))
		if left := b.Total - b.Done(); !p.Finished && rate > 0 {
			p.Left = text.F(o, "ungefär %s kvar", time.Duration(left/rate)*time.Second)
		}
	}
	return p
}

func shapeOf(s FileState) ui.StatusKind {
	switch s {
	case Imported:
		return ui.OK
	case Held:
		return ui.Near
	case Dismissed:
		return ui.None
	}
	return ui.Miss
}

func showFile(o *op.Op, r *http.Request) (web.Answer, error) {
	f, err := fileByKey(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	p := &filePage{Head: ui.HeadView{Eyebrow: text.T(o, "Mottagen fil") + " · " + short(f.Name), Headline: text.T(o, form.Word(fileStates, f.State)), Intro: ui.Words(text.Stored(o, f.Note))}, Version: strconv.FormatInt(f.Version, 10)}
	p.Facts = []ui.Definition{
		{Term: text.T(o, "Läge"), Text: ui.Words(text.T(o, form.Word(fileStates, f.State))), Status: shapeOf(f.State)},
		{Term: text.T(o, "Kom in"), Text: ui.Words(web.Moment(f.Received))},
		{Term: text.T(o, "Storlek"), Text: ui.Words(text.F(o, "%s byte", text.Int(f.Size)))},
		{Term: text.T(o, "Försök"), Text: ui.Words(text.Int(f.Attempts))},
	}
	if f.Code != "" {
		p.Facts = append(p.Facts, ui.Definition{Term: text.T(o, "Kod"), Text: ui.Words(f.Code)})
	}
	if f.Invoice != 0 {
		p.Facts = append(p.Facts, ui.Definition{Term: text.T(o, "Faktura"), Text: ui.Prose{{Text: text.T(o, "Visa fakturan"), URL: "/payables/" + f.Invoice.String()}}})
	}
	if len(f.Hash) == 64 {
		p.Facts = append(p.Facts, ui.Definition{Term: text.T(o, "Innehåll"), Text: ui.Prose{{Text: text.T(o, "Hämta filen"), URL: "/fil/" + f.ID.String() + "/original"}}})
	}
	if f.State == Unrouted || f.State == Failed {
		p.URL = "/fil/" + f.ID.String()
		if f.State == Unrouted {
			p.Assign = "/f/payables.assign/" + f.ID.String()
		}
	}
	return web.Answer{Title: short(f.Name), Current: batchesURL, Class: "reading", Body: fileBody(p)}, nil
}

func original(o *op.Op, r *http.Request) (web.Answer, error) {
	f, err := fileByKey(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	// The bytes of a client's invoice are that client's.
	if f.Client != 0 {
		if err := o.NeedFor(payables.MayRead, f.Client); err != nil {
			return web.Answer{}, err
		}
	}
	b, err := blob.Get(o, f.Hash)
	return web.Answer{File: b.Content, Media: "application/octet-stream", Name: f.ID.String() + ".xml"}, err
}

func fileStep(o *op.Op, r *http.Request) (web.Answer, error) {
	f, err := fileByKey(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	version, err := strconv.ParseInt(r.FormValue("version"), 10, 64)
	if err != nil {
		return web.Answer{}, errOldFile.Because("%w", err)
	}
	back := "/fil/" + f.ID.String()
	switch step := r.PathValue("step"); step {
	case "rerun":
		f, err = Rerun(o, f.ID, version, 0)
		if err != nil {
			return web.Answer{}, err
		}
		words := text.T(o, "Filen är registrerad.")
		if f.State != Imported {
			words = f.Note
		}
		return web.See(back, words), nil
	case "dismiss":
		why := strings.TrimSpace(r.FormValue("why"))
		if why == "" {
			return web.Answer{}, errWhy
		}
		return web.See("/l/payables.fallout", text.T(o, "Filen är avfärdad.")), Dismiss(o, f.ID, version, why)
	default:
		return web.Answer{}, errNoFile.Because("%w", fmt.Errorf("no step %s", step))
	}
}

var errWhy = fault.New(fault.Invalid, "PAY-F41", "Skriv varför filen avfärdas. Skälet står kvar i loggen.")
