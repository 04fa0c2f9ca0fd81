package dbtest

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// State is what named queries find, each as sorted lines: what two databases are
// compared by. The queries name things as people do, by no identity and no time.
func State(t testing.TB, d *sql.DB, queries map[string]string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for name, text := range queries {
		rows, err := d.Query(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		cols, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			vals, to := make([]any, len(cols)), make([]any, len(cols))
			for i := range vals {
				to[i] = &vals[i]
			}
			if err := rows.Scan(to...); err != nil {
				t.Fatal(err)
			}
			all[name] = append(all[name], strings.TrimSpace(fmt.Sprintln(vals...)))
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		slices.Sort(all[name])
	}
	return all
}

// Says fails the test for each word that no line of a part of the state says, so
// that a comparison of states compares something.
func Says(t testing.TB, state, words map[string][]string) {
	t.Helper()
	for name, all := range words {
		for _, w := range all {
			if !slices.ContainsFunc(state[name], func(line string) bool { return strings.Contains(line, w) }) {
				t.Errorf("no row of %s says %s: %.300q", name, w, state[name])
			}
		}
	}
}
