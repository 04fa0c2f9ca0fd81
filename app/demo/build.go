package demo

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"time"

	"kontor/kernel/flow"
	"kontor/kernel/job"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
	"kontor/kernel/work"
	"kontor/process/payables"
)

// inboxName is the folder of the files, in the folder of the demo.
const inboxName = "inbox"

// Program is what the city needs of the program that it is built in. The schema
// is there, and the reference data of the modules is installed.
type Program struct {
	Door   *op.Door
	Matrix role.Matrix
	System op.Actor   // the program itself, with every permission
	Jobs   []job.Kind // what the program does by itself
}

// Progress is how far the building has come.
type Progress struct {
	Day   period.Date
	Files int
	Of    int
}

// Build makes the city in an empty database and lives its days up to ShownAt.
// The folder has been prepared by Begin; tell may be nil.
func Build(ctx context.Context, p Program, dir string, tell func(Progress)) (Summary, error) {
	b := newBuilder(ctx, p, New(Seed), dir)
	if tell != nil {
		b.tell = tell
	}
	if err := b.build(First, Today); err != nil {
		return b.sum, err
	}
	return b.sum, finish(dir, Seed, b.sum)
}

// builder builds one city.
type builder struct {
	Program
	ctx   context.Context
	city  *City
	inbox string
	tell  func(Progress)
	at    time.Time // what the clock of the city shows
	pcg   *rand.PCG
	rnd   *rand.Rand // of pcg: the chance of the days
	sum   Summary

	units   map[string]op.UnitID
	persons map[string]op.PersonID
	clients map[string]op.ClientID
	actor   map[string]op.Actor

	cash       cash
	grievances []*grievance
	demands    []demand // what suppliers have demanded
	demanded   map[payables.ID]bool

	agenda   agenda
	state    map[payables.ID]flow.State // of every invoice, as of its latest step
	later    []errand                   // what the round under way puts into the agenda
	serial   int
	total    int
	refusals []string // steps that were refused, for the tests
}

func newBuilder(ctx context.Context, p Program, city *City, dir string) *builder {
	b := &builder{
		Program: p, ctx: ctx, city: city, inbox: filepath.Join(dir, inboxName), tell: func(Progress) {},
		units: map[string]op.UnitID{}, persons: map[string]op.PersonID{}, clients: map[string]op.ClientID{}, actor: map[string]op.Actor{},
		state: map[payables.ID]flow.State{}, demanded: map[payables.ID]bool{},
	}
	door := *p.Door
	door.Now = func() time.Time { return b.at }
	b.Door = &door
	b.at = First.AddDays(-10).At(9 * 60)
	b.pcg = rand.NewPCG(city.seed, 1)
	b.rnd = rand.New(b.pcg)
	return b
}

// build sets the city up and lives the days.
func (b *builder) build(first, last period.Date) error {
	for _, step := range []func(*op.Op) error{
		b.people, b.clientele, b.staffing, b.prices, b.codes, b.suppliers, b.routes, b.roles, b.actors, b.registersOfControls, b.deviations, b.rules, b.books, b.openAccount,
		func(o *op.Op) error { return b.agreements(o, begun.Year(), begun.AddDays(-20)) },
	} {
		if err := b.do(b.System, step); err != nil {
			return err
		}
	}
	if err := b.approvers(); err != nil {
		return err
	}
	b.sum.Accounts = b.city.accounts()
	if err := b.signIn(b.sum.Accounts); err != nil {
		return err
	}
	if err := b.live(first, last); err != nil {
		return err
	}
	return b.count()
}

// count fills in the summary.
func (b *builder) count() error {
	for _, s := range b.state {
		switch s {
		case payables.Ready:
			b.sum.Ready++
		case payables.Returned, payables.Voided, payables.Moved:
			b.sum.Returned++
		default:
			b.sum.Open++
		}
	}
	return b.Door.View(b.ctx, b.System, func(o *op.Op) (err error) {
		b.sum.Events, err = work.Verify(o)
		return err
	})
}

// do runs one writing operation by an actor, at the time of the city.
func (b *builder) do(a op.Actor, f func(*op.Op) error) error { return b.Door.Batch(b.ctx, a, f) }
