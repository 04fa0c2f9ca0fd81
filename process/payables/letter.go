package payables

import (
	"fmt"
	"strings"
	"time"

	"kontor/kernel/blob"
	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/mail"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/text"
	"kontor/kernel/web"
)

// Sender is who a letter comes from. A letter always says it, with the number
// of the group and not of one person.
//
// source: 000 s.13 (alltid ange avsändare samt grupptelefonnummer)
type Sender struct {
	Name, Office, Phone string
	Mail                string // the mailbox that answers go to; "" for none
}

type letterRow struct {
	Client   op.ClientID
	ID       id.ID[letterRow]
	Invoice  ID
	Hash     blob.Hash
	Subject  string
	Receiver string
	Mail     string // address that it was sent to; "" when it goes on paper
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
	b.WriteString(from.greeting())
	return subject, b.String()
}

// greeting ends a letter.
func (s Sender) greeting() string {
	g := fmt.Sprintf("\nHälsningar\n%s\n%s\nTelefon %s\n", s.Name, s.Office, s.Phone)
	if s.Mail != "" {
		g += s.Mail + "\n"
	}
	return g
}

func dateOr(d period.Date) string {
	if d.IsZero() {
		return "utan datum"
	}
	return d.String()
}

// writeLetter is the letter that goes back with an invoice.
func writeLetter(o *op.Op, v *Invoice, client string, from Sender, more string) error {
	subject, body := LetterText(*v, client, from, more, period.DateOf(o.Now))
	return send(o, v, subject, body)
}

// send gives a letter to the supplier: by mail when people have noted an address,
// else on paper. What is confidential never goes by mail. The text is kept as a
// document beside the invoice either way.
func send(o *op.Op, v *Invoice, subject, body string) error {
	doc := blob.Pack(blob.Document{Media: "text/plain; charset=utf-8", Content: []byte(body), Received: o.Now})
	if err := blob.Put(o, doc); err != nil {
		return err
	}
	l := letterRow{Client: v.Client, ID: id.New[letterRow](o), Invoice: v.ID, Hash: doc.Hash(), Subject: subject, Receiver: v.SupplierName, At: o.Now, By: o.Actor.ID}
	if v.Secrecy == 0 && !v.Supplier.IsZero() {
		s, err := GetSupplier(o, v.Supplier)
		if err != nil {
			return err
		}
		l.Mail = s.Mail
	}
	if _, err := addLetter.Add(o, l); err != nil {
		return err
	}
	return mail.Put(o, mail.Message{Key: "payables.letter:" + l.ID.String(), To: l.Mail, Subject: subject, Text: body})
}

// way says how a letter went and to whom.
func (l letterRow) way(o *op.Op) string {
	if l.Mail != "" {
		return text.F(o, "E-post till %s, %s", l.Mail, web.Moment(l.At))
	}
	return text.F(o, "Brev på papper till %s, %s", l.Receiver, web.Moment(l.At))
}

// Letter is a letter that went out about an invoice.
type Letter struct {
	Hash              blob.Hash
	Subject, Receiver string
	Mail              string // address; "" for one on paper
}

// LettersOf lists the letters about an invoice, oldest first.
func LettersOf(o *op.Op, v Invoice) ([]Letter, error) {
	rows, err := lettersOf.All(o, v.Client, v.ID)
	all := make([]Letter, len(rows))
	for i, r := range rows {
		all[i] = Letter{r.Hash, r.Subject, r.Receiver, r.Mail}
	}
	return all, err
}
