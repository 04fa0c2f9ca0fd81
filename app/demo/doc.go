// Package demo makes Exempelstad: an invented city whose shared service centre
// handles supplier invoices, so that the program can be seen, tried and tested
// with something in it.
//
// The city is a scale model, 1:850, of an office that handles 1,025,000 supplier
// invoices a year: about 100 invoices a month and 0.03 full-time equivalents in
// the process. What is counted per full-time equivalent comes out as in the full
// size: some 3,400 invoices a month.
//
// # Words
//
// A [City] is who and what there is: clients, units, people, suppliers. A [File]
// is one file in the inbox, byte for byte as a sender would send it; its [Class]
// says what is the matter with it. A scene is a file placed by hand, so that the
// queue of the last morning has one of each kind.
//
// # What always holds
//
//   - The same seed makes the same city and the same files, byte for byte.
//   - Nothing here is real: organisation numbers are in 212999 and 559999,
//     location numbers in the range for internal use, phone numbers in the ranges
//     set aside for fiction and addresses under .example.
//   - A file of an ordinary class breaks no rule of EN 16931 or Peppol.
//   - The city is built through the modules' own functions, by actors with the
//     permissions of their roles: no table is written past a module.
//
// # Not here
//
// The chart of accounts and the price lists: reference data of books/coding and
// promise/catalogue.
package demo
