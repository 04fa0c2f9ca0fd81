package ubl

import (
	"github.com/govalues/decimal"

	"kontor/format/en16931"
	"kontor/kernel/money"
	"kontor/kernel/period"
)

func kr(öre int64) en16931.Amount { return en16931.Money(money.Amount(öre), "SEK") }

func number(s string) en16931.Amount { return en16931.Number(decimal.MustParse(s)) }

// sample is a good invoice to the fictitious city; tests break one thing of it.
func sample() *en16931.Document {
	standard := en16931.VAT{Category: "S", Rate: number("25")}
	return &en16931.Document{
		Syntax: en16931.UBLInvoice, Kind: en16931.Invoice, Customization: Customization, Profile: Profile,
		TypeCode: "380", Number: "2026-10417",
		Issued: period.NewDate(2026, 10, 5), Due: period.NewDate(2026, 11, 4),
		Currency: "SEK", BuyerReference: "4711ANNSVE", OrderReference: "PO-88213", ContractReference: "R2025-14",
		ObjectReference: en16931.Identifier{Scheme: "ABT", ID: "735999-118"},
		PaymentTerms:    "30 dagar netto. Dröjsmålsränta enligt lag.",
		Notes:           []en16931.Note{{Text: "Leverans enligt avrop vecka 40"}},
		Seller: en16931.Party{
			Name: "Kontorsgruppen", LegalName: "Kontorsgruppen i Exempelstad AB",
			Endpoint: en16931.Identifier{Scheme: "0007", ID: "5599990016"},
			LegalID:  en16931.Identifier{Scheme: "0007", ID: "5599990016"},
			VATID:    "SE559999001601", TaxID: "Godkänd för F-skatt", LegalForm: "Säte: Exempelstad",
			Address: en16931.Address{Lines: []string{"Industrigatan 4"}, City: "Exempelstad", PostalCode: "123 45", Country: "SE"},
			Contact: en16931.Contact{Name: "Kundtjänst", Phone: "0123-456 78", Email: "faktura@kontorsgruppen.example"},
		},
		Buyer: en16931.Party{
			Name: "Exempelstads skolförvaltning", LegalName: "Exempelstads kommun",
			Endpoint: en16931.Identifier{Scheme: "0007", ID: "2120009994"},
			LegalID:  en16931.Identifier{Scheme: "0007", ID: "2120009994"},
			Address:  en16931.Address{Lines: []string{"Box 100", "Fakturamottagningen"}, City: "Exempelstad", PostalCode: "123 40", Country: "SE"},
		},
		Delivery: en16931.Delivery{Date: period.NewDate(2026, 10, 1)},
		Payments: []en16931.PaymentMeans{{Code: "30", RemittanceID: "20261041700", Account: "9912346", Branch: "SE:BANKGIRO"}},
		Charges:  []en16931.Allowance{{Amount: kr(4900), Reason: "Frakt", VAT: standard}},
		Totals: en16931.Totals{
			Lines: kr(238000), Charges: kr(4900), WithoutTax: kr(242900), Tax: kr(60725),
			WithTax: kr(303625), Rounding: kr(-25), Payable: kr(303600),
		},
		Taxes: []en16931.TaxSubtotal{{Taxable: kr(242900), Tax: kr(60725), VAT: standard}},
		Attachments: []en16931.Attachment{{
			ID: "Följesedel 5531", Description: "Följesedel", Filename: "foljesedel.pdf", MIME: "application/pdf", Content: []byte("%PDF-1.4 exempel"),
		}},
		Lines: []en16931.Line{
			{
				ID: "1", Quantity: number("20"), Unit: "EA", Net: kr(198000), OrderLine: "1", AccountingCost: "5460",
				Price: kr(10000), BaseQuantity: number("1"), BaseUnit: "EA", VAT: standard,
				Allowances: []en16931.Allowance{{Amount: kr(2000), Base: kr(200000), Percentage: number("1"), Reason: "Rabatt"}},
				Item: en16931.Item{
					Name: "Kopieringspapper A4", Description: "Ohålat, 80 g", SellerID: "KP-80",
					Classifications: []en16931.Classification{{List: "TST", Version: "26.0801", Code: "14111507"}},
					Attributes:      []en16931.Attribute{{Name: "Märkning", Value: "Svanen"}},
				},
			},
			{
				ID: "2", Quantity: number("4"), Unit: "EA", Net: kr(40000), Price: kr(10000), VAT: standard,
				Item: en16931.Item{Name: "Pärm"},
			},
		},
	}
}
