package payout

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/op"
	"kontor/promise/client"
)

// Order is a request as another system sends it. Fields and Lines are named as on
// the page: org, name, amount …, and of a line account, unit … words, sum.
type Order struct {
	Client    string              `json:"client"`    // code
	Reference string              `json:"reference"` // the sender's own: one request, however often it is sent
	Fields    map[string]string   `json:"fields"`
	Lines     []map[string]string `json:"lines"`
	FileName  string              `json:"file"`
	File      []byte              `json:"content"` // the document that it rests on; none for none yet
}

var (
	errReference = fault.New(fault.Invalid, "PUT-050", "Ange en referens: er egen beteckning på utbetalningen. Med den kan filen läsas in igen utan att något betalas två gånger.")
	errOther     = fault.New(fault.Conflict, "PUT-051", "Referensen %s finns redan på %s, med annat innehåll. Ändra underlaget på dess sida, eller ge utbetalningen en egen referens.")
	errOrder     = fault.New(fault.Invalid, "PUT-052", "Utbetalningen kan inte läsas in: %s")
	errUnknown   = fault.New(fault.Invalid, "PUT-053", "Fältet %s finns inte. Fälten heter %s.")
)

var byReference = db.Select[ID](`SELECT id FROM payout_request WHERE client = $1 AND reference = $2`)

// LineFields are the names of what an Order says of a line.
func LineFields() (names []string) {
	for _, c := range columns {
		names = append(names, c.Name)
	}
	return names
}

// OrderFields are the names of what an Order says of the payment.
func OrderFields() (names []string) {
	for _, f := range fields {
		names = append(names, f.Key)
	}
	return names
}

// Register adds the draft of an order, by the rules of the page. An order that has
// come before makes none: made is false, and the request is as it now is.
func Register(o *op.Op, x Order) (v Request, made bool, err error) {
	if x.Reference == "" {
		return v, false, errReference
	}
	if err := spelt(x); err != nil {
		return v, false, err
	}
	of, err := client.ByCode(o, x.Client)
	if err != nil {
		return v, false, err
	}
	v.Client, v.Reference, v.Received = of.ID, x.Reference, x.sum()
	before, found, err := byReference.Maybe(o, v.Client, x.Reference)
	if err != nil {
		return v, false, err
	}
	if found {
		was, err := Table.Get(o, before)
		if err == nil && was.Received != v.Received {
			err = errOther.With(x.Reference, was.Number)
		}
		return was, false, err
	}
	_, wrong, lines, err := fill(o, x.value, &v)
	if err != nil {
		return v, false, err
	}
	for i, r := range lines.Rows {
		for _, name := range slices.Sorted(maps.Keys(r.Wrong)) {
			wrong = append(wrong, fault.Field{Name: "lines[" + strconv.Itoa(i) + "]." + name, Text: r.Wrong[name]})
		}
	}
	if len(wrong) > 0 {
		all := make([]string, len(wrong))
		for i, f := range wrong {
			all[i] = f.Name + ": " + f.Text
		}
		f := *errOrder.With(strings.Join(all, " "))
		f.Fields = wrong
		return v, false, &f
	}
	if len(x.File) > 0 {
		if err := Attach(o, &v, x.FileName, x.File); err != nil {
			return v, false, err
		}
	}
	return v, true, Add(o, &v)
}

// value is what the order says in a field of the page.
func (x Order) value(field string) string {
	if v, ok := x.Fields[field]; ok {
		return v
	}
	name := strings.TrimRight(field, "0123456789")
	n, err := strconv.Atoi(field[len(name):])
	if err != nil || n >= len(x.Lines) {
		return ""
	}
	return x.Lines[n][name]
}

// sum tells the content of orders apart.
func (x Order) sum() string {
	b, _ := json.Marshal(x) // strings and bytes always can be; maps are in the order of their keys
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// spelt says that every field of an order has a place: a word that is spelt wrong
// must not be passed over.
func spelt(x Order) error {
	for _, of := range []struct {
		said  []map[string]string
		names []string
	}{{[]map[string]string{x.Fields}, OrderFields()}, {x.Lines, LineFields()}} {
		for _, m := range of.said {
			for _, k := range slices.Sorted(maps.Keys(m)) {
				if !slices.Contains(of.names, k) {
					return errUnknown.With(k, strings.Join(of.names, ", "))
				}
			}
		}
	}
	return nil
}
