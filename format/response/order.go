package response

import "slices"

// before has, for each status, what may have been said before it. What is missing
// may not: neither the status itself, since each is said once, nor what it would
// take back. Nothing follows a rejection or a payment.
//
// source: Peppol BIS Invoice Response 3.1, the meaning of each status; the order
// is ours, since the specification leaves it to the buyer
var before = map[Status][]Status{
	Acknowledged: {},
	InProcess:    {Acknowledged, UnderQuery},
	UnderQuery:   {Acknowledged, InProcess},
	Conditional:  {Acknowledged, InProcess, UnderQuery},
	Rejected:     {Acknowledged, InProcess, UnderQuery},
	Accepted:     {Acknowledged, InProcess, UnderQuery, Conditional},
	Paid:         {Acknowledged, InProcess, UnderQuery, Conditional, Accepted},
}

// MayFollow reports whether a status may be said of an invoice of which others
// have been said.
func MayFollow(said []Status, next Status) bool {
	allowed, known := before[next]
	return known && !slices.ContainsFunc(said, func(s Status) bool { return !slices.Contains(allowed, s) })
}
