package ledger

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
)

// Entry is a line on an account's card.
type Entry struct {
	ID       int64
	Voucher  ID
	Period   Period
	Unit     string
	Activity string
	Project  string
	Amount   money.Amount
	Text     string // of the line, or else of the voucher
	Series   string
	Year     int64
	Number   int64
	Date     period.Date
	Kind     string
	Document int64
	Balance  money.Amount `db:"-"` // after the line
}

// Label is the name of the entry's voucher.
func (e *Entry) Label() string { return fmt.Sprintf("%s %d-%d", e.Series, e.Year, e.Number) }

const entryFrom = `
	FROM   ledger_line AS l JOIN ledger_voucher AS v ON v.client = l.client AND v.id = l.voucher
	WHERE  l.client = $1 AND l.account = $2 AND l.period BETWEEN $3 AND $4 AND substr(l.unit, 1, CAST(length($5) AS INTEGER)) = $5`

var (
	entries = db.Select[Entry](`
		SELECT l.id, l.voucher, l.period, l.unit, l.activity, l.project, l.amount,
		       CASE WHEN l.text = '' THEN v.text ELSE l.text END AS text, v.series, v.year, v.number, v.date, v.kind, v.document` + entryFrom + `
		AND    (l.period, l.id) > ($6, $7)
		ORDER  BY l.period, l.id
		LIMIT  $8`)
	entriesBefore = db.Select[money.Amount](`
		SELECT CAST(COALESCE(sum(l.amount), 0) AS BIGINT)` + entryFrom + `
		AND    (l.period, l.id) <= ($6, $7)`)
)

// Card is what has happened on an account, line by line.
type Card struct {
	Client      op.ClientID
	Account     string
	Name        string
	Unit        string // beginning of the units that it is narrowed to; "" is all
	First, Last Period
	Opening     money.Amount // of the whole span
	Brought     money.Amount // before the first of these entries
	Entries     []Entry
	Closing     money.Amount // of the whole span
	More        bool
}

// CardOf reads the card of an account from the first to the last period, some
// entries after the one given, in the order of periods.
func CardOf(o *op.Op, client op.ClientID, account, unit string, first, last Period, after Entry, most int) (*Card, error) {
	rows, err := TrialBalance(o, client, first, last, unit)
	if err != nil {
		return nil, err
	}
	c := &Card{Client: client, Account: account, Unit: unit, First: first, Last: last}
	for _, r := range rows {
		if r.Account == account {
			c.Name, c.Opening, c.Closing = r.Name, r.Opening, r.Closing
		}
	}
	if c.Name == "" {
		plan, err := coding.Load(o, client)
		if err != nil {
			return nil, err
		}
		c.Name = plan.Name(coding.Account, account)
	}
	if c.Brought = c.Opening; after.ID != 0 {
		sum, err := entriesBefore.One(o, client, account, first, last, unit, after.Period, after.ID)
		if err != nil {
			return nil, err
		}
		c.Brought += sum
	}
	if c.Entries, err = entries.All(o, client, account, first, last, unit, after.Period, after.ID, most+1); err != nil {
		return nil, err
	}
	if len(c.Entries) > most {
		c.Entries, c.More = c.Entries[:most], true
	}
	balance := c.Brought
	for i := range c.Entries {
		balance += c.Entries[i].Amount
		c.Entries[i].Balance = balance
	}
	return c, nil
}

// Entries on a page, and in a file; the list of lines has a file of any length.
const (
	cardRows     = 200
	cardFileRows = 50_000
)

// AccountURL is the card of an account, with a running balance.
func AccountURL(client op.ClientID, account, unit string, first, last Period) string {
	q := url.Values{"client": {client.String()}, "account": {account}, "from": {first.Key()}, "to": {last.Key()}}
	if unit != "" {
		q.Set("unit", unit)
	}
	return "/ledger/card?" + q.Encode()
}

