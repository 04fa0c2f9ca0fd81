package app

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"text/tabwriter"
	"time"

	"kontor/app/demo"
	"kontor/kernel/audit"
	"kontor/kernel/list"
	"kontor/kernel/module"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/ui"
	tertial "kontor/prove/report"
)

type demoCmd struct {
	Dir    string `help:"Folder of the demo." default:"kontor-demo" placeholder:"FOLDER"`
	Once   bool   `help:"Make the city, print a summary and exit."`
	Listen string `help:"Address to listen on." default:"127.0.0.1:8080"`
	JSON
}

func (c demoCmd) Run(ctx context.Context, std IO) error {
	sum, built, err := demo.Begin(c.Dir, demo.Seed)
	if err != nil {
		return err
	}
	p, _, err := prepare(ctx, Where{Dir: c.Dir}, IO{Out: std.Out, Err: std.Err})
	if err != nil {
		return err
	}
	defer p.close()
	if !built {
		if sum, err = c.build(ctx, p, std); err != nil {
			return err
		}
	}
	p.Now = cityClock()
	if c.Once {
		return c.once(ctx, p, std, sum)
	}
	c.tell(std, sum)
	var accounts []ui.Account
	for _, a := range sum.Accounts {
		accounts = append(accounts, ui.Account{Role: a.Title, Name: a.Name, User: a.User, Password: a.Password})
	}
	return p.serve(ctx, std, serveCmd{Listen: c.Listen, Outbox: filepath.Join(c.Dir, "utkorg")}, accounts)
}

// cityClock goes on from the moment that the city stopped at, so that the demo
// is the same whatever the day is.
func cityClock() func() time.Time {
	began := time.Now()
	return func() time.Time { return demo.ShownAt.Add(time.Since(began)) }
}

func (c demoCmd) build(ctx context.Context, p *program, std IO) (demo.Summary, error) {
	quiet := c.JSON.JSON
	if !quiet {
		fmt.Fprintln(std.Out, "Bygger Exempelstad: 33 kunder och femton månader med fakturafiler. Det tar en knapp minut.")
	}
	b := newBar(std.Out, quiet)
	began := time.Now()
	sum, err := demo.Build(ctx, demo.Program{Door: p.Door, Matrix: Roles, System: fullAccess(system), Jobs: jobs()}, c.Dir, func(pr demo.Progress) {
		rate := int64(0)
		if time.Since(began) > time.Second {
			rate = int64(pr.Files) * 1000 / time.Since(began).Milliseconds()
		}
		b.show(int64(pr.Files), int64(pr.Of), rate, 0)
	})
	b.done()
	if err != nil {
		return sum, err
	}
	return sum, seal(ctx, p)
}

// seal ties the whole log together at once; a server does it as it goes.
func seal(ctx context.Context, p *program) error {
	for n := 1; n > 0; {
		err := p.Do(ctx, system, func(o *op.Op) (err error) {
			n, err = audit.Seal(o)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// once proves the city: every file accounted for, every invariant, and the
// figure of the tertial report equal to the rows that it opens onto.
func (c demoCmd) once(ctx context.Context, p *program, std IO, sum demo.Summary) error {
	v, err := p.verify(ctx, func(module.Invariant, error) {})
	if err != nil {
		return err
	}
	value, rows, address, err := p.figure(ctx)
	if err != nil {
		return err
	}
	out := map[string]any{"files": sum.Files, "imported": sum.Imported, "held": sum.Held, "failed": sum.Failed, "events": v.Counts["events"],
		"figure_value": value, "figure_rows": rows, "figure_url": address, "invoices": v.Counts["invoices"], "vouchers": v.Counts["vouchers"],
		"ready": sum.Ready, "returned": sum.Returned, "open": sum.Open, "verify": "ok", "dir": c.Dir}
	if !v.OK {
		out["verify"] = v.Failed
	}
	if !c.JSON.JSON {
		c.tell(std, sum)
		fmt.Fprintf(std.Out, "Tertialrapporten säger %d leverantörsfakturor; bakom siffran står %d rader. Alla invarianter: %v.\n", value, rows, out["verify"])
	}
	if err := line(std.Out, out); err != nil {
		return err
	}
	if !v.OK || value != rows || sum.Imported+sum.Held+sum.Failed != sum.Files {
		return errStatus(1)
	}
	return nil
}

// figure is the tertial report's count of supplier invoices, and the number of
// rows that it opens onto, counted one by one.
func (p *program) figure(ctx context.Context) (value, rows int64, address string, err error) {
	err = p.View(ctx, fullAccess(system), func(o *op.Op) error {
		t := period.TertialOf(period.DateOf(o.Now))
		r, err := tertial.Tertial(o, t.Year, t.Number)
		if err != nil {
			return err
		}
		f := r.All.Total
		if value, err = strconv.ParseInt(f.Value, 10, 64); err != nil {
			return err
		}
		address = f.URL
		q, err := queryOf(address)
		if err != nil {
			return err
		}
		return events().Each(o, q, func(list.Row) error { rows++; return nil })
	})
	return value, rows, address, err
}

// queryOf reads the query of a list's address, as a browser would follow it.
func queryOf(address string) (list.Query, error) {
	u, err := url.Parse(address)
	if err != nil {
		return list.Query{}, err
	}
	return list.Query{Filters: u.Query()}, nil
}

func (c demoCmd) tell(std IO, sum demo.Summary) {
	out := std.Out
	abs, err := filepath.Abs(c.Dir)
	if err != nil {
		abs = c.Dir
	}
	fmt.Fprintf(out, "\nExempelstad ligger i %s.\n", abs)
	fmt.Fprintf(out, "%d filer kom in: %d registrerades, %d stoppades, %d gick inte att läsa. %d fakturor är klara för betalning, %d gick tillbaka, %d är under arbete.\n\n",
		sum.Files, sum.Imported, sum.Held, sum.Failed, sum.Ready, sum.Returned, sum.Open)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "Roll\tNamn\tAnvändare\tLösenord")
	for _, a := range sum.Accounts {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", a.Title, a.Name, a.User, a.Password)
	}
	_ = table.Flush() // as with the lines around it, nobody is left to tell
	fmt.Fprintln(out)
}
