package payout

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
	"kontor/kernel/web/webtest"
	"kontor/process/approving"
	"kontor/promise/approval"
	"kontor/promise/approval/approvaltest"
)

// reviewed takes a request to where its approver has it.
func (c *city) reviewed(t testing.TB, v *Request) ID {
	t.Helper()
	key := c.add(t, v)
	c.must(t, c.writer, key, "send")
	c.must(t, c.checker, key, "confirm")
	c.must(t, c.reviewer, key, "review")
	return key
}

func TestARequestIsApprovedInTheApproversQueue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := found(t, d)
		first := c.reviewed(t, c.grant())
		later := c.grant()
		later.Due, later.Purpose, later.PayeeOrg, later.Account = noon+9, "Hyresbidrag 2026", "165599991014", "9912353"
		second := c.reviewed(t, later)
		secret := c.reviewed(t, c.aid())
		desk := approving.New(Approvals()).Module().Pages
		visit := func(a op.Actor, address string, values map[string]string) (string, string, error) {
			a.Grants[approving.MayOpen] = op.Scope{All: true}
			answer, body, err := webtest.Visit(t, desk, c.door, a, address, values)
			return answer.Location, body, err
		}
		_, body, err := visit(c.approver, "/attest", nil)
		if err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, "Idrottsföreningen Kamraterna, 12\u00a0000,00 kr", "betalas 2026-11-30", approving.CardURL(first.String()), approving.CardURL(second.String()))
		if strings.Contains(body, "Hemlig") {
			t.Error("the queue tells somebody under protection")
		}
		if _, body, err = visit(c.reviewer, "/attest", nil); err != nil || strings.Contains(body, approving.CardURL(first.String())) {
			t.Errorf("the reviewer is asked to approve what she reviewed: %v", err)
		}

		_, body, err = visit(c.approver, approving.CardURL(first.String()), nil)
		if err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, "Verksamhetsbidrag 2026", "Nämndens beslut 2026-11-02 § 12", "(4120) på Stöd (21100)", "av Greta Granskar", "Din attesträtt, upp till 50\u00a0000,00 kr.")
		version := map[string]string{"version": strconv.FormatInt(c.get(t, first).Version, 10)}
		if _, _, err := visit(c.writer, approving.CardURL(first.String())+"/approve", version); !errors.Is(err, errOwn) {
			t.Errorf("the writer approved: %v", err)
		}
		if _, _, err := visit(c.approver, approving.CardURL(first.String())+"/approve", map[string]string{"version": "1"}); err == nil {
			t.Error("approved what has changed since it was read")
		}
		to, _, err := visit(c.approver, approving.CardURL(first.String())+"/approve", version)
		if err != nil || to == "/attest" || c.get(t, first).State != Ready {
			t.Errorf("approved: %v, then to %q", err, to)
		}
		answer, _, err := webtest.Visit(t, desk, c.door, c.approver, approving.CardURL(secret.String()), nil)
		if err != nil || answer.Title != "Attestera UU 2026:3" {
			t.Errorf("the browser keeps %q of somebody under protection: %v", answer.Title, err)
		}
		proven(t, c)
	})
}

// Whoever is asked to review or approve may: never whoever wrote it or is tied to the
// payee, nor for a protected payee anybody who may not see who it is.
func TestWhoIsReminded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := found(t, d)
		boss := role.Person{Name: "Bo Chef", Email: "bo@stad.example", Kind: op.Person, Language: "sv", Active: true, Interests: []string{}}
		safe := role.Person{Name: "Siv Säker", Email: "siv@stad.example", Kind: op.Person, Language: "sv", Active: true, Interests: []string{}, Clearance: op.Secret}
		c.do(t, c.system, func(o *op.Op) error { return errors.Join(role.Add(o, &boss), role.Add(o, &safe)) })
		actor := func(p role.Person) op.Actor { return op.Actor{ID: p.ID, Name: p.Name} }
		approvaltest.Adopt(t, c.door, c.at, approvaltest.Final(actor(boss), money.Kronor(50_000)), approvaltest.Final(actor(safe), money.Kronor(50_000)),
			approvaltest.Final(c.writer, money.Kronor(50_000)),
			approval.Row{Person: c.reviewer.ID, Name: c.reviewer.Name, Kind: approval.Review, Most: money.Kronor(50_000)})
		plain, secret := c.reviewed(t, c.grant()), c.reviewed(t, c.aid())
		unconfirmed := c.grant()
		unconfirmed.Purpose, unconfirmed.Due = "Annat", noon+20
		ours := c.add(t, unconfirmed)
		c.must(t, c.writer, ours, "send")

		desk := approving.New(Approvals())
		c.clock.Set((period.DateOf(dbtest.Noon) + 1).At(12 * 60))
		for range 2 {
			c.do(t, c.system, func(o *op.Op) error { return errors.Join(desk.Remind(o, c.at), desk.Digest(o)) })
		}
		told := func(key ID) (notes []string) {
			c.do(t, c.system, func(o *op.Op) error {
				rows, err := audit.Of(o, c.at, int64(key))
				for _, r := range rows {
					if r.Step == "remind" {
						notes = append(notes, r.Note)
					}
				}
				return err
			})
			return notes
		}
		if got := told(plain); len(got) == 0 || strings.Contains(got[0], c.writer.Name) || !strings.Contains(got[0], "Bo Chef") {
			t.Errorf("reminded of an open request: %q", got)
		}
		if got := told(secret); len(got) == 0 || got[0] != "Siv Säker" {
			t.Errorf("reminded of a protected payee: %q", got)
		}
		if got := told(ours); got != nil {
			t.Errorf("the client is reminded of what waits for us: %q", got)
		}
		letters := map[string]string{}
		rows, err := d.Raw().Query(`SELECT receiver, body FROM mail`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var to, words string
			if err := rows.Scan(&to, &words); err != nil {
				t.Fatal(err)
			}
			if letters[to] != "" {
				t.Errorf("two letters to %s", to)
			}
			letters[to] = words
		}
		if !strings.Contains(letters["bo@stad.example"], "utbetalning UU 2026:1, 12\u00a0000,00 kr") || strings.Contains(letters["bo@stad.example"], "UU 2026:2") {
			t.Errorf("Bo is told\n%s", letters["bo@stad.example"])
		}
		for to, words := range letters {
			if strings.Contains(words, "Hemlig") || strings.Contains(words, "Kamraterna") {
				t.Errorf("%s is told who is paid", to)
			}
		}
		if len(letters) != 2 {
			t.Errorf("%d letters", len(letters))
		}
	})
}
