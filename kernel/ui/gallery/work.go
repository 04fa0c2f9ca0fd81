package gallery

import (
	"fmt"

	"kontor/kernel/ui"
)

func nextCard() ui.NextView {
	return ui.NextView{
		Kicker:  "Nästa i din kö · lovad tisdag 24 november, 1 dag sen",
		Heading: "Rensmarks Tolktjänst AB, faktura 4471, 9 412,00 kr",
		Text:    "Socialförvaltningen har bytt attestant. Ge fakturan till den nya och svara leverantören.",
		URL:     "/faktura", Label: "Öppna nästa", Key: "N",
	}
}

func queueRow(title, number, words, client, amount string, elapsed, promised int) ui.QueueRow {
	return ui.QueueRow{
		Title: title, Number: number, Text: words, Client: client, Amount: amount, URL: "/faktura",
		Elapsed: elapsed, Promised: promised, Status: ui.PromiseStatus(elapsed, promised),
	}
}

func queue() ui.QueueView {
	late := queueRow("Rensmarks Tolktjänst AB", "4471", "Påmind av leverantören, saknar attestant", "Socialförvaltningen", "9 412,00", 6, 5)
	late.Current = true
	return ui.QueueView{Label: "Min kö efter löfte", Groups: []ui.QueueGroup{
		{Status: ui.Miss, Word: "Sen", Count: open("1"), Note: ui.Words("lovad före i dag"), Rows: []ui.QueueRow{late}},
		{
			Status: ui.Near, Word: "I dag", Count: open("3"), Note: ui.Prose{figure("59 167,50 kr"), plain(" · ungefär 1,1 tim")},
			Rows: []ui.QueueRow{
				queueRow("Lindåsens Ljud & Ljus AB", "40118", "Beställarens referens saknas, ring", "Kulturförvaltningen", "40 963,00", 5, 5),
				queueRow("Ärende: fråga om kredit", "Ä-11830", "Svara: krediten bokades 23 november", "Norra stadsdelen", "", 2, 2),
				queueRow("Kvarnbo Måltid AB", "F-2207", "Rad 4 ska ha 12 % moms, inte 25 %", "Utbildningsförv.", "18 204,50", 5, 5),
			},
		},
		{
			Status: ui.OK, Word: "I veckan", Count: open("11"), Note: ui.Words("till och med tisdag 1 december"),
			Rows: []ui.QueueRow{
				queueRow("Björkvalla Städ AB", "90331", "Två ansvar möjliga; förslag 52 310", "Socialförvaltningen", "63 875,00", 4, 5),
				queueRow("Tallmo Hjälpmedel AB", "1180-7", "Belopp 14 % över beställningen", "Södra stadsdelen", "27 390,00", 4, 5),
				queueRow("Utbetalning: skadestånd", "U-602", "Beslutet är inte underskrivet", "Stadsledningskontoret", "12 000,00", 2, 3),
				queueRow("Norrtuna Bygg & VVS AB", "70044", "Omvänd byggmoms, förslag finns", "Fastighetskontoret", "148 230,00", 3, 5),
				queueRow("Inbetalning utan OCR", "B-3319", "Trolig match: kundfaktura 310 774", "Norra stadsdelen", "2 140,00", 1, 2),
				queueRow("Sjöhaga Taxi ek. för.", "8812", "38 resor, delas på fyra ansvar", "Socialförvaltningen", "31 007,00", 2, 5),
				queueRow("Granö Lekplats AB", "118", "Faktura i euro, kurs 2026-11-24", "Södra stadsdelen", "56 418,75", 1, 5),
			},
			More: ui.Link{Label: "Visa alla 11", URL: "/arbetslista"},
		},
	}}
}

