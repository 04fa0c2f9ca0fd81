package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kontor/kernel/audit"
	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/flow"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
	"kontor/kernel/work"
	"kontor/process/payables"
	"kontor/promise/organisation"
)

// everything are the permissions that the system and the roles of the tests have.
var everything = []op.Permission{
	"payables.read", "payables.handle", "payables.code", "payables.review", "payables.approve", "payables.return", "payables.release",
	"payables.void", "payables.register", "payables.import", "client.read", "role.read", "role.manage", "agreement.read", "agreement.write", "agreement.sign",
	"approval.read", "approval.write", "approval.decide", "approval.own", "complaint.read", "complaint.handle", "complaint.manage",
	"payables.pay", "treasury.read", "treasury.handle", "treasury.release", "treasury.accounts",
	"generalledger.read", "generalledger.write", "generalledger.approve", "generalledger.load",
	"payout.read", "payout.write", "payout.check", "payout.review", "payout.approve",
}

func matrix() role.Matrix {
	office := []op.Permission{"payables.read", "payables.handle", "payables.code", "payables.return", "client.read", "complaint.read", "complaint.handle",
		"generalledger.read", "generalledger.write", "payout.read", "payout.write", "payout.check"}
	return role.Matrix{
		{Name: Assistant, Title: "Ekonomiadministratör", Permissions: office},
		{Name: Accountant, Title: "Redovisningsekonom", Permissions: append(office[:len(office):len(office)], "approval.read", "approval.write", "payables.void", "payables.release", "payables.register", "payables.pay", "treasury.read", "treasury.handle",
			"generalledger.load")},
		{Name: Sysadmin, Title: "Systemförvaltare", Permissions: []op.Permission{"role.read", "role.manage", "payables.import"}},
		{Name: UnitManager, Title: "Enhetschef", Permissions: append(office[:len(office):len(office)], "payables.release", "treasury.read", "treasury.handle", "treasury.release", "agreement.read", "agreement.write", "complaint.manage")},
		{Name: Head, Title: "Verksamhetschef", Permissions: []op.Permission{"payables.read", "client.read", "approval.read", "approval.decide", "agreement.read", "agreement.sign"}},
		{Name: Approver, Title: "Attestant", Permissions: []op.Permission{"payables.read", "payables.review", "payables.approve", "approval.read", "approval.own",
			"generalledger.read", "generalledger.approve", "payout.read", "payout.review", "payout.approve"}},
		{Name: Contact, Title: "Kontaktperson", Permissions: []op.Permission{"payables.read", "payables.review", "client.read", "payout.read", "payout.review"}},
		{Name: Controller, Title: "Controller", Permissions: []op.Permission{"payables.read"}},
		{Name: Auditor, Title: "Revisor", Permissions: []op.Permission{"payables.read"}},
		{Name: Automation, Title: "Digital medarbetare", Permissions: []op.Permission{"payables.read", "payables.code"}},
	}
}

// program is an empty database with the reference data that the city stands on.
func program(t *testing.T, d *db.DB) Program {
	t.Helper()
	door, clock := dbtest.Door(d)
	clock.Set(First.AddDays(-30).Start())
	system := dbtest.Actor("Kontor", everything...)
	system.Kind = op.System
	for _, m := range modules() {
		if m.Install != nil {
			dbtest.Do(t, door, system, m.Install)
		}
	}
	return Program{Door: door, Matrix: matrix(), System: system, Jobs: jobs()}
}

// Two builds of one seed, on two engines, have lived through the same.
func TestASmallBuildIsWholeAndTheSameOnBothEngines(t *testing.T) {
	var lived []string
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBuilder(context.Background(), program(t, d), New(Seed), t.TempDir())
		if err := b.build(First, period.NewDate(2025, 10, 31)); err != nil {
			t.Fatal(err)
		}
		if len(b.refusals) > 0 {
			t.Errorf("steps were refused: %v", b.refusals)
		}
		s := b.sum
		if s.Files < 200 || s.Imported+s.Held+s.Failed != s.Files || s.Imported == 0 || s.Held == 0 || s.Failed == 0 {
			t.Errorf("files are not accounted for: %+v", s)
		}
		if s.Events == 0 || s.Ready == 0 || s.Returned == 0 || s.Open == 0 || s.Complaints == 0 {
			t.Errorf("nothing happened in the city: %+v", s)
		}
		invariants(t, b)
		lessCommon(t, b)
		lived = append(lived, content(t, b))
	})
	if len(lived) == 2 && lived[0] != lived[1] {
		t.Errorf("the engines differ:\n%s", cmp.Diff(lived[0], lived[1]))
	}
}

