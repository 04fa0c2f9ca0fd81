// Package payables is the supplier ledger (leverantörsreskontra): the life of a
// supplier invoice from its registration until it is approved, posted and ready
// to be paid.
//
// # Words
//
// An [Invoice] is one supplier invoice or credit note to one client. A [Finding]
// is something that it lacks; its [Remedy] is what the list of flexibility
// (smidighetslistan) says about it. A review (sakgranskning) says that the goods
// came; the final approval (beslutsattest) says that the client pays. An
// [Occasion] says who took part in something, and why. A [Supplier] has
// accounts, of which only approved ones are paid to.
//
// # What always holds
//
//   - Review and final approval are by two different people, neither one acting
//     for the other nor both for a third, none of them tied to the supplier; the
//     final one by somebody whose authority covers the whole coding, the whole
//     amount and what was approved on it for the same supplier that day.
//   - Nobody approves his own costs, nor do those below him.
//   - An approval holds for one coding and one amount: a change of either takes
//     it away.
//   - The coding adds up to the invoice's net, to the öre; the VAT posted is the
//     VAT stated.
//   - A registered invoice is a posted liability; an approved one is posted
//     where its coding says; one that leaves otherwise is reversed.
//   - An invoice that ends leaves exactly one work event.
//   - A supplier's account is never changed by an invoice.
//
// # Not here
//
// How files become invoices is payables/intake. Reading e-invoices is
// format/ubl, judging them format/en16931. Paying is process/treasury.
package payables
