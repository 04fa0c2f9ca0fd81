// Package claim is what suppliers write when they think that they are paid late:
// reminders, collection demands and cases at the Enforcement Authority.
//
// # Words
//
// A [Claim] is one letter of theirs, about one invoice. A [Debt] is that invoice as
// far as the law asks about it. A [Judgement] says what the law allows of interest,
// compensation and fees, and why.
//
// # What always holds
//
//   - Nothing is paid from a claim, and a claim posts nothing: what is owed is the
//     invoice. A claim about an invoice that we do not have asks for a copy.
//   - Each answered claim is one work event of its client.
//   - What the law allowed is computed from dated tables and stored with the answer.
//   - The same letter is registered once.
//
// # Not here
//
// The invoice's own life is process/payables. Rates and amounts are books/statute.
//
// source: 000 s.3 (hantering av påminnelse/inkassokrav); räntelagen 1975:635; lag 1981:739
package claim
