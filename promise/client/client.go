package client

import (
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Client is an administration or company that buys our services.
type Client struct {
	ID      op.ClientID
	Version int64
	Code    string // short, for addresses and files: "KULT"
	Name    string
	Kind    Kind
	Org     string // 12 digits
	Active  bool
	Short   string // name where there is little room
	Address string
	Unit    op.UnitID   // home unit, 0 for none
	Lead    op.PersonID // kundansvarig, 0 for nobody
	Mailbox string      // function mailbox that the client writes to
	Phone   string      // group number that the client calls
	Hours   string      // when it is answered, in words
}

// URL is the client's page.
func (c Client) URL() string { return "/kund/" + c.Code }

// Brief is the short name, or the name where there is none.
func (c Client) Brief() string {
	if c.Short != "" {
		return c.Short
	}
	return c.Name
}

// Kind of client.
type Kind string

// The kinds of client.
//
// source: 001 s.5 (of 33 clients 14 are district administrations), 000 s.3 (companies)
const (
	Administration Kind = "administration"
	District       Kind = "district"
	Company        Kind = "company" // owned by the municipality
)

var kinds = []form.Option{
	{Value: string(Administration), Label: "Fackförvaltning"},
	{Value: string(District), Label: "Stadsdelsförvaltning"},
	{Value: string(Company), Label: "Kommunalt bolag"},
}

// Word is the Swedish word for the kind.
func (k Kind) Word() string { return form.Word(kinds, k) }

// Contact is a person at a client. The row is ended, never removed.
type Contact struct {
	Client    op.ClientID
	ID        id.ID[Contact]
	Version   int64
	Person    op.PersonID // who signs in to the client web; 0 for nobody
	Name      string
	Role      string // contact, controller, accounting, approver, head
	Title     string
	Phone     string
	Mail      string
	ValidFrom period.Date
	ValidTo   period.Date // none: until further notice
}

var contactRoles = []form.Option{
	{Value: "contact", Label: "Kontaktperson"},
	{Value: "accounting", Label: "Redovisningsansvarig"},
	{Value: "controller", Label: "Controller"},
	{Value: "approver", Label: "Attestant"},
	{Value: "head", Label: "Förvaltningschef"},
}
