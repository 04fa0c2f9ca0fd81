package demo

import (
	"kontor/kernel/op"
	"kontor/promise/catalogue"
)

// scale is how many times smaller than the office of the price lists the city is.
const scale = 850

// prices decides the city's own price list: that of 2014 with the fixed yearly
// fees in the scale of the city, and the key by which they are shared.
func (b *builder) prices(o *op.Op) error {
	book, err := catalogue.Load(o)
	if err != nil {
		return err
	}
	latest := book.List(begun)
	draft, err := catalogue.Begin(o, "Prislista 2025", begun, latest)
	if err != nil {
		return err
	}
	for _, item := range book.Items {
		line, has := book.Line(latest, item.ID)
		if !has || item.Mode != catalogue.Fixed {
			continue
		}
		err := catalogue.Propose(o, draft, catalogue.DraftLine{Draft: draft.ID, Item: item.ID, Text: line.Text, Price: line.Price / scale})
		if err != nil {
			return err
		}
		draft.Version++
		var shares []catalogue.Share
		for _, k := range b.city.Clients {
			shares = append(shares, catalogue.Share{Item: item.ID, Year: int64(begun.Year()), Client: b.clients[k.Code], Weight: int64(k.Weight)})
		}
		if err := catalogue.SetShares(o, shares...); err != nil {
			return err
		}
	}
	_, err = catalogue.Decide(o, draft, "Servicenämnden i Exempelstad", begun.AddDays(-40),
		"Demostaden: priserna från 2014, fasta avgifter i skala 1:850")
	return err
}
