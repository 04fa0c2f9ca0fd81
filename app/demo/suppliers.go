package demo

import (
	"fmt"

	"kontor/kernel/money"
)

// Supplier is somebody who sends invoices to the city.
type Supplier struct {
	Name    string
	Org     string // 12 digits
	VAT     string
	Scheme  string // SE:BANKGIRO or SE:PLUSGIRO
	Account string // digits
	FTax    bool
	Address Address
	Contact string
	Phone   string
	Email   string
	Trade   string // key of trades
	Weight  int    // share of the invoices
	Style   int    // how its invoice numbers look
	Level   int    // prices, in per cent of the usual
	Rounds  bool   // rounds the sum to whole kronor
	OCR     bool   // wants an OCR number rather than the invoice number
	New     bool   // not in the register when its first invoice comes
}

// Good is something that a trade sells.
type Good struct {
	Text     string
	Unit     string       // UN/ECE Recommendation 20
	Low      money.Amount // lowest price
	High     money.Amount
	Most     int    // highest quantity
	Category string // of VAT: S or E
	Rate     int    // per cent
	Account  string // in the chart of books/coding
}

func std(text, unit string, low, high int64, most int, account string) Good {
	return Good{text, unit, money.Kronor(low), money.Kronor(high), most, "S", 25, account}
}

func reduced(rate int, text, unit string, low, high int64, most int, account string) Good {
	g := std(text, unit, low, high, most, account)
	g.Rate = rate
	return g
}

func exempt(text, unit string, low, high int64, most int, account string) Good {
	g := std(text, unit, low, high, most, account)
	g.Category, g.Rate = "E", 0
	return g
}

// trades has what is bought of whom, and what it is usually coded as.
var trades = map[string][]Good{
	"scen":      {std("Ljudteknik vid evenemang", "HUR", 690, 850, 12, "7410"), std("Hyra av ljudanläggning", "DAY", 2400, 5200, 3, "6130"), std("Scenbelysning LED", "C62", 900, 2900, 8, "6410")},
	"måltid":    {reduced(12, "Lunchportioner till skola", "C62", 58, 74, 420, "4630"), reduced(12, "Måltider till äldreboende", "C62", 66, 82, 260, "4630"), std("Leverans av matvagnar", "C62", 350, 700, 6, "7010")},
	"städ":      {std("Städning enligt avtal", "MON", 4200, 16800, 1, "7420"), std("Fönsterputs", "HUR", 385, 460, 20, "7420"), std("Storstädning", "HUR", 410, 480, 24, "7420")},
	"hjälp":     {std("Rollator", "C62", 890, 2400, 6, "6420"), std("Duschstol", "C62", 640, 1900, 4, "6420"), std("Hjulbyte och service", "HUR", 620, 760, 5, "6610")},
	"förlag":    {reduced(6, "Facklitteratur", "C62", 210, 480, 24, "6430"), reduced(6, "Barnböcker, paket", "C62", 850, 2100, 4, "6430"), std("Frakt", "C62", 69, 129, 1, "7010")},
	"bygg":      {std("Rörmokare, arbete", "HUR", 680, 790, 30, "6620"), std("Material till reparation", "C62", 1200, 9800, 3, "6620"), std("Framkörning", "C62", 390, 590, 2, "6620")},
	"taxi":      {reduced(6, "Resor enligt bilaga", "C62", 140, 420, 38, "7030")},
	"kontor":    {std("Kopieringspapper A4", "XBX", 229, 329, 12, "6440"), std("Pennor och block", "C62", 39, 129, 20, "6440"), std("Toner", "C62", 790, 1690, 3, "6440")},
	"el":        {std("Elektriker, arbete", "HUR", 640, 760, 24, "6620"), std("Armatur LED", "C62", 480, 1650, 12, "6620")},
	"lek":       {std("Gungställning", "C62", 8900, 24000, 1, "6410"), std("Besiktning av lekplats", "C62", 1900, 2900, 3, "7430")},
	"tolk":      {std("Kontakttolkning", "HUR", 520, 690, 14, "7440"), std("Telefontolkning", "MIN", 8, 12, 180, "7440")},
	"it":        {std("Licens, månad", "C62", 89, 240, 40, "6450"), std("Konsult, systemförvaltning", "HUR", 980, 1290, 16, "7450")},
	"energi":    {std("Fjärrvärme", "KWH", 1, 2, 14000, "6210"), std("Fast avgift", "MON", 900, 3200, 1, "6210")},
	"tele":      {std("Mobilabonnemang", "C62", 119, 199, 35, "6810"), std("Samtal utomlands", "C62", 45, 390, 1, "6810")},
	"vård":      {exempt("Företagshälsovård, samtal", "HUR", 1150, 1490, 6, "7460"), exempt("Hälsoundersökning", "C62", 1650, 2400, 4, "7460")},
	"utbildn":   {exempt("Kursplats, vuxenutbildning", "C62", 3400, 7200, 5, "4640"), std("Föreläsning", "C62", 9000, 18000, 1, "7470")},
	"hotell":    {reduced(12, "Logi", "C62", 890, 1390, 4, "7040"), std("Konferenspaket", "C62", 495, 690, 18, "7470")},
	"park":      {std("Gräsklippning", "HUR", 420, 520, 30, "6630"), std("Plantering, material", "C62", 900, 6400, 2, "6630")},
	"väg":       {std("Snöröjning", "HUR", 890, 1150, 16, "6640"), std("Sandning", "HUR", 790, 980, 10, "6640"), std("Lagning av potthål", "MTK", 420, 780, 25, "6640")},
	"bevakning": {std("Rondering", "MON", 3900, 8800, 1, "7480"), std("Utryckning", "C62", 890, 1450, 4, "7480")},
	"möbler":    {std("Höj- och sänkbart bord", "C62", 3900, 6200, 4, "6410"), std("Kontorsstol", "C62", 2900, 4800, 4, "6410")},
	"tryck":     {std("Tryck av folder", "C62", 4, 12, 1500, "6920"), std("Formgivning", "HUR", 790, 980, 10, "6920")},
	"bil":       {std("Leasing av personbil", "MON", 3400, 4900, 3, "6140"), std("Service och däckbyte", "C62", 1200, 3900, 2, "6650")},
	"avfall":    {std("Hämtning av avfall", "C62", 290, 640, 12, "6230"), std("Hyra av container", "MON", 690, 1400, 2, "6230")},
}

