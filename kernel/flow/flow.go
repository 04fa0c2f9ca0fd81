package flow

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// State is where a record is in its life. The value is stored; never rename it.
type State string

// Clock says what a step does to the promise of the record.
type Clock uint8

const (
	Runs    Clock = iota // no change
	Pauses               // the ball goes to the client
	Resumes              // and comes back
	Stops                // the item is handled
)

// Head is what every record with a life has. It is embedded in the record, and
// its fields are columns of the record's table.
type Head[T any] struct {
	Client    op.ClientID
	ID        id.ID[T]
	State     State
	Version   int64 // counts changes; guards against two people at once
	Arrived   time.Time
	Agreement int64       // version that promises; 0 where nothing is promised
	Promised  int64       // days; 0 where nothing is promised
	KeepBy    period.Date // last day that keeps the promise; far away where nothing is promised
	Unit      op.UnitID   // that handles it
	Handler   op.PersonID // who has it; 0 for nobody
	Secrecy   op.Clearance
}

// NoPromise stands in KeepBy where nothing is promised: it sorts last.
var NoPromise = period.NewDate(9999, 12, 31)

// Step is one arrow in the table.
type Step[T any] struct {
	Name    string // verb, stable: used in the URL, the audit log and the API
	Label   string // Swedish, verb first, on the button
	Done    string // Swedish, in the history: "Godkände fakturan."
	Key     string // keyboard letter, "G"; "" for none
	From    []State
	To      State
	Need    op.Permission
	WhoMay  string                // Swedish: who may take it, shown when it is closed
	Guard   func(op.Who, T) error // what must hold; nil when nothing must
	Prefer  func(op.Who, T) bool  // whether it is the recommended step now; nil: never
	Clock   Clock
	Counts  string       // the activity that the step counts; "" when none
	Input   []form.Field // what the person must say; shown with the button
	Machine bool         // only the program takes it; never a button

	// Hold is how long a person can call the step off after asking for it, for
	// steps that tell the world something. Held says in Swedish what is about to
	// happen: "Brevet går till leverantören".
	Hold time.Duration
	Held string
}

// StateLabel is how a state is shown.
type StateLabel struct {
	State State
	Word  string // Swedish
	Kind  string // ok, near, miss or none; see kernel/ui
}

// Flow is the whole life.
type Flow[T any] struct {
	Name   string // "payables.invoice": the kind of the record
	Labels []StateLabel
	Start  []State // where a record may begin
	Ends   []State // states that need no way out
	Steps  []Step[T]
}

var (
	errNoStep = fault.New(fault.NotFound, "FLO-001", "Det steget finns inte.")
	errState  = fault.New(fault.Conflict, "FLO-002", "Posten är redan %s. Läs in sidan igen.")
)

// Find returns the named step.
func (f *Flow[T]) Find(name string) (Step[T], error) {
	i := slices.IndexFunc(f.Steps, func(s Step[T]) bool { return s.Name == name })
	if i < 0 {
		return Step[T]{}, errNoStep.Because("%s has no step %q", f.Name, name)
	}
	return f.Steps[i], nil
}

// May returns a fault unless the actor may take step s of rec now. It is pure.
func (f *Flow[T]) May(w op.Who, rec T, h *Head[T], s Step[T]) error {
	if !slices.Contains(s.From, h.State) {
		return errState.With(strings.ToLower(f.Word(h.State))).Because("%s: cannot %s from %s", f.Name, s.Name, h.State)
	}
	if err := w.NeedIn(s.Need, h.Client, h.Unit); err != nil {
		return err
	}
	if s.Guard != nil {
		return s.Guard(w, rec)
	}
	return nil
}

// Word is the Swedish word for a state.
func (f *Flow[T]) Word(s State) string { return f.Label(s).Word }

// Label is how a state is shown.
func (f *Flow[T]) Label(s State) StateLabel {
	for _, l := range f.Labels {
		if l.State == s {
			return l
		}
	}
	return StateLabel{s, string(s), "none"}
}

