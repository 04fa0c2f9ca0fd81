package en16931

import (
	"iter"
	"reflect"
	"strings"
)

// ID is an element of a Tree. None is no element: it has no name, no text and
// no children, so that a path that leads nowhere can be walked to its end.
type ID int32

// None is the absence of an element; Root is the document element.
const (
	None ID = 0
	Root ID = 1
)

// node is one element. Children are a linked list, and so are all elements of
// one name in document order: most official rules begin with "//".
type node struct {
	text     string // the characters directly inside, entities resolved
	name     Name
	attrs    uint16 // how many
	attrAt   int32
	line     int32
	parent   ID
	first    ID
	last     ID
	next     ID // sibling
	nextSame ID // of the same fixed name
}

// Attr is an attribute without namespace.
type Attr struct{ Name, Value string }

// Tree is the light element tree of one document, in the vocabulary of UBL.
// Other syntaxes are brought to it, so that one set of rules judges them all.
type Tree struct {
	Syntax Syntax

	nodes  []node
	attrs  []Attr
	heads  [namesFixed]ID
	tails  [namesFixed]ID
	firsts [namesFixed]ID // the root's first child of each name
	counts [namesFixed]int32
	others map[ID]string // names outside the vocabulary
	open   ID
	pieces []byte // the open element's text when it comes in several pieces
	// odd are the attribute names seen that no business term uses, each once.
	odd []string
}

// NewTree gives an empty tree with room for about elements.
func NewTree(s Syntax, elements int) *Tree {
	t := &Tree{Syntax: s, nodes: make([]node, 1, elements+2), attrs: make([]Attr, 0, elements/3+4)}
	return t
}

// The namespaces of UBL 2.1 and what the vocabulary calls their prefixes.
const (
	SpaceInvoice    = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
	SpaceCreditNote = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
	SpaceCAC        = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
	SpaceCBC        = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
)

// Start opens an element inside the one that is open.
func (t *Tree) Start(space, local string, line int) ID {
	name := nameOther
	switch space {
	case SpaceCBC:
		name = vocabulary.cbc[local]
	case SpaceCAC:
		name = vocabulary.cac[local]
	case SpaceInvoice:
		if local == "Invoice" {
			name = nameInvoice
		}
	case SpaceCreditNote:
		if local == "CreditNote" {
			name = nameCreditNote
		}
	}
	id := t.start(name, line)
	if name == nameOther {
		if t.others == nil {
			t.others = map[ID]string{}
		}
		t.others[id] = local
	}
	return id
}

func (t *Tree) start(name Name, line int) ID {
	t.flush()
	id := ID(len(t.nodes))
	t.nodes = append(t.nodes, node{name: name, line: int32(line), parent: t.open})
	if p := t.open; p != None {
		parent := &t.nodes[p]
		if parent.last == None {
			parent.first = id
		} else {
			t.nodes[parent.last].next = id
		}
		parent.last = id
	}
	if name < namesFixed {
		t.counts[name]++
		if t.open == Root && t.firsts[name] == None {
			t.firsts[name] = id
		}
		if t.tails[name] == None {
			t.heads[name] = id
		} else {
			t.nodes[t.tails[name]].nextSame = id
		}
		t.tails[name] = id
	}
	t.open = id
	return id
}

// Attr adds an attribute to the open element. It must come before children.
func (t *Tree) Attr(name, value string) {
	n := &t.nodes[t.open]
	if n.attrs == 0 {
		n.attrAt = int32(len(t.attrs))
	}
	n.attrs++
	t.attrs = append(t.attrs, Attr{name, value})
	switch name {
	case "currencyID", "schemeID", "unitCode", "listID", "mimeCode", "filename", "name", "listVersionID":
	default:
		if len(t.odd) < oddMost && !t.isOdd(name) {
			t.odd = append(t.odd, name)
		}
	}
}

// oddMost bounds how many names outside the standard are remembered.
const oddMost = 64

// Text adds characters to the open element. What follows a child element is
// dropped: nothing in an invoice mixes the two.
func (t *Tree) Text(s string) {
	n := &t.nodes[t.open]
	switch {
	case n.first != None:
	case n.text == "":
		n.text = s
	default:
		// Pieces are joined once, when the element ends, so that many small
		// ones cost no more than one.
		if len(t.pieces) == 0 {
			t.pieces = append(t.pieces, n.text...)
		}
		t.pieces = append(t.pieces, s...)
	}
}

// flush gives the open element the text that came in pieces.
func (t *Tree) flush() {
	if len(t.pieces) > 0 {
		t.nodes[t.open].text = string(t.pieces)
		t.pieces = t.pieces[:0]
	}
}

// End closes the open element.
func (t *Tree) End() {
	t.flush()
	t.open = t.nodes[t.open].parent
}

// Cost is about how many bytes the business terms of t take, so that a reader
// can refuse before they are taken.
func (t *Tree) Cost() int {
	sum := 0
	for _, c := range termCosts {
		sum += int(t.counts[c.name]) * c.bytes
	}
	return sum
}

func sizeOf[T any]() int { return int(reflect.TypeFor[T]().Size()) }

// termCosts are the sizes of what may be repeated without end.
var termCosts = []struct {
	name  Name
	bytes int
}{
	{cacInvoiceLine, sizeOf[Line]()},
	{cacCreditNoteLine, sizeOf[Line]()},
	{cacAllowanceCharge, sizeOf[Allowance]()},
	{cacTaxSubtotal, sizeOf[TaxSubtotal]()},
	{cacPaymentMeans, sizeOf[PaymentMeans]()},
	{cacAdditionalDocumentReference, sizeOf[Attachment]()},
	{cacBillingReference, sizeOf[Reference]()},
	{cacPartyIdentification, sizeOf[Identifier]()},
	{cacCommodityClassification, sizeOf[Classification]()},
	{cacAdditionalItemProperty, sizeOf[Attribute]()},
	{cbcNote, sizeOf[Note]()},
}

