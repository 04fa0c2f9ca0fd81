// Package role says who may do what: persons, the roles they are given and for
// which clients, units and days, and what each role is allowed.
//
// # Words
//
// A [Person] acts: a human being, the digital co-worker or the program. The
// [Matrix] says what each [Role] may do; the program is built with it. An
// [Assignment] gives a person a role for a time and a scope.
//
// # What always holds
//
//   - Nobody changes their own roles or clearance.
//   - An assignment is ended, never removed, so that it can be told afterwards
//     who was allowed what on a certain day.
//   - An actor never holds more than the sum of the assignments valid today.
//   - Every change has its audit row.
//
// # Not here
//
// How a person proves who they are is kernel/login. Which permissions there are
// is said by the modules; which role has them is said by app.
package role
