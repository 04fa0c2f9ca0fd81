package reply

import (
	"cmp"
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
	Document blob.Hash // the invoice as received
	Number   string    // of the invoice
	Supplier string
	Status   response.Status
	Reasons  string // OPStatusReason codes with spaces between
	Receiver string // "0007:5560000000"
	File     blob.Hash
	Sent     time.Time

	// Later are the statuses that have been made after it, but for those stopped.
	Later []response.Status `db:"-"`
}

// About is what a reply is about and why.
type About struct {
	Client    op.ClientID
	Invoice   int64
	File      blob.Hash // of the invoice as received
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
// has no electronic address or does not take such answers, nor when the status
// may not follow on what has been said of the document: see response.MayFollow.
func Make(o *op.Op, a About) error {
	r := a.response(o)
	if r.Receiver.Endpoint.ID == "" || r.Sender.Endpoint.ID == "" {
		return nil
	}
	rec := &Reply{Invoice: a.Invoice, Document: a.File, Number: a.Document.Number, Supplier: a.Supplier}
	rec.Client, rec.Unit, rec.Secrecy = a.Client, a.Unit, a.Secrecy
	return store(o, rec, r)
}

// Follow says one thing more about a document that has been accepted, to whom and
// by whom that was said. It does nothing when nothing was.
func Follow(o *op.Op, document blob.Hash, status response.Status, why []response.Clarification, on period.Date) error {
	first, ok, err := acceptedOf.Maybe(o, document)
	if err != nil || !ok {
		return err
	}
	file, err := blob.Get(o, first.File)
	if err != nil {
		return err
	}
	r, err := response.Read(file.Content)
	if err != nil {
		return errRules.Because("%w", err)
	}
	r.Status, r.Why, r.Note, r.Issued, r.Time, r.Effective = status, why, "", period.DateOf(o.Now), "", on
	rec := &Reply{Invoice: first.Invoice, Document: document, Number: first.Number, Supplier: first.Supplier}
	rec.Client, rec.Unit, rec.Secrecy = first.Client, first.Unit, first.Secrecy
	return store(o, rec, r)
}

// store writes the file of a reply and stores it, if it may be said at all.
func store(o *op.Op, rec *Reply, r *response.Response) error {
	rec.State, rec.Status, rec.Reasons = Waiting, r.Status, reasons(r.Why)
	rec.Receiver = r.Receiver.Endpoint.Scheme + ":" + r.Receiver.Endpoint.ID
	if ok, err := maySay(o, rec); err != nil || !ok {
		return err
	}
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

// maySay holds a reply against what has been said and what its receiver takes. A
// reply that was stopped has not been said, and is not made a second time.
func maySay(o *op.Op, rec *Reply) (bool, error) {
	made, err := saidOf.All(o, rec.Document)
	if err != nil {
		return false, err
	}
	var said []response.Status
	for _, m := range made {
		if m.Status == rec.Status {
			return false, nil
		}
		if m.State != Stopped {
			said = append(said, m.Status)
		}
	}
	if !response.MayFollow(said, rec.Status) {
		return false, nil
	}
	who, ok, err := receiverOf.Maybe(o, rec.Receiver)
	return !ok || who.takes(rec.Status), err
}

// response is the answer as Peppol says it.
func (a *About) response(o *op.Op) *response.Response {
	d := a.Document
	r := &response.Response{
		Customization: response.Customization, Profile: response.Profile, Issued: period.DateOf(o.Now), Note: a.Note, Status: a.Status,
		Effective: a.Effective, Why: a.Why, Invoice: d.Number, InvoiceIssued: d.Issued, InvoiceType: d.TypeCode,
		Sender:   response.Party{Endpoint: address(d.Buyer, a.BuyerOrg), Name: cmp.Or(a.Buyer, d.Buyer.LegalName, d.Buyer.Name), Contact: a.Contact},
		Receiver: response.Party{Endpoint: address(d.Seller, ""), Name: cmp.Or(d.Seller.LegalName, d.Seller.Name)},
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
