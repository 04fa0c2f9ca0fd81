package ui

// FieldKind is the control of a field.
type FieldKind string

// The kinds of field. The zero value is one line of text.
const (
	FieldText     FieldKind = "text"
	FieldTextarea FieldKind = "textarea"
	FieldMoney    FieldKind = "money"
	FieldNumber   FieldKind = "number"
	FieldDate     FieldKind = "date"
	FieldSelect   FieldKind = "select"
	FieldRadio    FieldKind = "radio"
	FieldCheckbox FieldKind = "checkbox"
	FieldOrg      FieldKind = "org"
	FieldEmail    FieldKind = "email"
	FieldPhone    FieldKind = "tel"
	FieldPassword FieldKind = "password"
	FieldFile     FieldKind = "file"
	FieldHidden   FieldKind = "hidden"
)

// FormView is a form on a page of its own.
type FormView struct {
	Title, Intro           string
	Action, Submit, Cancel string
	Version                int64
	Fields                 []FieldView
	Errors                 []FieldError
	Conflict               *ConflictView
	Draft                  string // name under which unsaved work is kept in the browser; "" keeps none
}

// FieldView is one question of a form.
type FieldView struct {
	Name, Label, Help string
	Kind              FieldKind
	Value             string
	Options           []Option
	Required          bool
	ReadOnly          bool
	Error             string // also looked up in FormView.Errors
	Unit              string // "kr", "dagar"
	Autocomplete      string // WCAG 1.3.5: "username", "current-password", "email" …
	MaxLength         int
	Rows              int    // of a textarea
	Suggest           string // URL that answers with suggestions while the person types
	Group             string // fields in a row with the same group stand under it as a heading
	Half              bool   // stands beside its neighbour when there is room
}

// FieldError is what is wrong with a field, as a sentence that says what to do. Field is empty for the form as a whole.
type FieldError struct{ Field, Text string }

// ConflictView shows both versions when somebody else was first.
type ConflictView struct {
	Who, When string
	Changes   []string // what was done meanwhile, in sentences
	Lines     []ConflictLine
	Reload    string // URL of the thing as it is now
}

// ConflictLine is one field that both have changed.
type ConflictLine struct{ Label, Yours, Theirs string }

// Button is a step that can be taken, or could be if something held.
type Button struct {
	Step, Label, Key, URL string
	Recommended, Closed   bool
	Why                   string // why it is closed, what opens it and who may
	Fields                []FieldView
	Version               int64
	Quiet                 bool // stands behind "Fler åtgärder"
}

// ActionsView is the bar at the foot of an item.
type ActionsView struct {
	Buttons []Button
	Text    Prose // what happens next
	Next    Link
	Held    bool // a step is set going and can be called off: nothing else is to be done
}

// LoginView is the page for signing in.
type LoginView struct {
	Action     string
	Intro      string
	User       string
	Error      string
	Return     string
	Identities []Link    // other ways in
	Accounts   []Account // of a demonstration; shown with their passwords, so never in production
}

// Account is a way into the demonstration.
type Account struct{ User, Name, Role, Password string }

// FaultView is a page that says what stopped the person and what to do.
type FaultView struct {
	Status  int
	Heading string // "Sidan finns inte" …
	Text    string // whole sentence, says what to do
	Code    string // to quote when asking for help
	Trace   string // identity of the request in the log
	Links   []Link
}
