package app

import (
	"context"
	"fmt"

	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/web"
)

const about = `Kontor runs a shared service centre: the office of a city that handles invoices and the rest for all its administrations.

  kontor demo                                   a whole small city, ready to log in to
  kontor import einvoice --dir city FILE|DIR…   e-invoices, from file to posted liability
  kontor invoice check --json FILE…             what the official rules say of an invoice
  kontor file check FILE|DIR…                   what is odd about a file of any other format
  kontor verify --dir city                      proves everything that always holds`

// commands is the whole command line.
type commands struct {
	Demo    demoCmd    `cmd:"" help:"Make the demo city Exempelstad and serve it. Example: kontor demo --dir city"`
	Serve   serveCmd   `cmd:"" help:"Serve the pages and the API. Example: kontor serve --db postgres://kontor@localhost/kontor --listen :8080"`
	Migrate migrateCmd `cmd:"" help:"Make the database or bring it up to date. Example: kontor migrate --dir kontor-data"`
	Import  importCmd  `cmd:"" help:"Import files."`
	Invoice invoiceCmd `cmd:"" help:"Look at invoices without importing them."`
	File    fileCmd    `cmd:"" help:"Look at files of any format without importing them."`
	Coding  codingCmd  `cmd:"" help:"Look at what coding help would suggest."`
	Payment paymentCmd `cmd:"" help:"Propose payments, make files to the bank and read its answers."`
	Payout  payoutCmd  `cmd:"" help:"Register and list payout requests: what is paid without an invoice."`
	Ledger  ledgerCmd  `cmd:"" help:"Read and load the books."`
	Report  reportCmd  `cmd:"" help:"Make a report."`
	Verify  verifyCmd  `cmd:"" help:"Prove every invariant of a database. Example: kontor verify --dir city --json"`
	Backup  backupCmd  `cmd:"" help:"Copy the whole database to a file while it is in use. Example: kontor backup --dir city city.kontor"`
	Restore restoreCmd `cmd:"" help:"Make a database from a backup. Example: kontor restore --dir new city.kontor"`
	User    userCmd    `cmd:"" help:"Manage accounts."`
	OpenAPI openAPICmd `cmd:"" name:"openapi" help:"Print the OpenAPI document of the JSON API."`
}

// JSON is the flag of every command that can be read by a program.
type JSON struct {
	JSON bool `name:"json" help:"Write the result as JSON, on the last line."`
}

type migrateCmd struct {
	Where
	JSON
}

func (c migrateCmd) Run(ctx context.Context, std IO) error {
	p, n, err := prepare(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	v, err := p.DB.Version(ctx)
	if err != nil {
		return err
	}
	if c.JSON.JSON {
		return line(std.Out, map[string]any{"changes": n, "version": v})
	}
	fmt.Fprintf(std.Out, "Schemat har version %d; %d ändringar gjordes nu.\n", v, n)
	return nil
}

type verifyCmd struct {
	Where
	JSON
}

func (c verifyCmd) Run(ctx context.Context, std IO) error {
	p, err := open(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	tell := func(inv module.Invariant, err error) {
		if c.JSON.JSON {
			return
		}
		mark := "✓"
		if err != nil {
			mark = "✗"
		}
		fmt.Fprintf(std.Out, "%s %-28s %s\n", mark, inv.Name, inv.Label)
		if err != nil {
			fmt.Fprintf(std.Out, "  %v\n", err)
		}
	}
	v, err := p.verify(ctx, tell)
	if err != nil {
		return err
	}
	if c.JSON.JSON {
		err = line(std.Out, v)
	} else if v.OK {
		fmt.Fprintf(std.Out, "Allt stämmer: %d fakturor, %d verifikationer, %d arbetshändelser.\n",
			v.Counts["invoices"], v.Counts["vouchers"], v.Counts["events"])
	}
	if err == nil && !v.OK {
		return errStatus(1)
	}
	return err
}

type openAPICmd struct{}

func (openAPICmd) Run(std IO) error {
	s, err := web.New(&op.Door{}, site(nil), web.Options{})
	if err != nil {
		return err
	}
	b, err := s.Describe()
	if err != nil {
		return err
	}
	_, err = std.Out.Write(b)
	return err
}
