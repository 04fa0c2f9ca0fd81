package treasury_test

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
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

const errandVar = "KONTOR_PAY_ERRAND"

func (e errand) open(t testing.TB) *op.Door {
	t.Helper()
	d, err := db.Open(context.Background(), e.Address, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return &op.Door{DB: d, IDs: id.NewSource(e.Node), Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Now: func() time.Time { return dbtest.Noon.Add(time.Since(e.Base)) }}
}

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
	text := os.Getenv(errandVar)
	if text == "" {
		t.Skip("it is the process that the test of killed payments starts")
	}
	var e errand
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		t.Fatal(err)
	}
	e.run(t)
}

// kill runs the errand in a process of its own and kills it some time after it
// has told a stage; it reports whether it was killed in time.
func (e errand) kill(t *testing.T, in string, after time.Duration) bool {
	t.Helper()
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestErrand$", "-test.v")
	cmd.Env = append(os.Environ(), errandVar+"="+string(text))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said []string
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		said = append(said, lines.Text())
		if lines.Text() == "stage "+in {
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
	}
	err = cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == -1 {
		return true
	}
	if err != nil {
		t.Fatalf("paying failed by itself: %v\n%s", err, strings.Join(said, "\n"))
	}
	return false
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

func state(t *testing.T, d *sql.DB) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for name, text := range snapshots {
		rows, err := d.Query(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		cols, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			vals, to := make([]any, len(cols)), make([]any, len(cols))
			for i := range vals {
				to[i] = &vals[i]
			}
			if err := rows.Scan(to...); err != nil {
				t.Fatal(err)
			}
			all[name] = append(all[name], strings.TrimSpace(fmt.Sprintln(vals...)))
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		slices.Sort(all[name])
	}
	return all
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

type ground struct {
	city *city
	copy func(t *testing.T) (address string)
}

func embedded(t *testing.T) ground {
	ctx := context.Background()
	d, err := db.Open(ctx, filepath.Join(t.TempDir(), "kontor.db"), db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if _, err := d.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	door, _ := dbtest.Door(d)
	c := debts(t, door)
	if _, err := d.Raw().Exec(`PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		t.Fatal(err)
	}
	path := d.Path()
	return ground{c, func(t *testing.T) string {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(t.TempDir(), "kontor.db")
		if err := os.WriteFile(to, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return to
	}}
}

func server(t *testing.T) ground {
	address := dbtest.Server(t)
	d := dbtest.Postgres(t)
	door, _ := dbtest.Door(d)
	c := debts(t, door)
	var name string
	if err := d.Raw().QueryRow(`SELECT current_database()`).Scan(&name); err != nil {
		t.Fatal(err)
	}
	d.Close() // a database that somebody uses cannot be copied
	serial := 0
	return ground{c, func(t *testing.T) string {
		admin, err := sql.Open("pgx", address)
		if err != nil {
			t.Fatal(err)
		}
		serial++
		to := fmt.Sprintf("%s_k%d", name, serial)
		t.Cleanup(func() {
			if _, err := admin.Exec("DROP DATABASE IF EXISTS " + to + " WITH (FORCE)"); err != nil {
				t.Error(err)
			}
			admin.Close()
		})
		if _, err := admin.Exec("CREATE DATABASE " + to + " TEMPLATE " + name); err != nil {
			t.Fatal(err)
		}
		return dbtest.Named(address, to)
	}}
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
	for engine, ground := range map[string]func(*testing.T) ground{"sqlite": embedded, "postgres": server} {
		t.Run(engine, func(t *testing.T) {
			g := ground(t)
			rnd := rand.New(rand.NewPCG(seed, 1))
			alone := g.errand(t, 100)
			alone.run(t)
			want := state(t, alone.open(t).DB.Raw())
			everyCase(t, want)
			_, sum := alone.given(t)
			points := slices.Clone(stages)
			for range more {
				points = append(points, stages[rnd.IntN(len(stages))])
			}
			inTime := 0
			for n, at := range points {
				t.Run(fmt.Sprintf("%d killed in %s", n, at), func(t *testing.T) {
					e := g.errand(t, int64(200+10*n))
					if e.kill(t, at, time.Duration(rnd.Int64N(int64(4*time.Millisecond)))) {
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
					if diff := cmp.Diff(want, state(t, c.door.DB.Raw())); diff != "" {
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
}

// everyCase holds that the undisturbed run has everything that can become of a
// payment, so that the comparison compares something.
func everyCase(t *testing.T, s map[string][]string) {
	t.Helper()
	for name, words := range map[string][]string{"payments": {"paid", "rejected", "returned", "booked", "back"}, "invoices": {"paid", "bank"}, "proposals": {"closed"},
		"entries": {"paid", "returned"}, "series": {"U", "K", "L"}} {
		for _, w := range words {
			if !slices.ContainsFunc(s[name], func(l string) bool {
				return slices.Contains(strings.Fields(strings.Trim(l, "[]")), w) || strings.Contains(l, w)
			}) {
				t.Errorf("no row of %s says %s: %.300q", name, w, s[name])
			}
		}
	}
}
