package coding

import (
	"fmt"
	"strings"

	"kontor/kernel/fault"
	"kontor/kernel/period"
)

var errSpans = fault.New(fault.Invalid, "COD-001",
	"Koderna går inte att läsa. Skriv dem som 100-199, 305.")

// parseSpans reads "100-199, 305". Codes compare as texts of equal length, so
// that 41 is not between 400 and 499.
func parseSpans(s string) ([]span, error) {
	var all []span
	for part := range strings.SplitSeq(s, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		first, last, ranged := strings.Cut(part, "-")
		first, last = strings.TrimSpace(first), strings.TrimSpace(last)
		if !ranged {
			last = first
		}
		if first == "" || len(first) != len(last) || first > last {
			return nil, errSpans.Because("coding: range %q", part)
		}
		all = append(all, span{first, last})
	}
	return all, nil
}

func (x span) holds(code string) bool {
	return len(code) == len(x.first) && x.first <= code && code <= x.last
}

func (x span) String() string {
	if x.first == x.last {
		return x.first
	}
	return x.first + "–" + x.last
}

// check holds one line against the rule.
func (r *ruled) check(p *Plan, l *Line, on period.Date) (Refusal, bool) {
	if on < r.ValidFrom || r.ValidTo != 0 && on > r.ValidTo {
		return Refusal{}, false
	}
	given := l.Code(r.Given)
	if given == "" || r.First != "" && !(span{r.First, r.Last}).holds(given) {
		return Refusal{}, false
	}
	code := l.Code(r.Segment)
	name := r.Segment.Word()
	switch {
	case r.Demand == Required && code == "":
		return Refusal{r.Segment, code, sentence(fmt.Sprintf("%s saknas. %s %s kräver %s.",
			upper(name), upper(r.Given.Word()), given, name), r.Text), nil}, true
	case r.Demand == Forbidden && code != "":
		return Refusal{r.Segment, code, sentence(fmt.Sprintf("%s %s får inte stå på %s %s. Ta bort koden.",
			upper(name), code, r.Given.Word(), given), r.Text), []string{}}, true
	case r.Demand == Allowed && code != "" && !r.holds(code):
		var allowed []string
		for _, x := range r.codes {
			allowed = append(allowed, x.String())
		}
		return Refusal{r.Segment, code, sentence(fmt.Sprintf("%s %s får inte stå på %s %s. Tillåtet sedan %s: %s.",
			upper(name), code, r.Given.Word(), given, r.ValidFrom, strings.Join(allowed, ", ")), r.Text), allowed}, true
	}
	return Refusal{}, false
}

func (r *ruled) holds(code string) bool {
	for _, x := range r.codes {
		if x.holds(code) {
			return true
		}
	}
	return false
}

func sentence(what, why string) string {
	if why == "" {
		return what
	}
	return what + " " + why
}

// CheckValue says what is wrong with a value as somebody wants to save it.
func CheckValue(v Value) []fault.Field {
	var all []fault.Field
	if v.ValidTo != 0 && v.ValidTo < v.ValidFrom {
		all = append(all, fault.Field{Name: "valid_to", Text: "Sista dagen är före första dagen. Rätta någon av dem."})
	}
	if strings.ContainsAny(v.Code, " ,-–\t\n") || len(v.Code) > 12 {
		all = append(all, fault.Field{Name: "code", Text: "Koden får ha högst 12 tecken och inte mellanslag, komma eller streck."})
	}
	if v.Segment == Account && v.Kind == "" {
		all = append(all, fault.Field{Name: "kind", Text: "Välj om kontot är tillgång, skuld, intäkt eller kostnad."})
	}
	if v.Segment != Account && (v.Kind != "" || v.Control != "") {
		all = append(all, fault.Field{Name: "kind", Text: "Bara konton har kontoslag och reskontra. Lämna fälten tomma."})
	}
	if v.Successor == v.Code && v.Code != "" {
		all = append(all, fault.Field{Name: "successor", Text: "Ersättaren är samma kod. Ange en annan eller lämna tomt."})
	}
	return all
}

// CheckRule says what is wrong with a rule as somebody wants to save it.
func CheckRule(r Rule) []fault.Field {
	var all []fault.Field
	if r.ValidTo != 0 && r.ValidTo < r.ValidFrom {
		all = append(all, fault.Field{Name: "valid_to", Text: "Sista dagen är före första dagen. Rätta någon av dem."})
	}
	if len(r.First) != len(r.Last) || r.First > r.Last {
		all = append(all, fault.Field{Name: "last", Text: "Skriv båda gränserna lika långa och den lägre först, till exempel 4000 och 4999."})
	}
	spans, err := parseSpans(r.Codes)
	if err != nil {
		all = append(all, fault.Field{Name: "codes", Text: errSpans.Text})
	}
	if (r.Demand == Allowed) != (len(spans) > 0) && err == nil {
		all = append(all, fault.Field{Name: "codes", Text: "Ange tillåtna koder när regeln tillåter vissa koder, annars inga."})
	}
	if r.Given == r.Segment {
		all = append(all, fault.Field{Name: "segment", Text: "Regeln ska gälla en annan koddel än den som villkoret ser på."})
	}
	return all
}
