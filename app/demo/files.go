package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"kontor/kernel/flow"
	"kontor/kernel/money"
	"kontor/kernel/period"
	"kontor/kernel/workday"
)

// File is one file in the inbox.
type File struct {
	Name    string // "2026-11/20261124-1207.xml", unique
	Arrives time.Time
	Content []byte
	Class   Class
	Client  string // code; "" when the file does not say
	Scanned bool   // paper that the scanning service has read
	Scene   bool   // waits in the queue when the city is shown

	asks      string  // what the supplier is asked before it is coded; "" for nothing
	movesTo   *Client // whom it belongs to when that is somebody else
	delivered bool    // a picture and its index file in a zip file

	rests flow.State // how far a scene goes; "" for all the way
	paper *paper     // what was written in it, for those who code it
}

// opens and loads are when the first file of a day may come, and when the inbox
// is read: minutes after midnight in Stockholm.
const (
	opens = 4 * 60
	loads = 6*60 + 12
)

// Files returns the files that arrive from the first day to the last, in the
// order of their arrival. What comes on a day does not depend on which days are
// asked for.
func (c *City) Files(first, last period.Date) []File {
	m := &mill{city: c, running: make([]int, len(c.Suppliers)), scenes: scenes}
	for i := range m.running {
		m.running[i] = 100 + 37*i%800
	}
	for month := period.MonthOf(First); month.First() <= min(last, Today); month = month.Next() {
		m.month(month)
	}
	m.addScenes()
	m.addWays()
	all := slices.DeleteFunc(m.files, func(f File) bool {
		d := period.DateOf(f.Arrives)
		return d < first || d > min(last, Today)
	})
	slices.SortStableFunc(all, func(a, b File) int {
		if n := a.Arrives.Compare(b.Arrives); n != 0 {
			return n
		}
		return strings.Compare(a.Name, b.Name)
	})
	return all
}

// mill makes the files month by month.
type mill struct {
	city    *City
	rnd     *rand.Rand
	running []int // number of the latest invoice of each supplier
	sent    []sent
	files   []File
	scenes  []scene
	serial  int
}

// sent is an ordinary invoice that has come, which later files refer to.
type sent struct {
	day     period.Date
	paper   *paper
	client  *Client
	content []byte
}

// volume is how many files come in a month: about 1,025,000 a year divided by
// 850, fewer in July and more in December, with the chance of the month.
func (m *mill) volume(month period.Month) int {
	n := 107 + m.rnd.IntN(5) + m.rnd.IntN(5)
	switch month.Month {
	case time.July:
		n -= 5
	case time.December:
		n += 4
	}
	return n
}

func (m *mill) month(month period.Month) {
	m.rnd = m.city.rand("month", uint64(month.Year), uint64(month.Month))
	m.serial = 0
	var days []period.Date
	for d := month.First(); d <= month.Last(); d++ {
		if !workday.Office.Closed(d) {
			days = append(days, d)
		}
	}
	at := make([]int, m.volume(month))
	for i := range at {
		at[i] = i * len(days) / len(at)
		if m.rnd.IntN(12) == 0 { // a few more on the first days, as everywhere
			at[i] = m.rnd.IntN(3)
		}
	}
	slices.Sort(at)
	for _, i := range at {
		m.one(days[i])
	}
}

// scannedShare is how many of a hundred invoices come on paper, by way of the
// scanning service, which delivers what it has read as a file.
const scannedShare = 8

// one makes the next file, of a drawn class.
func (m *mill) one(day period.Date) {
	class := classOf(m.rnd)
	if m.before(day) < 40 && (class == Credit || class == Duplicate || class == SameFile || class == Twin) {
		class = Ordinary // there is nothing to refer to yet
	}
	client := m.client()
	p := m.paper(m.seller(class == NewSupplier), client, day)
	content := m.shape(p, &client, class, day)
	name := "xml"
	switch class {
	case Ledger:
		name = "se"
	case PDF:
		name = "pdf"
	}
	f := File{Class: class, Content: damage(class, content, m.serial), Client: code(client), paper: p}
	f.Scanned = class.Outcome() == Imported && m.rnd.IntN(100) < scannedShare
	m.add(f, day, name)
	if class == Ordinary {
		m.sent = append(m.sent, sent{day, p, client, content})
	}
}

// before is how many of m.sent came before a day.
func (m *mill) before(day period.Date) int {
	n, _ := slices.BinarySearchFunc(m.sent, day, func(s sent, d period.Date) int { return int(s.day - d) })
	return n
}

func code(k *Client) string {
	if k == nil {
		return ""
	}
	return k.Code
}

// add names the file and gives it a time in the morning.
func (m *mill) add(f File, day period.Date, ending string) {
	m.serial++
	from := ""
	if f.Scanned {
		from = "-skannad"
	}
	f.Name = fmt.Sprintf("%s/%s-%04d%s.%s", period.MonthOf(day).Key(), strings.ReplaceAll(day.String(), "-", ""), m.serial, from, ending)
	f.Arrives = day.At(opens + m.rnd.IntN(loads-opens))
	m.files = append(m.files, f)
}

func (m *mill) client() *Client {
	sum := 0
	for i := range m.city.Clients {
		sum += m.city.Clients[i].Weight
	}
	n := m.rnd.IntN(sum)
	for i := range m.city.Clients {
		if n -= m.city.Clients[i].Weight; n < 0 {
			return &m.city.Clients[i]
		}
	}
	return nil
}

