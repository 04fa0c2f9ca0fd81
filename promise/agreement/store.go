package agreement

import (
	"errors"
	"fmt"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/number"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/client"
	"kontor/promise/leadtime"
)

// Table is where agreements live.
var Table = table()

func table() *flow.Table[Agreement] {
	t := flow.In(&Life, "agreement")
	t.Read = "agreement.read"
	t.Load = load
	t.Do = map[string]func(*op.Op, *Agreement, form.Values) error{
		"send": func(o *op.Op, a *Agreement, _ form.Values) error { a.SentBy = o.Actor.ID; return nil },
		"sign": sign,
		"end":  end,
	}
	return t
}

var (
	promises    = db.Select[Promise](`SELECT client, id, agreement, service, days, source FROM agreement_promise WHERE client = $1 AND agreement = $2 ORDER BY id`)
	addPromises = db.Insert[Promise]("agreement_promise", "")
	dropPromise = db.Change(`DELETE FROM agreement_promise WHERE client = $1 AND agreement = $2 AND service = $3`)
	services    = db.Select[Ordered](`SELECT client, id, agreement, item, hours, text FROM agreement_service WHERE client = $1 AND agreement = $2 ORDER BY id`)
	addServices = db.Insert[Ordered]("agreement_service", "")
	dropService = db.Change(`DELETE FROM agreement_service WHERE client = $1 AND agreement = $2 AND item = $3`)
	yearly      = db.Select[id.ID[Agreement]](`SELECT id FROM agreement WHERE client = $1 AND year = $2 AND kind = 'year' AND state <> 'withdrawn'`)
	currentOf   = db.Select[id.ID[Agreement]](`
		SELECT id FROM agreement
		WHERE  client = $1 AND kind = 'year' AND state IN ('signed', 'ended') AND valid_from <= $2 AND COALESCE(ended_on, valid_to) >= $2
		ORDER  BY valid_from DESC`)
	additionsOf = db.Select[id.ID[Agreement]](`SELECT id FROM agreement WHERE client = $1 AND parent = $2 ORDER BY valid_from, id`)

	addDeviations = db.Insert[Deviation]("agreement_deviation", "")
	saveDeviation = db.Update[Deviation]("agreement_deviation")
	deviationByID = db.Select[Deviation](`
		SELECT client, id, version, process, text, decided_by, decided_on, valid_from, valid_to
		FROM   agreement_deviation WHERE client = $1 AND id = $2`)
	deviationClient = db.Select[op.ClientID](`SELECT client FROM agreement_deviation WHERE id = $1`)
	deviationsOn    = db.Select[Deviation](`
		SELECT client, id, version, process, text, decided_by, decided_on, valid_from, valid_to
		FROM   agreement_deviation
		WHERE  client = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2)
		ORDER  BY process, valid_from, id`)

	addDuties = db.Insert[Duty]("responsibility", "ON CONFLICT DO NOTHING")
	endDuty   = db.Change(`UPDATE responsibility SET version = version + 1, valid_to = $3 WHERE id = $1 AND version = $2`)
	dutyByID  = db.Select[Duty](`
		SELECT id, version, process, position, text, party, source, valid_from, valid_to FROM responsibility WHERE id = $1`)
	dutiesOn = db.Select[Duty](`
		SELECT id, version, process, position, text, party, source, valid_from, valid_to FROM responsibility
		WHERE  valid_from <= $1 AND (valid_to IS NULL OR valid_to >= $1)
		ORDER  BY process, position, id`)

	addInterests = db.Insert[Interest]("interest", "")
	saveInterest = db.Update[Interest]("interest")
	interestByID = db.Select[Interest](`
		SELECT client, id, version, year, item, hours, text, by_name, at, answer, reply FROM interest WHERE client = $1 AND id = $2`)
	interestClient = db.Select[op.ClientID](`SELECT client FROM interest WHERE id = $1`)
)

