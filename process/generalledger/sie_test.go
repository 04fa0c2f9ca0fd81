package generalledger

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/format/sie"
	"kontor/format/verdict"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/web/webtest"
	"kontor/promise/client"
)

// feederText is a good file of type 4I with two vouchers.
const feederText = `#FLAGGA 0
#PROGRAM "Avgifter" 1.0
#FORMAT PC8
#GEN 20261125
#SIETYP 4
#FNAMN "Kulturförvaltningen"
#ORGNR 212999-1107
#DIM 20 "Verksamhet"
#DIM 7 "Anställd"
#VER LEV1 17 20261120 "Avgifter vecka 47"
{
#TRANS 1930 {} 1200.00
#TRANS 3130 {1 "21100" 20 "3100" 7 "42"} -1200.00 20261120 "Avgift"
}
#VER LEV1 18 20261121 "Avgifter"
{
#TRANS 1930 {} 200.00
#RTRANS 1930 {} 40.00
#TRANS 1930 {} 40.00
#BTRANS 3130 {1 "21100" 20 "3100"} -200.00
#TRANS 3130 {1 "21100" 20 "3100"} -240.00
}
`

func feed(door *op.Door, of op.ClientID, text string, marked bool) (l *Load, err error) {
	err = door.Do(context.Background(), anna, func(o *op.Op) (err error) {
		l, err = LoadFeeder(o, FeederOrder{Client: of, File: File{"fil.si", []byte(text)}, Marked: marked})
		return err
	})
	return l, err
}

func TestAFileFromAFeederSystem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		first, err := feed(door, culture, feederText, false)
		if err != nil || first.Vouchers != 2 || first.Debit != money.Kronor(1440) {
			t.Fatalf("%+v, %v", first, err)
		}
		dbtest.Do(t, door, anna, func(o *op.Op) error {
			all, err := ledger.OfDocument(o, culture, int64(first.ID))
			if err != nil || len(all) != 2 {
				t.Fatalf("%d vouchers, %v", len(all), err)
			}
			v := all[0]
			if v.Label() != "F 2026-1" {
				t.Errorf("trap 54: the number of the file was forced: %s", v.Label())
			}
			l := v.Lines[1]
			if l.Unit != "21100" || l.Activity != "3100" || !strings.Contains(l.Line.Text, "Anställd 42") {
				t.Errorf("trap 54: objects are lost: %+v", l)
			}
			if n := len(all[1].Lines); n != 3 {
				t.Errorf("trap 54: rows of history were counted: %d lines", n)
			}
			return nil
		})
		count := func() (n int64) {
			dbtest.Do(t, door, anna, func(o *op.Op) error {
				v, err := ledger.Verify(o)
				n = v.Vouchers
				return err
			})
			return n
		}
		t.Run("trap 13: the same file again", func(t *testing.T) {
			l, err := feed(door, culture, feederText, false)
			if err != nil || l.ID != first.ID || count() != 2 {
				t.Errorf("%+v, %v, %d vouchers", l, err, count())
			}
		})
		t.Run("trap 13: the same vouchers in another file", func(t *testing.T) {
			l, err := feed(door, culture, feederText+"\n", false)
			if err != nil || l.Already != 2 || l.Vouchers != 0 || count() != 2 {
				t.Errorf("%+v, %v", l, err)
			}
		})
		t.Run("trap 13: a voucher with other content under a known number", func(t *testing.T) {
			_, err := feed(door, culture, strings.ReplaceAll(feederText, "1200.00", "1300.00"), false)
			if !errors.Is(err, ErrFeederChanged) || count() != 2 {
				t.Errorf("%v", err)
			}
		})
		t.Run("taken back, it can be loaded again", func(t *testing.T) {
			err := door.Do(context.Background(), bo, func(o *op.Op) error {
				_, err := Loads.Take(o, first.ID, "undo", 0, map[string]string{"reason": "Fel kund"})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			l, err := feed(door, culture, feederText, false)
			if err != nil || l.Vouchers != 2 || count() != 6 {
				t.Errorf("%+v, %v, %d vouchers", l, err, count())
			}
		})
	})
}

func TestFilesThatAreNotLoaded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		change := func(old, new string) string { return strings.Replace(feederText, old, new, 1) }
		for _, c := range []struct {
			name, file string
			want       error
		}{
			{"a voucher that does not balance", change("1200.00", "1200.01"), ErrFeederFile},
			{"another client's file", change("212999-1107", "212999-1115"), ErrFeederOwner},
			{"trap 13: marked as imported", change("#FLAGGA 0", "#FLAGGA 1"), ErrFeederFlag},
			{"a code that nobody knows", change(`1 "21100"`, `1 "99999"`), ErrFeederCodes},
			{"trap 52: a control account", strings.ReplaceAll(feederText, "#TRANS 1930", "#TRANS 2511"), ledger.ErrControl},
			{"trap 54: a checksum that is wrong", change("#PROGRAM", "#KSUMMA\n#PROGRAM") + "#KSUMMA 1\n", ErrFeederFile},
			{"trap 54: a checksum that never comes", change("#PROGRAM", "#KSUMMA\n#PROGRAM"), ErrFeederFile},
			{"a file of balances", change("#SIETYP 4", "#SIETYP 4\n#RAR 0 20260101 20261231\n#IB 0 1930 0.00"), ErrFeederType},
			{"no SIE at all", "hej\n", ErrFeederFile},
		} {
			if l, err := feed(door, culture, c.file, false); !errors.Is(err, c.want) {
				t.Errorf("%s: %+v, %v, want %v", c.name, l, err, c.want)
			}
		}
		if l, err := feed(door, culture, change("#FLAGGA 0", "#FLAGGA 1"), true); err != nil || l.Vouchers != 2 {
			t.Errorf("a marked file that somebody has confirmed: %+v, %v", l, err)
		}
		dbtest.Do(t, door, anna, func(o *op.Op) error { return ledger.Close(o, sports, "", 202611, ledger.Soft, "Avstämd") })
		other := strings.NewReplacer("212999-1107", "212999-1115", "21100", "22100").Replace(feederText)
		if _, err := feed(door, sports, other, false); !errors.Is(err, ledger.ErrClosed) {
			t.Errorf("trap 53: a closed period: %v", err)
		}
	})
}

