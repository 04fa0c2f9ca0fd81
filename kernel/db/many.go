package db

import (
	"context"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
)

// Columned is a type that is stored in a column of its own type: a date.
type Columned interface{ ColumnType() string }

// ManyStmt writes some columns of many rows of T back in few statements.
type ManyStmt[T any] struct {
	table string
	plan  *plan
	sizes []int
	texts [2][]string // by engine
}

// UpdateMany declares the writing back of some columns, each row if its version is
// the one that was read. The table has the columns client, id and version, and T
// the fields.
func UpdateMany[T any](table string, columns ...string) *ManyStmt[T] {
	all := columnsOf[T]()
	whole, err := planOf[T](all)
	if err != nil {
		panic("db: " + table + ": " + err.Error())
	}
	s := &ManyStmt[T]{table: table, plan: &plan{typ: whole.typ}}
	for _, c := range append([]string{"client", "id", "version"}, columns...) {
		at := slices.Index(all, c)
		if at < 0 {
			panic(fmt.Sprintf("db: %s has no field for the column %s of %s", whole.typ, c, table))
		}
		s.plan.fields = append(s.plan.fields, whole.fields[at])
	}
	s.sizes = sizesFor(len(s.plan.fields))
	for _, n := range s.sizes {
		for e := range s.texts {
			s.texts[e] = append(s.texts[e], s.write(Engine(e), n, columns))
		}
	}
	declared = append(declared, s)
	return s
}

// write makes the text for n rows. PostgreSQL is told the types by the first row.
func (s *ManyStmt[T]) write(e Engine, n int, columns []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "UPDATE %s AS t SET version = t.version + 1", s.table)
	for i, c := range columns {
		fmt.Fprintf(&b, ", %s = x.column%d", c, i+4)
	}
	b.WriteString(" FROM (VALUES ")
	mark := 0
	for r := range n {
		if r > 0 {
			b.WriteString(", ")
		}
		for i, f := range s.plan.fields {
			mark++
			b.WriteByte("(,"[min(i, 1)])
			switch {
			case e == SQLite:
				b.WriteByte('?')
			case r == 0:
				fmt.Fprintf(&b, "CAST($%d AS %s)", mark, f.columnType())
			default:
				fmt.Fprintf(&b, "$%d", mark)
			}
		}
		b.WriteByte(')')
	}
	b.WriteString(") AS x WHERE t.client = x.column1 AND t.id = x.column2 AND t.version = x.column3")
	return b.String()
}

// columnType is the column that a field is stored in, as PostgreSQL calls it.
func (f field) columnType() string {
	if c, ok := reflect.Zero(f.typ).Interface().(Columned); ok {
		return c.ColumnType()
	}
	switch {
	case f.kind == jsoned || f.typ.Kind() == reflect.String:
		return "TEXT"
	case f.kind == moment:
		return "TIMESTAMP"
	case f.typ.Kind() == reflect.Bool:
		return "BOOLEAN"
	case f.typ.Kind() == reflect.Int64:
		return "BIGINT"
	}
	panic(fmt.Sprintf("db: no column type for %s", f.typ))
}

// Save writes the rows and returns how many of them had the version that was read.
// The versions in the rows are left as they were.
func (s *ManyStmt[T]) Save(v Via, rows ...*T) (int64, error) {
	var saved int64
	tx := v.SQL()
	var args []any
	for k, part := range parts(s.sizes, rows) {
		args = args[:0]
		for _, r := range part {
			var err error
			if args, err = s.plan.values(args, r); err != nil {
				return saved, err
			}
		}
		res, err := tx.exec(v, s.texts[tx.db.Engine][k], args)
		if err != nil {
			return saved, fmt.Errorf("update %s: %w", s.table, err)
		}
		n, err := res.RowsAffected()
		if err != nil {
			return saved, err
		}
		saved += n
	}
	return saved, nil
}

func (s *ManyStmt[T]) sqlText() string { return s.texts[Postgres][len(s.sizes)-1] }

func (s *ManyStmt[T]) check(ctx context.Context, t *Tx) error {
	st, err := t.run.PrepareContext(ctx, s.texts[t.db.Engine][len(s.sizes)-1])
	if err != nil {
		return err
	}
	return st.Close()
}

// sizesFor are how many rows of so many columns go into one statement, most first.
// Few sizes make few texts to prepare.
func sizesFor(columns int) []int {
	return slices.DeleteFunc([]int{256, 64, 16, 4, 1}, func(n int) bool { return n*columns > 16000 })
}

// parts divides rows into parts of the given sizes, and says which.
func parts[T any](sizes []int, rows []T) iter.Seq2[int, []T] {
	return func(yield func(int, []T) bool) {
		for len(rows) > 0 {
			k := slices.IndexFunc(sizes, func(n int) bool { return n <= len(rows) })
			if !yield(k, rows[:sizes[k]]) {
				return
			}
			rows = rows[sizes[k]:]
		}
	}
}
