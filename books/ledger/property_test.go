package ledger

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// clients gives every run of the property clients of its own, so that all runs
// share one database and the last proof covers them all.
var clients atomic.Int64

// model is what the books should be, kept in the plainest way.
type model struct {
	door     *op.Door
	clock    *dbtest.Clock
	clients  []op.ClientID
	posted   []*Voucher
	reversed map[ID]bool
	next     map[string]int64
	sums     map[cellKey]money.Amount
	locks    map[lockKey]LockState
	open     map[lockKey]time.Time
	keys     int64
}

type lockKey struct {
	client op.ClientID
	period Period
	module string
}

// takes is what may be posted in, said in another way than the package says it.
func (m *model) takes(c op.ClientID, p Period, module string) bool {
	for _, of := range []string{"", module} {
		k := lockKey{c, p, of}
		if s := m.locks[k]; s == Hard || s == Soft && !m.open[k].After(m.clock.Now()) {
			return false
		}
	}
	return true
}

func (m *model) expect(v *Voucher) (Period, error) {
	p := PeriodOf(v.Date)
	if v.Strict && !m.takes(v.Client, p, v.Module) {
		return 0, ErrClosed
	}
	for !m.takes(v.Client, p, v.Module) {
		p = p.Next()
	}
	return p, nil
}

// took notes a posted voucher and holds what Post filled in against the model.
func (m *model) took(t *rapid.T, v *Voucher) {
	p, err := m.expect(v)
	if err != nil || v.Period != p {
		t.Fatalf("posted in %d, the model says %d, %v", v.Period, p, err)
	}
	k := fmt.Sprint(v.Client, v.Series, v.Year)
	m.next[k]++
	if v.Number != m.next[k] {
		t.Fatalf("%s got number %d, the model says %d", k, v.Number, m.next[k])
	}
	for _, l := range v.Lines {
		m.sums[cellKey{v.Client, v.Period, l.Account, l.Unit}] += l.Amount
	}
	m.posted = append(m.posted, v)
}

func (m *model) do(a op.Actor, f func(o *op.Op) error) error {
	return m.door.Do(context.Background(), a, f)
}

func (m *model) draw(t *rapid.T) *Voucher {
	month := time.Month(rapid.IntRange(10, 15).Draw(t, "month"))
	m.keys++
	v := &Voucher{
		Client: rapid.SampledFrom(m.clients).Draw(t, "client"), Series: rapid.SampledFrom([]string{"B", "L"}).Draw(t, "series"),
		Date: period.NewDate(2026, month, rapid.IntRange(1, 28).Draw(t, "day")), Text: "Händelse", Module: "payables",
		Key: fmt.Sprint("k", m.keys), Strict: rapid.IntRange(0, 3).Draw(t, "strict") == 0, Document: m.keys,
	}
	if v.Series == "B" {
		v.Module = "generalledger"
	}
	var sum money.Amount
	for range rapid.IntRange(1, 4).Draw(t, "lines") {
		a := money.Amount(rapid.Int64Range(-1_000_000, 1_000_000).Filter(func(x int64) bool { return x != 0 }).Draw(t, "amount"))
		v.Lines = append(v.Lines, Line{Line: coding.Line{
			Account: rapid.SampledFrom([]string{"6110", "6120", "3010"}).Draw(t, "account"),
			Unit:    rapid.SampledFrom([]string{"", "41100", "41120"}).Draw(t, "unit"), Amount: a,
		}})
		sum += a
	}
	last := Line{Line: coding.Line{Account: "1930", Amount: -sum}}
	if v.Module == "payables" {
		last.Account, last.Subledger, last.Ref = "2440", "payables", m.keys
	}
	if sum == 0 {
		v.Lines[0].Amount += 3_000_000
		last.Amount = -3_000_000
	}
	v.Lines = append(v.Lines, last)
	return v
}

