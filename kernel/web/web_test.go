package web

import (
	"context"
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/op"
	"kontor/kernel/role"
)

func TestStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		newWorld(t, d)
		if err := d.Check(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

func (r reply) want(t testing.TB, status int, parts ...string) reply {
	t.Helper()
	if r.status != status {
		t.Errorf("status %d, want %d: %.300s", r.status, status, r.body)
	}
	for _, p := range parts {
		if !strings.Contains(r.body, p) {
			t.Errorf("%q is not in\n%.2500s", p, r.body)
		}
	}
	return r
}

func TestWhoeverIsNotSignedInSeesOnlyTheWayIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		b := w.browser()
		for _, path := range []string{"/", "/l/test.tasks", "/l/test.tasks.csv", "/f/task.title/0123456789ABC", "/r/test.task", "/sok?q=a", "/konto", "/nothing", "/personer/x", "/roller", "/d/test.task/x"} {
			if r := b.get(path); r.status != http.StatusSeeOther || !strings.HasPrefix(r.h.Get("Location"), "/login") {
				t.Errorf("%s: %d %s", path, r.status, r.h.Get("Location"))
			}
		}
		for _, path := range []string{"/api/openapi.json", "/api/v1/lists/test.tasks", "/api/v1/me"} {
			if r := b.get(path).want(t, http.StatusUnauthorized, "LOG-003"); !strings.HasPrefix(r.h.Get("Content-Type"), "application/problem+json") {
				t.Errorf("%s: %v", path, r.h)
			}
		}
		b.get("/login").want(t, http.StatusOK, "Logga in i Kontor")
		b.get("/healthz").want(t, http.StatusOK, "ok")
		b.get("/readyz").want(t, http.StatusOK, "ok")
		if r := b.get("/l/test.tasks?q=x"); r.h.Get("Location") != "/login?return=%2Fl%2Ftest.tasks%3Fq%3Dx" {
			t.Errorf("the way back is lost: %s", r.h.Get("Location"))
		}
	})
}

func TestSigningInAndOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("maja Ek", role.Assignment{Role: "worker", Client: 1})
		b := w.browser()
		b.post("/login", map[string][]string{"user": {"maja"}, "password": {"fel"}}).want(t, http.StatusUnauthorized, "stämmer inte", `value="maja"`)
		r := b.post("/login", map[string][]string{"user": {"Maja"}, "password": {goodPassword}, "return": {"https://elak.example/"}})
		if r.status != http.StatusSeeOther || r.h.Get("Location") != "/" {
			t.Errorf("%d to %s", r.status, r.h.Get("Location"))
		}
		c := r.h.Get("Set-Cookie")
		if !strings.HasPrefix(c, "kontor=") || !strings.Contains(c, "HttpOnly") || !strings.Contains(c, "SameSite=Lax") || strings.Contains(c, "Domain") {
			t.Errorf("cookie %s", c)
		}
		b.get("/").want(t, http.StatusOK, "Min dag", "Första kortet", "maja Ek")
		b.get("/konto").want(t, http.StatusOK, "Handläggare", "Där du är inloggad")
		b.post("/logout", nil).want(t, http.StatusSeeOther)
		b.get("/konto").want(t, http.StatusSeeOther)
	})
}

func TestASecureServerMarksItsCookies(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.s.opt.Secure = true
	w.person("maja Ek")
	b := w.browser()
	r := b.post("/login", map[string][]string{"user": {"maja"}, "password": {goodPassword}})
	c := r.h.Get("Set-Cookie")
	if !strings.HasPrefix(c, "__Host-kontor=") || !strings.Contains(c, "; Secure") || !strings.Contains(c, "Path=/;") {
		t.Errorf("cookie %s", c)
	}
	if r.h.Get("Strict-Transport-Security") == "" {
		t.Error("no HSTS")
	}
}

func TestHeaders(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.person("maja Ek", role.Assignment{Role: "worker"})
	b := w.as("maja")
	for _, path := range []string{"/", "/login", "/l/test.tasks", "/nothing", "/api/v1/me", "/panic"} {
		h := b.get(path).h
		if csp := h.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X-Request-Id") == "" || !strings.HasPrefix(h.Get("Server-Timing"), "app;dur=") || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", path, h)
		}
	}
	for _, path := range []string{"/", "/l/test.tasks", "/konto", "/roller", "/login"} {
		body := b.get(path).body
		for _, bad := range []string{" style=", "<style", " onclick=", "javascript:", "http://", "https://"} {
			if strings.Contains(strings.ReplaceAll(body, "http://www.w3.org", ""), bad) {
				t.Errorf("%s holds %q", path, bad)
			}
		}
	}
}

