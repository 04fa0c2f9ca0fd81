// Package audit keeps the log that cannot be changed: who did what to which
// record, and who opened a confidential one.
//
// # Words
//
// A [Row] is one change. Rows are written in the change's own transaction; the
// sealer ties them into a chain some seconds later, so that writers do not wait
// for each other. The head of the chain says all that came before.
//
// # What always holds
//
//   - A change and its row are in the database together, or neither is.
//   - Rows and links are never changed or deleted; the database refuses.
//   - A row that is altered, added between or missing shows in [Verify].
//
// # Not here
//
// The program's log for operators is slog, without personal data.
package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/id"
	"kontor/kernel/op"
)

// Row is one change to one record.
type Row struct {
	Client op.ClientID
	ID     id.ID[Row]
	At     time.Time
	Actor  op.PersonID
	Name   string // of the actor, as it was then
	Kind   string // of the record, "payables.invoice"
	Record int64
	Step   string
	Note   string // for people: what was written or changed; no secrets
	Sum    string
}

var (
	addRows = db.Insert[Row]("audit_row", "")

	ofRecord = db.Select[Row](`
		SELECT client, id, at, actor, name, kind, record, step, note, sum
		FROM   audit_row
		WHERE  client = $1 AND record = $2
		ORDER  BY id`)

	latest = db.Select[Row](`
		SELECT client, id, at, actor, name, kind, record, step, note, sum
		FROM   audit_row
		WHERE  client IN (SELECT id FROM client UNION ALL SELECT 0) AND record = $1
		ORDER  BY id DESC
		LIMIT  1`)

	addRead = db.Insert[readRow]("read_log", "")
)

type readRow struct {
	Client op.ClientID
	ID     id.ID[readRow]
	At     time.Time
	Actor  op.PersonID
	Kind   string
	Record int64
}

// Change is what a caller says of one change.
type Change struct {
	Client op.ClientID // 0 for what belongs to no client
	Kind   string
	Record int64
	Step   string
	Note   string
}

// Note writes the changes that the actor of o made.
func Note(o *op.Op, changes ...Change) error {
	rows := make([]Row, len(changes))
	for i, c := range changes {
		r := Row{Client: c.Client, ID: id.New[Row](o), At: o.Now, Actor: o.Actor.ID, Name: o.Actor.Name,
			Kind: c.Kind, Record: c.Record, Step: c.Step, Note: c.Note}
		r.Sum = r.content()
		rows[i] = r
	}
	_, err := addRows.Add(o, rows...)
	return err
}

// Of returns what has happened to one record, oldest first.
func Of(o *op.Op, client op.ClientID, record int64) ([]Row, error) {
	return ofRecord.All(o, client, record)
}

// Latest is the last change to a record, whichever client it belongs to; ok is
// false when nothing has happened to it. The caller has made sure that the actor
// may see the record.
func Latest(o *op.Op, record int64) (r Row, ok bool, err error) { return latest.Maybe(o, record) }

// Opened notes that the actor of o has read a confidential record.
func Opened(o *op.Op, client op.ClientID, kind string, record int64) error {
	_, err := addRead.Add(o, readRow{Client: client, ID: id.New[readRow](o), At: o.Now, Actor: o.Actor.ID, Kind: kind, Record: record})
	return err
}

