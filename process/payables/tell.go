package payables

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"kontor/format/response"
	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/ident"
	"kontor/kernel/job"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/work"
	"kontor/process/payables/reply"
	"kontor/process/treasury"
)

// conditions are the findings that an invoice can be approved in spite of, when
// the supplier has to know on what terms it is then paid. An invoice with one of
// them is accepted conditionally.
var conditions = map[Code]string{
	NoDueDate:   "Förfallodag saknas på fakturan. Vi betalar 30 dagar efter fakturadatum.",
	NumberWrong: "Kontonumret på fakturan är felaktigt. Vi betalar till det konto som ni har bekräftat.",
	NoAccount:   "Fakturan saknar konto. Vi betalar till det konto som ni har bekräftat.",
	NotTaxed:    "Enligt Skatteverket är ni inte godkända för F-skatt. Vi drar skatt från det som är ersättning för arbete.",
}

// terms are the conditions on which an invoice is accepted; none for nearly all.
func terms(v Invoice) (why []response.Clarification) {
	for _, f := range v.Findings {
		if said := conditions[f.Code]; said != "" && f.State != FindingReturned {
			why = append(why, response.Clarification{List: response.ListReason, Code: string(ReasonOf(f.Code)), Text: said})
		}
	}
	if why != nil {
		why = append(why, response.Clarification{List: response.ListAction, Code: string(response.NoAction)})
	}
	return why
}

// accept tells the supplier that the invoice is approved, and on what conditions.
func accept(o *op.Op, v *Invoice) error {
	if why := terms(*v); why != nil {
		return answer(o, v, response.Conditional, why, "")
	}
	return answer(o, v, response.Accepted, nil, "")
}

// Acknowledge tells the suppliers of newly registered invoices that these have come
// and could be read.
func Acknowledge(o *op.Op, v *Invoice) error { return answer(o, v, response.Acknowledged, nil, "") }

// misled is what a supplier is told of an invoice with the wrong recipient that we
// have moved: nothing is asked for but another reference next time.
func misled(v Invoice, right, reference string) []response.Clarification {
	why := response.Clarification{List: response.ListReason, Code: string(response.BadReceiver), Text: "Fakturan ska till " + right + ". Vi har flyttat den."}
	if reference != "" && reference != v.Reference {
		why.Text += " Använd en annan referens nästa gång."
		why.Conditions = []response.Condition{{Term: "BT-10", Value: reference}}
	}
	return []response.Clarification{why, {List: response.ListAction, Code: string(response.NoAction)}}
}

// doQuery asks the supplier: by mail or letter, and by an answer to the e-invoice,
// which is given once.
func doQuery(o *op.Op, v *Invoice, in form.Values) error {
	name, from, err := sender(o, v.Client)
	if err != nil {
		return err
	}
	question := in.Text("question")
	subject, body := QueryText(*v, name, from, question, period.DateOf(o.Now))
	if err := send(o, v, subject, body); err != nil {
		return err
	}
	return answer(o, v, response.UnderQuery, asking(*v, question), "")
}

// asking is a question with the reasons for it: what was found, else the question
// itself.
func asking(v Invoice, question string) (why []response.Clarification) {
	for _, f := range v.Findings {
		if l := lacks[f.Code]; f.Open() && l.Letter != "" {
			why = append(why, response.Clarification{List: response.ListReason, Code: string(ReasonOf(f.Code)), Text: strings.TrimSpace(l.Letter + " " + f.Seen)})
		}
	}
	if why == nil {
		why = append(why, response.Clarification{List: response.ListReason, Code: string(response.OtherReason), Text: question})
	}
	return append(why, response.Clarification{List: response.ListAction, Code: string(response.ProvideMore), Text: question})
}

// QueryText is the letter that asks a supplier about an invoice.
func QueryText(v Invoice, client string, from Sender, question string, day period.Date) (subject, body string) {
	number := cmp.Or(v.Number, "utan nummer")
	subject = fmt.Sprintf("Fråga om faktura %s", number)
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", v.SupplierName)
	if org, err := ident.OrgOf(v.SupplierOrg); err == nil && !org.IsPerson() {
		fmt.Fprintf(&b, "Org.nr %s\n", org)
	}
	fmt.Fprintf(&b, "\n%s\n\n%s\n\n", day, subject)
	fmt.Fprintf(&b, "Vi har fått er faktura %s, daterad %s, på %s kr till %s. Innan den kan godkännas behöver vi veta:\n\n%s\n\n",
		number, dateOr(v.Issued), v.Payable, client, question)
	reply := "Svara med ett brev"
	if from.Mail != "" {
		reply = "Svara till " + from.Mail
	}
	b.WriteString(reply + " eller ring oss. Skicka ingen ny faktura.\n" + from.greeting())
	return subject, b.String()
}

// paidAt is an invoice that the bank has paid.
type paidAt struct {
	Client   op.ClientID
	Document ID
	Day      period.Date
}

// tellJob tells suppliers that they have been paid, after the bank's answer has
// been taken in.
const tellJob = "payables.paid.tell"

// tellMost is how many invoices one such job tells of.
const tellMost = 100

var paidInvoice = db.Select[struct {
	File     blob.Hash
	Channel  work.Channel
	Payable  money.Amount
	Withheld money.Amount
	Payment  string
}](`SELECT file, channel, payable, withheld, payment FROM payables_invoice WHERE client = $1 AND id = $2`)

// askToTell asks for the answers about what the bank has paid.
func askToTell(o *op.Op, all []treasury.Settlement) error {
	var jobs []job.Job
	for part := range slices.Chunk(all, tellMost) {
		var paid []paidAt
		for _, s := range part {
			if s.Event == treasury.Done {
				paid = append(paid, paidAt{s.Client, ID(s.Document), s.Date})
			}
		}
		if paid != nil {
			jobs = append(jobs, job.Job{Kind: tellJob, Key: id.New[paidAt](o).String(), Args: paid})
		}
	}
	return job.Ask(o, jobs...)
}

// tellPaid says of each invoice that it is paid, and what was withheld of it. What
// has come back from the bank in the meantime is not.
func tellPaid(o *op.Op, args json.RawMessage) error {
	var all []paidAt
	if err := json.Unmarshal(args, &all); err != nil {
		return err
	}
	set, err := LoadSettings(o, period.DateOf(o.Now))
	if err != nil {
		return err
	}
	for _, p := range all {
		of := set.Of(p.Client)
		if !of.Tells(response.Paid) {
			continue
		}
		v, err := paidInvoice.One(o, p.Client, p.Document)
		if err != nil {
			return err
		}
		if v.Payment != string(treasury.Done) || v.Channel != work.Electronic {
			continue
		}
		var why []response.Clarification
		if v.Withheld != 0 {
			why = append(why, response.Clarification{List: response.ListReason, Code: string(response.PartlyPaid),
				Text: fmt.Sprintf("%s kr är betalt. %s kr är avdragen skatt.", v.Payable-v.Withheld, v.Withheld)})
		}
		if err := reply.Follow(o, v.File, response.Paid, why, p.Day); err != nil {
			return err
		}
	}
	return nil
}
