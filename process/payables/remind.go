package payables

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/job"
	"kontor/kernel/mail"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/workday"
	"kontor/promise/approval"
	"kontor/promise/client"
)

// ask says that a person was reminded of an invoice on a day.
type ask struct {
	Client    op.ClientID
	Invoice   ID
	Person    op.PersonID
	Day       period.Date
	Step      string
	Escalated bool
	Number    string
	Amount    money.Amount
	Due       period.Date
}

type receiver struct {
	ID       op.PersonID
	Name     string
	Email    string
	Language string
}

var (
	waiting = db.Select[ID](`
		SELECT id FROM payables_invoice WHERE client = $1 AND state IN ('coded', 'reviewed') ORDER BY keep_by, id LIMIT $2`)
	addAsks = db.Insert[ask]("payables_asked", "ON CONFLICT (client, invoice, person, day) DO NOTHING")
	asksOf  = db.Select[ask](`
		SELECT client, invoice, person, day, step, escalated, number, amount, due
		FROM   payables_asked WHERE day = $1 ORDER BY person, escalated, due, invoice`)
	receiverOf = db.Select[receiver](`SELECT id, name, email, language FROM person WHERE id = $1 AND active`)
	siteURL    = db.Select[string](`SELECT value FROM program WHERE name = 'url'`)
)

// remindMost is how many invoices of one client one day's reminder looks at, so
// that a transaction stays short. What is older comes first.
const remindMost = 300

// remindAt and digestAt are minutes of the office's day: people are asked before
// they begin, and the mail is made when every client has been gone through.
const (
	remindAt = 6*60 + 30
	digestAt = 7 * 60
)

// reminders are the jobs that remind: one that begins a day, one for each client
// of it, one that makes the mail of the day.
func reminders() []job.Kind {
	return []job.Kind{
		{Name: "payables.remind", Label: "Påminn dem som ska granska och attestera", Every: 10 * time.Minute, Run: func(o *op.Op, _ json.RawMessage) error { return beginReminding(o) }},
		{Name: "payables.remind.client", Label: "Påminn om en kunds fakturor", Run: func(o *op.Op, args json.RawMessage) error {
			var c op.ClientID
			if err := json.Unmarshal(args, &c); err != nil {
				return err
			}
			return Remind(o, c)
		}},
		{Name: "payables.digest", Label: "Skriv dagens påminnelsebrev", Run: func(o *op.Op, _ json.RawMessage) error { return Digest(o) }},
	}
}

