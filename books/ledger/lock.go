package ledger

import (
	"slices"
	"strings"
	"time"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/op"
)

// LockState says how firmly a period is closed.
type LockState string

// The states of a lock; an open period has none.
const (
	Soft LockState = "soft" // may be reopened for a time
	Hard LockState = "hard" // never again
)

// Lock says that a period takes no more vouchers from a module.
type Lock struct {
	Client op.ClientID
	ID     LockID
	Period Period
	Module string // "" for every module
	State  LockState
	Reason string
	Actor  op.PersonID
	Name   string // of the actor, as it was then
	At     time.Time
}

// ReopeningID identifies a reopening.
type ReopeningID = id.ID[Reopening]

// Reopening is an exception from a soft lock, for a time and with a reason.
type Reopening struct {
	Client op.ClientID
	ID     ReopeningID
	Period Period
	Module string      // as in the lock
	Person op.PersonID // who may post; 0 for all who otherwise may
	Reason string
	Actor  op.PersonID // who decided
	Name   string
	At     time.Time
	Until  time.Time
}

// What can be wrong with closing and reopening; compare with errors.Is.
var (
	ErrLocked   = fault.New(fault.Conflict, "LED-020", "Perioden är redan stängd. En stängning kan skärpas men inte tas bort.")
	ErrNoLock   = fault.New(fault.Conflict, "LED-021", "Perioden är inte stängd så att den kan öppnas. Bokför direkt om den är öppen; en slutlig stängning öppnas aldrig.")
	ErrOwnLock  = fault.New(fault.Forbidden, "LED-022", "Någon annan än den som stängde perioden, eller som den öppnas för, måste besluta. Be en kollega.")
	ErrUntil    = fault.New(fault.Invalid, "LED-023", "En period öppnas högst %d dagar framåt och inte bakåt i tiden. Ange en tidigare sluttid.")
	ErrWhy      = fault.New(fault.Invalid, "LED-024", "Skriv varför. Skälet syns för revisorn.")
	ErrLockTime = fault.New(fault.Invalid, "LED-025", "Perioden går inte att stänga. Ange en månad som 2026-11.")
)

// reopenDaysMax keeps an exception from becoming the rule.
const reopenDaysMax = 14

var (
	locksOf = db.Select[Lock](`
		SELECT client, id, period, module, state, reason, actor, name, at
		FROM   ledger_lock
		WHERE  client = $1
		ORDER  BY period, module`)
	reopeningsOf = db.Select[Reopening](`
		SELECT client, id, period, module, person, reason, actor, name, at, until
		FROM   ledger_reopening
		WHERE  client = $1 AND until > $2
		ORDER  BY id`)
	reopeningByID = db.Select[Reopening](`
		SELECT client, id, period, module, person, reason, actor, name, at, until
		FROM   ledger_reopening
		WHERE  client = $1 AND id = $2`)
	addLock      = db.Insert[Lock]("ledger_lock", "")
	addReopening = db.Insert[Reopening]("ledger_reopening", "")

	holdSeries = db.Change(`UPDATE ledger_series SET next = next WHERE client = $1`)

	meanwhile = db.Select[Voucher](`
		SELECT ` + voucherColumns + `
		FROM   ledger_voucher
		WHERE  client = $1 AND period = $2 AND registered >= $3 AND registered < $4
		ORDER  BY id`)
)

// closed is all that keeps one client's periods from being posted in.
type closed struct {
	locks      []Lock
	reopenings []Reopening
}

func loadClosed(o *op.Op, client op.ClientID) (*closed, error) {
	locks, err := locksOf.All(o, client)
	if err != nil || len(locks) == 0 {
		return &closed{}, err
	}
	open, err := reopeningsOf.All(o, client, o.Now)
	return &closed{locks, open}, err
}

// takes reports whether the person may post in the period for the module.
func (c *closed) takes(p Period, module string, person op.PersonID) bool {
	for i := range c.locks {
		l := &c.locks[i]
		if l.Period != p || l.Module != "" && l.Module != module {
			continue
		}
		if l.State == Hard || !c.excepted(l, person) {
			return false
		}
	}
	return true
}

// final reports whether the period is closed for good.
func (c *closed) final(p Period, module string) bool {
	return slices.ContainsFunc(c.locks, func(l Lock) bool {
		return l.Period == p && l.State == Hard && (l.Module == "" || l.Module == module)
	})
}

func (c *closed) excepted(l *Lock, person op.PersonID) bool {
	for i := range c.reopenings {
		r := &c.reopenings[i]
		if r.Period == l.Period && r.Module == l.Module && (r.Person == 0 || r.Person == person) {
			return true
		}
	}
	return false
}

