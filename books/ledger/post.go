package ledger

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kontor/books/coding"
	"kontor/kernel/db"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Post posts vouchers, many at once and of several clients if need be: all of
// them or none. It fills in what Post fills in. A voucher whose key is already
// posted with the same content comes back as the earlier one and nothing is
// posted; with other content it is refused.
//
// The numbers are taken last and their series stay locked until the operation
// ends, so a batch posts in few calls, late.
func Post(o *op.Op, vouchers ...*Voucher) error {
	fresh, copies, err := once(vouchers)
	var at *At
	for n := 0; err == nil && len(fresh) > 0; n++ {
		if err = check(o, fresh); err == nil {
			err = o.Try(func() error { return write(o, fresh) })
		}
		ours := errors.As(err, &at) || errors.Is(err, errKnown) || errors.Is(err, errRaced)
		if err == nil || !ours || n == attempts {
			break
		}
		// Nothing was written. What is posted already is not held against what
		// has been closed since, and what others have just done can be seen now.
		left, lost := unknown(o, fresh)
		if lost == nil && len(left) == len(fresh) && !errors.Is(err, errRaced) {
			break
		}
		fresh, err = left, lost
	}
	for _, c := range copies {
		*c.to = *c.from
	}
	if errors.As(err, &at) {
		at.Index = slices.Index(vouchers, at.voucher)
	}
	if errors.Is(err, errRaced) {
		err = ErrClosed.With("som verifikationen hör till").Because("%w", err)
	}
	return err
}

// attempts is how many times a call gives way to others that post the same keys
// or close the period at the same moment.
const attempts = 3

var (
	errKnown = errors.New("ledger: some of the keys are already posted")
	errRaced = errors.New("ledger: the period was closed meanwhile")
)

// check holds the vouchers against all rules before anything is written.
func check(o *op.Op, vouchers []*Voucher) error {
	plans := map[op.ClientID]*coding.Plan{}
	for _, v := range vouchers {
		if err := checkShape(v); err != nil {
			return refusal(v, err)
		}
		p := plans[v.Client]
		if p == nil {
			var err error
			if p, err = coding.Load(o, v.Client); err != nil {
				return err
			}
			plans[v.Client] = p
		}
		if err := checkAccounts(p, v); err != nil {
			return refusal(v, err)
		}
	}
	return nil
}

type keyOf struct {
	client op.ClientID
	key    string
}

type pair struct{ to, from *Voucher }

// once leaves out vouchers that came twice in the same call.
func once(vouchers []*Voucher) (fresh []*Voucher, copies []pair, err error) {
	fresh = make([]*Voucher, 0, len(vouchers))
	seen := make(map[keyOf]*Voucher, len(vouchers))
	for _, v := range vouchers {
		if v.Key == "" {
			fresh = append(fresh, v)
			continue
		}
		k := keyOf{v.Client, v.Key}
		first := seen[k]
		switch {
		case first == nil:
			seen[k] = v
			fresh = append(fresh, v)
		case same(first, v):
			copies = append(copies, pair{v, first})
		default:
			return nil, nil, refusal(v, ErrKey.With("en annan verifikation i samma körning").Because("ledger: key %q twice", v.Key))
		}
	}
	return fresh, copies, nil
}

// unknown returns the vouchers whose keys have not been posted, and fills the
// others in from the earlier ones.
func unknown(o *op.Op, vouchers []*Voucher) ([]*Voucher, error) {
	var fresh []*Voucher
	for _, v := range vouchers {
		if v.Key == "" {
			fresh = append(fresh, v)
			continue
		}
		earlier, ok, err := ofKey(o, v.Client, v.Key)
		switch {
		case err != nil:
			return nil, err
		case !ok:
			fresh = append(fresh, v)
			continue
		case !same(v, earlier):
			return nil, refusal(v, ErrKey.With(earlier.Label()).Because("ledger: key %q is %s", v.Key, earlier.ID))
		}
		strict := v.Strict
		*v = *earlier
		v.Strict = strict
	}
	return fresh, nil
}

// block is what one series of one client and year gets in one call.
type block struct {
	client   op.ClientID
	series   string
	year     int64
	vouchers []*Voucher
}

// write gives the vouchers their periods, numbers and sums and stores them.
func write(o *op.Op, vouchers []*Voucher) error {
	if err := place(o, vouchers); err != nil {
		return err
	}
	for _, b := range blocks(vouchers) {
		if err := b.seal(o); err != nil {
			return err
		}
	}
	return store(o, vouchers)
}

// place finds the period of each voucher: its date's, or the first open one
// after it.
func place(o *op.Op, vouchers []*Voucher) error {
	held := map[op.ClientID]*closed{}
	for _, v := range vouchers {
		c := held[v.Client]
		if c == nil {
			var err error
			if c, err = loadClosed(o, v.Client); err != nil {
				return err
			}
			held[v.Client] = c
		}
		own := PeriodOf(v.Date)
		v.Period = c.firstOpen(own, v.Module, o.Actor.ID)
		if v.Strict && v.Period != own {
			return refusal(v, ErrClosed.With(own.Month().String()).Because("ledger: %s is closed for %s", own.Key(), v.Module))
		}
		v.Year = v.Period.Year()
	}
	return nil
}