func TestAnotherSiteCannotAskForChanges(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.person("maja Ek", role.Assignment{Role: "worker"})
	b := w.as("maja")
	b.h["Sec-Fetch-Site"] = "cross-site"
	b.post("/echo", map[string][]string{"say": {"hej"}}).want(t, http.StatusForbidden, "WEB-001")
	b.get("/l/test.tasks").want(t, http.StatusOK)
	delete(b.h, "Sec-Fetch-Site")
	b.h["Origin"] = "https://elak.example"
	b.post("/login", map[string][]string{"user": {"maja"}, "password": {goodPassword}}).want(t, http.StatusForbidden, "WEB-001")
	b.h["Origin"] = w.url
	b.post("/echo", map[string][]string{"say": {"hej"}}).want(t, http.StatusSeeOther)
}

func TestFaultsArePages(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.person("maja Ek", role.Assignment{Role: "worker"})
	b := w.as("maja")
	b.get("/nothing").want(t, http.StatusNotFound, "Sidan finns inte", "WEB-002", "maja Ek")
	b.get("/l/role.persons").want(t, http.StatusForbidden, "SYS-003")
	for _, path := range []string{"/panic", "/broken"} {
		r := b.get(path).want(t, http.StatusInternalServerError, "SYS-001", "Något gick fel hos oss")
		if strings.Contains(r.body, "secret detail") || strings.Contains(r.body, "EOF") {
			t.Errorf("%s tells the cause", path)
		}
	}
	if !strings.Contains(w.log.String(), "secret detail") {
		t.Error("the cause of a panic is not in the log")
	}
	b.get("/l/test.tasks?sort=title").want(t, http.StatusUnprocessableEntity, "LIS-001")
	b.get("/l/test.tasks?after=%00").want(t, http.StatusUnprocessableEntity, "LIS-003")
}

func TestTheLogHoldsNothingAboutPeople(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.person("maja Ek", role.Assignment{Role: "worker"})
	b := w.as("maja")
	b.get("/l/test.tasks?q=hemligt-namn").want(t, http.StatusOK)
	b.get("/sok?q=hemligt-namn").want(t, http.StatusOK)
	b.post("/login", map[string][]string{"user": {"hemligt-namn"}, "password": {"hemligt-namn"}})
	for _, bad := range []string{"hemligt-namn", "maja", "127.0.0.1"} {
		if strings.Contains(w.log.String(), bad) {
			t.Errorf("%q is in the log", bad)
		}
	}
	if !strings.Contains(w.log.String(), `pattern="GET /l/{list}"`) {
		t.Error("what was asked for is not in the log")
	}
}

// What belongs to another client is not found through any door.
func TestAnotherClientsRecordIsNotFound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("maja Ek", role.Assignment{Role: "worker", Client: 1})
		theirs := w.tasks(2, 1, func(_ int, t *task) { t.Title = "Hemlig uppgift" })[0]
		secret := w.tasks(1, 1, func(_ int, t *task) { t.Title, t.Secrecy = "Hemlig uppgift", op.Secret })[0]
		b := w.as("maja")
		for _, x := range []*task{theirs, secret} {
			key := x.ID.String()
			for _, path := range []string{"/task/" + key, "/f/task.title/" + key, "/d/test.task/" + key, "/r/test.task/" + key + "/finish"} {
				b.get(path).want(t, http.StatusNotFound, "FLO-003")
			}
			b.post("/r/test.task/"+key+"/finish", map[string][]string{"note": {"x"}}).want(t, http.StatusNotFound, "FLO-003")
			b.post("/f/task.title/"+key, map[string][]string{"title": {"x"}, "amount": {"1"}, "version": {"1"}}).want(t, http.StatusNotFound)
			b.get("/api/v1/records/test.task/"+key).want(t, http.StatusNotFound, "FLO-003")
			b.send("/api/v1/records/test.task/"+key+"/steps/finish", `{"version":1,"values":{"note":"x"}}`).want(t, http.StatusNotFound)
			b.post("/l/test.tasks/bulk", map[string][]string{"step": {"finish"}, "finish.note": {"x"}, "row": {key + "@1"}}).want(t, http.StatusOK, "0 klara, 1 gick inte")
		}
		for _, path := range []string{"/l/test.tasks?view=all", "/l/test.tasks?view=all&client=2", "/sok?q=hemlig", "/l/test.tasks.csv?view=all", "/l/test.tasks.json?view=all", "/api/v1/lists/test.tasks"} {
			if r := b.get(path).want(t, http.StatusOK); strings.Contains(r.body, "Hemlig uppgift") {
				t.Errorf("%s shows it", path)
			}
		}
	})
}

