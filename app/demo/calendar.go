package demo

import (
	"fmt"
	"time"

	"kontor/books/ledger"
	"kontor/kernel/job"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/workday"
	"kontor/process/payables"
	"kontor/prove/charging"
)

// Working days of a month on which what was in the month before is closed.
const (
	billsOn = 5
	booksOn = 7
)

// closeMonth closes the month before on its days: the bills by the head of
// operations, then the supplier ledger, softly, by the accountant of each unit.
func (b *builder) closeMonth(day period.Date) error {
	month := period.MonthOf(day)
	before := month.Prev()
	if before.First() < First {
		return nil
	}
	b.at = day.At(7*60 + 25)
	switch workday.Office.Workdays(month.First(), day) {
	case billsOn:
		head := b.actor["lo.wester"]
		return b.do(head, func(o *op.Op) error {
			for _, k := range b.city.Clients {
				if _, err := charging.Close(o, b.clients[k.Code], before); err != nil {
					return err
				}
			}
			return nil
		})
	case booksOn:
		return b.do(b.System, func(o *op.Op) error {
			for _, k := range b.city.Clients {
				by := o.As(b.actor[b.of(Accountant, k.Unit)])
				err := ledger.Close(by, b.clients[k.Code], "payables", ledger.PeriodOf(before.First()), ledger.Soft, "Månaden är avstämd.")
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	return nil
}

// jobs does what is due of what the program does by itself: the digital co-worker
// codes what came in the morning, events are folded and the log is sealed. In a
// program without jobs only the coding is done.
func (b *builder) jobs(at time.Time) error {
	b.at = at
	if len(b.Jobs) == 0 {
		return b.do(b.System, func(o *op.Op) error { _, err := payables.AutomateAll(o); return err })
	}
	runner := &job.Runner{Door: b.Door, Kinds: b.Jobs, Actor: b.System}
	if _, err := runner.Once(b.ctx); err != nil {
		return err
	}
	// A job that failed would only be tried again on another day of the city.
	return b.Door.View(b.ctx, b.System, func(o *op.Op) error {
		all, err := job.Waiting(o)
		for _, t := range all {
			if t.State != job.Ready || t.Faulty > 0 {
				return fmt.Errorf("the job %s failed", t.Kind)
			}
		}
		return err
	})
}
