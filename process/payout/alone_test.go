package payout

import (
	"fmt"
	"testing"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/process/treasury/treasurytest"
)

// No path lets one person, nor two, nor three, get money out by a payout request,
// whatever roles and substitutes they have: one writes, one confirms and reviews,
// one approves, one releases.
func TestNobodyAloneGetsMoneyOut(t *testing.T) {
	c := found(t, dbtest.SQLite(t))
	serial := 0
	trial := treasurytest.Trial{
		Door: c.door, Clock: c.clock, Bank: c.bank, Account: c.account.ID, Client: c.at, Kind: Life.Name,
		May: all, Others: []op.Actor{c.approver},
		Walks: map[int]int{1: 4, 2: 8, 3: 12, 4: 3},
		Parts: map[string]int{"write": 0, "send": 0, "confirm": 1, "review": 1, "approve": 2, "propose": 0, "control": 1, "release": 3, "file": 0},
		Order: []string{"write", "send", "change", "return", "confirm", "decide", "review", "approve"}, Seldom: []string{"change", "return"},
		// A request that nobody ought to pay, to an account of one of them.
		Begin: func(t *testing.T, w *treasurytest.Walk) int64 {
			serial++
			v := c.grant()
			v.Purpose, v.Amount = fmt.Sprintf("Bluff %d", serial), money.Kronor(int64(100+serial))
			v.Lines = []coding.Line{{Account: "4120", Unit: "21100", Activity: "3100", Amount: v.Amount}}
			author := w.Persons[w.Rnd.IntN(len(w.Persons))]
			if w.Planned {
				author = w.Persons[0]
			}
			c.do(t, author, func(o *op.Op) error {
				if err := Attach(o, v, "bluff.pdf", pdf); err != nil {
					return err
				}
				return Add(o, v)
			})
			return int64(v.ID)
		},
		Steps: func(w *treasurytest.Walk) treasurytest.Steps {
			key := ID(w.Document)
			all := treasurytest.Steps{"write": func(o *op.Op) error {
				v, err := Table.Get(o, key)
				if err != nil {
					return err
				}
				v.Message = fmt.Sprint("prov ", w.Rnd.IntN(100))
				return Save(o, &v)
			}}
			for _, step := range w.Order[1:] {
				all[step] = func(o *op.Op) error {
					_, err := Table.Take(o, key, step, 0, map[string]string{"how": "Mig själv", "reason": "prov"})
					return err
				}
			}
			return all
		},
		Out: func(t *testing.T, w *treasurytest.Walk) bool {
			state := c.get(t, ID(w.Document)).State
			return state == Paying || state == Paid
		},
		Clear: func(w *treasurytest.Walk) {
			_ = w.Try(c.system, func(o *op.Op) error {
				_, err := Table.Take(o, ID(w.Document), "void", 0, map[string]string{"reason": "prov"})
				return err
			})
		},
	}
	trial.Run(t)
	proven(t, c)
}

// trap 28: whoever wrote a request keeps having a hand in it when somebody else, or
// the digital co-worker, writes it over and sends it.
func TestWritingItOverTakesNobodysHandAway(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := found(t, d)
		machine := dbtest.Actor("Disa Robot", all...)
		machine.Kind = op.Automation
		v := c.grant()
		key := c.add(t, v) // written and not sent
		c.do(t, machine, func(o *op.Op) error {
			v, err := Table.Get(o, key)
			if err != nil {
				return err
			}
			v.Message = "Bidrag 2026, rättat"
			return Save(o, &v)
		})
		c.must(t, machine, key, "send")
		for _, step := range []string{"confirm", "review"} {
			if err := c.step(c.writer, key, step, map[string]string{"how": "Mig själv", "reason": "prov"}); err == nil {
				t.Errorf("whoever wrote it first could %s it", step)
			}
		}
	})
}
