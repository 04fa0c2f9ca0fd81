package en16931

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"kontor/kernel/period"
)

// The rule books name the rules, and nothing is missing or of another severity.
func TestEveryOfficialRuleIsInTheBook(t *testing.T) {
	total := 0
	for _, name := range []string{"EN16931-UBL-1.3.16.tsv", "PEPPOL-EN16931-UBL.tsv"} {
		b, err := os.ReadFile("../../../shared/data/se-reference/rules/" + name)
		if os.IsNotExist(err) {
			t.Skip("the official rule lists are not beside the repository")
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(b), "\n")[1:] {
			field := strings.Split(line, "\t")
			if len(field) < 3 {
				continue
			}
			total++
			r, known := Find(field[0])
			if !known {
				t.Errorf("%s is missing", field[0])
				continue
			}
			if r.Severity != severityOf(field[1]) {
				t.Errorf("%s is %s", r.ID, field[1])
			}
			if !r.inForce(0) {
				t.Errorf("%s is not in force", r.ID)
			}
		}
	}
	if total < 1000 {
		t.Errorf("only %d rules were compared", total)
	}
}

// technical are names of elements and attributes, which tell a finance assistant
// nothing.
var technical = regexp.MustCompile(`[a-zåäö][A-Z]|cbc:|cac:|@`)

func TestEveryRuleSaysWhatIsWrongInBothLanguages(t *testing.T) {
	for _, r := range Rules {
		if !strings.HasSuffix(r.Swedish, ".") || strings.Contains(r.Swedish, "?") || len(r.Swedish) < 15 {
			t.Errorf("%s: not a Swedish sentence: %q", r.ID, r.Swedish)
		}
		if !strings.HasPrefix(r.ID, "UBL-") && (technical.MatchString(r.Swedish) || strings.Contains(r.Swedish, "lement")) {
			t.Errorf("%s: words of the file format: %q", r.ID, r.Swedish)
		}
		if len(r.Text) < 10 {
			t.Errorf("%s: no official text: %q", r.ID, r.Text)
		}
		if r.Severity != Fatal && r.Severity != Warning {
			t.Errorf("%s: severity %d", r.ID, r.Severity)
		}
		if !r.From.IsZero() && !r.Until.IsZero() && r.From >= r.Until {
			t.Errorf("%s: from %v until %v", r.ID, r.From, r.Until)
		}
	}
}

func TestRuleNamesItsTerms(t *testing.T) {
	r, known := Find("BR-CO-15")
	if got := strings.Join(r.Terms(), " "); !known || got != "BT-112 BT-109 BT-110" {
		t.Errorf("terms %q", got)
	}
	if _, known := Find("BR-0"); known {
		t.Error("found a rule that is not there")
	}
}

func TestRulesAreJudgedByTheDayOfReceipt(t *testing.T) {
	retired, _ := Find("BR-CO-25")
	young, _ := Find("UBL-SR-54")
	change := period.NewDate(2026, 4, 1)
	for _, c := range []struct {
		name           string
		on             period.Date
		retired, young bool
	}{
		{"the day before the new release", change.AddDays(-1), true, false},
		{"the day of the new release", change, false, true},
		{"no day is the newest release", 0, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := retired.inForce(c.on); got != c.retired {
				t.Errorf("BR-CO-25 in force: %v", got)
			}
			if got := young.inForce(c.on); got != c.young {
				t.Errorf("UBL-SR-54 in force: %v", got)
			}
		})
	}
}

func TestCodeListsChangeByDay(t *testing.T) {
	lists := parseCodes("list\tfrom\tsource\tcodes\nx\t2025-01-01\tone\tA B\nx\t2026-01-01\ttwo\tB C\n")
	saved := codeLists
	defer func() { codeLists = saved }()
	codeLists = lists
	for _, c := range []struct {
		name string
		on   period.Date
		a, c bool
	}{
		{"before the first version the first holds", period.NewDate(2020, 1, 1), true, false},
		{"in the first version", period.NewDate(2025, 12, 31), true, false},
		{"from the second version", period.NewDate(2026, 1, 1), false, true},
		{"without a day the newest holds", 0, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := &judge{on: c.on}
			if j.listed("x", "A") != c.a || j.listed("x", "C") != c.c || !j.listed("x", "B") {
				t.Errorf("A %v B %v C %v", j.listed("x", "A"), j.listed("x", "B"), j.listed("x", "C"))
			}
		})
	}
}
