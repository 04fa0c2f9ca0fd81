package ledger

import (
	"context"
	"errors"
	"net/url"
	"testing"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/form"
	"kontor/kernel/list"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/web"
	"kontor/kernel/web/webtest"
)

// known gives the two clients names.
func known(t testing.TB, d *op.Door) {
	t.Helper()
	for id, name := range map[op.ClientID]string{culture: "Kulturförvaltningen", schools: "Utbildningsförvaltningen"} {
		if _, err := d.DB.Raw().Exec(`INSERT INTO client (id, version, code, name, kind, org, unit, lead, active)
			VALUES ($1, 1, $2, $2, 'administration', '162120000142', 0, 0, true)`, int64(id), name); err != nil {
			t.Fatal(err)
		}
	}
}

func page(t *testing.T, d *op.Door, a op.Actor, address string) (web.Answer, string, error) {
	t.Helper()
	return webtest.Visit(t, Module().Pages, d, a, address, nil)
}

func TestThePageOfAVoucherTellsAllAboutIt(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		known(t, d)
		dbtest.Do(t, d, anna, func(o *op.Op) error { return Close(o, culture, "", 202611, Hard, "Stängd") })
		v := invoice(culture, 7)
		post(t, d, v)
		var back *Voucher
		dbtest.Do(t, d, bo, func(o *op.Op) (err error) {
			back, err = Reverse(o, culture, v.ID, day, "Fel leverantör")
			return err
		})
		_, body, err := page(t, d, anna, URL(v.ID))
		if err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, "Verifikation L 2026-1 · Kulturförvaltningen", "2026-11-20", "december 2026, eftersom november 2026 var stängd",
			"6110 Konto 6110", "account=6110", "/d/payables.invoice/0000000000007", "Anna Berg", URL(back.ID))
		_, body, err = page(t, d, anna, URL(back.ID))
		if err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, "Fel leverantör", URL(v.ID), "Bo Ek")
		if _, _, err := page(t, d, dbtest.At(anna, schools), URL(v.ID)); !errors.Is(err, ErrVoucher) {
			t.Errorf("somebody of another client sees the voucher: %v", err)
		}
		var lines list.Page
		dbtest.Do(t, d, anna, func(o *op.Op) (err error) {
			lines, err = Lines.Run(o, list.Query{Filters: map[string][]string{"voucher": {v.ID.String()}}})
			return err
		})
		if len(lines.Rows) != 3 {
			t.Fatalf("%d lines", len(lines.Rows))
		}
		if a, _, err := page(t, d, anna, "/ledger/line/"+lines.Rows[0].Key()); err != nil || a.Location != URL(v.ID) {
			t.Errorf("the line leads to %q, %v", a.Location, err)
		}
	})
}

// Every figure of the trial balance opens lines whose sum is the figure.
func TestEveryFigureOfTheTrialBalanceOpensItsLines(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		known(t, d)
		january := journal(culture, period.NewDate(2026, 1, 9), 4_000)
		before := journal(culture, period.NewDate(2025, 12, 9), 70_000)
		post(t, d, before, january, journal(culture, day, 12_345), journal(culture, day, -345), invoice(culture, 1), journal(schools, day, 5))
		dbtest.Do(t, d, anna, func(o *op.Op) error { _, err := Fold(o); return err })
		post(t, d, journal(culture, day, 1))
		for _, unit := range []string{"", "41", "41120"} {
			address := "/ledger/balance?client=" + culture.String() + "&from=2026-03&to=2026-12&unit=" + unit
			_, body, err := page(t, d, anna, address)
			if err != nil {
				t.Fatal(err)
			}
			if unit == "" {
				webtest.Says(t, body, "Debet och kredit är lika: ", "Saldon · Kulturförvaltningen", "1930 Konto 1930")
			}
			dbtest.Do(t, d, anna, func(o *op.Op) error {
				rows, err := TrialBalance(o, culture, 202603, 202612, unit)
				if err != nil {
					return err
				}
				for _, r := range balanceTable(o, culture, unit, 202603, 202612, rows).Rows {
					for i, c := range r.Cells[1:] {
						u, err := url.Parse(c.URL)
						if err != nil {
							return err
						}
						q := list.Query{Filters: map[string][]string{}, Sort: u.Query().Get("sort"), Limit: 500}
						for k, v := range u.Query() {
							if k != "sort" {
								q.Filters[k] = v
							}
						}
						p, err := Lines.Run(o, q)
						if err != nil {
							return err
						}
						got := money.Amount(p.Totals[0]).String()
						if i == 2 { // credit is shown without its sign
							got = money.Amount(-p.Totals[0]).String()
						}
						if got != c.Text {
							t.Errorf("unit %q, %s column %d is %s and its lines %s (%s)", unit, r.Cells[0].Text, i+1, c.Text, got, c.URL)
						}
					}
				}
				return nil
			})
		}
		if _, _, err := page(t, d, dbtest.At(anna, schools), "/ledger/balance?client="+culture.String()); !errors.Is(err, ErrVoucher) {
			t.Errorf("somebody of another client sees the balances: %v", err)
		}
		if _, _, err := page(t, d, anna, "/ledger/balance?to=hej"); !errors.Is(err, period.ErrPeriod) {
			t.Errorf("a period that is none: %v", err)
		}
	})
}

