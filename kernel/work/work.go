// Package work is the log of work events, the heart of the program: every
// handled item leaves exactly one event, in the transaction that handled it.
// The bill, the indicators, the lead times, the samples and the report are read
// from here and from nowhere else.
//
// # Words
//
// An [Event] says for which client, by which process and activity, through
// which channel, how long it took and which document it was. The rollup is the
// sum of events by day; fresh is what has not been folded into it. A [Cell] is
// the sum of some events.
//
// # What always holds
//
//   - A document is counted once; a correction is a new event that points at
//     the one it corrects and carries its price and promise.
//   - A figure is rollup + fresh, exact at every moment; [Verify] proves it
//     equal to the events.
//   - Agreement, price and promise stand on the event: a later change of an
//     agreement or a price list never moves an old figure.
//
// # Not here
//
// What an activity costs is prove/charging. What a figure means is kernel/report.
package work

import (
	"time"

	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Channel is how an item came in or was handled. Prices differ by it.
type Channel string

const (
	Electronic Channel = "electronic"
	Manual     Channel = "manual"
	Scanned    Channel = "scanned"
	Phone      Channel = "phone"
	Web        Channel = "web"
)

// Event is one handled item.
type Event struct {
	Client    op.ClientID
	ID        id.ID[Event]
	Process   string // "payables"
	Activity  string // the priced item, "supplier-invoice"
	Channel   Channel
	Quantity  int64 // 1 for an item; negative in a correction
	Unit      op.UnitID
	Actor     op.PersonID
	Automated bool
	Arrived   time.Time
	Done      time.Time
	Day       period.Date
	Waited    int64 // seconds waiting for the client
	Agreement int64 // version that promised; 0 where nothing is promised
	Promised  int64 // days; 0 where nothing is promised
	Taken     int64 // days, the agreement's "Dag n"
	Kept      bool  // promised and in time; Record fills it in
	Price     int64 // version of the price list; 0 where not priced
	Kind      string
	Document  int64
	Corrects  id.ID[Event]
}

// Sums is what is added up of events.
type Sums struct {
	Events   int64
	Quantity int64
	Promised int64 // quantity with a promise
	Kept     int64 // of those, in time
	Waited   int64 // seconds
}

// Add adds t to s.
func (s *Sums) Add(t Sums) {
	s.Events += t.Events
	s.Quantity += t.Quantity
	s.Promised += t.Promised
	s.Kept += t.Kept
	s.Waited += t.Waited
}

func (e Event) sums() Sums {
	s := Sums{Events: 1, Quantity: e.Quantity, Waited: e.Waited}
	if e.Promised > 0 {
		s.Promised = e.Quantity
	}
	if e.Kept {
		s.Kept = e.Quantity
	}
	return s
}

// key is what the rollup distinguishes.
type key struct {
	Client    op.ClientID
	Day       period.Date
	Process   string
	Activity  string
	Channel   Channel
	Unit      op.UnitID
	Automated bool
	Price     int64
}

type freshRow struct {
	ID id.ID[freshRow]
	key
	Sums
}

type dayRow struct {
	key
	Sums
}

var (
	addEvents = db.Insert[Event]("work_event", "")
	addFresh  = db.Insert[freshRow]("work_fresh", "")
)

var errCounted = fault.New(fault.Conflict, "WRK-001", "Posten är redan räknad. Läs in sidan igen.")

// Record adds events at the operation's time. It fills in ID, Day, Done and
// Actor where they are not given. A document that is already counted is refused.
func Record(o *op.Op, events ...Event) error {
	if len(events) == 0 {
		return nil
	}
	fresh, order := map[key]Sums{}, []key{}
	rows := make([]Event, len(events))
	for i, e := range events {
		e.ID = id.New[Event](o)
		if e.Done.IsZero() {
			e.Done = o.Now
		}
		e.Day = period.DateOf(e.Done)
		e.Kept = e.Promised > 0 && e.Taken <= e.Promised
		if e.Actor.IsZero() {
			e.Actor, e.Automated = o.Actor.ID, e.Automated || o.Actor.Kind != op.Person
		}
		rows[i] = e
		k := key{e.Client, e.Day, e.Process, e.Activity, e.Channel, e.Unit, e.Automated, e.Price}
		s, seen := fresh[k]
		if !seen {
			order = append(order, k)
		}
		s.Add(e.sums())
		fresh[k] = s
	}
	if _, err := addEvents.Add(o, rows...); err != nil {
		if db.Duplicate(err) {
			return errCounted.Because("work event: %w", err)
		}
		return err
	}
	sums := make([]freshRow, len(order))
	for i, k := range order {
		sums[i] = freshRow{ID: id.New[freshRow](o), key: k, Sums: fresh[k]}
	}
	_, err := addFresh.Add(o, sums...)
	return err
}

var eventByID = db.Select[Event](`
	SELECT client, id, process, activity, channel, quantity, unit, actor, automated, arrived, done, day,
	       waited, agreement, promised, taken, kept, price, kind, document, corrects
	FROM   work_event
	WHERE  client = $1 AND id = $2`)

var errNoEvent = fault.New(fault.NotFound, "WRK-002", "Händelsen finns inte.")

// Correct adds an event that takes back the quantity of an earlier one, at its
// own price and promise, on the operation's day.
func Correct(o *op.Op, client op.ClientID, event id.ID[Event]) error {
	e, ok, err := eventByID.Maybe(o, client, event)
	if err != nil {
		return err
	}
	if !ok {
		return errNoEvent.Because("no event %s", event)
	}
	e.Corrects, e.Quantity, e.Done, e.Waited = e.ID, -e.Quantity, o.Now, -e.Waited
	e.Actor = 0
	return Record(o, e)
}

var ofDocument = db.Select[Event](`
	SELECT client, id, process, activity, channel, quantity, unit, actor, automated, arrived, done, day,
	       waited, agreement, promised, taken, kept, price, kind, document, corrects
	FROM   work_event
	WHERE  client = $1 AND document = $2
	ORDER  BY id`)

// Of returns the events of one document: none while it is being handled, then
// one, and its corrections.
func Of(o *op.Op, client op.ClientID, document int64) ([]Event, error) {
	return ofDocument.All(o, client, document)
}
