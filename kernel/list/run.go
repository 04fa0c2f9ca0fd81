package list

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"time"

	"kontor/kernel/id"
	"kontor/kernel/op"
)

// Row is one row of a page. Values stand in the order of the columns: int64,
// string, bool, time.Time or nil.
type Row struct {
	Client  op.ClientID
	ID      int64
	Version int64
	Values  []any
}

// Key is the short text of the row's identity.
func (r Row) Key() string { return id.Text(r.ID) }

// Value is what a row has in a column; nil where the list has no such column.
func (s *Spec) Value(r Row, key string) any {
	i := slices.IndexFunc(s.Columns, func(c Column) bool { return c.Key == key })
	if i < 0 {
		return nil
	}
	return r.Values[i]
}

// Page is a part of a list.
type Page struct {
	Spec   *Spec
	Query  Query
	Rows   []Row
	First  string // cursor of the first row: read from it in the other order, the rows before come
	Next   string // cursor of the page after; "" when this is the last
	Count  int64  // −1 when it was not asked for
	More   bool   // there are more than Count: no more than CountMax rows were looked at
	Totals []int64
}

// Run reads one page as the actor of o may see it.
func (s *Spec) Run(o *op.Op, q Query) (Page, error) {
	page := Page{Spec: s, Query: q, Count: -1}
	if q.Limit == 0 {
		q.Limit = 50
	}
	p, err := s.resolve(o, q)
	if err != nil {
		return page, err
	}
	if err := p.look(o); err != nil {
		return page, err
	}
	if err := p.read(o, &page); err != nil || q.NoCount {
		return page, err
	}
	return page, p.sums(o, &page)
}

func (p *plan) read(o *op.Op, page *Page) error {
	var last cursor
	text, args := p.page()
	err := o.SQL().Rows(o, text, args, func(vals []any) error {
		if len(page.Rows) == p.limit {
			page.Next = last.text()
			return nil
		}
		last = cursor{sortText(plain(vals[2], p.sort.Kind), p.sort.Kind), vals[0].(int64), vals[1].(int64)}
		if len(page.Rows) == 0 {
			page.First = last.text()
		}
		r := Row{Client: op.ClientID(last.Client), ID: last.ID, Version: vals[3].(int64), Values: make([]any, len(p.spec.Columns))}
		for i, c := range p.spec.Columns {
			r.Values[i] = plain(vals[4+i], c.Kind)
		}
		page.Rows = append(page.Rows, r)
		return nil
	})
	return err
}

// Rows reads single rows by identity, LimitMax at most, in the order of the list.
// Those that the actor of o may not see are left out.
func (s *Spec) Rows(o *op.Op, ids ...int64) ([]Row, error) {
	p, err := s.resolve(o, Query{View: NoView, Limit: LimitMax})
	if err != nil || len(ids) == 0 || len(p.clients()) == 0 {
		return nil, err
	}
	values := make([]any, len(ids))
	for i, n := range ids {
		values[i] = n
	}
	p.short = &drive{ranges: [][]cond{{in("id", values)}}}
	var page Page
	err = p.read(o, &page)
	return page.Rows, err
}

// plain makes the drivers' values alike.
func plain(v any, k Kind) any {
	switch x := v.(type) {
	case []byte:
		return string(x)
	case int32:
		return int64(x)
	case time.Time:
		return x.UTC()
	case int64:
		if k == Yes {
			return x != 0
		}
	case string:
		if k == Date || k == Promise || k == Time {
			for _, layout := range []string{time.DateOnly, "2006-01-02 15:04:05.999999999-07:00", time.RFC3339Nano} {
				if t, err := time.Parse(layout, x); err == nil {
					return t.UTC()
				}
			}
		}
	}
	return v
}

// Link is where a row leads: the spec's Open with the row's identity, its
// client and the values of its columns in place of their keys. It is "" when
// the row leads nowhere.
func (s *Spec) Link(r Row) string {
	if s.Open == "" {
		return ""
	}
	return openKey.ReplaceAllStringFunc(s.Open, func(mark string) string {
		switch key := mark[1 : len(mark)-1]; key {
		case "id":
			return r.Key()
		case "client":
			return r.Client.String()
		default:
			return url.PathEscape(s.text(r, key))
		}
	})
}

var openKey = regexp.MustCompile(`\{[a-z_.]+\}`)

func (s *Spec) text(r Row, key string) string {
	i := slices.IndexFunc(s.Columns, func(c Column) bool { return c.Key == key })
	if i < 0 || i >= len(r.Values) {
		return ""
	}
	if n, ok := r.Values[i].(int64); ok && s.Columns[i].Kind == ID {
		return id.Text(n)
	}
	return fmt.Sprint(r.Values[i])
}

// known asks the rollup, which knows nothing of searches and clearances.
func (p *plan) known(o *op.Op) (Known, error) {
	if p.spec.Rollup == nil || p.words || p.spec.Secrecy != "" {
		return Known{Count: -1}, nil
	}
	s := p.scope
	s.All = false
	return p.spec.Rollup(o, s, p.given)
}

func (p *plan) sums(o *op.Op, page *Page) error {
	known, err := p.known(o)
	if err != nil {
		return err
	}
	if page.Totals = known.Totals; known.Count >= 0 {
		page.Count = known.Count
		return nil
	}
	return p.count(o, page)
}

// count counts the rows and sums the totals, unless a rollup has told them.
func (p *plan) count(o *op.Op, page *Page) error {
	text, args := p.tally()
	return o.SQL().Rows(o, text, args, func(vals []any) error {
		seen := vals[0].(int64)
		if page.Count = vals[1].(int64); seen > int64(p.most) {
			page.Count, page.More = min(page.Count, int64(p.most)), true
			return nil
		}
		if page.Totals != nil {
			return nil
		}
		for _, v := range vals[2:] {
			page.Totals = append(page.Totals, v.(int64))
		}
		return nil
	})
}

// Each hands every row of the list to f, page by page, for exports.
func (s *Spec) Each(o *op.Op, q Query, f func(Row) error) error {
	q.Limit, q.NoCount, q.After = LimitMax, true, ""
	for {
		page, err := s.Run(o, q)
		if err != nil {
			return err
		}
		for _, r := range page.Rows {
			if err := f(r); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		q.After = page.Next
	}
}

// Count tells how many rows there are, at most as many as are counted one by one,
// and whether there are more.
func (s *Spec) Count(o *op.Op, q Query) (n int64, more bool, err error) {
	q.Limit = 1
	p, err := s.resolve(o, q)
	if err != nil {
		return 0, false, err
	}
	var page Page
	if err := p.look(o); err != nil {
		return 0, false, err
	}
	err = p.count(o, &page)
	return page.Count, page.More, err
}

// Statement returns the page's statement as it is run for the actor of o, for
// the test that looks at the engine's plan.
func (s *Spec) Statement(o *op.Op, q Query) (string, []any, error) {
	p, err := s.resolve(o, q)
	if err != nil {
		return "", nil, err
	}
	if err := p.look(o); err != nil {
		return "", nil, err
	}
	text, args := p.page()
	return text, args, nil
}
