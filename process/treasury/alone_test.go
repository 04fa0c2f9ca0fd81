package treasury_test

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
	"kontor/process/payables"
	"kontor/process/treasury"
	"kontor/promise/approval"
	"kontor/promise/approval/approvaltest"
)

// everything is every permission that there is on the way from an invoice to
// money: each person of the walks below holds all of them, in all roles at once.
var everything = append(slices.Clone(all), payables.MayImport, payables.MayRelease, payables.MayReturn, payables.MayVoid,
	approval.MayRead, approval.MayWrite, approval.MayDecide, approval.MayOwn)

// crook is one of those who try to get money out together.
type walk struct {
	*city
	rnd     *rand.Rand
	crooks  []op.Actor
	machine op.Actor // the digital co-worker, which codes
	invoice payables.ID
	account id.ID[payables.Account]
	did     map[string][]op.PersonID // step → who has taken it
	draft   id.ID[approval.Scheme]
	clock   *dbtest.Clock
	parts   map[string]int // who has which part, when it is not drawn
}

// conspiracy is how three get money out: one asks, one approves, one releases.
var conspiracy = map[string]int{"check account": 0, "approve account": 1, "code": 0, "review": 0, "approve": 1, "propose": 0, "control": 1, "release": 2, "file": 0}

// begin makes an invoice that nobody ought to pay: from a supplier of its own,
// with an account that nobody has approved.
func (w *walk) begin(t *testing.T) {
	w.serial++
	w.did, w.draft = map[string][]op.PersonID{}, 0
	s := payables.Supplier{Org: "16" + org(5000+w.serial), Name: fmt.Sprintf("Bluff %d AB", w.serial), Country: "SE", State: payables.SupplierApproved, FTax: "yes", Phone: "08-465 004 01"}
	v := payables.Invoice{SupplierName: s.Name, SupplierOrg: s.Org, Number: fmt.Sprintf("X-%d", w.serial), Kind: payables.Debit, Issued: noon - 30, Due: noon, Currency: "SEK",
		Net: money.Kronor(1000), Gross: money.Kronor(1000), Payable: money.Kronor(1000)}
	v.Client, v.State = w.clients[0], payables.Registered
	w.do(t, w.system, func(o *op.Op) error {
		if err := payables.AddSuppliers(o, &s); err != nil {
			return err
		}
		v.Supplier = s.ID
		if err := payables.Propose(o, payables.Account{Supplier: s.ID, Scheme: payables.Bankgiro, Number: giro(2000 + w.serial)}); err != nil {
			return err
		}
		accounts, err := payables.AccountsOf(o, s.ID)
		if err != nil {
			return err
		}
		w.account = accounts[0].ID
		return payables.Table.Add(o, "prov", &v)
	})
	w.invoice = v.ID
}

