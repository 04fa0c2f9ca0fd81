package ui

// ReportView is the frame of a report.
type ReportView struct {
	Eyebrow, Title string
	Parts          []ReportPart
	Frozen         Prose // "Fryst 2026-09-30 kl. 14.05"; what state the figures are in
	FrozenStatus   StatusKind
	FrozenWord     string
	Marks          []string // further words on the frozen line
	Actions        []Link
	Aside          []string // quiet lines under the contents
}

// ReportPart is a numbered part of a report.
type ReportPart struct {
	Number, Title, ID string
}

// IndicatorView is one indicator with its value, target, variation and status.
type IndicatorView struct {
	ID         string
	Name       string
	Definition Link
	Value      Figure
	Period     string // "per månad, augusti"
	Target     string // "3 400"
	Deviation  string // "+210", "−0,1 procentenheter"
	Chart      Body   // from kernel/chart; nil when there are too few points
	Status     StatusKind
	Word       string // "Uppnått", "Nära", "Ej uppnått", "Går ej att redovisa"
	Reason     string // why it cannot be reported
	Count      string // "n = 88 412"
	Source     Link   // "Visa underlag"
}

// BillView is a bill or its summary.
type BillView struct {
	Caption  string
	Rows     []BillRow
	SumLabel string
	Sum      Figure
}

// BillRow is a line of a bill.
type BillRow struct {
	Label  string
	Detail string // quantity × price
	Figure Figure
}

// FigureView wraps a chart: finding, drawing, table beside it.
type FigureView struct {
	Finding string // the finding as a sentence
	Text    string // unit and what is shown
	Chart   Body
	Table   *TableView // under "Visa som tabell"
	Source  Link
	Width   bool // the drawing is wide and scrolls by itself on a phone
}
