package payables

import (
	"strings"

	"kontor/format/einvoice"
	"kontor/format/response"
	"kontor/kernel/blob"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/process/payables/reply"
	"kontor/promise/client"
)

// reasonOf gives each finding the reason that Peppol has for it. The codes are the
// office's own for paper too: they stand in the letter.
//
// source: OpenPeppol code list OPStatusReason 1.0
var reasonOf = map[Code]response.Reason{
	NoReference: response.BadReferences, CreditOfWhat: response.BadReferences,
	NoSupplier: response.BadLegal, TaxWrong: response.BadLegal, TaxDeviates: response.BadLegal, NoFTax: response.BadLegal, NotTaxed: response.BadLegal,
	TaxOld: response.BadLegal, ReverseCharge: response.BadLegal, FormWrong: response.BadLegal, FormRemark: response.BadLegal,
	OtherRecipient: response.BadReceiver,
	NoDueDate:      response.BadTerms,
	SumsWrong:      response.BadLegal, OrderExceeded: response.BadPrices, Irregular: response.BadPrices,
	OtherAccount: response.BadFinance, NumberWrong: response.BadFinance, NoAccount: response.BadFinance, OtherCurrency: response.BadFinance, Prepaid: response.BadFinance,
	Blocked: response.Unrecognised, Suspicious: response.Unrecognised,
	SameNumber: response.OtherReason, SameDayTwin: response.OtherReason, SameOCRTwin: response.OtherReason, SameAttachment: response.OtherReason,
	NewSupplier: response.OtherReason, ScanUnsure: response.OtherReason, ScanLacks: response.OtherReason,
	NotOurs: response.BadReceiver, NotOrdered: response.Unrecognised, NotDelivered: response.BadDelivery, WrongPrice: response.BadPrices,
}

// ReasonOf is the reason, in Peppol's code, that a finding gives.
func ReasonOf(c Code) response.Reason {
	if r, known := reasonOf[c]; known {
		return r
	}
	return response.OtherReason
}

// Because is why an invoice goes back: what the letter says, by code, and what the
// supplier is asked to do.
func Because(v Invoice) []response.Clarification {
	var why []response.Clarification
	action := response.NewInvoice
	for _, f := range v.Findings {
		l := lacks[f.Code]
		if !f.Open() || l.Letter == "" {
			continue
		}
		why = append(why, response.Clarification{List: response.ListReason, Code: string(ReasonOf(f.Code)), Text: strings.TrimSpace(l.Letter + " " + f.Seen)})
		switch f.Code {
		case Blocked, SameNumber, SameAttachment, NotOurs, NotOrdered:
			action = response.CreditFully
		}
	}
	if len(why) == 0 {
		why = append(why, response.Clarification{List: response.ListReason, Code: string(response.OtherReason), Text: "Fakturan kan inte betalas som den är."})
	}
	return append(why, response.Clarification{List: response.ListAction, Code: string(action)})
}

// answer tells the supplier of an e-invoice what became of it, by way of the
// outbox, when the client tells suppliers that. An invoice that came in another way
// is answered by letter alone.
func answer(o *op.Op, v *Invoice, status response.Status, why []response.Clarification, note string) error {
	if v.Channel != work.Electronic || v.File == "" {
		return nil
	}
	if set, err := SettingsOf(o, v.Client, period.DateOf(o.Now)); err != nil || !set.Tells(status) {
		return err
	}
	received, err := blob.Get(o, v.File)
	if err != nil {
		return err
	}
	doc, err := einvoice.Document(received.Content)
	if err != nil {
		return nil // what can be registered but not read has nobody to answer
	}
	buyer, err := client.Get(o, v.Client)
	if err != nil {
		return err
	}
	_, from, err := sender(o, v.Client)
	if err != nil {
		return err
	}
	return reply.Make(o, reply.About{
		Client: v.Client, Invoice: int64(v.ID), File: v.File, Unit: v.Unit, Secrecy: v.Secrecy, Supplier: v.SupplierName, Buyer: buyer.Name, BuyerOrg: buyer.Org,
		Contact: response.Contact{Name: from.Office, Phone: from.Phone}, Document: doc, Status: status, Why: why, Note: strings.TrimSpace(note),
		Effective: period.DateOf(o.Now),
	})
}
