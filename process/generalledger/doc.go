// Package generalledger is the general ledger (huvudbok) as people work with it:
// journal orders and internal charges, opening balances, files in and out, and
// the open supplier ledger.
//
// # Words
//
// An [Order] is a journal order (bokföringsorder), an internal charge
// (interndebitering) or a closing (bokslutsorder): what somebody wants posted,
// until another person has approved it. A [Load] is a file that was read into the
// books. A [Position] is what the books hold on one whole code string. A
// [Publication] is the open supplier ledger of a month.
//
// # What always holds
//
//   - Who wrote or sent an order never approves it, and nobody approves it after
//     a change without looking again.
//   - An internal charge is posted in the books of both clients, in the same
//     period, or in none.
//   - A closing moves the whole result of a year to equity, and again only what has
//     come since; after it the opening balances of the next year add up to nought.
//   - Opening balances that are loaded again post the difference alone.
//   - A file is loaded whole or not at all, and each of its vouchers once.
//   - What is published names no private person; what was left out is counted.
//
// # Not here
//
// Posting, locks, balances and their proof are books/ledger. Reading and writing
// SIE is format/sie. Checklists of closing are process/closing.
package generalledger
