package generalledger

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/job"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/promise/client"
)

// Publication is the open supplier ledger of one month, as it was made.
type Publication struct {
	ID         id.ID[Publication]
	Period     ledger.Period
	Made       time.Time
	By         string
	Hash       blob.Hash
	Rows       int64
	Suppressed int64 // rows whose supplier is not told
	Amount     money.Amount
}

// Columns of the open supplier ledger, in their order.
//
// source: okfse/accounts-payable-converter, convert.py
var openColumns = []string{
	"kopare", "kopare_text", "faktura_nr", "leverantor", "leverantor_id", "forvaltning", "konto_nr", "konto_text", "belopp", "datum", "grund", "avtal",
	"kommun_id", "verksamhet_kod", "ansvar_kod", "projekt_kod", "objekt_kod", "aktivitet_kod", "verksamhet_text", "ansvar_text", "projekt_text",
	"aktivitet_text", "objekt_text", "valuta",
}

// paid is a cost line of a supplier invoice as the books have it.
type paid struct {
	Client   op.ClientID
	Invoice  int64
	Number   string
	Supplier string
	Org      string
	Contract string
	Issued   period.Date
	Secrecy  op.Clearance
	Position
}

// Lines of approved invoices, posted in the month: the liability, VAT and what
// only passes through are no cost.
var paidLines = db.Select[paid](`
	SELECT v.client, v.document AS invoice, i.number, COALESCE(s.name, i.supplier_name) AS supplier, i.supplier_org AS org,
	       i.contract_ref AS contract, i.issued, i.secrecy,
	       l.account, l.unit, l.activity, l.project, l.counterpart, l.object, l.amount
	FROM   ledger_voucher AS v
	JOIN   payables_invoice AS i ON i.client = v.client AND i.id = v.document
	LEFT   JOIN payables_supplier AS s ON s.id = i.supplier
	JOIN   ledger_line AS l ON l.client = v.client AND l.voucher = v.id
	WHERE  v.client = $1 AND v.period = $2 AND v.kind = 'payables.invoice'
	ORDER  BY v.id, l.id`)

// hiddenName stands for a supplier that is not told.
const hiddenName = "Uppgiften publiceras inte"

// suppress decides whether a supplier is left out: a private person, also one
// who trades under a personal number, and whatever is not open to everybody. A
// number that cannot be told apart from a person's is taken for one.
//
// source: dataskyddsförordningen artikel 6; offentlighets- och sekretesslagen 21:7
func suppress(p *paid) bool {
	if p.Secrecy > op.Open {
		return true
	}
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, p.Org)
	if p.Org == "" {
		return true // nobody knows who it is
	}
	if digits != p.Org {
		return strings.HasPrefix(p.Org, "SE") && personal("16"+strings.TrimPrefix(digits, "SE")[:min(10, len(digits))])
	}
	return personal(p.Org)
}

// personal reports whether twelve digits are, or may be, those of a person.
func personal(digits string) bool {
	o, err := ident.OrgOf(digits)
	return err != nil || o.IsPerson()
}

// WriteOpenLedger writes the open supplier ledger of a month for all clients and
// says what it holds.
func WriteOpenLedger(o *op.Op, w io.Writer, month ledger.Period) (p Publication, err error) {
	p.Period = month
	clients, err := client.All(o)
	if err != nil {
		return p, err
	}
	out := csv.NewWriter(w)
	if err := out.Write(openColumns); err != nil {
		return p, err
	}
	row := make([]string, len(openColumns))
	for _, of := range clients {
		plan, err := coding.Load(o, of.ID)
		if err != nil {
			return p, err
		}
		for x, err := range paidLines.Each(o, of.ID, month) {
			if err != nil {
				return p, err
			}
			if v, _, _ := plan.Value(coding.Account, x.Account, x.Issued); v.Kind != coding.Cost {
				continue
			}
			hide := suppress(&x)
			x.fill(row, plan, &of, hide)
			p.Rows++
			if hide {
				p.Suppressed++
			}
			if p.Amount, err = p.Amount.Add(x.Amount); err != nil {
				return p, err
			}
			if err := out.Write(row); err != nil {
				return p, err
			}
		}
	}
	out.Flush()
	return p, out.Error()
}

