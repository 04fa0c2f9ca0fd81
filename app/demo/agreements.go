package demo

import (
	"fmt"
	"time"

	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/agreement"
	"kontor/promise/leadtime"
)

const hours = "Helgfria vardagar 8–17, dag före helgdag 8–12"

// agreements writes the agreements of a year, has the unit manager send them,
// and signs them when signed is a day: for the client by its manager, on paper,
// which our head of operations registers.
func (b *builder) agreements(o *op.Op, year int, signed period.Date) error {
	services, err := leadtime.Services(o)
	if err != nil {
		return err
	}
	var promises []agreement.Promise
	for _, s := range services {
		if s.Days > 0 && s.Process == "payables" {
			promises = append(promises, agreement.Promise{Service: s.Code, Days: s.Days, Source: s.Source})
		}
	}
	promises = append(promises, agreement.Promise{Service: "complaint", Days: 10, Source: "Exempelstadens eget avtal"})
	for i, k := range b.city.Clients {
		lead := o.As(b.actor[k.Lead])
		a, err := agreement.Begin(lead, agreement.New{
			Client: b.clients[k.Code], Year: int64(year), Hours: hours,
			Terms: termsOf(k), Promises: promises,
		})
		if err != nil {
			return err
		}
		if signed.IsZero() && i%3 == 2 {
			continue // still being written
		}
		if _, err := agreement.Table.Take(lead, a.ID, "send", 0, nil); err != nil {
			return err
		}
		if signed.IsZero() {
			continue
		}
		manager := b.city.Person(k.Manager)
		_, err = agreement.Table.Take(o.As(b.actor["lo.wester"]), a.ID, "sign", 0, map[string]string{
			"name": manager.Name + ", " + manager.Title, "on": signed.String(),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func termsOf(k Client) string {
	return fmt.Sprintf("Kundmöte två gånger om året. Kundansvarig hos oss och kontaktperson hos %s stämmer av klagomål och förbättringar varje tertial.", k.Name)
}

// deviations are ways of working that differ for a client and have been approved.
func (b *builder) deviations(o *op.Op) error {
	var all []agreement.Deviation
	for _, d := range []struct{ client, text string }{
		{"KULT", "Referens som saknas lämnas av kulturförvaltningens ekonomienhet, inte av den enskilda verksamheten. Ring dem först."},
		{"SOC", "Fakturor från tolkar konteras alltid på verksamheten som har beställt, aldrig på förvaltningsledningen."},
		{"FAST", "Byggfakturor över 100 000 kr ska ha projektledarens godkännande i journalen innan de attesteras."},
		{"UTB", "Skolmåltider får delas lika på skolorna när fakturan inte säger annat."},
	} {
		all = append(all, agreement.Deviation{
			Client: b.clients[d.client], Process: "payables", Text: d.text,
			DecidedBy: "Processansvarig Sigrid Åhlén", DecidedOn: begun, ValidFrom: begun,
		})
	}
	return agreement.AddDeviations(o, all...)
}

// laterAgreements are written as the year goes: those of the next year are
// signed in December, and those of the year after are at the clients when the
// city is shown.
func (b *builder) laterAgreements(day period.Date) error {
	b.at = day.At(7*60 + 20)
	switch day {
	case period.NewDate(2025, time.December, 10):
		return b.do(b.System, func(o *op.Op) error { return b.agreements(o, 2026, day) })
	case period.NewDate(2026, time.November, 16):
		return b.do(b.System, func(o *op.Op) error { return b.agreements(o, 2027, 0) })
	case period.NewDate(2026, time.August, 24):
		return b.do(b.System, func(o *op.Op) error { return b.addition(o, "KULT", period.NewDate(2026, time.September, 1)) })
	}
	return nil
}

// addition promises a client shorter time for the rest of the year.
func (b *builder) addition(o *op.Op, code string, from period.Date) error {
	k := b.city.Client(code)
	lead := o.As(b.actor[k.Lead])
	a, ok, err := agreement.Current(lead, b.clients[code], period.DateOf(o.Now))
	if err != nil || !ok {
		return err
	}
	x, err := agreement.Extend(lead, a.ID, agreement.New{
		ValidFrom: from, Hours: hours, Terms: "Svar på klagomål inom en vecka under hösten.",
		Promises: []agreement.Promise{{Service: "complaint", Days: 5, Source: "Tilläggsöverenskommelse hösten 2026"}},
	})
	if err != nil {
		return err
	}
	if _, err := agreement.Table.Take(lead, x.ID, "send", 0, nil); err != nil {
		return err
	}
	_, err = agreement.Table.Take(o.As(b.actor["lo.wester"]), x.ID, "sign", 0, map[string]string{
		"name": b.city.Person(k.Manager).Name, "on": period.DateOf(o.Now).String(),
	})
	return err
}
