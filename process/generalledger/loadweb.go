package generalledger

import (
	"bytes"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/format/sie"
	"kontor/kernel/blob"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/promise/client"
)

const (
	loadsURL        = "/l/generalledger.loads"
	publicationsURL = "/l/generalledger.publications"
)

func loadPages() []web.Route {
	return []web.Route{
		{Pattern: "GET /ingaende-balans", Need: MayLoad, Handle: openingPage},
		{Pattern: "POST /ingaende-balans", Need: MayLoad, Upload: true, Handle: loadOpening},
		{Pattern: "GET /forsystemsfil", Need: MayLoad, Handle: feederPage},
		{Pattern: "POST /forsystemsfil", Need: MayLoad, Upload: true, Handle: loadFeeder},
		{Pattern: "GET /bokforing/export", Need: "ledger.read", Handle: exportPage},
		{Pattern: "GET /bokforing/export/{client}/{year}", Need: "ledger.read", Handle: exportFile},
		{Pattern: "GET /oppen-reskontra/{id}", Need: "ledger.read", Handle: publicationFile},
		web.RecordPage("GET /bokforingsfil/{id}", Loads, sayLoad),
		{Pattern: "GET /bokforingsfil/{id}/original", Need: MayRead, Handle: loadFile},
	}
}

func sayLoad(o *op.Op, l Load) (web.Shown, error) {
	of, err := client.Get(o, l.Client)
	s := web.Shown{
		Eyebrow: text.T(o, form.Word(LoadKinds, l.Kind)) + " · " + of.Name, Headline: l.Name, Current: loadsURL,
		Facts: []ui.Definition{
			{Term: text.T(o, "Inläst av"), Text: ui.Words(l.By)},
			{Term: text.T(o, "Bokförda verifikationer"), Text: ui.Prose{{
				Text: text.Int(l.Vouchers), URL: "/l/ledger.vouchers?client=" + l.Client.String() + "&document=" + id.Text(int64(l.ID)), Figure: true,
			}}},
			{Term: text.T(o, "Redan bokförda"), Text: ui.Words(text.Int(l.Already))},
			{Term: text.T(o, "Omslutning"), Text: ui.Words(text.F(o, "%s kr", l.Debit))},
			{Term: text.T(o, "Filen"), Text: ui.Prose{{Text: text.T(o, "Hämta filen som den kom"), URL: "/bokforingsfil/" + l.ID.String() + "/original"}}},
		},
		Parts: []web.Text{{Heading: text.T(o, "Vad som hände"), Text: l.Note}},
	}
	return s, err
}

