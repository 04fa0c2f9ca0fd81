package treasury

import (
	"cmp"
	"strings"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/workday"
)

// ExplanationID identifies an explanation.
type ExplanationID = id.ID[Explanation]

// Explanation is what a person says that an entry of the bank is, where the
// files do not say it themselves. Its client is 0, as a proposal's is: whoever
// may handle payments for all handles it.
type Explanation struct {
	flow.Head[Explanation]
	Entry         id.ID[Entry]
	Kind          string
	Amount        money.Amount // of the entry
	Owner         op.ClientID  // in whose books it is posted; 0 where nothing is
	Payment       PaymentID    // that it belongs to
	Pair          id.ID[Entry] // that takes it out
	Line          coding.Line  `db:"line,json"` // what is posted besides the payment; its amount balances the voucher
	Reason        string
	EntryWas      string // state of the entry before
	PaymentWas    State  // and of the payment
	Writer        op.PersonID
	WriterName    string
	Approver      op.PersonID
	ApproverName  string
	Voucher       ledger.ID
	VoucherClient op.ClientID

	// What it is judged by and stands in other tables; Load reads it.
	Of      Entry    `db:"-"`
	Account Account  `db:"-"`
	Paying  Payment  `db:"-"`
	Refused []string `db:"-"` // what the code plan refuses
}

// The kinds of explanation.
const (
	ByPayment = "payment" // it belongs to a payment of ours
	ByBooks   = "books"   // it is posted on an account
	ByPair    = "pair"    // another entry takes it out
	ByOther   = "noted"   // the same money is posted from the other kind of file
)

// explanationKinds are the kinds in words.
var explanationKinds = []form.Option{{Value: ByPayment, Label: "Den hör till en av våra betalningar"}, {Value: ByBooks, Label: "Den bokförs på ett konto"},
	{Value: ByPair, Label: "Banken gjorde fel och har tagit tillbaka det"}, {Value: ByOther, Label: "Samma pengar bokförs från den andra sortens fil"}}

// The states of an explanation.
const (
	Asked   flow.State = "asked"
	Settled flow.State = "settled"
	Undone  flow.State = "undone"
	Refuted flow.State = "withdrawn"
)

var (
	errEntryDone   = fault.New(fault.Conflict, "TRE-070", "Händelsen är redan förklarad, eller någon håller på med den. Öppna den och se efter.")
	errOwnWord     = fault.New(fault.Forbidden, "TRE-071", "Du skrev förklaringen själv. En annan person ska attestera den.")
	errOwnUndo     = fault.New(fault.Forbidden, "TRE-072", "Du attesterade förklaringen själv. En annan person ska vända den.")
	errNotThat     = fault.New(fault.Conflict, "TRE-073", "Betalningen %s kan inte vara den: den är %s. Är skulden öppnad igen bokförs pengarna på ett konto i stället.")
	errOtherMoney  = fault.New(fault.Conflict, "TRE-074", "Händelsen är på %s kr och betalningen på %s kr. Skriv vilket konto som skillnaden bokförs på.")
	errNotPair     = fault.New(fault.Conflict, "TRE-075", "Händelserna tar inte ut varandra: de ska gälla samma konto och samma belopp, en in och en ut.")
	errOnceOnly    = fault.New(fault.Conflict, "TRE-076", "Pengarna bokförs från %s. Välj att de bokförs därifrån, eller vilken betalning de hör till.")
	errPostable    = fault.New(fault.Conflict, "TRE-077", "Pengarna bokförs just från den här sortens fil. Säg vilken betalning de hör till, eller vilket konto de bokförs på.")
	errRefusedLine = fault.New(fault.Conflict, "TRE-078", "%s")
	errOwnAccount  = fault.New(fault.Conflict, "TRE-079", "Konto %s är bankens eget eller det för betalningar under väg. Välj vad pengarna är.")
	errCameOpen    = fault.New(fault.Conflict, "TRE-080", "Skulden står i ett annat betalningsförslag, är betald på nytt eller har ändrats. Förklaringen kan inte vändas; bokför rättelsen på ett konto.")
	errMovedOn     = fault.New(fault.Conflict, "TRE-081", "Banken har sagt mer om betalningen sedan dess. Förklaringen kan inte vändas.")
	errNoEntry     = fault.New(fault.NotFound, "TRE-009", "Händelsen på kontot finns inte. Sök upp den i listan.")
)

