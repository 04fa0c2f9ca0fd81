package approving

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kontor/kernel/fault"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
)

const deskURL = "/attest"

// CardURL is where a document is read and approved.
func CardURL(key string) string { return deskURL + "/" + key }

// readMost is how many documents of each source are looked at to find those that
// the reader may approve; shownMost is how many the start page shows.
const (
	readMost  = 100
	shownMost = 20
)

func (d *Desk) pages() []web.Route {
	return []web.Route{
		{Pattern: "GET /attest", Need: MayOpen, Handle: d.showQueue},
		{Pattern: "GET /attest/{id}", Need: MayOpen, Handle: d.showCard},
		{Pattern: "POST /attest/{id}/approve", Need: MayOpen, Handle: d.approve},
	}
}

func (d *Desk) cards() []module.Card {
	return []module.Card{
		{Place: module.Approver, Order: -10, Need: MayOpen, Render: d.head},
		{Place: module.Approver, Order: 10, Need: MayOpen, Render: d.start},
	}
}

// both joins counts of several kinds: "2 fakturor och 1 utbetalningsunderlag".
func both(ctx context.Context, counts []string) string {
	if n := len(counts); n > 1 {
		return text.F(ctx, "%s och %s", strings.Join(counts[:n-1], ", "), counts[n-1])
	}
	return strings.Join(counts, "")
}

func (d *Desk) head(o *op.Op) (templ.Component, error) {
	_, counts, err := d.waits(o, shownMost)
	if err != nil {
		return nil, err
	}
	words := text.T(o, "Inget väntar på din attest.")
	if len(counts) > 0 {
		words = text.F(o, "%s väntar på attest.", both(o, counts))
	}
	return ui.Head(ui.HeadView{Eyebrow: period.LongDate(period.DateOf(o.Now), text.Lang(o)), Headline: words}), nil
}

// start is the reader's own queue: what to approve, what to review, and what waits
// for somebody else, with the reason.
func (d *Desk) start(o *op.Op) (templ.Component, error) {
	w, _, err := d.waits(o, shownMost)
	if err != nil {
		return nil, err
	}
	var all []templ.Component
	add := func(items []Item, n int64, p ui.PanelView) {
		if len(items) > 0 {
			p.Aside = text.Int(n)
			all = append(all, ui.Within(ui.Panel(p), ui.Waiting(rows(items))))
		}
	}
	add(w.Approve, w.ToApprove, ui.PanelView{ID: "approve", Heading: text.T(o, "Att attestera"), Link: ui.Link{Label: text.T(o, "Visa alla"), URL: deskURL}})
	add(w.Review, w.ToReview, ui.PanelView{ID: "review", Heading: text.T(o, "Att sakgranska")})
	add(w.Others, int64(len(w.Others)), ui.PanelView{ID: "others", Heading: text.T(o, "Väntar på någon annan")})
	if len(all) == 0 {
		return ui.EmptyState(ui.Empty{Heading: text.T(o, "Inget väntar"), Text: text.T(o, "Du får se det här när det är granskat."), Link: d.every(o)}), nil
	}
	return templ.Join(all...), nil
}

// every opens the list of the first source, where all is that the reader may see.
func (d *Desk) every(o *op.Op) ui.Link {
	return ui.Link{Label: text.T(o, "Alla att granska och attestera"), URL: d.sources[0].All}
}

func rows(items []Item) []ui.WaitRow {
	all := make([]ui.WaitRow, len(items))
	for i, x := range items {
		all[i] = x.WaitRow
	}
	return all
}

func (d *Desk) showQueue(o *op.Op, _ *http.Request) (web.Answer, error) {
	w, counts, err := d.waits(o, readMost)
	if err != nil {
		return web.Answer{}, err
	}
	head := ui.HeadView{Eyebrow: text.T(o, "Attest"), Headline: text.T(o, "Ingenting väntar på din attest")}
	if len(counts) > 0 {
		head.Headline = text.F(o, "%s väntar på dig", both(o, counts))
	}
	return web.Answer{Title: head.Headline, Current: "/", Class: "narrow", Body: queueBody(head, rows(w.Approve), d.every(o))}, nil
}

func (d *Desk) showCard(o *op.Op, r *http.Request) (web.Answer, error) {
	c, _, err := d.card(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	if !c.Waits {
		return web.Answer{Location: c.Whole.URL}, nil
	}
	b := ui.Button{Step: "approve", Label: text.T(o, "Attestera"), Key: "G", URL: CardURL(c.Key) + "/approve", Version: c.Version, Recommended: true}
	if c.Why != nil {
		f := fault.Of(c.Why)
		b.Closed, b.Recommended, b.Why = true, false, text.F(o, f.Text, f.Args...)
	}
	next, err := d.after(o, c.Key)
	if err != nil {
		return web.Answer{}, err
	}
	bar := &ui.ActionsView{Buttons: []ui.Button{b}, Next: ui.Link{Label: text.T(o, "Nästa"), URL: next, Key: "N"}}
	return web.Answer{Title: c.Title, Current: "/", Class: "narrow", Body: cardBody(c), Actions: bar}, nil
}

// after is the address of the card after one in the queue, from its beginning
// again after the last; the queue itself where there is no other.
func (d *Desk) after(o *op.Op, key string) (string, error) {
	w, _, err := d.waits(o, readMost)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(w.Approve, func(x Item) bool { return x.Key == key })
	switch {
	case at+1 < len(w.Approve):
		return CardURL(w.Approve[at+1].Key), nil
	case at > 0:
		return CardURL(w.Approve[0].Key), nil
	}
	return deskURL, nil
}

// approve approves, and goes on with the next.
func (d *Desk) approve(o *op.Op, r *http.Request) (web.Answer, error) {
	c, source, err := d.card(o, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	version, err := strconv.ParseInt(r.FormValue("version"), 10, 64)
	if err != nil {
		return web.Answer{}, errVersion.Because("%w", err)
	}
	next, err := d.after(o, c.Key)
	if err != nil {
		return web.Answer{}, err
	}
	if _, _, err := source.Table.TakeText(o, c.Key, "approve", version, nil); err != nil {
		return web.Answer{}, err
	}
	return web.See(next, c.Done), nil
}
