// Package pain writes payments for the bank (ISO 20022 pain.001, versions 03 and
// 09), reads them back, and reads the bank's answers (pain.002).
//
// # Words
//
// A Batch is what has been released to be paid, as it is stored. A Group is the
// part of it that the bank takes together: one execution date, one account, one
// family of payees. A Profile is what one bank wants, as data. A Status is what
// the bank says of a payment.
//
// # What always holds
//
// The same batch gives the same bytes for ever: every identity and time comes
// from the batch, so that a bank sees a second sending for what it is. No amount
// is nought or less: credit notes are netted before. Sums are of what is written.
// Write refuses a batch that the bank would refuse; nothing is quietly dropped.
//
// # Not here
//
// Who may release a batch, and what happens to the debt: process/treasury.
package pain
