package ui

// NextView is the filled card of a start page: what to do now.
type NextView struct {
	Kicker, Heading, Text string
	URL, Label, Key       string
}

// QueueGroup is the part of a queue with the same nearness to its promise.
type QueueGroup struct {
	Status StatusKind
	Word   string // "Sen", "I dag", "I veckan"
	Count  Figure
	Note   Prose
	Rows   []QueueRow
	More   Link // to the rows that are not shown
}

// QueueRow is an item in a queue.
type QueueRow struct {
	Title, Number, Text, Client, Amount, URL string
	Elapsed, Promised                        int // days
	Status                                   StatusKind
	Words                                    string // of the promise; from the days when empty
	Current                                  bool
}

// QueueView is a whole queue.
type QueueView struct {
	Label  string
	Groups []QueueGroup
	Empty  Empty
}

// PromiseView is the promise of an item as a sentence with its reason.
type PromiseView struct {
	Status            StatusKind
	Word              string // "I dag."
	Sentence          Prose  // "Ska vara klar onsdag 25 november, dag 5, eftersom …"
	Elapsed, Promised int    // days
}

// Fact is a figure with a word, in the side column or in the strip of a board.
type Fact struct {
	Figure Figure
	Label  string
	Note   string
	Status StatusKind
	Word   string // of the status
}

// KeptView is how a promise is kept.
type KeptView struct {
	Fact
	Finding string // what the variation says
	Chart   Body   // from kernel/chart; nil when there are too few points
}

// FindingView is what a document lacks, in plain words, with the remedy.
type FindingView struct {
	Number  int
	Heading string
	Seen    Prose
	Remedy  Prose
	Mark    string // id of the place on the document; "" when it points nowhere
	Code    string // stable code, for the one who asks
	Solved  bool
	Calm    bool // informs only; nothing to do
}

// FindingsView is the panel "Att lösa".
type FindingsView struct {
	Heading  string
	Checked  int // number of controls made
	Findings []FindingView
	Passed   []string // what was found right, a few words each
	All      string   // URL of all controls
}

// CodingView is the coding of an item, suggested or decided.
type CodingView struct {
	Heading  string
	Segments []string // headings of the code parts after the account
	Rows     []CodingRow
	Total    string
	Status   StatusKind
	Word     string // of the sum: "Stämmer"
	Why      Prose
	Change   Link
	Decided  bool // no confidence column: a person has decided
}

// CodingRow is one line of a coding.
type CodingRow struct {
	Account, AccountText string
	Segments             []string
	Titles               []string // names of the segments, said on hover and to the screen reader
	Amount               string
	Confidence           Confidence
}

// Confidence is how sure a suggestion is.
type Confidence struct {
	Word     string // "Säker", "Trolig", "Osäker", "Räknad"
	Percent  int    // 0 when it is computed and not guessed
	Computed bool
}

// NoteView is what deviates for this client.
type NoteView struct {
	Heading string
	Text    Prose
	Link    Link
}

// HistoryLine is an event in the life of an item.
type HistoryLine struct {
	Time  string // "19 nov 06.12"
	Stamp string // the same for machines: 2026-11-19T06:12:00+01:00
	Who   string
	Text  string
	URL   string
}

// Definition is a term and what it stands for.
type Definition struct {
	Term   string
	Text   Prose
	Status StatusKind
}

// WaitRow is something that waits for the reader.
type WaitRow struct {
	Status        StatusKind
	Heading, Text string
	When          string // strong, coloured by the status
	Note          string
	Link          Link
}

// RiskRow is a number of items that will miss their promise.
type RiskRow struct {
	Figure        Figure
	Heading, Text string
}

// MessageRow is a message in the side column.
type MessageRow struct{ Heading, URL, Text string }

// ContactView is a person to turn to.
type ContactView struct {
	Name, Initials, Text string
	Phone, Mail          string
	Hours                string
}

// ProgressView is long work under way, which can be left and come back to.
type ProgressView struct {
	Label       string
	Done, Total int64 // Total is 0 while it is not known
	Rate        string
	Left        string
	Failed      Figure // rows that fell out
	Status      StatusKind
	Word        string
	Text        string
	Finished    bool
	Poll        string // URL of this component by itself; asked every second until Finished
	Links       []Link
}

// PresenceView is who else has the same item before them.
type PresenceView struct {
	Text string // "" for nobody
	URL  string // asked again, every twentieth second
}

// AttachmentView is a document beside the item.
type AttachmentView struct {
	Label, Detail, URL string
	Shown              string // address of what can be seen beside the item, "" when it can only be fetched
	Picture            bool   // and not a PDF
}

// PersonDay is a person's day on the board: what is worked with, in parts of half an hour.
type PersonDay struct {
	Name  string
	Parts []DayPart
	Hours string // "7,5"
}

// DayPart is a stretch of a day.
type DayPart struct {
	Words     string
	HalfHours int // at most 20
	Kind      PartKind
}

// PartKind is what a stretch of a day is.
type PartKind uint8

// The kinds of stretch.
const (
	Working PartKind = iota
	OnPhone          // bound to the telephone: cannot be moved
	Free             // can be given work
	Away
)
