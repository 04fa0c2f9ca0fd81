package payables

import (
	"fmt"

	"kontor/kernel/db"
	"kontor/kernel/module"
	"kontor/kernel/op"
)

type tally struct{ Invoices, Wrong int64 }

var (
	// An invoice is a posted debt while it lives and when it is approved; one that
	// is held or has left otherwise is not.
	unposted = db.Select[tally](`
		SELECT count(*) AS invoices,
		       CAST(COALESCE(sum(CASE WHEN liability = 0 AND payable <> 0 AND state NOT IN ('held', 'returned', 'voided', 'moved') THEN 1
		                              WHEN liability <> 0 AND state = 'held' THEN 1
		                              WHEN cost = 0 AND payable <> 0 AND state = 'ready' THEN 1 ELSE 0 END), 0) AS BIGINT) AS wrong
		FROM   payables_invoice`)
	uncounted = db.Select[tally](`
		SELECT count(*) AS invoices,
		       CAST(COALESCE(sum(CASE WHEN e.n = 1 AND e.day = t.handled THEN 0 ELSE 1 END), 0) AS BIGINT) AS wrong
		FROM   payables_invoice AS t
		LEFT   JOIN (SELECT client, document, count(*) AS n, max(day) AS day FROM work_event WHERE process = 'payables' AND corrects = 0 GROUP BY client, document) AS e
		       ON e.client = t.client AND e.document = t.id
		WHERE  t.state IN ('ready', 'returned', 'voided', 'moved')`)
	alone = db.Select[tally](`
		SELECT count(*) AS invoices,
		       CAST(COALESCE(sum(CASE WHEN r.person IS NULL OR r.person IN (a.person, a.holder) OR r.holder IN (a.person, a.holder) THEN 1 ELSE 0 END), 0) AS BIGINT) AS wrong
		FROM   payables_approval AS a
		LEFT   JOIN payables_approval AS r ON r.client = a.client AND r.invoice = a.invoice AND r.step = 'review' AND r.coding_no = a.coding_no AND r.voided IS NULL
		WHERE  a.step = 'approve' AND a.voided IS NULL`)
	unclaimed = db.Select[tally](`
		SELECT count(*) AS invoices,
		       CAST(COALESCE(sum(CASE WHEN n.invoice IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS wrong
		FROM   payables_invoice AS t
		LEFT   JOIN payables_number AS n ON n.supplier = t.supplier AND n.invoice = t.id
		WHERE  t.supplier <> 0 AND t.state <> 'moved'`)
)

func invariants() []module.Invariant {
	check := func(s *db.SelectStmt[tally], counted string) func(*op.Op) (map[string]int64, error) {
		return func(o *op.Op) (map[string]int64, error) {
			t, err := s.One(o)
			if err == nil && t.Wrong > 0 {
				err = fmt.Errorf("%d of %d %s", t.Wrong, t.Invoices, counted)
			}
			return map[string]int64{counted: t.Invoices}, err
		}
	}
	return []module.Invariant{
		{Name: "payables.posted", Label: "Varje faktura är bokförd precis så länge den är en skuld", Check: check(unposted, "invoices")},
		{Name: "payables.counted", Label: "Varje avslutad faktura har lämnat precis en händelse, på den dag som står på fakturan", Check: check(uncounted, "ended")},
		{Name: "payables.four-eyes", Label: "Ingen har både granskat och attesterat samma faktura", Check: check(alone, "approvals")},
		{Name: "payables.claimed", Label: "Varje fakturanummer står i registret över nummer", Check: check(unclaimed, "numbers")},
	}
}
