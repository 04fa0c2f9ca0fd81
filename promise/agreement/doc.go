// Package agreement holds the service agreements: one for each client and year,
// additions during the year, who does what, what deviates for a client, and
// what clients say that they want to buy besides.
//
// # Words
//
// An [Agreement] promises lead times ([Promise]) and additional services
// ([Ordered]). An addition (tilläggsöverenskommelse) belongs to the year's
// agreement and takes over from its first day. A [Duty] says which party does a
// step of a process (gränssnitt). A [Deviation] is an approved way of working
// that differs for one client. An [Interest] is a client's answer to the yearly
// inquiry about additional services.
//
// # What always holds
//
//   - A client has at most one agreement a year that is not withdrawn.
//   - What was sent is not changed: it is taken back first. What was signed is
//     never changed; a change is an addition, an early end a row of its own.
//   - The person who sent an agreement does not sign it.
//   - Signing makes the promises in promise/leadtime, in the same transaction.
//
// # Not here
//
// How days are counted is promise/leadtime. Prices are promise/catalogue: they
// are decided for all clients at once.
//
// source: 000 s.3 and 001 s.5 (one year at a time, additions during the year),
// 001 s.9 (interest inquiry), 003 s.15 (agreement and responsibilities known to all)
package agreement
