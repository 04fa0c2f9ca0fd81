package payout

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"kontor/books/coding"
	"kontor/kernel/dbtest"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/process/treasury"
	"kontor/promise/approval"
	"kontor/promise/approval/approvaltest"
)

// walk is some persons, each with every permission and every role, who try to get
// money out to an account of their own, together with the digital co-worker.
type walk struct {
	*city
	rnd     *rand.Rand
	crooks  []op.Actor
	machine op.Actor
	key     ID
	draft   id.ID[approval.Scheme]
	did     map[string][]op.PersonID
	parts   map[string]int // who has which part, when it is not drawn
	serial  int
}

// conspiracy is how four get money out: one writes, one confirms and reviews, one
// approves, one releases.
var conspiracy = map[string]int{"write": 0, "send": 0, "confirm": 1, "review": 1, "approve": 2, "propose": 0, "control": 1, "release": 3, "file": 0}

// order is the honest order of the steps, which the walks shuffle; seldom are
// those that undo what others have done.
var (
	order  = []string{"draft register", "decide register", "stand in", "write", "send", "change", "return", "confirm", "decide", "review", "approve", "propose", "hurry", "control", "release", "file"}
	seldom = []string{"draft register", "decide register", "stand in", "change", "return"}
)

func (w *walk) steps() map[string]func(o *op.Op) error {
	take := func(step string) func(o *op.Op) error {
		return func(o *op.Op) error {
			_, err := Table.Take(o, w.key, step, 0, map[string]string{"how": "Mig själv", "reason": "prov"})
			return err
		}
	}
	proposals := func(step string) func(o *op.Op) error {
		return w.eachProposal(func(o *op.Op, p treasury.Proposal) error {
			_, err := w.bank.Table.Take(o, p.ID, step, 0, map[string]string{"called": "Mig själv"})
			return err
		})
	}
	return map[string]func(o *op.Op) error{
		"write": func(o *op.Op) error {
			v, err := Table.Get(o, w.key)
			if err != nil {
				return err
			}
			v.Message = fmt.Sprint("prov ", w.rnd.IntN(100))
			return Save(o, &v)
		},
		"send": take("send"), "change": take("change"), "return": take("return"), "confirm": take("confirm"), "decide": take("decide"), "review": take("review"), "approve": take("approve"),
		"stand in": func(o *op.Op) error {
			other := w.crooks[w.rnd.IntN(len(w.crooks))]
			_, err := approval.StandIn(o, approval.Substitution{Client: w.at, Absent: o.Actor.ID, Person: other.ID, AbsentName: o.Actor.Name, PersonName: other.Name, ValidFrom: noon, ValidTo: noon + 30})
			return err
		},
		"draft register": func(o *op.Op) (err error) {
			if w.draft, err = approval.Begin(o, w.at, noon, approval.Forever); err != nil {
				return err
			}
			return approval.Write(o, w.draft, approvaltest.Final(o.Actor, money.Kronor(1_000_000)))
		},
		"decide register": func(o *op.Op) error {
			_, err := approval.Table.Take(o, w.draft, "decide", 0, map[string]string{"body": "Nämnden", "on": noon.String(), "registry": "§ 1"})
			return err
		},
		"propose": func(o *op.Op) error {
			_, err := w.bank.Propose(o, treasury.Ask{Account: w.account.ID, Until: noon + 30})
			return err
		},
		"hurry": func(o *op.Op) error {
			_, err := w.bank.Propose(o, treasury.Ask{Account: w.account.ID, Until: noon + 30, Urgent: true, Documents: []int64{int64(w.key)}, Reason: "prov"})
			return err
		},
		"control": w.eachProposal(func(o *op.Op, p treasury.Proposal) error {
			for _, r := range p.Rows {
				if r.Sampled != "" && r.CheckedBy == 0 {
					if err := w.bank.Control(o, r.ID, 0, "prov"); err != nil {
						return err
					}
				}
			}
			return nil
		}),
		"release": proposals("release"), "file": proposals("file"),
	}
}

// eachProposal does something to the proposal that the request is in.
func (w *walk) eachProposal(f func(o *op.Op, p treasury.Proposal) error) func(o *op.Op) error {
	return func(o *op.Op) error {
		traces, err := treasury.OfDocument(o, w.at, Life.Name, int64(w.key))
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
		p, err := w.bank.Table.Get(o, r.Proposal)
		if err != nil {
			return err
		}
		return f(o, p)
	}
}

