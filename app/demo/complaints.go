package demo

import (
	"fmt"
	"time"

	"kontor/improve/complaint"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/workday"
)

// voice is what somebody at a client says, and what comes of it.
type voice struct {
	kind, process, text, answer, measure string
}

var voices = []voice{
	{
		"complaint", "payables", "Fakturan från städbolaget konterades på fel ansvar två månader i rad.",
		"Vi har rättat båda fakturorna och ändrat regeln så att referensen styr.", "Regeln för leverantören går nu på beställarens referens.",
	},
	{
		"complaint", "payables", "Vi fick en påminnelse från leverantören fast fakturan hade attesterats i tid.",
		"Fakturan väntade på att kontot skulle godkännas. Det är gjort och leverantören är underrättad.", "Nya konton kontrolleras samma dag som de kommer in.",
	},
	{
		"comment", "payables", "Det vore bra att se varför en faktura har skickats tillbaka utan att behöva ringa.",
		"Tack. Brevet till leverantören ligger nu i historiken på fakturan.", "",
	},
	{"praise", "payables", "Snabb hjälp när vår attestant slutade mitt i månaden. Tack!", "Tack, det gläder oss.", ""},
	{
		"complaint", "payables", "Svårt att komma fram på telefon klockan tio på måndagar.",
		"Vi har flyttat ett telefonpass till måndag förmiddag.", "Bemanningen på måndagar ses över varje tertial.",
	},
	{
		"comment", "payables", "Skriv gärna ut avtalets ledtid i svaret, så att vi vet när fakturan blir klar.",
		"Ledtiden står nu på varje faktura, med datum.", "",
	},
	{
		"complaint", "payables", "En kreditfaktura bokfördes på fel period.",
		"Perioden var stängd när krediten kom. Beloppet syns i nästa månad och vi har skrivit varför.", "Kunden får besked innan en period stängs.",
	},
	{
		"comment", "casework", "Lathunden för kontering av tolk är lätt att följa, men länken var svår att hitta.",
		"Länken ligger nu överst på kundens sida.", "",
	},
	{
		"complaint", "payables", "Momsen blev fel på våra måltider.",
		"Leverantören har skickat en rättad faktura med 12 procents moms.", "Måltider kontrolleras mot rätt momssats innan de konteras.",
	},
	{"praise", "payables", "Bra att ni ringde om referensen i stället för att skicka tillbaka fakturan.", "Tack! Det är så vi vill arbeta.", ""},
}

// grievance is one voice with the days on which something happens to it.
type grievance struct {
	voice
	client *Client
	serial int
	days   [4]period.Date // registered, told to the manager, answered, closed; none for what is still to come
	id     complaint.ID
}

// grievances plans what the clients say from the first day to the last: some
// each month, all closed but two.
func (c *City) grievances(first, last period.Date) []*grievance {
	var all []*grievance
	for month := period.MonthOf(first); month.First() <= last; month = month.Next() {
		rnd := c.rand("grievances", uint64(month.Year), uint64(month.Month))
		for range 2 + rnd.IntN(3) {
			g := &grievance{voice: voices[rnd.IntN(len(voices))], client: &c.Clients[rnd.IntN(len(c.Clients))], serial: len(all)}
			day := workday.Office.OnOrAfter(month.First().AddDays(rnd.IntN(27)))
			for i, lag := range []int{0, rnd.IntN(2), 1 + rnd.IntN(4), 1 + rnd.IntN(4)} {
				if lag > 0 {
					day = workday.AddWorkdays(workday.Office, day, lag)
				}
				g.days[i] = day
			}
			if g.days[0] >= first && g.days[3] < Today.AddDays(-3) {
				all = append(all, g)
			}
		}
	}
	open := func(v int, client string, days ...period.Date) {
		g := &grievance{voice: voices[v], client: c.Client(client), serial: len(all)}
		if copy(g.days[:], days); days[0] <= last {
			all = append(all, g)
		}
	}
	november := func(day int) period.Date { return period.NewDate(2026, time.November, day) }
	open(1, "SOC", november(18), november(19))
	open(5, "KULT", november(24))
	return all
}

// listen does what is due with complaints on a day.
func (b *builder) listen(day period.Date) error {
	b.at = day.At(11*60 + 5)
	for _, g := range b.grievances {
		for stage, due := range g.days {
			if due != day {
				continue
			}
			if err := b.do(b.System, func(o *op.Op) error { return b.attend(o, g, stage) }); err != nil {
				return fmt.Errorf("complaint %d: %w", g.serial, err)
			}
		}
	}
	return nil
}

// attend does one thing with a complaint, in the name of whose task it is.
func (b *builder) attend(o *op.Op, g *grievance, stage int) error {
	clerk := o.As(b.actor[b.clerk(g.client, g.serial)])
	take := func(by *op.Op, step string, say map[string]string) error {
		_, err := complaint.Table.Take(by, g.id, step, 0, say)
		return err
	}
	switch stage {
	case 0:
		contact := b.city.Person(g.client.Contact)
		c := &complaint.Complaint{Kind: g.kind, Process: g.process, Text: g.text, Sender: contact.Name, ReplyTo: contact.Email}
		c.Client = b.clients[g.client.Code]
		if err := complaint.Register(clerk, c); err != nil {
			return err
		}
		g.id = c.ID
		return nil
	case 1:
		return take(o.As(b.actor[b.of(UnitManager, g.client.Unit)]), "inform", nil)
	case 2:
		if err := take(clerk, "answer", map[string]string{"answer": g.answer}); err != nil || g.measure == "" {
			return err
		}
		return take(clerk, "measure", map[string]string{"measure": g.measure})
	}
	return take(clerk, "close", nil)
}