// ExplanationLife is the whole life of an explanation. What posts nothing is
// settled at once; what posts needs a second person.
var ExplanationLife = &flow.Flow[Explanation]{
	Name: "treasury.explanation",
	Labels: []flow.StateLabel{
		{State: Asked, Word: "Att attestera", Kind: "near"}, {State: Settled, Word: "Gäller", Kind: "ok"},
		{State: Undone, Word: "Vänd", Kind: "none"}, {State: Refuted, Word: "Tillbakatagen", Kind: "none"},
	},
	Start: []flow.State{Asked, Settled},
	Ends:  []flow.State{Undone, Refuted},
	Steps: []flow.Step[Explanation]{
		{Name: "approve", Label: "Attestera", Done: "Attesterade förklaringen. Pengarna är bokförda.", Key: "G", From: []flow.State{Asked}, To: Settled,
			Need: MayRelease, WhoMay: "Det gör en annan person än den som skrev förklaringen, med rätt att frisläppa betalningar.", Guard: mayExplain,
			Prefer: func(op.Who, Explanation) bool { return true }},
		{Name: "withdraw", Label: "Ta tillbaka", Done: "Tog tillbaka förklaringen.", From: []flow.State{Asked}, To: Refuted, Need: MayHandle, WhoMay: handlerMay,
			Input: []form.Field{{Key: "reason", Label: "Motivering", Kind: form.Text, Required: true, Max: 300}}},
		{Name: "reverse", Label: "Vänd", Done: "Vände förklaringen. Händelsen är att reda ut igen.", From: []flow.State{Settled}, To: Undone, Need: MayHandle, WhoMay: handlerMay,
			Guard: mayUndoExplanation, Input: []form.Field{{Key: "reason", Label: "Motivering", Kind: form.Text, Required: true, Max: 300}}},
	},
}

// mayExplain is the rule of the second person, and that it can still be done.
func mayExplain(w op.Who, x Explanation) error {
	switch {
	case w.Actor.Kind != op.Person:
		return errNotPerson
	case w.Actor.ID == x.Writer:
		return errOwnWord
	}
	for _, org := range w.Actor.Interests {
		if org != "" && org == x.Paying.PayeeOrg {
			return errInterest.With(x.Paying.PayeeName)
		}
	}
	return CheckExplanation(x)
}

func mayUndoExplanation(w op.Who, x Explanation) error {
	switch {
	case w.Actor.Kind != op.Person:
		return errNotPerson
	case x.Approver != 0 && w.Actor.ID == x.Approver:
		return errOwnUndo
	case x.Kind == ByPayment && x.Amount > 0:
		if x.Paying.State != Returned || ledger.ID(x.Paying.Returned) != x.Voucher {
			return errMovedOn
		}
	case x.Kind == ByPayment && (x.Paying.State != Paid || ledger.ID(x.Paying.Booked) != x.Voucher && x.Voucher != 0):
		return errMovedOn
	}
	return nil
}

// CheckExplanation says what keeps an explanation from being settled; nil when
// nothing does. It is pure.
func CheckExplanation(x Explanation) error {
	cash := x.Of.Kind == x.Account.Books
	switch x.Kind {
	case ByPayment:
		return checkPaying(x, cash)
	case ByBooks:
		if !cash {
			return errOnceOnly.With(x.Account.Books)
		}
		return checkLine(x)
	case ByOther:
		if cash {
			return errPostable
		}
	}
	return nil
}

func checkPaying(x Explanation, cash bool) error {
	p := &x.Paying
	word, _ := stateWord(p.State)
	fits := p.State == Filed || p.State == Accepted || p.State == Paid && (x.Amount > 0 || p.Booked == 0)
	if !fits || !p.Owed || p.Account != x.Of.Account || p.Amount == 0 {
		return errNotThat.With(p.EndToEnd, strings.ToLower(word))
	}
	switch {
	case x.Line.Amount == 0 || !cash:
		return nil
	case x.Line.Account == "":
		return errOtherMoney.With(max(x.Amount, -x.Amount), p.Amount)
	}
	return checkLine(x)
}

func checkLine(x Explanation) error {
	if a := x.Line.Account; a == x.Account.Ledger || a == x.Account.Clearing {
		return errOwnAccount.With(a)
	}
	if len(x.Refused) > 0 {
		return errRefusedLine.With(strings.Join(x.Refused, " "))
	}
	return nil
}

// rest is what of an entry is not the payment's: what its own line posts.
func (x *Explanation) rest() money.Amount {
	if x.Kind != ByPayment {
		return -x.Amount
	}
	if x.Amount < 0 {
		return -x.Amount - x.Paying.Amount
	}
	return -x.Amount + x.Paying.Amount
}

// explanations is where explanations live.
func (t *Treasury) explanationTable() *flow.Table[Explanation] {
	table := *explanations
	table.Read, table.Calendar, table.Load = MayHandle, workday.Bank, loadExplanation
	table.Do = map[string]func(*op.Op, *Explanation, form.Values) error{
		"approve": t.doExplain,
		"withdraw": func(o *op.Op, x *Explanation, _ form.Values) error {
			return moveEntryTo(o, x.Entry, EntryAsked, x.EntryWas)
		},
		"reverse": t.undoExplanation,
	}
	return &table
}

