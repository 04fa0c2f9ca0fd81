package list

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// plan is a query resolved against the spec: which index is walked, with which
// single values in front, what else must hold.
type plan struct {
	spec   *Spec
	sort   Column
	column string // of From, that the sort column is
	desc   bool
	lead   []string // columns filtered to single values in front of the index
	values [][]any  // of lead, one slice a combination
	rest   []cond
	scope  op.Scope
	after  *cursor
	limit  int
	most   int                 // rows to count one by one
	given  map[string][]string // filters of view and query
	words  bool                // the user searches

	every    []cond  // all that must hold, that of lead too
	bounds   []cond  // of filters on one column: at least, at most, begins with
	sought   []cond  // the search, one for each column
	possible []drive // what indexes hold of the filters and the search
	outside  bool    // some filter does not follow from the order that is walked
	short    *drive  // with few rows, which are fetched; nil when there is none
}

type cond struct {
	sql    string // with one %s for each argument
	args   []any
	column string // that it bounds, "" for none
}

// cursor is the last row of the page before.
type cursor struct {
	Sort   any
	Client int64
	ID     int64
}

// resolve holds the query against the spec.
func (s *Spec) resolve(o *op.Op, q Query) (*plan, error) {
	if err := o.Need(s.Need); err != nil {
		return nil, err
	}
	p := &plan{spec: s, scope: o.Actor.Grants[s.Need], limit: min(max(q.Limit, 1), LimitMax), most: cmp.Or(q.Most, CountMax)}
	if p.scope.All && !s.Global {
		var err error
		if p.scope.Clients, err = everyClient.All(o); err != nil {
			return nil, err
		}
	}
	if err := p.order(q); err != nil {
		return nil, err
	}
	singles, err := p.conditions(o, q)
	if err != nil {
		return nil, err
	}
	p.remember(singles)
	if err := p.choose(singles); err != nil {
		return nil, err
	}
	if q.After != "" {
		if p.after, err = readCursor(q.After, p.sort.Kind); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// everyClient is the scope of those who may see all.
var everyClient = db.Select[op.ClientID](`SELECT id FROM client ORDER BY id`)

func (p *plan) order(q Query) error {
	key := q.Sort
	if key == "" {
		key = p.spec.ViewOf(q.View).Sort
	}
	if key == "" {
		key = p.spec.Order
	}
	key, p.desc = strings.CutPrefix(key, "-")
	c, ok := p.spec.Column(key)
	if !ok || !c.Sort {
		return errColumn.Because("%s: sort %q", p.spec.Name, q.Sort)
	}
	p.sort, p.column = c, strings.TrimPrefix(c.Expr, "t.")
	return nil
}

// conditions turns view, filters and search into conditions, and returns those
// that hold a column to single values.
func (p *plan) conditions(o *op.Op, q Query) (map[string][]any, error) {
	singles := map[string][]any{}
	given := map[string][]string{}
	for k, v := range p.spec.ViewOf(q.View).Filter {
		given[k] = v
	}
	for k, v := range q.Filters {
		given[k] = v
	}
	p.given = given
	for _, k := range sortedKeys(given) {
		f, ok := p.spec.filter(k)
		if !ok {
			return nil, errFilter.Because("%s: filter %q", p.spec.Name, k)
		}
		values, err := f.values(o, given[k])
		if err != nil {
			return nil, err
		}
		if len(values) == 0 {
			continue
		}
		switch f.Match {
		case From:
			p.bounds = append(p.bounds, cond{f.Column + " >= %s", values[:1], f.Column})
		case To:
			p.bounds = append(p.bounds, cond{f.Column + " <= %s", values[:1], f.Column})
		case Prefix:
			p.bounds = append(p.bounds, prefix(f.Column, fmt.Sprint(values[0])))
		default:
			if f.Column == "client" {
				p.narrow(values)
				continue
			}
			singles[f.Column] = values
		}
	}
	p.rest = append(p.rest, p.bounds...)
	p.search(q.Search)
	if s := p.spec.Secrecy; s != "" {
		p.rest = append(p.rest, cond{sql: s + " <= %s", args: []any{int64(o.Actor.Clearance)}})
	}
	if u := p.spec.Unit; u != "" && p.scope.Units != nil {
		units := make([]any, len(p.scope.Units))
		for i, v := range p.scope.Units {
			units[i] = int64(v)
		}
		p.rest = append(p.rest, in(u, units))
	}
	return singles, nil
}

// search looks for the words from the beginning of the search columns.
func (p *plan) search(words string) {
	words = strings.TrimSpace(words)
	if words == "" || len(p.spec.Search) == 0 {
		return
	}
	var any1 []string
	var args []any
	for _, s := range p.spec.Search {
		w := words
		if s.Fold != nil {
			w = s.Fold(w)
		}
		if w == "" {
			continue
		}
		c := prefix(s.Column, w)
		any1, args = append(any1, c.sql), append(args, c.args...)
		p.sought = append(p.sought, c)
	}
	if p.words = any1 != nil; p.words {
		p.rest = append(p.rest, cond{sql: "(" + strings.Join(any1, " OR ") + ")", args: args})
	}
}

// prefix is a range, which an index serves on both engines.
func prefix(column, from string) cond {
	return cond{"(" + column + " >= %s AND " + column + " < %s)", []any{from, from + "\U0010FFFF"}, column}
}

func in(column string, values []any) cond {
	if len(values) == 0 {
		return cond{sql: "1 = 0"}
	}
	return cond{sql: column + " IN (" + strings.TrimSuffix(strings.Repeat("%s, ", len(values)), ", ") + ")", args: values}
}

// narrow keeps only those clients of the scope that were asked for.
func (p *plan) narrow(values []any) {
	var keep []op.ClientID
	for _, v := range values {
		c := op.ClientID(v.(int64))
		if slices.Contains(p.scope.Clients, c) {
			keep = append(keep, c)
		}
	}
	slices.Sort(keep)
	p.scope.Clients = slices.Compact(keep)
}

const branchesMax = 400 // SQLite takes at most 500 parts of a compound query

// choose picks the index: the one with the most columns in front that are held
// to single values and then the sort column.
func (p *plan) choose(singles map[string][]any) error {
	best := -1
	for i, ix := range p.spec.Indexes {
		at := slices.Index(ix, p.column)
		if at < 0 {
			continue
		}
		served, combos := true, max(1, len(p.scope.Clients))
		for _, c := range ix[:at] {
			served = served && len(singles[c]) > 0
			combos *= max(1, len(singles[c]))
		}
		if served && combos <= branchesMax && (best < 0 || at > slices.Index(p.spec.Indexes[best], p.column)) {
			best = i
		}
	}
	if best < 0 && p.column != "id" {
		return errColumn.Because("%s: no index serves %s", p.spec.Name, p.column)
	}
	if best >= 0 {
		ix := p.spec.Indexes[best]
		p.lead = ix[:slices.Index(ix, p.column)]
	}
	p.values = [][]any{nil}
	for _, c := range p.lead {
		var next [][]any
		for _, v := range p.values {
			for _, x := range singles[c] {
				next = append(next, append(slices.Clone(v), x))
			}
		}
		p.values = next
		delete(singles, c)
	}
	p.outside = p.words || len(singles) > 0 || slices.ContainsFunc(p.bounds, func(c cond) bool { return c.column != p.column })
	for _, c := range sortedKeys(singles) {
		p.rest = append(p.rest, in(c, singles[c]))
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// values reads the texts of a filter.
func (f Filter) values(o *op.Op, texts []string) ([]any, error) {
	var all []any
	for _, s := range texts {
		s = strings.TrimSpace(s)
		switch s {
		case "":
			continue
		case "@me":
			all = append(all, int64(o.Actor.ID))
			continue
		case "@today":
			all = append(all, period.DateOf(o.Now))
			continue
		}
		v, err := f.value(s)
		if err != nil {
			return nil, errFilter.Because("%s=%q: %w", f.Key, s, err)
		}
		all = append(all, v)
	}
	return all, nil
}

func (f Filter) value(s string) (any, error) {
	switch f.Kind {
	case ID: // a short text may consist of digits alone
		if n, err := id.ParseText(s); err == nil {
			return n, nil
		}
		return strconv.ParseInt(s, 10, 64)
	case Whole:
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return n, nil
		}
		return id.ParseText(s) // identities are written as short texts
	case Money:
		a, err := money.Parse(s)
		return int64(a), err
	case Date, Promise:
		d, err := period.ParseDate(s)
		return d, err
	case Time:
		d, err := period.ParseDate(s)
		if err != nil {
			return nil, err
		}
		if f.Match == To {
			d++
		}
		return d.Start(), nil
	case Yes:
		return s == "true" || s == "1", nil
	default:
		return s, nil
	}
}

func (c cursor) text() string {
	b, err := json.Marshal([]any{c.Sort, strconv.FormatInt(c.Client, 10), strconv.FormatInt(c.ID, 10)})
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func readCursor(text string, k Kind) (*cursor, error) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil, errCursor.Because("%w", err)
	}
	var raw [3]string
	if err := json.Unmarshal(b, &raw); err != nil {
		return nil, errCursor.Because("%w", err)
	}
	client, err1 := strconv.ParseInt(raw[1], 10, 64)
	row, err2 := strconv.ParseInt(raw[2], 10, 64)
	at, err3 := sortValue(raw[0], k)
	if err1 != nil || err2 != nil || err3 != nil {
		return nil, errCursor.Because("%s", b)
	}
	return &cursor{at, client, row}, nil
}

// sortValue turns a cursor's text back into what the column holds.
func sortValue(s string, k Kind) (any, error) {
	switch k {
	case Whole, Money, Yes, ID:
		return strconv.ParseInt(s, 10, 64)
	case Date, Promise:
		return period.ParseDate(s)
	case Time:
		return time.Parse(time.RFC3339Nano, s)
	default:
		return s, nil
	}
}

// sortText is a sort value as a cursor's text.
func sortText(v any, k Kind) string {
	switch v := v.(type) {
	case time.Time:
		if k == Date || k == Promise {
			return v.Format(time.DateOnly)
		}
		return v.UTC().Format(time.RFC3339Nano)
	case []byte:
		return string(v)
	default:
		return fmt.Sprint(v)
	}
}

// writer puts a statement together and numbers its arguments.
type writer struct {
	strings.Builder
	args []any
}

func (w *writer) arg(v any) string {
	w.args = append(w.args, v)
	return "$" + strconv.Itoa(len(w.args))
}

func (w *writer) cond(c cond) string {
	marks := make([]any, len(c.args))
	for i, a := range c.args {
		marks[i] = w.arg(a)
	}
	return fmt.Sprintf(c.sql, marks...)
}

// keys writes the query for the keys of at most limit rows in order: one part
// for each client and each combination of leading values, merged.
func (p *plan) keys(w *writer, limit int) {
	if p.short != nil {
		p.fetched(w, limit)
		return
	}
	parts := 0
	for _, c := range p.clients() {
		for _, v := range p.values {
			if parts > 0 {
				w.WriteString(" UNION ALL ")
			}
			parts++
			p.branch(w, c, v, limit)
		}
	}
	if parts == 0 { // an empty scope sees nothing
		w.WriteString("SELECT " + p.clientExpr() + " AS kc, t.id AS ki, t." + p.column + " AS ks FROM " + p.spec.From + " AS t WHERE 1 = 0")
	}
}

func (p *plan) clientExpr() string {
	if p.spec.Global {
		return "CAST(0 AS BIGINT)"
	}
	return "t.client"
}

func (p *plan) branch(w *writer, c op.ClientID, lead []any, limit int) {
	w.WriteString("SELECT kc, ki, ks FROM (SELECT " + p.clientExpr() + " AS kc, t.id AS ki, t." + p.column + " AS ks FROM " + p.spec.From + " AS t WHERE ")
	glue := ""
	and := func(s string) {
		w.WriteString(glue + s)
		glue = " AND "
	}
	if !p.spec.Global {
		and("t.client = " + w.arg(int64(c)))
	}
	for i, v := range lead {
		and("t." + p.lead[i] + " = " + w.arg(v))
	}
	for _, r := range p.rest {
		and(w.cond(r))
	}
	if glue == "" {
		and("1 = 1")
	}
	way, than := "", ">"
	if p.desc {
		way, than = " DESC", "<"
	}
	if p.after != nil {
		// The same order for every client: sort value, then id, then client.
		and("(t." + p.column + ", t.id) " + than + " (" + w.arg(p.after.Sort) + ", " + w.arg(p.after.ID) + ")")
	}
	w.WriteString(" ORDER BY t." + p.column + way + ", t.id" + way + " LIMIT " + strconv.Itoa(limit) + ") AS b")
}

// page writes the query for one page.
func (p *plan) page() (string, []any) {
	w := &writer{}
	way := ""
	if p.desc {
		way = " DESC"
	}
	w.WriteString("SELECT k.kc, k.ki, k.ks, ")
	if p.spec.Version != "" {
		w.WriteString("t." + p.spec.Version)
	} else {
		w.WriteString("0")
	}
	for _, c := range p.spec.Columns {
		w.WriteString(", " + c.Expr)
	}
	w.WriteString(" FROM (SELECT kc, ki, ks FROM (")
	p.keys(w, p.limit+1)
	w.WriteString(") AS u ORDER BY ks" + way + ", ki" + way + " LIMIT " + strconv.Itoa(p.limit+1) + ") AS k JOIN " + p.spec.From + " AS t ON ")
	if !p.spec.Global {
		w.WriteString("t.client = k.kc AND ")
	}
	w.WriteString("t.id = k.ki " + p.spec.Joins + " ORDER BY k.ks" + way + ", k.ki" + way)
	return w.String(), w.args
}
