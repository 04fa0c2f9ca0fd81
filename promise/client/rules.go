package client

import (
	"regexp"
	"strings"

	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/op"
)

var codeForm = regexp.MustCompile(`^[A-ZÅÄÖ0-9]{2,12}$`)

// clientRule holds what the fields of a client say against each other.
func clientRule(_ op.Who, v form.Values) []fault.Field {
	var wrong []fault.Field
	if !codeForm.MatchString(strings.ToUpper(v.Text("code"))) {
		wrong = append(wrong, fault.Field{Name: "code", Text: "Skriv en kod med 2 till 12 bokstäver eller siffror, till exempel KULT."})
	}
	if m := v.Text("mailbox"); m != "" && !mail(m) {
		wrong = append(wrong, fault.Field{Name: "mailbox", Text: "Skriv en e-postadress, till exempel kultur@exempelstad.se."})
	}
	return wrong
}

// contactRule holds what the fields of a contact say against each other.
func contactRule(_ op.Who, v form.Values) []fault.Field {
	var wrong []fault.Field
	if v.Text("phone") == "" && v.Text("mail") == "" {
		wrong = append(wrong, fault.Field{Name: "phone", Text: "Fyll i telefon eller e-post, så att kontakten går att nå."})
	}
	if m := v.Text("mail"); m != "" && !mail(m) {
		wrong = append(wrong, fault.Field{Name: "mail", Text: "Skriv en e-postadress, till exempel namn@exempelstad.se."})
	}
	return wrong
}

// mail is deliberately loose: only the receiving server knows.
func mail(s string) bool {
	name, host, ok := strings.Cut(s, "@")
	return ok && name != "" && strings.Contains(host, ".") && !strings.ContainsAny(s, " \t,;<>") &&
		!strings.Contains(host, "@") && !strings.HasPrefix(host, ".") && !strings.HasSuffix(host, ".")
}

// differences says in words which fields were changed.
func differences(old, now Client) string {
	var parts []string
	say := func(what, a, b string) {
		if a != b {
			parts = append(parts, what+": "+orNone(a)+" → "+orNone(b))
		}
	}
	say("Kod", old.Code, now.Code)
	say("Namn", old.Name, now.Name)
	say("Kortnamn", old.Short, now.Short)
	say("Slag", old.Kind.Word(), now.Kind.Word())
	say("Organisationsnummer", old.Org, now.Org)
	say("Adress", old.Address, now.Address)
	say("Funktionsbrevlåda", old.Mailbox, now.Mailbox)
	say("Telefon", old.Phone, now.Phone)
	say("Öppettider", old.Hours, now.Hours)
	say("Aktiv", yes(old.Active), yes(now.Active))
	if old.Unit != now.Unit {
		parts = append(parts, "Hemenhet ändrad")
	}
	if old.Lead != now.Lead {
		parts = append(parts, "Kundansvarig ändrad")
	}
	return strings.Join(parts, " · ")
}

func orNone(s string) string {
	if s == "" {
		return "inget"
	}
	return s
}

func yes(b bool) string {
	if b {
		return "ja"
	}
	return "nej"
}
