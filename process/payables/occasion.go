package payables

import (
	"slices"
	"strings"
	"time"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/promise/approval"
)

// Occasion says who took part in what was bought, and why.
type Occasion struct {
	Client       op.ClientID
	ID           ID // of the invoice
	Version      int64
	Purpose      string
	Participants string        // one a line, with where they come from
	Programme    string        // where it stands
	Persons      []op.PersonID `db:"persons,json"` // those of ours whom it concerns
	WrittenBy    op.PersonID
	At           time.Time
}

// concerns reports whether a person has taken part: chosen, or named.
func (x Occasion) concerns(person op.PersonID, name string) bool {
	if person != 0 && slices.Contains(x.Persons, person) {
		return true
	}
	for line := range strings.Lines(x.Participants) {
		who, _, _ := strings.Cut(line, ",")
		if sameName(who, name) {
			return true
		}
	}
	return false
}

// Special is a set of accounts whose costs are approved only with an occasion.
type Special struct {
	Client    op.ClientID
	Kind      string
	Accounts  approval.Pattern
	ValidFrom period.Date
	Source    string
}

// The kinds of special accounts, and what each asks for.
const (
	Representation = "representation"
	Travel         = "travel"
	Course         = "course"
)

// lacksOf says what an occasion lacks for a kind, in Swedish; "" for nothing.
//
// source: 004 s.10 (Representation: att syfte och deltagare framgår av underlag); attestreglementen (program för kurs och resa)
func lacksOf(kind string, x Occasion) string {
	var missing []string
	ask := func(word string, there bool) {
		if !there {
			missing = append(missing, word)
		}
	}
	ask("syfte", x.Purpose != "")
	switch kind {
	case Representation:
		ask("deltagare", strings.TrimSpace(x.Participants) != "")
	case Travel, Course:
		ask("vem det gäller", len(x.Persons) > 0 || strings.TrimSpace(x.Participants) != "")
		if kind == Course {
			ask("program", x.Programme != "")
		}
	}
	return strings.Join(missing, " och ")
}

// special are the kinds that a coding touches.
func special(v Invoice) (kinds []string) {
	for _, s := range v.Special {
		if slices.ContainsFunc(v.Coding, func(l coding.Line) bool { return s.Accounts != "" && s.Accounts.Holds(l.Account) }) && !slices.Contains(kinds, s.Kind) {
			kinds = append(kinds, s.Kind)
		}
	}
	return kinds
}

// Missing says what must be known before the invoice is reviewed, in Swedish; ""
// for nothing.
func (v Invoice) Missing() string {
	for _, kind := range special(v) {
		if missing := lacksOf(kind, v.Occasion); missing != "" {
			return missing
		}
	}
	return ""
}

func checkOccasion(v Invoice) error {
	if missing := v.Missing(); missing != "" {
		return errOccasion.With(missing)
	}
	return nil
}

var (
	occasionOf = db.Select[Occasion](`
		SELECT client, id, version, purpose, participants, programme, persons, written_by, at
		FROM   payables_occasion WHERE client = $1 AND id = $2`)
	addOccasion  = db.Insert[Occasion]("payables_occasion", "")
	saveOccasion = db.Update[Occasion]("payables_occasion")

	specialOf = db.Select[Special](`
		SELECT client, kind, accounts, valid_from, source
		FROM   payables_special WHERE client IN (0, $1) AND valid_from <= $2 ORDER BY client, kind, valid_from`)
	addSpecial = db.Insert[Special]("payables_special", "ON CONFLICT (client, kind, valid_from) DO NOTHING")
)

// loadOccasion reads what is said of an invoice, and which accounts ask for it.
func loadOccasion(o *op.Op, v *Invoice, day period.Date) (err error) {
	rows, err := specialOf.All(o, v.Client, day)
	if err != nil {
		return err
	}
	v.Special = v.Special[:0:0]
	for _, s := range rows { // the client's own and the newest replace what is before
		v.Special = append(slices.DeleteFunc(v.Special, func(x Special) bool { return x.Kind == s.Kind }), s)
	}
	v.Occasion, _, err = occasionOf.Maybe(o, v.Client, v.ID)
	return err
}

// PutSpecial names accounts whose costs need an occasion. What is already set
// for that day is left.
func PutSpecial(o *op.Op, all ...Special) error {
	_, err := addSpecial.Add(o, all...)
	return err
}

var errTooLate = fault.New(fault.Conflict, "PAY-039", "Fakturan är %s. Uppgiften kan inte ändras längre.")

