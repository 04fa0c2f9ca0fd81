// Package treasurytest walks the ways by which money can leave: so many persons,
// each with every permission and all roles at once, try every step in all orders,
// with the digital co-worker to help and substitutes whom they choose themselves.
//
// # What always holds
//
//   - Fewer persons than a [Trial] says never get money out; so many can, which
//     shows that the walks get there at all.
//   - The walks are the same each time, but in a soak, which says its seed.
package treasurytest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"kontor/kernel/dbtest"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/treasury"
	"kontor/promise/approval"
	"kontor/promise/approval/approvaltest"
)

// Registers is what the walkers may do besides the way of the document itself.
var Registers = []op.Permission{approval.MayRead, approval.MayWrite, approval.MayDecide, approval.MayOwn}

// Steps are steps by name.
type Steps map[string]func(o *op.Op) error

// Trial is the way of one kind of document.
type Trial struct {
	Door    *op.Door
	Clock   *dbtest.Clock
	Bank    *treasury.Treasury
	Account id.ID[treasury.Account]
	Client  op.ClientID
	Kind    string // of the source

	May    []op.Permission // all there are on the way
	Others []op.Actor      // honest persons in the register of approvers

	// Walks is how many are walked, by how many persons.
	Walks map[int]int
	// Parts is how as many persons as there must be get there together: who takes which step.
	Parts map[string]int
	// Order is the honest order of the document's own steps, from the first to what
	// makes it payable; Seldom are those that undo what others have done.
	Order, Seldom []string

	// Begin makes a document that nobody ought to pay.
	Begin func(t *testing.T, w *Walk) (document int64)
	Steps func(w *Walk) Steps
	// Out reports whether money has left for it.
	Out func(t *testing.T, w *Walk) bool
	// Clear takes it out of the way of the next walk; nil for nothing.
	Clear func(w *Walk)
}

// Walk is one try.
type Walk struct {
	*Trial
	Rnd      *rand.Rand
	Document int64
	Persons  []op.Actor
	Machine  op.Actor                 // the digital co-worker
	Did      map[string][]op.PersonID // step → who has taken it
	Planned  bool                     // everybody takes the steps of their part

	ctx   context.Context
	draft id.ID[approval.Scheme]
}

// Try does something as a person.
func (w *Walk) Try(who op.Actor, f func(o *op.Op) error) error {
	return w.Door.Do(w.ctx, who, f)
}

// payment is what follows when a document can be paid.
var payment = []string{"propose", "hurry", "control", "release", "file"}

// registers is what changes who may approve.
var registers = []string{"draft register", "decide register", "stand in"}

func (w *Walk) steps() Steps {
	all := w.Trial.Steps(w)
	for name, f := range w.shared() {
		all[name] = f
	}
	return all
}

func (w *Walk) shared() Steps {
	today := period.DateOf(dbtest.Noon)
	propose := func(ask treasury.Ask) func(o *op.Op) error {
		ask.Account, ask.Until = w.Account, today+30
		return func(o *op.Op) error { _, err := w.Bank.Propose(o, ask); return err }
	}
	step := func(name string) func(o *op.Op) error {
		return w.inProposal(func(o *op.Op, p treasury.Proposal) error {
			_, err := w.Bank.Table.Take(o, p.ID, name, 0, map[string]string{"called": "Mig själv"})
			return err
		})
	}
	return Steps{
		"stand in": func(o *op.Op) error {
			other := w.Persons[w.Rnd.IntN(len(w.Persons))]
			_, err := approval.StandIn(o, approval.Substitution{Client: w.Client, Absent: o.Actor.ID, Person: other.ID, AbsentName: o.Actor.Name, PersonName: other.Name,
				ValidFrom: today, ValidTo: today + 30})
			return err
		},
		"draft register": func(o *op.Op) (err error) {
			if w.draft, err = approval.Begin(o, w.Client, today, approval.Forever); err != nil {
				return err
			}
			return approval.Write(o, w.draft, approvaltest.Final(o.Actor, money.Kronor(1_000_000)))
		},
		"decide register": func(o *op.Op) error {
			_, err := approval.Table.Take(o, w.draft, "decide", 0, map[string]string{"body": "Nämnden", "on": today.String(), "registry": "§ 1"})
			return err
		},
		"propose": propose(treasury.Ask{}),
		"hurry":   propose(treasury.Ask{Urgent: true, Documents: []int64{w.Document}, Reason: "prov"}),
		"control": w.inProposal(func(o *op.Op, p treasury.Proposal) error {
			for _, r := range p.Rows {
				if r.Sampled != "" && r.CheckedBy == 0 {
					if err := w.Bank.Control(o, r.ID, 0, "prov"); err != nil {
						return err
					}
				}
			}
			return nil
		}),
		"release": step("release"), "file": step("file"),
	}
}