var explanations = flow.In(ExplanationLife, "treasury_explanation")

// loadExplanation reads what an explanation is judged by.
func loadExplanation(o *op.Op, x *Explanation) (err error) {
	if x.Of, err = EntryOf(o, x.Entry); err != nil {
		return err
	}
	if x.Account, err = AccountOf(o, x.Of.Account); err != nil {
		return err
	}
	if !x.Payment.IsZero() {
		p, ok, err := paymentByID.Maybe(o, x.Payment)
		if err != nil || !ok {
			return errNoPayment.Because("payment %s: %w", x.Payment, err)
		}
		x.Paying, x.Owner = p, p.Client
	}
	if x.State != "" && x.State != Asked {
		return nil
	}
	x.Amount = x.Of.Amount
	x.Line.Amount = x.rest()
	if x.Refused = nil; x.Owner == 0 || x.Line.Account == "" || x.Line.Amount == 0 {
		return nil
	}
	plan, err := coding.Load(o, x.Owner)
	if err != nil {
		return err
	}
	for _, r := range plan.Check(x.Line, x.Of.Booked) {
		x.Refused = append(x.Refused, r.Text)
	}
	if plan.Control(x.Line.Account) != "" {
		x.Refused = append(x.Refused, "Konto "+x.Line.Account+" är ett reskontrakonto och bokförs bara av sin reskontra. Gör rättelsen där i stället.")
	}
	return nil
}

// EntryOf returns one entry.
func EntryOf(o *op.Op, key id.ID[Entry]) (Entry, error) {
	e, ok, err := entryByID.Maybe(o, key)
	if err == nil && !ok {
		err = errNoEntry.Because("no entry %s", key)
	}
	return e, err
}

// moveEntryTo moves an entry from one state to another, unless somebody has
// moved it meanwhile.
func moveEntryTo(o *op.Op, key id.ID[Entry], from, to string) error {
	n, err := moveEntry.Do(o, key, from, to)
	if err == nil && n == 0 {
		err = errEntryDone.Because("entry %s is not %s", key, from)
	}
	return err
}

// Explain says what an entry of the bank is. What posts money waits for another
// person; the rest is settled at once.
func (t *Treasury) Explain(o *op.Op, x *Explanation) error {
	if err := o.NeedFor(MayHandle, 0); err != nil {
		return err
	}
	if o.Actor.Kind != op.Person {
		return errNotPerson
	}
	x.State = ""
	if err := loadExplanation(o, x); err != nil {
		return err
	}
	if s := x.Of.State; s != EntryOpen && s != EntryOther {
		return errEntryDone.Because("entry %s is %s", x.Entry, s)
	}
	x.Client, x.EntryWas, x.PaymentWas = 0, x.Of.State, x.Paying.State
	x.Writer, x.WriterName, x.State = o.Actor.ID, o.Actor.Name, Asked
	if err := CheckExplanation(*x); err != nil {
		return err
	}
	to := EntryAsked
	if x.Kind == ByPair || x.Kind == ByOther {
		x.State, to = Settled, EntryExplained
	}
	if err := moveEntryTo(o, x.Entry, x.EntryWas, to); err != nil {
		return err
	}
	if x.Kind == ByPair {
		if err := t.pair(o, x); err != nil {
			return err
		}
	}
	return t.Explanations.Add(o, x.Reason, x)
}

// pair settles the entry that takes another out.
func (t *Treasury) pair(o *op.Op, x *Explanation) error {
	other, err := EntryOf(o, x.Pair)
	if err != nil {
		return err
	}
	if other.ID == x.Entry || other.Account != x.Of.Account || other.Kind != x.Of.Kind || other.Amount != -x.Amount {
		return errNotPair.Because("%s and %s", x.Entry, x.Pair)
	}
	if other.State != EntryOpen && other.State != EntryOther {
		return errEntryDone.Because("entry %s is %s", other.ID, other.State)
	}
	return moveEntryTo(o, other.ID, other.State, EntryExplained)
}

// doExplain does what a second person has found right.
func (t *Treasury) doExplain(o *op.Op, x *Explanation, _ form.Values) error {
	x.Approver, x.ApproverName = o.Actor.ID, o.Actor.Name
	if err := moveEntryTo(o, x.Entry, EntryAsked, EntryExplained); err != nil {
		return err
	}
	if x.Kind == ByPayment {
		return t.explainPayment(o, x)
	}
	return t.postExplained(o, x, 0)
}

