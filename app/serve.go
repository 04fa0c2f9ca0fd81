package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"kontor/kernel/fault"
	"kontor/kernel/job"
	"kontor/kernel/ui"
	"kontor/kernel/web"
	"kontor/process/payables/reply"
)

type serveCmd struct {
	Where
	Listen  string `help:"Address to listen on." default:"127.0.0.1:8080" env:"KONTOR_LISTEN"`
	Admin   string `help:"Address for health, metrics and profiles; none by default." env:"KONTOR_ADMIN"`
	Secure  bool   `help:"The server is reached by https, through a proxy that ends it." env:"KONTOR_SECURE"`
	URL     string `help:"Address that people reach the server by, for links in mail." env:"KONTOR_URL"`
	SMTP    string `help:"Server that takes mail: smtp://host, smtp+tls://user:password@host, smtps://host. Without one, mail waits in the outbox." placeholder:"ADDRESS" env:"KONTOR_SMTP"`
	From    string `help:"Sender of mail." default:"Kontor <kontor@localhost>" env:"KONTOR_MAIL_FROM"`
	Proxied bool   `help:"A proxy of ours says the browser's address." env:"KONTOR_PROXIED"`
	Outbox  string `help:"Folder that answers to suppliers are put in for the access point; they wait without one." placeholder:"FOLDER" type:"path" env:"KONTOR_OUTBOX"`
}

func (c serveCmd) Run(ctx context.Context, std IO) error {
	p, _, err := prepare(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	return p.serve(ctx, std, c, nil)
}

var errListen = fault.New(fault.Unavailable, "APP-020", "Det går inte att lyssna på %s. Adressen är kanske upptagen; välj en annan med --listen.")

// serve serves until ctx is done, then lets visits and jobs under way finish.
func (p *program) serve(ctx context.Context, std IO, c serveCmd, accounts []ui.Account) error {
	server, err := web.New(p.Door, site(accounts), web.Options{Secure: c.Secure, Proxied: c.Proxied})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return errListen.With(c.Listen).Because("%w", err)
	}
	fmt.Fprintf(std.Out, "Kontor svarar på http://%s\n", l.Addr())
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if err := p.carryMail(ctx, c); err != nil {
		return err
	}
	stopped := make(chan error, 2)
	go func() {
		kinds := jobs()
		if c.Outbox != "" {
			kinds = append(kinds, reply.SendJob(c.Outbox))
		}
		runner := &job.Runner{Door: p.Door, Kinds: kinds, Actor: fullAccess(system)}
		stopped <- runner.Run(ctx)
	}()
	go func() { stopped <- admin(ctx, c.Admin, server) }()
	h := &http.Server{Handler: server.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute,
		WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	go func() {
		<-ctx.Done()
		last, done := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
		defer done()
		_ = h.Shutdown(last) // visits that do not end in time are cut
	}()
	err = h.Serve(l)
	cancel(err)
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return errors.Join(err, <-stopped, <-stopped)
}

// admin serves health and metrics to operators, on an address of its own.
func admin(ctx context.Context, address string, s *web.Server) error {
	if address == "" {
		return nil
	}
	h := &http.Server{Addr: address, Handler: s.Admin(), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		<-ctx.Done()
		_ = h.Close()
	}()
	if err := h.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return errListen.With(address).Because("%w", err)
	}
	return nil
}