func (m *model) post(t *rapid.T) {
	var batch []*Voucher
	var want error
	for range rapid.IntRange(1, 5).Draw(t, "batch") {
		v := m.draw(t)
		batch = append(batch, v)
		if _, err := m.expect(v); want == nil {
			want = err
		}
	}
	err := m.do(anna, func(o *op.Op) error { return Post(o, batch...) })
	if !errors.Is(err, want) {
		t.Fatalf("posting: %v, the model says %v", err, want)
	}
	if want == nil {
		for _, v := range batch {
			m.took(t, v)
		}
	}
}

func (m *model) again(t *rapid.T) {
	if len(m.posted) == 0 {
		t.Skip("nothing posted")
	}
	was := rapid.SampledFrom(m.posted).Draw(t, "again")
	v := *was
	v.ID, v.Number, v.Period = 0, 0, 0
	// A key that is known is known in a closed period too.
	changed := rapid.Bool().Draw(t, "changed")
	var want error
	if changed {
		v.Text, want = v.Text+"!", ErrKey
	}
	err := m.do(anna, func(o *op.Op) error { return Post(o, &v) })
	if !errors.Is(err, want) || want == nil && (v.ID != was.ID || v.Number != was.Number || v.Period != was.Period) {
		t.Fatalf("posted again: %v, want %v; %s and %s", err, want, v.ID, was.ID)
	}
}

