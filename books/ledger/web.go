package ledger

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"

	"kontor/books/coding"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/ui"
	"kontor/kernel/web"
)

func pages() []web.Route {
	return []web.Route{
		{Pattern: "GET /ledger/{id}", Need: "ledger.read", Handle: voucherPage},
		{Pattern: "GET /ledger/line/{id}", Need: "ledger.read", Handle: linePage},
		{Pattern: "GET /ledger/balance", Need: "ledger.read", Handle: balancePage},
		{Pattern: "GET /ledger/card", Need: "ledger.read", Handle: cardPage},
		{Pattern: "GET /ledger/reopening/{id}", Need: "ledger.read", Handle: meanwhilePage},
	}
}

// URL is the page of a voucher.
func URL(v ID) string { return "/ledger/" + v.String() }

// CardURL is the list of the lines behind an amount: those of an account, from
// the first to the last period.
func CardURL(client op.ClientID, account, unit string, first, last Period) string {
	q := url.Values{
		"client": {client.String()}, "account": {account}, "sort": {"period"},
		"period_from": {fmt.Sprint(int64(first))}, "period_to": {fmt.Sprint(int64(last))},
	}
	if unit != "" {
		q.Set("unit_prefix", unit)
	}
	return "/l/ledger.lines?" + q.Encode()
}

// linePage leads from a line to its voucher.
func linePage(o *op.Op, r *http.Request) (web.Answer, error) {
	line, err := id.ParseText(r.PathValue("id"))
	if err != nil {
		return web.Answer{}, ErrVoucher.Because("ledger: %w", err)
	}
	v, ok, err := voucherOfLine.Maybe(o, line)
	if err == nil && !ok {
		err = ErrVoucher.Because("ledger: no line %d", line)
	}
	return web.Answer{Location: URL(v)}, err
}

type voucherView struct {
	Head  ui.HeadView
	Lines ui.TableView
	About []ui.Definition
}

func voucherPage(o *op.Op, r *http.Request) (web.Answer, error) {
	client, record, err := seen(o, "ledger.read", clientOfVoucher, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	v, err := Get(o, client, ID(record))
	if err != nil {
		return web.Answer{}, err
	}
	plan, err := coding.Load(o, client)
	if err != nil {
		return web.Answer{}, err
	}
	about, err := aboutVoucher(o, v)
	if err != nil {
		return web.Answer{}, err
	}
	name, err := clientName(o, client)
	if err != nil {
		return web.Answer{}, err
	}
	page := voucherView{
		Lines: lineTable(o, plan, v), About: about,
		Head: ui.HeadView{Eyebrow: text.F(o, "Verifikation %s · %s", v.Label(), name), Headline: v.Text},
	}
	return web.Answer{Title: v.Label(), Current: "/l/ledger.vouchers", Body: voucherBody(page), Class: "it"}, nil
}

// lineTable is the lines of a voucher; every account opens its card.
func lineTable(o *op.Op, plan *coding.Plan, v *Voucher) ui.TableView {
	t := ui.TableView{Caption: text.T(o, "Rader"), Columns: []ui.Col{
		{Label: text.T(o, "Konto")},
		{Label: text.T(o, "Ansvar"), Kind: ui.CellCode},
		{Label: text.T(o, "Verksamhet"), Kind: ui.CellCode, Secondary: true},
		{Label: text.T(o, "Projekt"), Kind: ui.CellCode, Secondary: true},
		{Label: text.T(o, "Motpart"), Kind: ui.CellCode, Secondary: true},
		{Label: text.T(o, "Text")},
		{Label: text.T(o, "Debet, kr"), Kind: ui.CellMoney},
		{Label: text.T(o, "Kredit, kr"), Kind: ui.CellMoney},
	}}
	var sum money.Amount
	for i := range v.Lines {
		l := &v.Lines[i]
		var debit, credit ui.Cell
		if l.Amount > 0 {
			debit.Text, sum = l.Amount.String(), sum+l.Amount
		} else {
			credit.Text = (-l.Amount).String()
		}
		code := func(s coding.Segment) ui.Cell { return ui.Cell{Text: l.Code(s), Title: plan.Name(s, l.Code(s))} }
		words := ui.Cell{Text: l.Line.Text}
		if l.Ref != 0 {
			words.URL, words.Text = "/d/"+v.Kind+"/"+id.Text(l.Ref), cmp.Or(l.Line.Text, text.T(o, "Post i reskontran"))
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{
			{Text: l.Account + " " + plan.Name(coding.Account, l.Account), URL: CardURL(v.Client, l.Account, "", v.Period, v.Period)},
			code(coding.Unit), code(coding.Activity), code(coding.Project), code(coding.Counterpart), words, debit, credit,
		}})
	}
	t.Foot = []ui.Cell{{Text: text.T(o, "Summa")}, {}, {}, {}, {}, {}, {Text: sum.String()}, {Text: sum.String()}}
	return t
}

