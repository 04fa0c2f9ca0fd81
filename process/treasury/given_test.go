package treasury

import (
	"strings"
	"testing"

	"kontor/format/pain"
	"kontor/kernel/money"
	"kontor/kernel/period"
)

// private is a due to somebody who is not told here.
func private() Due {
	return Due{Client: 1, Kind: "payout.request", Document: 7, Number: "UU 2026:7", PayeeOrg: "~1", PayeeName: "Privatperson", Scheme: "BBAN", Account: "•••• 466",
		Amount: money.Kronor(100), Due: period.NewDate(2026, 11, 27), Given: Given{BankName: "Anna Hemlig", BankAccount: "58398257466", BankMessage: "Till Anna"}}
}

func paymentOf(d Due) Payment {
	x := transfer{}
	x.add(d)
	p := Payment{Client: d.Client, PayeeOrg: d.PayeeOrg, PayeeName: d.PayeeName, Scheme: d.Scheme, Number: d.Account, Amount: d.Amount, EndToEnd: "K1",
		Parts: []Part{{Client: d.Client, Kind: d.Kind, Document: d.Document, Number: d.Number, Amount: d.Amount, Due: d.Due}}}
	p.OCR, p.Message = x.reference()
	p.Given = x.given()
	p.Seal = sealOf(&p)
	return p
}

// What the bank alone is given goes into the file, and what is told here does not.
func TestTheBankAloneIsGiven(t *testing.T) {
	p := paymentOf(private())
	x := transferOf(&p)
	if x.Payee.Name != "Anna Hemlig" || x.Payee.Clearing != "5839" || x.Payee.Number != "8257466" || x.Message != "Till Anna" || x.Payee.Scheme != pain.Domestic {
		t.Errorf("%+v", x)
	}
	if p.PayeeName != "Privatperson" || strings.Contains(p.Message, "Anna") {
		t.Errorf("%+v", p)
	}
}

// It is sealed and looked at again like the rest: no other name, account or
// message goes to the bank than what was released.
func TestWhatTheBankIsGivenIsSealed(t *testing.T) {
	p := paymentOf(private())
	for name, change := range map[string]func(g *Given){
		"name": func(g *Given) { g.BankName = "Bo" }, "account": func(g *Given) { g.BankAccount = "58398257474" }, "message": func(g *Given) { g.BankMessage = "Till Bo" },
	} {
		q := p
		change(&q.Given)
		if sealOf(&q) == p.Seal {
			t.Errorf("another %s has the same seal", name)
		}
		d := private()
		change(&d.Given)
		why := changed(&p, map[int64]Due{7: d})
		if (why == "") != (name == "message") || strings.Contains(why, "Anna") || strings.Contains(why, "Bo") {
			t.Errorf("another %s: %q", name, why)
		}
	}
	if why := changed(&p, map[int64]Due{7: private()}); why != "" {
		t.Error(why)
	}
}

// Two private persons whose accounts look alike here are not netted together.
func TestPrivatePersonsAreToldApart(t *testing.T) {
	a, b := private(), private()
	b.Document, b.BankAccount, b.Amount = 8, "58398257467", -money.Kronor(50)
	pay, left := net([]Due{a, b})
	if len(pay) != 1 || pay[0].amount != a.Amount || len(left) != 1 {
		t.Errorf("%+v %+v", pay, left)
	}
}
