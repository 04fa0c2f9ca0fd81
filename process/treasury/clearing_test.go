package treasury

import "testing"

func TestAccountsAreHeldAgainstTheControlOfTheirBank(t *testing.T) {
	for _, c := range []struct {
		name, digits string
		want         bool
	}{
		{"SEB: modulus 11 without the first clearing digit", "54910000003", true},
		{"SEB: another example of the bank", "58398257466", true},
		{"SEB: a digit wrong", "58398257467", false},
		{"trap 9: a right IBAN may hold an account that fails", "54910004512", false},
		{"Nordea personkonto: the personal number, modulus 10", "33008001010006", false},
		{"Plusgirot: modulus 10", "9960" + "9019506", true},
		{"Swedbank: with a fifth clearing digit before it", "8327" + "9" + "9019506", true},
		{"an account longer than its bank's", "549100000031", false},
		{"no such clearing number", "99991234567", false},
		{"nothing", "", false},
	} {
		if got := Sure(c.digits); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
