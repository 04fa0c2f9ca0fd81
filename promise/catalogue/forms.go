package catalogue

import (
	"strconv"
	"strings"

	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/promise/client"
)

func listOptions(o *op.Op) ([]form.Option, error) {
	rows, err := allLists.All(o)
	all := make([]form.Option, len(rows))
	for i, l := range rows {
		all[i] = form.Option{Value: l.ID.String(), Label: l.Name}
	}
	return all, err
}

// ItemOptions are the items of additional services as choices.
func ItemOptions(o *op.Op) ([]form.Option, error) {
	b, err := Load(o)
	if err != nil {
		return nil, err
	}
	var all []form.Option
	version := b.List(period.DateOf(o.Now))
	for _, i := range b.Items {
		if l, ok := b.Line(version, i.ID); ok && !b.Service(i).Mandatory {
			all = append(all, form.Option{Value: i.ID.String(), Label: l.Text})
		}
	}
	return all, nil
}

func itemOptions(o *op.Op) ([]form.Option, error) {
	b, err := Load(o)
	if err != nil {
		return nil, err
	}
	all := make([]form.Option, len(b.Items))
	for n, i := range b.Items {
		all[n] = form.Option{Value: i.ID.String(), Label: b.Service(i).Name + ": " + b.latest(i)}
	}
	return all, nil
}

// latest is the wording of an item in the newest list that has it.
func (b *Book) latest(i Item) string {
	for n := len(b.Lists) - 1; n >= 0; n-- {
		if l, ok := b.Line(b.Lists[n].Version(), i.ID); ok {
			return l.Text
		}
	}
	return i.Code
}

// BeginDraft copies a decided list.
var BeginDraft = &form.Spec{
	Name: "catalogue.draft-new", Title: "Börja ett förslag till prislista", Submit: "Börja förslaget", Need: "catalogue.write",
	Intro: "Förslaget blir en kopia av en beslutad lista. Ingenting gäller förrän servicenämnden har beslutat.",
	Fields: []form.Field{
		{Key: "based", Label: "Utgå från", Kind: form.Choice, Required: true, Choices: listOptions},
		{Key: "name", Label: "Namn", Required: true, Max: 60, Help: "Till exempel Prislista 2027."},
		{Key: "from", Label: "Gäller från", Kind: form.Date, Required: true},
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		based, _ := id.Parse[List](v.Text("based"))
		d, err := Begin(o, v.Text("name"), v.Date("from"), int64(based))
		return d.URL(), err
	},
}

// URL is the draft's page.
func (d Draft) URL() string { return "/prislista/forslag/" + d.ID.String() }

func draftByText(o *op.Op, key string) (Draft, []DraftLine, error) {
	k, err := id.Parse[Draft](key)
	if err != nil {
		return Draft{}, nil, errNoList.Because("%q: %w", key, err)
	}
	return GetDraft(o, k)
}

// SetPrice proposes a price in a draft; the key is the draft.
var SetPrice = &form.Spec{
	Name: "catalogue.price", Title: "Ändra ett pris i förslaget", Submit: "Spara priset", Need: "catalogue.write",
	Fields: []form.Field{
		{Key: "item", Label: "Artikel", Kind: form.Choice, Required: true, Choices: itemOptions},
		{Key: "text", Label: "Vad som ingår", Kind: form.Area, Rows: 3, Max: 300, Help: "Lämna tomt för att behålla listans ord."},
		{Key: "price", Label: "Pris, kronor", Kind: form.Money, Help: "Lämna tomt för att ta bort artikeln ur förslaget."},
	},
	Rule: func(_ op.Who, v form.Values) []fault.Field {
		if v.Text("price") != "" && v.Money("price") < 0 {
			return []fault.Field{{Name: "price", Text: "Priset kan inte vara negativt."}}
		}
		return nil
	},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		d, _, err := draftByText(o, key)
		return form.Loaded{Version: d.Version, Title: text.F(o, "Ändra ett pris i %s", d.Name), Values: form.Values{}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		d, lines, err := draftByText(o, key)
		if err != nil {
			return "", err
		}
		if version != 0 && version != d.Version {
			return "", form.ErrConflict.Because("draft %s: version %d, now %d", d.ID, version, d.Version)
		}
		item, _ := id.Parse[Item](v.Text("item"))
		if v.Text("price") == "" {
			return d.URL(), Drop(o, d, item)
		}
		text := v.Text("text")
		for _, l := range lines {
			if l.Item == item && text == "" {
				text = l.Text
			}
		}
		if text == "" {
			b, err := Load(o)
			if err != nil {
				return "", err
			}
			i, _ := b.Item(item)
			text = b.latest(i)
		}
		return d.URL(), Propose(o, d, DraftLine{d.ID, item, text, v.Money("price")})
	},
}