// firstOpen is the first period from p on that takes vouchers. There is one,
// since locks are finite.
func (c *closed) firstOpen(p Period, module string, person op.PersonID) Period {
	for !c.takes(p, module, person) {
		p = p.Next()
	}
	return p
}

// OpenPeriod is the period in which a voucher of that date would be posted now
// by the actor, so that a page can tell both before anything is posted.
func OpenPeriod(o *op.Op, client op.ClientID, module string, own Period) (Period, error) {
	c, err := loadClosed(o, client)
	if err != nil {
		return 0, err
	}
	return c.firstOpen(own, module, o.Actor.ID), nil
}

// Close closes a period for a module, "" for all. What is softly closed may be
// closed for good; no closing is ever taken away.
func Close(o *op.Op, client op.ClientID, module string, p Period, state LockState, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return ErrWhy
	}
	if PeriodOf(p.Month().First()) != p || state != Soft && state != Hard {
		return ErrLockTime.Because("ledger: period %d state %q", p, state)
	}
	// Who posts holds a series until commit: wait for them all, so that nobody
	// who saw the period open commits after it is closed.
	if _, err := gate.Do(o, client, genesis); err != nil {
		return err
	}
	if _, err := holdSeries.Do(o, client); err != nil {
		return err
	}
	c, err := loadClosed(o, client)
	if err != nil {
		return err
	}
	for _, was := range c.locks {
		if was.Period == p && was.Module == module && (was.State == Hard || state == Soft) {
			return ErrLocked.Because("ledger: %s %q is %s", p.Key(), module, was.State)
		}
	}
	l := Lock{
		Client: client, ID: id.New[Lock](o), Period: p, Module: module, State: state, Reason: reason,
		Actor: o.Actor.ID, Name: o.Actor.Name, At: o.Now,
	}
	if _, err := addLock.Add(o, l); err != nil {
		return err
	}
	return noted(o, client, int64(l.ID), "close", l.Module, p, string(state)+": "+reason)
}

// Reopen makes an exception from a soft lock until a time, for one person or,
// with person 0, for all who may post there. The actor must be another than the
// one who closed and another than the one it is for.
func Reopen(o *op.Op, client op.ClientID, module string, p Period, person op.PersonID, reason string, until time.Time) (ReopeningID, error) {
	if strings.TrimSpace(reason) == "" {
		return 0, ErrWhy
	}
	if !until.After(o.Now) || until.After(o.Now.AddDate(0, 0, reopenDaysMax)) {
		return 0, ErrUntil.With(reopenDaysMax).Because("ledger: until %s", until)
	}
	c, err := loadClosed(o, client)
	if err != nil {
		return 0, err
	}
	for _, l := range c.locks {
		if l.Period != p || l.Module != module || l.State != Soft || c.final(p, module) {
			continue
		}
		if l.Actor == o.Actor.ID || person == o.Actor.ID {
			return 0, ErrOwnLock.Because("ledger: %s reopens %s closed by %s", o.Actor.ID, p.Key(), l.Actor)
		}
		r := Reopening{
			Client: client, ID: id.New[Reopening](o), Period: p, Module: module, Person: person, Reason: reason,
			Actor: o.Actor.ID, Name: o.Actor.Name, At: o.Now, Until: until.UTC(),
		}
		if _, err := addReopening.Add(o, r); err != nil {
			return 0, err
		}
		return r.ID, noted(o, client, int64(l.ID), "reopen", l.Module, p, reason)
	}
	return 0, ErrNoLock.Because("ledger: %s %q", p.Key(), module)
}

// Meanwhile lists what was posted in a period while it stood reopened.
func Meanwhile(o *op.Op, client op.ClientID, reopening ReopeningID) ([]Voucher, error) {
	r, err := reopeningOf(o, client, reopening)
	if err != nil {
		return nil, err
	}
	all, err := meanwhile.All(o, client, r.Period, r.At, r.Until)
	if r.Module == "" {
		return all, err
	}
	kept := all[:0]
	for _, v := range all {
		if v.Module == r.Module {
			kept = append(kept, v)
		}
	}
	return kept, err
}

func noted(o *op.Op, client op.ClientID, record int64, step, module string, p Period, note string) error {
	if module != "" {
		note = module + ", " + note
	}
	return audit.Note(o, audit.Change{Client: client, Kind: "ledger.lock", Record: record, Step: step, Note: p.Key() + ", " + note})
}
