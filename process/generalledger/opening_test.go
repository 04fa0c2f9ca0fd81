package generalledger

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

func TestReadOpening(t *testing.T) {
	for _, c := range []struct {
		name, file string
		want       string
		err        error
	}{
		{"as a spreadsheet saves it", "\ufeffKonto;Ansvar;Belopp\r\n1930;;1 000,50\r\n2010;;-1000,50\r\n", "[{1930      1 000,50} {2010      −1 000,50}]", nil},
		{"with commas and other columns", "konto,namn,belopp\n1930,\"Bank, kassa\",10.00\n2010,Eget,-10.00\n", "[{1930      10,00} {2010      −10,00}]", nil},
		{"the same code twice", "konto\tbelopp\n1930\t1\n1930\t2\n2010\t-3\n", "[{1930      3,00} {2010      −3,00}]", nil},
		{"empty lines", "konto;belopp\n\n1930;1\n;\n2010;-1\n", "[{1930      1,00} {2010      −1,00}]", nil},
		{"trap 3: a sum of one öre", "konto;belopp\n1930;0,01\n", "", ErrOpeningSum},
		{"no account", "konto;belopp\n;1\n", "", ErrOpeningFile},
		{"no amount", "konto;belopp\n1930;\n", "", ErrOpeningFile},
		{"words for amounts", "konto;belopp\n1930;tio\n", "", ErrOpeningFile},
		{"no headings", "1930;1\n2010;-1\n", "", ErrOpeningFile},
		{"nothing", "", "", ErrOpeningFile},
		{"another encoding", "konto;bel\xf6pp\n", "", ErrOpeningFile},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ReadOpening([]byte(c.file))
			if !errors.Is(err, c.err) {
				t.Fatalf("%v, want %v", err, c.err)
			}
			if have := fmt.Sprint(got); c.err == nil && normal(have) != normal(c.want) {
				t.Errorf("%s, want %s", have, c.want)
			}
		})
	}
}

func normal(s string) string {
	b := []rune{}
	for _, r := range s {
		if r == '\u00a0' {
			r = ' '
		}
		b = append(b, r)
	}
	return string(b)
}

func FuzzReadOpening(f *testing.F) {
	f.Add([]byte("konto;belopp\n1930;1\n2010;-1\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		all, err := ReadOpening(b)
		var sum money.Amount
		for _, p := range all {
			sum += p.Amount
		}
		if err == nil && sum != 0 {
			t.Errorf("the sum is %s", sum)
		}
	})
}

// What differs, added to the books, is the file.
func TestDifferencesAreWhatIsMissing(t *testing.T) {
	draw := func(t *rapid.T, name string) []Position {
		var all []Position
		for range rapid.IntRange(0, 6).Draw(t, name) {
			all = append(all, Position{Account: rapid.SampledFrom([]string{"1930", "2010", "1750"}).Draw(t, "account"),
				Counterpart: rapid.SampledFrom([]string{"", "101"}).Draw(t, "counterpart"), Amount: money.Amount(rapid.Int64Range(-5, 5).Draw(t, "amount"))})
		}
		all, _, err := ledger.Merge(all)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	rapid.Check(t, func(t *rapid.T) {
		file, books := draw(t, "file"), draw(t, "books")
		sum := map[Position]money.Amount{}
		add := func(p Position, sign money.Amount) {
			a := p.Amount * sign
			p.Amount = 0
			sum[p] += a
		}
		for _, p := range books {
			add(p, 1)
		}
		for _, d := range Differences(file, books) {
			if d.Amount == 0 || d.Amount != d.File-d.Books {
				t.Fatalf("%+v", d)
			}
			add(d.Position, 1)
		}
		for _, p := range file {
			add(p, -1)
		}
		for p, a := range sum {
			if a != 0 {
				t.Fatalf("%+v is off by %s", p, a)
			}
		}
	})
}

const balances = "konto;motpart;belopp\n1930;;5000,00\n1750;102;250,00\n2010;;-5250,00\n"

func loadFileAs(door *op.Door, a op.Actor, in OpeningOrder) (l *Load, diff []Difference, err error) {
	err = door.Do(context.Background(), a, func(o *op.Op) (err error) {
		l, diff, err = LoadOpening(o, in)
		return err
	})
	return l, diff, err
}

func opening(t *testing.T, door *op.Door) map[string]money.Amount {
	t.Helper()
	all := map[string]money.Amount{}
	dbtest.Do(t, door, anna, func(o *op.Op) error {
		rows, err := ledger.TrialBalance(o, culture, 202601, 202601, "")
		for _, r := range rows {
			all[r.Account] = r.Opening
		}
		return err
	})
	return all
}

func TestOpeningBalances(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		in := OpeningOrder{Client: culture, Year: 2026, File: File{"ib.csv", []byte(balances)}}
		l, _, err := loadFileAs(door, anna, in)
		if err != nil || l.Vouchers != 1 {
			t.Fatalf("%+v, %v", l, err)
		}
		if got := opening(t, door); got["1930"] != money.Kronor(5000) || got["2010"] != -money.Kronor(5250) {
			t.Fatalf("%v", got)
		}
		t.Run("trap 56: loaded twice, nothing is doubled", func(t *testing.T) {
			l, _, err := loadFileAs(door, anna, in)
			if err != nil || l.Vouchers != 0 {
				t.Fatalf("%+v, %v", l, err)
			}
			if got := opening(t, door); got["1930"] != money.Kronor(5000) {
				t.Errorf("%v", got)
			}
		})
		t.Run("trap 56: a late change posts the difference alone, and says so", func(t *testing.T) {
			late := in
			late.File.Content = []byte("konto;motpart;belopp\n1930;;4900,00\n1750;102;350,00\n2010;;-5250,00\n")
			l, diff, err := loadFileAs(door, anna, late)
			if err != nil || len(diff) != 2 || l.Debit != money.Kronor(100) {
				t.Fatalf("%+v, %v, %v", l, diff, err)
			}
			if got := opening(t, door); got["1930"] != money.Kronor(4900) || got["1750"] != money.Kronor(350) {
				t.Errorf("%v", got)
			}
			dbtest.Do(t, door, anna, func(o *op.Op) error {
				all, err := ledger.OfDocument(o, culture, int64(l.ID))
				if len(all) != 1 || len(all[0].Lines) != 2 || all[0].Lines[1].Line.Text == "" {
					t.Errorf("%+v", all)
				}
				return err
			})
		})
		t.Run("taken back by another person", func(t *testing.T) {
			undo := func(a op.Actor) error {
				return door.Do(context.Background(), a, func(o *op.Op) error {
					_, err := Loads.Take(o, l.ID, "undo", 0, map[string]string{"reason": "Fel fil"})
					return err
				})
			}
			if err := undo(anna); !errors.Is(err, errOwnLoad) {
				t.Fatalf("%v", err)
			}
			if err := undo(bo); err != nil {
				t.Fatal(err)
			}
			if got := opening(t, door); got["1930"] != -money.Kronor(100) {
				t.Errorf("%v", got)
			}
		})
	})
}

