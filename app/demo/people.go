package demo

import (
	"math/rand/v2"
	"strings"
)

var firstNames = strings.Fields(`
	Amina Anders Astrid Axel Birgitta Björn Carina Daniel Ebba Elin Emil Erik Fatima Filip Frida Gunilla Gustav Hamid
	Hanna Henrik Ingrid Isak Jasmin Johan Karin Kerstin Kim Lars Leila Lena Linnéa Magnus Maria Mattias Mehmet Mikael
	Nadia Nils Olof Omar Peter Petra Pirjo Rania Robin Sara Sofia Stefan Svante Theo Tove Ulla Vera Viktor Yusuf Zeynep Åsa Örjan`)

var lastNames = strings.Fields(`
	Alm Andersson Berg Bergström Björk Blom Boman Dahlin Danielsson Ekholm Eriksson Fors Forsberg Granlund Gunnarsson
	Haddad Hagström Hedlund Hellström Holmgren Hosseini Isaksson Jansson Johansson Karlsson Kovacs Lind Lindqvist
	Lundin Magnusson Mohammed Mäkinen Nilsson Norberg Nyman Olofsson Palm Persson Qvist Rosén Sandberg Sjögren Strand
	Sundin Svensson Söderlund Tran Udd Virtanen Vikström Wallin Yilmaz Zetterlund Åberg Öberg`)

// names deals out names, each once.
type names struct {
	rnd   *rand.Rand
	taken map[string]bool
}

func newNames(rnd *rand.Rand) *names { return &names{rnd, map[string]bool{}} }

func (n *names) next() string {
	for {
		name := firstNames[n.rnd.IntN(len(firstNames))] + " " + lastNames[n.rnd.IntN(len(lastNames))]
		if !n.taken[name] {
			n.taken[name] = true
			return name
		}
	}
}

// The roles of the permission matrix that people of the city have.
const (
	Assistant   = "assistant"
	Accountant  = "accountant"
	Sysadmin    = "sysadmin"
	UnitManager = "unitmanager"
	Head        = "head"
	Approver    = "approver"
	Contact     = "contact"
	Controller  = "controller"
	Auditor     = "auditor"
	Automation  = "automation"
)

var roleTitle = map[string]string{
	Assistant: "ekonomiadministratör", Accountant: "redovisningsekonom", Sysadmin: "systemförvaltare",
	UnitManager: "enhetschef", Head: "verksamhetschef", Approver: "chef", Contact: "kontaktperson",
	Controller: "controller", Auditor: "revisor", Automation: "digital medarbetare",
}

var units = []Unit{
	{"ost", "Ekonomi Öst"},
	{"vast", "Ekonomi Väst"},
	{"norr", "Ekonomi Norr"},
	{"soder", "Ekonomi Söder"},
	{"system", "Systemförvaltning"},
}

// staffTable has everybody at the shared service centre.
var staffTable = []struct{ name, role, unit string }{
	{"Lo Wester", Head, ""},
	{"Sigrid Åhlén", UnitManager, "ost"},
	{"Hassan Aziz", UnitManager, "vast"},
	{"Marie Lindell", UnitManager, "norr"},
	{"Tomas Bäck", UnitManager, "soder"},
	{"Ylva Ström", UnitManager, "system"},
	{"Maja Ek", Assistant, "ost"},
	{"Elias Dahl", Assistant, "ost"},
	{"Samira Farah", Assistant, "ost"},
	{"Noor Salim", Assistant, "vast"},
	{"Per Hedman", Assistant, "vast"},
	{"Aino Laine", Assistant, "vast"},
	{"Klara Vik", Assistant, "norr"},
	{"Dragan Petrović", Assistant, "norr"},
	{"Josefin Rask", Assistant, "norr"},
	{"Adam Sköld", Assistant, "soder"},
	{"Mona Bergvall", Assistant, "soder"},
	{"Li Chen", Assistant, "soder"},
	{"Ulrika Falk", Accountant, "ost"},
	{"Bo Stenman", Accountant, "vast"},
	{"Selma Demir", Accountant, "norr"},
	{"Gun Arvidsson", Accountant, "soder"},
	{"Jonas Hall", Sysadmin, "system"},
	{"Parisa Karimi", Sysadmin, "system"},
	{"Oskar Lindh", Sysadmin, "system"},
}

// staff adds the people of the shared service centre, the auditor and the
// digital co-worker.
func (c *City) staff(n *names) {
	for _, s := range staffTable {
		n.taken[s.name] = true
		c.add(Person{Name: s.name, Role: s.role, Unit: s.unit}, "service.exempelstad.example")
	}
	c.add(Person{Name: "Disa Robot", Role: Automation, Unit: "system", Machine: true}, "service.exempelstad.example")
	c.add(Person{Name: "Berit Revelj", Role: Auditor}, "revision.exempelstad.example")
}

// add gives a person a key, an address and a title.
func (c *City) add(p Person, domain string) string {
	p.Key = slug(p.Name)
	p.Email = p.Key + "@" + domain
	p.Phone = fictionPhone(len(c.People))
	if p.Title == "" {
		p.Title = roleTitle[p.Role]
	}
	c.People = append(c.People, p)
	return p.Key
}

// those returns the keys of the people with a role at a unit of the centre.
func (c *City) those(role, unit string) []string {
	var keys []string
	for _, p := range c.People {
		if p.Role == role && p.Unit == unit && p.Client == "" {
			keys = append(keys, p.Key)
		}
	}
	return keys
}
