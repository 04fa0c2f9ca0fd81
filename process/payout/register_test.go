package payout

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/role"
	"kontor/promise/approval"
	"kontor/promise/approval/approvaltest"
)

func order() Order {
	return Order{Client: "SOC", Reference: "BIDRAG-17", FileName: "beslut.pdf", File: pdf,
		Fields: map[string]string{"org": "559999-1006", "name": "Idrottsföreningen Kamraterna", "scheme": "BG", "account": "991-2346", "town": "Ängby",
			"amount": "12000.00", "due": (noon + 5).String(), "purpose": "Verksamhetsbidrag 2026", "basis": "Nämnden 2026-11-02 § 12"},
		Lines: []map[string]string{{"account": "4120", "unit": "21100", "activity": "3100"}}}
}

// What another system sends is a draft by the rules of the page, once.
func TestAnOrderIsRegisteredOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := found(t, d)
		send := func(x Order) (v Request, made bool, err error) {
			err = c.try(c.system, func(o *op.Op) (err error) { v, made, err = Register(o, x); return err })
			return v, made, err
		}
		first, made, err := send(order())
		if err != nil || !made {
			t.Fatal(made, err)
		}
		v := c.get(t, first.ID)
		if v.State != Draft || v.Number != "UU 2026:1" || v.Town != "Ängby" || v.Lines[0].Amount != money.Kronor(12_000) || v.File == "" || v.Writer != c.system.ID {
			t.Errorf("registered %+v", v)
		}
		c.must(t, c.writer, v.ID, "send")
		for range 2 {
			if again, made, err := send(order()); err != nil || made || again.ID != v.ID || again.State != Sent {
				t.Errorf("sent again: made %v, %s in %s, %v", made, again.Number, again.State, err)
			}
		}
		other := order()
		other.Fields["amount"] = "13000"
		if _, _, err := send(other); !errors.Is(err, errOther) || !strings.Contains(fault.Of(err).Say(), "UU 2026:1") {
			t.Errorf("the same reference for another payment: %v", err)
		}
		if other.Reference = "BIDRAG-18"; true {
			if v, made, err := send(other); err != nil || !made || v.Number != "UU 2026:2" {
				t.Errorf("with a reference of its own: %v %v", v.Number, err)
			}
		}
		c.must(t, c.checker, v.ID, "confirm")
		c.must(t, c.reviewer, v.ID, "review")
		c.must(t, c.approver, v.ID, "approve")
		file, _ := c.pay(t)
		if !strings.Contains(string(file), "Kamraterna") {
			t.Error("the file to the bank does not pay it")
		}
		proven(t, c)
	})
}

func TestWhatIsWrongWithAnOrderIsSaidInWords(t *testing.T) {
	door := found(t, dbtest.SQLite(t))
	for name, x := range map[string]struct {
		edit func(*Order)
		want []string
	}{
		"no reference":                   {func(x *Order) { x.Reference = "" }, []string{"PUT-050"}},
		"a client that is not":           {func(x *Order) { x.Client = "XXX" }, []string{"CLI"}},
		"a field that is spelt wrong":    {func(x *Order) { x.Fields["belopp"] = "1" }, []string{"belopp", "amount"}},
		"a line's field spelt wrong":     {func(x *Order) { x.Lines[0]["konto"] = "1" }, []string{"konto", "account"}},
		"every field that is wrong":      {func(x *Order) { x.Fields["org"], x.Fields["due"] = "559999-1007", "i morgon" }, []string{"org:", "due:"}},
		"the line that is wrong":         {func(x *Order) { x.Lines = append(x.Lines, map[string]string{"account": "9999", "sum": "5"}) }, []string{"lines[0].sum", "lines[1].account"}},
		"an account that cannot be":      {func(x *Order) { x.Fields["account"] = "991-2347" }, []string{"account:"}},
		"a document that nobody can see": {func(x *Order) { x.File = []byte("bara text") }, []string{"PUT-042"}},
		"protected without a name":       {func(x *Order) { x.Fields["protected"] = "true" }, []string{"bank_name:"}},
	} {
		t.Run(name, func(t *testing.T) {
			o := order()
			o.Fields, o.Lines = maps.Clone(o.Fields), slices.Clone(o.Lines)
			x.edit(&o)
			err := door.try(door.system, func(tx *op.Op) error { _, _, err := Register(tx, o); return err })
			if err == nil {
				t.Fatal("it is registered")
			}
			f := fault.Of(err)
			for _, w := range x.want {
				if !strings.Contains(f.Code+" "+f.Say(), w) {
					t.Errorf("%s: %s does not tell %q", f.Code, f.Say(), w)
				}
			}
		})
	}
	var n int64
	door.do(t, door.system, func(o *op.Op) (err error) {
		n, err = db.Select[int64](`SELECT count(*) FROM payout_request`).One(o)
		return err
	})
	if n != 0 {
		t.Errorf("%d were registered all the same", n)
	}
}

// The town goes to the bank alone: of a supplier from its register, of somebody under
// protection only what the client has decided to give.
func TestTownOfThePayee(t *testing.T) {
	for _, x := range []struct {
		name string
		row  owed
		want string
	}{
		{"as it is written", owed{Request: Request{Town: "Ängby"}, SupplierTown: "Exempelstad"}, "Ängby"},
		{"else the supplier's", owed{SupplierTown: "Exempelstad"}, "Exempelstad"},
		{"of somebody under protection none", owed{Request: Request{Protected: true}, SupplierTown: "Exempelstad"}, ""},
		{"but what is decided", owed{Request: Request{Protected: true, Town: "Stockholm"}}, "Stockholm"},
	} {
		d := x.row.due(noon, 0)
		if d.BankTown != x.want {
			t.Errorf("%s: %q, want %q", x.name, d.BankTown, x.want)
		}
	}
}

// It is said before anybody is asked that nobody in the register may see who the
// payee is.
func TestNobodyIsClearedToApprove(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := found(t, d)
		person := func(name string, clearance op.Clearance) role.Person {
			p := role.Person{Name: name, Email: strings.ToLower(name[:3]) + "@stad.example", Kind: op.Person, Language: "sv", Active: true, Interests: []string{}, Clearance: clearance}
			c.do(t, c.system, func(o *op.Op) error { return role.Add(o, &p) })
			return p
		}
		safe, boss := person("Siv Säker", op.Secret), person("Bosse Chef", op.Sensitive)
		adopt := func(final, review role.Person) {
			approvaltest.Adopt(t, c.door, c.at, approvaltest.Final(op.Actor{ID: final.ID, Name: final.Name}, money.Kronor(50_000)),
				approval.Row{Person: review.ID, Name: review.Name, Kind: approval.Review, Most: money.Kronor(50_000)})
		}
		said := func(key ID) bool {
			return slices.ContainsFunc(Findings(c.get(t, key)), func(f Finding) bool { return f.Code == "unseen" })
		}
		secret, plain := c.add(t, c.aid()), c.add(t, c.grant())
		for _, x := range []struct {
			name          string
			final, review role.Person
			want          bool
		}{{"nobody who approves", boss, safe, true}, {"nobody who reviews", safe, boss, true}, {"both", safe, person("Tua Trygg", op.Secret), false}} {
			adopt(x.final, x.review)
			if said(secret) != x.want || said(plain) {
				t.Errorf("%s: said %v, want %v; of others %v", x.name, said(secret), x.want, said(plain))
			}
		}
	})
}