func (m *mill) seller(fresh bool) *Supplier {
	var of []*Supplier
	for i := range m.city.Suppliers {
		if s := &m.city.Suppliers[i]; s.New == fresh && s.Weight >= 0 {
			for range max(s.Weight, 1) {
				of = append(of, s)
			}
		}
	}
	return of[m.rnd.IntN(len(of))]
}

// paper makes an ordinary invoice from a supplier to a client.
func (m *mill) paper(s *Supplier, k *Client, day period.Date) *paper {
	p := &paper{
		seller: s, buyer: k.party(), number: m.number(s), issued: day.AddDays(-m.rnd.IntN(3)), days: 30,
		ref: k.Codes[m.rnd.IntN(len(k.Codes))].Code,
	}
	goods := trades[s.Trade]
	for i := range goods {
		if i > 0 && m.rnd.IntN(3) == 0 {
			continue
		}
		g := goods[i]
		// Small quantities are more common than large ones.
		q := 1 + m.rnd.IntN(g.Most)*(1+m.rnd.IntN(4))/4
		price := g.Low + money.Amount(m.rnd.Int64N(int64(g.High-g.Low)/10+1)*10)
		p.lines = append(p.lines, paperLine{g, q, price * money.Amount(s.Level) / 100})
	}
	if m.rnd.IntN(5) == 0 {
		p.order = fmt.Sprintf("B%05d", 40000+m.rnd.IntN(9000))
	}
	return p
}

// number is the next invoice number of a supplier.
func (m *mill) number(s *Supplier) string {
	for i := range m.city.Suppliers {
		if &m.city.Suppliers[i] == s {
			m.running[i]++
			return fmt.Sprintf(numberStyles[s.Style], m.running[i])
		}
	}
	return ""
}

// elsewhere is a town whose invoices end up here by mistake.
var elsewhere = party{
	name: "Grannköpings kommun", org: orgNumber(authoritySeries, 900), gln: gln(9000),
	address: Address{"Rådhusgatan 1", "999 99", "Grannköping"},
}

// shape breaks the paper in the way of its class and writes it. It changes the
// client when the file belongs to another, or to none.
func (m *mill) shape(p *paper, k **Client, class Class, day period.Date) []byte {
	switch class {
	case Credit, Duplicate, SameFile, Twin:
		n := m.before(day)
		earlier := m.sent[n-1-m.rnd.IntN(min(n, 60))]
		*k = earlier.client
		switch class {
		case SameFile:
			return earlier.content
		case Duplicate:
			*p = *earlier.paper
			p.number, p.issued = otherwise(p.number), day
		case Twin:
			number := m.number(earlier.paper.seller)
			*p = *earlier.paper
			p.number = number
		case Credit:
			number := m.number(earlier.paper.seller)
			*p = *earlier.paper
			p.number, p.issued, p.credits = number, day.AddDays(-1), earlier.paper
			p.lines = p.lines[:1]
		}
	case NoReference:
		p.ref, p.order = "", ""
	case UnknownReference:
		p.ref, p.order = vagueReferences[m.rnd.IntN(len(vagueReferences))], ""
	case OtherRecipient:
		*k = m.client()
		p.ref = (*k).Codes[0].Code
	case EarlyDue:
		p.days = 3 + m.rnd.IntN(5)
	case ChangedAccount:
		p.account = giro("998", 3000+m.rnd.IntN(900), len(p.seller.Account))
	case UnknownClient:
		p.buyer, p.ref, *k = elsewhere, "GK"+p.ref, nil
	default:
		m.bend(p, class)
	}
	p.modern = class.Outcome() == Failed // what is damaged is known by the words of UBL
	return p.write()
}

// vagueReferences are what senders write when they do not know the code.
var vagueReferences = []string{"Anna, Stadsteatern", "Enligt tel. samtal", "Rektorn", "Kajsa på plan 3", "Ref. saknas"}

// bend changes the sums of the paper in the way of its class.
func (m *mill) bend(p *paper, class Class) {
	switch class {
	case WrongSum:
		p.skew.payable = money.Kronor(int64(1 + m.rnd.IntN(9)*100))
	case WrongVAT:
		if p.lines[0].good.Category != "S" {
			p.lines[0].good = std("Övrigt", "C62", 400, 900, 4, "6410")
		}
		p.skew.rate = 13
		if p.lines[0].good.Rate == 25 {
			p.skew.rate = -13
		}
	case ReverseCharge:
		number := *m.city.Supplier("Norrtuna Bygg")
		p.seller, p.number = m.city.Supplier("Norrtuna Bygg"), m.number(m.city.Supplier("Norrtuna Bygg"))
		p.reverse, p.lines = true, []paperLine{{trades[number.Trade][0], 8 + m.rnd.IntN(40), money.Kronor(720)}}
		p.note = "Omvänd betalningsskyldighet gäller för byggtjänster."
	case Euro:
		p.currency = "EUR"
		for i := range p.lines {
			p.lines[i].price = p.lines[i].price/11 + 1
		}
	}
}

// otherwise writes an invoice number in another way that means the same.
func otherwise(number string) string {
	if strings.Contains(number, "-") {
		return strings.ReplaceAll(number, "-", " ")
	}
	return "00" + number
}
