package generalledger

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"kontor/books/coding"
	"kontor/books/ledger"
	"kontor/format/sie"
	"kontor/format/verdict"
	"kontor/kernel/fault"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/promise/client"
)

// Dimensions are the parts of the code string as SIE has them: 1 and 6 are its
// own, those from 20 on are free and declared in every file.
//
// source: SIE filformat utgåva 4B, 2008-09-30, reserverade dimensioner
var dimensions = []struct {
	number  int
	name    string
	segment coding.Segment
}{
	{1, "Ansvar", coding.Unit},
	{6, "Projekt", coding.Project},
	{20, "Verksamhet", coding.Activity},
	{21, "Motpart", coding.Counterpart},
	{22, "Objekt", coding.Object},
}

var accountTypes = map[coding.Kind]string{coding.Asset: "T", coding.Liability: "S", coding.Cost: "K", coding.Income: "I"}

// WriteSIE writes a year of a client's books as SIE 4E: chart, objects, balances
// of the year and the one before, and every voucher. It returns how many
// vouchers there are, and which texts the file could not hold as they are.
func WriteSIE(o *op.Op, w io.Writer, of client.Client, year int64) (vouchers int64, lost sie.Lost, err error) {
	plan, err := coding.Load(o, of.ID)
	if err != nil {
		return 0, lost, err
	}
	head, err := sieHead(o, plan, of, year)
	if err != nil {
		return 0, lost, err
	}
	out := sie.NewWriter(w)
	if err := out.Head(head); err != nil {
		return 0, lost, err
	}
	shared := map[Position][]sie.ObjectCode{}
	var x sie.Voucher
	err = ledger.EachVoucher(o, of.ID, year, func(v *ledger.Voucher) error {
		vouchers++
		x = sie.Voucher{
			Series: v.Series, Number: fmt.Sprint(v.Number), Date: v.Date, Text: v.Text,
			Registered: period.DateOf(v.Registered), By: v.Name, Postings: x.Postings[:0],
		}
		if v.Moved() { // SIE has no period beside the date
			x.Date, x.Text = v.Period.Month().First(), fmt.Sprintf("%s (daterad %s)", v.Text, v.Date)
		}
		for i := range v.Lines {
			l := &v.Lines[i]
			x.Postings = append(x.Postings, sie.Posting{Account: l.Account, Objects: objectsOf(shared, &l.Line), Amount: l.Amount, Text: l.Line.Text})
		}
		return out.Voucher(&x)
	})
	if err != nil {
		return vouchers, lost, err
	}
	lost, err = out.Close()
	return vouchers, lost, err
}

// objectsOf are the parts of a line beside its account. Lines with the same code
// share them.
func objectsOf(shared map[Position][]sie.ObjectCode, l *coding.Line) []sie.ObjectCode {
	key := Position{Unit: l.Unit, Activity: l.Activity, Project: l.Project, Counterpart: l.Counterpart, Object: l.Object}
	all, seen := shared[key]
	if !seen {
		for _, d := range dimensions {
			if c := l.Code(d.segment); c != "" {
				all = append(all, sie.ObjectCode{Dimension: d.number, Code: c})
			}
		}
		shared[key] = all
	}
	return all
}

func sieHead(o *op.Op, plan *coding.Plan, of client.Client, year int64) (*sie.Document, error) {
	d := &sie.Document{
		Type: sie.Type4E, Program: "Kontor", Version: "1", Generated: period.DateOf(o.Now), By: o.Actor.Name, Currency: "SEK",
		Company: sie.Company{Name: of.Name, Organisation: tenDigits(of.Org), Code: of.Code},
	}
	for k := range 2 {
		y := int(year) - k
		d.Years = append(d.Years, sie.Year{Index: -k, First: period.NewDate(y, time.January, 1), Last: period.NewDate(y, time.December, 31)})
	}
	for _, x := range dimensions {
		d.Dimensions = append(d.Dimensions, sie.Dimension{Number: x.number, Name: x.name})
	}
	this, last := ledger.Period(year*100+1), ledger.Period((year-1)*100+1)
	before, err := ledger.Codes(o, of.ID, priorPeriod, last.Prev())
	if err != nil {
		return nil, err
	}
	during, err := ledger.Codes(o, of.ID, last, this.Prev())
	if err != nil {
		return nil, err
	}
	now, err := ledger.Codes(o, of.ID, this, this+11)
	if err != nil {
		return nil, err
	}
	b := sieBalances{plan: plan, on: d.Years[0].Last, to: d}
	b.year(-1, before, during)
	both, _, err := ledger.Merge(slices.Concat(before, during))
	if err != nil {
		return nil, err
	}
	b.year(0, both, now)
	declare(plan, d, slices.Concat(before, during, now))
	return d, nil
}