func TestOpeningASecretRecordIsNoted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		p := w.person("maja Ek", role.Assignment{Role: "worker"})
		dbtest.Do(t, w.door, dbtest.Actor("Chef"), func(o *op.Op) error { p.Clearance = op.Secret; return role.Save(o, &p) })
		x := w.tasks(1, 1, func(_ int, t *task) { t.Secrecy = op.Secret })[0]
		w.as("maja").get("/task/"+x.ID.String()).want(t, http.StatusOK)
		dbtest.Do(t, w.door, dbtest.Actor("Test"), func(o *op.Op) error {
			n, err := readings.One(o, x.ID, p.ID)
			if n != 1 {
				t.Errorf("%d readings", n)
			}
			return err
		})
	})
}

var readings = db.Select[int64](`SELECT count(*) FROM read_log WHERE record = $1 AND actor = $2`)

func TestAListIsPagedThereAndBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("maja Ek", role.Assignment{Role: "reader"})
		w.tasks(1, 60)
		w.tasks(2, 60)
		b := w.as("maja")
		first := b.get("/l/test.tasks").want(t, http.StatusOK, "Rad 1–50 av 120, sorterat efter klar senast", "<b>", "uppgifter", "Visa äldre")
		if strings.Contains(first.body, "Visa nyare") || strings.Contains(first.body, "data-bulk") {
			t.Error("the first page leads backwards, or a reader may take steps")
		}
		second := b.get(link(t, first.body, `rel="next"`)).want(t, http.StatusOK, "Rad 51–100 av 120", "Visa nyare", "Visa äldre")
		third := b.get(link(t, second.body, `rel="next"`)).want(t, http.StatusOK, "Rad 101–120 av 120")
		if strings.Contains(third.body, "Visa äldre") {
			t.Error("the last page leads on")
		}
		back := b.get(link(t, third.body, `rel="prev"`)).want(t, http.StatusOK, "Rad 51–100 av 120")
		if rowsOf(back.body) != rowsOf(second.body) {
			t.Error("the page back is not the page that was left")
		}
		if again := b.get(link(t, back.body, `rel="prev"`)).want(t, http.StatusOK, "Rad 1–50"); rowsOf(again.body) != rowsOf(first.body) {
			t.Error("the first page is not the first page again")
		}
	})
}

// link is the address of the link that holds a mark.
func link(t testing.TB, body, mark string) string {
	t.Helper()
	i := strings.Index(body, mark)
	if i < 0 {
		t.Fatalf("no link with %s", mark)
	}
	start := strings.LastIndex(body[:i], `href="`) + len(`href="`)
	return strings.ReplaceAll(body[start:start+strings.Index(body[start:], `"`)], "&amp;", "&")
}

func rowsOf(body string) string {
	_, rows, _ := strings.Cut(body, "<tbody>")
	rows, _, _ = strings.Cut(rows, "</tbody>")
	return rows
}

