package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/op"
)

// Message is one message to one person.
type Message struct {
	Key     string // what it is about: "approval.digest:PERSON:2026-11-25"
	To      string // address
	Subject string // no personal data: it is shown on locked screens and kept in logs
	Text    string // plain text
}

// State of a message.
type State string

// The states.
const (
	Ready   State = "ready"
	Sending State = "sending"
	Sent    State = "sent"
	Failed  State = "failed"
	Unsure  State = "unsure"
)

type row struct {
	ID       id.ID[Message]
	Version  int64
	Key      string
	Receiver string
	Subject  string
	Body     string
	State    State
	Attempt  int64
	Due      time.Time
	Lease    time.Time
	Fault    string
	Asked    time.Time
	Ended    time.Time
}

const columns = `id, version, key, receiver, subject, body, state, attempt, due, lease, fault, asked, ended`

var (
	add = db.Insert[row]("mail", "ON CONFLICT (key) DO NOTHING")

	anyDue  = db.Select[id.ID[Message]](`SELECT id FROM mail WHERE state = 'ready' AND due <= $1 ORDER BY due, id LIMIT 1`)
	anyLost = db.Select[id.ID[Message]](`SELECT id FROM mail WHERE state = 'sending' AND lease < $1 LIMIT 1`)
	// By =, never IN: see kernel/job.
	claim = db.Select[row](`
		UPDATE mail SET state = 'sending', version = version + 1, attempt = attempt + 1, lease = $2
		WHERE  state = 'ready' AND id = (
			SELECT id FROM mail WHERE state = 'ready' AND due <= $1 ORDER BY due, id LIMIT 1 /*postgres FOR UPDATE SKIP LOCKED */)
		RETURNING ` + columns)
	lose = db.Change(`
		UPDATE mail SET state = 'unsure', version = version + 1, lease = NULL, ended = $1, fault = $2 WHERE state = 'sending' AND lease < $1`)
	note = db.Change(`
		UPDATE mail SET state = $3, version = version + 1, lease = NULL, due = $4, ended = $5, fault = $6
		WHERE  id = $1 AND attempt = $2 AND state = 'sending'`)
	byID    = db.Select[row](`SELECT ` + columns + ` FROM mail WHERE id = $1`)
	restart = db.Change(`
		UPDATE mail SET state = 'ready', version = version + 1, due = $3, attempt = 0, ended = NULL
		WHERE  id = $1 AND version = $2 AND state IN ('failed', 'unsure')`)
)

// Put writes messages to the outbox in the transaction of o. What has a key
// that is there already is left as it is, also when it was sent. A message
// without a receiver is left out.
func Put(o *op.Op, all ...Message) error {
	var rows []row
	for _, m := range all {
		if m.To == "" {
			continue
		}
		rows = append(rows, row{ID: id.New[Message](o), Version: 1, Key: m.Key, Receiver: m.To, Subject: oneLine(m.Subject), Body: m.Text,
			State: Ready, Due: o.Now, Asked: o.Now})
	}
	if rows == nil {
		return nil
	}
	_, err := add.Add(o, rows...)
	return err
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// MessageID is the identity of the message with a key, as RFC 5322 wants it.
func MessageID(key, domain string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:16]) + "@" + domain
}

// The permissions of the outbox.
const (
	Read  op.Permission = "mail.read"
	Again op.Permission = "mail.again"
)

var states = []form.Option{{Value: string(Ready), Label: "Väntar"}, {Value: string(Sending), Label: "Skickas"}, {Value: string(Sent), Label: "Skickat"},
	{Value: string(Failed), Label: "Misslyckat"}, {Value: string(Unsure), Label: "Osäkert"}}

// All is the outbox as a list. The text is not shown: it is for its receiver.
var All = &list.Spec{
	Name: "mail.all", Title: "Utgående e-post", Need: Read, From: "mail", Global: true, Version: "version",
	Intro: "Ett osäkert brev kan ha kommit fram: servern svarade inte. Det skickas aldrig om av sig självt.",
	Columns: []list.Column{
		{Key: "subject", Label: "Ämne", Expr: "t.subject"},
		{Key: "receiver", Label: "Till", Expr: "t.receiver"},
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: "t.state"},
		{Key: "asked", Label: "Skrivet", Kind: list.Time, Expr: "t.asked", Sort: true},
		{Key: "attempt", Label: "Försök", Kind: list.Whole, Expr: "t.attempt"},
		{Key: "fault", Label: "Svar", Expr: "t.fault"},
	},
	Filters: []list.Filter{{Key: "state", Label: "Läge", Column: "state", Options: states}},
	Views: []list.View{{Key: "all", Label: "Alla"}, {Key: "stuck", Label: "Att se till", Filter: map[string][]string{"state": {string(Failed), string(Unsure)}}},
		{Key: "ready", Label: "Väntar", Filter: map[string][]string{"state": {string(Ready)}}}},
	Indexes: []list.Index{{"asked"}}, Order: "-asked", Open: "/f/mail.again/{id}", Shown: "brev",
	States: states, Shapes: map[string]string{string(Ready): "near", string(Sending): "near", string(Sent): "ok", string(Failed): "miss", string(Unsure): "miss"},
	Empty: "Inga brev har skrivits.",
}

var errStanding = fault.New(fault.Conflict, "MAI-001", "Brevet är inte misslyckat eller osäkert. Läs in listan igen.")

// AgainForm sends a message again that failed or is unsure.
var AgainForm = &form.Spec{
	Name: "mail.again", Title: "Skicka brevet igen", Submit: "Skicka igen", Need: Again,
	Intro:  "Är läget osäkert kan brevet komma fram två gånger. Fråga mottagaren först.",
	Fields: []form.Field{{Key: "reason", Label: "Varför", Kind: form.Text, Required: true, Max: 200}},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		k, err := id.Parse[Message](key)
		if err != nil {
			return form.Loaded{}, errStanding.Because("%w", err)
		}
		r, ok, err := byID.Maybe(o, k)
		if err == nil && !ok {
			err = errStanding
		}
		return form.Loaded{Version: r.Version, Title: r.Subject}, err
	},
	Save: func(o *op.Op, key string, version int64, in form.Values) (string, error) {
		k, err := id.Parse[Message](key)
		if err != nil {
			return "", errStanding.Because("%w", err)
		}
		n, err := restart.Do(o, k, version, o.Now)
		if err == nil && n == 0 {
			err = errStanding
		}
		if err != nil {
			return "", err
		}
		return "/l/mail.all", audit.Note(o, audit.Change{Kind: "mail", Record: int64(k), Step: "again", Note: in.Text("reason")})
	},
}