// beginReminding asks for the reminders of the day, once.
func beginReminding(o *op.Op) error {
	day := period.DateOf(o.Now)
	if calendar.Closed(day) || o.Now.Before(day.At(remindAt)) {
		return nil
	}
	all, err := client.All(o)
	if err != nil {
		return err
	}
	jobs := []job.Job{{Kind: "payables.digest", Key: day.String(), Due: latest(o.Now, day.At(digestAt)).Add(10 * time.Minute)}}
	for _, c := range all {
		jobs = append(jobs, job.Job{Kind: "payables.remind.client", Key: c.ID.String() + ":" + day.String(), Args: c.ID})
	}
	return job.Ask(o, jobs...)
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// Remind finds out who is to be reminded of what waits at a client today, and
// logs it on each invoice.
func Remind(o *op.Op, c op.ClientID) error {
	set, err := approval.SettingOf(o, c)
	if err != nil {
		return err
	}
	keys, err := waiting.All(o, c, remindMost)
	if err != nil {
		return err
	}
	contacts, err := contactsOf(o, c)
	if err != nil {
		return err
	}
	var asks []ask
	var log []audit.Change
	for _, k := range keys {
		v, err := Table.Get(o, k)
		if err != nil {
			return err
		}
		pauses, err := pausesOf(o, v)
		if err != nil {
			return err
		}
		now, names, escalated := remindersOf(v, set, contacts, since(v, pauses), o.Now)
		if len(now) == 0 {
			continue
		}
		asks = append(asks, now...)
		step := "remind"
		if escalated {
			step = "escalate"
		}
		log = append(log, audit.Change{Client: c, Kind: Life.Name, Record: int64(v.ID), Step: step, Note: strings.Join(names, ", ")})
	}
	if len(asks) == 0 {
		return nil
	}
	if _, err := addAsks.Add(o, asks...); err != nil {
		return err
	}
	return audit.Note(o, log...)
}

// contactsOf are those who review where the register names nobody.
func contactsOf(o *op.Op, c op.ClientID) (all []approval.Authority, err error) {
	rows, err := client.Contacts(o, c, period.DateOf(o.Now))
	for _, x := range rows {
		if x.Role == "contact" && x.Person != 0 {
			all = append(all, approval.Authority{Person: x.Person, For: x.Person, Name: x.Name})
		}
	}
	return all, err
}

// since is when it became somebody's turn: the review, else when the ball went to
// the client.
func since(v Invoice, p workday.Pauses) time.Time {
	if a, ok := holding(v, "review"); ok && v.State == Reviewed {
		return a.At
	}
	at := v.Arrived
	for _, x := range p.All() {
		at = latest(at, x.From)
	}
	return at
}

// remindersOf says who is to be reminded of one invoice: the nearest after some
// working days, later those above them as well. It is pure.
func remindersOf(v Invoice, set approval.Setting, contacts []approval.Authority, since, now time.Time) (asks []ask, names []string, escalated bool) {
	day := period.DateOf(now)
	waited := int64(calendar.Workdays(period.DateOf(since), day)) - 1
	if waited < set.Remind {
		return nil, nil, false
	}
	who, step := asked(v, day), "approve"
	if v.State == Coded {
		step, who = "review", contacts
		if g := rights(v); !g.Open(approval.Review, day) {
			who = g.Who(approval.Review, v.Coding, v.Payable, day)
		}
		who = slices.DeleteFunc(slices.Clone(who), func(a approval.Authority) bool { return tied(v, op.Actor{}, a.Person, day) })
	}
	near := nearest(who)
	add := func(a approval.Authority, up bool) {
		if slices.ContainsFunc(asks, func(x ask) bool { return x.Person == a.Person }) {
			return
		}
		asks = append(asks, ask{Client: v.Client, Invoice: v.ID, Person: a.Person, Day: day, Step: step, Escalated: up, Number: v.Number, Amount: v.Payable, Due: v.Due})
		names = append(names, a.Name)
	}
	for _, a := range near {
		add(a, false)
	}
	if waited < set.Escalate {
		return asks, names, false
	}
	for _, a := range above(v, near, who, day) {
		before := len(asks)
		add(a, true)
		escalated = escalated || len(asks) > before
	}
	return asks, names, escalated
}

// nearest are those with the lowest limit that suffices, as Who orders them.
func nearest(who []approval.Authority) []approval.Authority {
	n := 0
	for n < len(who) && who[n].Most == who[0].Most {
		n++
	}
	return who[:n]
}

// above are those to turn to when the nearest do not answer: their superiors,
// among those who may, else those with the next limit.
func above(v Invoice, near, who []approval.Authority, day period.Date) (all []approval.Authority) {
	var over []op.PersonID
	for _, a := range near {
		over = append(over, rights(v).Superiors(a.For, day)...)
	}
	for _, a := range who {
		if slices.Contains(over, a.Person) || slices.Contains(over, a.For) {
			all = append(all, a)
		}
	}
	if all == nil {
		all = nearest(who[len(near):])
	}
	return all
}

// Digest writes one mail to each person who was reminded of something today.
func Digest(o *op.Op) error {
	day := period.DateOf(o.Now)
	asks, err := asksOf.All(o, day)
	if err != nil {
		return err
	}
	names, err := client.Names(o)
	if err != nil {
		return err
	}
	base, _, err := siteURL.Maybe(o)
	if err != nil {
		return err
	}
	wants := map[op.ClientID]bool{}
	var letters []mail.Message
	for len(asks) > 0 {
		n := 0
		var mine []ask
		for n < len(asks) && asks[n].Person == asks[0].Person {
			a := asks[n]
			n++
			if _, known := wants[a.Client]; !known {
				set, err := approval.SettingOf(o, a.Client)
				if err != nil {
					return err
				}
				wants[a.Client] = set.Mail
			}
			if wants[a.Client] {
				mine = append(mine, a)
			}
		}
		who, ok, err := receiverOf.Maybe(o, asks[0].Person)
		if err != nil {
			return err
		}
		asks = asks[n:]
		if !ok || len(mine) == 0 {
			continue
		}
		letters = append(letters, digest(o, who, mine, names, base, day))
	}
	return mail.Put(o, letters...)
}

// digestRows is how many invoices a mail lists; the page has all.
const digestRows = 15

// digest is the mail of the day to one person. The subject tells a number and
// nothing else; neither tells who has sent an invoice, which may be a person.
func digest(ctx context.Context, who receiver, mine []ask, names map[op.ClientID]string, base string, day period.Date) mail.Message {
	ctx = text.With(ctx, who.Language)
	n := int64(len(mine))
	m := mail.Message{Key: "payables.digest:" + who.ID.String() + ":" + day.String(), To: who.Email,
		Subject: text.N(ctx, n, "Kontor: %s faktura väntar på dig", "Kontor: %s fakturor väntar på dig")}
	var b strings.Builder
	b.WriteString(text.N(ctx, n, "%s faktura väntar på din granskning eller attest.", "%s fakturor väntar på din granskning eller attest.") + "\n\n")
	for i, a := range mine {
		if i == digestRows {
			b.WriteString(text.F(ctx, "… och %s till.", text.Int(n-digestRows)) + "\n")
			break
		}
		do := text.T(ctx, "Att attestera")
		if a.Step == "review" {
			do = text.T(ctx, "Att sakgranska")
		}
		line := fmt.Sprintf("%s: %s, %s, %s kr", do, names[a.Client], text.F(ctx, "faktura %s", a.Number), a.Amount)
		if !a.Due.IsZero() {
			line += ", " + text.F(ctx, "förfaller %s", a.Due)
		}
		if a.Escalated {
			line += ". " + text.T(ctx, "Den som först fick frågan har inte svarat.")
		}
		b.WriteString("- " + line + "\n")
	}
	b.WriteString("\n" + text.T(ctx, "Öppna Kontor och läs dem i tur och ordning:") + " " + base + "/attest\n\n" +
		text.T(ctx, "Är du borta? Utse en ersättare under Attestförteckning. Brevet kommer högst en gång om dagen och går inte att svara på.") + "\n")
	m.Text = b.String()
	return m
}
