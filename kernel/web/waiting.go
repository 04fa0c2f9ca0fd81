package web

import (
	"sync"
	"time"

	"kontor/kernel/list"
	"kontor/kernel/op"
	"kontor/kernel/ui"
)

const (
	waitingFor  = 10 * time.Second // how long what others do may go unseen in the menu
	waitingMost = 1000             // rows counted for one item of the menu
)

// waiting remembers for some seconds how much waits for each person, by the items
// of the menu.
type waiting struct {
	mu    sync.Mutex
	known map[op.PersonID]waitingOf
}

type waitingOf struct {
	items []ui.Waits
	until time.Time
}

func newWaiting() *waiting { return &waiting{known: map[op.PersonID]waitingOf{}} }

// forget makes the next page count again for somebody who has changed something.
func (w *waiting) forget(who op.PersonID) {
	w.mu.Lock()
	delete(w.known, who)
	w.mu.Unlock()
}

func (w *waiting) get(who op.PersonID, now time.Time) ([]ui.Waits, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	x, ok := w.known[who]
	return x.items, ok && now.Before(x.until)
}

func (w *waiting) put(who op.PersonID, items []ui.Waits, until time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.known) > 10_000 {
		clear(w.known)
	}
	w.known[who] = waitingOf{items, until}
}

// waiting is how much waits for the reader, by the items of the menu. A menu
// without numbers is better than no page: what goes wrong is noted and no more.
func (v *visit) waiting() []ui.Waits {
	who, now := v.who.actor.ID, v.s.door.Now()
	if items, ok := v.s.waits.get(who, now); ok {
		return items
	}
	items := make([]ui.Waits, len(v.s.menu))
	err := v.s.door.View(v.ctx(), v.who.actor, func(o *op.Op) (err error) {
		for i, m := range v.s.menu {
			if items[i], err = v.s.site.waits(o, m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		v.log().WarnContext(v.ctx(), "the menu is not counted", "cause", err)
		return make([]ui.Waits, len(v.s.menu))
	}
	v.s.waits.put(who, items, now.Add(waitingFor))
	return items
}

func (s *Site) waits(o *op.Op, m Item) (w ui.Waits, err error) {
	for _, x := range m.Waits {
		l := s.list(x.List)
		if o.Need(x.Need) == nil && o.Need(l.Need) == nil {
			w.N, w.More, err = l.Count(o, list.Query{View: x.View, Most: waitingMost})
			if w.N > 0 {
				w.URL = "/l/" + x.List + "?view=" + x.View
			}
			return w, err
		}
	}
	return w, nil
}
