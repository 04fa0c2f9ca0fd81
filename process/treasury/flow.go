package treasury

import (
	"slices"

	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/op"
)

// The states of a proposal.
const (
	ToControl flow.State = "control"
	ToFile    flow.State = "released"
	AtBank    flow.State = "filed"
	Closed    flow.State = "closed"
	Cancelled flow.State = "cancelled"
)

// The permissions of payments.
const (
	MayRead    op.Permission = "treasury.read"    // payments of one's clients
	MayHandle  op.Permission = "treasury.handle"  // proposals: propose, control, fetch files
	MayRelease op.Permission = "treasury.release" // the second person
	MayUrgent  op.Permission = "treasury.urgent"
	MayAccount op.Permission = "treasury.accounts"
)

var (
	errNotPerson = fault.New(fault.Forbidden, "TRE-010", "Bara en person får kontrollera och frisläppa betalningar.")
	errOwn       = fault.New(fault.Forbidden, "TRE-011", "Du gjorde förslaget själv. En annan person ska kontrollera och frisläppa det.")
	errApproved  = fault.New(fault.Forbidden, "TRE-012", "Du har konterat, granskat eller attesterat något i förslaget, eller godkänt mottagarens konto. En annan person ska frisläppa det.")
	errInterest  = fault.New(fault.Forbidden, "TRE-013", "Du är jävig: %s betalas i förslaget. Lämna det till en kollega.")
	errUncontrol = fault.New(fault.Conflict, "TRE-014", "Stickprovet är inte klart: %d betalningar ska kontrolleras först.")
	errEmpty     = fault.New(fault.Conflict, "TRE-015", "Det finns inget kvar att betala i förslaget. Ta tillbaka det.")
	errBroken    = fault.New(fault.Internal, "TRE-016", "Betalningarna är inte längre de som frisläpptes. Ingen fil är skapad. Felet är loggat; kontakta systemförvaltningen.")
)

const (
	handlerMay = "Det gör en redovisningsekonom."
	secondMay  = "Det gör en annan person än den som gjorde förslaget, med rätt att frisläppa betalningar."
)

// Life is the whole life of a payment proposal.
var Life = &flow.Flow[Proposal]{
	Name: "treasury.proposal",
	Labels: []flow.StateLabel{
		{State: ToControl, Word: "Att kontrollera och frisläppa", Kind: "near"},
		{State: ToFile, Word: "Frisläppt", Kind: "near"},
		{State: AtBank, Word: "Hos banken", Kind: "none"},
		{State: Closed, Word: "Klart", Kind: "ok"},
		{State: Cancelled, Word: "Tillbakataget", Kind: "none"},
	},
	Start: []flow.State{ToControl, Cancelled},
	Ends:  []flow.State{Closed, Cancelled},
	Steps: []flow.Step[Proposal]{
		{Name: "release", Label: "Frisläpp", Done: "Frisläppte betalningarna.", Key: "G", WhoMay: secondMay,
			From: []flow.State{ToControl}, To: ToFile, Need: MayRelease, Guard: mayRelease, Prefer: always,
			Input: []form.Field{{Key: "called", Label: "Vem ringde du? (bara vid ilbetalning)", Kind: form.Text, Max: 300,
				Help: "En ilbetalning kontrolleras med mottagaren på ett nummer som vi kände till sedan tidigare."}}},
		{Name: "file", Label: "Gör bankfilen", Done: "Gjorde filen till banken.", Key: "F", WhoMay: handlerMay,
			From: []flow.State{ToFile}, To: AtBank, Need: MayHandle, Prefer: always},
		{Name: "withdraw", Label: "Ta tillbaka", Done: "Tog tillbaka förslaget. Inget av det betalas.", WhoMay: handlerMay,
			From: []flow.State{ToControl, ToFile}, To: Cancelled, Need: MayHandle,
			Input: []form.Field{{Key: "reason", Label: "Motivering", Kind: form.Text, Required: true, Max: 300}}},
		{Name: "close", Label: "Avsluta", Done: "Banken har svarat om alla betalningar.", From: []flow.State{AtBank}, To: Closed,
			Need: MayHandle, Machine: true},
	},
}

func always(op.Who, Proposal) bool { return true }

// mayControl says that another person than the proposer looks at the sample.
func mayControl(w op.Who, p Proposal) error {
	switch {
	case w.Actor.Kind != op.Person:
		return errNotPerson
	case p.ProposedBy == w.Actor.ID:
		return errOwn
	}
	return nil
}

// mayRelease is the rule of the second person. Persons are compared, not roles
// or sign-ins, so that no substitute and no second role opens a way.
func mayRelease(w op.Who, p Proposal) error {
	if err := mayControl(w, p); err != nil {
		return err
	}
	if slices.Contains(p.Approvers, w.Actor.ID) {
		return errApproved
	}
	left, living := 0, 0
	for i := range p.Rows {
		r := &p.Rows[i]
		if !r.State.alive() {
			continue
		}
		living++
		if r.PayeeOrg != "" && slices.Contains(w.Actor.Interests, r.PayeeOrg) {
			return errInterest.With(r.PayeeName)
		}
		if r.Sampled != "" && r.CheckedBy == 0 {
			left++
		}
	}
	switch {
	case living == 0:
		return errEmpty
	case left > 0:
		return errUncontrol.With(left)
	}
	return nil
}
