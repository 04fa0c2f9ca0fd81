package response

import (
	"fmt"
	"slices"
	"strings"

	"kontor/format/verdict"
)

// Rule is one rule that a response must keep.
type Rule struct {
	ID      string // Peppol's; "T111" and a word for what the transaction requires without a rule of its own
	Fatal   bool
	Swedish string

	broken func(r *Response) bool
}

// Rules are the rules of the transaction.
//
// source: OpenPEPPOL poacc-upgrade-3, T111 R001-R005, and its table of what must be there
var Rules = []Rule{
	{"PEPPOL-T111-R001", true, "Ett svar som avvisar, frågar eller ställer villkor måste säga varför.", func(r *Response) bool {
		return (r.Status == Conditional || r.Status == UnderQuery || r.Status == Rejected) && !slices.ContainsFunc(r.Why, func(c Clarification) bool { return c.Code != "" })
	}},
	{"PEPPOL-T111-R002", false, "Koden OTH (annat) behöver en text som säger vad.", each(func(_ *Response, c *Clarification) bool { return c.Code == string(OtherReason) && c.Text == "" })},
	{"PEPPOL-T111-R003", true, "Filen säger inte att den är ett svar på en faktura enligt Peppol.", func(r *Response) bool { return r.Customization != Customization }},
	{"PEPPOL-T111-R004", true, "Koden PPD (delvis betald) behöver en text som säger hur mycket.", each(func(_ *Response, c *Clarification) bool { return c.Code == string(PartlyPaid) && c.Text == "" })},
	{"PEPPOL-T111-R005", true, "Koden PPD (delvis betald) får bara användas när fakturan är betald (PD).", each(func(r *Response, c *Clarification) bool { return c.Code == string(PartlyPaid) && r.Status != Paid })},
	{"T111-ID", true, "Svaret saknar eget nummer.", func(r *Response) bool { return r.ID == "" }},
	{"T111-DATE", true, "Svaret saknar datum.", func(r *Response) bool { return r.Issued.IsZero() }},
	{"T111-PARTIES", true, "Svaret säger inte vem det är från eller till.", func(r *Response) bool { return r.Sender.Endpoint.ID == "" || r.Receiver.Endpoint.ID == "" }},
	{"T111-STATUS", true, "Svaret säger inte vad som händer med fakturan, med en kod som Peppol känner.", func(r *Response) bool { return words(r.Status) == "" }},
	{"T111-CODE", true, "Svaret har en kod som inte finns i Peppols listor.", each(func(_ *Response, c *Clarification) bool { return c.Code != "" && !listed(c) })},
	{"T111-INVOICE", true, "Svaret säger inte vilken faktura det gäller.", func(r *Response) bool { return r.Invoice == "" || r.InvoiceType == "" }},
}

func each(bad func(*Response, *Clarification) bool) func(*Response) bool {
	return func(r *Response) bool {
		return slices.ContainsFunc(r.Why, func(c Clarification) bool { return bad(r, &c) })
	}
}

// words are the Swedish words for a status; "" for what is none.
func words(s Status) string {
	for _, x := range Statuses {
		if x.Code == s {
			return x.Words
		}
	}
	return ""
}

func listed(c *Clarification) bool {
	switch c.List {
	case ListReason:
		for _, x := range Reasons {
			if string(x.Code) == c.Code {
				return true
			}
		}
	case ListAction:
		for _, x := range Actions {
			if string(x.Code) == c.Code {
				return true
			}
		}
	}
	return false
}

// Check gives the rules that the response breaks; only the named ones are judged,
// all if none is.
func (r *Response) Check(rules ...string) []Rule {
	var out []Rule
	for k := range Rules {
		if x := &Rules[k]; (len(rules) == 0 || slices.Contains(rules, x.ID)) && x.broken(r) {
			out = append(out, *x)
		}
	}
	return out
}

// transaction is in the customization of every version of the Invoice Response.
// Other answers, such as a Message Level Response, are of the same document type.
const transaction = ":invoice_response:"

// Check judges a file with a response.
func Check(b []byte) verdict.Verdict {
	v := verdict.Verdict{Kind: "invoice-response"}
	r, err := Read(b)
	if err != nil {
		return verdict.Refused(v.Kind, err)
	}
	if c := r.Customization; c != "" && !strings.Contains(c, transaction) {
		v.Kind = "application-response"
		v.Remark(verdict.Reject, "Filen är ett svar av ett annat slag (%s), inte ett svar på en faktura. Ingenting läses in ur den.", c)
		return v
	}
	for _, x := range r.Check() {
		level := verdict.Warn
		if x.Fatal {
			level = verdict.Reject
		}
		v.Remark(level, "%s", fmt.Sprintf("%s (%s)", x.Swedish, x.ID))
	}
	v.Count("clarifications", int64(len(r.Why)))
	return v
}
