package app

import (
	"slices"
	"strings"
	"testing"

	"kontor/kernel/golden"
	"kontor/kernel/op"
	"kontor/kernel/role"
)

// The matrix is a page that a person who does not program can read and decide
// on. A change of it is a change of that page, to be seen in review.
func TestRoleMatrixIsTheGoldenPage(t *testing.T) {
	if err := Roles.Check(labels()); err != nil {
		t.Error(err)
	}
	golden.Check(t, "../docs/roller.md", role.Table(Roles, labels()))
}

// No role does both halves of what two persons must do, and none of those who
// only look may change anything.
func TestSegregationOfDuties(t *testing.T) {
	for _, r := range Roles {
		both := func(a, b op.Permission) bool { return r.May(a) && r.May(b) }
		if both("payables.code", "payables.approve") {
			t.Errorf("%s both codes and approves", r.Name)
		}
		if both("payout.write", "payout.approve") || both("payout.check", "payout.approve") {
			t.Errorf("%s both writes payout requests, or confirms accounts, and approves", r.Name)
		}
		if both("payables.approve", "payables.register") {
			t.Errorf("%s both approves and decides who may approve", r.Name)
		}
		if both("role.manage", "payables.approve") || both("role.manage", "payables.handle") {
			t.Errorf("%s both gives roles and handles invoices", r.Name)
		}
		if r.Name != Auditor && r.Name != DigitalCoworker {
			continue
		}
		for _, p := range r.Permissions {
			verb := p[strings.IndexByte(string(p), '.')+1:]
			if r.Name == Auditor && verb != "read" && p != mayCheck { // which keeps nothing
				t.Errorf("the auditor may %s", p)
			}
			if r.Name == DigitalCoworker && slices.Contains([]op.Permission{"review", "approve", "release", "void"}, verb) {
				t.Errorf("the digital co-worker may %s", p)
			}
		}
	}
}
