// Package organisation is the office itself: its units, who works in them, with
// which process and how much, and who leads a process.
//
// # Words
//
// A [Unit] is a part of the office. A [Time] says how much of full time a person
// works with a process; a [Leave] is a span in which the person works less. A
// full-time equivalent month ([FTE], årsarbetare and month) is one person who
// works full time with the process on every working day of a month. A [Role] is
// a task in a process: lead, specialist, board lead.
//
// # What always holds
//
//   - A row is ended, never removed, so that an old month keeps its figure.
//   - The figure of several whole months is the sum of the figures of each.
//   - The parts of a month, person by person, sum to the month's figure exactly.
//   - Nobody's working time exceeds full time on any day that the rows of the
//     same person cover.
//
// # Not here
//
// Who may do what is kernel/role. Which hours were worked is prove/timesheet.
package organisation
