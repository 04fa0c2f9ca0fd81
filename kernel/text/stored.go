package text

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Stored says words that were written in Swedish and kept filled in, as a finding
// keeps what was seen, in the language of ctx. A sentence is known again by the
// format of the catalogue that it was made of; one that is not known stays as it
// is. What a person wrote is never given to it.
func Stored(ctx context.Context, swedish string) string {
	if swedish == "" || Lang(ctx) == Swedish {
		return swedish
	}
	if said, ok := again(swedish); ok {
		return said
	}
	// Several sentences one after the other.
	var b strings.Builder
	for rest := swedish; rest != ""; {
		end := len(rest)
		if i := strings.Index(rest, ". "); i >= 0 {
			end = i + 1
		}
		part := rest[:end]
		if said, ok := again(part); ok {
			part = said
		}
		b.WriteString(part)
		rest = rest[end:]
		if after, ok := strings.CutPrefix(rest, " "); ok {
			b.WriteByte(' ')
			rest = after
		}
	}
	return b.String()
}

// mould is a format of the catalogue as something to know sentences by.
type mould struct {
	begins, holds string // literals that a sentence has, looked for first
	shape         *regexp.Regexp
	english       []string // the parts between the verbs
}

// literalLeast is how many bytes of its own a format has at least: one that is
// nearly all arguments would be known everywhere.
const literalLeast = 8

var moulds = sync.OnceValue(func() []mould {
	var all []mould
	for sv, en := range catalogue() {
		parts := between(sv)
		if len(parts) < 2 || len(strings.Join(parts, "")) < literalLeast {
			continue
		}
		quoted := make([]string, len(parts))
		m := mould{begins: parts[0], english: between(en)}
		for i, p := range parts {
			quoted[i] = regexp.QuoteMeta(p)
			if len(p) > len(m.holds) {
				m.holds = p
			}
		}
		m.shape = regexp.MustCompile("(?s)^" + strings.Join(quoted, "(.+?)") + "$")
		all = append(all, m)
	}
	// The one that says most of its own comes first.
	slices.SortFunc(all, func(a, b mould) int {
		return cmp.Or(cmp.Compare(len(b.shape.String()), len(a.shape.String())), cmp.Compare(a.shape.String(), b.shape.String()))
	})
	return all
})

// between cuts a format at its verbs and makes its doubled per cent signs single.
func between(format string) []string {
	var parts []string
	for _, v := range verbs(format) {
		before, after, _ := strings.Cut(format, v)
		parts, format = append(parts, strings.ReplaceAll(before, "%%", "%")), after
	}
	return append(parts, strings.ReplaceAll(format, "%%", "%"))
}

// again says one sentence that the catalogue knows, filled in or not.
func again(swedish string) (string, bool) {
	if en, ok := catalogue()[swedish]; ok {
		return en, true
	}
	for _, m := range moulds() {
		if !strings.HasPrefix(swedish, m.begins) || !strings.Contains(swedish, m.holds) {
			continue
		}
		found := m.shape.FindStringSubmatch(swedish)
		if found == nil {
			continue
		}
		var b strings.Builder
		for i, part := range m.english {
			b.WriteString(part)
			if i+1 < len(found) {
				word := found[i+1]
				if en, ok := catalogue()[word]; ok {
					word = en
				}
				b.WriteString(word)
			}
		}
		return b.String(), true
	}
	return "", false
}