// aboutVoucher says where a voucher comes from and what has become of it.
func aboutVoucher(o *op.Op, v *Voucher) ([]ui.Definition, error) {
	rows := []ui.Definition{{Term: text.T(o, "Datum"), Text: ui.Words(v.Date.String())}}
	if v.Moved() {
		rows = append(rows, ui.Definition{Term: text.T(o, "Period"), Status: ui.Near, Text: ui.Words(text.F(o,
			"%s, eftersom %s var stängd. Datumet på underlaget är kvar.", v.Period.Month().Text(text.Lang(o)), PeriodOf(v.Date).Month().Text(text.Lang(o))))})
	} else {
		rows = append(rows, ui.Definition{Term: text.T(o, "Period"), Text: ui.Words(v.Period.Month().Text(text.Lang(o)))})
	}
	if v.Document != 0 && v.Kind != "" {
		rows = append(rows, ui.Definition{
			Term: text.T(o, "Underlag"),
			Text: ui.Prose{{Text: text.T(o, "Visa underlaget"), URL: "/d/" + v.Kind + "/" + id.Text(v.Document)}},
		})
	}
	rows = append(rows, ui.Definition{Term: text.T(o, "Bokförd"), Text: ui.Words(text.F(o, "%s av %s",
		v.Registered.In(period.Stockholm).Format("2006-01-02 15.04"), v.Name))})
	if v.Reverses != 0 {
		rows = append(rows, ui.Definition{Term: text.T(o, "Rättar"), Text: ui.Prose{{Text: text.T(o, "Verifikationen som tas tillbaka"), URL: URL(v.Reverses)}}})
	}
	back, err := reversalOf(o, v.Client, v.ID)
	if err != nil {
		return nil, err
	}
	if back != 0 {
		rows = append(rows, ui.Definition{
			Term: text.T(o, "Rättad av"), Status: ui.Near,
			Text: ui.Prose{{Text: text.T(o, "Verifikationen som tar tillbaka den här"), URL: URL(back)}},
		})
	}
	return append(rows, ui.Definition{Term: text.T(o, "Sigill"), Text: ui.Words(hex.EncodeToString(v.Sum[:min(8, len(v.Sum))]))}), nil
}

type balanceView struct {
	Head           ui.HeadView
	URL            string
	Clients        []form.Option
	Client         string
	Account        string // of a card; "" for all
	From, To, Unit string
	Table          ui.TableView
}

// spanOf is the span of periods that a page is asked for: this year until now
// when nothing is said.
func spanOf(o *op.Op, q url.Values) (first, last Period, err error) {
	last = PeriodOf(period.DateOf(o.Now))
	if s := q.Get("to"); s != "" {
		if last, err = ParsePeriod(s); err != nil {
			return 0, 0, err
		}
	}
	first = Period(last.Year()*100 + 1)
	if s := q.Get("from"); s != "" {
		if first, err = ParsePeriod(s); err != nil {
			return 0, 0, err
		}
	}
	return min(first, last), last, nil
}

func spanWords(o *op.Op, first, last Period) string {
	span := first.Month().Text(text.Lang(o))
	if last != first {
		span += "–" + last.Month().Text(text.Lang(o))
	}
	return span
}

// balancePage is the trial balance: every figure opens its lines.
func balancePage(o *op.Op, r *http.Request) (web.Answer, error) {
	q := r.URL.Query()
	clients, err := clientOptions(o, "ledger.read")
	if err != nil {
		return web.Answer{}, err
	}
	v := balanceView{URL: "/ledger/balance", Clients: clients, Client: q.Get("client"), Unit: q.Get("unit")}
	if v.Client == "" && len(clients) > 0 {
		v.Client = clients[0].Value
	}
	start, last, err := spanOf(o, q)
	if err != nil {
		return web.Answer{}, err
	}
	v.From, v.To = start.Key(), last.Key()
	answer := web.Answer{Title: "Saldon", Current: "/ledger/balance"}
	if v.Client == "" {
		v.Head = ui.HeadView{Headline: text.T(o, "Du har ingen kund vars bokföring du får se")}
		answer.Body = balanceBody(v)
		return answer, nil
	}
	client, err := id.Parse[op.Client](v.Client)
	if err != nil || !o.Actor.May("ledger.read", client) {
		return answer, ErrVoucher.Because("ledger: client %q", v.Client)
	}
	rows, err := TrialBalance(o, client, start, last, v.Unit)
	if err != nil {
		return answer, err
	}
	name, err := clientName(o, client)
	if err != nil {
		return answer, err
	}
	v.Table = balanceTable(o, client, v.Unit, start, last, rows)
	if ending := web.Ending(r); ending != "" {
		return web.Download(v.Table, "saldon-"+start.Key()+"-"+last.Key(), ending)
	}
	v.Table.Links = web.DownloadLinks(r, text.T(o, "Hämta som CSV"), text.T(o, "Hämta som kalkylark"))
	v.Head = ui.HeadView{Eyebrow: text.F(o, "Saldon · %s", name), Headline: balanceHeadline(o, rows, start, last, v.Unit)}
	answer.Body = balanceBody(v)
	return answer, nil
}