// begin writes a request that nobody ought to pay, by one of the crooks.
func (w *walk) begin(t *testing.T) {
	w.serial++
	w.did, w.draft = map[string][]op.PersonID{}, 0
	v := w.grant()
	v.Purpose, v.Amount = fmt.Sprintf("Bluff %d", w.serial), money.Kronor(int64(100+w.serial))
	v.Lines = []coding.Line{{Account: "4120", Unit: "21100", Activity: "3100", Amount: v.Amount}}
	author := w.crooks[w.rnd.IntN(len(w.crooks))]
	if w.parts != nil {
		author = w.crooks[0]
	}
	w.do(t, author, func(o *op.Op) error {
		if err := Attach(o, v, "bluff.pdf", pdf); err != nil {
			return err
		}
		return Add(o, v)
	})
	w.key = v.ID
}

// run goes on for some rounds: every step is tried by those whose part it is, and
// whoever the rules let take it takes it.
func (w *walk) run() {
	steps := w.steps()
	cast := map[string][]bool{}
	for _, name := range order {
		sure := w.rnd.IntN(len(w.crooks))
		part, planned := w.parts[name]
		for i := range w.crooks {
			cast[name] = append(cast[name], w.parts == nil && (i == sure || w.rnd.IntN(2) == 0) || planned && i == part)
		}
	}
	for range 4 {
		w.clock.Pass(24 * time.Hour)
		names := slices.Clone(order)
		if w.parts == nil && w.rnd.IntN(4) == 0 {
			w.rnd.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		}
		for _, name := range names {
			if slices.Contains(seldom, name) && w.rnd.IntN(6) > 0 {
				continue
			}
			var who []op.Actor
			if w.parts == nil {
				who = append(who, w.machine)
			}
			for i, x := range w.crooks {
				if cast[name][i] {
					who = append(who, x)
				}
			}
			w.rnd.Shuffle(len(who), func(i, j int) { who[i], who[j] = who[j], who[i] })
			for _, x := range who {
				if w.try(x, steps[name]) == nil {
					w.did[name] = append(w.did[name], x.ID)
					break
				}
			}
		}
	}
}

// No path lets one person, nor two, nor three, get money out by a payout request,
// whatever roles and substitutes they have; four who work together can, which
// shows that the walks get there at all.
func TestNobodyAloneGetsMoneyOut(t *testing.T) {
	runs := map[int]int{1: 4, 2: 8, 3: 12, 4: 3}
	if os.Getenv("KONTOR_SOAK") != "" {
		runs = map[int]int{1: 300, 2: 800, 3: 1500, 4: 50}
	}
	c := found(t, dbtest.SQLite(t))
	may := append(slices.Clone(all), approval.MayRead, approval.MayWrite, approval.MayDecide, approval.MayOwn)
	rnd := rand.New(rand.NewPCG(7, 11))
	machine := dbtest.Actor("Disa Robot", may...)
	machine.Kind = op.Automation
	reached, serial := 0, 0
	for n := 1; n <= 4; n++ {
		for run := range runs[n] {
			c.clock.Set(dbtest.Noon)
			w := &walk{city: c, rnd: rnd, machine: machine, serial: serial}
			if n == 4 && run == 0 {
				w.parts = conspiracy
			}
			rows := []approval.Row{approvaltest.Final(c.approver, money.Kronor(1_000_000))}
			for i := range n {
				x := dbtest.Actor(fmt.Sprintf("Bov %d av %d", i+1, n), may...)
				w.crooks = append(w.crooks, x)
				rows = append(rows, approvaltest.Final(x, money.Kronor(1_000_000)))
			}
			approvaltest.Adopt(t, c.door, c.at, rows...)
			w.begin(t)
			w.run()
			serial = w.serial
			out := c.get(t, w.key).State
			if (out == Paying || out == Paid) && n < 4 {
				t.Fatalf("%d persons alone got money out: %v", n, w.did)
			} else if out == Paying || out == Paid {
				reached++
			}
			_ = w.try(w.proposer, w.eachProposal(func(o *op.Op, p treasury.Proposal) error {
				_, err := w.bank.Table.Take(o, p.ID, "withdraw", 0, map[string]string{"reason": "prov"})
				return err
			}))
			_ = w.try(w.system, func(o *op.Op) error {
				_, err := Table.Take(o, w.key, "void", 0, map[string]string{"reason": "prov"})
				return err
			})
		}
	}
	if reached == 0 {
		t.Error("not even four persons got money out: the walks lead nowhere")
	}
	proven(t, c)
}
