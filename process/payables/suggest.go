package payables

import (
	"fmt"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/money"
	"kontor/kernel/op"
)

// Suggestion is how an invoice would be coded if it were like the earlier ones
// from its supplier.
type Suggestion struct {
	Lines []coding.Line
	Like  int64 // earlier invoices that were coded so
	Of    int64 // earlier invoices that were looked at
}

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
	return nil
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
		weights[i] = int64(abs(l.Amount))
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
	return fmt.Sprintf("%d av de senaste %d fakturorna från leverantören har konterats så.", s.Like, s.Of)
}

// withSuggestion is the invoice as it would be with its suggestion taken.
func withSuggestion(v Invoice) Invoice {
	if len(v.Coding) == 0 && len(v.Suggested.Lines) > 0 {
		v.Coding, v.CodedHow = v.Suggested.Lines, v.Suggested.Why()
	}
	return v
}
