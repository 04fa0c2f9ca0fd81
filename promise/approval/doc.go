// Package approval is the register of approvers (attestförteckning): who may
// review and who may finally approve, for which part of the code string, how
// much and how long, as each committee has decided.
//
// # Words
//
// A [Scheme] is one version of a client's register; a [Row] gives one person
// the right to review or to approve within a [Scope] and up to a limit. A
// [Substitution] lets a person act with the rights of one who is absent. A
// [Tie] is somebody that a person may not decide about (jäv). An [Authority] is
// the answer to who may, and what it rests on. The superior of a row takes over
// in a person's own matters.
//
// # What always holds
//
//   - A version is decided by another person than all those who have written in
//     it, and by nobody whose own right it widens.
//   - What is decided never changes: a new decision is a new version. The one in
//     force on a day is the newest of those valid on it.
//   - A substitute acts as himself on the right of one person, never on that of
//     somebody whom that person stands in for.
//   - The limit is on the whole amount. Rows add up in scope, never in amount.
//   - Nobody gives himself a right, nor makes himself a substitute.
//
// # Not here
//
// What is approved, and that two persons do it: process/payables and the others
// that ask [Register.May]. Who may open which page is kernel/role.
package approval
