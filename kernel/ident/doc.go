// Package ident reads, checks and writes the numbers by which Swedish
// organisations, people, accounts, payments and places are known.
//
// # Words
//
// An Org is a legal or natural person: organisationsnummer, personnummer or
// samordningsnummer, kept as twelve digits. A Giro is a bankgiro or a plusgiro
// number. An OCR reference is what a payer states and a machine reads; how
// strictly the bank checks it is agreed for the receiving bankgiro. A GLN names
// a place.
//
// # What always holds
//
//   - What was parsed is right: check digit, date and length have been verified.
//     Nothing is repaired: a wrong number is refused, never made right.
//   - Two numbers are the same if and only if their values are equal with ==.
//   - A bankgiro and a plusgiro with equal digits are different numbers; the
//     scheme is stated by whoever has the number and is never guessed.
//   - A number of a person is personal data: logs get it masked, and no cause of
//     a fault repeats what was written.
//
// # Not here
//
// Bank account numbers other than IBAN: some genuine accounts fail their check,
// so the control can only warn, and its table of clearing numbers is dated
// data of process/treasury. Who may see a person's number is kernel/role.
package ident