func balanceHeadline(o *op.Op, rows []Row, start, last Period, unit string) string {
	var debit, credit money.Amount
	for i := range rows {
		debit += rows[i].Debit
		credit += rows[i].Credit
	}
	span := spanWords(o, start, last)
	switch {
	case unit != "":
		return text.F(o, "%s kr i debet och %s kr i kredit på ansvar %s, %s", debit, credit, unit, span)
	case debit == credit:
		return text.F(o, "Debet och kredit är lika: %s kr, %s", debit, span)
	}
	return text.F(o, "Debet och kredit skiljer %s kr, %s. Anmäl det till systemförvaltningen.", debit-credit, span)
}

func balanceTable(o *op.Op, client op.ClientID, unit string, start, last Period, rows []Row) ui.TableView {
	t := ui.TableView{Caption: text.T(o, "Saldon per konto"), Columns: []ui.Col{
		{Label: text.T(o, "Konto")},
		{Label: text.T(o, "Ingående, kr"), Kind: ui.CellMoney, Secondary: true},
		{Label: text.T(o, "Debet, kr"), Kind: ui.CellMoney, Secondary: true},
		{Label: text.T(o, "Kredit, kr"), Kind: ui.CellMoney, Secondary: true},
		{Label: text.T(o, "Utgående, kr"), Kind: ui.CellMoney},
	}, Empty: ui.Empty{Heading: text.T(o, "Inget är bokfört"), Text: text.T(o, "Välj en annan kund eller en tidigare period.")}}
	january := Period(start.Year()*100 + 1)
	var sum Row
	for i := range rows {
		r := &rows[i]
		since := january
		if r.Kind.Balance() {
			since = periodMin
		}
		all := CardURL(client, r.Account, unit, start, last)
		debit, credit := all+"&debit=0,01", all+"&credit=-0,01"
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{
			{Text: r.Account + " " + r.Name, URL: AccountURL(client, r.Account, unit, start, last)},
			{Text: r.Opening.String(), URL: CardURL(client, r.Account, unit, since, start.Prev())},
			{Text: r.Debit.String(), URL: debit},
			{Text: r.Credit.String(), URL: credit},
			{Text: r.Closing.String(), URL: CardURL(client, r.Account, unit, since, last)},
		}})
		sum.Opening, sum.Debit, sum.Credit, sum.Closing = sum.Opening+r.Opening, sum.Debit+r.Debit, sum.Credit+r.Credit, sum.Closing+r.Closing
	}
	if len(rows) > 0 {
		t.Foot = []ui.Cell{{Text: text.T(o, "Summa")}, {Text: sum.Opening.String()}, {Text: sum.Debit.String()}, {Text: sum.Credit.String()}, {Text: sum.Closing.String()}}
	}
	return t
}

type meanwhileView struct {
	Head  ui.HeadView
	Table ui.TableView
}

// meanwhilePage tells what was posted while a period stood open again.
func meanwhilePage(o *op.Op, r *http.Request) (web.Answer, error) {
	client, record, err := seen(o, "ledger.read", clientOfReopening, r.PathValue("id"))
	if err != nil {
		return web.Answer{}, err
	}
	re, err := reopeningOf(o, client, ReopeningID(record))
	if err != nil {
		return web.Answer{}, err
	}
	posted, err := Meanwhile(o, client, re.ID)
	if err != nil {
		return web.Answer{}, err
	}
	clock := func(s ui.Prose) ui.Prose {
		return append(s, ui.Piece{Text: re.Until.In(period.Stockholm).Format("2006-01-02 15.04") + "."})
	}
	v := meanwhileView{
		Head: ui.HeadView{
			Eyebrow:  text.F(o, "Öppnad av %s: %s", re.Name, re.Reason),
			Headline: text.F(o, "%d verifikationer bokfördes i %s medan perioden var öppnad", len(posted), re.Period.Month().Text(text.Lang(o))),
			Intro:    clock(ui.Words(text.T(o, "Perioden är öppen till") + " ")),
		},
		Table: ui.TableView{
			Caption: text.T(o, "Bokfört under tiden"), Columns: []ui.Col{
				{Label: text.T(o, "Verifikation")},
				{Label: text.T(o, "Datum"), Kind: ui.CellDate},
				{Label: text.T(o, "Text")},
				{Label: text.T(o, "Bokförd av")},
			},
			Empty: ui.Empty{Heading: text.T(o, "Inget är bokfört"), Text: text.T(o, "Ingen har bokfört i perioden sedan den öppnades.")},
		},
	}
	for i := range posted {
		p := &posted[i]
		v.Table.Rows = append(v.Table.Rows, ui.Row{URL: URL(p.ID), Cells: []ui.Cell{{Text: p.Label()}, {Text: p.Date.String()}, {Text: p.Text}, {Text: p.Name}}})
	}
	return web.Answer{Title: "Öppnad period", Current: "/l/ledger.locks", Body: meanwhileBody(v)}, nil
}