// explainPayment does to a payment what the bank would have done if it had said
// which one it was.
func (t *Treasury) explainPayment(o *op.Op, x *Explanation) error {
	r := &reading{t: t, o: o, changed: map[PaymentID]*Payment{}, touched: map[ID]bool{}, answer: Answer{Name: "utredning " + x.ID.String()}}
	p, err := r.once(x.Paying)
	if err != nil {
		return err
	}
	x.PaymentWas = p.State
	amount := -p.Amount
	switch {
	case x.Amount > 0:
		amount = p.Amount
		p.State, p.Reason = Returned, cmp.Or(x.Reason, returnWords(nil))
		r.back = append(r.back, p)
	case p.State != Paid:
		p.State, p.Paid = Paid, x.Of.Booked
		r.done = append(r.done, p)
	}
	if x.Of.Kind == x.Account.Books {
		if err := t.postExplained(o, x, amount); err != nil {
			return err
		}
		if amount < 0 {
			p.Booked = int64(x.Voucher)
		} else {
			p.Returned = int64(x.Voucher)
		}
	}
	if err := r.save(p, "explained", x.Reason); err != nil {
		return err
	}
	return r.tell()
}

// postExplained posts an entry: what is the payment's against what is under way,
// the rest where the explanation says.
func (t *Treasury) postExplained(o *op.Op, x *Explanation, payment money.Amount) error {
	v := &ledger.Voucher{Client: x.Owner, Series: Series, Date: x.Of.Booked, Text: x.Reason, Kind: ExplanationLife.Name, Document: int64(x.ID),
		Key: "treasury.explanation:" + x.ID.String(), Module: Module}
	add := func(l coding.Line) {
		if l.Amount != 0 {
			v.Lines = append(v.Lines, ledger.Line{Line: l})
		}
	}
	add(coding.Line{Account: x.Account.Ledger, Amount: x.Amount})
	add(coding.Line{Account: x.Account.Clearing, Amount: -payment})
	add(x.Line)
	if err := ledger.Post(o, v); err != nil {
		return err
	}
	x.Voucher, x.VoucherClient = v.ID, v.Client
	return nil
}

// undoExplanation takes back what an explanation did: its voucher, its payment,
// and the entry is to be explained again.
func (t *Treasury) undoExplanation(o *op.Op, x *Explanation, in form.Values) error {
	if err := moveEntryTo(o, x.Entry, EntryExplained, x.EntryWas); err != nil {
		return err
	}
	if !x.Pair.IsZero() {
		if err := moveEntryTo(o, x.Pair, EntryExplained, EntryOpen); err != nil {
			return err
		}
	}
	if !x.Voucher.IsZero() {
		on := max(period.DateOf(o.Now), x.Of.Booked)
		if _, err := ledger.Reverse(o, x.VoucherClient, x.Voucher, on, in.Text("reason")); err != nil {
			return err
		}
	}
	if x.Kind != ByPayment {
		return nil
	}
	r := &reading{t: t, o: o, changed: map[PaymentID]*Payment{}, touched: map[ID]bool{}, answer: Answer{Name: "utredning " + x.ID.String()}}
	p, err := r.once(x.Paying)
	if err != nil {
		return err
	}
	if x.Amount > 0 {
		return t.restore(o, r, p, x, in.Text("reason"))
	}
	if p.Booked = 0; x.PaymentWas != Paid {
		p.State, p.Paid = x.PaymentWas, 0
		r.taken = append(r.taken, p)
	}
	if err := r.save(p, "unexplained", in.Text("reason")); err != nil {
		return err
	}
	return r.tell()
}

// restore makes a payment what it was before somebody said that its money had come
// back: its documents are held by it again, and their debts moved as they were.
func (t *Treasury) restore(o *op.Op, r *reading, p *Payment, x *Explanation, why string) error {
	now, err := t.reread(o, []Payment{*p})
	if err != nil {
		return err
	}
	for _, part := range p.Parts {
		d, ok := now[part.Document]
		if !ok || d.Amount != part.Amount || d.Withheld != part.Withheld || d.Client != p.Client {
			return errCameOpen.Because("%s is no longer the debt that was paid", part.Number)
		}
	}
	n, err := reviveParts.Do(o, p.Client, p.ID)
	if err != nil {
		return err
	}
	if n != int64(len(p.Parts)) {
		return errCameOpen.Because("%d of %d documents of %s are free", n, len(p.Parts), p.ID)
	}
	a, err := AccountOf(o, p.Account)
	if err != nil {
		return err
	}
	p.State, p.Reason, p.Returned = x.PaymentWas, "", 0
	if err := r.save(p, "unexplained", why); err != nil {
		return err
	}
	if err := t.settle(o, a, Restored, "", p); err != nil {
		return err
	}
	switch p.State {
	case Paid:
		r.done = append(r.done, p)
	case Accepted:
		r.taken = append(r.taken, p)
	}
	return r.tell()
}
