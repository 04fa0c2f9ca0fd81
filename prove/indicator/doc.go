// Package indicator is the figures that the operation steers by, what they
// should reach and how they vary.
//
// # Words
//
// An indicator is a figure (kernel/report) with targets. A [Target] is what it
// should reach in a year, and the tolerance within which a miss is called near.
// Ordinary variation is what an XmR chart calls common cause.
//
// # What always holds
//
//   - A judgement is computed, never picked, and never of a period that is still
//     running.
//   - A definition that changes is a new version with its day and source; an old
//     month keeps the one that was in force.
//   - A target is never changed: a later decision is a new row.
//
// # Not here
//
// The figures of other processes stand in their own modules and join the list by
// being given to [Module].
package indicator
