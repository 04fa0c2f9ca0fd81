package payables

import (
	"context"
	"slices"
	"strings"

	"kontor/books/coding"
	codes "kontor/books/coding/sheet"
	"kontor/kernel/fault"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/process/approving"
	"kontor/promise/client"
)

// Approvals is the invoices as those who approve see them.
func Approvals() approving.Source {
	return approving.Source{
		Kind: Life.Name, Word: "faktura %s", All: listURL + "?view=approve",
		Count: func(ctx context.Context, n int64) string { return text.N(ctx, n, "%s faktura", "%s fakturor") },
		Waits: toApprove,
		Card:  cardOf,
		Table: Table, Matters: matters,
	}
}

// toApprove are the next invoices that wait: those that the reader may approve,
// those that somebody else must, with the reason, and those to review.
func toApprove(o *op.Op, most int) (w approving.Waits, err error) {
	items, n, err := waits(o, Reviewed, most)
	if err != nil {
		return w, err
	}
	for _, x := range items {
		v, err := Table.GetText(o, x.Key)
		if err != nil {
			return w, err
		}
		if err := mayApprove(o.Who, v); err != nil {
			f := fault.Of(err)
			x.Status, x.Text, x.Link.Label = ui.None, x.Text+" "+text.F(o, f.Text, f.Args...), text.T(o, "Visa")
			w.Others = append(w.Others, x)
			continue
		}
		x.Link.URL = approving.CardURL(x.Key)
		w.Approve = append(w.Approve, x)
	}
	w.ToApprove = max(n-int64(len(w.Others)), int64(len(w.Approve)))
	if o.Need(MayReview) == nil {
		w.Review, w.ToReview, err = waits(o, Coded, most)
	}
	return w, err
}

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
		Head:  ui.HeadView{Eyebrow: text.T(o, "Attestera") + " · " + buyer.Name, Headline: text.F(o, "%s, %s kr", v.SupplierName, v.Payable)},
		Whole: ui.Link{Label: text.T(o, "Läs hela fakturan"), URL: "/payables/" + v.ID.String()},
		Done:  text.F(o, "Du attesterade %s, %s kr.", v.SupplierName, v.Payable)}
	c.Title = c.Head.Headline
	add := func(term string, s ui.StatusKind, words ...string) {
		if words = slices.DeleteFunc(words, func(s string) bool { return s == "" }); len(words) > 0 {
			c.Facts = append(c.Facts, ui.Definition{Term: text.T(o, term), Text: ui.Words(strings.Join(words, " ")), Status: s})
		}
	}
	add("Gäller", ui.Unmarked, bought(o, v))
	add("Konteras", ui.Unmarked, codes.InWords(o, plan, v.Coding))
	if a, ok := holding(v, "review"); ok {
		add("Sakgranskad", ui.OK, text.F(o, "av %s %s", a.Name, web.Moment(a.At)))
	}
	if x := v.Occasion; x.Purpose != "" {
		add("Syfte", ui.Unmarked, x.Purpose)
		add("Deltagare", ui.Unmarked, strings.Join(strings.Split(strings.TrimSpace(x.Participants), "\n"), "; "))
	}
	for _, f := range v.Findings {
		if f.State == FindingReturned {
			continue
		}
		add("Att veta", ui.Near, text.T(o, lacks[f.Code].Heading)+".", f.Answer)
	}
	if !v.Due.IsZero() {
		s := ui.Unmarked
		if v.Due < period.DateOf(o.Now) {
			s = ui.Miss
		}
		add("Förfaller", s, v.Due.String())
	}
	if a, err := approveRight(o.Who, v); err == nil {
		add("Rätt", ui.Unmarked, approving.Right(o, a))
	}
	return c, nil
}

// bought is what the first lines of the document say.
func bought(o *op.Op, v Invoice) string {
	s, _, err := sheet(o, v, nil)
	if err != nil || s == nil {
		return text.F(o, "faktura %s", v.Number)
	}
	var names []string
	for _, l := range s.Lines {
		if len(names) == 3 {
			names = append(names, text.N(o, int64(len(s.Lines)-3), "och %s rad till", "och %s rader till"))
			break
		}
		names = append(names, l.Name)
	}
	return strings.Join(names, ", ")
}
