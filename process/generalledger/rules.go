package generalledger

import (
	"strings"

	"kontor/books/coding"
	"kontor/kernel/fault"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// What stops an order; compare with errors.Is.
var (
	errNoLines  = fault.New(fault.Conflict, "GEN-001", "Ordern har inga rader att bokföra. Skriv minst två rader, eller en rad i en interndebitering.")
	errBalance  = fault.New(fault.Conflict, "GEN-002", "Debet och kredit skiljer %s kr. Rätta raderna så att de blir lika.")
	errRefused  = fault.New(fault.Conflict, "GEN-003", "%s")
	errNotHuman = fault.New(fault.Forbidden, "GEN-004", "Bara en person får attestera.")
	errOwn      = fault.New(fault.Forbidden, "GEN-005", "Du har själv skrivit eller skickat ordern. En annan person ska attestera den.")
	errOwnBack  = fault.New(fault.Forbidden, "GEN-006", "Du attesterade ordern själv. En annan person ska vända den.")
	errSides    = fault.New(fault.Conflict, "GEN-007", "En interndebitering har en säljare och en köpare som är olika kunder. Välj en annan säljare.")
	errCompany  = fault.New(fault.Conflict, "GEN-008",
		"Ett bolag är en egen juridisk person och interndebiteras inte. Skicka en kundfaktura i stället.")
	errNegative = fault.New(fault.Conflict, "GEN-009", "Rad %d: beloppet i en interndebitering är större än noll. Vänd den ursprungliga för att kreditera.")
	errNoCode   = fault.New(fault.Conflict, "GEN-010", "%s har ingen motpartskod. Be systemförvaltningen lägga in en.")
	errNoDate   = fault.New(fault.Conflict, "GEN-011", "Ange bokföringsdatum.")
	errNothing  = fault.New(fault.Conflict, "GEN-012", "Inläsningen bokförde ingenting och har inget att ta tillbaka.")
	errApart    = fault.New(fault.Conflict, "GEN-014", "De två sidorna skulle hamna i olika perioder, %s och %s. Välj ett datum där perioden är öppen för båda.")
	errNotDraft = fault.New(fault.Conflict, "GEN-015", "Ordern är inte ett utkast längre. Hämta tillbaka den först.")
	errOwnLoad  = fault.New(fault.Forbidden, "GEN-013", "Du läste in filen själv. En annan person ska ta tillbaka den.")
)

// maySend says that the order could be posted as it stands.
func maySend(_ op.Who, v Order) error { return Check(v) }

// mayApprove holds the four eyes: persons are compared, never roles.
//
// source: 004 s.10 (attest: två i förening); kommunallagen 6:28 (jäv)
func mayApprove(w op.Who, v Order) error {
	switch {
	case w.Actor.Kind != op.Person:
		return errNotHuman
	case w.Actor.ID == v.Writer || w.Actor.ID == v.Sender:
		return errOwn
	}
	return Check(v)
}

func mayReverse(w op.Who, v Order) error {
	switch {
	case w.Actor.Kind != op.Person:
		return errNotHuman
	case w.Actor.ID == v.Approver:
		return errOwnBack
	}
	return nil
}

func mayUndo(w op.Who, l Load) error {
	switch {
	case l.Vouchers == 0:
		return errNothing
	case w.Actor.Kind == op.Person && w.Actor.ID == l.Actor:
		return errOwnLoad
	}
	return nil
}

// Check says what keeps an order from being posted; nil when nothing does.
func Check(v Order) error {
	if v.Date.IsZero() {
		return errNoDate
	}
	if v.Kind == Charge {
		return checkCharge(v)
	}
	if len(v.Lines) < 2 {
		return errNoLines
	}
	sum, err := sumOf(v.Lines)
	switch {
	case err != nil:
		return err
	case sum != 0:
		return errBalance.With(sum)
	}
	return refusedBy(v)
}

func checkCharge(v Order) error {
	switch {
	case len(v.Lines) == 0 || len(v.Lines) != len(v.OtherLines):
		return errNoLines
	case v.Other == 0 || v.Other == v.Client:
		return errSides
	case v.Company:
		return errCompany
	case v.WithoutCode == "buyer":
		return errNoCode.With("Köparen")
	case v.WithoutCode == "seller":
		return errNoCode.With("Säljaren")
	}
	for i := range v.Lines {
		if v.Lines[i].Amount <= 0 || v.OtherLines[i].Amount != -v.Lines[i].Amount {
			return errNegative.With(i + 1)
		}
	}
	return refusedBy(v)
}

func refusedBy(v Order) error {
	if len(v.Refused) > 0 {
		return errRefused.With(strings.Join(v.Refused, " "))
	}
	return nil
}

func sumOf(lines []coding.Line) (sum money.Amount, err error) {
	for i := range lines {
		if sum, err = sum.Add(lines[i].Amount); err != nil {
			return 0, err
		}
	}
	return sum, nil
}

// Sides are the lines that an order posts: in the books of its client and, of a
// charge, in the books of the seller. Both sides name each other as counterpart.
func Sides(v Order) (own, other []coding.Line) {
	if v.Kind != Charge {
		return v.Lines, nil
	}
	var sum money.Amount
	for i := range v.Lines {
		cost, income := v.Lines[i], v.OtherLines[i]
		cost.Counterpart, income.Counterpart = v.Seller, v.Buyer
		sum += cost.Amount
		own, other = append(own, cost), append(other, income)
	}
	own = append(own, coding.Line{Account: v.Debt, Counterpart: v.Seller, Amount: -sum, Text: v.Text})
	other = append(other, coding.Line{Account: v.Claim, Counterpart: v.Buyer, Amount: sum, Text: v.Text})
	return own, other
}

// judge collects what the code plan refuses in lines, with the line's number.
// Control accounts belong to their subledgers.
func judge(p *coding.Plan, lines []coding.Line, on period.Date) []string {
	var all []string
	for _, l := range lines {
		if control := p.Control(l.Account); control != "" {
			all = append(all, "Konto "+l.Account+" är ett reskontrakonto och bokförs bara av sin reskontra. Gör rättelsen där i stället.")
		}
		for _, r := range p.Check(l, on) {
			all = append(all, r.Text)
		}
	}
	return all
}
