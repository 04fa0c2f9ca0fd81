package en16931

// Name stands for an element name of UBL 2.1: an aggregate (cac) or a basic
// component (cbc). Rules compare numbers, not text.
type Name uint16

// The names that rules and the reading of business terms use. Names that only
// rules of the kind "shall not be used" know follow them in the same space.
const (
	nameOther Name = iota // any element outside the two component namespaces
	nameInvoice
	nameCreditNote
	cacAccountingCustomerParty
	cacAccountingSupplierParty
	cacAdditionalDocumentReference
	cacAdditionalItemProperty
	cacAddress
	cacAddressLine
	cacAllowanceCharge
	cacAttachment
	cacBillingReference
	cacBuyersItemIdentification
	cacCardAccount
	cacClassifiedTaxCategory
	cacCommodityClassification
	cacContact
	cacContractDocumentReference
	cacCountry
	cacCreditAccount
	cacCreditNoteLine
	cacDelivery
	cacDeliveryLocation
	cacDeliveryParty
	cacDespatchDocumentReference
	cacDocumentReference
	cacExternalReference
	cacFinancialInstitution
	cacFinancialInstitutionBranch
	cacInvoiceDocumentReference
	cacInvoiceLine
	cacInvoicePeriod
	cacItem
	cacLegalMonetaryTotal
	cacOrderLineReference
	cacOrderReference
	cacOriginCountry
	cacOriginatorDocumentReference
	cacParty
	cacPartyIdentification
	cacPartyLegalEntity
	cacPartyName
	cacPartyTaxScheme
	cacPayeeFinancialAccount
	cacPayeeParty
	cacPayerFinancialAccount
	cacPaymentMandate
	cacPaymentMeans
	cacPaymentTerms
	cacPostalAddress
	cacPrice
	cacProjectReference
	cacReceiptDocumentReference
	cacSellersItemIdentification
	cacStandardItemIdentification
	cacTaxCategory
	cacTaxRepresentativeParty
	cacTaxScheme
	cacTaxSubtotal
	cacTaxTotal

	cbcAccountingCost
	cbcAccountID
	cbcActualDeliveryDate
	cbcAdditionalStreetName
	cbcAllowanceChargeReason
	cbcAllowanceChargeReasonCode
	cbcAllowanceTotalAmount
	cbcAmount
	cbcBaseAmount
	cbcBaseQuantity
	cbcBuyerReference
	cbcChargeIndicator
	cbcChargeTotalAmount
	cbcCityName
	cbcCompanyID
	cbcCompanyLegalForm
	cbcCountrySubentity
	cbcCreditNoteTypeCode
	cbcCreditedQuantity
	cbcCustomizationID
	cbcDescription
	cbcDescriptionCode
	cbcDocumentCurrencyCode
	cbcDocumentDescription
	cbcDocumentTypeCode
	cbcDueDate
	cbcElectronicMail
	cbcEmbeddedDocumentBinaryObject
	cbcEndDate
	cbcEndpointID
	cbcHolderName
	cbcID
	cbcIdentificationCode
	cbcInvoiceTypeCode
	cbcInvoicedQuantity
	cbcIssueDate
	cbcItemClassificationCode
	cbcLine
	cbcLineExtensionAmount
	cbcLineID
	cbcMultiplierFactorNumeric
	cbcName
	cbcNetworkID
	cbcNote
	cbcPayableAmount
	cbcPayableRoundingAmount
	cbcPaymentDueDate
	cbcPaymentID
	cbcPaymentMeansCode
	cbcPercent
	cbcPostalZone
	cbcPrepaidAmount
	cbcPriceAmount
	cbcPrimaryAccountNumber
	cbcPrimaryAccountNumberID
	cbcProfileID
	cbcRegistrationName
	cbcSalesOrderID
	cbcStartDate
	cbcStreetName
	cbcTaxAmount
	cbcTaxCurrencyCode
	cbcTaxExclusiveAmount
	cbcTaxExemptionReason
	cbcTaxExemptionReasonCode
	cbcTaxInclusiveAmount
	cbcTaxPointDate
	cbcTaxableAmount
	cbcTelefax
	cbcTelephone
	cbcURI
	cbcUBLVersionID
	cbcUUID
	cbcValue

	namesFixed // how many there are
)

