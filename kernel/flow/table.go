package flow

import (
	"fmt"
	"reflect"
	"time"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/kernel/workday"
)

// Item says how a record is counted.
type Item struct {
	Process  string
	Activity string // "" is what the step counts; for a record of several kinds
	Channel  work.Channel
	Quantity int64 // 0 means 1
	Price    int64 // version of the price list
	// Automated says that the office's part was done without a person, though a
	// client's person may take the step that counts.
	Automated bool
	// Counted says that the record has left its event before: a step that is
	// taken again leaves none.
	Counted bool
}

// Table ties a flow to the table where its records live. T embeds Head[T].
type Table[T any] struct {
	Flow     *Flow[T]
	Read     op.Permission     // to see a record
	Calendar *workday.Calendar // of the promise
	Item     func(T) Item      // nil when no step counts

	// Load reads what belongs to the record but stands in other tables; nil
	// when nothing does. It runs before every guard.
	Load func(*op.Op, *T) error

	// Do is the module's own part of a step, by the step's name. It may change
	// the record; the engine saves it.
	Do map[string]func(*op.Op, *T, form.Values) error

	table    string
	at       []int // path to the head
	byID     *db.SelectStmt[T]
	clientOf *db.SelectStmt[op.ClientID]
	insert   *db.InsertStmt[T]
	update   *db.UpdateStmt[T]
}

// In declares where the records of a flow live. Call it to initialise a package
// variable. The table has a column for each field of T, its key is (client, id)
// and it has an index on id.
func In[T any](f *Flow[T], table string) *Table[T] {
	t := &Table[T]{Flow: f, table: table}
	typ := reflect.TypeFor[T]()
	field, ok := typ.FieldByName("Head")
	if !ok || !field.Anonymous || field.Type != reflect.TypeFor[Head[T]]() {
		panic(fmt.Sprintf("flow: %s does not embed flow.Head of itself", typ))
	}
	t.at = field.Index
	cols := ""
	for i, c := range db.Columns[T]() {
		if i > 0 {
			cols += ", "
		}
		cols += c
	}
	t.byID = db.Select[T](`SELECT ` + cols + ` FROM ` + table + ` WHERE client = $1 AND id = $2`)
	t.clientOf = db.Select[op.ClientID](`SELECT client FROM ` + table + ` WHERE id = $1`)
	t.insert = db.Insert[T](table, "")
	t.update = db.Update[T](table)
	return t
}

// Head returns the head of rec.
func (t *Table[T]) Head(rec *T) *Head[T] {
	return reflect.ValueOf(rec).Elem().FieldByIndex(t.at).Addr().Interface().(*Head[T])
}

var (
	errHidden  = fault.New(fault.NotFound, "FLO-003", "Posten finns inte.")
	errChanged = fault.New(fault.Conflict, "FLO-004", "Någon annan har ändrat posten under tiden. Läs in sidan igen.")
)

// Get returns a record with everything that belongs to it, as the actor may see
// it. What the actor may not see is not found.
func (t *Table[T]) Get(o *op.Op, key id.ID[T]) (T, error) {
	rec, err := t.fetch(o, key)
	if err != nil || t.Load == nil {
		return rec, err
	}
	return rec, t.Load(o, &rec)
}

// Peek is Get without what belongs to the record and stands in other tables, for
// what concerns a part of it alone.
func (t *Table[T]) Peek(o *op.Op, key id.ID[T]) (T, error) { return t.fetch(o, key) }

// GetText is Get by the short text of the identity, as it stands in an address.
func (t *Table[T]) GetText(o *op.Op, text string) (T, error) {
	key, err := parse[T](text)
	if err != nil {
		var none T
		return none, err
	}
	return t.Get(o, key)
}

// parse reads the short text of an identity. What is none is the identity of
// nothing.
func parse[T any](text string) (id.ID[T], error) {
	key, err := id.Parse[T](text)
	if err != nil {
		return key, errHidden.Because("%q is no identity: %w", text, err)
	}
	return key, nil
}

// Sees reports whether the actor may open a record, for those who link to it. It
// does not open it.
func (t *Table[T]) Sees(o *op.Op, key id.ID[T]) bool {
	client, ok, err := t.clientOf.Maybe(o, key)
	if err != nil || !ok || !o.Actor.May(t.Read, client) {
		return false
	}
	rec, err := t.byID.One(o, client, key)
	h := t.Head(&rec)
	return err == nil && o.Actor.MayIn(t.Read, client, h.Unit) && h.Secrecy <= o.Actor.Clearance
}

