package ledger

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// journal is a good voucher of the general ledger.
func journal(client op.ClientID, on period.Date, amount money.Amount) *Voucher {
	return &Voucher{Client: client, Series: "B", Date: on, Text: "Bokföringsorder", Module: "generalledger", Lines: []Line{
		{Line: coding.Line{Account: "6110", Unit: "41120", Amount: amount}},
		{Line: coding.Line{Account: "1930", Amount: -amount}},
	}}
}

func verified(t testing.TB, d *op.Door) Verified {
	t.Helper()
	var v Verified
	if err := d.View(context.Background(), anna, func(o *op.Op) (err error) {
		v, err = Verify(o)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return v
}

// each runs f on both engines with a plan in place, and proves the books after.
func each(t *testing.T, f func(t *testing.T, d *op.Door, c *dbtest.Clock)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		plan(t, door)
		f(t, door, clock)
		verified(t, door)
	})
}

func TestABadVoucherIsRefusedAndNothingIsWritten(t *testing.T) {
	cases := []struct {
		name  string
		spoil func(v *Voucher)
		want  error
	}{
		{"it has no client", func(v *Voucher) { v.Client = 0 }, ErrShape},
		{"its series has a space", func(v *Voucher) { v.Series = "L 1" }, ErrShape},
		{"it has no date", func(v *Voucher) { v.Date = 0 }, ErrShape},
		{"it has no text", func(v *Voucher) { v.Text = "" }, ErrShape},
		{"it has no module", func(v *Voucher) { v.Module = "" }, ErrShape},
		{"it has one line", func(v *Voucher) { v.Lines = v.Lines[:1] }, ErrShape},
		{"trap 3: it is one öre off", func(v *Voucher) { v.Lines[0].Amount++ }, ErrBalance},
		{"a line has no amount", func(v *Voucher) { v.Lines[0].Amount = 0 }, ErrAmount},
		{"its sum would wrap around to nought", func(v *Voucher) {
			v.Lines[0].Amount, v.Lines[1].Amount, v.Lines[2].Amount = money.Max, money.Max, 2
		}, ErrAmount},
		{"an account does not exist", func(v *Voucher) { v.Lines[0].Account = "6111" }, ErrAccount},
		{"an account has no code", func(v *Voucher) { v.Lines[0].Account = "" }, ErrAccount},
		{"trap 58: an account was closed before the date", func(v *Voucher) {
			v.Lines[0].Account, v.Date = "6999", period.NewDate(2026, 12, 1)
		}, ErrAccount},
		{"trap 52: a control account has no item", func(v *Voucher) { v.Lines[2].Ref = 0 }, ErrControl},
		{"trap 52: a control account is used by another module", func(v *Voucher) { v.Module = "generalledger" }, ErrControl},
		{"trap 52: a control account has another module's item", func(v *Voucher) { v.Lines[2].Subledger = "receivables" }, ErrControl},
		{"an ordinary account has an item", func(v *Voucher) { v.Lines[0].Subledger, v.Lines[0].Ref = "payables", 7 }, ErrSubledger},
	}
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		for _, c := range cases {
			good, bad := invoice(culture, 1), invoice(culture, 2)
			c.spoil(bad)
			err := d.Do(context.Background(), anna, func(o *op.Op) error { return Post(o, good, bad) })
			var at *At
			if !errors.Is(err, c.want) || !errors.As(err, &at) || at.Index != 1 {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if v := verified(t, d); v.Vouchers != 0 {
			t.Errorf("%d vouchers were written", v.Vouchers)
		}
	})
}

func TestTrap2AmountsBeyond32Bits(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		const large = money.Amount(99_999_999_999_999) // 999 999 999 999,99 kr
		post(t, d, journal(culture, day, large), journal(culture, day, large))
		dbtest.Do(t, d, anna, func(o *op.Op) error {
			rows, err := TrialBalance(o, culture, 202611, 202611, "")
			if err != nil || len(rows) != 2 || rows[0].Closing != -2*large || rows[1].Closing != 2*large {
				t.Errorf("%+v, %v", rows, err)
			}
			return nil
		})
	})
}

