package demo

import "fmt"

type clientRow struct {
	name, short, kind, unit string
	weight                  int
	codes                   []string // what the units of the code string are called
}

var (
	officeCodes   = []string{"Förvaltningsledning", "Ekonomi och inköp", "Kansli"}
	districtCodes = []string{"Förvaltningsledning", "Förskola", "Äldreomsorg", "Fritid och park", "Socialtjänst"}
	companyCodes  = []string{"Ledning", "Drift", "Projekt"}
)

// clientTable has the clients in the order of their codes. The heaviest are
// served by Ekonomi Öst.
var clientTable = []clientRow{
	{"Stadsledningskontoret", "Stadsledning", "administration", "ost", 3, officeCodes},
	{"Socialförvaltningen", "Social", "administration", "ost", 8, []string{"Förvaltningsledning", "Barn och unga", "Försörjningsstöd", "Boende", "Tolk och stöd"}},
	{"Kulturförvaltningen", "Kultur", "administration", "ost", 5, []string{"Förvaltningsledning", "Bibliotek", "Museum", "Kulturskola", "Scen och evenemang"}},
	{"Utbildningsförvaltningen", "Utbildning", "administration", "ost", 9, []string{"Förvaltningsledning", "Grundskola norr", "Grundskola söder", "Gymnasium", "Skolmåltider"}},
	{"Miljöförvaltningen", "Miljö", "administration", "ost", 2, officeCodes},
	{"Fastighetskontoret", "Fastighet", "administration", "ost", 6, []string{"Förvaltningsledning", "Drift", "Underhåll", "Byggprojekt"}},
	{"Idrottsförvaltningen", "Idrott", "administration", "vast", 4, []string{"Förvaltningsledning", "Simhallar", "Idrottsplatser", "Ishallar"}},
	{"Stadsbyggnadskontoret", "Stadsbyggnad", "administration", "vast", 2, officeCodes},
	{"Trafikkontoret", "Trafik", "administration", "vast", 4, []string{"Förvaltningsledning", "Gator", "Belysning", "Vinterväghållning"}},
	{"Äldreförvaltningen", "Äldre", "administration", "norr", 3, officeCodes},
	{"Arbetsmarknadsförvaltningen", "Arbetsmarknad", "administration", "norr", 3, []string{"Förvaltningsledning", "Vuxenutbildning", "Praktik"}},
	{"Överförmyndarförvaltningen", "Överförmyndare", "administration", "norr", 1, officeCodes},
	{"Kyrkogårdsförvaltningen", "Kyrkogård", "administration", "soder", 2, []string{"Förvaltningsledning", "Park", "Krematorium"}},
	{"Valnämndens kansli", "Val", "administration", "soder", 1, officeCodes},
	{"Norra stadsdelen", "Norra", "district", "ost", 4, districtCodes},
	{"Södra stadsdelen", "Södra", "district", "ost", 4, districtCodes},
	{"Östra stadsdelen", "Östra", "district", "vast", 3, districtCodes},
	{"Västra stadsdelen", "Västra", "district", "vast", 3, districtCodes},
	{"Ekbackens stadsdel", "Ekbacken", "district", "vast", 3, districtCodes},
	{"Kvarnängens stadsdel", "Kvarnängen", "district", "vast", 2, districtCodes},
	{"Sjöhöjdens stadsdel", "Sjöhöjden", "district", "norr", 3, districtCodes},
	{"Strandängens stadsdel", "Strandängen", "district", "norr", 3, districtCodes},
	{"Granlidens stadsdel", "Granliden", "district", "norr", 2, districtCodes},
	{"Bergsåsens stadsdel", "Bergsåsen", "district", "norr", 2, districtCodes},
	{"Ågårdens stadsdel", "Ågården", "district", "soder", 3, districtCodes},
	{"Slättängens stadsdel", "Slättängen", "district", "soder", 2, districtCodes},
	{"Kullens stadsdel", "Kullen", "district", "soder", 2, districtCodes},
	{"Hamnstadens stadsdel", "Hamnstaden", "district", "soder", 3, districtCodes},
	{"Exempelstads Bostäder AB", "Bostäder", "company", "vast", 3, companyCodes},
	{"Exempelstads Hamn AB", "Hamn", "company", "soder", 2, companyCodes},
	{"Exempelstads Parkering AB", "Parkering", "company", "soder", 1, companyCodes},
	{"Exempelstads Vatten AB", "Vatten", "company", "norr", 2, companyCodes},
	{"Stadsteatern i Exempelstad AB", "Stadsteatern", "company", "ost", 2, []string{"Ledning", "Scen och teknik", "Publik"}},
}

var streets = []string{
	"Stora torget", "Kanalgatan", "Hamngatan", "Kyrkbacken", "Norra vägen", "Kvarnvägen", "Skolgatan", "Linnégatan",
	"Ekbacksvägen", "Strandpromenaden", "Ågatan", "Järnvägsgatan",
}

// companySeries and authoritySeries begin organisation numbers that nobody has.
const (
	companySeries   = "559999"
	authoritySeries = "212999"
)

// client makes the n:th client with its people.
func (c *City) client(n int, row clientRow, people *names) Client {
	series := authoritySeries
	if row.kind == "company" {
		series = companySeries
	}
	k := Client{
		Code: fmt.Sprint(110 + 10*n), Name: row.name, Short: row.short, Kind: row.kind, Unit: row.unit, Weight: row.weight,
		Org: orgNumber(series, 100+n), GLN: gln(1000 + n), Phone: fictionPhone(200 + n),
		Address: Address{fmt.Sprintf("%s %d", streets[n%len(streets)], 2+n), "999 " + fmt.Sprintf("%02d", 10+n), "Exempelstad"},
	}
	k.Mailbox = slug(row.short) + "@service.exempelstad.example"
	for i, name := range row.codes {
		k.Codes = append(k.Codes, Code{fmt.Sprintf("%d%03d", 20+n, 100+10*i), name})
	}
	leads := append(c.those(Accountant, row.unit), c.those(UnitManager, row.unit)...)
	k.Lead = leads[n%len(leads)]
	domain := slug(row.short) + ".exempelstad.example"
	k.Contact = c.add(Person{Name: people.next(), Role: Contact, Client: k.Code}, domain)
	k.Approver = c.add(Person{Name: people.next(), Role: Approver, Client: k.Code, Title: "enhetschef"}, domain)
	k.Manager = c.add(Person{Name: people.next(), Role: Approver, Client: k.Code, Title: "förvaltningschef"}, domain)
	if n < 6 {
		c.add(Person{Name: people.next(), Role: Controller, Client: k.Code}, domain)
	}
	return k
}
