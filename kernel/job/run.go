package job

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"kontor/kernel/fault"
	"kontor/kernel/op"
)

// Runner does the jobs of one running program. Several programs may run jobs of
// the same database.
type Runner struct {
	Door    *op.Door
	Kinds   []Kind
	Actor   op.Actor      // the program itself
	Workers int           // jobs done at the same time; 0 means 2
	Lease   time.Duration // a job is given up as lost after this; 0 means 5 minutes
	Rest    time.Duration // between looks when nothing is due; 0 means 250 ms
}

var (
	errUnknown = fault.New(fault.Invalid, "JOB-001", "Programmet känner inte till den här sortens jobb. Kontrollera att rätt version körs och kör om jobbet.")
	errDied    = fault.New(fault.Internal, "JOB-002", "Jobbet avbröts gång på gång. Titta i loggen och kör om jobbet.")
	errPanic   = fault.New(fault.Internal, "JOB-003", "Jobbet stannade på ett fel i programmet. Felet är loggat.")

	errLost = errors.New("job: the lease was lost to another runner")
)

// Run does jobs until ctx is done. Jobs under way are finished before it
// returns; they are not cancelled.
func (r *Runner) Run(ctx context.Context) error {
	if err := r.begin(ctx); err != nil {
		return err
	}
	var wg sync.WaitGroup
	for range cmp.Or(r.Workers, 2) {
		wg.Go(func() { r.work(ctx) })
	}
	wg.Wait()
	return nil
}

func (r *Runner) work(ctx context.Context) {
	Loop(ctx, cmp.Or(r.Rest, 250*time.Millisecond), func(ctx context.Context) (bool, error) {
		did, err := r.next(ctx)
		if err != nil {
			r.Door.Log.Error("job: cannot claim", "err", err)
		}
		return did, err
	})
}

// Loop calls next again and again until ctx is done, with a rest after a call
// that did nothing or failed. A call under way is not cancelled.
func Loop(ctx context.Context, rest time.Duration, next func(context.Context) (did bool, err error)) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		wait := rest
		if did, err := next(context.WithoutCancel(ctx)); did && err == nil {
			wait = 0
		}
		timer.Reset(wait)
	}
}

// Once does everything that is due now, and returns how many jobs that was. A
// kind that comes back is done once.
func (r *Runner) Once(ctx context.Context) (int, error) {
	if err := r.begin(ctx); err != nil {
		return 0, err
	}
	for n := 0; ; n++ {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		did, err := r.next(ctx)
		if err != nil || !did {
			return n, err
		}
	}
}

// begin asks for the first round of every kind that comes back.
func (r *Runner) begin(ctx context.Context) error {
	var first []Job
	for _, k := range r.Kinds {
		if k.Every > 0 {
			first = append(first, Job{Kind: k.Name, Key: everyKey})
		}
	}
	return r.Door.Batch(ctx, r.Actor, func(o *op.Op) error { return Ask(o, first...) })
}

// next claims one job and does it. It returns false when nothing is due.
func (r *Runner) next(ctx context.Context) (bool, error) {
	c, ok, err := r.claim(ctx)
	if err != nil || !ok {
		return false, err
	}
	r.perform(ctx, c)
	return true, nil
}

// claim takes the job that has waited longest. The look before it is a read:
// an idle runner never takes the single writer of the embedded database.
func (r *Runner) claim(ctx context.Context) (c claimed, ok bool, err error) {
	var due, lost bool
	err = r.Door.View(ctx, r.Actor, func(o *op.Op) error {
		if _, due, err = anyDue.Maybe(o, o.Now); err == nil {
			_, lost, err = anyLost.Maybe(o, o.Now)
		}
		return err
	})
	if err != nil || !due && !lost {
		return c, false, err
	}
	lease := cmp.Or(r.Lease, 5*time.Minute)
	err = r.Door.Batch(ctx, r.Actor, func(o *op.Op) error {
		if lost {
			if _, err := giveUp.Do(o, o.Now, attemptsMax, told(errDied)); err != nil {
				return err
			}
			if _, err := rescue.Do(o, o.Now, attemptsMax); err != nil {
				return err
			}
		}
		c, ok, err = claim.Maybe(o, o.Now, o.Now.Add(lease))
		return err
	})
	return c, ok, err
}

// perform does a claimed job and notes how it went.
func (r *Runner) perform(ctx context.Context, c claimed) {
	log := r.Door.Log.With("job", c.Kind, "key", c.Key, "attempt", c.Attempt)
	i := slices.IndexFunc(r.Kinds, func(k Kind) bool { return k.Name == c.Kind })
	kind := Kind{}
	err := error(errUnknown.Because("kind %q", c.Kind))
	if i >= 0 {
		kind = r.Kinds[i]
		err = r.try(ctx, kind, c)
	}
	switch {
	case err == nil:
		return
	case errors.Is(err, errLost):
		log.Warn("job: lost to another runner")
		return
	}
	log.Error("job: failed", "err", err)
	if err := r.Door.Batch(ctx, r.Actor, func(o *op.Op) error { return c.note(o, kind, fault.Of(err)) }); err != nil {
		log.Error("job: the failure could not be noted", "err", err) // the lease runs out and the job is rescued
	}
}

// try does the work and marks it as done, in one transaction.
func (r *Runner) try(ctx context.Context, k Kind, c claimed) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errPanic.Because("%v", p)
		}
	}()
	return r.Door.Do(ctx, r.Actor, func(o *op.Op) error {
		if err := k.Run(o, json.RawMessage(c.Args)); err != nil {
			return err
		}
		var n int64
		var err error
		if k.Every > 0 {
			n, err = again.Do(o, c.ID, c.Attempt, o.Now.Add(k.Every), 0, "", o.Now)
		} else {
			n, err = finish.Do(o, c.ID, c.Attempt, o.Now)
		}
		if err == nil && n != 1 {
			return errLost
		}
		return err
	})
}

// note says what became of a job whose work failed.
func (c claimed) note(o *op.Op, k Kind, f *fault.Fault) error {
	var err error
	switch retry := f.Kind == fault.Internal || f.Kind == fault.Unavailable; {
	case retry && c.Attempt < attemptsMax:
		_, err = again.Do(o, c.ID, c.Attempt, o.Now.Add(pause(c.Attempt)), c.Attempt, told(f), nil)
	case k.Every > 0: // it comes back, and shows what was wrong last time
		_, err = again.Do(o, c.ID, c.Attempt, o.Now.Add(max(k.Every, pause(attemptsMax))), 0, told(f), o.Now)
	default:
		_, err = fail.Do(o, c.ID, c.Attempt, o.Now, told(f))
	}
	return err
}

// told is a fault as the operators see it; the cause is in the log only.
func told(f *fault.Fault) string { return fmt.Sprintf("%s %s", f.Code, f.Say()) }

// Waiting tells how many jobs are not done, by kind and state.
func Waiting(o *op.Op) ([]Tally, error) { return tally.All(o) }
