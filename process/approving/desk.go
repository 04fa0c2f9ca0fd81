package approving

import (
	"context"
	"errors"
	"slices"

	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/promise/approval"
	"kontor/promise/client"
)

// MayOpen lets a person see what waits for his own approval.
const MayOpen op.Permission = "approving.read"

// Source is a process whose documents wait for review and approval.
type Source struct {
	Kind  string                                    // of its records
	Word  string                                    // Swedish, one document by its number: "faktura %s"
	Count func(ctx context.Context, n int64) string // "2 fakturor"
	All   string                                    // address of its list of what waits
	Waits func(o *op.Op, most int) (Waits, error)   // at the clients of the reader; of each kind most are looked at

	// Card is one document; a fault of kind NotFound where it is none of these.
	Card  func(o *op.Op, key string) (Card, error)
	Table Table

	// Matters are the documents of a client that wait for somebody there, the oldest
	// first.
	Matters func(o *op.Op, of op.ClientID, most int) ([]Matter, error)
}

// Table takes the step of approval; a [flow.Table] does.
type Table interface {
	TakeText(o *op.Op, key, step string, version int64, raw map[string]string) (flow.State, int64, error)
}

// Waits is what waits for review and approval.
type Waits struct {
	Approve []Item // the reader may
	Review  []Item
	Others  []Item // somebody else must approve; the text says why
	// How many there are to approve and to review, those not looked at counted too.
	ToApprove, ToReview int64
}

// Item is a document in the queue.
type Item struct {
	ui.WaitRow
	Key string
	Due period.Date // none for none
}

// Card is a document as its approver reads it.
type Card struct {
	Key     string
	Version int64
	Title   string // of the page, which the browser keeps
	Head    ui.HeadView
	Facts   []ui.Definition
	Whole   ui.Link
	Waits   bool   // it is to be approved; else Whole tells what has become of it
	Why     error  // why the reader may not approve it
	Done    string // what is said when it is approved
}

// Desk is the queue of every source.
type Desk struct{ sources []Source }

// New makes the desk of the given sources.
func New(sources ...Source) *Desk { return &Desk{sources: sources} }

// Module is the desk as the program sees it.
func (d *Desk) Module() module.Module {
	return module.Module{
		Name: "approving", Title: "Attest",
		Permissions: []module.Permission{{Name: MayOpen, Label: "Se vad som väntar på ens egen granskning och attest"}},
		Pages:       d.pages(), Cards: d.cards(), Jobs: d.jobs(),
	}
}

// waits is what waits of every source, what is to be paid first at the top.
func (d *Desk) waits(o *op.Op, most int) (all Waits, counts []string, err error) {
	for _, s := range d.sources {
		w, err := s.Waits(o, most)
		if err != nil {
			return all, nil, err
		}
		all.Approve, all.Review, all.Others = append(all.Approve, w.Approve...), append(all.Review, w.Review...), append(all.Others, w.Others...)
		all.ToApprove, all.ToReview = all.ToApprove+w.ToApprove, all.ToReview+w.ToReview
		if w.ToApprove > 0 {
			counts = append(counts, s.Count(o, w.ToApprove))
		}
	}
	for _, some := range [][]Item{all.Approve, all.Review, all.Others} {
		slices.SortStableFunc(some, byDue)
	}
	return all, counts, nil
}

// byDue puts what is due first at the top, and what has no day last.
func byDue(a, b Item) int {
	const never = period.Date(1 << 30)
	of := func(x Item) period.Date {
		if x.Due.IsZero() {
			return never
		}
		return x.Due
	}
	return int(of(a) - of(b))
}

// card finds the document with a key, and its source.
func (d *Desk) card(o *op.Op, key string) (Card, Source, error) {
	for _, s := range d.sources {
		c, err := s.Card(o, key)
		if err == nil {
			return c, s, nil
		}
		if f := new(fault.Fault); !errors.As(err, &f) || f.Kind != fault.NotFound {
			return c, s, err
		}
	}
	return Card{}, Source{}, errNone
}

var (
	errNone    = fault.New(fault.NotFound, "ATT-001", "Det finns inget sådant att attestera. Gå tillbaka till det som väntar på dig.")
	errVersion = fault.New(fault.Conflict, "ATT-002", "Underlaget har ändrats sedan du läste det. Läs det igen innan du attesterar.")
)

// Contacts are those who review at a client where the register names nobody.
func Contacts(o *op.Op, of op.ClientID) (all []approval.Authority, err error) {
	rows, err := client.Contacts(o, of, period.DateOf(o.Now))
	for _, x := range rows {
		if x.Role == "contact" && x.Person != 0 {
			all = append(all, approval.Authority{Person: x.Person, For: x.Person, Name: x.Name})
		}
	}
	return all, err
}

// Right says in words which right an approval rests on.
func Right(ctx context.Context, a approval.Authority) string {
	if a.Substitute() {
		return text.F(ctx, "Du är ersättare för %s, upp till %s kr.", a.ForName, a.Most)
	}
	return text.F(ctx, "Din attesträtt, upp till %s kr.", a.Most)
}
