package demo

import (
	"context"
	"testing"
	"time"

	"kontor/kernel/audit"
	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
	"kontor/kernel/work"
	"kontor/process/payables"
)

// everything are the permissions that the system and the roles of the tests have.
var everything = []op.Permission{
	"payables.read", "payables.handle", "payables.code", "payables.review", "payables.approve", "payables.return", "payables.release",
	"payables.void", "payables.register", "payables.import", "client.read", "role.read", "role.manage", "agreement.read", "agreement.write", "agreement.sign",
	"complaint.read", "complaint.handle", "complaint.manage",
}

func matrix() role.Matrix {
	office := []op.Permission{"payables.read", "payables.handle", "payables.code", "payables.return", "client.read", "complaint.read", "complaint.handle"}
	return role.Matrix{
		{Name: Assistant, Title: "Ekonomiadministratör", Permissions: office},
		{Name: Accountant, Title: "Redovisningsekonom", Permissions: append(office[:len(office):len(office)], "payables.void", "payables.release", "payables.register")},
		{Name: Sysadmin, Title: "Systemförvaltare", Permissions: []op.Permission{"role.read", "role.manage", "payables.import"}},
		{Name: UnitManager, Title: "Enhetschef", Permissions: append(office[:len(office):len(office)], "payables.release", "payables.register", "agreement.read", "agreement.write", "complaint.manage")},
		{Name: Head, Title: "Verksamhetschef", Permissions: []op.Permission{"payables.read", "client.read", "agreement.read", "agreement.sign"}},
		{Name: Approver, Title: "Attestant", Permissions: []op.Permission{"payables.read", "payables.review", "payables.approve"}},
		{Name: Contact, Title: "Kontaktperson", Permissions: []op.Permission{"payables.read", "payables.review", "client.read"}},
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

func TestASmallBuildIsWholeOnBothEngines(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBuilder(context.Background(), program(t, d), New(Seed), t.TempDir())
		began := time.Now()
		if err := b.build(First, period.NewDate(2025, 10, 31)); err != nil {
			t.Fatal(err)
		}
		t.Logf("%d files in %s: %+v", b.sum.Files, time.Since(began).Round(time.Millisecond), b.sum)
		for _, r := range b.refusals {
			t.Log("refused:", r)
		}
		s := b.sum
		if s.Files < 200 || s.Imported+s.Held+s.Failed != s.Files || s.Imported == 0 || s.Held == 0 || s.Failed == 0 {
			t.Errorf("files are not accounted for: %+v", s)
		}
		invariants(t, b)
	})
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
	b.sum.Accounts = nil
	t.Logf("%d files in %s: %+v", b.sum.Files, time.Since(began).Round(time.Millisecond), b.sum)
	for _, r := range b.refusals {
		t.Log("refused:", r)
	}
	invariants(t, b)
	morning(t, b)
}

// The morning on which the city is shown: one is late, three are due today, the
// rest of the week waits, each with something else the matter.
func morning(t *testing.T, b *builder) {
	t.Helper()
	err := b.Door.View(b.ctx, b.System, func(o *op.Op) error {
		for key, state := range b.state {
			if state == payables.Ready || state == payables.Returned || state == payables.Voided {
				continue
			}
			v, err := payables.Table.Get(o, key)
			if err != nil {
				return err
			}
			t.Log(v.State, v.KeepBy, v.Lacks, v.SupplierName, v.Number, v.Unit == b.units["ost"], v.Handler)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
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
