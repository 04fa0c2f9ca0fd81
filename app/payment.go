package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kontor/format/camt"
	"kontor/kernel/fault"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
	"kontor/process/payout"
	"kontor/process/treasury"
)

// payments is the treasury with everything that it pays.
func payments() *treasury.Treasury {
	return treasury.New(payables.PaymentSource(), payout.PaymentSource())
}

type paymentCmd struct {
	Propose proposeCmd   `cmd:"" help:"Propose to pay what falls due. Somebody else releases it in the program. Example: kontor payment propose --dir city --until 2026-12-02"`
	File    payFileCmd   `cmd:"" help:"Make the files of what has been released and put them in a folder. Example: kontor payment file --dir city --out to-bank"`
	Answer  payAnswerCmd `cmd:"" help:"Read what the bank has answered: pain.002, camt.053, camt.054. Example: kontor payment answer --dir city from-bank/"`
}

// payer is who pays from the command line: the program. It proposes and carries
// files; it never releases.
func payer() op.Actor {
	a := fullAccess(system)
	a.Name = "Betalningar"
	delete(a.Grants, treasury.MayRelease)
	delete(a.Grants, treasury.MayUrgent)
	return a
}

type proposeCmd struct {
	Where
	JSON
	Account string `help:"Name or IBAN of our account; not needed where there is only one." placeholder:"ACCOUNT"`
	Until   string `help:"Pay what falls due by this day." required:"" placeholder:"DATE"`
}

var errWhichAccount = fault.New(fault.Invalid, "APP-020", "Ange med --account vilket konto som ska betala: %s.")

func (c proposeCmd) Run(ctx context.Context, std IO) error {
	until, err := period.ParseDate(c.Until)
	if err != nil {
		return err
	}
	p, err := open(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	var made treasury.Proposal
	err = p.Do(ctx, payer(), func(o *op.Op) error {
		a, err := c.account(o)
		if err == nil {
			made, err = payments().Propose(o, treasury.Ask{Account: a.ID, Until: until})
		}
		return err
	})
	if err != nil {
		return err
	}
	if c.JSON.JSON {
		return line(std.Out, map[string]any{"proposal": made.Number, "id": made.ID.String(), "payments": made.Payments, "amount": made.Amount.Plain(), "left_out": made.LeftOut})
	}
	fmt.Fprintf(std.Out, "Förslag %s: %d betalningar på %s kr; %d lämnades utanför. En person ska kontrollera och frisläppa det.\n", made.Number, made.Payments, made.Amount, made.LeftOut)
	return nil
}

func (c proposeCmd) account(o *op.Op) (treasury.Account, error) {
	all, err := treasury.Accounts(o, period.DateOf(o.Now))
	if err != nil {
		return treasury.Account{}, err
	}
	var names []string
	for _, a := range all {
		if c.Account != "" && (a.Name == c.Account || a.IBAN == strings.ReplaceAll(c.Account, " ", "")) || c.Account == "" && len(all) == 1 {
			return a, nil
		}
		names = append(names, a.Name)
	}
	return treasury.Account{}, errWhichAccount.With(strings.Join(names, ", "))
}

type payFileCmd struct {
	Where
	JSON
	Out string `help:"Folder that the files are put in." required:"" placeholder:"FOLDER" type:"path"`
}

// Run makes the files of what has been released, and puts them in the folder
// together with those made before that the bank has not finished with: a run
// that was interrupted is made whole by the next. A file made again has the same
// bytes, and the bank knows it by them.
func (c payFileCmd) Run(ctx context.Context, std IO) error {
	p, err := open(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	if err := os.MkdirAll(c.Out, 0o750); err != nil {
		return err
	}
	t, made := payments(), 0
	var files []treasury.Outgoing
	if err := p.Do(ctx, payer(), func(o *op.Op) error {
		some, err := t.File(o)
		made = len(some)
		return err
	}); err != nil {
		return err
	}
	err = p.View(ctx, payer(), func(o *op.Op) error {
		keys, err := t.Undelivered(o)
		for _, key := range keys {
			f, ok, err := t.Fetch(o, key)
			if err != nil {
				return err
			}
			if ok {
				files = append(files, f)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	names, err := c.write(std, files)
	if err != nil {
		return err
	}
	if c.JSON.JSON {
		return line(std.Out, map[string]any{"made": made, "files": names})
	}
	fmt.Fprintf(std.Out, "%d nya filer; %d ligger i %s.\n", made, len(names), c.Out)
	return nil
}

// write puts each file under its name.
func (c payFileCmd) write(std IO, files []treasury.Outgoing) ([]string, error) {
	names := []string{}
	for _, f := range files {
		path := filepath.Join(c.Out, f.Name)
		names = append(names, path)
		if have, err := os.ReadFile(path); err == nil && bytes.Equal(have, f.Bytes) {
			continue
		}
		if err := whole(path, 0o640, func(w io.Writer) error { _, err := w.Write(f.Bytes); return err }); err != nil {
			return names, err
		}
		if !c.JSON.JSON {
			fmt.Fprintf(std.Out, "%s: %s\n", f.Number, path)
		}
	}
	return names, nil
}

type payAnswerCmd struct {
	Where
	JSON
	Files []string `arg:"" name:"file" help:"Files or folders." type:"path"`
}

// Run reads each file in an operation of its own: one that cannot be used does
// not stop the others.
func (c payAnswerCmd) Run(ctx context.Context, std IO) error {
	p, err := open(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	var read, already, failed, matched int64
	one := func(path string) error {
		a, known, err := c.one(ctx, p, path, std.In)
		switch f := fault.Of(err); {
		case err == nil && known:
			already++
		case err == nil:
			read++
			matched += a.Matched
			if a.Note != "" && !c.JSON.JSON {
				fmt.Fprintf(std.Out, "%s: %s\n", path, strings.ReplaceAll(a.Note, "\n", " "))
			}
		case f.Kind == fault.Internal || f.Kind == fault.Unavailable:
			return err
		default:
			failed++
			fmt.Fprintf(std.Err, "%s: %s (%s)\n", path, f.Say(), f.Code)
		}
		return nil
	}
	for _, arg := range c.Files {
		err := filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || path != arg && !strings.EqualFold(filepath.Ext(path), ".xml") {
				return err
			}
			return one(path)
		})
		if err != nil {
			return err
		}
	}
	if c.JSON.JSON {
		err = line(std.Out, map[string]any{"read": read, "already": already, "failed": failed, "matched": matched})
	} else {
		fmt.Fprintf(std.Out, "%d filer lästes, %d var redan lästa, %d gick inte att använda. Nytt om %d betalningar.\n", read, already, failed, matched)
	}
	if failed > 0 {
		err = errors.Join(err, errStatus(1))
	}
	return err
}

func (c payAnswerCmd) one(ctx context.Context, p *program, path string, stdin io.Reader) (a treasury.Answer, known bool, err error) {
	b, err := readInput(path, stdin, camt.SizeMost)
	if err != nil {
		return a, false, err
	}
	err = p.Do(ctx, payer(), func(o *op.Op) error {
		a, known, err = payments().Read(o, filepath.Base(path), b)
		return err
	})
	return a, known, err
}
