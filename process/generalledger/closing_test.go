package generalledger

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/format/sie"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/client"
)

// earn posts income, negative for cost, on a day.
func earn(t *testing.T, door *op.Door, on period.Date, amount money.Amount) {
	t.Helper()
	dbtest.Do(t, door, anna, func(o *op.Op) error {
		return ledger.Post(o, &ledger.Voucher{Client: culture, Series: "B", Date: on, Text: "Prov", Module: ModuleName, Lines: []ledger.Line{
			{Line: coding.Line{Account: "1930", Amount: amount}}, {Line: coding.Line{Account: "3130", Unit: "21100", Activity: "3100", Amount: -amount}}}})
	})
}

func closing(t *testing.T, door *op.Door, year int64) (v Order, err error) {
	t.Helper()
	err = door.Do(t.Context(), anna, func(o *op.Op) (err error) { v, err = ProposeClosing(o, culture, year); return err })
	return v, err
}

func balance(t *testing.T, door *op.Door, account string, last ledger.Period) (sum money.Amount) {
	t.Helper()
	dbtest.Do(t, door, anna, func(o *op.Op) error {
		all, err := ledger.Balances(o, culture, priorPeriod, last)
		for i := range all {
			if all[i].Account == account {
				sum += all[i].Net()
			}
		}
		return err
	})
	return sum
}

func TestTheYearIsClosed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		decideFor(t, door, "", 1) // the result is the whole client's, whatever the limit
		if _, _, err := loadFileAs(door, anna, OpeningOrder{Client: culture, Year: 2025, File: File{"ib.csv", []byte(balances)}}); err != nil {
			t.Fatal(err)
		}
		december := period.NewDate(2025, 12, 15)
		earn(t, door, december.AddDays(-200), money.Kronor(900))
		earn(t, door, december, -money.Kronor(300))
		earn(t, door, period.NewDate(2026, 2, 1), money.Kronor(50))
		if _, err := closing(t, door, 2026); !errors.Is(err, errNotOver) {
			t.Errorf("a year that goes on: %v", err)
		}
		v, err := closing(t, door, 2025)
		if err != nil || v.State != Sent {
			t.Fatalf("%s, %v", v.State, err)
		}
		if again, err := closing(t, door, 2025); err != nil || again.ID != v.ID {
			t.Errorf("while one waits another was made: %v", err)
		}
		both := anna
		both.Grants = map[op.Permission]op.Scope{MayRead: {All: true}, MayApprove: {All: true}}
		if err := take(door, both, &v, "approve", nil); !errors.Is(err, errOwn) {
			t.Errorf("who proposed approved: %v", err)
		}
		earn(t, door, december, money.Kronor(1))
		if err := take(door, bo, &v, "approve", nil); !errors.Is(err, errRefused) {
			t.Errorf("the books have changed since: %v", err)
		}
		earn(t, door, december, -money.Kronor(1))
		if err := take(door, bo, &v, "approve", nil); err != nil {
			t.Fatal(sayErr(err), err)
		}
		for account, want := range map[string][2]money.Amount{"8990": {money.Kronor(600), money.Kronor(600)}, "2090": {-money.Kronor(600), 0}, "2010": {-money.Kronor(5250), -money.Kronor(5850)}} {
			if last, first := balance(t, door, account, 202512), balance(t, door, account, 202601); last != want[0] || first != want[1] {
				t.Errorf("%s stands at %s at the end of the year and %s in January, want %s", account, last, first, want)
			}
		}
		if _, err := closing(t, door, 2025); !errors.Is(err, ErrNoResult) {
			t.Errorf("closed again: %v", err)
		}
		opened(t, door, 0)
		// What is posted in December after all is closed alone.
		earn(t, door, december, money.Kronor(7))
		opened(t, door, money.Kronor(7))
		late, err := closing(t, door, 2025)
		if err != nil || late.Lines[0].Amount != money.Kronor(7) {
			t.Fatalf("%+v, %v", late.Lines, err)
		}
		if err := take(door, bo, &late, "approve", nil); err != nil {
			t.Fatal(err)
		}
		opened(t, door, 0)
		// Taken back, the result stands where it was, in its own year.
		if err := take(door, bo, &late, "reverse", map[string]string{"reason": "Fel"}); !errors.Is(err, errOwnBack) {
			t.Errorf("who approved took it back: %v", err)
		}
		if err := take(door, anna, &late, "reverse", map[string]string{"reason": "Fel"}); err != nil {
			t.Fatal(sayErr(err), err)
		}
		opened(t, door, money.Kronor(7))
		dbtest.Do(t, door, anna, func(o *op.Op) error { return ledger.Close(o, culture, "", 202512, ledger.Hard, "Avstämd") })
		if err := take(door, anna, &v, "reverse", map[string]string{"reason": "Fel"}); err == nil {
			t.Error("a closing was taken back in another year than its own")
		}
		opened(t, door, money.Kronor(7))
		dbtest.Do(t, door, anna, func(o *op.Op) error { _, err := ledger.Verify(o); return err })
	})
}

// opened holds the opening balances of 2026, as our SIE file and hledger have
// them, to a sum.
func opened(t *testing.T, door *op.Door, want money.Amount) {
	t.Helper()
	var file, journal bytes.Buffer
	dbtest.Do(t, door, anna, func(o *op.Op) error {
		of, err := client.Get(o, culture)
		if err != nil {
			return err
		}
		for _, year := range []int64{2024, 2025, 2026} {
			if _, err := ledger.WriteJournal(o, &journal, culture, "KULT", year); err != nil {
				return err
			}
		}
		_, _, err = WriteSIE(o, &file, of, 2026)
		return err
	})
	var sum money.Amount
	for _, x := range sie.Read(file.Bytes()).Balances {
		if x.Kind == sie.Opening && x.Year == 0 {
			sum += x.Amount
		}
	}
	if sum != want {
		t.Errorf("the opening balances of the SIE file add up to %s, want %s", sum, want)
	}
	if _, err := exec.LookPath("hledger"); err != nil {
		t.Log("hledger is not installed: nobody else adds the opening balances up")
		return
	}
	path := filepath.Join(t.TempDir(), "books.journal")
	if err := os.WriteFile(path, journal.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("hledger", "-f", path, "balance", "-e", "2026-01-01", "-O", "csv", "--depth", "1", "acct:KULT:[12]")
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	theirs := strings.TrimSpace(string(out))
	theirs = theirs[strings.LastIndexByte(theirs, ',')+1:]
	got, err := money.ParseXML(strings.TrimSuffix(strings.Trim(theirs, `"`), " SEK"))
	if err != nil || got != want {
		t.Errorf("by hledger they add up to %q, want %s", out, want)
	}
}
