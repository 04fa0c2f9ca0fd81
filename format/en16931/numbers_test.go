package en16931

import "testing"

func TestIdentifiersByTheirCheckDigits(t *testing.T) {
	for _, c := range []struct {
		name      string
		is        func(string) bool
		good, bad []string
	}{
		{"GLN", isGLN, []string{"7300010000001", "9780201379624"}, []string{"7300010000002", "730001000000A", ""}},
		{"Norwegian organisation number", isNorwegian, []string{"974760673", "995525828"}, []string{"974760674", "97476067", "000000000"}},
		{"Danish CVR number", isDanish, []string{"DK12345678", "12345678"}, []string{"DK1234567", "SE12345678", "1234567A"}},
		{"Belgian enterprise number", isBelgian, []string{"0403170701"}, []string{"0403170702", "403170701"}},
		{"Swedish organisation number", isSwedish, []string{"5599990016", "2120009994"}, []string{"5599990017", "559999-0016", "165599990016"}},
		{"Australian business number", isAustralian, []string{"51824753556"}, []string{"51824753557", "5182475355"}},
		{"Italian office", isItalianOffice, []string{"UFABC1"}, []string{"UFABC", "UF-BC1"}},
		{"Italian tax code", isItalianTaxCode, []string{"RSSMRA85T10A562S", "12345678901"}, []string{"RSSMRA85T10A562", "1SSMRA85T10A562S"}},
		{"Italian VAT number", isItalianVAT, []string{"IT00743110157", "SE559999001601"}, []string{"IT00743110158", "IT0074311015"}},
		{"Greek tax number", isGreek, []string{"094259216", "123456783"}, []string{"123456789", "12345678"}},
		{"IBAN", isIBAN, []string{"SE4550000000058398257466", "DE89 3704 0044 0532 0130 00"}, []string{"SE4550000000058398257467", "55555551", ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, s := range c.good {
				if !c.is(s) {
					t.Errorf("%q is refused", s)
				}
			}
			for _, s := range c.bad {
				if c.is(s) {
					t.Errorf("%q is taken", s)
				}
			}
		})
	}
}
