// Package svefaktura reads Svefaktura 1.0, the Swedish e-invoice of 2003 to 2021
// that many suppliers still send, to the terms of EN 16931, and judges it by
// SFTI's rules of 2016-09-01.
//
// # Words
//
// An [Invoice] is the element tree of one Svefaktura with what travelled beside
// it. [Invoice.Terms] is the document by business term, as every other format
// gives it. A [Rule] has SFTI's id, severity and text, and one plain Swedish
// sentence. [Invoice.Faults] are breaches of the schema, which has no rule ids.
//
// # What always holds
//
// Terms tolerate what the rules refuse: codes padded with blanks, a missing
// currency, a credit note with negative amounts. A credit note's terms have
// positive amounts, whichever way it was written: the type code decides, never
// the sign. The sums of the terms add up where the rules' half krona lets the
// file's differ: the difference is rounding. Rules compare the file as written.
//
// # Not here
//
// No writing: SFTI withdrew the format 2021-04-01. No XPath: each rule is a plain
// function. Which envelopes there are is format/envelope.
package svefaktura
