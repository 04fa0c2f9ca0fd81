package db

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gofrs/flock"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"kontor/schema"
)

// Placement says where the rows of a table live when the schema is spread over
// several machines.
type Placement string

const (
	Distributed Placement = "distributed" // by client
	Reference   Placement = "reference"   // whole on every machine
	Local       Placement = "local"       // on the coordinating machine only
)

// Table is a line of the manifest.
type Table struct {
	Name      string
	Placement Placement
	Immutable bool
}

// Manifest lists every table of the schema by name.
func Manifest() ([]Table, error) {
	by := map[string]*Table{}
	err := changes(func(_ int64, _, text string) error {
		s := bufio.NewScanner(strings.NewReader(text))
		for s.Scan() {
			switch f := strings.Fields(s.Text()); {
			case len(f) == 4 && f[1] == "kontor:table":
				by[f[2]] = &Table{Name: f[2], Placement: Placement(f[3])}
			case len(f) == 3 && f[1] == "kontor:immutable":
				if by[f[2]] == nil {
					return fmt.Errorf("schema: %s is made immutable before it is a table", f[2])
				}
				by[f[2]].Immutable = true
			}
		}
		return s.Err()
	})
	var all []Table
	for _, t := range by {
		all = append(all, *t)
	}
	slices.SortFunc(all, func(a, b Table) int { return strings.Compare(a.Name, b.Name) })
	return all, err
}

// changes visits the schema's files in order.
func changes(visit func(version int64, name, text string) error) error {
	names, err := fs.Glob(schema.Files, "[0-9]*.sql")
	if err != nil {
		return err
	}
	slices.Sort(names)
	for _, name := range names {
		number, _, _ := strings.Cut(path.Base(name), "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return fmt.Errorf("schema: %s has no number: %w", name, err)
		}
		text, err := fs.ReadFile(schema.Files, name)
		if err != nil {
			return err
		}
		if err := visit(version, name, string(text)); err != nil {
			return err
		}
	}
	return nil
}

// Migrate brings the schema up to date and returns how many changes were made.
// Two programs that start at once do not collide.
func (d *DB) Migrate(ctx context.Context) (int, error) {
	if d.path != "" {
		lock := flock.New(d.path + ".migrate")
		if err := lock.Lock(); err != nil {
			return 0, err
		}
		defer lock.Unlock() //nolint:errcheck // the lock ends with the process anyway
	}
	var list []*goose.Migration
	err := changes(func(version int64, _, text string) error {
		up := func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, d.dialect(text))
			return err
		}
		list = append(list, goose.NewGoMigration(version, &goose.GoFunc{RunTx: up}, nil))
		return nil
	})
	if err != nil {
		return 0, err
	}
	dialect := goose.DialectSQLite3
	if d.Engine == Postgres {
		dialect = goose.DialectPostgres
	}
	p, err := goose.NewProvider(dialect, d.write, nil, goose.WithGoMigrations(list...), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return 0, err
	}
	done, err := p.Up(ctx)
	if err != nil {
		return len(done), fmt.Errorf("migrate: %w", err)
	}
	if d.Engine == Postgres {
		err = d.grant(ctx)
	}
	return len(done), err
}

// Version is the number of the last change made.
func (d *DB) Version(ctx context.Context) (int64, error) {
	var v sql.NullInt64
	err := d.write.QueryRowContext(ctx, `SELECT max(version_id) FROM goose_db_version`).Scan(&v)
	return v.Int64, err
}

var (
	bytesWord = regexp.MustCompile(`\bBYTES\b`)
	immutable = regexp.MustCompile(`(?m)^-- kontor:immutable (\w+)$`)
	deny      = regexp.MustCompile(`(?m)^-- kontor:deny (\w+) (\w+) (.+)$`)
)

// dialect turns a change into what the engine understands.
func (d *DB) dialect(text string) string {
	word, refuse := "BLOB", `
CREATE TRIGGER $1_kept_update BEFORE UPDATE ON $1 BEGIN SELECT RAISE(ABORT, '$1 is immutable'); END;
CREATE TRIGGER $1_kept_delete BEFORE DELETE ON $1 BEGIN SELECT RAISE(ABORT, '$1 is immutable'); END;`
	if d.Engine == Postgres {
		word, refuse = "BYTEA", `
CREATE TRIGGER ${1}_kept BEFORE UPDATE OR DELETE ON $1 FOR EACH STATEMENT EXECUTE FUNCTION kontor_refuse();`
		text = strings.Replace(text, "-- kontor:refuse", `
CREATE FUNCTION kontor_refuse() RETURNS trigger LANGUAGE plpgsql AS $f$
BEGIN RAISE EXCEPTION '% is immutable', TG_TABLE_NAME; END $f$;`, 1)
	} else {
		refuse = strings.ReplaceAll(refuse, "$1", "${1}")
	}
	guard := `
CREATE TRIGGER $2 BEFORE INSERT ON $1 WHEN $3 BEGIN SELECT RAISE(ABORT, '$2'); END;`
	if d.Engine == Postgres { // whose WHEN takes no subquery
		guard = `
CREATE FUNCTION ${2}() RETURNS trigger LANGUAGE plpgsql AS $$f$$
BEGIN IF $3 THEN RAISE EXCEPTION '$2'; END IF; RETURN NEW; END $$f$$;
CREATE TRIGGER $2 BEFORE INSERT ON $1 FOR EACH ROW EXECUTE FUNCTION ${2}();`
	}
	text = deny.ReplaceAllString(text, guard)
	return immutable.ReplaceAllString(bytesWord.ReplaceAllString(text, word), refuse)
}

// Denied reports whether err says that the schema's guard of the given name
// refused a row; see the directives of package schema.
func Denied(err error, name string) bool {
	var pe *pgconn.PgError
	if errors.As(err, &pe) {
		return pe.Code == "P0001" && pe.Message == name
	}
	var se *sqlite.Error
	return errors.As(err, &se) && se.Code() == sqlite3.SQLITE_CONSTRAINT_TRIGGER && strings.Contains(se.Error(), ": "+name+" (")
}

// grant gives the application role what it needs and no more. Where the owner
// may not make roles, the triggers alone hold.
func (d *DB) grant(ctx context.Context) error {
	_, err := d.write.ExecContext(ctx, `DO $$ BEGIN
		IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '`+AppRole+`') THEN
			CREATE ROLE `+AppRole+` NOLOGIN;
		END IF;
		EXECUTE 'GRANT `+AppRole+` TO ' || quote_ident(current_user);
	EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN NULL; END $$`)
	if err != nil {
		return err
	}
	var exists bool
	err = d.write.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1)`, AppRole).Scan(&exists)
	if err != nil || !exists {
		return err
	}
	tables, err := Manifest()
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "GRANT USAGE ON SCHEMA public TO %s; GRANT SELECT ON goose_db_version TO %[1]s;", AppRole)
	for _, t := range tables {
		rights := "SELECT, INSERT, UPDATE, DELETE"
		if t.Immutable {
			rights = "SELECT, INSERT"
		}
		fmt.Fprintf(&b, "REVOKE ALL ON %s FROM %s; GRANT %s ON %[1]s TO %[2]s;", t.Name, AppRole, rights)
	}
	_, err = d.write.ExecContext(ctx, b.String())
	return err
}
