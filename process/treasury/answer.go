package treasury

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"kontor/format/camt"
	"kontor/format/pain"
	"kontor/format/verdict"
	"kontor/kernel/audit"
	"kontor/kernel/blob"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Answer is a file from the bank.
type Answer struct {
	ID       id.ID[Answer]
	Hash     blob.Hash
	Name     string
	Kind     string
	Received time.Time
	Actor    op.PersonID
	Matched  int64 // payments that it said something new of
	Already  int64 // entries known before
	Other    int64 // entries that are no payment of ours
	Skipped  int64 // statements that were not read
	Note     string
}

// Entry is a booked entry of one of our accounts.
type Entry struct {
	ID      id.ID[Entry]
	Account id.ID[Account]
	Key     string
	Answer  id.ID[Answer]
	Kind    string
	Booked  period.Date
	Amount  money.Amount
	Ref     string
	Text    string
	State   string
	Note    string
}

// The states of an entry.
const (
	EntryPaid     = "paid"
	EntryReturned = "returned"
	EntryOther    = "other" // no payment of ours
	EntryOpen     = "open"  // somebody has to look
	// What a person has said of what was open or other.
	EntryAsked     = "asked" // another person is to approve it
	EntryExplained = "explained"
)

// The kinds of files from the bank.
const answerKind = "pain.002"

var (
	errNotAnswer = fault.New(fault.Invalid, "TRE-050", "Filen är varken ett svar på en betalningsfil (pain.002) eller ett kontoutdrag (camt.053, camt.054). Inget är läst in.")
	errUnread    = fault.New(fault.Invalid, "TRE-051", "Filen kan inte läsas: %s Inget är läst in.")
	errNotOurs   = fault.New(fault.NotFound, "TRE-052", "Filen svarar på %s, som inte är en betalningsfil härifrån. Inget är läst in.")
	errInterim   = fault.New(fault.Invalid, "TRE-053", "Filen visar dagen hittills (camt.052). Inget i den är slutligt. Vänta på kontoutdraget.")
)

// reading is one file while it is read.
type reading struct {
	t       *Treasury
	o       *op.Op
	answer  Answer
	notes   []string
	changed map[PaymentID]*Payment
	touched map[ID]bool

	accounts []Account // ours

	taken, done, refused, back, doubted []*Payment
}

func (r *reading) note(format string, args ...any) {
	if len(r.notes) < 50 {
		r.notes = append(r.notes, fmt.Sprintf(format, args...))
	}
}

// Read takes a file from the bank in: an answer to a payment file, or a
// statement. The same bytes again change nothing, and known is true. A file that
// cannot be used changes nothing either.
func (t *Treasury) Read(o *op.Op, name string, b []byte) (a Answer, known bool, err error) {
	if err := o.NeedFor(MayHandle, 0); err != nil {
		return a, false, err
	}
	packed := blob.Pack(blob.Document{Media: "application/xml", Content: b, Received: o.Now})
	a, known, err = answerByHash.Maybe(o, packed.Hash())
	if err != nil || known && a.Skipped == 0 {
		return a, known, err
	}
	r := &reading{t: t, o: o, changed: map[PaymentID]*Payment{}, touched: map[ID]bool{}}
	r.answer = Answer{ID: id.New[Answer](o), Hash: packed.Hash(), Name: name, Received: o.Now, Actor: o.Actor.ID}
	if known {
		r.answer.ID = a.ID
	}
	var read func([]byte) error
	switch {
	case pain.SniffAnswer(b):
		r.answer.Kind, read = answerKind, r.statuses
	case camt.Sniff(b):
		read = r.statements
	default:
		return a, false, errNotAnswer.Because("%s: neither", name)
	}
	if err := blob.Put(o, packed); err != nil {
		return a, false, err
	}
	if err := read(b); err != nil {
		return a, false, err
	}
	if err := r.end(); err != nil {
		return a, false, err
	}
	return r.answer, false, nil
}

// end stores the file's row and tells what is new.
func (r *reading) end() error {
	r.answer.Note = strings.Join(r.notes, "\n")
	if _, err := putAnswer.Add(r.o, r.answer); err != nil {
		return err
	}
	if err := r.tell(); err != nil {
		return err
	}
	return audit.Note(r.o, audit.Change{Kind: "treasury.answer", Record: int64(r.answer.ID), Step: "read", Note: r.answer.Kind + " " + r.answer.Name})
}

