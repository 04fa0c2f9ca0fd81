package job

import (
	"encoding/json"
	"fmt"
	"time"

	"kontor/kernel/id"
	"kontor/kernel/op"
)

// Kind is one kind of job.
type Kind struct {
	Name  string // "payables.letter"
	Label string // Swedish, for operators
	// Run does the work in one writing operation, which also marks the job as
	// done: once only. It may be begun again from the start.
	Run func(o *op.Op, args json.RawMessage) error
	// Every makes the job due again this long after it was done; 0 for never.
	Every time.Duration
}

// Job is one thing to do later.
type Job struct {
	Kind string
	Key  string    // what it is about; asked for again with the same key, nothing more happens
	Args any       // stored as JSON; nil for none
	Due  time.Time // zero: at once
}

// everyKey is the key of the only job of a kind that comes back.
const everyKey = "every"

// Ask asks for jobs in the transaction of o. A key that its kind already has is
// left as it is, also for ninety days after it was done.
func Ask(o *op.Op, jobs ...Job) error {
	if len(jobs) == 0 {
		return nil
	}
	rows := make([]row, len(jobs))
	for i, j := range jobs {
		args := []byte("null")
		if j.Args != nil {
			var err error
			if args, err = json.Marshal(j.Args); err != nil {
				return fmt.Errorf("job %s %s: %w", j.Kind, j.Key, err)
			}
		}
		if j.Due.IsZero() {
			j.Due = o.Now
		}
		rows[i] = row{ID: id.New[Job](o), Kind: j.Kind, Key: j.Key, Args: string(args), Due: j.Due, State: Ready, Asked: o.Now}
	}
	_, err := addJobs.Add(o, rows...)
	return err
}

// State of a job.
type State string

// The states that are stored.
const (
	Ready   State = "ready"
	Running State = "running"
	Done    State = "done"
	Failed  State = "failed"
)

// keep is how long a job that is done stays in the list, and its key taken.
const keep = 90 * 24 * time.Hour

// Prune forgets a batch of the jobs that were done long ago. Jobs that failed stay
// until somebody has run them again.
func Prune(o *op.Op) (int64, error) { return prune.Do(o, o.Now.Add(-keep)) }

// attemptsMax is how often a job is tried. The last try comes some ten minutes
// after the first.
const attemptsMax = 8

// pause is how long a job rests after its n:th try failed: 5 s, 10 s, 20 s … 5 min.
func pause(n int64) time.Duration {
	return min(5*time.Second<<min(n-1, 10), 5*time.Minute)
}
