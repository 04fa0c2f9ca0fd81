package treasury

import (
	"fmt"
	"slices"

	"kontor/kernel/db"
	"kontor/kernel/module"
	"kontor/kernel/money"
	"kontor/kernel/op"
)

type cleared struct {
	Client  op.ClientID
	Account string
	Amount  money.Amount
}

type tally struct{ Counted, Wrong int64 }

var (
	// What ought to stand on the clearing account: every debt moved there less
	// what the bank has taken, and what has come back.
	shouldClear = db.Select[cleared](`
		SELECT p.client, a.clearing AS account,
		       CAST(sum(p.amount * (CASE WHEN p.booked <> 0 THEN 1 ELSE 0 END - CASE WHEN p.owed THEN 1 ELSE 0 END
		                          + CASE WHEN p.owed AND p.state IN ('rejected', 'returned') THEN 1 ELSE 0 END
		                          - CASE WHEN p.returned <> 0 THEN 1 ELSE 0 END)) AS BIGINT) AS amount
		FROM   treasury_payment AS p JOIN treasury_account AS a ON a.id = p.account
		GROUP  BY p.client, a.clearing
		ORDER  BY p.client, a.clearing`)
	doesClear = db.Select[cleared](`
		SELECT l.client, l.account, CAST(sum(l.amount) AS BIGINT) AS amount
		FROM   ledger_line AS l
		WHERE  l.account IN (SELECT clearing FROM treasury_account)
		GROUP  BY l.client, l.account
		ORDER  BY l.client, l.account`)

	allReleased = db.Select[ID](`SELECT id FROM treasury_proposal WHERE released IS NOT NULL ORDER BY id`)

	// A part lives exactly as long as its payment holds its document.
	astray = db.Select[tally](`
		SELECT count(*) AS counted,
		       CAST(COALESCE(sum(CASE WHEN t.live = (p.state IN ('proposed', 'released', 'filed', 'accepted', 'paid')) THEN 0 ELSE 1 END), 0) AS BIGINT) AS wrong
		FROM   treasury_part AS t JOIN treasury_payment AS p ON p.client = t.client AND p.id = t.payment`)
	// An entry is explained exactly when one settled explanation says what it is.
	unexplained = db.Select[tally](`
		SELECT count(*) AS counted,
		       CAST(COALESCE(sum(CASE WHEN COALESCE(s.n, 0) = CASE WHEN e.state = 'explained' THEN 1 ELSE 0 END THEN 0 ELSE 1 END), 0) AS BIGINT) AS wrong
		FROM   treasury_entry AS e
		LEFT   JOIN (SELECT entry, count(*) AS n
		             FROM   (SELECT entry FROM treasury_explanation WHERE state = 'settled'
		                     UNION ALL
		                     SELECT pair AS entry FROM treasury_explanation WHERE state = 'settled' AND pair <> 0) AS x
		             GROUP  BY entry) AS s ON s.entry = e.id`)
	unsummed = db.Select[tally](`
		SELECT count(*) AS counted,
		       CAST(COALESCE(sum(CASE WHEN p.amount = s.amount AND p.amount >= 0 THEN 0 ELSE 1 END), 0) AS BIGINT) AS wrong
		FROM   treasury_payment AS p
		LEFT   JOIN (SELECT client, payment, sum(amount - withheld) AS amount FROM treasury_part GROUP BY client, payment) AS s
		       ON s.client = p.client AND s.payment = p.id`)
)

// verifyClearing proves that the clearing account is exactly what is under way.
func verifyClearing(o *op.Op) (map[string]int64, error) {
	should, err := shouldClear.All(o)
	if err != nil {
		return nil, err
	}
	does, err := doesClear.All(o)
	if err != nil {
		return nil, err
	}
	type key struct {
		client  op.ClientID
		account string
	}
	diff := map[key]money.Amount{}
	for _, x := range should {
		diff[key{x.Client, x.Account}] += x.Amount
	}
	for _, x := range does {
		diff[key{x.Client, x.Account}] -= x.Amount
	}
	for k, d := range diff {
		if d != 0 {
			return nil, fmt.Errorf("client %s: account %s differs by %s kr from what is under way", k.client, k.account, d)
		}
	}
	return map[string]int64{"cleared": int64(len(diff))}, nil
}

// verifyEyes proves that nobody has released what they proposed or approved
// themselves, and that nothing else was sent than what was released.
func verifyEyes(o *op.Op) (map[string]int64, error) {
	all, err := allReleased.All(o)
	if err != nil {
		return nil, err
	}
	for _, key := range all {
		p, err := proposalByID.One(o, key)
		if err != nil {
			return nil, err
		}
		if err := load(o, &p); err != nil {
			return nil, err
		}
		if p.ReleasedBy == p.ProposedBy {
			return nil, fmt.Errorf("proposal %s was released by whoever proposed it", p.Number)
		}
		for i := range p.Rows {
			r := &p.Rows[i]
			if sealOf(r) != r.Seal {
				return nil, fmt.Errorf("payment %s is not what was proposed", r.EndToEnd)
			}
			if !r.Owed {
				continue
			}
			for _, x := range r.Parts {
				if slices.Contains(x.Approvers, p.ReleasedBy) {
					return nil, fmt.Errorf("payment %s was released by somebody who had a part in %s", r.EndToEnd, x.Number)
				}
			}
			if r.Sampled != "" && (r.CheckedBy == 0 || r.CheckedBy == p.ProposedBy) {
				return nil, fmt.Errorf("payment %s was to be controlled by another person and was not", r.EndToEnd)
			}
		}
	}
	return map[string]int64{"released": int64(len(all))}, nil
}

func counted(s *db.SelectStmt[tally], name, what string) func(*op.Op) (map[string]int64, error) {
	return func(o *op.Op) (map[string]int64, error) {
		t, err := s.One(o)
		if err == nil && t.Wrong > 0 {
			err = fmt.Errorf("%d of %d %s", t.Wrong, t.Counted, what)
		}
		return map[string]int64{name: t.Counted}, err
	}
}

func invariants() []module.Invariant {
	return []module.Invariant{
		{Name: "treasury.clearing", Label: "Kontot för betalningar under väg är precis det som är under väg", Check: verifyClearing},
		{Name: "treasury.four-eyes", Label: "Ingen har ensam fått ut pengar: den som frisläppte hade ingen annan del i betalningen", Check: verifyEyes},
		{Name: "treasury.once", Label: "Varje dokument hålls av högst en levande betalning", Check: counted(astray, "parts", "parts live another time than their payments")},
		{Name: "treasury.explained", Label: "Varje utredd händelse har precis en förklaring som gäller", Check: counted(unexplained, "entries", "entries and explanations do not agree")},
		{Name: "treasury.sums", Label: "Varje betalning är summan av sina dokument och aldrig under noll", Check: counted(unsummed, "payments", "payments are not their documents")},
	}
}
