package complaint

import (
	"errors"
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/golden"
	"kontor/kernel/op"
	"kontor/kernel/work"
	"kontor/promise/client"
)

// The drawing that the users see is the table that the program runs.
func TestLife(t *testing.T) { golden.Life(t, &Life) }

func TestStatements(t *testing.T) { dbtest.Statements(t) }

func TestWhatStandsInTheWayOfClosing(t *testing.T) {
	for _, c := range []struct {
		name string
		c    Complaint
		want error
	}{
		{"praise that wants no answer", Complaint{Kind: "praise"}, nil},
		{"a sender who waits for an answer", Complaint{Kind: "comment", ReplyTo: "a@b"}, errUnanswered},
		{"an answered comment", Complaint{Kind: "comment", ReplyTo: "a@b", Answer: "Tack."}, nil},
		{"a complaint without a measure", Complaint{Kind: "complaint", ReplyTo: "a@b", Answer: "Tack."}, errNoMeasure},
		{"an anonymous complaint with a measure", Complaint{Kind: "complaint", Measure: "Ny rutin."}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := mayClose(op.Who{}, c.c); !errors.Is(got, c.want) {
				t.Errorf("mayClose = %v, want %v", got, c.want)
			}
		})
	}
}

// A complaint is registered, told to the manager, answered and closed; it has
// left one work event, and its register number follows on the one before.
func TestFromRegistrationToClosing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		maja := dbtest.Actor("Maja", MayRead, MayHandle)
		boss := dbtest.Actor("Lo", MayRead, MayInform)
		k := &client.Client{Code: "KULT", Name: "Kulturförvaltningen", Kind: "administration", Active: true}
		dbtest.Do(t, door, maja, func(o *op.Op) error { return client.Add(o, k) })
		var last ID
		for _, want := range []string{"K 2026:1", "K 2026:2"} {
			dbtest.Do(t, door, maja, func(o *op.Op) error {
				c := &Complaint{Kind: "complaint", Process: "payables", Text: "Sent.", ReplyTo: "anna@kult"}
				c.Client = k.ID
				err := Register(o, c)
				if c.Number != want {
					t.Errorf("register number %q, want %q", c.Number, want)
				}
				last = c.ID
				return err
			})
		}
		take := func(a op.Actor, step string, in map[string]string) error {
			return door.Do(t.Context(), a, func(o *op.Op) error { _, err := Table.Take(o, last, step, 0, in); return err })
		}
		if err := take(maja, "answer", map[string]string{"answer": "Hej"}); err == nil {
			t.Error("it was answered before the manager had been told")
		}
		for _, s := range []struct {
			who  op.Actor
			step string
			in   map[string]string
		}{
			{boss, "inform", nil}, {maja, "answer", map[string]string{"answer": "Hej"}},
			{maja, "measure", map[string]string{"measure": "Ny rutin"}}, {maja, "close", nil},
		} {
			if err := take(s.who, s.step, s.in); err != nil {
				t.Fatalf("%s: %v", s.step, err)
			}
		}
		dbtest.Do(t, door, maja, func(o *op.Op) error {
			events, err := work.Of(o, k.ID, int64(last))
			if len(events) != 1 || events[0].Activity != Activity {
				t.Errorf("events %+v, want one", events)
			}
			return err
		})
	})
}
