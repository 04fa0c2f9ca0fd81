package list

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"kontor/kernel/op"
)

// A page is read in the order of an index, which is quick when many rows pass
// the filters and endless when few do. So it is asked first how many rows an
// index holds of what the filters and the search want. When they are few, they
// are fetched from there and sorted.

// sortMost is how many rows for each client of the scope are fetched and sorted
// for one page. Above it the order of the sort index finds a page sooner: it is
// walked in each client until a page is full.
const sortMost = 600

// drive is a set of index ranges that holds every row that passes some of the
// filters. A row may lie in several of the ranges.
type drive struct {
	ranges [][]cond // each within one client
	rows   int64    // in all clients of the scope; counted until there are enough
}

// drives are the ranges that indexes have for the filters and the search.
func (p *plan) drives(singles map[string][]any) []drive {
	var all []drive
	for _, ix := range p.spec.Indexes {
		var conds []cond
		for _, c := range ix {
			if v := singles[c]; len(v) > 0 {
				conds = append(conds, in(c, v))
				continue
			}
			for _, r := range p.bounds {
				if r.column == c {
					conds = append(conds, r)
				}
			}
			break
		}
		if conds != nil {
			all = append(all, drive{ranges: [][]cond{conds}})
		}
	}
	if p.words {
		var d drive
		for _, c := range p.sought {
			d.ranges = append(d.ranges, []cond{c})
		}
		all = append(all, d)
	}
	return all
}

// look counts the rows of each drive and keeps the shortest. Nothing is counted
// when the order itself holds every filter.
func (p *plan) look(o *op.Op) error {
	if !p.outside || len(p.clients()) == 0 {
		return nil
	}
	w := &writer{}
	var all []drive
	for _, d := range p.possible {
		w.WriteString(map[bool]string{true: "SELECT ", false: ", "}[len(all) == 0] + "(SELECT count(*) FROM (")
		p.within(w, d, p.enough())
		w.WriteString(") AS d" + strconv.Itoa(len(all)) + ")")
		all = append(all, d)
	}
	if all == nil {
		return nil
	}
	return o.SQL().Rows(o, w.String(), w.args, func(vals []any) error {
		for i := range all {
			all[i].rows = vals[i].(int64)
			if all[i].rows < int64(p.enough()) && (p.short == nil || all[i].rows < p.short.rows) {
				p.short = &all[i]
			}
		}
		return nil
	})
}

// enough is how many rows of a drive are too many to be fetched.
func (p *plan) enough() int { return min(sortMost*len(p.clients()), CountMax) + 1 }

// clients are those that are read one by one; of a global list there is one
// that is all.
func (p *plan) clients() []op.ClientID {
	if p.spec.Global {
		return []op.ClientID{0}
	}
	return p.scope.Clients
}

// within writes the query for the keys of at most limit rows of a drive.
func (p *plan) within(w *writer, d drive, limit int) {
	glue := ""
	for _, c := range p.clients() {
		for _, r := range d.ranges {
			w.WriteString(glue + "SELECT " + p.clientExpr() + " AS kc, t.id AS ki FROM " + p.spec.From + " AS t WHERE ")
			glue = " UNION ALL "
			if len(d.ranges) > 1 {
				glue = " UNION "
			}
			p.own(w, c)
			for i, x := range r {
				if i > 0 || !p.spec.Global {
					w.WriteString(" AND ")
				}
				w.WriteString(w.cond(x))
			}
		}
	}
	w.WriteString(" LIMIT " + strconv.Itoa(limit))
}

// own writes the condition on the client.
func (p *plan) own(w *writer, c op.ClientID) {
	if !p.spec.Global {
		w.WriteString("t.client = " + w.arg(int64(c)))
	}
}

// fetched writes the query for the keys of at most limit rows in order, taken
// from a drive and sorted.
func (p *plan) fetched(w *writer, limit int) {
	w.WriteString("SELECT " + p.clientExpr() + " AS kc, t.id AS ki, t." + p.column + " AS ks FROM ")
	p.joined(w)
	for _, c := range p.every {
		w.WriteString(" AND " + w.cond(c))
	}
	way, than := "", ">"
	if p.desc {
		way, than = " DESC", "<"
	}
	if p.after != nil {
		w.WriteString(" AND (t." + p.column + ", t.id) " + than + " (" + w.arg(p.after.Sort) + ", " + w.arg(p.after.ID) + ")")
	}
	w.WriteString(" ORDER BY t." + p.column + way + ", t.id" + way + " LIMIT " + strconv.Itoa(limit))
}

