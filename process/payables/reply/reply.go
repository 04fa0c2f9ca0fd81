package reply

import (
	"strings"
	"time"

	"kontor/format/en16931"
	"kontor/format/response"
	"kontor/kernel/blob"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Reply is one answer about one invoice.
type Reply struct {
	flow.Head[Reply]
	Invoice  int64
	Number   string // of the invoice
	Supplier string
	Status   response.Status
	Reasons  string // OPStatusReason codes with spaces between
	Receiver string // "0007:5560000000"
	File     blob.Hash
	Sent     time.Time
}

// About is what a reply is about and why.
type About struct {
	Client    op.ClientID
	Invoice   int64
	Unit      op.UnitID
	Secrecy   op.Clearance
	Supplier  string // name, as on the invoice
	BuyerOrg  string // 10 or 12 digits, used when the invoice has no address of the buyer
	Buyer     string // name of the client
	Contact   response.Contact
	Document  *en16931.Document // as received
	Status    response.Status
	Why       []response.Clarification
	Note      string
	Effective period.Date
}

var errRules = fault.New(fault.Internal, "REP-001", "Svaret till leverantören kunde inte göras. Anmäl det till systemförvaltaren.")

// Make makes a reply and puts it in the outbox. It does nothing when the supplier
// has no electronic address.
func Make(o *op.Op, a About) error {
	r := a.response(o)
	if r.Receiver.Endpoint.ID == "" || r.Sender.Endpoint.ID == "" {
		return nil
	}
	rec := &Reply{Invoice: a.Invoice, Number: a.Document.Number, Supplier: a.Supplier, Status: r.Status, Reasons: reasons(r.Why),
		Receiver: r.Receiver.Endpoint.Scheme + ":" + r.Receiver.Endpoint.ID}
	rec.Client, rec.Unit, rec.Secrecy, rec.State = a.Client, a.Unit, a.Secrecy, Waiting
	rec.ID = newID(o)
	r.ID = rec.ID.String()
	for _, broken := range r.Check() {
		if broken.Fatal {
			return errRules.Because("%s: %s", broken.ID, broken.Swedish)
		}
	}
	file, err := response.Write(r)
	if err != nil {
		return errRules.Because("%w", err)
	}
	doc := blob.Pack(blob.Document{Media: "application/xml", Content: file, Received: o.Now})
	if err := blob.Put(o, doc); err != nil {
		return err
	}
	rec.File = doc.Hash()
	return Table.Add(o, statusWords(r.Status), rec)
}

// response is the answer as Peppol says it.
func (a *About) response(o *op.Op) *response.Response {
	d := a.Document
	r := &response.Response{
		Customization: response.Customization, Profile: response.Profile, Issued: period.DateOf(o.Now), Note: a.Note, Status: a.Status,
		Effective: a.Effective, Why: a.Why, Invoice: d.Number, InvoiceIssued: d.Issued, InvoiceType: d.TypeCode,
		Sender:   response.Party{Endpoint: address(d.Buyer, a.BuyerOrg), Name: firstOf(a.Buyer, d.Buyer.LegalName, d.Buyer.Name), Contact: a.Contact},
		Receiver: response.Party{Endpoint: address(d.Seller, ""), Name: firstOf(d.Seller.LegalName, d.Seller.Name)},
	}
	if id := d.Seller.LegalID; id.ID != "" {
		r.Receiver.ID = response.Identifier(id)
	}
	if r.InvoiceType == "" {
		r.InvoiceType = "380"
	}
	return r
}

// orgDigits is how many digits of a Swedish organisation number an address has.
const orgDigits = 10

// address is where a party receives: what the invoice says, else its organisation
// number, which is what most Swedish parties are registered by.
func address(p en16931.Party, org string) response.Identifier {
	switch {
	case p.Endpoint.ID != "" && p.Endpoint.Scheme != "":
		return response.Identifier(p.Endpoint)
	case p.LegalID.ID != "" && p.LegalID.Scheme == "0007":
		org = p.LegalID.ID
	}
	if org = strings.ReplaceAll(org, "-", ""); len(org) < orgDigits {
		return response.Identifier{}
	}
	return response.Identifier{Scheme: "0007", ID: org[len(org)-orgDigits:]}
}

func reasons(why []response.Clarification) string {
	var codes []string
	seen := map[string]bool{}
	for _, c := range why {
		if c.List == response.ListReason && !seen[c.Code] {
			seen[c.Code] = true
			codes = append(codes, c.Code)
		}
	}
	return strings.Join(codes, " ")
}

func firstOf(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

// statusWords are the Swedish words for a status.
func statusWords(s response.Status) string {
	for _, x := range response.Statuses {
		if x.Code == s {
			return x.Words
		}
	}
	return string(s)
}

// reasonWords are the Swedish words for a reason.
func reasonWords(code string) string {
	for _, x := range response.Reasons {
		if string(x.Code) == code {
			return x.Words
		}
	}
	return code
}

func statusOptions() (all []form.Option) {
	for _, x := range response.Statuses {
		all = append(all, form.Option{Value: string(x.Code), Label: x.Words})
	}
	return all
}
