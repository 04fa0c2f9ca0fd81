// Package charging is the monthly bill of each client: what the office did for
// it, at the price that was in force, and its part of the fixed fees.
//
// # Words
//
// A [Bill] is a client's month, a [Line] one row of it. An item line is the
// price of a list times the quantity of the events that carry that list's
// version, for one activity and channel. A fee line is a twelfth of the year's
// part of a fixed fee. To close a month is to store its bill; a correction line
// bills what has changed since then in a month that was closed.
//
// # What always holds
//
//   - A line is its price times its quantity, and its quantity is the sum of the
//     events that it opens onto.
//   - What all bills say together is what all priced events cost: nothing is
//     billed twice and nothing falls between two months.
//   - A closed bill is never changed; its hash says that it is as it was.
//   - The twelve parts of a fee sum to the year's.
//
// # Not here
//
// Prices and distribution keys are promise/catalogue. Hours are prove/timesheet.
// What the services cost the office is not a matter of the bill.
package charging
