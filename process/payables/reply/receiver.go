package reply

import (
	"strings"
	"time"

	"kontor/format/response"
	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/text"
)

// Receiver is an electronic address that does not take all answers. Peppol tells
// for each address what it takes, and whoever is not here takes them all.
type Receiver struct {
	ID      id.ID[Receiver]
	Version int64
	Address string // "0007:5560000000"
	Takes   string
	Note    string // Swedish: how we know
	By      op.PersonID
	At      time.Time
}

// What an address takes.
const (
	TakesAll   = "all"
	TakesFinal = "final" // accepted, rejected and paid
	TakesNone  = "none"
)

// takes reports whether the receiver wants to hear a status.
func (r Receiver) takes(s response.Status) bool {
	switch r.Takes {
	case TakesNone:
		return false
	case TakesFinal:
		return s == response.Accepted || s == response.Conditional || s == response.Rejected || s == response.Paid
	}
	return true
}

const receiversURL = "/l/payables.receivers"

const receiverColumns = `id, version, address, takes, note, by, at`

var (
	receiverOf   = db.Select[Receiver](`SELECT ` + receiverColumns + ` FROM payables_reply_receiver WHERE address = $1`)
	receiverByID = db.Select[Receiver](`SELECT ` + receiverColumns + ` FROM payables_reply_receiver WHERE id = $1`)
	addReceiver  = db.Insert[Receiver]("payables_reply_receiver", `
		ON CONFLICT (address) DO UPDATE SET takes = excluded.takes, note = excluded.note, by = excluded.by, at = excluded.at,
			version = payables_reply_receiver.version + 1`)
)

var errNoReceiver = fault.New(fault.NotFound, "REP-005", "Adressen finns inte. Sök upp den i listan.")

var takings = []form.Option{{Value: TakesNone, Label: "Inga svar"}, {Value: TakesFinal, Label: "Bara slutliga svar: godkänd, avvisad, betald"}, {Value: TakesAll, Label: "Alla svar"}}

// Receivers is the list of such addresses.
var Receivers = &list.Spec{
	Name: "payables.receivers", Title: "Adresser som inte tar emot alla svar", Need: MayRead, Global: true, Version: "version",
	Intro: "Svar går till alla adresser utom dem som står här. Leverantören får ändå brev när en faktura skickas tillbaka.",
	From:  "payables_reply_receiver", Joins: "LEFT JOIN person AS p ON p.id = t.by", Open: "/f/payables.receiver/{id}", Shown: "adresser",
	Columns: []list.Column{
		{Key: "address", Label: "Adress", Kind: list.Code, Expr: "t.address", Sort: true},
		{Key: "takes", Label: "Tar emot", Kind: list.Word, Expr: "t.takes", Options: takings},
		{Key: "note", Label: "Hur vi vet det", Expr: "t.note"},
		{Key: "person", Label: "Av", Expr: "COALESCE(p.name, '')"},
		{Key: "at", Label: "När", Kind: list.Time, Expr: "t.at"},
	},
	Indexes: []list.Index{{"address"}}, Order: "address",
	Empty: "Alla adresser får svar. Lägg in en adress som inte tar emot dem.",
}

// EditReceiver says what an address takes.
var EditReceiver = &form.Spec{
	Name: "payables.receiver", Title: "Adress som inte tar emot alla svar", Submit: "Spara", Need: MaySend,
	Fields: []form.Field{
		{Key: "address", Label: "Elektronisk adress", Kind: form.Text, Required: true, Max: 60, Help: "Som på svaret, till exempel 0007:5560000000."},
		{Key: "takes", Label: "Tar emot", Kind: form.Radio, Required: true, Options: takings},
		{Key: "note", Label: "Hur vet vi det?", Kind: form.Text, Required: true, Max: 200, Help: "Till exempel: accesspunkten svarade att mottagaren saknar profilen."},
	},
	Rule: func(_ op.Who, v form.Values) []fault.Field {
		if scheme, number, ok := strings.Cut(v.Text("address"), ":"); !ok || len(scheme) != 4 || number == "" {
			return []fault.Field{{Name: "address", Text: "Skriv fyra siffror för slaget av adress, kolon och adressen, till exempel 0007:5560000000."}}
		}
		return nil
	},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		if key == "" {
			return form.Loaded{Values: form.Values{}}, nil
		}
		r, err := receiver(o, key)
		return form.Loaded{Version: r.Version, Title: text.F(o, "Ändra %s", r.Address),
			Values: form.Values{"address": r.Address, "takes": r.Takes, "note": r.Note}}, err
	},
	Save: func(o *op.Op, _ string, _ int64, v form.Values) (string, error) {
		return receiversURL, PutReceiver(o, Receiver{Address: v.Text("address"), Takes: v.Text("takes"), Note: v.Text("note")})
	},
}

func receiver(o *op.Op, key string) (Receiver, error) {
	k, err := id.Parse[Receiver](key)
	if err != nil {
		return Receiver{}, errNoReceiver.Because("%w", err)
	}
	r, ok, err := receiverByID.Maybe(o, k)
	if err == nil && !ok {
		err = errNoReceiver.Because("no receiver %s", key)
	}
	return r, err
}

// PutReceiver stores what an address takes; what was known of it before is replaced.
func PutReceiver(o *op.Op, r Receiver) error {
	r.ID, r.Version, r.By, r.At = id.New[Receiver](o), 1, o.Actor.ID, o.Now
	if _, err := addReceiver.Add(o, r); err != nil {
		return err
	}
	now, err := receiverOf.One(o, r.Address)
	if err != nil {
		return err
	}
	return audit.Note(o, audit.Change{Kind: "payables.receiver", Record: int64(now.ID), Step: "change", Note: r.Address + ": " + r.Takes + " · " + r.Note})
}