func dayHead() ui.HeadView {
	return ui.HeadView{
		Eyebrow: "Onsdag 25 november 2026, vecka 48", Headline: "God morgon, Maja. 1 är sen och 3 ska vara klara i dag.",
		Keys: []ui.KeyHint{
			{Keys: []string{"J", "K"}, Text: "upp och ned"}, {Keys: []string{"↵"}, Text: "öppna"},
			{Keys: []string{"N"}, Text: "nästa"}, {Keys: []string{"?"}, Text: "alla tangenter"},
		},
	}
}

func dayFacts() []ui.Fact {
	return []ui.Fact{
		{Figure: open("23"), Label: "klara i går"}, {Figure: open("4,2 tim"), Label: "arbete i kön, du har 5,5"},
		{Figure: open("97,8 %"), Label: "inom löftet i november"}, {Figure: open("212"), Label: "automatiskt i natt"},
	}
}

func messages() []ui.MessageRow {
	return []ui.MessageRow{
		{Heading: "Kulturförvaltningen byter projektnummer", URL: "#m1", Text: "Gäller från 1 december · ny lathund att läsa"},
		{Heading: "Bankfilen är sen", URL: "#m2", Text: "Väntades 06.30 · systemförvaltningen ringer banken"},
	}
}

func promise() ui.PromiseView {
	return ui.PromiseView{
		Status: ui.Near, Word: "I dag.", Elapsed: 5, Promised: 5,
		Sentence: ui.Words("Ska vara klar onsdag 25 november, dag 5, eftersom avtalet 2026 lovar Kulturförvaltningen 5 dagar."),
	}
}

func findings() ui.FindingsView {
	return ui.FindingsView{
		Checked: 11, All: "#kontroller",
		Passed: []string{"summor och moms", "samma bankgiro sedan 2023", "ingen dubblett på 24 månader", "F-skatt", "rätt mottagare", "ingen jävsrisk"},
		Findings: []ui.FindingView{
			{
				Number: 1, Heading: "Det framgår inte vem som har beställt", Mark: "ref",
				Seen:   ui.Words("Fakturan anger ”Anna, Stadsteatern” men ingen beställarkod."),
				Remedy: ui.Words("Ring Stadsteatern, 08-465 004 20. Smidighetslistan tillåter svar per telefon."),
			},
			{
				Number: 2, Heading: "Förfallodagen är 10 dagar för tidig", Mark: "due", Calm: true,
				Seen: ui.Words("Ramavtal RA 2024-117 ger 30 dagar. Kontor betalar 2026-12-18 och talar om det för leverantören. Du behöver inte göra något."),
			},
		},
	}
}

func coding() ui.CodingView {
	sure := ui.Confidence{Word: "Säker", Percent: 96}
	computed := ui.Confidence{Word: "Räknad", Computed: true}
	return ui.CodingView{
		Segments: []string{"Ansvar", "Verks.", "Projekt"}, Total: "40 963,00", Status: ui.OK, Word: "Stämmer",
		Change: ui.Link{Label: "Ändra", URL: "/formular", Key: "E"},
		Rows: []ui.CodingRow{
			{Account: "6030", AccountText: "Hyra", Segments: []string{"41120", "33210", "2607"}, Amount: "21 650,00", Confidence: sure},
			{Account: "7430", AccountText: "Tjänst", Segments: []string{"41120", "33210", "2607"}, Amount: "11 120,00", Confidence: ui.Confidence{Word: "Trolig", Percent: 71}},
			{Account: "1651", AccountText: "Moms", Segments: []string{"", "", ""}, Amount: "8 192,50", Confidence: computed},
			{Account: "7790", AccountText: "Öre", Segments: []string{"41120", "33210", ""}, Amount: "0,50", Confidence: computed},
		},
		Why: ui.Prose{figure("23 av 24"), plain(" fakturor från leverantören har konterats så. Projekt 2607 är Kulturnatten, som står på fakturan. Tekniker har "), figure("5 av 7"), plain(" gånger gått på 7430.")},
	}
}

