package app

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/term"

	"kontor/format/camt"
	"kontor/format/einvoice"
	"kontor/format/pain"
	"kontor/format/response"
	"kontor/format/scanindex"
	"kontor/format/sie"
	"kontor/format/ubl"
	"kontor/format/verdict"
	"kontor/format/xmlscan"
)

type fileCmd struct {
	Check fileCheckCmd `cmd:"" help:"Judge files of any format that Kontor reads. Example: kontor file check --json bokslut.se inbox/"`
}

type fileCheckCmd struct {
	JSON
	Quiet bool     `short:"q" help:"Say nothing of files that are accepted."`
	Files []string `arg:"" name:"file" help:"Files, folders with everything in them, and - for what is piped in."`
}

// Help is what --help adds.
func (fileCheckCmd) Help() string {
	var kinds []string
	for _, f := range formats {
		if f.title != "" {
			kinds = append(kinds, "  "+f.title)
		}
	}
	return `Nothing is imported. What a file is, is seen from what is in it, never from its name:

` + strings.Join(kinds, "\n") + `

Examples:

  kontor file check januari.se                what is odd about a SIE file, line by line
  kontor file check --json inbox/ | jq -r 'select(.verdict=="reject") | .file'
  kontor file check -q inbox/                 only the files that somebody must look at

With --json there is one JSON object a line, in the order given: "file", "kind", "verdict" ("accept", "warn" or "reject"), "reasons", "counts" and "sums". A file that cannot be read has its line too.

` + exits
}

// format is one format that files are checked in.
type format struct {
	name   string
	title  string // for people, in English, on --help
	sniff  func(b []byte) bool
	check  func(b []byte) verdict.Verdict
	stream func(r io.ReadSeeker) verdict.Verdict // check, piece by piece; nil when the format must be held whole
}

// formats is every format that Kontor reads. The first that knows a file by its
// content has it.
var formats = []format{
	{"sie", "SIE 1-4, 4E and 4I (accounts, balances, vouchers)", sie.Sniff, sie.Check, sie.CheckStream},
	{"camt", "ISO 20022 camt.052, camt.053 and camt.054 (what the bank says of an account)", camt.Sniff, camt.Check, nil},
	{"pain.001", "ISO 20022 pain.001 (payments to the bank)", pain.Sniff, pain.Check, nil},
	{"pain.002", "ISO 20022 pain.002 (the bank's answers)", pain.SniffAnswer, pain.CheckAnswer, nil},
	{"iso20022", "", pain.SniffOther, pain.CheckOther, nil},
	{"invoice-response", "Peppol Invoice Response (a buyer's answer about an invoice)", response.Sniff, response.Check, nil},
	{"scan-index", "Index files of scanned paper invoices (CSV or XML)", scanindex.Sniff, scanindex.Check, nil},
	{"einvoice", "e-invoices: Peppol BIS Billing 3 and other UBL, CII, Svefaktura 1.0, also in envelopes", einvoice.Sniff, einvoice.Check, nil},
}

// refused is the verdict on a file that could not be read.
func refused(err error) verdict.Verdict {
	v := verdict.Verdict{}
	v.Remark(verdict.Reject, "%s", unreadable(err))
	return v
}

// checkBytes judges a file by its content.
func checkBytes(b []byte) verdict.Verdict {
	for _, f := range formats {
		if f.sniff(b) {
			return f.check(b)
		}
	}
	v := verdict.Verdict{}
	if other := xmlscan.OtherKind(b); other != "" {
		v.Remark(verdict.Reject, "%s", other)
		return v
	}
	if kind, root := ubl.Sniff(b); kind == ubl.Other {
		v.Kind = kind.Code()
		v.Remark(verdict.Reject, "Filen är XML av ett slag som Kontor inte läser: dess första element är %q.", root)
		return v
	}
	var at *xmlscan.Error
	if _, err := einvoice.Read(b); errors.As(err, &at) && at.Code != xmlscan.NotXML {
		return refused(err) // what might have been XML says itself why it is not
	}
	v.Remark(verdict.Reject, "Filen är av ett slag som Kontor inte känner igen. Med --help visas de format som läses.")
	return v
}

// headSize is how much of a file tells whether it can be read piece by piece.
const headSize = 64 << 10

