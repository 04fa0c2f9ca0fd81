// Package workday counts time the way a service agreement does: in working days
// and office hours, and not while the ball is with the client.
//
// # Words
//
// A Calendar says which days are closed and which are half days. A Pause is a
// span in which the clock stood still, most often because we waited for the
// client to complete a deficient submission. "Dag 1" of an agreement is the day
// of arrival, or the next working day if it arrived on a closed one.
//
// # What always holds
//
//   - Every function is pure: the same arguments give the same answer for ever.
//     A calendar is never changed; With makes another one, with its own name.
//   - The day number never falls as time goes, and adding a pause never raises
//     it nor makes the due date earlier.
//   - Days are those of Stockholm, of 23, 24 or 25 hours, and office time is
//     exact across the nights when the clocks change.
//   - All answers cost the same for a day as for ten years, but for one step for
//     each pause.
//
// # Not here
//
// How many days are promised is an agreement, and is stored with the item
// together with the name of the calendar. When the clock pauses is a column of
// the table in kernel/flow.
package workday
