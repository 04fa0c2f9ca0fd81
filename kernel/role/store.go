package role

import (
	"fmt"
	"strings"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

var (
	ErrPerson   = fault.New(fault.NotFound, "ROL-001", "Personen finns inte.")
	errChanged  = fault.New(fault.Conflict, "ROL-002", "Någon annan har ändrat uppgiften under tiden. Läs in sidan igen.")
	errOwn      = fault.New(fault.Forbidden, "ROL-003", "Du kan inte ändra dina egna roller eller din egen behörighet. Be en kollega med samma uppdrag att göra det.")
	errAssigned = fault.New(fault.NotFound, "ROL-004", "Rolltilldelningen finns inte.")
	errInactive = fault.New(fault.Forbidden, "ROL-005", "Kontot är avstängt. Kontakta systemförvaltningen om du behöver det igen.")
	errScopes   = fault.New(fault.Invalid, "ROL-006",
		"Personen har redan en roll med samma behörigheter för ett annat urval. Avsluta den först, eller välj samma kunder eller samma enhet.")
	errEnded = fault.New(fault.Invalid, "ROL-007", "Sista dagen kan inte ligga före första dagen, %s.")
)

var (
	addPerson = db.Insert[Person]("person", "")

	personByID = db.Select[Person](`
		SELECT id, version, name, folded, email, kind, unit, title, language, clearance, interests, scheme, keys, active
		FROM   person
		WHERE  id = $1`)

	cleared    = db.Select[op.PersonID](`SELECT id FROM person WHERE active AND clearance >= $1 ORDER BY id`)
	allPersons = db.Select[Person](`
		SELECT id, version, name, folded, email, kind, unit, title, language, clearance, interests, scheme, keys, active
		FROM   person
		ORDER  BY name, id`)

	savePerson = db.Change(`
		UPDATE person SET version = version + 1, name = $3, folded = $4, email = $5, unit = $6, title = $7, language = $8,
		       clearance = $9, interests = $10, active = $11
		WHERE  id = $1 AND version = $2`)

	saveTaste = db.Change(`UPDATE person SET language = $2, scheme = $3, keys = $4 WHERE id = $1`)

	addAssignments = db.Insert[Assignment]("role_assignment", "")

	assignmentByID = db.Select[Assignment](`
		SELECT id, version, person, role, client, unit, valid_from, valid_to, decided_by, decided_at
		FROM   role_assignment
		WHERE  id = $1`)

	assignmentsOf = db.Select[Assignment](`
		SELECT id, version, person, role, client, unit, valid_from, valid_to, decided_by, decided_at
		FROM   role_assignment
		WHERE  person = $1
		ORDER  BY id`)

	holders = db.Select[op.PersonID](`
		SELECT DISTINCT a.person
		FROM   role_assignment AS a JOIN person AS p ON p.id = a.person
		WHERE  a.role = $1 AND a.valid_from <= $2 AND (a.valid_to IS NULL OR a.valid_to >= $2)
		AND    (a.client = 0 OR a.client = $3) AND p.active
		ORDER  BY a.person`)

	endAssignment = db.Change(`
		UPDATE role_assignment SET version = version + 1, valid_to = $3, decided_by = $4, decided_at = $5
		WHERE  id = $1 AND version = $2`)

	everyClient = db.Select[op.ClientID](`SELECT id FROM client ORDER BY id`)
)

const (
	kindPerson     = "person"
	kindAssignment = "role.assignment"
)

// Add stores a new person and gives it an identity when it has none.
func Add(o *op.Op, p *Person) error {
	if p.ID.IsZero() {
		p.ID = id.New[op.Actor](o)
	}
	if p.Kind == "" {
		p.Kind = op.Person
	}
	if p.Language == "" {
		p.Language = "sv"
	}
	if p.Scheme == "" {
		p.Scheme = "auto"
	}
	if p.Interests == nil {
		p.Interests = []string{}
	}
	p.Version, p.Name = 1, strings.TrimSpace(p.Name)
	p.Folded = fold(p.Name)
	if _, err := addPerson.Add(o, *p); err != nil {
		return err
	}
	return audit.Note(o, audit.Change{Kind: kindPerson, Record: int64(p.ID), Step: "add", Note: p.Name})
}

// Get returns a person.
func Get(o *op.Op, who op.PersonID) (Person, error) {
	p, ok, err := personByID.Maybe(o, who)
	if err == nil && !ok {
		err = ErrPerson.Because("no person %s", who)
	}
	return p, err
}

// All returns every person by name, also those that are not active.
func All(o *op.Op) ([]Person, error) { return allPersons.All(o) }

// Names returns the names of every person.
func Names(o *op.Op) (map[op.PersonID]string, error) {
	all, err := All(o)
	names := make(map[op.PersonID]string, len(all))
	for _, p := range all {
		names[p.ID] = p.Name
	}
	return names, err
}

// Save stores a person whose version is the one that was read. Nobody changes
// their own clearance, interests or standing.
func Save(o *op.Op, p *Person) error {
	old, err := Get(o, p.ID)
	if err != nil {
		return err
	}
	own := o.Actor.ID == p.ID && o.Actor.Kind == op.Person
	if own && (old.Clearance != p.Clearance || old.Active != p.Active || fmt.Sprint(old.Interests) != fmt.Sprint(p.Interests)) {
		return errOwn.Because("%s changes their own standing", p.ID)
	}
	p.Name = strings.TrimSpace(p.Name)
	p.Folded = fold(p.Name)
	interests, err := jsonText(p.Interests)
	if err != nil {
		return err
	}
	n, err := savePerson.Do(o, p.ID, p.Version, p.Name, p.Folded, p.Email, p.Unit, p.Title, p.Language, p.Clearance, interests, p.Active)
	if err != nil {
		return err
	}
	if n == 0 {
		return errChanged.Because("person %s: version %d is old", p.ID, p.Version)
	}
	p.Version++
	return audit.Note(o, audit.Change{Kind: kindPerson, Record: int64(p.ID), Step: "save", Note: difference(old, *p)})
}

// Taste stores how a person likes the pages. It has no audit row: it changes
// nothing that anybody may do.
func Taste(o *op.Op, who op.PersonID, language, scheme string, keys bool) error {
	if language != "en" {
		language = "sv"
	}
	if scheme != "light" && scheme != "dark" {
		scheme = "auto"
	}
	_, err := saveTaste.Do(o, who, language, scheme, keys)
	return err
}

// Assign gives roles to persons, decided by the actor. It is refused where the
// actor is the person, and where the sum of what the person may do could not be
// said in one scope for each permission.
func Assign(o *op.Op, m Matrix, all ...*Assignment) error {
	clients, err := everyClient.All(o)
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.Person == o.Actor.ID && o.Actor.Kind == op.Person {
			return errOwn.Because("%s assigns %s to themselves", o.Actor.ID, a.Role)
		}
		had, err := assignmentsOf.All(o, a.Person)
		if err != nil {
			return err
		}
		if !fits(m, append(had, *a), *a, clients) {
			return errScopes.Because("%s to %s", a.Role, a.Person)
		}
		if a.ID.IsZero() {
			a.ID = id.New[Assignment](o)
		}
		a.Version, a.DecidedBy, a.DecidedAt = 1, o.Actor.ID, o.Now
		if _, err := addAssignments.Add(o, *a); err != nil {
			return err
		}
		note := fmt.Sprintf("%s från %s", m.Title(a.Role), a.ValidFrom)
		if err := audit.Note(o, noteOf(*a, "assign", note)...); err != nil {
			return err
		}
	}
	return nil
}

