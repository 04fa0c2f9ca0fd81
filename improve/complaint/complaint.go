package complaint

import (
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/op"
)

// ID identifies a complaint.
type ID = id.ID[Complaint]

// Complaint is one complaint, comment or praise.
type Complaint struct {
	flow.Head[Complaint]
	Number   string // register number, "K 2026:12"
	Kind     string // one of Kinds
	Process  string
	Text     string
	Sender   string // "" when nobody is named
	ReplyTo  string // "" when no answer is wanted or possible
	Informed op.PersonID
	Answer   string
	Measure  string
}

// Kinds of what comes in.
//
// source: 001 s.14 (varav 12 positiva); 000 s.8 (klagomål och synpunkter)
var Kinds = []form.Option{
	{Value: "complaint", Label: "Klagomål"},
	{Value: "comment", Label: "Synpunkt"},
	{Value: "praise", Label: "Beröm"},
}
