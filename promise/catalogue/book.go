package catalogue

import (
	"cmp"
	"slices"

	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
)

// Book is every decided list, for fast look-ups. It is never changed and safe
// for use by many goroutines.
type Book struct {
	Services []Service
	Items    []Item // in the order of the catalogue
	Lists    []List // oldest first

	items  map[id.ID[Item]]Item
	lines  map[lineKey]Line
	prices map[priceKey]Line
	shares map[shareKey][]Share // by client
	years  map[id.ID[Item]][]int64
}

type lineKey struct {
	list id.ID[List]
	item id.ID[Item]
}

type priceKey struct {
	list     int64
	activity string
	channel  work.Channel
}

type shareKey struct {
	item id.ID[Item]
	year int64
}

// everyChannel stands in a key for a line that prices all channels.
const everyChannel = work.Channel("")

// NewBook makes a book of rows in any order.
func NewBook(services []Service, items []Item, lists []List, lines []Line, shares []Share) *Book {
	b := &Book{Services: services, Items: items, Lists: lists, items: map[id.ID[Item]]Item{}, lines: map[lineKey]Line{},
		prices: map[priceKey]Line{}, shares: map[shareKey][]Share{}, years: map[id.ID[Item]][]int64{}}
	slices.SortFunc(b.Services, func(x, y Service) int { return cmp.Compare(x.Position, y.Position) })
	slices.SortFunc(b.Items, func(x, y Item) int { return cmp.Compare(x.Position, y.Position) })
	slices.SortFunc(b.Lists, func(x, y List) int { return cmp.Compare(x.ValidFrom, y.ValidFrom) })
	for _, i := range items {
		b.items[i.ID] = i
	}
	for _, l := range lines {
		b.lines[lineKey{l.List, l.Item}] = l
		if l.Activity == "" {
			continue
		}
		channels := l.channels()
		if channels == nil {
			channels = []work.Channel{everyChannel}
		}
		for _, c := range channels {
			b.prices[priceKey{int64(l.List), l.Activity, c}] = l
		}
	}
	for _, s := range shares {
		k := shareKey{s.Item, s.Year}
		if b.shares[k] == nil {
			b.years[s.Item] = append(b.years[s.Item], s.Year)
		}
		b.shares[k] = append(b.shares[k], s)
	}
	for _, rows := range b.shares {
		slices.SortFunc(rows, func(x, y Share) int { return cmp.Compare(x.Client, y.Client) })
	}
	for _, years := range b.years {
		slices.Sort(years)
	}
	return b
}

// List returns the version of the list in force on a day: the one that began
// last. 0 before the first.
func (b *Book) List(on period.Date) (version int64) {
	for _, l := range b.Lists {
		if l.ValidFrom <= on {
			version = l.Version()
		}
	}
	return version
}

// Find returns the list with a version.
func (b *Book) Find(version int64) (List, bool) {
	for _, l := range b.Lists {
		if l.Version() == version {
			return l, true
		}
	}
	return List{}, false
}

// Price returns what one event of an activity costs by a list, and whether it is
// priced at all.
func (b *Book) Price(version int64, activity string, channel work.Channel) (money.Amount, bool) {
	l, ok := b.Priced(version, activity, channel)
	return l.Price, ok
}

// Priced returns the line that prices an activity by a channel.
func (b *Book) Priced(version int64, activity string, channel work.Channel) (Line, bool) {
	l, ok := b.prices[priceKey{version, activity, channel}]
	if !ok {
		l, ok = b.prices[priceKey{version, activity, everyChannel}]
	}
	return l, ok
}

// Line returns the line of an item in a list.
func (b *Book) Line(version int64, item id.ID[Item]) (Line, bool) {
	l, ok := b.lines[lineKey{id.ID[List](version), item}]
	return l, ok
}

// Item returns an item by its identity.
func (b *Book) Item(key id.ID[Item]) (Item, bool) {
	i, ok := b.items[key]
	return i, ok
}

// Service returns the service of an item.
func (b *Book) Service(i Item) Service {
	for _, s := range b.Services {
		if s.ID == i.Service {
			return s
		}
	}
	return Service{}
}

// Fee is a fixed fee of a year with its distribution key.
type Fee struct {
	Item   Item
	Line   Line
	Year   int64
	Shares []Share // by client; none when no key is decided
	parts  []money.Amount
}

// Fees returns the fixed fees of a list for a year, each with the key that was
// decided last for that year or before.
func (b *Book) Fees(version, year int64) []Fee {
	var all []Fee
	for _, i := range b.Items {
		l, ok := b.Line(version, i.ID)
		if !ok || i.Mode != Fixed {
			continue
		}
		f := Fee{Item: i, Line: l, Year: year}
		for _, y := range b.years[i.ID] {
			if y <= year {
				f.Shares = b.shares[shareKey{i.ID, y}]
			}
		}
		weights := make([]int64, len(f.Shares))
		for n, s := range f.Shares {
			weights[n] = s.Weight
		}
		if len(weights) > 0 {
			f.parts = l.Price.Share(weights)
		}
		all = append(all, f)
	}
	return all
}

// Yearly is a client's part of the fee: its weight of all weights, by largest
// remainder, so that the parts sum to the fee.
func (f Fee) Yearly(client op.ClientID) money.Amount {
	n, ok := slices.BinarySearchFunc(f.Shares, client, func(s Share, c op.ClientID) int { return cmp.Compare(s.Client, c) })
	if !ok {
		return 0
	}
	return f.parts[n]
}

// Monthly is a client's part for one month of the year, such that the twelve sum
// to the year's part.
func (f Fee) Monthly(client op.ClientID, m period.Month) money.Amount {
	return f.Yearly(client).Split(12)[int(m.Month)-1]
}

// Change is how an item's line differs between two lists.
type Change struct {
	Item     Item
	Old, New Line
	Had, Has bool
}

// Scope reports whether the wording, and so what is included, was changed.
func (c Change) Scope() bool { return c.Had && c.Has && c.Old.Text != c.New.Text }

// Compare returns what differs between two lists, in the order of the catalogue.
func (b *Book) Compare(before, after int64) []Change {
	var all []Change
	for _, i := range b.Items {
		c := Change{Item: i}
		c.Old, c.Had = b.Line(before, i.ID)
		c.New, c.Has = b.Line(after, i.ID)
		if c.Had != c.Has || c.Had && (c.Old.Price != c.New.Price || c.Scope()) {
			all = append(all, c)
		}
	}
	return all
}
