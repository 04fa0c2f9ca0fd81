package reply

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"kontor/format/response"
	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/job"
	"kontor/kernel/op"
	"kontor/promise/leadtime"
)

// Table is where replies live.
var Table = table()

func table() *flow.Table[Reply] {
	t := flow.In(&Life, "payables_reply")
	t.Read, t.Calendar, t.Load = MayRead, leadtime.Calendar, loadLater
	t.Do = map[string]func(*op.Op, *Reply, form.Values) error{
		"hand": func(o *op.Op, r *Reply, _ form.Values) error { r.Sent = o.Now; return nil },
	}
	return t
}

func newID(o *op.Op) id.ID[Reply] { return id.New[Reply](o) }

type said struct {
	ID     id.ID[Reply]
	Status response.Status
	State  flow.State
}

type accepted struct {
	Client   op.ClientID
	Invoice  int64
	Unit     op.UnitID
	Secrecy  op.Clearance
	Number   string
	Supplier string
	File     blob.Hash
}

var (
	saidOf     = db.Select[said](`SELECT id, status, state FROM payables_reply WHERE document = $1 ORDER BY id`)
	acceptedOf = db.Select[accepted](`
		SELECT client, invoice, unit, secrecy, number, supplier, file
		FROM   payables_reply
		WHERE  document = $1 AND status IN ('AP', 'CA') AND state <> 'stopped'
		ORDER  BY id DESC
		LIMIT  1`)
)

func loadLater(o *op.Op, r *Reply) error {
	made, err := saidOf.All(o, r.Document)
	r.Later = nil
	for _, m := range made {
		if m.ID > r.ID && m.State != Stopped {
			r.Later = append(r.Later, m.Status)
		}
	}
	return err
}

// handMost is how many replies one run of the job hands over.
const handMost = 500

type waiting struct {
	ID      id.ID[Reply]
	Version int64
	File    blob.Hash
}

var nextWaiting = db.Select[waiting](`
	SELECT id, version, file FROM payables_reply WHERE state = 'waiting' ORDER BY id LIMIT $1`)

// Made is a reply as the page of its invoice names it.
type Made struct {
	ID      id.ID[Reply]
	Arrived time.Time
}

// URL is the page of the reply.
func (m Made) URL() string { return "/svar/" + m.ID.String() }

var madeAbout = db.Select[Made](`
	SELECT id, arrived FROM payables_reply WHERE client = $1 AND invoice = $2 ORDER BY arrived, id`)

// Of lists the replies about an invoice, for the page of the invoice.
func Of(o *op.Op, client op.ClientID, invoice int64) ([]Made, error) {
	return madeAbout.All(o, client, invoice)
}

var errFolder = fault.New(fault.Unavailable, "REP-002", "Svaret kunde inte skrivas i utkorgen %s. Kontrollera att mappen finns och kan skrivas i.")

// sendEvery is how often the outbox is emptied.
const sendEvery = time.Minute

// SendJob hands over what waits, to a folder that the access point fetches from.
func SendJob(folder string) job.Kind {
	return job.Kind{Name: "payables.reply.send", Label: "Lämna svar till leverantörer", Every: sendEvery,
		Run: func(o *op.Op, _ json.RawMessage) error {
			_, err := Hand(o, folder)
			return err
		}}
}

// Hand writes the replies that wait as files in a folder, and returns how many. A
// run that is cut off writes the same files again.
func Hand(o *op.Op, folder string) (int, error) {
	all, err := nextWaiting.All(o, int64(handMost))
	if err != nil || len(all) == 0 {
		return 0, err
	}
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return 0, errFolder.With(folder).Because("%w", err)
	}
	for n, w := range all {
		doc, err := blob.Get(o, w.File)
		if err != nil {
			return n, err
		}
		if err := put(folder, fileName(w.ID), doc.Content); err != nil {
			return n, errFolder.With(folder).Because("%w", err)
		}
		if _, err := Table.Take(o, w.ID, "hand", w.Version, nil); err != nil {
			return n, err
		}
	}
	return len(all), nil
}

func fileName(key id.ID[Reply]) string { return fmt.Sprintf("invoice-response-%s.xml", key) }

// put writes a file whole: whoever fetches from the folder never sees half of it.
func put(folder, name string, content []byte) error {
	part := filepath.Join(folder, "."+name+".part")
	if err := os.WriteFile(part, content, 0o640); err != nil {
		return err
	}
	return os.Rename(part, filepath.Join(folder, name))
}
