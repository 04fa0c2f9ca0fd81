// Package text gives every word that a person reads its language.
//
// The Swedish sentence in the code is the key: text.T(ctx, "Sök") is Swedish as it stands, and English when the
// person has chosen English and en.tsv has the sentence. Numbers, dates and money have Swedish form in both languages.
//
// # Words
//
// A catalogue is a sorted file of lines: Swedish, tab, English. A format is a sentence with fmt verbs.
//
// # What always holds
//
//   - A sentence that the catalogue lacks is shown in Swedish, never as a key or as nothing.
//   - The catalogue is sorted, has no sentence twice, and the verbs of both columns are the same in the same order.
//   - Every sentence that the source says is in the catalogue (see the completeness test in this package).
//
// # Not here
//
// Names of days and months (kernel/period) and amounts (kernel/money).
package text

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The languages of the interface. Swedish is the language of the source text.
const (
	Swedish = "sv"
	English = "en"
)

type languageKey struct{}

// With returns a context in which texts are said in lang. Any other language than English means Swedish.
func With(ctx context.Context, lang string) context.Context {
	if lang != English {
		lang = Swedish
	}
	return context.WithValue(ctx, languageKey{}, lang)
}

// Lang is the language of ctx: "sv" unless the person has chosen "en".
func Lang(ctx context.Context) string {
	if lang, ok := ctx.Value(languageKey{}).(string); ok {
		return lang
	}
	return Swedish
}

// T says a Swedish sentence in the language of ctx.
func T(ctx context.Context, swedish string) string {
	if swedish == "" || Lang(ctx) == Swedish {
		return swedish
	}
	if english, ok := catalogue()[swedish]; ok {
		return english
	}
	return swedish
}

// F says a Swedish format in the language of ctx and fills it in. The arguments are shown as they stand, so numbers
// go through Int first when they may pass 999.
func F(ctx context.Context, swedish string, args ...any) string {
	for i, a := range args {
		if p, ok := a.(Phrases); ok {
			args = slices.Clone(args)
			args[i] = p.list(func(s string) string { return T(ctx, s) })
		}
	}
	return fmt.Sprintf(T(ctx, swedish), args...)
}

// Phrases are sentences of the catalogue that another sentence lists, each with a small first letter. F says them in
// the language of ctx; everywhere else, as in the log, they are Swedish.
type Phrases []string

// String lists the phrases in Swedish.
func (p Phrases) String() string { return p.list(func(s string) string { return s }) }

func (p Phrases) list(say func(string) string) string {
	words := make([]string, len(p))
	for i, s := range p {
		s = say(s)
		r, n := utf8.DecodeRuneInString(s)
		words[i] = string(unicode.ToLower(r)) + s[n:]
	}
	return strings.Join(words, "; ")
}

// N chooses between the singular and the plural of a counted thing. Both are formats in which %s is the number:
// N(ctx, n, "%s faktura", "%s fakturor").
func N(ctx context.Context, n int64, one, many string) string {
	if n == 1 || n == -1 {
		return F(ctx, one, Int(n))
	}
	return F(ctx, many, Int(n))
}

// Missing returns the sentences that the English catalogue lacks, sorted and each once.
func Missing(said []string) []string {
	known := catalogue()
	var lacking []string
	for _, s := range said {
		if _, ok := known[s]; !ok && s != "" {
			lacking = append(lacking, s)
		}
	}
	slices.Sort(lacking)
	return slices.Compact(lacking)
}

//go:embed en.tsv
var english string

var catalogue = sync.OnceValue(func() map[string]string {
	m, err := parse(english)
	if err != nil {
		panic("kernel/text: en.tsv: " + err.Error())
	}
	return m
})

// parse reads a catalogue and refuses one whose order, columns or verbs are wrong: the file is part of the program.
func parse(file string) (map[string]string, error) {
	m := make(map[string]string, strings.Count(file, "\n"))
	last, n := "", 0
	for line := range strings.Lines(file) {
		n++
		sv, en, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		switch {
		case !ok || sv == "" || en == "" || strings.Contains(en, "\t"):
			return nil, fmt.Errorf("line %d is not Swedish, tab, English", n)
		case sv <= last:
			return nil, fmt.Errorf("line %d: %q stands after %q", n, sv, last)
		case !slices.Equal(verbs(sv), verbs(en)):
			return nil, fmt.Errorf("line %d: the verbs of %q and %q differ", n, sv, en)
		}
		m[sv], last = en, sv
	}
	return m, nil
}

// verbs lists the fmt verbs of a sentence in the order of the arguments. "100 %" and "97 % av" are text: a verb is a
// per cent sign directly followed by a letter, a digit, a dot or a bracket.
func verbs(s string) []string {
	var found []string
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			continue
		}
		j := i + 1
		for j < len(s) && strings.IndexByte("0123456789.[]+-#", s[j]) >= 0 {
			j++
		}
		if j < len(s) && s[j] >= 'a' && s[j] <= 'z' {
			found = append(found, s[i:j+1])
		}
		i = max(i, j-1)
		if j < len(s) && s[j] == '%' {
			i = j
		}
	}
	return found
}
