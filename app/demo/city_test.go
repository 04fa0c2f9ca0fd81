package demo

import (
	"bytes"
	"crypto/sha256"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kontor/format/einvoice"
	"kontor/format/en16931"
	"kontor/format/ubl"
	"kontor/kernel/ident"
	"kontor/kernel/period"
	"kontor/kernel/workday"
)

func TestTheSameSeedMakesTheSameCityAndTheSameFiles(t *testing.T) {
	a, b, other := New(Seed), New(Seed), New(Seed+1)
	if !reflect.DeepEqual(a, b) {
		t.Error("two cities of one seed differ")
	}
	sum := func(c *City) [32]byte {
		h := sha256.New()
		for _, f := range c.Files(First, Today) {
			h.Write([]byte(f.Name + f.Arrives.String() + string(f.Class)))
			h.Write(f.Content)
		}
		return [32]byte(h.Sum(nil))
	}
	if sum(a) != sum(b) {
		t.Error("two cities of one seed get different files")
	}
	if sum(a) == sum(other) {
		t.Error("cities of different seeds get the same files")
	}
}

func TestADayHasTheSameFilesWhicheverDaysAreAskedFor(t *testing.T) {
	c := New(Seed)
	all := c.Files(First, Today)
	first, last := period.NewDate(2026, 3, 9), period.NewDate(2026, 4, 17)
	var want []File
	for _, f := range all {
		if d := period.DateOf(f.Arrives); d >= first && d <= last {
			want = append(want, f)
		}
	}
	if got := c.Files(first, last); !reflect.DeepEqual(got, want) || len(got) == 0 {
		t.Errorf("%d files of the whole, %d asked for alone", len(want), len(got))
	}
	if got := c.Files(Today.AddDays(1), Today.AddDays(400)); len(got) != 0 {
		t.Errorf("%d files come from the future", len(got))
	}
}

func TestNumbersOfTheCityAreValidUniqueAndNobodys(t *testing.T) {
	c := New(Seed)
	seen := map[string]string{}
	once := func(kind, number, who string) {
		if other, taken := seen[kind+number]; taken {
			t.Errorf("%s %s belongs to both %s and %s", kind, number, other, who)
		}
		seen[kind+number] = who
	}
	org := func(number, who string) {
		once("org", number, who)
		if _, err := ident.ParseOrg(number, Today); err != nil {
			t.Errorf("%s: organisation number %s: %v", who, number, err)
		}
		if !strings.HasPrefix(number, "16"+companySeries) && !strings.HasPrefix(number, "16"+authoritySeries) {
			t.Errorf("%s: %s may be somebody's", who, number)
		}
	}
	for _, k := range c.Clients {
		org(k.Org, k.Name)
		once("gln", k.GLN, k.Name)
		once("client", k.Code, k.Name)
		once("mailbox", k.Mailbox, k.Name)
		if _, err := ident.ParseGLN(k.GLN); err != nil {
			t.Errorf("%s: %v", k.Name, err)
		}
		for _, code := range k.Codes {
			once("ansvar", code.Code, k.Name)
			if len(code.Code) != 5 {
				t.Errorf("%s: %q is not five digits", k.Name, code.Code)
			}
		}
		for _, key := range []string{k.Lead, k.Contact, k.Approver, k.Manager} {
			if c.Person(key) == nil {
				t.Errorf("%s: there is no %q", k.Name, key)
			}
		}
	}
	for _, s := range c.Suppliers {
		org(s.Org, s.Name)
		once(s.Scheme, s.Account, s.Name)
		scheme := ident.Bankgiro
		if s.Scheme == "SE:PLUSGIRO" {
			scheme = ident.Plusgiro
		}
		if _, err := ident.ParseGiro(scheme, s.Account); err != nil {
			t.Errorf("%s: %s %s: %v", s.Name, s.Scheme, s.Account, err)
		}
		if v, err := ident.ParseVAT(s.VAT); err != nil {
			t.Errorf("%s: %s: %v", s.Name, v, err)
		}
		if len(trades[s.Trade]) == 0 {
			t.Errorf("%s sells nothing", s.Name)
		}
	}
	for _, p := range c.People {
		once("person", p.Key, p.Name)
		once("mail", p.Email, p.Name)
		if p.Title == "" || strings.ContainsAny(p.Key, "åäö ćé") {
			t.Errorf("%s: title %q, key %q", p.Name, p.Title, p.Key)
		}
	}
}

