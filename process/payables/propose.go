package payables

import (
	"cmp"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// A rule is proposed when at least casesLeast invoices of the last habitDays have
// been coded alike, and none otherwise; it is tried on the last tryDays.
const (
	casesLeast = 5
	habitDays  = 365
	tryDays    = 90
)

// Proposal is a rule that people have followed without having written it down.
type Proposal struct {
	Rule     Rule
	Name     string // of the supplier, as on its invoices
	Invoices int64  // coded so
	Right    int64  // of those that it would have coded lately
	Wrong    int64
}

// habit is how many invoices with one supplier and reference were coded in one way.
type habit struct {
	Supplier  string
	Reference string
	Answer    string
	Name      string
	Invoices  int64
	Most      money.Amount
}

// declined is a proposal that somebody said no to.
type declined struct {
	Client    op.ClientID
	Supplier  string
	Reference string
	Answer    string
	Why       string
	By        op.PersonID
	At        time.Time
}

// approvedLately is an invoice that a proposal is tried on.
type approvedLately struct {
	SupplierOrg string
	Reference   string
	Net         money.Amount
	Coding      []coding.Line `db:"coding,json"`
}

var (
	habitsOf = db.Select[habit](`
		SELECT l.supplier, l.reference, l.answer, max(l.name) AS name, count(DISTINCT l.invoice) AS invoices,
		       CAST(max(CASE WHEN i.net < 0 THEN -i.net ELSE i.net END) AS BIGINT) AS most
		FROM   payables_lesson AS l JOIN payables_invoice AS i ON i.client = l.client AND i.id = l.invoice
		WHERE  l.client = $1 AND l.at >= $2
		GROUP  BY l.supplier, l.reference, l.answer`)
	latelyOf = db.Select[approvedLately](`
		SELECT supplier_org, reference, net, coding FROM payables_invoice WHERE client = $1 AND arrived >= $2 AND state = 'ready'`)
	declinedOf  = db.Select[declined](`SELECT client, supplier, reference, answer, why, by, at FROM payables_declined WHERE client = $1`)
	addDeclined = db.Insert[declined]("payables_declined", "ON CONFLICT (client, supplier, reference, answer) DO NOTHING")
)

// propose makes rules of habits that never waver: for a supplier when all that it
// sends is coded alike, else for each of its references. It is pure.
func propose(c op.ClientID, habits []habit, rules []Rule, no []declined, day period.Date) (all []Proposal) {
	by := map[[2]string][]habit{}
	for _, h := range habits {
		if len(h.Supplier) != 12 || strings.Trim(h.Supplier, "0123456789") != "" {
			continue // a rule is for an organisation number
		}
		h.Reference = NormalCode(h.Reference)
		by[[2]string{h.Supplier, ""}] = append(by[[2]string{h.Supplier, ""}], h)
		if h.Reference != "" {
			k := [2]string{h.Supplier, h.Reference}
			by[k] = append(by[k], h)
		}
	}
	whole := map[string]bool{}
	try := func(k [2]string) bool {
		p, answer, ok := agreed(by[k])
		if !ok {
			return false
		}
		if slices.ContainsFunc(no, func(d declined) bool { return d.Supplier == k[0] && d.Reference == k[1] && d.Answer == answer }) {
			return true // nor is it proposed piece by piece
		}
		p.Rule.Client, p.Rule.Supplier, p.Rule.Reference, p.Rule.ValidFrom, p.Rule.ValidTo = c, k[0], k[1], day, flow.NoPromise
		if _, covered := RuleFor(rules, Invoice{SupplierOrg: k[0], Reference: k[1]}, day); covered {
			return true // somebody has decided already
		}
		all = append(all, p)
		return true
	}
	for k := range by {
		if k[1] == "" {
			whole[k[0]] = try(k)
		}
	}
	for k := range by {
		if k[1] != "" && !whole[k[0]] {
			try(k)
		}
	}
	slices.SortFunc(all, func(a, b Proposal) int {
		return cmp.Or(cmp.Compare(b.Invoices, a.Invoices), cmp.Compare(a.Rule.Supplier, b.Rule.Supplier), cmp.Compare(a.Rule.Reference, b.Rule.Reference))
	})
	return all
}

// agreed is the rule of some habits that all say the same; ok is false when they
// do not, or are too few.
func agreed(habits []habit) (p Proposal, answer string, ok bool) {
	for _, h := range habits {
		if answer != "" && h.Answer != answer {
			return p, answer, false
		}
		answer, p.Name = h.Answer, h.Name
		p.Invoices += h.Invoices
		p.Rule.Most = max(p.Rule.Most, h.Most)
	}
	line, known := lineOf(answer)
	p.Rule.Account, p.Rule.Unit, p.Rule.Activity, p.Rule.Project = line.Account, line.Unit, line.Activity, line.Project
	return p, answer, known && p.Invoices >= casesLeast && line.Counterpart == "" && line.Object == ""
}

// tryOut counts what a proposal would have coded as people did, and otherwise.
func (p *Proposal) tryOut(lately []approvedLately, day period.Date) {
	want := answerOf(coding.Line{Account: p.Rule.Account, Unit: p.Rule.Unit, Activity: p.Rule.Activity, Project: p.Rule.Project})
	for _, v := range lately {
		if _, fits := RuleFor([]Rule{p.Rule}, Invoice{SupplierOrg: v.SupplierOrg, Reference: v.Reference, Net: v.Net}, day); !fits {
			continue
		}
		if slices.ContainsFunc(v.Coding, func(l coding.Line) bool { return answerOf(l) != want }) {
			p.Wrong++
		} else {
			p.Right++
		}
	}
}

// Proposals are the rules that a client's habits amount to, tried on what was
// approved lately. Only who may decide rules for the client may ask.
func Proposals(o *op.Op, c op.ClientID) ([]Proposal, error) {
	if err := o.NeedFor(MayRegister, c); err != nil {
		return nil, err
	}
	day := period.DateOf(o.Now)
	habits, err := habitsOf.All(o, c, day.AddDays(-habitDays).Start())
	if err != nil {
		return nil, err
	}
	rules, err := rulesOf.All(o, c, day)
	if err != nil {
		return nil, err
	}
	no, err := declinedOf.All(o, c)
	if err != nil {
		return nil, err
	}
	all := propose(c, habits, rules, no, day)
	if len(all) == 0 {
		return nil, nil
	}
	lately, err := latelyOf.All(o, c, day.AddDays(-tryDays).Start())
	if err != nil {
		return nil, err
	}
	for i := range all {
		all[i].tryOut(lately, day)
	}
	return all, nil
}

// key is how a proposal is named in an address: by what it is about, since it is
// stored nowhere until somebody decides.
func (p Proposal) key() string {
	return p.Rule.Client.String() + "." + p.Rule.Supplier + "." + hex.EncodeToString([]byte(p.Rule.Reference))
}

var errNoProposal = fault.New(fault.NotFound, "PAY-051", "Förslaget finns inte längre. Någon har avgjort det, eller så har en faktura konterats på ett annat sätt.")

var errNoRule = fault.New(fault.Invalid, "PAY-053", "Det går inte att göra en regel av förslaget: %s")

func proposalOf(o *op.Op, key string) (Proposal, error) {
	first, _, _ := strings.Cut(key, ".")
	c, err := id.Parse[op.Client](first)
	if err != nil {
		return Proposal{}, errNoProposal.Because("%w", err)
	}
	all, err := Proposals(o, c)
	if err != nil {
		return Proposal{}, err
	}
	i := slices.IndexFunc(all, func(p Proposal) bool { return p.key() == key })
	if i < 0 {
		return Proposal{}, errNoProposal.Because("no proposal %s", key)
	}
	return all[i], nil
}

// Accept makes a rule of the proposal, unless the code plan has changed since.
func (p Proposal) Accept(o *op.Op) (id.ID[Rule], error) {
	wrong, err := ruleRefused(o, p.Rule)
	if err != nil {
		return 0, err
	}
	if wrong != nil {
		return 0, errNoRule.With(wrong[0].Text)
	}
	return PutRule(o, p.Rule)
}

// Decline remembers that a proposal was turned down.
func (p Proposal) Decline(o *op.Op, why string) error {
	answer := answerOf(coding.Line{Account: p.Rule.Account, Unit: p.Rule.Unit, Activity: p.Rule.Activity, Project: p.Rule.Project})
	if _, err := addDeclined.Add(o, declined{p.Rule.Client, p.Rule.Supplier, p.Rule.Reference, answer, why, o.Actor.ID, o.Now}); err != nil {
		return err
	}
	return noteOf(o, p.Rule.Client, "payables.rule", 0, "decline", p.Name+" "+p.Rule.Reference+": "+answer+" · "+why)
}
