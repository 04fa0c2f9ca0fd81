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
// [Authority] is a row of the client's register of who may give it. A
// [Supplier] has accounts, of which only approved ones are paid to.
//
// # What always holds
//
//   - Review and final approval are by two different people, none of them the
//     supplier's own; the final one by somebody whose authority covers every
//     unit, the whole amount and what the same person approved for the same
//     supplier that day.
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
