package payables

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/books/coding"
	"kontor/kernel/fault"
	"kontor/kernel/golden"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/promise/approval"
)

// The drawing that people see is the table that the program runs.
func TestLife(t *testing.T) { golden.Life(t, Life) }

// Codes stand in letters and statistics: each is unique, and every line of the
// list of flexibility says what to do.
func TestFlexibility(t *testing.T) {
	seen := map[Code]bool{}
	for _, l := range Flexibility {
		if seen[l.Code] {
			t.Errorf("code %s stands twice", l.Code)
		}
		seen[l.Code] = true
		if l.Heading == "" || l.Do == "" || short[l.Code] == "" {
			t.Errorf("%s lacks words", l.Code)
		}
		if l.Remedy == Return && l.Letter == "" {
			t.Errorf("%s goes back without a word in the letter", l.Code)
		}
		if !slices.ContainsFunc(Controls, func(c struct{ Name, Passed string }) bool { return c.Name == l.Control }) {
			t.Errorf("%s fails no control: %q", l.Code, l.Control)
		}
	}
}

var now = time.Date(2026, 11, 25, 7, 12, 0, 0, time.UTC)

const (
	coder    op.PersonID = 11
	reviewer op.PersonID = 12
	boss     op.PersonID = 13
	second   op.PersonID = 14
)

// ready is an invoice that boss may approve; each case breaks one thing.
func ready() (op.Who, Invoice) {
	v := Invoice{Supplier: 7, SupplierOrg: "165599990001", Net: money.Kronor(8000), VAT: money.Kronor(2000), Gross: money.Kronor(10000),
		Payable: money.Kronor(10000), CodedBy: coder, CodingNo: 3, Coding: []coding.Line{{Account: "6400", Unit: "41120", Amount: money.Kronor(8000)}}}
	v.State = Reviewed
	v.Approvals = []Approval{{Step: "review", Person: reviewer, Holder: reviewer, CodingNo: 3, Amount: money.Kronor(10000)}}
	right := approval.Row{Person: boss, Name: "Bo Chef", Kind: approval.Final, Units: "41", Most: money.Kronor(20000), Superior: second}
	other := right
	other.Person, other.Name, other.Most, other.Superior = second, "Eva Hög", money.Kronor(900_000), 0
	v.Rights = &approval.Register{Schemes: []approval.Scheme{{Number: 4, ValidFrom: period.NewDate(2026, 1, 1), ValidTo: period.NewDate(2026, 12, 31),
		Rows: []approval.Row{right, other}}}}
	return op.Who{Actor: op.Actor{ID: boss, Kind: op.Person}, Now: now}, v
}

func standIn(v *Invoice, absent, person op.PersonID) {
	v.Rights.Stands = append(v.Rights.Stands, approval.Substitution{Absent: absent, Person: person, PersonName: "Bo Chef", ValidTo: approval.Forever})
}

