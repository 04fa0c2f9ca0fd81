// Package db is the only way to the database. It owns the connections, the
// transaction, the schema's changes and the list of every statement that the
// program can run.
//
// # Words
//
// A statement is declared once, as a package variable: [Select] reads rows into
// structs, [Change] changes rows, [Insert] adds rows. [Via] is whoever carries
// a transaction; an operation does.
//
// # What always holds
//
//   - One SQL text serves SQLite and PostgreSQL.
//   - SQLite has one writer; readers see snapshots and never wait for it.
//   - A transaction that lost a race is run again from the start.
//   - A column of a result that has no field, or a field that has no column,
//     is an error: nothing is dropped in silence.
//   - Times are stored in UTC, to the microsecond; a zero time or date is NULL.
//
// # Not here
//
// Dynamic SQL exists once, in kernel/list.
package db
