package learning

import (
	"hash/fnv"
	"math/bits"
	"strings"
	"unicode"

	"kontor/kernel/money"
)

// Fact is what is known of one line when its invoice arrives.
type Fact struct {
	Supplier  string // organisation number, or the name of who has none
	Name      string // of the supplier, as on the invoice
	Client    string
	Amount    money.Amount // of the line, without VAT
	Text      string       // of the line; "" when there is none
	Reference string       // the orderer's; "" when there is none
	Line      int          // place in the invoice, from 0
	Lines     int          // in the invoice
}

// circumstance is a kind of habit.
type circumstance struct {
	weight int64 // how much its habits say, in thousandths of an ordinary one
	shown  Ground
}

// The circumstances. Their weights were tuned on two thirds of a month of a real
// city's supplier ledger and judged on the last third; those of text and
// reference, which that ledger lacks, stand beside the ones that they resemble.
const (
	anything = iota
	ofClient
	ofSupplier
	ofBoth
	supplierAmount
	bothAmount
	bothAbout
	supplierAbout
	bothShape
	supplierShape
	clientShape
	bothPlace
	shapeAlone
	amountAlone
	nameAlone
	clientName
	bothText
	supplierText
	supplierWord
	clientWord
	wordAlone
	bothReference
	clientReference
	circumstances
)

var table = [circumstances]circumstance{
	anything:        {10, Ground{}},
	ofClient:        {50, Ground{Client: true}},
	ofSupplier:      {500, Ground{Supplier: true}},
	ofBoth:          {1190, Ground{Supplier: true, Client: true}},
	supplierAmount:  {7240, Ground{Supplier: true, Amount: true}},
	bothAmount:      {3630, Ground{Supplier: true, Client: true, Amount: true}},
	bothAbout:       {2050, Ground{Supplier: true, Client: true, About: true}},
	supplierAbout:   {1080, Ground{Supplier: true, About: true}},
	bothShape:       {2860, Ground{Supplier: true, Client: true, Size: true}},
	supplierShape:   {1200, Ground{Supplier: true, Size: true}},
	clientShape:     {140, Ground{Client: true, Size: true}},
	bothPlace:       {2130, Ground{Supplier: true, Client: true, Place: true}},
	shapeAlone:      {20, Ground{Size: true}},
	amountAlone:     {100, Ground{Amount: true}},
	nameAlone:       {200, Ground{Name: true}},
	clientName:      {110, Ground{Client: true, Name: true}},
	bothText:        {6000, Ground{Supplier: true, Client: true, Text: true}},
	supplierText:    {5000, Ground{Supplier: true, Text: true}},
	supplierWord:    {1500, Ground{Supplier: true, Text: true}},
	clientWord:      {500, Ground{Client: true, Text: true}},
	wordAlone:       {300, Ground{Text: true}},
	bothReference:   {3000, Ground{Supplier: true, Client: true, Reference: true}},
	clientReference: {700, Ground{Client: true, Reference: true}},
}

// wordsMost is how many words of a line's text are looked at.
const wordsMost = 6

// habitOf is the key of a habit and its circumstance.
type habitOf struct {
	key  uint64
	what int
}

// habits names every habit that a fact belongs to.
func (f Fact) habits(to []habitOf) []habitOf {
	to = to[:0]
	add := func(what int, parts ...string) {
		h := fnv.New64a()
		h.Write([]byte{byte(what)})
		for _, p := range parts {
			h.Write([]byte(p))
			h.Write([]byte{0})
		}
		to = append(to, habitOf{h.Sum64(), what})
	}
	s, c := f.Supplier, f.Client
	amount, about, shape, place := number(int64(f.Amount)), number(about(f.Amount)), f.shape(), number(int64(min(f.Lines, 12)*16+min(f.Line, 12)))
	add(anything)
	add(ofClient, c)
	add(ofSupplier, s)
	add(ofBoth, s, c)
	add(supplierAmount, s, amount)
	add(bothAmount, s, c, amount)
	add(bothAbout, s, c, about)
	add(supplierAbout, s, about)
	add(bothShape, s, c, shape)
	add(supplierShape, s, shape)
	add(clientShape, c, shape)
	add(bothPlace, s, c, place)
	add(shapeAlone, shape)
	add(amountAlone, amount)
	if name, _, _ := strings.Cut(f.Name, " "); name != "" {
		add(nameAlone, strings.ToUpper(name))
		add(clientName, c, strings.ToUpper(name))
	}
	if words := words(f.Text); len(words) > 0 {
		whole := strings.Join(words, " ")
		add(bothText, s, c, whole)
		add(supplierText, s, whole)
		for _, w := range words[:min(len(words), wordsMost)] {
			add(supplierWord, s, w)
			add(clientWord, c, w)
			add(wordAlone, w)
		}
	}
	if r := strings.ToUpper(strings.Join(strings.Fields(f.Reference), "")); r != "" {
		add(bothReference, s, c, r)
		add(clientReference, c, r)
	}
	return to
}

func number(n int64) string {
	var b [8]byte
	for i := range b {
		b[i] = byte(n >> (8 * i))
	}
	return string(b[:])
}

// about is an amount's order of size, two steps for each doubling, with its sign.
func about(a money.Amount) int64 {
	n := uint64(max(a, -a)) + 1
	l := bits.Len64(n)
	size := int64(2 * l)
	if l > 1 {
		size += int64(n >> (l - 2) & 1)
	}
	if a < 0 {
		return -size
	}
	return size
}

// shape tells what is rounding, small or ordinary, and whether the line is alone,
// one of a few, or the last.
func (f Fact) shape() string {
	size := byte('l')
	switch a := max(f.Amount, -f.Amount); {
	case a < 100:
		size = 's'
	case a < 1000:
		size = 'm'
	}
	last := byte('-')
	if f.Lines > 1 && f.Line == f.Lines-1 {
		last = '.'
	}
	return string([]byte{size, byte('0' + min(f.Lines, 3)), last})
}

// words are the words of a text in the order that they stand, upper case,
// without numbers, which differ from one invoice to the next.
func words(text string) []string {
	all := strings.FieldsFunc(strings.ToUpper(text), func(r rune) bool { return !unicode.IsLetter(r) })
	out := all[:0]
	for _, w := range all {
		if len(w) > 2 {
			out = append(out, w)
		}
	}
	return out
}
