package payables

import (
	"cmp"
	"fmt"
	"strings"

	"kontor/books/ledger"
	"kontor/format/response"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/client"
	"kontor/promise/leadtime"
)

// inMove is what the one who moves an invoice says.
var inMove = []form.Field{
	{Key: "client", Label: "Rätt kund", Kind: form.Choice, Required: true, Choices: everyClient},
	{Key: "reference", Label: "Rätt referens", Kind: form.Text, Max: 60,
		Help: "Skrivs på fakturan och i brevet till leverantören, så att nästa faktura kommer rätt."},
	{Key: "reason", Label: "Hur vet du det?", Kind: form.Text, Required: true, Max: 500},
}

var (
	errSameClient = fault.New(fault.Invalid, "PAY-060", "Fakturan är redan hos %s. Välj en annan kund.")
	errNoClient   = fault.New(fault.Invalid, "PAY-061", "Kunden finns inte eller är avslutad. Välj en kund i listan.")
)

// everyClient are all whom an invoice can be moved to: whose it is does not
// depend on whom the one who sees that it is wrong may work for.
func everyClient(o *op.Op) ([]form.Option, error) {
	all, err := client.All(o)
	options := make([]form.Option, len(all))
	for i, c := range all {
		options[i] = form.Option{Value: c.ID.String(), Label: c.Name}
	}
	return options, err
}

func pointsElsewhere(_ op.Who, v Invoice) bool {
	for _, f := range v.Findings {
		if f.Open() && f.Code == OtherRecipient {
			return true
		}
	}
	return false
}

var (
	moveNumbers = db.Change(`
		UPDATE payables_number
		SET    client = $3, invoice = $4, claim = CASE WHEN claim = 0 THEN 0 ELSE CAST($4 AS BIGINT) END
		WHERE  supplier = $1 AND invoice = $2`)
	moveFileOf = db.Change(`
		UPDATE payables_file SET client = $3, invoice = $4, version = version + 1 WHERE hash = $1 AND invoice = $2`)
	moveAttached = db.Change(`UPDATE payables_attachment SET client = $2, invoice = $3 WHERE invoice = $1`)
)

// doMove takes the invoice out of one client's books and into another's, in one
// transaction. What is left at the old client is that it was here, and the event
// that counts it; number, file and attachments follow the new one. The day of
// arrival is kept: the supplier's time runs all the same.
func doMove(o *op.Op, table *flow.Table[Invoice], v *Invoice, in form.Values) error {
	to, err := id.Parse[op.Client](in.Text("client"))
	if err != nil {
		return errNoClient.Because("%w", err)
	}
	buyer, err := client.Get(o, to)
	if err != nil || !buyer.Active {
		return errNoClient.Because("client %s: %w", to, err)
	}
	if to == v.Client {
		return errSameClient.With(buyer.Name)
	}
	book, err := leadtime.Load(o)
	if err != nil {
		return err
	}
	n := anew(*v, buyer, book, in.Text("reference"))
	n.ID = id.New[Invoice](o)
	if err := follow(o, v, &n); err != nil {
		return err
	}
	if n.Reference != v.Reference || pointsElsewhere(o.Who, *v) {
		if err := tellSupplier(o, v, buyer.Name, n.Reference); err != nil {
			return err
		}
		if err := answer(o, v, response.InProcess, misled(*v, buyer.Name, n.Reference), ""); err != nil {
			return err
		}
	}
	if err := settle(o, v, []Remedy{Return, ByPhone, Decide}, FindingCompleted, "Fakturan flyttades till "+buyer.Name+"."); err != nil {
		return err
	}
	if err := dropApprovals(o, v); err != nil {
		return err
	}
	if err := reverse(o, v, "fakturan flyttades till "+buyer.Name); err != nil {
		return err
	}
	v.MovedTo, v.Lacks = n.ID, NotOurs
	return table.Add(o, "Flyttades hit från en annan kund: "+in.Text("reason"), &n)
}

