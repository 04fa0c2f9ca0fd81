// Package report is the tertial report: what the office did, promised and kept
// from New Year to the end of the tertial, written by the operation itself.
//
// # Words
//
// A bound figure is a number in the report that carries its address: the rows
// that it is the sum of. To freeze the report is to store its figures as they
// were reported; what has changed since then is shown beside them.
//
// # What always holds
//
//   - No number stands in the report that is not bound, except years and targets
//     that a person decided.
//   - The page, the file and the JSON are made of one [Report].
//   - A number that cannot be said is a sentence with its reason.
//   - A report of a running period says so, and is compared with the same days
//     of the year before.
//
// # Not here
//
// What a figure means is kernel/report and prove/indicator.
package report
