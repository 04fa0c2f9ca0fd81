package agreement

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"kontor/kernel/audit"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

//go:embed reference.tsv
var reference string

// firstDay is when the division that the office starts with began: before
// anything is handled.
var firstDay = period.NewDate(2012, 1, 1)

// parseDuties reads reference.tsv; it is part of the program, so that a fault in
// it is found by the tests.
func parseDuties(text string) ([]Duty, error) {
	var all []Duty
	for n, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 6 {
			return nil, fmt.Errorf("agreement: line %d of reference.tsv has %d columns", n+1, len(f))
		}
		key, err1 := strconv.ParseInt(f[0], 10, 64)
		at, err2 := strconv.ParseInt(f[2], 10, 64)
		party := Party(f[3])
		if err1 != nil || err2 != nil || party != Operator && party != Client {
			return nil, fmt.Errorf("agreement: line %d of reference.tsv has no number or party", n+1)
		}
		all = append(all, Duty{ID: id.ID[Duty](key), Version: 1, Process: f[1], Position: at, Text: f[4], Party: party,
			Source: f[5], ValidFrom: firstDay})
	}
	return all, nil
}

// install loads the division of work that the office starts with.
func install(o *op.Op) error {
	duties, err := parseDuties(reference)
	if err != nil {
		return err
	}
	n, err := addDuties.Add(o, duties...)
	if err != nil || n == 0 {
		return err
	}
	return audit.Note(o, audit.Change{Kind: "agreement.duty", Step: "install", Note: fmt.Sprintf("%d steg", n)})
}
