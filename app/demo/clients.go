package demo

import "fmt"

type clientRow struct {
	code, name, short, kind, unit string
	weight                        int
	codes                         []string // what the units of the code string are called
}

var (
	officeCodes   = []string{"Förvaltningsledning", "Ekonomi och inköp", "Kansli"}
	districtCodes = []string{"Förvaltningsledning", "Förskola", "Äldreomsorg", "Fritid och park", "Socialtjänst"}
	companyCodes  = []string{"Ledning", "Drift", "Projekt"}
)

// clientTable has the clients. The heaviest are
// served by Ekonomi Öst.
var clientTable = []clientRow{
	{"SLK", "Stadsledningskontoret", "Stadsledning", "administration", "ost", 3, officeCodes},
	{"SOC", "Socialförvaltningen", "Social", "administration", "ost", 8, []string{"Förvaltningsledning", "Barn och unga", "Försörjningsstöd", "Boende", "Tolk och stöd"}},
	{"KULT", "Kulturförvaltningen", "Kultur", "administration", "ost", 5, []string{"Förvaltningsledning", "Bibliotek", "Museum", "Kulturskola", "Scen och evenemang"}},
	{"UTB", "Utbildningsförvaltningen", "Utbildning", "administration", "ost", 9, []string{"Förvaltningsledning", "Grundskola norr", "Grundskola söder", "Gymnasium", "Skolmåltider"}},
	{"MILJ", "Miljöförvaltningen", "Miljö", "administration", "ost", 2, officeCodes},
	{"FAST", "Fastighetskontoret", "Fastighet", "administration", "ost", 6, []string{"Förvaltningsledning", "Drift", "Underhåll", "Byggprojekt"}},
	{"IDR", "Idrottsförvaltningen", "Idrott", "administration", "vast", 4, []string{"Förvaltningsledning", "Simhallar", "Idrottsplatser", "Ishallar"}},
	{"SBK", "Stadsbyggnadskontoret", "Stadsbyggnad", "administration", "vast", 2, officeCodes},
	{"TRAF", "Trafikkontoret", "Trafik", "administration", "vast", 4, []string{"Förvaltningsledning", "Gator", "Belysning", "Vinterväghållning"}},
	{"ALD", "Äldreförvaltningen", "Äldre", "administration", "norr", 3, officeCodes},
	{"ARB", "Arbetsmarknadsförvaltningen", "Arbetsmarknad", "administration", "norr", 3, []string{"Förvaltningsledning", "Vuxenutbildning", "Praktik"}},
	{"OFN", "Överförmyndarförvaltningen", "Överförmyndare", "administration", "norr", 1, officeCodes},
	{"KYRK", "Kyrkogårdsförvaltningen", "Kyrkogård", "administration", "soder", 2, []string{"Förvaltningsledning", "Park", "Krematorium"}},
	{"VAL", "Valnämndens kansli", "Val", "administration", "soder", 1, officeCodes},
	{"NORR", "Norra stadsdelen", "Norra", "district", "ost", 4, districtCodes},
	{"SODR", "Södra stadsdelen", "Södra", "district", "ost", 4, districtCodes},
	{"OSTR", "Östra stadsdelen", "Östra", "district", "vast", 3, districtCodes},
	{"VAST", "Västra stadsdelen", "Västra", "district", "vast", 3, districtCodes},
	{"EKB", "Ekbackens stadsdel", "Ekbacken", "district", "vast", 3, districtCodes},
	{"KVA", "Kvarnängens stadsdel", "Kvarnängen", "district", "vast", 2, districtCodes},
	{"SJO", "Sjöhöjdens stadsdel", "Sjöhöjden", "district", "norr", 3, districtCodes},
	{"STRA", "Strandängens stadsdel", "Strandängen", "district", "norr", 3, districtCodes},
	{"GRAN", "Granlidens stadsdel", "Granliden", "district", "norr", 2, districtCodes},
	{"BERG", "Bergsåsens stadsdel", "Bergsåsen", "district", "norr", 2, districtCodes},
	{"AGA", "Ågårdens stadsdel", "Ågården", "district", "soder", 3, districtCodes},
	{"SLAT", "Slättängens stadsdel", "Slättängen", "district", "soder", 2, districtCodes},
	{"KULL", "Kullens stadsdel", "Kullen", "district", "soder", 2, districtCodes},
	{"HSTD", "Hamnstadens stadsdel", "Hamnstaden", "district", "soder", 3, districtCodes},
	{"BOST", "Exempelstads Bostäder AB", "Bostäder", "company", "vast", 3, companyCodes},
	{"HAMN", "Exempelstads Hamn AB", "Hamn", "company", "soder", 2, companyCodes},
	{"PARK", "Exempelstads Parkering AB", "Parkering", "company", "soder", 1, companyCodes},
	{"VATT", "Exempelstads Vatten AB", "Vatten", "company", "norr", 2, companyCodes},
	{"TEAT", "Stadsteatern i Exempelstad AB", "Stadsteatern", "company", "ost", 2, []string{"Ledning", "Scen och teknik", "Publik"}},
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
		Code: row.code, Name: row.name, Short: row.short, Kind: row.kind, Unit: row.unit, Weight: row.weight,
		Org: orgNumber(series, 100+n), GLN: gln(1000 + n), Phone: fictionPhone(200 + n),
		Address: Address{fmt.Sprintf("%s %d", streets[n%len(streets)], 2+n), "999 " + fmt.Sprintf("%02d", 10+n), "Exempelstad"},
	}
	k.Mailbox = slug(row.short) + "@service.exempelstad.example"
	for i, name := range row.codes {
		k.Codes = append(k.Codes, Code{fmt.Sprintf("%d%03d", 20+n, 100+10*i), name})
	}
	k.Lead = c.those(UnitManager, row.unit)[0]
	domain := slug(row.short) + ".exempelstad.example"
	k.Contact = c.add(Person{Name: people.next(), Role: Contact, Client: k.Code}, domain)
	k.Approver = c.add(Person{Name: people.next(), Role: Approver, Client: k.Code, Title: "enhetschef"}, domain)
	k.Manager = c.add(Person{Name: people.next(), Role: Approver, Client: k.Code, Title: "förvaltningschef"}, domain)
	if n < 6 {
		c.add(Person{Name: people.next(), Role: Controller, Client: k.Code}, domain)
	}
	return k
}
