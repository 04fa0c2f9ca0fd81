package approval

import (
	"cmp"
	"slices"
	"strings"

	"kontor/books/coding"
	"kontor/kernel/fault"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// The faults of who may.
var (
	errNoScheme = fault.New(fault.Conflict, "APV-001", "Kunden har ingen beslutad attestförteckning som gäller %s. Be nämnden besluta en.")
	errNoRight  = fault.New(fault.Forbidden, "APV-002", "Din attesträtt omfattar inte ansvar %s den %s. Det får: %s.")
	errLimit    = fault.New(fault.Forbidden, "APV-003", "Din attesträtt går till %s kr och beloppet är %s kr. Det får: %s.")
	errPattern  = fault.New(fault.Invalid, "APV-004", "%s går inte att läsa. Skriv koder med komma emellan, till exempel 41, 4200-4299.")
)

// Pattern is a set of codes: beginnings and spans, with commas between. Empty
// is every code, also none.
type Pattern string

// ParsePattern reads a pattern as people write it.
func ParsePattern(s string) (Pattern, error) {
	var all []string
	for part := range strings.SplitSeq(strings.ToUpper(s), ",") {
		part = strings.Join(strings.Fields(strings.NewReplacer("–", "-", "—", "-", "*", "").Replace(part)), "")
		if part == "" {
			continue
		}
		from, to, span := strings.Cut(part, "-")
		if !code(from) || span && (!code(to) || len(from) != len(to) || from > to) {
			return "", errPattern.With(part)
		}
		all = append(all, part)
	}
	slices.Sort(all)
	return Pattern(strings.Join(slices.Compact(all), ",")), nil
}

func code(s string) bool {
	return s != "" && len(s) <= 20 && strings.IndexFunc(s, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && r != 'Å' && r != 'Ä' && r != 'Ö' && r != '_' && r != '.'
	}) < 0
}

// Holds reports whether a code is in the set. A span holds what begins within it.
func (p Pattern) Holds(code string) bool {
	if p == "" {
		return true
	}
	for part := range strings.SplitSeq(string(p), ",") {
		from, to, span := strings.Cut(part, "-")
		switch {
		case !span && strings.HasPrefix(code, part):
			return true
		case span && len(code) >= len(from) && from <= code[:len(from)] && code[:len(to)] <= to:
			return true
		}
	}
	return false
}

// Covers reports whether a row reaches a coded line.
func (r *Row) Covers(l *coding.Line) bool {
	return r.Units.Holds(l.Unit) && r.Activities.Holds(l.Activity) && r.Projects.Holds(l.Project) && r.Accounts.Holds(l.Account)
}

func (r *Row) holds(k Kind, day period.Date) bool {
	return (r.Kind == k || k == Review) && r.on(day)
}

func (r *Row) on(day period.Date) bool {
	return r.ValidFrom <= day && (r.ValidTo.IsZero() || day <= r.ValidTo)
}

// Register is what one client has decided, with substitutes and ties: enough to
// say who may, without a database.
type Register struct {
	Client  op.ClientID
	Schemes []Scheme // decided ones, by number, each with its rows
	Stands  []Substitution
	Ties    []Tie
}

// InForce is the version that holds on a day: the newest of those valid on it.
func (g *Register) InForce(day period.Date) (s *Scheme, ok bool) {
	for i := range g.Schemes {
		x := &g.Schemes[i]
		if x.ValidFrom <= day && day <= x.ValidTo && (s == nil || x.Number > s.Number) {
			s = x
		}
	}
	return s, s != nil
}

// Open reports whether the client leaves a kind to whoever has the permission:
// a register that names no reviewer says nothing of who reviews.
func (g *Register) Open(k Kind, day period.Date) bool {
	s, ok := g.InForce(day)
	return k == Review && (!ok || !slices.ContainsFunc(s.Rows, func(r Row) bool { return r.Kind == Review }))
}

// May is the right by which a person may finally approve an amount coded so, on
// a day. The sign of the amount does not matter: a credit note is approved like
// what it takes back. A refusal says who may.
func (g *Register) May(person op.PersonID, lines []coding.Line, amount money.Amount, day period.Date) (Authority, error) {
	return g.may(Final, person, lines, amount, day)
}

// MayReview is May for the review.
func (g *Register) MayReview(person op.PersonID, lines []coding.Line, amount money.Amount, day period.Date) (Authority, error) {
	if g.Open(Review, day) {
		return Authority{Client: g.Client, Kind: Review, Person: person, For: person}, nil
	}
	return g.may(Review, person, lines, amount, day)
}

func (g *Register) may(k Kind, person op.PersonID, lines []coding.Line, amount money.Amount, day period.Date) (Authority, error) {
	if _, ok := g.InForce(day); !ok {
		return Authority{}, errNoScheme.With(day)
	}
	ways := g.Ways(k, person, lines, day)
	amount = amount.Abs()
	for _, a := range ways {
		if amount <= a.Most {
			return a, nil
		}
	}
	others := Names(g.Who(k, lines, amount, day), person)
	if len(ways) == 0 {
		return Authority{}, errNoRight.With(Units(lines), day, others)
	}
	best := slices.MaxFunc(ways, func(a, b Authority) int { return cmp.Compare(a.Most, b.Most) })
	return best, errLimit.With(best.Most, amount, others)
}

