package approving

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"kontor/kernel/audit"
	"kontor/kernel/job"
	"kontor/kernel/mail"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/promise/approval"
	"kontor/promise/client"
	"kontor/promise/leadtime"
)

// remindMost is how many documents of one source and client one day's reminder
// looks at, so that a transaction stays short. What is older comes first.
const remindMost = 300

// remindAt and digestAt are minutes of the office's day: people are asked before
// they begin, and the mail is made when every client has been gone through.
const (
	remindAt = 6*60 + 30
	digestAt = 7 * 60
)

// jobs are those that remind: one that begins a day, one for each client
// of it, one that makes the mail of the day.
func (d *Desk) jobs() []job.Kind {
	return []job.Kind{
		{Name: "approving.remind", Label: "Påminn dem som ska granska och attestera", Every: 10 * time.Minute, Run: func(o *op.Op, _ json.RawMessage) error { return beginReminding(o) }},
		{Name: "approving.remind.client", Label: "Påminn om det som väntar hos en kund", Run: func(o *op.Op, args json.RawMessage) error {
			var c op.ClientID
			if err := json.Unmarshal(args, &c); err != nil {
				return err
			}
			return d.Remind(o, c)
		}},
		{Name: "approving.digest", Label: "Skriv dagens påminnelsebrev", Run: func(o *op.Op, _ json.RawMessage) error { return d.Digest(o) }},
	}
}

// beginReminding asks for the reminders of the day, once.
func beginReminding(o *op.Op) error {
	day := period.DateOf(o.Now)
	if leadtime.Calendar.Closed(day) || o.Now.Before(day.At(remindAt)) {
		return nil
	}
	all, err := client.All(o)
	if err != nil {
		return err
	}
	jobs := []job.Job{{Kind: "approving.digest", Key: day.String(), Due: latest(o.Now, day.At(digestAt)).Add(10 * time.Minute)}}
	for _, c := range all {
		jobs = append(jobs, job.Job{Kind: "approving.remind.client", Key: c.ID.String() + ":" + day.String(), Args: c.ID})
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
// logs it on each document.
func (d *Desk) Remind(o *op.Op, of op.ClientID) error {
	set, err := approval.SettingOf(o, of)
	if err != nil {
		return err
	}
	var asks []Ask
	var log []audit.Change
	for _, s := range d.sources {
		matters, err := s.Matters(o, of, remindMost)
		if err != nil {
			return err
		}
		for _, m := range matters {
			some, names, escalated := Reminders(m, set, leadtime.Calendar, o.Now)
			if len(some) == 0 {
				continue
			}
			for i := range some {
				some[i].Kind = s.Kind
			}
			step := "remind"
			if escalated {
				step = "escalate"
			}
			asks = append(asks, some...)
			log = append(log, audit.Change{Client: of, Kind: s.Kind, Record: m.Record, Step: step, Note: strings.Join(names, ", ")})
		}
	}
	if len(asks) == 0 {
		return nil
	}
	if _, err := addAsks.Add(o, asks...); err != nil {
		return err
	}
	return audit.Note(o, log...)
}

// Digest writes one mail to each person who was reminded of something today.
func (d *Desk) Digest(o *op.Op) error {
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
		var mine []Ask
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
		letters = append(letters, d.digest(o, who, mine, names, base, day))
	}
	return mail.Put(o, letters...)
}

// digestRows is how many documents a mail lists; the page has all.
const digestRows = 15

// digest is the mail of the day to one person. The subject tells a number and
// nothing else; neither tells who has sent an invoice or is paid, which may be a
// person.
func (d *Desk) digest(ctx context.Context, who receiver, mine []Ask, names map[op.ClientID]string, base string, day period.Date) mail.Message {
	ctx = text.With(ctx, who.Language)
	n := int64(len(mine))
	counted := d.counted(ctx, mine)
	m := mail.Message{Key: "approving.digest:" + who.ID.String() + ":" + day.String(), To: who.Email,
		Subject: text.F(ctx, "Kontor: %s väntar på dig", counted)}
	var b strings.Builder
	b.WriteString(text.F(ctx, "%s väntar på din granskning eller attest.", counted) + "\n\n")
	for i, a := range mine {
		if i == digestRows {
			b.WriteString(text.F(ctx, "… och %s till.", text.Int(n-digestRows)) + "\n")
			break
		}
		do := text.T(ctx, "Att attestera")
		if a.Step == "review" {
			do = text.T(ctx, "Att sakgranska")
		}
		line := fmt.Sprintf("%s: %s, %s, %s kr", do, names[a.Client], text.F(ctx, d.word(a.Kind), a.Number), a.Amount)
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

func (d *Desk) word(kind string) string {
	for _, s := range d.sources {
		if s.Kind == kind {
			return s.Word
		}
	}
	return "%s"
}

// counted says how many there are of each kind.
func (d *Desk) counted(ctx context.Context, mine []Ask) string {
	var counts []string
	for _, s := range d.sources {
		n := int64(0)
		for _, a := range mine {
			if a.Kind == s.Kind {
				n++
			}
		}
		if n > 0 {
			counts = append(counts, s.Count(ctx, n))
		}
	}
	return both(ctx, counts)
}