// checkFile judges one file, or what is piped in. Only a file of a format that
// can be read piece by piece may be larger than inputMost.
func checkFile(path string, stdin io.Reader) verdict.Verdict {
	if path != standardInput {
		if v, judged, err := checkStream(path); err != nil {
			return refused(err)
		} else if judged {
			return v
		}
	}
	b, err := readInput(path, stdin, inputMost)
	if err != nil {
		return refused(err)
	}
	return checkBytes(b)
}

// checkStream judges a large file piece by piece, where its format allows it.
func checkStream(path string) (v verdict.Verdict, judged bool, err error) {
	f, err := os.Open(path)
	if err != nil {
		return v, false, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() < headSize {
		return v, false, err
	}
	head := make([]byte, headSize)
	if _, err := io.ReadFull(f, head); err != nil {
		return v, false, err
	}
	for _, x := range formats {
		if x.stream == nil || !x.sniff(head) {
			continue
		}
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return v, false, err
		}
		return x.stream(f), true, nil
	}
	return v, false, nil
}

// Run judges every file, in the order given.
func (c fileCheckCmd) Run(ctx context.Context, std IO) error {
	var paths []string
	all := func(string) bool { return true }
	if err := eachFile(c.Files, all, func(path string) error { paths = append(paths, path); return nil }); err != nil {
		return err
	}
	out := bufio.NewWriter(std.Out)
	defer out.Flush()
	bar := newBar(std.Err, !isTerminal(std.Err))
	shared := isTerminal(std.Out)
	began, rejected := time.Now(), 0
	for k, path := range paths {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		v := checkFile(path, std.In)
		if v.Level == verdict.Reject {
			rejected++
		}
		if !c.Quiet || v.Level != verdict.Accept {
			if shared {
				bar.clear()
			}
			if err := c.tell(out, path, v); err != nil {
				return err
			}
			if shared {
				out.Flush()
			}
		}
		done, spent := int64(k+1), time.Since(began)
		left := time.Duration(int64(spent) / done * int64(len(paths)-k-1))
		bar.show(done, int64(len(paths)), done*1000/max(1, spent.Milliseconds()), left)
	}
	bar.done()
	if rejected > 0 {
		return errStatus(1)
	}
	return nil
}

// unknownKind is what a file is called whose kind cannot be seen.
const unknownKind = "okänt format"

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

func (c fileCheckCmd) tell(w io.Writer, path string, v verdict.Verdict) error {
	if c.JSON.JSON {
		return line(w, said{path, v.Kind, v.Level.String(), v.Reasons, v.Counts, v.Sums})
	}
	word := [...]string{"godkänd", "godkänd med anmärkning", "underkänd"}[v.Level]
	fmt.Fprintf(w, "%s: %s (%s)\n", path, word, cmp.Or(v.Kind, unknownKind))
	for _, r := range v.Reasons {
		fmt.Fprintf(w, "  %s\n", r)
	}
	var facts []string
	for _, k := range slices.Sorted(maps.Keys(v.Counts)) {
		if n := v.Counts[k]; n != 0 {
			facts = append(facts, fmt.Sprintf("%s %d", k, n))
		}
	}
	for _, k := range slices.Sorted(maps.Keys(v.Sums)) {
		facts = append(facts, k+" "+v.Sums[k])
	}
	if len(facts) > 0 {
		fmt.Fprintf(w, "  %s\n", strings.Join(facts, ", "))
	}
	return nil
}

// said is the verdict on one file, for programs.
type said struct {
	File    string            `json:"file"`
	Kind    string            `json:"kind"`
	Verdict string            `json:"verdict"`
	Reasons []string          `json:"reasons"`
	Counts  map[string]int64  `json:"counts"`
	Sums    map[string]string `json:"sums"`
}

// MarshalJSON writes what there is none of as empty, never as null.
func (s said) MarshalJSON() ([]byte, error) {
	type plain said
	if s.Reasons == nil {
		s.Reasons = []string{}
	}
	if s.Counts == nil {
		s.Counts = map[string]int64{}
	}
	if s.Sums == nil {
		s.Sums = map[string]string{}
	}
	return json.Marshal(plain(s))
}
