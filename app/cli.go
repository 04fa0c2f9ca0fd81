package app

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kontor/format/einvoice"
	"kontor/format/en16931"
	"kontor/kernel/fault"
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

type invoiceCmd struct {
	Check checkCmd `cmd:"" help:"Judge invoices by the official rules. Example: kontor invoice check --json --rules BR-CO-10,BR-CO-15 invoice.xml"`
}

type checkCmd struct {
	JSON
	Rules []string `help:"Judge only by these rules." placeholder:"ID"`
	Cases string   `help:"File with a path, a tab and the rules to judge it by alone, on each line." type:"existingfile"`
	Files []string `arg:"" optional:"" name:"file" help:"Files or folders."`
}

// judged is the verdict on one file, one JSON object a line.
type judged struct {
	File    string   `json:"file"`
	Kind    string   `json:"kind"`
	Valid   bool     `json:"valid"`
	Fatal   []string `json:"fatal"`
	Warning []string `json:"warning"`
	Error   string   `json:"error"`

	found []en16931.Violation
}

var errNothingToCheck = fault.New(fault.Invalid, "APP-002", "Ange minst en fil eller mapp att kontrollera.")

func (c checkCmd) Run(ctx context.Context, std IO) error {
	out := bufio.NewWriter(std.Out)
	defer out.Flush()
	bad := false
	one := func(path string, rules []string) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		j := judgeFile(path, rules)
		bad = bad || !j.Valid
		if c.JSON.JSON {
			return line(out, j)
		}
		return j.print(out)
	}
	err := c.each(one)
	if err == nil && bad {
		err = errStatus(1)
	}
	return err
}

func (c checkCmd) each(one func(string, []string) error) error {
	if c.Cases != "" {
		f, err := os.Open(c.Cases)
		if err != nil {
			return err
		}
		defer f.Close()
		s := bufio.NewScanner(f)
		for s.Scan() {
			path, rules, _ := strings.Cut(s.Text(), "\t")
			if path = strings.TrimSpace(path); path == "" {
				continue
			}
			if err := one(path, names(rules)); err != nil {
				return err
			}
		}
		return s.Err()
	}
	if len(c.Files) == 0 {
		return errNothingToCheck
	}
	rules := names(strings.Join(c.Rules, ","))
	for _, arg := range c.Files {
		err := filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return one(path, rules) // it says itself that it cannot be read
			}
			if d.IsDir() || path != arg && !strings.EqualFold(filepath.Ext(path), ".xml") {
				return nil
			}
			return one(path, rules)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func names(list string) []string {
	f := strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' })
	return slices.DeleteFunc(f, func(s string) bool { return s == "" })
}

// checkMax is the largest file that is read; what is larger is no invoice.
const checkMax = 64 << 20

func judgeFile(path string, rules []string) judged {
	j := judged{File: path, Fatal: []string{}, Warning: []string{}}
	b, err := readLimited(path, checkMax)
	if err != nil {
		j.Error = err.Error()
		return j
	}
	r, err := einvoice.Read(b)
	if err != nil {
		j.Kind, j.Error = einvoice.KindOf(b), err.Error()
		return j
	}
	j.Kind = r.Kind()
	if len(rules) == 0 {
		j.Error = r.Outdated()
	}
	j.found = r.Check(en16931.Options{Rules: rules})
	for _, v := range j.found {
		switch {
		case v.Rule == einvoice.SchemaRule: // has no official id, so it is told in words
			j.Error = cmp.Or(j.Error, fmt.Sprintf("Filen följer inte Svefakturas schema: %s (rad %d)", v.Text, v.Line))
		case v.Fatal:
			j.Fatal = append(j.Fatal, v.Rule)
		default:
			j.Warning = append(j.Warning, v.Rule)
		}
	}
	slices.Sort(j.Fatal)
	slices.Sort(j.Warning)
	j.Fatal, j.Warning = slices.Compact(j.Fatal), slices.Compact(j.Warning)
	j.Valid = len(j.Fatal) == 0 && j.Error == ""
	return j
}

var errTooLarge = fault.New(fault.Invalid, "APP-003", "Filen är större än %d MB och är ingen faktura.")

func readLimited(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(b)) > limit {
		err = errTooLarge.With(limit >> 20)
	}
	return b, err
}

func (j judged) print(w io.Writer) error {
	word := "godkänd"
	if !j.Valid {
		word = "underkänd"
	}
	fmt.Fprintf(w, "%s: %s (%s)\n", j.File, word, j.Kind)
	if j.Error != "" {
		fmt.Fprintf(w, "  %s\n", j.Error)
	}
	for _, v := range j.found {
		level := "fel"
		if !v.Fatal {
			level = "varning"
		}
		where := ""
		if v.Line > 0 {
			where = fmt.Sprintf(" (rad %d)", v.Line)
		}
		fmt.Fprintf(w, "  %-7s %-22s %s%s\n", level, v.Rule, v.Text, where)
	}
	return nil
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