// tenDigits writes a number as SIE has it: "556334-3689".
func tenDigits(org string) string {
	if len(org) != 12 {
		return org
	}
	return org[2:8] + "-" + org[8:]
}

type sieBalances struct {
	plan *coding.Plan
	on   period.Date
	to   *sie.Document
}

// year adds the balances of a year from what stood before it and what moved in it.
func (b sieBalances) year(index int, before, during []Position) {
	balance := func(p Position) bool {
		v, _, _ := b.plan.Value(coding.Account, p.Account, b.on)
		return v.Kind.Balance()
	}
	result := func(p Position) bool { return !balance(p) }
	opening := only(before, balance)
	closing, _, err := ledger.Merge(slices.Concat(opening, only(during, balance)))
	if err != nil {
		return // sums of what has been posted have fitted before
	}
	b.add(sie.Opening, sie.ObjectOpening, index, opening)
	b.add(sie.Closing, sie.ObjectClosing, index, closing)
	b.add(sie.Result, 0, index, only(during, result))
}

func only(all []Position, is func(Position) bool) []Position {
	return slices.DeleteFunc(slices.Clone(all), func(p Position) bool { return !is(p) })
}

// add writes the sum of each account, and of each code string that has objects.
func (b sieBalances) add(kind, object sie.BalanceKind, index int, all []Position) {
	for i := 0; i < len(all); {
		n := i
		var sum money.Amount
		for n < len(all) && all[n].Account == all[i].Account {
			sum += all[n].Amount
			n++
		}
		if sum != 0 {
			b.to.Balances = append(b.to.Balances, sie.Balance{Kind: kind, Year: index, Account: all[i].Account, Amount: sum})
		}
		for _, p := range all[i:n] {
			l := p.Line()
			if objects := objectsOf(map[Position][]sie.ObjectCode{}, &l); object != 0 && len(objects) > 0 && p.Amount != 0 {
				b.to.Balances = append(b.to.Balances, sie.Balance{Kind: object, Year: index, Account: p.Account, Objects: objects, Amount: p.Amount})
			}
		}
		i = n
	}
}

// declare names every account and object that is used.
func declare(plan *coding.Plan, d *sie.Document, used []Position) {
	seen := map[sie.ObjectCode]bool{}
	accounts := map[string]bool{}
	for _, p := range used {
		l := p.Line()
		if !accounts[p.Account] {
			accounts[p.Account] = true
			v, _, _ := plan.Value(coding.Account, p.Account, d.Years[0].Last)
			d.Accounts = append(d.Accounts, sie.Account{Number: p.Account, Name: v.Name, Type: accountTypes[v.Kind]})
		}
		for _, x := range dimensions {
			c := sie.ObjectCode{Dimension: x.number, Code: l.Code(x.segment)}
			if c.Code != "" && !seen[c] {
				seen[c] = true
				d.Objects = append(d.Objects, sie.Object{Dimension: c.Dimension, Code: c.Code, Name: plan.Name(x.segment, c.Code)})
			}
		}
	}
	slices.SortFunc(d.Accounts, func(a, b sie.Account) int { return strings.Compare(a.Number, b.Number) })
	slices.SortFunc(d.Objects, func(a, b sie.Object) int {
		if n := a.Dimension - b.Dimension; n != 0 {
			return n
		}
		return strings.Compare(a.Code, b.Code)
	})
}

// What can be wrong with a file from a feeder system; compare with errors.Is.
var (
	ErrFeederFile = fault.New(fault.Invalid, "GEN-050", "Filen går inte att läsa in: %s Ingenting är inläst.")
	ErrFeederType = fault.New(fault.Invalid, "GEN-051",
		"Filen är en SIE-fil av annat slag än 4I. Be försystemet skriva en fil för import; ingenting är inläst.")
	ErrFeederOwner = fault.New(fault.Invalid, "GEN-052",
		"Filen gäller organisationsnummer %s och kunden har %s. Välj rätt kund; ingenting är inläst.")
	ErrFeederFlag = fault.New(fault.Conflict, "GEN-053",
		"Filen är märkt som redan inläst av något program. Bekräfta att den ändå ska läsas in; ingenting är inläst.")
	ErrFeederCodes = fault.New(fault.Invalid, "GEN-054",
		"Kodplanen stoppar %d rader: %s Rätta i försystemet eller i kodplanen; ingenting är inläst.")
	ErrFeederChanged = fault.New(fault.Conflict, "GEN-055",
		"Verifikation %s är redan inläst med annat innehåll, som %s. Vänd den först om den ska bokföras om; ingenting är inläst.")
)

