package app

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"kontor/books/ledger"
	"kontor/format/sie"
	"kontor/kernel/fault"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/generalledger"
	"kontor/promise/client"
)

type ledgerCmd struct {
	Trial   trialCmd   `cmd:"" name:"trial-balance" help:"The trial balance of a client. Example: kontor ledger trial-balance --dir city --client KULT --from 2026-01 --to 2026-10"`
	Export  exportCmd  `cmd:"" help:"Write the books to files. Example: kontor ledger export --format hledger --dir city --client KULT --year 2026 --out books"`
	Import  feederCmd  `cmd:"" help:"Load a SIE 4I file from a feeder system. Example: kontor ledger import --dir city --client KULT fees.si"`
	Publish publishCmd `cmd:"" help:"Write the open supplier ledger of a month. Example: kontor ledger publish --dir city --month 2026-10 --out ledger.csv"`
	Close   closeCmd   `cmd:"" help:"Propose to move the result of a year to equity; the client approves it in the program. Example: kontor ledger close --dir city --year 2025"`
	Opening openingCmd `cmd:"" help:"Load opening balances. Example: kontor ledger opening --dir city --client KULT --year 2026 --interim 1990 ib.csv"`
}

type trialCmd struct {
	Where
	JSON
	Client string `required:"" help:"Code of the client." placeholder:"CODE"`
	From   string `help:"First period; January of the last one when nothing is said." placeholder:"YYYY-MM"`
	To     string `help:"Last period; this month when nothing is said." placeholder:"YYYY-MM"`
	Unit   string `help:"Only units that begin so." placeholder:"CODE"`
	Format string `help:"Table for people or csv for programs." enum:"table,csv" default:"table"`
	Lines  bool   `help:"Add up the lines anew instead of the balances that are kept."`
}

