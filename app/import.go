package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables/intake"
)

type importCmd struct {
	Einvoice einvoiceCmd `cmd:"" help:"Import e-invoices: from file to posted liability. Example: kontor import einvoice --dir city inbox/"`
	Scanned  scannedCmd  `cmd:"" help:"Import what the scanning service sends: pictures with an index file. Example: kontor import scanned --dir city leverans.zip"`
}

// scannedCmd imports deliveries of the scanning service.
type scannedCmd struct {
	Where
	Deliveries []string `arg:"" name:"delivery" help:"Zip files, or folders with pictures and an index file." type:"path"`
}

// Run imports each delivery in one transaction. Its last line is a JSON object.
func (c scannedCmd) Run(ctx context.Context, std IO) error {
	p, _, err := prepare(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	var total intake.Batch
	for _, at := range c.Deliveries {
		d, err := intake.OpenDelivery(at)
		if err != nil {
			return err
		}
		err = p.Door.Do(ctx, importer(), func(o *op.Op) error {
			drafts, err := d.Drafts(period.DateOf(o.Now))
			if err != nil {
				return err
			}
			b, _, err := intake.Receive(o, d.Name, drafts...)
			total.Total, total.Imported, total.Held = total.Total+b.Total, total.Imported+b.Imported, total.Held+b.Held
			total.Failed, total.Already = total.Failed+b.Failed, total.Already+b.Already
			return err
		})
		if err != nil {
			return err
		}
	}
	return line(std.Out, map[string]any{"files": total.Total, "imported": total.Imported, "held": total.Held, "failed": total.Failed, "already": total.Already})
}

type einvoiceCmd struct {
	Where
	Files []string `arg:"" name:"file" help:"Files or folders." type:"path"`
	Quiet bool     `short:"q" help:"Say nothing but the last line."`
}

// importer is who imports from the command line.
func importer() op.Actor {
	a := fullAccess(system)
	a.Name = "Inläsning"
	return a
}

// Run imports what is named. Its last line is a JSON object, with --json or not.
func (c einvoiceCmd) Run(ctx context.Context, std IO) error {
	p, _, err := prepare(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	bar := newBar(std.Out, c.Quiet)
	im := &intake.Importer{Door: p.Door, Actor: importer(), Progress: func(pr intake.Progress) {
		bar.show(pr.Done(), pr.Total, pr.Rate, pr.Left)
	}}
	if !c.Quiet {
		im.Fallout = func(f intake.File) { bar.say(fmt.Sprintf("%s: %s (%s)", f.Name, f.Note, f.Code)) }
	}
	began := time.Now()
	b, err := im.Run(ctx, c.Files...)
	bar.done()
	if err != nil {
		return err
	}
	spent := time.Since(began)
	rate := int64(0)
	if ms := spent.Milliseconds(); ms > 0 {
		rate = b.Done() * 1000 / ms
	}
	return line(std.Out, map[string]any{"files": b.Total, "imported": b.Imported, "held": b.Held, "failed": b.Failed,
		"already": b.Already, "milliseconds": spent.Milliseconds(), "rate": rate})
}

// bar shows how far long work has come: a bar on a terminal, a line every few
// seconds elsewhere.
type bar struct {
	out      io.Writer
	terminal bool
	quiet    bool
	shown    time.Time
	width    int
}

func newBar(out io.Writer, quiet bool) *bar {
	f, ok := out.(*os.File)
	return &bar{out: out, quiet: quiet, terminal: ok && term.IsTerminal(int(f.Fd()))}
}

func (b *bar) show(done, total, rate int64, left time.Duration) {
	every := 5 * time.Second
	if b.terminal {
		every = 100 * time.Millisecond
	}
	if b.quiet || total == 0 || done < total && time.Since(b.shown) < every {
		return
	}
	b.shown = time.Now()
	text := fmt.Sprintf("%d av %d, %d i sekunden", done, total, rate)
	if left > 0 {
		text += ", " + left.Round(time.Second).String() + " kvar"
	}
	if !b.terminal {
		fmt.Fprintln(b.out, text)
		return
	}
	const width = 32
	full := int(done * width / total)
	text = "[" + strings.Repeat("█", full) + strings.Repeat("·", width-full) + "] " + text
	b.clear()
	b.width = len([]rune(text))
	fmt.Fprint(b.out, text)
}

// say writes a line above the bar.
func (b *bar) say(text string) {
	if b.quiet {
		return
	}
	b.clear()
	fmt.Fprintln(b.out, text)
}

func (b *bar) clear() {
	if b.terminal && b.width > 0 {
		fmt.Fprint(b.out, "\r"+strings.Repeat(" ", b.width)+"\r")
		b.width = 0
	}
}

func (b *bar) done() { b.clear() }
