package payout

import (
	"context"
	"slices"
	"strings"
	"time"

	"kontor/books/coding"
	"kontor/books/coding/sheet"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/list"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/process/approving"
	"kontor/promise/approval"
	"kontor/promise/client"
)

// Approvals is the requests as those who approve see them.
func Approvals() approving.Source {
	return approving.Source{
		Kind: Life.Name, Word: "utbetalning %s", All: listURL + "?view=open",
		Count: func(ctx context.Context, n int64) string {
			return text.N(ctx, n, "%s utbetalningsunderlag", "%s utbetalningsunderlag")
		},
		Waits: toApprove,
		Card:  cardOf,
		Table: Table, Matters: matters,
	}
}

// toApprove are the next requests that wait: those that the reader may approve or
// review, and those that somebody else must approve, with the reason.
func toApprove(o *op.Op, most int) (w approving.Waits, err error) {
	for _, x := range []struct {
		view, act string
		to        *[]approving.Item
		n         *int64
		need      op.Permission
		may       func(op.Who, Request) error
	}{{"approve", text.T(o, "Attestera"), &w.Approve, &w.ToApprove, MayApprove, mayApprove},
		{"review", text.T(o, "Granska"), &w.Review, &w.ToReview, MayReview, mayReview}} {
		if o.Need(x.need) != nil {
			continue
		}
		page, err := Requests.Run(o, list.Query{View: x.view, Limit: most})
		if err != nil {
			return w, err
		}
		*x.n = page.Count
		for _, r := range page.Rows {
			item, why, err := itemOf(o, r, x.may)
			if err != nil {
				return w, err
			}
			item.Link.Label = x.act
			switch {
			case why == nil && x.view == "approve":
				item.Link.URL = approving.CardURL(item.Key)
				*x.to = append(*x.to, item)
			case why == nil:
				*x.to = append(*x.to, item)
			case x.view == "approve":
				f := fault.Of(why)
				item.Status, item.Text, item.Link.Label = ui.None, item.Text+". "+text.F(o, f.Text, f.Args...), text.T(o, "Visa")
				w.Others = append(w.Others, item)
				fallthrough
			default:
				*x.n--
			}
		}
		*x.n = max(*x.n, int64(len(*x.to)))
	}
	return w, nil
}

// itemOf is a request that waits, and why it does not wait for the reader. One
// about somebody under protection is not opened for it, since every opening is
// logged: it is told without a name, and its page says who may.
func itemOf(o *op.Op, r list.Row, may func(op.Who, Request) error) (x approving.Item, why, err error) {
	payee, _ := Requests.Value(r, "payee").(string)
	amount, _ := Requests.Value(r, "amount").(int64)
	number, _ := Requests.Value(r, "number").(string)
	purpose, _ := Requests.Value(r, "purpose").(string)
	of, _ := Requests.Value(r, "client").(string)
	x = approving.Item{Key: r.Key(), WaitRow: ui.WaitRow{Status: ui.Near, Heading: text.F(o, "%s, %s kr", payee, money.Amount(amount)),
		Text: strings.TrimSuffix(number+" · "+of+" · "+purpose, " · "), Link: ui.Link{URL: "/utbetalning/" + r.Key()}}}
	if due, ok := Requests.Value(r, "due").(time.Time); ok {
		x.Due = period.NewDate(due.Year(), due.Month(), due.Day())
		if x.Note = text.F(o, "betalas %s", x.Due); x.Due < period.DateOf(o.Now) {
			x.Status, x.When, x.Note = ui.Miss, text.T(o, "skulle ha betalats"), x.Due.String()
		}
	}
	if payee == somebodyProtected {
		return x, nil, nil
	}
	v, err := Table.GetText(o, r.Key())
	if err != nil {
		return x, nil, err
	}
	return x, may(o.Who, v), nil
}

