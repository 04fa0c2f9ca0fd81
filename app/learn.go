package app

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	"kontor/kernel/fault"
	"kontor/process/payables/learning"
)

type codingCmd struct {
	Learn learnCmd `cmd:"" help:"Learn coding from published supplier ledgers and judge, or suggest, the rows of another. Example: kontor coding learn --ledger mars.csv --judge april.csv --json"`
}

type learnCmd struct {
	JSON
	Ledger  []string `required:"" help:"Ledgers to learn from: CSV with semicolons, as cities publish them." type:"existingfile"`
	Judge   string   `help:"Ledger whose accounts the suggestions are held against." type:"existingfile"`
	Predict string   `help:"Ledger to suggest accounts for; its own accounts are not looked at. Written as CSV: row, three accounts, confidence in per mille, reason." type:"existingfile"`
}

var errNothingToJudge = fault.New(fault.Invalid, "APP-012", "Ange vad som ska prövas: --judge med facit, eller --predict utan.")

func (c learnCmd) Run(std IO) error {
	if c.Judge == "" && c.Predict == "" {
		return errNothingToJudge
	}
	m := learning.New()
	for _, file := range c.Ledger {
		rows, err := openLedger(file, std)
		if err != nil {
			return err
		}
		for _, r := range rows {
			m.Learn(r.Fact, r.Account)
		}
	}
	if c.Predict != "" {
		if err := predict(m, c.Predict, std); err != nil {
			return err
		}
	}
	if c.Judge == "" {
		return nil
	}
	rows, err := openLedger(c.Judge, std)
	if err != nil {
		return err
	}
	var ours, majority learning.Score
	common := m.Common()
	for _, r := range rows {
		var names []string
		for _, s := range m.Suggest(r.Fact, 3) {
			names = append(names, s.Answer)
		}
		if !m.Knows(r.Fact) {
			ours.Unknown++
		}
		ours.Judge(names, r.Account, common)
		majority.Judge(m.Majority(r.Fact, 3), r.Account, common)
	}
	if c.JSON.JSON {
		return line(std.Out, map[string]any{"learned": m.Lines(), "rows": ours.Rows, "unknown_suppliers": ours.Unknown, "common": common,
			"top1": part(ours.First, ours.Rows), "top3": part(ours.Three, ours.Rows), "top1_without_common": part(ours.RareOnce, ours.Rare),
			"majority_top1": part(majority.First, majority.Rows), "majority_top3": part(majority.Three, majority.Rows),
			"majority_top1_without_common": part(majority.RareOnce, majority.Rare)})
	}
	fmt.Fprintf(std.Out, "Lärde av %d rader. Prövade %d rader, varav %d från okända leverantörer.\n", m.Lines(), ours.Rows, ours.Unknown)
	for _, x := range []struct {
		name string
		s    learning.Score
	}{{"Förslagen", ours}, {"Vanligaste kontot", majority}} {
		fmt.Fprintf(std.Out, "%-18s rätt konto först %s %%, bland de tre första %s %%, utan konto %s först %s %%\n", x.name,
			percent(x.s.First, x.s.Rows), percent(x.s.Three, x.s.Rows), common, percent(x.s.RareOnce, x.s.Rare))
	}
	return nil
}

func openLedger(file string, std IO) ([]learning.Row, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, bad, err := learning.ReadOpen(bufio.NewReaderSize(f, 1<<20))
	if bad > 0 {
		fmt.Fprintf(std.Err, "%s: %d rader kunde inte läsas och hoppades över.\n", file, bad)
	}
	return rows, err
}

func predict(m *learning.Model, file string, std IO) error {
	rows, err := openLedger(file, std)
	if err != nil {
		return err
	}
	out := csv.NewWriter(std.Out)
	out.Comma = ';'
	if err := out.Write([]string{"row", "account1", "account2", "account3", "confidence", "reason"}); err != nil {
		return err
	}
	for i, r := range rows {
		rec := []string{strconv.Itoa(i + 1), "", "", "", "0", ""}
		for j, s := range m.Suggest(r.Fact, 3) {
			if rec[1+j] = s.Answer; j == 0 {
				rec[4], rec[5] = strconv.FormatInt(s.Confidence, 10), s.Why(r.Fact.Name, r.Fact.Client)
			}
		}
		if err := out.Write(rec); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// part is a share with four decimals, rounded down.
func part(of, all int64) json.Number {
	n := of * 10_000 / max(all, 1)
	return json.Number(fmt.Sprintf("%d.%04d", n/10_000, n%10_000))
}

func percent(of, all int64) string {
	n := of * 10_000 / max(all, 1)
	return fmt.Sprintf("%d,%02d", n/100, n%100)
}
