package payables

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"kontor/books/coding"
	"kontor/format/einvoice"
	"kontor/kernel/blob"
	"kontor/kernel/db"
	"kontor/kernel/flow"
	"kontor/kernel/id"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/process/payables/learning"
)

// Lesson is how one line of an approved invoice was coded.
type Lesson struct {
	Client    op.ClientID
	ID        id.ID[Lesson]
	Invoice   ID
	Supplier  string
	Name      string
	Amount    money.Amount
	Text      string
	Reference string
	Line      int64
	LineCount int64
	Answer    string
	Taken     bool
	At        time.Time
}

func (l *Lesson) fact() learning.Fact {
	return learning.Fact{Supplier: l.Supplier, Name: l.Name, Client: l.Client.String(), Amount: l.Amount, Text: l.Text, Reference: l.Reference,
		Line: int(l.Line), Lines: int(l.LineCount)}
}

// Trust is what a client has decided about learned suggestions: how sure one
// must be to be taken by the digital co-worker, and for how large an invoice.
type Trust struct {
	Client    op.ClientID
	ID        id.ID[Trust]
	Version   int64
	Least     int64 // per mille
	Most      money.Amount
	Decision  string
	ValidFrom period.Date
	ValidTo   period.Date
	DecidedBy op.PersonID
}

type mistake struct {
	Client  op.ClientID
	ID      id.ID[mistake]
	Invoice ID
	Was     string
	Why     string
	Became  string
	By      op.PersonID
	At      time.Time
}

const (
	lessonColumns = `client, id, invoice, supplier, name, amount, text, reference, line, line_count, answer, taken, at`
	// lessonsMost is how many lessons one run takes, so that it stays short.
	lessonsMost = 500
	// lessonYears is how long a lesson is remembered.
	lessonYears = 3
	// linesMost is how many lines of an invoice are looked at one by one; a
	// longer one is looked at as a whole.
	linesMost = 40
	// answersMost is how many answers of a habit are looked at.
	answersMost = 8
)

var (
	addLesson   = db.Insert[Lesson]("payables_lesson", "")
	newLessons  = db.Select[Lesson](`SELECT ` + lessonColumns + ` FROM payables_lesson WHERE taken = FALSE ORDER BY at, id LIMIT $1`)
	oldLessons  = db.Select[Lesson](`SELECT ` + lessonColumns + ` FROM payables_lesson WHERE taken = TRUE AND at < $1 ORDER BY at, id LIMIT $2`)
	takeLesson  = db.Change(`UPDATE payables_lesson SET taken = TRUE WHERE client = $1 AND id = $2 AND taken = FALSE`)
	dropLesson  = db.Change(`DELETE FROM payables_lesson WHERE client = $1 AND id = $2`)
	addHabits   = db.Insert[learning.Habit]("payables_habit", "ON CONFLICT (habit, answer) DO UPDATE SET lines = payables_habit.lines + excluded.lines")
	emptyHabits = db.Change(`DELETE FROM payables_habit WHERE lines <= 0`)
	recall      = db.Select[learning.Habit](recallText())

	trustOf = db.Select[Trust](`
		SELECT client, id, version, least, most, decision, valid_from, valid_to, decided_by
		FROM   payables_trust
		WHERE  client = $1 AND valid_from <= $2 AND valid_to >= $2
		ORDER  BY valid_from DESC, id DESC
		LIMIT  1`)
	addTrust   = db.Insert[Trust]("payables_trust", "")
	endTrust   = db.Change(`UPDATE payables_trust SET valid_to = $3, version = version + 1 WHERE client = $1 AND valid_to > $3 AND id <> $2`)
	addMistake = db.Insert[mistake]("payables_mistake", "")
)

// recallText reads the commonest answers of each of a fact's habits. The sum of
// a habit is its largest row, and so always among them.
func recallText() string {
	parts := make([]string, learning.KeysMost)
	for i := range parts {
		parts[i] = fmt.Sprintf(`SELECT habit, answer, lines FROM (SELECT habit, answer, lines FROM payables_habit
			WHERE habit = $%d ORDER BY lines DESC, answer LIMIT %d) AS h%d`, i+1, answersMost+1, i)
	}
	return strings.Join(parts, " UNION ALL ")
}

// answerOf is a coding as one word.
func answerOf(l coding.Line) string {
	return strings.Join([]string{l.Account, l.Unit, l.Activity, l.Project, l.Counterpart, l.Object}, "|")
}

