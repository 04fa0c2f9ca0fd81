// Package statute holds the amounts and rates that the law sets, each from a day:
// the reference rate, what may be taken for a reminder, the compensation for
// paying late, the price base amount.
//
// # Words
//
// A [Value] is one amount or rate from a day, with the text that it comes from. A
// [Book] is all of them, read once. [Interest] is what a late payment costs by the
// Interest Act (räntelagen), day by day.
//
// # What always holds
//
//   - A value is never changed: a correction is a new revision, and the old one is
//     kept.
//   - A value that nobody has held against its source is marked, and so is
//     everything that is computed from it.
//   - Interest is on capital alone, from the day after the due day, at the rate in
//     force on each day; it is summed first and rounded once.
//   - A half-year whose reference rate is not known is computed with the last one
//     that is, and says so.
//
// # Not here
//
// Whether somebody may demand interest or a fee: process/payables/claim.
package statute
