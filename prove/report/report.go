package report

import (
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/report"
	"kontor/prove/charging"
	"kontor/prove/indicator"
)

// Figure is a bound number.
type Figure struct {
	Key    string       `json:"key"`
	Text   string       `json:"text"`  // as it is written: "683 500"
	Value  string       `json:"value"` // for machines: "683500", "97.3"; "" where there is none
	Rows   int64        `json:"rows"`  // that it opens onto; −1 where they are not events
	URL    string       `json:"url"`
	State  report.State `json:"state"`
	Reason string       `json:"reason,omitempty"`
}

// Piece is a part of a sentence: words, or a bound figure.
type Piece struct {
	Text   string  `json:"text,omitempty"`
	Figure *Figure `json:"figure,omitempty"`
}

// Volume is a client's supplier invoices, or those of all.
type Volume struct {
	Client     op.ClientID `json:"client,omitempty"`
	Name       string      `json:"name"`
	Electronic Figure      `json:"electronic"`
	Manual     Figure      `json:"manual"` // scanned too
	Share      string      `json:"manual_share"`
	Total      Figure      `json:"total"`
	Before     Figure      `json:"before"` // the same time of the year before
	Change     string      `json:"change"`
}

// Month is the volume of one month.
type Month struct {
	Month      period.Month `json:"-"`
	Key        string       `json:"month"`
	Electronic Figure       `json:"electronic"`
	Manual     Figure       `json:"manual"`
	electronic int64
	manual     int64
}

// Complaints is how many came about one process.
type Complaints struct {
	Process string `json:"process"`
	Name    string `json:"name"`
	Count   Figure `json:"count"`
}

// Drift is a figure that has changed since it was frozen.
type Drift struct {
	Name   string `json:"name"`
	Frozen string `json:"frozen"`
	Now    Figure `json:"now"`
	value  report.Value
}

// Indicator is an indicator of the report.
type Indicator struct {
	Key       string `json:"key"`
	Name      string `json:"name"`
	Month     string `json:"month"`
	Value     Figure `json:"value"`
	Target    string `json:"target,omitempty"`
	Deviation string `json:"deviation,omitempty"`
	Status    string `json:"status"`
}

// Report is one tertial report.
type Report struct {
	Year       int           `json:"year"`
	Tertial    int           `json:"tertial"`
	Period     string        `json:"period"` // "januari–augusti 2026"
	Running    bool          `json:"running"`
	Frozen     string        `json:"frozen,omitempty"` // when; "" while it is not
	Drifts     []Drift       `json:"drifts,omitempty"`
	Summary    [][]Piece     `json:"summary"`
	Figures    []Figure      `json:"figures"` // every bound figure of summary and indicators
	Indicators []Indicator   `json:"indicators"`
	Volumes    []Volume      `json:"volumes"`
	All        Volume        `json:"all"`
	Months     []Month       `json:"months"`
	Finding    string        `json:"finding"` // of the chart
	Bill       charging.Bill `json:"bill"`
	Sum        money.Amount  `json:"sum"`
	Complaints []Complaints  `json:"complaints"`

	standing []indicator.Standing
	period   report.ToDate
	values   []report.Value // what is frozen
}
