package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"kontor/kernel/fault"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/report"
	"kontor/kernel/text"
	"kontor/kernel/work"
	"kontor/promise/catalogue"
	"kontor/promise/client"
	"kontor/promise/organisation"
	"kontor/prove/charging"
	"kontor/prove/indicator"
)

var errTertial = fault.New(fault.NotFound, "REP-001", "Rapporten finns inte. Tertialen är 1, 2 och 3, och året skrivs med fyra siffror.")

const (
	payables = "payables"
	invoice  = "supplier-invoice"
	// complaint is the activity that a complaint is counted as; its process is
	// the one that it is about.
	complaint = "complaint"
)

// days is some days in a row.
type days struct{ first, last period.Date }

func (d days) First() period.Date { return d.first }
func (d days) Last() period.Date  { return d.last }
func (d days) Key() string        { return d.first.String() + "--" + d.last.String() }
func (d days) String() string     { return d.first.String() + " till " + d.last.String() }

// builder gathers what one report is made of.
type builder struct {
	*op.Op
	scope   op.Scope
	rep     *Report
	now     report.Cells
	before  report.Cells
	partial bool // the year before is known only from some month on
	clients []client.Client
	today   period.Date
}

// Tertial makes the report of a tertial as the actor may see it.
func Tertial(o *op.Op, year, number int) (*Report, error) {
	if number < 1 || number > 3 || year < 2000 || year > 2100 {
		return nil, errTertial.Because("%d tertial %d", year, number)
	}
	p := report.ToDate{Year: year, Number: number}
	b := &builder{Op: o, scope: o.Actor.Grants[Read], today: period.DateOf(o.Now),
		rep: &Report{Year: year, Tertial: number, Period: p.String(), period: p}}
	b.rep.Running = p.First() <= b.today && b.today <= p.Last()
	for _, step := range []func() error{b.read, b.indicators, b.frozen, b.volumes, b.months, b.bill, b.complaints, b.summary} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return b.rep, nil
}

func (b *builder) read() (err error) {
	p := b.rep.period
	if b.now, err = report.Read(b.Op, b.scope, p, 0); err != nil {
		return err
	}
	last := report.ToDate{Year: p.Year - 1, Number: p.Number}.Last()
	if b.rep.Running {
		last = b.today.AddMonths(-12)
	}
	if b.before, err = report.Read(b.Op, b.scope, days{period.Year(p.Year - 1).First(), last}, 0); err != nil {
		return err
	}
	first, err := report.Read(b.Op, b.scope, period.Month{Year: p.Year - 1, Month: 1}, 0)
	if err != nil {
		return err
	}
	b.partial = whole.Sum(first.All) == 0
	every, err := client.All(b.Op)
	for _, c := range every {
		if b.scope.Holds(c.ID) {
			b.clients = append(b.clients, c)
		}
	}
	return err
}

// bound makes a figure of a measure over a period.
func bound(key string, m report.Measure, c report.Cells, of op.ClientID) Figure {
	n := m.Sum(c.All)
	return Figure{Key: key, Text: text.Int(n), Value: strconv.FormatInt(n, 10), Rows: events(m, c), State: report.Measured,
		URL: report.RowsURL(m.Rows(c.Period, of))}
}

// events is how many rows a measure opens onto. Those in time are known by
// quantity only, which is the same but for corrections.
func events(m report.Measure, c report.Cells) int64 {
	if m.Of == report.Kept || m.Of == report.Promised {
		return -1
	}
	var rows int64
	for i := range c.All {
		if x := &c.All[i]; m.Covers(x) {
			rows += x.Events
		}
	}
	return rows
}

// figure makes a bound figure of a value.
func figure(v report.Value, c report.Cells) Figure {
	f := Figure{Key: v.Figure.Key, Text: v.Say(), Rows: -1, URL: v.URL(), State: v.State, Reason: v.Reason}
	if r := v.Rat(); r != nil {
		f.Value = r.FloatString(v.Figure.Decimals)
	}
	if d, ok := v.Figure.On(v.Period.Last()); ok {
		f.Rows = events(d.Numerator, c)
	}
	return f
}

// indicators are judged by the last month of the tertial that is over.
func (b *builder) indicators() (err error) {
	m := period.MonthOf(b.rep.period.Last())
	if b.rep.Running {
		if m = period.MonthOf(b.today); m.Month > 1 {
			m = m.Prev()
		}
	}
	if b.rep.standing, err = indicator.Stand(b.Op, indicator.Figures, b.scope, m); err != nil {
		return err
	}
	for _, s := range b.rep.standing {
		if s.Figure == indicator.Count {
			continue // the volumes say it
		}
		cells, err := report.Read(b.Op, b.scope, m, 0)
		if err != nil {
			return err
		}
		i := Indicator{Key: s.Figure.Key, Name: text.T(b, s.Figure.Name), Month: m.Key(), Value: figure(s.Now, cells), Status: text.T(b, s.Judged.Word)}
		if s.Has {
			i.Target, i.Deviation = s.Target.Say(s.Figure), indicator.Deviation(s.Now, s.Target)
		}
		b.rep.Indicators = append(b.rep.Indicators, i)
	}
	return nil
}

// frozen holds what was reported against what is known now.
func (b *builder) frozen() error {
	stored, err := report.FrozenIn(b.Op, b.rep.period)
	if err != nil {
		return err
	}
	for _, f := range indicator.Figures {
		v, err := f.Value(b.Op, b.now, 0)
		if err != nil {
			return err
		}
		b.rep.values = append(b.rep.values, v)
		z, ok := stored[report.FrozenKey{Figure: f.Key}]
		if !ok || !b.scope.All {
			continue
		}
		b.rep.Frozen = moment(z.At)
		if z.Drifted(v) {
			b.rep.Drifts = append(b.rep.Drifts, Drift{Name: text.T(b, f.Name), Frozen: z.Value(f, b.rep.period).Say(), Now: figure(v, b.now), value: v})
		}
	}
	return nil
}

