// Package payout is manual payment orders (utbetalningsunderlag): payments that
// rest on a form and a decision, not on an invoice, such as grants, fees and
// compensations to persons.
//
// # Words
//
// A [Request] is one payment to one payee. An [Approval] is a review or a final
// approval. A [Finding] is what speaks against it: some stop it until somebody has
// decided. The payee's account is confirmed by a second person, unless the payee
// is a supplier whose account two people have approved.
//
// # What always holds
//
//   - Whoever has written or sent a request never confirms the account, reviews or
//     approves, and review and final approval are by different persons, each
//     within the register of approvers. None of them is the payee or tied to it.
//   - A change voids what was approved; the debt is taken back in the books.
//   - An approved request is a debt in the books until the bank has paid it.
//   - Who a private person is stands in the request and in the file to the bank: no
//     list of others, voucher, log or letter tells it. Those under protection are
//     seen by those who may see secrets.
//   - Each request leaves one work event: it is priced as an invoice handled by
//     hand.
//
// # Not here
//
// Proposals, files and the bank's answers are process/treasury. Wages, and
// compensation for work, are process/payroll.
package payout
