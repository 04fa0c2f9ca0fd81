// Package job does later what an operation asked for. A job is asked for in the
// same transaction as the change that calls for it: both happen, or neither.
//
// # Words
//
// A [Kind] is what can be done, a [Job] one thing to do. The key tells jobs of a
// kind apart: asked for twice, it is done once. A [Runner] claims what is due,
// for the time of a lease; a job whose runner died is rescued when the lease has
// run out. A kind with Every has one job, which is due again and again.
//
// # What always holds
//
//   - The work of a job and the note that it is done are one transaction: the
//     effect of a key is there exactly once, however often a runner dies.
//   - A job whose lease was lost to another runner changes nothing.
//   - A fault that another try may help against is tried again, ever more
//     seldom; any other ends the job and is shown to the operators.
//
// # Not here
//
// Work outside the database: mail and files go through an outbox, whose rows
// have an identity of their own. Long work is parted into many jobs, since the
// embedded database has one writer.
package job