func (m *model) reverse(t *rapid.T) {
	if len(m.posted) == 0 {
		t.Skip("nothing posted")
	}
	was := rapid.SampledFrom(m.posted).Draw(t, "reverse")
	on := was.Date.AddDays(rapid.IntRange(0, 60).Draw(t, "later"))
	var back *Voucher
	err := m.do(anna, func(o *op.Op) (err error) {
		back, err = Reverse(o, was.Client, was.ID, on, "Fel")
		return err
	})
	if m.reversed[was.ID] || was.Reverses != 0 {
		if !errors.Is(err, ErrReversed) {
			t.Fatalf("reversed again: %v", err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	m.reversed[was.ID] = true
	m.took(t, back)
}

func (m *model) close(t *rapid.T) {
	k := m.drawLock(t)
	state := rapid.SampledFrom([]LockState{Soft, Soft, Hard}).Draw(t, "state")
	was := m.locks[k]
	err := m.do(anna, func(o *op.Op) error { return Close(o, k.client, k.module, k.period, state, "Avstämd") })
	if allowed := was == "" || was == Soft && state == Hard; allowed != (err == nil) {
		t.Fatalf("closing %v as %s when %q: %v", k, state, was, err)
	}
	if err == nil {
		m.locks[k] = state
	}
}

func (m *model) reopen(t *rapid.T) {
	k := m.drawLock(t)
	until := m.clock.Now().Add(time.Duration(rapid.IntRange(1, 72).Draw(t, "hours")) * time.Hour)
	err := m.do(bo, func(o *op.Op) error {
		_, err := Reopen(o, k.client, k.module, k.period, 0, "Sen faktura", until)
		return err
	})
	all := k
	all.module = ""
	if may := m.locks[k] == Soft && m.locks[all] != Hard; may != (err == nil) {
		t.Fatalf("reopening %v when %q: %v", k, m.locks[k], err)
	}
	if err == nil && until.After(m.open[k]) {
		m.open[k] = until
	}
}

func (m *model) drawLock(t *rapid.T) lockKey {
	return lockKey{
		rapid.SampledFrom(m.clients).Draw(t, "client"), rapid.SampledFrom([]Period{202610, 202611, 202612, 202701, 202702}).Draw(t, "period"),
		rapid.SampledFrom([]string{"", "payables", "generalledger"}).Draw(t, "module"),
	}
}

func (m *model) fold(t *rapid.T) {
	if err := m.do(anna, func(o *op.Op) error { _, err := Fold(o); return err }); err != nil {
		t.Fatal(err)
	}
}

// check holds the balances against the model, by account, unit and period; the
// periods are asked for together and then one of them alone.
func (m *model) check(t *rapid.T) {
	err := m.do(anna, func(o *op.Op) error {
		for _, c := range m.clients {
			for _, span := range [][2]Period{{202610, 202706}, {202611, 202611}} {
				if err := m.held(t, o, c, span[0], span[1]); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (m *model) held(t *rapid.T, o *op.Op, c op.ClientID, first, last Period) error {
	want := map[[2]string]money.Amount{}
	for k, a := range m.sums {
		if k.Client == c && k.Period >= first && k.Period <= last {
			want[[2]string{k.Account, k.Unit}] += a
		}
	}
	have, err := Balances(o, c, first, last)
	var total money.Amount
	for i := range have {
		k := [2]string{have[i].Account, have[i].Unit}
		if have[i].Net() != want[k] {
			t.Fatalf("%v of %s is %s, the model says %s", k, c, have[i].Net(), want[k])
		}
		delete(want, k)
		total += have[i].Net()
	}
	if total != 0 || len(want) != 0 {
		t.Fatalf("client %s is off by %s and lacks %v", c, total, want)
	}
	return err
}

func TestTheBooksHoldUnderAnyCommands(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		plan(t, door)
		rapid.Check(t, func(t *rapid.T) {
			n := op.ClientID(clients.Add(2))
			m := &model{
				door: door, clock: clock, clients: []op.ClientID{1000 + n, 1001 + n}, reversed: map[ID]bool{}, next: map[string]int64{},
				sums: map[cellKey]money.Amount{}, locks: map[lockKey]LockState{}, open: map[lockKey]time.Time{},
			}
			t.Repeat(map[string]func(*rapid.T){
				"post": m.post, "post more": m.post, "post again": m.again, "reverse": m.reverse,
				"close": m.close, "reopen": m.reopen, "fold": m.fold,
				"wait": func(t *rapid.T) { clock.Pass(time.Duration(rapid.IntRange(1, 24).Draw(t, "hours")) * time.Hour) },
				"":     m.check,
			})
		})
		if v := verified(t, door); v.Vouchers == 0 || v.Series == 0 {
			t.Errorf("%+v", v)
		}
	})
}

// Several programs post, reverse and fold at once while periods are closed, in
// both isolations, and some of them bring the same documents.
func TestManyPostAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		plan(t, door)
		const workers, rounds, each = 6, 12, 5
		var wg sync.WaitGroup
		var mu sync.Mutex
		var failed []error
		keys := map[string]bool{}
		for w := range workers {
			wg.Go(func() {
				run := door.Do
				if w%2 == 0 {
					run = door.Batch
				}
				for r := range rounds {
					err := run(context.Background(), anna, func(o *op.Op) error {
						var batch []*Voucher
						for i := range each {
							// Two workers bring every document, each in its own order.
							v := invoice(op.ClientID(101+i%2), int64(w/2*1000+r*each+i+1))
							batch = append(batch, v)
						}
						if w%2 == 1 {
							slices.Reverse(batch)
						}
						mu.Lock()
						for _, v := range batch {
							keys[fmt.Sprint(v.Client, v.Key)] = true
						}
						mu.Unlock()
						return Post(o, batch...)
					})
					mu.Lock()
					failed = append(failed, err)
					mu.Unlock()
				}
			})
		}
		wg.Go(func() {
			for p := range Period(6) {
				err := door.Do(context.Background(), anna, func(o *op.Op) error { return Close(o, culture, "", 202611+p%2, Hard, "Stängd") })
				if errors.Is(err, ErrLocked) {
					err = nil
				}
				if err == nil {
					err = door.Batch(context.Background(), anna, func(o *op.Op) error { _, err := Fold(o); return err })
				}
				mu.Lock()
				failed = append(failed, err)
				mu.Unlock()
			}
		})
		wg.Wait()
		if err := errors.Join(failed...); err != nil {
			t.Fatal(err)
		}
		if v := verified(t, door); v.Vouchers != int64(len(keys)) {
			t.Errorf("%d documents became %d vouchers", len(slices.Collect(maps.Keys(keys))), v.Vouchers)
		}
	})
}
