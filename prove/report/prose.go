package report

import (
	"strconv"
	"strings"
	"time"

	"kontor/kernel/period"
	"kontor/kernel/report"
	"kontor/kernel/text"
	"kontor/kernel/web"
	"kontor/promise/organisation"
	"kontor/prove/indicator"
)

func moment(t time.Time) string { return web.Moment(t) }

// say fills a Swedish sentence with bound figures, one for each %s, and notes
// that the report holds them.
func (b *builder) say(sentence string, figures ...Figure) []Piece {
	var out []Piece
	parts := strings.Split(text.T(b, sentence), "%s")
	for i, words := range parts {
		if words != "" {
			out = append(out, Piece{Text: words})
		}
		if i < len(parts)-1 && i < len(figures) {
			f := figures[i]
			out = append(out, Piece{Figure: &f})
			b.rep.Figures = append(b.rep.Figures, f)
		}
	}
	return out
}

// summary is the report in some sentences.
func (b *builder) summary() error {
	p := b.rep.period
	span := text.F(b, "Under %s till %s %d", period.MonthName(p.First().Month(), text.Lang(b)), period.MonthName(p.Last().Month(), text.Lang(b)), p.Year)
	if b.rep.Running {
		span = text.F(b, "Från nyår till och med %s %d", period.LongDate(b.today, text.Lang(b)), p.Year)
	}
	count := b.rep.All.Total
	count.Key = indicator.Count.Key
	first := append([]Piece{{Text: span}}, b.say(" hanterade vi %s leverantörsfakturor", count)...)
	switch now, before := whole.Sum(b.now.All), whole.Sum(b.before.All); {
	case before == 0:
		first = append(first, Piece{Text: text.T(b, ". Det finns inget registrerat för samma tid i fjol att jämföra med.")})
	case b.partial:
		first = append(first, b.say(". Samma tid i fjol går inte att jämföra med, eftersom bara %s är registrerade då och uppgifterna börjar efter januari.", b.rep.All.Before)...)
	case now >= before:
		first = append(first, b.say(", %s fler än de %s under samma tid i fjol.", b.changed(now, before), b.rep.All.Before)...)
	default:
		first = append(first, b.say(", %s färre än de %s under samma tid i fjol.", b.changed(before-(now-before), before), b.rep.All.Before)...)
	}
	kept, err := b.promise()
	if err != nil {
		return err
	}
	staff, err := b.staff()
	if err != nil {
		return err
	}
	b.rep.Summary = append(b.rep.Summary, append(append(first, kept...), staff...))
	money := Figure{Key: "bill.sum", Text: b.rep.Sum.String() + "\u00a0kr", Value: b.rep.Sum.Plain(), Rows: -1, URL: "#ekonomi", State: report.Measured}
	second := b.say("För det debiteras kunderna %s.", money)
	return b.voices(second)
}

// voices ends the summary with what clients have said.
func (b *builder) voices(second []Piece) error {
	for i, c := range b.rep.Complaints {
		glue := ", "
		switch {
		case i == 0:
			glue = " " + text.T(b, "Klagomål och synpunkter:") + " "
		case i == len(b.rep.Complaints)-1:
			glue = " " + text.T(b, "och") + " "
		}
		second = append(second, Piece{Text: glue})
		second = append(second, b.say("%s om", c.Count)...)
		second = append(second, Piece{Text: " " + strings.ToLower(text.T(b, c.Name))})
	}
	if len(b.rep.Complaints) == 0 {
		second = append(second, Piece{Text: " " + text.T(b, "Inget klagomål har avslutats i perioden")})
	}
	b.rep.Summary = append(b.rep.Summary, append(second, Piece{Text: "."}))
	return nil
}

func (b *builder) changed(now, before int64) Figure {
	return Figure{Key: "payables.count.change", Text: strings.TrimPrefix(change(now, before), "+"), Rows: -1,
		URL: "#volymer", State: report.Measured, Value: strconv.FormatInt(now-before, 10)}
}

// promise is the sentence of the lead times, or why there is none.
func (b *builder) promise() ([]Piece, error) {
	v, err := indicator.InTime.Value(b.Op, b.now, 0)
	if err != nil {
		return nil, err
	}
	if v.State != report.Measured {
		b.rep.Figures = append(b.rep.Figures, figure(v, b.now))
		return []Piece{{Text: " " + text.F(b, "Andelen inom utlovad tid går inte att redovisa: %s", text.Small(text.T(b, v.Reason)))}}, nil
	}
	pieces := b.say(" Andelen inom utlovad tid var %s", figure(v, b.now))
	for _, s := range b.rep.standing {
		if s.Figure == indicator.InTime && s.Has {
			pieces = append(pieces, Piece{Text: " " + text.F(b, "mot målet %s", s.Target.Say(s.Figure))})
		}
	}
	return append(pieces, Piece{Text: "."}), nil
}

// staff is the sentence of who did it: the mean of the months that are over.
func (b *builder) staff() ([]Piece, error) {
	if !b.scope.All {
		return nil, nil
	}
	var months int64
	last := period.Date(0)
	for _, m := range b.rep.Months {
		if m.Month.Last() < b.today {
			months, last = months+1, m.Month.Last()
		}
	}
	if months == 0 {
		return nil, nil
	}
	n, err := organisation.FTE(b.Op, payables, b.rep.period.First(), last)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return []Piece{{Text: " " + text.T(b, "Årsarbetare går inte att redovisa, eftersom ingen arbetstid är inlagd.")}}, nil
	}
	mean, decimals := (2*n+months)/(2*months), 2 // hundredths of people, halves up
	if mean >= 1000 {
		mean, decimals = (mean+5)/10, 1
	}
	return b.say(" Vi gjorde det med %s årsarbetare i genomsnitt.", Figure{Key: "payables.fte", Text: text.Decimal(mean, decimals), Rows: -1, State: report.Measured,
		Value: strings.ReplaceAll(text.Decimal(mean, decimals), ",", "."), URL: "/l/organisation.time?process=" + payables + "&from=" + last.String()}), nil
}
