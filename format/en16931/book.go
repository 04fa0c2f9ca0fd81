package en16931

import (
	_ "embed"
	"regexp"
	"strings"

	"kontor/kernel/period"
)

// Rule is one official rule.
type Rule struct {
	ID       string
	Severity Severity
	// From and Until are the days between which the rule is in the rule books,
	// From included; zero is always. Check judges by the day of receipt, and a
	// rule that is named is judged whatever the day.
	From, Until period.Date
	// Text is the rule in English: the standard's own words for the rules of
	// EN 16931, ours for those of Peppol.
	Text string
	// Swedish says in one sentence what is wrong when the rule is broken.
	Swedish string
}

// rulesText is the words of every rule but the "should not include" of
// unused.tsv: id, severity, first day, day after the last, English, Swedish.
// source: EN 16931-1 as worded in the CEN/TC 434 validation artefacts 1.3.16
// (EUPL-1.2); Peppol's rules in our words
//
//go:embed rules.tsv
var rulesText string

// Terms are the business terms and groups that the rule's text names: "BT-115".
func (r *Rule) Terms() []string { return term.FindAllString(r.Text, -1) }

var term = regexp.MustCompile(`\bB[TG]-[0-9]+\b`)

// Rules is every rule that Check judges, in the order of its report.
var Rules = bound.rules

// book is the rules with their tests, ruleIndex where each is in Rules and
// unusedPaths the tree of what should not be included.
var (
	bound       = bind()
	book        = bound.groups
	ruleIndex   = bound.index
	unusedPaths = bound.unused
)

// binding is the rule books with their tests.
type binding struct {
	rules  []Rule
	groups []group
	index  map[string]int
	unused *branch
}

// Find gives the rule with that id.
func Find(id string) (Rule, bool) {
	k, known := ruleIndex[id]
	if !known {
		return Rule{}, false
	}
	return Rules[k], true
}

// bind puts words and tests together. A test without words or words without a
// test is a programming fault and panics at start.
func bind() *binding {
	words := map[string]Rule{}
	for _, field := range table(rulesText, 6) {
		words[field[0]] = Rule{
			ID: field[0], Severity: severityOf(field[1]), From: day(field[2]), Until: day(field[3]),
			Text: field[4], Swedish: field[5],
		}
	}
	b := &binding{index: map[string]int{}, unused: newBranch()}
	for _, part := range [...][]group{
		coreRules, allowanceRules, lineRules, sumRules, familyRules(), codeRules(), syntaxRules, attributeRules(),
		unusedRules, peppolRules, ciiRules, numberRules, swedishRules, countryRules, greekRules, germanRules,
	} {
		b.groups = append(b.groups, part...)
	}
	for g := range b.groups {
		for e := range b.groups[g].entries {
			x := &b.groups[g].entries[e]
			x.rule = b.place(words, x.id)
		}
	}
	for id := range words {
		if _, tested := b.index[id]; !tested {
			panic("en16931: no test for " + id)
		}
	}
	b.bindUnused()
	return b
}

// place gives the index of a rule in Rules, a new one at its first test.
func (b *binding) place(words map[string]Rule, id string) int {
	if k, known := b.index[id]; known {
		return k
	}
	r, worded := words[id]
	if !worded {
		panic("en16931: rules.tsv lacks " + id)
	}
	b.index[id] = len(b.rules)
	b.rules = append(b.rules, r)
	return b.index[id]
}

func (b *binding) bindUnused() {
	for _, field := range table(unusedText, 4) {
		k := len(b.rules)
		b.index[field[0]] = k
		b.unused.put(vocabulary, field[2], k)
		b.rules = append(b.rules, Rule{
			ID: field[0], Severity: severityOf(field[1]), Text: field[3],
			Swedish: "Uppgiften " + plainPath(field[2]) + " ingår inte i den europeiska standarden och läses inte.",
		})
	}
}

// plainPath writes a path without prefixes: "Delivery/Shipment".
func plainPath(path string) string {
	return strings.NewReplacer("cac:", "", "cbc:", "", "Line/", "InvoiceLine/").Replace(path)
}

func severityOf(s string) Severity {
	if s == "fatal" {
		return Fatal
	}
	return Warning
}

// day reads a date of the tables; nothing is no date.
func day(s string) period.Date {
	if s == "" {
		return 0
	}
	d, err := period.ParseDate(s)
	if err != nil {
		panic("en16931: rules.tsv: " + err.Error())
	}
	return d
}

// inForce says whether the rule is judged for what was received on that day;
// zero is the newest rule books.
func (r *Rule) inForce(on period.Date) bool {
	if on.IsZero() {
		return r.Until.IsZero()
	}
	return on >= r.From && (r.Until.IsZero() || on < r.Until)
}

// ofUBL says whether the rule is about how UBL is written, not about what the
// document says. R008 forbids empty elements, which only the file itself shows.
func (r *Rule) ofUBL() bool {
	return strings.HasPrefix(r.ID, "UBL-") || r.ID == "PEPPOL-EN16931-R008"
}

// table reads tab-separated lines under a heading.
func table(text string, columns int) [][]string {
	var rows [][]string
	for _, line := range strings.Split(text, "\n")[1:] {
		if line == "" {
			continue
		}
		field := strings.Split(line, "\t")
		if len(field) != columns {
			panic("en16931: bad line: " + line)
		}
		rows = append(rows, field)
	}
	return rows
}