// blocks groups vouchers by series, in an order that is the same for everybody,
// so that two batches never wait for each other.
func blocks(vouchers []*Voucher) []block {
	var all []block
	for _, v := range vouchers {
		i := slices.IndexFunc(all, func(b block) bool { return b.client == v.Client && b.series == v.Series && b.year == v.Year })
		if i < 0 {
			i = len(all)
			all = append(all, block{client: v.Client, series: v.Series, year: v.Year})
		}
		all[i].vouchers = append(all[i].vouchers, v)
	}
	slices.SortFunc(all, func(a, b block) int {
		return cmp.Or(cmp.Compare(a.client, b.client), cmp.Compare(a.year, b.year), strings.Compare(a.series, b.series))
	})
	return all
}

// seal takes the block's numbers and ties its vouchers to the chain.
func (b block) seal(o *op.Op) error {
	n := int64(len(b.vouchers))
	at, err := takeBlock.One(o, b.client, b.series, b.year, n, genesis)
	if err != nil {
		return err
	}
	number, head, d := at.Next-n, at.Head, newDigester()
	if number == 1 {
		// A closer waits for the series that it can see; this one is new to it.
		if _, err := gate.Do(o, b.client, genesis); err != nil {
			return err
		}
	}
	for _, v := range b.vouchers {
		v.ID, v.Number, v.Prev = id.New[Voucher](o), number, head
		v.Registered, v.Actor, v.Name = o.Now, o.Actor.ID, o.Actor.Name
		if v.Key == "" {
			v.Key = v.ID.String()
		}
		v.Sum = d.sum(v)
		head = v.Sum
		number++
	}
	_, err = moveHead.Do(o, b.client, b.series, b.year, head)
	return err
}

// store adds the rows of the vouchers, and what they do to the balances.
func store(o *op.Op, vouchers []*Voucher) error {
	rows := make([]Voucher, len(vouchers))
	count := 0
	for i, v := range vouchers {
		rows[i] = *v
		count += len(v.Lines)
	}
	n, err := addVouchers.Add(o, rows...)
	switch {
	case db.Denied(err, "ledger_period_closed"):
		return errRaced
	case err != nil:
		return err
	case n != int64(len(rows)):
		return errKnown
	}
	lines := make([]lineRow, 0, count)
	sums := map[cellKey]*moved{}
	var order []cellKey
	for _, v := range vouchers {
		for i := range v.Lines {
			l := &v.Lines[i]
			lines = append(lines, lineRow{Client: v.Client, ID: o.NextID(), Voucher: v.ID, No: int64(i + 1), Period: v.Period, Line: *l})
			k := cellKey{v.Client, v.Period, l.Account, l.Unit}
			m := sums[k]
			if m == nil {
				m = &moved{}
				sums[k] = m
				order = append(order, k)
			}
			if err := m.add(l.Amount); err != nil {
				return err
			}
		}
	}
	if _, err := addLines.Add(o, lines...); err != nil {
		return err
	}
	cells := make([]freshRow, len(order))
	for i, k := range order {
		cells[i] = freshRow{ID: o.NextID(), balanceRow: balanceRow{cellKey: k, moved: *sums[k]}}
	}
	_, err = addFresh.Add(o, cells...)
	return err
}

// add counts one line into what has been moved.
func (m *moved) add(a money.Amount) (err error) {
	m.Lines++
	if a > 0 {
		m.Debit, err = m.Debit.Add(a)
	} else {
		m.Credit, err = m.Credit.Sub(a)
	}
	return err
}

// Reverse takes a voucher back: the same lines negated, in an open period, with
// a reason that stays in the books. Codes that have been closed since pass.
func Reverse(o *op.Op, client op.ClientID, voucher ID, on period.Date, reason string) (*Voucher, error) {
	if strings.TrimSpace(reason) == "" {
		return nil, ErrReason
	}
	was, err := Get(o, client, voucher)
	if err != nil {
		return nil, err
	}
	done, err := reversalOf(o, client, voucher)
	if err != nil {
		return nil, err
	}
	switch {
	case done != 0 || was.Reverses != 0:
		return nil, ErrReversed.Because("ledger: %s", voucher)
	case on < was.Date:
		return nil, ErrBefore.With(was.Date.String()).Because("ledger: %s on %s", voucher, on)
	}
	back := &Voucher{
		Client: client, Series: was.Series, Date: on, Text: fmt.Sprintf("Rättelse av %s: %s", was.Label(), reason),
		Kind: was.Kind, Document: was.Document, Key: "reversal:" + voucher.String(), Module: was.Module, Reverses: voucher,
	}
	back.Lines = slices.Clone(was.Lines)
	for i := range back.Lines {
		back.Lines[i].Amount = -back.Lines[i].Amount
	}
	if err := Post(o, back); err != nil {
		return nil, err
	}
	_, err = addReversals.Add(o, reversalRow{client, voucher, back.ID, reason})
	return back, err
}
