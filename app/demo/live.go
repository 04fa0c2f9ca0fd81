package demo

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"kontor/kernel/fault"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/workday"
	"kontor/process/payables"
	"kontor/process/payables/intake"
)

// ShownAt is the time at which the city is shown: eight minutes past eight,
// after the inbox was read and before the day's first round.
var ShownAt = Today.At(8*60 + 12)

// live turns the clock from the first day to the last and lets everybody do
// what they do.
func (b *builder) live(first, last period.Date) error {
	files := b.city.Files(first, last)
	b.total = len(files)
	b.grievances = b.city.grievances(first, last)
	b.sum.Complaints = len(b.grievances)
	for day := first; day <= last; day++ {
		if workday.Office.Closed(day) {
			continue
		}
		n := 0
		for n < len(files) && period.DateOf(files[n].Arrives) <= day {
			n++
		}
		if err := b.day(day, files[:n]); err != nil {
			return fmt.Errorf("%s: %w", day, err)
		}
		files = files[n:]
	}
	return nil
}

// day lives one working day, as far as it has come when the city is shown.
func (b *builder) day(day period.Date, files []File) error {
	if err := b.receive(day.At(loads), files); err != nil {
		return err
	}
	if err := b.jobs(day.At(loads + 8)); err != nil {
		return err
	}
	if err := b.laterAgreements(day); err != nil {
		return err
	}
	if err := b.renew(day); err != nil {
		return err
	}
	if err := b.closeMonth(day); err != nil {
		return err
	}
	if err := b.hearBank(day); err != nil {
		return err
	}
	for i, minute := range rounds {
		at := day.At(minute)
		if at.After(ShownAt) {
			break
		}
		if err := b.round(at); err != nil {
			return err
		}
		if i != 1 {
			continue
		}
		if err := b.listen(day); err != nil {
			return err
		}
		if err := b.pay(day); err != nil {
			return err
		}
		if err := b.keepBooks(day); err != nil {
			return err
		}
		if err := b.dun(day); err != nil {
			return err
		}
		if err := b.payOut(day); err != nil {
			return err
		}
	}
	return nil
}

// receive writes the files of the morning to the inbox and reads them in.
func (b *builder) receive(at time.Time, files []File) error {
	if len(files) == 0 {
		return nil
	}
	drafts := make([]*intake.Draft, len(files))
	for i, f := range files {
		path := filepath.Join(b.inbox, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			return err
		}
		if err := os.WriteFile(path, f.Content, 0o640); err != nil {
			return err
		}
		var err error
		if drafts[i], err = draft(&files[i], period.DateOf(at)); err != nil {
			return err
		}
	}
	b.at = at
	var got []intake.File
	var batch intake.Batch
	err := b.do(b.System, func(o *op.Op) (err error) {
		batch, got, err = intake.Receive(o, inboxName+"/"+files[0].Name[:7], drafts...)
		return err
	})
	if err != nil {
		return err
	}
	b.sum.Files += len(files)
	b.sum.Imported += int(batch.Imported)
	b.sum.Held += int(batch.Held)
	b.sum.Failed += int(batch.Failed)
	for i := range got {
		b.meet(&files[i], got[i])
	}
	b.tell(Progress{Day: period.DateOf(at), Files: b.sum.Files, Of: b.total})
	return nil
}

// meet puts a new invoice into the agenda. A scene waits for the one who looks
// at the city.
func (b *builder) meet(f *File, got intake.File) {
	b.serial++
	client := b.city.Client(f.Client)
	if got.Invoice.IsZero() || got.State == intake.Already || client == nil {
		return
	}
	b.state[got.Invoice] = payables.Registered
	if f.Scene {
		return
	}
	days := handlingLag(b.rnd)
	e := &errand{serial: b.serial, invoice: got.Invoice, file: f, client: client}
	e.at = workdayAfter(f.Arrives, days, 1+b.rnd.IntN(2))
	if f.rests != "" || e.at.After(ShownAt) && client.Unit == "ost" { // the scenes alone are left in that queue
		e.at = workdayAfter(f.Arrives, 0, 0)
		e.tries++ // nobody hesitates
	}
	b.agenda.add(e)
}

