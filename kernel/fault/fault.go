// Package fault gives every refusal a kind, a stable code and two texts: one
// for the person at the screen and one for the person reading the log.
//
// # What always holds
//
//   - The set of kinds is closed: a new kind needs an answer in every door.
//   - The code is stable, documented and never reused; tests compare on it.
//   - The text is a whole Swedish sentence that says what to do.
//   - The cause is for the log and never reaches a user.
//
// # Not here
//
// What a received document lacks is not a fault but a finding; see the modules.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what the caller can do about a fault.
type Kind uint8

const (
	Internal    Kind = iota // a bug or a broken machine; nothing the user can do
	Invalid                 // the request is wrong; correct it and send it again
	NotFound                // no such thing, or not visible to this actor
	Forbidden               // the actor may not do this
	Conflict                // the thing has changed or is in another state
	Unavailable             // try again later
)

func (k Kind) String() string {
	return [...]string{"internal", "invalid", "not found", "forbidden", "conflict", "unavailable"}[k]
}

// Field is what is wrong with one field of a form.
type Field struct {
	Name string // the key of the field
	Text string // Swedish, whole sentence
	Args []any
}

// Fault is the only error type that reaches a user.
type Fault struct {
	Kind   Kind
	Code   string // "PAY-003"
	Text   string // Swedish; may hold verbs of package fmt for Args
	Args   []any
	Fields []Field // all wrong fields at once, when a form was refused
	Err    error   // the cause, for the log only
}

// New declares a fault, as a package variable.
func New(k Kind, code, text string) *Fault { return &Fault{Kind: k, Code: code, Text: text} }

// Because returns a copy of f with its cause recorded for the log.
func (f Fault) Because(format string, args ...any) *Fault {
	f.Err = fmt.Errorf(format, args...)
	return &f
}

// With returns a copy of f with the values that its text asks for.
func (f Fault) With(args ...any) *Fault {
	f.Args = args
	return &f
}

// At returns a copy of f that says which fields are wrong.
func (f Fault) At(fields ...Field) *Fault {
	f.Fields = fields
	return &f
}

// Say is the Swedish text with its values filled in.
func (f *Fault) Say() string {
	if len(f.Args) == 0 {
		return f.Text
	}
	return fmt.Sprintf(f.Text, f.Args...)
}

func (f *Fault) Error() string {
	if f.Err == nil {
		return f.Code + " " + f.Kind.String()
	}
	return f.Code + " " + f.Kind.String() + ": " + f.Err.Error()
}

func (f *Fault) Unwrap() error { return f.Err }

// Is matches on the code, so that tests can compare against a declared fault.
func (f *Fault) Is(target error) bool {
	t, ok := target.(*Fault)
	return ok && t.Code == f.Code
}

var unclassified = New(Internal, "SYS-001", "Något gick fel hos oss. Felet är loggat. Försök igen om en stund.")

// Of returns the fault in err's chain. An error that nobody classified is
// Internal: the user is told that it is our fault, which it is.
func Of(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return unclassified.Because("%w", err)
}
