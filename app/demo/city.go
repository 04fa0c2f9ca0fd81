package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"kontor/kernel/ident"
	"kontor/kernel/period"
)

// Seed makes the city that kontor demo shows.
const Seed = 850

// First is the day on which the city begins to receive invoices, and Today the
// day on which it is shown: a Wednesday.
var (
	First = period.NewDate(2025, 9, 1)
	Today = period.NewDate(2026, 11, 25)
)

// City is the invented city, before anything has happened in it.
type City struct {
	Name      string
	Operator  string // the shared service centre
	Units     []Unit
	People    []Person
	Clients   []Client
	Suppliers []Supplier

	seed uint64
}

// Unit is a part of the shared service centre.
type Unit struct {
	Code, Name string
}

// Person is somebody who works for the city, or its digital co-worker.
type Person struct {
	Key     string // unique, made of the name: "maja.ek"
	Name    string
	Email   string
	Phone   string
	Title   string // Swedish
	Role    string // role in the permission matrix
	Unit    string // code of the unit; "" at a client
	Client  string // code of the client; "" at the shared service centre
	Machine bool
}

// Client is an administration, district or company that buys the services.
type Client struct {
	Code     string // "KULT"
	Name     string
	Short    string // as written in a list
	Kind     string // administration, district or company
	Org      string // 12 digits
	GLN      string
	Unit     string // code of the home unit
	Lead     string // person: answers for the client
	Contact  string // person at the client: questions, reviews invoices
	Approver string // person at the client: decides up to 100 000 kronor
	Manager  string // person at the client: decides up to 5 million kronor
	Mailbox  string
	Phone    string
	Address  Address
	Codes    []Code // buyer references, which are units of the code string
	Weight   int    // share of the invoices, and of the fixed fees
}

// Code is a unit of a client's code string with its name.
type Code struct {
	Code, Name string
}

// Address is a postal address in Sweden.
type Address struct {
	Street, PostalCode, City string
}

// VAT is the VAT number that belongs to a 12-digit organisation number.
func vatNumber(org string) string { return "SE" + org[2:] + "01" }

// New makes the city of a seed.
func New(seed uint64) *City {
	c := &City{Name: "Exempelstad", Operator: "Serviceförvaltningen Exempelstad", Units: units, seed: seed}
	c.Clients = make([]Client, len(clientTable))
	names := newNames(c.rand("people"))
	c.staff(names)
	for i, row := range clientTable {
		c.Clients[i] = c.client(i, row, names)
	}
	c.Suppliers = c.suppliers()
	return c
}

// rand is a stream of its own for each subject, so that one more draw in one
// place moves nothing in another.
func (c *City) rand(subject string, n ...uint64) *rand.Rand {
	h := uint64(14695981039346656037) // FNV-1a
	for i := range len(subject) {
		h = (h ^ uint64(subject[i])) * 1099511628211
	}
	for _, v := range n {
		h = (h ^ v) * 1099511628211
	}
	return rand.New(rand.NewPCG(c.seed, h))
}

// Client returns the client with a code; nil when there is none.
func (c *City) Client(code string) *Client {
	for i := range c.Clients {
		if c.Clients[i].Code == code {
			return &c.Clients[i]
		}
	}
	return nil
}

// Person returns the person with a key; nil when there is none.
func (c *City) Person(key string) *Person {
	for i := range c.People {
		if c.People[i].Key == key {
			return &c.People[i]
		}
	}
	return nil
}

// orgNumber makes the 12-digit number number n of a six-digit series.
func orgNumber(series string, n int) string {
	payload := fmt.Sprintf("%s%03d", series, n)
	digit, _ := ident.LuhnDigit(payload)
	return "16" + payload + string(digit)
}

// gln makes a location number in the range that GS1 leaves for use inside one
// organisation, so that it can never be somebody's.
func gln(n int) string {
	body := fmt.Sprintf("2999%08d", n)
	sum := 0
	for i := range len(body) {
		sum += int(body[i]-'0') * (1 + 2*(i%2))
	}
	return body + string(byte('0'+(10-sum%10)%10))
}

// giro makes a bankgiro number of eight digits or a plusgiro number of seven.
func giro(series string, n, width int) string {
	payload := fmt.Sprintf("%s%0*d", series, width-1-len(series), n)
	digit, _ := ident.LuhnDigit(payload)
	return payload + string(digit)
}

var fold = strings.NewReplacer("å", "a", "ä", "a", "ö", "o", "é", "e", "ć", "c", "&", "och")

// slug writes a name for an address: "Åsa Öst" becomes "asa.ost".
func slug(name string) string {
	words := strings.FieldsFunc(fold.Replace(strings.ToLower(name)), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, ".")
}

// fictionPhone makes a number in the ranges set aside for books and films.
//
// source: Post- och telestyrelsen, Telefonnummer för användning i böcker och filmer
func fictionPhone(n int) string {
	ranges := []struct {
		prefix string
		from   int
	}{{"031-390 06 ", 0}, {"040-628 04 ", 0}, {"08-465 004 ", 0}}
	r := ranges[n/100%len(ranges)]
	return fmt.Sprintf("%s%02d", r.prefix, n%100)
}
