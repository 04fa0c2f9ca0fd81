// Package verdict is what Kontor says of a file that it has read: whether the
// file is accepted, why not, and what is in it.
//
// # Words
//
// A [Verdict] is one file's. Accept: nothing to remark. Warn: it can be used,
// and somebody should know what is odd. Reject: it cannot be used, and nothing
// of it is.
//
// # What always holds
//
// A verdict that is not accept has at least one reason, a whole Swedish sentence
// with the place in the file.
//
// # Not here
//
// E-invoices by EN 16931 are judged by rule, in format/en16931.
package verdict

import (
	"errors"
	"fmt"

	"kontor/format/xmlscan"
)

// Level is how good a file is; a higher one is worse.
type Level int

// The levels.
const (
	Accept Level = iota
	Warn
	Reject
)

func (l Level) String() string { return [...]string{"accept", "warn", "reject"}[l] }

// Verdict is what is said of one file.
type Verdict struct {
	Kind    string // of file: "sie4", "camt.053", "svefaktura"; "" when it is not known
	Level   Level
	Reasons []string          // Swedish, with the place
	Counts  map[string]int64  // "vouchers": 42
	Sums    map[string]string // "debit": "1042.50"; decimal point, exact
}

// Remark adds a reason and makes the verdict at least as bad as level.
func (v *Verdict) Remark(level Level, format string, args ...any) {
	v.Level = max(v.Level, level)
	v.Reasons = append(v.Reasons, fmt.Sprintf(format, args...))
}

// Refused is the verdict of a file that cannot be read.
func Refused(kind string, err error) Verdict {
	v := Verdict{Kind: kind}
	var e *xmlscan.Error
	switch {
	case errors.As(err, &e) && e.Line > 0:
		v.Remark(Reject, "Rad %d: %s", e.Line, e.Text)
	case errors.As(err, &e):
		v.Remark(Reject, "%s", e.Text)
	default:
		v.Remark(Reject, "Filen går inte att läsa. Be avsändaren skicka den igen.")
	}
	return v
}

// Count adds n to a count.
func (v *Verdict) Count(name string, n int64) {
	if v.Counts == nil {
		v.Counts = map[string]int64{}
	}
	v.Counts[name] += n
}

// Sum sets a sum.
func (v *Verdict) Sum(name, amount string) {
	if v.Sums == nil {
		v.Sums = map[string]string{}
	}
	v.Sums[name] = amount
}