// round lets everybody do what is due, in one operation: each in their own name,
// and what is refused is undone alone.
func (b *builder) round(at time.Time) error {
	due := b.agenda.due(at)
	if len(due) == 0 {
		return nil
	}
	b.at = at
	state := *b.pcg
	err := b.do(b.System, func(o *op.Op) error {
		// The operation may be run again from the start.
		*b.pcg, b.later = state, b.later[:0]
		for _, e := range due {
			if err := b.turn(o, *e); err != nil {
				return err
			}
		}
		return nil
	})
	for _, e := range b.later {
		b.agenda.add(&e)
	}
	b.later = nil
	return err
}

// turn takes the next step of an invoice, and puts the one after it into the
// agenda.
func (b *builder) turn(o *op.Op, e errand) error {
	v, err := payables.Table.Get(o, e.invoice)
	if err != nil || v.State == e.file.rests {
		return err
	}
	m, more := b.next(&e, v)
	if !more {
		return nil
	}
	err = o.Try(func() (err error) {
		v, err = b.take(o, &e, v, m)
		return err
	})
	if err != nil {
		return b.refused(e, m, err)
	}
	b.state[e.invoice] = v.State
	if v, err = b.follow(o, &e, v); err != nil {
		return err
	}
	b.state[e.invoice] = v.State
	switch v.State {
	case payables.Ready, payables.Returned, payables.Voided, e.file.rests:
		return nil
	}
	if e.file.rests != "" {
		m.days = 0
	}
	e.at = workdayAfter(o.Now, m.days, m.round)
	if !e.at.After(o.Now) {
		e.at = o.Now.Add(time.Minute) // the next round of the same day
	}
	b.later = append(b.later, e)
	return nil
}

// take is the step itself, with what has to be done before it.
func (b *builder) take(o *op.Op, e *errand, v payables.Invoice, m move) (payables.Invoice, error) {
	by := o.As(b.actor[m.who])
	switch m.step {
	case "code":
		if len(v.Coding) == 0 || payables.CheckCoding(v) != nil {
			if _, err := payables.SetCoding(by, v.ID, 0, codingOf(e, v), "Konterad efter vad som är köpt."); err != nil {
				return v, err
			}
		}
	case "review":
		if err := b.occasion(by, e, v); err != nil {
			return v, err
		}
	case "complete", "accept":
		if err := b.settleSupplier(o, e, v); err != nil {
			return v, err
		}
	}
	return payables.Table.Take(by, v.ID, m.step, 0, m.say)
}

// settleSupplier looks a new supplier up and has it called on a number that is
// known, so that a second person can approve the account that it asks for.
func (b *builder) settleSupplier(o *op.Op, e *errand, v payables.Invoice) error {
	_, codes := remedies(v)
	fresh := slices.Contains(codes, payables.NewSupplier)
	if !fresh && !slices.Contains(codes, payables.OtherAccount) {
		return nil
	}
	caller := o.As(b.actor[b.of(Accountant, e.client.Unit)])
	other := units[0].Code
	if e.client.Unit == other {
		other = units[1].Code
	}
	second := o.As(b.actor[b.of(Accountant, other)])
	if fresh {
		s, err := payables.GetSupplier(o, v.Supplier)
		if err != nil {
			return err
		}
		if s.State == payables.SupplierNew {
			s.State, s.FTax, s.FTaxOn = payables.SupplierApproved, "yes", period.DateOf(o.Now)
			s.Phone, s.PhoneOn, s.PhoneBy = fictionPhone(400+e.serial%100), period.DateOf(o.Now), second.Actor.ID
			if err := payables.SaveSupplier(caller, s); err != nil {
				return err
			}
		}
	}
	accounts, err := payables.AccountsOf(o, v.Supplier)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		if a.State != payables.AccountPending {
			continue
		}
		if err := payables.CheckAccount(caller, a.ID, 0, "Ringde växeln på det nummer som företaget själv visar; kontot bekräftades."); err != nil {
			return err
		}
		if err := payables.ApproveAccount(second, a.ID, 0); err != nil {
			return err
		}
	}
	return nil
}

// refused tries again next day, by somebody else where there is one. What is
// refused again and again is left where it is: it then waits in a queue, as in
// any office.
func (b *builder) refused(e errand, m move, err error) error {
	f := fault.Of(err)
	if f.Kind == fault.Internal || f.Kind == fault.Unavailable {
		return err
	}
	b.refusals = append(b.refusals, fmt.Sprintf("%s %s: %s %v", e.file.Name, m.step, f.Code, f))
	if e.tries += 3; e.tries > 9 {
		return nil
	}
	e.at = workdayAfter(b.at, 1, 2)
	b.later = append(b.later, e)
	return nil
}
