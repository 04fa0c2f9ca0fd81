package leadtime

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Service is what a lead time can be promised for.
type Service struct {
	ID      id.ID[Service]
	Code    string // as work events and records name it
	Name    string // Swedish
	Process string
	Days    int64 // the office's ordinary promise, last day; 0 where it has none
	Source  string
}

// Agreement marks the identities of agreements; promise/agreement has the rest.
type Agreement struct{}

// Promise is a lead time of a signed agreement.
type Promise struct {
	Client    op.ClientID
	ID        id.ID[Promise]
	Agreement id.ID[Agreement]
	Year      int64 // of the agreement
	Service   string
	Days      int64 // 0: ends what the agreement promised
	ValidFrom period.Date
	ValidTo   period.Date
}

// reference.tsv has the services that the office starts with. The days of the
// payroll services are those of the 2018 table; the plans of 2012 and 2014
// promise "överenskomna ledtider" without numbers, so the rest have days that
// the demonstration city made up or none, and say so in their source.
//
// source: 003 s.15–16
//
//go:embed reference.tsv
var reference string

// parseServices reads reference.tsv; it is part of the program, so that a fault
// in it is found by the tests.
func parseServices(text string) ([]Service, error) {
	var all []Service
	for n, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 6 {
			return nil, fmt.Errorf("leadtime: line %d of reference.tsv has %d columns", n+1, len(f))
		}
		number, err1 := strconv.ParseInt(f[0], 10, 64)
		days, err2 := strconv.ParseInt(f[4], 10, 64)
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("leadtime: line %d of reference.tsv has no number", n+1)
		}
		all = append(all, Service{ID: id.ID[Service](number), Code: f[1], Name: f[2], Process: f[3], Days: days, Source: f[5]})
	}
	return all, nil
}
