package payables

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kontor/books/coding"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Order is an order that a client has made, as far as an invoice is held against
// it.
type Order struct {
	Client    op.ClientID
	ID        id.ID[Order]
	Version   int64
	Number    string // normalised
	Supplier  string // 12 digits
	Name      string
	Amount    money.Amount // without VAT
	Account   string
	Unit      string
	Activity  string
	Project   string
	ValidFrom period.Date
	ValidTo   period.Date
	EnteredBy op.PersonID
}

// Subscription is what comes back: the same supplier, reference and amount, with
// some months between.
type Subscription struct {
	Client      op.ClientID
	ID          id.ID[Subscription]
	Version     int64
	Supplier    string // 12 digits
	Reference   string // normalised
	Name        string
	Months      int64        // between two invoices
	Least, Most money.Amount // without VAT, included
	Account     string
	Unit        string
	Activity    string
	Project     string
	Approves    bool   // what fits is approved, once another person has confirmed it
	Decision    string // of the client
	ValidFrom   period.Date
	ValidTo     period.Date
	EnteredBy   op.PersonID
	ConfirmedBy op.PersonID
	Confirmed   time.Time
}

// Decided reports whether what fits is approved without a person: the client has
// decided it and somebody else than who entered it has confirmed it.
func (s Subscription) Decided() bool {
	return s.Approves && s.Decision != "" && s.ConfirmedBy != 0 && s.ConfirmedBy != s.EnteredBy
}

// Match is that an invoice was held against an order or a subscription.
type Match struct {
	Client   op.ClientID
	Invoice  ID     `db:"id"`
	Kind     string // MatchOrder or MatchSubscription
	Record   int64
	Version  int64 // of the record then
	Amount   money.Amount
	Issued   period.Date
	Settled  bool // approved without a person
	Sample   bool // drawn to be looked at afterwards
	LookedBy op.PersonID
	Wrong    bool
	At       time.Time
}

// Kinds of match.
const (
	MatchOrder        = "order"
	MatchSubscription = "subscription"
)

// fit is what holding an invoice against the registers led to.
type fit struct {
	match  Match
	coding []coding.Line
	why    string // Swedish, for the one who reviews
	code   Code   // of the finding when it does not fit; "" when it does
	seen   string
	settle bool // the client has decided that it is approved
}

// early is how many days before its month an invoice may be dated.
const early = 10

// fitOrder holds an invoice against an order with what is left of it.
func fitOrder(v Invoice, w Order, left money.Amount) fit {
	f := fit{match: Match{Client: v.Client, Invoice: v.ID, Kind: MatchOrder, Record: int64(w.ID), Version: w.Version, Amount: v.Net, Issued: v.Issued}}
	if v.Net > left {
		f.code, f.seen = OrderExceeded, fmt.Sprintf("Order %s, %s: %s kr är kvar av %s kr, och fakturan är på %s kr utan moms.", w.Number, w.Name, left, w.Amount, v.Net)
		return f
	}
	f.coding = []coding.Line{{Account: w.Account, Unit: w.Unit, Activity: w.Activity, Project: w.Project, Amount: v.Net}}
	f.why = fmt.Sprintf("Stämmer med order %s, %s. Efter den här fakturan är %s kr kvar av ordern.", w.Number, w.Name, left-v.Net)
	return f
}

// fitSubscription holds an invoice against a subscription and the latest invoice
// of it.
func fitSubscription(v Invoice, s Subscription, latest period.Date) fit {
	f := fit{match: Match{Client: v.Client, Invoice: v.ID, Kind: MatchSubscription, Record: int64(s.ID), Version: s.Version, Amount: v.Net, Issued: v.Issued}}
	switch {
	case v.Kind == Credit:
		f.code, f.seen = Irregular, fmt.Sprintf("%s krediteras. Kontrollera vilken period det gäller.", s.Name)
	case v.Net < s.Least || v.Net > s.Most:
		f.code, f.seen = Irregular, fmt.Sprintf("%s ska vara mellan %s och %s kr utan moms, och fakturan är på %s kr.", s.Name, s.Least, s.Most, v.Net)
	case !latest.IsZero() && v.Issued < after(latest, s.Months).AddDays(-early):
		f.code, f.seen = Irregular, fmt.Sprintf("%s fakturerades senast %s och nästa väntas tidigast %s.", s.Name, latest, after(latest, s.Months).AddDays(-early))
	}
	if f.code != "" {
		return f
	}
	f.coding = []coding.Line{{Account: s.Account, Unit: s.Unit, Activity: s.Activity, Project: s.Project, Amount: v.Net}}
	f.why = fmt.Sprintf("Stämmer med abonnemanget %s: rätt tid och mellan %s och %s kr.", s.Name, s.Least, s.Most)
	if f.settle = s.Decided(); f.settle {
		f.why += " Kunden har beslutat att det godkänns utan attest: " + s.Decision
	}
	return f
}

// after is a day some months later, the last of the month when it has no such.
func after(d period.Date, months int64) period.Date {
	m := period.MonthOf(d)
	for range months {
		m = m.Next()
	}
	return min(m.First().AddDays(int(d-period.MonthOf(d).First())), m.Last())
}

// subscriptionOf is the one that an invoice names: by what is metered or hired,
// by the contract, by the reference. Two that it names equally well are none.
func subscriptionOf(v Invoice, all []Subscription) (Subscription, bool) {
	words := append([]string{v.ObjectRef, v.ContractRef, v.Reference, v.OrderRef}, strings.Fields(v.Reference)...)
	for _, w := range words {
		code := NormalCode(w)
		n := slices.IndexFunc(all, func(s Subscription) bool { return code != "" && s.Reference == code })
		if n < 0 {
			continue
		}
		if slices.ContainsFunc(all[n+1:], func(s Subscription) bool { return s.Reference == code }) {
			return Subscription{}, false
		}
		return all[n], true
	}
	return Subscription{}, false
}

// sampled draws one of so many, by the identity: nobody can choose which.
func sampled(key ID, every int64) bool {
	if every <= 0 {
		return false
	}
	x := uint64(key) * 0x9E3779B97F4A7C15 // Knuth's multiplier spreads identities that follow one another
	return x>>33%uint64(every) == 0
}
