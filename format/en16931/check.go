package en16931

import "kontor/kernel/period"

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

// Check judges the document that was read, by all rules or those named.
func Check(d *Document, o Options) []Violation { return nil }
