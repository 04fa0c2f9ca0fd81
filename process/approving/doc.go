// Package approving is what waits for the approvers, of every process: one queue,
// read card by card on a phone, and one reminder a day.
//
// # Words
//
// A [Source] is a process whose documents are reviewed and approved. A [Card] is
// one document as its approver reads it. A [Matter] is a document that waits for
// somebody, as reminders see it; an [Ask] is that a person was reminded of it.
//
// # What always holds
//
//   - Whoever may approve is asked of the source, which asks the register; nothing
//     is approved here that its own page would not let be approved.
//   - A person gets at most one mail a day, and it names nobody.
//
// # Not here
//
// Who may approve what: promise/approval, and the rules of each process.
package approving
