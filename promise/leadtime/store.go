package leadtime

import (
	"fmt"
	"time"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
)

var (
	allServices = db.Select[Service](`SELECT id, code, name, process, days, source FROM lead_service ORDER BY process, id`)
	addServices = db.Insert[Service]("lead_service", "ON CONFLICT DO NOTHING")

	addPromises = db.Insert[Promise]("lead_promise", "")
	allPromises = db.Select[Promise](`
		SELECT client, id, agreement, year, service, days, valid_from, valid_to FROM lead_promise`)
	promisesOf = db.Select[Promise](`
		SELECT client, id, agreement, year, service, days, valid_from, valid_to FROM lead_promise
		WHERE  client = $1 ORDER BY service, valid_from, id`)

	promisedEvents = db.Select[promisedEvent](`
		SELECT client, id, agreement, promised, arrived FROM work_event WHERE agreement <> 0`)
)

type promisedEvent struct {
	Client    op.ClientID
	ID        id.ID[work.Event]
	Agreement id.ID[Agreement]
	Promised  int64
	Arrived   time.Time
}

// Services lists what a lead time can be promised for.
func Services(o *op.Op) ([]Service, error) { return allServices.All(o) }

// Options are the services as choices; the value is the code.
func Options(o *op.Op) ([]form.Option, error) {
	rows, err := allServices.All(o)
	all := make([]form.Option, len(rows))
	for i, s := range rows {
		all[i] = form.Option{Value: s.Code, Label: s.Name}
	}
	return all, err
}

// Load reads every promise. A batch does it once.
func Load(o *op.Op) (*Book, error) {
	promises, err := allPromises.All(o)
	if err != nil {
		return nil, err
	}
	services, err := allServices.All(o)
	if err != nil {
		return nil, err
	}
	return NewBook(promises, services), nil
}

// Of lists the promises to one client, by service and first day.
func Of(o *op.Op, client op.ClientID) ([]Promise, error) { return promisesOf.All(o, client) }

// Make stores promises; agreement does it when the client has signed.
func Make(o *op.Op, promises ...Promise) error {
	if len(promises) == 0 {
		return nil
	}
	for i := range promises {
		promises[i].ID = id.New[Promise](o)
	}
	_, err := addPromises.Add(o, promises...)
	return err
}

// End makes nothing promised by an agreement after the last day that is given.
func End(o *op.Op, client op.ClientID, agreement id.ID[Agreement], last period.Date) error {
	rows, err := promisesOf.All(o, client)
	if err != nil {
		return err
	}
	var ends []Promise
	for _, p := range rows {
		if p.Agreement == agreement && p.Days > 0 && p.ValidTo > last {
			p.Days, p.ValidFrom = 0, max(p.ValidFrom, last+1)
			ends = append(ends, p)
		}
	}
	return Make(o, ends...)
}

// install loads the services that the office starts with.
func install(o *op.Op) error {
	services, err := parseServices(reference)
	if err != nil {
		return err
	}
	n, err := addServices.Add(o, services...)
	if err != nil || n == 0 {
		return err
	}
	return audit.Note(o, audit.Change{Kind: "leadtime.service", Step: "install", Note: fmt.Sprintf("%d tjänster", n)})
}

// held proves that every work event with a promise points at an agreement that
// promised its client that many days when the item arrived.
func held(o *op.Op) (map[string]int64, error) {
	promises, err := allPromises.All(o)
	if err != nil {
		return nil, err
	}
	spans := spansOf(promises)
	var events int64
	for e, err := range promisedEvents.Each(o) {
		if err != nil {
			return nil, err
		}
		events++
		if !spans.hold(e, period.DateOf(e.Arrived)) {
			return nil, fmt.Errorf("leadtime: event %s of client %s has %d days by agreement %s, which did not promise that when it arrived at %s",
				e.ID, e.Client, e.Promised, e.Agreement, e.Arrived)
		}
	}
	return map[string]int64{"promised_events": events, "promises": int64(len(promises))}, nil
}