func TestApproval(t *testing.T) {
	for _, c := range []struct {
		name string
		edit func(*op.Who, *Invoice)
		want *fault.Fault
	}{
		{"another person within limit and unit may", func(*op.Who, *Invoice) {}, nil},
		{"trap 28: not the one who reviewed", func(_ *op.Who, v *Invoice) { v.Approvals[0].Person = boss }, errSame},
		{"trap 28: not the one who coded", func(_ *op.Who, v *Invoice) { v.CodedBy = boss }, errSame},
		{"trap 28: not the one who stands in for the reviewer", func(w *op.Who, v *Invoice) {
			standIn(v, reviewer, boss)
			v.Rights.Schemes[0].Rows[0].Person = reviewer // the right is the reviewer's
		}, errSame},
		{"trap 28: not when somebody stood in for the approver at review", func(_ *op.Who, v *Invoice) { v.Approvals[0].Holder = boss }, errSame},
		{"trap 28: not when both stand in for a third", func(w *op.Who, v *Invoice) {
			standIn(v, second, boss)
			v.Approvals[0].Holder = second
			v.Rights.Schemes[0].Rows = v.Rights.Schemes[0].Rows[1:]
		}, errSame},
		{"a substitute may, on the right of the absent", func(w *op.Who, v *Invoice) {
			standIn(v, second, boss)
			v.Rights.Schemes[0].Rows = v.Rights.Schemes[0].Rows[1:]
		}, nil},
		{"the reviewer may be absent from both: boss approves on second's right where the own is barred", func(w *op.Who, v *Invoice) {
			standIn(v, second, boss)
			v.Rights.Schemes[0].Rows[0].Most = 1
		}, nil},
		{"trap 28: not when the absent one is tied to the supplier", func(w *op.Who, v *Invoice) {
			standIn(v, second, boss)
			v.Rights.Schemes[0].Rows = v.Rights.Schemes[0].Rows[1:]
			v.Rights.Ties = []approval.Tie{{Person: second, Number: v.SupplierOrg, ValidTo: approval.Forever}}
		}, errInterest},
		{"trap 28: not for the household's company", func(w *op.Who, v *Invoice) {
			v.Rights.Ties = []approval.Tie{{Person: boss, Relation: "household", Number: v.SupplierOrg, ValidTo: approval.Forever}}
		}, errInterest},
		{"a tie that has ended does not bind", func(w *op.Who, v *Invoice) {
			v.Rights.Ties = []approval.Tie{{Person: boss, Number: v.SupplierOrg, ValidTo: period.NewDate(2026, 11, 24)}}
		}, nil},
		{"trap 28: not one's own costs", func(_ *op.Who, v *Invoice) { v.Occasion.Persons = []op.PersonID{boss} }, errOwnCost},
		{"trap 28: not when one is named among the participants", func(_ *op.Who, v *Invoice) {
			v.Occasion.Participants = "Ulla Gäst, Bolaget AB\nbo  chef, Kulturförvaltningen"
		}, errOwnCost},
		{"trap 28: not the costs of one's superior", func(_ *op.Who, v *Invoice) { v.Occasion.Persons = []op.PersonID{second} }, errOwnCost},
		{"the superior takes over", func(w *op.Who, v *Invoice) { v.Occasion.Persons, w.Actor.ID = []op.PersonID{boss}, second }, nil},
		{"representation without participants is not approved", func(_ *op.Who, v *Invoice) {
			v.Coding[0].Account, v.Occasion.Purpose = "7110", "Invigning"
			v.Special = []Special{{Kind: Representation, Accounts: "711"}}
		}, errOccasion},
		{"representation with purpose and participants is", func(_ *op.Who, v *Invoice) {
			v.Coding[0].Account, v.Occasion.Purpose, v.Occasion.Participants = "7110", "Invigning", "Ulla Gäst, Bolaget AB"
			v.Special = []Special{{Kind: Representation, Accounts: "711"}}
		}, nil},
		{"a course needs its programme", func(_ *op.Who, v *Invoice) {
			v.Coding[0].Account, v.Occasion.Purpose, v.Occasion.Participants = "7470", "Ny lag", "Ulla Gäst, vi"
			v.Special = []Special{{Kind: Course, Accounts: "747"}}
		}, errOccasion},
		{"trap 28: not one's own company", func(w *op.Who, _ *Invoice) { w.Actor.Interests = []string{"165599990001"} }, errInterest},
		{"trap 28: not when one is the payee", func(w *op.Who, v *Invoice) {
			v.PayeeOrg, w.Actor.Interests = "197001011234", []string{"197001011234"}
		}, errInterest},
		{"no interest in a supplier without number", func(w *op.Who, v *Invoice) { v.SupplierOrg, w.Actor.Interests = "", []string{""} }, nil},
		{"an automation never", func(w *op.Who, _ *Invoice) { w.Actor.Kind = op.Automation }, errNotPerson},
		{"not before review", func(_ *op.Who, v *Invoice) { v.Approvals = nil }, errNoReview},
		{"trap 31: not on a review of another coding", func(_ *op.Who, v *Invoice) { v.CodingNo++ }, errNoReview},
		{"trap 31: not on a review of another amount", func(_ *op.Who, v *Invoice) { v.Payable++ }, errNoReview},
		{"not on a review that fell", func(_ *op.Who, v *Invoice) { v.Approvals[0].Voided = now }, errNoReview},
		{"not for a unit outside one's authority", func(_ *op.Who, v *Invoice) { v.Coding[0].Unit = "52300" }, errNoRight},
		{"not when one line of many is outside", func(_ *op.Who, v *Invoice) {
			v.Coding = []coding.Line{{Account: "6400", Unit: "41120", Amount: money.Kronor(7999)}, {Account: "6400", Unit: "52300", Amount: money.Kronor(1)}}
		}, errNoRight},
		{"not for a line without unit", func(_ *op.Who, v *Invoice) { v.Coding[0].Unit = "" }, errNoRight},
		{"not before the first day", func(_ *op.Who, v *Invoice) { v.Rights.Schemes[0].Rows[0].ValidFrom = period.NewDate(2026, 11, 26) }, errNoRight},
		{"not after the last day", func(_ *op.Who, v *Invoice) { v.Rights.Schemes[0].Rows[0].ValidTo = period.NewDate(2026, 11, 24) }, errNoRight},
		{"the limit itself is within", func(_ *op.Who, v *Invoice) { v.Rights.Schemes[0].Rows[0].Most = money.Kronor(10000) }, nil},
		{"one öre above is not", func(_ *op.Who, v *Invoice) { v.Rights.Schemes[0].Rows[0].Most = money.Kronor(10000) - 1 }, errLimit},
		{"trap 30: the limit is on the whole invoice with VAT", func(_ *op.Who, v *Invoice) { v.Rights.Schemes[0].Rows[0].Most = money.Kronor(9000) }, errLimit},
		{"trap 30: and on what was approved for the supplier that day", func(_ *op.Who, v *Invoice) {
			v.Today = []Approved{{boss, boss, money.Kronor(10000) + 1}}
		}, errSplit},
		{"trap 30: also what a substitute approved on the right", func(_ *op.Who, v *Invoice) {
			v.Today = []Approved{{reviewer, boss, money.Kronor(10000) + 1}}
		}, errSplit},
		{"trap 30: and what the person approved on another's", func(_ *op.Who, v *Invoice) {
			v.Today = []Approved{{boss, second, money.Kronor(10000) + 1}}
		}, errSplit},
		{"what another approved does not count", func(_ *op.Who, v *Invoice) { v.Today = []Approved{{second, second, money.Kronor(90000)}} }, nil},
		{"trap 32: a credit note has the same limit", func(_ *op.Who, v *Invoice) {
			v.Net, v.Payable, v.Coding[0].Amount = -v.Net, -v.Payable, -v.Coding[0].Amount
			v.Rights.Schemes[0].Rows[0].Most = money.Kronor(9000)
		}, errLimit},
		{"not with a coding that the plan refuses", func(_ *op.Who, v *Invoice) { v.Refused = []string{"Ansvaret är stängt."} }, errCodePlan},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, v := ready()
			c.edit(&w, &v)
			err := mayApprove(w, v)
			if c.want == nil && err != nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("mayApprove = %v, want %v", err, c.want)
			}
		})
	}
}

