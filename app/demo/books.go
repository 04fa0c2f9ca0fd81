package demo

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"kontor/books/coding"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/kernel/workday"
	"kontor/process/generalledger"
)

// books gives every client a code as counterpart of the others, and what it
// owned and owed when the city moved into the program.
func (b *builder) books(o *op.Op) error {
	var values []coding.Value
	for i, k := range b.city.Clients {
		code := fmt.Sprint(101 + i)
		if k.Kind == "company" {
			code = fmt.Sprint(501 + i)
		}
		values = append(values, coding.Value{Segment: coding.Counterpart, Code: code, Name: k.Name, ValidFrom: begun})
		if err := generalledger.SetPosting(o, b.clients[k.Code], generalledger.UseCounterpart, code, begun); err != nil {
			return err
		}
	}
	if _, err := coding.Put(o, values...); err != nil {
		return err
	}
	for i := range b.city.Clients {
		k := &b.city.Clients[i]
		by := o.As(b.actor[b.of(Accountant, k.Unit)])
		in := generalledger.OpeningOrder{Client: b.clients[k.Code], Year: int64(First.Year()), File: generalledger.File{
			Name: "ib-" + strings.ToLower(k.Code) + ".csv", Content: openingOf(k),
		}}
		if _, _, err := generalledger.LoadOpening(by, in); err != nil {
			return fmt.Errorf("opening balances of %s: %w", k.Code, err)
		}
	}
	return nil
}

// openingOf is a plain balance sheet in the scale of the client.
func openingOf(k *Client) []byte {
	scale := money.Kronor(int64(k.Weight) * 10_000)
	var b strings.Builder
	b.WriteString("konto;namn;belopp\n")
	var equity money.Amount
	for _, x := range []struct {
		account, name string
		times         int64
	}{
		{"1120", "Byggnader och lokaler", 210}, {"1210", "Maskiner och inventarier", 37}, {"1710", "Förutbetalda kostnader", 4}, {"1930", "Bankkonto", 62},
		{"2410", "Kortfristiga lån", -90}, {"2920", "Upplupna kostnader", -11},
	} {
		a := scale * money.Amount(x.times)
		equity -= a
		fmt.Fprintf(&b, "%s;%s;%s\n", x.account, x.name, a.Plain())
	}
	fmt.Fprintf(&b, "2010;Eget kapital;%s\n", equity.Plain())
	return []byte(b.String())
}

// Working days of a month on which orders for the month before are written, on
// which rents are charged, and in January the year before is closed.
const (
	ordersOn  = 3
	chargesOn = 4
	closesOn  = 12
)

// tenants rent from the properties administration.
var tenants = []struct {
	code string
	rent money.Amount
}{{"KULT", money.Kronor(18_400)}, {"IDR", money.Kronor(16_250)}, {"SOC", money.Kronor(9_900)}}

// accruing are clients whose power is read once a quarter and accrued monthly.
var accruing = []string{"KULT", "UTB", "TRAF"}

// keepBooks writes the orders of a day: accruals and rents each month, and two
// that still wait when the city is shown.
func (b *builder) keepBooks(day period.Date) error {
	month := period.MonthOf(day)
	b.at = day.At(10*60 + 40)
	switch workday.Office.Workdays(month.First(), day) {
	case ordersOn:
		last := month.Prev().Last()
		if last < First {
			return nil
		}
		for i, code := range accruing {
			amount := money.Kronor(int64(2_150 + 310*i + 95*int(last.Month())))
			if err := b.order(b.accrual(code, last, amount), i, true); err != nil {
				return err
			}
		}
	case chargesOn:
		for i, t := range tenants {
			if err := b.order(b.rent(t.code, day, t.rent), i, true); err != nil {
				return err
			}
		}
	case closesOn:
		if day.Month() == time.January {
			return b.closeYear(int64(day.Year() - 1))
		}
	}
	if day != Today.AddDays(-1) {
		return nil
	}
	if err := b.order(b.accrual("KULT", day, money.Kronor(4_870)), 1, false); err != nil {
		return err
	}
	return b.order(b.rent("SOC", day, money.Kronor(1_200)), 1, false)
}

// closeYear moves the result of every client to its equity.
func (b *builder) closeYear(year int64) error {
	for i := range b.city.Clients {
		k := &b.city.Clients[i]
		var v generalledger.Order
		b.at = b.at.Add(3 * time.Minute)
		err := b.do(b.actor[b.of(Accountant, k.Unit)], func(o *op.Op) (err error) {
			v, err = generalledger.ProposeClosing(o, b.clients[k.Code], year)
			return err
		})
		if errors.Is(err, generalledger.ErrNoResult) {
			continue // nothing came to it that year
		}
		if err == nil {
			err = b.do(b.actor[k.Approver], func(o *op.Op) error {
				_, err := generalledger.Table.Take(o, v.ID, "approve", 0, nil)
				return err
			})
		}
		if err != nil {
			return fmt.Errorf("closing of %s: %w", k.Code, err)
		}
	}
	return nil
}

func (b *builder) accrual(code string, on period.Date, amount money.Amount) *generalledger.Order {
	k := b.city.Client(code)
	unit := k.Codes[len(k.Codes)-1]
	v := &generalledger.Order{
		Kind: generalledger.Journal, Date: on, Text: "Upplupen el " + period.MonthOf(on).String(), Channel: work.Electronic, Lines: []coding.Line{
			{Account: "6220", Unit: unit.Code, Activity: activityOf(unit.Name), Amount: amount, Text: "El enligt mätaravläsning"},
			{Account: "2920", Amount: -amount, Text: "Upplupen el"},
		},
	}
	v.Client = b.clients[code]
	return v
}

func (b *builder) rent(code string, on period.Date, amount money.Amount) *generalledger.Order {
	k, seller := b.city.Client(code), b.city.Client("FAST")
	unit, from := k.Codes[1], seller.Codes[1]
	v := &generalledger.Order{
		Kind: generalledger.Charge, Other: b.clients[seller.Code], Date: on, Text: "Hyra av lokaler " + period.MonthOf(on).String(), Channel: work.Electronic,
		Lines:      []coding.Line{{Account: "7520", Unit: unit.Code, Activity: activityOf(unit.Name), Amount: amount, Text: "Lokalhyra"}},
		OtherLines: []coding.Line{{Account: "3910", Unit: from.Code, Activity: activityOf(from.Name), Amount: -amount, Text: "Lokalhyra " + k.Short}},
	}
	v.Client = b.clients[code]
	return v
}

// order is written and sent by a clerk of the client's unit, and approved by the
// client unless it is to wait.
func (b *builder) order(v *generalledger.Order, serial int, approve bool) error {
	var k *Client
	for i := range b.city.Clients {
		if b.clients[b.city.Clients[i].Code] == v.Client {
			k = &b.city.Clients[i]
		}
	}
	err := b.do(b.actor[b.clerk(k, serial)], func(o *op.Op) error {
		v.ID, v.Version = 0, 0
		if err := generalledger.Add(o, v); err != nil {
			return err
		}
		_, err := generalledger.Table.Take(o, v.ID, "send", 0, nil)
		return err
	})
	if err != nil || !approve {
		return err
	}
	b.at = b.at.Add(7 * time.Minute)
	return b.do(b.actor[k.Approver], func(o *op.Op) error {
		_, err := generalledger.Table.Take(o, v.ID, "approve", 0, nil)
		return err
	})
}