// DecideDraft makes a list of a draft.
var DecideDraft = &form.Spec{
	Name: "catalogue.decide", Title: "Registrera beslutet", Submit: "Registrera", Need: "catalogue.decide",
	Intro: "När beslutet är registrerat kan listan inte längre ändras. En rättelse är en ny lista.",
	Fields: []form.Field{
		{Key: "by", Label: "Beslutad av", Required: true, Default: Board, Max: 80},
		{Key: "on", Label: "Beslutsdatum", Kind: form.Date, Required: true},
		{Key: "source", Label: "Protokoll", Required: true, Max: 120, Help: "Paragraf och diarienummer, så att beslutet går att hitta."},
	},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		d, _, err := draftByText(o, key)
		return form.Loaded{Version: d.Version, Title: text.F(o, "Registrera beslutet om %s", d.Name), Values: form.Values{"by": Board}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		d, _, err := draftByText(o, key)
		if err != nil {
			return "", err
		}
		if version != 0 && version != d.Version {
			return "", form.ErrConflict.Because("draft %s: version %d, now %d", d.ID, version, d.Version)
		}
		if v.Date("on") > period.DateOf(o.Now) {
			return "", form.ErrInvalid.At(fault.Field{Name: "on", Text: "Beslutet kan inte vara fattat en dag som inte har varit."})
		}
		_, err = Decide(o, d, v.Text("by"), v.Date("on"), v.Text("source"))
		return "/prislista", err
	},
}

func feeOptions(o *op.Op) ([]form.Option, error) {
	b, err := Load(o)
	if err != nil {
		return nil, err
	}
	var all []form.Option
	for _, i := range b.Items {
		if i.Mode == Fixed {
			all = append(all, form.Option{Value: i.ID.String(), Label: b.Service(i).Name + ": " + b.latest(i)})
		}
	}
	return all, nil
}

// ShareFee decides a distribution key: one line for each client, code and weight.
var ShareFee = &form.Spec{
	Name: "catalogue.share", Title: "Besluta en fördelningsnyckel", Submit: "Besluta nyckeln", Need: "catalogue.decide",
	Intro: "Nyckeln gäller från årets början och ersätter den förra helt. Varje kund betalar sin vikt av alla vikter.",
	Fields: []form.Field{
		{Key: "item", Label: "Fast avgift", Kind: form.Choice, Required: true, Choices: feeOptions},
		{Key: "year", Label: "Från år", Kind: form.Whole, Required: true},
		{Key: "key", Label: "Vikter", Kind: form.Area, Rows: 12, Max: 4000, Required: true, Help: "En rad för varje kund: kod och vikt, till exempel KULT 120."},
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		item, _ := id.Parse[Item](v.Text("item"))
		clients, err := client.All(o)
		if err != nil {
			return "", err
		}
		codes := make(map[string]op.ClientID, len(clients))
		for _, c := range clients {
			codes[c.Code] = c.ID
		}
		shares, wrong := parseKey(v.Text("key"), codes)
		if wrong != nil {
			return "", form.ErrInvalid.At(*wrong)
		}
		for i := range shares {
			shares[i].Item, shares[i].Year = item, v.Int("year")
		}
		return "/prislista", SetShares(o, shares...)
	},
}

// parseKey reads the lines of a distribution key.
func parseKey(text string, codes map[string]op.ClientID) ([]Share, *fault.Field) {
	var all []Share
	seen := map[op.ClientID]bool{}
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		code := strings.ToUpper(f[0])
		c, known := codes[code]
		switch {
		case !known:
			return nil, &fault.Field{Name: "key", Text: "Det finns ingen kund med koden %s. Kontrollera koden i kundlistan.", Args: []any{code}}
		case seen[c]:
			return nil, &fault.Field{Name: "key", Text: "Kunden %s står två gånger. Ta bort en av raderna.", Args: []any{code}}
		case len(f) != 2:
			return nil, &fault.Field{Name: "key", Text: "Skriv kod och vikt på raden för %s, till exempel %s 120.", Args: []any{code, code}}
		}
		w, err := strconv.ParseInt(f[1], 10, 64)
		if err != nil || w < 1 || w > weightMax {
			return nil, &fault.Field{Name: "key", Text: "Vikten för %s ska vara ett heltal mellan 1 och 1 000 000 000.", Args: []any{code}}
		}
		seen[c] = true
		all = append(all, Share{Client: c, Weight: w})
	}
	return all, nil
}

// weightMax keeps the products of fee and weight exact.
const weightMax = 1_000_000_000