// joined writes the rows of the shortest drive; the engine is not to begin with
// the table.
func (p *plan) joined(w *writer) {
	w.WriteString("(")
	p.within(w, *p.short, p.enough())
	w.WriteString(") AS f CROSS JOIN " + p.spec.From + " AS t WHERE ")
	if !p.spec.Global {
		w.WriteString("t.client = f.kc AND ")
	}
	w.WriteString("t.id = f.ki")
}

// tally writes the query for how many rows were looked at, how many of them
// pass, and the totals of those. No more rows are looked at than are to be counted, and one.
func (p *plan) tally() (string, []any) {
	w := &writer{}
	w.WriteString("SELECT count(*), CAST(COALESCE(sum(ok), 0) AS BIGINT)")
	for i := range p.spec.Totals {
		fmt.Fprintf(w, ", CAST(COALESCE(sum(CASE WHEN ok = 1 THEN s%d ELSE 0 END), 0) AS BIGINT)", i)
	}
	w.WriteString(" FROM (")
	if p.short != nil {
		p.passing(w, p.every)
		w.WriteString(" FROM ")
		p.joined(w)
	} else {
		p.walked(w)
	}
	w.WriteString(" LIMIT " + strconv.Itoa(p.most+1) + ") AS k")
	return w.String(), w.args
}

// passing writes whether a row passes, and what is summed of it.
func (p *plan) passing(w *writer, conds []cond) {
	w.WriteString("SELECT ")
	if len(conds) == 0 {
		w.WriteString("1 AS ok")
	}
	for i, c := range conds {
		w.WriteString(map[bool]string{true: "CASE WHEN ", false: " AND "}[i == 0] + w.cond(c))
	}
	if len(conds) > 0 {
		w.WriteString(" THEN 1 ELSE 0 END AS ok")
	}
	for i, t := range p.spec.Totals {
		w.WriteString(", " + t.Expr + " AS s" + strconv.Itoa(i))
	}
}

// walked writes the rows of the range that the page is read in the order of.
func (p *plan) walked(w *writer) {
	var ranged, other []cond
	for _, c := range p.rest {
		if c.column != "" && c.column == p.column {
			ranged = append(ranged, c)
		} else {
			other = append(other, c)
		}
	}
	glue, sums := "", ""
	for i := range p.spec.Totals {
		sums += ", s" + strconv.Itoa(i)
	}
	for _, c := range p.clients() {
		for _, v := range p.values {
			w.WriteString(glue + "SELECT ok" + sums + " FROM (")
			glue = " UNION ALL "
			p.passing(w, other)
			w.WriteString(" FROM " + p.spec.From + " AS t WHERE 1 = 1")
			if !p.spec.Global {
				w.WriteString(" AND ")
				p.own(w, c)
			}
			for i, x := range v {
				w.WriteString(" AND t." + p.lead[i] + " = " + w.arg(x))
			}
			for _, r := range ranged {
				w.WriteString(" AND " + w.cond(r))
			}
			// In the order of the index: an engine that is free to choose may read
			// the table from its beginning until there are enough.
			w.WriteString(" ORDER BY t." + p.column + ", t.id LIMIT " + strconv.Itoa(p.most+1) + ") AS b")
		}
	}
	if glue == "" { // an empty scope sees nothing
		w.WriteString("SELECT 1 AS ok")
		for i := range p.spec.Totals {
			w.WriteString(", 0 AS s" + strconv.Itoa(i))
		}
		w.WriteString(" FROM " + p.spec.From + " AS t WHERE 1 = 0")
	}
}

// remember keeps the conditions in the forms that drives are made of.
func (p *plan) remember(singles map[string][]any) {
	p.every = slices.Clone(p.rest)
	for _, c := range slices.Sorted(maps.Keys(singles)) {
		p.every = append(p.every, in(c, singles[c]))
	}
	p.possible = p.drives(singles)
}
