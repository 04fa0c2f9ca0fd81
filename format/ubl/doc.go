// Package ubl reads and writes invoices and credit notes in UBL 2.1, the syntax
// of Peppol BIS Billing 3.
//
// # Words
//
// Sniff says what a file is from its first bytes. Read gives the document, or a
// *ReadError that says in Swedish why not and where. Write makes a valid Peppol
// BIS Billing 3 file.
//
// # What always holds
//
// Read never panics and takes bounded memory, whatever it is given. It refuses
// only what cannot be read: a document that breaks rules is read, and
// en16931.Check says which. Read of what Write made gives the same document.
//
// # Not here
//
// No rules, no other vocabularies. Envelopes are recognised, not opened.
package ubl
