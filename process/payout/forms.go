package payout

import (
	"errors"

	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/ident"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// fields are the questions of a request besides its coding and its document.
var fields = []form.Field{
	{Key: "org", Label: "Person- eller organisationsnummer", Kind: form.Org, Required: true, Max: 20,
		Help: "Mottagaren känns igen på numret, aldrig på namnet. Är det en person ses underlaget bara av den som får se personuppgifter."},
	{Key: "name", Label: "Mottagarens namn", Required: true, Max: 120},
	{Key: "protected", Label: "Mottagaren har skyddade personuppgifter", Kind: form.Check,
		Help: "Sekretessmarkering, skyddad folkbokföring eller fingerade uppgifter. Då ses underlaget bara av den som får se uppgifter under sekretess, och namnet står inte i bokföring, listor eller loggar. Skriv inga uppgifter om personen i andra fält."},
	{Key: "bank_name", Label: "Namn till banken", Max: 70,
		Help: "Banken måste få ett namn. Lämna tomt för mottagarens eget. Har mottagaren skyddade uppgifter beslutar kunden vad banken ska få."},
	{Key: "town", Label: "Mottagarens postort", Max: 35,
		Help: "En del banker betalar bara till den som har ort. Är mottagaren leverantör räcker orten på leverantörens sida. Vid skyddade uppgifter beslutar kunden om någon ort ska lämnas."},
	{Key: "scheme", Label: "Slags konto", Kind: form.Radio, Required: true, Options: Schemes, Default: "BBAN"},
	{Key: "account", Label: "Kontonummer", Required: true, Max: 40,
		Help: "Ett bankkonto skrivs med clearingnumret först. En annan person än du frågar mottagaren och bekräftar kontot innan något betalas."},
	{Key: "amount", Label: "Belopp", Kind: form.Money, Required: true},
	{Key: "due", Label: "Ska vara mottagaren till handa", Kind: form.Date, Required: true},
	{Key: "message", Label: "Meddelande till mottagaren", Max: 100, Help: "Står på mottagarens kontoutdrag. Lämna tomt för underlagets nummer."},
	{Key: "purpose", Label: "Ändamål", Required: true, Max: 200, Help: "Vad betalas, och för vilken tid? Det ska gå att förstå om tio år."},
	{Key: "basis", Label: "Beslut eller lag", Required: true, Max: 200, Help: "Vad betalningen vilar på: nämndens eller chefens beslut med datum och nummer, eller lagrummet."},
}

// valuesOf is a request as its form shows it.
func valuesOf(v *Request) form.Values {
	x := form.Values{"name": v.PayeeName, "bank_name": v.BankName, "town": v.Town, "scheme": v.Scheme, "account": v.Account, "message": v.Message, "purpose": v.Purpose, "basis": v.Basis}
	if org, err := ident.OrgOf(v.PayeeOrg); err == nil {
		x["org"] = org.String()
	}
	if v.Protected {
		x["protected"] = "true"
	}
	if v.Amount != 0 {
		x["amount"] = v.Amount.String()
	}
	if !v.Due.IsZero() {
		x["due"] = v.Due.String()
	}
	return x
}

// readFields takes what was written into the request, and says at its field what
// cannot be read.
func readFields(o *op.Op, raw map[string]string, v *Request) (form.Values, []fault.Field, error) {
	x, err := form.Parse(o, fields, raw)
	var wrong []fault.Field
	if f := new(fault.Fault); errors.As(err, &f) && errors.Is(f, form.ErrInvalid) {
		wrong = f.Fields
	} else if err != nil {
		return x, nil, err
	}
	org, _ := ident.ParseOrg(x.Text("org"), period.DateOf(o.Now)) // a wrong one is told at its field
	v.PayeeOrg, v.PayeeName, v.Protected, v.BankName = org.Digits, x.Text("name"), x.Bool("protected"), x.Text("bank_name")
	v.Town = x.Text("town")
	v.Scheme, v.Message, v.Purpose, v.Basis, v.Amount, v.Due = x.Text("scheme"), x.Text("message"), x.Text("purpose"), x.Text("basis"), x.Money("amount"), x.Date("due")
	if x.Text("account") != "" && x.Text("scheme") != "" {
		number, err := ReadAccount(v.Scheme, x.Text("account"))
		if err != nil {
			wrong = append(wrong, fault.Field{Name: "account", Text: fault.Of(err).Text})
		}
		v.Account = number
	}
	if v.Protected && v.BankName == "" {
		wrong = append(wrong, fault.Field{Name: "bank_name", Text: errBankName.Text})
	}
	if x.Text("amount") != "" && v.Amount <= 0 {
		wrong = append(wrong, fault.Field{Name: "amount", Text: errAmount.Text})
	}
	return x, wrong, nil
}
