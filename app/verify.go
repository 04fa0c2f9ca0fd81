package app

import (
	"context"
	"encoding/json"
	"fmt"

	"kontor/kernel/audit"
	"kontor/kernel/blob"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/work"
)

// kernelInvariants are what holds whatever the modules are.
var kernelInvariants = []module.Invariant{
	{Name: "audit.chain", Label: "Loggen är hel: ingen rad är ändrad, tillagd i efterhand eller borttagen.",
		Check: func(o *op.Op) (map[string]int64, error) {
			v, err := audit.Verify(o)
			return map[string]int64{"audit_rows": v.Rows, "unsealed": v.Unsealed}, err
		}},
	{Name: "work.rollup", Label: "Varje dokument är räknat en gång, och summorna är lika med händelserna.",
		Check: func(o *op.Op) (map[string]int64, error) {
			n, err := work.Verify(o)
			return map[string]int64{"events": n}, err
		}},
	{Name: "blob.bytes", Label: "Varje mottaget dokument är byte för byte som det kom.",
		Check: func(o *op.Op) (map[string]int64, error) {
			n, err := blob.Verify(o)
			return map[string]int64{"documents": n}, err
		}},
}

// Verified is the outcome of all invariants.
type Verified struct {
	OK     bool
	Failed []string
	Counts map[string]int64
}

// MarshalJSON puts the counts beside ok and failed.
func (v Verified) MarshalJSON() ([]byte, error) {
	m := map[string]any{"ok": v.OK, "failed": v.Failed}
	for k, n := range v.Counts {
		m[k] = n
	}
	return json.Marshal(m)
}

// verify proves every invariant, each on a snapshot of its own, and tells each
// outcome as it comes.
func (p *program) verify(ctx context.Context, tell func(inv module.Invariant, err error)) (Verified, error) {
	v := Verified{OK: true, Failed: []string{}, Counts: map[string]int64{"events": 0, "vouchers": 0, "invoices": 0}}
	all := kernelInvariants
	for _, m := range Modules() {
		all = append(all[:len(all):len(all)], m.Invariants...)
	}
	auditor := fullAccess(system)
	for _, inv := range all {
		var counts map[string]int64
		err := p.View(ctx, auditor, func(o *op.Op) (err error) {
			counts, err = inv.Check(o)
			return err
		})
		if ctx.Err() != nil {
			return v, ctx.Err()
		}
		for k, n := range counts {
			v.Counts[k] = n
		}
		if err != nil {
			v.OK, v.Failed = false, append(v.Failed, fmt.Sprintf("%s: %v", inv.Name, err))
		}
		tell(inv, err)
	}
	return v, nil
}

// fullAccess gives an actor every permission for every client.
func fullAccess(a op.Actor) op.Actor {
	a.Grants = map[op.Permission]op.Scope{}
	for _, m := range Modules() {
		for _, p := range m.Permissions {
			a.Grants[p.Name] = op.Scope{All: true}
		}
	}
	return a
}
