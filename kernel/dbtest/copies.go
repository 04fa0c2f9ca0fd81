package dbtest

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"kontor/kernel/db"
)

// Copies closes a database that a test has filled and returns what makes copies
// of it, as many as are wanted. Each is thrown away when the test that wanted it
// ends.
func Copies(t testing.TB, d *db.DB) (another func(t testing.TB) (address string)) {
	t.Helper()
	if d.Engine == db.SQLite {
		return copiesOfFile(t, d)
	}
	return copiesOnServer(t, d)
}

func copiesOfFile(t testing.TB, d *db.DB) func(t testing.TB) string {
	t.Helper()
	if _, err := d.Raw().Exec(`PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(d.Path())
	if err != nil {
		t.Fatal(err)
	}
	d.Close()
	return func(t testing.TB) string {
		to := filepath.Join(t.TempDir(), "kontor.db")
		if err := os.WriteFile(to, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return to
	}
}

func copiesOnServer(t testing.TB, d *db.DB) func(t testing.TB) string {
	t.Helper()
	server := Server(t)
	var name string
	if err := d.Raw().QueryRow(`SELECT current_database()`).Scan(&name); err != nil {
		t.Fatal(err)
	}
	d.Close() // a database that somebody uses cannot be copied
	return func(t testing.TB) string {
		admin, err := sql.Open("pgx", server)
		if err != nil {
			t.Fatal(err)
		}
		to := fmt.Sprintf("%s_k%d", name, serial.Add(1))
		t.Cleanup(func() {
			if _, err := admin.Exec("DROP DATABASE IF EXISTS " + to + " WITH (FORCE)"); err != nil {
				t.Error(err)
			}
			admin.Close()
		})
		if _, err := admin.Exec("CREATE DATABASE " + to + " TEMPLATE " + name); err != nil {
			t.Fatal(err)
		}
		return Named(server, to)
	}
}