func TestClosingAndReopeningByForm(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		known(t, d)
		save := func(a op.Actor, s *form.Spec, key string, v form.Values) (next string, err error) {
			err = d.Do(context.Background(), a, func(o *op.Op) error {
				if _, err := s.Show(o, key); err != nil {
					return err
				}
				next, _, err = s.Post(o, key, 1, v)
				return err
			})
			return next, err
		}
		shut := form.Values{"client": culture.String(), "period": "2026-10", "state": "soft", "reason": "Avstämd"}
		if _, err := save(anna, CloseForm, "", form.Values{"client": culture.String(), "period": "2026-T3", "state": "soft", "reason": "x"}); !errors.Is(err, form.ErrInvalid) {
			t.Errorf("closing a tertial: %v", err)
		}
		if _, err := save(dbtest.At(anna, schools), CloseForm, "", shut); !errors.Is(err, form.ErrInvalid) {
			t.Errorf("closing for somebody else's client: %v", err)
		}
		if _, err := save(anna, CloseForm, "", shut); err != nil {
			t.Fatal(err)
		}
		var key string
		dbtest.Do(t, d, anna, func(o *op.Op) error {
			p, err := Locks.Run(o, list.Query{})
			if len(p.Rows) != 1 {
				t.Fatalf("%d locks", len(p.Rows))
			}
			key = p.Rows[0].Key()
			return err
		})
		ask := form.Values{"reason": "Sen faktura", "until": "2026-11-27", "person": anna.ID.String()}
		if _, err := save(anna, ReopenForm, key, form.Values{"reason": "Sen faktura", "until": "2026-11-27"}); !errors.Is(err, ErrOwnLock) {
			t.Errorf("reopening one's own: %v", err)
		}
		next, err := save(bo, ReopenForm, key, ask)
		if err != nil {
			t.Fatal(err)
		}
		late := journal(culture, period.NewDate(2026, 10, 30), 100)
		post(t, d, late)
		_, body, err := page(t, d, bo, next)
		if err != nil {
			t.Fatal(err)
		}
		webtest.Says(t, body, "1 verifikationer bokfördes i oktober 2026 medan perioden var öppnad", "Sen faktura", URL(late.ID), "2026-11-28 00.00")
	})
}

// Every list answers to every filter and every order, for those who see all and
// for those who see one client.
func TestEveryListAnswersToEveryFilterAndOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, clock := dbtest.Door(d)
		plan(t, door)
		known(t, door)
		post(t, door, invoice(culture, 1), invoice(schools, 2))
		dbtest.Do(t, door, anna, func(o *op.Op) error {
			return errors.Join(Close(o, culture, "", 202610, Soft, "x"), Close(o, schools, "payables", 202610, Soft, "x"))
		})
		dbtest.Do(t, door, bo, func(o *op.Op) error {
			_, err := Reopen(o, culture, "", 202610, anna.ID, "x", clock.Now().Add(time.Hour))
			return err
		})
		for _, a := range []op.Actor{anna, dbtest.At(anna, culture)} {
			dbtest.Do(t, door, a, func(o *op.Op) error {
				for _, s := range Module().Lists {
					if p, err := s.Run(o, list.Query{}); err != nil || len(p.Rows) == 0 {
						t.Errorf("%s: %d rows, %v", s.Name, len(p.Rows), err)
					}
					for _, f := range s.Filters {
						text := map[list.Kind]string{list.Whole: "1", list.ID: culture.String(), list.Date: "2026-11-20", list.Time: "2026-11-20", list.Money: "1,50"}[f.Kind]
						if text == "" {
							text = "x"
						}
						if _, err := s.Run(o, list.Query{Filters: map[string][]string{f.Key: {text}}}); err != nil {
							t.Errorf("%s filtered by %s: %v", s.Name, f.Key, err)
						}
					}
				}
				orders := map[*list.Spec]map[string]map[string][]string{
					Vouchers: {"number": {"series": {"L"}, "year": {"2026"}}, "period": nil, "id": {"document": {culture.String()}}},
					Lines:    {"period": {"account": {"6110"}}, "id": nil}, Locks: {"period": nil}, Reopenings: {"id": nil},
				}
				for s, of := range orders {
					for key, filters := range of {
						for _, sort := range []string{key, "-" + key} {
							if _, err := s.Run(o, list.Query{Sort: sort, Filters: filters}); err != nil {
								t.Errorf("%s by %s: %v", s.Name, sort, err)
							}
						}
					}
				}
				return nil
			})
		}
	})
}

func TestTheModuleFoldsAndProvesItself(t *testing.T) {
	each(t, func(t *testing.T, d *op.Door, _ *dbtest.Clock) {
		post(t, d, invoice(culture, 1))
		m := Module()
		dbtest.Do(t, d, anna, func(o *op.Op) error { return m.Jobs[0].Run(o, nil) })
		dbtest.Do(t, d, anna, func(o *op.Op) error {
			if n, err := Fold(o); n != 0 {
				t.Errorf("%d rows were left fresh, %v", n, err)
			}
			counts, err := m.Invariants[0].Check(o)
			if counts["vouchers"] != 1 || counts["lines"] != 3 || counts["items"] != 1 || counts["balances"] != 3 {
				t.Errorf("%v", counts)
			}
			return err
		})
	})
}
