package agreement

import (
	"time"

	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/catalogue"
)

// Agreement is a service agreement, or an addition to one. Arrived is when it
// was begun.
type Agreement struct {
	flow.Head[Agreement]
	Kind      Kind
	Parent    id.ID[Agreement] // the year's agreement of an addition; 0 else
	Year      int64
	Number    string // "KULT 2026:1"
	ValidFrom period.Date
	ValidTo   period.Date
	Hours     string // opening hours, in words
	Terms     string // what else is agreed, in words
	SentBy    op.PersonID
	SignedBy  string // who signed for the client
	SignedOn  period.Date
	EndedOn   period.Date // last day, when it was ended early

	Promises []Promise `db:"-"`
	Services []Ordered `db:"-"`
}

// URL is the agreement's page.
func (a Agreement) URL() string { return "/avtal/" + a.ID.String() }

// Last is the last day that the agreement is in force.
func (a Agreement) Last() period.Date {
	if a.EndedOn.IsZero() {
		return a.ValidTo
	}
	return a.EndedOn
}

// InForce reports whether the agreement is signed and covers a day.
func (a Agreement) InForce(on period.Date) bool {
	return (a.State == Signed || a.State == Ended) && a.ValidFrom <= on && on <= a.Last()
}

// Kind of agreement.
type Kind string

// The kinds.
const (
	Yearly   Kind = "year"
	Addition Kind = "addition"
)

var kinds = []form.Option{
	{Value: string(Yearly), Label: "Serviceavtal"},
	{Value: string(Addition), Label: "Tilläggsöverenskommelse"},
}

// Word is the Swedish word for the kind.
func (k Kind) Word() string { return form.Word(kinds, k) }

// Promise is a lead time in an agreement. What is in force is what
// promise/leadtime was given when the agreement was signed.
type Promise struct {
	Client    op.ClientID
	ID        id.ID[Promise]
	Agreement id.ID[Agreement]
	Service   string
	Days      int64 // last working day that keeps the promise; day 1 is the day of arrival
	Source    string
}

// Ordered is an additional service that the client has ordered.
type Ordered struct {
	Client    op.ClientID
	ID        id.ID[Ordered]
	Agreement id.ID[Agreement]
	Item      id.ID[catalogue.Item]
	Hours     int64 // expected a year; 0 where none are agreed
	Text      string
}

// Deviation is an approved way of working that differs for one client.
type Deviation struct {
	Client    op.ClientID
	ID        id.ID[Deviation]
	Version   int64
	Process   string
	Text      string
	DecidedBy string
	DecidedOn period.Date
	ValidFrom period.Date
	ValidTo   period.Date // none: until further notice
}

// Party does a step.
type Party string

// The parties.
const (
	Operator Party = "operator"
	Client   Party = "client"
)

var parties = []form.Option{
	{Value: string(Operator), Label: "Vi"},
	{Value: string(Client), Label: "Kunden"},
}

// Duty says which party does a step of a process.
type Duty struct {
	ID        id.ID[Duty]
	Version   int64
	Process   string
	Position  int64 // order within the process
	Text      string
	Party     Party
	Source    string
	ValidFrom period.Date
	ValidTo   period.Date // none: until further notice
}

// Interest is what a client wants to buy of the additional services in a year.
type Interest struct {
	Client  op.ClientID
	ID      id.ID[Interest]
	Version int64
	Year    int64
	Item    id.ID[catalogue.Item]
	Hours   int64 // a year
	Text    string
	ByName  string
	At      time.Time
	Answer  string // open, agreed, declined
	Reply   string
}

var answers = []form.Option{
	{Value: "open", Label: "Obesvarad"},
	{Value: "agreed", Label: "Överenskommen"},
	{Value: "declined", Label: "Avböjd"},
}
