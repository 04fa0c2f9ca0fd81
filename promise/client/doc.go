// Package client holds the administrations and companies that buy the office's
// services, and the people there whom we turn to.
//
// # Words
//
// A [Client] buys; who owes money is a Debtor and lives elsewhere. The lead
// (kundansvarig) is the unit manager of ours who answers for the delivery. The
// home unit handles the client's items. A [Contact] is a person at the client.
//
// # What always holds
//
//   - The code is unique, and the organisation number has twelve digits and a
//     right check digit.
//   - A client is made inactive, never removed: it has a history.
//   - The names of clients are not secret; their contacts are seen by those who
//     hold client.read for that client.
//
// # Not here
//
// What is promised to a client is promise/agreement; what it pays is
// prove/charging.
//
// source: 001 s.5 and 002 s.2 (33 clients), 000 s.18 (kundansvarig, kontaktperson)
package client
