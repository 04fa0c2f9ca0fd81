package generalledger

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/promise/approval"
	"kontor/promise/client"
)

const (
	culture op.ClientID = 101
	sports  op.ClientID = 102
	harbour op.ClientID = 103 // a company
)

var (
	start    = period.NewDate(2020, 1, 1)
	today    = period.NewDate(2026, 11, 25)
	anna     = dbtest.Actor("Anna Berg", MayRead, MayWrite, MayLoad, MayReverse, MayPublish, "ledger.read", "ledger.lock")
	bo       = dbtest.Actor("Bo Lind", MayRead, MayApprove, MayReverse)
	system   = op.Actor{ID: 1, Name: "Kontor", Kind: op.System, Language: "sv"}
	allUnits = []string{"21100", "22100", "23100"}
)

// city installs the chart and three clients with a unit each.
func city(t testing.TB, door *op.Door) {
	t.Helper()
	dbtest.Do(t, door, system, func(o *op.Op) error {
		if err := coding.Install(o); err != nil {
			return err
		}
		if err := install(o); err != nil {
			return err
		}
		var values []coding.Value
		for i, c := range []op.ClientID{culture, sports, harbour} {
			kind := client.Administration
			if c == harbour {
				kind = client.Company
			}
			code := []string{"KULT", "IDR", "HAMN"}[i]
			if err := client.Add(o, &client.Client{ID: c, Code: code, Name: []string{"Kulturförvaltningen", "Idrottsförvaltningen", "Hamnen AB"}[i],
				Kind: kind, Org: []string{"162129991107", "162129991115", "165599991117"}[i], Active: true}); err != nil {
				return err
			}
			values = append(values, coding.Value{Owner: c, Segment: coding.Unit, Code: allUnits[i], Name: code, ValidFrom: start})
			counterpart := []string{"101", "102", "501"}[i]
			values = append(values, coding.Value{Segment: coding.Counterpart, Code: counterpart, Name: code, ValidFrom: start})
			if err := SetPosting(o, c, UseCounterpart, counterpart, start); err != nil {
				return err
			}
		}
		_, err := coding.Put(o, values...)
		return err
	})
}

// decide gives culture a register in which Bo may approve up to a limit.
func decide(t testing.TB, door *op.Door, most money.Amount) {
	t.Helper()
	decideFor(t, door, "21", most)
}

// decideFor does so for the units that begin so.
func decideFor(t testing.TB, door *op.Door, units approval.Pattern, most money.Amount) {
	t.Helper()
	clerk, head := dbtest.Actor("Cia", approval.MayRead, approval.MayWrite), dbtest.Actor("Dag", approval.MayRead, approval.MayDecide)
	var key id.ID[approval.Scheme]
	dbtest.Do(t, door, clerk, func(o *op.Op) (err error) {
		if key, err = approval.Begin(o, culture, period.NewDate(2026, 1, 1), period.NewDate(2026, 12, 31)); err != nil {
			return err
		}
		return approval.Write(o, key, approval.Row{Person: bo.ID, Name: bo.Name, Kind: approval.Final, Units: units, Most: most})
	})
	dbtest.Do(t, door, head, func(o *op.Op) error {
		_, err := approval.Table.Take(o, key, "decide", 0, map[string]string{"body": "Kulturnämnden", "on": "2026-01-01", "registry": "KN 2026/1, § 1"})
		return err
	})
}

// accrual is a good journal order of two lines.
func accrual() *Order {
	v := &Order{
		Kind: Journal, Date: today, Text: "Upplupen el i november", Channel: work.Electronic, Lines: []coding.Line{
			{Account: "6410", Unit: "21100", Activity: "3100", Amount: money.Kronor(1200), Text: "El"},
			{Account: "2920", Amount: -money.Kronor(1200)},
		},
	}
	v.Client = culture
	return v
}

