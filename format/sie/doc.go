// Package sie reads and writes SIE 1-4, the files in which Swedish accounting
// programs hand each other charts of accounts, balances and vouchers.
//
// # Words
//
// Type 1 has the balances of years, 2 of periods too, 3 of objects too, 4E
// everything (export, .SE) and 4I vouchers alone (import, .SI). A Voucher has
// postings; a Change is a row that was struck or added afterwards, and is never
// counted. A Finding is what is odd about a file, with its line.
//
// # What always holds
//
//   - Nothing that is read makes it panic; lines, remarks and memory are bounded.
//   - Scan keeps one voucher at a time; Read keeps them all.
//   - Amounts are exact öre: what has more decimals is refused, not rounded.
//   - The encoding is what the bytes are, not what #FORMAT says.
//   - A file that ends too early, does not sum to its #KSUMMA or has a voucher
//     that does not balance is rejected whole.
//   - Read of what Write made gives the same document.
//
// # Not here
//
// SIE 5 (XML) is recognised and not read. Which accounts, periods and clients a
// voucher may go to is the business of books.
//
// source: SIE filformat, utgåva 4B, 2008-09-30
package sie