// inProposal does something to the proposal that the document is in.
func (w *Walk) inProposal(f func(o *op.Op, p treasury.Proposal) error) func(o *op.Op) error {
	return func(o *op.Op) error {
		traces, err := treasury.OfDocument(o, w.Client, w.Kind, w.Document)
		if err != nil {
			return err
		}
		if len(traces) == 0 {
			return fmt.Errorf("it is in no proposal")
		}
		r, err := treasury.Load(o, traces[len(traces)-1].Payment)
		if err != nil {
			return err
		}
		p, err := w.Bank.Table.Get(o, r.Proposal)
		if err != nil {
			return err
		}
		return f(o, p)
	}
}

// cast says who tries which step: everybody has a part to play, and not everybody
// tries everything.
func (w *Walk) cast(order []string) map[string][]op.Actor {
	cast := map[string][]op.Actor{}
	for _, name := range order {
		if part, ok := w.Parts[name]; ok && w.Planned {
			cast[name] = []op.Actor{w.Persons[part]}
		}
		if w.Planned {
			continue
		}
		cast[name] = []op.Actor{w.Machine}
		sure := w.Rnd.IntN(len(w.Persons))
		for i, x := range w.Persons {
			if i == sure || w.Rnd.IntN(5) < 2 {
				cast[name] = append(cast[name], x)
			}
		}
	}
	return cast
}

// run goes on for some days: every step is tried by those whose part it is, and
// whoever the rules let take it takes it.
func (w *Walk) run() {
	steps := w.steps()
	order := slices.Concat(registers, w.Order, payment)
	seldom := append(slices.Clone(registers), w.Seldom...)
	cast := w.cast(order)
	for range 5 {
		w.Clock.Pass(24 * time.Hour)
		names := slices.Clone(order)
		if !w.Planned && w.Rnd.IntN(4) == 0 {
			w.Rnd.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		}
		for _, name := range names {
			if slices.Contains(seldom, name) && w.Rnd.IntN(6) > 0 {
				continue
			}
			who := cast[name]
			w.Rnd.Shuffle(len(who), func(i, j int) { who[i], who[j] = who[j], who[i] })
			for _, x := range who {
				if w.Try(x, steps[name]) == nil {
					w.Did[name] = append(w.Did[name], x.ID)
					break
				}
			}
		}
	}
}

// Run walks the trial. KONTOR_SOAK set to a duration goes on for so long, each time
// with other walks.
func (l *Trial) Run(t *testing.T) {
	t.Helper()
	seed, soak := uint64(7), time.Duration(0)
	if s := os.Getenv("KONTOR_SOAK"); s != "" {
		soak, _ = time.ParseDuration(s) // anything else is one long round
		seed = rand.Uint64()
		t.Logf("seed %d", seed)
	}
	rnd := rand.New(rand.NewPCG(seed, 11))
	need := 0
	for n := range l.Walks {
		need = max(need, n)
	}
	walked, reached := map[int]int{}, 0
	for over, done := time.After(soak), false; !done; {
		for n := 1; n <= need; n++ {
			for run := range l.Walks[n] {
				if l.walk(t, rnd, n, need, n == need && run == 0) {
					reached++
				}
				walked[n]++
			}
		}
		select {
		case <-over:
			done = true
		default:
			done = soak == 0
		}
	}
	if reached == 0 {
		t.Errorf("not even %d persons got money out: the walks lead nowhere", need)
	}
	t.Logf("%d persons together reached the bank in %d walks, fewer never; walks by persons: %v", need, reached, walked)
}

// walk is one try by n persons, and whether money left.
func (l *Trial) walk(t *testing.T, rnd *rand.Rand, n, need int, planned bool) bool {
	t.Helper()
	l.Clock.Set(dbtest.Noon)
	may := slices.Concat(l.May, Registers)
	w := &Walk{ctx: t.Context(), Trial: l, Rnd: rnd, Machine: dbtest.Actor("Disa Robot", may...), Did: map[string][]op.PersonID{}, Planned: planned}
	w.Machine.Kind = op.Automation
	var rows []approval.Row
	for _, x := range l.Others {
		rows = append(rows, approvaltest.Final(x, money.Kronor(1_000_000)))
	}
	for i := range n {
		x := dbtest.Actor(fmt.Sprintf("Bov %d av %d", i+1, n), may...)
		w.Persons = append(w.Persons, x)
		if n == need || rnd.IntN(4) > 0 { // mostly they may approve already
			rows = append(rows, approvaltest.Final(x, money.Kronor(1_000_000)))
		}
	}
	approvaltest.Adopt(t, l.Door, l.Client, rows...)
	w.Document = l.Begin(t, w)
	w.run()
	out := l.Out(t, w)
	if out && n < need {
		t.Fatalf("%d persons alone got money out: %v", n, w.Did)
	}
	// Taken back, so that the next walk begins anew.
	honest := dbtest.Actor("Hanna Hederlig", may...)
	_ = w.Try(honest, w.inProposal(func(o *op.Op, p treasury.Proposal) error {
		_, err := w.Bank.Table.Take(o, p.ID, "withdraw", 0, map[string]string{"reason": "prov"})
		return err
	}))
	if l.Clear != nil {
		l.Clear(w)
	}
	return out
}
