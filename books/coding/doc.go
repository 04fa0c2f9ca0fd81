// Package coding is the code plan (kodplan): which codes the parts of the code
// string may hold, which parts belong together, from when and until when.
//
// # Words
//
// A [Segment] is a part of the code string (koddel): account (konto), unit
// (ansvar), activity (verksamhet), project, counterpart (motpart), object. A
// [Value] is one code of a segment. A [Rule] says what a line must and must not
// hold. A [Plan] is the values and rules of one client: the whole city's and its
// own.
//
// # What always holds
//
//   - A plan is asked about a date and answers the same for that date for ever:
//     closing a code or a rule leaves a row, nothing is deleted.
//   - All refusals are told at once, and each says what is allowed instead.
//   - A closed code still passes in a reversal, so that what was posted with it
//     can be taken back.
//   - A client's own value goes before the city's value with the same code.
//
// # Not here
//
// Posting is books/ledger. Suggesting a coding is the processes' own.
package coding
