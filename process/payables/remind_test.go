package payables

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/kernel/golden"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/approval"
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
			asks, names, up := remindersOf(v, set, contact, c.since, now)
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

func TestTheDigestTellsNoNamesOfSuppliers(t *testing.T) {
	asks := make([]ask, 17)
	for i := range asks {
		asks[i] = ask{Client: 3, Invoice: ID(i + 1), Step: "approve", Number: "4711", Amount: money.Kronor(100), Due: period.NewDate(2026, 12, 1), Escalated: i == 0}
	}
	m := digest(context.Background(), receiver{ID: boss, Email: "bo@stad.example", Language: "sv"}, asks, map[op.ClientID]string{3: "Kulturförvaltningen"}, "https://kontor.example", period.NewDate(2026, 11, 25))
	if m.Subject != "Kontor: 17 fakturor väntar på dig" || m.To != "bo@stad.example" {
		t.Errorf("%q to %q", m.Subject, m.To)
	}
	for _, want := range []string{"https://kontor.example/attest", "… och 2 till.", "Kulturförvaltningen, faktura 4711, 100,00 kr, förfaller 2026-12-01. Den som först fick frågan har inte svarat."} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("%q is not in:\n%s", want, m.Text)
		}
	}
	again := digest(context.Background(), receiver{ID: boss, Language: "en"}, asks[:1], nil, "", period.NewDate(2026, 11, 25))
	if again.Key != m.Key {
		t.Errorf("%q and %q: the same person and day is the same mail", again.Key, m.Key)
	}
	golden.Check(t, "testdata/digest.txt", m.Subject+"\n\n"+m.Text)
}