func TestRefusalSaysWhoMay(t *testing.T) {
	w, v := ready()
	v.Rights.Schemes[0].Rows[0].Most = 1
	if say := fault.Of(mayApprove(w, v)).Say(); !strings.Contains(say, "Eva Hög") || strings.Contains(say, "Bo Chef") {
		t.Errorf("%s", say)
	}
}

// Nobody with an interest ever gets through, whatever else holds.
func TestInterestAlwaysStops(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, v := ready()
		v.SupplierOrg = rapid.StringMatching(`16[0-9]{10}`).Draw(t, "supplier")
		w.Actor.Interests = append(rapid.SliceOf(rapid.StringMatching(`1[69][0-9]{10}`)).Draw(t, "interests"), v.SupplierOrg)
		v.Rights.Schemes[0].Rows[0].Most = money.Amount(rapid.Int64Range(0, 1<<40).Draw(t, "most"))
		if mayApprove(w, v) == nil {
			t.Fatal("approved one's own invoice")
		}
	})
}

func TestNormalNumber(t *testing.T) { // trap 12
	for _, same := range [][]string{
		{"F-000123", "f 000123", "F/000.123", "F000123"},
		{"00123", "123", "0123 "},
		{"2026-118", "2026 118", "2026/118"},
		{"000", "000"},
	} {
		for _, s := range same {
			if NormalNumber(s) != NormalNumber(same[0]) {
				t.Errorf("%q and %q: %q, %q", s, same[0], NormalNumber(s), NormalNumber(same[0]))
			}
		}
	}
	if NormalNumber("1203") == NormalNumber("123") {
		t.Error("zeros inside a number count")
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "number")
		if once := NormalNumber(s); NormalNumber(once) != once {
			t.Fatalf("%q: %q, then %q", s, once, NormalNumber(once))
		}
	})
}

