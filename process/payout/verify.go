package payout

import (
	"fmt"

	"kontor/kernel/db"
	"kontor/kernel/module"
	"kontor/kernel/op"
)

type tally struct{ Requests, Wrong int64 }

var (
	unposted = db.Select[tally](`
		SELECT count(*) AS requests,
		       CAST(COALESCE(sum(CASE WHEN (liability <> 0) = (state IN ('ready', 'paying', 'paid')) THEN 0 ELSE 1 END), 0) AS BIGINT) AS wrong
		FROM   payout_request`)
	uncounted = db.Select[tally](`
		SELECT count(*) AS requests,
		       CAST(COALESCE(sum(CASE WHEN e.n = 1 THEN 0 ELSE 1 END), 0) AS BIGINT) AS wrong
		FROM   payout_request AS t
		LEFT   JOIN (SELECT client, document, count(*) AS n FROM work_event WHERE process = 'payout' AND corrects = 0 GROUP BY client, document) AS e
		       ON e.client = t.client AND e.document = t.id
		WHERE  t.state IN ('ready', 'paying', 'paid', 'voided')`)
	alone = db.Select[tally](`
		SELECT count(*) AS requests,
		       CAST(COALESCE(sum(CASE WHEN r.person IS NULL OR r.person IN (a.person, a.holder) OR r.holder IN (a.person, a.holder)
		                                OR t.writer IN (a.person, a.holder, r.person, r.holder, t.confirmed_by, t.decided_by)
		                                OR t.sender IN (a.person, a.holder, r.person, r.holder, t.confirmed_by, t.decided_by) THEN 1 ELSE 0 END), 0) AS BIGINT) AS wrong
		FROM   payout_request AS t
		JOIN   payout_approval AS a ON a.client = t.client AND a.request = t.id AND a.step = 'approve' AND a.voided IS NULL
		LEFT   JOIN payout_approval AS r ON r.client = a.client AND r.request = a.request AND r.step = 'review' AND r.voided IS NULL`)
)

func invariants() []module.Invariant {
	check := func(s *db.SelectStmt[tally], counted string) func(*op.Op) (map[string]int64, error) {
		return func(o *op.Op) (map[string]int64, error) {
			t, err := s.One(o)
			if err == nil && t.Wrong > 0 {
				err = fmt.Errorf("%d of %d %s", t.Wrong, t.Requests, counted)
			}
			return map[string]int64{counted: t.Requests}, err
		}
	}
	return []module.Invariant{
		{Name: "payout.posted", Label: "Varje utbetalningsunderlag är bokfört precis från attest", Check: check(unposted, "requests")},
		{Name: "payout.counted", Label: "Varje attesterat eller makulerat underlag har lämnat precis en händelse", Check: check(uncounted, "ended")},
		{Name: "payout.four-eyes", Label: "Skriva, granska och attestera ett underlag har gjorts av tre personer", Check: check(alone, "approvals")},
	}
}