// tell tells the sources what is new, and counts the proposals anew.
func (r *reading) tell() error {
	for _, x := range []struct {
		event Event
		all   []*Payment
	}{{Taken, r.taken}, {Done, r.done}, {Refused, r.refused}, {CameBack, r.back}, {Doubted, r.doubted}} {
		if len(x.all) == 0 {
			continue
		}
		reason := ""
		if x.event == Doubted {
			reason = whyDoubted
		}
		if err := r.t.settle(r.o, Account{}, x.event, reason, x.all...); err != nil {
			return err
		}
	}
	keys := make([]ID, 0, len(r.touched))
	for key := range r.touched {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		if err := r.t.recount(r.o, key, r.answer.Name); err != nil {
			return err
		}
	}
	return nil
}

const whyDoubted = "Banken har betalat det som den tidigare avvisade. Se kontoutdraget innan något betalas igen."

// torn tells that the bank has paid what it had refused: what has been opened
// again since is not paid before somebody has looked.
func (r *reading) torn(p *Payment) {
	if !slices.Contains(r.doubted, p) {
		r.doubted = append(r.doubted, p)
	}
}

// recount counts what the bank has said of a proposal, and closes it when there
// is nothing more to say.
func (t *Treasury) recount(o *op.Op, key ID, note string) error {
	p, err := t.Table.Get(o, key)
	if err != nil {
		return err
	}
	if err := p.count(); err != nil {
		return err
	}
	if p.State == Closed && p.Settled < p.Payments {
		p.State = AtBank // what was thought to be paid is not
	}
	if err := t.Table.Save(o, &p, "answer", note); err != nil {
		return err
	}
	if p.State == AtBank && p.Settled == p.Payments {
		_, err = t.Table.Take(o, key, "close", 0, nil)
	}
	return err
}

// payment returns the one copy of a payment of this reading, so that what one
// entry does is seen by the next.
func (r *reading) payment(endToEnd string) (*Payment, error) {
	p, ok, err := byEndToEnd.Maybe(r.o, endToEnd)
	if err != nil || !ok {
		return nil, err
	}
	return r.once(p)
}

func (r *reading) once(p Payment) (*Payment, error) {
	if x := r.changed[p.ID]; x != nil {
		return x, nil
	}
	var err error
	p.Parts, err = partsOfOne.All(r.o, p.Client, p.ID)
	r.changed[p.ID] = &p
	return &p, err
}

func (r *reading) save(p *Payment, step, note string) error {
	if err := save(r.o, p); err != nil {
		return err
	}
	if !p.State.alive() {
		if _, err := releaseParts.Do(r.o, p.Client, p.ID); err != nil {
			return err
		}
	}
	r.touched[p.Proposal] = true
	return audit.Note(r.o, audit.Change{Client: p.Client, Kind: "treasury.payment", Record: int64(p.ID), Step: step, Note: note})
}

// statuses reads a pain.002.
func (r *reading) statuses(b []byte) error {
	a, err := pain.ReadAnswer(b)
	if err != nil {
		return errUnread.With(reasonsOf(pain.CheckAnswer(b))).Because("%w", err)
	}
	key, err := id.Parse[Proposal](strings.TrimPrefix(a.Original, "KB"))
	if err != nil {
		return errNotOurs.With(a.Original).Because("%w", err)
	}
	p, err := r.t.Table.Get(r.o, key)
	if err != nil || p.File == "" {
		return errNotOurs.With(a.Original).Because("%s: %w", key, err)
	}
	for i := range p.Rows {
		if !p.Rows[i].Owed || p.Rows[i].Amount == 0 {
			continue
		}
		x, err := r.once(p.Rows[i])
		if err != nil {
			return err
		}
		code, reasons := a.Of(x.Batch, x.EndToEnd)
		if err := r.advance(x, code, reasons); err != nil {
			return err
		}
	}
	return nil
}

// advance moves a payment forwards by what the bank says of it, and never back.
func (r *reading) advance(p *Payment, news pain.Code, reasons []pain.Reason) error {
	if news == "" {
		return nil
	}
	if news == pain.Rejected && slices.ContainsFunc(reasons, func(x pain.Reason) bool { return slices.Contains(duplicates, x.Code) }) {
		r.note("Banken tar inte %s till %s, för att den redan har fått den. Den första gäller: ring banken innan något betalas igen.", p.EndToEnd, p.PayeeName)
		return nil
	}
	now, torn := pain.Advance(pain.Code(p.Code), news)
	if news == pain.Rejected && (p.State == Paid || p.State == Returned) {
		torn = true
	}
	if torn && p.State == Rejected {
		r.torn(p)
	}
	if torn {
		r.note("Banken säger både att %s till %s är betald och att den är avvisad. Pengarna gäller: se kontoutdraget innan något betalas igen.", p.EndToEnd, p.PayeeName)
	}
	if string(now) == p.Code {
		return nil
	}
	p.Code = string(now)
	switch was := p.State; {
	case was != Filed && was != Accepted:
	case now == pain.Rejected:
		p.State, p.Reason = Rejected, reasonWords(reasons)
		r.refused = append(r.refused, p)
	case now == pain.Settled || now == pain.Credited:
		p.State, p.Paid = Paid, day(r.o)
		r.done = append(r.done, p)
	case now == pain.Checked || now == pain.Changed || now == pain.Waiting || now == pain.Settling:
		if was == Filed {
			p.State = Accepted
			r.taken = append(r.taken, p)
		}
	}
	r.answer.Matched++
	return r.save(p, "status", strings.TrimSpace(string(now)+" "+p.Reason))
}

