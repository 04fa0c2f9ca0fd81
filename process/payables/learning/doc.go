// Package learning suggests how a line of a supplier invoice is to be coded,
// from how earlier lines were coded.
//
// # Words
//
// A [Fact] is what is known of a line when the invoice arrives. An answer is how
// a line was coded: an account, or a whole code string. A habit is what was
// answered in one circumstance, for example "this supplier, this client, this
// amount". A [Suggestion] is an answer with how sure it is and the habit that
// spoke most for it.
//
// # What always holds
//
//   - A suggestion rests on nothing but what was known when the line arrived and
//     on answers that were given before.
//   - The same answers in the same order give the same suggestions on every
//     machine: everything is counted in whole numbers.
//   - What has been learned can be forgotten again, exactly.
//   - Habits that agree weigh more than habits that waver, and specific ones
//     more than general ones, as soon as there are some cases of them.
//
// # Not here
//
// Rules that people decide come first, and what may be coded at all is said by
// the code plan: process/payables.
package learning
