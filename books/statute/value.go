package statute

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"time"

	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Kind is what a value is of.
type Kind string

// The kinds.
const (
	ReferenceRate    Kind = "reference-rate"          // per cent, for a half-year
	InterestMargin   Kind = "interest-margin"         // percentage points above it
	LateCompensation Kind = "late-compensation"       // kronor, between businesses and authorities
	ReminderFee      Kind = "reminder-fee"            // kronor, at most
	CollectionFee    Kind = "collection-fee"          // kronor, for a collection demand
	InstalmentFee    Kind = "instalment-fee"          // kronor, for a plan of instalments
	Application      Kind = "enforcement-application" // kronor, to the Enforcement Authority
	EnforcementFee   Kind = "enforcement-fee"         // kronor, basic fee
	PaymentDays      Kind = "payment-days"            // the longest time that an authority may take to pay
	PriceBase        Kind = "price-base"              // kronor
	VATStandard      Kind = "vat-standard"            // per cent, of what no lower rate is for
)

// Kinds are the kinds in Swedish.
var Kinds = []form.Option{
	{Value: string(ReferenceRate), Label: "Referensränta, procent"},
	{Value: string(InterestMargin), Label: "Dröjsmålsräntans tillägg, procentenheter"},
	{Value: string(LateCompensation), Label: "Förseningsersättning, kr"},
	{Value: string(ReminderFee), Label: "Påminnelseavgift, kr"},
	{Value: string(CollectionFee), Label: "Inkassokrav, kr"},
	{Value: string(InstalmentFee), Label: "Amorteringsplan, kr"},
	{Value: string(Application), Label: "Ansökan hos Kronofogden, kr"},
	{Value: string(EnforcementFee), Label: "Utmätning, grundavgift, kr"},
	{Value: string(PaymentDays), Label: "Längsta betalningstid, dagar"},
	{Value: string(PriceBase), Label: "Prisbasbelopp, kr"},
	{Value: string(VATStandard), Label: "Moms, den vanliga skattesatsen, procent"},
}

// States of a value.
const (
	Verified   = "verified"
	Unverified = "unverified"
)

// States are the states in Swedish.
var States = []form.Option{{Value: Verified, Label: "Kontrollerad"}, {Value: Unverified, Label: "Inte kontrollerad"}}

// Value is one value from a day.
type Value struct {
	ID        id.ID[Value]
	Kind      Kind
	ValidFrom period.Date
	Revision  int64
	Value     int64 // hundredths
	State     string
	Source    string
	Added     time.Time
	Actor     op.PersonID
}

// Sure reports whether somebody has held the value against its source.
func (v Value) Sure() bool { return v.State == Verified }

// Amount is the value in kronor.
func (v Value) Amount() money.Amount { return money.Amount(v.Value) }

// Book is all values.
type Book struct {
	values map[Kind][]Value // in order of day, the revision in force alone
}

// NewBook makes a book of values in any order.
func NewBook(all []Value) *Book {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b Value) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ValidFrom, b.ValidFrom), cmp.Compare(a.Revision, b.Revision))
	})
	b := &Book{values: map[Kind][]Value{}}
	for _, v := range all {
		rows := b.values[v.Kind]
		if last := len(rows) - 1; last >= 0 && rows[last].ValidFrom == v.ValidFrom {
			rows[last] = v
			continue
		}
		b.values[v.Kind] = append(rows, v)
	}
	return b
}

// On gives the value of a kind that is in force on a day; false before the first.
func (b *Book) On(kind Kind, on period.Date) (Value, bool) {
	rows := b.values[kind]
	k, found := slices.BinarySearchFunc(rows, on, func(v Value, d period.Date) int { return cmp.Compare(v.ValidFrom, d) })
	if found {
		return rows[k], true
	}
	if k == 0 {
		return Value{}, false
	}
	return rows[k-1], true
}

// ReferenceRate is the reference rate on a day, in hundredths of a per cent. known
// is false where the half-year has no value of its own: it is then the last one
// before. A value that nobody has verified is known but not sure.
//
// source: räntelagen 1975:635 9 §
func (b *Book) ReferenceRate(on period.Date) (rate Value, known bool) {
	v, ok := b.On(ReferenceRate, on)
	return v, ok && v.ValidFrom >= HalfYear(on)
}

