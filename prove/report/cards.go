package report

import (
	"fmt"

	"github.com/a-h/templ"

	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/report"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

func cards() []module.Card {
	return []module.Card{{Place: module.Head, Order: 20, Need: Read, Side: true, Render: latest}}
}

// latest leads to the report that is running and to the one before it, with the
// state of its figures.
func latest(o *op.Op) (templ.Component, error) {
	now := period.TertialOf(period.DateOf(o.Now))
	before := period.TertialOf(now.First() - 1)
	stored, err := report.FrozenIn(o, report.ToDate(before))
	if err != nil {
		return nil, err
	}
	state := text.T(o, "Perioden är slut. Siffrorna är inte frysta än.")
	for _, z := range stored {
		state = text.F(o, "Fryst %s.", moment(z.At))
		break
	}
	rows := []ui.MessageRow{
		{Heading: text.F(o, "Tertialrapport %d, %d", now.Number, now.Year), URL: at(now), Text: text.F(o, "Pågår, till och med %s.", now.Last().String())},
		{Heading: text.F(o, "Tertialrapport %d, %d", before.Number, before.Year), URL: at(before), Text: state},
	}
	return ui.Within(ui.SideSection(ui.PanelView{ID: "reports", Heading: text.T(o, "Tertialrapporter")}), ui.Messages(rows)), nil
}

func at(t period.Tertial) string { return fmt.Sprintf("%s/%d/%d", here, t.Year, t.Number) }