// pitch is a good internal charge: sports lets a hall to culture.
func pitch() *Order {
	v := &Order{
		Kind: Charge, Other: sports, Date: today, Text: "Hyra av sporthall", Channel: work.Manual,
		Lines:      []coding.Line{{Account: "7510", Unit: "21100", Activity: "3100", Amount: money.Kronor(900)}},
		OtherLines: []coding.Line{{Account: "3910", Unit: "22100", Activity: "3300", Amount: -money.Kronor(900)}},
	}
	v.Client = culture
	return v
}

func add(t testing.TB, door *op.Door, v *Order) {
	t.Helper()
	dbtest.Do(t, door, anna, func(o *op.Op) error { return Add(o, v) })
}

func take(door *op.Door, a op.Actor, v *Order, step string, raw map[string]string) error {
	return door.Do(context.Background(), a, func(o *op.Op) error {
		got, err := Table.Take(o, v.ID, step, 0, raw)
		if err == nil {
			*v = got
		}
		return err
	})
}

func TestStatements(t *testing.T) { dbtest.Statements(t) }

func TestLives(t *testing.T) {
	if err := errors.Join(Life.Check(), LoadLife.Check()); err != nil {
		t.Error(err)
	}
}

func TestWhatKeepsAnOrderFromBeingSent(t *testing.T) {
	sides := Accounts{Claim: "1750", Debt: "2750", Buyer: "101", Seller: "102"}
	for _, c := range []struct {
		name  string
		of    *Order
		spoil func(v *Order)
		want  error
	}{
		{"nothing, in a journal order", accrual(), func(*Order) {}, nil},
		{"nothing, in a charge", pitch(), func(*Order) {}, nil},
		{"no date", accrual(), func(v *Order) { v.Date = 0 }, errNoDate},
		{"one line", accrual(), func(v *Order) { v.Lines = v.Lines[:1] }, errNoLines},
		{"trap 3: one öre between debit and credit", accrual(), func(v *Order) { v.Lines[0].Amount++ }, errBalance},
		{"trap 2: a sum beyond what a number holds", accrual(), func(v *Order) {
			v.Lines = []coding.Line{{Amount: 1 << 62}, {Amount: 1 << 62}, {Amount: 1 << 62}}
		}, money.ErrOverflow},
		{"what the code plan refuses", accrual(), func(v *Order) { v.Refused = []string{"Ansvar saknas."} }, errRefused},
		{"a charge to oneself", pitch(), func(v *Order) { v.Other = v.Client }, errSides},
		{"a charge without seller", pitch(), func(v *Order) { v.Other = 0 }, errSides},
		{"a charge to a company", pitch(), func(v *Order) { v.Company = true }, errCompany},
		{"a charge whose seller nobody can name", pitch(), func(v *Order) { v.WithoutCode = "seller" }, errNoCode},
		{"a negative charge", pitch(), func(v *Order) { v.Lines[0].Amount, v.OtherLines[0].Amount = -1, 1 }, errNegative},
		{"trap 55: sides of a charge that differ", pitch(), func(v *Order) { v.OtherLines[0].Amount++ }, errNegative},
		{"a charge with a side missing", pitch(), func(v *Order) { v.OtherLines = nil }, errNoLines},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.of.Accounts = sides
			c.spoil(c.of)
			if err := Check(*c.of); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

func TestNobodyApprovesTheirOwn(t *testing.T) {
	v := *accrual()
	v.Writer, v.Sender = anna.ID, bo.ID
	cia := dbtest.Actor("Cia", MayApprove)
	robot := dbtest.Actor("Robot", MayApprove)
	robot.Kind = op.Automation
	for _, c := range []struct {
		name string
		who  op.Actor
		want error
	}{
		{"trap 28: who wrote it", anna, errOwn},
		{"trap 28: who sent it", bo, errOwn},
		{"an automation", robot, errNotHuman},
		{"somebody else", cia, nil},
	} {
		if err := mayApprove(op.Who{Actor: c.who}, v); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestAJournalOrderFromDraftToReversal(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		decide(t, door, money.Kronor(100_000))
		v := accrual()
		add(t, door, v)
		if err := take(door, anna, v, "send", nil); err != nil {
			t.Fatal(err)
		}
		both := anna
		both.Grants = map[op.Permission]op.Scope{MayRead: {All: true}, MayApprove: {All: true}}
		if err := take(door, both, v, "approve", nil); !errors.Is(err, errOwn) {
			t.Fatalf("own order: %v", err)
		}
		if err := take(door, bo, v, "approve", nil); err != nil {
			t.Fatal(err)
		}
		dbtest.Do(t, door, anna, func(o *op.Op) error {
			x, err := ledger.Get(o, culture, v.Voucher)
			if err != nil {
				return err
			}
			if x.Label() != "B 2026-1" || x.Document != int64(v.ID) || x.Lines[0].Amount != money.Kronor(1200) || x.Actor != bo.ID {
				t.Errorf("%+v", x)
			}
			events, err := work.Of(o, culture, int64(v.ID))
			if err != nil || len(events) != 1 || events[0].Activity != ActivityJournal || events[0].Channel != work.Electronic || events[0].Process != Process {
				t.Errorf("%+v, %v", events, err)
			}
			return err
		})
		if err := take(door, bo, v, "reverse", map[string]string{"reason": "Fel konto"}); !errors.Is(err, errOwnBack) {
			t.Fatalf("who approved takes back: %v", err)
		}
		if err := take(door, anna, v, "reverse", map[string]string{"reason": "Fel konto"}); err != nil {
			t.Fatal(err)
		}
		dbtest.Do(t, door, anna, func(o *op.Op) error {
			all, err := ledger.OfDocument(o, culture, int64(v.ID))
			if len(all) != 2 || all[1].Reverses != all[0].ID || all[1].Lines[0].Amount != -all[0].Lines[0].Amount {
				t.Errorf("trap 50: %d vouchers, %+v", len(all), all)
			}
			events, _ := work.Of(o, culture, int64(v.ID))
			if len(events) != 1 {
				t.Errorf("a handled order is counted %d times", len(events))
			}
			return err
		})
	})
}

func TestAnOrderOnAControlAccountIsNotSent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		v := accrual()
		v.Lines[1].Account = "2511"
		add(t, door, v)
		err := take(door, anna, v, "send", nil)
		if !errors.Is(err, errRefused) || !strings.Contains(sayErr(err), "2511") {
			t.Errorf("trap 52: %v", err)
		}
	})
}

