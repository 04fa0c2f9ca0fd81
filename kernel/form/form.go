// Package form turns the description of a form into an accessible page, a
// parser, an API operation and its errors, all at once and at their fields.
//
// # Words
//
// A [Spec] describes a form. [Values] is what a person wrote, still as text,
// with readers for each kind. A [Field] of a step's small form is the same.
//
// # What always holds
//
//   - Every wrong field is told at once, next to the field.
//   - A form is saved only on the version of the record that it was shown for.
//
// # Not here
//
// HTML is kernel/web and kernel/ui.
package form

import (
	"strconv"
	"strings"

	"kontor/kernel/fault"
	"kontor/kernel/ident"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Kind of field: how it is written, checked and shown.
type Kind string

const (
	Text     Kind = "text"
	Area     Kind = "textarea"
	Money    Kind = "money"
	Date     Kind = "date"
	Whole    Kind = "number"
	Choice   Kind = "select"
	Radio    Kind = "radio"
	Check    Kind = "checkbox"
	Org      Kind = "org" // organisation or personal number
	Password Kind = "password"
	Hidden   Kind = "hidden"
)

// Option is one choice.
type Option struct{ Value, Label string }

// Word is the label of a value; a value that is none of the options is its own
// word.
func Word[V ~string](options []Option, value V) string {
	for _, o := range options {
		if o.Value == string(value) {
			return o.Label
		}
	}
	return string(value)
}

// Field is one field.
type Field struct {
	Key       string
	Label     string // Swedish
	Help      string // Swedish, whole sentence
	Kind      Kind
	Required  bool
	Max       int // characters; 0 means 500
	Rows      int // of a textarea
	Options   []Option
	Choices   func(*op.Op) ([]Option, error) // instead of Options, when they are rows
	Default   string
	NotBefore string // key of an earlier Date field: this one is no earlier day
}

// Values is what was written, by field key.
type Values map[string]string

// Text returns the trimmed text of a field.
func (v Values) Text(key string) string { return strings.TrimSpace(v[key]) }

// Bool reports whether a checkbox is checked.
func (v Values) Bool(key string) bool { return v[key] == "on" || v[key] == "true" || v[key] == "1" }

// Int returns a whole number; Parse has checked it.
func (v Values) Int(key string) int64 {
	n, _ := strconv.ParseInt(digits(v[key]), 10, 64)
	return n
}

// Money returns an amount; Parse has checked it.
func (v Values) Money(key string) money.Amount {
	a, _ := money.Parse(v.Text(key))
	return a
}

// Date returns a date, none when it was left empty; Parse has checked it.
func (v Values) Date(key string) period.Date {
	d, _ := period.ParseDate(v.Text(key))
	return d
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u00a0' {
			return -1
		}
		return r
	}, s)
}

// Spec is a whole form.
type Spec struct {
	Name   string // "complaint.new", in the address and the API
	Title  string
	Intro  string
	Submit string // verb first
	Need   op.Permission
	Fields []Field

	// Rule says what is wrong across fields. Pure.
	Rule func(op.Who, Values) []fault.Field

	// Load fills the form for an existing record; nil for a form that makes
	// something new. The key is what follows the name in the address.
	Load func(o *op.Op, key string) (Loaded, error)

	// Save stores the values and returns where the person goes next.
	Save func(o *op.Op, key string, version int64, v Values) (string, error)
}

// Loaded is a record as its form shows it.
type Loaded struct {
	Values  Values
	Version int64
	Title   string // replaces the spec's title when not empty
	Intro   string
}

// ErrInvalid is the fault of a form with wrong fields; they are in its Fields.
var ErrInvalid = fault.New(fault.Invalid, "FRM-001", "Några uppgifter behöver rättas. De står vid fälten.")

// ErrConflict says that somebody else saved first.
var ErrConflict = fault.New(fault.Conflict, "FRM-002", "Någon annan har sparat under tiden. Läs deras version och spara sedan igen.")