func (t *Table[T]) fetch(o *op.Op, key id.ID[T]) (T, error) {
	var rec T
	client, ok, err := t.clientOf.Maybe(o, key)
	if err != nil {
		return rec, err
	}
	if !ok || !o.Actor.May(t.Read, client) {
		return rec, errHidden.Because("%s may not see %s %s", o.Actor.ID, t.table, key)
	}
	if rec, err = t.byID.One(o, client, key); err != nil {
		return rec, err
	}
	h := t.Head(&rec)
	if !o.Actor.MayIn(t.Read, client, h.Unit) {
		var none T
		return none, errHidden.Because("%s may not see %s %s of unit %s", o.Actor.ID, t.table, key, h.Unit)
	}
	if h.Secrecy > o.Actor.Clearance {
		return rec, errHidden.Because("%s has clearance %d, %s %s needs %d", o.Actor.ID, o.Actor.Clearance, t.table, key, h.Secrecy)
	} else if h.Secrecy >= op.Secret {
		err = t.noteReading(o, h)
	}
	return rec, err
}

// noteReading logs that a secret record was opened. A view cannot write; the
// door of the page does it after the view.
func (t *Table[T]) noteReading(o *op.Op, h *Head[T]) error {
	if r, ok := o.Value(readerKey{}).(*Readings); ok {
		*r = append(*r, Reading{h.Client, t.Flow.Name, int64(h.ID)})
	}
	return nil
}

type readerKey struct{}

// Reading is the opening of one secret record.
type Reading struct {
	Client op.ClientID
	Kind   string
	Record int64
}

// Readings collects the secret records opened during a view.
type Readings []Reading

// ReadingsKey is the context key under which a door puts *Readings.
func ReadingsKey() any { return readerKey{} }

// Add stores new records. Each is given an identity when it has none, a promise
// that starts at its arrival, and one audit row with the given word.
func (t *Table[T]) Add(o *op.Op, note string, recs ...*T) error {
	rows, changes := make([]T, len(recs)), make([]audit.Change, len(recs))
	for i, r := range recs {
		h := t.Head(r)
		if h.ID.IsZero() {
			h.ID = id.New[T](o)
		}
		if h.Arrived.IsZero() {
			h.Arrived = o.Now
		}
		h.Version = max(h.Version, 1)
		h.KeepBy = t.keepBy(h, workday.Pauses{}, o.Now)
		rows[i] = *r
		changes[i] = audit.Change{Client: h.Client, Kind: t.Flow.Name, Record: int64(h.ID), Step: "add", Note: note}
	}
	if _, err := t.insert.Add(o, rows...); err != nil {
		return err
	}
	return audit.Note(o, changes...)
}

func (t *Table[T]) keepBy(h *Head[T], p workday.Pauses, now time.Time) period.Date {
	if h.Promised <= 0 {
		return NoPromise
	}
	return workday.DueDate(t.Calendar, h.Arrived, int(h.Promised), p, now)
}

// Take moves a record one step along its life. The version is the one that the
// person saw; 0 takes whatever is there. It returns the record as it then is.
func (t *Table[T]) Take(o *op.Op, key id.ID[T], step string, version int64, raw map[string]string) (T, error) {
	rec, s, in, err := t.ready(o, key, step, version, raw)
	if err != nil {
		return rec, err
	}
	return rec, t.take(o, &rec, s, in)
}

// ready reads a record and holds a step against it: nothing but the step itself
// is left to do.
func (t *Table[T]) ready(o *op.Op, key id.ID[T], step string, version int64, raw map[string]string) (rec T, s Step[T], in form.Values, err error) {
	if rec, err = t.Get(o, key); err != nil {
		return rec, s, nil, err
	}
	if s, err = t.Flow.Find(step); err != nil {
		return rec, s, nil, err
	}
	h := t.Head(&rec)
	if version != 0 && version != h.Version {
		return rec, s, nil, errChanged.Because("%s %s: version %d, now %d", t.table, key, version, h.Version)
	}
	if err = t.Flow.May(o.Who, rec, h, s); err != nil {
		return rec, s, nil, err
	}
	in, err = form.Parse(o, s.Input, raw)
	return rec, s, in, err
}

