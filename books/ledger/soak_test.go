package ledger

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// commands is how many commands one engine is given: 100,000 with KONTOR_SOAK=1.
func commands() int {
	if os.Getenv("KONTOR_SOAK") == "1" {
		return 100_000
	}
	return 1_500
}

// soaked is what the sequence has done so far.
type soaked struct {
	rnd    *rand.Rand
	clock  *dbtest.Clock
	posted []*Voucher
	keys   int64
	done   map[string]int
}

// A random sequence of commands, some of which are refused: afterwards every
// client sums to nought, every subledger is its control account, no closed
// period was entered, no number is missing (all by Verify), the balances that
// are kept are those of the lines, and another program comes to the same ones to
// the öre.
func TestAnyHundredThousandCommandsLeaveTheBooksWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		plan(t, door)
		s := &soaked{rnd: rand.New(rand.NewPCG(2026, 11)), clock: clock, done: map[string]int{}}
		const batch = 40 // commands in a transaction; each is undone alone when it is refused
		for n := 0; n < commands(); n += batch {
			actor := anna
			if s.rnd.IntN(4) == 0 {
				actor = bo
			}
			err := door.Batch(context.Background(), actor, func(o *op.Op) error {
				for range batch {
					if err := s.command(o); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			clock.Pass(time.Duration(s.rnd.IntN(40)) * time.Minute)
		}
		for _, what := range []string{"posted", "again", "reversed", "closed", "reopened", "folded", "refused closed", "refused key", "refused twice", "refused balance", "refused control"} {
			if s.done[what] == 0 {
				t.Errorf("the sequence never %s", what)
			}
		}
		v := verified(t, door)
		if v.Vouchers < int64(commands())/4 {
			t.Errorf("%+v", v)
		}
		err := door.View(context.Background(), anna, func(o *op.Op) error { return s.prove(t, o) })
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%d commands: %v; %+v", commands(), s.done, v)
	})
}

var soakClients = []op.ClientID{201, 202, 203}

func (s *soaked) command(o *op.Op) error {
	c := soakClients[s.rnd.IntN(len(soakClients))]
	p := Period(202601 + s.rnd.IntN(12))
	module := []string{"", "payables", "generalledger"}[s.rnd.IntN(3)]
	switch n := s.rnd.IntN(100); {
	case n < 62:
		return s.try(o, "posted", func() error { return s.post(o, c) })
	case n < 70:
		return s.try(o, "again", func() error { return s.again(o) })
	case n < 88:
		return s.try(o, "reversed", func() error { return s.reverse(o) })
	case n < 90:
		state := Soft
		if s.rnd.IntN(6) == 0 {
			state = Hard
		}
		// A few months are closed, and the end of the year stays open.
		return s.try(o, "closed", func() error { return Close(o, c, module, min(p, 202609), state, "Avstämd") })
	case n < 96:
		until := o.Now.Add(time.Duration(1+s.rnd.IntN(72)) * time.Hour)
		return s.try(o, "reopened", func() error {
			_, err := Reopen(o, c, module, p, 0, "Sen faktura", until)
			return err
		})
	default:
		return s.try(o, "folded", func() error { _, err := Fold(o); return err })
	}
}

// try runs one command; a refusal undoes it alone and is what was to be expected
// of some.
func (s *soaked) try(o *op.Op, name string, f func() error) error {
	err := o.Try(f)
	for _, refusal := range []struct {
		err  error
		name string
	}{
		{ErrClosed, "refused closed"}, {ErrKey, "refused key"}, {ErrReversed, "refused twice"}, {ErrBalance, "refused balance"},
		{ErrControl, "refused control"}, {ErrLocked, "refused lock"}, {ErrNoLock, "refused reopening"}, {ErrOwnLock, "refused own lock"}, {ErrBefore, "refused earlier"},
	} {
		if errors.Is(err, refusal.err) {
			s.done[refusal.name]++
			return nil
		}
	}
	if err == nil {
		s.done[name]++
	}
	return err
}

func (s *soaked) post(o *op.Op, c op.ClientID) error {
	s.keys++
	v := &Voucher{
		Client: c, Series: []string{"L", "B"}[s.rnd.IntN(2)], Date: period.NewDate(2026, time.Month(1+s.rnd.IntN(12)), 1+s.rnd.IntN(28)),
		Text: "Händelse", Kind: "payables.invoice", Document: s.keys, Key: fmt.Sprint("k", s.keys), Module: "payables", Strict: s.rnd.IntN(3) == 0,
	}
	if v.Series == "B" {
		v.Module = "generalledger"
	}
	var sum money.Amount
	for range 1 + s.rnd.IntN(4) {
		a := money.Amount(1 + s.rnd.Int64N(9_999_999_99))
		if s.rnd.IntN(5) == 0 {
			a = -a
		}
		l := Line{Line: coding.Line{Account: []string{"6110", "6120", "3010"}[s.rnd.IntN(3)], Unit: fmt.Sprint(41100 + 10*s.rnd.IntN(6)), Amount: a}}
		if s.rnd.IntN(3) == 0 {
			l.Activity, l.Counterpart = "3100", "880"
		}
		v.Lines, sum = append(v.Lines, l), sum+a
	}
	if sum == 0 {
		v.Lines[0].Amount, sum = v.Lines[0].Amount+1, 1
	}
	last := Line{Line: coding.Line{Account: "1930", Amount: -sum}}
	if v.Module == "payables" || s.rnd.IntN(50) == 0 { // and now and then by somebody who may not
		last.Account, last.Subledger, last.Ref = "2440", "payables", s.keys
	}
	if s.rnd.IntN(60) == 0 {
		last.Amount++
	}
	v.Lines = append(v.Lines, last)
	err := Post(o, v)
	if err == nil {
		s.posted = append(s.posted, v)
	}
	return err
}

func (s *soaked) any() *Voucher {
	if len(s.posted) == 0 {
		return nil
	}
	return s.posted[s.rnd.IntN(len(s.posted))]
}

// again posts what is posted: the same is the same voucher, other content is
// refused.
func (s *soaked) again(o *op.Op) error {
	was := s.any()
	if was == nil {
		return nil
	}
	v := *was
	if s.rnd.IntN(3) == 0 {
		v.Text += "!"
	}
	v.ID, v.Number = 0, 0
	if err := Post(o, &v); err != nil {
		return err
	}
	if v.ID != was.ID || v.Number != was.Number {
		return fmt.Errorf("%s came back as %s", was.Label(), v.Label())
	}
	return nil
}

func (s *soaked) reverse(o *op.Op) error {
	was := s.any()
	if was == nil {
		return nil
	}
	_, err := Reverse(o, was.Client, was.ID, was.Date.AddDays(s.rnd.IntN(40)-2), "Fel")
	return err
}

func (s *soaked) prove(t *testing.T, o *op.Op) error {
	for _, c := range soakClients {
		kept, err := TrialBalance(o, c, 202603, 202610, "4113")
		if err != nil {
			return err
		}
		anew, err := Recomputed(o, c, 202603, 202610, "4113")
		if err != nil {
			return err
		}
		if fmt.Sprint(kept) != fmt.Sprint(anew) {
			t.Errorf("client %s: kept %v, the lines say %v", c, kept, anew)
		}
		name := fmt.Sprint("C", int64(c))
		path := exportFile(t, o, c, name)
		for _, span := range [][2]Period{{202601, 202712}, {202604, 202604}, {202601, 202612}} {
			if n := agree(t, o, path, name, c, span[0], span[1]); n == 0 {
				t.Errorf("client %s has nothing in %d–%d", c, span[0], span[1])
			}
		}
	}
	return nil
}