func loadFile(o *op.Op, r *http.Request) (web.Answer, error) {
	l, err := Loads.GetText(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	b, err := blob.Get(o, l.Hash)
	return web.Answer{File: b.Content, Media: b.Media, Name: l.Name}, err
}

type openingView struct {
	Head                       ui.HeadView
	Clients                    []form.Option
	Client, Year, Interim, Why string
	Wrong                      string
	Table                      ui.TableView
	Asks                       bool // an explanation is asked for
}

func openingForm(o *op.Op, r *http.Request) (openingView, error) {
	clients, err := clientsWith(o, MayLoad)
	v := openingView{
		Clients: clients, Client: r.FormValue("client"), Year: r.FormValue("year"), Interim: strings.TrimSpace(r.FormValue("interim")), Why: strings.TrimSpace(r.FormValue("why")),
		Head: ui.HeadView{
			Eyebrow: text.T(o, "Huvudbok"), Headline: text.T(o, "Läs in ingående balanser"),
			Intro: ui.Words(text.T(o, "En fil med rubrikerna konto och belopp, och gärna ansvar, projekt, motpart och objekt, eller en SIE-fil. Läses samma år in igen bokförs bara det som skiljer.")),
		},
	}
	if v.Year == "" {
		v.Year = strconv.Itoa(period.DateOf(o.Now).Year())
	}
	return v, err
}

func openingAnswer(o *op.Op, v openingView) web.Answer {
	return web.Answer{Title: text.T(o, "Ingående balanser"), Current: loadsURL, Class: "narrow", Body: openingBody(v)}
}

func openingPage(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := openingForm(o, r)
	return openingAnswer(o, v), err
}

// uploaded is the one file of a form.
func uploaded(r *http.Request) (File, error) {
	files, err := web.NeedUploads(r, "file")
	if err != nil {
		return File{}, err
	}
	return File(files[0]), nil
}

// loadOpening loads the file, or shows the form again with what is wrong with
// it: all differences when the books close otherwise.
func loadOpening(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := openingForm(o, r)
	if err != nil {
		return web.Answer{}, err
	}
	in := OpeningOrder{Interim: v.Interim, Why: v.Why}
	if in.Client, err = id.Parse[op.Client](v.Client); err != nil {
		return web.Answer{}, errNoOrder.Because("%w", err)
	}
	if in.Year, err = strconv.ParseInt(v.Year, 10, 64); err != nil || in.Year < 1950 || in.Year > 2999 {
		v.Wrong = text.T(o, "Skriv ett år med fyra siffror.")
		return openingAnswer(o, v), nil
	}
	if in.File, err = uploaded(r); err != nil {
		v.Wrong = sayFault(o, err)
		return openingAnswer(o, v), nil
	}
	var l *Load
	var diff []Difference
	err = o.Try(func() (err error) {
		l, diff, err = LoadOpening(o, in)
		return err
	})
	if f := new(fault.Fault); errors.As(err, &f) && (f.Kind == fault.Invalid || f.Kind == fault.Conflict) {
		v.Wrong, v.Asks = sayFault(o, f), errors.Is(err, ErrOpeningBooks)
		if v.Table, err = differenceTable(o, in, diff); err != nil {
			return web.Answer{}, err
		}
		return openingAnswer(o, v), nil
	}
	if err != nil {
		return web.Answer{}, err
	}
	return web.See("/bokforingsfil/"+l.ID.String(), l.Note), nil
}

func differenceTable(o *op.Op, in OpeningOrder, diff []Difference) (ui.TableView, error) {
	plan, err := coding.Load(o, in.Client)
	t := ui.TableView{Caption: text.T(o, "Det som skiljer"), Titled: true, Columns: []ui.Col{
		{Label: text.T(o, "Konto")},
		{Label: text.T(o, "Ansvar"), Kind: ui.CellCode},
		{Label: text.T(o, "Motpart"), Kind: ui.CellCode},
		{Label: text.T(o, "Filen, kr"), Kind: ui.CellMoney},
		{Label: text.T(o, "Bokslutet, kr"), Kind: ui.CellMoney},
		{Label: text.T(o, "Skillnad, kr"), Kind: ui.CellMoney},
	}}
	if err != nil {
		return t, err
	}
	for i := range diff {
		d := &diff[i]
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{
			{Text: d.Account + " " + plan.Name(coding.Account, d.Account)}, {Text: d.Unit}, {Text: d.Counterpart},
			{Text: d.File.String()}, {Text: d.Books.String()}, {Text: d.Amount.String()},
		}})
	}
	return t, nil
}

type feederView struct {
	Head    ui.HeadView
	Clients []form.Option
	Client  string
	Wrong   string
	Marked  bool // the file is marked as imported: ask
}

func feederForm(o *op.Op, r *http.Request) (feederView, error) {
	clients, err := clientsWith(o, MayLoad)
	return feederView{Clients: clients, Client: r.FormValue("client"), Head: ui.HeadView{
		Eyebrow: text.T(o, "Huvudbok"), Headline: text.T(o, "Läs in en fil från ett försystem"),
		Intro: ui.Words(text.T(o, "SIE 4I. Filen läses in hel eller inte alls, och det som redan är bokfört bokförs inte igen.")),
	}}, err
}

func feederAnswer(o *op.Op, v feederView) web.Answer {
	return web.Answer{Title: text.T(o, "Försystemsfil"), Current: loadsURL, Class: "narrow", Body: feederBody(v)}
}

func feederPage(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := feederForm(o, r)
	return feederAnswer(o, v), err
}

func loadFeeder(o *op.Op, r *http.Request) (web.Answer, error) {
	v, err := feederForm(o, r)
	if err != nil {
		return web.Answer{}, err
	}
	in := FeederOrder{Marked: r.FormValue("marked") != ""}
	if in.Client, err = id.Parse[op.Client](v.Client); err != nil {
		return web.Answer{}, errNoOrder.Because("%w", err)
	}
	if in.File, err = uploaded(r); err != nil {
		v.Wrong = sayFault(o, err)
		return feederAnswer(o, v), nil
	}
	var l *Load
	err = o.Try(func() (err error) {
		l, err = LoadFeeder(o, in)
		return err
	})
	if f := new(fault.Fault); errors.As(err, &f) && (f.Kind == fault.Invalid || f.Kind == fault.Conflict) {
		v.Wrong, v.Marked = sayFault(o, f), errors.Is(err, ErrFeederFlag)
		return feederAnswer(o, v), nil
	}
	if err != nil {
		return web.Answer{}, err
	}
	return web.See("/bokforingsfil/"+l.ID.String(), l.Note), nil
}

