package catalogue

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/period"
)

// reference.tsv has the price lists of 2012 and 2014, each price with its
// source. A scanned invoice is priced as a manual one: the lists know only the
// electronic and the manual, and the difference is there to make suppliers send
// electronically (000 s.10).
//
//go:embed reference.tsv
var referenceText string

// Board is who decides prices.
//
// source: 000 s.19
const Board = "servicenämnden"

type reference struct {
	services []Service
	items    []Item
	lists    []List
	lines    []Line
}

// parseReference reads reference.tsv; it is part of the program, so that a
// fault in it is found by the tests.
func parseReference(text string) (reference, error) {
	var r reference
	services, items := map[string]id.ID[Service]{}, map[id.ID[Item]]Item{}
	for n, line := range strings.Split(strings.TrimSpace(text), "\n") {
		f := strings.Split(line, "\t")
		var err error
		switch {
		case strings.HasPrefix(line, "#"):
		case f[0] == "S" && len(f) == 5:
			s := Service{Code: f[2], Name: f[3], Mandatory: f[4] == "yes", Position: int64(len(r.services) + 1)}
			s.ID, err = number[Service](f[1])
			services[s.Code] = s.ID
			r.services = append(r.services, s)
		case f[0] == "I" && len(f) == 8:
			i := Item{Service: services[f[2]], Code: f[3], Mode: Mode(f[4]), Per: f[5], Activity: dash(f[6]),
				Channels: dash(f[7]), Position: int64(len(r.items) + 1)}
			i.ID, err = number[Item](f[1])
			items[i.ID] = i
			r.items = append(r.items, i)
		case f[0] == "L" && len(f) == 6:
			l := List{Name: f[2], DecidedBy: Board, Note: f[4], Source: f[5]}
			if l.ID, err = number[List](f[1]); err == nil {
				l.ValidFrom, err = period.ParseDate(f[3])
			}
			r.lists = append(r.lists, l)
		case f[0] == "P" && len(f) == 6:
			var l Line
			l, err = parseLine(f, items)
			r.lines = append(r.lines, l)
		default:
			err = fmt.Errorf("%d columns after %q", len(f), f[0])
		}
		if err != nil {
			return r, fmt.Errorf("catalogue: line %d of reference.tsv: %w", n+1, err)
		}
	}
	return r, nil
}

func parseLine(f []string, items map[id.ID[Item]]Item) (Line, error) {
	list, err1 := number[List](f[1])
	key, err2 := number[Item](f[2])
	price, err3 := strconv.ParseInt(f[3], 10, 64)
	i, ok := items[key]
	if err1 != nil || err2 != nil || err3 != nil || !ok {
		return Line{}, fmt.Errorf("no list, item or price in %q", f)
	}
	return Line{List: list, Item: key, ID: id.ID[Line](int64(list)*1000 + int64(key)), Text: f[4], Price: money.Amount(price),
		Activity: i.Activity, Channels: i.Channels, Source: f[5]}, nil
}

func number[T any](s string) (id.ID[T], error) {
	v, err := strconv.ParseInt(s, 10, 64)
	return id.ID[T](v), err
}

func dash(s string) string {
	if s == "-" {
		return ""
	}
	return s
}
