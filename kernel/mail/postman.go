package mail

import (
	"cmp"
	"context"
	"errors"
	"time"

	"kontor/kernel/job"
	"kontor/kernel/op"
)

// Outcome is what became of one try to send.
type Outcome uint8

// The outcomes.
const (
	Delivered Outcome = iota // the server has taken it
	Later                    // it was not taken; try again
	Never                    // it will not be taken
	Unknown                  // nobody knows whether it was taken
)

// Sender hands a message to a server, once. The error is for the operators.
type Sender interface {
	Send(ctx context.Context, m Message, at time.Time) (Outcome, error)
}

// Postman carries the messages of a running program. Several may carry those of
// the same database.
type Postman struct {
	Door   *op.Door
	Actor  op.Actor // the program itself
	Sender Sender
	Lease  time.Duration // a message whose answer has not come by then is unsure; 0 means 2 minutes
	Rest   time.Duration // between looks when nothing is due; 0 means 2 seconds
}

const (
	attemptsMax = 10 // the last try comes some seventeen hours after the first
	died        = "Programmet stannade medan brevet skickades."
)

// pause is how long a message rests after its n:th try: 2 min, 4 min … 8 h.
func pause(n int64) time.Duration { return min(2*time.Minute<<min(n-1, 10), 8*time.Hour) }

// Run carries messages until ctx is done. A message under way is finished.
func (p *Postman) Run(ctx context.Context) {
	job.Loop(ctx, cmp.Or(p.Rest, 2*time.Second), func(ctx context.Context) (bool, error) {
		did, err := p.Next(ctx)
		if err != nil {
			p.Door.Log.Error("mail: outbox", "err", err)
		}
		return did, err
	})
}

// Next sends one message that is due, and returns false when there is none.
func (p *Postman) Next(ctx context.Context) (bool, error) {
	var due, lost bool
	err := p.Door.View(ctx, p.Actor, func(o *op.Op) (err error) {
		if _, due, err = anyDue.Maybe(o, o.Now); err == nil {
			_, lost, err = anyLost.Maybe(o, o.Now)
		}
		return err
	})
	if err != nil || !due && !lost {
		return false, err
	}
	lease := cmp.Or(p.Lease, 2*time.Minute)
	var r row
	var ok bool
	var at time.Time
	err = p.Door.Batch(ctx, p.Actor, func(o *op.Op) (err error) {
		if lost {
			if _, err = lose.Do(o, o.Now, died); err != nil {
				return err
			}
		}
		at = o.Now
		r, ok, err = claim.Maybe(o, o.Now, o.Now.Add(lease))
		return err
	})
	if err != nil || !ok {
		return false, err
	}
	ctx, cancel := context.WithTimeout(ctx, lease/2) // an answer after that would be another's
	defer cancel()
	outcome, err := p.Sender.Send(ctx, Message{Key: r.Key, To: r.Receiver, Subject: r.Subject, Text: r.Body}, at)
	return true, errors.Join(p.log(r, outcome, err), p.Door.Batch(context.WithoutCancel(ctx), p.Actor, func(o *op.Op) error { return r.note(o, outcome, err) }))
}

func (p *Postman) log(r row, outcome Outcome, err error) error {
	if outcome != Delivered {
		p.Door.Log.Warn("mail: not delivered", "id", r.ID.String(), "attempt", r.Attempt, "outcome", int(outcome), "err", err)
	}
	return nil
}

// note says what became of a message, unless somebody else has taken it over.
func (r row) note(o *op.Op, outcome Outcome, why error) error {
	words := ""
	if why != nil {
		words = why.Error()
	}
	state, due, ended := Sent, r.Due, o.Now
	switch {
	case outcome == Later && r.Attempt < attemptsMax:
		state, due, ended = Ready, o.Now.Add(pause(r.Attempt)), time.Time{}
	case outcome == Later || outcome == Never:
		state = Failed
	case outcome == Unknown:
		state = Unsure
	}
	_, err := note.Do(o, r.ID, r.Attempt, state, due, nullTime(ended), words)
	return err
}

func nullTime(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}
