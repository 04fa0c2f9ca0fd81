package intake

import (
	"strings"
	"testing"

	"kontor/books/coding"
	"kontor/format/en16931"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/list"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/process/payables"
)

// worded is a bill with two lines with their own words and amounts.
func worded(number int, texts ...string) *en16931.Document {
	d := bill(1, 0, number)
	standard := d.Lines[0].VAT
	d.Lines = nil
	var net int64
	for i, text := range texts {
		n := int64(number%17*1300 + (i+1)*10000)
		net += n
		d.Lines = append(d.Lines, en16931.Line{ID: string(rune('1' + i)), Quantity: dec("1"), Unit: "EA", Net: kr(n), Price: kr(n), VAT: standard,
			Item: en16931.Item{Name: text}})
	}
	d.Totals = en16931.Totals{Lines: kr(net), WithoutTax: kr(net), Tax: kr(net / 4), WithTax: kr(net + net/4), Payable: kr(net + net/4)}
	d.Taxes = []en16931.TaxSubtotal{{Taxable: kr(net), Tax: kr(net / 4), VAT: standard}}
	return d
}

// What people approve is learned, line by line, and suggested with its reason;
// where the client has decided so, the digital co-worker takes it; what a person
// then changes is a mistake that is kept.
func TestCodingIsLearnedFromWhatIsApproved(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		door, _ := dbtest.Door(d)
		c := found(t, door, 1, 3)
		p := c.office(t, money.Kronor(100_000))
		dbtest.Do(t, door, c.clerk, func(o *op.Op) error {
			_, err := coding.Put(o, coding.Value{Segment: coding.Account, Code: "6440", Name: "Livsmedel", Kind: coding.Cost, ValidFrom: start},
				coding.Value{Segment: coding.Account, Code: "6460", Name: "Städ", Kind: coding.Cost, ValidFrom: start})
			return err
		})
		for i, texts := range [][]string{{"Mjölk 3 %"}, {"Tvål"}, {"Mjölk 0,5 %"}, {"Tvål utan doft"}, {"Mjölk"}, {"Mjölk och grädde"}, {"Tvål", "Tvål i dispenser"}, {"Mjölk"}} {
			key := c.receive(t, file(t, worded(100+i, texts...)))[0].Invoice
			v := c.invoice(t, key)
			account := "6440"
			if strings.HasPrefix(texts[0], "Tvål") {
				account = "6460"
			}
			c.code(t, c.clerk, key, coding.Line{Account: account, Amount: v.Net})
			for _, s := range []struct {
				who  op.Actor
				step string
			}{{c.clerk, "code"}, {p.reviewer, "review"}, {p.approver, "approve"}} {
				if got := c.take(t, s.who, key, s.step, nil); got != "" {
					t.Fatalf("%s: %s", s.step, got)
				}
			}
		}
		taken := 0
		dbtest.Do(t, door, c.clerk, func(o *op.Op) (err error) { taken, err = payables.TakeLessons(o); return err })
		if taken != 9 {
			t.Fatalf("%d lessons, want one for each line, 9", taken)
		}
		dbtest.Do(t, door, c.clerk, func(o *op.Op) (err error) { taken, err = payables.TakeLessons(o); return err })
		if taken != 0 {
			t.Fatalf("%d lessons were taken twice", taken)
		}

		key := c.receive(t, file(t, worded(200, "Mjölk 1,5 %", "Tvål flytande")))[0].Invoice
		v := c.invoice(t, key)
		s := v.Suggested
		if len(s.Lines) != 2 || s.Lines[0].Account != "6440" || s.Lines[1].Account != "6460" || s.Lines[0].Amount+s.Lines[1].Amount != v.Net {
			t.Fatalf("suggested %+v", s)
		}
		if s.Confidence() <= 0 || s.Confidence() > 1000 || !strings.Contains(s.Why(), "tidigare rader från "+name(1)) {
			t.Errorf("sure to %d: %s", s.Confidence(), s.Why())
		}

		robot := dbtest.Actor("Digital medarbetare", payables.MayRead, payables.MayCode)
		robot.Kind = op.Automation
		automate := func() (n int) {
			dbtest.Do(t, door, robot, func(o *op.Op) (err error) { n, _, err = payables.Automate(o, c.clients[0], 0); return err })
			return n
		}
		if n := automate(); n != 0 {
			t.Fatalf("%d were coded though nobody has decided so", n)
		}
		dbtest.Do(t, door, c.clerk, func(o *op.Op) error {
			return payables.PutTrust(o, payables.Trust{Client: c.clients[0], Least: s.Confidence(), Most: v.Net - 1, Decision: "ekonomichefen", ValidFrom: start})
		})
		if n := automate(); n != 0 {
			t.Fatalf("%d were coded above the amount that was decided", n)
		}
		dbtest.Do(t, door, c.clerk, func(o *op.Op) error {
			return payables.PutTrust(o, payables.Trust{Client: c.clients[0], Least: s.Confidence(), Most: v.Net, Decision: "ekonomichefen", ValidFrom: start})
		})
		if n := automate(); n != 1 {
			t.Fatalf("%d were coded, want 1", n)
		}
		if v = c.invoice(t, key); v.State != payables.Coded || !v.Automated || !strings.Contains(v.CodedHow, "ekonomichefen") {
			t.Fatalf("%s, automated %v: %s", v.State, v.Automated, v.CodedHow)
		}
		c.code(t, c.clerk, key, coding.Line{Account: "6440", Amount: v.Net})
		c.see(t, func(o *op.Op) error {
			page, err := payables.Mistakes.Run(o, list.Query{Limit: 5})
			if err != nil || len(page.Rows) != 1 {
				t.Errorf("%d mistakes, %v", len(page.Rows), err)
			}
			return nil
		})
	})
}
