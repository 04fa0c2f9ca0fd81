package treasury

import (
	"cmp"
	"slices"
	"strings"

	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/promise/client"
)

// shownMost is how many rows a page shows before it leads to the list.
const shownMost = 200

type proposalView struct {
	Head    ui.HeadView
	Facts   []ui.Definition
	Sample  []sampleRow
	Done    int // of the sample
	Clients ui.TableView
	Rows    ui.TableView
	Gone    ui.TableView
	Left    ui.TableView
	History []ui.HistoryLine
}

// sampleRow is a payment to be controlled.
type sampleRow struct {
	Key, Payee, URL, Amount, Account, Why, Version string
	Documents                                      ui.Prose
	By                                             string // who controlled it; "" when it waits
	Post                                           string // "" when the reader may not

	of *Payment
}

type paymentPage struct {
	Head     ui.HeadView
	Status   ui.StatusKind
	Word     string
	Facts    []ui.Definition
	Parts    ui.TableView
	Vouchers ui.Prose
	History  []ui.HistoryLine
}

type answerPage struct {
	Head  ui.HeadView
	Notes []string
	Table ui.TableView
}

// sampleWords say why a payment is controlled.
var sampleWords = map[string]string{Drawn: "Dragen i stickprovet", Large: "Stort belopp", NewAccount: "Nytt konto", Hurried: "Ilbetalning"}

func (t *Treasury) proposalPage(o *op.Op, p *Proposal) (*proposalView, error) {
	account, err := AccountOf(o, p.Account)
	if err != nil {
		return nil, err
	}
	names, err := client.Names(o)
	if err != nil {
		return nil, err
	}
	lefts, err := leftsOf.All(o, p.ID)
	if err != nil {
		return nil, err
	}
	lines, err := t.Table.History(o, p)
	if err != nil {
		return nil, err
	}
	v := &proposalView{Head: ui.HeadView{Eyebrow: text.F(o, "Betalningsförslag %s", p.Number), Headline: proposalHeadline(o, p)}, History: web.History(o, lines)}
	if p.File != "" {
		v.Head.Links = []ui.Link{{Label: text.T(o, "Hämta bankfilen"), URL: "/betalning/" + p.ID.String() + "/fil", Download: true}}
	}
	v.Facts = proposalFacts(o, p, account)
	v.Sample, v.Done = t.sampleRows(o, p)
	v.Clients = clientTable(o, p, names)
	v.Rows, v.Gone = t.rowTables(o, p, names)
	v.Left = t.leftTable(o, p, lefts)
	return v, nil
}

func proposalHeadline(o *op.Op, p *Proposal) string {
	n := text.N(o, p.Payments, "%s betalning", "%s betalningar")
	switch p.State {
	case ToControl:
		left := 0
		for i := range p.Rows {
			if r := &p.Rows[i]; r.State == Proposed && r.Sampled != "" && r.CheckedBy == 0 {
				left++
			}
		}
		if left > 0 {
			return text.F(o, "%s på %s: %d ska kontrolleras innan de frisläpps", n, kronor(p.Amount), left)
		}
		return text.F(o, "%s på %s väntar på att frisläppas", n, kronor(p.Amount))
	case ToFile:
		return text.F(o, "%s på %s är frisläppta: gör filen till banken", n, kronor(p.Amount))
	case AtBank:
		return text.F(o, "%s på %s är hos banken: %d är klara", n, kronor(p.Amount), p.Settled)
	case Cancelled:
		return text.F(o, "Förslaget togs tillbaka: %s", p.Reason)
	}
	return text.F(o, "Banken har svarat om alla: %s på %s", n, kronor(p.Amount))
}

func proposalFacts(o *op.Op, p *Proposal, a Account) []ui.Definition {
	facts := []ui.Definition{
		{Term: text.T(o, "Från konto"), Text: ui.Words(a.Name + ", " + a.IBAN)},
		{Term: text.T(o, "Förfaller till och med"), Text: ui.Words(p.Until.String())},
		{Term: text.T(o, "Föreslogs av"), Text: ui.Words(p.ProposedName + ", " + web.Moment(p.Arrived))},
	}
	add := func(term, words string) {
		facts = append(facts, ui.Definition{Term: text.T(o, term), Text: ui.Words(words)})
	}
	if p.Urgent {
		add("Ilbetalning", p.Reason)
	}
	if p.ReleasedBy != 0 {
		add("Frisläpptes av", p.ReleasedName+", "+web.Moment(p.Released))
		add("Frisläppt mängd, kontrollsumma", short(p.Seal))
	}
	if p.Called != "" {
		add("Samtal före frisläppandet", p.Called)
	}
	if p.File != "" {
		add("Filen till banken", fileName(p)+", "+web.Moment(p.Filed)+", "+short(string(p.File)))
	}
	facts = append(facts, ui.Definition{Term: text.T(o, "Alla rader"), Text: ui.Prose{{Text: text.N(o, int64(len(p.Rows)), "%s betalning", "%s betalningar"), URL: "/l/treasury.payments?view=all&proposal=" + p.ID.String(), Figure: true}}})
	return facts
}

func short(sum string) string {
	if len(sum) > 16 {
		return sum[:16] + "…"
	}
	return sum
}

