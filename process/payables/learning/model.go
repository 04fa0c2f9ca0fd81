package learning

import (
	"cmp"
	"math/bits"
	"slices"
)

// Model is what has been learned. It is not safe for learning at the same time
// as anything else.
type Model struct {
	habits  map[uint64]*habit
	ids     map[string]uint32
	answers []string
	lines   int64
}

// habit counts the answers in one circumstance. Nearly all have a single one.
type habit struct {
	total int32
	first count
	more  []count
}

type count struct {
	answer uint32
	n      int32
}

// New returns a model that has learned nothing.
func New() *Model {
	return &Model{habits: map[uint64]*habit{}, ids: map[string]uint32{}}
}

// Lines is how many lines the model knows.
func (m *Model) Lines() int64 { return m.lines }

// Learn takes in how one line was coded.
func (m *Model) Learn(f Fact, answer string) {
	id := m.id(answer)
	var room [room]habitOf
	for _, k := range f.habits(room[:]) {
		h := m.habits[k.key]
		if h == nil {
			h = &habit{first: count{answer: id}}
			m.habits[k.key] = h
		}
		h.add(id, 1)
	}
	m.lines++
}

func (m *Model) id(answer string) uint32 {
	id, ok := m.ids[answer]
	if !ok {
		id = uint32(len(m.answers))
		m.ids[answer] = id
		m.answers = append(m.answers, answer)
	}
	return id
}

// Forget takes out what Learn took in, and does nothing to what was not learned.
func (m *Model) Forget(f Fact, answer string) {
	id, ok := m.ids[answer]
	if !ok {
		return
	}
	var room [room]habitOf
	keys := f.habits(room[:])
	for _, k := range keys {
		if h := m.habits[k.key]; h == nil || h.of(id) == 0 {
			return
		}
	}
	for _, k := range keys {
		h := m.habits[k.key]
		if h.add(id, -1); h.total == 0 {
			delete(m.habits, k.key)
		}
	}
	m.lines--
}

// room is for the habits of one fact without growing.
const room = circumstances + 3*wordsMost

func (h *habit) add(answer uint32, n int32) {
	h.total += n
	if h.first.answer == answer {
		h.first.n += n
		return
	}
	for i := range h.more {
		if h.more[i].answer == answer {
			h.more[i].n += n
			return
		}
	}
	h.more = append(h.more, count{answer, n})
}

func (h *habit) of(answer uint32) int32 {
	if h.first.answer == answer {
		return h.first.n
	}
	for _, c := range h.more {
		if c.answer == answer {
			return c.n
		}
	}
	return 0
}

func (h *habit) most() int32 {
	most := h.first.n
	for _, c := range h.more {
		most = max(most, c.n)
	}
	return most
}

// Ground is the circumstance that spoke most for a suggestion.
type Ground struct {
	Supplier, Client, Amount, About, Size, Place, Name, Text, Reference bool
}

// Suggestion is an answer, how sure it is and what it rests on most.
type Suggestion struct {
	Answer     string
	Confidence int64 // of 1,000: its part of what all habits say, less when few cases stand behind it
	Ground     Ground
	Like, Of   int64 // of so many lines like this one, so many were coded so
}

// Suggest returns at most n answers, the best first; none when nothing that is
// known speaks of the line.
func (m *Model) Suggest(f Fact, n int) []Suggestion {
	return m.SuggestAmong(f, n, func(string) bool { return true })
}

// SuggestAmong is Suggest where some answers are out of the question: what is
// said for those counts for nothing.
func (m *Model) SuggestAmong(f Fact, n int, allowed func(answer string) bool) []Suggestion {
	var room [room]habitOf
	type said struct {
		score, best int64
		habit       *habit
		what        int
		out         bool
	}
	by := map[uint32]*said{}
	var all int64
	for _, k := range f.habits(room[:]) {
		h := m.habits[k.key]
		if h == nil {
			continue
		}
		say := func(c count) {
			if c.n == 0 {
				return
			}
			s := by[c.answer]
			if s == nil {
				s = &said{out: !allowed(m.answers[c.answer])}
				by[c.answer] = s
			}
			if s.out {
				return
			}
			score := h.weight(k.what) * int64(c.n) * 4 / (int64(h.total)*4 + 1)
			s.score += score
			all += score
			// People believe a habit of many cases before one of few.
			if tells := score * log2(int64(h.total)+1); tells > s.best {
				s.best, s.habit, s.what = tells, h, k.what
			}
		}
		say(h.first)
		for _, c := range h.more {
			say(c)
		}
	}
	out := make([]Suggestion, 0, len(by))
	for id, s := range by {
		if s.score == 0 {
			continue
		}
		// Few cases are not sure, however much they agree: one is two in three.
		of := int64(s.habit.total)
		sure := s.score * 1000 / max(all, 1) * 2 * of / (2*of + 1)
		out = append(out, Suggestion{m.answers[id], sure, table[s.what].shown, int64(s.habit.of(id)), of})
	}
	slices.SortFunc(out, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(by[m.ids[b.Answer]].score, by[m.ids[a.Answer]].score), cmp.Compare(a.Answer, b.Answer))
	})
	return out[:min(n, len(out))]
}

// weight is how much the habit says in all: more with more cases, up to some
// four, and more the more they agree.
func (h *habit) weight(what int) int64 {
	const enough = 38 // 2.4 doublings, in sixteenths
	cases := min(log2(int64(h.total)+1), enough)
	agree := int64(h.most()) << 10 / int64(h.total)
	// agree^1.5, in 1,024ths.
	return table[what].weight * 1024 * cases / enough * (agree * root(agree<<10) >> 10) >> 10
}

// log2 is the logarithm in sixteenths.
func log2(n int64) int64 {
	l := int64(bits.Len64(uint64(n))) - 1
	rest := n<<10>>l - 1024 // of the last doubling, in 1,024ths
	return l<<4 + rest>>6
}

// root is the whole part of the square root.
func root(n int64) int64 {
	if n < 2 {
		return n
	}
	x := int64(1) << ((bits.Len64(uint64(n)) + 1) / 2)
	for {
		y := (x + n/x) / 2
		if y >= x {
			return x
		}
		x = y
	}
}

// Habit is one answer of one habit as a table keeps it. The answer "" counts all
// answers of the habit.
type Habit struct {
	Habit  int64
	Answer string
	Lines  int64
}

// Keys are the habits that a fact belongs to.
func (f Fact) Keys() []int64 {
	var room [room]habitOf
	var keys []int64
	for _, h := range f.habits(room[:]) {
		keys = append(keys, int64(h.key))
	}
	return keys
}

// KeysMost is how many habits a fact can belong to.
const KeysMost = room

// Recall makes a model of what a table keeps of some habits. It suggests as the
// whole model would, for facts that belong to no other habits.
func Recall(rows []Habit) *Model {
	m := New()
	for _, r := range rows {
		h := m.habits[uint64(r.Habit)]
		if h == nil {
			h = &habit{}
			m.habits[uint64(r.Habit)] = h
		}
		if r.Answer == "" {
			h.total = int32(r.Lines)
			continue
		}
		c := count{m.id(r.Answer), int32(r.Lines)}
		if h.first.n == 0 {
			h.first = c
			continue
		}
		h.more = append(h.more, c)
	}
	for k, h := range m.habits {
		if h.total <= 0 {
			delete(m.habits, k)
		}
	}
	return m
}
