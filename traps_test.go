package kontor

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kontor/kernel/golden"
)

// traps are wrong behaviours that programs like this one have been seen to have,
// by number. A test that holds one names it in its comment or its name: "trap 18".
var traps = []string{
	"", "amounts as floating numbers", "öre that overflow", "a tolerance when a voucher is balanced", "a distribution that loses an öre", "halves of negative amounts",
	"VAT of gross amounts by line", "one person under two numbers", "bankgiro and plusgiro with equal digits", "account checks that block genuine accounts", "the length digit of OCR numbers",
	"OCR numbers used again", "duplicates written otherwise", "the same file imported twice", "one payment in two kinds of file", "running numbers that are not unique",
	"the first of several accounts", "an account changed by the invoice itself", "credit notes in payment files", "bankgiro paid from an IBAN", "a file made again that differs",
	"control sums of unrounded amounts", "rejections of a part", "paid when the file is made", "execution on days when no money moves", "F-tax looked at once",
	"what has changed since it was proposed", "paying from a reminder", "one person in two roles", "authority read later than it was used", "limits by line",
	"changes after approval", "credit notes without approval", "fees without ground", "interest over a change of rate", "reminders while a payment waits to be placed",
	"claims that must not be reminded of", "limitation by kind of claim", "direct debit statuses misread", "overpayment on somebody else's invoice", "corrections back in time at today's rate",
	"VAT by the day of the invoice", "outside VAT mixed with VAT", "reverse charge on one side", "deductible VAT by account", "VAT some öre off",
	"the sign of a credit note", "national rules for foreign sellers", "encodings that lie", "numbers with gaps", "reversals without a link",
	"balance in total but not by client", "journals on control accounts", "locks on the screen alone", "SIE files that lie", "one side of an internal charge",
	"opening balances loaded twice", "depreciation run twice", "closed codes that stop reversals", "price lists changed within the year", "seals of payment files", "statements read twice",
}

// untouched are the traps of what Kontor does not do yet, and what that is.
var untouched = map[int]string{
	11: "customer invoices", 14: "incoming payments", 15: "incoming payments", 35: "customer invoices", 36: "customer invoices", 37: "customer invoices", 38: "direct debit",
	39: "incoming payments", 40: "customer invoices", 44: "compensation for municipal VAT", 57: "fixed assets", 60: "seals of payment files",
}

var trapWords = regexp.MustCompile(`(?i)traps? ?([0-9]+(?:(?:, | and |and)[0-9]+)*)`)

// Every trap is held by a test that names it, or concerns what is not there yet;
// docs/traps.md says which.
func TestEveryTrapIsHeldOrNotTouched(t *testing.T) {
	held := map[int]map[string]bool{}
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && p != ".") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(p, "_test.go") || !strings.Contains(p, "/") {
			return nil
		}
		src, err := os.ReadFile(p)
		for _, m := range trapWords.FindAllSubmatch(src, -1) {
			for _, digits := range regexp.MustCompile(`[0-9]+`).FindAllString(string(m[1]), -1) {
				n, _ := strconv.Atoi(digits)
				if held[n] == nil {
					held[n] = map[string]bool{}
				}
				held[n][filepath.ToSlash(filepath.Dir(p))] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	b.WriteString("# Traps\n\nWrong behaviours that programs like this one have been seen to have, and where a test holds Kontor to the right one.\nMade from the tests by `go test -update .`\n\n| | trap | held by tests in |\n| ---: | --- | --- |\n")
	for n, words := range traps {
		if n == 0 {
			continue
		}
		where, later := strings.Join(slices.Sorted(maps.Keys(held[n])), ", "), untouched[n]
		switch {
		case where == "" && later == "":
			t.Errorf("trap %d, %s: no test names it", n, words)
		case where != "" && later != "":
			t.Errorf("trap %d, %s: a test names it in %s, and it is said not to be touched yet", n, words, where)
		case later != "":
			where = "*not touched yet: " + later + "*"
		}
		fmt.Fprintf(&b, "| %d | %s | %s |\n", n, words, where)
	}
	for n := range held {
		if n < 1 || n >= len(traps) {
			t.Errorf("a test names trap %d, which there is none of", n)
		}
	}
	const path = "docs/traps.md"
	if *golden.Update {
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// A package that names another trap is told at the next update; one that the
	// page names and that no longer holds its trap is an error.
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(string(have), "\n")
	for n := 1; n < len(traps); n++ {
		i := slices.IndexFunc(rows, func(row string) bool { return strings.HasPrefix(row, fmt.Sprintf("| %d | %s | ", n, traps[n])) })
		if i < 0 {
			t.Errorf("%s lacks trap %d: go test -update .", path, n)
			continue
		}
		where := strings.TrimSuffix(rows[i][strings.LastIndex(rows[i], " | ")+3:], " |")
		for _, dir := range strings.Split(where, ", ") {
			if !held[n][dir] && where != "*not touched yet: "+untouched[n]+"*" {
				t.Errorf("%s says that %s holds trap %d, and no test there names it: go test -update .", path, dir, n)
			}
		}
	}
}
