package intake

import (
	"fmt"
	"time"

	"kontor/books/ledger"
	"kontor/books/statute"
	"kontor/kernel/blob"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables"
)

// FileState is what became of a file.
type FileState string

// The states of a file. Already is never stored: the file is there since before.
const (
	Imported  FileState = "imported"
	Held      FileState = "held"     // an invoice that is stopped
	Unrouted  FileState = "unrouted" // nobody knows whose it is
	Failed    FileState = "failed"
	Dismissed FileState = "dismissed" // a person has looked and let it be
	Already   FileState = "already"
)

// File is one received file.
type File struct {
	ID       id.ID[File]
	Version  int64
	Hash     blob.Hash
	Name     string
	Size     int64
	Received time.Time
	Batch    id.ID[Batch]
	State    FileState
	Code     string
	Note     string
	Client   op.ClientID
	Invoice  payables.ID
	Attempts int64
}

var (
	errAlready  = fault.New(fault.Conflict, "PAY-F10", "Filen är redan inläst %s som ”%s”. Den räknas inte igen.")
	errUnrouted = fault.New(fault.NotFound, "PAY-F11",
		"Ingen kund har referensen ”%s” eller adressen ”%s”. Lägg upp en styrning till rätt kund, eller välj kund här, och kör filen igen.")
	errFailed = fault.New(fault.Internal, "PAY-F90", "Filen gick inte att registrera: %s Kör den igen, eller visa den för systemförvaltningen.")
)

// register is what the database knows that a batch of drafts is settled
// against. Settling one draft adds what the next must know.
type register struct {
	now       time.Time
	day       period.Date
	terms     *terms
	router    *Router
	suppliers map[string]*known // by number
	files     map[blob.Hash]File
	numbers   map[numberKey]numberRow
	twins     map[twinKey][]numberRow
	postings  map[op.ClientID]payables.Postings
	forced    op.ClientID // a person has said whose the file is
	settings  *payables.Decided
	law       *statute.Book
	warned    []payables.Warning
	pasts     map[id.ID[payables.Supplier]]past
	attached  map[blob.Hash]payables.Attached
}

type known struct {
	payables.Supplier
	accounts []payables.Account
	fresh    bool // first seen in this batch
	located  bool // its town was first seen in this batch
}

type numberRow struct {
	Supplier id.ID[payables.Supplier]
	Number   string
	Claim    int64
	Client   op.ClientID
	Invoice  payables.ID
	Gross    money.Amount
	Issued   period.Date
	OCR      string `db:"ocr"`
}

// outcome is what one file leads to.
type outcome struct {
	file     File
	draft    *Draft
	invoice  *payables.Invoice // nil when there is none
	number   *numberRow
	proposed []payables.Account
	voucher  *ledger.Voucher
	attached []payables.Attached
	signs    []payables.Sign
}

// settle decides what becomes of one draft. It is pure but for the identities
// that it makes and for what it adds to the register.
func (r *register) settle(ids id.Maker, d *Draft) outcome {
	out := outcome{draft: d, file: File{Version: 1, Hash: d.Hash, Name: clip(d.Name, 300), Size: d.Size, Received: r.now, Attempts: 1}}
	if first, ok := r.files[d.Hash]; ok {
		out.file.ID, out.file.State, out.file.Invoice, out.file.Client = first.ID, Already, first.Invoice, first.Client
		out.refuse(errAlready.With(period.DateOf(first.Received).String(), first.Name))
		return out
	}
	out.file.ID = id.New[File](ids)
	defer func() { r.files[d.Hash] = out.file }()
	if d.Refused != nil {
		out.file.State = Failed
		out.refuse(d.Refused)
		return out
	}
	way := r.router.Route(d.marks())
	if r.forced != 0 {
		way = Routing{Client: r.forced, By: ByPerson}
	}
	if way.Client == 0 {
		out.file.State = Unrouted
		out.refuse(errUnrouted.With(firstOf(d.Invoice.Reference, "–"), firstOf(d.Address, "–")))
		return out
	}
	r.build(ids, d, way, &out)
	return out
}

func (f *outcome) refuse(why *fault.Fault) { f.file.Code, f.file.Note = why.Code, why.Say() }

