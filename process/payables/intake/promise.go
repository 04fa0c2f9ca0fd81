package intake

import (
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/process/payables"
	"kontor/promise/catalogue"
	"kontor/promise/client"
	"kontor/promise/leadtime"
)

// terms is who the clients are and what is promised to them.
type terms struct {
	clients map[op.ClientID]client.Client
	book    *leadtime.Book
	price   int64 // version of the price list that decides what an item costs
}

func loadTerms(o *op.Op) (*terms, error) {
	all, err := client.All(o)
	if err != nil {
		return nil, err
	}
	t := &terms{clients: make(map[op.ClientID]client.Client, len(all))}
	for _, c := range all {
		t.clients[c.ID] = c
	}
	if t.book, err = leadtime.Load(o); err != nil {
		return nil, err
	}
	prices, err := catalogue.Load(o)
	if err != nil {
		return nil, err
	}
	t.price = prices.List(period.DateOf(o.Now))
	return t, nil
}

func (t *terms) name(c op.ClientID) string { return t.clients[c].Name }

// of is what holds for what arrives to a client on a day: the versions are kept
// with the invoice, so that a later change moves no old figure.
func (t *terms) of(c op.ClientID, on period.Date, _ work.Channel) (agreement, days, price int64, unit op.UnitID) {
	agreement, days = t.book.Promise(c, payables.Activity, on)
	return agreement, days, t.price, t.clients[c].Unit
}
