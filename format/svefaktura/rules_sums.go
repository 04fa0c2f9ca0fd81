package svefaktura

import "strings"

// sumRules are about VAT, currencies and totals.
//
// source: SFTI, affärsregler för Svefaktura 1.0, 2016-09-01
var sumRules = []Rule{
	{"R-100", Fatal, "Belopp har angivits i valuta som avviker från InvoiceCurrencyCode",
		"Beloppet är i en annan valuta än fakturan.",
		[]string{"//"}, sameCurrency},
	{"R-18", Warning, "cac:TaxCategory/cac:ID ska anges i normaliserad form (utan mellanslag eller radbrytningar)",
		"Momskoden är skriven med blanksteg eller radbrytning.",
		[]string{"//", "TaxCategory"}, normalID},
	{"R-19", Warning, "cac:TaxScheme/cac:ID ska anges i normaliserad form (utan mellanslag eller radbrytningar)",
		"Koden för slag av skatt är skriven med blanksteg eller radbrytning.",
		[]string{"//", "TaxScheme"}, normalID},
	{"R-63", Fatal, "InvoiceCurrencyCode måste vara angiven om ExchangeRate används",
		"Fakturan har en växelkurs men säger inte vilken valuta den är i.",
		[]string{"ExchangeRate", "SourceCurrencyCode"}, rootHas("InvoiceCurrencyCode")},
	{"R-64", Fatal, "TaxCurrencyCode måste vara angiven om ExchangeRate används",
		"Fakturan har en växelkurs men säger inte vilken valuta momsen redovisas i.",
		[]string{"ExchangeRate", "SourceCurrencyCode"}, rootHas("TaxCurrencyCode")},
	{"R-65", Information, "CalculationRate är inte angiven",
		"Växelkursen saknas.",
		[]string{"ExchangeRate", "SourceCurrencyCode"}, rootHas("ExchangeRate", "CalculationRate")},
	{"R-66", Fatal, "CalculationRate felaktig. Måste vara > 0",
		"Växelkursen är inte större än noll.",
		[]string{"ExchangeRate", "CalculationRate"}, func(_ *Invoice, e *element) bool { return number(e).ok && number(e).d.IsPos() }},
	{"R-23", Fatal, "TaxCurrencyCode förutsätter uppgifter om omräkningskurs i ExchangeRate",
		"Momsen redovisas i annan valuta, men växelkursen saknas.",
		[]string{"TaxCurrencyCode"}, rootHas("ExchangeRate")},
	{"R-24", Fatal, "TaxCurrencyCode kräver att omräkning av moms redovisas i TaxSubTotal/TaxCurrencyTaxAmount",
		"Momsen redovisas i annan valuta, men momsuppställningen saknas.",
		[]string{"TaxCurrencyCode"}, rootHas("TaxTotal", "TaxSubTotal")},
	{"R-25", Fatal, "TaxCurrencyCode kräver att omräkning av moms redovisas i TaxSubTotal/TaxCurrencyTaxAmount",
		"Momsen ska redovisas i annan valuta, men beloppen i den saknas.",
		[]string{"TaxCurrencyCode"}, rootHas("TaxTotal", "TaxSubTotal", "TaxCurrencyTaxAmount")},
	{"R-26", Fatal, "InvoiceCurrencyCode saknas",
		"Fakturan säger inte vilken valuta den är i.",
		[]string{"TaxCurrencyCode"}, rootHas("InvoiceCurrencyCode")},
	{"R-5", Fatal, "/sfti:Invoice/sfti:TaxCurrencyCode får inte vara samma som /sfti:Invoice/sfti:InvoiceCurrencyCode",
		"Momsen redovisas i samma valuta som fakturan. Då ska ingen särskild valuta för moms anges.",
		[]string{"TaxCurrencyCode"}, func(v *Invoice, e *element) bool {
			return v.at("InvoiceCurrencyCode") == nil || v.at("InvoiceCurrencyCode").Text != e.Text
		}},
	{"R-3", Fatal, "TaxTotal/TaxSubTotal/TaxCurrencyTaxAmount: felaktig omräkning av moms till momsvaluta för skattesats",
		"Momsen i den andra valutan är inte momsen gånger växelkursen.",
		[]string{"TaxTotal"}, converted},
	{"R-68", Fatal, "Omräkning av moms i TaxSubTotal/TaxCurrencyTaxAmount förutsätter att TaxCurrencyCode finns.",
		"Momsen är omräknad till en annan valuta som fakturan inte anger, eller inte omräknad till den som den anger.",
		[]string{"TaxTotal", "TaxSubTotal"}, func(v *Invoice, e *element) bool {
			return (e.At("TaxCurrencyTaxAmount") != nil) == (v.at("TaxCurrencyCode") != nil)
		}},
	{"R-59", Fatal, "TaxTotal/TaxSubtotal/TaxCategory/ID felaktig, skall vara S, eller vid skatteundantag E",
		"Momskoden i momsuppställningen är varken S (moms) eller E (undantag).",
		[]string{"TaxTotal", "TaxSubTotal", "TaxCategory", "ID"}, func(_ *Invoice, e *element) bool {
			return strings.TrimSpace(e.Text) == "E" || strings.TrimSpace(e.Text) == "S"
		}},
	{"R-91", Warning, "TaxTotal/TaxSubtotal/TaxCategory/ID=E: Skatteundantag angivet, kontrollera att fakturan innehåller en motivering av undantaget.",
		"Momsuppställningen har ett undantag från moms utan att säga varför.",
		[]string{"TaxTotal", "TaxSubTotal", "TaxCategory", "ID"}, func(_ *Invoice, e *element) bool {
			return strings.TrimSpace(e.Text) != "E" || e.Parent.At("ExemptionReason") != nil
		}},
	{"R-95", Fatal, "Percent skall vara = 0 vid skatteundantag",
		"Momsuppställningen har ett undantag från moms med en momssats som inte är noll.",
		[]string{"TaxTotal", "TaxSubTotal", "TaxCategory", "Percent"}, exemptZero},
	{"R-96", Warning, "Percent får endast vara = 0 om TaxCategory/ID=E. Andra regler kan gälla utländska fakturor.",
		"Momsuppställningen har momssatsen noll utan att det är ett undantag.",
		[]string{"TaxTotal", "TaxSubTotal", "TaxCategory", "Percent"}, standardNotZero},
	{"R-16", Warning, "TaxTotal/TaxSubtotal/TaxCategory/ID och Percent: kontrollera kombinationen av värdena. För Sverige gäller ID=S och Percent=6, 12 eller 25; vid momsundantag gäller ID=E och Percent=0. Andra skattesatser kan gälla i utländska fakturor.",
		"Momssatsen i momsuppställningen är inte 6, 12 eller 25 procent. En utländsk faktura kan ha andra.",
		[]string{"TaxTotal", "TaxSubTotal", "TaxCategory"}, swedishRate},
	{"R-67", Fatal, "cbc:TotalTaxAmount ska vara summan av cac:TaxSubTotal/cbc:TaxAmount",
		"Momsen är inte summan av beloppen för varje momssats.",
		[]string{"TaxTotal", "TotalTaxAmount"}, func(_ *Invoice, e *element) bool {
			return sub(number(e), sum(e.Parent.All("TaxSubTotal", "TaxAmount"))).upTo(half)
		}},
	{"R-4", Fatal, "TaxTotal/TaxSubTotal/TaxAmount: Momsbelopp felaktigt beräknat för skattesats",
		"Momsen för en momssats är inte underlaget gånger momssatsen.",
		[]string{"TaxTotal", "TaxSubTotal"}, taxOfRate},
	{"R-10", Fatal, "Fakturerat belopp exkl moms (LegalTotal/TaxExclusiveTotalAmount) överensstämmer inte med skattepliktiga belopp i TaxTotal/TaxSubTotal/TaxableAmount",
		"Summan utan moms är inte summan av momsunderlagen.",
		[]string{"LegalTotal", "TaxExclusiveTotalAmount"}, func(v *Invoice, e *element) bool {
			return v.at("TaxTotal", "TaxSubTotal", "TaxableAmount") == nil || sub(number(e), v.sums.taxable).within(half)
		}},
	{"R-69", Fatal, "cbc:LineExtensionTotalAmount ska vara lika med summan av fakturaradernas cbc:LineExtensionAmount",
		"Summan av raderna stämmer inte med raderna.",
		[]string{"LegalTotal", "LineExtensionTotalAmount"}, func(v *Invoice, e *element) bool {
			return sub(number(e), v.sums.lines).upTo(half)
		}},
	{"R-70", Fatal, "cbc:TaxExclusiveTotalAmount ska vara lika med summan av fakturaradernas cbc:LineExtensionAmount +/- AllowanceCharge/cbc:Amount",
		"Summan utan moms stämmer inte med raderna, rabatterna och avgifterna.",
		[]string{"LegalTotal", "TaxExclusiveTotalAmount"}, func(v *Invoice, e *element) bool { return sub(number(e), v.sums.exclusive).upTo(half) }},
	{"R-71", Fatal, "cbc:TaxInclusiveTotalAmount ska vara lika med summan av fakturaradernas cbc:LineExtensionAmount +/- AllowanceCharge/cbc:Amount + cac:TaxTotal/cbc:TotalTaxAmount + cac:RoundOffAmount",
		"Summan att betala stämmer inte med raderna, rabatterna, avgifterna, momsen och öresavrundningen.",
		[]string{"LegalTotal", "TaxInclusiveTotalAmount"}, func(v *Invoice, e *element) bool { return sub(number(e), v.sums.inclusive).upTo(half) }},
	{"R-92", Warning, "Om RoundOffAmount används förväntas beräkningen av LegalTotal/TaxInclusiveAmount vara exakt.",
		"Fakturan har öresavrundning, men summan att betala stämmer ändå inte på öret.",
		[]string{"LegalTotal", "TaxInclusiveTotalAmount"}, func(v *Invoice, e *element) bool {
			return v.sums.rounding.equals(0) || sub(number(e), v.sums.inclusive).within(mill)
		}},
}
