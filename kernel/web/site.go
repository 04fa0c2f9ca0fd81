package web

import (
	"fmt"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/role"
	"kontor/kernel/ui"
	"kontor/kernel/workday"
)

// Site is everything that is shown.
type Site struct {
	Brand    string // in the top left corner; "" is Kontor
	Matrix   role.Matrix
	Labels   []role.Label // every permission, by area
	Calendar *workday.Calendar
	Menu     []Item
	Records  []Record
	Lists    []*list.Spec
	Forms    []*form.Spec
	Routes   []Route
	Cards    []Card
	Places   []Place      // in order of precedence for a person of several roles
	Accounts []ui.Account // of a demonstration, shown where one signs in; never in production
}

// Item is one line of the menu, seen by those who hold the permission.
type Item struct {
	Group string // Swedish, of the part of the menu that it stands in; "" stands by itself
	Label string // Swedish
	URL   string
	Need  op.Permission
	Order int // lower comes first
	Waits []Waits
}

// Waits is a view of a list whose rows wait for those who hold the permission.
// A person is told by the first of an item's whose permission they hold.
type Waits struct {
	List, View string
	Need       op.Permission
}

// Record is a kind of record with a life.
type Record struct {
	Table flow.Records
	Title string // Swedish, singular
	URL   string // page of one record: "/payables/{id}"
}

// Place is a start page, for the roles that start there.
type Place struct {
	Name  string
	Title string // Swedish: "Ekonomiadministratörens dag"
	Roles []role.Name
}

// Card is a piece of a start page.
type Card struct {
	Place  string
	Order  int
	Need   op.Permission
	Side   bool                                  // in the narrow column
	Render func(*op.Op) (templ.Component, error) // nil component: nothing to show now
}

func (s *Site) list(name string) *list.Spec {
	i := slices.IndexFunc(s.Lists, func(l *list.Spec) bool { return l.Name == name })
	if i < 0 {
		return nil
	}
	return s.Lists[i]
}

func (s *Site) form(name string) *form.Spec {
	i := slices.IndexFunc(s.Forms, func(f *form.Spec) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return s.Forms[i]
}

func (s *Site) record(kind string) (Record, bool) {
	i := slices.IndexFunc(s.Records, func(r Record) bool { return r.Table.Life().Describe().Name == kind })
	if i < 0 {
		return Record{}, false
	}
	return s.Records[i], true
}

// urlOf is the page of one record; "" when nothing shows records of the kind.
func (s *Site) urlOf(kind, key string) string {
	r, ok := s.record(kind)
	if !ok {
		return ""
	}
	return strings.ReplaceAll(r.URL, "{id}", key)
}

// place is the start page of somebody with the given roles.
func (s *Site) place(roles []role.Name) Place {
	for _, p := range s.Places {
		for _, r := range roles {
			if slices.Contains(p.Roles, r) {
				return p
			}
		}
	}
	return Place{Title: "Start"}
}

// reserved are the parameters of a list that no filter may be called.
var reserved = []string{"view", "sort", "q", "after", "before", "limit", "n", "vy", "lang"}

// check reports what is wrong with the site as a whole: two things of one name,
// a bulk step that no flow has, a filter with the name of a parameter.
func (s *Site) check() error {
	seen := map[string]bool{}
	once := func(what, name string) error {
		if name == "" || seen[what+name] {
			return fmt.Errorf("web: the %s %q is there twice or has no name", what, name)
		}
		seen[what+name] = true
		return nil
	}
	for _, r := range s.Records {
		if err := once("record", r.Table.Life().Describe().Name); err != nil {
			return err
		}
	}
	for _, f := range s.Forms {
		if err := once("form", f.Name); err != nil {
			return err
		}
	}
	for _, i := range s.Menu {
		for _, w := range i.Waits {
			if l := s.list(w.List); l == nil || l.ViewOf(w.View).Key == "" {
				return fmt.Errorf("web: the menu item %s counts the view %q of list %q, which is not there", i.URL, w.View, w.List)
			}
		}
	}
	for _, l := range s.Lists {
		if err := once("list", l.Name); err != nil {
			return err
		}
		for _, f := range l.Filters {
			if slices.Contains(reserved, f.Key) {
				return fmt.Errorf("web: list %s has a filter called %q", l.Name, f.Key)
			}
		}
		for _, step := range l.Bulk {
			if r, ok := s.record(l.Flow); !ok || stepOf(r, step) == nil {
				return fmt.Errorf("web: list %s: flow %q has no step %q", l.Name, l.Flow, step)
			}
		}
	}
	return nil
}

func stepOf(r Record, name string) *flow.StepDescription {
	d := r.Table.Life().Describe()
	i := slices.IndexFunc(d.Steps, func(s flow.StepDescription) bool { return s.Name == name })
	if i < 0 || d.Steps[i].Machine {
		return nil
	}
	return &d.Steps[i]
}
