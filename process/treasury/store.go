package treasury

import (
	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

const paymentColumns = `client, id, version, proposal, account, payee_org, payee_name, payee_key, scheme, number, amount, execute, ocr, message,
	bank_name, bank_account, bank_message, bank_town, bank_country, end_to_end, batch, state, code, reason, sampled, checked_by, checked_name, checked, check_note, seal, owed, paid, booked, returned`

const accountColumns = `id, version, owner, name, iban, bankgiro, bic, profile, agreement, holder, ledger, clearing, books, cutoff, valid_from, valid_to`

const partColumns = `client, id, payment, kind, document, number, amount, withheld, due, approvers, live`

var (
	addPayments = db.Insert[Payment]("treasury_payment", "")
	savePayment = db.Update[Payment]("treasury_payment")
	// What the steps of a proposal change.
	movePayments = db.UpdateMany[Payment]("treasury_payment", "state", "reason", "execute", "batch", "owed", "paid")
	paymentsOf   = db.Select[Payment](`SELECT ` + paymentColumns + ` FROM treasury_payment WHERE proposal = $1 ORDER BY id`)
	paymentByID  = db.Select[Payment](`SELECT ` + paymentColumns + ` FROM treasury_payment WHERE id = $1`)
	byEndToEnd   = db.Select[Payment](`SELECT ` + paymentColumns + ` FROM treasury_payment WHERE end_to_end = $1`)

	addParts = db.Insert[Part]("treasury_part", "ON CONFLICT (client, kind, document) WHERE live DO NOTHING")
	partsOf  = db.Select[Part](`
		SELECT t.client, t.id, t.payment, t.kind, t.document, t.number, t.amount, t.withheld, t.due, t.approvers, t.live
		FROM   treasury_payment AS p JOIN treasury_part AS t ON t.client = p.client AND t.payment = p.id
		WHERE  p.proposal = $1
		ORDER  BY t.payment, t.id`)
	partsOfOne   = db.Select[Part](`SELECT ` + partColumns + ` FROM treasury_part WHERE client = $1 AND payment = $2 ORDER BY id`)
	releaseParts = db.Change(`UPDATE treasury_part SET live = FALSE WHERE client = $1 AND payment = $2`)

	reviveParts = db.Change(`
		UPDATE treasury_part SET live = TRUE
		WHERE  client = $1 AND payment = $2 AND NOT live
		AND    NOT EXISTS (SELECT 1 FROM treasury_part AS o WHERE o.client = treasury_part.client AND o.kind = treasury_part.kind AND o.document = treasury_part.document AND o.live)`)

	addLefts = db.Insert[Left]("treasury_left", "")
	leftsOf  = db.Select[Left](`
		SELECT client, id, proposal, kind, document, number, payee_name, amount, due, reason
		FROM   treasury_left
		WHERE  proposal = $1
		ORDER  BY reason, payee_name, id`)

	accountsOn = db.Select[Account](`
		SELECT ` + accountColumns + `
		FROM   treasury_account
		WHERE  valid_from <= $1 AND valid_to >= $1
		ORDER  BY owner, name, id`)
	accountByID = db.Select[Account](`SELECT ` + accountColumns + ` FROM treasury_account WHERE id = $1`)
	accountsAll = db.Select[Account](`SELECT ` + accountColumns + ` FROM treasury_account ORDER BY id`)
	addAccount  = db.Insert[Account]("treasury_account", "")
	moveAccount = db.Change(`
		UPDATE treasury_account
		SET    version = version + 1, name = $3, iban = $4, bankgiro = $5, bic = $6, profile = $7, agreement = $8, holder = $9,
		       ledger = $10, clearing = $11, books = $12, cutoff = $13, valid_from = $14, valid_to = $15
		WHERE  id = $1 AND version = $2`)

	// How many payments have left an account, and how many of them the bank has not
	// booked (wrong).
	usedAccount = db.Select[tally](`
		SELECT count(*) AS counted, CAST(COALESCE(sum(CASE WHEN booked = 0 AND amount > 0 AND state IN ('filed', 'accepted', 'paid') THEN 1 ELSE 0 END), 0) AS BIGINT) AS wrong
		FROM   treasury_payment
		WHERE  account = $1 AND owed`)

	toFile = db.Select[ID](`SELECT id FROM treasury_proposal WHERE state = 'released' ORDER BY id`)

	putAnswer = db.Insert[Answer]("treasury_answer", `ON CONFLICT (hash) DO UPDATE
		SET received = excluded.received, actor = excluded.actor, matched = excluded.matched, already = excluded.already, other = excluded.other,
		    skipped = excluded.skipped, note = excluded.note`)
	answerByHash = db.Select[Answer](`
		SELECT id, hash, name, kind, received, actor, matched, already, other, skipped, note FROM treasury_answer WHERE hash = $1`)
	answerByID = db.Select[Answer](`
		SELECT id, hash, name, kind, received, actor, matched, already, other, skipped, note FROM treasury_answer WHERE id = $1`)

	addStatement = db.Insert[statementRow]("treasury_statement", "ON CONFLICT (account, kind, statement, sequence) DO NOTHING")
	statementOf  = db.Select[statementRow](`
		SELECT account, kind, statement, sequence, answer, opening, closing, last, balanced
		FROM   treasury_statement
		WHERE  account = $1 AND kind = $2 AND statement = $3 AND sequence = $4`)
	lastStatement = db.Select[statementRow](`
		SELECT account, kind, statement, sequence, answer, opening, closing, last, balanced
		FROM   treasury_statement
		WHERE  account = $1 AND kind = $2 AND last <= $3 AND balanced
		ORDER  BY last DESC, sequence DESC LIMIT 1`)

	addEntry  = db.Insert[Entry]("treasury_entry", "ON CONFLICT (account, key) DO NOTHING")
	moveEntry = db.Change(`UPDATE treasury_entry SET state = $3 WHERE id = $1 AND state = $2`)
	entryByID = db.Select[Entry](`
		SELECT id, account, key, answer, kind, booked, amount, ref, text, state, note FROM treasury_entry WHERE id = $1`)
	explainedBy = db.Select[ExplanationID](`SELECT id FROM treasury_explanation WHERE entry = $1 OR pair = $1 ORDER BY id`)
	// Payments that an entry may be about.
	maybeOut = db.Select[Payment](`
		SELECT ` + paymentColumns + `
		FROM   treasury_payment
		WHERE  account = $1 AND amount = $2 AND (state IN ('filed', 'accepted') OR state = 'paid' AND booked = 0)
		ORDER  BY execute DESC, id
		LIMIT  10`)
	maybeIn = db.Select[Payment](`
		SELECT ` + paymentColumns + `
		FROM   treasury_payment
		WHERE  account = $1 AND amount = $2 AND state IN ('filed', 'accepted', 'paid')
		ORDER  BY execute DESC, id
		LIMIT  10`)
	maybePair = db.Select[Entry](`
		SELECT id, account, key, answer, kind, booked, amount, ref, text, state, note
		FROM   treasury_entry
		WHERE  account = $1 AND kind = $2 AND amount = $3 AND state IN ('open', 'other')
		ORDER  BY booked DESC, id
		LIMIT  10`)
	endEntry  = db.Change(`UPDATE treasury_entry SET state = $2, note = $3, amount = $4 WHERE id = $1`)
	entriesOf = db.Select[Entry](`
		SELECT id, account, key, answer, kind, booked, amount, ref, text, state, note
		FROM   treasury_entry
		WHERE  answer = $1
		ORDER  BY booked, id`)
)

type statementRow struct {
	Account   id.ID[Account]
	Kind      string
	Statement string
	Sequence  int64
	Answer    id.ID[Answer]
	Opening   money.Amount
	Closing   money.Amount
	Last      period.Date
	Balanced  bool
}

// The faults of looking things up.
var (
	errNoProposal = fault.New(fault.NotFound, "TRE-001", "Betalningsförslaget finns inte. Sök upp det i listan.")
	errNoPayment  = fault.New(fault.NotFound, "TRE-002", "Betalningen finns inte. Sök upp den i listan.")
	errNoAccount  = fault.New(fault.NotFound, "TRE-003", "Bankkontot finns inte. Lägg upp det bland våra bankkonton.")
	errTaken      = fault.New(fault.Conflict, "TRE-004", "Någon annan föreslog samma fakturor i samma stund. Gör förslaget igen.")
	errOldPayment = fault.New(fault.Conflict, "TRE-005", "Någon annan har ändrat betalningen under tiden. Läs in sidan igen.")
	errOldAccount = fault.New(fault.Conflict, "TRE-006", "Någon annan har ändrat bankkontot under tiden. Läs in sidan igen.")
)

// AccountOf returns one of our accounts.
func AccountOf(o *op.Op, key id.ID[Account]) (Account, error) {
	a, ok, err := accountByID.Maybe(o, key)
	if err == nil && !ok {
		err = errNoAccount.Because("no account %s", key)
	}
	return a, err
}

// Accounts lists our accounts in force on a day, the shared ones first.
func Accounts(o *op.Op, on period.Date) ([]Account, error) { return accountsOn.All(o, on) }

var toControl = db.Select[ID](`SELECT id FROM treasury_proposal WHERE state = 'control' ORDER BY id`)

// Waiting lists the proposals that are to be controlled and released.
func (t *Treasury) Waiting(o *op.Op) ([]ID, error) { return toControl.All(o) }

// EntriesOf lists the entries that were first seen in a file from the bank.
func EntriesOf(o *op.Op, answer id.ID[Answer]) ([]Entry, error) { return entriesOf.All(o, answer) }

// load reads what belongs to a proposal and the guards look at.
func load(o *op.Op, p *Proposal) error {
	rows, err := paymentsOf.All(o, p.ID)
	if err != nil {
		return err
	}
	parts, err := partsOf.All(o, p.ID)
	if err != nil {
		return err
	}
	at := make(map[PaymentID]int, len(rows))
	for i := range rows {
		at[rows[i].ID] = i
	}
	seen := map[op.PersonID]bool{}
	p.Approvers = nil
	for _, x := range parts {
		i, ok := at[x.Payment]
		if !ok {
			continue
		}
		rows[i].Parts = append(rows[i].Parts, x)
		if !rows[i].State.alive() {
			continue
		}
		for _, who := range x.Approvers {
			if !seen[who] {
				seen[who] = true
				p.Approvers = append(p.Approvers, who)
			}
		}
	}
	p.Rows = rows
	return nil
}

// Load returns one payment with its documents.
func Load(o *op.Op, key PaymentID) (Payment, error) {
	p, ok, err := paymentByID.Maybe(o, key)
	if err != nil {
		return p, err
	}
	if !ok || !o.Actor.May(MayRead, p.Client) {
		return Payment{}, errNoPayment.Because("%s may not see payment %s", o.Actor.ID, key)
	}
	p.Parts, err = partsOfOne.All(o, p.Client, p.ID)
	return p, err
}

// Trace is one payment that a document is or was in.
type Trace struct {
	Payment PaymentID
	State   State
	Execute period.Date
	Paid    period.Date
	Reason  string
	Amount  money.Amount // of the document
}

var traces = db.Select[Trace](`
	SELECT p.id AS payment, p.state, p.execute, p.paid, p.reason, t.amount
	FROM   treasury_part AS t JOIN treasury_payment AS p ON p.client = t.client AND p.id = t.payment
	WHERE  t.client = $1 AND t.kind = $2 AND t.document = $3
	ORDER  BY t.id`)

// OfDocument tells the payments of a document, oldest first.
func OfDocument(o *op.Op, client op.ClientID, kind string, document int64) ([]Trace, error) {
	return traces.All(o, client, kind, document)
}

// save stores a payment that was read in this operation.
func save(o *op.Op, p *Payment) error {
	ok, err := savePayment.Save(o, p)
	if err == nil && !ok {
		err = errOldPayment.Because("payment %s: version %d is old", p.ID, p.Version)
	}
	if err == nil {
		p.Version++
	}
	return err
}

// saveMoved stores how far payments have come that were read in this operation.
func saveMoved(o *op.Op, all ...*Payment) error {
	n, err := movePayments.Save(o, all...)
	if err == nil && n != int64(len(all)) {
		err = errOldPayment.Because("%d of %d payments have the version that was read", n, len(all))
	}
	for _, p := range all {
		p.Version++
	}
	return err
}

// Bytes returns the file of a proposal to the bank.
func Bytes(o *op.Op, p *Proposal) ([]byte, error) {
	if p.File == "" {
		return nil, errNoFile
	}
	b, err := blob.Get(o, p.File)
	return b.Content, err
}

var errNoFile = fault.New(fault.NotFound, "TRE-007", "Förslaget har ingen bankfil än. Gör filen först.")
