// Package complaint is the register of complaints, comments and praise
// (klagomål och synpunkter): what came in, from which client, about which
// process, what was answered and what was done.
//
// # Words
//
// A [Complaint] is one of the three kinds. The manager is the head of the unit
// that the client belongs to. The measure is what keeps it from happening again.
//
// # What always holds
//
//   - Each has a register number without gaps, from the day it came in.
//   - The manager has been told before anybody answers.
//   - A complaint is not closed without an answer, unless nobody can be answered.
//   - A closed one has left one work event, which is not priced.
//
// # Not here
//
// The compilation by client and process is in the tertial report (prove/report).
package complaint
