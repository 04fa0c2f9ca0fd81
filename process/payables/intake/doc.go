// Package intake turns received files into supplier invoices: the bytes are
// kept, read, checked, given to a client and a supplier, and registered with a
// posted liability; or held, or failed, with a reason.
//
// # Words
//
// A [Draft] is what one file says, read without any database. The register is
// what the database knows that a batch of drafts is settled against: routes,
// suppliers, known numbers. A batch is one import run; a fallout is a file that
// became no registered invoice.
//
// # What always holds
//
//   - Every file is accounted for: imported + held + failed = files.
//   - The bytes are stored before anything read from them counts, also when
//     they cannot be read.
//   - The same bytes are never registered twice, and a supplier's number is
//     claimed by one invoice over all clients.
//   - A run that was killed goes on where its last transaction ended, and ends
//     as if it had not been killed.
//   - One bad file falls out alone; the rest of the batch goes on.
//
// # Not here
//
// What happens to an invoice afterwards is payables. The wires that files come
// in by are desk/schedule.
package intake