func load(o *op.Op, a *Agreement) (err error) {
	if a.Promises, err = promises.All(o, a.Client, a.ID); err != nil {
		return err
	}
	a.Services, err = services.All(o, a.Client, a.ID)
	return err
}

// New is what an agreement is begun with.
type New struct {
	Client    op.ClientID
	Year      int64
	Hours     string
	Terms     string
	ValidFrom period.Date // none: the first of the year; an addition's first day
	Promises  []Promise   // service, days and source
	Services  []Ordered   // item, hours and text
}

// Begin makes a draft of a client's agreement for a year. A client that has one
// already is the fault AGR-003.
func Begin(o *op.Op, n New) (Agreement, error) {
	y := period.Year(n.Year)
	a := Agreement{Kind: Yearly, Year: n.Year, ValidFrom: y.First(), ValidTo: y.Last(), Hours: n.Hours, Terms: n.Terms}
	if !n.ValidFrom.IsZero() {
		a.ValidFrom = n.ValidFrom
	}
	if _, taken, err := yearly.Maybe(o, n.Client, n.Year); err != nil || taken {
		return a, orFault(err, errYear.With(n.Year))
	}
	return add(o, a, n)
}

// Extend makes a draft of an addition to a signed agreement, from a day that has
// not passed.
func Extend(o *op.Op, parent id.ID[Agreement], n New) (Agreement, error) {
	p, err := Table.Get(o, parent)
	if err != nil {
		return p, err
	}
	if err := additionDays(p, n.ValidFrom, period.DateOf(o.Now)); err != nil {
		return p, err
	}
	n.Client = p.Client
	return add(o, Agreement{Kind: Addition, Parent: p.ID, Year: p.Year, ValidFrom: n.ValidFrom, ValidTo: p.ValidTo,
		Hours: n.Hours, Terms: n.Terms}, n)
}

func add(o *op.Op, a Agreement, n New) (Agreement, error) {
	c, err := client.Get(o, n.Client)
	if err != nil {
		return a, err
	}
	no, err := number.Take(o, n.Client, "agreement", int(a.Year), 1)
	if err != nil {
		return a, err
	}
	a.Client, a.State, a.Unit, a.Number = n.Client, Draft, c.Unit, fmt.Sprintf("%s %d:%d", c.Code, a.Year, no)
	if err := Table.Add(o, a.Kind.Word()+" "+a.Number, &a); err != nil {
		return a, err
	}
	for _, p := range n.Promises {
		if err := checkDays(p.Days); err != nil {
			return a, err
		}
		a.Promises = append(a.Promises, Promise{Client: a.Client, ID: id.New[Promise](o), Agreement: a.ID, Service: p.Service,
			Days: p.Days, Source: p.Source})
	}
	for _, s := range n.Services {
		a.Services = append(a.Services, Ordered{Client: a.Client, ID: id.New[Ordered](o), Agreement: a.ID, Item: s.Item,
			Hours: s.Hours, Text: s.Text})
	}
	if _, err := addPromises.Add(o, a.Promises...); err != nil {
		return a, err
	}
	_, err = addServices.Add(o, a.Services...)
	return a, err
}

func checkDays(days int64) error {
	if days < 1 || days > daysMax {
		return errDays.With(daysMax)
	}
	return nil
}

// orFault is the error of a look-up, or else the fault that its answer means.
func orFault(err, f error) error {
	if err != nil {
		return err
	}
	return f
}

// draft returns an agreement that can still be changed, on the version that was
// shown; 0 takes whatever is there.
func draft(o *op.Op, key string, version int64) (Agreement, error) {
	a, err := Table.GetText(o, key)
	switch {
	case err != nil:
		return a, err
	case a.State != Draft:
		return a, errFixed.Because("%s is %s", a.ID, a.State)
	case version != 0 && version != a.Version:
		return a, form.ErrConflict.Because("agreement %s: version %d, now %d", a.ID, version, a.Version)
	}
	return a, o.NeedFor("agreement.write", a.Client)
}

