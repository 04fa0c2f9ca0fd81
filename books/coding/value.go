package coding

import (
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Segment is a part of the code string.
type Segment string

// The segments, in the order of the code string.
const (
	Account     Segment = "account"
	Unit        Segment = "unit"
	Activity    Segment = "activity"
	Project     Segment = "project"
	Counterpart Segment = "counterpart"
	Object      Segment = "object"
)

// Segments lists all segments in the order of the code string.
var Segments = [...]Segment{Account, Unit, Activity, Project, Counterpart, Object}

// Word is the Swedish name of the segment, in lower case and singular.
func (s Segment) Word() string {
	switch s {
	case Account:
		return "konto"
	case Unit:
		return "ansvar"
	case Activity:
		return "verksamhet"
	case Project:
		return "projekt"
	case Counterpart:
		return "motpart"
	case Object:
		return "objekt"
	}
	return string(s)
}

// Kind says on which side of the accounts an account stands.
type Kind string

// The kinds of account; the other segments have none.
const (
	Asset     Kind = "asset"
	Liability Kind = "liability" // equity as well
	Income    Kind = "income"
	Cost      Kind = "cost"
)

// Balance reports whether the account carries its balance over to the next year.
func (k Kind) Balance() bool { return k == Asset || k == Liability }

// ValueID identifies a value.
type ValueID = id.ID[Value]

// Value is one code of one segment for as long as it may be used.
type Value struct {
	ID        ValueID
	Version   int64
	Owner     op.ClientID // 0 for the whole city
	Segment   Segment
	Code      string
	Name      string
	Kind      Kind        // of accounts
	Control   string      // module whose subledger the account sums up; "" for none
	Successor string      // code to use instead once this one is closed
	ValidFrom period.Date // first day
	ValidTo   period.Date // last day; none while it is open
}

// Open reports whether the value may be used on a day.
func (v Value) Open(on period.Date) bool {
	return v.ValidFrom <= on && (v.ValidTo == 0 || on <= v.ValidTo)
}

// overlaps reports whether both are open on some day.
func (v Value) overlaps(w Value) bool {
	return (v.ValidTo == 0 || w.ValidFrom <= v.ValidTo) && (w.ValidTo == 0 || v.ValidFrom <= w.ValidTo)
}

// Demand is what a rule asks of a segment.
type Demand string

// The demands.
const (
	Required  Demand = "required"
	Forbidden Demand = "forbidden"
	Allowed   Demand = "allowed" // only the codes of the rule, or none
)

// RuleID identifies a rule.
type RuleID = id.ID[Rule]

// Rule says what lines must hold when one of their segments is in a range.
type Rule struct {
	ID        RuleID
	Version   int64
	Owner     op.ClientID // 0 for the whole city
	Given     Segment     // the segment that is looked at, mostly Account
	First     string      // its codes, first to last; both "" for all
	Last      string
	Segment   Segment // what the rule is about
	Demand    Demand
	Codes     string // of Allowed: "100-199, 305"
	Text      string // why, Swedish, whole sentence
	ValidFrom period.Date
	ValidTo   period.Date // last day; none while it is in force
}

// Line is one line of a code string with its amount.
type Line struct {
	Account     string
	Unit        string
	Activity    string
	Project     string
	Counterpart string
	Object      string
	Amount      money.Amount // debit positive
	Text        string
}

// Code returns the code of a segment, "" for none.
func (l *Line) Code(s Segment) string {
	switch s {
	case Account:
		return l.Account
	case Unit:
		return l.Unit
	case Activity:
		return l.Activity
	case Project:
		return l.Project
	case Counterpart:
		return l.Counterpart
	case Object:
		return l.Object
	}
	return ""
}

// Set writes a code into its segment.
func (l *Line) Set(s Segment, code string) {
	switch s {
	case Account:
		l.Account = code
	case Unit:
		l.Unit = code
	case Activity:
		l.Activity = code
	case Project:
		l.Project = code
	case Counterpart:
		l.Counterpart = code
	case Object:
		l.Object = code
	}
}

// Refusal is one thing that is wrong with a line.
type Refusal struct {
	Segment Segment
	Code    string   // as written on the line
	Text    string   // Swedish, whole sentences: what is wrong and what is allowed
	Allowed []string // codes or ranges that would pass, at most some; nil when any would
}
