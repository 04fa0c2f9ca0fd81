// Package cii reads invoices in UN/CEFACT's Cross Industry Invoice (D16B), the
// other syntax of EN 16931.
//
// # Words
//
// An element of CII is brought to the element of UBL that carries the same
// business term, so that one model and one set of rules serve both.
//
// # What always holds
//
// Read never panics and takes bounded memory, whatever it is given. Every
// business term that UBL can carry is brought over; what has no business term is
// left behind. Lines and places are those of the file that was read.
//
// # Not here
//
// No rules (format/en16931), no rules of the CII syntax itself, no writing.
package cii
