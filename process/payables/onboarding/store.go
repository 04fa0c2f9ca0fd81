package onboarding

import (
	"cmp"
	"slices"
	"time"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/process/payables"
	"kontor/promise/catalogue"
	"kontor/promise/client"
)

type tally struct {
	Client   op.ClientID
	Supplier id.ID[payables.Supplier]
	Channel  work.Channel
	N        int64
}

type recent struct {
	Supplier   id.ID[payables.Supplier]
	Electronic int64
	Other      int64
}

type sums struct {
	Electronic int64
	Other      int64
	Saving     money.Amount
}

type supplierName struct {
	ID      id.ID[payables.Supplier]
	Name    string
	SortKey string
}

const useColumns = `client, id, supplier, supplier_name, supplier_key, electronic, scanned, manual, share, saving, step, first, last`

var (
	tallies = db.Select[tally](`
		SELECT client, supplier, channel, count(*) AS n
		FROM   payables_invoice
		WHERE  arrived >= $1 AND arrived < $2 AND supplier <> 0
		GROUP  BY client, supplier, channel`)
	recents = db.Select[recent](`
		SELECT supplier,
		       CAST(sum(CASE WHEN channel = 'electronic' THEN 1 ELSE 0 END) AS BIGINT) AS electronic,
		       CAST(sum(CASE WHEN channel = 'electronic' THEN 0 ELSE 1 END) AS BIGINT) AS other
		FROM   payables_invoice
		WHERE  arrived >= $1 AND arrived < $2 AND supplier <> 0
		GROUP  BY supplier`)
	names  = db.Select[supplierName](`SELECT id, name, sort_key FROM payables_supplier`)
	asks   = db.Select[Ask](`SELECT supplier, version, step, on_day, note, by FROM payables_ask`)
	askOf  = db.Select[Ask](`SELECT supplier, version, step, on_day, note, by FROM payables_ask WHERE supplier = $1`)
	putAsk = db.Insert[Ask]("payables_ask", `ON CONFLICT (supplier) DO UPDATE SET
		version = excluded.version, step = excluded.step, on_day = excluded.on_day, note = excluded.note, by = excluded.by`)

	putUses = db.Insert[Use]("payables_use", `ON CONFLICT (client, supplier) DO UPDATE SET
		supplier_name = excluded.supplier_name, supplier_key = excluded.supplier_key, electronic = excluded.electronic, scanned = excluded.scanned,
		manual = excluded.manual, share = excluded.share, saving = excluded.saving, step = excluded.step, first = excluded.first, last = excluded.last`)
	dropUses = db.Change(`DELETE FROM payables_use WHERE last < $1`)
	setStep  = db.Change(`UPDATE payables_use SET step = $2 WHERE supplier = $1`)

	usesOf = db.Select[Use](`SELECT ` + useColumns + ` FROM payables_use WHERE supplier = $1 ORDER BY saving DESC, client`)
	topOf  = db.Select[Use](`SELECT ` + useColumns + ` FROM payables_use WHERE client = $1 AND saving > 0 ORDER BY saving DESC, id DESC LIMIT $2`)
	sumOf  = db.Select[sums](`
		SELECT CAST(COALESCE(sum(electronic), 0) AS BIGINT) AS electronic, CAST(COALESCE(sum(scanned + manual), 0) AS BIGINT) AS other,
		       CAST(COALESCE(sum(saving), 0) AS BIGINT) AS saving
		FROM   payables_use
		WHERE  client = $1`)
)

var (
	errOld  = fault.New(fault.Conflict, "EFA-001", "Någon annan har ändrat steget under tiden. Läs in sidan igen.")
	errNone = fault.New(fault.NotFound, "EFA-002", "Leverantören finns inte bland dem som har skickat fakturor det senaste året. Sök upp den i leverantörslistan.")
)

const (
	monthsBack = 12
	// liveDays is for how long a supplier must have sent nothing but e-invoices to be live.
	liveDays = 60
)

// Count counts the last twelve months anew, up to yesterday, and sees who has
// begun to send e-invoices.
func Count(o *op.Op) error {
	last := period.DateOf(o.Now).AddDays(-1)
	first := last.AddMonths(-monthsBack).AddDays(1)
	end := last.AddDays(1).Start()
	all, err := tallies.All(o, first.Start(), end)
	if err != nil {
		return err
	}
	prices, err := pricesOn(o, last)
	if err != nil {
		return err
	}
	steps, err := seeLive(o, last.AddDays(1-liveDays).Start(), end, last)
	if err != nil {
		return err
	}
	known, err := names.All(o)
	if err != nil {
		return err
	}
	by := make(map[id.ID[payables.Supplier]]supplierName, len(known))
	for _, s := range known {
		by[s.ID] = s
	}
	uses := fold(all, prices)
	for k := range uses {
		u := &uses[k]
		s := by[u.Supplier]
		u.ID, u.SupplierName, u.SupplierKey = id.New[Use](o), s.Name, s.SortKey
		u.First, u.Last, u.Step = first, last, steps[u.Supplier].Step
		if u.Step == "" {
			u.Step = None
		}
	}
	if _, err := putUses.Add(o, uses...); err != nil {
		return err
	}
	_, err = dropUses.Do(o, last)
	return err
}