const (
	textRequired = "Fyll i %s."
	textLong     = "%s får ha högst %d tecken."
	textMoney    = "Skriv ett belopp i kronor, till exempel 1 250,00."
	textDate     = "Skriv ett datum som finns, till exempel 2026-11-25."
	textNumber   = "Skriv ett heltal med siffror."
	textChoice   = "Välj ett av alternativen."
	textEarly    = "Sista dagen kan inte ligga före första dagen."
	textOrg      = "Numret stämmer inte. Kontrollera siffrorna, till exempel 556036-0793."
)

// Parse checks what was written against the fields and returns it with only the
// fields' keys. Wrong fields come back as one fault.
func Parse(o *op.Op, fields []Field, raw map[string]string) (Values, error) {
	v := Values{}
	var wrong []fault.Field
	for _, f := range fields {
		s := raw[f.Key]
		if f.Kind != Password {
			s = strings.TrimSpace(s)
		}
		v[f.Key] = s
		w, err := f.check(o, s)
		if err != nil {
			return v, err
		}
		if w == nil && f.NotBefore != "" && s != "" && v.Date(f.NotBefore) > v.Date(f.Key) {
			w = &fault.Field{Text: textEarly}
		}
		if w != nil {
			w.Name = f.Key
			wrong = append(wrong, *w)
		}
	}
	if wrong != nil {
		return v, ErrInvalid.At(wrong...)
	}
	return v, nil
}

func (f Field) check(o *op.Op, s string) (*fault.Field, error) {
	longest := f.Max
	if longest == 0 {
		longest = 500
	}
	switch {
	case s == "" && f.Required:
		return &fault.Field{Text: textRequired, Args: []any{strings.ToLower(f.Label)}}, nil
	case s == "":
		return nil, nil
	case len([]rune(s)) > longest:
		return &fault.Field{Text: textLong, Args: []any{f.Label, longest}}, nil
	}
	var err error
	text := ""
	switch f.Kind {
	case Money:
		_, err = money.Parse(s)
		text = textMoney
	case Date:
		_, err = period.ParseDate(s)
		text = textDate
	case Whole:
		_, err = strconv.ParseInt(digits(s), 10, 64)
		text = textNumber
	case Org:
		_, err = ident.ParseOrg(s, period.DateOf(o.Now))
		text = textOrg
	case Choice, Radio:
		return f.checkChoice(o, s)
	}
	if err != nil {
		return &fault.Field{Text: text}, nil
	}
	return nil, nil
}

func (f Field) checkChoice(o *op.Op, s string) (*fault.Field, error) {
	options, err := f.List(o)
	if err != nil {
		return nil, err
	}
	for _, c := range options {
		if c.Value == s {
			return nil, nil
		}
	}
	return &fault.Field{Text: textChoice}, nil
}

// List returns the choices of a field as the actor may see them.
func (f Field) List(o *op.Op) ([]Option, error) {
	if f.Choices != nil {
		return f.Choices(o)
	}
	return f.Options, nil
}

// Post parses, checks and saves a form. The version is the one the form was
// shown for, 0 for something new.
func (s *Spec) Post(o *op.Op, key string, version int64, raw map[string]string) (next string, v Values, err error) {
	if err := o.Need(s.Need); err != nil {
		return "", nil, err
	}
	if v, err = Parse(o, s.Fields, raw); err != nil {
		return "", v, err
	}
	if s.Rule != nil {
		if wrong := s.Rule(o.Who, v); len(wrong) > 0 {
			return "", v, ErrInvalid.At(wrong...)
		}
	}
	next, err = s.Save(o, key, version, v)
	return next, v, err
}

// Show loads a form as the actor may see it.
func (s *Spec) Show(o *op.Op, key string) (Loaded, error) {
	if err := o.Need(s.Need); err != nil {
		return Loaded{}, err
	}
	if s.Load == nil {
		l := Loaded{Values: Values{}}
		for _, f := range s.Fields {
			l.Values[f.Key] = f.Default
		}
		return l, nil
	}
	return s.Load(o, key)
}

// Note puts what was written into one line for the history: the values of the
// visible fields, in order.
func (v Values) Note(fields []Field) string {
	var parts []string
	for _, f := range fields {
		s := v.Text(f.Key)
		if s == "" || f.Kind == Hidden || f.Kind == Password {
			continue
		}
		parts = append(parts, Word(f.Options, s))
	}
	return strings.Join(parts, " · ")
}