// Ways are the rights by which a person can act on lines coded so, whatever the
// amount: the own one first, then those of the absent that it covers for.
func (g *Register) Ways(k Kind, person op.PersonID, lines []coding.Line, day period.Date) []Authority {
	s, ok := g.InForce(day)
	if !ok {
		return nil
	}
	var all []Authority
	if a, ok := g.right(s, k, person, lines, day); ok {
		all = append(all, a)
	}
	for i := range g.Stands {
		x := &g.Stands[i]
		if x.Person != person || x.Absent == person || day < x.ValidFrom || x.ValidTo < day ||
			slices.ContainsFunc(all, func(a Authority) bool { return a.For == x.Absent }) {
			continue
		}
		if a, ok := g.right(s, k, x.Absent, lines, day); ok {
			a.Person, a.Name = x.Person, x.PersonName
			all = append(all, a)
		}
	}
	return all
}

// right joins the rows of one person: they add up in scope, and the line with
// the lowest limit is the limit of the whole.
func (g *Register) right(s *Scheme, k Kind, person op.PersonID, lines []coding.Line, day period.Date) (Authority, bool) {
	var least *Row
	for i := range lines {
		var best *Row
		for j := range s.Rows {
			r := &s.Rows[j]
			if r.Person == person && r.holds(k, day) && r.Covers(&lines[i]) && (best == nil || r.Most > best.Most) {
				best = r
			}
		}
		if best == nil {
			return Authority{}, false
		}
		if least == nil || best.Most < least.Most {
			least = best
		}
	}
	if least == nil {
		return Authority{}, false
	}
	return Authority{Client: g.Client, Register: s.Number, Row: least.ID, Kind: k, Person: person, Name: least.Name,
		For: person, ForName: least.Name, Most: least.Most}, true
}

// Who are all those who may act on lines coded so up to an amount, those with
// the lowest sufficient limit first: they are the nearest to the matter.
func (g *Register) Who(k Kind, lines []coding.Line, amount money.Amount, day period.Date) []Authority {
	s, ok := g.InForce(day)
	if !ok {
		return nil
	}
	amount = amount.Abs()
	var all []Authority
	seen := map[op.PersonID]bool{}
	add := func(person op.PersonID) {
		if seen[person] {
			return
		}
		seen[person] = true
		for _, a := range g.Ways(k, person, lines, day) {
			if amount <= a.Most {
				all = append(all, a)
			}
		}
	}
	for i := range s.Rows {
		add(s.Rows[i].Person)
	}
	for i := range g.Stands {
		add(g.Stands[i].Person)
	}
	slices.SortStableFunc(all, func(a, b Authority) int {
		return cmp.Or(cmp.Compare(a.Most, b.Most), cmp.Compare(a.ForName, b.ForName), cmp.Compare(a.Name, b.Name))
	})
	return all
}

// Superiors are those above a person in the version of a day, nearest first. A
// circle ends where it would begin again.
func (g *Register) Superiors(person op.PersonID, day period.Date) []op.PersonID {
	s, ok := g.InForce(day)
	if !ok {
		return nil
	}
	var all []op.PersonID
	for at := person; ; {
		i := slices.IndexFunc(s.Rows, func(r Row) bool { return r.Person == at && r.Superior != 0 && r.on(day) })
		if i < 0 {
			return all
		}
		if at = s.Rows[i].Superior; at == person || slices.Contains(all, at) {
			return all
		}
		all = append(all, at)
	}
}

// Tied are the numbers that a person may not decide about on a day.
func (g *Register) Tied(person op.PersonID, day period.Date) (numbers []string) {
	for i := range g.Ties {
		if t := &g.Ties[i]; t.Person == person && t.ValidFrom <= day && day <= t.ValidTo {
			numbers = append(numbers, t.Number)
		}
	}
	return numbers
}

// Names says who of them may, besides some persons, in one line.
func Names(all []Authority, besides ...op.PersonID) string {
	var names []string
	for _, a := range all {
		if slices.Contains(besides, a.Person) || slices.Contains(besides, a.For) || slices.Contains(names, a.Name) {
			continue
		}
		names = append(names, a.Name)
	}
	switch {
	case len(names) == 0:
		return "ingen i attestförteckningen, vänd dig till din chef"
	case len(names) > 4:
		names = append(names[:4], "flera")
	}
	return strings.Join(names, ", ")
}

// Units names the units of a coding.
func Units(lines []coding.Line) string {
	var all []string
	for _, l := range lines {
		if l.Unit != "" && !slices.Contains(all, l.Unit) {
			all = append(all, l.Unit)
		}
	}
	if len(all) == 0 {
		return "saknas"
	}
	return strings.Join(all, ", ")
}