// fold makes one row of the counts of each client and supplier.
func fold(all []tally, p Prices) []Use {
	type key struct {
		client   op.ClientID
		supplier id.ID[payables.Supplier]
	}
	at := map[key]int{}
	var uses []Use
	for _, t := range all {
		k := key{t.Client, t.Supplier}
		i, seen := at[k]
		if !seen {
			i = len(uses)
			at[k] = i
			uses = append(uses, Use{Client: t.Client, Supplier: t.Supplier})
		}
		switch t.Channel {
		case work.Electronic:
			uses[i].Electronic += t.N
		case work.Scanned:
			uses[i].Scanned += t.N
		default:
			uses[i].Manual += t.N
		}
	}
	for k := range uses {
		u := &uses[k]
		u.Share, u.Saving = share(u.Electronic, u.Electronic+u.Other()), p.Saving(u.Scanned, u.Manual)
	}
	return uses
}

func pricesOn(o *op.Op, on period.Date) (Prices, error) {
	book, err := catalogue.Load(o)
	if err != nil {
		return Prices{}, err
	}
	list := book.List(on)
	of := func(c work.Channel) money.Amount {
		a, _ := book.Price(list, payables.Activity, c)
		return a
	}
	return Prices{Electronic: of(work.Electronic), Scanned: of(work.Scanned), Manual: of(work.Manual)}, nil
}

// seeLive makes live who was asked and has sent nothing but e-invoices since, and
// gives all asks.
func seeLive(o *op.Op, from, to time.Time, on period.Date) (map[id.ID[payables.Supplier]]Ask, error) {
	all, err := asks.All(o)
	if err != nil {
		return nil, err
	}
	by := make(map[id.ID[payables.Supplier]]Ask, len(all))
	for _, a := range all {
		by[a.Supplier] = a
	}
	sent, err := recents.All(o, from, to)
	if err != nil {
		return nil, err
	}
	for _, r := range sent {
		a := by[r.Supplier]
		if (a.Step != Asked && a.Step != Agreed) || r.Electronic == 0 || r.Other > 0 {
			continue
		}
		a.Step, a.OnDay, a.By, a.Version = Live, on, 0, a.Version+1
		if _, err := putAsk.Add(o, a); err != nil {
			return nil, err
		}
		by[a.Supplier] = a
		if err := audit.Note(o, audit.Change{Kind: "payables.ask", Record: int64(a.Supplier), Step: string(Live), Note: "60 dagar med bara e-fakturor"}); err != nil {
			return nil, err
		}
	}
	return by, nil
}

// Put stores how far a supplier has come. The version is the one that the person
// saw, 0 where nobody had asked.
func Put(o *op.Op, a Ask, version int64) error {
	if err := o.Need(payables.MayRegister); err != nil {
		return err
	}
	before, _, err := askOf.Maybe(o, a.Supplier)
	switch {
	case err != nil:
		return err
	case before.Version != version:
		return errOld
	}
	a.Version, a.By = version+1, o.Actor.ID
	if _, err := putAsk.Add(o, a); err != nil {
		return err
	}
	if _, err := setStep.Do(o, a.Supplier, a.Step); err != nil {
		return err
	}
	return audit.Note(o, audit.Change{Kind: "payables.ask", Record: int64(a.Supplier), Step: string(a.Step), Note: a.Note})
}

// Worth is a supplier that is worth asking, over the clients that the reader sees.
type Worth struct {
	Use     // Client is 0
	Clients int64
}

// topMost is how many suppliers of each client are looked at for the page. Beyond
// it the list has them all.
const topMost = 200

// worthAsking gives the suppliers whose paper costs most, largest saving first,
// and the sums of each client in scope.
func worthAsking(o *op.Op, most int) ([]Worth, map[op.ClientID]sums, error) {
	clients, err := client.All(o)
	if err != nil {
		return nil, nil, err
	}
	at := map[id.ID[payables.Supplier]]int{}
	by := map[op.ClientID]sums{}
	var all []Worth
	for _, c := range clients {
		if !o.Actor.May(payables.MayHandle, c.ID) {
			continue
		}
		s, err := sumOf.One(o, c.ID)
		if err != nil {
			return nil, nil, err
		}
		by[c.ID] = s
		top, err := topOf.All(o, c.ID, topMost)
		if err != nil {
			return nil, nil, err
		}
		for _, u := range top {
			i, seen := at[u.Supplier]
			if !seen {
				i = len(all)
				at[u.Supplier] = i
				all = append(all, Worth{Use: Use{Supplier: u.Supplier, SupplierName: u.SupplierName, Step: u.Step, First: u.First, Last: u.Last}})
			}
			w := &all[i]
			w.Electronic, w.Scanned, w.Manual, w.Saving = w.Electronic+u.Electronic, w.Scanned+u.Scanned, w.Manual+u.Manual, w.Saving+u.Saving
			w.Clients++
		}
	}
	slices.SortFunc(all, func(a, b Worth) int {
		return cmp.Or(cmp.Compare(b.Saving, a.Saving), cmp.Compare(a.Supplier, b.Supplier))
	})
	return all[:min(most, len(all))], by, nil
}
