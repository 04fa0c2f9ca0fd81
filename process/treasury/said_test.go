package treasury_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/books/ledger"
	"kontor/format/pain"
	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
	"kontor/process/treasury"
)

// desk is a city that has sent payments, each of another amount, to the bank.
type desk struct {
	*city
	clock    *dbtest.Clock
	proposal treasury.ID
	invoices []payables.ID
	file     []byte
	serial   int
}

// send pays invoices of the first client, each to another payee.
func (k *desk) send(t *testing.T, kronor ...int64) {
	t.Helper()
	for i, n := range kronor {
		k.invoices = append(k.invoices, k.invoice(t, 0, i%len(k.payee), money.Kronor(n), noon))
	}
	k.proposal = k.propose(t, noon).ID
	k.file = k.city.file(t, k.proposal)
}

// of is the payment of an amount, the latest.
func (k *desk) of(t *testing.T, kronor int64) treasury.Payment {
	t.Helper()
	for _, r := range slices.Backward(k.load(t, k.proposal).Rows) {
		if r.Amount == money.Kronor(kronor) {
			return r
		}
	}
	t.Fatalf("there is no payment of %d", kronor)
	return treasury.Payment{}
}

func (k *desk) is(t *testing.T, kronor int64, want treasury.State) {
	t.Helper()
	if r := k.of(t, kronor); r.State != want {
		t.Errorf("the payment of %d is %s, want %s", kronor, r.State, want)
	}
}

// bank reads a statement of the day, or a notification.
func (k *desk) bank(t *testing.T, s sheet) []treasury.Entry {
	t.Helper()
	k.serial++
	if s.number == 0 {
		s.number = k.serial
	}
	return k.entries(t, k.answer(t, fmt.Sprintf("%d.xml", k.serial), s.bytes()))
}

// said is what the entries of an answer have become, in the order of the words.
func (k *desk) said(t *testing.T, all []treasury.Entry, want ...string) {
	t.Helper()
	var got []string
	for _, e := range all {
		got = append(got, e.Amount.Plain()+" "+e.State)
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("the entries are %q, want %q", got, want)
	}
}

// stands holds the accounts of the first client: cash, on its way, debt.
func (k *desk) stands(t *testing.T, cash, way, debt int64) {
	t.Helper()
	for account, want := range map[string]int64{"1940": cash, "1990": way, "2511": debt} {
		if got := k.balance(t, 0, account); got != money.Kronor(want) {
			t.Errorf("%s stands at %s, want %s", account, got, money.Kronor(want))
		}
	}
}

