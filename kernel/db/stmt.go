package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// None is returned when a row was asked for and there is none. Modules turn it
// into their own fault.
var None = sql.ErrNoRows

type declaredStmt interface {
	check(ctx context.Context, t *Tx) error
	sqlText() string
}

var declared []declaredStmt

// Declared lists the text of every statement of the program, for tests that
// hold a rule over all of them.
func Declared() []string {
	var all []string
	for _, d := range declared {
		all = append(all, d.sqlText())
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Check prepares every declared statement against the real schema and holds
// the columns of each result against the fields that it is read into. It is
// the type check that SQL does not have.
func (d *DB) Check(ctx context.Context) error {
	var wrong []error
	for _, s := range declared {
		if askedAgain.MatchString(s.sqlText()) {
			wrong = append(wrong, fmt.Errorf("compare by = (SELECT … SKIP LOCKED): PostgreSQL may ask what stands in IN again, and gets other rows each time, in:\n%s", s.sqlText()))
			continue
		}
		err := d.Write(ctx, Batch, func(t *Tx) error {
			if err := s.check(ctx, t); err != nil {
				return fmt.Errorf("%w in:\n%s", err, s.sqlText())
			}
			return errUndo
		})
		if !errors.Is(err, errUndo) {
			wrong = append(wrong, err)
		}
	}
	return errors.Join(wrong...)
}

var (
	errUndo    = errors.New("undo")
	askedAgain = regexp.MustCompile(`(?s)\bIN\s*\(\s*SELECT[^()]*SKIP LOCKED`)
)

// exec runs a text with arguments already in the form that drivers take.
func (t *Tx) exec(ctx context.Context, text string, args []any) (sql.Result, error) {
	if t.keep == nil {
		return t.run.ExecContext(ctx, text, args...)
	}
	s, err := t.prepared(ctx, text)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

func (t *Tx) query(ctx context.Context, text string, args []any) (*sql.Rows, error) {
	if t.keep == nil {
		return t.run.QueryContext(ctx, text, args...)
	}
	s, err := t.prepared(ctx, text)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// ChangeStmt is a declared statement that returns no rows.
type ChangeStmt struct{ text string }

// Change declares a statement that changes rows.
func Change(text string) *ChangeStmt {
	c := &ChangeStmt{text: trim(text)}
	declared = append(declared, c)
	return c
}

// Do runs the statement and returns how many rows it changed.
func (c *ChangeStmt) Do(v Via, args ...any) (int64, error) {
	res, err := v.SQL().exec(v, c.text, forDriver(args))
	if err != nil {
		return 0, fmt.Errorf("%w in:\n%s", err, c.text)
	}
	return res.RowsAffected()
}

func (c *ChangeStmt) sqlText() string { return c.text }

func (c *ChangeStmt) check(ctx context.Context, t *Tx) error {
	s, err := t.run.PrepareContext(ctx, c.text)
	if err != nil {
		return err
	}
	return s.Close()
}

// SelectStmt is a declared statement whose rows are read into values of T: a
// struct whose fields are named as the columns, or one plain value.
type SelectStmt[T any] struct {
	text string
	pg   string // the text for PostgreSQL
	once sync.Once
	plan *plan
	err  error
}

// Select declares a statement that reads rows. What stands between /*postgres
// and */ is run on PostgreSQL only: a hint to its planner or locks, which the
// single writer of the embedded database does without.
func Select[T any](text string) *SelectStmt[T] {
	s := &SelectStmt[T]{text: trim(text)}
	s.pg = onPostgres.Replace(s.text)
	declared = append(declared, s)
	return s
}

var onPostgres = strings.NewReplacer("/*postgres ", "", " */", "")

func (s *SelectStmt[T]) on(t *Tx) string {
	if t.Engine() == Postgres {
		return s.pg
	}
	return s.text
}

// Each yields the rows one by one, without holding them in memory. The error
// ends the iteration. No other statement may run inside the loop: PostgreSQL's
// connection is busy until it has ended.
func (s *SelectStmt[T]) Each(v Via, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		rows, err := v.SQL().query(v, s.on(v.SQL()), forDriver(args))
		if err != nil {
			yield(zero, fmt.Errorf("%w in:\n%s", err, s.text))
			return
		}
		defer rows.Close()
		p, err := s.planFor(rows)
		if err != nil {
			yield(zero, err)
			return
		}
		r := p.reader()
		for rows.Next() {
			var row T
			if err := r.scan(rows, &row); err != nil {
				yield(zero, fmt.Errorf("%w in:\n%s", err, s.text))
				return
			}
			if !yield(row, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(zero, fmt.Errorf("%w in:\n%s", err, s.text))
		}
	}
}

// All returns every row.
func (s *SelectStmt[T]) All(v Via, args ...any) ([]T, error) {
	var all []T
	for row, err := range s.Each(v, args...) {
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, nil
}

// One returns the first row, or None.
func (s *SelectStmt[T]) One(v Via, args ...any) (T, error) {
	for row, err := range s.Each(v, args...) {
		return row, err
	}
	var zero T
	return zero, None
}

// Place is the nth argument of a statement.
func Place(n int) string { return "$" + strconv.Itoa(n) }

// Places is $1 to $n, as a statement names keys one by one.
func Places(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(Place(i + 1))
	}
	return b.String()
}

// Keys are the arguments of a statement that names [Places]; what is left over is
// 0, which is no identity.
func Keys(places int, keys []int64) []any {
	args := make([]any, places)
	for i := range args {
		args[i] = int64(0)
		if i < len(keys) {
			args[i] = keys[i]
		}
	}
	return args
}

// Maybe returns the first row and whether there was one.
func (s *SelectStmt[T]) Maybe(v Via, args ...any) (T, bool, error) {
	row, err := s.One(v, args...)
	if errors.Is(err, None) {
		return row, false, nil
	}
	return row, err == nil, err
}

func (s *SelectStmt[T]) planFor(rows *sql.Rows) (*plan, error) {
	s.once.Do(func() {
		cols, err := rows.Columns()
		if err != nil {
			s.err = err
			return
		}
		s.plan, s.err = planOf[T](cols)
		if s.err != nil {
			s.err = fmt.Errorf("%w in:\n%s", s.err, s.text)
		}
	})
	return s.plan, s.err
}

func (s *SelectStmt[T]) sqlText() string { return s.text }

// check runs the statement with no value for every argument, which finds no
// row but tells the columns.
func (s *SelectStmt[T]) check(ctx context.Context, t *Tx) error {
	if !strings.HasPrefix(s.text, "SELECT") { // INSERT … RETURNING takes no missing values
		st, err := t.run.PrepareContext(ctx, s.on(t))
		if err != nil {
			return err
		}
		return st.Close()
	}
	args := make([]any, marks(s.text))
	for _, m := range limitMark.FindAllStringSubmatch(s.text, -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			return err
		}
		args[n-1] = int64(0) // SQLite takes no NULL here
	}
	rows, err := t.run.QueryContext(ctx, s.on(t), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if _, err := s.planFor(rows); err != nil {
		return err
	}
	rows.Next()
	return rows.Err()
}

var limitMark = regexp.MustCompile(`(?:LIMIT|OFFSET)\s+\$(\d+)`)

// marks is the highest $n of a statement.
func marks(text string) int {
	top := 0
	for i := 0; i < len(text); i++ {
		if text[i] != '$' {
			continue
		}
		n := 0
		for i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9' {
			i++
			n = n*10 + int(text[i]-'0')
		}
		top = max(top, n)
	}
	return top
}

func trim(text string) string { return strings.TrimSpace(text) }

// InsertStmt adds rows of T to one table, many at a time.
type InsertStmt[T any] struct {
	table, tail string
	plan        *plan
	cols        []string
	sizes       []int
	texts       [2][]string // by engine
}

// Insert declares the adding of rows to a table. The columns are the fields of
// T. The tail is what follows the values: "", or an ON CONFLICT clause.
func Insert[T any](table, tail string) *InsertStmt[T] {
	cols := columnsOf[T]()
	p, err := planOf[T](cols)
	if err != nil {
		panic("db: " + table + ": " + err.Error())
	}
	s := &InsertStmt[T]{table: table, tail: tail, plan: p, cols: cols, sizes: sizesFor(len(cols))}
	for _, n := range s.sizes {
		for e := range s.texts {
			s.texts[e] = append(s.texts[e], s.write(Engine(e), n))
		}
	}
	declared = append(declared, s)
	return s
}

// write makes the text for n rows. SQLite looks named arguments up in a list, so
// that thousands of them cost the square of their number; "?" costs nothing.
func (s *InsertStmt[T]) write(e Engine, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES ", s.table, strings.Join(s.cols, ", "))
	mark := 0
	for r := range n {
		if r > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('(')
		for c := range s.cols {
			if c > 0 {
				b.WriteString(", ")
			}
			mark++
			if e == SQLite {
				b.WriteByte('?')
			} else {
				fmt.Fprintf(&b, "$%d", mark)
			}
		}
		b.WriteByte(')')
	}
	if s.tail != "" {
		b.WriteByte(' ')
		b.WriteString(s.tail)
	}
	return b.String()
}

// Add adds the rows and returns how many were added, which is fewer than given
// only when the tail says so.
func (s *InsertStmt[T]) Add(v Via, rows ...T) (int64, error) {
	var added int64
	tx := v.SQL()
	var args []any
	for k, part := range parts(s.sizes, rows) {
		args = args[:0]
		for i := range part {
			var err error
			if args, err = s.plan.values(args, &part[i]); err != nil {
				return added, err
			}
		}
		res, err := tx.exec(v, s.texts[tx.db.Engine][k], args)
		if err != nil {
			return added, fmt.Errorf("insert into %s: %w", s.table, err)
		}
		m, err := res.RowsAffected()
		if err != nil {
			return added, err
		}
		added += m
	}
	return added, nil
}

func (s *InsertStmt[T]) sqlText() string { return s.texts[Postgres][len(s.sizes)-1] }

func (s *InsertStmt[T]) check(ctx context.Context, t *Tx) error {
	st, err := t.run.PrepareContext(ctx, s.sqlText())
	if err != nil {
		return err
	}
	return st.Close()
}

// Rows runs a statement made by kernel/list and hands each row's raw values to
// f. It is the one door for SQL that is not declared.
func (t *Tx) Rows(ctx context.Context, text string, args []any, f func(vals []any) error) error {
	rows, err := t.queryList(ctx, text, forDriver(args))
	if err != nil {
		return fmt.Errorf("%w in:\n%s", err, text)
	}
	defer rows.Close()
	cols, err := rows.Columns()
	if err != nil {
		return err
	}
	vals, ptrs := make([]any, len(cols)), make([]any, len(cols))
	for i := range vals {
		ptrs[i] = &vals[i]
	}
	for rows.Next() {
		if err := rows.Scan(ptrs...); err != nil {
			return err
		}
		if err := f(vals); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Columns lists the columns that a struct is stored in, in the order of its
// fields; for statements that a mechanism makes for a module's own table.
func Columns[T any]() []string { return columnsOf[T]() }

// UpdateStmt writes all columns of one row of T back, if its version is the one
// that was read. The table has the columns client, id and version.
type UpdateStmt[T any] struct {
	*ChangeStmt
	plan *plan
}

// Update declares the writing back of a row.
func Update[T any](table string) *UpdateStmt[T] {
	var set []string
	cols := columnsOf[T]()
	for i, c := range cols {
		switch c {
		case "client", "id":
		case "version":
			set = append(set, "version = version + 1")
		default:
			set = append(set, fmt.Sprintf("%s = $%d", c, i+1))
		}
	}
	at := func(name string) int { return slices.Index(cols, name) + 1 }
	p, err := planOf[T](cols)
	if err != nil || at("client") == 0 || at("id") == 0 || at("version") == 0 {
		panic("db: " + table + " has no client, id and version to be updated by")
	}
	text := fmt.Sprintf("UPDATE %s SET %s WHERE client = $%d AND id = $%d AND version = $%d",
		table, strings.Join(set, ", "), at("client"), at("id"), at("version"))
	return &UpdateStmt[T]{Change(text), p}
}

// Save writes the row and reports whether its version was still the one read.
func (u *UpdateStmt[T]) Save(v Via, row *T) (bool, error) {
	args, err := u.plan.values(nil, row)
	if err != nil {
		return false, err
	}
	res, err := v.SQL().exec(v, u.text, args)
	if err != nil {
		return false, fmt.Errorf("%w in:\n%s", err, u.text)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}
