package web

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"

	"kontor/kernel/list"
	"kontor/kernel/text"
)

// asked is a list as its address says it.
type asked struct {
	list.Query
	Before string // cursor: the rows before it, nearest last
	N      int    // number of the page's first row, from 1
	Saved  string // identity of the saved view that is shown
}

// everyValue in a filter means that the view's own choice is set aside.
const everyValue = "*"

const (
	queryValuesMax = 50  // values of one filter
	searchMax      = 100 // characters
)

// ask reads a list's address. It refuses nothing: what the list does not know
// is passed over or left for the list to refuse.
func ask(s *list.Spec, q url.Values) asked {
	a := asked{N: 1, Saved: q.Get("vy")}
	a.View, a.Sort, a.After, a.Before = q.Get("view"), q.Get("sort"), q.Get("after"), q.Get("before")
	a.Search = strings.TrimSpace(text.Cut(q.Get("q"), searchMax))
	if n, err := strconv.Atoi(q.Get("n")); err == nil && n > 0 && n < 1<<31 {
		a.N = n
	}
	if n, err := strconv.Atoi(q.Get("limit")); err == nil && n > 0 {
		a.Limit = min(n, list.LimitMax)
	}
	a.Filters = map[string][]string{}
	for _, f := range s.Filters {
		var all []string
		for _, x := range q[f.Key] {
			if x == everyValue {
				all = []string{""}
				break
			}
			if x != "" && len(all) < queryValuesMax {
				all = append(all, x)
			}
		}
		if all != nil {
			a.Filters[f.Key] = all
		}
	}
	return a
}

// values is the address of what is asked, without paging.
func (a asked) values() url.Values {
	q := url.Values{}
	set := func(k, v string) {
		if v != "" {
			q.Set(k, v)
		}
	}
	set("view", a.View)
	set("sort", a.Sort)
	set("q", a.Search)
	set("vy", a.Saved)
	for k, all := range a.Filters {
		for _, v := range all {
			if v == "" {
				v = everyValue
			}
			q.Add(k, v)
		}
	}
	return q
}

func listURL(s *list.Spec, q url.Values) string {
	u := "/l/" + url.PathEscape(s.Name)
	if e := q.Encode(); e != "" {
		u += "?" + e
	}
	return u
}

// with is the address with one more parameter.
func (a asked) with(pairs ...string) url.Values {
	q := a.values()
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return q
}

// sortKey is the column the list is read by and whether it descends.
func (a asked) sortKey(s *list.Spec) (key string, desc bool) {
	key = cmp.Or(a.Sort, s.ViewOf(a.View).Sort, s.Order)
	return strings.CutPrefix(key, "-")
}

// turned is the same list read from its other end.
func (a asked) turned(s *list.Spec) list.Query {
	q := a.Query
	key, desc := a.sortKey(s)
	if !desc {
		key = "-" + key
	}
	q.Sort, q.After = key, a.Before
	return q
}

// chosen is what a filter holds now: from the address, else from the view.
func (a asked) chosen(s *list.Spec, key string) (values []string, own bool) {
	if v, ok := a.Filters[key]; ok {
		return v, true
	}
	return s.ViewOf(a.View).Filter[key], false
}

// narrowed reports whether the address filters more than the view does.
func (a asked) narrowed() bool { return a.Search != "" || len(a.Filters) > 0 }
