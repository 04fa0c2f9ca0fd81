package web

import (
	"net/url"
	"strings"

	"kontor/kernel/db"
	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/op"
)

// savedView is a list as somebody likes to see it.
type savedView struct {
	ID     id.ID[savedView]
	Owner  op.PersonID
	List   string
	Name   string
	Query  string
	Shared bool
}

var (
	savedViews = db.Select[savedView](`
		SELECT id, owner, list, name, query, shared
		FROM   list_view
		WHERE  list = $1 AND (owner = $2 OR shared)
		ORDER  BY id`)

	putView = db.Insert[savedView]("list_view", `
		ON CONFLICT (owner, list, name) DO UPDATE SET query = excluded.query`)

	shareView = db.Change(`UPDATE list_view SET shared = $3 WHERE id = $1 AND owner = $2`)
	dropView  = db.Change(`DELETE FROM list_view WHERE id = $1 AND owner = $2`)
)

var (
	errViewName = fault.New(fault.Invalid, "WEB-005", "Ge vyn ett namn med högst 60 tecken.")
	errNoView   = fault.New(fault.NotFound, "WEB-006", "Vyn finns inte, eller så är den någon annans.")
)

// saveView keeps the list as it is now under a name. A view is an address and
// no right: whoever opens a shared one sees what they may see themselves.
func saveView(v *visit) error {
	s, raw, err := v.listAndForm()
	if err != nil {
		return err
	}
	name := strings.TrimSpace(raw["name"])
	if name == "" || len([]rune(name)) > 60 {
		return errViewName.Because("%d letters", len([]rune(name)))
	}
	given, err := url.ParseQuery(strings.TrimPrefix(raw["query"], "?"))
	if err != nil {
		return errBody.Because("%w", err)
	}
	a := ask(s, given)
	a.Saved = ""
	w := savedView{Owner: v.who.actor.ID, List: s.Name, Name: name, Query: a.values().Encode(), Shared: raw["shared"] == "true"}
	err = v.change(func(o *op.Op) error {
		if err := o.Need(s.Need); err != nil {
			return err
		}
		w.ID = id.New[savedView](o)
		_, err := putView.Add(o, w)
		return err
	})
	if err != nil {
		return err
	}
	v.see(listURL(s, a.values()), "Vyn är sparad.")
	return nil
}

// changeView shares one of the actor's own views, or removes it.
func changeView(v *visit) error {
	s, raw, err := v.listAndForm()
	if err != nil {
		return err
	}
	key, err := id.Parse[savedView](v.r.PathValue("view"))
	if err != nil {
		return errNoView.Because("%w", err)
	}
	done := "Vyn är borttagen."
	err = v.change(func(o *op.Op) error {
		var n int64
		var err error
		switch raw["do"] {
		case "share", "unshare":
			done = "Vyn är ändrad."
			n, err = shareView.Do(o, key, o.Actor.ID, raw["do"] == "share")
		default:
			n, err = dropView.Do(o, key, o.Actor.ID)
		}
		if err == nil && n == 0 {
			err = errNoView.Because("view %s", key)
		}
		return err
	})
	if err != nil {
		return err
	}
	v.see(listURL(s, nil), done)
	return nil
}

func (v *visit) listAndForm() (*list.Spec, map[string]string, error) {
	s := v.s.site.list(v.r.PathValue("list"))
	if s == nil {
		return nil, nil, errNoPage.Because("no list %q", v.r.PathValue("list"))
	}
	raw, err := v.posted()
	return s, raw, err
}