func (c trialCmd) Run(ctx context.Context, std IO) error {
	p, err := open(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	var rows []ledger.Row
	err = p.View(ctx, fullAccess(system), func(o *op.Op) error {
		of, err := client.ByCode(o, c.Client)
		if err != nil {
			return err
		}
		first, last, err := c.span(o)
		if err != nil {
			return err
		}
		trial := ledger.TrialBalance
		if c.Lines {
			trial = ledger.Recomputed
		}
		rows, err = trial(o, of.ID, first, last, c.Unit)
		return err
	})
	if err != nil {
		return err
	}
	var debit, credit money.Amount
	for _, r := range rows {
		debit, credit = debit+r.Debit, credit+r.Credit
	}
	if err := c.print(std.Out, rows); err != nil {
		return err
	}
	if c.JSON.JSON {
		return line(std.Out, map[string]any{"accounts": len(rows), "debit": debit, "credit": credit})
	}
	return nil
}

func (c trialCmd) span(o *op.Op) (first, last ledger.Period, err error) {
	last = ledger.PeriodOf(period.DateOf(o.Now))
	if c.To != "" {
		if last, err = ledger.ParsePeriod(c.To); err != nil {
			return 0, 0, err
		}
	}
	first = ledger.Period(last.Year()*100 + 1)
	if c.From != "" {
		first, err = ledger.ParsePeriod(c.From)
	}
	return min(first, last), last, err
}

func (c trialCmd) print(out io.Writer, rows []ledger.Row) error {
	if c.Format == "csv" {
		w := csv.NewWriter(out)
		if err := w.Write([]string{"account", "name", "opening", "debit", "credit", "closing", "lines"}); err != nil {
			return err
		}
		for _, r := range rows {
			err := w.Write([]string{r.Account, r.Name, r.Opening.Plain(), r.Debit.Plain(), r.Credit.Plain(), r.Closing.Plain(), fmt.Sprint(r.Lines)})
			if err != nil {
				return err
			}
		}
		w.Flush()
		return w.Error()
	}
	widest := 0
	for _, r := range rows {
		widest = max(widest, utf8.RuneCountInString(r.Name))
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	name := func(account, words string) string { return fmt.Sprintf("%-6s %-*s", account, widest, words) }
	fmt.Fprintln(w, name("Konto", "")+"\tIngående\tDebet\tKredit\tUtgående\t")
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t\n", name(r.Account, r.Name), r.Opening, r.Debit, r.Credit, r.Closing)
	}
	return w.Flush()
}

type exportCmd struct {
	Where
	JSON
	Format string `help:"hledger: a journal that an independent program can read. sie: SIE 4E." enum:"hledger,sie" default:"hledger"`
	Client string `help:"Code of one client; all when nothing is said." placeholder:"CODE"`
	Year   int64  `help:"One year; all when nothing is said." placeholder:"YYYY"`
	Out    string `help:"Folder that the files are written to." default:"." placeholder:"FOLDER" type:"path"`
}

// Run writes a file for each client and year, and for hledger one that reads
// them all.
func (c exportCmd) Run(ctx context.Context, std IO) error {
	p, err := open(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	if err := os.MkdirAll(c.Out, 0o755); err != nil {
		return err
	}
	var files, vouchers, lost int64
	var all strings.Builder
	err = p.View(ctx, fullAccess(system), func(o *op.Op) error {
		clients, err := c.clients(o)
		if err != nil {
			return err
		}
		for _, k := range clients {
			years, err := ledger.Years(o, k.ID)
			if err != nil {
				return err
			}
			for _, y := range years {
				if c.Year != 0 && y != c.Year {
					continue
				}
				name, n, gone, err := c.write(o, k, y)
				if err != nil {
					return err
				}
				if gone.N > 0 {
					fmt.Fprintf(std.Err, "%s: SIE saknar tecken som finns i %d av texterna; de är skrivna med andra. Bland dem: %s\n", name, gone.N, strings.Join(gone.Texts, "; "))
				}
				files, vouchers, lost = files+1, vouchers+n, lost+int64(gone.N)
				fmt.Fprintf(&all, "include %s\n", name)
			}
		}
		return nil
	})
	if err == nil && c.Format == "hledger" {
		err = os.WriteFile(filepath.Join(c.Out, "all.journal"), []byte(all.String()), 0o666)
	}
	if err != nil {
		return err
	}
	if c.JSON.JSON {
		return line(std.Out, map[string]any{"files": files, "vouchers": vouchers, "format": c.Format, "lost": lost})
	}
	fmt.Fprintf(std.Out, "Antal verifikationer: %d. Antal filer: %d. De ligger i %s.\n", vouchers, files, c.Out)
	return nil
}

func (c exportCmd) clients(o *op.Op) ([]client.Client, error) {
	if c.Client == "" {
		return client.All(o)
	}
	k, err := client.ByCode(o, c.Client)
	return []client.Client{k}, err
}

// write makes one file, and tells what SIE could not hold of it.
func (c exportCmd) write(o *op.Op, k client.Client, year int64) (name string, vouchers int64, lost sie.Lost, err error) {
	name = fmt.Sprintf("%s-%d.journal", k.Code, year)
	write := func(w io.Writer) (int64, error) { return ledger.WriteJournal(o, w, k.ID, k.Code, year) }
	if c.Format == "sie" {
		name = fmt.Sprintf("%s-%d.se", k.Code, year)
		write = func(w io.Writer) (n int64, err error) {
			n, lost, err = generalledger.WriteSIE(o, w, k, year)
			return n, err
		}
	}
	err = whole(filepath.Join(c.Out, name), 0o666, func(w io.Writer) (err error) {
		vouchers, err = write(w)
		return err
	})
	return name, vouchers, lost, err
}

// load reads a file into the books of a client, in one operation.
func load(ctx context.Context, where Where, std IO, code, path string, read func(*op.Op, op.ClientID, generalledger.File) error) error {
	p, err := open(ctx, where, std)
	if err != nil {
		return err
	}
	defer p.close()
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return p.Do(ctx, importer(), func(o *op.Op) error {
		of, err := client.ByCode(o, code)
		if err != nil {
			return err
		}
		return read(o, of.ID, generalledger.File{Name: filepath.Base(path), Content: b})
	})
}

// loaded tells what was read.
func (j JSON) loaded(w io.Writer, l *generalledger.Load) error {
	if j.JSON {
		return line(w, map[string]any{"vouchers": l.Vouchers, "already": l.Already, "lines": l.Lines, "debit": l.Debit})
	}
	_, err := fmt.Fprintln(w, l.Note)
	return err
}

type openingCmd struct {
	Where
	JSON
	Client  string `required:"" help:"Code of the client." placeholder:"CODE"`
	Year    int64  `required:"" help:"Year that the balances open." placeholder:"YYYY"`
	Interim string `help:"Account that takes what stands on control accounts." placeholder:"ACCOUNT"`
	Why     string `help:"Why the file differs from the closing of the year before." placeholder:"TEXT"`
	File    string `arg:"" help:"CSV with the headings konto and belopp, or SIE." type:"existingfile"`
}

func (c openingCmd) Run(ctx context.Context, std IO) error {
	var l *generalledger.Load
	var diff []generalledger.Difference
	err := load(ctx, c.Where, std, c.Client, c.File, func(o *op.Op, of op.ClientID, f generalledger.File) (err error) {
		l, diff, err = generalledger.LoadOpening(o, generalledger.OpeningOrder{Client: of, Year: c.Year, Interim: c.Interim, Why: c.Why, File: f})
		return err
	})
	if err != nil {
		for _, d := range diff {
			fmt.Fprintf(std.Err, "  %s %s %s: filen %s, bokslutet %s, skillnad %s\n", d.Account, d.Unit, d.Counterpart, d.File, d.Books, d.Amount)
		}
		return err
	}
	return c.loaded(std.Out, l)
}

type feederCmd struct {
	Where
	JSON
	Client string `required:"" help:"Code of the client." placeholder:"CODE"`
	Marked bool   `help:"Load a file although it is marked as imported."`
	File   string `arg:"" help:"SIE 4I." type:"existingfile"`
}

func (c feederCmd) Run(ctx context.Context, std IO) error {
	var l *generalledger.Load
	err := load(ctx, c.Where, std, c.Client, c.File, func(o *op.Op, of op.ClientID, f generalledger.File) (err error) {
		l, err = generalledger.LoadFeeder(o, generalledger.FeederOrder{Client: of, Marked: c.Marked, File: f})
		return err
	})
	if err != nil {
		return err
	}
	return c.loaded(std.Out, l)
}

type publishCmd struct {
	Where
	JSON
	Month string `required:"" help:"Month of the books." placeholder:"YYYY-MM"`
	Out   string `required:"" help:"File to write." placeholder:"FILE" type:"path"`
}

func (c publishCmd) Run(ctx context.Context, std IO) error {
	p, err := open(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	month, err := ledger.ParsePeriod(c.Month)
	if err != nil {
		return err
	}
	var made generalledger.Publication
	err = whole(c.Out, 0o666, func(w io.Writer) error {
		return p.View(ctx, fullAccess(system), func(o *op.Op) (err error) {
			made, err = generalledger.WriteOpenLedger(o, w, month)
			return err
		})
	})
	if err != nil {
		return err
	}
	if c.JSON.JSON {
		return line(std.Out, map[string]any{"rows": made.Rows, "suppressed": made.Suppressed, "amount": made.Amount})
	}
	fmt.Fprintf(std.Out, "%d rader, %s kr; %d rader utan leverantörens namn.\n", made.Rows, made.Amount, made.Suppressed)
	return nil
}

type closeCmd struct {
	Where
	JSON
	Client string `help:"Code of the client; all when nothing is said." placeholder:"CODE"`
	Year   int64  `required:"" help:"Year that is over." placeholder:"YYYY"`
}

// Run proposes for each client by itself: one that cannot be closed stops no other.
func (c closeCmd) Run(ctx context.Context, std IO) error {
	p, err := open(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	var clients []client.Client
	err = p.View(ctx, importer(), func(o *op.Op) (err error) {
		clients, err = exportCmd{Client: c.Client}.clients(o)
		return err
	})
	if err != nil {
		return err
	}
	var made, nothing, failed int64
	for _, k := range clients {
		var v generalledger.Order
		err := p.Do(ctx, importer(), func(o *op.Op) (err error) {
			v, err = generalledger.ProposeClosing(o, k.ID, c.Year)
			return err
		})
		switch f := fault.Of(err); {
		case err == nil:
			made++
			if !c.JSON.JSON {
				fmt.Fprintf(std.Out, "%s: %s, %s kr, väntar på attest.\n", k.Code, v.Number, -v.Lines[1].Amount)
			}
		case errors.Is(err, generalledger.ErrNoResult):
			nothing++
		case f.Kind == fault.Internal || f.Kind == fault.Unavailable:
			return err
		default:
			failed++
			fmt.Fprintf(std.Err, "%s: %s (%s)\n", k.Code, f.Say(), f.Code)
		}
	}
	if c.JSON.JSON {
		err = line(std.Out, map[string]any{"proposed": made, "nothing": nothing, "failed": failed})
	} else {
		fmt.Fprintf(std.Out, "%d förslag väntar på attest; %d kunder har inget kvar att föra.\n", made, nothing)
	}
	if failed > 0 {
		err = errors.Join(err, errStatus(1))
	}
	return err
}
