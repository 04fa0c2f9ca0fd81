package gallery

import (
	"strconv"
	"strings"

	"kontor/kernel/chart"
	"kontor/kernel/ui"
)

func strip() []ui.Fact {
	return []ui.Fact{
		{Label: "Kom in sedan i går", Figure: open("1 531"), Note: "64 fler än en vanlig onsdag"},
		{Label: "I lager nu", Figure: open("2 481"), Note: "äldsta: 6 dagar"},
		{Label: "Timmar: behov mot här", Figure: ui.Figure{Text: "146,5 mot 125,0"}, Note: "1 sjuk, 2 går tidigare"},
		{Label: "Inom löftet i går", Figure: open("94,8 %"), Status: ui.Miss, Word: "Ej uppnått", Note: "målet är 97"},
		{Label: "Utan mänsklig hand i natt", Figure: open("63 %"), Note: "2 406 av 3 819 fakturor"},
	}
}

func stock() ui.TableView {
	row := func(name, in, stock, need, here string, s ui.StatusKind, state, miss string) ui.Row {
		return ui.Row{Cells: []ui.Cell{
			{Text: name}, {Text: in, URL: "#u"}, {Text: stock, URL: "#u"}, {Text: need}, {Text: here},
			{Drawing: chart.Hours{ID: "hours-" + in, Need: chart.Scaled(tenths(need), 1), Here: chart.Scaled(tenths(here), 1), Most: 61.5}}, {Text: state, Status: s}, {Text: miss, URL: "#u"},
		}}
	}
	n := ui.CellNumber
	return ui.TableView{
		Caption: "Inflöde, lager och timmar per process",
		Columns: []ui.Col{{Label: "Process"}, {Label: "In", Kind: n, Secondary: true}, {Label: "Lager", Kind: n}, {Label: "Behov, tim", Kind: n, Secondary: true}, {Label: "Här, tim", Kind: n, Secondary: true}, {Label: "Timmar", Secondary: true}, {Label: "Läge", Kind: ui.CellStatus}, {Label: "Bryts", Kind: n}},
		Rows: []ui.Row{
			row("Leverantörsfakturor", "412", "1 284", "61,5", "44,0", ui.Miss, "−17,5 tim", "37"),
			row("Bristfälliga underlag", "58", "171", "22,0", "14,5", ui.Miss, "−7,5 tim", "12"),
			row("Kundfakturor", "640", "702", "17,5", "20,0", ui.OK, "+2,5 tim", "0"),
			row("Inbetalningar utan match", "86", "120", "8,5", "8,0", ui.Near, "−0,5 tim", "3"),
		},
		Foot: []ui.Cell{{Text: "Enheten"}, {Text: "1 531"}, {Text: "2 481"}, {Text: "146,5"}, {Text: "125,0"}, {}, {Text: "−21,5 tim", Status: ui.Miss}, {Text: "58"}},
	}
}

func risks() []ui.RiskRow {
	return []ui.RiskRow{
		{Figure: ui.Figure{Text: "37", URL: "#r"}, Heading: "Leverantörsfakturor, dag 5 i dag", Text: "Socialförvaltningen 21, Norra stadsdelen 9, fyra till"},
		{Figure: ui.Figure{Text: "12", URL: "#r"}, Heading: "Underlag att komplettera", Text: "Nås per telefon före 11.30, sedan går kunden på lunch"},
	}
}

