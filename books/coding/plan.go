package coding

import (
	"fmt"
	"slices"
	"strings"

	"kontor/kernel/op"
	"kontor/kernel/period"
)

// layer is what one owner has decided. Layers are never changed once made, so
// the city's is shared by the plans of all clients.
type layer struct {
	values map[key][]Value     // of one code, oldest first
	order  map[Segment][]Value // by code, then by age
	rules  []ruled
}

type key struct {
	segment Segment
	code    string
}

// ruled is a rule with its ranges taken apart.
type ruled struct {
	Rule
	codes []span
}

type span struct{ first, last string }

func newLayer(values []Value, rules []Rule) *layer {
	l := &layer{values: make(map[key][]Value, len(values)), order: map[Segment][]Value{}}
	values = slices.Clone(values)
	slices.SortFunc(values, func(a, b Value) int {
		if c := strings.Compare(a.Code, b.Code); c != 0 {
			return c
		}
		return int(a.ValidFrom - b.ValidFrom)
	})
	for _, v := range values {
		k := key{v.Segment, v.Code}
		l.values[k] = append(l.values[k], v)
		l.order[v.Segment] = append(l.order[v.Segment], v)
	}
	for _, r := range rules {
		spans, err := parseSpans(r.Codes)
		if err != nil {
			continue // the form lets none in; a rule that cannot be read allows all
		}
		l.rules = append(l.rules, ruled{r, spans})
	}
	return l
}

// Plan is all that one client may code on.
type Plan struct {
	Client op.ClientID
	city   *layer
	own    *layer
}

// New makes a plan of the city's and the client's own values and rules.
func New(client op.ClientID, values []Value, rules []Rule) *Plan {
	var v [2][]Value
	var r [2][]Rule
	for _, x := range values {
		v[side(x.Owner)] = append(v[side(x.Owner)], x)
	}
	for _, x := range rules {
		r[side(x.Owner)] = append(r[side(x.Owner)], x)
	}
	return &Plan{Client: client, city: newLayer(v[0], r[0]), own: newLayer(v[1], r[1])}
}

func side(owner op.ClientID) int {
	if owner == 0 {
		return 0
	}
	return 1
}

// Value returns the value of a code on a day. When the code is known but closed
// that day, the value nearest before it, or else the first after, is returned
// with open false.
func (p *Plan) Value(s Segment, code string, on period.Date) (v Value, known, open bool) {
	for _, l := range [...]*layer{p.own, p.city} {
		for _, x := range l.values[key{s, code}] {
			if x.Open(on) {
				return x, true, true
			}
			if !known || x.ValidFrom <= on {
				v, known = x, true
			}
		}
	}
	return v, known, false
}

// Name is what a code is called, "" when nobody knows it. A closed code keeps
// its name.
func (p *Plan) Name(s Segment, code string) string {
	for _, l := range [...]*layer{p.own, p.city} {
		if all := l.values[key{s, code}]; len(all) > 0 {
			return all[len(all)-1].Name
		}
	}
	return ""
}

// Values lists the open values of a segment on a day, by code.
func (p *Plan) Values(s Segment, on period.Date) []Value {
	var all []Value
	for _, v := range p.own.order[s] {
		if v.Open(on) {
			all = append(all, v)
		}
	}
	own := len(all)
	for _, v := range p.city.order[s] {
		if v.Open(on) && !slices.ContainsFunc(all[:own], func(x Value) bool { return x.Code == v.Code }) {
			all = append(all, v)
		}
	}
	slices.SortFunc(all, func(a, b Value) int { return strings.Compare(a.Code, b.Code) })
	return all
}

// Check returns everything that is wrong with a line on a day; nothing means
// that it can be posted.
func (p *Plan) Check(l Line, on period.Date) []Refusal { return p.check(&l, on, false) }

// CheckReversal is Check for a line that takes another back: closed codes pass,
// and what rules say today does not matter for what was posted before.
func (p *Plan) CheckReversal(l Line, on period.Date) []Refusal { return p.check(&l, on, true) }

func (p *Plan) check(l *Line, on period.Date, reversal bool) []Refusal {
	var all []Refusal
	for _, s := range Segments {
		if r, wrong := p.checkCode(s, l.Code(s), on, reversal); wrong {
			all = append(all, r)
		}
	}
	if reversal {
		return all
	}
	for _, from := range [...]*layer{p.city, p.own} {
		for i := range from.rules {
			if r, wrong := from.rules[i].check(p, l, on); wrong {
				all = append(all, r)
			}
		}
	}
	return all
}

// checkCode says whether one code may stand in its segment.
func (p *Plan) checkCode(s Segment, code string, on period.Date, reversal bool) (Refusal, bool) {
	if code == "" {
		if s != Account {
			return Refusal{}, false
		}
		return Refusal{Segment: s, Text: "Konto saknas. Ange ett konto."}, true
	}
	v, known, open := p.Value(s, code, on)
	switch {
	case open || known && reversal:
		return Refusal{}, false
	case !known:
		near := p.near(s, code, on)
		return Refusal{s, code, fmt.Sprintf("%s %s finns inte i kodplanen. %s", upper(s.Word()), code, instead(s, near)), near}, true
	case on < v.ValidFrom:
		near := p.near(s, code, on)
		return Refusal{s, code, fmt.Sprintf("%s %s får användas först från och med %s. %s",
			upper(s.Word()), code, v.ValidFrom, instead(s, near)), near}, true
	}
	near := p.near(s, code, on)
	if _, _, ok := p.Value(s, v.Successor, on); ok && v.Successor != "" {
		near = []string{v.Successor}
	}
	return Refusal{s, code, fmt.Sprintf("%s %s är stängt sedan %s. %s",
		upper(s.Word()), code, v.ValidTo.AddDays(1), instead(s, near)), near}, true
}

// instead says what to write in place of a code that is refused.
func instead(s Segment, near []string) string {
	switch {
	case len(near) == 0:
		return fmt.Sprintf("Använd %s.", anOpen[s])
	default:
		return fmt.Sprintf("Använd %s eller %s.", near[0], strings.Replace(anOpen[s], "ett ", "ett annat ", 1))
	}
}

var anOpen = map[Segment]string{
	Account: "ett öppet konto", Unit: "ett öppet ansvar", Activity: "en öppen verksamhet",
	Project: "ett öppet projekt", Counterpart: "en öppen motpart", Object: "ett öppet objekt",
}

const nearMax = 5

// near lists the open codes that begin most like the one written.
func (p *Plan) near(s Segment, code string, on period.Date) []string {
	open := p.Values(s, on)
	for n := len(code) - 1; n > 0; n-- {
		var all []string
		for _, v := range open {
			if v.Code != code && strings.HasPrefix(v.Code, code[:n]) {
				all = append(all, v.Code)
			}
		}
		if len(all) > 0 {
			return all[:min(len(all), nearMax)]
		}
	}
	return nil
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// Control is the module whose subledger an account sums up, "" for none. Nobody
// lifts it by another value with the same code.
func (p *Plan) Control(account string) string {
	for _, l := range [...]*layer{p.city, p.own} {
		for _, v := range l.values[key{Account, account}] {
			if v.Control != "" {
				return v.Control
			}
		}
	}
	return ""
}
