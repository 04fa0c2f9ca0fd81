package en16931

import (
	"strings"

	"kontor/kernel/period"
)

// Severity is what the official validators do about a broken rule.
type Severity uint8

// The two severities.
const (
	Fatal Severity = iota + 1
	Warning
)

// Options choose what Check judges.
type Options struct {
	Rules []string    // judge only these; all if empty
	On    period.Date // the day of receipt, which decides the code lists in force; zero is the newest
}

// Violation is one rule that a document breaks in one place.
type Violation struct {
	Rule  string
	Fatal bool
	Text  string // Swedish, with the values seen and expected
	Where string // Swedish: which part of the document
	Line  int    // line in the file, from 1; 0 if made in memory
}

// placesMost bounds how many places one rule is told of, so that a hostile
// document cannot make a report larger than itself.
const placesMost = 100

// Check judges the document that was read, by all rules or those named. A
// document made in memory is judged as the file that it would become. The order
// is that of the rule books, then of the document.
func Check(d *Document, o Options) []Violation {
	t := d.tree
	if t == nil {
		t = ToTree(d)
	}
	return CheckTree(t, o)
}

// CheckTree is Check for a caller that needs no business terms.
func CheckTree(t *Tree, o Options) []Violation {
	if t.Len() == 0 {
		return nil
	}
	j := judge{t: t, on: o.On}
	if len(o.Rules) > 0 {
		j.wanted = make([]bool, len(Rules))
		for _, id := range o.Rules {
			if k, known := ruleIndex[id]; known {
				j.wanted[k] = true
			}
		}
	}
	j.facts.gather(t)
	// One closure for all groups: a check is made of hundreds of them.
	visit := func(n ID) { j.visit(n) }
	for g := range book {
		if j.group = &book[g]; j.wanted == nil || j.wants(j.group) {
			j.group.context(&j, visit)
		}
	}
	j.unused()
	return j.out
}

// judge is one check under way.
type judge struct {
	t      *Tree
	on     period.Date
	wanted []bool // nil: all
	facts  facts
	out    []Violation
	counts map[int]int
	group  *group // being judged
}

// test says whether an element keeps a rule.
type test func(j *judge, n ID) bool

// context calls visit with every element that a group of rules is about.
type context func(j *judge, visit func(ID))

// entry binds a rule to its test. seen, if any, tells the values in Swedish; it
// is called only when the rule is broken.
type entry struct {
	id   string
	ok   test
	seen func(j *judge, n ID) string
	rule int // index in Rules, set when the book is bound
}

// group is some rules with the same context.
type group struct {
	context context
	entries []entry
}

// visit judges one element by the group's rules.
func (j *judge) visit(n ID) {
	for k := range j.group.entries {
		e := &j.group.entries[k]
		if j.judges(e.rule) && !e.ok(j, n) {
			j.report(e, n)
		}
	}
}

// judges says whether a rule is to be judged: a named rule always, otherwise
// those in force on the day.
func (j *judge) judges(rule int) bool {
	if j.wanted != nil {
		return j.wanted[rule]
	}
	r := &Rules[rule]
	if j.t.Syntax != UBLInvoice && j.t.Syntax != UBLCreditNote && r.ofUBL() {
		return false
	}
	return r.From == 0 && r.Until == 0 || r.inForce(j.on)
}

func (j *judge) wants(g *group) bool {
	for k := range g.entries {
		if j.wanted[g.entries[k].rule] {
			return true
		}
	}
	return false
}

func (j *judge) report(e *entry, n ID) {
	if j.counts == nil {
		j.counts = map[int]int{}
	}
	if j.counts[e.rule]++; j.counts[e.rule] > placesMost {
		return
	}
	r := &Rules[e.rule]
	text := r.Swedish
	switch {
	case e.seen != nil:
		if seen := e.seen(j, n); seen != "" {
			text += " " + seen
		}
	case j.t.nodes[n].first == None && j.t.nodes[n].text != "":
		text += " I filen står ”" + clip(j.t.norm(n)) + "”."
	}
	j.out = append(j.out, Violation{
		Rule: r.ID, Fatal: r.Severity == Fatal, Text: text, Where: j.t.where(n), Line: j.t.Line(n),
	})
}

func clip(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// places are what the parts of an invoice are called on screen.
var places = map[Name]string{
	cacAccountingSupplierParty:     "Säljaren",
	cacAccountingCustomerParty:     "Köparen",
	cacPayeeParty:                  "Betalningsmottagaren",
	cacTaxRepresentativeParty:      "Skatteombudet",
	cacDelivery:                    "Leveransen",
	cacPaymentMeans:                "Betalsättet",
	cacPaymentTerms:                "Betalningsvillkoren",
	cacAllowanceCharge:             "Rabatten eller avgiften",
	cacTaxTotal:                    "Momsen",
	cacLegalMonetaryTotal:          "Totalsummorna",
	cacAdditionalDocumentReference: "Bilagan eller referensen",
	cacBillingReference:            "Hänvisningen till tidigare faktura",
	cacOrderReference:              "Orderreferensen",
	cacInvoicePeriod:               "Fakturaperioden",
}

// where names the part of the document that n is in.
func (t *Tree) where(n ID) string {
	for ; n > Root; n = t.parent(n) {
		if t.parent(n) != Root {
			continue
		}
		if t.isLine(n) {
			if id := t.norm(t.child(n, cbcID)); id != "" {
				return "Rad " + clip(id)
			}
			return "En rad utan nummer"
		}
		if place, known := places[t.name(n)]; known {
			return place
		}
	}
	return "Fakturahuvudet"
}

// upper is XPath's upper-case for the codes compared here; it copies only where
// it must.
func upper(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 'a' && c <= 'z' || c >= 0x80 {
			return strings.ToUpper(s)
		}
	}
	return s
}
