// Package en16931 is the European e-invoice as business terms, and the rules
// that judge one: EN 16931, Peppol BIS Billing 3 and the sellers' countries.
//
// # Words
//
// A Document is what an invoice or credit note says, by business term. A Rule
// has the official id, severity and text, and one Swedish sentence. A Violation
// is a rule that a document breaks, where, with the values seen. Fatal means
// that the official validators refuse the document; the rest are warnings.
//
// # What always holds
//
// Every rule is a plain function over the document's element tree, in the
// vocabulary of UBL; other syntaxes are brought to that tree. Rules run on
// fragments: what is absent is absent, nothing panics. Sums are exact decimals,
// rounded as the official rules do (halves toward plus infinity). A number that
// cannot be read breaks the rules that count with it. The same document gives
// the same violations in the same order.
//
// # Not here
//
// No XML (format/ubl, format/cii), no opinion on what a city does with a
// violation (process/payables), no look-up of suppliers or clients.
package en16931
