package app

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/list"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/process/payout"
	"kontor/promise/client"
)

type payoutCmd struct {
	Add  payoutAddCmd  `cmd:"" help:"Register payout requests as drafts, from JSON or CSV. Example: kontor payout add --dir city bidrag.csv"`
	List payoutListCmd `cmd:"" help:"List payout requests. Example: kontor payout list --dir city --client KULT --state reviewed"`
}

type payoutAddCmd struct {
	Where
	JSON
	Files []string `arg:"" help:"Files of requests." type:"existingfile"`
}

// Help is shown below the flags.
func (payoutAddCmd) Help() string {
	return `A draft is what a person would have written on the page, by the same rules: a person sends it to be reviewed, two others approve it, and nothing is paid before. A request is known by its client and reference; a file can be read again.

JSON is an array of objects, CSV has the same names in its first row:

    [{"client": "KULT", "reference": "BIDRAG-2026-17", "org": "802400-1234", "name": "Kamraterna", "scheme": "BG", "account": "991-2346",
      "amount": "12000.00", "due": "2026-12-01", "purpose": "Bidrag 2026", "basis": "Nämnden 2026-11-02 § 12", "file": "beslut.pdf",
      "lines": [{"account": "4120", "unit": "21100", "activity": "3100", "sum": "12000.00"}]}]

    client;reference;org;name;scheme;account;amount;due;purpose;basis;file;line.account;line.unit;line.activity
    KULT;BIDRAG-2026-17;802400-1234;Kamraterna;BG;991-2346;12000,00;2026-12-01;Bidrag 2026;Nämnden 2026-11-02 § 12;beslut.pdf;4120;21100;3100

All fields: ` + strings.Join(payout.OrderFields(), ", ") + `.
Of a line: ` + strings.Join(payout.LineFields(), ", ") + `. In CSV a row with the reference alone and a line adds a line to the one above.
"file" is the document that the payment rests on, named from the folder of the list.`
}

// placed is an order with where in its file it stands.
type placed struct {
	payout.Order
	file  string
	place string // Swedish: "rad 4", "post 2"
}

type payoutDone struct {
	Reference string `json:"reference"`
	Number    string `json:"number"`
	ID        string `json:"id"`
	State     string `json:"state"`
	Made      bool   `json:"made"`
}

type payoutWrong struct {
	File      string `json:"file"`
	Place     string `json:"place"`
	Reference string `json:"reference"`
	Code      string `json:"code"`
	Text      string `json:"text"`
}