func TestTrap13And56TheSameKeyIsPostedOnce(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		first := invoice(culture, 1)
		post(t, d, first)
		again, twin, fresh := invoice(culture, 1), invoice(culture, 2), invoice(culture, 2)
		post(t, d, again, twin, fresh)
		if again.ID != first.ID || again.Number != 1 || twin.ID != fresh.ID || twin.Number != 2 {
			t.Errorf("first %s, again %s; twins %s and %s", first.ID, again.ID, twin.ID, fresh.ID)
		}
		other := invoice(culture, 1)
		other.Text = "Leverantörsfaktura, ändrad"
		refusedWith(t, d, ErrKey, func(o *op.Op) error { return Post(o, other) })
		a, b := invoice(culture, 9), invoice(culture, 9)
		b.Lines[0].Text = "Annat"
		refusedWith(t, d, ErrKey, func(o *op.Op) error { return Post(o, a, b) })
		post(t, d, invoice(schools, 1)) // another client's key is another key
		if v := verified(t, d); v.Vouchers != 3 || v.Lines != 9 {
			t.Errorf("%+v", v)
		}
	})
}

func TestTrap49ARolledBackPostingLeavesNoGap(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		post(t, d, invoice(culture, 1))
		stop := errors.New("stop")
		err := d.Do(context.Background(), anna, func(o *op.Op) error {
			if err := Post(o, invoice(culture, 2), invoice(culture, 3)); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		dbtest.Do(t, d, anna, func(o *op.Op) error {
			if err := o.Try(func() error { return errors.Join(Post(o, invoice(culture, 4)), stop) }); !errors.Is(err, stop) {
				t.Error(err)
			}
			return Post(o, invoice(culture, 5))
		})
		if v := verified(t, d); v.Vouchers != 2 {
			t.Errorf("%+v", v)
		}
	})
}

func TestTrap50And58AReversal(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		v := journal(culture, day, 12_345)
		v.Lines[0].Account = "6999" // closed from 1 December
		post(t, d, v)
		dbtest.Do(t, d, anna, func(o *op.Op) error { return Close(o, culture, "", 202611, Hard, "November är avslutad.") })
		refusedWith(t, d, ErrReason, func(o *op.Op) error { _, err := Reverse(o, culture, v.ID, day, " "); return err })
		refusedWith(t, d, ErrBefore, func(o *op.Op) error { _, err := Reverse(o, culture, v.ID, day-1, "Fel"); return err })
		refusedWith(t, d, ErrVoucher, func(o *op.Op) error { _, err := Reverse(o, schools, v.ID, day, "Fel"); return err })
		var back *Voucher
		dbtest.Do(t, d, anna, func(o *op.Op) (err error) {
			back, err = Reverse(o, culture, v.ID, period.NewDate(2026, 12, 2), "Fel konto")
			return err
		})
		if back.Period != 202612 || back.Reverses != v.ID || back.Lines[0].Amount != -12_345 || back.Lines[0].Account != "6999" ||
			!strings.Contains(back.Text, "Fel konto") || !strings.Contains(back.Text, v.Label()) {
			t.Errorf("%+v", back)
		}
		refusedWith(t, d, ErrReversed, func(o *op.Op) error { _, err := Reverse(o, culture, v.ID, day+20, "Igen"); return err })
		refusedWith(t, d, ErrReversed, func(o *op.Op) error { _, err := Reverse(o, culture, back.ID, day+20, "Tillbaka"); return err })
		dbtest.Do(t, d, anna, func(o *op.Op) error {
			there, err := reversalOf(o, culture, v.ID)
			if there != back.ID {
				t.Errorf("the reversed voucher shows %s", there)
			}
			return err
		})
	})
}

func TestTrap51EachClientBalancesByItself(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		seller, buyer := journal(culture, day, -500), journal(schools, day, 500)
		seller.Lines = seller.Lines[:1]
		buyer.Lines = buyer.Lines[:1] // together they sum to nought
		refusedWith(t, d, ErrShape, func(o *op.Op) error { return Post(o, seller, buyer) })
		seller.Lines = append(seller.Lines, seller.Lines[0])
		buyer.Lines = append(buyer.Lines, buyer.Lines[0])
		refusedWith(t, d, ErrBalance, func(o *op.Op) error { return Post(o, seller, buyer) })
	})
}

func TestTrap55BothSidesOrNeitherInTheSamePeriod(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		dbtest.Do(t, d, anna, func(o *op.Op) error { return Close(o, schools, "", 202611, Soft, "Stängd") })
		seller, buyer := journal(culture, day, -500), journal(schools, day, 500)
		seller.Strict, buyer.Strict = true, true
		refusedWith(t, d, ErrClosed, func(o *op.Op) error { return Post(o, seller, buyer) })
		if v := verified(t, d); v.Vouchers != 0 {
			t.Errorf("%+v", v)
		}
	})
}

// modules are those that post, and one that does not exist yet.
var modules = []string{"payables", "receivables", "treasury", "generalledger", "payroll", "fixedassets", "leasing", "charging", "new"}

