package app

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kontor/format/einvoice"
	"kontor/format/en16931"
)

type invoiceCmd struct {
	Check checkCmd `cmd:"" help:"Judge invoices by the official rules. Example: kontor invoice check --json --rules BR-CO-10,BR-CO-15 invoice.xml"`
}

type checkCmd struct {
	JSON
	Rules []string `help:"Judge only by these rules." placeholder:"ID"`
	Cases string   `help:"File with a path, a tab and the rules to judge it by alone, on each line." placeholder:"FILE"`
	Files []string `arg:"" optional:"" name:"file" help:"Files, folders with their .xml files, and - for what is piped in."`
}

// exits is what the status of a check says, on --help.
const exits = `The exit status is 0 when every file was judged and none is refused, 1 when some is or cannot be read, 2 when there is nothing to judge, and 80 when the command line is wrong.`

// Help is what --help adds.
func (checkCmd) Help() string {
	return `Nothing is imported. The rules are those of EN 16931, Peppol BIS Billing 3 and the seller's country for UBL and CII, and SFTI's for Svefaktura 1.0; what a file is, is seen from what is in it.

Examples:

  kontor invoice check faktura.xml            what is wrong, in words, with the line
  kontor invoice check --json inbox/ | jq -r 'select(.valid|not) | .file'
  kontor invoice check --json --rules BR-CO-10,BR-CO-15 faktura.xml
  kontor invoice check --json --cases cases.tsv

With --json there is one JSON object a line, in the order given: "file", "kind", "valid", "fatal" and "warning" (the ids of broken rules, sorted), and "error" (why the file cannot be read as an invoice; else empty). A file that cannot be read has its line too.

In a file of cases each line is a path, a tab and rule ids with commas between; without ids all rules are judged. Paths are relative to where the command is run. Ids may be in lower case. A case with an unknown id is judged by the others, and standard error tells which.

` + exits
}

// Validate says what is wrong with the command line.
func (c checkCmd) Validate() error {
	switch {
	case c.Cases == "" && len(c.Files) == 0:
		return errors.New(`expected "<file> ..." or --cases`)
	case c.Cases != "" && len(c.Files)+len(c.Rules) > 0:
		return errors.New("--cases names files and rules itself: give no others beside it")
	}
	for _, id := range names(strings.Join(c.Rules, ",")) {
		if !einvoice.HasRule(id) {
			return fmt.Errorf("there is no rule %s", id)
		}
	}
	return nil
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

// Run judges every file, in the order given.
func (c checkCmd) Run(ctx context.Context, std IO) error {
	out := bufio.NewWriter(std.Out)
	defer out.Flush()
	bad := false
	one := func(path string, rules []string) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		j := judgeFile(path, std.In, rules)
		bad = bad || !j.Valid
		if c.JSON.JSON {
			return line(out, j)
		}
		return j.print(out)
	}
	err := c.each(std, one)
	if err == nil && bad {
		err = errStatus(1)
	}
	return err
}

func (c checkCmd) each(std IO, one func(string, []string) error) error {
	if c.Cases != "" {
		return eachCase(c.Cases, std, one)
	}
	rules := names(strings.Join(c.Rules, ","))
	isXML := func(path string) bool { return strings.EqualFold(filepath.Ext(path), ".xml") }
	return eachFile(c.Files, isXML, func(path string) error { return one(path, rules) })
}

// eachCase calls one with every line of a file of cases. Lines end as on any
// system and may be of any length.
func eachCase(path string, std IO, one func(string, []string) error) error {
	r := std.In
	if path != standardInput {
		f, err := os.Open(path)
		if err != nil {
			return errNoCases.With(path, unreadable(err))
		}
		defer f.Close()
		r = f
	}
	in, told, seen := bufio.NewReader(r), map[string]bool{}, false
	for {
		text, err := in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return errNoCases.With(path, unreadable(err))
		}
		file, rules, _ := strings.Cut(strings.TrimRight(strings.TrimPrefix(text, "\ufeff"), "\r\n"), "\t")
		if strings.TrimSpace(file) != "" {
			seen = true
			ids := names(rules)
			for _, id := range ids {
				if !einvoice.HasRule(id) && !told[id] {
					told[id] = true
					fmt.Fprintf(std.Err, "kontor: Regeln %s finns inte och prövas inte.\n", id)
				}
			}
			if err := one(file, ids); err != nil {
				return err
			}
		}
		if err != nil {
			break
		}
	}
	if !seen {
		return errNothingToCheck
	}
	return nil
}

// names are the ids in a list, in the capitals that they have in the rule books.
func names(list string) []string {
	return strings.FieldsFunc(strings.ToUpper(list), func(r rune) bool { return r == ',' || r == ' ' || r == '\t' })
}

func judgeFile(path string, stdin io.Reader, rules []string) judged {
	j := judged{File: path, Fatal: []string{}, Warning: []string{}}
	b, err := readInput(path, stdin, inputMost)
	if err != nil {
		j.Error = unreadable(err)
		return j
	}
	r, err := einvoice.Read(b)
	if err != nil {
		j.Kind, j.Error = einvoice.KindOf(b), unreadable(err)
		return j
	}
	j.Kind = r.Kind()
	if len(rules) == 0 {
		j.Error = r.Outdated()
	}
	j.found = r.Check(en16931.Options{Rules: rules})
	for _, v := range j.found {
		switch {
		case einvoice.SchemaOf(v.Rule) != "": // has no official id, so it is told in words
			j.Error = cmp.Or(j.Error, fmt.Sprintf("Filen följer inte %s schema: %s (rad %d)", einvoice.SchemaOf(v.Rule), v.Text, v.Line))
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

func (j judged) print(w io.Writer) error {
	word := "godkänd"
	if !j.Valid {
		word = "underkänd"
	}
	fmt.Fprintf(w, "%s: %s (%s)\n", j.File, word, cmp.Or(j.Kind, unknownKind))
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