// steps are all that can be done on the way, by anybody, in any order.
func (w *walk) steps() map[string]func(o *op.Op) error {
	take := func(step string, in map[string]string) func(o *op.Op) error {
		return func(o *op.Op) error { _, err := payables.Table.Take(o, w.invoice, step, 0, in); return err }
	}
	proposals := func(step string) func(o *op.Op) error {
		return w.eachProposal(func(o *op.Op, p treasury.Proposal) error {
			_, err := w.bank.Table.Take(o, p.ID, step, 0, map[string]string{"called": "Mig själv"})
			return err
		})
	}
	return map[string]func(o *op.Op) error{
		"code": func(o *op.Op) error {
			_, err := payables.SetCoding(o, w.invoice, 0, []coding.Line{{Account: "1710", Amount: money.Kronor(1000)}}, "prov")
			if err == nil {
				err = take("code", nil)(o)
			}
			return err
		},
		"review": take("review", nil), "approve": take("approve", nil), "recode": take("recode", map[string]string{"reason": "prov"}),
		"check account":   func(o *op.Op) error { return payables.CheckAccount(o, w.account, 0, "Mig själv") },
		"approve account": func(o *op.Op) error { return payables.ApproveAccount(o, w.account, 0) },
		"stand in": func(o *op.Op) error {
			other := w.crooks[w.rnd.IntN(len(w.crooks))]
			_, err := approval.StandIn(o, approval.Substitution{Client: w.clients[0], Absent: o.Actor.ID, Person: other.ID, AbsentName: o.Actor.Name, PersonName: other.Name,
				ValidFrom: noon, ValidTo: noon + 30})
			return err
		},
		"draft register": func(o *op.Op) (err error) {
			if w.draft, err = approval.Begin(o, w.clients[0], noon, approval.Forever); err != nil {
				return err
			}
			return approval.Write(o, w.draft, approvaltest.Final(o.Actor, money.Kronor(1_000_000)))
		},
		"decide register": func(o *op.Op) error {
			_, err := approval.Table.Take(o, w.draft, "decide", 0, map[string]string{"body": "Nämnden", "on": noon.String(), "registry": "§ 1"})
			return err
		},
		"propose": func(o *op.Op) error {
			_, err := w.bank.Propose(o, treasury.Ask{Account: w.city.account.ID, Until: noon + 30})
			return err
		},
		"hurry": func(o *op.Op) error {
			_, err := w.bank.Propose(o, treasury.Ask{Account: w.city.account.ID, Until: noon + 30, Urgent: true, Documents: []int64{int64(w.invoice)}, Reason: "prov"})
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

// eachProposal does something to the proposal that the invoice is in.
func (w *walk) eachProposal(f func(o *op.Op, p treasury.Proposal) error) func(o *op.Op) error {
	return func(o *op.Op) error {
		traces, err := treasury.OfDocument(o, w.clients[0], payables.Life.Name, int64(w.invoice))
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

// order is the honest order of the steps, which the walks shuffle.
var order = []string{"draft register", "decide register", "stand in", "check account", "approve account", "code", "recode", "review", "approve", "propose", "hurry", "control", "release", "file"}

// seldom are the steps that undo what others have done.
var seldom = []string{"draft register", "decide register", "stand in", "recode"}

// run goes on for some rounds: every step is tried by those of the crooks whose part it
// is and by the digital co-worker, and whoever the rules let take it takes it.
func (w *walk) run() {
	steps := w.steps()
	// Each has a part to play: not everybody tries everything.
	cast := map[string][]bool{}
	for _, name := range order {
		sure := w.rnd.IntN(len(w.crooks))
		part, planned := w.parts[name]
		for i := range w.crooks {
			cast[name] = append(cast[name], w.parts == nil && (i == sure || w.rnd.IntN(3) == 0) || planned && i == part)
		}
	}
	for range 5 {
		w.clock.Pass(24 * time.Hour)
		names := slices.Clone(order)
		if w.parts == nil && w.rnd.IntN(4) == 0 {
			w.rnd.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		}
		for _, name := range names {
			if slices.Contains(seldom, name) && w.rnd.IntN(6) > 0 {
				continue
			}
			who := []op.Actor{w.machine}
			if w.parts != nil {
				who = nil
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

// out reports whether money has left for the invoice.
func (w *walk) out(t *testing.T) bool {
	t.Helper()
	v := w.get(t, w.invoice)
	return v.Payment == string(treasury.InFile) || v.Payment == string(treasury.Taken) || v.Payment == string(treasury.Done)
}

// clear takes back what is proposed, so that the next walk begins anew.
func (w *walk) clear() {
	_ = w.try(w.proposer, w.eachProposal(func(o *op.Op, p treasury.Proposal) error {
		_, err := w.bank.Table.Take(o, p.ID, "withdraw", 0, map[string]string{"reason": "prov"})
		return err
	}))
}

// No path lets one person alone, nor two, get money out, whatever roles and
// substitutes they have; three who work together can, which shows that the walks
// get there at all.
func TestNobodyAloneGetsMoneyOut(t *testing.T) {
	runs := map[int]int{1: 8, 2: 20, 3: 8}
	if os.Getenv("KONTOR_SOAK") != "" {
		runs = map[int]int{1: 300, 2: 1500, 3: 100}
	}
	door, clock := dbtest.Door(dbtest.SQLite(t))
	c := found(t, door, 1, 1)
	rnd := rand.New(rand.NewPCG(7, 11))
	machine := dbtest.Actor("Disa Robot", everything...)
	machine.Kind = op.Automation
	honest := dbtest.Actor("Hanna Hederlig")
	reached := 0
	for n := 1; n <= 3; n++ {
		for run := range runs[n] {
			clock.Set(dbtest.Noon)
			w := &walk{city: c, rnd: rnd, machine: machine, clock: clock}
			if n == 3 && run == 0 {
				w.parts = conspiracy
			}
			rows := []approval.Row{approvaltest.Final(honest, money.Kronor(1_000_000))}
			for i := range n {
				x := dbtest.Actor(fmt.Sprintf("Bov %d av %d", i+1, n), everything...)
				w.crooks = append(w.crooks, x)
				if n == 3 || rnd.IntN(4) > 0 { // mostly they may approve already
					rows = append(rows, approvaltest.Final(x, money.Kronor(1_000_000)))
				}
			}
			approvaltest.Adopt(t, door, c.clients[0], rows...)
			w.begin(t)
			w.run()
			if out := w.out(t); out && n < 3 {
				t.Fatalf("%d persons alone got money out: %v", n, w.did)
			} else if out {
				reached++
			}
			w.clear()
		}
	}
	if reached == 0 {
		t.Error("not even three persons got money out: the walks lead nowhere")
	}
	t.Logf("three persons together reached the bank in %d of %d walks; one and two never, in %d", reached, runs[3], runs[1]+runs[2])
	c.whole(t)
}