// What is written out and read again has the same balances, and a year closes as
// the next one opens.
func TestAYearAsSIE(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		if _, _, err := loadFileAs(door, anna, OpeningOrder{Client: culture, Year: 2026, File: File{"ib.csv", []byte(balances)}}); err != nil {
			t.Fatal(err)
		}
		if _, err := feed(door, culture, feederText, false); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		var of client.Client
		dbtest.Do(t, door, anna, func(o *op.Op) (err error) {
			if of, err = client.Get(o, culture); err != nil {
				return err
			}
			n, lost, err := WriteSIE(o, &b, of, 2026)
			if n != 2 || lost.N != 0 {
				t.Errorf("%d vouchers, lost %+v", n, lost)
			}
			return err
		})
		doc := sie.Read(b.Bytes())
		if v := doc.Verdict(); v.Level != verdict.Accept || doc.Type != sie.Type4E || !doc.Summed {
			t.Fatalf("%s: %q", v.Level, v.Reasons)
		}
		if doc.Company.Organisation != "212999-1107" || doc.Encoding.String() == "" {
			t.Errorf("%+v", doc.Company)
		}
		got := map[string]money.Amount{}
		for _, x := range doc.Balances {
			if len(x.Objects) == 0 && x.Year == 0 {
				got[x.Kind.String()+" "+x.Account] = x.Amount
			}
		}
		for key, want := range map[string]money.Amount{
			"IB 1930": money.Kronor(5000), "UB 1930": money.Kronor(6440), "IB 1750": money.Kronor(250), "RES 3130": -money.Kronor(1440), "UB 2010": -money.Kronor(5250),
		} {
			if got[key] != want {
				t.Errorf("%s is %s, want %s", key, got[key], want)
			}
		}
		// Our own file opens another client's year the same way.
		dbtest.Do(t, door, anna, func(o *op.Op) error {
			all, err := sieOpening(b.Bytes(), 2026)
			if err != nil {
				return err
			}
			books, err := ledger.Positions(o, culture, priorPeriod, 202512)
			if diff := Differences(all, books); len(diff) != 0 {
				t.Errorf("%+v", diff)
			}
			return err
		})
		if _, err := sieOpening(b.Bytes(), 2019); !errors.Is(err, ErrFeederFile) {
			t.Errorf("a year that is not in the file: %v", err)
		}
	})
}

func TestAMovedVoucherSaysWhenItWasDated(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		dbtest.Do(t, door, anna, func(o *op.Op) error {
			if err := ledger.Close(o, culture, "", 202610, ledger.Soft, "Avstämd"); err != nil {
				return err
			}
			v := &ledger.Voucher{Client: culture, Series: "B", Date: period.NewDate(2026, 10, 30), Text: "Sen", Module: ModuleName, Lines: []ledger.Line{
				{Line: coding.Line{Account: "1930", Amount: 1}}, {Line: coding.Line{Account: "2010", Amount: -1}}}}
			if err := ledger.Post(o, v); err != nil {
				return err
			}
			of, err := client.Get(o, culture)
			if err != nil {
				return err
			}
			var b bytes.Buffer
			if _, _, err := WriteSIE(o, &b, of, 2026); err != nil {
				return err
			}
			x := sie.Read(b.Bytes()).Vouchers[0]
			if x.Date != period.NewDate(2026, 11, 1) || !strings.Contains(x.Text, "2026-10-30") {
				t.Errorf("%+v", x)
			}
			return nil
		})
	})
}

// What the file cannot hold is told before anybody fetches it, and all the money
// is in it all the same.
func TestTextsThatSIECannotHoldAreTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		const words = "Kurs i Łódź, 12 €"
		dbtest.Do(t, door, anna, func(o *op.Op) error {
			return ledger.Post(o, &ledger.Voucher{Client: culture, Series: "B", Date: period.NewDate(2026, 10, 30), Text: words, Module: ModuleName, Lines: []ledger.Line{
				{Line: coding.Line{Account: "1930", Amount: 1}}, {Line: coding.Line{Account: "2010", Amount: -1}}}})
		})
		at := "/bokforing/export/" + culture.String() + "/2026?format=sie"
		a, body, err := visit(t, door, anna, at, nil)
		if err != nil || a.File != nil {
			t.Fatalf("a file of %d bytes came without a word: %v", len(a.File), err)
		}
		webtest.Says(t, body, words, "1 text kan inte", at+"&amp;anyway=1")
		a, _, err = visit(t, door, anna, at+"&anyway=1", nil)
		if err != nil {
			t.Fatal(err)
		}
		if doc := sie.Read(a.File); len(doc.Vouchers) != 1 || doc.Vouchers[0].Text != "Kurs i Lódz, 12 EUR" || doc.Vouchers[0].Postings[0].Amount != 1 {
			t.Errorf("%+v", doc.Vouchers)
		}
	})
}