func cardPage(o *op.Op, r *http.Request) (web.Answer, error) {
	q := r.URL.Query()
	client, err := id.Parse[op.Client](q.Get("client"))
	if err != nil || !o.Actor.May("ledger.read", client) {
		return web.Answer{}, ErrVoucher.Because("ledger: client %q", q.Get("client"))
	}
	first, last, err := spanOf(o, q)
	if err != nil {
		return web.Answer{}, err
	}
	most, ending := cardRows, web.Ending(r)
	if ending != "" {
		most = cardFileRows
	}
	c, err := CardOf(o, client, strings.TrimSpace(q.Get("account")), q.Get("unit"), first, last, cursor(q.Get("after")), most)
	if err != nil {
		return web.Answer{}, err
	}
	name, err := clientName(o, client)
	if err != nil {
		return web.Answer{}, err
	}
	t := c.table(o)
	if ending != "" {
		return web.Download(t, "konto-"+c.Account+"-"+first.Key()+"-"+last.Key(), ending)
	}
	v := balanceView{
		URL: "/ledger/card", Client: client.String(), Clients: []form.Option{{Value: client.String(), Label: name}}, Account: c.Account,
		From: first.Key(), To: last.Key(), Unit: c.Unit, Table: t,
		Head: ui.HeadView{
			Eyebrow:  text.F(o, "Konto %s %s · %s", c.Account, c.Name, name),
			Headline: text.F(o, "Från %s till %s kr, %s", c.Opening, c.Closing, spanWords(o, first, last)),
		},
	}
	v.Table.Links = web.DownloadLinks(r, text.T(o, "Hämta som CSV"), text.T(o, "Hämta som kalkylark"))
	v.Table.Links = append(v.Table.Links, ui.Link{Label: text.T(o, "Visa raderna som lista"), URL: CardURL(client, c.Account, c.Unit, first, last)})
	if n := len(c.Entries); c.More {
		e := c.Entries[n-1]
		q.Set("after", fmt.Sprintf("%d.%s", e.Period, id.Text(e.ID)))
		v.Table.Links = append(v.Table.Links, ui.Link{Label: text.T(o, "Nästa rader"), URL: "/ledger/card?" + q.Encode(), Key: "N"})
	}
	return web.Answer{Title: c.Account + " " + c.Name, Current: "/ledger/balance", Body: balanceBody(v)}, nil
}

// cursor reads where the page before ended; what cannot be read is the
// beginning.
func cursor(s string) (e Entry) {
	p, key, _ := strings.Cut(s, ".")
	if _, err := fmt.Sscan(p, &e.Period); err != nil {
		return Entry{}
	}
	var err error
	if e.ID, err = id.ParseText(key); err != nil {
		return Entry{}
	}
	return e
}

func (c *Card) table(o *op.Op) ui.TableView {
	t := ui.TableView{Caption: text.T(o, "Kontokort"), Columns: []ui.Col{
		{Label: text.T(o, "Verifikation")},
		{Label: text.T(o, "Datum"), Kind: ui.CellDate},
		{Label: text.T(o, "Period"), Kind: ui.CellCode, Secondary: true},
		{Label: text.T(o, "Ansvar"), Kind: ui.CellCode, Secondary: true},
		{Label: text.T(o, "Verksamhet"), Kind: ui.CellCode, Secondary: true},
		{Label: text.T(o, "Text"), Secondary: true},
		{Label: text.T(o, "Debet, kr"), Kind: ui.CellMoney},
		{Label: text.T(o, "Kredit, kr"), Kind: ui.CellMoney},
		{Label: text.T(o, "Saldo, kr"), Kind: ui.CellMoney},
	}}
	t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: text.T(o, "Ingående")}, {}, {}, {}, {}, {}, {}, {}, {Text: c.Brought.String()}}})
	for i := range c.Entries {
		e := &c.Entries[i]
		var debit, credit ui.Cell
		if e.Amount > 0 {
			debit.Text = e.Amount.String()
		} else {
			credit.Text = (-e.Amount).String()
		}
		words := ui.Cell{Text: e.Text}
		if e.Document != 0 && e.Kind != "" {
			words.URL = "/d/" + e.Kind + "/" + id.Text(e.Document)
		}
		t.Rows = append(t.Rows, ui.Row{URL: URL(e.Voucher), Cells: []ui.Cell{
			{Text: e.Label()}, {Text: e.Date.String()}, {Text: e.Period.Key()}, {Text: e.Unit}, {Text: e.Activity}, words,
			debit, credit, {Text: e.Balance.String()},
		}})
	}
	if !c.More {
		t.Foot = []ui.Cell{{Text: text.T(o, "Utgående")}, {}, {}, {}, {}, {}, {}, {}, {Text: c.Closing.String()}}
	}
	return t
}
