package payout

import (
	"strings"

	"kontor/process/treasury"
)

// nearDays is how near in time two payments of the same amount to the same payee
// are worth a look.
const nearDays = 30

// Finding is something that speaks against a request. Seen and Remedy are Swedish
// sentences, Seen with verbs for Args.
type Finding struct {
	Code    string
	Heading string
	Seen    string
	Args    []any
	Remedy  string
	Blocks  bool // nobody reviews it before somebody has decided
	Solved  bool
	Like    Like
}

// duplicate is the request that this one repeats, when it does: one payment
// twice is the commonest wrong payment.
func duplicate(v Request) (Finding, bool) {
	for _, x := range v.Likes {
		if !x.Invoice && x.Due == v.Due && sameWords(x.Purpose, v.Purpose) {
			return Finding{Code: "duplicate", Heading: "Samma betalning finns redan", Seen: "%s har samma mottagare, belopp, betalningsdag och ändamål.", Args: []any{x.Number},
				Remedy: "Skicka tillbaka det, eller låt någon annan än den som skrev det avgöra.", Blocks: true, Solved: v.DecidedBy != 0, Like: x}, true
		}
	}
	return Finding{}, false
}

func sameWords(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

// Findings are all that speaks against a request, what stops it first.
func Findings(v Request) []Finding {
	var all []Finding
	if x, ok := duplicate(v); ok {
		all = append(all, x)
	} else if len(v.Likes) > 0 {
		x := v.Likes[0]
		all = append(all, Finding{Code: "near", Heading: "Samma belopp till samma mottagare", Seen: "%s, med betalningsdag %s, är på samma belopp till samma mottagare.",
			Args: []any{x.Number, x.Due}, Remedy: "Se efter att det är två olika betalningar.", Like: x})
	}
	if !v.hasConfirmed() && (v.State == Draft || v.State == Sent) {
		all = append(all, Finding{Code: "account", Heading: "Kontot ska bekräftas", Seen: "Mottagaren har inget konto som två personer har godkänt.",
			Remedy: "En annan person än den som skrev underlaget frågar mottagaren och bekräftar kontot.", Blocks: true})
	}
	if v.Unseen {
		all = append(all, Finding{Code: "unseen", Heading: "Ingen kan godkänna underlaget", Seen: "Ingen av dem som får granska eller attestera beloppet får se skyddade uppgifter.",
			Remedy: "Be den som sköter behörigheter ge en av dem den rätten, eller be kunden utse någon som har den."})
	}
	if v.Shared {
		all = append(all, Finding{Code: "shared", Heading: "Kontot är också någon annans", Seen: "Samma konto står på en annan mottagare hos oss.",
			Remedy: "Fråga mottagaren varför. Ett konto som flera delar är ett vanligt tecken på bedrägeri."})
	}
	if v.Scheme == "BBAN" && v.Account != "" && !treasury.Sure(v.Account) {
		all = append(all, Finding{Code: "odd", Heading: "Kontonumret ser fel ut", Seen: "Kontrollsiffran stämmer inte med bankens regel.",
			Remedy: "Läs numret igen. Några äkta konton klarar inte kontrollen; då räcker det att det är bekräftat."})
	}
	if v.Person() && wages(v) {
		all = append(all, Finding{Code: "wages", Heading: "Ersättning för arbete?", Seen: "En person får betalt på ett konto för löner och arvoden.",
			Remedy: "Ersättning för arbete betalas genom lönen, med skatt och avgifter. Betala här bara det som inte är ersättning för arbete."})
	}
	return all
}

// wages reports whether a line is coded as pay for work.
//
// source: Kommun-Bas, kontoklass 5 (personalkostnader); skatteförfarandelagen (2011:1244) 10 kap.
func wages(v Request) bool {
	for i := range v.Lines {
		if strings.HasPrefix(v.Lines[i].Account, "5") {
			return true
		}
	}
	return false
}