func TestOpeningBalancesThatCannotBeRight(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		for _, c := range []struct {
			name, file, interim string
			want                error
		}{
			{"an income account", "konto;belopp\n3610;1\n1930;-1\n", "", ErrOpeningKind},
			{"trap 52: a control account without interim account", "konto;belopp\n2511;-1\n1930;1\n", "", ErrOpeningControl},
			{"trap 52: a control account with one", "konto;belopp\n2511;-1\n1930;1\n", "1990", nil},
			{"an account that nobody knows", "konto;belopp\n9999;-1\n1930;1\n", "1990", ledger.ErrAccount},
		} {
			_, _, err := loadFileAs(door, anna, OpeningOrder{Client: sports, Year: 2026, File: File{"ib.csv", []byte(c.file)}, Interim: c.interim})
			if !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", c.name, err, c.want)
			}
		}
		if _, _, err := loadFileAs(door, bo, OpeningOrder{Client: sports, Year: 2026, File: File{"ib.csv", []byte(balances)}}); err == nil {
			t.Error("somebody without the permission loaded balances")
		}
		t.Run("trap 53: the last period of the year before is closed", func(t *testing.T) {
			dbtest.Do(t, door, anna, func(o *op.Op) error { return ledger.Close(o, harbour, "", 202512, ledger.Hard, "Bokslut") })
			_, _, err := loadFileAs(door, anna, OpeningOrder{Client: harbour, Year: 2026, File: File{"ib.csv", []byte("konto;belopp\n1930;1\n2010;-1\n")}})
			if !errors.Is(err, ledger.ErrClosed) {
				t.Errorf("%v", err)
			}
		})
	})
}

func TestTheYearBeforeIsInTheBooks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		post := func(lines ...coding.Line) {
			dbtest.Do(t, door, anna, func(o *op.Op) error {
				v := &ledger.Voucher{Client: culture, Series: "B", Date: period.NewDate(2025, 6, 1), Text: "Händelse", Module: ModuleName}
				for _, l := range lines {
					v.Lines = append(v.Lines, ledger.Line{Line: l})
				}
				return ledger.Post(o, v)
			})
		}
		post(coding.Line{Account: "1930", Amount: 100}, coding.Line{Account: "3610", Unit: "21100", Amount: -100})
		in := OpeningOrder{Client: culture, Year: 2026, File: File{"ib.csv", []byte("konto;belopp\n1930;3,00\n2010;-3,00\n")}}
		if _, _, err := loadFileAs(door, anna, in); !errors.Is(err, ErrOpeningResult) {
			t.Fatalf("the result is not in equity: %v", err)
		}
		post(coding.Line{Account: "3610", Unit: "21100", Amount: 100}, coding.Line{Account: "2010", Amount: -100})
		_, diff, err := loadFileAs(door, anna, in)
		if !errors.Is(err, ErrOpeningBooks) || len(diff) != 2 || diff[0].File != 300 || diff[0].Books != 100 || diff[0].Amount != 200 {
			t.Fatalf("%+v, %v", diff, err)
		}
		in.Why = "Rättad av revisorn"
		if l, _, err := loadFileAs(door, anna, in); err != nil || l.Debit != 200 {
			t.Fatalf("%+v, %v", l, err)
		}
	})
}