// SetPromise sets the lead time of a service in a draft; 0 days takes it out.
func SetPromise(o *op.Op, a Agreement, service string, days int64, source string) error {
	if a.State != Draft {
		return errFixed
	}
	if _, err := dropPromise.Do(o, a.Client, a.ID, service); err != nil {
		return err
	}
	if days != 0 {
		if err := checkDays(days); err != nil {
			return err
		}
		p := Promise{Client: a.Client, ID: id.New[Promise](o), Agreement: a.ID, Service: service, Days: days, Source: source}
		if _, err := addPromises.Add(o, p); err != nil {
			return err
		}
	}
	return Table.Save(o, &a, "change", fmt.Sprintf("%s: %d dagar", service, days))
}

func sign(o *op.Op, a *Agreement, v form.Values) error {
	today := period.DateOf(o.Now)
	a.SignedBy, a.SignedOn = v.Text("name"), v.Date("on")
	if a.SignedOn > today {
		return errSigned
	}
	return leadtime.Make(o, promisesOf(*a, today)...)
}

func end(o *op.Op, a *Agreement, v form.Values) error {
	last := v.Date("last")
	if err := lastDay(*a, last, period.DateOf(o.Now)); err != nil {
		return err
	}
	a.EndedOn = last
	return leadtime.End(o, a.Client, id.ID[leadtime.Agreement](a.ID), last)
}

// Current returns the year's agreement of a client that is in force on a day,
// whether there is one, as the actor may see it.
func Current(o *op.Op, c op.ClientID, on period.Date) (Agreement, bool, error) {
	key, ok, err := currentOf.Maybe(o, c, on)
	if err != nil || !ok {
		return Agreement{}, false, err
	}
	a, err := Table.Get(o, key)
	if flow.Hidden(err) {
		return a, false, nil
	}
	return a, err == nil, err
}

// Additions lists the additions to an agreement, oldest first.
func Additions(o *op.Op, a Agreement) ([]Agreement, error) {
	keys, err := additionsOf.All(o, a.Client, a.ID)
	if err != nil {
		return nil, err
	}
	var all []Agreement
	for _, k := range keys {
		x, err := Table.Get(o, k)
		if err != nil && !errors.Is(err, errGone) {
			return nil, err
		}
		all = append(all, x)
	}
	return all, nil
}

// Deviations lists what deviates for a client on a day; "" is every process.
func Deviations(o *op.Op, c op.ClientID, process string, on period.Date) ([]Deviation, error) {
	rows, err := deviationsOn.All(o, c, on)
	if process == "" || err != nil {
		return rows, err
	}
	var some []Deviation
	for _, d := range rows {
		if d.Process == process {
			some = append(some, d)
		}
	}
	return some, nil
}

// AddDeviations stores approved deviations.
func AddDeviations(o *op.Op, deviations ...Deviation) error {
	changes := make([]audit.Change, len(deviations))
	for i := range deviations {
		d := &deviations[i]
		d.ID, d.Version = id.New[Deviation](o), 1
		changes[i] = audit.Change{Client: d.Client, Kind: "agreement.deviation", Record: int64(d.ID), Step: "add", Note: d.Text}
	}
	if _, err := addDeviations.Add(o, deviations...); err != nil {
		return err
	}
	return audit.Note(o, changes...)
}

// Duties lists who does what on a day, by process and in order.
func Duties(o *op.Op, on period.Date) ([]Duty, error) { return dutiesOn.All(o, on) }

// AddInterests stores what clients want to buy.
func AddInterests(o *op.Op, interests ...Interest) error {
	changes := make([]audit.Change, len(interests))
	for i := range interests {
		x := &interests[i]
		x.ID, x.Version, x.At, x.Answer = id.New[Interest](o), 1, o.Now, "open"
		changes[i] = audit.Change{Client: x.Client, Kind: "agreement.interest", Record: int64(x.ID), Step: "add", Note: x.Text}
	}
	if _, err := addInterests.Add(o, interests...); err != nil {
		return err
	}
	return audit.Note(o, changes...)
}