// VAT is the value added tax at the standard rate on an amount without it, by the
// rate of the day of supply: the day of the invoice decides nothing. known is
// false before the first rate.
//
// source: mervärdesskattelagen 2023:200 7 kap. (beskattningsgrundande händelse), 9 kap. 2 §
func (b *Book) VAT(net money.Amount, supplied period.Date) (tax money.Amount, known bool, err error) {
	rate, known := b.On(VATStandard, supplied)
	if !known {
		return 0, false, nil
	}
	const whole = 10_000 // hundredths of a per cent
	tax, err = net.Portion(rate.Value, whole)
	return tax, true, err
}

// HalfYear is the first day of the half-year of a day.
func HalfYear(on period.Date) period.Date {
	if on.Month() < time.July {
		return period.NewDate(on.Year(), time.January, 1)
	}
	return period.NewDate(on.Year(), time.July, 1)
}

//go:embed reference.tsv
var reference string

// Reference is what the program knows by itself, before anybody has added a value.
// It panics if its own table is broken, which a test sees first.
func Reference() []Value {
	var all []Value
	for k, line := range strings.Split(strings.TrimSpace(reference), "\n") {
		if k == 0 {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 5 {
			panic(fmt.Sprintf("statute: line %d has %d fields", k+1, len(f)))
		}
		from, err := period.ParseDate(f[1])
		if err != nil {
			panic(fmt.Sprintf("statute: line %d: %v", k+1, err))
		}
		sum, err := money.ParseXML(f[2])
		if err != nil {
			panic(fmt.Sprintf("statute: line %d: %v", k+1, err))
		}
		v := Value{Kind: Kind(f[0]), ValidFrom: from, Value: int64(sum), State: Unverified, Source: f[4]}
		if f[3] == "yes" {
			v.State = Verified
		}
		all = append(all, v)
	}
	return all
}

// Basis is how many days a year is counted as.
type Basis int64

// The bases. The law names none; 365 is what courts use, 360 what some suppliers do.
const (
	Days365 Basis = 365
	Days360 Basis = 360
)

// ErrRate is the fault of interest on days before the first rate.
var ErrRate = fault.New(fault.Invalid, "STA-001", "Räntan går inte att beräkna så långt tillbaka. Lägg in den tidens referensränta under Lagens belopp.")

// Interest is what paying late costs.
type Interest struct {
	Sum   money.Amount
	Days  int64
	Parts []Part // one for each rate
	Sure  bool   // all rates are known and verified
}

// Part is the days of one rate.
type Part struct {
	First, Last period.Date
	Days        int64
	Rate        int64 // hundredths of a per cent a year
	Known       bool  // the half-year's own reference rate is known
	Sure        bool
}

// Interest computes interest by the Interest Act on a capital that was due on a
// day and is paid on another, from the day after the one to the other. A capital
// of nought or less and a payment in time cost nothing. The fault is ErrRate, or
// money.ErrOverflow.
//
// source: räntelagen 1975:635 3–6 §§
func (b *Book) Interest(capital money.Amount, due, paid period.Date, basis Basis) (Interest, error) {
	in := Interest{Sure: true}
	if capital <= 0 || paid <= due {
		return in, nil
	}
	var sum int64 // days × hundredths of a per cent
	for first := due.AddDays(1); first <= paid; {
		last := min(paid, HalfYear(first).AddMonths(6).AddDays(-1))
		rate, known := b.ReferenceRate(first)
		margin, ok := b.On(InterestMargin, first)
		if rate.ValidFrom == 0 || !ok {
			return in, ErrRate.Because("statute: no rate on %v", first)
		}
		p := Part{First: first, Last: last, Days: int64(last-first) + 1, Rate: rate.Value + margin.Value, Known: known, Sure: known && rate.Sure() && margin.Sure()}
		sum += p.Days * max(0, p.Rate)
		in.Days += p.Days
		in.Sure = in.Sure && p.Sure
		in.Parts = append(in.Parts, p)
		first = last.AddDays(1)
	}
	in.Parts = joined(in.Parts)
	const whole = 10_000 // hundredths of a per cent
	var err error
	in.Sum, err = capital.Portion(sum, whole*int64(basis))
	return in, err
}

// joined puts half-years with the same rate together.
func joined(parts []Part) []Part {
	out := parts[:0]
	for _, p := range parts {
		if last := len(out) - 1; last >= 0 && out[last].Rate == p.Rate && out[last].Known == p.Known && out[last].Sure == p.Sure {
			out[last].Last, out[last].Days = p.Last, out[last].Days+p.Days
			continue
		}
		out = append(out, p)
	}
	return out
}
