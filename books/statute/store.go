package statute

import (
	"slices"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/id"
	"kontor/kernel/op"
)

var (
	allValues = db.Select[Value](`
		SELECT id, kind, valid_from, revision, value, state, source, added, actor
		FROM   statute_value
		ORDER  BY kind, valid_from, revision`)
	addValues  = db.Insert[Value]("statute_value", "")
	revisionOf = db.Select[int64](`SELECT count(*) FROM statute_value WHERE kind = $1 AND valid_from = $2`)
)

// Load reads the book.
func Load(o *op.Op) (*Book, error) {
	all, err := allValues.All(o)
	return NewBook(all), err
}

// install adds what the program knows and the database does not have.
func install(o *op.Op) error {
	have, err := allValues.All(o)
	if err != nil {
		return err
	}
	var add []Value
	for _, v := range Reference() {
		if slices.ContainsFunc(have, func(h Value) bool { return h.Kind == v.Kind && h.ValidFrom == v.ValidFrom }) {
			continue
		}
		v.ID, v.Added, v.Actor = id.ID[Value](o.NextID()), o.Now, o.Actor.ID
		add = append(add, v)
	}
	_, err = addValues.Add(o, add...)
	return err
}

// Add adds a value, or a revision of one from the same day.
func Add(o *op.Op, v Value) error {
	if err := o.Need(MayWrite); err != nil {
		return err
	}
	n, err := revisionOf.One(o, v.Kind, v.ValidFrom)
	if err != nil {
		return err
	}
	v.ID, v.Revision, v.Added, v.Actor = id.ID[Value](o.NextID()), n, o.Now, o.Actor.ID
	if _, err := addValues.Add(o, v); err != nil {
		return err
	}
	return audit.Note(o, audit.Change{Kind: "statute.value", Record: int64(v.ID), Step: "add", Note: string(v.Kind)})
}
