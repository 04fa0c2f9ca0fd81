package payables

import (
	"time"

	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/op"
)

// The states of an invoice.
const (
	Registered flow.State = "registered"
	Held       flow.State = "held"
	Waiting    flow.State = "waiting"
	Queried    flow.State = "queried"
	Coded      flow.State = "coded"
	Reviewed   flow.State = "reviewed"
	Ready      flow.State = "ready"
	Returned   flow.State = "returned"
	Voided     flow.State = "voided"
	Moved      flow.State = "moved"
)

// The permissions of the supplier ledger.
const (
	MayRead     op.Permission = "payables.read"
	MayHandle   op.Permission = "payables.handle"
	MayCode     op.Permission = "payables.code"
	MayReview   op.Permission = "payables.review"
	MayApprove  op.Permission = "payables.approve"
	MayReturn   op.Permission = "payables.return"
	MayRelease  op.Permission = "payables.release"
	MayVoid     op.Permission = "payables.void"
	MayRegister op.Permission = "payables.register" // suppliers, routes, authorities
	MayImport   op.Permission = "payables.import"
	MaySettle   op.Permission = "payables.settle" // by decision of the client; never given to a person
)

// Activities that the steps count.
const (
	Activity         = "supplier-invoice"
	ActivityReturned = "supplier-invoice.returned"
	ActivityVoided   = "supplier-invoice.voided"
	ActivityMoved    = "supplier-invoice.moved"
	ActivityNotOurs  = "supplier-invoice.not-ours"
	Process          = "payables"
)

const (
	officeMay = "Det gör den som handlägger leverantörsfakturor hos oss."
	clientMay = "Det gör den som granskar hos kunden."
	approver  = "Det gör en attestant hos kunden, inom sin attesträtt."
)

var (
	inAnswer = form.Field{Key: "answer", Label: "Svar", Kind: form.Text, Required: true, Max: 500,
		Help: "Vem svarade, och vad? Till exempel: Anna på Stadsteatern, referens KULT41."}
	inReference = form.Field{Key: "reference", Label: "Beställarens referens", Kind: form.Text, Max: 60,
		Help: "Fyll i om svaret gällde vem som har beställt."}
	inReason = form.Field{Key: "reason", Label: "Motivering", Kind: form.Text, Required: true, Max: 500}
	inMore   = form.Field{Key: "more", Label: "Tillägg i brevet", Kind: form.Area, Rows: 3, Max: 1000,
		Help: "Brevet räknar upp allt som saknas. Lägg till något om du vill."}
)

// refusals are the reasons for which a person may refuse an invoice that nothing
// was found to be wrong with.
func refusals() (all []form.Option) {
	for _, c := range []Code{NotOurs, NotOrdered, NotDelivered, WrongPrice} {
		all = append(all, form.Option{Value: string(c), Label: lacks[c].Heading})
	}
	return all
}

