package payables

import (
	"fmt"
	"slices"
	"strings"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/money"
	"kontor/kernel/op"
)

// Suggestion is how an invoice would be coded if it were like earlier ones:
// either as whole earlier invoices from its supplier were, or line by line as
// was learned from all approved ones.
type Suggestion struct {
	Lines   []coding.Line
	Like    int64    // earlier invoices that were coded so, 0 when it is line by line
	Of      int64    // earlier invoices that were looked at
	Sure    []int64  // per mille for each line, when it is line by line
	Reasons []string // for each line
}

// Confidence is how sure the suggestion is, per mille: as sure as its weakest
// line.
func (s Suggestion) Confidence() int64 {
	switch {
	case len(s.Sure) > 0:
		return slices.Min(s.Sure)
	case s.Of == 0:
		return 0
	}
	// As if one more had been coded otherwise: few cases are not sure.
	return s.Like * 1000 / (s.Of + 1)
}

// leastSure is what a suggestion has to reach to be shown, per mille: below it
// most of them are wrong.
const leastSure = 500

// suggestFrom is how many earlier invoices are looked at.
const suggestFrom = 24

type coded struct {
	ID     ID
	Net    money.Amount
	Coding []coding.Line `db:"coding,json"`
}

// What people have stood for: coding that is at least on its way to approval.
var codedBefore = db.Select[coded](`
	SELECT id, net, coding
	FROM   payables_invoice
	WHERE  client = $1 AND supplier_key = $2 AND supplier = $3 AND state IN ('coded', 'reviewed', 'ready') AND id <> $4
	ORDER  BY id DESC
	LIMIT  $5`)

func loadSuggestion(o *op.Op, v *Invoice) error {
	v.Suggested = Suggestion{}
	if len(v.Coding) > 0 || v.Supplier.IsZero() || v.Net == 0 {
		return nil
	}
	before, err := codedBefore.All(o, v.Client, v.SupplierKey, v.Supplier, v.ID, suggestFrom)
	if err != nil {
		return err
	}
	v.Suggested = Suggest(before, v.Net)
	if n := v.Suggested.Of; n >= 3 && v.Suggested.Like == n {
		return nil // always so
	}
	plan, err := coding.Load(o, v.Client)
	if err != nil {
		return err
	}
	byLine, err := learned(o, v, plan)
	if err == nil && byLine.Confidence() >= max(leastSure, v.Suggested.Confidence()) {
		v.Suggested = byLine
	}
	return err
}

// Suggest takes the coding that most of the earlier invoices had, the newest
// first among equals, and shares the net out as it did. At least half of them
// must agree, and two: one case is no habit.
func Suggest(before []coded, net money.Amount) Suggestion {
	count := map[string]int64{}
	for _, b := range before {
		count[shape(b.Coding)]++
	}
	var best *coded
	for i := range before {
		b := &before[i]
		if best == nil || count[shape(b.Coding)] > count[shape(best.Coding)] {
			best = b
		}
	}
	if best == nil || len(best.Coding) == 0 {
		return Suggestion{}
	}
	like := count[shape(best.Coding)]
	if like < 2 || like*2 < int64(len(before)) {
		return Suggestion{}
	}
	weights := make([]int64, len(best.Coding))
	for i, l := range best.Coding {
		weights[i] = int64(l.Amount.Abs())
	}
	s := Suggestion{Like: like, Of: int64(len(before))}
	for i, part := range net.Share(weights) {
		l := best.Coding[i]
		l.Amount, l.Text = part, ""
		if part != 0 {
			s.Lines = append(s.Lines, l)
		}
	}
	return s
}

// shape is a coding without its amounts.
func shape(lines []coding.Line) string {
	s := ""
	for _, l := range lines {
		s += fmt.Sprintf("%s|%s|%s|%s|%s|%s;", l.Account, l.Unit, l.Activity, l.Project, l.Counterpart, l.Object)
	}
	return s
}

// Why says why the suggestion is as it is.
func (s Suggestion) Why() string {
	if len(s.Reasons) > 0 {
		return strings.Join(slices.Compact(slices.Clone(s.Reasons)), " ")
	}
	return fmt.Sprintf("%d av de senaste %d fakturorna från leverantören har konterats så.", s.Like, s.Of)
}

// withSuggestion is the invoice as it would be with its suggestion taken.
func withSuggestion(v Invoice) Invoice {
	if len(v.Coding) == 0 && len(v.Suggested.Lines) > 0 {
		v.Coding, v.CodedHow = v.Suggested.Lines, v.Suggested.Why()
	}
	return v
}