// Write stores the occasion of an invoice. What was reviewed falls: it was
// reviewed without knowing this.
func (x Occasion) Write(o *op.Op) error {
	v, err := Table.Get(o, x.ID)
	if err != nil {
		return err
	}
	if !o.Actor.May(MayCode, v.Client) && !o.Actor.May(MayReview, v.Client) {
		return o.NeedFor(MayReview, v.Client)
	}
	switch v.State {
	case Registered, Waiting, Queried, Coded:
	case Reviewed:
		v.State = Coded
		if err := dropApprovals(o, &v); err != nil {
			return err
		}
	default:
		return errTooLate.With(Life.Word(v.State)).Because("invoice %s is %s", v.ID, v.State)
	}
	old, had, err := occasionOf.Maybe(o, v.Client, v.ID)
	if err != nil {
		return err
	}
	x.Client, x.WrittenBy, x.At = v.Client, o.Actor.ID, o.Now
	if had && x.Version != old.Version {
		return form.ErrConflict.Because("occasion %s: version %d, now %d", v.ID, x.Version, old.Version)
	}
	if had {
		_, err = saveOccasion.Save(o, &x)
	} else {
		x.Version = 1
		_, err = addOccasion.Add(o, x)
	}
	if err != nil {
		return err
	}
	return Table.Save(o, &v, "occasion", x.Purpose)
}

type person struct {
	ID   op.PersonID
	Name string
}

var persons = db.Select[person](`SELECT id, name FROM person WHERE kind = 'person' AND active ORDER BY name, id`)

func peopleOrNobody(o *op.Op) ([]form.Option, error) {
	rows, err := persons.All(o)
	all := []form.Option{{Value: "", Label: "Ingen av våra"}}
	for _, r := range rows {
		all = append(all, form.Option{Value: r.ID.String(), Label: r.Name})
	}
	return all, err
}

// EditOccasion is the form for syfte och deltagare.
var EditOccasion = &form.Spec{
	Name: "payables.occasion", Title: "Syfte och deltagare", Submit: "Spara", Need: MayRead,
	Intro: "Representation attesteras bara med syfte och deltagare, resor och kurser med den som det gäller. Den som själv har deltagit får inte attestera.",
	Fields: []form.Field{
		{Key: "purpose", Label: "Syfte", Kind: form.Area, Rows: 2, Required: true, Max: 500},
		{Key: "participants", Label: "Deltagare", Kind: form.Area, Rows: 5, Max: 4000, Help: "En person på varje rad: namn, organisation."},
		{Key: "person", Label: "Avser person", Kind: form.Choice, Choices: peopleOrNobody, Help: "Den som har rest, gått kursen eller gjort köpet."},
		{Key: "programme", Label: "Program", Kind: form.Text, Max: 300, Help: "Vilken bilaga, eller var programmet finns."},
	},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		v, err := Table.GetText(o, key)
		if err != nil {
			return form.Loaded{}, err
		}
		x, _, err := occasionOf.Maybe(o, v.Client, v.ID)
		values := form.Values{"purpose": x.Purpose, "participants": x.Participants, "programme": x.Programme}
		if len(x.Persons) > 0 {
			values["person"] = x.Persons[0].String()
		}
		return form.Loaded{Version: x.Version, Values: values, Title: text.F(o, "Syfte och deltagare: %s, %s kr", v.SupplierName, v.Payable)}, err
	},
	Save: func(o *op.Op, key string, version int64, in form.Values) (string, error) {
		v, err := Table.GetText(o, key)
		if err != nil {
			return "", err
		}
		x := Occasion{ID: v.ID, Version: version, Purpose: in.Text("purpose"), Participants: in.Text("participants"), Programme: in.Text("programme"), Persons: []op.PersonID{}}
		if p, err := id.Parse[op.Actor](in.Text("person")); err == nil {
			x.Persons = append(x.Persons, p)
		}
		return "/payables/" + key, x.Write(o)
	},
}

// installSpecial names the accounts of the reference chart.
func installSpecial(o *op.Op) error {
	from := period.NewDate(2000, 1, 1)
	const source = "004 s.10; attestreglementen"
	return PutSpecial(o, Special{Kind: Representation, Accounts: "711", ValidFrom: from, Source: source},
		Special{Kind: Travel, Accounts: "702", ValidFrom: from, Source: source}, Special{Kind: Course, Accounts: "747", ValidFrom: from, Source: source})
}

// occasion tells who took part and why, and leads to where it is written: where
// it must be known, or where somebody has already said it.
func (p *itemPage) occasion(o *op.Op, v Invoice, add func(string, ui.StatusKind, ui.Prose)) error {
	if v.State == Returned || v.State == Voided || v.State == Held {
		return nil
	}
	if v.Special == nil {
		if err := loadOccasion(o, &v, period.DateOf(o.Now)); err != nil {
			return err
		}
		v = withSuggestion(v)
	}
	missing := v.Missing()
	if missing == "" && v.Occasion.Purpose == "" {
		return nil
	}
	prose, mark := ui.Words(v.Occasion.Purpose+" "), ui.Unmarked
	if missing != "" {
		prose, mark = ui.Words(text.F(o, "saknar %s", missing)+" "), ui.Near
	}
	if v.State != Ready && (o.Actor.May(MayCode, v.Client) || o.Actor.May(MayReview, v.Client)) {
		prose = append(prose, ui.Piece{Text: text.T(o, "Skriv"), URL: "/f/payables.occasion/" + v.ID.String()})
	}
	add(text.T(o, "Syfte och deltagare"), mark, prose)
	if x := strings.TrimSpace(v.Occasion.Participants); x != "" {
		add(text.T(o, "Deltagare"), ui.Unmarked, ui.Words(strings.ReplaceAll(x, "\n", "; ")))
	}
	return nil
}