// Len is the number of elements.
func (t *Tree) Len() int { return len(t.nodes) - 1 }

// Line is the line of the file where the element begins; 0 for None.
func (t *Tree) Line(n ID) int { return int(t.nodes[n].line) }

// Named gives an element's name as UBL's usual prefixes would write it.
func (t *Tree) Named(n ID) string {
	name := t.nodes[n].name
	if name == nameOther {
		return t.others[n]
	}
	return vocabulary.text[name]
}

// Raw is the text directly inside an element, as written.
func (t *Tree) Raw(n ID) string { return t.nodes[n].text }

// Attrs are an element's attributes.
func (t *Tree) Attrs(n ID) []Attr {
	e := &t.nodes[n]
	return t.attrs[e.attrAt : e.attrAt+int32(e.attrs)]
}

// Children are an element's children, in order.
func (t *Tree) Children(n ID) iter.Seq[ID] {
	return func(yield func(ID) bool) {
		for c := t.nodes[n].first; c != None; c = t.nodes[c].next {
			if !yield(c) {
				return
			}
		}
	}
}

func (t *Tree) name(n ID) Name { return t.nodes[n].name }

func (t *Tree) parent(n ID) ID { return t.nodes[n].parent }

// raw is the element's text as written.
func (t *Tree) raw(n ID) string { return t.nodes[n].text }

// norm is the element's text as normalize-space() gives it.
func (t *Tree) norm(n ID) string { return normalize(t.nodes[n].text) }

// attr gives an attribute and whether it is there.
func (t *Tree) attr(n ID, name string) (string, bool) {
	e := &t.nodes[n]
	for _, a := range t.attrs[e.attrAt : e.attrAt+int32(e.attrs)] {
		if a.Name == name {
			return a.Value, true
		}
	}
	return "", false
}

func (t *Tree) attrText(n ID, name string) string {
	v, _ := t.attr(n, name)
	return v
}

// child is the first child of that name.
func (t *Tree) child(n ID, name Name) ID {
	if n == Root {
		return t.firsts[name]
	}
	for c := t.nodes[n].first; c != None; c = t.nodes[c].next {
		if t.nodes[c].name == name {
			return c
		}
	}
	return None
}

// children are the children of that name, in order.
func (t *Tree) children(n ID, name Name) iter.Seq[ID] {
	return func(yield func(ID) bool) {
		c := t.nodes[n].first
		if n == Root {
			c = t.firsts[name]
		}
		for ; c != None; c = t.nodes[c].next {
			if t.nodes[c].name == name && !yield(c) {
				return
			}
		}
	}
}

// all are the elements of that name anywhere, in document order.
func (t *Tree) all(name Name) iter.Seq[ID] {
	return func(yield func(ID) bool) {
		for n := t.heads[name]; n != None; n = t.nodes[n].nextSame {
			if !yield(n) {
				return
			}
		}
	}
}

// at follows a path, trying every branch: the first element that it leads to.
func (t *Tree) at(n ID, path ...Name) ID {
	if len(path) == 0 {
		return n
	}
	c := t.nodes[n].first
	if n == Root {
		c = t.firsts[path[0]]
	}
	for ; c != None; c = t.nodes[c].next {
		if t.nodes[c].name == path[0] {
			if len(path) == 1 {
				return c
			}
			if found := t.at(c, path[1:]...); found != None {
				return found
			}
		}
	}
	return None
}

// count is how many elements a path leads to.
func (t *Tree) count(n ID, path ...Name) int {
	sum := 0
	for c := t.nodes[n].first; c != None; c = t.nodes[c].next {
		if t.nodes[c].name != path[0] {
			continue
		}
		if len(path) == 1 {
			sum++
		} else {
			sum += t.count(c, path[1:]...)
		}
	}
	return sum
}

// each gives every element that a path leads to.
func (t *Tree) each(n ID, path []Name, visit func(ID) bool) bool {
	for c := t.nodes[n].first; c != None; c = t.nodes[c].next {
		if t.nodes[c].name != path[0] {
			continue
		}
		if len(path) == 1 {
			if !visit(c) {
				return false
			}
		} else if !t.each(c, path[1:], visit) {
			return false
		}
	}
	return true
}

// isLine says whether n is an invoice line or a credit note line.
func (t *Tree) isLine(n ID) bool {
	name := t.nodes[n].name
	return name == cacInvoiceLine || name == cacCreditNoteLine
}

const blanks = " \t\n\r"

func isBlank(s string) bool { return strings.Trim(s, blanks) == "" }

// normalize is XPath's normalize-space; it copies only where it must.
func normalize(s string) string {
	s = strings.Trim(s, blanks)
	run := false
	for i := 0; i < len(s); i++ {
		space := s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r'
		if space && (run || s[i] != ' ') {
			return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(blanks, r) }), " ")
		}
		run = space
	}
	return s
}

// vocabulary is every element name that something knows.
var vocabulary = buildVocabulary(fixedNames[:])

type words struct {
	cac, cbc map[string]Name
	text     []string
}

func buildVocabulary(texts []string) *words {
	w := &words{cac: map[string]Name{}, cbc: map[string]Name{}, text: texts}
	for n, text := range texts {
		w.put(text, Name(n))
	}
	return w
}

func (w *words) put(text string, n Name) {
	switch prefix, local, _ := strings.Cut(text, ":"); prefix {
	case "cac":
		w.cac[local] = n
	case "cbc":
		w.cbc[local] = n
	}
}
