package approval

import (
	"cmp"
	"slices"
	"strconv"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Table is where the versions live and how they move.
var Table = table()

func table() *flow.Table[Scheme] {
	t := flow.In(Life, "approval_scheme")
	t.Read, t.Load = MayRead, load
	t.Do = map[string]func(*op.Op, *Scheme, form.Values) error{"decide": decide}
	return t
}

const (
	schemeColumns = `client, id, state, version, arrived, agreement, promised, keep_by, unit, handler, secrecy, number, valid_from, valid_to,
		body, decided_on, registry, drafted_by, editors, entered_by, based_on`
	rowColumns   = `client, id, scheme, person, name, kind, units, activities, projects, accounts, most, superior, valid_from, valid_to`
	standColumns = `client, id, version, absent, absent_name, person, person_name, valid_from, valid_to, note, entered_by, entered`
	tieColumns   = `id, version, person, relation, number, note, valid_from, valid_to, entered_by, entered`
)

var (
	schemesOn = db.Select[Scheme](`
		SELECT ` + schemeColumns + ` FROM approval_scheme
		WHERE  client = $1 AND state = 'decided' AND valid_to >= $2
		ORDER  BY number`)
	schemesOf = db.Select[Scheme](`SELECT ` + schemeColumns + ` FROM approval_scheme WHERE client = $1 ORDER BY id`)
	lastOf    = db.Select[int64](`SELECT CAST(COALESCE(max(number), 0) AS BIGINT) FROM approval_scheme WHERE client = $1`)

	rowsOf   = db.Select[Row](`SELECT ` + rowColumns + ` FROM approval_row WHERE client = $1 AND scheme = $2 ORDER BY name, id`)
	rowsFrom = db.Select[Row](`
		SELECT r.client, r.id, r.scheme, r.person, r.name, r.kind, r.units, r.activities, r.projects, r.accounts, r.most, r.superior, r.valid_from, r.valid_to
		FROM   approval_scheme AS s
		JOIN   approval_row AS r ON r.client = s.client AND r.scheme = s.id
		WHERE  s.client = $1 AND s.state = 'decided' AND s.valid_to >= $2
		ORDER  BY s.number, r.name, r.id`)
	rowsBefore = db.Select[Row](`
		SELECT ` + rowColumns + ` FROM approval_row
		WHERE  client = $1 AND scheme = (SELECT id FROM approval_scheme WHERE client = $1 AND number = (
			SELECT max(number) FROM approval_scheme WHERE client = $1 AND number > 0 AND number < $2))
		ORDER  BY name, id`)
	addRows     = db.Insert[Row]("approval_row", "")
	draftRowsOf = db.Select[Row](`SELECT ` + rowColumns + ` FROM approval_draft_row WHERE client = $1 AND scheme = $2 ORDER BY name, id`)
	addDrafts   = db.Insert[Row]("approval_draft_row", "")
	dropDraft   = db.Change(`DELETE FROM approval_draft_row WHERE client = $1 AND scheme = $2 AND id = $3`)
	dropDrafts  = db.Change(`DELETE FROM approval_draft_row WHERE client = $1 AND scheme = $2`)

	standsOn = db.Select[Substitution](`
		SELECT ` + standColumns + ` FROM approval_substitute
		WHERE  client = $1 AND valid_to >= $2 ORDER BY valid_from, id`)
	standByID = db.Select[Substitution](`SELECT ` + standColumns + ` FROM approval_substitute WHERE client = $1 AND id = $2`)
	standOf   = db.Select[op.ClientID](`SELECT client FROM approval_substitute WHERE id = $1`)
	addStand  = db.Insert[Substitution]("approval_substitute", "")
	saveStand = db.Update[Substitution]("approval_substitute")

	tiesOn = db.Select[Tie](`SELECT ` + tieColumns + ` FROM approval_tie WHERE valid_to >= $1 ORDER BY person, id`)
	addTie = db.Insert[Tie]("approval_tie", "")
)

// Load reads the register of a client for today and the days after it.
func Load(o *op.Op, client op.ClientID) (*Register, error) {
	return LoadFrom(o, client, period.DateOf(o.Now))
}

// LoadFrom is Load for a day and those after it.
func LoadFrom(o *op.Op, client op.ClientID, day period.Date) (g *Register, err error) {
	g = &Register{Client: client}
	if g.Schemes, err = schemesOn.All(o, client, day); err != nil {
		return nil, err
	}
	rows, err := rowsFrom.All(o, client, day)
	if err != nil {
		return nil, err
	}
	for i := range g.Schemes {
		n := 0
		for n < len(rows) && rows[n].Scheme == g.Schemes[i].ID {
			n++
		}
		g.Schemes[i].Rows, rows = rows[:n], rows[n:]
	}
	if g.Stands, err = standsOn.All(o, client, day); err != nil {
		return nil, err
	}
	if g.Ties, err = tiesOn.All(o, day); err != nil {
		return nil, err
	}
	own, err := ownTies.All(o)
	for _, p := range own { // what a person has said of himself holds for whoever acts for him too
		for _, number := range p.Interests {
			g.Ties = append(g.Ties, Tie{Person: p.ID, Number: number, ValidFrom: day, ValidTo: Forever})
		}
	}
	return g, err
}

type interested struct {
	ID        op.PersonID
	Interests []string `db:"interests,json"`
}

var ownTies = db.Select[interested](`SELECT id, interests FROM person WHERE interests <> '[]' ORDER BY id`)

// Versions lists the versions and drafts of a client, oldest first, without rows.
func Versions(o *op.Op, client op.ClientID) ([]Scheme, error) { return schemesOf.All(o, client) }

// load reads the rows of a version, and of the newest one before it.
func load(o *op.Op, s *Scheme) (err error) {
	from := rowsOf
	if s.State != Decided {
		from = draftRowsOf
	}
	if s.Rows, err = from.All(o, s.Client, s.ID); err != nil {
		return err
	}
	s.Before, err = rowsBefore.All(o, s.Client, cmp.Or(s.Number, 1<<62))
	return err
}

// Begin makes a draft of a client's next version out of the version in force.
func Begin(o *op.Op, client op.ClientID, from, to period.Date) (id.ID[Scheme], error) {
	if err := o.NeedFor(MayWrite, client); err != nil {
		return 0, err
	}
	g, err := Load(o, client)
	if err != nil {
		return 0, err
	}
	s := &Scheme{ValidFrom: from, ValidTo: to, DraftedBy: o.Actor.ID, Editors: []op.PersonID{o.Actor.ID}}
	s.Client, s.State = client, Draft
	var rows []Row
	if old, ok := g.InForce(period.DateOf(o.Now)); ok {
		s.BasedOn, rows = old.ID, slices.Clone(old.Rows)
	}
	if err := Table.Add(o, from.String()+" – "+to.String(), s); err != nil {
		return 0, err
	}
	for i := range rows {
		rows[i].ID, rows[i].Scheme = id.New[Row](o), s.ID
	}
	_, err = addDrafts.Add(o, rows...)
	return s.ID, err
}

// Write adds rows to a draft.
func Write(o *op.Op, key id.ID[Scheme], rows ...Row) error {
	s, err := draft(o, key)
	if err != nil {
		return err
	}
	note := ""
	for i := range rows {
		r := &rows[i]
		if r.Person == o.Actor.ID {
			return errSelf
		}
		r.Client, r.Scheme, r.ID = s.Client, s.ID, id.New[Row](o)
		note = r.Said()
	}
	if _, err := addDrafts.Add(o, rows...); err != nil {
		return err
	}
	if len(rows) > 1 {
		note = strconv.Itoa(len(rows)) + " rader"
	}
	return s.edited(o, "row", note)
}

// Strike removes a row from a draft, every row when key is 0.
func Strike(o *op.Op, scheme id.ID[Scheme], key id.ID[Row]) error {
	s, err := draft(o, scheme)
	if err != nil {
		return err
	}
	if key == 0 {
		if _, err = dropDrafts.Do(o, s.Client, s.ID); err != nil {
			return err
		}
		return s.edited(o, "strike", "alla rader")
	}
	i := slices.IndexFunc(s.Rows, func(r Row) bool { return r.ID == key })
	if i < 0 {
		return errNoRow
	}
	if _, err = dropDraft.Do(o, s.Client, s.ID, key); err != nil {
		return err
	}
	return s.edited(o, "strike", s.Rows[i].Said())
}

func draft(o *op.Op, key id.ID[Scheme]) (Scheme, error) {
	s, err := Table.Get(o, key)
	if err == nil {
		err = o.NeedFor(MayWrite, s.Client)
	}
	if err == nil && s.State != Draft {
		err = errFixed
	}
	return s, err
}

// edited notes that the actor has written in the draft: somebody else decides.
func (s *Scheme) edited(o *op.Op, step, note string) error {
	if !slices.Contains(s.Editors, o.Actor.ID) {
		s.Editors = append(s.Editors, o.Actor.ID)
	}
	return Table.Save(o, s, step, note)
}

func decide(o *op.Op, s *Scheme, in form.Values) error {
	if in.Date("on") > period.DateOf(o.Now) {
		return errFuture
	}
	last, err := lastOf.One(o, s.Client)
	if err != nil {
		return err
	}
	s.Number, s.EnteredBy = last+1, o.Actor.ID
	s.Body, s.DecidedOn, s.Registry = in.Text("body"), in.Date("on"), in.Text("registry")
	if _, err = addRows.Add(o, s.Rows...); err != nil {
		return err
	}
	_, err = dropDrafts.Do(o, s.Client, s.ID)
	return err
}

// Said is a row in one line, for the history.
func (r *Row) Said() string {
	return r.Name + " får " + r.Kind.Word() + ": " + r.Scope() + ", högst " + r.Most.String() + " kr"
}

// Scope is what a row reaches, in Swedish.
func (r *Row) Scope() string {
	s := ""
	for _, x := range []struct {
		word string
		p    Pattern
	}{{"ansvar", r.Units}, {"verksamhet", r.Activities}, {"projekt", r.Projects}, {"konto", r.Accounts}} {
		if x.p == "" {
			continue
		}
		if s != "" {
			s += ", "
		}
		s += x.word + " " + string(x.p)
	}
	if s == "" {
		return "allt"
	}
	return s
}

var (
	errNoRow    = fault.New(fault.NotFound, "APV-020", "Raden finns inte. Läs in sidan igen.")
	errStandOwn = fault.New(fault.Forbidden, "APV-021", "Du kan inte göra dig själv till ersättare. Be den som är borta, eller den som sköter attestförteckningen.")
	errStandTwo = fault.New(fault.Invalid, "APV-022", "Ersättaren ska vara en annan person än den som är borta.")
	errStandWho = fault.New(fault.Forbidden, "APV-023", "Du får bara utse ersättare för dig själv.")
)

// StandIn stores a substitution. The absent person asks for it, or whoever
// keeps the register; never the substitute.
func StandIn(o *op.Op, x Substitution) (id.ID[Substitution], error) {
	switch {
	case x.Person == x.Absent:
		return 0, errStandTwo
	case x.Person == o.Actor.ID:
		return 0, errStandOwn
	case x.Absent == o.Actor.ID && o.Actor.May(MayOwn, x.Client):
	case o.NeedFor(MayWrite, x.Client) != nil:
		return 0, errStandWho.Because("%s for %s", o.Actor.ID, x.Absent)
	}
	x.ID, x.Version, x.EnteredBy, x.Entered = id.New[Substitution](o), 1, o.Actor.ID, o.Now
	if _, err := addStand.Add(o, x); err != nil {
		return 0, err
	}
	note := x.PersonName + " för " + x.AbsentName + " " + x.ValidFrom.String() + " – " + x.ValidTo.String()
	return x.ID, audit.Note(o, audit.Change{Client: x.Client, Kind: "approval.substitute", Record: int64(x.ID), Step: "add", Note: note})
}

// PutTie stores that a person is tied to somebody.
func PutTie(o *op.Op, t Tie) (id.ID[Tie], error) {
	t.ID, t.Version, t.EnteredBy, t.Entered = id.New[Tie](o), 1, o.Actor.ID, o.Now
	if t.ValidTo.IsZero() {
		t.ValidTo = Forever
	}
	if _, err := addTie.Add(o, t); err != nil {
		return 0, err
	}
	return t.ID, audit.Note(o, audit.Change{Kind: "approval.tie", Record: int64(t.ID), Step: "add", Note: form.Word(relations, t.Relation)})
}

// The relations of a tie.
var relations = []form.Option{
	{Value: "household", Label: "Samma hushåll"}, {Value: "relative", Label: "Annan närstående"}, {Value: "company", Label: "Eget eller närståendes företag"},
	{Value: "board", Label: "Uppdrag i styrelse eller förening"}, {Value: "other", Label: "Annat som kan rubba förtroendet"},
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