func TestSortKeyIsSwedish(t *testing.T) {
	names := []string{"Öland AB", "Ängs AB", "Åre AB", "Zebra AB", "Alfa AB"}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(text.SortKey(a), text.SortKey(b)) })
	if want := []string{"Alfa AB", "Zebra AB", "Åre AB", "Ängs AB", "Öland AB"}; !slices.Equal(names, want) {
		t.Errorf("%v", names)
	}
}

func TestRuleFor(t *testing.T) {
	day := period.NewDate(2026, 11, 25)
	rule := func(supplier, reference, account string) Rule {
		return Rule{Supplier: supplier, Reference: reference, Account: account, Most: money.Kronor(10000), ValidFrom: 1, ValidTo: period.NewDate(9999, 12, 31)}
	}
	v := Invoice{SupplierOrg: "165599990001", Reference: "kult 41", Net: money.Kronor(8000)}
	for _, c := range []struct {
		name  string
		rules []Rule
		want  string
	}{
		{"no rule, no coding", nil, ""},
		{"a rule for everything is none", []Rule{rule("", "", "1")}, ""},
		{"the supplier's before the reference's", []Rule{rule("", "KULT41", "1"), rule("165599990001", "", "2")}, "2"},
		{"the longer reference before the shorter", []Rule{rule("", "KULT", "1"), rule("", "KULT4", "2")}, "2"},
		{"two that fit equally leave it to a person", []Rule{rule("", "KULT", "1"), rule("", "KULT", "2")}, ""},
		{"two that say the same do not", []Rule{rule("", "KULT", "1"), rule("", "KULT", "1")}, "1"},
		{"another supplier's does not fit", []Rule{rule("165599990009", "", "1")}, ""},
		{"an amount above is a person's", []Rule{{Supplier: "165599990001", Account: "1", Most: money.Kronor(7999), ValidFrom: 1, ValidTo: day}}, ""},
		{"one that has ended does not fit", []Rule{{Supplier: "165599990001", Account: "1", Most: money.Kronor(9999), ValidFrom: 1, ValidTo: day - 1}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if r, ok := RuleFor(c.rules, v, day); r.Account != c.want && ok || ok != (c.want != "") {
				t.Errorf("rule %q, %v; want %q", r.Account, ok, c.want)
			}
		})
	}
}

