// Package ledger is the books: double entry in vouchers that nobody can change,
// for every client by itself.
//
// # Words
//
// A [Voucher] (verifikation) has [Line]s, debit positive and credit negative. A
// [Period] is a month of the accounts. A series (serie) numbers vouchers within
// a client and a year. A control account sums up a subledger (reskontra), whose
// open items a line's Ref names. A [Lock] closes a period for a module; a
// [Reopening] is an exception from it.
//
// # What always holds
//
//   - Every voucher sums to nought öre, exactly; so does every client.
//   - Numbers have no gaps within client, series and year, and are given in the
//     transaction that posts. Each voucher's sum seals it to the one before.
//   - A posted voucher is never changed. It is taken back by a reversal, once,
//     and each of the two shows the other.
//   - Nothing is posted in a closed period: this package refuses, and so does
//     the database. What is dated in one is posted in the first open period
//     after it and keeps its own date.
//   - A control account takes lines only from its module, and only with the open
//     item that they belong to.
//   - The same key is posted once.
//   - A balance is folded + fresh and equals its lines at every moment.
//
// # Not here
//
// What may be coded on what is books/coding. Checklists of closing, journal
// orders and files are process/closing and process/generalledger.
//
// source: lag (2018:597) om kommunal bokföring och redovisning, 3 kap.
package ledger
