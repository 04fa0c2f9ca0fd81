package payables

import (
	"slices"
	"testing"
	"time"

	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/approving"
	"kontor/promise/approval"
	"kontor/promise/leadtime"
)

func TestWhoIsReminded(t *testing.T) {
	set := approval.Setting{Remind: 1, Escalate: 4}
	contact := []approval.Authority{{Person: reviewer, For: reviewer, Name: "Rut"}}
	for _, c := range []struct {
		name  string
		since time.Time // now is Wednesday 25 November
		edit  func(*Invoice)
		want  []op.PersonID
		up    bool
	}{
		{"nobody on the same day", now, nil, nil, false},
		{"the nearest after a working day", now.AddDate(0, 0, -1), nil, []op.PersonID{boss}, false},
		{"Friday to Monday is one working day: nobody else yet", now.AddDate(0, 0, -5), nil, []op.PersonID{boss}, false},
		{"after four working days the superior too", now.AddDate(0, 0, -6), nil, []op.PersonID{boss, second}, true},
		{"without a superior, those with the next limit", now.AddDate(0, 0, -6), func(v *Invoice) { v.Rights.Schemes[0].Rows[0].Superior = 0 }, []op.PersonID{boss, second}, true},
		{"a substitute is as near as the one who is away", now.AddDate(0, 0, -1), func(v *Invoice) { standIn(v, boss, 77) }, []op.PersonID{boss, 77}, false},
		{"not the one who may not: the limit", now.AddDate(0, 0, -1), func(v *Invoice) { v.Rights.Schemes[0].Rows[0].Most = 1 }, []op.PersonID{second}, false},
		{"not the one who reviewed", now.AddDate(0, 0, -1), func(v *Invoice) { v.Approvals[0].Person, v.Approvals[0].Holder = boss, boss }, []op.PersonID{second}, false},
		{"not the one whose cost it is", now.AddDate(0, 0, -1), func(v *Invoice) { v.Occasion.Persons = []op.PersonID{boss} }, []op.PersonID{second}, false},
		{"the contact reviews where nobody is named", now.AddDate(0, 0, -1), func(v *Invoice) { v.State = Coded }, []op.PersonID{reviewer}, false},
		{"those who are named review", now.AddDate(0, 0, -1), func(v *Invoice) {
			v.State = Coded
			v.Rights.Schemes[0].Rows = append(v.Rights.Schemes[0].Rows, approval.Row{Person: 78, Name: "Siv", Kind: approval.Review, Units: "41", Most: money.Kronor(15_000)})
		}, []op.PersonID{78}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, v := ready()
			if c.edit != nil {
				c.edit(&v)
			}
			asks, names, up := approving.Reminders(matter(v, contact, c.since, period.DateOf(now)), set, leadtime.Calendar, now)
			var got []op.PersonID
			for _, a := range asks {
				got = append(got, a.Person)
			}
			if !slices.Equal(got, c.want) || up != c.up || len(names) != len(got) {
				t.Errorf("reminded %v (%v), escalated %v; want %v, %v", got, names, up, c.want, c.up)
			}
		})
	}
}