// fixedNames is the text of the names above, in their order.
var fixedNames = [namesFixed]string{
	nameInvoice: "Invoice", nameCreditNote: "CreditNote",
	cacAccountingCustomerParty:      "cac:AccountingCustomerParty",
	cacAccountingSupplierParty:      "cac:AccountingSupplierParty",
	cacAdditionalDocumentReference:  "cac:AdditionalDocumentReference",
	cacAdditionalItemProperty:       "cac:AdditionalItemProperty",
	cacAddress:                      "cac:Address",
	cacAddressLine:                  "cac:AddressLine",
	cacAllowanceCharge:              "cac:AllowanceCharge",
	cacAttachment:                   "cac:Attachment",
	cacBillingReference:             "cac:BillingReference",
	cacBuyersItemIdentification:     "cac:BuyersItemIdentification",
	cacCardAccount:                  "cac:CardAccount",
	cacClassifiedTaxCategory:        "cac:ClassifiedTaxCategory",
	cacCommodityClassification:      "cac:CommodityClassification",
	cacContact:                      "cac:Contact",
	cacContractDocumentReference:    "cac:ContractDocumentReference",
	cacCountry:                      "cac:Country",
	cacCreditNoteLine:               "cac:CreditNoteLine",
	cacDelivery:                     "cac:Delivery",
	cacDeliveryLocation:             "cac:DeliveryLocation",
	cacDeliveryParty:                "cac:DeliveryParty",
	cacDespatchDocumentReference:    "cac:DespatchDocumentReference",
	cacDocumentReference:            "cac:DocumentReference",
	cacExternalReference:            "cac:ExternalReference",
	cacFinancialInstitutionBranch:   "cac:FinancialInstitutionBranch",
	cacInvoiceDocumentReference:     "cac:InvoiceDocumentReference",
	cacInvoiceLine:                  "cac:InvoiceLine",
	cacInvoicePeriod:                "cac:InvoicePeriod",
	cacItem:                         "cac:Item",
	cacLegalMonetaryTotal:           "cac:LegalMonetaryTotal",
	cacOrderLineReference:           "cac:OrderLineReference",
	cacOrderReference:               "cac:OrderReference",
	cacOriginCountry:                "cac:OriginCountry",
	cacOriginatorDocumentReference:  "cac:OriginatorDocumentReference",
	cacParty:                        "cac:Party",
	cacPartyIdentification:          "cac:PartyIdentification",
	cacPartyLegalEntity:             "cac:PartyLegalEntity",
	cacPartyName:                    "cac:PartyName",
	cacPartyTaxScheme:               "cac:PartyTaxScheme",
	cacPayeeFinancialAccount:        "cac:PayeeFinancialAccount",
	cacPayeeParty:                   "cac:PayeeParty",
	cacPayerFinancialAccount:        "cac:PayerFinancialAccount",
	cacPaymentMandate:               "cac:PaymentMandate",
	cacPaymentMeans:                 "cac:PaymentMeans",
	cacPaymentTerms:                 "cac:PaymentTerms",
	cacPostalAddress:                "cac:PostalAddress",
	cacPrice:                        "cac:Price",
	cacProjectReference:             "cac:ProjectReference",
	cacReceiptDocumentReference:     "cac:ReceiptDocumentReference",
	cacSellersItemIdentification:    "cac:SellersItemIdentification",
	cacStandardItemIdentification:   "cac:StandardItemIdentification",
	cacTaxCategory:                  "cac:TaxCategory",
	cacTaxRepresentativeParty:       "cac:TaxRepresentativeParty",
	cacTaxScheme:                    "cac:TaxScheme",
	cacTaxSubtotal:                  "cac:TaxSubtotal",
	cacTaxTotal:                     "cac:TaxTotal",
	cbcAccountingCost:               "cbc:AccountingCost",
	cbcActualDeliveryDate:           "cbc:ActualDeliveryDate",
	cbcAdditionalStreetName:         "cbc:AdditionalStreetName",
	cbcAllowanceChargeReason:        "cbc:AllowanceChargeReason",
	cbcAllowanceChargeReasonCode:    "cbc:AllowanceChargeReasonCode",
	cbcAllowanceTotalAmount:         "cbc:AllowanceTotalAmount",
	cbcAmount:                       "cbc:Amount",
	cbcBaseAmount:                   "cbc:BaseAmount",
	cbcBaseQuantity:                 "cbc:BaseQuantity",
	cbcBuyerReference:               "cbc:BuyerReference",
	cbcChargeIndicator:              "cbc:ChargeIndicator",
	cbcChargeTotalAmount:            "cbc:ChargeTotalAmount",
	cbcCityName:                     "cbc:CityName",
	cbcCompanyID:                    "cbc:CompanyID",
	cbcCompanyLegalForm:             "cbc:CompanyLegalForm",
	cbcCountrySubentity:             "cbc:CountrySubentity",
	cbcCreditNoteTypeCode:           "cbc:CreditNoteTypeCode",
	cbcCreditedQuantity:             "cbc:CreditedQuantity",
	cbcCustomizationID:              "cbc:CustomizationID",
	cbcDescription:                  "cbc:Description",
	cbcDescriptionCode:              "cbc:DescriptionCode",
	cbcDocumentCurrencyCode:         "cbc:DocumentCurrencyCode",
	cbcDocumentDescription:          "cbc:DocumentDescription",
	cbcDocumentTypeCode:             "cbc:DocumentTypeCode",
	cbcDueDate:                      "cbc:DueDate",
	cbcElectronicMail:               "cbc:ElectronicMail",
	cbcEmbeddedDocumentBinaryObject: "cbc:EmbeddedDocumentBinaryObject",
	cbcEndDate:                      "cbc:EndDate",
	cbcEndpointID:                   "cbc:EndpointID",
	cbcHolderName:                   "cbc:HolderName",
	cbcID:                           "cbc:ID",
	cbcIdentificationCode:           "cbc:IdentificationCode",
	cbcInvoiceTypeCode:              "cbc:InvoiceTypeCode",
	cbcInvoicedQuantity:             "cbc:InvoicedQuantity",
	cbcIssueDate:                    "cbc:IssueDate",
	cbcItemClassificationCode:       "cbc:ItemClassificationCode",
	cbcLine:                         "cbc:Line",
	cbcLineExtensionAmount:          "cbc:LineExtensionAmount",
	cbcLineID:                       "cbc:LineID",
	cbcMultiplierFactorNumeric:      "cbc:MultiplierFactorNumeric",
	cbcName:                         "cbc:Name",
	cbcNetworkID:                    "cbc:NetworkID",
	cbcNote:                         "cbc:Note",
	cbcPayableAmount:                "cbc:PayableAmount",
	cbcPayableRoundingAmount:        "cbc:PayableRoundingAmount",
	cbcPaymentDueDate:               "cbc:PaymentDueDate",
	cbcPaymentID:                    "cbc:PaymentID",
	cbcPaymentMeansCode:             "cbc:PaymentMeansCode",
	cbcPercent:                      "cbc:Percent",
	cbcPostalZone:                   "cbc:PostalZone",
	cbcPrepaidAmount:                "cbc:PrepaidAmount",
	cbcPriceAmount:                  "cbc:PriceAmount",
	cbcPrimaryAccountNumberID:       "cbc:PrimaryAccountNumberID",
	cbcProfileID:                    "cbc:ProfileID",
	cbcRegistrationName:             "cbc:RegistrationName",
	cbcSalesOrderID:                 "cbc:SalesOrderID",
	cbcStartDate:                    "cbc:StartDate",
	cbcStreetName:                   "cbc:StreetName",
	cbcTaxAmount:                    "cbc:TaxAmount",
	cbcTaxCurrencyCode:              "cbc:TaxCurrencyCode",
	cbcTaxExclusiveAmount:           "cbc:TaxExclusiveAmount",
	cbcTaxExemptionReason:           "cbc:TaxExemptionReason",
	cbcTaxExemptionReasonCode:       "cbc:TaxExemptionReasonCode",
	cbcTaxInclusiveAmount:           "cbc:TaxInclusiveAmount",
	cbcTaxPointDate:                 "cbc:TaxPointDate",
	cbcTaxableAmount:                "cbc:TaxableAmount",
	cbcTelefax:                      "cbc:Telefax",
	cbcTelephone:                    "cbc:Telephone",
	cbcURI:                          "cbc:URI",
	cbcUUID:                         "cbc:UUID",
	cbcValue:                        "cbc:Value",
	cacCreditAccount:                "cac:CreditAccount",
	cbcAccountID:                    "cbc:AccountID",
	cacFinancialInstitution:         "cac:FinancialInstitution",
	cbcPrimaryAccountNumber:         "cbc:PrimaryAccountNumber",
	cbcUBLVersionID:                 "cbc:UBLVersionID",
}
