package organisation

import (
	"cmp"
	"slices"

	"github.com/a-h/templ"

	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

func cards() []module.Card {
	return []module.Card{{Place: module.Unit, Order: 20, Need: "organisation.read", Render: hereToday}}
}

// mostPeople is how many stand on the board.
const mostPeople = 24

// leastPart is how short a stretch of the day can be drawn and still be read.
const leastPart = 12

// hereToday is who works today and with what. It says that somebody is away, and
// never why.
func hereToday(o *op.Op) (templ.Component, error) {
	day := period.DateOf(o.Now)
	rows, err := timesOfAll.All(o, day, day)
	if err != nil {
		return nil, err
	}
	leaves, err := leavesIn.All(o, day, day)
	if err != nil {
		return nil, err
	}
	names, err := role.Names(o)
	if err != nil {
		return nil, err
	}
	if unit := o.Actor.Unit; !unit.IsZero() && slices.ContainsFunc(rows, func(t Time) bool { return t.Unit == unit }) {
		rows = slices.DeleteFunc(rows, func(t Time) bool { return t.Unit != unit })
	}
	people, present := board(o, rows, leaves, names, day)
	if len(people) == 0 {
		return nil, nil
	}
	panel := ui.PanelView{ID: "people", Heading: text.T(o, "Här i dag"), Link: ui.Link{Label: text.T(o, "Arbetstid per process"), URL: "/l/organisation.time"},
		Aside: text.F(o, "%s av %s, andel av heltid", text.Int(present), text.Int(int64(len(people))))}
	return ui.Within(ui.Panel(panel), ui.People(people[:min(len(people), mostPeople)])), nil
}

// board puts the rows together person by person, by name.
func board(o *op.Op, rows []Time, leaves []Leave, names map[op.PersonID]string, day period.Date) (people []ui.PersonDay, present int64) {
	slices.SortStableFunc(rows, func(a, b Time) int {
		return cmp.Or(cmp.Compare(names[a.Person], names[b.Person]), cmp.Compare(a.Person, b.Person), cmp.Compare(b.Share, a.Share))
	})
	for len(rows) > 0 {
		who := rows[0].Person
		n := slices.IndexFunc(rows, func(t Time) bool { return t.Person != who })
		if n < 0 {
			n = len(rows)
		}
		p, share := ui.PersonDay{Name: names[who]}, int64(0)
		for _, t := range rows[:n] {
			p.Parts = append(p.Parts, ui.DayPart{Words: text.T(o, ProcessName(t.Process)), HalfHours: max(leastPart, int((t.Share*16+50)/100))})
			share += t.Share
		}
		share = share * (100 - awayDays(leaves, who, day, day)) / 100
		switch {
		case share == 0:
			p.Parts = []ui.DayPart{{Words: text.T(o, "Inte här i dag"), HalfHours: 16, Kind: ui.Away}}
		default:
			present++
			if share < 100 {
				p.Parts = append(p.Parts, ui.DayPart{HalfHours: int(((100-share)*16 + 50) / 100), Kind: ui.Away})
			}
		}
		p.Hours = text.Int(share) + "\u00a0%"
		people, rows = append(people, p), rows[n:]
	}
	return people, present
}
