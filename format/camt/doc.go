// Package camt reads what the bank says of an account: ISO 20022 camt.052 (the
// day so far), camt.053 (statement) and camt.054 (details), in any version.
//
// # Words
//
// A File holds statements. A Statement is one account's: balances and entries.
// An Entry is one booking; its Details are the payments inside it, and there may
// be thousands: a day's deposits to a bankgiro are one entry.
//
// # What always holds
//
// Amounts are signed as the account holder sees them: in is positive, out is
// negative, whatever was reversed. Nothing is posted from here, and an entry is
// never the same as a payment: cash follows entries, debts follow details.
// Versions are not looked at: an element means the same in all of them.
// Read never panics and takes memory in proportion to the file, which is bounded.
//
// # Not here
//
// What has been read before and what a payment pays: process/treasury.
package camt
