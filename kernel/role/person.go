package role

import (
	"strings"
	"time"

	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Person is somebody who acts.
type Person struct {
	ID        op.PersonID
	Version   int64
	Name      string
	Folded    string // the name in small letters, to search by; kept by the store
	Email     string
	Kind      op.Kind
	Unit      op.UnitID // home unit; 0 for none
	Title     string    // Swedish
	Language  string    // "sv" or "en"
	Clearance op.Clearance
	Interests []string `db:"interests,json"` // organisation and personal numbers, 12 digits
	Scheme    string   // colours: "auto", "light" or "dark"
	Keys      bool     // single-letter keys are on
	Active    bool
}

// Assignment gives a person a role.
type Assignment struct {
	ID        id.ID[Assignment]
	Version   int64
	Person    op.PersonID
	Role      Name
	Client    op.ClientID // 0 for all
	Unit      op.UnitID   // 0 for all
	ValidFrom period.Date
	ValidTo   period.Date // last day; zero: until further notice
	DecidedBy op.PersonID
	DecidedAt time.Time
}

// Valid reports whether the assignment holds on a day.
func (a Assignment) Valid(on period.Date) bool {
	return a.ValidFrom <= on && (a.ValidTo.IsZero() || on <= a.ValidTo)
}

func fold(name string) string { return strings.ToLower(strings.TrimSpace(name)) }