// anew is the invoice as it begins at another client: nobody there has coded or
// approved anything, and the promise is that client's.
func anew(v Invoice, buyer client.Client, book *leadtime.Book, reference string) Invoice {
	n := v
	n.Head.State, n.Head.Version, n.Handler = Registered, 0, 0
	n.Client, n.Unit, n.MovedFrom, n.MovedTo = buyer.ID, buyer.Unit, v.ID, 0
	n.Agreement, n.Promised = book.Promise(buyer.ID, Activity, period.DateOf(v.Arrived))
	n.Coding, n.CodingNo, n.CodedBy, n.CodedHow, n.Automated = nil, 0, 0, "", false
	n.Liability, n.Cost, n.ProposedBy = 0, 0, 0
	n.RoutedBy, n.RoutedCode = "moved", ""
	if reference != "" {
		n.Reference = reference
	}
	n.Findings = nil
	for _, f := range v.Findings {
		done := f.State != FindingOpen || f.Code == OtherRecipient || f.Code == NoReference && reference != ""
		if done && f.State == FindingOpen {
			continue
		}
		if f.Client = buyer.ID; f.State == FindingOpen && lacks[f.Code].Holds {
			n.Head.State = Held
		}
		n.Findings = append(n.Findings, f)
	}
	n.Lacks = firstOpen(n.Findings)
	return n
}

// follow moves what belongs to the document and posts the debt anew.
func follow(o *op.Op, v, n *Invoice) error {
	for i := range n.Findings {
		n.Findings[i].Invoice = n.ID
	}
	if err := AddFindings(o, n.Findings...); err != nil {
		return err
	}
	if _, err := moveNumbers.Do(o, v.Supplier, v.ID, n.Client, n.ID); err != nil {
		return err
	}
	if _, err := moveFileOf.Do(o, v.File, v.ID, n.Client, n.ID); err != nil {
		return err
	}
	if _, err := moveAttached.Do(o, v.ID, n.Client, n.ID); err != nil {
		return err
	}
	signs, err := signsOf.All(o, v.Client, v.ID)
	if err != nil {
		return err
	}
	for i := range signs {
		signs[i].Client, signs[i].Invoice = n.Client, n.ID
	}
	if err := AddSigns(o, signs...); err != nil {
		return err
	}
	if n.State == Held {
		return nil
	}
	p, err := PostingsOf(o, n.Client, period.DateOf(o.Now))
	if err != nil {
		return err
	}
	voucher := LiabilityVoucher(n, p, period.DateOf(o.Now))
	if voucher == nil {
		return nil
	}
	if err := ledger.Post(o, voucher); err != nil {
		return err
	}
	n.Liability = int64(voucher.ID)
	return nil
}

// tellSupplier writes which reference to use from now on.
func tellSupplier(o *op.Op, v *Invoice, right, reference string) error {
	name, from, err := sender(o, v.Client)
	if err != nil {
		return err
	}
	subject, body := MovedText(*v, name, right, reference, from, period.DateOf(o.Now))
	return send(o, v, subject, body)
}

// MovedText is the letter that tells a supplier that an invoice had the wrong
// reference. We have moved it ourselves, so nothing is asked for but that the
// next one is right.
func MovedText(v Invoice, wrong, right, reference string, from Sender, day period.Date) (subject, body string) {
	subject = fmt.Sprintf("Faktura %s hade fel mottagare, använd en annan referens nästa gång", cmp.Or(v.Number, "utan nummer"))
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", v.SupplierName)
	if org, err := ident.OrgOf(v.SupplierOrg); err == nil && !org.IsPerson() {
		fmt.Fprintf(&b, "Org.nr %s\n", org)
	}
	fmt.Fprintf(&b, "\n%s\n\n%s\n\n", day, subject)
	fmt.Fprintf(&b, "Er faktura %s, daterad %s, på %s kr kom till %s men ska till %s. Vi har flyttat den, så ni behöver inte skicka någon ny.\n",
		v.Number, dateOr(v.Issued), v.Payable, wrong, right)
	if reference != "" {
		fmt.Fprintf(&b, "\nAnge referensen %s på kommande fakturor till %s.", reference, right)
		if v.Reference != "" && v.Reference != reference {
			fmt.Fprintf(&b, " På den här fakturan stod det ”%s”.", v.Reference)
		}
		b.WriteString("\n")
	}
	b.WriteString(from.greeting())
	return subject, b.String()
}
