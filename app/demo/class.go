package demo

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// Class says what is the matter with a file.
type Class string

// The classes, by what becomes of their files.
const (
	// Read and registered; a person may have to do something.
	Ordinary         Class = "ordinary"
	Credit           Class = "credit"
	ReverseCharge    Class = "reverse-charge"
	NoReference      Class = "no-reference"
	UnknownReference Class = "unknown-reference" // "Anna, Stadsteatern"
	EarlyDue         Class = "early-due"
	ChangedAccount   Class = "changed-account"
	NewSupplier      Class = "new-supplier"
	WrongSum         Class = "wrong-sum"
	WrongVAT         Class = "wrong-vat"
	Twin             Class = "twin"            // as an earlier one but for the number
	OtherRecipient   Class = "other-recipient" // the reference is another client's than the address

	Paper Class = "paper" // a picture and what was read off it

	// Read, but held until a person has decided.
	Duplicate     Class = "duplicate" // the same number written in another way
	SameFile      Class = "same-file"
	UnknownClient Class = "unknown-client"
	Euro          Class = "euro"

	// Not readable as an invoice.
	Broken  Class = "broken"
	Charset Class = "charset" // ISO 8859-1 that calls itself UTF-8
	Ledger  Class = "ledger"  // a SIE file
	PDF     Class = "pdf"
	Bomb    Class = "bomb" // entities that grow without end
)

// Outcome is what the importer makes of a file.
type Outcome string

// The outcomes; every file has one.
const (
	Imported Outcome = "imported"
	Held     Outcome = "held"
	Failed   Outcome = "failed"
)

// classTable has how many files of a thousand are of each class, which are not
// ordinary, and what becomes of them.
var classTable = []struct {
	class    Class
	outcome  Outcome
	perMille int
}{
	{Credit, Imported, 25},
	{ReverseCharge, Imported, 4},
	{NoReference, Imported, 22},
	{UnknownReference, Imported, 16},
	{EarlyDue, Imported, 14},
	{ChangedAccount, Imported, 10},
	{NewSupplier, Imported, 8},
	{WrongSum, Imported, 13},
	{WrongVAT, Imported, 10},
	{Twin, Imported, 8},
	{OtherRecipient, Imported, 7},
	{Duplicate, Held, 9},
	{SameFile, Held, 7},
	{UnknownClient, Held, 6},
	{Euro, Held, 4},
	{Broken, Failed, 4},
	{Charset, Failed, 3},
	{Ledger, Failed, 3},
	{PDF, Failed, 3},
	{Bomb, Failed, 3},
}

// Outcome is what the importer should make of a file of the class.
func (c Class) Outcome() Outcome {
	for _, row := range classTable {
		if row.class == c {
			return row.outcome
		}
	}
	return Imported
}

// classOf draws a class.
func classOf(rnd *rand.Rand) Class {
	n := rnd.IntN(1000)
	for _, row := range classTable {
		if n -= row.perMille; n < 0 {
			return row.class
		}
	}
	return Ordinary
}

// damage makes of the bytes of a good file those of a class that cannot be read.
func damage(class Class, good []byte, n int) []byte {
	switch class {
	case Broken: // the transfer stopped
		return good[:len(good)*3/5]
	case Charset:
		latin, err := charmap.ISO8859_1.NewEncoder().Bytes(good)
		if err != nil {
			panic("demo: a file outside ISO 8859-1: " + err.Error())
		}
		return latin
	case Ledger:
		return fmt.Appendf(nil, "#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#PROGRAM \"Bokhyllan\" 3.1\n#FNAMN \"Exempelbolaget %d\"\n", n)
	case PDF:
		return fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Title (Faktura %d) >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%%%EOF\n", n)
	case Bomb:
		return bomb(good)
	}
	return good
}

// bomb puts a document type in front of a file in which each entity is ten of
// the one before.
func bomb(good []byte) []byte {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE Invoice [\n <!ENTITY e0 \"faktura\">\n")
	for i := 1; i < 12; i++ {
		fmt.Fprintf(&b, " <!ENTITY e%d \"%s\">\n", i, strings.Repeat(fmt.Sprintf("&e%d;", i-1), 10))
	}
	b.WriteString("]>\n")
	_, body, _ := bytes.Cut(good, []byte("?>\n"))
	b.Write(bytes.Replace(body, []byte("<cbc:ID>"), []byte("<cbc:ID>&e11;"), 1))
	return []byte(b.String())
}