type supplierRow struct {
	name, trade, city string
	weight            int
}

// supplierTable has the suppliers by their number. Those after the line without
// a name are not in the register from the start; with a weight below zero they
// send nothing but what a scene says.
var supplierTable = []supplierRow{
	{"Lindåsens Ljud & Ljus AB", "scen", "Lindås", 3},
	{"Kvarnbo Måltid AB", "måltid", "Kvarnbo", 9},
	{"Björkvalla Städ AB", "städ", "Björkvalla", 8},
	{"Tallmo Hjälpmedel AB", "hjälp", "Tallmo", 4},
	{"Ekudden Förlag AB", "förlag", "Ekudden", 3},
	{"Norrtuna Bygg & VVS AB", "bygg", "Norrtuna", 6},
	{"Sjöhaga Taxi ek. för.", "taxi", "Sjöhaga", 6},
	{"Hagaby Kontor AB", "kontor", "Hagaby", 6},
	{"Västerlida El AB", "el", "Västerlida", 5},
	{"Granö Lekplats AB", "lek", "Granö", 2},
	{"Rensmarks Tolktjänst AB", "tolk", "Rensmark", 6},
	{"Solhult Systemkonsult AB", "it", "Solhult", 4},
	{"Exempelbygdens Energi AB", "energi", "Exempelstad", 8},
	{"Långvik Telekom AB", "tele", "Långvik", 5},
	{"Stensby Företagshälsa AB", "vård", "Stensby", 3},
	{"Lärkullen Utbildning AB", "utbildn", "Lärkullen", 3},
	{"Hotell Kronhjorten AB", "hotell", "Exempelstad", 3},
	{"Grönåsa Park & Mark AB", "park", "Grönåsa", 4},
	{"Vintervägens Entreprenad AB", "väg", "Moträsk", 3},
	{"Väktarna i Exempelstad AB", "bevakning", "Exempelstad", 3},
	{"Björnfors Möbler AB", "möbler", "Björnfors", 2},
	{"Tryckeri Svanen HB", "tryck", "Svanskog", 2},
	{"Bilpoolen Mälarsta AB", "bil", "Mälarsta", 4},
	{"Rena Rama Återvinning AB", "avfall", "Exempelstad", 4},
	{"Kastanjens Skolmat AB", "måltid", "Kastanjeby", 6},
	{"Blanka Fönster & Städ HB", "städ", "Exempelstad", 3},
	{"Vallens Vårdhjälpmedel AB", "hjälp", "Vallen", 3},
	{"Bokhandeln Ugglan AB", "förlag", "Exempelstad", 2},
	{"Rör & Värme i Dalby AB", "bygg", "Dalby", 4},
	{"Taxi Trekanten AB", "taxi", "Exempelstad", 4},
	{"Pennfäktarna Kontorsvaror AB", "kontor", "Pennby", 3},
	{"Ljusverket Elteknik AB", "el", "Exempelstad", 3},
	{"Språkbryggan Tolkar ek. för.", "tolk", "Bryggeby", 4},
	{"Molnskugga Programvara AB", "it", "Molndal", 3},
	{"Fjällnära Konferens AB", "hotell", "Fjällnäs", 1},
	{"Trädgårdsmästare Roos", "park", "Exempelstad", 2},
	{"Häggens Snö & Schakt AB", "väg", "Häggen", 2},
	{"Trygga Natten Bevakning AB", "bevakning", "Nattby", 2},
	{"Sydlänkens Bilservice AB", "bil", "Sydlänk", 2},
	{"Kunskapskällan ek. för.", "utbildn", "Källby", 2},
	{},
	{"Klangfabriken Scen AB", "scen", "Klangby", 0},
	{"Nyponrosens Bokförlag AB", "förlag", "Nyponby", -1},
	{"Fixarna i Moträsk AB", "bygg", "Moträsk", 0},
	{"Snabbstäd Direkt AB", "städ", "Exempelstad", 0},
}

