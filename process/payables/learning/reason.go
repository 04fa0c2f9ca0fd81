package learning

import (
	"fmt"
	"strings"
)

// Why says in Swedish what the suggestion rests on most: how many earlier lines
// were coded so, and in what they were like this one. Names are as people know
// them.
func (s Suggestion) Why(supplier, client string) string {
	g := s.Ground
	var like []string
	switch {
	case g.Supplier && supplier != "":
		like = append(like, "från "+supplier)
	case g.Supplier:
		like = append(like, "från leverantören")
	case g.Name:
		like = append(like, "från leverantörer med liknande namn")
	}
	if g.Client && client != "" {
		like = append(like, "till "+client)
	}
	switch {
	case g.Amount:
		like = append(like, "med precis samma belopp")
	case g.About:
		like = append(like, "med ungefär samma belopp")
	case g.Size:
		like = append(like, "av samma storlek")
	case g.Place:
		like = append(like, "på samma plats i fakturan")
	}
	if g.Text {
		like = append(like, "med samma ord i texten")
	}
	if g.Reference {
		like = append(like, "med samma referens")
	}
	return fmt.Sprintf("%d av %d tidigare rader %s konterades så.", s.Like, s.Of, strings.Join(like, " "))
}