// cardOf is what matters about one request: who is paid and why, what it costs and
// what to look out for.
func cardOf(o *op.Op, key string) (c approving.Card, err error) {
	v, err := Table.GetText(o, key)
	if err != nil {
		return c, err
	}
	buyer, err := client.Get(o, v.Client)
	if err != nil {
		return c, err
	}
	plan, err := coding.Load(o, v.Client)
	if err != nil {
		return c, err
	}
	c = approving.Card{Key: key, Version: v.Version, Waits: v.State == Reviewed, Why: mayApprove(o.Who, v),
		Head:  ui.HeadView{Eyebrow: text.T(o, "Attestera") + " · " + buyer.Name, Headline: text.F(o, "%s, %s kr", v.PayeeName, v.Amount)},
		Whole: ui.Link{Label: text.T(o, "Läs hela underlaget"), URL: pageURL(v.ID)},
		Done:  text.F(o, "Du attesterade %s, %s kr.", v.outwardly(), v.Amount)}
	if c.Title = c.Head.Headline; v.secrecy() > op.Open { // a browser keeps the titles of pages
		c.Title = text.T(o, "Attestera") + " " + v.Number
	}
	add := func(term string, s ui.StatusKind, words string) {
		c.Facts = append(c.Facts, ui.Definition{Term: text.T(o, term), Text: ui.Words(words), Status: s})
	}
	add("Gäller", ui.Unmarked, v.Purpose)
	add("Beslut eller lag", ui.Unmarked, v.Basis)
	add("Konteras", ui.Unmarked, sheet.InWords(o, plan, v.Lines))
	if a, ok := holding(v, "review"); ok {
		add("Sakgranskad", ui.OK, text.F(o, "av %s %s", a.Name, web.Moment(a.At)))
	}
	for _, f := range Findings(v) {
		add("Att veta", ui.Near, text.T(o, f.Heading)+".")
	}
	when := ui.Unmarked
	if v.Due < period.DateOf(o.Now) {
		when = ui.Miss
	}
	add("Betalas", when, v.Due.String())
	if a, err := approveRight(o.Who, v); err == nil {
		add("Rätt", ui.Unmarked, approving.Right(o, a))
	}
	return c, nil
}

var atClient = db.Select[ID](`
	SELECT id FROM payout_request WHERE client = $1 AND state IN ('sent', 'reviewed') ORDER BY due, id LIMIT $2`)

// matters are the requests that wait for somebody at the client.
func matters(o *op.Op, of op.ClientID, most int) ([]approving.Matter, error) {
	keys, err := atClient.All(o, of, most)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	contacts, err := approving.Contacts(o, of)
	if err != nil {
		return nil, err
	}
	cleared, err := role.Cleared(o, op.Secret)
	if err != nil {
		return nil, err
	}
	sees := func(v Request, who op.PersonID) bool { return v.secrecy() < op.Secret || slices.Contains(cleared, who) }
	var all []approving.Matter
	for _, k := range keys {
		v, err := Table.Get(o, k)
		if err != nil {
			return nil, err
		}
		if v.State == Sent && open(v) != nil { // it waits for us
			continue
		}
		pauses, err := flow.PausesOf(o, v.Client, int64(v.ID))
		if err != nil {
			return nil, err
		}
		m := matter(v, contacts, period.DateOf(o.Now))
		m.Who = slices.DeleteFunc(m.Who, func(a approval.Authority) bool { return !sees(v, a.Person) })
		for _, p := range pauses.All() {
			m.Since = later(m.Since, p.From)
		}
		all = append(all, m)
	}
	return all, nil
}

// matter says for whom a request waits on a day, and since when at the earliest.
// It is pure.
func matter(v Request, contacts []approval.Authority, day period.Date) approving.Matter {
	m := approving.Matter{Client: v.Client, Record: int64(v.ID), Number: v.Number, Amount: v.Amount, Due: v.Due, Step: "review", Since: later(v.Arrived, v.Confirmed), Rights: rights(v)}
	review, reviewed := holding(v, "review")
	switch {
	case reviewed:
		m.Step, m.Since, m.Who = "approve", review.At, m.Rights.Who(approval.Final, v.Costs, v.Amount, day)
	case m.Rights.Open(approval.Review, day):
		m.Who = slices.Clone(contacts)
	default:
		m.Who = m.Rights.Who(approval.Review, v.Costs, v.Amount, day)
	}
	m.Who = slices.DeleteFunc(m.Who, func(a approval.Authority) bool {
		return own(v, a.Person) || apart(op.Who{}, v, a, day) != nil || tied(v, op.Actor{}, a.Person, day) ||
			reviewed && a.Meets(approval.Authority{Person: review.Person, For: review.Holder})
	})
	return m
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
