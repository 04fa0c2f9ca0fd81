package app

import (
	"context"
	"strings"

	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/mail"
	"kontor/kernel/op"
)

var (
	errMail = fault.New(fault.Invalid, "APP-030", "E-postservern går inte att använda. Kontrollera --smtp och --from.")

	setURL = db.Change(`
		INSERT INTO program (name, value) VALUES ('url', $1)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`)
)

// carryMail keeps the address for links, and sends what is in the outbox until
// ctx is done.
func (p *program) carryMail(ctx context.Context, c serveCmd) error {
	if c.URL != "" {
		err := p.Do(ctx, system, func(o *op.Op) error {
			_, err := setURL.Do(o, strings.TrimRight(c.URL, "/"))
			return err
		})
		if err != nil {
			return err
		}
	}
	if c.SMTP == "" {
		return nil
	}
	server, err := mail.ParseSMTP(c.SMTP, c.From)
	if err != nil {
		return errMail.Because("%w", err)
	}
	postman := &mail.Postman{Door: p.Door, Actor: system, Sender: server}
	go postman.Run(ctx)
	return nil
}