var (
	whole      = report.Measure{Process: payables, Activities: []string{invoice}}
	electronic = report.Measure{Process: payables, Activities: []string{invoice}, Channels: []work.Channel{work.Electronic}}
	manual     = report.Measure{Process: payables, Activities: []string{invoice}, Channels: []work.Channel{work.Scanned, work.Manual}}
)

func (b *builder) volumes() error {
	for _, c := range b.clients {
		b.rep.Volumes = append(b.rep.Volumes, volume(c.Name, c.Code, c.ID, b.now.Client(c.ID), b.before.Client(c.ID)))
	}
	b.rep.All = volume(text.N(b, int64(len(b.clients)), "%s kund", "Alla %s kunder"), "all", 0, b.now, b.before)
	if b.partial {
		for i := range b.rep.Volumes {
			b.rep.Volumes[i].Change = "–"
		}
		b.rep.All.Change = "–"
	}
	return nil
}

func volume(name, code string, of op.ClientID, now, before report.Cells) Volume {
	v := Volume{Client: of, Name: name,
		Electronic: bound("volume.electronic."+code, electronic, now, of),
		Manual:     bound("volume.manual."+code, manual, now, of),
		Total:      bound("volume.total."+code, whole, now, of),
		Before:     bound("volume.before."+code, whole, before, of),
	}
	total, last := whole.Sum(now.All), whole.Sum(before.All)
	v.Share = text.Percent(manual.Sum(now.All), total, 1)
	v.Change = change(total, last)
	return v
}

// change is by how many per cent now differs from before: "+2,4 %", "–" where
// there is nothing to compare with.
func change(now, before int64) string {
	n, ok := text.Share(now-before, before, 1)
	if !ok {
		return "–"
	}
	return text.Signed(n, 1) + "\u00a0%"
}

func (b *builder) months() error {
	p := b.rep.period
	var most Month
	for m := (period.Month{Year: p.Year, Month: 1}); m.First() <= min(p.Last(), b.today); m = m.Next() {
		c, err := report.Read(b.Op, b.scope, m, 0)
		if err != nil {
			return err
		}
		x := Month{Month: m, Key: m.Key(), Electronic: bound("month.electronic."+m.Key(), electronic, c, 0), Manual: bound("month.manual."+m.Key(), manual, c, 0),
			electronic: electronic.Sum(c.All), manual: manual.Sum(c.All)}
		if x.electronic+x.manual > most.electronic+most.manual {
			most = x
		}
		b.rep.Months = append(b.rep.Months, x)
	}
	b.rep.Finding = text.T(b, "Ingen leverantörsfaktura har hanterats i perioden.")
	if n := most.electronic + most.manual; n > 0 {
		b.rep.Finding = text.F(b, "Flest leverantörsfakturor hanterades i %s: %s. Av alla i perioden var %s manuella.",
			period.MonthName(most.Month.Month, text.Lang(b)), text.Int(n), b.rep.All.Share)
	}
	return nil
}

func (b *builder) bill() error {
	book, err := catalogue.Load(b.Op)
	if err != nil {
		return err
	}
	ids := make([]op.ClientID, len(b.clients))
	for i, c := range b.clients {
		ids[i] = c.ID
	}
	var months []period.Month
	for _, m := range b.rep.Months {
		months = append(months, m.Month)
	}
	if b.rep.Bill, err = charging.Total(book, b.now.All, ids, months); err != nil {
		return err
	}
	b.rep.Sum = b.rep.Bill.Sum
	return nil
}

// lineURL opens the events of all clients that a line of the total sums up.
func (r *Report) lineURL(l charging.Line) string {
	if l.Sort == charging.Fee {
		return l.URL(0)
	}
	q := report.Measure{Process: l.Process, Activities: []string{l.Activity}, Channels: []work.Channel{l.Channel}}.Rows(r.period, 0)
	q.Filters["price"] = []string{strconv.FormatInt(l.Price, 10)}
	return report.RowsURL(q)
}

func (b *builder) complaints() error {
	by := map[string]bool{}
	for _, c := range b.now.All {
		if c.Activity == complaint && !by[c.Process] {
			by[c.Process] = true
			m := report.Measure{Process: c.Process, Activities: []string{complaint}}
			b.rep.Complaints = append(b.rep.Complaints, Complaints{Process: c.Process, Name: organisation.ProcessName(c.Process),
				Count: bound("complaint."+c.Process, m, b.now, 0)})
		}
	}
	slices.SortFunc(b.rep.Complaints, func(x, y Complaints) int { return cmp.Compare(x.Name, y.Name) })
	return nil
}

// prove holds the report's count of supplier invoices against the rows that it
// opens onto, counted one by one, for the running year.
func prove(o *op.Op) (map[string]int64, error) {
	p := report.ToDate{Year: period.DateOf(o.Now).Year(), Number: 3}
	v, err := report.Compute(o, indicator.Count, op.Scope{All: true}, p, 0)
	if err != nil {
		return nil, err
	}
	rows, err := counted.One(o, payables, invoice, p.First(), p.Last())
	if err != nil {
		return nil, err
	}
	if rows.Quantity != v.Num {
		return nil, fmt.Errorf("report: the count of supplier invoices is %d, its rows sum to %d", v.Num, rows.Quantity)
	}
	return map[string]int64{"figure_value": v.Num, "figure_rows": rows.Events}, nil
}