// Words are the states with their Swedish words, as lists show and filter them.
func (f *Flow[T]) Words() []form.Option {
	all := make([]form.Option, len(f.Labels))
	for i, l := range f.Labels {
		all[i] = form.Option{Value: string(l.State), Label: l.Word}
	}
	return all
}

// Shapes are how the states are marked in lists: ok, near, miss or none.
func (f *Flow[T]) Shapes() map[string]string {
	all := make(map[string]string, len(f.Labels))
	for _, l := range f.Labels {
		all[string(l.State)] = l.Kind
	}
	return all
}

// Check reports what is wrong with the table: a state that cannot be reached,
// a state without a way out, a step without label, permission or word.
func (f *Flow[T]) Check() error {
	reached, out := map[State]bool{}, map[State]bool{}
	for _, s := range f.Start {
		reached[s] = true
	}
	for grew := true; grew; {
		grew = false
		for _, s := range f.Steps {
			for _, from := range s.From {
				out[from] = true
				if reached[from] && !reached[s.To] {
					reached[s.To], grew = true, true
				}
			}
		}
	}
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	seen, keys := map[string]bool{}, map[string]string{}
	for _, s := range f.Steps {
		if s.Label == "" || s.Need == "" || s.Done == "" || s.WhoMay == "" && !s.Machine {
			say("%s lacks a label, a permission, a history line or who may", s.Name)
		}
		if s.Hold > 0 && s.Held == "" {
			say("%s can be called off but does not say what is about to happen", s.Name)
		}
		if seen[s.Name] {
			say("%s stands twice", s.Name)
		}
		seen[s.Name] = true
		for _, from := range s.From {
			if !reached[from] {
				say("%s cannot be reached", from)
			}
			if k := string(from) + s.Key; s.Key != "" {
				if other, taken := keys[k]; taken {
					say("key %s means both %s and %s in %s", s.Key, other, s.Name, from)
				}
				keys[k] = s.Name
			}
		}
	}
	for s := range reached {
		if !out[s] && !slices.Contains(f.Ends, s) {
			say("%s has no way out", s)
		}
		if f.Word(s) == string(s) {
			say("%s has no Swedish word", s)
		}
	}
	if len(wrong) > 0 {
		slices.Sort(wrong)
		return fmt.Errorf("flow %s: %s", f.Name, strings.Join(slices.Compact(wrong), "; "))
	}
	return nil
}

// Mermaid draws the table. The drawing is a golden file next to the code and
// is shown to the users as it stands.
func (f *Flow[T]) Mermaid() string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	for _, l := range f.Labels {
		fmt.Fprintf(&b, "  %s: %s\n", l.State, l.Word)
	}
	for _, s := range f.Start {
		fmt.Fprintf(&b, "  [*] --> %s\n", s)
	}
	for _, s := range f.Steps {
		for _, from := range s.From {
			fmt.Fprintf(&b, "  %s --> %s: %s\n", from, s.To, s.Label)
		}
	}
	for _, e := range f.Ends {
		fmt.Fprintf(&b, "  %s --> [*]\n", e)
	}
	return b.String()
}

// Describe lists the steps for those who make pages, the API and the role
// matrix of them without knowing T.
func (f *Flow[T]) Describe() Description {
	d := Description{Name: f.Name, Labels: f.Labels}
	for _, s := range f.Steps {
		d.Steps = append(d.Steps, StepDescription{Name: s.Name, Label: s.Label, Done: s.Done, WhoMay: s.WhoMay, Key: s.Key,
			From: s.From, To: s.To, Need: s.Need, Counts: s.Counts, Input: s.Input, Machine: s.Machine, Hold: s.Hold, Held: s.Held})
	}
	return d
}

// Description is a flow without its record type.
type Description struct {
	Name   string
	Labels []StateLabel
	Steps  []StepDescription
}

// StepDescription is a step without its record type.
type StepDescription struct {
	Name, Label, Done, WhoMay, Key string
	From                           []State
	To                             State
	Need                           op.Permission
	Counts                         string
	Input                          []form.Field
	Machine                        bool
	Hold                           time.Duration
	Held                           string
}
