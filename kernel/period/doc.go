// Package period has civil dates and the spans of time that the operation is
// followed up in: months, tertials and years.
//
// # Words
//
// A Date is a day of the Swedish calendar without a time of day. A Tertial is a
// third of a year: January–April, May–August, September–December. English has no
// short word for it, so the Swedish one stays. An instant is a time.Time and is
// stored in UTC; which date it falls on is decided in Stockholm.
//
// # What always holds
//
//   - The zero Date is "no date" and is NULL in a database.
//   - A later date is a larger number, and ISO text sorts the same way.
//   - The parts of a span, months of a tertial and tertials of a year, follow on
//     each other without gap or overlap.
//
// # Not here
//
// Working days, bank days and office hours are kernel/workday. Nothing here
// knows what day it is today.
package period
