// Package reply is the outbox of answers about received e-invoices: the Peppol
// Invoice Responses that say to a supplier, by code, what the letter says in words.
//
// # Words
//
// A [Reply] is one answer about one invoice: approved, or sent back with the same
// reasons as the letter. It waits in the outbox until it is handed over to the
// access point, by way of a folder.
//
// # What always holds
//
//   - A reply is made in the transaction of the step that it tells of, and its
//     file is never changed.
//   - Every reply keeps the rules of the transaction (PEPPOL-T111).
//   - The same reply handed over twice is the same file with the same name.
//   - A supplier without an electronic address gets no reply, and the invoice goes
//     on all the same.
//
// # Not here
//
// Which step answers what is process/payables; the file is format/response.
package reply
