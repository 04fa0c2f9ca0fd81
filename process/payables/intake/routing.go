package intake

import (
	"slices"
	"strings"

	"kontor/kernel/op"
	"kontor/process/payables"
)

// Clue is something on an invoice that tells whose it is.
type Clue = string

// The clues, in the order that they are asked. The first that leads to a client
// decides: what the one who ordered has written goes before what the sender's
// program has filled in.
//
// source: formats.md 2.2 (BT-10, BT-18, BT-12, BT-13, BT-49, BT-71)
const (
	ByPerson       Clue = "person"       // somebody has said it, for this document alone
	ByReference    Clue = "reference"    // the buyer's reference, whole
	ByWord         Clue = "word"         // a code among the words of the reference
	BySubscription Clue = "subscription" // the supplier's subscription or facility, in the client's register
	ByContract     Clue = "contract"     // the number of the contract
	ByPurchase     Clue = "purchase"     // the number of an order in the client's register
	ByOrder        Clue = "order"        // the beginning of the order number
	ByPlace        Clue = "place"        // the place of delivery or the buyer's own number
	ByAddress      Clue = "address"      // the address that the sender's program used
)

// Clues is the order.
var Clues = []Clue{ByReference, ByWord, BySubscription, ByContract, ByPurchase, ByOrder, ByPlace, ByAddress}

// Marks is what an invoice says of whose it is.
type Marks struct {
	Reference    string
	Subscription string
	Contract     string
	Order        string
	Supplier     string   // 12 digits
	Places       []string // "0088:7300010000001": where it was delivered, and the buyer's own numbers
	Address      string   // of the electronic address
}

// Tried is one clue and where it led.
type Tried struct {
	Clue   Clue
	Code   string      // what the invoice says; "" when nothing
	Client op.ClientID // 0 for nobody
	Torn   bool        // it points at several clients, and so at none
}

// Routing is whose an invoice is, and why.
type Routing struct {
	Client op.ClientID // 0 when nothing leads anywhere
	By     Clue
	Code   string
	Other  op.ClientID // another client that the address points at; 0 for none
}

type supplierCode struct{ supplier, code string }

// Router finds the client of an invoice. It is filled once for a batch and then
// only read.
type Router struct {
	codes         map[Clue]map[string]op.ClientID
	orders        []route // beginnings of order numbers, the longest first
	subscriptions map[supplierCode]op.ClientID
	purchases     map[supplierCode]op.ClientID
}

// nobody marks a code that several clients have.
const nobody op.ClientID = -1

func newRouter(routes []route) *Router {
	r := &Router{codes: map[Clue]map[string]op.ClientID{}, subscriptions: map[supplierCode]op.ClientID{}, purchases: map[supplierCode]op.ClientID{}}
	for _, x := range routes {
		if x.Kind == ByOrder {
			r.orders = append(r.orders, x)
			continue
		}
		if r.codes[x.Kind] == nil {
			r.codes[x.Kind] = map[string]op.ClientID{}
		}
		r.codes[x.Kind][x.Code] = x.Client
	}
	slices.SortStableFunc(r.orders, func(a, b route) int { return len(b.Code) - len(a.Code) })
	return r
}

// own adds what clients have in their registers: a number belongs to a supplier,
// and one that two clients have leads nowhere.
func own(to map[supplierCode]op.ClientID, supplier, code string, client op.ClientID) {
	k := supplierCode{supplier, code}
	if had, known := to[k]; known && had != client {
		client = nobody
	}
	to[k] = client
}

// Route decides whose an invoice is.
func (r *Router) Route(m Marks) Routing {
	var out Routing
	for _, c := range Clues {
		t := r.try(c, m)
		switch {
		case t.Client == 0:
		case out.Client == 0:
			out.Client, out.By, out.Code = t.Client, c, t.Code
		case (c == ByPlace || c == ByAddress) && out.By != ByPlace && t.Client != out.Client && out.Other == 0:
			out.Other = t.Client
		}
	}
	return out
}

// Explain tries every clue, for the one who asks why.
func (r *Router) Explain(m Marks) []Tried {
	all := make([]Tried, len(Clues))
	for i, c := range Clues {
		all[i] = r.try(c, m)
	}
	return all
}

func (r *Router) try(c Clue, m Marks) Tried {
	t := Tried{Clue: c}
	found := func(code string, client op.ClientID) Tried {
		t.Code = code
		if t.Torn = client == nobody; !t.Torn {
			t.Client = client
		}
		return t
	}
	switch c {
	case ByReference:
		return found(m.Reference, r.codes[ByReference][payables.NormalCode(m.Reference)])
	case ByWord:
		return found(m.Reference, r.byWord(m.Reference))
	case BySubscription:
		for _, s := range []string{m.Subscription, m.Contract, m.Reference} {
			if client := r.subscriptions[supplierCode{m.Supplier, payables.NormalCode(s)}]; client != 0 && s != "" {
				return found(s, client)
			}
		}
		return found(m.Subscription, 0)
	case ByContract:
		return found(m.Contract, r.codes[ByContract][payables.NormalCode(m.Contract)])
	case ByPurchase:
		return found(m.Order, r.purchases[supplierCode{m.Supplier, payables.NormalCode(m.Order)}])
	case ByOrder:
		order := payables.NormalCode(m.Order)
		for _, x := range r.orders {
			if order != "" && strings.HasPrefix(order, x.Code) {
				return found(m.Order, x.Client)
			}
		}
		return found(m.Order, 0)
	case ByPlace:
		for _, p := range m.Places {
			if client := r.codes[ByAddress][p]; client != 0 {
				return found(p, client)
			}
		}
		return found(strings.Join(m.Places, " "), 0)
	case ByAddress:
		return found(m.Address, r.codes[ByAddress][m.Address])
	}
	return t
}

// known reports whether the reference is a code that somebody has given out.
func (r *Router) known(m Marks) bool {
	for _, c := range []Clue{ByReference, ByWord, BySubscription, ByContract, ByPurchase} {
		if r.try(c, m).Client != 0 {
			return true
		}
	}
	return false
}

// byWord finds a reference code among the words of a reference such as
// "KULT41 Anna Svensson". Codes that belong to different clients settle nothing.
func (r *Router) byWord(reference string) op.ClientID {
	var found op.ClientID
	for _, w := range strings.FieldsFunc(reference, func(c rune) bool { return c == ' ' || c == ',' || c == '/' || c == ';' || c == ':' }) {
		c := r.codes[ByReference][payables.NormalCode(w)]
		if c != 0 && found != 0 && c != found {
			return nobody
		}
		if c != 0 {
			found = c
		}
	}
	return found
}
