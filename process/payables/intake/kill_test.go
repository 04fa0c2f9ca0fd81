package intake

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kontor/books/ledger"
	"kontor/format/en16931"
	"kontor/kernel/audit"
	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/work"
	"kontor/process/payables"
)

// errand is what the killed process is told to do.
type errand struct {
	Address string
	Dir     string
	Node    int64
	Base    time.Time // shown as dbtest.Noon
	Clerk   int64
}

// clerk is whoever imports, in every process.
func (e errand) clerk() op.Actor {
	a := dbtest.Actor("Maja Ek", payables.MayRead, payables.MayImport)
	a.ID = op.PersonID(e.Clerk)
	return a
}

// sizeMost is low, so that a file of the heap can be too large.
const sizeMost = 1 << 20

func (e errand) open(t testing.TB) *op.Door { return dbtest.Running(t, e.Address, e.Node, e.Base) }

func (e errand) run(t testing.TB) Batch {
	t.Helper()
	im := &Importer{Door: e.open(t), Actor: e.clerk(), SizeMost: sizeMost}
	b, err := im.Run(context.Background(), e.Dir)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestErrand is the process that is killed; by itself it does nothing.
func TestErrand(t *testing.T) {
	var e errand
	dbtest.Errand(t, &e)
	fmt.Println("begins")
	e.run(t)
}

// kill runs the errand in a process of its own and kills it after a while.
func (e errand) kill(t *testing.T, after time.Duration) (killed bool, took time.Duration) {
	t.Helper()
	return dbtest.Kill(t, "TestErrand", e, "begins", after)
}

// heap makes a folder with everything that can become of a file.
func heap(t *testing.T, n, clients, suppliers int) string {
	t.Helper()
	dir := t.TempDir()
	put := func(i int, kind string, b []byte) {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d-%s.xml", i, kind)), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var last []byte
	for i := range n {
		d := bill(i%suppliers, i%clients, i)
		switch i % 20 {
		case 3:
			d = bill((i-1)%suppliers, i%clients, i-1)
			d.Lines[0].Item.Name = "Samma nummer en gång till"
			put(i, "same-number", file(t, d))
		case 5:
			put(i, "same-bytes", last)
		case 7:
			put(i, "broken", fmt.Appendf(nil, "<Invoice>%d", i))
		case 9:
			d.BuyerReference, d.Buyer.Endpoint.ID, d.Buyer.LegalID.ID = "OKÄND"+fmt.Sprint(i), "", ""
			put(i, "unrouted", file(t, d))
		case 11: // the first of several from somebody new
			d = bill(suppliers+i/40, i%clients, i)
			put(i, "new-supplier", file(t, d))
		case 13:
			d.Payments[0].Account = giro(5000 + i)
			put(i, "other-account", file(t, d))
		case 15:
			d.Due, d.BuyerReference = 0, fmt.Sprintf("REF%02d utan dag", i%clients)
			put(i, "no-due-date", file(t, d))
		case 17:
			d.Kind, d.Syntax, d.TypeCode = en16931.CreditNote, en16931.UBLCreditNote, "381"
			put(i, "credit", file(t, d))
		case 19:
			put(i, "empty", nil)
		default:
			last = file(t, d)
			put(i, "good", last)
		}
	}
	put(n, "too-large", make([]byte, sizeMost+1))
	return dir
}

// snapshots are the end state by what people know it by: no identity and no
// time is in it, so that two runs can be held against each other.
var snapshots = map[string]string{
	"files": `
		SELECT f.hash, f.state, f.code, f.note, f.attempts, COALESCE(c.code, '–'), COALESCE(v.number, '–'), COALESCE(b.size, -1)
		FROM   payables_file AS f LEFT JOIN client AS c ON c.id = f.client
		LEFT   JOIN payables_invoice AS v ON v.client = f.client AND v.id = f.invoice
		LEFT   JOIN blob AS b ON b.hash = f.hash`,
	"invoices": `
		SELECT c.code, v.supplier_org, v.number, v.kind, v.state, v.net, v.vat, v.gross, v.payable, v.lacks, v.scheme, v.account, v.file,
		       v.keep_by, v.version, CASE WHEN v.liability = 0 THEN 'unposted' ELSE 'posted' END, COALESCE(s.org, '–')
		FROM   payables_invoice AS v JOIN client AS c ON c.id = v.client LEFT JOIN payables_supplier AS s ON s.id = v.supplier`,
	"findings": `
		SELECT v.file, f.code, f.seen, f.state
		FROM   payables_finding AS f JOIN payables_invoice AS v ON v.client = f.client AND v.id = f.invoice`,
	"numbers": `
		SELECT s.org, n.number, CASE WHEN n.claim = 0 THEN 'first' ELSE 'later' END, n.gross, n.ocr, v.file
		FROM   payables_number AS n JOIN payables_supplier AS s ON s.id = n.supplier
		JOIN   payables_invoice AS v ON v.client = n.client AND v.id = n.invoice`,
	"suppliers": `SELECT org, name, state, f_tax FROM payables_supplier`,
	"accounts": `
		SELECT s.org, a.scheme, a.number, a.state FROM payables_account AS a JOIN payables_supplier AS s ON s.id = a.supplier`,
	"vouchers": `
		SELECT c.code, w.series, w.year, w.number, w.text, w.kind, v.file, l.no, l.account, l.amount, l.subledger
		FROM   ledger_voucher AS w JOIN client AS c ON c.id = w.client
		JOIN   ledger_line AS l ON l.client = w.client AND l.voucher = w.id
		JOIN   payables_invoice AS v ON v.client = w.client AND v.id = w.document`,
	"sums": `
		SELECT c.code, l.account, CAST(sum(l.amount) AS BIGINT), count(*)
		FROM   ledger_line AS l JOIN client AS c ON c.id = l.client GROUP BY c.code, l.account`,
	"series": `
		SELECT c.code, w.series, w.year, min(w.number), max(w.number), count(*), max(s.next)
		FROM   ledger_voucher AS w JOIN client AS c ON c.id = w.client
		JOIN   ledger_series AS s ON s.client = w.client AND s.series = w.series AND s.year = w.year
		GROUP  BY c.code, w.series, w.year`,
	"log": `
		SELECT v.file, a.kind, a.step, a.note, a.name
		FROM   audit_row AS a JOIN payables_invoice AS v ON v.client = a.client AND v.id = a.record`,
	"events": `SELECT process, activity, count(*) FROM work_event GROUP BY process, activity`,
	"runs":   `SELECT name, total, imported, held, failed, already, CASE WHEN ended IS NULL THEN 'open' ELSE 'ended' END FROM payables_batch`,
}

func state(t *testing.T, door *op.Door) map[string][]string {
	return dbtest.State(t, door.DB.Raw(), snapshots)
}

// whole proves the invariants of the kernel, the ledger and the invoices.
func whole(t *testing.T, door *op.Door, clerk op.Actor) {
	t.Helper()
	proofs := []module.Invariant{
		{Name: "audit", Check: func(o *op.Op) (map[string]int64, error) { _, err := audit.Verify(o); return nil, err }},
		{Name: "work", Check: func(o *op.Op) (map[string]int64, error) { _, err := work.Verify(o); return nil, err }},
		{Name: "blob", Check: func(o *op.Op) (map[string]int64, error) { _, err := blob.Verify(o); return nil, err }},
	}
	for _, m := range []module.Module{ledger.Module(), payables.Module(), Module()} {
		proofs = append(proofs, m.Invariants...)
	}
	for _, p := range proofs {
		err := door.View(context.Background(), clerk, func(o *op.Op) error { _, err := p.Check(o); return err })
		if err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
}

// seal ties the log together, so that its proof has something to prove.
func seal(t *testing.T, door *op.Door, clerk op.Actor) {
	t.Helper()
	for n := 1; n > 0; {
		dbtest.Do(t, door, clerk, func(o *op.Op) (err error) { n, err = audit.Seal(o); return err })
	}
}

// ground is a city in a database that copies are made of.
type ground struct {
	clerk op.Actor
	copy  func(t testing.TB) (address string)
}

func newGround(t *testing.T, d *db.DB) ground {
	c := found(t, running(d), 3, 7)
	return ground{c.clerk, dbtest.Copies(t, d)}
}

// An import that is killed at any moment and begun again ends as one that was
// let alone: nothing is lost and nothing is counted twice.
func TestKilledImportEndsAsAnUndisturbedOne(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: starts and kills processes")
	}
	files, kills := 360, 6
	if os.Getenv("KONTOR_SOAK") != "" {
		files, kills = 900, 50
	}
	dir := heap(t, files, 3, 7)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := newGround(t, d)
		rnd := rand.New(rand.NewPCG(seed, 1))
		alone := errand{Address: g.copy(t), Dir: dir, Node: 100, Base: time.Now(), Clerk: int64(g.clerk.ID)}
		if killed, _ := alone.kill(t, time.Minute); killed {
			t.Fatal("the undisturbed import took more than a minute")
		}
		door := alone.open(t)
		seal(t, door, g.clerk)
		whole(t, door, g.clerk)
		want := state(t, door)
		dbtest.Says(t, want, everyCase)
		// The moments are spread over what a whole run takes here and now.
		second := alone
		second.Address, second.Node = g.copy(t), 200
		_, span := second.kill(t, time.Minute)
		midway := 0
		for round := range kills {
			t.Run(fmt.Sprintf("kill %d", round+1), func(t *testing.T) {
				e := errand{Address: g.copy(t), Dir: dir, Node: int64(300 + 10*round), Base: time.Now(), Clerk: int64(g.clerk.ID)}
				killed, at := false, time.Duration(0)
				for !killed {
					killed, at = e.kill(t, time.Duration(rnd.Int64N(int64(span))))
					if e.Node++; !killed || ended(t, e.open(t).DB.Raw()) { // it was faster this time
						killed, e.Address = false, g.copy(t)
					}
				}
				if rnd.IntN(3) == 0 { // it may be killed again on its way
					_, _ = e.kill(t, time.Duration(rnd.Int64N(int64(span))))
					e.Node++
				}
				door := e.open(t)
				done := settled(t, door.DB.Raw())
				if done > 0 && done < files {
					midway++
				}
				t.Logf("killed after %s with %d files settled", at.Round(time.Millisecond), done)
				if !ended(t, door.DB.Raw()) { // the second kill may have come too late
					if b := e.run(t); b.Done() != b.Total {
						t.Errorf("%d of %d files are accounted for", b.Done(), b.Total)
					}
				}
				seal(t, door, g.clerk)
				whole(t, door, g.clerk)
				if diff := cmp.Diff(want, state(t, door)); diff != "" {
					t.Errorf("the end is another than that of the undisturbed run (-undisturbed +killed):\n%s", diff)
				}
			})
		}
		t.Logf("%d of %d kills fell between the first and the last file", midway, kills)
	})
}

