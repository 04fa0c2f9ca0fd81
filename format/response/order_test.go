package response

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestWhatMayFollow(t *testing.T) {
	for name, c := range map[string]struct {
		said []Status
		next Status
		want bool
	}{
		"anything is said first":                    {nil, Rejected, true},
		"received is only said first":               {[]Status{InProcess}, Acknowledged, false},
		"a question after received":                 {[]Status{Acknowledged}, UnderQuery, true},
		"a question is asked once":                  {[]Status{UnderQuery}, UnderQuery, false},
		"accepted after a question":                 {[]Status{UnderQuery}, Accepted, true},
		"rejected after a question":                 {[]Status{Acknowledged, UnderQuery}, Rejected, true},
		"what is accepted is not rejected":          {[]Status{Accepted}, Rejected, false},
		"nor what is accepted on conditions":        {[]Status{Conditional}, Rejected, false},
		"what is rejected is not accepted":          {[]Status{Rejected}, Accepted, false},
		"nor paid":                                  {[]Status{Rejected}, Paid, false},
		"paid after accepted":                       {[]Status{Acknowledged, Accepted}, Paid, true},
		"paid after accepted on conditions":         {[]Status{Conditional}, Paid, true},
		"nothing follows paid":                      {[]Status{Accepted, Paid}, Accepted, false},
		"no question about what is accepted":        {[]Status{Accepted}, UnderQuery, false},
		"a status that Peppol does not know is not": {nil, "XX", false},
	} {
		if got := MayFollow(c.said, c.next); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// However statuses come, what is said is said once and ends with what is final.
func TestWhatIsSaidIsInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var said []Status
		for _, x := range rapid.SliceOfN(rapid.SampledFrom(Statuses), 0, 30).Draw(t, "statuses") {
			if MayFollow(said, x.Code) {
				said = append(said, x.Code)
			}
		}
		for i, s := range said {
			if slices.Contains(said[:i], s) {
				t.Fatalf("%s is said twice: %v", s, said)
			}
			if (s == Rejected || s == Paid) && i < len(said)-1 {
				t.Fatalf("%s is not the last: %v", s, said)
			}
		}
		if slices.Contains(said, Rejected) && (slices.Contains(said, Accepted) || slices.Contains(said, Conditional) || slices.Contains(said, Paid)) {
			t.Fatalf("rejected and accepted: %v", said)
		}
	})
}