// fits reports whether the assignments can be held together on every day on
// which the new one is valid: scopes change only on the first days of others.
func fits(m Matrix, all []Assignment, added Assignment, clients []op.ClientID) bool {
	days := []period.Date{added.ValidFrom}
	for _, a := range all {
		if added.Valid(a.ValidFrom) {
			days = append(days, a.ValidFrom)
		}
	}
	for _, d := range days {
		if _, exact := grants(m, all, d, clients); !exact {
			return false
		}
	}
	return true
}

func noteOf(a Assignment, step, note string) []audit.Change {
	return []audit.Change{
		{Kind: kindAssignment, Record: int64(a.ID), Step: step, Note: note},
		{Kind: kindPerson, Record: int64(a.Person), Step: step, Note: note},
	}
}

// AssignmentOf returns one assignment.
func AssignmentOf(o *op.Op, key id.ID[Assignment]) (Assignment, error) {
	a, ok, err := assignmentByID.Maybe(o, key)
	if err == nil && !ok {
		err = errAssigned.Because("no assignment %s", key)
	}
	return a, err
}

// End makes last the last day of an assignment whose version is the one read.
func End(o *op.Op, m Matrix, key id.ID[Assignment], version int64, last period.Date) error {
	a, err := AssignmentOf(o, key)
	if err != nil {
		return err
	}
	if a.Person == o.Actor.ID && o.Actor.Kind == op.Person {
		return errOwn.Because("%s ends their own %s", o.Actor.ID, a.Role)
	}
	if last < a.ValidFrom.AddDays(-1) {
		return errEnded.With(a.ValidFrom).Because("%s before %s", last, a.ValidFrom)
	}
	n, err := endAssignment.Do(o, key, version, last, o.Actor.ID, o.Now)
	if err != nil {
		return err
	}
	if n == 0 {
		return errChanged.Because("assignment %s: version %d is old", key, version)
	}
	return audit.Note(o, noteOf(a, "end", fmt.Sprintf("%s till och med %s", m.Title(a.Role), last))...)
}

// Assignments returns what a person has been given, oldest first.
func Assignments(o *op.Op, who op.PersonID) ([]Assignment, error) { return assignmentsOf.All(o, who) }

// Holders returns the active persons that have a role for a client on a day.
func Holders(o *op.Op, n Name, client op.ClientID, on period.Date) ([]op.PersonID, error) {
	return holders.All(o, n, on, client)
}

// Load builds the actor that a person is today. A person who is not active is
// refused.
func Load(o *op.Op, m Matrix, who op.PersonID) (op.Actor, error) {
	p, err := Get(o, who)
	if err != nil {
		return op.Actor{}, err
	}
	return Actor(o, m, p)
}

// Actor is Load for a person who has already been read.
func Actor(o *op.Op, m Matrix, p Person) (op.Actor, error) {
	if !p.Active {
		return op.Actor{}, errInactive.Because("person %s", p.ID)
	}
	clients, err := everyClient.All(o)
	if err != nil {
		return op.Actor{}, err
	}
	given, err := assignmentsOf.All(o, p.ID)
	if err != nil {
		return op.Actor{}, err
	}
	g, exact := grants(m, given, period.DateOf(o.Now), clients)
	if !exact {
		o.Log.WarnContext(o, "assignments cannot be joined; the first scope is kept", "person", p.ID.String())
	}
	return op.Actor{ID: p.ID, Name: p.Name, Kind: p.Kind, Unit: p.Unit, Grants: g, Clearance: p.Clearance,
		Interests: p.Interests, Language: p.Language}, nil
}

// Cleared are the active persons who may see what is of a clearance.
func Cleared(o *op.Op, c op.Clearance) ([]op.PersonID, error) { return cleared.All(o, c) }
