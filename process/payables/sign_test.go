package payables

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/kernel/money"
	"kontor/kernel/period"
)

func TestSignsHaveEvidence(t *testing.T) {
	calm := Evidence{Org: "165599000006", Name: "Norra Bygg AB", Payable: money.Kronor(12_000), Largest: money.Kronor(10_000), Earlier: 4,
		Day: period.NewDate(2026, 11, 24), Scheme: Bankgiro, Account: "9912346", Known: true, Limits: []money.Amount{money.Kronor(50_000), money.Kronor(100_000)}}
	for _, c := range []struct {
		name string
		edit func(*Evidence)
		want []SignCode
		says string
	}{
		{"an ordinary invoice has none", func(*Evidence) {}, nil, ""},
		{"a new supplier", func(e *Evidence) { e.New = true }, []SignCode{SignNewSupplier}, "Norra Bygg AB"},
		{"an account that was not there before", func(e *Evidence) { e.Known = false }, []SignCode{SignNewAccount}, "annat konto"},
		{"an account asked for by mail", func(e *Evidence) { e.Asked = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) }, []SignCode{SignAskedByMail}, "2026-11-20"},
		{"an amount just below a limit", func(e *Evidence) { e.Payable = money.Kronor(49_900) }, []SignCode{SignUnderLimit}, "gränsen är 50"},
		{"the limit itself is none", func(e *Evidence) { e.Payable = money.Kronor(50_000) }, nil, ""},
		{"far below it is none", func(e *Evidence) { e.Payable = money.Kronor(48_000) }, nil, ""},
		{"an amount far outside the history", func(e *Evidence) { e.Payable = money.Kronor(60_000) }, []SignCode{SignFarOutside}, "största tidigare var 10"},
		{"two invoices make no history", func(e *Evidence) { e.Payable, e.Earlier = money.Kronor(60_000), 2 }, nil, ""},
		{"a foreign account of a Swedish supplier", func(e *Evidence) { e.Scheme, e.Account = IBAN, "LT121000011101001000" }, []SignCode{SignForeign}, "LT12…"},
		{"a Swedish IBAN is none", func(e *Evidence) { e.Scheme, e.Account = IBAN, "SE4550000000058398257466" }, nil, ""},
		{"a foreign account of a foreign supplier is none", func(e *Evidence) {
			e.Org, e.Scheme, e.Account = "DE123456789", IBAN, "DE75512108001245126199"
		}, nil, ""},
		{"words of a register that nobody reads", func(e *Evidence) { e.New, e.Words = true, []string{"Onlinekatalog 12 mån, basic"} },
			[]SignCode{SignRegister, SignNewSupplier}, "Onlinekatalog"},
		{"the warning list by number", func(e *Evidence) {
			e.Warned = []Warning{{Org: "165599000006", Name: "Norra Bygg", Source: "Svensk Handel", Since: period.NewDate(2026, 1, 2)}}
		}, []SignCode{SignWarned}, "Svensk Handel varnar"},
		{"a namesake with another number is not the one warned for", func(e *Evidence) {
			e.Warned = []Warning{{Org: "165599000014", Name: "Norra Bygg AB"}}
		}, nil, ""},
		{"summer alone is none", func(e *Evidence) { e.Day = period.NewDate(2026, 7, 10) }, nil, ""},
		{"summer adds to another", func(e *Evidence) { e.Day, e.New = period.NewDate(2026, 7, 10), true }, []SignCode{SignNewSupplier, SignSummer}, "2026-07-10"},
		{"a credit note pays nobody", func(e *Evidence) { e.Payable, e.New = -money.Kronor(49_900), true }, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := calm
			c.edit(&e)
			got := Signs(e)
			var codes []SignCode
			for _, s := range got {
				codes = append(codes, s.Sign)
				if s.Seen == "" || s.Points != s.Sign.Points() || s.Points == 0 {
					t.Errorf("%s has no evidence or weighs nothing: %+v", s.Sign, s)
				}
			}
			if !slices.Equal(codes, c.want) || !strings.Contains(SignText(got), c.says) {
				t.Errorf("%v %q, want %v saying %q", codes, SignText(got), c.want, c.says)
			}
		})
	}
}

func TestEverySignIsToldAndTheScoreIsBounded(t *testing.T) {
	var all []Sign
	for _, k := range SignKinds {
		all = append(all, Sign{Sign: k.Code, Points: k.Points})
		if k.Points >= 100 {
			t.Errorf("%s alone decides everything", k.Code)
		}
	}
	if Score(all) != 100 || Score(nil) != 0 {
		t.Errorf("%d of %d signs", Score(all), len(all))
	}
	if lacks[Suspicious].Holds {
		t.Error("signs stop an invoice by themselves")
	}
}

func TestSettingsOfAClientGoBeforeTheCommonOnes(t *testing.T) {
	day := period.NewDate(2020, 1, 1)
	d := &Decided{[]settingRow{{0, 0, CoolingDays, day, 3, ""}, {0, 0, LimitNear, day, 500, ""}, {0, 0, LimitNear, day, 900, ""}, {0, 0, SampleEvery, day, 20, ""},
		{7, 0, CoolingDays, day, 10, ""}, {7, 0, LimitNear, day, 800, ""}, {7, 0, LimitNear, day + 1, 700, ""}, {7, 0, LimitNear, day + 1, 600, ""}}}
	if s := d.Of(7); s.CoolingDays != 10 || s.Sample != 20 || !slices.Equal(s.Limits, []money.Amount{600, 700}) {
		t.Errorf("%+v", s)
	}
	if s := d.Of(8); s.CoolingDays != 3 || !slices.Equal(s.Limits, []money.Amount{500, 900}) {
		t.Errorf("%+v", s)
	}
}
