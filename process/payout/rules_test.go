package payout

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kontor/books/coding"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/ident"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
	"kontor/promise/approval"
)

func TestReadAccount(t *testing.T) {
	for _, c := range []struct {
		name, scheme, in, want string
		err                    error
	}{
		{"a bankgiro with a hyphen", "BG", "991-2346", "9912346", nil},
		{"a bankgiro that fails its control", "BG", "991-2347", "", ident.ErrBankgiro},
		{"trap 8: the digits of a bankgiro as a plusgiro", "PG", "991234-6", "9912346", nil},
		{"a bank account with spaces and comma", "BBAN", "8327-9, 901 950-6", "832799019506", nil},
		{"a bank account with a letter", "BBAN", "5491 00000O3", "", errAccount},
		{"a bank account that is too short", "BBAN", "5491", "", errAccount},
		{"an IBAN in groups", "IBAN", "SE35 5000 0000 0549 1000 0003", "SE3550000000054910000003", nil},
		{"an IBAN that fails its control", "IBAN", "SE36 5000 0000 0549 1000 0003", "", ident.ErrIBAN},
		{"no kind of account", "", "9912346", "", errScheme},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ReadAccount(c.scheme, c.in)
			if got != c.want || !errors.Is(err, c.err) {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}

// good is a request that nothing speaks against.
func good() Request {
	v := (&city{at: 1}).grant()
	v.State, v.File, v.ConfirmedBy, v.Writer = Sent, "x", 7, 8
	return *v
}

func TestWhatKeepsARequestFromBeingSent(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(v *Request)
		want   error
	}{
		{"nothing", func(*Request) {}, nil},
		{"no document to rest on", func(v *Request) { v.File = "" }, errLacks},
		{"no decision to rest on", func(v *Request) { v.Basis = "" }, errLacks},
		{"no purpose", func(v *Request) { v.Purpose = "" }, errLacks},
		{"no day", func(v *Request) { v.Due = 0 }, errLacks},
		{"no coding", func(v *Request) { v.Lines = nil }, errLacks},
		{"nobody to pay", func(v *Request) { v.PayeeOrg = "" }, errOrg},
		{"nothing to pay", func(v *Request) { v.Amount = 0 }, errAmount},
		{"a debt of the payee to us", func(v *Request) { v.Amount = -1; v.Lines[0].Amount = -1 }, errAmount},
		{"trap 3: an öre that is coded nowhere", func(v *Request) { v.Amount++ }, errSum},
		{"trap 1: lines beyond what can be summed", func(v *Request) {
			v.Lines = []coding.Line{{Amount: 1<<63 - 1}, {Amount: 1<<63 - 1}}
		}, money.ErrOverflow},
		{"a code that the plan refuses", func(v *Request) { v.Refused = []string{"Kontot finns inte."} }, errRefused},
		{"a protected payee without a name for the bank", func(v *Request) { v.Protected = true }, errBankName},
		{"a blocked supplier", func(v *Request) { v.Supplier = Supplier{Known: true, Blocked: true, Approved: true} }, errBlocked},
		{"a supplier's account that nobody has approved", func(v *Request) { v.Supplier = Supplier{Known: true} }, errSupplier},
		{"a supplier's approved account", func(v *Request) { v.Supplier = Supplier{Known: true, Approved: true} }, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := good()
			c.change(&v)
			if err := Check(v); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

func TestFindings(t *testing.T) {
	twin := Like{Number: "UU 2026:1", Due: noon + 5, Purpose: "verksamhetsbidrag  2026"}
	for _, c := range []struct {
		name   string
		change func(v *Request)
		want   string // codes; those that stop with a mark
	}{
		{"nothing", func(*Request) {}, ""},
		{"trap 12: the same payment again", func(v *Request) { v.Likes = []Like{twin} }, "duplicate!"},
		{"trap 12: once somebody has decided", func(v *Request) { v.Likes, v.DecidedBy = []Like{twin}, 9 }, "duplicate"},
		{"trap 12: another day warns", func(v *Request) { v.Likes = []Like{{Number: "UU 2026:1", Due: noon + 6, Purpose: v.Purpose}} }, "near"},
		{"trap 12: another purpose warns", func(v *Request) { v.Likes = []Like{{Number: "UU 2026:1", Due: v.Due, Purpose: "Lokalbidrag"}} }, "near"},
		{"trap 12: an invoice of the same amount warns", func(v *Request) { v.Likes = []Like{{Number: "F-1", Due: v.Due, Invoice: true}} }, "near"},
		{"an account that nobody has confirmed", func(v *Request) { v.ConfirmedBy = 0 }, "account!"},
		{"a supplier's account is confirmed by its approval", func(v *Request) { v.ConfirmedBy, v.Supplier = 0, Supplier{Known: true, Approved: true} }, ""},
		{"an account that is somebody else's as well", func(v *Request) { v.Shared = true }, "shared"},
		{"trap 9: an account that fails its control warns", func(v *Request) { v.Scheme, v.Account = "BBAN", "54910004512" }, "odd"},
		{"trap 9: an account that passes", func(v *Request) { v.Scheme, v.Account = "BBAN", "54910000003" }, ""},
		{"a person paid on an account of wages", func(v *Request) { v.PayeeOrg, v.Lines[0].Account = anna, "5210" }, "wages"},
		{"an association paid on an account of wages", func(v *Request) { v.Lines[0].Account = "5210" }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := good()
			c.change(&v)
			var codes []string
			stops := false
			for _, f := range Findings(v) {
				code := f.Code
				if f.Blocks && !f.Solved {
					code, stops = code+"!", true
				}
				codes = append(codes, code)
			}
			if strings.Join(codes, " ") != c.want {
				t.Errorf("%q", codes)
			}
			if (open(v) != nil) != stops {
				t.Errorf("it is open to review: %v", open(v))
			}
		})
	}
}

// A person's number is never in what a fault says or logs.
func TestFaultsTellNobody(t *testing.T) {
	v := *(&city{at: 1}).aid()
	v.File, v.Supplier = "x", Supplier{Known: true}
	rapid.Check(t, func(t *rapid.T) {
		v := v
		for _, f := range []*string{&v.Purpose, &v.Basis, &v.BankName} {
			if rapid.Bool().Draw(t, "lacks") {
				*f = ""
			}
		}
		w := op.Who{Actor: dbtest.Actor("Bo"), Now: dbtest.Noon}
		for _, err := range []error{Check(v), maySend(w, v), mayReview(w, v), mayApprove(w, v), mayConfirm(w, v)} {
			if err == nil {
				continue
			}
			if f := fault.Of(err); tells(err.Error()+f.Say()) != "" {
				t.Fatal(err)
			}
		}
	})
}

// Who may do what with a request: persons are compared.
func TestWhoMay(t *testing.T) {
	c := found(t, dbtest.SQLite(t))
	key := c.add(t, c.grant())
	c.must(t, c.writer, key, "send")
	try := func(who op.Actor, step string, want error) {
		t.Helper()
		if err := c.step(who, key, step, map[string]string{"how": "x", "reason": "x"}); !errors.Is(err, want) {
			t.Errorf("%s by %s: %v, want %v", step, who.Name, err, want)
		}
	}
	robot := dbtest.Actor("Disa Robot", all...)
	robot.Kind = op.Automation
	tied := dbtest.Actor("Jan Jäv", all...)
	tied.Interests = []string{union}
	poor := dbtest.Actor("Lite Rätt", all...)
	try(c.writer, "confirm", errOwn)
	try(robot, "confirm", errNotPerson)
	try(tied, "confirm", errInterest)
	c.must(t, c.checker, key, "confirm")
	try(c.checker, "confirm", errConfirmed)
	try(c.writer, "review", errOwn)
	try(tied, "review", errInterest)
	c.must(t, c.reviewer, key, "review")
	try(c.writer, "approve", errOwn)
	try(robot, "approve", errNotPerson)
	try(tied, "approve", errInterest)
	try(poor, "approve", fault.New(fault.Forbidden, "APV-002", ""))
	c.must(t, c.approver, key, "approve")
}

// Review and approval are never by one person, though the register gives both.
func TestTheReviewerDoesNotApprove(t *testing.T) {
	t.Run("trap 28: one person both reviews and approves", func(t *testing.T) {
		c := found(t, dbtest.SQLite(t))
		key := c.add(t, c.grant())
		c.must(t, c.writer, key, "send")
		c.must(t, c.checker, key, "confirm")
		c.must(t, c.approver, key, "review")
		if err := c.step(c.approver, key, "approve", nil); !errors.Is(err, errSame) {
			t.Error(err)
		}
	})
}

// Who is a person is told by the number, also of those who have no other.
func TestWhoIsAPerson(t *testing.T) {
	for _, c := range []struct {
		name, org string
		protected bool
		want      op.Clearance
	}{
		{"an association", union, false, op.Open},
		{"a person", anna, false, op.Sensitive},
		{"trap 7: a person with a co-ordination number", "198001619983", false, op.Sensitive},
		{"a person under protection", anna, true, op.Secret},
		{"a shelter under protection", union, true, op.Secret},
	} {
		v := Request{PayeeOrg: c.org, Protected: c.protected}
		if got := v.secrecy(); got != c.want {
			t.Errorf("%s: %d", c.name, got)
		}
		if (v.outwardly() == "") != (c.want == op.Open) {
			t.Errorf("%s is called %q outwardly", c.name, v.outwardly())
		}
	}
}

// The limit is for the whole, and for all that goes to one payee in a day.
func TestTheLimitIsForTheWhole(t *testing.T) {
	c := found(t, dbtest.SQLite(t))
	big := c.grant()
	big.Amount = money.Kronor(50_001)
	big.Lines = []coding.Line{{Account: "4120", Unit: "21100", Activity: "3100", Amount: money.Kronor(25_000)}, {Account: "4120", Unit: "21100", Activity: "3300", Amount: money.Kronor(25_001)}}
	key := c.add(t, big)
	c.must(t, c.writer, key, "send")
	c.must(t, c.checker, key, "confirm")
	if err := c.step(c.reviewer, key, "review", nil); !errors.Is(err, fault.New(fault.Forbidden, "APV-003", "")) {
		t.Error(err)
	}
	for i, want := range []error{nil, nil, nil, nil, errSplit} {
		v := c.grant()
		v.Purpose = strings.Repeat("del ", i+1)
		key := c.add(t, v)
		c.must(t, c.writer, key, "send")
		c.must(t, c.checker, key, "confirm")
		c.must(t, c.reviewer, key, "review")
		if err := c.step(c.approver, key, "approve", nil); !errors.Is(err, want) {
			t.Errorf("part %d: %v, want %v", i+1, err, want)
		}
	}
}

// A known supplier is paid to an account that two persons have approved, and when
// that no longer is one, what is approved waits.
func TestASupplierIsPaidToItsOwnAccount(t *testing.T) {
	c := found(t, dbtest.SQLite(t))
	s := payables.Supplier{Org: union, Name: "Kamraterna", Country: "SE", State: payables.SupplierApproved, FTax: "yes"}
	var account payables.Account
	c.do(t, c.system, func(o *op.Op) error {
		if err := payables.AddSuppliers(o, &s); err != nil {
			return err
		}
		if err := payables.Propose(o, payables.Account{Supplier: s.ID, Scheme: payables.Bankgiro, Number: "9912353", State: payables.AccountApproved}); err != nil {
			return err
		}
		accounts, err := payables.AccountsOf(o, s.ID)
		account = accounts[0]
		return err
	})
	key := c.add(t, c.grant())
	if err := c.step(c.writer, key, "send", nil); !errors.Is(err, errSupplier) {
		t.Errorf("sent to another account: %v", err)
	}
	v := c.grant()
	v.Account, v.Purpose = "9912353", "Lokalbidrag 2026"
	key = c.approved(t, v)
	if got := c.get(t, key); got.ConfirmedBy != 0 || got.Unconfirmed {
		t.Errorf("somebody had to confirm an approved account: %+v", got)
	}
	hold := func() string {
		t.Helper()
		var why string
		c.do(t, c.system, func(o *op.Op) error {
			all, err := PaymentSource().Again(o, []int64{int64(key)})
			if err == nil && len(all) == 1 {
				why = all[0].Hold
			}
			return err
		})
		return why
	}
	if why := hold(); why != "" {
		t.Errorf("it waits: %s", why)
	}
	c.do(t, c.system, func(o *op.Op) error { return payables.BlockAccount(o, account.ID, 0, "prov") })
	if why := hold(); why == "" {
		t.Error("it is paid to a blocked account")
	}
}

// Whoever is tied to the payee does not release the payment either.
func TestWhoIsTiedDoesNotRelease(t *testing.T) {
	c := found(t, dbtest.SQLite(t))
	key := c.approved(t, c.aid())
	clerk := dbtest.Actor("Cia", append(slices.Clone(all), approval.MayRead, approval.MayWrite, approval.MayDecide)...)
	c.do(t, clerk, func(o *op.Op) error {
		if _, err := approval.PutTie(o, approval.Tie{Person: c.releaser.ID, Relation: "själv", Number: anna, ValidFrom: start, ValidTo: noon + 100}); err != nil {
			return err
		}
		all, err := PaymentSource().Again(o, []int64{int64(key)})
		if err == nil && (len(all) != 1 || !slices.Contains(all[0].Approvers, c.releaser.ID)) {
			t.Errorf("%+v", all)
		}
		return err
	})
}

// What is like another request is found in the registers, also among invoices.
func TestLikesAreFound(t *testing.T) {
	c := found(t, dbtest.SQLite(t))
	first := c.approved(t, c.grant())
	again := c.add(t, c.grant())
	c.must(t, c.writer, again, "send")
	c.must(t, c.checker, again, "confirm")
	if v := c.get(t, again); len(v.Likes) != 1 || v.Likes[0].URL != pageURL(first) {
		t.Fatalf("%+v", v.Likes)
	}
	if err := c.step(c.reviewer, again, "review", nil); !errors.Is(err, errDuplicate) {
		t.Errorf("a duplicate was reviewed: %v", err)
	}
	if err := c.step(c.writer, again, "decide", map[string]string{"reason": "x"}); !errors.Is(err, errOwn) {
		t.Errorf("its writer decided: %v", err)
	}
	c.must(t, c.checker, again, "decide")
	c.must(t, c.reviewer, again, "review")
	for days, want := range map[period.Date]int{30: 2, -31: 0} {
		near := c.grant()
		near.Due += days
		if v := c.get(t, c.add(t, near)); len(v.Likes) != want {
			t.Errorf("%d days apart: %+v", days, v.Likes)
		}
	}
	shared := c.aid()
	shared.Scheme, shared.Account = "BG", c.grant().Account
	if v := c.get(t, c.add(t, shared)); !v.Shared {
		t.Error("an account of two payees is not noticed")
	}
	invoice := payables.Invoice{SupplierOrg: union, SupplierName: "Kamraterna", Number: "F-9", NumberNorm: "F9", Kind: payables.Debit, Currency: "SEK",
		Gross: money.Kronor(777), Net: money.Kronor(777), Payable: money.Kronor(777), Issued: noon - 20, Due: noon}
	invoice.Client, invoice.State = c.at, payables.Registered
	c.do(t, c.system, func(o *op.Op) error { return payables.Table.Add(o, "prov", &invoice) })
	v := c.grant()
	v.Amount, v.Lines[0].Amount = money.Kronor(777), money.Kronor(777)
	if v := c.get(t, c.add(t, v)); len(v.Likes) != 1 || !v.Likes[0].Invoice {
		t.Errorf("an invoice of the same amount: %+v", v.Likes)
	}
}