func (t *Treasury) sampleRows(o *op.Op, p *Proposal) (rows []sampleRow, done int) {
	may := p.State == ToControl && mayControl(o.Who, *p) == nil
	for i := range p.Rows {
		r := &p.Rows[i]
		if r.Sampled == "" || r.State == Fell || r.State == Withdrawn {
			continue
		}
		s := sampleRow{Key: r.ID.String(), Payee: r.PayeeName, URL: "/betalning-rad/" + r.ID.String(), Amount: kronor(r.Amount), Account: r.Scheme + " " + r.Number,
			Why: text.T(o, sampleWords[r.Sampled]), Version: itoa(r.Version), of: r}
		if r.CheckedBy != 0 {
			done++
			s.By = strings.TrimSpace(r.CheckedName + ", " + web.Moment(r.Checked) + ". " + r.CheckNote)
		} else if may {
			s.Post = "/betalning-rad/" + s.Key
		}
		rows = append(rows, s)
	}
	// What waits comes first.
	slices.SortStableFunc(rows, func(a, b sampleRow) int { return cmp.Compare(min(len(a.By), 1), min(len(b.By), 1)) })
	rows = rows[:min(len(rows), shownMost)]
	for i := range rows {
		for j, x := range rows[i].of.Parts {
			if j > 0 {
				rows[i].Documents = append(rows[i].Documents, ui.Piece{Text: ", "})
			}
			rows[i].Documents = append(rows[i].Documents, ui.Piece{Text: x.Number, URL: t.opens(o, x.Kind, x.Document)})
		}
	}
	return rows, done
}

func clientTable(o *op.Op, p *Proposal, names map[op.ClientID]string) ui.TableView {
	type sum struct {
		client op.ClientID
		n      int64
		amount money.Amount
	}
	by := map[op.ClientID]*sum{}
	var all []*sum
	for i := range p.Rows {
		r := &p.Rows[i]
		if r.State == Fell || r.State == Withdrawn {
			continue
		}
		s := by[r.Client]
		if s == nil {
			s = &sum{client: r.Client}
			by[r.Client], all = s, append(all, s)
		}
		s.n, s.amount = s.n+1, s.amount+r.Amount
	}
	slices.SortFunc(all, func(a, b *sum) int { return cmp.Or(cmp.Compare(b.amount, a.amount), cmp.Compare(a.client, b.client)) })
	v := ui.TableView{Caption: text.T(o, "Per kund"), Columns: []ui.Col{{Label: text.T(o, "Kund")}, {Label: text.T(o, "Betalningar"), Kind: ui.CellNumber}, {Label: text.T(o, "Belopp"), Kind: ui.CellMoney}}}
	for _, s := range all {
		url := "/l/treasury.payments?view=all&proposal=" + p.ID.String() + "&client=" + s.client.String()
		v.Rows = append(v.Rows, ui.Row{Cells: []ui.Cell{{Text: names[s.client]}, {Text: text.Int(s.n), URL: url}, {Text: s.amount.String(), URL: url}}})
	}
	return v
}

func (t *Treasury) rowTables(o *op.Op, p *Proposal, names map[op.ClientID]string) (stay, gone ui.TableView) {
	head := []ui.Col{{Label: text.T(o, "Mottagare")}, {Label: text.T(o, "Kund"), Secondary: true}, {Label: text.T(o, "Betalningsdag"), Kind: ui.CellDate},
		{Label: text.T(o, "Läge"), Kind: ui.CellStatus}, {Label: text.T(o, "Belopp"), Kind: ui.CellMoney}}
	stay = ui.TableView{Caption: text.T(o, "Betalningar"), Columns: head, Empty: ui.Empty{Heading: text.T(o, "Inget att betala"), Text: text.T(o, "Allt som förföll lämnades utanför. Skälen står nedan.")}}
	gone = ui.TableView{Caption: text.T(o, "Föll bort"), Columns: append(slices.Clone(head[:3]), ui.Col{Label: text.T(o, "Skäl"), Sentence: true}, head[4])}
	rows := slices.Clone(p.Rows)
	slices.SortStableFunc(rows, func(a, b Payment) int {
		return cmp.Or(strings.Compare(a.PayeeKey, b.PayeeKey), cmp.Compare(a.ID, b.ID))
	})
	for i := range rows {
		r := &rows[i]
		word, status := stateWord(r.State)
		cells := []ui.Cell{{Text: r.PayeeName}, {Text: names[r.Client]}, {Text: r.Execute.String()}, {Text: text.T(o, word), Status: status}, {Text: r.Amount.String()}}
		url := "/betalning-rad/" + r.ID.String()
		if r.State == Fell || r.State == Rejected || r.State == Returned {
			cells[3] = ui.Cell{Kind: ui.CellText, Text: r.Reason}
			gone.Rows = append(gone.Rows, ui.Row{URL: url, Cells: cells})
			continue
		}
		if len(stay.Rows) == shownMost {
			stay.Links = []ui.Link{{Label: text.F(o, "Alla %d betalningar", len(rows)), URL: "/l/treasury.payments?view=all&proposal=" + p.ID.String()}}
			continue
		}
		stay.Rows = append(stay.Rows, ui.Row{URL: url, Cells: cells})
	}
	return stay, gone
}

func (t *Treasury) leftTable(o *op.Op, p *Proposal, lefts []Left) ui.TableView {
	v := ui.TableView{Caption: text.T(o, "Lämnades utanför"), Columns: []ui.Col{{Label: text.T(o, "Dokument")}, {Label: text.T(o, "Mottagare")},
		{Label: text.T(o, "Förfaller"), Kind: ui.CellDate, Secondary: true}, {Label: text.T(o, "Varför"), Sentence: true}, {Label: text.T(o, "Belopp"), Kind: ui.CellMoney}}}
	for i, l := range lefts {
		if i == shownMost {
			break
		}
		url := t.opens(o, l.Kind, l.Document)
		v.Rows = append(v.Rows, ui.Row{URL: url, Cells: []ui.Cell{{Text: l.Number}, {Text: l.PayeeName}, {Text: l.Due.String()}, {Text: l.Reason}, {Text: l.Amount.String()}}})
	}
	return v
}
