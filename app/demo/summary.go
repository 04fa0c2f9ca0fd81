package demo

import "strings"

// Summary tells what was built.
type Summary struct {
	Files    int `json:"files"`
	Imported int `json:"imported"`
	Held     int `json:"held"`
	Failed   int `json:"failed"`

	Events     int64     `json:"events"`     // work events
	Ready      int       `json:"ready"`      // invoices ready for payment
	Returned   int       `json:"returned"`   // sent back with a letter, or voided
	Open       int       `json:"open"`       // still being handled
	Complaints int       `json:"complaints"` // received
	Accounts   []Account `json:"accounts"`
}

// Account is a way into the demo, for one role.
type Account struct {
	Role     string `json:"role"`
	Title    string `json:"title"` // Swedish
	User     string `json:"user"`
	Password string `json:"password"`
	Name     string `json:"name"`
	Client   string `json:"client,omitempty"` // name of the client; "" at the centre
}

var passwordWords = strings.Fields(`
	alkärr bäckfors björkris dimma ekorre fjällko glasvik gryning hagtorn hjortron järnek kantarell kastanj klöver
	lavendel lingon ljung lövsal mossa måne nypon näver orrspel pilträd rallaros rimfrost rönnbär sjöfågel skogsstig
	smultron snödroppe solros syren tallkotte timjan trana tranbär vallmo videung åkerbär ängsull ödla`)

// accountTable has who can sign in: one for each role of people.
func (c *City) accountTable() []string {
	k := c.named("Kulturförvaltningen")
	keys := []string{"maja.ek", "ulrika.falk", "sigrid.ahlen", "lo.wester", "jonas.hall", k.Contact, k.Approver, k.Manager}
	for _, p := range c.People {
		if p.Role == Controller && p.Client == k.Code || p.Role == Auditor {
			keys = append(keys, p.Key)
		}
	}
	return keys
}

// roleAt is what the roles at a client are called.
var roleAt = map[string]string{Approver: "attestant", Contact: "kontaktperson", Controller: "controller"}

// accounts gives each of accountTable a password that can be remembered: the
// demo shows it, and the same seed makes the same one.
func (c *City) accounts() []Account {
	rnd := c.rand("passwords")
	var all []Account
	for _, key := range c.accountTable() {
		p := c.Person(key)
		words := make([]string, 3)
		for i := range words {
			words[i] = passwordWords[rnd.IntN(len(passwordWords))]
		}
		a := Account{Role: p.Role, Title: p.Title, User: p.Key, Password: strings.Join(words, "-"), Name: p.Name}
		if k := c.Client(p.Client); k != nil {
			a.Client = k.Name
			a.Title = roleAt[p.Role] + ", " + k.Short
			if p.Key == k.Manager {
				a.Title = "attestant för stora belopp, " + k.Short
			}
		}
		all = append(all, a)
	}
	return all
}
