package demo

import (
	"time"

	"kontor/kernel/flow"
	"kontor/kernel/money"
	"kontor/kernel/period"
	"kontor/process/payables"
)

// scene is a file placed by hand in the last week, so that the queue of the
// morning on which the city is shown has one of each kind.
type scene struct {
	day      int // of November 2026
	client   string
	supplier string // how its name begins
	number   string
	class    Class
	good     int // of the trade
	quantity int
	price    money.Amount
	note     string
	rests    flow.State // how far the city has come with it; "" for not at all
}

// scenes all go to clients of Ekonomi Öst. The agreement gives five days: what
// came on the 18th was due the day before the city is shown, what came on the
// 19th is due today. Some have come as far as the people at a client.
var scenes = []scene{
	{18, "Socialförvaltningen", "Rensmarks", "4471", Ordinary, 0, 13, money.Kronor(579), "Påminnelse: vår tidigare faktura fick inget svar. Attestanten ska ha bytt tjänst.", ""},
	{19, "Kulturförvaltningen", "Lindåsens", "40118", NoReference, 1, 7, money.Kronor(4681), "Scen och ljus, höstfestivalen", ""},
	{19, "Utbildningsförvaltningen", "Kvarnbo", "F-2207", WrongVAT, 0, 254, 6400, "Luncher vecka 46", ""},
	{19, "Stadsteatern i Exempelstad AB", "Björnfors", "51204", UnknownReference, 0, 2, money.Kronor(4890), "", ""},
	{20, "Socialförvaltningen", "Björkvalla", "90331", Ordinary, 2, 118, money.Kronor(433), "Storstädning av två boenden, delas lika mellan Boende och Barn och unga", ""},
	{20, "Södra stadsdelen", "Tallmo", "1180-6", Ordinary, 0, 14, money.Kronor(1565), "", payables.Ready},
	{20, "Södra stadsdelen", "Tallmo", "1180-7", Twin, 0, 14, money.Kronor(1565), "", ""},
	{20, "Kulturförvaltningen", "Ekudden", "55102", ChangedAccount, 0, 10, money.Kronor(407), "Vi har bytt bankgiro", ""},
	{23, "Fastighetskontoret", "Norrtuna", "70044", ReverseCharge, 0, 190, money.Kronor(780), "Omvänd betalningsskyldighet gäller för byggtjänster.", ""},
	{23, "Kulturförvaltningen", "Nyponrosens", "N-118", NewSupplier, 1, 3, money.Kronor(1440), "", ""},
	{24, "Socialförvaltningen", "Sjöhaga", "8812", Ordinary, 0, 38, 77000, "38 resor, delas på fyra ansvar", ""},
	{24, "Miljöförvaltningen", "Hagaby", "23-991", Ordinary, 0, 5, money.Kronor(299), "", ""},
	{24, "Fastighetskontoret", "Västerlida", "61220", WrongSum, 0, 24, money.Kronor(755), "Projektet Kvarnen", ""},
	{25, "Norra stadsdelen", "Språkbryggan", "77031", UnknownReference, 1, 160, money.Kronor(11), "", ""},
	{25, "Stadsledningskontoret", "Solhult", "INV20418", OtherRecipient, 1, 12, money.Kronor(1190), "", ""},
	{25, "Södra stadsdelen", "Granö", "118", Euro, 0, 2, money.Kronor(1860), "Kurs enligt avtal", ""},
	{19, "Kulturförvaltningen", "Norrtuna", "70019", Ordinary, 0, 176, money.Kronor(745), "Stambyte i museets magasin", payables.Reviewed},
	{20, "Kulturförvaltningen", "Bokhandeln", "K2219", Ordinary, 0, 22, money.Kronor(318), "", payables.Reviewed},
	{23, "Kulturförvaltningen", "Trygga", "00731-7", Ordinary, 1, 3, money.Kronor(1190), "Utryckningar vecka 46", payables.Reviewed},
	{23, "Kulturförvaltningen", "Pennfäktarna", "41877", Ordinary, 2, 4, money.Kronor(1290), "", payables.Coded},
	{24, "Kulturförvaltningen", "Taxi Trekanten", "F-3350", Ordinary, 0, 9, money.Kronor(265), "Skolklasser till museet", payables.Coded},
}

// addScenes makes the files of the scenes.
func (m *mill) addScenes() {
	m.rnd = m.city.rand("scenes")
	m.serial = 9000
	for _, s := range m.scenes {
		day := period.NewDate(2026, time.November, s.day)
		k := m.city.named(s.client)
		seller := m.city.Supplier(s.supplier)
		p := &paper{
			seller: seller, buyer: k.party(), number: s.number, issued: day.AddDays(-2), days: 30, note: s.note,
			ref:   k.Codes[len(k.Codes)-1].Code,
			lines: []paperLine{{trades[seller.Trade][s.good], s.quantity, s.price}},
		}
		switch s.class {
		case OtherRecipient:
			k = m.city.named("Miljöförvaltningen")
			p.ref = k.Codes[0].Code
		case NoReference:
			p.ref = ""
		case UnknownReference:
			p.ref = vagueReferences[0]
		case EarlyDue:
			p.days = 6
		case ChangedAccount:
			p.account = giro("998", 7700, len(seller.Account))
		case ReverseCharge:
			p.reverse = true
		case WrongSum:
			p.skew.payable = money.Kronor(100)
		case WrongVAT:
			p.skew.rate = 13
		case Euro:
			p.currency = "EUR"
		}
		m.add(File{Class: s.class, Content: p.write(), Client: k.Code, Scene: s.rests == "", rests: s.rests, paper: p}, day, "xml")
	}
}

func (c *City) named(name string) *Client {
	for i := range c.Clients {
		if c.Clients[i].Name == name {
			return &c.Clients[i]
		}
	}
	return nil
}