// Run registers each order by itself: one that is wrong stops no other.
func (c payoutAddCmd) Run(ctx context.Context, std IO) error {
	var orders []placed
	for _, path := range c.Files {
		some, err := readOrders(path)
		if err != nil {
			return err
		}
		orders = append(orders, some...)
	}
	p, err := open(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	who := importer()
	who.Clearance = op.Secret
	done, wrong := []payoutDone{}, []payoutWrong{}
	already := 0
	for _, x := range orders {
		var d payoutDone
		err := x.attach()
		if err == nil {
			err = p.Do(ctx, who, func(o *op.Op) error {
				v, made, err := payout.Register(o, x.Order)
				d = payoutDone{x.Reference, v.Number, v.ID.String(), string(v.State), made}
				return err
			})
		}
		if f := fault.Of(err); err != nil {
			if f.Kind == fault.Internal || f.Kind == fault.Unavailable {
				return err
			}
			w := payoutWrong{x.file, x.place, x.Reference, f.Code, f.Say()}
			wrong = append(wrong, w)
			fmt.Fprintf(std.Err, "%s, %s, %s: %s (%s)\n", w.File, w.Place, w.Reference, w.Text, w.Code)
			continue
		}
		if done = append(done, d); !d.Made {
			already++
		}
		if !c.JSON.JSON {
			fmt.Fprintf(std.Out, "%s\t%s\n", d.Number, d.Reference)
		}
	}
	if c.JSON.JSON {
		err = line(std.Out, map[string]any{"made": len(done) - already, "already": already, "failed": len(wrong), "requests": done, "errors": wrong})
	} else {
		fmt.Fprintf(std.Out, "%d underlag registrerade, %d fanns redan, %d kunde inte läsas in. En person ska skicka utkasten för granskning.\n", len(done)-already, already, len(wrong))
	}
	if len(wrong) > 0 {
		err = errors.Join(err, errStatus(exit[fault.Invalid]))
	}
	return err
}

var (
	errOrders   = fault.New(fault.Invalid, "APP-030", "%s kan inte läsas: %s.")
	errDocument = fault.New(fault.Invalid, "APP-031", "Bilagan %s kan inte läsas. Lägg den i samma mapp som listan.")
)

const ordersMost = 32 << 20 // bytes of a file of orders, and of a document

// attach reads the document of an order from the folder of its file, and from no
// other: a list comes from another system.
func (x *placed) attach() error {
	if x.FileName == "" {
		return nil
	}
	folder, err := os.OpenRoot(filepath.Dir(x.file))
	if err != nil {
		return errDocument.With(x.FileName).Because("%w", err)
	}
	defer folder.Close()
	f, err := folder.Open(x.FileName)
	if err != nil {
		return errDocument.With(x.FileName).Because("%w", err)
	}
	defer f.Close()
	x.File, err = io.ReadAll(io.LimitReader(f, ordersMost))
	x.FileName = filepath.Base(x.FileName)
	if err != nil {
		return errDocument.With(x.FileName).Because("%w", err)
	}
	return nil
}

// readOrders reads a file of orders, JSON or CSV.
func readOrders(path string) ([]placed, error) {
	info, err := os.Stat(path)
	if err == nil && info.Size() > ordersMost {
		return nil, errOrders.With(path, "den är större än 32 MB")
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if b = bytes.TrimSpace(bytes.TrimPrefix(b, []byte("\ufeff"))); len(b) == 0 {
		return nil, errOrders.With(path, "den är tom")
	}
	read := ordersOfCSV
	if b[0] == '[' || b[0] == '{' {
		read = ordersOfJSON
	}
	all, err := read(b)
	if err != nil {
		return nil, errOrders.With(path, err.Error())
	}
	for i := range all {
		all[i].file = path
	}
	return all, nil
}

// jsonText is a JSON value as it would be written on the page.
type jsonText string

func (s *jsonText) UnmarshalJSON(b []byte) error {
	var words string
	if json.Unmarshal(b, &words) == nil {
		*s = jsonText(words)
		return nil
	}
	if b[0] == '[' || b[0] == '{' {
		return errors.New("ett fält har flera värden")
	}
	*s = jsonText(b)
	return nil
}

func ordersOfJSON(b []byte) ([]placed, error) {
	if b[0] == '{' {
		b = slices.Concat([]byte("["), b, []byte("]"))
	}
	var objects []map[string]json.RawMessage
	if err := json.Unmarshal(b, &objects); err != nil {
		return nil, fmt.Errorf("den är inte en lista av objekt i JSON (%w)", err)
	}
	all := make([]placed, len(objects))
	for i, object := range objects {
		x := &all[i]
		x.place, x.Fields = fmt.Sprintf("post %d", i+1), map[string]string{}
		for k, raw := range object {
			if k == "lines" {
				var lines []map[string]jsonText
				if err := json.Unmarshal(raw, &lines); err != nil {
					return nil, fmt.Errorf("i post %d är lines ingen lista av rader (%w)", i+1, err)
				}
				for _, l := range lines {
					words := map[string]string{}
					for name, v := range l {
						words[name] = string(v)
					}
					x.Lines = append(x.Lines, words)
				}
				continue
			}
			var v jsonText
			if err := json.Unmarshal(raw, &v); err != nil {
				return nil, fmt.Errorf("i post %d kan %s inte läsas: %w", i+1, k, err)
			}
			x.put(k, string(v))
		}
	}
	return all, nil
}

// put takes a field that is not of a line.
func (x *placed) put(name, v string) {
	switch v = strings.TrimSpace(v); name {
	case "client":
		x.Client = v
	case "reference":
		x.Reference = v
	case "file":
		x.FileName = v
	default:
		if v != "" {
			x.Fields[name] = v
		}
	}
}

func ordersOfCSV(b []byte) ([]placed, error) {
	if !utf8.Valid(b) {
		var err error
		if b, err = charmap.Windows1252.NewDecoder().Bytes(b); err != nil {
			return nil, errors.New("teckenkodningen är okänd")
		}
	}
	r := csv.NewReader(bytes.NewReader(b))
	if first, _, _ := bytes.Cut(b, []byte("\n")); bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(",")) {
		r.Comma = ';'
	}
	head, err := r.Read()
	if err != nil || !slices.Contains(head, "reference") {
		return nil, errors.New("första raden ska ha fältens namn, bland dem client och reference")
	}
	var all []placed
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			var at *csv.ParseError
			if errors.As(err, &at) && errors.Is(err, csv.ErrFieldCount) {
				return nil, fmt.Errorf("rad %d har %d fält och rubrikerna är %d", at.Line, len(cells), len(head))
			}
			return nil, fmt.Errorf("en rad är inte CSV (%w)", err)
		}
		at, _ := r.FieldPos(0)
		x := placed{Order: payout.Order{Fields: map[string]string{}}, place: fmt.Sprintf("rad %d", at)}
		words := map[string]string{}
		for i, h := range head {
			if name, ok := strings.CutPrefix(strings.TrimSpace(h), "line."); !ok {
				x.put(name, cells[i])
			} else if v := strings.TrimSpace(cells[i]); v != "" {
				words[name] = v
			}
		}
		if n := len(all); n > 0 && len(x.Fields) == 0 && x.Reference == all[n-1].Reference {
			all[n-1].Lines = append(all[n-1].Lines, words)
			continue
		}
		if len(words) > 0 {
			x.Lines = append(x.Lines, words)
		}
		all = append(all, x)
	}
}