// duplicates are the codes of what the bank has already got: a file that was
// delivered twice is refused the second time, and the first is paid.
// source: ISO 20022 external code set, status reasons
var duplicates = []string{"AM05", "DU01", "DU02", "DU03", "DU04", "DU05"}

// isoReasons are the bank's codes in words.
// source: ISO 20022 external code set, status and return reasons
var isoReasons = map[string]string{
	"AC01": "Kontot finns inte.", "AC03": "Mottagarens konto stämmer inte.", "AC04": "Kontot är avslutat.", "AC06": "Kontot är spärrat.",
	"AC07": "Mottagarens konto är avslutat.", "AG01": "Betalningen är inte tillåten från kontot.", "AM02": "Beloppet är större än vad banken tillåter.",
	"AM04": "Täckning saknas på vårt konto.", "AM05": "Banken ser betalningen som en dubblett.", "AM09": "Beloppet är fel.", "BE05": "Avsändaren är inte känd av banken.",
	"BE06": "Mottagaren är inte känd.", "DT01": "Betalningsdagen är fel.", "DS0H": "Den som skickade filen får inte göra det.", "FF01": "Filens format är fel.",
	"MD07": "Mottagaren är avliden.", "MS02": "Mottagaren vill inte ta emot betalningen.", "MS03": "Banken anger inte varför.", "RC01": "Bankens kod är fel.",
	"RR04": "Stoppad enligt lag.", "TM01": "Filen kom efter bankens stopptid.", "NARR": "",
}

