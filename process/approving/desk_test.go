package approving

import (
	"context"
	"errors"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web/webtest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestStatements(t *testing.T) { dbtest.Statements(t) }

const boss op.PersonID = 7

// papers is a source of documents by number; it approves those that are not held.
type papers struct {
	kind, one, many string
	due             map[string]period.Date
	held            map[string]error
	approved        []string
}

var errAbsent = fault.New(fault.NotFound, "TEST-001", "Det finns inte.")

func (p *papers) source() Source {
	return Source{
		Kind: p.kind, Word: p.one + " %s", All: "/l/" + p.kind,
		Count: func(ctx context.Context, n int64) string { return text.N(ctx, n, "%s "+p.one, "%s "+p.many) },
		Waits: func(_ *op.Op, most int) (w Waits, err error) {
			for key, due := range p.due {
				x := Item{Key: key, Due: due, WaitRow: ui.WaitRow{Heading: key, Link: ui.Link{URL: CardURL(key), Label: "Läs"}}}
				if p.held[key] != nil {
					w.Others = append(w.Others, x)
				} else if !slices.Contains(p.approved, key) {
					w.Approve = append(w.Approve, x)
				}
			}
			w.ToApprove = int64(len(w.Approve))
			return w, nil
		},
		Card: func(_ *op.Op, key string) (Card, error) {
			if _, ok := p.due[key]; !ok {
				return Card{}, errAbsent
			}
			return Card{Key: key, Version: 3, Title: key, Head: ui.HeadView{Headline: key}, Whole: ui.Link{URL: "/hela/" + key, Label: "Hela"},
				Waits: !slices.Contains(p.approved, key), Why: p.held[key], Done: "Klart " + key}, nil
		},
		Table: p,
	}
}

func (p *papers) TakeText(_ *op.Op, key, _ string, _ int64, _ map[string]string) (flow.State, int64, error) {
	if p.held[key] == nil {
		p.approved = append(p.approved, key)
	}
	return "", 0, p.held[key]
}

// What waits of two processes is one queue by the day that it is due: read, approved
// and on to the next, until nothing is left.
func TestOneQueueTwoTaps(t *testing.T) {
	door, _ := dbtest.Door(dbtest.SQLite(t))
	day := period.DateOf(dbtest.Noon)
	errJav := fault.New(fault.Forbidden, "TEST-002", "Du är jävig.")
	bills := &papers{kind: "bill", one: "faktura", many: "fakturor", due: map[string]period.Date{"b1": day + 3, "b2": 0, "b3": day}, held: map[string]error{"b3": errJav}}
	grants := &papers{kind: "grant", one: "bidrag", many: "bidrag", due: map[string]period.Date{"g1": day + 1}}
	desk := New(bills.source(), grants.source())
	me := dbtest.Actor("Bo Chef", MayOpen)
	visit := func(address string, values map[string]string) (string, string, error) {
		a, body, err := webtest.Visit(t, desk.pages(), door, me, address, values)
		return a.Location, body, err
	}

	_, body, err := visit("/attest", nil)
	if err != nil {
		t.Fatal(err)
	}
	webtest.Says(t, body, "2 fakturor och 1 bidrag väntar på dig")
	at := func(key string) int { return strings.Index(body, CardURL(key)) }
	if !(0 < at("g1") && at("g1") < at("b1") && at("b1") < at("b2")) || at("b3") >= 0 {
		t.Errorf("not in the order of what is due, or with what is another's:\n%s", body)
	}
	for _, step := range []struct{ key, next string }{{"g1", CardURL("b1")}, {"b1", CardURL("b2")}, {"b2", "/attest"}} {
		if _, body, err = visit(CardURL(step.key), nil); err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, step.key, "Hela")
		next, _, err := visit(CardURL(step.key)+"/approve", map[string]string{"version": "3"})
		if err != nil || next != step.next {
			t.Errorf("after %s comes %q (%v), want %q", step.key, next, err, step.next)
		}
	}
	if _, body, _ = visit("/attest", nil); !strings.Contains(body, "Ingenting väntar på din attest") {
		t.Errorf("the queue is not empty:\n%s", body)
	}
	if to, _, _ := visit(CardURL("g1"), nil); to != "/hela/g1" {
		t.Errorf("what is approved opens %q", to)
	}
	if _, _, err := visit(CardURL("b3")+"/approve", map[string]string{"version": "3"}); !errors.Is(err, errJav) {
		t.Errorf("approved against the rule of the source: %v", err)
	}
	if _, _, err := visit(CardURL("x9"), nil); !errors.Is(err, errNone) {
		t.Errorf("what nobody knows: %v", err)
	}
	me = dbtest.Actor("Ida")
	if _, _, err := visit("/attest", nil); fault.Of(err).Kind != fault.Forbidden {
		t.Errorf("without the permission: %v", err)
	}
}

func TestTheDigestTellsNoNames(t *testing.T) {
	desk := New((&papers{kind: "bill", one: "faktura", many: "fakturor"}).source(), (&papers{kind: "grant", one: "bidrag", many: "bidrag"}).source())
	asks := make([]Ask, 17)
	for i := range asks {
		asks[i] = Ask{Client: 3, Kind: "bill", Record: int64(i + 1), Step: "approve", Number: "4711", Amount: money.Kronor(100), Due: period.NewDate(2026, 12, 1), Escalated: i == 0}
	}
	asks[1].Kind, asks[1].Number, asks[1].Step = "grant", "UU 2026:4", "review"
	day := period.DateOf(dbtest.Noon)
	m := desk.digest(t.Context(), receiver{ID: boss, Email: "bo@stad.example", Language: "sv"}, asks, map[op.ClientID]string{3: "Kulturförvaltningen"}, "https://kontor.example", day)
	if m.Subject != "Kontor: 16 fakturor och 1 bidrag väntar på dig" || m.To != "bo@stad.example" {
		t.Errorf("%q to %q", m.Subject, m.To)
	}
	if again := desk.digest(t.Context(), receiver{ID: boss, Language: "en"}, asks[:1], nil, "", day); again.Key != m.Key {
		t.Errorf("%q and %q: the same person and day is the same mail", again.Key, m.Key)
	}
	const kept = "testdata/digest.txt"
	got := m.Subject + "\n\n" + m.Text
	if *update {
		if err := os.WriteFile(kept, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(kept); err != nil || string(want) != got {
		t.Errorf("%s is out of date (%v):\n%s", kept, err, got)
	}
}

// The reminders of a day begin once, after the office's morning, on days when it is
// open.
func TestRemindersBeginOnceADay(t *testing.T) {
	door, clock := dbtest.Door(dbtest.SQLite(t))
	system := dbtest.Actor("Kontor")
	asked := func(at time.Time) (n int) {
		clock.Set(at)
		for range 2 {
			dbtest.Do(t, door, system, beginReminding)
		}
		rows, err := door.DB.Raw().Query(`SELECT id FROM job WHERE kind = 'approving.digest'`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			n++
		}
		return n
	}
	day := period.DateOf(dbtest.Noon) // a Wednesday
	for _, c := range []struct {
		at   time.Time
		want int
	}{{day.At(6 * 60), 0}, {day.At(7 * 60), 1}, {(day + 1).At(6 * 60), 1}, {(day + 1).At(12 * 60), 2}, {(day + 3).At(12 * 60), 2}} {
		if got := asked(c.at); got != c.want {
			t.Errorf("%s: %d mails of the day asked for, want %d", c.at, got, c.want)
		}
	}
}
