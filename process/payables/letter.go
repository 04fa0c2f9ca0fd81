package payables

import (
	"fmt"
	"strings"
	"time"

	"kontor/kernel/blob"
	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Sender is who a letter comes from. A letter always says it, with the number
// of the group and not of one person.
//
// source: 000 s.13 (alltid ange avsändare samt grupptelefonnummer)
type Sender struct{ Name, Office, Phone string }

type letterRow struct {
	Client   op.ClientID
	ID       id.ID[letterRow]
	Invoice  ID
	Hash     blob.Hash
	Subject  string
	Receiver string
	At       time.Time
	By       op.PersonID
}

// LetterText is the letter that goes back with an invoice. It says all that is
// missing, at once, and what to do.
func LetterText(v Invoice, client string, from Sender, more string, day period.Date) (subject, body string) {
	what := "Faktura"
	if v.Kind == Credit {
		what = "Kreditfaktura"
	}
	number := v.Number
	if number == "" {
		number = "utan nummer"
	}
	subject = fmt.Sprintf("%s %s kan inte betalas, vi behöver en rättad", what, number)
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", v.SupplierName)
	if org, err := ident.OrgOf(v.SupplierOrg); err == nil && !org.IsPerson() {
		fmt.Fprintf(&b, "Org.nr %s\n", org)
	}
	fmt.Fprintf(&b, "\n%s\n\n%s\n\n", day, subject)
	fmt.Fprintf(&b, "Vi har fått er %s %s, daterad %s, på %s kr till %s. Vi skickar tillbaka den utan att betala, eftersom:\n\n",
		strings.ToLower(what), number, dateOr(v.Issued), v.Payable, client)
	n := 0
	for _, f := range v.Findings {
		l := lacks[f.Code]
		if !f.Open() || l.Letter == "" {
			continue
		}
		n++
		fmt.Fprintf(&b, "%d. %s (%s)\n", n, l.Letter, ReasonOf(f.Code))
		if f.Seen != "" {
			fmt.Fprintf(&b, "   %s\n", f.Seen)
		}
	}
	b.WriteString("\nSkicka en ny, rättad e-faktura. Betalningstiden räknas från den rättade fakturan.\n")
	if more = strings.TrimSpace(more); more != "" {
		b.WriteString("\n" + more + "\n")
	}
	fmt.Fprintf(&b, "\nHälsningar\n%s\n%s\nTelefon %s\n", from.Name, from.Office, from.Phone)
	return subject, b.String()
}

func dateOr(d period.Date) string {
	if d.IsZero() {
		return "utan datum"
	}
	return d.String()
}

// writeLetter keeps the letter as a document beside the invoice.
func writeLetter(o *op.Op, v *Invoice, client string, from Sender, more string) error {
	subject, body := LetterText(*v, client, from, more, period.DateOf(o.Now))
	doc := blob.Pack(blob.Document{Media: "text/plain; charset=utf-8", Content: []byte(body), Received: o.Now})
	if err := blob.Put(o, doc); err != nil {
		return err
	}
	_, err := addLetter.Add(o, letterRow{Client: v.Client, ID: id.New[letterRow](o), Invoice: v.ID, Hash: doc.Hash(),
		Subject: subject, Receiver: v.SupplierName, At: o.Now, By: o.Actor.ID})
	return err
}