// series is values in tenths, month by month.
func series(values ...int64) []chart.Point {
	points := make([]chart.Point, len(values))
	for i, v := range values {
		points[i] = chart.Point{Label: []string{"jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}[i%12], Value: chart.Scaled(v, 1)}
	}
	return points
}

func promiseChart(id string, width, height int64, open bool) chart.XmR {
	x := chart.XmR{
		About:  chart.About{ID: id, Title: "Inom löftet per dag", Finding: "Andelen föll från omkring 97,5 till 94,8 procent. De två senaste dagarna ligger under den nedre gränsen.", Format: chart.Format{Decimals: 1, Unit: "%"}},
		Points: series(971, 980, 976, 969, 982, 974, 979, 970, 981, 975, 968, 977, 980, 972, 976, 983, 974, 978, 969, 973, 966, 962, 951, 948),
		Base:   20, Better: chart.HigherIsBetter, Target: chart.At(970, 1), Share: true, Labelled: width > 0, Width: chart.Scaled(width, 0), Height: chart.Scaled(height, 0),
	}
	if open {
		for i := range x.Points {
			x.Points[i].URL = "/arbetslista"
		}
	}
	return x
}

func phoneChart() chart.Bars {
	b := chart.Bars{About: chart.About{ID: "phone", Title: "Ditt telefonpass i dag", Finding: "Pass 10–12 av arbetsdagen 8–17. Högst tryck väntas mellan 10 och 11 med 14 samtal."}}
	for i, v := range []int64{6, 11, 14, 10, 5, 8, 9, 7, 4} {
		b.Bars = append(b.Bars, chart.Bar{Label: []string{"08", "09", "10", "11", "12", "13", "14", "15", "16"}[i], Value: chart.Scaled(v, 0), Strong: i == 2 || i == 3})
	}
	return b
}

func indicator(id, name, value, period, target, deviation string, s ui.StatusKind, word string, values ...int64) ui.IndicatorView {
	return ui.IndicatorView{
		ID: id, Name: name, Definition: ui.Link{Label: "definition v 3, från 2024", URL: "#d"}, Value: open(value), Period: period, Target: target, Deviation: deviation,
		Status: s, Word: word, Count: "n = 88 412", Source: ui.Link{Label: "Visa underlag", URL: "#u"},
		Chart: chart.XmR{About: chart.About{ID: id + "-c", Title: name, Finding: "Senaste värde " + value + ". " + word + "."}, Points: series(values...), Base: 12, Better: chart.HigherIsBetter, Target: chart.At(970, 1)},
	}
}

func indicators() []ui.IndicatorView {
	missing := ui.IndicatorView{ID: "i3", Name: "Nöjda kunder", Definition: ui.Link{Label: "definition v 1, från 2012", URL: "#d"}, Status: ui.None, Word: "Går ej att redovisa", Reason: "Färre än sju svar i år. Enkäten stänger 15 september.", Target: "90 %"}
	return []ui.IndicatorView{
		indicator("i1", "Leverantörsfakturor per årsarbetare", "3 610", "per månad, augusti", "3 400", "+210", ui.OK, "Uppnått", 960, 970, 963, 972, 968, 974, 965, 970, 969, 973, 966, 971, 976, 980, 984, 992, 998),
		indicator("i2", "Svarsfrekvens, telefon", "88,1 %", "augusti, T2: 90,9 %", "92,0 %", "−3,9 procentenheter", ui.Miss, "Ej uppnått", 970, 980, 974, 982, 976, 984, 971, 980, 975, 981, 977, 979, 972, 964, 952, 944),
		missing,
	}
}

func volumes() ui.TableView {
	n := ui.CellNumber
	row := func(name string, cells ...string) ui.Row {
		r := ui.Row{Cells: []ui.Cell{{Text: name, URL: "#k"}}}
		for i, c := range cells {
			cell := ui.Cell{Text: c}
			if i != 2 && i != 4 {
				cell.URL = "#u"
			}
			r.Cells = append(r.Cells, cell)
		}
		return r
	}
	return ui.TableView{
		Caption: "Volymer per kund januari till augusti 2026",
		Columns: []ui.Col{{Label: "Kund"}, {Label: "Lev.fakturor, el.", Kind: n}, {Label: "manuella", Kind: n}, {Label: "andel manuella", Kind: n}, {Label: "Kundfakturor", Kind: n}, {Label: "mot T2 2025", Kind: n}},
		Rows: []ui.Row{
			row("Fastighetskontoret", "38 412", "2 904", "7,0 %", "9 120", "+2,1 %"),
			row("Kulturförvaltningen", "21 780", "3 105", "12,5 %", "4 411", "−1,4 %"),
			row("Socialförvaltningen", "96 105", "17 340", "15,3 %", "58 210", "+6,2 %"),
		},
		Foot:  row("Alla 33 kunder", "613 800", "69 700", "10,2 %", "1 066 500", "+2,4 %").Cells,
		Links: []ui.Link{{Label: "Visa underlag (1 750 000 händelser)", URL: "#u"}, {Label: "Som kalkylblad", URL: "#x", Download: true}},
	}
}

func waterfall() ui.FigureView {
	w := chart.Waterfall{
		About: chart.About{ID: "wf", Title: "Från budget till utfall, miljoner kronor", Finding: "Budget 0,0. Volym gav plus 2,1, lön minus 1,4, IT-drift minus 0,9, porto plus 0,3 och oförklarat minus 0,2. Utfall minus 0,1.", Format: chart.Format{Decimals: 1}}, Better: chart.HigherIsBetter,
		Steps: []chart.Step{{Label: "Budget", Kind: chart.Sum}, {Label: "Volym", Value: 2.1, URL: "/u"}, {Label: "Lön", Value: -1.4, URL: "/u"}, {Label: "IT-drift", Value: -.9, URL: "/u"}, {Label: "Porto", Value: .3, URL: "/u"}, {Label: "Oförklarat", Value: -.2, Kind: chart.Unexplained}, {Label: "Utfall", Value: -.1, Kind: chart.Sum}},
	}
	return ui.FigureView{
		Finding: "Högre volym bar löneökningen, men inte IT-driften", Text: "Avvikelse mot budget T2 2026, mkr. Oförklarat visas alltid för sig.",
		Chart: w, Width: true, Source: ui.Link{Label: "Visa underlag (1 204 verifikationer)", URL: "#u"}, Table: ui.ChartTable("Från budget till utfall, mkr", w.Table(plainContext)),
	}
}

func volumeChart() ui.FigureView {
	b := chart.StackedBars{About: chart.About{ID: "vol", Title: "Leverantörsfakturor per månad, tusental", Finding: "Volymen steg från 78 till 88 tusen, och de manuella minskade.", Format: chart.Format{Decimals: 1}}, Parts: []string{"elektroniska", "manuella"}}
	for i, el := range []int64{702, 689, 741, 753, 770, 798, 624, 809} {
		b.Stacks = append(b.Stacks, chart.Stack{Label: []string{"jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug"}[i], Parts: []chart.Point{{Value: chart.Scaled(el, 1), URL: "/u"}, {Value: chart.Scaled(94-3*int64(i), 1), URL: "/u"}}})
	}
	return ui.FigureView{Finding: "Fler fakturor, färre av dem på papper", Text: "Leverantörsfakturor per månad 2026, tusental.", Chart: b, Width: true, Source: ui.Link{Label: "Visa underlag", URL: "#u"}, Table: ui.ChartTable("Leverantörsfakturor per månad", b.Table(plainContext))}
}

func bill() ui.BillView {
	row := func(label, sum string) ui.BillRow { return ui.BillRow{Label: label, Figure: open(sum)} }
	return ui.BillView{Caption: "Räkningens poster", SumLabel: "Summa, kr", Sum: ui.Figure{Text: "214 380"}, Rows: []ui.BillRow{
		row("Leverantörsfakturor, 2 610 el.", "75 690"), row("Leverantörsfakturor, 388 man.", "27 936"), row("Kundfakturor, 552", "18 216"), row("Lön, 441 lönespecifikationer", "61 740"),
		{Label: "Timmar", Detail: "14,5 tim × 750", Figure: open("10 875")}, row("Fast avgift", "19 923"),
	}}
}

func waiting() []ui.WaitRow {
	return []ui.WaitRow{
		{Status: ui.Miss, Heading: "14 fakturor att attestera", Text: "238 417,00 kr. Två har förfallit; leverantören Ekudden Förlag har påmint.", When: "2 sena", Note: "äldsta 9 dagar", Link: ui.Link{Label: "Attestera", URL: "#w"}},
		{Status: ui.Near, Heading: "Vem beställde ljudanläggningen till Kulturnatten?", Text: "Lindåsens Ljud & Ljus AB, 40 963,00 kr. Välj beställare, så går fakturan vidare direkt.", When: "svar i dag", Note: "1 minut", Link: ui.Link{Label: "Svara", URL: "#w"}},
		{Status: ui.OK, Heading: "Godkänn avtalsbilaga för 2027", Text: "Ledtid för bokföringsorder sänks från 3 till 2 dagar. Priset är oförändrat.", When: "senast", Note: "15 december", Link: ui.Link{Label: "Läs", URL: "#w"}},
	}
}

// tenths reads a number of the example, which has one decimal.
func tenths(s string) int64 {
	n, _ := strconv.ParseInt(strings.Replace(s, ",", "", 1), 10, 64)
	return n
}

func people() []ui.PersonDay {
	part := func(words string, n int, k ui.PartKind) ui.DayPart {
		return ui.DayPart{Words: words, HalfHours: n, Kind: k}
	}
	return []ui.PersonDay{
		{Name: "Maja Ek", Hours: "7,5", Parts: []ui.DayPart{part("Lev", 4, ui.Working), part("Tel", 4, ui.OnPhone), part("Lev", 7, ui.Working)}},
		{Name: "Noor Salim", Hours: "7,5", Parts: []ui.DayPart{part("Leverantörsfakturor", 15, ui.Working)}},
		{Name: "Ida Strand", Hours: "7,5", Parts: []ui.DayPart{part("Kundfakturor", 10, ui.Working), part("ledig tid", 5, ui.Free)}},
		{Name: "Lena Hjort", Hours: "4,0", Parts: []ui.DayPart{part("Lev", 8, ui.Working), part("går 12.30", 7, ui.Away)}},
		{Name: "Amir Rossi", Hours: "0,0", Parts: []ui.DayPart{part("Sjuk, första dagen", 15, ui.Away)}},
	}
}

func moveWork() ui.FormView {
	return ui.FormView{Action: "/tavla", Submit: "Flytta 37", Fields: []ui.FieldView{
		{Name: "from", Label: "Från process", Kind: ui.FieldSelect, Required: true, Options: []ui.Option{{Value: "1", Label: "Leverantörsfakturor, bryts i dag"}}},
		{Name: "count", Label: "Antal", Kind: ui.FieldNumber, Required: true, Value: "37"},
		{Name: "to", Label: "Till", Kind: ui.FieldSelect, Required: true, Options: []ui.Option{{Value: "1", Label: "Ekonomi Väst, 9,5 tim lediga"}}},
	}}
}

// calmChart is the same months before the fall.
func calmChart(id string, width, height int64) chart.XmR {
	x := promiseChart(id, width, height, false)
	x.Points, x.Finding = x.Points[:18], "Andelen har legat mellan 96,8 och 98,3 procent. Senaste månaden 97,8 procent, målet är 97."
	return x
}