func TestSuggest(t *testing.T) {
	line := func(account string, kr int64) []coding.Line {
		return []coding.Line{{Account: account, Amount: money.Kronor(kr)}}
	}
	habit := []coded{{Coding: line("1", 5)}, {Coding: line("2", 7)}, {Coding: line("2", 9)}}
	if s := Suggest(habit, money.Kronor(100)); s.Like != 2 || s.Of != 3 || s.Lines[0].Account != "2" || s.Lines[0].Amount != money.Kronor(100) {
		t.Errorf("%+v", s)
	}
	if s := Suggest(habit[:1], money.Kronor(100)); len(s.Lines) != 0 {
		t.Errorf("one case is no habit: %+v", s)
	}
	if s := Suggest([]coded{{Coding: line("1", 1)}, {Coding: line("2", 1)}, {Coding: line("3", 1)}}, 1); len(s.Lines) != 0 {
		t.Errorf("three ways are no habit: %+v", s)
	}
	rapid.Check(t, func(t *rapid.T) {
		var split []coding.Line
		for i := range rapid.IntRange(1, 6).Draw(t, "lines") {
			split = append(split, coding.Line{Account: string(rune('1' + i)), Amount: money.Amount(rapid.Int64Range(1, 1e9).Draw(t, "part"))})
		}
		net := money.Amount(rapid.Int64Range(-1e12, 1e12).Draw(t, "net"))
		sum, err := codedSum(Suggest([]coded{{Coding: split}, {Coding: split}}, net).Lines)
		if err != nil || sum != net {
			t.Fatalf("sum %s of %s, %v", sum, net, err)
		}
	})
}

// The posting balances whatever the invoice is, and nothing is left pending.
func TestVouchersBalance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) money.Amount { return money.Amount(rapid.Int64Range(-1e12, 1e12).Draw(t, name)) }
		v := Invoice{Net: draw("net"), VAT: draw("vat"), Rounding: draw("rounding"), Payable: draw("payable"), ReverseTax: draw("reverse")}
		v.Coding = []coding.Line{{Account: "6400", Amount: v.Net}}
		p := Postings{"L", "P", "V", "R", "F", "S", "O"}
		cost, err := CostVoucher(&v, p, 1)
		if err != nil {
			t.Fatal(err)
		}
		sums := map[string]money.Amount{}
		var total money.Amount
		if cost != nil {
			for _, l := range cost.Lines {
				sums[l.Account] += l.Amount
				total += l.Amount
			}
		}
		if debt := LiabilityVoucher(&v, p, 1); debt != nil {
			for _, l := range debt.Lines {
				sums[l.Account] += l.Amount
				total += l.Amount
			}
		}
		if total != 0 || sums["P"] != 0 || sums["V"] != v.VAT+v.ReverseTax || sums["O"] != -v.ReverseTax || sums["L"] != -v.Payable {
			t.Fatalf("%v, total %s", sums, total)
		}
	})
}

func TestLetterSaysAllThatIsMissing(t *testing.T) {
	v := Invoice{SupplierName: "Lindåsens Ljud & Ljus AB", SupplierOrg: "165599990118", Number: "40118", Issued: period.NewDate(2026, 11, 18),
		Payable: money.Amount(4096300), Findings: []Finding{
			{Code: NoReference, Seen: "Fakturan anger ”Anna, Stadsteatern” men ingen beställarkod som vi känner.", State: FindingOpen},
			{Code: SumsWrong, Seen: "Summan av raderna är 100,00 men fakturan säger 101,00.", State: FindingOpen},
			{Code: NoFTax, State: FindingOpen},
			{Code: NewSupplier, State: FindingOpen}, // ours to decide: no word to them
			{Code: NoAccount, State: FindingCompleted},
		}}
	subject, body := LetterText(v, "Kulturförvaltningen", Sender{Name: "Maja Ek", Office: "Ekonomi Öst", Phone: "08-465 004 00"}, "Ring gärna.", period.NewDate(2026, 11, 25))
	golden.Check(t, "testdata/letter.txt", subject+"\n\n"+body)
}
