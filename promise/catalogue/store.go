package catalogue

import (
	"fmt"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

var (
	allServices = db.Select[Service](`SELECT id, code, name, mandatory, position FROM catalogue_service`)
	allItems    = db.Select[Item](`SELECT id, service, code, mode, per, activity, channels, position FROM catalogue_item`)
	allLists    = db.Select[List](`
		SELECT id, name, valid_from, based_on, decided_by, decided_on, note, source FROM price_list`)
	allLines  = db.Select[Line](`SELECT list, item, id, text, price, activity, channels, source FROM price_line`)
	allShares = db.Select[Share](`SELECT item, year, client, weight FROM price_share`)

	addServices = db.Insert[Service]("catalogue_service", "ON CONFLICT DO NOTHING")
	addItems    = db.Insert[Item]("catalogue_item", "ON CONFLICT DO NOTHING")
	addLists    = db.Insert[List]("price_list", "ON CONFLICT DO NOTHING")
	addLines    = db.Insert[Line]("price_line", "ON CONFLICT DO NOTHING")
	newList     = db.Insert[List]("price_list", "")
	newLines    = db.Insert[Line]("price_line", "")
	addShares   = db.Insert[Share]("price_share", "")

	addDraft     = db.Insert[Draft]("price_draft", "")
	allDrafts    = db.Select[Draft](`SELECT id, version, name, valid_from, based_on, decided FROM price_draft WHERE decided = 0 ORDER BY id`)
	draftByID    = db.Select[Draft](`SELECT id, version, name, valid_from, based_on, decided FROM price_draft WHERE id = $1`)
	touchDraft   = db.Change(`UPDATE price_draft SET version = version + 1 WHERE id = $1 AND decided = 0`)
	decideDraft  = db.Change(`UPDATE price_draft SET version = version + 1, decided = $2 WHERE id = $1 AND decided = 0`)
	addDraftLine = db.Insert[DraftLine]("price_draft_line", "")
	draftLines   = db.Select[DraftLine](`SELECT draft, item, text, price FROM price_draft_line WHERE draft = $1 ORDER BY item`)
	setDraftLine = db.Change(`
		INSERT INTO price_draft_line (draft, item, text, price) VALUES ($1, $2, $3, $4)
		ON CONFLICT (draft, item) DO UPDATE SET text = $3, price = $4`)
	dropDraftLine = db.Change(`DELETE FROM price_draft_line WHERE draft = $1 AND item = $2`)
)

var (
	errNoList  = fault.New(fault.NotFound, "CAT-001", "Prislistan finns inte. Välj en i sidan med prislistor.")
	errDecided = fault.New(fault.Conflict, "CAT-002", "Förslaget är redan beslutat och kan inte ändras. Börja ett nytt förslag.")
	errDay     = fault.New(fault.Conflict, "CAT-003", "Det finns redan en prislista från den dagen. Välj en annan första dag.")
	errKey     = fault.New(fault.Conflict, "CAT-004", "Fördelningsnyckeln för %d är redan beslutad. Besluta en ny från ett senare år.")
	errEmpty   = fault.New(fault.Invalid, "CAT-005", "Förslaget har inga priser. Lägg in minst ett pris innan det beslutas.")
)

// Load reads the whole catalogue. A batch does it once.
func Load(o *op.Op) (*Book, error) {
	services, err := allServices.All(o)
	if err != nil {
		return nil, err
	}
	items, err := allItems.All(o)
	if err != nil {
		return nil, err
	}
	lists, err := allLists.All(o)
	if err != nil {
		return nil, err
	}
	lines, err := allLines.All(o)
	if err != nil {
		return nil, err
	}
	shares, err := allShares.All(o)
	if err != nil {
		return nil, err
	}
	return NewBook(services, items, lists, lines, shares), nil
}

// Draft is a list that is being prepared.
type Draft struct {
	ID        id.ID[Draft]
	Version   int64
	Name      string
	ValidFrom period.Date
	BasedOn   id.ID[List]
	Decided   id.ID[List] // the list that it became; 0 while it is a draft
}

// DraftLine is a price that is proposed.
type DraftLine struct {
	Draft id.ID[Draft]
	Item  id.ID[Item]
	Text  string
	Price money.Amount
}

// Drafts lists what is being prepared.
func Drafts(o *op.Op) ([]Draft, error) { return allDrafts.All(o) }

// Begin makes a draft that is a copy of a decided list.
func Begin(o *op.Op, name string, from period.Date, basedOn int64) (Draft, error) {
	d := Draft{ID: id.New[Draft](o), Version: 1, Name: name, ValidFrom: from, BasedOn: id.ID[List](basedOn)}
	b, err := Load(o)
	if err != nil {
		return d, err
	}
	if _, ok := b.Find(basedOn); !ok {
		return d, errNoList.Because("no list %d", basedOn)
	}
	var lines []DraftLine
	for _, i := range b.Items {
		if l, ok := b.Line(basedOn, i.ID); ok {
			lines = append(lines, DraftLine{d.ID, i.ID, l.Text, l.Price})
		}
	}
	if _, err := addDraft.Add(o, d); err != nil {
		return d, err
	}
	if _, err := addDraftLine.Add(o, lines...); err != nil {
		return d, err
	}
	return d, note(o, int64(d.ID), "begin", d.Name)
}

// GetDraft returns a draft with its lines.
func GetDraft(o *op.Op, key id.ID[Draft]) (Draft, []DraftLine, error) {
	d, ok, err := draftByID.Maybe(o, key)
	if err != nil {
		return d, nil, err
	}
	if !ok {
		return d, nil, errNoList.Because("no draft %s", key)
	}
	lines, err := draftLines.All(o, key)
	return d, lines, err
}

// Propose sets a price of a draft.
func Propose(o *op.Op, d Draft, l DraftLine) error {
	if err := once(touchDraft.Do(o, d.ID)); err != nil {
		return err
	}
	if _, err := setDraftLine.Do(o, d.ID, l.Item, l.Text, l.Price); err != nil {
		return err
	}
	return note(o, int64(d.ID), "propose", l.Text+": "+l.Price.String()+" kr")
}

// Drop takes an item out of a draft.
func Drop(o *op.Op, d Draft, item id.ID[Item]) error {
	if err := once(touchDraft.Do(o, d.ID)); err != nil {
		return err
	}
	if _, err := dropDraftLine.Do(o, d.ID, item); err != nil {
		return err
	}
	return note(o, int64(d.ID), "drop", item.String())
}

// once turns an update that met no row into a fault: somebody else was first.
func once(n int64, err error) error {
	if err == nil && n == 0 {
		return errDecided
	}
	return err
}

// Decide makes a list of a draft. From then on nothing of it can be changed.
func Decide(o *op.Op, d Draft, by string, on period.Date, source string) (List, error) {
	list := List{ID: id.New[List](o), Name: d.Name, ValidFrom: d.ValidFrom, BasedOn: d.BasedOn, DecidedBy: by, DecidedOn: on, Source: source}
	if err := once(decideDraft.Do(o, d.ID, list.ID)); err != nil {
		return list, err
	}
	proposed, err := draftLines.All(o, d.ID)
	if err != nil {
		return list, err
	}
	if len(proposed) == 0 {
		return list, errEmpty
	}
	items, err := allItems.All(o)
	if err != nil {
		return list, err
	}
	lines := linesOf(o, list, proposed, items)
	if _, err := newList.Add(o, list); err != nil {
		if db.Duplicate(err) {
			err = errDay.Because("%w", err)
		}
		return list, err
	}
	if _, err := newLines.Add(o, lines...); err != nil {
		return list, err
	}
	return list, note(o, int64(list.ID), "decide", fmt.Sprintf("%s, beslutad av %s", list.Name, by))
}

func linesOf(m id.Maker, list List, proposed []DraftLine, items []Item) []Line {
	by := make(map[id.ID[Item]]Item, len(items))
	for _, i := range items {
		by[i.ID] = i
	}
	lines := make([]Line, len(proposed))
	for n, p := range proposed {
		lines[n] = Line{List: list.ID, Item: p.Item, ID: id.New[Line](m), Text: p.Text, Price: p.Price,
			Activity: by[p.Item].Activity, Channels: by[p.Item].Channels, Source: list.Source}
	}
	return lines
}

// SetShares decides the distribution key of a fixed fee from a year on.
func SetShares(o *op.Op, shares ...Share) error {
	if len(shares) == 0 {
		return nil
	}
	if _, err := addShares.Add(o, shares...); err != nil {
		if db.Duplicate(err) {
			err = errKey.With(shares[0].Year).Because("%w", err)
		}
		return err
	}
	return note(o, int64(shares[0].Item), "share", fmt.Sprintf("Fördelningsnyckel från %d", shares[0].Year))
}

// install loads the lists of 2012 and 2014.
func install(o *op.Op) error {
	r, err := parseReference(referenceText)
	if err != nil {
		return err
	}
	if _, err = addServices.Add(o, r.services...); err != nil {
		return err
	}
	if _, err = addItems.Add(o, r.items...); err != nil {
		return err
	}
	n, err := addLists.Add(o, r.lists...)
	if err != nil || n == 0 {
		return err
	}
	if _, err = addLines.Add(o, r.lines...); err != nil {
		return err
	}
	return note(o, 0, "install", fmt.Sprintf("%d prislistor", n))
}

func note(o *op.Op, record int64, step, text string) error {
	return audit.Note(o, audit.Change{Kind: "catalogue", Record: record, Step: step, Note: text})
}

// held proves that every event that is priced has a list that was in force on
// its day, or, for a correction, on the day of what it corrects.
func held(o *op.Op) (map[string]int64, error) {
	b, err := Load(o)
	if err != nil {
		return nil, err
	}
	var events int64
	for d, err := range pricedDays.Each(o) {
		if err != nil {
			return nil, err
		}
		events += d.Events
		l, ok := b.Find(d.Price)
		if !ok || l.ValidFrom > d.Day {
			return nil, fmt.Errorf("catalogue: %d events on %s have the price list %d, which was not in force", d.Events, d.Day, d.Price)
		}
	}
	return map[string]int64{"priced_events": events, "price_lists": int64(len(b.Lists))}, nil
}

type pricedDay struct {
	Day    period.Date
	Price  int64
	Events int64
}

var pricedDays = db.Select[pricedDay](`
	SELECT day, price, count(*) AS events FROM work_event WHERE price <> 0 GROUP BY day, price`)