func reasonWords(all []pain.Reason) string {
	var words []string
	for _, x := range all {
		w := isoReasons[x.Code]
		if w == "" {
			w = strings.TrimSpace(x.Code + " " + strings.Join(x.Text, " "))
		}
		if w != "" {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return "Banken avvisade betalningen utan att säga varför."
	}
	return "Banken avvisade betalningen: " + strings.Join(words, " ")
}

func reasonsOf(v verdict.Verdict) string {
	if len(v.Reasons) == 0 {
		return "den är inte hel."
	}
	return v.Reasons[0]
}

// statements reads a camt.053 or camt.054.
func (r *reading) statements(b []byte) error {
	v := camt.Check(b)
	if v.Level == verdict.Reject {
		return errUnread.With(reasonsOf(v)).Because("%v", v.Reasons)
	}
	f, _, err := camt.Read(b)
	if err != nil {
		return errUnread.With(reasonsOf(v)).Because("%w", err)
	}
	if r.answer.Kind = string(f.Kind); f.Kind == camt.Report {
		return errInterim
	}
	r.notes = append(r.notes, v.Reasons...)
	if r.accounts, err = accountsAll.All(r.o); err != nil {
		return err
	}
	for i := range f.Statements {
		s := &f.Statements[i]
		at := slices.IndexFunc(r.accounts, func(a Account) bool { return a.is(s.Account) })
		switch {
		case at < 0:
			r.skip("Kontot %s är inte ett av våra; utdraget %s är inte läst.", s.Account.Identity(), s.ID)
		case !inKronor(s):
			r.skip("Utdraget %s från kontot %s är inte i kronor och är inte läst.", s.ID, r.accounts[at].Name)
		default:
			err = r.statement(f, s, r.accounts[at])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// skip leaves a statement unread; the file can be read again once the reason is
// gone.
func (r *reading) skip(format string, args ...any) {
	r.note(format, args...)
	r.answer.Skipped++
}

// inKronor reports whether a statement is of an account in kronor: an account in
// another currency may have the same number.
func inKronor(s *camt.Statement) bool {
	return (s.Account.Currency == "" || s.Account.Currency == "SEK") &&
		!slices.ContainsFunc(s.Entries, func(e camt.Entry) bool { return e.Currency != "" && e.Currency != "SEK" })
}

func (a *Account) is(x camt.Account) bool {
	digits := func(s string) string { return strings.NewReplacer(" ", "", "-", "").Replace(s) }
	return x.IBAN != "" && digits(x.IBAN) == digits(a.IBAN) || x.Bankgiro() != "" && digits(x.Bankgiro()) == digits(a.Bankgiro) ||
		x.Number != "" && a.IBAN != "" && strings.HasSuffix(digits(a.IBAN), digits(x.Number)) && len(digits(x.Number)) >= 10
}

func (r *reading) statement(f *camt.File, s *camt.Statement, a Account) error {
	row := statementRow{Account: a.ID, Kind: string(f.Kind), Statement: cmp.Or(s.ID, f.MsgID), Sequence: s.Sequence, Answer: r.answer.ID}
	opening, ok1 := s.Opened()
	closing, ok2 := s.Find(camt.Closing)
	row.Opening, row.Closing, row.Last, row.Balanced = opening.Amount, closing.Amount, closing.Date, ok1 && ok2
	if row.Balanced {
		before, ok, err := lastStatement.Maybe(r.o, a.ID, row.Kind, row.Last)
		if err != nil {
			return err
		}
		if ok && (before.Statement != row.Statement || before.Sequence != row.Sequence) && before.Closing != row.Opening {
			r.note("Utdraget %s börjar på %s kr, men det förra slutade på %s kr. Det saknas ett utdrag däremellan.", row.Statement, row.Opening, before.Closing)
		}
	}
	n, err := addStatement.Add(r.o, row)
	if err != nil {
		return err
	}
	earlier := row
	if n == 0 {
		if earlier, err = statementOf.One(r.o, row.Account, row.Kind, row.Statement, row.Sequence); err != nil {
			return err
		}
	}
	// A bank may use an identity again, for the next page or another day. Then each
	// entry tells for itself whether it is known.
	if n == 0 && row.Balanced && earlier.Balanced && earlier.Opening == row.Opening && earlier.Closing == row.Closing && earlier.Last == row.Last {
		r.note("Utdraget %s är redan inläst.", row.Statement)
		r.answer.Already += int64(len(s.Entries))
		return nil
	}
	// Money out before money in: a payment and its return may stand in one statement.
	order := make([]*camt.Entry, 0, len(s.Entries))
	for i := range s.Entries {
		order = append(order, &s.Entries[i])
	}
	slices.SortStableFunc(order, func(x, y *camt.Entry) int { return cmp.Compare(max(x.Amount, 0), max(y.Amount, 0)) })
	seen := map[string]int{}
	for _, e := range order {
		if !e.Final() {
			continue
		}
		if err := r.entry(row.Statement, a, e, seen); err != nil {
			return err
		}
	}
	return nil
}

// knownBy is the bank's reference of an entry and what it is known by. Only what the
// bank itself numbers is the same in another statement; the rest is known within
// its own.
func knownBy(statement string, e *camt.Entry) (ref, known string) {
	sure := e.ServicerRef
	for i := 0; sure == "" && i < len(e.Details); i++ {
		sure = e.Details[i].ServicerRef
	}
	if sure != "" {
		return sure, sure
	}
	if ref = e.Ref; ref == "" && len(e.Details) > 0 {
		ref = e.Details[0].EndToEnd
	}
	return ref, statement + "/" + ref
}

// entry takes one booked entry in, once: the key counts how many of the same day,
// amount and reference came before it in the statement, since two equal payments
// on one day are legal.
func (r *reading) entry(statement string, a Account, e *camt.Entry, seen map[string]int) error {
	ref, known := knownBy(statement, e)
	key := fmt.Sprintf("%s|%s|%d|%s", r.answer.Kind, e.Booked, int64(e.Amount), known)
	seen[key]++
	row := Entry{ID: id.New[Entry](r.o), Account: a.ID, Key: fmt.Sprintf("%s|%d", key, seen[key]), Answer: r.answer.ID, Kind: r.answer.Kind,
		Booked: e.Booked, Amount: e.Amount, Ref: ref, Text: e.Text, State: EntryOther}
	if row.Booked.IsZero() {
		row.Booked = e.Value
	}
	if row.Booked.IsZero() {
		row.Booked = day(r.o)
	}
	n, err := addEntry.Add(r.o, row)
	if err != nil {
		return err
	}
	if n == 0 {
		r.answer.Already++
		return nil
	}
	rest, err := r.match(a, e, &row)
	if err != nil {
		return err
	}
	r.tally(&row)
	if rest != nil {
		r.tally(rest)
		if _, err := addEntry.Add(r.o, *rest); err != nil {
			return err
		}
	}
	_, err = endEntry.Do(r.o, row.ID, row.State, row.Note, row.Amount)
	return err
}

// part is what is left of an entry when the rest of it has been told apart.
func (e Entry) part(o *op.Op, amount money.Amount) *Entry {
	e.ID, e.Key, e.Amount, e.State, e.Note = id.New[Entry](o), e.Key+"|rest", amount, EntryOther, ""
	return &e
}

// tally counts an entry in the answer.
func (r *reading) tally(e *Entry) {
	switch {
	case e.State == EntryOther:
		r.answer.Other++
	case e.Note != "":
		r.note("%s", e.Note)
	}
}
