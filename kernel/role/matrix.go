package role

import (
	"fmt"
	"slices"
	"strings"

	"kontor/kernel/op"
)

// Name identifies a role. The value is stored; never rename it.
type Name string

// Role is one role and what it may do.
type Role struct {
	Name        Name
	Title       string // Swedish: "Ekonomiadministratör"
	About       string // Swedish, whole sentence: what the role is for
	Permissions []op.Permission
}

// Matrix is every role of the program, in the order they are shown.
type Matrix []Role

// Role returns the role with the given name.
func (m Matrix) Role(n Name) (Role, bool) {
	i := slices.IndexFunc(m, func(r Role) bool { return r.Name == n })
	if i < 0 {
		return Role{}, false
	}
	return m[i], true
}

// Title is the Swedish title of a role; its name when the matrix lacks it.
func (m Matrix) Title(n Name) string {
	if r, ok := m.Role(n); ok {
		return r.Title
	}
	return string(n)
}

// May reports whether the role has the permission.
func (r Role) May(p op.Permission) bool { return slices.Contains(r.Permissions, p) }

// Label is a permission in words that a person who does not program understands.
type Label struct {
	Area string // Swedish: the module's title
	Name op.Permission
	Text string // Swedish: "Slutattestera leverantörsfakturor"
}

// Check reports what is wrong with the matrix held against the permissions that
// the modules declare: a role stands twice, a permission is unknown, stands
// twice in a role or is given to nobody.
func (m Matrix) Check(labels []Label) error {
	known, given := map[op.Permission]bool{}, map[op.Permission]bool{}
	var wrong []string
	for _, l := range labels {
		if known[l.Name] {
			wrong = append(wrong, fmt.Sprintf("permission %s is declared twice", l.Name))
		}
		known[l.Name] = true
	}
	seen := map[Name]bool{}
	for _, r := range m {
		if seen[r.Name] {
			wrong = append(wrong, fmt.Sprintf("role %s stands twice", r.Name))
		}
		seen[r.Name] = true
		mine := map[op.Permission]bool{}
		for _, p := range r.Permissions {
			if mine[p] {
				wrong = append(wrong, fmt.Sprintf("role %s has %s twice", r.Name, p))
			}
			if !known[p] {
				wrong = append(wrong, fmt.Sprintf("role %s has the unknown permission %s", r.Name, p))
			}
			mine[p], given[p] = true, true
		}
	}
	for p := range known {
		if !given[p] {
			wrong = append(wrong, fmt.Sprintf("no role has %s", p))
		}
	}
	if wrong == nil {
		return nil
	}
	slices.Sort(wrong)
	return fmt.Errorf("role: %s", strings.Join(wrong, "; "))
}

// Table writes the matrix as a document in Swedish for people who do not
// program: first what each role is for, then, area by area, who may do what.
func Table(m Matrix, labels []Label) string {
	var b strings.Builder
	b.WriteString("# Vem får se och göra vad\n\n")
	for _, r := range m {
		fmt.Fprintf(&b, "- **%s** (`%s`). %s\n", r.Title, r.Name, r.About)
	}
	area := ""
	for _, l := range labels {
		if l.Area != area || area == "" {
			area = l.Area
			fmt.Fprintf(&b, "\n## %s\n\n|  |", area)
			for _, r := range m {
				b.WriteString(" " + r.Title + " |")
			}
			b.WriteString("\n| --- |" + strings.Repeat(" :---: |", len(m)) + "\n")
		}
		fmt.Fprintf(&b, "| %s |", l.Text)
		for _, r := range m {
			if r.May(l.Name) {
				b.WriteString(" ja |")
			} else {
				b.WriteString("  |")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