// everyCase is everything that can become of a file.
var everyCase = map[string][]string{"files": {"imported", "held", "unrouted", "failed"}, "invoices": {"credit", "posted", "unposted"},
	"numbers": {"first", "later"}, "accounts": {"pending", "approved"}, "runs": {"ended"}, "series": {"L"}, "log": {"Maja Ek"}, "findings": {"open"}}

// ended reports whether the run was over before its process was killed.
func ended(t *testing.T, d *sql.DB) bool {
	t.Helper()
	var n int
	if err := d.QueryRow(`SELECT count(*) FROM payables_batch WHERE ended IS NOT NULL`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n > 0
}

// settled is how far the run had come when it was killed.
func settled(t *testing.T, d *sql.DB) int {
	t.Helper()
	var n int
	if err := d.QueryRow(`SELECT CAST(COALESCE(sum(imported + held + failed), 0) AS BIGINT) FROM payables_batch`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// Two who import the same files at the same time share the work, and each file
// is counted by one of them.
func TestTwoImportsOfTheSameFilesAtOnce(t *testing.T) {
	dir := heap(t, 200, 3, 7)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := newGround(t, d)
		one := errand{Address: g.copy(t), Dir: dir, Node: 100, Base: time.Now(), Clerk: int64(g.clerk.ID)}
		one.run(t)
		want := state(t, one.open(t))
		both := errand{Address: g.copy(t), Dir: dir, Node: 200, Base: time.Now(), Clerk: int64(g.clerk.ID)}
		doors := []*op.Door{both.open(t), errand{Address: both.Address, Node: 201, Base: both.Base}.open(t)}
		im := func(i int) *Importer { return &Importer{Door: doors[i], Actor: g.clerk, SizeMost: sizeMost} }
		// Both have found the run before any of them commits to it.
		files, err := List(dir)
		if err != nil {
			t.Fatal(err)
		}
		var runs [2]Batch
		for i := range runs {
			if runs[i], err = im(i).begin(t.Context(), []string{dir}, files); err != nil {
				t.Fatal(err)
			}
		}
		var wg sync.WaitGroup
		for i := range doors {
			wg.Go(func() {
				b, err := im(i).goOn(context.Background(), runs[i], files)
				if err != nil {
					t.Error(err)
				}
				if b.Done() != b.Total {
					t.Errorf("%d of %d files are accounted for", b.Done(), b.Total)
				}
			})
		}
		wg.Wait()
		seal(t, doors[0], g.clerk)
		whole(t, doors[0], g.clerk)
		if diff := cmp.Diff(want, state(t, doors[0])); diff != "" {
			t.Errorf("the end is another than that of one alone (-one +two):\n%s", diff)
		}
	})
}