func history() []ui.HistoryLine {
	return []ui.HistoryLine{
		{Time: "19 nov 06.12", Stamp: "2026-11-19T06:12:00+01:00", Text: "Kom som e-faktura. Digital medarbetare gjorde 11 kontroller, 2 iakttagelser."},
		{Time: "20 nov 13.40", Stamp: "2026-11-20T13:40:00+01:00", Who: "Du", Text: "mejlade Stadsteatern och frågade efter beställare."},
		{Time: "24 nov 09.05", Stamp: "2026-11-24T09:05:00+01:00", Text: "Inget svar. Påminnelse gick automatiskt, telefon föreslogs.", URL: "#brev"},
		{Time: "25 nov 08.14", Stamp: "2026-11-25T08:14:00+01:00", Text: "Öppnad av dig. Ingen annan är inne på fakturan."},
	}
}

func actions() *ui.ActionsView {
	return &ui.ActionsView{
		Buttons: []ui.Button{
			{
				Step: "complete", Label: "Komplettera per telefon", Key: "T", URL: "/faktura", Recommended: true, Version: 3,
				Fields: []ui.FieldView{
					{Name: "orderer", Label: "Vem har beställt?", Required: true, Help: "Skriv beställarkoden som du får i telefonen."},
					{Name: "answered", Label: "Vem svarade?", Required: true},
				},
			},
			{Step: "approve", Label: "Godkänn", Key: "G", Closed: true, Why: "Godkänn öppnas när beställaren är känd. Därefter attesterar Stadsteaterns chef."},
			{
				Step: "return", Label: "Skicka tillbaka", Key: "R", URL: "/faktura", Version: 3,
				Fields: []ui.FieldView{{Name: "text", Label: "Vad saknas?", Kind: ui.FieldTextarea, Required: true, Value: "Beställarkod saknas."}},
			},
			{Step: "hold", Label: "Parkera till i morgon", URL: "/faktura", Quiet: true},
			{Step: "split", Label: "Dela upp på flera ansvar", URL: "/faktura", Quiet: true},
		},
		Next: ui.Link{Label: "Nästa", URL: "/min-dag", Key: "N"},
	}
}

func invoiceHead() ui.HeadView {
	return ui.HeadView{
		Eyebrow: "Leverantörsfaktura · Kulturförvaltningen · 2 av 15 i min kö", Headline: "Lindåsens Ljud & Ljus AB, 40 963,00 kr",
		Keys: []ui.KeyHint{{Keys: []string{"K"}, Text: "förra"}, {Keys: []string{"J"}, Text: "nästa"}, {Keys: []string{"?"}, Text: "tangenter"}},
	}
}