func (t *Table[T]) take(o *op.Op, rec *T, s Step[T], in form.Values) error {
	h := t.Head(rec)
	h.State = s.To
	if do := t.Do[s.Name]; do != nil {
		if err := do(o, rec, in); err != nil {
			return err
		}
		h = t.Head(rec)
	}
	pauses, err := t.clock(o, h, s.Clock)
	if err != nil {
		return err
	}
	ok, err := t.update.Save(o, rec)
	if err != nil {
		return err
	}
	if !ok {
		return errChanged.Because("%s %s: version %d is old", t.table, h.ID, h.Version)
	}
	h.Version++
	if err := audit.Note(o, audit.Change{Client: h.Client, Kind: t.Flow.Name, Record: int64(h.ID), Step: s.Name, Note: written(h, s, in)}); err != nil {
		return err
	}
	if s.Counts == "" {
		return nil
	}
	item := t.Item(*rec)
	if item.Counted {
		return nil
	}
	return work.Record(o, t.event(o, item, h, s, pauses))
}

// written is what a person said with a step, for the log. The log is read by
// those who may not see a secret record, so of that it tells the step alone; the
// module keeps the words with the record.
func written[T any](h *Head[T], s Step[T], in form.Values) string {
	if h.Secrecy >= op.Secret {
		return ""
	}
	return in.Note(s.Input)
}

// Save stores a change that is not a step, with its audit row. The record was
// read in the same operation or carries the version that the person saw.
func (t *Table[T]) Save(o *op.Op, rec *T, step, note string) error {
	h := t.Head(rec)
	ok, err := t.update.Save(o, rec)
	if err != nil {
		return err
	}
	if !ok {
		return errChanged.Because("%s %s: version %d is old", t.table, h.ID, h.Version)
	}
	h.Version++
	return audit.Note(o, audit.Change{Client: h.Client, Kind: t.Flow.Name, Record: int64(h.ID), Step: step, Note: note})
}

func (t *Table[T]) event(o *op.Op, item Item, h *Head[T], s Step[T], p workday.Pauses) work.Event {
	if item.Activity == "" {
		item.Activity = s.Counts
	}
	e := work.Event{Client: h.Client, Process: item.Process, Activity: item.Activity, Channel: item.Channel,
		Quantity: max(item.Quantity, 1), Unit: h.Unit, Arrived: h.Arrived, Price: item.Price, Automated: item.Automated,
		Agreement: h.Agreement, Promised: h.Promised, Kind: t.Flow.Name, Document: int64(h.ID)}
	e.Taken = int64(workday.DayNumber(t.Calendar, h.Arrived, o.Now, p))
	for _, x := range p.Clip(h.Arrived, o.Now).All() {
		e.Waited += int64(x.To.Sub(x.From) / time.Second)
	}
	return e
}

type pauseRow struct {
	Client op.ClientID
	Record int64
	Began  time.Time
	Ended  time.Time
}

var (
	addPause = db.Insert[pauseRow]("flow_pause", "ON CONFLICT (client, record, began) DO NOTHING")
	endPause = db.Change(`UPDATE flow_pause SET ended = $3 WHERE client = $1 AND record = $2 AND ended IS NULL`)
	pausesOf = db.Select[pauseRow](`
		SELECT client, record, began, ended FROM flow_pause WHERE client = $1 AND record = $2 ORDER BY began`)
)

// clock does to the promise what the step says and returns the pauses so far.
func (t *Table[T]) clock(o *op.Op, h *Head[T], c Clock) (workday.Pauses, error) {
	var err error
	switch c {
	case Pauses:
		_, err = addPause.Add(o, pauseRow{Client: h.Client, Record: int64(h.ID), Began: o.Now})
	case Resumes, Stops:
		_, err = endPause.Do(o, h.Client, h.ID, o.Now)
	case Runs:
	}
	if err != nil {
		return workday.Pauses{}, err
	}
	p, err := PausesOf(o, h.Client, int64(h.ID))
	if err == nil && c != Runs {
		h.KeepBy = t.keepBy(h, p, o.Now)
	}
	return p, err
}

// PausesOf returns when the ball was with the client.
func PausesOf(o *op.Op, client op.ClientID, record int64) (workday.Pauses, error) {
	rows, err := pausesOf.All(o, client, record)
	if err != nil || len(rows) == 0 {
		return workday.Pauses{}, err
	}
	all := make([]workday.Pause, len(rows))
	for i, r := range rows {
		all[i] = workday.Pause{From: r.Began, To: r.Ended}
	}
	return workday.NewPauses(all...), nil
}
