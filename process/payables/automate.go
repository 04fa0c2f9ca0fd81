package payables

import (
	"fmt"
	"strings"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Rule is how the digital co-worker codes what comes again and again. A person
// has decided it, from a day and to a day.
type Rule struct {
	Client    op.ClientID
	ID        id.ID[Rule]
	Version   int64
	Supplier  string // organisation number; "" for any
	Reference string // beginning of the reference; "" for any
	Account   string
	Unit      string
	Activity  string
	Project   string
	Most      money.Amount // highest net amount that it may code
	Note      string
	ValidFrom period.Date
	ValidTo   period.Date
	DecidedBy op.PersonID
}

const ruleColumns = `client, id, version, supplier, reference, account, unit, activity, project, most, note, valid_from, valid_to, decided_by`

var (
	rulesOf = db.Select[Rule](`
		SELECT ` + ruleColumns + ` FROM payables_rule WHERE client = $1 AND valid_from <= $2 AND valid_to >= $2 ORDER BY id`)
	ruleByID = db.Select[Rule](`SELECT ` + ruleColumns + ` FROM payables_rule WHERE client = $1 AND id = $2`)
	addRule  = db.Insert[Rule]("payables_rule", "")
	endRule  = db.Change(`UPDATE payables_rule SET valid_to = $4, version = version + 1 WHERE client = $1 AND id = $2 AND version = $3`)
	// A rule that nobody but its maker has touched, on its first day.
	dropRule = db.Change(`
		DELETE FROM payables_rule WHERE client = $1 AND id = $2 AND version = 1 AND decided_by = $3 AND valid_from = $4`)

	// What waits to be coded and lacks nothing, some at a time.
	uncoded = db.Select[ID](`
		SELECT id FROM payables_invoice
		WHERE  client = $1 AND state = 'registered' AND lacks = '' AND coding_no = 0 AND id > $2
		ORDER  BY id
		LIMIT  $3`)
)

// PutRule adds a rule.
func PutRule(o *op.Op, r Rule) (id.ID[Rule], error) {
	r.ID, r.Version, r.DecidedBy = id.New[Rule](o), 1, o.Actor.ID
	if r.ValidTo.IsZero() {
		r.ValidTo = flow.NoPromise
	}
	if _, err := addRule.Add(o, r); err != nil {
		return 0, err
	}
	return r.ID, noteOf(o, r.Client, "payables.rule", int64(r.ID), "add", r.Account+" "+r.Unit+" "+r.Activity+" · "+r.Note)
}

var errKept = fault.New(fault.Conflict, "PAY-052", "Regeln kan inte tas bort, för den är äldre än i dag eller ändrad. Avsluta den i stället.")

// Withdraw takes a rule away again, for who made it and on the day that they did.
// What it has coded meanwhile stands, with its reason.
func (r Rule) Withdraw(o *op.Op) error {
	n, err := dropRule.Do(o, r.Client, r.ID, o.Actor.ID, period.DateOf(o.Now))
	if err == nil && n == 0 {
		err = errKept.Because("rule %s of %s", r.ID, r.DecidedBy)
	}
	if err != nil {
		return err
	}
	return noteOf(o, r.Client, "payables.rule", int64(r.ID), "withdraw", r.Account+" "+r.Unit+" "+r.Activity+" · "+r.Note)
}

// RuleFor is the rule that fits an invoice best: one for its supplier before one
// for all, and the longest beginning of the reference. It is none when two fit
// equally well but code differently: then a person decides.
func RuleFor(rules []Rule, v Invoice, day period.Date) (Rule, bool) {
	var best Rule
	top, tie := -1, false
	for _, r := range rules {
		fits := (r.Supplier == "" || r.Supplier == v.SupplierOrg) && strings.HasPrefix(NormalCode(v.Reference), NormalCode(r.Reference)) &&
			r.Supplier+r.Reference != "" && v.Net.Abs() <= r.Most && r.ValidFrom <= day && day <= r.ValidTo
		if !fits {
			continue
		}
		rank := len(r.Reference)
		if r.Supplier != "" {
			rank += 1000
		}
		switch {
		case rank > top:
			best, top, tie = r, rank, false
		case rank == top:
			tie = tie || r.Account != best.Account || r.Unit != best.Unit || r.Activity != best.Activity || r.Project != best.Project
		}
	}
	return best, top >= 0 && !tie
}

// Coding is what the rule makes of an invoice.
func (r Rule) Coding(v Invoice) []coding.Line {
	if v.Net == 0 {
		return nil
	}
	return []coding.Line{{Account: r.Account, Unit: r.Unit, Activity: r.Activity, Project: r.Project, Amount: v.Net}}
}

// Why says why the rule coded as it did, for the one who reviews.
func (r Rule) Why(v Invoice) string {
	what := "Referensen " + v.Reference
	if r.Supplier != "" {
		what = v.SupplierName
	}
	why := fmt.Sprintf("%s konteras så enligt regel från %s.", what, r.ValidFrom)
	if r.Note != "" {
		why += " " + r.Note
	}
	return why
}

// automateMost is how many invoices of one client one call looks at, so that a
// transaction stays short.
const automateMost = 200

// Automate codes what a rule fits and nothing is wrong with, for one client. It
// returns how many it coded and where to go on; "after" 0 begins, and a zero
// next says that there are no more. The actor is an automation: it can code and
// never review or approve.
func Automate(o *op.Op, c op.ClientID, after ID) (coded int, next ID, err error) {
	day := period.DateOf(o.Now)
	rules, err := rulesOf.All(o, c, day)
	if err != nil {
		return 0, 0, err
	}
	trust, _, err := trustOf.Maybe(o, c, day)
	if err != nil {
		return 0, 0, err
	}
	keys, err := uncoded.All(o, c, after, automateMost)
	if err != nil {
		return 0, 0, err
	}
	for _, k := range keys {
		err := o.Try(func() error {
			done, err := automate(o, k, rules, trust, day)
			if done && err == nil {
				coded++
			}
			return err
		})
		if f := fault.Of(err); err != nil && (f.Kind == fault.Unavailable || f.Kind == fault.Internal) {
			return coded, 0, err
		}
		next = k
	}
	if len(keys) < automateMost {
		next = 0
	}
	return coded, next, nil
}

// automate codes by the order or subscription that the invoice names, by the rule
// that fits, or else by a suggestion that is as sure
// as the client has decided that it must be.
func automate(o *op.Op, key ID, rules []Rule, trust Trust, day period.Date) (bool, error) {
	v, err := Table.Get(o, key)
	if err != nil {
		return false, err
	}
	if done, named, err := automateMatch(o, v, day); err != nil || named {
		return done, err
	}
	var lines []coding.Line
	why := ""
	if r, ok := RuleFor(rules, v, day); ok {
		lines, why = r.Coding(v), r.Why(v)
	} else if trust.Least > 0 && v.Net.Abs() <= trust.Most {
		if err := loadSuggestion(o, &v); err != nil {
			return false, err
		}
		lines = v.Suggested.Lines
	}
	if why == "" && len(lines) > 0 && v.Suggested.Confidence() >= trust.Least {
		why = fmt.Sprintf("%s Kunden har beslutat att förslag som är säkra till %d %% får tas: %s.", v.Suggested.Why(), trust.Least/10, trust.Decision)
	}
	if why == "" {
		return false, nil
	}
	if v, err = SetCoding(o, key, v.Version, lines, why); err != nil {
		return false, err
	}
	if CheckCoding(v) != nil {
		return false, nil // the suggestion stays; a person mends it
	}
	_, err = Table.Take(o, key, "code", v.Version, nil)
	return err == nil, err
}