func workList() ui.ListView {
	names := []string{"Rensmarks Tolktjänst AB", "Södergläntan Vård AB", "Tallmo Hjälpmedel AB", "Kvarnbo Måltid AB", "Klockarp Lås AB", "Björkvalla Städ AB", "Granö Lekplats AB", "Mossby Bemanning AB", "Skogstorp Skolmöbler AB", "Västerlida El AB", "Ängsö Trädgård HB"}
	clients := []string{"Socialförvaltningen", "Utbildningsförvaltningen", "Kulturförvaltningen", "Södra stadsdelen", "Miljöförvaltningen"}
	states := []ui.Cell{{Status: ui.OK, Text: "Förslag klart"}, {Status: ui.Near, Text: "Moms att kontrollera"}, {Status: ui.None, Text: "Väntar på kund"}, {Status: ui.Near, Text: "Två ansvar möjliga"}, {Status: ui.Miss, Text: "Saknar beställare"}}
	v := ui.ListView{
		Title: "Leverantörsfakturor", URL: "/arbetslista", BulkURL: "/arbetslista", Clear: "/arbetslista", SaveView: "/vyer",
		Views: []ui.ViewTab{
			{Label: "Att kontera", Count: "1 284", URL: "#v", Current: true}, {Label: "Mina", Count: "15", URL: "#v"},
			{Label: "Bryter löftet i dag", Count: "37", URL: "#v"}, {Label: "Saknar beställare", Count: "112", URL: "#v"},
			{Label: "Över 100 000 kr", Count: "64", URL: "#v"}, {Label: "Påminnelser från leverantör", Count: "9", URL: "#v"},
			{Label: "Digital medarbetare, i dag", Count: "2 406", URL: "#v"},
		},
		Search: ui.SearchBox{Name: "q", Placeholder: "Filtrera: leverantör, nummer, belopp"},
		Filters: []ui.Filter{
			{Key: "client", Label: "Kund", Options: []ui.Option{{Label: "alla 33"}, {Value: "1", Label: "Kulturförvaltningen"}}},
			{Key: "state", Label: "Läge", Value: "code", Options: []ui.Option{{Label: "alla"}, {Value: "code", Label: "att kontera"}}},
			{Key: "unit", Label: "Enhet", Value: "east", Options: []ui.Option{{Label: "alla"}, {Value: "east", Label: "Ekonomi Öst"}}},
			{Key: "from", Label: "Kom in från", Kind: ui.FilterDate, More: true}, {Key: "number", Label: "Nummer", Kind: ui.FilterText, More: true},
		},
		Totals: []ui.Total{
			{Figure: open("1 284"), Label: "fakturor"}, {Figure: open("18 402 117,50"), Label: "kr"},
			{Figure: ui.Figure{Text: "37", URL: "#v", Status: ui.Miss}, Label: "bryts i dag"},
		},
		Columns: []ui.Col{
			{Key: "supplier", Label: "Leverantör"}, {Key: "number", Label: "Nummer", Kind: ui.CellCode}, {Key: "client", Label: "Kund"},
			{Key: "amount", Label: "Belopp, kr", Kind: ui.CellMoney, SortURL: "?sort=amount"}, {Key: "state", Label: "Läge", Kind: ui.CellStatus},
			{Key: "arrived", Label: "Kom in", Kind: ui.CellDate, SortURL: "?sort=arrived", Secondary: true},
			{Key: "promise", Label: "Löfte", Kind: ui.CellPromise, SortURL: "?sort=-promise", Sorted: "ascending"}, {Key: "worker", Label: "Handläggare", Secondary: true},
		},
		Pager:   ui.Pager{Text: "Rad 1–22 av 1 284, sorterat efter löfte", Older: "#aldre"},
		Exports: []ui.Link{{Label: "Som kalkylblad", URL: "#x", Download: true}, {Label: "Som CSV", URL: "#c", Download: true}},
		Bulk: []ui.BulkAction{
			{Step: "approve", Label: "Godkänn förslagen", Key: "G"},
			{Step: "assign", Label: "Fördela till", Key: "F", Fields: []ui.FieldView{{Name: "worker", Label: "Till vem?", Kind: ui.FieldSelect, Options: []ui.Option{{Value: "1", Label: "Maja Ek"}, {Value: "2", Label: "Noor Salim"}}}}},
			{Step: "return", Label: "Skicka tillbaka", Key: "R"},
		},
	}
	for i := range 22 {
		ore := int64(1677950 + i*i*91350)
		v.Rows = append(v.Rows, ui.Row{
			ID: fmt.Sprint(i), Version: 1, URL: "/faktura", Amount: ore, Current: i == 3,
			Cells: []ui.Cell{
				{Text: names[i%len(names)]}, {Text: fmt.Sprintf("F-%d", 86419-i*731)}, {Text: clients[i%len(clients)]},
				{Text: fmt.Sprintf("%d %03d,50", ore/100000, ore/100%1000)}, states[i%len(states)], {Text: fmt.Sprintf("2026-11-%02d", 18+i/4)},
				{Elapsed: 6 - i/4, Promised: 5}, {Text: "Maja Ek"},
			},
		})
	}
	return v
}
