package report

import (
	"time"

	"kontor/kernel/audit"
	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/op"
	"kontor/kernel/period"
)

// Frozen is a value as it was reported.
type Frozen struct {
	ID          id.ID[Frozen]
	Figure      string
	Definition  int64
	Period      string
	Client      op.ClientID
	State       State
	Reason      string
	Numerator   int64
	Denominator int64
	At          time.Time
	Actor       op.PersonID
	Restates    id.ID[Frozen] // 0 for the first
	Why         string
}

var (
	addFrozen = db.Insert[Frozen]("report_frozen", "")

	frozenOf = db.Select[Frozen](`
		SELECT id, figure, definition, period, client, state, reason, numerator, denominator, at, actor, restates, why
		FROM   report_frozen
		WHERE  figure = $1 AND period = $2 AND client = $3
		ORDER  BY id`)

	frozenIn = db.Select[Frozen](`
		SELECT id, figure, definition, period, client, state, reason, numerator, denominator, at, actor, restates, why
		FROM   report_frozen
		WHERE  period = $1
		ORDER  BY id`)
)

var (
	errRunning = fault.New(fault.Conflict, "RPT-002", "Perioden är inte slut än. Frys siffrorna när den har tagit slut.")
	errTwice   = fault.New(fault.Conflict, "RPT-003", "Siffrorna är redan frysta. Räkna om dem och skriv varför, om de behöver rättas.")
	errNever   = fault.New(fault.Conflict, "RPT-004", "Siffrorna är inte frysta än. Frys dem först.")
	errNoWhy   = fault.New(fault.Invalid, "RPT-005", "Skriv varför siffran rättas.")
)

// Freeze stores values as they are reported now. A value is frozen once; what
// comes after is a restatement.
func Freeze(o *op.Op, values ...Value) error {
	rows := make([]Frozen, len(values))
	for i, v := range values {
		if v.Running || v.Period.Last() >= period.DateOf(o.Now) {
			return errRunning.Because("%s %s", v.Figure.Key, v.Period.Key())
		}
		before, err := History(o, v.Figure.Key, v.Period, v.Client)
		if err != nil {
			return err
		}
		if len(before) > 0 {
			return errTwice.Because("%s %s", v.Figure.Key, v.Period.Key())
		}
		rows[i] = v.frozen(o)
	}
	return store(o, rows)
}

// Restate stores a value that has changed since it was frozen, and why.
func Restate(o *op.Op, v Value, why string) error {
	if why == "" {
		return errNoWhy.Because("%s %s", v.Figure.Key, v.Period.Key())
	}
	before, err := History(o, v.Figure.Key, v.Period, v.Client)
	if err != nil {
		return err
	}
	if len(before) == 0 {
		return errNever.Because("%s %s", v.Figure.Key, v.Period.Key())
	}
	row := v.frozen(o)
	row.Restates, row.Why = before[len(before)-1].ID, why
	return store(o, []Frozen{row})
}

func (v Value) frozen(o *op.Op) Frozen {
	return Frozen{ID: id.New[Frozen](o), Figure: v.Figure.Key, Definition: v.Definition, Period: v.Period.Key(), Client: v.Client,
		State: v.State, Reason: v.Reason, Numerator: v.Num, Denominator: v.Den, At: o.Now, Actor: o.Actor.ID}
}

func store(o *op.Op, rows []Frozen) error {
	if _, err := addFrozen.Add(o, rows...); err != nil {
		if db.Duplicate(err) {
			return errTwice.Because("freeze: %w", err)
		}
		return err
	}
	changes := make([]audit.Change, len(rows))
	for i, r := range rows {
		step := "freeze"
		if r.Restates != 0 {
			step = "restate"
		}
		changes[i] = audit.Change{Client: r.Client, Kind: "report.frozen", Record: int64(r.ID), Step: step, Note: r.Figure + " " + r.Period + " " + r.Why}
	}
	return audit.Note(o, changes...)
}

// History lists what has been reported of a figure and a period, oldest first:
// the last is what counts.
func History(o *op.Op, figure string, p period.Period, client op.ClientID) ([]Frozen, error) {
	return frozenOf.All(o, figure, p.Key(), client)
}

// FrozenIn returns what counts of everything that has been frozen for a period.
func FrozenIn(o *op.Op, p period.Period) (map[FrozenKey]Frozen, error) {
	rows, err := frozenIn.All(o, p.Key())
	last := make(map[FrozenKey]Frozen, len(rows))
	for _, r := range rows {
		last[FrozenKey{r.Figure, r.Client}] = r
	}
	return last, err
}

// FrozenKey tells the frozen values of a period apart.
type FrozenKey struct {
	Figure string
	Client op.ClientID
}

// Drifted reports whether the value is another now than it was when frozen.
func (f Frozen) Drifted(v Value) bool {
	return f.State != v.State || f.Numerator != v.Num || f.Denominator != v.Den || f.Definition != v.Definition
}

// Value is the frozen number as a value of its figure, to be shown.
func (f Frozen) Value(fig *Figure, p period.Period) Value {
	return Value{Figure: fig, Definition: f.Definition, Period: p, Client: f.Client, State: f.State, Reason: f.Reason,
		Num: f.Numerator, Den: f.Denominator}
}