// content is what has happened to every invoice, in words without identities.
func content(t *testing.T, b *builder) string {
	t.Helper()
	var lines []string
	err := b.Door.View(b.ctx, b.System, func(o *op.Op) error {
		for key := range b.state {
			v, err := payables.Table.Get(o, key)
			if err != nil {
				return err
			}
			events, err := work.Of(o, v.Client, int64(v.ID))
			if err != nil {
				return err
			}
			line := fmt.Sprintf("%s %s %s %s %s %s %v", v.Arrived, v.SupplierName, v.Number, v.State, v.Payable, v.KeepBy, v.Coding)
			for _, e := range events {
				line += fmt.Sprintf(" %s %s %s %d", e.Activity, e.Channel, e.Done, e.Taken)
			}
			lines = append(lines, line)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func TestTheWholeCityIsBuilt(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole city is built without -short")
	}
	b := newBuilder(context.Background(), program(t, dbtest.SQLite(t)), New(Seed), t.TempDir())
	began := time.Now()
	if err := b.build(First, Today); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files in %s: %d imported, %d held, %d failed; %d events", b.sum.Files, time.Since(began).Round(time.Millisecond),
		b.sum.Imported, b.sum.Held, b.sum.Failed, b.sum.Events)
	if len(b.refusals) > 0 {
		t.Errorf("steps were refused: %v", b.refusals)
	}
	invariants(t, b)
	morning(t, b)
	payoutsWait(t, b)
	scaled(t, b)
}

// The morning on which the city is shown: one is late, three are due today, the
// rest of the week waits, each with something else the matter.
func morning(t *testing.T, b *builder) {
	t.Helper()
	byDay, lacks := map[int]int{}, map[payables.Code]bool{}
	waits := map[flow.State]int{}
	err := b.Door.View(b.ctx, b.System, func(o *op.Op) error {
		for key, state := range b.state {
			if gone(state) {
				continue
			}
			v, err := payables.Table.Get(o, key)
			if err != nil {
				return err
			}
			if v.Client == b.clients["KULT"] {
				waits[v.State]++
			}
			if v.Unit != b.units["ost"] || v.State != payables.Registered && v.State != payables.Held {
				continue
			}
			lacks[v.Lacks] = true
			byDay[max(-1, min(1, int(v.KeepBy-Today)))]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if byDay[-1] != 1 || byDay[0] != 3 || byDay[1] < 9 || byDay[1] > 14 || len(lacks) < 8 {
		t.Errorf("late, today, later: %v, with %d kinds of findings", byDay, len(lacks))
	}
	if waits[payables.Coded] < 2 || waits[payables.Reviewed] < 3 {
		t.Errorf("too little waits for those who review and approve at Kulturförvaltningen: %v", waits)
	}
}

// The city is a scale model: what is counted for each full-time equivalent is as
// in the full size.
func scaled(t *testing.T, b *builder) {
	t.Helper()
	err := b.Door.View(b.ctx, b.System, func(o *op.Op) error {
		for m := period.MonthOf(First); m.Last() < Today; m = m.Next() {
			cells, err := work.Table(o, op.Scope{All: true}, m.First(), m.Last())
			if err != nil {
				return err
			}
			var all, paper work.Sums
			for _, c := range cells {
				if c.Activity != payables.Activity {
					continue
				}
				all.Add(c.Sums)
				if c.Channel == work.Scanned {
					paper.Add(c.Sums)
				}
			}
			hundredths, err := organisation.FTE(o, payables.Process, m.First(), m.Last())
			if err != nil {
				return err
			}
			per := all.Quantity * 100 / max(1, hundredths)
			t.Logf("%s: %d, %d per full-time equivalent, %d %% in time, %d %% on paper", m, all.Quantity, per,
				all.Kept*100/max(1, all.Promised), paper.Quantity*100/max(1, all.Quantity))
			if m != period.MonthOf(First) && (per < 2900 || per > 3900) {
				t.Errorf("%s: %d for each full-time equivalent", m, per)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func invariants(t *testing.T, b *builder) {
	t.Helper()
	check := func(name string, f func(o *op.Op) error) {
		if err := b.Door.View(b.ctx, b.System, f); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	check("audit", func(o *op.Op) error { _, err := audit.Verify(o); return err })
	check("work", func(o *op.Op) error { _, err := work.Verify(o); return err })
	check("blob", func(o *op.Op) error { _, err := blob.Verify(o); return err })
	for _, m := range modules() {
		for _, inv := range m.Invariants {
			check(inv.Name, func(o *op.Op) error { _, err := inv.Check(o); return err })
		}
	}
}
