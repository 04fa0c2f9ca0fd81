package payables

import (
	"kontor/kernel/form"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/process/treasury"
)

// payStates are how far the payment of an approved invoice has come, as lists
// show it.
var payStates = []form.Option{
	{Value: string(treasury.Scheduled), Label: "I betalningsförslag"}, {Value: string(treasury.InFile), Label: "I bankfil"},
	{Value: string(treasury.Taken), Label: "Godtagen av banken"}, {Value: string(treasury.Done), Label: "Betald"},
}

var stopKinds = []form.Option{{Value: StopHold, Label: "Stoppad av oss"}, {Value: StopDispute, Label: "Bestriden"}, {Value: StopBank, Label: "Avvisad eller återsänd av banken"}}

var payShapes = map[string]string{string(treasury.Scheduled): "near", string(treasury.InFile): "none", string(treasury.Taken): "none", string(treasury.Done): "ok",
	StopHold: "miss", StopDispute: "miss", StopBank: "miss"}

// paymentFacts tells how far the payment has come, and every payment that the
// invoice has been in.
func paymentFacts(o *op.Op, v Invoice, add func(string, ui.StatusKind, ui.Prose)) error {
	if v.State != Ready {
		return nil
	}
	if v.Stop != "" {
		add(text.T(o, "Betalningen är stoppad"), ui.Miss, ui.Words(v.Stop))
	}
	if v.Withheld != 0 {
		add(text.T(o, "Skatteavdrag"), ui.Unmarked, ui.Words(v.Withheld.String()+"\u00a0kr"))
	} else if v.Untaxed && !v.TaxSaid {
		add(text.T(o, "F-skatt"), ui.Near, ui.Words(text.T(o, "Saknas: ange vad som är ersättning för arbete")))
	}
	all, err := treasury.Told(o, v.Client, Life.Name, int64(v.ID))
	for _, x := range all {
		add(x.Term, x.Status, x.Text)
	}
	return err
}
