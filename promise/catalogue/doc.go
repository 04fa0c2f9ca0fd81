// Package catalogue holds what the office sells and what it costs: services,
// priced items, and price lists that the service board has decided.
//
// # Words
//
// A [Service] is bought by clients, some of them mandatory for every committee.
// An [Item] is a priced part of a service: per invoice and channel, per hour, a
// fixed fee a year. A [List] is a decided price list with its [Line]s; its
// identity is the version that work events carry. A draft is a list that is
// being prepared. A [Fee] is a fixed fee with its distribution key. The [Book]
// is all of it, read once for a batch.
//
// # What always holds
//
//   - A decided list and its lines are never changed, by the database itself.
//   - On every day the list that began last is in force; later years inherit it.
//   - An activity and channel have at most one price in a list.
//   - A fee's parts sum to the fee exactly, over the clients and over the months.
//
// # Not here
//
// What a client pays is prove/charging, which reads work events and this book.
//
// source: 000 s.3–4 and s.19 (prices differ by channel, cover cost, are decided
// by the service board), 002 s.3
package catalogue
