// Package report computes figures: what a figure means and from when, out of
// which events, and which rows stand behind it.
//
// # Words
//
// A [Figure] is one number of reports and indicators. Its [Definition] says how
// it is counted from a day on: a numerator of work events, and for a quotient a
// denominator, of events or of something outside them. A [Value] is what it was
// in a period, for all clients or for one. To freeze a value is to store it as
// it was reported; a restatement is a new row that says why.
//
// # What always holds
//
//   - The sum of the rows that a figure opens onto is its numerator.
//   - Clients sum to the total and months to the tertial.
//   - Numbers are exact until they are written; halves are rounded away from
//     zero, once.
//   - What cannot be said is a value with its reason, never a zero.
//
// # Not here
//
// Targets and their judgement are prove/indicator.
package report