// FeederOrder is a SIE file of type 4I from a feeder system.
type FeederOrder struct {
	Client op.ClientID
	File   File
	Marked bool // somebody has confirmed that a file marked as imported is to be loaded
}

// LoadFeeder posts the vouchers of a file: all or none, each in the period of its
// own date, with our own numbers. The same file again is the same load; a
// voucher that is posted already, by its series and number, is left as it is.
func LoadFeeder(o *op.Op, in FeederOrder) (*Load, error) {
	if err := o.NeedFor(MayLoad, in.Client); err != nil {
		return nil, err
	}
	l, err := keep(o, in.Client, Feeder, in.File)
	if err != nil {
		return nil, err
	}
	if was, ok, err := earlierLoad.Maybe(o, in.Client, l.Hash, Feeder, 0); err != nil || ok {
		if err != nil {
			return nil, err
		}
		again, err := Loads.Get(o, was)
		return &again, err
	}
	doc := sie.Read(in.File.Content)
	of, err := client.Get(o, in.Client)
	if err != nil {
		return nil, err
	}
	if err := acceptable(doc, of, in.Marked); err != nil {
		return nil, err
	}
	plan, err := coding.Load(o, in.Client)
	if err != nil {
		return nil, err
	}
	f := feeder{o: o, load: l, doc: doc, plan: plan, segments: segmentsOf(doc)}
	fresh, err := f.vouchers()
	if err != nil {
		return nil, err
	}
	if err := ledger.Post(o, fresh...); err != nil {
		return nil, err
	}
	l.Vouchers = int64(len(fresh))
	l.Note = fmt.Sprintf("Från %s, %d verifikationer.", orUnknown(doc.Program), len(doc.Vouchers))
	if f.texts > 0 {
		l.Note += fmt.Sprintf(" %d koder ur dimensioner som kodplanen saknar står i radernas text.", f.texts)
	}
	if f.empty > 0 {
		l.Note += fmt.Sprintf(" %d verifikationer utan belopp är överhoppade.", f.empty)
	}
	return l, Loads.Add(o, l.Note, l)
}

func orUnknown(s string) string {
	if s == "" {
		return "okänt program"
	}
	return s
}

// reasonsMost is how many reasons a refusal tells; the file check tells all.
const reasonsMost = 5

func acceptable(d *sie.Document, of client.Client, marked bool) error {
	v := d.Verdict()
	org := strings.ReplaceAll(d.Company.Organisation, "-", "")
	switch {
	case v.Level == verdict.Reject:
		return ErrFeederFile.With(strings.Join(v.Reasons[:min(len(v.Reasons), reasonsMost)], " "))
	case d.Type != sie.Type4I:
		return ErrFeederType
	case org != "" && len(of.Org) == 12 && org != of.Org[2:] && org != of.Org:
		return ErrFeederOwner.With(d.Company.Organisation, tenDigits(of.Org))
	case d.Imported && !marked:
		return ErrFeederFlag
	}
	return nil
}

// feeder turns the vouchers of a file into ours.
type feeder struct {
	o        *op.Op
	load     *Load
	doc      *sie.Document
	plan     *coding.Plan
	segments map[int]coding.Segment
	texts    int // codes that stand in texts
	empty    int // vouchers without an amount
	refused  []string
}

// segmentsOf says which part of the code string each dimension of the file is: by
// its reserved number, or by the name that the file declares.
func segmentsOf(d *sie.Document) map[int]coding.Segment {
	all := map[int]coding.Segment{}
	for _, x := range dimensions[:2] {
		all[x.number] = x.segment
	}
	for _, declared := range d.Dimensions {
		for _, x := range dimensions {
			if strings.EqualFold(declared.Name, x.name) || strings.EqualFold(declared.Name, "kostnadsställe") && x.segment == coding.Unit {
				all[declared.Number] = x.segment
			}
		}
	}
	return all
}

func (f *feeder) vouchers() (fresh []*ledger.Voucher, err error) {
	for i := range f.doc.Vouchers {
		v := f.voucher(i)
		if len(v.Lines) == 0 {
			f.empty++
			continue
		}
		known, err := f.known(v, f.doc.Vouchers[i].Series+" "+f.doc.Vouchers[i].Number)
		if err != nil {
			return nil, err
		}
		if known {
			f.load.Already++
			continue
		}
		fresh = append(fresh, v)
		f.load.Lines += int64(len(v.Lines))
		for k := range v.Lines {
			f.load.Debit += max(v.Lines[k].Amount, 0)
		}
	}
	if len(f.refused) > 0 {
		return nil, ErrFeederCodes.With(len(f.refused), strings.Join(f.refused[:min(len(f.refused), reasonsMost)], " "))
	}
	return fresh, nil
}

