package web

import (
	"strings"

	"kontor/kernel/op"
)

// need is the permission that a page asks for, by its address; "" where none is
// asked for or nothing is known of the address.
func (s *Site) need(url string) op.Permission {
	path, _, _ := strings.Cut(url, "?")
	path, _, _ = strings.Cut(path, "#")
	if name, ok := strings.CutPrefix(path, "/l/"); ok {
		if l := s.list(name); l != nil {
			return l.Need
		}
		return ""
	}
	if rest, ok := strings.CutPrefix(path, "/f/"); ok {
		name, _, _ := strings.Cut(rest, "/")
		if f := s.form(name); f != nil {
			return f.Need
		}
		return ""
	}
	for _, r := range s.Routes {
		if pattern, ok := strings.CutPrefix(r.Pattern, "GET "); ok && matches(pattern, path) {
			return r.Need
		}
	}
	return ""
}

// matches reports whether a path has the form of a route's pattern.
func matches(pattern, path string) bool {
	for {
		p, prest, pmore := strings.Cut(pattern, "/")
		s, srest, smore := strings.Cut(path, "/")
		if pmore != smore || p != s && !(strings.HasPrefix(p, "{") && s != "") {
			return false
		}
		if !pmore {
			return true
		}
		pattern, path = prest, srest
	}
}

// reach reports whether the person may go to an address. A record of a kind that
// has no page is nowhere.
func (v *visit) reach(url string) bool {
	if rest, ok := strings.CutPrefix(url, "/d/"); ok {
		kind, _, _ := strings.Cut(rest, "/")
		r, ok := v.s.site.record(kind)
		if ok {
			_, ok = v.who.actor.Grants[r.Table.ReadNeed()]
		}
		return ok
	}
	need := v.s.site.need(url)
	if need == "" {
		return true
	}
	_, ok := v.who.actor.Grants[need]
	return ok
}