// suppliers makes the suppliers of supplierTable.
func (c *City) suppliers() []Supplier {
	rnd := c.rand("suppliers")
	people := newNames(rnd)
	var all []Supplier
	fresh := false
	for n, row := range supplierTable {
		if row.name == "" {
			fresh = true
			continue
		}
		s := Supplier{
			Name: row.name, Org: orgNumber(companySeries, n+1), Scheme: "SE:BANKGIRO", Account: giro("999", 4100+37*n, 8),
			FTax: true, Trade: row.trade, Weight: row.weight, Style: n % len(numberStyles), Level: 85 + rnd.IntN(30),
			Rounds: n%7 == 3, OCR: n%3 == 0, New: fresh, Contact: people.next(), Phone: fictionPhone(100 + n),
			Address: Address{
				fmt.Sprintf("%s %d", streets[rnd.IntN(len(streets))], 1+rnd.IntN(60)),
				fmt.Sprintf("999 %02d", 50+n), row.city,
			},
		}
		if n%9 == 5 {
			s.Scheme, s.Account = "SE:PLUSGIRO", giro("99", 2100+53*n, 7)
		}
		s.VAT = vatNumber(s.Org)
		s.Email = "faktura@" + slug(row.name) + ".example"
		all = append(all, s)
	}
	return all
}

// Supplier returns the supplier whose name begins so; nil when there is none.
func (c *City) Supplier(name string) *Supplier {
	for i := range c.Suppliers {
		if s := &c.Suppliers[i]; len(s.Name) >= len(name) && s.Name[:len(name)] == name {
			return s
		}
	}
	return nil
}

// numberStyles are how suppliers write their invoice numbers; the argument is a
// running number.
var numberStyles = []string{"%d", "F-%04d", "%06d", "2%05d", "%d-7", "INV%05d", "K%04d", "23-%03d"}