func lineOf(answer string) (l coding.Line, ok bool) {
	p := strings.Split(answer, "|")
	if len(p) != 6 {
		return l, false
	}
	return coding.Line{Account: p[0], Unit: p[1], Activity: p[2], Project: p[3], Counterpart: p[4], Object: p[5]}, true
}

// facts are the lines of the invoice as its sender wrote them; one for the whole
// where there are none to read, or too many.
func facts(o *op.Op, v *Invoice) []learning.Fact {
	base := learning.Fact{Supplier: cmp.Or(v.SupplierOrg, v.SupplierKey), Name: v.SupplierName, Client: v.Client.String(), Reference: v.Reference}
	whole := base
	whole.Amount, whole.Lines = v.Net, 1
	received, err := blob.Get(o, v.File)
	if err != nil {
		return []learning.Fact{whole}
	}
	doc, err := einvoice.Document(received.Content)
	if err != nil || len(doc.Lines) == 0 || len(doc.Lines) > linesMost {
		return []learning.Fact{whole}
	}
	var all []learning.Fact
	for i := range doc.Lines {
		l := &doc.Lines[i]
		f := base
		f.Line, f.Lines, f.Text = i, len(doc.Lines), strings.TrimSpace(l.Item.Name+" "+l.Item.Description)
		if n, err := money.Parse(l.Net.Text); err == nil {
			f.Amount = n
		}
		if v.Kind == Credit {
			f.Amount = -f.Amount
		}
		all = append(all, f)
	}
	return all
}

// learn keeps how an approved invoice was coded. Which line of the sender's was
// coded how is told where it can be told for certain: all alike, or one by one
// with the same amounts. Otherwise each line of the coding is a lesson by its
// amount. What is confidential teaches nothing.
func learn(o *op.Op, v *Invoice) error {
	if v.Secrecy != 0 || len(v.Coding) == 0 || cmp.Or(v.SupplierOrg, v.SupplierKey) == "" {
		return nil
	}
	said := facts(o, v)
	var all []Lesson
	add := func(f learning.Fact, l coding.Line) {
		all = append(all, Lesson{Client: v.Client, ID: id.New[Lesson](o), Invoice: v.ID, Supplier: f.Supplier, Name: f.Name, Amount: f.Amount,
			Text: f.Text, Reference: f.Reference, Line: int64(f.Line), LineCount: int64(f.Lines), Answer: answerOf(l), At: o.Now})
	}
	alike := !slices.ContainsFunc(v.Coding, func(l coding.Line) bool { return answerOf(l) != answerOf(v.Coding[0]) })
	oneByOne := len(said) == len(v.Coding)
	for i := 0; oneByOne && i < len(said); i++ {
		oneByOne = said[i].Amount == v.Coding[i].Amount
	}
	switch {
	case alike:
		for _, f := range said {
			add(f, v.Coding[0])
		}
	case oneByOne:
		for i, f := range said {
			add(f, v.Coding[i])
		}
	default:
		for i, l := range v.Coding {
			f := said[0]
			f.Amount, f.Text, f.Line, f.Lines = l.Amount, l.Text, i, len(v.Coding)
			add(f, l)
		}
	}
	_, err := addLesson.Add(o, all...)
	return err
}

// TakeLessons takes some new lessons into the habits and some old ones out, and
// returns how many. It is run again until there are none.
func TakeLessons(o *op.Op) (int, error) {
	fresh, err := newLessons.All(o, lessonsMost)
	if err != nil {
		return 0, err
	}
	old, err := oldLessons.All(o, o.Now.AddDate(-lessonYears, 0, 0), lessonsMost)
	if err != nil {
		return 0, err
	}
	sums := map[learning.Habit]int64{}
	count := func(l *Lesson, n int64) {
		for _, k := range l.fact().Keys() {
			sums[learning.Habit{Habit: k}] += n
			sums[learning.Habit{Habit: k, Answer: l.Answer}] += n
		}
	}
	for i := range fresh {
		l := &fresh[i]
		n, err := takeLesson.Do(o, l.Client, l.ID)
		if err != nil {
			return 0, err
		}
		if n > 0 {
			count(l, 1)
		}
	}
	for i := range old {
		l := &old[i]
		if _, err := dropLesson.Do(o, l.Client, l.ID); err != nil {
			return 0, err
		}
		count(l, -1)
	}
	rows := make([]learning.Habit, 0, len(sums))
	for h, n := range sums {
		if h.Lines = n; n != 0 {
			rows = append(rows, h)
		}
	}
	// In one order, so that two runs at once do not wait for each other in a ring.
	slices.SortFunc(rows, func(a, b learning.Habit) int {
		return cmp.Or(cmp.Compare(a.Habit, b.Habit), cmp.Compare(a.Answer, b.Answer))
	})
	if len(rows) > 0 {
		if _, err := addHabits.Add(o, rows...); err != nil {
			return 0, err
		}
	}
	if len(old) > 0 {
		if _, err := emptyHabits.Do(o); err != nil {
			return 0, err
		}
	}
	return len(fresh) + len(old), nil
}

