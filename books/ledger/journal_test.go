package ledger

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// exportFile writes all years of a client to a file for hledger.
func exportFile(t testing.TB, o *op.Op, client op.ClientID, code string) string {
	t.Helper()
	var b bytes.Buffer
	years, err := Years(o, client)
	if err != nil {
		t.Fatal(err)
	}
	for _, y := range years {
		if _, err := WriteJournal(o, &b, client, code, y); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), code+".journal")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// recomputed is every balance as hledger, a program that is not ours, makes it
// of the export.
func recomputed(t testing.TB, path string, args ...string) map[string]money.Amount {
	t.Helper()
	if _, err := exec.LookPath("hledger"); err != nil {
		t.Skip("hledger is not installed: nobody else recomputes the balances")
	}
	cmd := exec.Command("hledger", append([]string{"-f", path, "balance", "--flat", "--no-total", "-O", "csv"}, args...)...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	var wrong bytes.Buffer
	cmd.Stderr = &wrong
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, wrong.String())
	}
	rows, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]money.Amount{}
	for _, r := range rows[1:] {
		a, err := money.ParseXML(strings.TrimSuffix(strings.TrimSuffix(r[1], " SEK"), "SEK"))
		if err != nil {
			t.Fatalf("%v: %v", r, err)
		}
		all[r[0]] = a
	}
	return all
}

// agree holds hledger's balances of a span of periods against ours.
func agree(t testing.TB, o *op.Op, path, code string, client op.ClientID, first, last Period) int {
	t.Helper()
	theirs := recomputed(t, path, "-b", first.Month().First().String(), "-e", last.Month().Last().AddDays(1).String())
	ours, err := Positions(o, client, first, last)
	if err != nil {
		t.Fatal(err)
	}
	for i := range ours {
		l := ours[i].Line()
		name := code + string(appendAccount(nil, &l))
		if theirs[name] != ours[i].Amount {
			t.Errorf("%s is %s, and %s by hledger", name, ours[i].Amount, theirs[name])
		}
		delete(theirs, name)
	}
	for name, a := range theirs {
		if a != 0 {
			t.Errorf("hledger has %s on %s", a, name)
		}
	}
	return len(ours)
}

func TestAnotherProgramComesToTheSameBalances(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		for n := range int64(40) {
			v := invoice(culture, n+1)
			v.Date = period.NewDate(2025, 12, 1).AddDays(int(n * 9))
			post(t, d, v)
		}
		dbtest.Do(t, d, anna, func(o *op.Op) error { return Close(o, culture, "", 202611, Hard, "Avstämd") })
		late := invoice(culture, 90) // dated in a closed period, stands in December
		late.Text = "Svårt; [2026-01-01] date:nonsense | (x)\n\ttab"
		late.Lines[0].Line.Text = "date:2026-01-99, [2026-02-30] och; mer"
		late.Lines[0].Counterpart = "880"
		post(t, d, late)
		dbtest.Do(t, d, bo, func(o *op.Op) error {
			if _, err := Reverse(o, culture, late.ID, late.Date.AddDays(30), "Fel"); err != nil {
				return err
			}
			path := exportFile(t, o, culture, "KULT")
			for _, span := range [][2]Period{{202501, 202712}, {202611, 202611}, {202612, 202612}, {202512, 202603}} {
				agree(t, o, path, "KULT", culture, span[0], span[1])
			}
			return nil
		})
	})
}

func TestMergeAddsWhatHasTheSameCode(t *testing.T) {
	all, sum, err := Merge([]Position{{Account: "2", Amount: 3}, {Account: "1", Unit: "4", Amount: 1}, {Account: "2", Amount: -1}, {Account: "1", Amount: 5}})
	if err != nil || sum != 8 || fmt.Sprint(all) != fmt.Sprint([]Position{{Account: "1", Amount: 5}, {Account: "1", Unit: "4", Amount: 1}, {Account: "2", Amount: 2}}) {
		t.Errorf("%v, %s, %v", all, sum, err)
	}
	if _, _, err := Merge([]Position{{Amount: 1 << 62}, {Account: "1", Amount: 1 << 62}}); err == nil || !slices.Contains([]string{"MNY-001"}, code(err)) {
		t.Errorf("trap 2: %v", err)
	}
}

func code(err error) string {
	s, _, _ := strings.Cut(err.Error(), " ")
	return s
}
