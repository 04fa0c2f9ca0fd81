// Package dbtest opens an empty database with the real schema for a test, on
// both engines.
//
// # What always holds
//
// SQLite is always tested. PostgreSQL is tested when KONTOR_TEST_PG holds the
// address of a server whose owner may make databases; without it the test is
// skipped with a message, and with CI=true it fails.
//
// # Not here
//
// Starting the server: scripts/postgres.sh, called by make test.
package dbtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/schema"
)

// Each runs f on both engines, as two subtests.
func Each(t *testing.T, f func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { f(t, Postgres(t)) })
}

var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "kontor-template")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "t.db")
	d, err := db.Open(context.Background(), path, db.Options{Unsafe: true})
	if err != nil {
		return nil, err
	}
	if _, err = d.Migrate(context.Background()); err == nil {
		_, err = d.Raw().Exec(`PRAGMA wal_checkpoint(TRUNCATE)`)
	}
	if err := errorsFirst(err, d.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// SQLite returns an embedded database that is thrown away when the test ends.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	template, err := sqliteTemplate()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "kontor.db")
	if err := os.WriteFile(path, template, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

func open(t testing.TB, address string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), address, db.Options{Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

var serial atomic.Int64

// Postgres returns a database of its own on the test server.
func Postgres(t testing.TB) *db.DB {
	t.Helper()
	server := Server(t)
	template, err := postgresTemplate(server)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("kontor_%d_%d", os.Getpid(), serial.Add(1))
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
		admin.Close()
	})
	if _, err := admin.Exec("CREATE DATABASE " + name + " TEMPLATE " + template); err != nil {
		t.Fatal(err)
	}
	return open(t, Named(server, name))
}

// Server is the address of the test server. The test is skipped without one.
func Server(t testing.TB) string {
	t.Helper()
	server := os.Getenv("KONTOR_TEST_PG")
	if server == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("KONTOR_TEST_PG is not set: PostgreSQL was left out")
		}
		t.Skip("KONTOR_TEST_PG is not set: PostgreSQL is left out")
	}
	return server
}

// Named is the address of another database on the same server.
func Named(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		return server
	}
	u.Path = "/" + name
	return u.String()
}

var (
	templateOnce sync.Mutex
	templateName string
)

// postgresTemplate makes, once for each state of the schema, a database that
// the tests' databases are copies of.
func postgresTemplate(server string) (string, error) {
	templateOnce.Lock()
	defer templateOnce.Unlock()
	if templateName != "" {
		return templateName, nil
	}
	sum, err := schemaSum()
	if err != nil {
		return "", err
	}
	name := "kontor_template_" + sum
	admin, err := sql.Open("pgx", server)
	if err != nil {
		return "", err
	}
	defer admin.Close()
	ctx := context.Background()
	conn, err := admin.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	// Test programs of several packages run at once: one makes the template.
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock(776541)`); err != nil {
		return "", err
	}
	defer conn.ExecContext(ctx, `SELECT pg_advisory_unlock(776541)`) //nolint:errcheck // ends with the connection
	var exists bool
	err = conn.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)`, name).Scan(&exists)
	if err != nil || exists {
		templateName = name
		return name, err
	}
	if _, err := conn.ExecContext(ctx, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	d, err := db.Open(ctx, Named(server, name), db.Options{Owner: true})
	if err != nil {
		return "", err
	}
	_, err = d.Migrate(ctx)
	if err = errorsFirst(err, d.Close()); err != nil {
		conn.ExecContext(ctx, "DROP DATABASE "+name) //nolint:errcheck // the first error is told
		return "", err
	}
	templateName = name
	return name, nil
}

func schemaSum() (string, error) {
	names, err := fs.Glob(schema.Files, "*.sql")
	if err != nil {
		return "", err
	}
	h := sha256.New()
	for _, n := range names {
		b, err := fs.ReadFile(schema.Files, n)
		if err != nil {
			return "", err
		}
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil))[:12], nil
}

func errorsFirst(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// Day is a day as a test writes it: "2026-11-25"; "" is none.
func Day(s string) period.Date {
	if s == "" {
		return 0
	}
	d, err := period.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Noon is a working day, Wednesday 25 November 2026 at 08.12 in Stockholm.
var Noon = time.Date(2026, 11, 25, 7, 12, 0, 0, time.UTC)

// Clock is a clock that the test turns.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// Now is the time that the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Set turns the clock.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// Pass moves the clock forward.
func (c *Clock) Pass(d time.Duration) { c.Set(c.Now().Add(d)) }

// Door returns a door to d whose clock stands at Noon until the test turns it.
func Door(d *db.DB) (*op.Door, *Clock) {
	c := &Clock{at: Noon}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	return &op.Door{DB: d, IDs: id.NewSource(serial.Add(1)), Log: log, Now: c.Now}, c
}

// Do runs f as one writing operation and fails the test when it fails.
func Do(t testing.TB, d *op.Door, a op.Actor, f func(o *op.Op) error) {
	t.Helper()
	if err := d.Do(context.Background(), a, f); err != nil {
		t.Fatal(err)
	}
}

// Actor may do the given things for every client.
func Actor(name string, permissions ...op.Permission) op.Actor {
	a := op.Actor{ID: op.PersonID(1_000_000 + serial.Add(1)), Name: name, Kind: op.Person, Language: "sv",
		Clearance: op.Secret, Grants: map[op.Permission]op.Scope{}}
	for _, p := range permissions {
		a.Grants[p] = op.Scope{All: true}
	}
	return a
}

// At narrows everything the actor may do to the given clients.
func At(a op.Actor, clients ...op.ClientID) op.Actor {
	g := map[op.Permission]op.Scope{}
	for p := range a.Grants {
		g[p] = op.Scope{Clients: clients}.Join(op.Scope{})
	}
	a.Grants = g
	return a
}