func sayErr(err error) string {
	var s interface{ Say() string }
	if errors.As(err, &s) {
		return s.Say()
	}
	return err.Error()
}

func TestAChargeStandsInBothBooksOrInNone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		decide(t, door, money.Kronor(100_000))
		v := pitch()
		add(t, door, v)
		if err := take(door, anna, v, "send", nil); err != nil {
			t.Fatal(err)
		}
		if err := take(door, bo, v, "approve", nil); err != nil {
			t.Fatal(err)
		}
		dbtest.Do(t, door, anna, func(o *op.Op) error {
			for _, side := range []struct {
				of      op.ClientID
				voucher ledger.ID
				account string
				pair    string
				other   string
			}{{culture, v.Voucher, "7510", "2750", "102"}, {sports, v.OtherVoucher, "3910", "1750", "101"}} {
				x, err := ledger.Get(o, side.of, side.voucher)
				if err != nil {
					return err
				}
				var accounts []string
				for _, l := range x.Lines {
					accounts = append(accounts, l.Account)
					if l.Counterpart != side.other {
						t.Errorf("counterpart %s in the books of %s", l.Counterpart, side.of)
					}
				}
				if !slices.Equal(accounts, []string{side.account, side.pair}) || x.Period != 202611 {
					t.Errorf("%v in %d", accounts, x.Period)
				}
			}
			events, err := work.Of(o, culture, int64(v.ID))
			if err != nil || len(events) != 1 || events[0].Activity != ActivityCharge || events[0].Channel != work.Manual {
				t.Errorf("%+v, %v", events, err)
			}
			return err
		})

		t.Run("trap 55: the seller's period is closed", func(t *testing.T) {
			dbtest.Do(t, door, anna, func(o *op.Op) error { return ledger.Close(o, sports, "", 202611, ledger.Soft, "Avstämd") })
			v := pitch()
			add(t, door, v)
			if err := take(door, anna, v, "send", nil); err != nil {
				t.Fatal(err)
			}
			if err := take(door, bo, v, "approve", nil); !errors.Is(err, ledger.ErrClosed) {
				t.Fatalf("%v", err)
			}
			dbtest.Do(t, door, anna, func(o *op.Op) error {
				for _, c := range []op.ClientID{culture, sports} {
					if all, err := ledger.OfDocument(o, c, int64(v.ID)); err != nil || len(all) != 0 {
						t.Errorf("%d vouchers at %s, %v", len(all), c, err)
					}
				}
				if now, err := Table.Get(o, v.ID); err != nil || now.State != Sent {
					t.Errorf("%s, %v", now.State, err)
				}
				return nil
			})
		})
		t.Run("trap 55: what takes it back would stand in two periods", func(t *testing.T) {
			err := take(door, anna, v, "reverse", map[string]string{"reason": "Fel hall", "date": "2026-11-26"})
			if !errors.Is(err, errApart) {
				t.Fatalf("%v", err)
			}
			if err := take(door, anna, v, "reverse", map[string]string{"reason": "Fel hall", "date": "2026-12-01"}); err != nil {
				t.Fatal(err)
			}
			dbtest.Do(t, door, anna, func(o *op.Op) error { _, err := ledger.Verify(o); return err })
		})
	})
}

func TestAChargeToACompanyIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		v := pitch()
		v.Other = harbour
		add(t, door, v)
		if err := take(door, anna, v, "send", nil); !errors.Is(err, errCompany) {
			t.Errorf("%v", err)
		}
	})
}

func TestTheRegisterOfApproversIsAsked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		for _, c := range []struct {
			name    string
			most    money.Amount // 0: no register is decided yet
			account string
			code    string
		}{
			{"trap 29: there is no register", 0, "6410", "APV-001"},
			{"trap 30: the limit is on all that the order debits", money.Kronor(1199), "6410", "APV-003"},
			{"an order between balance accounts needs a right for every unit", money.Kronor(5000), "1710", "APV-002"},
			{"within scope and limit", money.Kronor(1200), "6410", ""},
		} {
			if c.most > 0 {
				decide(t, door, c.most)
			}
			v := accrual()
			if v.Lines[0].Account = c.account; c.account == "1710" {
				v.Lines[0].Unit, v.Lines[0].Activity = "", ""
			}
			add(t, door, v)
			if err := take(door, anna, v, "send", nil); err != nil {
				t.Fatal(err)
			}
			err := take(door, bo, v, "approve", nil)
			if got := fault.Of(err).Code; err != nil && got != c.code || err == nil && c.code != "" {
				t.Errorf("%s: %v, want %q", c.name, err, c.code)
			}
			if err == nil && (v.Register == 0 || v.Authority == 0) {
				t.Errorf("what it rested on is not noted: %+v", v)
			}
		}
	})
}

func TestAReturnedOrderIsLookedAtAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		city(t, door)
		v := accrual()
		add(t, door, v)
		if err := take(door, anna, v, "send", nil); err != nil {
			t.Fatal(err)
		}
		dbtest.Do(t, door, anna, func(o *op.Op) error {
			now, err := Table.Get(o, v.ID)
			if err != nil {
				return err
			}
			if err := Save(o, &now); !errors.Is(err, errNotDraft) {
				t.Errorf("trap 31: an order was rewritten after it was sent: %v", err)
			}
			return nil
		})
		if err := take(door, bo, v, "return", map[string]string{"reason": "Fel ansvar"}); err != nil {
			t.Fatal(err)
		}
		if v.State != Draft || v.Sender != 0 {
			t.Errorf("%s sent by %s", v.State, v.Sender)
		}
	})
}
