package app

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kontor/format/verdict"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
)

// mayCheck is to have files judged. It shows nothing of ours and keeps nothing.
const mayCheck op.Permission = "file.check"

const checkURL = "/prova-fil"

func checkPages() []web.Route {
	return []web.Route{
		{Pattern: "GET " + checkURL, Need: mayCheck, Handle: func(o *op.Op, _ *http.Request) (web.Answer, error) { return checkAnswer(o, nil), nil }},
		{Pattern: "POST " + checkURL, Need: mayCheck, Upload: true, Handle: checkUploaded},
	}
}

// The words of kinds, counts and sums. What is not here is shown by its code.
var (
	kindWords = map[string]string{
		"sie1": "SIE 1", "sie2": "SIE 2", "sie3": "SIE 3", "sie4e": "SIE 4E", "sie4i": "SIE 4I", "sie5": "SIE 5",
		"ubl-invoice": "Peppol BIS Billing 3 (UBL)", "ubl-creditnote": "Peppol BIS Billing 3 (UBL)", "cii": "CII", "svefaktura": "Svefaktura 1.0", "xml": "XML",
	}
	factWords = map[string]string{
		"vouchers": "Verifikationer", "postings": "Konteringsrader", "accounts": "Konton", "objects": "Objekt", "balances": "Saldon",
		"struck": "Strukna rader", "added": "Tillagda rader", "ignored": "Okända poster", "lines": "Fakturarader", "attachments": "Bilagor",
		"payments": "Betalningar", "groups": "Betalningsgrupper", "rejected": "Avvisade", "clarifications": "Förklaringar", "statements": "Kontoutdrag",
		"entries": "Bokningar", "pending": "Ännu inte bokförda", "returns": "Returer", "reversals": "Rättelser", "in": "Insättningar", "out": "Uttag",
		"debit": "Debet", "credit": "Kredit", "payable": "Att betala", "tax": "Moms",
	}
	levelWords = [...]string{"Godkänd", "Godkänd med anmärkning", "Underkänd"}
	levelMarks = [...]ui.StatusKind{ui.OK, ui.Near, ui.Miss}
)

// checkedFile is the verdict on one file, in words.
type checkedFile struct {
	Panel    ui.PanelView
	Findings []ui.FindingView
	Facts    []ui.Definition
}

func checkAnswer(o *op.Op, files []checkedFile) web.Answer {
	head := ui.HeadView{Eyebrow: text.T(o, "Filer"), Headline: text.T(o, "Pröva en fil"),
		Intro: ui.Words(text.T(o, "Se vad som är fel i en fil innan den läses in eller skickas. Ingenting läses in och filen sparas inte."))}
	rejected := 0
	for _, f := range files {
		if f.Panel.Status == ui.Miss {
			rejected++
		}
	}
	switch {
	case len(files) == 1 && rejected == 1:
		head.Headline = text.T(o, "Filen är underkänd")
	case len(files) == 1:
		head.Headline = text.T(o, "Filen kan användas")
	case rejected > 0:
		head.Headline = text.F(o, "%d av %d filer är underkända", rejected, len(files))
	case len(files) > 1:
		head.Headline = text.F(o, "%d filer kan användas", len(files))
	}
	return web.Answer{Title: text.T(o, "Pröva en fil"), Current: checkURL, Class: "narrow", Body: checkBody(head, files)}
}

func checkUploaded(o *op.Op, r *http.Request) (web.Answer, error) {
	uploads, err := web.NeedUploads(r, "files")
	if err != nil {
		return web.Answer{}, err
	}
	var files []checkedFile
	n := 0 // findings so far
	for k, f := range uploads {
		c := inWords(o, f.Name, checkBytes(f.Content), n)
		c.Panel.ID = "fil-" + strconv.Itoa(k+1)
		files = append(files, c)
		n += len(c.Findings)
	}
	return checkAnswer(o, files), nil
}

// inWords shows a verdict. Findings are numbered from first, through all files.
func inWords(o *op.Op, name string, v verdict.Verdict, first int) checkedFile {
	kind := v.Kind
	if w, ok := kindWords[kind]; ok {
		kind = w
	}
	c := checkedFile{Panel: ui.PanelView{Heading: name, Aside: kind, Status: levelMarks[v.Level], Word: text.T(o, levelWords[v.Level])}}
	for k, reason := range v.Reasons {
		c.Findings = append(c.Findings, ui.FindingView{Number: first + k + 1, Heading: reason, Calm: v.Level == verdict.Accept})
	}
	fact := func(key, value string) {
		key, rest, _ := strings.Cut(key, " ")
		if w, ok := factWords[key]; ok {
			key = text.T(o, w)
		}
		c.Facts = append(c.Facts, ui.Definition{Term: strings.TrimSpace(key + " " + rest), Text: ui.Words(value)})
	}
	for _, k := range slices.Sorted(maps.Keys(v.Counts)) {
		if v.Counts[k] != 0 {
			fact(k, text.Int(v.Counts[k]))
		}
	}
	for _, k := range slices.Sorted(maps.Keys(v.Sums)) {
		value := v.Sums[k]
		if a, err := money.ParseXML(value); err == nil {
			value = a.String()
		}
		fact(k, value)
	}
	return c
}
