// Package scanindex reads the index file that a scanning service sends with the
// pictures of paper invoices: one row a paper, with what was read off it.
//
// There is no standard for such files, so this one is Kontor's own, and tolerant.
// It is a table with headings, as CSV (semicolon, comma or tab; UTF-8 or
// Latin-1) or as XML with an element for each paper:
//
//	fil;orgnr;leverantör;fakturanr;fakturadatum;förfallodag;netto;moms;att betala;bankgiro;ocr;referens;osäkra
//	0001.pdf;556012-5790;Norra Bygg AB;4711;2026-11-18;2026-12-18;1 000,00;250,00;1 250,00;991-2346;471106;KULT41;ocr,moms
//
//	<dokument><fil>0001.pdf</fil><fakturanr>4711</fakturanr><moms osäker="ja">250,00</moms>…</dokument>
//
// # Words
//
// A [Row] is one paper; a [Fact] is one field of it, by the name that this
// package gives it, whatever the service calls it. A fact is unsure when the
// service says so.
//
// # What always holds
//
// Reading never fails because of one row. Columns that nobody knows are named in
// the verdict and left out. Amounts and dates are kept as read; [Amount] and
// [Date] understand the ways that they are written.
//
// # Not here
//
// What becomes of a paper is payables/intake.
package scanindex
