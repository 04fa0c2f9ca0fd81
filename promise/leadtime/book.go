package leadtime

import (
	"slices"

	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/workday"
)

// Calendar is the office's: public holidays and eves are closed, half days are
// days.
var Calendar = workday.Office

// Book is every promise, for fast look-ups. It is never changed and safe for
// use by many goroutines.
type Book struct {
	rows  map[key][]Promise // oldest first, so that the last one that fits is in force
	names map[string]string
}

type key struct {
	client  op.ClientID
	service string
}

// NewBook makes a book of promises in any order.
func NewBook(promises []Promise, services []Service) *Book {
	b := &Book{rows: map[key][]Promise{}, names: map[string]string{}}
	for _, p := range inForce(promises) {
		k := key{p.Client, p.Service}
		b.rows[k] = append(b.rows[k], p)
	}
	for _, rows := range b.rows {
		slices.SortFunc(rows, Promise.compare)
	}
	for _, s := range services {
		b.names[s.Code] = s.Name
	}
	return b
}

func (p Promise) compare(q Promise) int {
	switch {
	case p.ValidFrom != q.ValidFrom:
		return int(p.ValidFrom) - int(q.ValidFrom)
	case p.ID < q.ID:
		return -1
	case p.ID > q.ID:
		return 1
	}
	return 0
}

// Promise returns the agreement that promises a client a service for what
// arrives on a day, and in how many working days; 0 and 0 where nothing is
// promised.
func (b *Book) Promise(client op.ClientID, service string, on period.Date) (agreement, days int64) {
	p, ok := b.Row(client, service, on)
	if !ok {
		return 0, 0
	}
	return int64(p.Agreement), p.Days
}

// Row returns the promise that is in force.
func (b *Book) Row(client op.ClientID, service string, on period.Date) (Promise, bool) {
	rows := b.rows[key{client, service}]
	for i := len(rows) - 1; i >= 0; i-- {
		if p := rows[i]; p.ValidFrom <= on && on <= p.ValidTo {
			return p, true
		}
	}
	return Promise{}, false
}

// Year returns the year of an agreement of a client, 0 when the book does not
// have it.
func (b *Book) Year(client op.ClientID, service string, agreement int64) int64 {
	for _, p := range b.rows[key{client, service}] {
		if int64(p.Agreement) == agreement {
			return p.Year
		}
	}
	return 0
}

// Name is the Swedish name of a service, or its code.
func (b *Book) Name(service string) string {
	if n, ok := b.names[service]; ok {
		return n
	}
	return service
}