type payoutListCmd struct {
	Where
	JSON
	Client string `help:"Code of the client; all when nothing is said." placeholder:"CODE"`
	State  string `help:"Only those in a state." enum:",draft,sent,reviewed,ready,paying,paid,withdrawn,voided" default:""`
}

// Run lists what the list of the program shows: those under protection without
// their names.
func (c payoutListCmd) Run(ctx context.Context, std IO) error {
	p, err := open(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	w := tabwriter.NewWriter(std.Out, 0, 0, 2, ' ', 0)
	rows := []map[string]any{}
	err = p.View(ctx, fullAccess(system), func(o *op.Op) error {
		q := list.Query{View: "all", Filters: map[string][]string{}}
		if c.State != "" {
			q.Filters["state"] = []string{c.State}
		}
		if c.Client != "" {
			of, err := client.ByCode(o, c.Client)
			if err != nil {
				return err
			}
			q.Filters["client"] = []string{of.ID.String()}
		}
		return payout.Requests.Each(o, q, func(r list.Row) error {
			row := map[string]any{"id": r.Key()}
			for i, col := range payout.Requests.Columns {
				switch v := r.Values[i].(type) {
				case time.Time:
					row[col.Key] = v.Format(time.DateOnly)
				case int64:
					if row[col.Key] = v; col.Kind == list.Money {
						row[col.Key] = money.Amount(v).Plain()
					}
				default:
					row[col.Key] = v
				}
			}
			if rows = append(rows, row); !c.JSON.JSON {
				state, _ := row["state"].(string)
				fmt.Fprintf(w, "%v\t%v\t%v\t%v\t%v\t%v\t%v\n", row["number"], row["reference"], row["client"], row["payee"], row["amount"], row["due"], payout.Life.Word(flow.State(state)))
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	if c.JSON.JSON {
		return line(std.Out, map[string]any{"requests": rows})
	}
	return w.Flush()
}
