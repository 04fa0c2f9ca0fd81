// Package flow describes the life of a record as a table: its states, and the
// steps that lead from one to the next. One engine takes the steps, so that
// permission, audit, lead time and counting are never forgotten in one process.
//
// # Words
//
// A [Flow] is the table; a [Step] is one arrow. A [Table] ties a flow to the
// database table where its records live. [Head] is what every such record has.
// The clock of the promise runs from arrival, pauses while the ball is with the
// client, and stops at an end. A step is [Held] while the one who asked for it
// can still call it off.
//
// # What always holds
//
//   - A record that the actor may not see is not found.
//   - A step is taken from a state it starts in, by somebody who may, on the
//     version that was read; or it changes nothing.
//   - The step, its audit row, its work event and the module's own part are in
//     one transaction.
//   - A held step has done nothing yet: called off, it leaves a line of history
//     and nothing else.
//   - A closed step says why, and who may take it.
//
// # Not here
//
// What a step does besides is the module's, in [Table.Do].
package flow
