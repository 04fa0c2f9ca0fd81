package generalledger

import (
	"kontor/books/ledger"
	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/leadtime"
)

// LoadID identifies a load.
type LoadID = id.ID[Load]

// Load is one file that was read into the books of a client.
type Load struct {
	flow.Head[Load]
	Kind     LoadKind
	Year     int64
	Name     string // of the file
	Hash     blob.Hash
	Actor    op.PersonID
	By       string
	Vouchers int64
	Already  int64 // vouchers that had been posted before
	Lines    int64
	Debit    money.Amount
	Note     string
}

// LoadKind says what a loaded file was.
type LoadKind string

// The kinds of load.
const (
	Opening LoadKind = "opening"
	Feeder  LoadKind = "sie4i"
)

// LoadKinds in words.
var LoadKinds = []form.Option{{Value: string(Opening), Label: "Ingående balanser"}, {Value: string(Feeder), Label: "Försystemsfil, SIE 4I"}}

// File is what somebody brings to be loaded.
type File struct {
	Name    string
	Content []byte
}

// sizeMost bounds a file; a year of a large client in SIE is some 100 MB and is
// loaded by the command line, which reads no form.
const sizeMost = 512 << 20

var errSize = fault.New(fault.Invalid, "GEN-020", "Filen är tom eller större än %d MB. Välj en annan fil.")

// Loads is where loads live.
var Loads = loads()

func loads() *flow.Table[Load] {
	t := flow.In(LoadLife, "generalledger_load")
	t.Read, t.Calendar = MayRead, leadtime.Calendar
	t.Do = map[string]func(*op.Op, *Load, form.Values) error{"undo": doUndo}
	return t
}

// loadVouchers are the vouchers that a load has posted and that nobody has taken
// back.
var loadVouchers = db.Select[ledger.ID](`
	SELECT v.id
	FROM   ledger_voucher AS v LEFT JOIN ledger_reversal AS r ON r.client = v.client AND r.voucher = v.id
	WHERE  v.client = $1 AND v.document = $2 AND v.kind = $3 AND v.reverses = 0 AND r.voucher IS NULL
	ORDER  BY v.id`)

// doUndo takes back every voucher of the load.
func doUndo(o *op.Op, l *Load, in form.Values) error {
	all, err := loadVouchers.All(o, l.Client, l.ID, LoadLife.Name)
	if err != nil {
		return err
	}
	today := period.DateOf(o.Now)
	for _, v := range all {
		was, err := ledger.Get(o, l.Client, v)
		if err != nil {
			return err
		}
		on := max(today, was.Date)
		if l.Kind == Opening {
			on = was.Date // an opening balance stands before the year, and so does what takes it back
		}
		if _, err := ledger.Reverse(o, l.Client, v, on, in.Text("reason")); err != nil {
			return err
		}
	}
	return nil
}

var earlierLoad = db.Select[LoadID](`
	SELECT id FROM generalledger_load WHERE client = $1 AND hash = $2 AND kind = $3 AND year = $4 AND state = 'loaded' ORDER BY id LIMIT 1`)

// keep stores the bytes before anything is read from them, and begins the
// record of the load.
func keep(o *op.Op, of op.ClientID, kind LoadKind, f File) (*Load, error) {
	if len(f.Content) == 0 || len(f.Content) > sizeMost {
		return nil, errSize.With(sizeMost >> 20)
	}
	doc := blob.Pack(blob.Document{Media: "text/plain", Content: f.Content, Received: o.Now})
	if err := blob.Put(o, doc); err != nil {
		return nil, err
	}
	l := &Load{Kind: kind, Name: f.Name, Hash: doc.Hash(), Actor: o.Actor.ID, By: o.Actor.Name}
	l.Client, l.State, l.ID = of, Loaded, id.New[Load](o)
	return l, nil
}