// Every module tries every closed period, politely, strictly and behind our
// back with bare SQL.
func TestTrap53NobodyPostsInAClosedPeriod(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		dbtest.Do(t, d, anna, func(o *op.Op) error {
			for p := Period(202601); p <= 202606; p = p.Next() {
				state := Soft
				if p < 202604 {
					state = Hard
				}
				if err := Close(o, culture, "", p, state, "Stängd"); err != nil {
					return err
				}
			}
			return Close(o, culture, "payables", 202607, Soft, "Leverantörsreskontran är avstämd.")
		})
		for _, m := range modules {
			for p := Period(202601); p <= 202608; p = p.Next() {
				shut := p <= 202606 || p == 202607 && m == "payables"
				v := journal(culture, p.Month().First(), 100)
				v.Module, v.Strict = m, true
				err := d.Do(context.Background(), anna, func(o *op.Op) error { return Post(o, v) })
				if shut != errors.Is(err, ErrClosed) || !shut && err != nil {
					t.Errorf("%s in %s: %v", m, p.Key(), err)
				}
				err = behind(d.DB, m, p)
				if shut != db.Denied(err, "ledger_period_closed") || !shut && !errors.Is(err, errBehind) {
					t.Errorf("bare SQL, %s in %s: %v", m, p.Key(), err)
				}
				if !shut {
					continue
				}
				v = journal(culture, p.Month().First(), 100)
				v.Module = m
				post(t, d, v)
				want := Period(202607)
				if m == "payables" {
					want = 202608
				}
				if v.Period != want || v.Date != p.Month().First() || !v.Moved() {
					t.Errorf("%s dated in %s was posted in %s with date %s", m, p.Key(), v.Period.Key(), v.Date)
				}
			}
		}
	})
}

var errBehind = errors.New("the database let it in")

// behind tries to add a voucher without asking Post, and takes it back.
func behind(d *db.DB, module string, p Period) error {
	tx, err := d.Raw().Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // always undone
	_, err = tx.Exec(`INSERT INTO ledger_voucher (client, id, series, year, number, date, period, registered, text, kind, document, key,
		module, actor, name, reverses, prev, sum) VALUES ($1, 1, 'Z', 2026, 1, '2026-01-01', $2, $3, 't', '', 0, 'z', $4, 1, 'n', 0, $5, $5)`,
		int64(culture), int64(p), dbtest.Noon, module, []byte{1})
	if err != nil {
		return err
	}
	return errBehind
}

func TestPostedRowsCannotBeChanged(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		v := invoice(culture, 1)
		post(t, d, v)
		dbtest.Do(t, d, anna, func(o *op.Op) error {
			_, err := Reverse(o, culture, v.ID, day, "Fel")
			return errors.Join(err, Close(o, culture, "", 202610, Soft, "Stängd"))
		})
		dbtest.Do(t, d, bo, func(o *op.Op) error {
			_, err := Reopen(o, culture, "", 202610, 0, "Sen faktura", o.Now.Add(time.Hour))
			return err
		})
		for _, text := range []string{
			`UPDATE ledger_voucher SET text = 'x'`, `DELETE FROM ledger_voucher`,
			`UPDATE ledger_line SET amount = 1`, `DELETE FROM ledger_line`,
			`UPDATE ledger_reversal SET reason = 'x'`, `DELETE FROM ledger_reversal`,
			`UPDATE ledger_lock SET state = 'soft'`, `DELETE FROM ledger_lock`,
			`UPDATE ledger_reopening SET until = '2099-01-01'`, `DELETE FROM ledger_reopening`,
		} {
			if _, err := d.DB.Raw().Exec(text); err == nil {
				t.Errorf("the database took: %s", text)
			}
		}
	})
}

