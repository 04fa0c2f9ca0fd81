// Package job asks for things to be done later. A job is asked for in the same
// transaction as the change that calls for it: both happen, or neither.
package job

import (
	"encoding/json"
	"time"

	"kontor/kernel/op"
)

// Kind is one kind of job.
type Kind struct {
	Name  string // "payables.letter"
	Label string // Swedish, for operators
	// Run does the work in one writing operation, which also marks the job as
	// done: once only. Work outside the database goes through an outbox.
	Run func(o *op.Op, args json.RawMessage) error
	// Every makes the job ask for itself again after this time; 0 for never.
	Every time.Duration
}