// voucher is the i:th of the file. Rows that the file has struck are not part of
// it; the reader has left them out.
func (f *feeder) voucher(i int) *ledger.Voucher {
	x := &f.doc.Vouchers[i]
	v := &ledger.Voucher{
		Client: f.load.Client, Series: SeriesFeeder, Date: x.Date, Text: strings.TrimSpace(x.Text), Kind: LoadLife.Name,
		Document: int64(f.load.ID), Module: ModuleName, Strict: true,
	}
	name := strings.TrimSpace(x.Series + " " + x.Number)
	if v.Key = fmt.Sprintf("sie:%s:%d", f.load.Hash, i); x.Number != "" {
		v.Key = fmt.Sprintf("sie:%s:%d:%s:%s", f.doc.Program, x.Date.Year(), x.Series, x.Number)
	}
	if v.Text == "" {
		v.Text = strings.TrimSpace(f.doc.Program + " " + name)
	}
	for k := range x.Postings {
		p := &x.Postings[k]
		if p.Amount == 0 {
			continue // says nothing of the books
		}
		l := coding.Line{Account: p.Account, Amount: p.Amount, Text: p.Text}
		for _, c := range p.Objects {
			if s, ok := f.segments[c.Dimension]; ok {
				l.Set(s, c.Code)
				continue
			}
			f.texts++
			l.Text = strings.TrimSpace(fmt.Sprintf("%s [%s %s]", l.Text, f.dimension(c.Dimension), c.Code))
		}
		for _, r := range f.plan.Check(l, x.Date) {
			f.refused = append(f.refused, fmt.Sprintf("Rad %d: %s", p.Line, r.Text))
		}
		v.Lines = append(v.Lines, ledger.Line{Line: l})
	}
	return v
}

func (f *feeder) dimension(n int) string {
	for _, d := range f.doc.Dimensions {
		if d.Number == n {
			return d.Name
		}
	}
	return fmt.Sprintf("dimension %d", n)
}

// known reports whether a voucher is posted already. One that was taken back may
// be posted again, under the next key.
func (f *feeder) known(v *ledger.Voucher, name string) (bool, error) {
	key := v.Key
	for n := 2; ; n++ {
		was, ok, err := ledger.ByKey(f.o, v.Client, v.Key)
		if err != nil || !ok {
			return false, err
		}
		back, err := ledger.ReversalOf(f.o, v.Client, was.ID)
		if err != nil {
			return false, err
		}
		if back != 0 {
			v.Key = fmt.Sprintf("%s#%d", key, n)
			continue
		}
		if was.Date != v.Date || was.Text != v.Text || !slices.Equal(was.Lines, v.Lines) {
			return false, ErrFeederChanged.With(strings.TrimSpace(name), was.Label())
		}
		return true, nil
	}
}

// sieOpening reads the opening balances of a year out of a file of type 1 to 4E:
// by objects where they add up to the account's, else by account.
func sieOpening(b []byte, year int64) ([]Position, error) {
	d := sie.Read(b)
	if v := d.Verdict(); v.Level == verdict.Reject {
		return nil, ErrFeederFile.With(strings.Join(v.Reasons[:min(len(v.Reasons), reasonsMost)], " "))
	}
	index, found := 0, len(d.Years) == 0
	for _, y := range d.Years {
		if int64(y.First.Year()) == year {
			index, found = y.Index, true
		}
	}
	if !found {
		return nil, ErrFeederFile.With(fmt.Sprintf("Filen har inga balanser för %d.", year))
	}
	segments := segmentsOf(d)
	sums, parts := map[string]money.Amount{}, map[string]money.Amount{}
	var whole, detailed []Position
	for _, x := range d.Balances {
		if x.Year != index || x.Kind != sie.Opening && x.Kind != sie.ObjectOpening {
			continue
		}
		l := coding.Line{Account: x.Account}
		for _, c := range x.Objects {
			if s, ok := segments[c.Dimension]; ok {
				l.Set(s, c.Code)
			}
		}
		p := Position{Account: l.Account, Unit: l.Unit, Activity: l.Activity, Project: l.Project, Counterpart: l.Counterpart, Object: l.Object, Amount: x.Amount}
		if x.Kind == sie.Opening {
			sums[x.Account] += x.Amount
			whole = append(whole, p)
		} else {
			parts[x.Account] += x.Amount
			detailed = append(detailed, p)
		}
	}
	split := func(account string) bool { return parts[account] != 0 && parts[account] == sums[account] }
	all := only(whole, func(p Position) bool { return !split(p.Account) })
	return summed(append(all, only(detailed, func(p Position) bool { return split(p.Account) })...))
}