func TestAListIsFilteredSortedAndSearched(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("maja Ek", role.Assignment{Role: "worker"})
		w.tasks(1, 3, func(i int, x *task) {
			if i == 2 {
				x.State, x.Title = "done", "<script>alert(1)</script>"
			}
		})
		b := w.as("maja")
		b.get("/l/test.tasks").want(t, http.StatusOK, "Rad 1–2 av 2", "Enligt vyn", "20,01", "dag 1 av 5", "data-bulk", `value="finish"`)
		b.get("/l/test.tasks?state=*").want(t, http.StatusOK, "Rad 1–3 av 3", "&lt;script&gt;alert(1)", "Rensa filter")
		b.get("/l/test.tasks?state=done").want(t, http.StatusOK, "Rad 1–1 av 1")
		b.get("/l/test.tasks?view=all&sort=-keep").want(t, http.StatusOK, `aria-sort="descending"`)
		b.get("/l/test.tasks?view=all&q=UPPGIFT+001").want(t, http.StatusOK, "Rad 1–1 av 1")
		b.get("/l/test.tasks?view=all&q=finns-inte").want(t, http.StatusOK, "Inget passar det du söker")
		if r := b.get("/l/test.tasks?view=all"); strings.Contains(r.body, "<script>alert") {
			t.Error("a title is not escaped")
		}
		b.h["HX-Request"], b.h["HX-Target"] = "true", "list-body"
		if r := b.get("/l/test.tasks?q=uppgift").want(t, http.StatusOK, `id="list-body"`); strings.Contains(r.body, "<html") {
			t.Error("a part of the page came as a whole page")
		}
	})
}

func TestSavedViews(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("maja Ek", role.Assignment{Role: "worker"})
		w.person("bo Alm", role.Assignment{Role: "worker"})
		m, b := w.as("maja"), w.as("bo")
		m.post("/l/test.tasks/vyer", map[string][]string{"name": {"Mina stora"}, "query": {"view=all&sort=-keep&elak=1"}}).want(t, http.StatusSeeOther)
		r := m.get("/l/test.tasks").want(t, http.StatusOK, "Mina stora", "sort=-keep")
		if strings.Contains(r.body, "elak") {
			t.Error("a parameter that nobody knows was kept")
		}
		if r := b.get("/l/test.tasks"); strings.Contains(r.body, "Mina stora") {
			t.Error("a view of one's own is seen by others")
		}
		_, key, _ := strings.Cut(link(t, r.body, "Mina stora"), "vy=")
		key = key[:13]
		b.post("/l/test.tasks/vyer/"+key, map[string][]string{"do": {"share"}}).want(t, http.StatusNotFound, "WEB-006")
		m.post("/l/test.tasks/vyer/"+key, map[string][]string{"do": {"share"}}).want(t, http.StatusSeeOther)
		b.get("/l/test.tasks").want(t, http.StatusOK, "Mina stora")
		m.post("/l/test.tasks/vyer/"+key, map[string][]string{"do": {"delete"}}).want(t, http.StatusSeeOther)
		if r := m.get("/l/test.tasks"); strings.Contains(r.body, "Mina stora") {
			t.Error("the view is still there")
		}
		m.post("/l/test.tasks/vyer", map[string][]string{"name": {" "}}).want(t, http.StatusUnprocessableEntity, "WEB-005")
	})
}

func TestExports(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("maja Ek", role.Assignment{Role: "reader", Client: 1})
		w.tasks(1, 700, func(i int, x *task) {
			if i == 0 {
				x.Title = `=HYPERLINK("http://elak.example")`
			}
			x.Amount = -123456
		})
		b := w.as("maja")
		r := b.get("/l/test.tasks.csv").want(t, http.StatusOK)
		if !strings.Contains(r.h.Get("Content-Disposition"), "attachment") || !strings.HasPrefix(r.body, "\ufeff") {
			t.Errorf("%v", r.h)
		}
		reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(r.body, "\ufeff")))
		reader.Comma = ';'
		rows, err := reader.ReadAll()
		if err != nil || len(rows) != 701 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		formula := false
		for _, row := range rows[1:] {
			formula = formula || strings.HasPrefix(row[0], "'=HYPERLINK")
			if strings.HasPrefix(row[0], "=") {
				t.Errorf("a formula: %s", row[0])
			}
			if row[2] != "-1234,56" {
				t.Fatalf("amount %q", row[2])
			}
		}
		if !formula {
			t.Error("the dangerous title is missing")
		}
		b.get("/l/test.tasks.json").want(t, http.StatusOK, `"amount":"-1234.56"`, `"state":"open"`)
		x := b.get("/l/test.tasks.xlsx").want(t, http.StatusOK)
		sheet(t, x.body)
		b.get("/l/test.tasks.pdf").want(t, http.StatusNotFound)
		b.get("/l/role.persons.csv").want(t, http.StatusForbidden)
		if r := b.get("/l/test.tasks.csv?sort=title").want(t, http.StatusUnprocessableEntity, "LIS-001"); r.h.Get("Content-Disposition") != "" {
			t.Error("a refusal is saved as a file")
		}
	})
}
