// Package xmlscan reads XML from strangers: a pull scanner that is several
// times faster than encoding/xml and refuses what an e-invoice never needs.
//
// # Words
//
// A token is the start of an element with its attributes, the end of one, or a
// run of characters. Comments and processing instructions are checked and
// passed over. A refusal is an *Error with the place and a Swedish sentence.
//
// # What always holds
//
// What the scanner accepts, encoding/xml accepts with the same tokens (proved
// by fuzzing). Depth, size, elements and attributes are bounded before memory
// is taken. There are no entities but the five predefined ones: a document type
// declaration is refused, so nothing can be expanded. Tokens are slices of the
// one decoded text; only text with references or carriage returns is copied.
//
// # Not here
//
// No tree, no schema, no writing: format/ubl and its sisters do that.
package xmlscan
