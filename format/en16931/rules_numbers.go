package en16931

import (
	"strings"

	"kontor/kernel/ident"
)

// numberRules check the identifiers whose scheme says how.
// source: OpenPEPPOL BIS Billing 3.0.19, COMMON rules
var numberRules = []group{
	{identifiers("0088"), []entry{{id: "PEPPOL-COMMON-R040", ok: normIs(isGLN)}}},
	{identifiers("0192"), []entry{{id: "PEPPOL-COMMON-R041", ok: normIs(isNorwegian)}}},
	{identifiers("0184"), []entry{
		{id: "PEPPOL-COMMON-R042", ok: func(j *judge, n ID) bool { return isDanish(j.t.raw(n)) }},
	}},
	{identifiers("0208"), []entry{{id: "PEPPOL-COMMON-R043", ok: normIs(isBelgian)}}},
	{identifiers("0201"), []entry{{id: "PEPPOL-COMMON-R044", ok: normIs(isItalianOffice)}}},
	{identifiers("0210"), []entry{{id: "PEPPOL-COMMON-R045", ok: normIs(isItalianTaxCode)}}},
	{on(cbcEndpointID).where(schemeIs("9907")), []entry{
		{id: "PEPPOL-COMMON-R046", ok: normIs(isItalianTaxCode)},
	}},
	{identifiers("0211"), []entry{{id: "PEPPOL-COMMON-R047", ok: normIs(isItalianVAT)}}},
	{identifiers("0007"), []entry{{id: "PEPPOL-COMMON-R049", ok: normIs(isSwedish)}}},
	{identifiers("0151"), []entry{{id: "PEPPOL-COMMON-R050", ok: normIs(isAustralian)}}},
}

// identifiers is every party identifier of a scheme.
func identifiers(scheme string) context {
	return on(cbcEndpointID, cbcCompanyID, cbcID).where(func(j *judge, n ID) bool {
		if j.t.nodes[n].attrs == 0 || j.t.name(n) == cbcID && j.t.name(j.t.parent(n)) != cacPartyIdentification {
			return false
		}
		s, there := j.t.attr(n, "schemeID")
		return there && s == scheme
	})
}

func schemeIs(scheme string) test {
	return func(j *judge, n ID) bool {
		s, there := j.t.attr(n, "schemeID")
		return there && s == scheme
	}
}

func normIs(f func(string) bool) test {
	return func(j *judge, n ID) bool { return f(j.t.norm(n)) }
}

// isGLN has any number of digits, the last a check digit by weights 3 and 1.
func isGLN(s string) bool {
	if !isDigits(s) {
		return false
	}
	sum := 0
	for i := len(s) - 2; i >= 0; i-- {
		weight := 1
		if (len(s)-i)%2 == 0 {
			weight = 3
		}
		sum += int(s[i]-'0') * weight
	}
	return (10-sum%10)%10 == int(s[len(s)-1]-'0')
}

// isMod11 has a last digit by weights 2 to 7 from the right.
func isMod11(s string) bool {
	if !isDigits(s) || strings.Trim(s, "0") == "" {
		return false
	}
	sum := 0
	for i := len(s) - 2; i >= 0; i-- {
		sum += int(s[i]-'0') * ((len(s)-2-i)%6 + 2)
	}
	return (11-sum%11)%11 == int(s[len(s)-1]-'0')
}

func isNorwegian(s string) bool { return len(s) == 9 && isMod11(s) }

func isDanish(s string) bool {
	if rest, prefixed := strings.CutPrefix(s, "DK"); prefixed && len(s) == 10 {
		s = rest
	}
	return len(s) == 8 && isDigits(s)
}

func isBelgian(s string) bool {
	if len(s) != 10 || !isDigits(s) {
		return false
	}
	return 97-atoi(s[:8])%97 == atoi(s[8:])
}

// atoi reads a few digits that isDigits has seen.
func atoi(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

func isSwedish(s string) bool { return len(s) == 10 && isDigits(s) && ident.Luhn(s) }

func isAustralian(s string) bool {
	if len(s) != 11 || !isDigits(s) {
		return false
	}
	weights := [...]int{10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19}
	sum := -weights[0]
	for i, w := range weights {
		sum += int(s[i]-'0') * w
	}
	return sum%89 == 0
}

func isItalianOffice(s string) bool { return len(s) == 6 && all(s, isAlphanumeric) }

// isItalianTaxCode is a person's 16 characters or a company's 11.
func isItalianTaxCode(s string) bool {
	if len(s) == 11 {
		return isInteger(s)
	}
	return len(s) == 16 && all(s[:6], isLetter) && isInteger(s[6:8]) && all(s[8:9], isLetter) &&
		isInteger(s[9:11]) && isInteger(s[14:15]) && all(s[15:], isLetter)
}

// isItalianVAT judges only numbers that begin with IT.
func isItalianVAT(s string) bool {
	if len(s) < 2 || s[:2] != "IT" && s[:2] != "it" {
		return true
	}
	code := s[2:]
	if len(code) != 11 || !isDigits(code) {
		return false
	}
	sum := 0
	for i := range len(code) {
		d := int(code[i] - '0')
		if i%2 == 1 {
			d = d*2/10 + d*2%10
		}
		sum += d
	}
	return sum%10 == 0
}

// isGreek is the check of a Greek tax number's ninth digit.
func isGreek(s string) bool {
	if len(s) < 9 || !isDigits(s[:9]) {
		return false
	}
	sum := 0
	for i := range 8 {
		sum += int(s[i]-'0') << (8 - i)
	}
	return sum%11%10 == int(s[8]-'0')
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isAlphanumeric(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' }

func all(s string, is func(byte) bool) bool {
	for i := 0; i < len(s); i++ {
		if !is(s[i]) {
			return false
		}
	}
	return true
}

// isInteger is castable as xs:integer: a sign is allowed.
func isInteger(s string) bool { return isDigits(strings.TrimPrefix(strings.TrimPrefix(s, "-"), "+")) }