// status is a pain.002 of the file: of all, of its groups, of its payments.
func (k *desk) status(all string, groups map[string]string, payments map[string]string) []byte {
	k.serial++
	var b strings.Builder
	status := func(tag, s string) {
		code, why, _ := strings.Cut(s, " ")
		if b.WriteString(fmt.Sprintf("<%s>%s</%s>", tag, code, tag)); why != "" {
			b.WriteString("<StsRsnInf><Rsn><Cd>" + why + "</Cd></Rsn></StsRsnInf>")
		}
	}
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>T%d</MsgId><CreDtTm>2026-11-25T18:00:00Z</CreDtTm></GrpHdr>`+
		`<OrgnlGrpInfAndSts><OrgnlMsgId>KB%s</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>`, k.serial, k.proposal)
	status("GrpSts", all)
	b.WriteString("</OrgnlGrpInfAndSts>")
	for g, s := range groups {
		b.WriteString("<OrgnlPmtInfAndSts><OrgnlPmtInfId>" + g + "</OrgnlPmtInfId>")
		status("PmtInfSts", s)
		b.WriteString("</OrgnlPmtInfAndSts>")
	}
	for p, s := range payments {
		b.WriteString("<OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>" + p + "</OrgnlEndToEndId>")
		status("TxSts", s)
		b.WriteString("</TxInfAndSts></OrgnlPmtInfAndSts>")
	}
	b.WriteString("</CstmrPmtStsRpt></Document>")
	return []byte(b.String())
}

// What the bank can say so that something is paid twice, to the wrong one, or is
// lost when it comes back.
func TestWhatTheBankSaysPaysNothingTwiceAndLosesNothing(t *testing.T) {
	for name, run := range map[string]func(*testing.T, *desk){
		"trap 20: a file that the bank has got twice is refused the second time, and no debt opens": func(t *testing.T, k *desk) {
			k.send(t, 10)
			bank := newBank()
			for i := range 2 {
				ack, err := bank.Take(k.file, dbtest.Noon.Add(time.Duration(i)*time.Second))
				must(t, err)
				k.answer(t, "ack.xml", ack)
			}
			k.is(t, 10, treasury.Filed)
			if a := k.answer(t, "dubblett.xml", k.status("RJCT AM05", nil, nil)); !strings.Contains(a.Note, "har fått den") {
				t.Errorf("nobody is told: %q", a.Note)
			}
			k.answer(t, "rad.xml", k.status("PART", nil, map[string]string{k.of(t, 10).EndToEnd: "RJCT DU04"}))
			k.stands(t, 0, -10, 0)
			k.is(t, 10, treasury.Filed)
		},
		"trap 22: of a file that is refused in part only the refused group and payment open": func(t *testing.T, k *desk) {
			k.invoices = append(k.invoices, k.invoice(t, 0, 2, money.Kronor(40), noon+1)) // another day is another group
			k.invoices = append(k.invoices, k.invoice(t, 0, 0, money.Kronor(10), noon), k.invoice(t, 0, 1, money.Kronor(20), noon))
			k.proposal = k.propose(t, noon+1).ID
			k.file = k.city.file(t, k.proposal)
			refused := k.of(t, 20)
			if k.of(t, 40).Batch == refused.Batch {
				t.Fatal("both days are one group")
			}
			k.answer(t, "a.xml", k.status("PART", map[string]string{k.of(t, 40).Batch: "RJCT DT01", refused.Batch: "PART"},
				map[string]string{refused.EndToEnd: "RJCT AC04", k.of(t, 10).EndToEnd: "ACSP"}))
			k.is(t, 10, treasury.Accepted)
			k.is(t, 20, treasury.Rejected)
			k.is(t, 40, treasury.Rejected)
			k.stands(t, 0, -10, -60)
			// The same once more, and an older one that comes late.
			k.answer(t, "b.xml", k.status("PART", map[string]string{k.of(t, 40).Batch: "RJCT DT01"}, map[string]string{refused.EndToEnd: "RJCT AC04"}))
			k.answer(t, "c.xml", k.status("ACTC", nil, nil))
			k.is(t, 10, treasury.Accepted)
			k.is(t, 20, treasury.Rejected)
			k.stands(t, 0, -10, -60)
		},
		"trap 22: what is refused and later paid after all stops what has been opened again": func(t *testing.T, k *desk) {
			k.send(t, 10)
			r := k.of(t, 10)
			k.answer(t, "a.xml", k.status("PART", nil, map[string]string{r.EndToEnd: "RJCT AC04"}))
			k.step2(t, k.invoices[0], "go", map[string]string{"reason": "Nytt konto är godkänt."})
			again := k.propose(t, noon)
			k.said(t, k.bank(t, sheet{moves: []move{{amount: -money.Kronor(10), ref: r.EndToEnd}}}), "-10.00 open")
			k.control(t, again.ID)
			k.step(t, k.releaser, again.ID, "release", nil)
			if p := k.load(t, again.ID); p.State != treasury.Cancelled || p.Dropped != 1 {
				t.Errorf("it is paid a second time: the proposal is %s", p.State)
			}
			if v := k.get(t, k.invoices[0]); v.StopKind != payables.StopBank || !strings.Contains(v.Stop, "avvisade") {
				t.Errorf("stopped: %q", v.Stop)
			}
		},
		"trap 61: an entry as camt.054 and then as camt.053, and both again in other files, moves once; so does its return": func(t *testing.T, k *desk) {
			k.send(t, 10, 20)
			out := []move{{amount: -money.Kronor(10), ref: k.of(t, 10).EndToEnd}, {amount: -money.Kronor(20), ref: k.of(t, 20).EndToEnd}}
			k.said(t, k.bank(t, sheet{kind: "camt.054", moves: out}), "-10.00 paid", "-20.00 paid")
			k.stands(t, 0, -30, 0)
			k.said(t, k.bank(t, sheet{moves: out}), "-10.00 paid", "-20.00 paid")
			k.stands(t, -30, 0, 0)
			k.said(t, k.bank(t, sheet{opening: -money.Kronor(30), moves: []move{{amount: -money.Kronor(10), ref: k.of(t, 10).EndToEnd}}}), "-10.00 open") // the money has moved twice
			back := []move{{amount: money.Kronor(20), ref: k.of(t, 20).EndToEnd, code: "AC04"}}
			k.said(t, k.bank(t, sheet{kind: "camt.054", moves: back}), "20.00 returned")
			k.stands(t, -30, 20, -20)
			k.said(t, k.bank(t, sheet{opening: -money.Kronor(40), moves: back}), "20.00 returned")
			k.said(t, k.bank(t, sheet{kind: "camt.054", number: 77, moves: back}), "20.00 returned")
			k.said(t, k.bank(t, sheet{opening: -money.Kronor(20), moves: back}), "20.00 open")
			k.stands(t, -10, 0, -20)
			if got := k.get(t, k.invoices[1]); got.Payment != "" || got.StopKind != payables.StopBank {
				t.Errorf("the invoice says %q", got.Payment)
			}
		},
		"trap 61: one entry that holds a payment twice pays it once and leaves the rest to a person": func(t *testing.T, k *desk) {
			k.send(t, 10)
			ref := k.of(t, 10).EndToEnd
			k.said(t, k.bank(t, sheet{moves: []move{{amount: -money.Kronor(20), parts: []part{{ref: ref, amount: -money.Kronor(10)}, {ref: ref, amount: -money.Kronor(10)}}}}}), "-10.00 open", "-10.00 paid")
			k.stands(t, -10, 0, 0)
		},
		"trap 61: of a bundle that holds what we have not sent, ours is paid and the rest is left to a person": func(t *testing.T, k *desk) {
			k.send(t, 10)
			all := k.bank(t, sheet{moves: []move{{amount: -money.Kronor(17), parts: []part{{ref: k.of(t, 10).EndToEnd, amount: -money.Kronor(10)}, {ref: "NÅGON ANNAN", amount: -money.Kronor(7)}}}}})
			k.said(t, all, "-10.00 paid", "-7.00 open")
			if !strings.Contains(all[1].Note, "7,00 kr inte till någon") {
				t.Errorf("it says %q", all[1].Note)
			}
			k.stands(t, -10, 0, 0)
		},
		"a return among other deposits in one sum is found, and the deposits are let be": func(t *testing.T, k *desk) {
			k.send(t, 10)
			ref := k.of(t, 10).EndToEnd
			k.bank(t, sheet{moves: []move{{amount: -money.Kronor(10), ref: ref}}})
			k.said(t, k.bank(t, sheet{opening: -money.Kronor(10), moves: []move{{amount: money.Kronor(500), parts: []part{{ref: "4711", amount: money.Kronor(490)}, {ref: ref, amount: money.Kronor(10), code: "AC04"}}}}}),
				"10.00 returned", "490.00 other")
			k.stands(t, 0, 0, -10)
		},
		"a bundle whose payments have no amounts of their own is paid when it is the sum of ours, and not when it is less": func(t *testing.T, k *desk) {
			k.send(t, 10, 20)
			parts := []part{{ref: k.of(t, 10).EndToEnd}, {ref: k.of(t, 20).EndToEnd}}
			k.said(t, k.bank(t, sheet{moves: []move{{amount: -money.Kronor(29), parts: parts}}}), "-29.00 open")
			k.is(t, 10, treasury.Filed)
			k.said(t, k.bank(t, sheet{opening: -money.Kronor(29), moves: []move{{amount: -money.Kronor(30), parts: parts}}}), "-30.00 paid")
			k.stands(t, -30, 0, 0)
		},
		"a whole group that comes back by its name opens every debt in it; a part of it is left to a person": func(t *testing.T, k *desk) {
			k.send(t, 10, 20)
			group := k.of(t, 10).Batch
			k.said(t, k.bank(t, sheet{moves: []move{{amount: -money.Kronor(30), group: group}}}), "-30.00 paid")
			k.said(t, k.bank(t, sheet{opening: -money.Kronor(30), moves: []move{{amount: money.Kronor(20), group: group}}}), "20.00 open")
			k.is(t, 20, treasury.Paid)
			k.said(t, k.bank(t, sheet{opening: -money.Kronor(10), moves: []move{{amount: money.Kronor(30), group: group, reversal: true}}}), "30.00 returned")
			k.stands(t, 0, 0, -30)
		},
		"a return that does not say of what is left to a person, as is a part of one": func(t *testing.T, k *desk) {
			k.send(t, 10)
			ref := k.of(t, 10).EndToEnd
			k.bank(t, sheet{moves: []move{{amount: -money.Kronor(10), ref: ref}}})
			for i, m := range []move{{amount: money.Kronor(99), code: "AC04"}, {amount: money.Kronor(98), reversal: true}, {amount: money.Kronor(4), ref: ref}, {amount: money.Kronor(10), text: "Retur Leverantör 000 AB"}} {
				k.said(t, k.bank(t, sheet{kind: "camt.054", moves: []move{m}}), m.amount.Plain()+" open")
				if k.is(t, 10, treasury.Paid); t.Failed() {
					t.Fatalf("move %d", i)
				}
			}
			k.said(t, k.bank(t, sheet{kind: "camt.054", moves: []move{{amount: money.Kronor(10), text: "Hyra Kiosken HB"}}}), "10.00 other")
		},
		"money that leaves without a word and is as much as a payment on its way is left to a person": func(t *testing.T, k *desk) {
			k.send(t, 10)
			k.said(t, k.bank(t, sheet{moves: []move{{amount: -money.Kronor(10), text: "Uttag"}, {amount: -money.Kronor(3), text: "Avgift"}}}), "-10.00 open", "-3.00 other")
			k.stands(t, 0, -10, 0)
		},
		"a payment that comes in on another of our own accounts has not come back": func(t *testing.T, k *desk) {
			const other = "SE4550000000058398257466"
			second := treasury.Account{Name: "Bolaget", Owner: k.clients[1], IBAN: other, Bankgiro: giro(0), Profile: "handelsbanken", Agreement: "162120000142", Holder: "Bolaget",
				Ledger: "1940", Clearing: "1990", Books: "camt.053", Cutoff: 14 * 60, ValidFrom: start, ValidTo: period.NewDate(9999, 12, 31)}
			k.do(t, k.system, func(o *op.Op) error { return treasury.PutAccount(o, &second) })
			k.send(t, 10)
			ref := k.of(t, 10).EndToEnd
			k.bank(t, sheet{moves: []move{{amount: -money.Kronor(10), ref: ref}}})
			k.said(t, k.bank(t, sheet{iban: other, moves: []move{{amount: money.Kronor(10), ref: ref}}}), "10.00 other")
			k.is(t, 10, treasury.Paid)
			// On the account that it was paid from it may be either, unless the bank says so.
			k.said(t, k.bank(t, sheet{opening: -money.Kronor(10), moves: []move{{amount: money.Kronor(10), ref: ref}}}), "10.00 open")
			k.is(t, 10, treasury.Paid)
			k.said(t, k.bank(t, sheet{moves: []move{{amount: money.Kronor(10), ref: ref, code: "AC04"}}}), "10.00 returned")
			k.is(t, 10, treasury.Returned)
		},
		"trap 13: a statement whose name the bank uses again is read, and the same one is not": func(t *testing.T, k *desk) {
			k.send(t, 10, 20)
			one := sheet{name: "1", number: 1, moves: []move{{amount: -money.Kronor(10), ref: k.of(t, 10).EndToEnd, number: "-"}}}
			two := sheet{name: "1", number: 1, opening: -money.Kronor(10), moves: []move{{amount: -money.Kronor(20), ref: k.of(t, 20).EndToEnd, number: "-"}}}
			k.said(t, k.bank(t, one), "-10.00 paid")
			k.said(t, k.bank(t, two), "-20.00 paid")
			if a := k.answer(t, "igen.xml", append(one.bytes(), '\n')); a.Matched != 0 || a.Already != 1 {
				t.Errorf("the same again: %+v", a)
			}
			k.stands(t, -30, 0, 0)
		},
		"trap 13: equal entries without a number, each in its own notification of the day, are two": func(t *testing.T, k *desk) {
			for i := range 2 {
				k.said(t, k.bank(t, sheet{kind: "camt.054", name: fmt.Sprint("N", i), moves: []move{{amount: money.Kronor(5), text: "Insättning", number: "-"}}}), "5.00 other")
			}
		},
		"what is not in kronor moves nothing, whatever the number of its account": func(t *testing.T, k *desk) {
			k.send(t, 10)
			a := k.answer(t, "eur.xml", sheet{currency: "EUR", number: 5, moves: []move{{amount: -money.Kronor(10), ref: k.of(t, 10).EndToEnd}}}.bytes())
			if len(k.entries(t, a)) != 0 || !strings.Contains(a.Note, "inte i kronor") {
				t.Errorf("%+v", a)
			}
			k.said(t, k.bank(t, sheet{kind: "camt.054", moves: []move{{amount: -money.Kronor(10), parts: []part{{ref: k.of(t, 10).EndToEnd, amount: -money.Kronor(9), currency: "EUR"}, {ref: "X", amount: -money.Kronor(1)}}}}}), "-10.00 open")
			k.is(t, 10, treasury.Filed)
		},
		"a statement that came before its account was known is read when the account is": func(t *testing.T, k *desk) {
			const other = "SE4550000000058398257466"
			s := sheet{iban: other, number: 3, moves: []move{{amount: money.Kronor(10), text: "Insättning"}}}.bytes()
			if a := k.answer(t, "a.xml", s); a.Skipped != 1 || len(k.entries(t, a)) != 0 {
				t.Errorf("%+v", a)
			}
			second := k.account
			second.ID, second.IBAN, second.Bankgiro, second.Name = 0, other, "", "Det andra"
			k.do(t, k.system, func(o *op.Op) error { return treasury.PutAccount(o, &second) })
			a := k.answer(t, "a.xml", s)
			k.said(t, k.entries(t, a), "10.00 other")
			if again := k.answer(t, "a.xml", s); again.ID != a.ID || again.Skipped != 0 {
				t.Errorf("%+v", again)
			}
		},
		"entries of nought and payments that the bank never saw move nothing": func(t *testing.T, k *desk) {
			k.invoice(t, 0, 0, money.Kronor(10), noon)
			k.invoice(t, 0, 0, -money.Kronor(10), noon)
			k.send(t)
			r := k.load(t, k.proposal).Rows[0]
			if r.Amount != 0 || r.State != treasury.Paid {
				t.Fatalf("%s %s", r.Amount, r.State)
			}
			k.said(t, k.bank(t, sheet{moves: []move{{amount: 0, text: "Information"}, {amount: money.Kronor(1), ref: r.EndToEnd}}}), "0.00 other", "1.00 open")
			k.stands(t, 0, 0, 0)
		},
		"trap 50: what comes back when its period is closed is posted in the first open one, and the debt with it": func(t *testing.T, k *desk) {
			k.send(t, 10)
			ref := k.of(t, 10).EndToEnd
			k.bank(t, sheet{moves: []move{{amount: -money.Kronor(10), ref: ref}}})
			k.clock.Pass(40 * 24 * time.Hour)
			k.do(t, k.system, func(o *op.Op) error {
				return ledger.Close(o, k.clients[0], "", ledger.PeriodOf(noon), ledger.Hard, "Avstämd")
			})
			k.said(t, k.bank(t, sheet{opening: -money.Kronor(10), moves: []move{{amount: money.Kronor(10), ref: ref, code: "AC04"}}}), "10.00 returned")
			k.stands(t, 0, 0, -10)
			k.see(t, func(o *op.Op) error {
				v, err := ledger.Get(o, k.clients[0], ledger.ID(k.of(t, 10).Returned))
				if err == nil && (v.Period == ledger.PeriodOf(noon) || v.Date != noon || !v.Moved()) {
					t.Errorf("it is posted in %s with the day %s", v.Period.Key(), v.Date)
				}
				return err
			})
		},
		"trap 18: what comes back of an invoice less its credit note opens both, and is paid again as the difference": func(t *testing.T, k *desk) {
			invoice, credit := k.invoice(t, 0, 0, money.Kronor(100), noon), k.invoice(t, 0, 0, -money.Kronor(40), noon)
			k.send(t)
			ref := k.of(t, 60).EndToEnd
			k.bank(t, sheet{moves: []move{{amount: -money.Kronor(60), ref: ref}}})
			k.said(t, k.bank(t, sheet{opening: -money.Kronor(60), moves: []move{{amount: money.Kronor(60), ref: ref, code: "AC06"}}}), "60.00 returned")
			k.stands(t, 0, 0, -60)
			if v := k.get(t, credit); v.Payment != "" || v.Stop != "" {
				t.Errorf("the credit note says %q, stopped: %q", v.Payment, v.Stop)
			}
			if v := k.get(t, invoice); v.Payment != "" || v.StopKind != payables.StopBank {
				t.Errorf("the invoice says %q, stopped: %q", v.Payment, v.Stop)
			}
			k.step2(t, invoice, "go", map[string]string{"reason": "Kontot är öppet igen."})
			if again := k.propose(t, noon); again.Payments != 1 || again.Amount != money.Kronor(60) {
				t.Errorf("again it is %d payments of %s", again.Payments, again.Amount)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				door, clock := dbtest.Door(d)
				k := &desk{city: found(t, door, 2, 3), clock: clock}
				run(t, k)
				k.whole(t)
			})
		})
	}
}

// A person who comes to have a hand in a document after it was proposed does not
// release it, and what the releaser touches after release makes no file.
func TestHandsThatComeLater(t *testing.T) {
	// The register says another approver of the account than when it was proposed.
	approveAgain := func(t *testing.T, k *desk) {
		t.Helper()
		_, err := k.door.DB.Raw().Exec(fmt.Sprintf(`UPDATE payables_account SET approved_by = %d WHERE supplier = %d`, int64(k.releaser.ID), int64(k.payee[0].ID)))
		must(t, err)
	}
	for name, run := range map[string]func(*testing.T, *desk){
		"trap 28: whoever approves the payee's account after the proposal does not release it": func(t *testing.T, k *desk) {
			k.invoice(t, 0, 0, money.Kronor(10), noon)
			p := k.propose(t, noon)
			k.control(t, p.ID)
			approveAgain(t, k)
			refuses(t, "it was released by whoever approved the account", k.try(k.releaser, func(o *op.Op) error {
				_, err := k.city.bank.Table.Take(o, p.ID, "release", 0, nil)
				return err
			}))
		},
		"trap 28: what the releaser has had a hand in since the release falls out of the file": func(t *testing.T, k *desk) {
			k.invoice(t, 0, 0, money.Kronor(10), noon)
			k.invoice(t, 0, 1, money.Kronor(20), noon)
			p := k.propose(t, noon)
			k.control(t, p.ID)
			k.step(t, k.releaser, p.ID, "release", nil)
			approveAgain(t, k)
			k.step(t, k.proposer, p.ID, "file", nil)
			if all := k.load(t, p.ID); all.Dropped != 1 || !strings.Contains(all.Rows[0].Reason+all.Rows[1].Reason, "sedan dess") {
				t.Errorf("%d fell", all.Dropped)
			}
			f, err := pain.Read(k.bytes(t, p.ID))
			if err != nil || f.Count != 1 || f.Sum != money.Kronor(20) {
				t.Errorf("the file has %d payments of %s: %v", f.Count, f.Sum, err)
			}
		},
		"trap 26: an account that is blocked after the release takes its payment out of the file": func(t *testing.T, k *desk) {
			k.invoice(t, 0, 0, money.Kronor(10), noon)
			k.invoice(t, 0, 1, money.Kronor(20), noon)
			p := k.propose(t, noon)
			k.control(t, p.ID)
			k.step(t, k.releaser, p.ID, "release", nil)
			k.do(t, k.coder, func(o *op.Op) error {
				all, err := payables.AccountsOf(o, k.payee[0].ID)
				if err != nil {
					return err
				}
				return payables.BlockAccount(o, all[0].ID, 0, "Någon ringde och ändrade kontot.")
			})
			k.step(t, k.proposer, p.ID, "file", nil)
			f, err := pain.Read(k.bytes(t, p.ID))
			if err != nil || f.Count != 1 || f.Sum != money.Kronor(20) {
				t.Errorf("the file has %d payments of %s: %v", f.Count, f.Sum, err)
			}
		},
		"trap 20: an account that has been paid from keeps its number and its accounts in the books": func(t *testing.T, k *desk) {
			k.send(t, 10)
			for what, change := range map[string]func(a *treasury.Account){
				"the clearing account": func(a *treasury.Account) { a.Clearing = "1991" }, "the bank account": func(a *treasury.Account) { a.Ledger = "1930" },
				"the IBAN": func(a *treasury.Account) { a.IBAN = "SE4550000000058398257466" }, "what it is posted from": func(a *treasury.Account) { a.Books = "camt.054" },
			} {
				a := k.account
				a.Version = 1
				change(&a)
				refuses(t, what+" was changed", k.try(k.system, func(o *op.Op) error { return treasury.PutAccount(o, &a) }))
			}
			a := k.account
			a.Version, a.Name = 1, "Koncernkontot, nytt namn"
			k.do(t, k.system, func(o *op.Op) error { return treasury.PutAccount(o, &a) })
			k.see(t, func(o *op.Op) error {
				again, err := treasury.Remake(o, k.proposal)
				if !bytes.Equal(again, k.file) {
					t.Error("the file made again is another")
				}
				return err
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				door, clock := dbtest.Door(d)
				k := &desk{city: found(t, door, 2, 3), clock: clock}
				run(t, k)
				k.whole(t)
			})
		})
	}
}