// build makes the invoice and everything that belongs to it.
func (r *register) build(ids id.Maker, d *Draft, way Routing, out *outcome) {
	v, client := d.Invoice, way.Client
	v.RoutedBy, v.RoutedCode = way.By, clip(way.Code, 100)
	v.Client, v.ID, v.Arrived = client, id.New[payables.Invoice](ids), r.now
	v.Agreement, v.Promised, v.Price, v.Unit = r.terms.of(client, r.day, v.Channel)
	v.Due = payables.DueOr30(v.Due, v.Issued, r.day)
	if d.Reverse != 0 {
		if tax, _, err := r.law.VAT(d.Reverse, d.Supplied); err == nil {
			v.ReverseTax = tax
		}
	}
	found := append([]payables.Finding(nil), d.Found...)
	add := func(c payables.Code, seen string) {
		for i := range found {
			if found[i].Code == c {
				return
			}
		}
		found = append(found, payables.Finding{Code: c, Seen: seen, State: payables.FindingOpen})
	}
	if !r.router.known(d.marks()) {
		add(payables.NoReference, fmt.Sprintf("Fakturan anger ”%s” men ingen beställarkod som vi känner.", firstOf(v.Reference, "ingen referens")))
	}
	if way.Other != 0 {
		add(payables.OtherRecipient, fmt.Sprintf("Adressen är %s och referensen %s.", r.terms.name(way.Other), r.terms.name(client)))
	}
	if v.SupplierOrg != "" {
		r.supplier(ids, d, &v, add, out)
		r.duplicates(d, &v, add, out)
	}
	v.State = flow.State(payables.Registered)
	for i := range found {
		found[i].Client, found[i].Invoice = client, v.ID
		if payables.LackOf(found[i].Code).Holds {
			v.State = payables.Held
		}
	}
	v.Findings, v.Lacks = found, payables.FirstOpen(found)
	out.file.State, out.file.Client, out.file.Invoice = Imported, client, v.ID
	if v.State == payables.Held {
		out.file.State = Held
		l := payables.LackOf(v.Lacks)
		out.file.Code, out.file.Note = string(v.Lacks), l.Heading+". "+l.Do
	} else {
		out.voucher = payables.LiabilityVoucher(&v, r.postings[client], r.day)
	}
	out.invoice = &v
}

// supplier finds the supplier by its number, or makes a new one, and the account
// to pay: one that is approved, whatever the invoice says.
func (r *register) supplier(ids id.Maker, d *Draft, v *payables.Invoice, add func(payables.Code, string), out *outcome) {
	s := r.suppliers[v.SupplierOrg]
	if s == nil {
		s = &known{fresh: true, Supplier: payables.Supplier{ID: id.New[payables.Supplier](ids), Org: v.SupplierOrg, Name: v.SupplierName,
			Country: firstOf(d.Country, "SE"), Town: d.Town, State: payables.SupplierNew, FTax: "unknown"}}
		r.suppliers[v.SupplierOrg] = s
	}
	v.Supplier = s.ID
	if s.Town == "" && d.Town != "" {
		s.Town, s.located = d.Town, !s.fresh
	}
	switch s.State {
	case payables.SupplierNew:
		add(payables.NewSupplier, fmt.Sprintf("%s har inte skickat någon faktura som vi har godkänt.", s.Name))
	case payables.SupplierBlocked:
		add(payables.Blocked, fmt.Sprintf("%s är spärrad i leverantörsregistret.", s.Name))
	}
	r.taxed(d, s, v, add)
	var asked *payables.Account // the first that the invoice asks for, as it was known before
	if len(d.Proposed) > 0 {
		if a := s.account(d.Proposed[0].Scheme, d.Proposed[0].Number); a != nil {
			was := *a
			asked = &was
		} else {
			asked = &payables.Account{}
		}
	}
	r.signs(d, s, v, asked, add, out)
	approved := false
	for i := range d.Proposed {
		p := &d.Proposed[i]
		a := s.account(p.Scheme, p.Number)
		switch {
		case a != nil && a.State == payables.AccountApproved && !approved:
			v.Scheme, v.Account, approved = p.Scheme, p.Number, true
			v.OCR = firstOf(p.OCR, v.OCR)
		case a == nil:
			a := payables.Account{Supplier: s.ID, Scheme: p.Scheme, Number: p.Number, State: payables.AccountPending, Source: "Faktura " + v.Number,
				Asked: r.now, Way: payables.ByInvoice}
			s.accounts = append(s.accounts, a)
			out.proposed = append(out.proposed, a)
		}
		if p.Wrong {
			add(payables.NumberWrong, fmt.Sprintf("Fakturan anger %s %s.", schemeWord(p.Scheme), p.Number))
		}
	}
	if approved {
		return
	}
	if len(d.Proposed) > 0 {
		v.OCR = firstOf(d.Proposed[0].OCR, v.OCR)
		if s.State != payables.SupplierNew {
			add(payables.OtherAccount, fmt.Sprintf("Fakturan anger %s %s.", schemeWord(d.Proposed[0].Scheme), d.Proposed[0].Number))
		}
	} else if v.Payable > 0 {
		add(payables.NoAccount, "Fakturan anger inget konto.")
	}
}

func (s *known) account(scheme, number string) *payables.Account {
	for i := range s.accounts {
		if s.accounts[i].Scheme == scheme && s.accounts[i].Number == number {
			return &s.accounts[i]
		}
	}
	return nil
}

func schemeWord(s string) string {
	switch s {
	case payables.Bankgiro:
		return "bankgiro"
	case payables.Plusgiro:
		return "plusgiro"
	}
	return "konto"
}
