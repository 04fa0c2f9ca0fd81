package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"kontor/kernel/fault"
)

// Engine says which database a DB speaks to.
type Engine uint8

const (
	SQLite Engine = iota
	Postgres
)

func (e Engine) String() string { return [...]string{"sqlite", "postgres"}[e] }

// DB is one open database.
type DB struct {
	Engine Engine
	write  *sql.DB
	read   *sql.DB
	path   string // the file of an embedded database

	writers, readers *pool // of the embedded database
	closed           atomic.Bool

	memo sync.Map
}

// Options change how a database is opened.
type Options struct {
	// Unsafe trades durability for speed. Only for tests, and for databases
	// that can be made again.
	Unsafe bool
	// Owner keeps the rights of the schema's owner instead of stepping down to
	// the application role. Only migrations need it.
	Owner bool
}

// Open opens a database by its address: "postgres://…", or the path of an
// SQLite file, which is made if it does not exist.
func Open(ctx context.Context, address string, opt Options) (*DB, error) {
	var d *DB
	var err error
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		d, err = openPostgres(address, opt)
	} else {
		d, err = openSQLite(strings.TrimPrefix(address, "sqlite:"), opt)
	}
	if err != nil {
		return nil, err
	}
	if err := d.write.PingContext(ctx); err != nil {
		d.Close()
		return nil, Unreachable.With(redact(address)).Because("open: %w", err)
	}
	return d, nil
}

// Unreachable says that the database does not answer.
var Unreachable = fault.New(fault.Unavailable, "DB-001",
	"Databasen %s svarar inte. Kontrollera adressen och att databasen är igång, och försök igen.")

func openSQLite(path string, opt Options) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	sync := "FULL"
	if opt.Unsafe {
		sync = "OFF"
	}
	q := url.Values{"_time_format": {"sqlite"}, "_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(" + sync + ")", "foreign_keys(1)",
		"cache_size(-65536)", "temp_store(MEMORY)", "mmap_size(1073741824)", "wal_autocheckpoint(4000)",
	}}
	w, err := sql.Open("sqlite", "file:"+path+"?"+q.Encode())
	if err != nil {
		return nil, err
	}
	q.Set("_txlock", "deferred")
	q["_pragma"] = append(q["_pragma"], "query_only(1)")
	r, err := sql.Open("sqlite", "file:"+path+"?"+q.Encode())
	if err != nil {
		w.Close()
		return nil, err
	}
	n := max(4, 2*runtime.NumCPU())
	return &DB{Engine: SQLite, write: w, read: r, path: path, writers: newPool(w, 1), readers: newPool(r, n)}, nil
}

// AppRole is the PostgreSQL role that the program works as: it may add rows to
// posted tables but not change or delete them.
const AppRole = "kontor_app"

func openPostgres(address string, opt Options) (*DB, error) {
	conf, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	conf.RuntimeParams["timezone"] = "UTC"
	conf.RuntimeParams["application_name"] = "kontor"
	// Pages are read by index; the default takes a disk that turns for granted.
	conf.RuntimeParams["random_page_cost"] = "1.1"
	if opt.Unsafe {
		conf.RuntimeParams["synchronous_commit"] = "off"
	}
	var after []stdlib.OptionOpenDB
	if !opt.Owner {
		after = append(after, stdlib.OptionAfterConnect(stepDown))
	}
	d := stdlib.OpenDB(*conf, after...)
	d.SetMaxOpenConns(16)
	d.SetMaxIdleConns(16)
	return &DB{Engine: Postgres, write: d, read: d}, nil
}