// Life is the whole life of a supplier invoice. The clock of the promise stands
// still while the client completes, reviews or approves, and while the supplier
// has a question to answer: the promise is for an invoice that is complete.
//
// source: 000 s.13 (bristfälligt underlag)
var Life = &flow.Flow[Invoice]{
	Name: "payables.invoice",
	Labels: []flow.StateLabel{
		{State: Registered, Word: "Att kontera", Kind: "near"},
		{State: Held, Word: "Stoppad", Kind: "miss"},
		{State: Waiting, Word: "Väntar på kund", Kind: "none"},
		{State: Queried, Word: "Väntar på leverantör", Kind: "none"},
		{State: Coded, Word: "Att granska", Kind: "near"},
		{State: Reviewed, Word: "Att attestera", Kind: "near"},
		{State: Ready, Word: "Klar för betalning", Kind: "ok"},
		{State: Returned, Word: "Tillbakaskickad", Kind: "none"},
		{State: Voided, Word: "Makulerad", Kind: "none"},
		{State: Moved, Word: "Flyttad till rätt kund", Kind: "none"},
	},
	Start: []flow.State{Registered, Held},
	Ends:  []flow.State{Ready, Returned, Voided, Moved},
	Steps: append([]flow.Step[Invoice]{
		{Name: "code", Label: "Godkänn konteringen", Done: "Godkände konteringen.", Key: "G", WhoMay: officeMay,
			From: []flow.State{Registered}, To: Coded, Need: MayCode, Guard: mayCode, Prefer: isClean, Clock: flow.Pauses},
		{Name: "complete", Label: "Komplettera per telefon", Done: "Kompletterade per telefon.", Key: "T", WhoMay: officeMay,
			From: []flow.State{Registered, Waiting}, To: Registered, Need: MayHandle, Guard: mayComplete, Prefer: hasPhone,
			Clock: flow.Resumes, Input: []form.Field{inAnswer, inReference}},
		{Name: "accept", Label: "Avgör själv", Done: "Avgjorde själv.", Key: "A", WhoMay: officeMay,
			From: []flow.State{Registered}, To: Registered, Need: MayHandle, Guard: mayAccept, Prefer: onlyDecides,
			Input: []form.Field{inReason}},
		{Name: "wait", Label: "Vänta på kunden", Done: "Frågade kunden.", Key: "V", WhoMay: officeMay,
			From: []flow.State{Registered}, To: Waiting, Need: MayHandle, Clock: flow.Pauses,
			Input: []form.Field{{Key: "asked", Label: "Vem frågade du, och om vad?", Kind: form.Text, Required: true, Max: 500}}},
		{Name: "query", Label: "Fråga leverantören", Done: "Frågade leverantören.", Key: "F", WhoMay: officeMay,
			From: []flow.State{Registered}, To: Queried, Need: MayHandle, Clock: flow.Pauses,
			Input: []form.Field{{Key: "question", Label: "Vad ska leverantören svara på?", Kind: form.Area, Rows: 3, Required: true, Max: 1000,
				Help: "Frågan går med e-post när leverantören har en adress hos oss, annars som brev. Den första går också som svar på e-fakturan när leverantören kan ta emot det."}},
			Hold: 20 * time.Second, Held: "Frågan går till leverantören"},
		{Name: "answered", Label: "Leverantören har svarat", Done: "Leverantören svarade.", Key: "G", WhoMay: officeMay,
			From: []flow.State{Queried}, To: Registered, Need: MayHandle, Prefer: always, Clock: flow.Resumes, Input: []form.Field{
				{Key: "answer", Label: "Svar", Kind: form.Text, Required: true, Max: 500, Help: "Vem svarade, och vad?"}, inReference}},
		{Name: "review", Label: "Sakgranska", Done: "Sakgranskade fakturan.", Key: "G", WhoMay: clientMay,
			From: []flow.State{Coded}, To: Reviewed, Need: MayReview, Guard: mayReview, Prefer: always},
		{Name: "approve", Label: "Attestera", Done: "Attesterade fakturan. Den bokfördes och är klar för betalning.", Key: "G", WhoMay: approver,
			From: []flow.State{Reviewed}, To: Ready, Need: MayApprove, Guard: mayApprove, Prefer: always,
			Clock: flow.Stops, Counts: Activity},
		{Name: "settle", Label: "Godkänn enligt kundens beslut", Done: "Godkände enligt kundens beslut om abonnemanget. Fakturan bokfördes.",
			From: []flow.State{Coded}, To: Ready, Need: MaySettle, Guard: onlyMachine, Clock: flow.Stops, Counts: Activity, Machine: true},
		{Name: "recode", Label: "Begär ny kontering", Done: "Begärde ny kontering. Granskningen föll.", Key: "K", WhoMay: clientMay,
			From: []flow.State{Coded, Reviewed}, To: Registered, Need: MayReview, Clock: flow.Resumes, Input: []form.Field{inReason}},
		{Name: "return", Label: "Skicka tillbaka", Done: "Skickade tillbaka fakturan.", Key: "R", WhoMay: officeMay,
			From: []flow.State{Registered, Waiting, Queried, Held}, To: Returned, Need: MayReturn, Guard: mayReturn, Prefer: hasReturn,
			Clock: flow.Stops, Counts: ActivityReturned, Input: []form.Field{inMore},
			Hold: 20 * time.Second, Held: "Brevet går till leverantören"},
		{Name: "refuse", Label: "Avvisa av annat skäl", Done: "Avvisade fakturan.", WhoMay: officeMay,
			From: []flow.State{Registered, Waiting, Queried}, To: Returned, Need: MayReturn, Clock: flow.Stops, Counts: ActivityReturned,
			Input: []form.Field{{Key: "cause", Label: "Varför?", Kind: form.Choice, Required: true, Options: refusals()}, inMore},
			Hold:  20 * time.Second, Held: "Brevet går till leverantören"},
		{Name: "move", Label: "Flytta till rätt kund", Done: "Flyttade fakturan till rätt kund.", Key: "L", WhoMay: officeMay,
			From: []flow.State{Registered, Waiting, Queried, Held, Coded}, To: Moved, Need: MayHandle,
			Clock: flow.Stops, Counts: ActivityMoved, Input: inMove},
		{Name: "propose", Label: "Föreslå att släppa", Done: "Föreslog att fakturan släpps.", Key: "F", WhoMay: officeMay,
			From: []flow.State{Held}, To: Held, Need: MayHandle, Guard: mayPropose, Input: []form.Field{inReason}},
		{Name: "release", Label: "Släpp", Done: "Släppte fakturan.", Key: "S",
			WhoMay: "Det gör en annan person än den som föreslog det, med rätt att släppa stoppade fakturor.",
			From:   []flow.State{Held}, To: Registered, Need: MayRelease, Guard: mayRelease, Prefer: always, Input: []form.Field{inReason}},
		{Name: "void", Label: "Makulera", Done: "Makulerade fakturan.", WhoMay: "Det gör en redovisningsekonom.",
			From: []flow.State{Registered, Waiting, Queried, Held, Coded, Reviewed}, To: Voided, Need: MayVoid,
			Clock: flow.Stops, Counts: ActivityVoided, Input: []form.Field{inReason}},
	}, paySteps()...),
}

func always(op.Who, Invoice) bool { return true }
