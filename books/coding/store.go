package coding

import (
	"slices"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
)

var (
	errNoValue = fault.New(fault.NotFound, "COD-002", "Koden finns inte. Sök upp den i kodplanen.")
	errNoRule  = fault.New(fault.NotFound, "COD-003", "Regeln finns inte. Sök upp den i listan över konteringsregler.")
	errTaken   = fault.New(fault.Conflict, "COD-004", "Koden finns redan i koddelen under en del av tiden. Ändra den som finns i stället.")
	errFixed   = fault.New(fault.Invalid, "COD-005", "En kods koddel, kod, kontoslag och reskontra går inte att ändra. Stäng koden och lägg upp en ny.")
	errOwner   = fault.New(fault.Invalid, "COD-006", "En regel kan inte flyttas till en annan kund. Avsluta regeln och lägg upp en ny.")
)

const valueColumns = `id, version, owner, segment, code, name, kind, control, successor, valid_from, valid_to`

const ruleColumns = `id, version, owner, given, first, last, segment, demand, codes, text, valid_from, valid_to`

type named struct {
	ID   op.ClientID
	Name string
}

type stamped struct {
	Owner op.ClientID
	Stamp int64
}

var (
	valuesOf  = db.Select[Value](`SELECT ` + valueColumns + ` FROM coding_value WHERE owner = $1 ORDER BY segment, code, valid_from`)
	valueByID = db.Select[Value](`SELECT ` + valueColumns + ` FROM coding_value WHERE id = $1`)
	addValue  = db.Insert[Value]("coding_value", "ON CONFLICT (owner, segment, code, valid_from) DO NOTHING")
	moveValue = db.Change(`
		UPDATE coding_value
		SET    version = version + 1, name = $3, successor = $4, valid_from = $5, valid_to = $6
		WHERE  id = $1 AND version = $2`)

	rulesOf  = db.Select[Rule](`SELECT ` + ruleColumns + ` FROM coding_rule WHERE owner = $1 ORDER BY given, first, id`)
	ruleByID = db.Select[Rule](`SELECT ` + ruleColumns + ` FROM coding_rule WHERE id = $1`)
	addRule  = db.Insert[Rule]("coding_rule", "")
	moveRule = db.Change(`
		UPDATE coding_rule
		SET    version = version + 1, given = $3, first = $4, last = $5, segment = $6, demand = $7, codes = $8,
		       text = $9, valid_from = $10, valid_to = $11
		WHERE  id = $1 AND version = $2`)

	citysValues = db.Select[int64](`SELECT count(*) FROM coding_value WHERE owner = 0`)
	clientNames = db.Select[named](`SELECT id, name FROM client WHERE active ORDER BY name`)

	stampsOf = db.Select[stamped](`SELECT owner, stamp FROM coding_stamp WHERE owner IN (0, $1)`)
	setStamp = db.Insert[stamped]("coding_stamp", "ON CONFLICT (owner) DO UPDATE SET stamp = excluded.stamp")
)

// memoKey is where a layer is kept between operations.
type memoKey struct{ owner op.ClientID }

type kept struct {
	stamp int64
	layer *layer
}

// Load returns the plan of a client. The whole plan is read once and kept until
// somebody changes it: after that a call costs one small query.
func Load(o *op.Op, client op.ClientID) (*Plan, error) {
	stamps, err := stampsOf.All(o, client)
	if err != nil {
		return nil, err
	}
	by := [2]int64{}
	for _, s := range stamps {
		by[side(s.Owner)] = s.Stamp
	}
	city, err := loadLayer(o, 0, by[0])
	if err != nil {
		return nil, err
	}
	own := &layer{}
	if client != 0 {
		if own, err = loadLayer(o, client, by[1]); err != nil {
			return nil, err
		}
	}
	return &Plan{Client: client, city: city, own: own}, nil
}

// loadLayer reads what one owner has decided. Stamps are identities, so one that
// was rolled back never comes again for other content.
func loadLayer(o *op.Op, owner op.ClientID, stamp int64) (*layer, error) {
	memo := o.SQL().Memo()
	if k, ok := memo.Load(memoKey{owner}); ok && k.(kept).stamp == stamp {
		return k.(kept).layer, nil
	}
	values, err := valuesOf.All(o, owner)
	if err != nil {
		return nil, err
	}
	rules, err := rulesOf.All(o, owner)
	if err != nil {
		return nil, err
	}
	l := newLayer(values, rules)
	memo.Store(memoKey{owner}, kept{stamp, l})
	return l, nil
}

// touch makes every kept plan of the owner old.
func touch(o *op.Op, owner op.ClientID) error {
	_, err := setStamp.Add(o, stamped{owner, o.NextID()})
	return err
}

// taken reports whether the owner already has the code on some day of v.
func taken(o *op.Op, v Value) (bool, error) {
	stamps, err := stampsOf.All(o, v.Owner)
	if err != nil {
		return false, err
	}
	var stamp int64
	for _, s := range stamps {
		if s.Owner == v.Owner {
			stamp = s.Stamp
		}
	}
	l, err := loadLayer(o, v.Owner, stamp)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(l.values[key{v.Segment, v.Code}], func(x Value) bool { return x.ID != v.ID && x.overlaps(v) }), nil
}

