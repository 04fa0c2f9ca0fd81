// Package reply is the outbox of answers about received e-invoices: the Peppol
// Invoice Responses that say to a supplier, by code, what the letter says in words.
//
// # Words
//
// A [Reply] is one answer about one invoice: that it has come, a question, that it
// is approved, sent back with the same reasons as the letter, or paid. It waits in
// the outbox until it is handed over to the access point, by way of a folder. A
// [Receiver] is an address that does not take all answers.
//
// # What always holds
//
//   - A reply is made in the transaction of the step that it tells of, and its
//     file is never changed.
//   - Every reply keeps the rules of the transaction (PEPPOL-T111).
//   - Each status is said once of a document, in order, and nothing after what is
//     final, at whichever client the document is.
//   - The same reply handed over twice is the same file with the same name.
//   - A supplier without an electronic address gets no reply, and the invoice goes
//     on all the same.
//
// # Not here
//
// Which step answers what is process/payables; the file is format/response.
package reply
