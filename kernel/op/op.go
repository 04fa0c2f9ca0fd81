// Package op carries one operation: who is acting, when, and in which
// transaction. A method that reads or changes data takes an Op first; a rule
// takes a Who, and therefore cannot touch the database.
//
// # Words
//
// An [Actor] is a person, an automation or the program itself. A [Grant] is the
// [Scope] in which the actor holds a permission. A [Door] begins operations.
//
// # What always holds
//
//   - One operation is one transaction and has one time.
//   - A permission is held for certain clients and units, never in general
//     because it is held somewhere.
//   - An Op lives for one operation and is never stored.
package op

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/id"
)

// Permission names one thing that a role can be allowed to do, "payables.approve".
type Permission string

// PersonID identifies a person, or an automation, that acts.
type PersonID = id.ID[Actor]

// Client is what belongs to one administration or company that buys our
// services; promise/client says the rest about it.
type Client struct{}

// ClientID identifies a client. It leads the key of every distributed table.
type ClientID = id.ID[Client]

// Unit is a part of the operator's organisation; see promise/organisation.
type Unit struct{}

// UnitID identifies a unit.
type UnitID = id.ID[Unit]

// Kind of actor.
type Kind string

const (
	Person     Kind = "person"
	Automation Kind = "automation" // the digital co-worker
	System     Kind = "system"     // the program itself: migrations, folding, sealing
)

// Clearance is how confidential a record the actor may see.
type Clearance int64

const (
	Open      Clearance = 0
	Sensitive Clearance = 1 // personal data of ordinary kind
	Secret    Clearance = 2 // protected by secrecy
)

// Scope is where a permission is held.
type Scope struct {
	All     bool       // every client
	Clients []ClientID // else these, sorted
	Units   []UnitID   // only what belongs to these units; nil means all
}

// Holds reports whether client c is inside the scope.
func (s Scope) Holds(c ClientID) bool {
	if s.All {
		return true
	}
	_, ok := slices.BinarySearch(s.Clients, c)
	return ok
}

// HoldsIn reports whether what belongs to client c and unit u is inside the
// scope. What belongs to no unit, such as an agreement, is narrowed by client
// alone.
func (s Scope) HoldsIn(c ClientID, u UnitID) bool {
	return s.Holds(c) && (s.Units == nil || u.IsZero() || slices.Contains(s.Units, u))
}

// Join is the scope that covers both.
func (s Scope) Join(t Scope) Scope {
	j := Scope{All: s.All || t.All}
	if !j.All {
		j.Clients = append(slices.Clone(s.Clients), t.Clients...)
		slices.Sort(j.Clients)
		j.Clients = slices.Compact(j.Clients)
	}
	if s.Units != nil && t.Units != nil {
		j.Units = append(slices.Clone(s.Units), t.Units...)
		slices.Sort(j.Units)
		j.Units = slices.Compact(j.Units)
	}
	return j
}

// Actor is whoever is behind the operation.
type Actor struct {
	ID        PersonID
	Name      string
	Kind      Kind
	Unit      UnitID
	Grants    map[Permission]Scope
	Clearance Clearance
	Interests []string // organisation and personal numbers that the actor is tied to (jäv), 12 digits
	Language  string   // "sv" or "en"
}

// May reports whether the actor holds p for client c, in some unit. What belongs
// to a unit is asked for with MayIn.
func (a Actor) May(p Permission, c ClientID) bool {
	s, ok := a.Grants[p]
	return ok && s.Holds(c)
}

// MayIn reports whether the actor holds p for what belongs to client c and unit u.
func (a Actor) MayIn(p Permission, c ClientID, u UnitID) bool {
	s, ok := a.Grants[p]
	return ok && s.HoldsIn(c, u)
}

// Who is all that a rule may know about the world around it.
type Who struct {
	Actor Actor
	Now   time.Time // UTC, the one time of the whole operation
}

var forbidden = fault.New(fault.Forbidden, "SYS-003",
	"Du saknar behörighet för det här. Be din chef eller systemförvaltningen om du behöver den.")

// Need returns a fault unless the actor holds p for some client.
func (w Who) Need(p Permission) error {
	if _, ok := w.Actor.Grants[p]; ok {
		return nil
	}
	return forbidden.Because("%s lacks %s", w.Actor.ID, p)
}

// NeedFor returns a fault unless the actor holds p for client c.
func (w Who) NeedFor(p Permission, c ClientID) error {
	if w.Actor.May(p, c) {
		return nil
	}
	return forbidden.Because("%s lacks %s for client %s", w.Actor.ID, p, c)
}

// NeedIn returns a fault unless the actor holds p for what belongs to client c
// and unit u.
func (w Who) NeedIn(p Permission, c ClientID, u UnitID) error {
	if w.Actor.MayIn(p, c, u) {
		return nil
	}
	return forbidden.Because("%s lacks %s for client %s, unit %s", w.Actor.ID, p, c, u)
}

// Op is one operation. It is a context.Context so that it can be handed to the
// standard library.
type Op struct {
	context.Context
	Who
	Log *slog.Logger
	tx  *db.Tx
	ids *id.Source
}

// SQL is the transaction of the operation.
func (o *Op) SQL() *db.Tx { return o.tx }

// NextID makes an identity; use id.New.
func (o *Op) NextID() int64 { return o.ids.Next(o.Now) }

// Try runs f so that its changes alone are undone when it fails. Items of a
// batch are tried one by one; the rest of the batch goes on.
func (o *Op) Try(f func() error) error { return o.tx.Savepoint(o, f) }

// As returns the same operation done by another actor: the automation that a
// person's step sets going, in the same transaction.
func (o *Op) As(a Actor) *Op {
	c := *o
	c.Actor = a
	return &c
}

// Door begins operations. There is one for each running program.
type Door struct {
	DB  *db.DB
	IDs *id.Source
	Log *slog.Logger
	Now func() time.Time // the only clock of the program
}

// Do runs f as one writing operation. It may be run again from the start when
// another operation won a race, so f does nothing outside the database.
func (d *Door) Do(ctx context.Context, a Actor, f func(*Op) error) error {
	return d.DB.Write(ctx, db.Serial, d.in(ctx, a, f))
}

// Batch is Do for many items at once: unique keys and row locks guard them, so
// that importers do not lose races against people.
func (d *Door) Batch(ctx context.Context, a Actor, f func(*Op) error) error {
	return d.DB.Write(ctx, db.Batch, d.in(ctx, a, f))
}

// View runs f on one snapshot. It can change nothing.
func (d *Door) View(ctx context.Context, a Actor, f func(*Op) error) error {
	return d.DB.Read(ctx, d.in(ctx, a, f))
}

func (d *Door) in(ctx context.Context, a Actor, f func(*Op) error) func(*db.Tx) error {
	return func(tx *db.Tx) error {
		now := d.Now().UTC().Truncate(time.Microsecond)
		return f(&Op{Context: ctx, Who: Who{Actor: a, Now: now}, Log: d.Log, tx: tx, ids: d.IDs})
	}
}
