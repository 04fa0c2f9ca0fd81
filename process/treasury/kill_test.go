package treasury_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kontor/format/pain"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/process/treasury"
)

// errand is what the killed process is told to do: pay everything that is due,
// from proposal to the bank's last answer, going on from wherever it was.
type errand struct {
	Address string
	Bank    string // folder of what the bank has been given
	Node    int64
	Base    time.Time // shown as dbtest.Noon
	Account int64
	People  []int64 // proposer, checker, releaser
}

func (e errand) open(t testing.TB) *op.Door { return dbtest.Running(t, e.Address, e.Node, e.Base) }

func (e errand) city(t testing.TB) *city {
	t.Helper()
	c := &city{door: e.open(t), bank: open()}
	people(c)
	c.proposer.ID, c.checker.ID, c.releaser.ID = op.PersonID(e.People[0]), op.PersonID(e.People[1]), op.PersonID(e.People[2])
	c.account.ID = id.ID[treasury.Account](e.Account)
	return c
}

// stages are told on the way, so that the process can be killed in each.
var stages = []string{"propose", "control", "release", "file", "deliver", "ack", "status", "statement", "next day"}

func stage(i int) { fmt.Println("stage " + stages[i]) }

// run does what is left to do.
func (e errand) run(t testing.TB) {
	t.Helper()
	c := e.city(t)
	stage(0)
	var keys []treasury.ID
	c.see(t, func(o *op.Op) error {
		page, err := treasury.Proposals.Run(o, list.Query{View: "all", Limit: 10})
		for _, r := range page.Rows {
			keys = append(keys, treasury.ID(r.ID))
		}
		return err
	})
	if len(keys) == 0 {
		keys = append(keys, c.propose(t, noon+7).ID)
	}
	p := c.load(t, keys[0])
	if stage(1); p.State == treasury.ToControl {
		c.control(t, p.ID)
		stage(2)
		c.step(t, c.releaser, p.ID, "release", nil)
	}
	if stage(3); c.load(t, p.ID).State == treasury.ToFile {
		c.do(t, c.proposer, func(o *op.Op) error { _, err := c.bank.File(o); return err })
	}
	stage(4)
	file := c.bytes(t, p.ID)
	given := filepath.Join(e.Bank, fmt.Sprintf("%x.xml", sum(file)))
	if _, err := os.Stat(given); err != nil {
		if err := os.WriteFile(given+".part", file, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(given+".part", given); err != nil {
			t.Fatal(err)
		}
	}
	for i, a := range answers(t, file, "KB"+p.ID.String()) {
		stage(5 + i)
		c.answer(t, fmt.Sprintf("svar-%d.xml", i), a)
	}
}

func sum(b []byte) []byte {
	h := uint64(14695981039346656037)
	for _, x := range b {
		h = (h ^ uint64(x)) * 1099511628211
	}
	return fmt.Appendf(nil, "%016x", h)
}

// answers are what the bank says of a file: the same whenever it is asked. One
// payment is refused and one comes back.
func answers(t testing.TB, file []byte, msg string) [][]byte {
	t.Helper()
	bank := newBank()
	bank.Refuses = func(p *pain.ReadPayment) string {
		if p.Amount == money.Kronor(107) {
			return "AC03"
		}
		return ""
	}
	bank.Returns = func(p *pain.ReadPayment) string {
		if p.Amount == money.Kronor(111) {
			return "AC06"
		}
		return ""
	}
	ack, err := bank.Take(file, dbtest.Noon)
	if err != nil {
		t.Fatal(err)
	}
	return [][]byte{ack, bank.Judge(msg, dbtest.Noon), bank.Day(noon+9, dbtest.Noon), bank.Day(noon+10, dbtest.Noon)}
}

// TestErrand is the process that is killed; by itself it does nothing.
func TestErrand(t *testing.T) {
	var e errand
	dbtest.Errand(t, &e)
	e.run(t)
}

// snapshots are the end state by what people know it by.
var snapshots = map[string]string{
	"invoices":  `SELECT number, payable, payment, stop_kind, stop FROM payables_invoice`,
	"payments":  `SELECT payee_name, amount, state, code, reason, owed, paid, CASE WHEN booked = 0 THEN '–' ELSE 'booked' END, CASE WHEN returned = 0 THEN '–' ELSE 'back' END FROM treasury_payment`,
	"parts":     `SELECT t.number, t.amount, t.live, p.amount FROM treasury_part AS t JOIN treasury_payment AS p ON p.client = t.client AND p.id = t.payment`,
	"proposals": `SELECT number, state, payments, amount, settled, dropped FROM treasury_proposal`,
	"answers":   `SELECT name, kind, matched, already, other, note FROM treasury_answer`,
	"entries":   `SELECT kind, amount, state, note FROM treasury_entry`,
	"books":     `SELECT c.code, l.account, CAST(sum(l.amount) AS BIGINT), count(*) FROM ledger_line AS l JOIN client AS c ON c.id = l.client GROUP BY c.code, l.account`,
	"series":    `SELECT c.code, w.series, min(w.number), max(w.number), count(*) FROM ledger_voucher AS w JOIN client AS c ON c.id = w.client GROUP BY c.code, w.series`,
	"log":       `SELECT kind, step, count(*) FROM audit_row WHERE kind LIKE 'treasury%' AND step <> 'control' OR kind = 'payables.invoice' GROUP BY kind, step`,
}

func state(t *testing.T, door *op.Door) map[string][]string {
	return dbtest.State(t, door.DB.Raw(), snapshots)
}

// debts are what the killed process is to pay: fifteen invoices and a credit note.
func debts(t testing.TB, door *op.Door) *city {
	c := found(t, door, 2, 4)
	for i := range 15 {
		c.invoice(t, i%2, i%4, money.Kronor(int64(100+i)), noon+1)
	}
	c.invoice(t, 0, 0, -money.Kronor(40), noon)
	return c
}

// ground is a city in a database that copies are made of.
type ground struct {
	city *city
	copy func(t testing.TB) (address string)
}

func (g ground) errand(t *testing.T, node int64) errand {
	c := g.city
	return errand{Address: g.copy(t), Bank: t.TempDir(), Node: node, Base: time.Now(), Account: int64(c.account.ID),
		People: []int64{int64(c.proposer.ID), int64(c.checker.ID), int64(c.releaser.ID)}}
}

// given is what the bank has got: the files, and the sum of all payments in them.
func (e errand) given(t *testing.T) (files int, sum money.Amount) {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(e.Bank, "*.xml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range all {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := pain.Read(bytes.TrimSpace(b))
		if err != nil {
			t.Fatal(err)
		}
		sum += f.Sum
	}
	return len(all), sum
}

// Paying that is killed at any step and begun again ends as if it had been let
// alone: nothing is paid twice and nothing is lost.
func TestKilledPaymentsEndAsUndisturbedOnes(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: starts and kills processes")
	}
	more := 0
	if os.Getenv("KONTOR_SOAK") != "" {
		more = 60
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		g := ground{city: debts(t, door)}
		g.copy = dbtest.Copies(t, d)
		rnd := rand.New(rand.NewPCG(seed, 1))
		alone := g.errand(t, 100)
		alone.run(t)
		want := state(t, alone.open(t))
		dbtest.Says(t, want, everyCase)
		_, sum := alone.given(t)
		points := slices.Clone(stages)
		for range more {
			points = append(points, stages[rnd.IntN(len(stages))])
		}
		inTime := 0
		for n, at := range points {
			t.Run(fmt.Sprintf("%d killed in %s", n, at), func(t *testing.T) {
				e := g.errand(t, int64(200+10*n))
				if killed, _ := dbtest.Kill(t, "TestErrand", e, "stage "+at, time.Duration(rnd.Int64N(int64(4*time.Millisecond)))); killed {
					inTime++
				}
				for again := range 2 { // the second time there is nothing left to do
					e.Node++
					e.run(t)
					if files, got := e.given(t); files != 1 || got != sum {
						t.Errorf("run %d: the bank has %d files of %s, want one of %s", again, files, got, sum)
					}
				}
				c := e.city(t)
				c.whole(t)
				if diff := cmp.Diff(want, state(t, c.door)); diff != "" {
					t.Errorf("the end is another than that of the undisturbed run (-undisturbed +killed):\n%s", diff)
				}
			})
		}
		t.Logf("%d of %d kills came before the end", inTime, len(points))
		if inTime == 0 {
			t.Error("no process was killed before it had ended")
		}
	})
}

// everyCase is everything that can become of a payment.
var everyCase = map[string][]string{"payments": {"paid", "rejected", "returned", "booked", "back"}, "invoices": {"paid", "bank"}, "proposals": {"closed"},
	"entries": {"paid", "returned"}, "series": {"U", "K", "L"}}
