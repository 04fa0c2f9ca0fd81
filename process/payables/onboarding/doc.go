// Package onboarding brings suppliers over to e-invoices: which of them still send
// paper, what that costs, who has been asked and what they answered.
//
// # Words
//
// A [Use] is how one supplier's invoices to one client came in during the last
// twelve months. The saving is what the client would have paid less had all of
// them been electronic, at today's prices. An [Ask] is how far the supplier has come:
// asked, agreed, live, declined.
//
// # What always holds
//
//   - A figure here opens onto the invoices that it counts.
//   - A supplier is asked once for the whole city; each client sees its own part.
//   - Who sends electronically by itself is live, whether anybody asked or not.
//
// # Not here
//
// Prices are promise/catalogue. How an invoice came in is process/payables/intake.
//
// source: 000 s.3 and s.19 (a price for each channel, so that clients move to e-invoices)
package onboarding