// stepDown takes the application role when the schema has made it.
func stepDown(ctx context.Context, c *pgx.Conn) error {
	var may bool
	err := c.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1 AND pg_has_role(rolname, 'MEMBER'))
		AND to_regclass('goose_db_version') IS NOT NULL`, AppRole).Scan(&may)
	if err != nil || !may {
		return err
	}
	_, err = c.Exec(ctx, `SET ROLE `+AppRole)
	return err
}

// Close closes every connection, once; a second call does nothing.
func (d *DB) Close() error {
	if d.closed.Swap(true) {
		return nil
	}
	var errs []error
	for _, p := range []*pool{d.writers, d.readers} {
		if p != nil {
			errs = append(errs, p.close())
		}
	}
	errs = append(errs, d.write.Close())
	if d.read != d.write {
		errs = append(errs, d.read.Close())
	}
	return errors.Join(errs...)
}

// Path is the file of an embedded database, "" for a server.
func (d *DB) Path() string { return d.path }

// Raw gives the write connections to what is older than a transaction:
// migrations, backups and benchmarks that compare with bare SQL.
func (d *DB) Raw() *sql.DB { return d.write }

// Tx is one transaction. Only the door of an operation begins one.
type Tx struct {
	db   *DB
	run  runner
	keep map[string]*sql.Stmt // prepared on this connection; nil where the driver keeps its own
	late *recent              // list statements prepared on it
	save int
}

type runner interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	PrepareContext(context.Context, string) (*sql.Stmt, error)
}

// Memo keeps what was read from this database for as long as it is open. What
// is kept carries a stamp that a row tells, so that nobody uses what is old.
func (t *Tx) Memo() *sync.Map { return &t.db.memo }

// Engine says which database the transaction runs in.
func (t *Tx) Engine() Engine { return t.db.Engine }

// Via carries a transaction. kernel/op.Op is one.
type Via interface {
	context.Context
	SQL() *Tx
}

// Isolation of a writing transaction on PostgreSQL. SQLite has one writer and
// is always serialisable.
type Isolation uint8

const (
	Serial Isolation = iota // the default: invariants may span rows
	Batch                   // read committed: unique keys and row locks guard it
)

const attempts = 12

// Write runs f in a writing transaction and commits it. When the engine says
// that another transaction won, f is run again: it must do nothing outside the
// database.
func (d *DB) Write(ctx context.Context, iso Isolation, f func(*Tx) error) error {
	return d.retry(ctx, func() error {
		if d.Engine == SQLite {
			return d.embedded(ctx, d.writers, "BEGIN IMMEDIATE", f)
		}
		level := sql.LevelSerializable
		if iso == Batch {
			level = sql.LevelReadCommitted
		}
		return d.server(ctx, &sql.TxOptions{Isolation: level}, f)
	})
}

// Read runs f on one snapshot. It can change nothing.
func (d *DB) Read(ctx context.Context, f func(*Tx) error) error {
	return d.retry(ctx, func() error {
		if d.Engine == SQLite {
			return d.embedded(ctx, d.readers, "BEGIN", f)
		}
		return d.server(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, f)
	})
}

func (d *DB) retry(ctx context.Context, f func() error) error {
	for n := 1; ; n++ {
		err := f()
		if err == nil || !lostRace(err) {
			return err
		}
		if n == attempts {
			return busy.Because("after %d attempts: %w", n, err)
		}
		wait := time.Duration(1<<min(n, 8)) * time.Millisecond
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait/2 + rand.N(wait)):
		}
	}
}

var busy = fault.New(fault.Unavailable, "DB-002", "Många arbetar med samma sak just nu. Försök igen om en liten stund.")

func (d *DB) server(ctx context.Context, opt *sql.TxOptions, f func(*Tx) error) error {
	tx, err := d.write.BeginTx(ctx, opt)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	return finish(&Tx{db: d, run: tx}, f, tx.Commit, tx.Rollback)
}

func (d *DB) embedded(ctx context.Context, p *pool, begin string, f func(*Tx) error) error {
	c, err := p.take(ctx)
	if err != nil {
		return err
	}
	defer p.give(c)
	if _, err := c.c.ExecContext(ctx, begin); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	always := context.WithoutCancel(ctx)
	end := func(how string) func() error {
		return func() error {
			_, err := c.c.ExecContext(always, how)
			return err
		}
	}
	rollback := end("ROLLBACK")
	commit := func() error {
		if err := end("COMMIT")(); err != nil {
			return errors.Join(err, rollback())
		}
		return nil
	}
	return finish(&Tx{db: d, run: c.c, keep: c.stmts, late: &c.lists}, f, commit, rollback)
}

// finish runs f and ends the transaction by its outcome, also when f panics.
func finish(t *Tx, f func(*Tx) error, commit, rollback func() error) error {
	done := false
	defer func() {
		if !done {
			_ = rollback()
		}
	}()
	err := f(t)
	done = true
	if err != nil {
		if back := rollback(); back != nil && !errors.Is(back, sql.ErrTxDone) {
			return errors.Join(err, back)
		}
		return err
	}
	return commit()
}

// conn is one connection to the embedded database with what was prepared on it.
type conn struct {
	c     *sql.Conn
	stmts map[string]*sql.Stmt
	lists recent
}

// pool lends connections to the embedded database, one at a time each.
type pool struct {
	from *sql.DB
	free chan *conn
}

func newPool(from *sql.DB, size int) *pool {
	p := &pool{from: from, free: make(chan *conn, size)}
	for range size {
		p.free <- &conn{}
	}
	return p
}

func (p *pool) take(ctx context.Context) (*conn, error) {
	select {
	case c := <-p.free:
		if c.c == nil {
			raw, err := p.from.Conn(context.WithoutCancel(ctx))
			if err != nil {
				p.free <- c
				return nil, err
			}
			c.c, c.stmts = raw, map[string]*sql.Stmt{}
		}
		return c, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *pool) give(c *conn) { p.free <- c }

func (p *pool) close() error {
	var errs []error
	for range cap(p.free) {
		c := <-p.free
		if c.c == nil {
			continue
		}
		for _, s := range c.stmts {
			errs = append(errs, s.Close())
		}
		for _, s := range c.lists.all {
			errs = append(errs, s.stmt.Close())
		}
		errs = append(errs, c.c.Close())
	}
	return errors.Join(errs...)
}

// lostRace reports whether the transaction may succeed if it is run again.
func lostRace(err error) bool {
	var pe *pgconn.PgError
	if errors.As(err, &pe) {
		return pe.Code == "40001" || pe.Code == "40P01"
	}
	var se *sqlite.Error
	if errors.As(err, &se) {
		return se.Code()&0xff == sqlite3.SQLITE_BUSY || se.Code()&0xff == sqlite3.SQLITE_LOCKED
	}
	return false
}

// Duplicate reports whether err says that a unique key is already taken.
func Duplicate(err error) bool {
	var pe *pgconn.PgError
	if errors.As(err, &pe) {
		return pe.Code == "23505"
	}
	var se *sqlite.Error
	return errors.As(err, &se) && (se.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || se.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}

// Savepoint runs f so that its changes alone are undone when it fails. A batch
// of items gives each its own.
func (t *Tx) Savepoint(ctx context.Context, f func() error) error {
	t.save++
	name := fmt.Sprintf("s%d", t.save)
	defer func() { t.save-- }()
	if _, err := t.run.ExecContext(ctx, "SAVEPOINT "+name); err != nil {
		return err
	}
	if err := f(); err != nil {
		if lostRace(err) {
			return err // the whole transaction is run again
		}
		_, back := t.run.ExecContext(ctx, "ROLLBACK TO SAVEPOINT "+name)
		_, rel := t.run.ExecContext(ctx, "RELEASE SAVEPOINT "+name)
		return errors.Join(err, back, rel)
	}
	_, err := t.run.ExecContext(ctx, "RELEASE SAVEPOINT "+name)
	return err
}

// stmtsMax bounds what is kept prepared on a connection: declared statements
// are some hundreds, list statements vary with the scope and are not kept.
const stmtsMax = 2000

// prepared returns the statement kept on this connection, or nil where the
// driver keeps its own.
func (t *Tx) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	if s, ok := t.keep[text]; ok {
		return s, nil
	}
	s, err := t.run.PrepareContext(context.WithoutCancel(ctx), text)
	if err == nil && len(t.keep) < stmtsMax {
		t.keep[text] = s
	}
	return s, err
}

func redact(address string) string {
	if u, err := url.Parse(address); err == nil && u.User != nil {
		return u.Redacted()
	}
	return address
}
