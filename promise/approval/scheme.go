package approval

import (
	"time"

	"kontor/kernel/flow"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Kind is what a row gives the right to.
type Kind string

// The kinds. The right to approve holds the right to review, within its scope.
const (
	Review Kind = "review"
	Final  Kind = "final"
)

// Word is the kind in Swedish.
func (k Kind) Word() string {
	if k == Review {
		return "sakgranska"
	}
	return "attestera"
}

// Scheme is one version of the register of a client.
type Scheme struct {
	flow.Head[Scheme]
	Number    int64 // 1, 2, 3 … for each client; 0 while it is a draft
	ValidFrom period.Date
	ValidTo   period.Date
	Body      string // the committee or the person that decided
	DecidedOn period.Date
	Registry  string // registry number and paragraph
	DraftedBy op.PersonID
	Editors   []op.PersonID `db:"editors,json"` // everybody who has changed the draft
	EnteredBy op.PersonID   // who entered the decision
	BasedOn   id.ID[Scheme] // what the draft began as
	Rows      []Row         `db:"-"`
	Before    []Row         `db:"-"` // of the version before
}

// Row gives a person a right.
type Row struct {
	Client     op.ClientID
	ID         id.ID[Row]
	Scheme     id.ID[Scheme]
	Person     op.PersonID
	Name       string
	Kind       Kind
	Units      Pattern
	Activities Pattern
	Projects   Pattern
	Accounts   Pattern
	Most       money.Amount // highest amount, included
	Superior   op.PersonID  // who takes over in the person's own matters; 0 for nobody
	ValidFrom  period.Date  // zero: from the first day of the version
	ValidTo    period.Date  // zero: to its last
}

// Substitution lets a person act with the rights of an absent one.
type Substitution struct {
	Client     op.ClientID
	ID         id.ID[Substitution]
	Version    int64
	Absent     op.PersonID
	AbsentName string
	Person     op.PersonID // who acts
	PersonName string
	ValidFrom  period.Date
	ValidTo    period.Date
	Note       string
	EnteredBy  op.PersonID
	Entered    time.Time
}

// Tie is somebody that a person is tied to and may not decide about.
//
// source: kommunallagen 2017:725 6 kap 28 §
type Tie struct {
	ID        id.ID[Tie]
	Version   int64
	Person    op.PersonID
	Relation  string
	Number    string // organisation or personal number, 12 digits
	Note      string
	ValidFrom period.Date
	ValidTo   period.Date
	EnteredBy op.PersonID
	Entered   time.Time
}

// Authority is the right to review or approve, and what it rests on.
type Authority struct {
	Client   op.ClientID
	Register int64 // number of the version; 0 where the register asks for nobody
	Row      id.ID[Row]
	Kind     Kind
	Person   op.PersonID // who acts
	Name     string
	For      op.PersonID // whose right it is; Person but for a substitute
	ForName  string
	Most     money.Amount
}

// Substitute reports whether the right is somebody else's.
func (a Authority) Substitute() bool { return a.For != a.Person }

// Meets reports whether two acts are by one person: the same one acts, or acts
// for the other, or both for a third.
func (a Authority) Meets(b Authority) bool {
	return a.Person == b.Person || a.Person == b.For || a.For == b.Person || a.For == b.For
}

// Forever stands where no last day is decided.
var Forever = flow.NoPromise