// Put adds values and returns how many were added; a code that its owner
// already has on some of the days is left as it is. It is for reference data
// and imports; people use the form.
func Put(o *op.Op, values ...Value) (int64, error) {
	owners := map[op.ClientID]bool{}
	rows := make([]Value, 0, len(values))
	for _, v := range values {
		if wrong := CheckValue(v); len(wrong) > 0 {
			return 0, form.ErrInvalid.At(wrong...).Because("coding: value %s %s", v.Segment, v.Code)
		}
		v.ID, v.Version = id.New[Value](o), 1
		there, err := taken(o, v)
		if err != nil {
			return 0, err
		}
		if !there {
			rows = append(rows, v)
			owners[v.Owner] = true
		}
	}
	n, err := addValue.Add(o, rows...)
	if err != nil || n == 0 {
		return n, err
	}
	for owner := range owners {
		if err := touch(o, owner); err != nil {
			return n, err
		}
	}
	return n, nil
}

// PutRules adds rules.
func PutRules(o *op.Op, rules ...Rule) error {
	owners := map[op.ClientID]bool{}
	rows := make([]Rule, len(rules))
	for i, r := range rules {
		if wrong := CheckRule(r); len(wrong) > 0 {
			return form.ErrInvalid.At(wrong...).Because("coding: rule for %s %s", r.Given, r.First)
		}
		r.ID, r.Version = id.New[Rule](o), 1
		rows[i] = r
		owners[r.Owner] = true
	}
	if _, err := addRule.Add(o, rows...); err != nil {
		return err
	}
	for owner := range owners {
		if err := touch(o, owner); err != nil {
			return err
		}
	}
	return nil
}

// saveValue stores a value as a person wrote it. What has been posted with a
// code must go on meaning the same, so only name, time and successor change.
func saveValue(o *op.Op, v Value) (Value, error) {
	there, err := taken(o, v)
	if err == nil && there {
		err = errTaken.Because("coding: %s %s overlaps", v.Segment, v.Code)
	}
	if err != nil {
		return v, err
	}
	if v.ID == 0 {
		v.ID, v.Version = id.New[Value](o), 1
		n, err := addValue.Add(o, v)
		if err == nil && n == 0 {
			err = errTaken.Because("coding: %s %s from %s", v.Segment, v.Code, v.ValidFrom)
		}
		if err != nil {
			return v, err
		}
		return v, noted(o, v.Owner, "coding.value", int64(v.ID), "add", string(v.Segment)+" "+v.Code+" "+v.Name)
	}
	was, err := valueOf(o, v.ID)
	if err != nil {
		return v, err
	}
	if was.Owner != v.Owner || was.Segment != v.Segment || was.Code != v.Code || was.Kind != v.Kind || was.Control != v.Control {
		return v, errFixed.Because("coding: value %s", v.ID)
	}
	n, err := moveValue.Do(o, v.ID, v.Version, v.Name, v.Successor, v.ValidFrom, v.ValidTo)
	switch {
	case db.Duplicate(err):
		return v, errTaken.Because("coding: value %s: %w", v.ID, err)
	case err != nil:
		return v, err
	case n == 0:
		return v, form.ErrConflict.Because("coding: value %s version %d is old", v.ID, v.Version)
	}
	return v, noted(o, v.Owner, "coding.value", int64(v.ID), "change", string(v.Segment)+" "+v.Code+" "+v.Name)
}

func saveRule(o *op.Op, r Rule) (Rule, error) {
	if r.ID == 0 {
		r.ID, r.Version = id.New[Rule](o), 1
		if _, err := addRule.Add(o, r); err != nil {
			return r, err
		}
		return r, noted(o, r.Owner, "coding.rule", int64(r.ID), "add", r.Text)
	}
	was, err := ruleOf(o, r.ID)
	if err != nil {
		return r, err
	}
	if was.Owner != r.Owner {
		return r, errOwner.Because("coding: rule %s", r.ID)
	}
	n, err := moveRule.Do(o, r.ID, r.Version, r.Given, r.First, r.Last, r.Segment, r.Demand, r.Codes, r.Text, r.ValidFrom, r.ValidTo)
	if err != nil {
		return r, err
	}
	if n == 0 {
		return r, form.ErrConflict.Because("coding: rule %s version %d is old", r.ID, r.Version)
	}
	return r, noted(o, r.Owner, "coding.rule", int64(r.ID), "change", r.Text)
}

func noted(o *op.Op, owner op.ClientID, kind string, record int64, step, note string) error {
	if err := audit.Note(o, audit.Change{Client: owner, Kind: kind, Record: record, Step: step, Note: note}); err != nil {
		return err
	}
	return touch(o, owner)
}

func valueOf(o *op.Op, v ValueID) (Value, error) {
	row, ok, err := valueByID.Maybe(o, v)
	if err == nil && !ok {
		err = errNoValue.Because("coding: value %s", v)
	}
	return row, err
}

func ruleOf(o *op.Op, r RuleID) (Rule, error) {
	row, ok, err := ruleByID.Maybe(o, r)
	if err == nil && !ok {
		err = errNoRule.Because("coding: rule %s", r)
	}
	return row, err
}