// content is the sum of what the row says. Each part is preceded by its length,
// so that no part can be moved into the next.
func (r Row) content() string {
	h := sha256.New()
	number(h, int64(r.Client), int64(r.ID), r.At.UnixMicro(), int64(r.Actor), r.Record)
	for _, s := range []string{r.Name, r.Kind, r.Step, r.Note} {
		number(h, int64(len(s)))
		h.Write([]byte(s))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func number(h hash.Hash, values ...int64) {
	var b [8]byte
	for _, v := range values {
		binary.BigEndian.PutUint64(b[:], uint64(v))
		h.Write(b[:])
	}
}

type link struct {
	Seq    int64
	Client op.ClientID
	Row    id.ID[Row]
	Sum    string
}

type unsealed struct {
	Client op.ClientID
	ID     id.ID[Row]
	Sum    string
}

var (
	head = db.Select[link](`SELECT seq, client, row, sum FROM audit_chain ORDER BY seq DESC LIMIT 1`)

	// Only what is younger than $1 can be unsealed: a transaction lives for
	// minutes at most, and the sealer looks back an hour.
	loose = db.Select[unsealed](`
		SELECT a.client, a.id, a.sum
		FROM   audit_row AS a LEFT JOIN audit_chain AS c ON c.row = a.id
		WHERE  a.id >= $1 AND c.row IS NULL
		ORDER  BY a.id
		LIMIT  $2`)

	oldestLoose = db.Select[int64](`
		SELECT COALESCE(min(a.id), 0)
		FROM   audit_row AS a LEFT JOIN audit_chain AS c ON c.row = a.id
		WHERE  a.id >= $1 AND c.row IS NULL`)

	addLinks = db.Insert[link]("audit_chain", "")

	markSealed = db.Change(`
		INSERT INTO program (name, value) VALUES ('audit.sealed', $1)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`)
	sealedTo = db.Select[string](`SELECT value FROM program WHERE name = 'audit.sealed'`)
)

const sealBatch = 5000

// Seal ties rows that are not yet in the chain to its end, at most one batch,
// and returns how many. Only one sealer runs at a time: the chain's key refuses
// a second.
func Seal(o *op.Op) (int, error) {
	from, err := lookBack(o)
	if err != nil {
		return 0, err
	}
	rows, err := loose.All(o, from, sealBatch)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	last, _, err := head.Maybe(o)
	if err != nil {
		return 0, err
	}
	links := make([]link, len(rows))
	for i, r := range rows {
		last = link{Seq: last.Seq + 1, Client: r.Client, Row: r.ID, Sum: tie(last.Sum, r.Sum)}
		links[i] = last
	}
	if _, err := addLinks.Add(o, links...); err != nil {
		return 0, err
	}
	_, err = markSealed.Do(o, rows[0].ID.String())
	return len(rows), err
}

// lookBack is the identity from which the sealer searches: an hour before the
// oldest row of the batch before.
func lookBack(o *op.Op) (int64, error) {
	text, ok, err := sealedTo.Maybe(o)
	if err != nil || !ok {
		return 0, err
	}
	at, err := id.ParseText(text)
	if err != nil {
		return 0, err
	}
	const hour = int64(time.Hour/time.Millisecond) << 22
	return max(0, at-hour), nil
}

func tie(before, row string) string {
	s := sha256.Sum256([]byte(before + row))
	return hex.EncodeToString(s[:])
}

type sealedRow struct {
	Row
	Seq   int64
	Chain string
}

var (
	sealedRows = db.Select[sealedRow](`
		SELECT a.client, a.id, a.at, a.actor, a.name, a.kind, a.record, a.step, a.note, a.sum,
		       c.seq, c.sum AS chain
		FROM   audit_chain AS c JOIN audit_row AS a ON a.client = c.client AND a.id = c.row
		ORDER  BY c.seq`)
	links = db.Select[int64](`SELECT count(*) FROM audit_chain`)
	rows  = db.Select[int64](`SELECT count(*) FROM audit_row`)
)

// Verified is what a walk of the chain found.
type Verified struct {
	Rows     int64 // all rows
	Unsealed int64 // not yet in the chain
	Head     string
}

// Verify walks the whole chain and returns an error at the first row that does
// not follow from the one before it, or that has been altered.
func Verify(o *op.Op) (Verified, error) {
	var v Verified
	var seq int64
	for r, err := range sealedRows.Each(o) {
		if err != nil {
			return v, err
		}
		seq++
		if r.Seq != seq {
			return v, fmt.Errorf("audit: link %d is missing", seq)
		}
		if r.content() != r.Sum {
			return v, fmt.Errorf("audit: row %s (%s %s) has been changed", r.ID, r.Kind, id.Text(r.Record))
		}
		if v.Head = tie(v.Head, r.Sum); v.Head != r.Chain {
			return v, fmt.Errorf("audit: link %d (%s) does not follow from the one before", seq, r.ID)
		}
	}
	n, err := links.One(o)
	if err != nil {
		return v, err
	}
	if n != seq {
		return v, fmt.Errorf("audit: %d links have lost their rows", n-seq)
	}
	v.Rows, err = rows.One(o)
	v.Unsealed = v.Rows - seq
	return v, err
}

// Waiting is how old the oldest unsealed row is; zero when all are sealed.
func Waiting(o *op.Op) (time.Duration, error) {
	from, err := lookBack(o)
	if err != nil {
		return 0, err
	}
	oldest, err := oldestLoose.One(o, from)
	if err != nil || oldest == 0 {
		return 0, err
	}
	return o.Now.Sub(id.TimeOf(oldest)), nil
}