// fill writes one row. Of a supplier that is not told, neither name, number, the
// invoice's number nor the contract remains; the amount does, so that the sums
// are the books'.
func (x *paid) fill(row []string, plan *coding.Plan, of *client.Client, hide bool) {
	supplier, org, number, contract := x.Supplier, digitsOnly(x.Org), x.Number, x.Contract
	if hide {
		supplier, org, number, contract = hiddenName, "", "", ""
	}
	name := func(s coding.Segment, code string) string { return plan.Name(s, code) }
	copy(row, []string{
		digitsOnly(of.Org), of.Name, text.Cell(number), text.Cell(supplier), org, of.Name, x.Account, name(coding.Account, x.Account),
		x.Amount.Plain(), x.Issued.String(), "", text.Cell(contract), "", x.Activity, x.Unit, x.Project, x.Object, "",
		name(coding.Activity, x.Activity), name(coding.Unit, x.Unit), name(coding.Project, x.Project), "", name(coding.Object, x.Object), "SEK",
	})
}

// digitsOnly is an organisation number as the open ledger has it, ten digits; ""
// when it is no number.
func digitsOnly(org string) string {
	if len(org) != 12 || strings.Trim(org, "0123456789") != "" {
		return ""
	}
	return org[2:]
}

var (
	addPublication  = db.Insert[Publication]("generalledger_publication", "ON CONFLICT (period, hash) DO NOTHING")
	publicationByID = db.Select[Publication](`
		SELECT id, period, made, by, hash, rows, suppressed, amount FROM generalledger_publication WHERE id = $1`)
	latestPublication = db.Select[Publication](`
		SELECT id, period, made, by, hash, rows, suppressed, amount FROM generalledger_publication WHERE period = $1 ORDER BY id DESC LIMIT 1`)
)

var errNoPublication = fault.New(fault.NotFound, "GEN-060", "Publiceringen finns inte. Välj en i listan.")

// Publish makes the open supplier ledger of a month and keeps it. When the books
// have not changed since, nothing new is made.
func Publish(o *op.Op, month ledger.Period) (Publication, error) {
	if err := o.Need(MayPublish); err != nil {
		return Publication{}, err
	}
	var b bytes.Buffer
	p, err := WriteOpenLedger(o, &b, month)
	if err != nil {
		return p, err
	}
	doc := blob.Pack(blob.Document{Media: "text/csv", Content: b.Bytes(), Received: o.Now})
	last, ok, err := latestPublication.Maybe(o, month)
	if err != nil || ok && last.Hash == doc.Hash() {
		return last, err
	}
	if err := blob.Put(o, doc); err != nil {
		return p, err
	}
	p.ID, p.Made, p.By, p.Hash = id.New[Publication](o), o.Now, o.Actor.Name, doc.Hash()
	_, err = addPublication.Add(o, p)
	return p, err
}

// jobs publishes the month before when a month is new, and again if its books
// change.
func jobs() []job.Kind {
	return []job.Kind{{
		Name: "generalledger.publish", Label: "Publicera den öppna leverantörsreskontran", Every: 24 * time.Hour,
		Run: func(o *op.Op, _ json.RawMessage) error {
			who := op.Actor{ID: o.Actor.ID, Name: o.Actor.Name, Kind: o.Actor.Kind, Language: "sv", Grants: map[op.Permission]op.Scope{MayPublish: {All: true}}}
			_, err := Publish(o.As(who), ledger.PeriodOf(period.DateOf(o.Now)).Prev())
			return err
		},
	}}
}

// FileName is what the file of a month is called.
func (p Publication) FileName() string {
	return fmt.Sprintf("leverantorsreskontra-%s.csv", p.Period.Key())
}
