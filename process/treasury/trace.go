package treasury

import (
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

// AtBank reports whether a payment has left us: what it pays can no longer be
// changed or stopped here.
func (e Event) AtBank() bool { return e == InFile || e == Taken || e == Done }

// Told tells every payment that a document has been in, oldest first, as the page
// of the document shows them; each opens for those who may see payments.
func Told(o *op.Op, of op.ClientID, kind string, document int64) ([]ui.Definition, error) {
	traces, err := OfDocument(o, of, kind, document)
	all := make([]ui.Definition, len(traces))
	for i, x := range traces {
		words, status := x.words(o)
		piece := ui.Piece{Text: words}
		if o.Actor.May(MayRead, of) {
			piece.URL = "/betalning-rad/" + x.Payment.String()
		}
		all[i] = ui.Definition{Term: text.T(o, "Betalning"), Status: status, Text: ui.Prose{piece}}
	}
	return all, err
}

func (x Trace) words(o *op.Op) (string, ui.StatusKind) {
	switch x.State {
	case Paid:
		return text.F(o, "Betald %s", x.Paid), ui.OK
	case Filed, Accepted:
		return text.F(o, "Hos banken, betalas %s", x.Execute), ui.None
	case Rejected, Returned:
		return x.Reason, ui.Miss
	case Fell, Withdrawn:
		return text.F(o, "Föll bort: %s", x.Reason), ui.None
	case Proposed, Released:
	}
	return text.F(o, "I ett förslag, betalas %s", x.Execute), ui.Near
}
