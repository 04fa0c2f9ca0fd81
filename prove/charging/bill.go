package charging

import (
	"time"

	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/report"
	"kontor/kernel/work"
)

// Sort of line.
type Sort string

// The sorts, in the order in which they stand on a bill.
const (
	Item       Sort = "item"
	Correction Sort = "correction" // of a month that is closed
	Fee        Sort = "fee"
)

// Key is what the events of one line have in common.
type Key struct {
	Month    string       `json:"month"` // of the events, "2026-11"
	Process  string       `json:"process,omitempty"`
	Activity string       `json:"activity,omitempty"`
	Channel  work.Channel `json:"channel,omitempty"`
	Price    int64        `json:"price_list,string"` // version
}

// Line is one row of a bill.
type Line struct {
	Sort Sort `json:"sort"`
	Key
	Item     string       `json:"item"` // code of the catalogue's item
	Text     string       `json:"text"` // as the price list words it
	Quantity int64        `json:"quantity"`
	Each     money.Amount `json:"each"`
	Sum      money.Amount `json:"sum"`
}

// Bill is a client's month.
type Bill struct {
	Client op.ClientID  `json:"client"`
	Month  period.Month `json:"-"`
	Lines  []Line       `json:"lines"`
	Sum    money.Amount `json:"sum"`
	Closed *Closing     `json:"closed,omitempty"` // nil while the month is open
	// Unpriced is the quantity of events that no list prices; they cost nothing.
	Unpriced int64 `json:"unpriced"`
	// Keyless are the fixed fees whose distribution key nobody has decided.
	Keyless []string `json:"keyless,omitempty"`
}

// Closing says when a month was closed.
type Closing struct {
	ID    id.ID[Bill] `json:"id"`
	At    time.Time   `json:"at"`
	Actor op.PersonID `json:"actor"`
	Hash  string      `json:"hash"`
}

// Rows is the list of the events that the line bills; none for a fee.
func (l Line) Rows(client op.ClientID) (list.Query, bool) {
	p, err := period.ParsePeriod(l.Month)
	if l.Sort == Fee || err != nil {
		return list.Query{}, false
	}
	m := report.Measure{Process: l.Process, Activities: []string{l.Activity}, Channels: []work.Channel{l.Channel}}
	q := m.Rows(p, client)
	q.Filters["price"] = []string{whole(l.Price)}
	return q, true
}

// URL opens what stands behind the line: its events, or the distribution key of
// its fee.
func (l Line) URL(client op.ClientID) string {
	if q, ok := l.Rows(client); ok {
		return report.RowsURL(q)
	}
	return "/debitering/avgift/" + l.Item + "/" + l.Month
}
