// Package leadtime knows how many working days are promised to a client for a
// service on a day, and says it as a sentence.
//
// # Words
//
// A [Service] is what a lead time can be promised for, named as work events name
// it: "supplier-invoice". A [Promise] is one row of a signed agreement. The
// [Book] is all rows, read once for a batch. Day 1 is the day of arrival, or
// the next working day; see kernel/workday.
//
// # What always holds
//
//   - Rows are never changed. A change is a later row: for a client and service
//     the row that began last is in force, until the last day it was made for.
//   - An item keeps the agreement and days that were in force when it arrived.
//   - A row with 0 days ends what its own agreement promised; when an addition
//     ends, the year's agreement is in force again.
//
// # Not here
//
// Writing and signing agreements is promise/agreement. What was kept is read
// from work events by prove.
package leadtime
