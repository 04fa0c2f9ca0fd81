package charging

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/work"
	"kontor/promise/catalogue"
)

func whole(n int64) string { return strconv.FormatInt(n, 10) }

// quantities adds up the events of one client's month by what a line is told
// apart by.
func quantities(cells []work.Cell, client op.ClientID, m period.Month) map[Key]int64 {
	all := map[Key]int64{}
	for _, c := range cells {
		if c.Client == client {
			all[Key{m.Key(), c.Process, c.Activity, c.Channel, c.Price}] += c.Quantity
		}
	}
	return all
}

// price makes the lines of some quantities. What should be priced, since the
// catalogue knows its activity, but stands in no list is counted and costs
// nothing.
func price(b *catalogue.Book, s Sort, all map[Key]int64) (lines []Line, unpriced int64, err error) {
	keys := slices.SortedFunc(maps.Keys(all), Key.compare)
	for _, k := range keys {
		n := all[k]
		p, ok := b.Priced(k.Price, k.Activity, k.Channel)
		if !ok && slices.ContainsFunc(b.Items, func(i catalogue.Item) bool { return i.Activity == k.Activity }) {
			unpriced += n
		}
		if !ok || n == 0 {
			continue
		}
		item, _ := b.Item(p.Item)
		l := Line{Sort: s, Key: k, Item: item.Code, Text: words(b, item, p), Quantity: n, Each: p.Price}
		if l.Sum, err = p.Price.Portion(n, 1); err != nil {
			return nil, 0, err
		}
		lines = append(lines, l)
	}
	return lines, unpriced, nil
}

// words are the service and the line as the price list words it, which alone
// does not tell one fixed fee from another.
func words(b *catalogue.Book, i catalogue.Item, l catalogue.Line) string {
	if s := b.Service(i); s.Name != "" {
		return s.Name + ": " + text.Small(l.Text)
	}
	return l.Text
}

func (k Key) compare(j Key) int {
	return cmp.Or(cmp.Compare(k.Month, j.Month), cmp.Compare(k.Process, j.Process), cmp.Compare(k.Activity, j.Activity),
		cmp.Compare(k.Channel, j.Channel), cmp.Compare(k.Price, j.Price))
}

// fees makes the lines of the fixed fees and names those without a key.
func fees(b *catalogue.Book, client op.ClientID, m period.Month) (lines []Line, keyless []string) {
	version := b.List(m.First())
	for _, f := range b.Fees(version, int64(m.Year)) {
		if len(f.Shares) == 0 {
			keyless = append(keyless, words(b, f.Item, f.Line))
			continue
		}
		if a := f.Monthly(client, m); a != 0 {
			lines = append(lines, Line{Sort: Fee, Key: Key{Month: m.Key(), Price: version}, Item: f.Item.Code, Text: words(b, f.Item, f.Line), Quantity: 1, Each: a, Sum: a})
		}
	}
	return lines, keyless
}

// Make makes an open bill. Pure. The cells are those of the month; drift is what
// has changed in closed months since they were billed.
func Make(b *catalogue.Book, client op.ClientID, m period.Month, cells []work.Cell, drift map[Key]int64) (Bill, error) {
	bill := Bill{Client: client, Month: m}
	items, unpriced, err := price(b, Item, quantities(cells, client, m))
	if err != nil {
		return bill, err
	}
	late, _, err := price(b, Correction, drift)
	if err != nil {
		return bill, err
	}
	fixed, keyless := fees(b, client, m)
	bill.Lines = slices.Concat(items, late, fixed)
	bill.Unpriced, bill.Keyless = unpriced, keyless
	bill.Sum, err = sum(bill.Lines)
	return bill, err
}

// Total is what a period costs all the given clients together, line by line.
// Pure. It is what their bills say, but for what is corrected on later ones.
func Total(b *catalogue.Book, cells []work.Cell, clients []op.ClientID, months []period.Month) (Bill, error) {
	var t Bill
	all := map[Key]int64{}
	for _, c := range cells {
		all[Key{Process: c.Process, Activity: c.Activity, Channel: c.Channel, Price: c.Price}] += c.Quantity
	}
	var err error
	if t.Lines, t.Unpriced, err = price(b, Item, all); err != nil {
		return t, err
	}
	at := map[string]int{}
	for _, m := range months {
		for _, c := range clients {
			lines, keyless := fees(b, c, m)
			t.Keyless = keyless
			for _, l := range lines {
				i, ok := at[l.Item]
				if !ok {
					i, at[l.Item] = len(t.Lines), len(t.Lines)
					t.Lines = append(t.Lines, Line{Sort: Fee, Key: l.Key, Item: l.Item, Text: l.Text, Quantity: 1})
				}
				if t.Lines[i].Sum, err = t.Lines[i].Sum.Add(l.Sum); err != nil {
					return t, err
				}
				t.Lines[i].Each = t.Lines[i].Sum
			}
		}
	}
	t.Sum, err = sum(t.Lines)
	return t, err
}

func sum(lines []Line) (money.Amount, error) {
	all := make([]money.Amount, len(lines))
	for i, l := range lines {
		all[i] = l.Sum
	}
	return money.Sum(all...)
}

// hash is the sum of what the lines say. Texts are quoted, so that none can run
// into the next.
func hash(client op.ClientID, m string, lines []Line) string {
	h := sha256.New()
	fmt.Fprintf(h, "%d %s\n", client, m)
	for _, l := range lines {
		fmt.Fprintf(h, "%q %q %q %q %q %d %q %q %d %d %d\n", l.Sort, l.Month, l.Process, l.Activity, l.Channel, l.Price,
			l.Item, l.Text, l.Quantity, l.Each, l.Sum)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// drifted is what stands in have and not in billed, and the other way round with
// a minus.
func drifted(have, billed map[Key]int64) map[Key]int64 {
	d := maps.Clone(have)
	for k, n := range billed {
		d[k] -= n
	}
	maps.DeleteFunc(d, func(_ Key, n int64) bool { return n == 0 })
	return d
}
