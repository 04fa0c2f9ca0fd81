package db

import (
	"context"
	"database/sql"
)

// recentMax is how many list statements are kept prepared on one connection of
// the embedded database. A list over many clients is a statement of many parts,
// which costs more to prepare than to run; people come back to the same few.
const recentMax = 32

// recent is what was prepared last, newest first. Unlike declared statements,
// those of lists vary with scope and filter without end.
type recent struct{ all []prepared }

type prepared struct {
	text string
	stmt *sql.Stmt
}

// take returns the statement with the text and makes it the newest.
func (r *recent) take(text string) *sql.Stmt {
	for i, p := range r.all {
		if p.text == text {
			copy(r.all[1:i+1], r.all[:i])
			r.all[0] = p
			return p.stmt
		}
	}
	return nil
}

// put adds a statement and closes the one that was not used for longest, which
// no open rows can belong to.
func (r *recent) put(text string, s *sql.Stmt) error {
	var err error
	if len(r.all) == recentMax {
		err = r.all[recentMax-1].stmt.Close()
		r.all = r.all[:recentMax-1]
	}
	r.all = append(r.all, prepared{})
	copy(r.all[1:], r.all)
	r.all[0] = prepared{text, s}
	return err
}

func (t *Tx) queryList(ctx context.Context, text string, args []any) (*sql.Rows, error) {
	if t.late == nil {
		return t.run.QueryContext(ctx, text, args...)
	}
	s := t.late.take(text)
	if s == nil {
		var err error
		if s, err = t.run.PrepareContext(context.WithoutCancel(ctx), text); err != nil {
			return nil, err
		}
		if err := t.late.put(text, s); err != nil {
			return nil, err
		}
	}
	return s.QueryContext(ctx, args...)
}
