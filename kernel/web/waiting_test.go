package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/role"
)

var counts = regexp.MustCompile(`href="([^"]*)"[^>]*>[^<]*<span class="count">([^<]*)<span class="vh">([^<]*)</span>`)

var listed = regexp.MustCompile(`<tr[^>]* data-row`)

func TestTheMenuTellsWhatWaits(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("maja Ek", role.Assignment{Role: "worker", Client: 1})
		w.person("lars Ek", role.Assignment{Role: "reader", Client: 1})
		all := w.tasks(1, 3)
		w.tasks(2, 5)
		maja := w.as("maja")
		tells := func(want string) {
			t.Helper()
			got := ""
			if m := counts.FindStringSubmatch(maja.get("/konto").want(t, http.StatusOK).body); m != nil {
				got = strings.Join(strings.Fields(m[2]+" "+m[3]), " ")
			}
			if got != want+" väntar på dig" {
				t.Errorf("the menu says %q, want %q", got, want)
			}
		}
		tells("3")
		if r := w.as("lars").get("/konto").want(t, http.StatusOK); strings.Contains(r.body, "väntar på dig") {
			t.Error("something waits for one who can only read")
		}
		w.tasks(1, 1)
		tells("3") // by somebody else, within the seconds
		w.clock.Pass(waitingFor)
		tells("4")
		link := counts.FindStringSubmatch(maja.get("/konto").body)[1]
		if rows := len(listed.FindAllString(maja.get(link).want(t, http.StatusOK).body, -1)); rows != 4 {
			t.Errorf("the menu says 4, and %s has %d rows", link, rows)
		}
		maja.post("/r/test.task/"+all[0].ID.String()+"/finish", url.Values{"note": {"x"}, "version": {"1"}}).want(t, http.StatusSeeOther)
		tells("3") // what one does oneself is seen at once
		w.tasks(1, waitingMost)
		w.clock.Pass(time.Minute)
		tells("1 000+")
	})
}