func TestReopeningNeedsAnotherPersonAReasonAndAnEnd(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, clock *dbtest.Clock) {
		dbtest.Do(t, d, anna, func(o *op.Op) error {
			if err := Close(o, culture, "", 202610, Soft, "Stängd"); err != nil {
				return err
			}
			return Close(o, culture, "", 202609, Hard, "Slutligt stängd")
		})
		until := dbtest.Noon.Add(48 * time.Hour)
		reopen := func(a op.Actor, p Period, person op.PersonID, reason string, until time.Time) (r ReopeningID, err error) {
			err = d.Do(context.Background(), a, func(o *op.Op) error {
				r, err = Reopen(o, culture, "", p, person, reason, until)
				return err
			})
			return r, err
		}
		for _, c := range []struct {
			name   string
			actor  op.Actor
			period Period
			person op.PersonID
			reason string
			until  time.Time
			want   error
		}{
			{"the one who closed", anna, 202610, 0, "Sen faktura", until, ErrOwnLock},
			{"for oneself", bo, 202610, bo.ID, "Sen faktura", until, ErrOwnLock},
			{"without a reason", bo, 202610, anna.ID, "", until, ErrWhy},
			{"without an end", bo, 202610, anna.ID, "Sen faktura", time.Time{}, ErrUntil},
			{"for too long", bo, 202610, anna.ID, "Sen faktura", dbtest.Noon.AddDate(0, 0, 15), ErrUntil},
			{"a period that is closed for good", bo, 202609, anna.ID, "Sen faktura", until, ErrNoLock},
			{"a period that is open", bo, 202611, anna.ID, "Sen faktura", until, ErrNoLock},
		} {
			if _, err := reopen(c.actor, c.period, c.person, c.reason, c.until); !errors.Is(err, c.want) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		r, err := reopen(bo, 202610, anna.ID, "Sen faktura", until)
		if err != nil {
			t.Fatal(err)
		}
		october := period.NewDate(2026, 10, 30)
		late, others := journal(culture, october, 100), journal(culture, october, 200)
		post(t, d, late)
		dbtest.Do(t, d, bo, func(o *op.Op) error { return Post(o, others) })
		clock.Set(until)
		after := journal(culture, october, 300)
		post(t, d, after)
		if late.Period != 202610 || others.Period != 202611 || after.Period != 202611 {
			t.Errorf("late %d, by another %d, after the end %d", late.Period, others.Period, after.Period)
		}
		dbtest.Do(t, d, anna, func(o *op.Op) error {
			posted, err := Meanwhile(o, culture, r)
			if len(posted) != 1 || posted[0].ID != late.ID {
				t.Errorf("posted meanwhile: %+v", posted)
			}
			return err
		})
	})
}

func TestALockIsOnlyMadeFirmer(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		shut := func(s LockState, reason string) func(o *op.Op) error {
			return func(o *op.Op) error { return Close(o, culture, "", 202610, s, reason) }
		}
		refusedWith(t, d, ErrWhy, shut(Soft, ""))
		dbtest.Do(t, d, anna, shut(Soft, "Avstämd"))
		refusedWith(t, d, ErrLocked, shut(Soft, "Avstämd igen"))
		dbtest.Do(t, d, anna, shut(Hard, "Årsbokslut"))
		refusedWith(t, d, ErrLocked, shut(Soft, "Öppna"))
		refusedWith(t, d, ErrLocked, shut(Hard, "Igen"))
		refusedWith(t, d, ErrLockTime, func(o *op.Op) error { return Close(o, culture, "", 202613, Soft, "x") })
	})
}

func TestANewYearStartsANewSeriesAndCarriesBalancesOver(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		a, b := journal(culture, day, 1000), journal(culture, period.NewDate(2027, 2, 3), 70)
		post(t, d, a, b)
		if a.Number != 1 || b.Number != 1 || b.Year != 2027 {
			t.Errorf("%s and %s", a.Label(), b.Label())
		}
		dbtest.Do(t, d, anna, func(o *op.Op) error {
			rows, err := TrialBalance(o, culture, 202702, 202702, "")
			got := fmt.Sprintf("%+v", rows)
			want := fmt.Sprintf("%+v", []Row{
				{"1930", "Konto 1930", coding.Asset, -1000, 0, 70, -1070, 1},
				{"6110", "Konto 6110", coding.Cost, 0, 70, 0, 70, 1},
			})
			if got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			return err
		})
	})
}

func TestOpenItemsAreWhatIsLeft(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		a, b := invoice(culture, 1), invoice(culture, 2)
		pay := &Voucher{Client: culture, Series: "U", Date: day, Text: "Utbetalning", Module: "payables", Lines: []Line{
			{Line: coding.Line{Account: "2440", Amount: -a.Lines[2].Amount}, Subledger: "payables", Ref: 1},
			{Line: coding.Line{Account: "2440", Amount: 100}, Subledger: "payables", Ref: 2},
			{Line: coding.Line{Account: "1930", Amount: a.Lines[2].Amount - 100}},
		}}
		post(t, d, a, b, pay)
		dbtest.Do(t, d, anna, func(o *op.Op) error {
			items, err := Open(o, culture, "payables")
			if err != nil || len(items) != 1 || items[0].Ref != 2 || items[0].Amount != b.Lines[2].Amount+100 || items[0].Lines != 2 {
				t.Errorf("%+v, %v", items, err)
			}
			left, err := Left(o, culture, "payables", 2)
			if left != b.Lines[2].Amount+100 {
				t.Errorf("left %s", left)
			}
			return err
		})
		if v := verified(t, d); v.Items != 1 {
			t.Errorf("%+v", v)
		}
	})
}
