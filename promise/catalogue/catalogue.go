package catalogue

import (
	"strings"

	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
)

// Service is what clients buy.
type Service struct {
	ID        id.ID[Service]
	Code      string
	Name      string // Swedish
	Mandatory bool   // every committee buys it; else on request
	Position  int64
}

// Mode is how a price is counted.
type Mode string

// The modes.
const (
	Electronic   Mode = "electronic"   // per item that came electronically
	Manual       Mode = "manual"       // per item handled by hand
	Subscription Mode = "subscription" // per recurring invoice
	Stock        Mode = "stock"        // per thing held, each month
	Fixed        Mode = "fixed"        // a year, shared by a distribution key
	Hour         Mode = "hour"         // per hour in the time sheets
)

var modes = []form.Option{
	{Value: string(Electronic), Label: "Elektronisk"},
	{Value: string(Manual), Label: "Manuell"},
	{Value: string(Subscription), Label: "Abonnemang"},
	{Value: string(Stock), Label: "Bestånd"},
	{Value: string(Fixed), Label: "Fast avgift"},
	{Value: string(Hour), Label: "Timpris"},
}

// Word is the Swedish word for the mode.
func (m Mode) Word() string { return form.Word(modes, m) }

// Item is a priced part of a service.
type Item struct {
	ID       id.ID[Item]
	Service  id.ID[Service]
	Code     string
	Mode     Mode
	Per      string // Swedish: "faktura", "timme", "år"
	Activity string // of the work events that it prices; "" for none
	Channels string // of those, separated by commas; "" for all
	Position int64
}

// List is a price list as it was decided.
type List struct {
	ID        id.ID[List]
	Name      string
	ValidFrom period.Date
	BasedOn   id.ID[List]
	DecidedBy string
	DecidedOn period.Date // none where the source does not say
	Note      string
	Source    string
}

// Version is what work events carry.
func (l List) Version() int64 { return int64(l.ID) }

// Line is the price of one item in a list.
type Line struct {
	List     id.ID[List]
	Item     id.ID[Item]
	ID       id.ID[Line]
	Text     string // the item as the list words it; a change of scope shows here
	Price    money.Amount
	Activity string
	Channels string
	Source   string // "002 s.3"
}

// channels are those that the line prices; none means every one.
func (l Line) channels() []work.Channel {
	if l.Channels == "" {
		return nil
	}
	var all []work.Channel
	for c := range strings.SplitSeq(l.Channels, ",") {
		all = append(all, work.Channel(c))
	}
	return all
}

// Share is a client's weight in the distribution key of a fixed fee, from a year
// on. A key is replaced as a whole by the next year that has rows.
type Share struct {
	Item   id.ID[Item]
	Year   int64
	Client op.ClientID
	Weight int64
}
