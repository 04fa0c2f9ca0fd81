// Package treasury is payments out (kassa och bank): what is proposed to be paid,
// controlled, released, sent to the bank, and what the bank then says of it.
//
// # Words
//
// A [Due] is something that a [Source] says is to be paid: an invoice, a payout
// request. A [Proposal] holds [Payment]s, each to one payee for one client, of
// one or more documents ([Part]). What was due and yet not proposed is [Left],
// with its reason. A sample is drawn for control. A released proposal becomes one
// file to the bank. An [Answer] is a file from the bank. An
// [Explanation] is what a person says of an [Entry] that the files do not explain.
//
// # What always holds
//
//   - A document is in one living payment at most; the database refuses a second.
//   - Whoever releases has neither proposed nor had any part in approving, coding
//     or reviewing a document in it, nor in approving the payee's account.
//   - Everything is looked at again at release and when the file is made: what
//     has changed falls out alone, with its reason.
//   - A file is what was released or less, never more. Made again it has the same
//     bytes.
//   - A payment is paid when the bank says so. What is under way is the balance of
//     the clearing account.
//   - What the bank says moves a payment forwards only. A rejected or returned
//     payment opens the debt again, once; one refused because the bank already has
//     it does not, nor does money that comes in on another account of ours.
//   - What of an entry is no payment of ours stands as an entry of its own, and
//     what may be money of ours that came back is left to a person.
//   - An explanation posts money when a second person has approved it, and can be
//     taken back.
//   - Cash is posted once for each entry of the bank, from one kind of file.
//
// # Not here
//
// Whether a document may be paid is its source's to say. The formats are
// format/pain and format/camt.
package treasury
