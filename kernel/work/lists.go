package work

import (
	"slices"
	"strconv"

	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Read is the permission to see the work events of a client, and with them
// every figure that is made of them.
const Read op.Permission = "work.read"

// EventsList is the name of the list that every figure opens onto.
const EventsList = "work.events"

// ChannelLabels are the channels in Swedish.
func ChannelLabels() []form.Option {
	return []form.Option{
		{Value: string(Electronic), Label: "Elektronisk"}, {Value: string(Scanned), Label: "Skannad"},
		{Value: string(Manual), Label: "Manuell"}, {Value: string(Phone), Label: "Telefon"}, {Value: string(Web), Label: "Webb"},
	}
}

var yesNo = []form.Option{{Value: "true", Label: "Ja"}, {Value: "false", Label: "Nej"}}

// Events is the list of work events: the rows behind every figure. Processes
// and activities are shown by the given labels.
func Events(processes, activities []form.Option) *list.Spec {
	return &list.Spec{
		Name: EventsList, Title: "Hanterade poster", Need: Read, From: "work_event", Unit: "unit", Shown: "hanterade poster",
		Intro: "En rad för varje post som kontoret har hanterat. En rättelse är en egen rad med minus.",
		Joins: "LEFT JOIN client AS c ON c.id = t.client LEFT JOIN person AS p ON p.id = t.actor",
		Order: "-day", Open: "/d/{kind}/{document}", Empty: "Ingen post är hanterad i det här urvalet. Rensa filtret eller välj en annan period.",
		Columns: []list.Column{
			{Key: "day", Label: "Klar", Kind: list.Date, Expr: "t.day", Sort: true},
			list.Client,
			{Key: "activity", Label: "Tjänst", Kind: list.Word, Expr: "t.activity", Options: activities},
			{Key: "channel", Label: "Kanal", Kind: list.Word, Expr: "t.channel", Options: ChannelLabels()},
			{Key: "quantity", Label: "Antal", Kind: list.Whole, Expr: "t.quantity"},
			{Key: "taken", Label: "Dagar", Kind: list.Whole, Expr: "t.taken"},
			{Key: "promised", Label: "Löfte", Kind: list.Whole, Expr: "t.promised"},
			{Key: "kept", Label: "I tid", Kind: list.Yes, Expr: "t.kept"},
			{Key: "actor", Label: "Av", Expr: "COALESCE(p.name, '')"},
			{Key: "process", Label: "Process", Kind: list.Word, Expr: "t.process", Options: processes, Hidden: true},
			{Key: "automated", Label: "Automatiskt", Kind: list.Yes, Expr: "t.automated", Hidden: true},
			{Key: "arrived", Label: "Kom in", Kind: list.Time, Expr: "t.arrived", Hidden: true},
			{Key: "done", Label: "Klart", Kind: list.Time, Expr: "t.done", Hidden: true},
			{Key: "waited", Label: "Väntade på kunden, sekunder", Kind: list.Whole, Expr: "t.waited", Hidden: true},
			{Key: "price", Label: "Prislista", Kind: list.Whole, Expr: "t.price", Hidden: true},
			{Key: "kind", Label: "Sort", Kind: list.Code, Expr: "t.kind", Hidden: true},
			{Key: "document", Label: "Dokument", Kind: list.ID, Expr: "t.document", Hidden: true},
			{Key: "corrects", Label: "Rättar", Kind: list.ID, Expr: "t.corrects", Hidden: true},
		},
		Filters: []list.Filter{
			list.OfClient(Read),
			{Key: "process", Label: "Process", Column: "process", Options: processes},
			{Key: "activity", Label: "Tjänst", Column: "activity", Options: activities},
			{Key: "channel", Label: "Kanal", Column: "channel", Options: ChannelLabels()},
			{Key: "from", Label: "Från och med", Column: "day", Match: list.From, Kind: list.Date},
			{Key: "to", Label: "Till och med", Column: "day", Match: list.To, Kind: list.Date},
			{Key: "kept", Label: "I tid", Column: "kept", Kind: list.Yes, Options: yesNo},
			{Key: "promised", Label: "Utlovade dagar, minst", Column: "promised", Match: list.From, Kind: list.Whole, Hidden: true},
			{Key: "automated", Label: "Automatiskt", Column: "automated", Kind: list.Yes, Options: yesNo},
			{Key: "price", Label: "Prislista", Column: "price", Kind: list.Whole, Hidden: true},
			{Key: "unit", Label: "Enhet", Column: "unit", Kind: list.ID, Hidden: true},
		},
		Totals:  []list.Total{{Label: "hanterade", Kind: list.Whole, Expr: "t.quantity"}},
		Indexes: []list.Index{{"process", "activity", "day"}, {"day"}},
		Rollup:  rollup,
	}
}

// rollup tells how many events the list holds and their quantity from the sums
// by day, which know every filter but those of single events: of a narrower
// list they know the quantity alone. A filter that is written in an unusual way
// is left to the rows.
func rollup(o *op.Op, s op.Scope, filters map[string][]string) (list.Known, error) {
	w := wanted{first: period.NewDate(1, 1, 1), last: period.NewDate(9999, 12, 31), of: quantity, exact: true}
	for key, texts := range filters {
		texts = slices.DeleteFunc(slices.Clone(texts), func(t string) bool { return t == "" })
		if len(texts) > 0 && !w.take(key, texts) {
			return list.Known{Count: -1}, nil
		}
	}
	cells, err := Table(o, s, w.first, w.last)
	if err != nil {
		return list.Known{Count: -1}, err
	}
	var sum, events int64
	for _, c := range cells {
		if s.Units != nil && !slices.Contains(s.Units, c.Unit) || slices.ContainsFunc(w.tests, func(t func(Cell) bool) bool { return !t(c) }) {
			continue
		}
		sum += w.of(c.Sums)
		events += c.Events
	}
	if !w.exact {
		events = -1
	}
	return list.Known{Count: events, Totals: []int64{sum}}, nil
}

// wanted is a list's filters as a sum over cells.
type wanted struct {
	first, last period.Date
	of          func(Sums) int64
	exact       bool // the cells know the number of events, not only the quantity
	tests       []func(Cell) bool
}

func quantity(s Sums) int64 { return s.Quantity }
func promised(s Sums) int64 { return s.Promised }
func kept(s Sums) int64     { return s.Kept }

// take adds one filter, and reports whether the cells can answer it.
func (w *wanted) take(key string, texts []string) bool {
	switch key {
	case "client": // the scope has been narrowed to it
	case "from", "to":
		d, err := period.ParseDate(texts[0])
		if err != nil {
			return false
		}
		if key == "from" {
			w.first = d
		} else {
			w.last = d
		}
	case "process":
		w.is(texts, func(c Cell) string { return c.Process })
	case "activity":
		w.is(texts, func(c Cell) string { return c.Activity })
	case "channel":
		w.is(texts, func(c Cell) string { return string(c.Channel) })
	case "automated":
		w.is(texts, func(c Cell) string { return strconv.FormatBool(c.Automated) })
		return texts[0] == "true" || texts[0] == "false"
	case "price":
		w.is(texts, func(c Cell) string { return strconv.FormatInt(c.Price, 10) })
	case "kept": // what is kept is promised too
		w.of, w.exact = kept, false
		return len(texts) == 1 && texts[0] == "true"
	case "promised":
		if w.exact {
			w.of, w.exact = promised, false
		}
		return texts[0] == "1"
	default:
		return false
	}
	return true
}

func (w *wanted) is(texts []string, of func(Cell) string) {
	w.tests = append(w.tests, func(c Cell) bool { return slices.Contains(texts, of(c)) })
}
