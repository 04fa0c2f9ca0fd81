package web

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"

	"kontor/kernel/op"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

const (
	presentFor   = 60 * time.Second // after which somebody is no longer counted as being on a page
	presenceMost = 10_000           // records remembered before the old are let go
)

// presence remembers who has which record before them, in the memory of this
// process: it is a courtesy between people at work, and nothing rests on it.
type presence struct {
	mu   sync.Mutex
	seen map[recordRef]map[op.PersonID]sight
}

type recordRef struct{ kind, key string }

type sight struct {
	name string
	at   time.Time
}

func newPresence() *presence { return &presence{seen: map[recordRef]map[op.PersonID]sight{}} }

// note says that somebody has the record before them and returns the names of
// the others, in order. A person who comes by the page itself may see it; one
// who only asks again must have come so within the hour.
func (p *presence) note(ref recordRef, who op.PersonID, name string, now time.Time, came bool) (others []string, known bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	last, ok := p.seen[ref][who]
	if !came && (!ok || now.Sub(last.at) > time.Hour) {
		return nil, false
	}
	if len(p.seen) >= presenceMost && p.seen[ref] == nil {
		p.letGo(now)
	}
	if p.seen[ref] == nil {
		p.seen[ref] = map[op.PersonID]sight{}
	}
	p.seen[ref][who] = sight{name, now}
	for id, s := range p.seen[ref] {
		if id != who && now.Sub(s.at) < presentFor {
			others = append(others, s.name)
		}
	}
	slices.Sort(others)
	return others, true
}

// letGo forgets the records that nobody has before them; all of them when that
// is not enough.
func (p *presence) letGo(now time.Time) {
	for ref, all := range p.seen {
		here := false
		for _, s := range all {
			here = here || now.Sub(s.at) < presentFor
		}
		if !here {
			delete(p.seen, ref)
		}
	}
	if len(p.seen) >= presenceMost {
		clear(p.seen)
	}
}

// present is who else has the record of a page before them; nil for a page that
// shows no record.
func (v *visit) present(pattern string) templ.Component {
	kind, ok := v.s.pageOf[pattern]
	if !ok || v.r.Method != http.MethodGet {
		return nil
	}
	ref := recordRef{kind, v.r.PathValue("id")}
	others, _ := v.s.here.note(ref, v.who.actor.ID, v.who.actor.Name, v.s.door.Now(), true)
	return ui.Presence(presenceView(v.ctx(), ref, others))
}

// stillHere answers a page that asks who else is there now.
func stillHere(v *visit) error {
	ref := recordRef{v.r.PathValue("kind"), v.r.PathValue("key")}
	others, known := v.s.here.note(ref, v.who.actor.ID, v.who.actor.Name, v.s.door.Now(), false)
	if !known {
		return errNoPage.Because("%s has not opened %s %s", v.who.actor.ID, ref.kind, ref.key)
	}
	return v.render(http.StatusOK, ui.Presence(presenceView(v.ctx(), ref, others)))
}

func presenceView(ctx context.Context, ref recordRef, others []string) ui.PresenceView {
	p := ui.PresenceView{URL: "/nu/" + ref.kind + "/" + ref.key}
	switch n := len(others); {
	case n == 1:
		p.Text = text.F(ctx, "%s läser också den här.", others[0])
	case n > 1:
		p.Text = text.F(ctx, "%s och %s läser också den här.", strings.Join(others[:n-1], ", "), others[n-1])
	}
	return p
}