func TestTheCityIsAsLargeAsItSays(t *testing.T) {
	c := New(Seed)
	kinds, byUnit, roles := map[string]int{}, map[string]int{}, map[string]int{}
	for _, k := range c.Clients {
		kinds[k.Kind]++
		byUnit[k.Unit]++
	}
	for _, p := range c.People {
		roles[p.Role]++
	}
	if len(c.Clients) != 33 || kinds["administration"] != 14 || kinds["district"] != 14 || kinds["company"] != 5 {
		t.Errorf("%d clients: %v", len(c.Clients), kinds)
	}
	for _, u := range c.Units[:4] {
		if n := byUnit[u.Code]; n < 7 || n > 10 {
			t.Errorf("%s has %d clients", u.Name, n)
		}
	}
	for _, role := range []string{Assistant, Accountant, Sysadmin, UnitManager, Head, Approver, Contact, Controller, Auditor, Automation} {
		if roles[role] == 0 {
			t.Errorf("nobody is %s", role)
		}
	}
	months := map[string]int{}
	files := c.Files(First, Today)
	for _, f := range files {
		months[f.Name[:7]]++
		if workday.Office.Closed(period.DateOf(f.Arrives)) {
			t.Errorf("%s comes on a day off", f.Name)
		}
	}
	for month, n := range months {
		if n < 95 || n > 130 {
			t.Errorf("%s has %d files", month, n)
		}
	}
	if len(months) != 15 || len(files) < 1500 || len(files) > 1700 {
		t.Errorf("%d files in %d months", len(files), len(months))
	}
	if !slices.IsSortedFunc(files, func(a, b File) int { return a.Arrives.Compare(b.Arrives) }) {
		t.Error("the files are not in the order of their arrival")
	}
}

// rulesOf has, for each class that can be read, the rules that its files break:
// nil when they break none, and a list of which at least one must be broken.
var rulesOf = map[Class][]string{
	Ordinary: nil, Credit: nil, ReverseCharge: nil, UnknownReference: nil, EarlyDue: nil, ChangedAccount: nil, NewSupplier: nil,
	Twin: nil, OtherRecipient: nil, Duplicate: nil, SameFile: nil, UnknownClient: nil, Euro: nil,
	NoReference: {"PEPPOL-EN16931-R003"}, WrongSum: {"BR-CO-16"}, WrongVAT: {"BR-CO-17", "BR-S-09"},
}

func TestAFileBreaksTheRulesOfItsClassAndNoOther(t *testing.T) {
	seen, olds := map[Class]int{}, map[string]int{}
	bytesOf := map[[32]byte]Class{}
	for _, f := range New(Seed).Files(First, Today) {
		seen[f.Class]++
		if f.delivered { // a picture has no rules to break; that it is read is seen when the city is built
			continue
		}
		r, err := einvoice.Read(f.Content)
		if f.Class.Outcome() == Failed {
			if err == nil {
				t.Errorf("%s (%s) can be read", f.Name, f.Class)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s (%s): %v", f.Name, f.Class, err)
			continue
		}
		d := r.Doc
		olds[r.Kind()]++
		var fatal []string
		for _, v := range r.Check(en16931.Options{On: period.DateOf(f.Arrives)}) {
			if r.Kind() == "svefaktura" && !v.Fatal {
				t.Errorf("%s: %s: %s (%s)", f.Name, v.Rule, v.Text, v.Where)
			}
			if v.Fatal {
				fatal = append(fatal, v.Rule)
				if want := rulesOf[f.Class]; !slices.Contains(want, v.Rule) {
					t.Errorf("%s (%s): %s: %s (%s)", f.Name, f.Class, v.Rule, v.Text, v.Where)
				}
			}
		}
		if want, known := rulesOf[f.Class]; !known || len(want) > 0 && len(fatal) == 0 {
			t.Errorf("%s (%s) breaks nothing", f.Name, f.Class)
		}
		sum := sha256.Sum256(f.Content)
		if _, twice := bytesOf[sum]; twice != (f.Class == SameFile) {
			t.Errorf("%s (%s): seen before: %v", f.Name, f.Class, twice)
		}
		bytesOf[sum] = f.Class
		if (d.Kind == en16931.CreditNote) != (f.Class == Credit) && f.Class != SameFile {
			t.Errorf("%s (%s) is of kind %d", f.Name, f.Class, d.Kind)
		}
	}
	for _, row := range classTable {
		if seen[row.class] == 0 {
			t.Errorf("there is no %s file", row.class)
		}
	}
	if olds["svefaktura"] == 0 {
		t.Error("nobody sends Svefaktura")
	}
	t.Logf("%v %v", seen, olds)
}

func TestTheScenesAreInTheLastWeekOfEkonomiÖst(t *testing.T) {
	c := New(Seed)
	days := map[period.Date]int{}
	classes := map[Class]bool{}
	for _, f := range c.Files(First, Today) {
		if !f.Scene {
			continue
		}
		days[period.DateOf(f.Arrives)]++
		classes[f.Class] = true
		if k := c.Client(f.Client); k == nil || k.Unit != "ost" {
			t.Errorf("%s belongs to %q", f.Name, f.Client)
		}
	}
	if days[period.NewDate(2026, 11, 18)] != 1 || days[period.NewDate(2026, 11, 19)] != 3 || len(classes) < 8 {
		t.Errorf("scenes by day: %v, of classes %v", days, classes)
	}
}

func TestABombIsRefusedBeforeItGrows(t *testing.T) {
	good := New(Seed).Files(First, First)[0].Content
	bad := bomb(good)
	if !bytes.Contains(bad, []byte("<!ENTITY e11")) || !bytes.Contains(bad, []byte("&e11;")) {
		t.Fatal("the bomb has no fuse")
	}
	if _, err := ubl.Read(bad); err == nil {
		t.Error("the bomb was read")
	}
}
