package dbtest

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/kernel/db"
)

// Written is a table with the rows that something has led to.
type Written struct {
	Table string
	Where string // "" for all rows
}

// Bare writes the rows that something has led to in one database into another,
// with statements of many rows, in so many transactions, and nothing else: what
// a benchmark holds its own time against. It returns how long the writing took.
func Bare(b testing.TB, from, to *db.DB, transactions int, tables ...Written) time.Duration {
	b.Helper()
	ctx := context.Background()
	texts, rows := make([]string, len(tables)), make([][][]any, len(tables))
	for i, t := range tables {
		texts[i], rows[i] = rowsOf(b, from.Raw(), t)
	}
	began := time.Now()
	for part := range transactions {
		tx, err := to.Raw().BeginTx(ctx, nil)
		if err != nil {
			b.Fatal(err)
		}
		for i := range tables {
			all := rows[i]
			if err := insert(ctx, tx, to.Engine == db.Postgres, texts[i], all[len(all)*part/transactions:len(all)*(part+1)/transactions]); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(began)
}

// rowsOf reads a table and the beginning of a statement that writes it.
func rowsOf(b testing.TB, d *sql.DB, t Written) (text string, all [][]any) {
	query := "SELECT " + "* FROM " + t.Table
	if t.Where != "" {
		query += " WHERE " + t.Where
	}
	found, err := d.Query(query)
	if err != nil {
		b.Fatal(err)
	}
	defer found.Close()
	cols, err := found.Columns()
	if err != nil {
		b.Fatal(err)
	}
	for found.Next() {
		row, to := make([]any, len(cols)), make([]any, len(cols))
		for i := range row {
			to[i] = &row[i]
		}
		if err := found.Scan(to...); err != nil {
			b.Fatal(err)
		}
		all = append(all, row)
	}
	return "INSERT INTO " + t.Table + " (" + strings.Join(cols, ", ") + ") VALUES ", all
}

// insert writes rows, some at a time.
func insert(ctx context.Context, tx *sql.Tx, numbered bool, text string, rows [][]any) error {
	const most = 64
	for part := range slices.Chunk(rows, most) {
		var all strings.Builder
		all.WriteString(text)
		var args []any
		for i, r := range part {
			if i > 0 {
				all.WriteByte(',')
			}
			for j := range r {
				all.WriteByte("(,"[min(j, 1)])
				if args = append(args, r[j]); numbered {
					fmt.Fprintf(&all, "$%d", len(args))
				} else {
					all.WriteByte('?')
				}
			}
			all.WriteByte(')')
		}
		if _, err := tx.ExecContext(ctx, all.String(), args...); err != nil {
			return err
		}
	}
	return nil
}