func runLessons(o *op.Op, _ json.RawMessage) error {
	for range 20 {
		if n, err := TakeLessons(o); err != nil || n < lessonsMost {
			return err
		}
	}
	return nil
}

// learned suggests a coding line by line from what was learned. It suggests
// nothing unless there is an answer for every line that the code plan allows.
func learned(o *op.Op, v *Invoice, plan *coding.Plan) (s Suggestion, err error) {
	day := period.DateOf(o.Now)
	said := facts(o, v)
	weights := make([]int64, len(said))
	at := map[string]int{}
	shares := []int64{}
	for i, f := range said {
		l, why, err := answerFor(o, f, plan, day)
		if err != nil || why.Answer == "" {
			return Suggestion{}, err
		}
		weights[i] = int64(f.Amount.Abs())
		j, seen := at[why.Answer]
		if !seen {
			j = len(s.Lines)
			at[why.Answer] = j
			l.Text = f.Text
			s.Lines, s.Sure, s.Reasons, shares = append(s.Lines, l), append(s.Sure, why.Confidence), append(s.Reasons, why.Why(v.SupplierName, "")), append(shares, 0)
		} else {
			s.Lines[j].Text = ""
			s.Sure[j] = min(s.Sure[j], why.Confidence)
		}
		shares[j] += weights[i]
	}
	for j, part := range v.Net.Share(shares) {
		s.Lines[j].Amount = part
	}
	return s, nil
}

// answerFor is the best answer for one line that the plan allows today.
func answerFor(o *op.Op, f learning.Fact, plan *coding.Plan, day period.Date) (coding.Line, learning.Suggestion, error) {
	rows, err := recall.All(o, db.Keys(learning.KeysMost, f.Keys())...)
	if err != nil {
		return coding.Line{}, learning.Suggestion{}, err
	}
	best := learning.Recall(rows).SuggestAmong(f, 1, func(answer string) bool {
		l, ok := lineOf(answer)
		return ok && len(plan.Check(l, day)) == 0
	})
	if len(best) > 0 {
		l, _ := lineOf(best[0].Answer)
		return l, best[0], nil
	}
	return coding.Line{}, learning.Suggestion{}, nil
}

// PutTrust stores what a client has decided about suggestions; what was decided
// before ends the day before.
func PutTrust(o *op.Op, t Trust) error {
	t.ID, t.Version, t.DecidedBy = id.New[Trust](o), 1, o.Actor.ID
	if t.ValidTo.IsZero() {
		t.ValidTo = flow.NoPromise
	}
	if _, err := addTrust.Add(o, t); err != nil {
		return err
	}
	if _, err := endTrust.Do(o, t.Client, t.ID, t.ValidFrom.AddDays(-1)); err != nil {
		return err
	}
	return noteOf(o, t.Client, "payables.trust", int64(t.ID), "add", fmt.Sprintf("%d promille, högst %s kr · %s", t.Least, t.Most, t.Decision))
}

// mistaken keeps that a person changed what the digital co-worker had coded.
func mistaken(o *op.Op, v *Invoice, lines []coding.Line) error {
	if !v.Automated || o.Actor.Kind != op.Person || shape(v.Coding) == shape(lines) {
		return nil
	}
	_, err := addMistake.Add(o, mistake{Client: v.Client, ID: id.New[mistake](o), Invoice: v.ID, Was: describe(v.Coding), Why: v.CodedHow,
		Became: describe(lines), By: o.Actor.ID, At: o.Now})
	if err != nil {
		return err
	}
	_, err = changeCoded.Do(o, v.Client, v.ID, o.Actor.ID, o.Now)
	return err
}
