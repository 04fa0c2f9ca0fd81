package role

import (
	"slices"

	"kontor/kernel/op"
	"kontor/kernel/period"
)

// grants is what the assignments valid on a day allow, for each permission the
// union of the scopes. clients is every client, sorted. Where a union cannot be
// said as one scope (all clients in one unit, together with one client in all
// units) the scope that came first is kept, since an actor must never hold more
// than the sum; exact is false then.
func grants(m Matrix, all []Assignment, on period.Date, clients []op.ClientID) (g map[op.Permission]op.Scope, exact bool) {
	g, exact = map[op.Permission]op.Scope{}, true
	for _, a := range all {
		if !a.Valid(on) {
			continue
		}
		r, known := m.Role(a.Role)
		if !known {
			continue // a role that the program no longer has allows nothing
		}
		s := a.scope(clients)
		for _, p := range r.Permissions {
			had, held := g[p]
			if !held {
				g[p] = s
				continue
			}
			u, ok := union(had, s)
			g[p] = u
			exact = exact && ok
		}
	}
	return g, exact
}

func (a Assignment) scope(clients []op.ClientID) op.Scope {
	s := op.Scope{}
	if a.Client == 0 {
		s.All, s.Clients = true, clients
	} else {
		s.Clients = []op.ClientID{a.Client}
	}
	if a.Unit != 0 {
		s.Units = []op.UnitID{a.Unit}
	}
	return s
}

// union is the scope that covers a and b and nothing else; where there is none
// it is a, and false.
func union(a, b op.Scope) (op.Scope, bool) {
	switch {
	case covers(a, b):
		return a, true
	case covers(b, a):
		return b, true
	case a.All == b.All && slices.Equal(a.Clients, b.Clients), slices.Equal(a.Units, b.Units) && (a.Units == nil) == (b.Units == nil):
		j := a.Join(b)
		if j.All {
			j.Clients = a.Clients
			if b.All {
				j.Clients = b.Clients
			}
		}
		return j, true
	}
	return a, false
}

func covers(a, b op.Scope) bool {
	if b.All && !a.All {
		return false
	}
	if !a.All {
		for _, c := range b.Clients {
			if !a.Holds(c) {
				return false
			}
		}
	}
	if a.Units == nil {
		return true
	}
	if b.Units == nil {
		return false
	}
	for _, u := range b.Units {
		if !slices.Contains(a.Units, u) {
			return false
		}
	}
	return true
}