// exportPage lists the years that can be taken out as files.
func exportPage(o *op.Op, _ *http.Request) (web.Answer, error) {
	clients, err := client.All(o)
	if err != nil {
		return web.Answer{}, err
	}
	t := ui.TableView{Caption: text.T(o, "Bokföringen som filer"), Columns: []ui.Col{
		{Label: text.T(o, "Kund")}, {Label: text.T(o, "År"), Kind: ui.CellCode}, {Label: text.T(o, "SIE 4E"), Kind: ui.CellLink}, {Label: text.T(o, "hledger"), Kind: ui.CellLink},
	}, Empty: ui.Empty{Heading: text.T(o, "Inget är bokfört"), Text: text.T(o, "Här står kunderna så snart något är bokfört.")}}
	for _, c := range clients {
		if !o.Actor.May("ledger.read", c.ID) {
			continue
		}
		years, err := ledger.Years(o, c.ID)
		if err != nil {
			return web.Answer{}, err
		}
		for _, y := range years {
			year := strconv.FormatInt(y, 10)
			at := "/bokforing/export/" + c.ID.String() + "/" + year
			t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{
				{Text: c.Name}, {Text: year}, {Text: c.Code + "-" + year + ".se", URL: at + "?format=sie"}, {Text: c.Code + "-" + year + ".journal", URL: at + "?format=hledger"},
			}})
		}
	}
	head := ui.HeadView{Eyebrow: text.T(o, "Huvudbok"), Headline: text.T(o, "Ta ut bokföringen som filer"), Intro: ui.Words(text.T(o,
		"SIE 4E läses av bokslutsprogram och andra ekonomisystem. hledger är ett fristående program som räknar om varje saldo."))}
	return web.Answer{Title: text.T(o, "Ta ut filer"), Current: "/bokforing/export", Body: exportBody(head, t)}, nil
}

func exportFile(o *op.Op, r *http.Request) (web.Answer, error) {
	key, err := id.Parse[op.Client](r.PathValue("client"))
	if err != nil || !o.Actor.May("ledger.read", key) {
		return web.Answer{}, errNoOrder.Because("export of %q", r.PathValue("client"))
	}
	year, err := strconv.ParseInt(r.PathValue("year"), 10, 64)
	if err != nil || year < 1900 || year > 2999 {
		return web.Answer{}, errNoOrder.Because("export of year %q", r.PathValue("year"))
	}
	of, err := client.Get(o, key)
	if err != nil {
		return web.Answer{}, err
	}
	var b bytes.Buffer
	a := web.Answer{Media: "text/plain", Name: of.Code + "-" + r.PathValue("year") + ".journal"}
	if r.FormValue("format") == "sie" {
		a.Name, a.Media = of.Code+"-"+r.PathValue("year")+".se", "application/octet-stream" // CP437, which no browser reads
		_, lost, err := WriteSIE(o, &b, of, year)
		if err == nil && lost.N > 0 && r.FormValue("anyway") == "" {
			return lostAnswer(o, a.Name, r.URL.Path, lost), nil
		}
		a.File = b.Bytes()
		return a, err
	}
	_, err = ledger.WriteJournal(o, &b, key, of.Code, year)
	a.File = b.Bytes()
	return a, err
}

// lostAnswer tells which texts a SIE file cannot hold, before it is fetched.
func lostAnswer(o *op.Op, name, path string, lost sie.Lost) web.Answer {
	t := ui.TableView{Caption: text.T(o, "Texter som skrivs om"), Columns: []ui.Col{{Label: text.T(o, "Text")}}}
	for _, s := range lost.Texts {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: s}}})
	}
	head := ui.HeadView{Eyebrow: name, Primary: true, Headline: text.N(o, int64(lost.N), "%s text kan inte stå i filen som den är", "%s texter kan inte stå i filen som de är"),
		Intro: ui.Words(text.T(o, "SIE har bara tecknen i teckentabellen 437. Andra blir sin bokstav utan accent, ”EUR” för eurotecknet, eller ett frågetecken. Belopp, konton och koder är de samma.")),
		Links: []ui.Link{{Label: text.T(o, "Hämta filen ändå"), URL: path + "?format=sie&anyway=1", Download: true}, {Label: text.T(o, "Alla filer"), URL: "/bokforing/export"}}}
	return web.Answer{Title: head.Headline, Current: "/bokforing/export", Body: exportBody(head, t)}
}

func publicationFile(o *op.Op, r *http.Request) (web.Answer, error) {
	key, err := id.ParseText(r.PathValue("id"))
	if err != nil {
		return web.Answer{}, errNoPublication.Because("%w", err)
	}
	p, ok, err := publicationByID.Maybe(o, key)
	if err != nil || !ok {
		return web.Answer{}, errNoPublication.Because("no publication %d: %w", key, err)
	}
	b, err := blob.Get(o, p.Hash)
	return web.Answer{File: b.Content, Media: b.Media, Name: p.FileName()}, err
}
