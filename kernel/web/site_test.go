package web

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/form"
	"kontor/kernel/id"
	"kontor/kernel/list"
	"kontor/kernel/login"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
	"kontor/kernel/ui"
	"kontor/kernel/workday"
)

// The site of the tests has one kind of record, a task, in a table that only
// the tests know.
type task struct {
	flow.Head[task]
	Title  string
	Folded string
	Amount money.Amount
}

const taskTable = `
CREATE TABLE web_task (
	client BIGINT NOT NULL, id BIGINT NOT NULL, state TEXT NOT NULL, version BIGINT NOT NULL, arrived TIMESTAMP NOT NULL,
	agreement BIGINT NOT NULL, promised BIGINT NOT NULL, keep_by DATE NOT NULL, unit BIGINT NOT NULL, handler BIGINT NOT NULL,
	secrecy BIGINT NOT NULL, title TEXT NOT NULL, folded TEXT NOT NULL, amount BIGINT NOT NULL, PRIMARY KEY (client, id));
CREATE INDEX web_task_keep ON web_task (client, keep_by, id);
CREATE INDEX web_task_state ON web_task (client, state, keep_by, id);
CREATE INDEX web_task_folded ON web_task (client, folded, id);
CREATE INDEX web_task_id ON web_task (id);`

var errEmptyTask = fault.New(fault.Conflict, "TST-001", "Uppgiften saknar belopp. Fyll i beloppet först.")

var tasks = flow.In(&flow.Flow[task]{
	Name:   "test.task",
	Labels: []flow.StateLabel{{State: "open", Word: "Öppen", Kind: "near"}, {State: "done", Word: "Klar", Kind: "ok"}},
	Start:  []flow.State{"open"}, Ends: []flow.State{"done"},
	Steps: []flow.Step[task]{
		{Name: "finish", Label: "Slutför", Done: "Slutförde uppgiften.", Key: "S", From: []flow.State{"open"}, To: "done", Need: "task.finish", WhoMay: "Handläggaren",
			Input: []form.Field{{Key: "note", Label: "Anteckning", Required: true}},
			Guard: func(_ op.Who, t task) error {
				if t.Amount == 0 {
					return errEmptyTask
				}
				return nil
			}},
		{Name: "mail", Label: "Skicka brev", Done: "Skickade brevet.", From: []flow.State{"open"}, To: "done", Need: "task.finish", WhoMay: "Handläggaren",
			Hold: 20 * time.Second, Held: "Brevet går till kunden"},
		{Name: "reopen", Label: "Öppna igen", Done: "Öppnade uppgiften igen.", From: []flow.State{"done"}, To: "open", Need: "task.finish", WhoMay: "Handläggaren"},
	},
}, "web_task")

// bind gives the table what the site knows; a package variable cannot refer to
// a module's calendar before the module is there.
func bind() { tasks.Read, tasks.Calendar = "task.read", workday.Bank }

var taskList = &list.Spec{
	Name: "test.tasks", Title: "Uppgifter", Need: "task.read", From: "web_task", Version: "version", Secrecy: "secrecy",
	Columns: []list.Column{
		{Key: "title", Label: "Titel", Expr: "t.title"},
		{Key: "state", Label: "Läge", Kind: list.Status, Expr: "t.state"},
		{Key: "amount", Label: "Belopp", Kind: list.Money, Expr: "t.amount"},
		{Key: "keep", Label: "Klar senast", Kind: list.Promise, Expr: "t.keep_by", Sort: true},
		{Key: "keep.days", Kind: list.Whole, Expr: "t.promised", Hidden: true},
		{Key: "arrived", Label: "Kom", Kind: list.Time, Expr: "t.arrived"},
	},
	Filters: []list.Filter{
		{Key: "state", Label: "Läge", Column: "state", Options: []form.Option{{Value: "open", Label: "Öppen"}, {Value: "done", Label: "Klar"}}},
		{Key: "client", Label: "Kund", Column: "client", Kind: list.Whole},
		{Key: "from", Label: "Från", Column: "keep_by", Match: list.From, Kind: list.Date},
	},
	Search:  []list.Search{{Column: "folded", Fold: strings.ToLower}},
	Views:   []list.View{{Key: "open", Label: "Öppna", Filter: map[string][]string{"state": {"open"}}}, {Key: "all", Label: "Alla"}},
	Totals:  []list.Total{{Label: "kronor", Kind: list.Money, Expr: "t.amount"}},
	Indexes: []list.Index{{"keep_by"}, {"state", "keep_by"}}, Order: "keep",
	States: []form.Option{{Value: "open", Label: "Öppen"}, {Value: "done", Label: "Klar"}}, Shapes: map[string]string{"open": "near", "done": "ok"},
	Open: "/task/{id}", Empty: "Lägg upp en uppgift.", Bulk: []string{"finish", "mail"}, Flow: "test.task", Shown: "uppgifter",
}

// taskForm changes the title of a task.
var taskForm = &form.Spec{
	Name: "task.title", Title: "Ändra titel", Submit: "Spara", Need: "task.finish",
	Fields: []form.Field{{Key: "title", Label: "Titel", Required: true, Max: 40}, {Key: "amount", Label: "Belopp", Kind: form.Money, Required: true}},
	Load: func(o *op.Op, key string) (form.Loaded, error) {
		k, _ := id.Parse[task](key)
		t, err := tasks.Get(o, k)
		return form.Loaded{Version: t.Version, Values: form.Values{"title": t.Title, "amount": t.Amount.String()}}, err
	},
	Save: func(o *op.Op, key string, version int64, v form.Values) (string, error) {
		k, _ := id.Parse[task](key)
		t, err := tasks.Get(o, k)
		if err != nil {
			return "", err
		}
		if t.Version != version {
			return "", form.ErrConflict.Because("version %d", version)
		}
		t.Title, t.Amount = v.Text("title"), v.Money("amount")
		return "/task/" + key, tasks.Save(o, &t, "title", t.Title)
	},
}

var testMatrix = role.Matrix{
	{Name: "worker", Title: "Handläggare", About: "Slutför uppgifter.", Permissions: []op.Permission{"task.read", "task.finish"}},
	{Name: "reader", Title: "Läsare", About: "Läser.", Permissions: []op.Permission{"task.read"}},
	{Name: "admin", Title: "Systemförvaltare", About: "Ger roller.", Permissions: []op.Permission{role.Read, role.Manage}},
}

func testSite() Site {
	admin := role.Admin{Matrix: testMatrix, Clients: func(o *op.Op) ([]form.Option, error) {
		all, err := clientNames.All(o)
		var out []form.Option
		for _, c := range all {
			out = append(out, form.Option{Value: c.ID.String(), Label: c.Name})
		}
		return out, err
	}}
	return Site{
		Matrix:   testMatrix,
		Labels:   append([]role.Label{{Area: "Uppgifter", Name: "task.read", Text: "Se uppgifter"}, {Area: "Uppgifter", Name: "task.finish", Text: "Slutföra uppgifter"}}, role.Labels()...),
		Calendar: workday.Bank,
		Menu:     []Item{{Label: "Uppgifter", URL: "/l/test.tasks", Need: "task.read", Order: 1, Waits: []Waits{{List: "test.tasks", View: "open", Need: "task.finish"}}}, {Label: "Personer", URL: "/l/role.persons", Need: role.Read, Order: 2}},
		Records:  []Record{{Table: tasks, Title: "Uppgift", URL: "/task/{id}"}},
		Lists:    append([]*list.Spec{taskList}, admin.Lists()...),
		Forms:    append([]*form.Spec{taskForm}, admin.Forms()...),
		Routes: []Route{
			{Pattern: "GET /task/{id}", Need: "task.read", Handle: taskPage},
			{Pattern: "POST /echo", Handle: func(_ *op.Op, r *http.Request) (Answer, error) {
				a := See("/l/test.tasks", "Sa "+r.FormValue("say"))
				a.Undo = r.FormValue("undo")
				return a, nil
			}},
			{Pattern: "POST /upload", Upload: true, Handle: func(_ *op.Op, r *http.Request) (Answer, error) {
				f, _, err := r.FormFile("file")
				if err != nil {
					return Answer{}, err
				}
				b, err := io.ReadAll(f)
				return See("/l/test.tasks", fmt.Sprintf("%d bytes", len(b))), err
			}},
			{Pattern: "GET /file/{kind}", Handle: func(_ *op.Op, r *http.Request) (Answer, error) {
				return map[string]Answer{
					"html": {File: []byte("<script>alert(1)</script>"), Media: "text/html"},
					"svg":  {File: []byte("<svg onload='x'/>"), Media: "image/svg+xml"},
					"pdf":  {File: []byte("%PDF"), Media: "application/pdf", Name: "räkning \"1\"\r\n.pdf"},
				}[r.PathValue("kind")], nil
			}},
			{Pattern: "GET /panic", Handle: func(*op.Op, *http.Request) (Answer, error) { panic("secret detail") }},
			{Pattern: "GET /broken", Handle: func(*op.Op, *http.Request) (Answer, error) { return Answer{}, io.ErrUnexpectedEOF }},
		},
		Cards: []Card{
			{Place: "work", Order: 2, Need: "task.read", Render: func(o *op.Op) (templ.Component, error) {
				return ui.Panel(ui.PanelView{ID: "andra", Heading: "Andra kortet"}), nil
			}},
			{Place: "work", Order: 1, Need: "task.read", Render: func(o *op.Op) (templ.Component, error) {
				return ui.Panel(ui.PanelView{ID: "forsta", Heading: "Första kortet"}), nil
			}},
			{Place: "work", Need: role.Manage, Render: func(o *op.Op) (templ.Component, error) {
				return ui.Panel(ui.PanelView{ID: "dolt", Heading: "Dolt kort"}), nil
			}},
			{Place: "work", Side: true, Render: func(*op.Op) (templ.Component, error) { return nil, nil }},
		},
		Places: []Place{{Name: "work", Title: "Min dag", Roles: []role.Name{"worker", "reader"}}},
	}
}

func taskPage(o *op.Op, r *http.Request) (Answer, error) {
	key, err := id.Parse[task](r.PathValue("id"))
	if err != nil {
		return Answer{}, fault.New(fault.NotFound, "TST-002", "Uppgiften finns inte.")
	}
	t, err := tasks.Get(o, key)
	if err != nil {
		return Answer{}, err
	}
	bar, err := Actions(o, "test.task", key.String(), t.Version, tasks.Buttons(o, t))
	if err != nil {
		return Answer{}, err
	}
	lines, err := tasks.History(o, &t)
	return Answer{Title: t.Title, Actions: bar, Class: "it",
		Body: templ.Join(ui.ItemHead(ui.HeadView{Headline: t.Title}), ui.History("", History(o, lines)))}, err
}

// world is the site on a database, with people who can sign in.
type world struct {
	t     testing.TB
	door  *op.Door
	clock *dbtest.Clock
	s     *Server
	url   string
	log   *strings.Builder
}

const goodPassword = "en lagom lång mening"

func newWorld(t testing.TB, d *db.DB) *world {
	bind()
	door, clock := dbtest.Door(d)
	w := &world{t: t, door: door, clock: clock, log: &strings.Builder{}}
	door.Log = slog.New(slog.NewTextHandler(&locked{w: w.log}, nil))
	text := taskTable
	if d.Engine == db.Postgres {
		text = "RESET ROLE;" + text + "GRANT ALL ON web_task TO " + db.AppRole + "; SET ROLE " + db.AppRole
	}
	if _, err := d.Raw().Exec(text); err != nil {
		t.Fatal(err)
	}
	dbtest.Do(t, door, dbtest.Actor("Test"), func(o *op.Op) error {
		for i, code := range []string{"KULT", "MILJ", "SKOL"} {
			if _, err := addClient.Do(o, int64(i+1), code); err != nil {
				return err
			}
		}
		return nil
	})
	var err error
	if w.s, err = New(door, testSite(), Options{}); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(w.s.Handler())
	t.Cleanup(srv.Close)
	w.url = srv.URL
	return w
}

var addClient = db.Change(`INSERT INTO client (id, version, code, name, kind, org, active) VALUES ($1, 1, $2, $2, 'administration', '', TRUE)`)

type locked struct {
	w  *strings.Builder
	mu chan struct{}
}

func (l *locked) Write(b []byte) (int, error) {
	if l.mu == nil {
		l.mu = make(chan struct{}, 1)
	}
	l.mu <- struct{}{}
	defer func() { <-l.mu }()
	return l.w.Write(b)
}

// person makes somebody who can sign in with the first word of the name.
func (w *world) person(name string, given ...role.Assignment) role.Person {
	hash, err := login.Hash(context.Background(), goodPassword)
	if err != nil {
		w.t.Fatal(err)
	}
	p := role.Person{Name: name, Active: true, Keys: true}
	dbtest.Do(w.t, w.door, dbtest.Actor("Chef"), func(o *op.Op) error {
		p.ID = 0
		if err := role.Add(o, &p); err != nil {
			return err
		}
		for _, a := range given {
			a.Person, a.ValidFrom = p.ID, period.DateOf(o.Now)
			if err := role.Assign(o, testMatrix, &a); err != nil {
				return err
			}
		}
		return login.Put(o, p.ID, strings.Fields(name)[0], hash)
	})
	return p
}

func (w *world) tasks(client op.ClientID, n int, change ...func(int, *task)) []*task {
	var all []*task
	dbtest.Do(w.t, w.door, dbtest.Actor("Chef"), func(o *op.Op) error {
		all = nil
		for i := range n {
			t := &task{Title: fmt.Sprintf("Uppgift %03d", i), Amount: money.Amount(1000 + i)}
			t.Client, t.State, t.Promised = client, "open", 5
			t.Arrived = o.Now.Add(-time.Duration(i) * time.Hour)
			for _, f := range change {
				f(i, t)
			}
			t.Folded = strings.ToLower(t.Title)
			all = append(all, t)
		}
		return tasks.Add(o, "", all...)
	})
	return all
}

// browse is a browser; it follows no redirects by itself.
type browse struct {
	w *world
	c *http.Client
	h map[string]string
}

func (w *world) browser() *browse {
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return &browse{w: w, h: map[string]string{}, c: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// as is a browser in which somebody has signed in.
func (w *world) as(name string) *browse {
	b := w.browser()
	r := b.post("/login", url.Values{"user": {name}, "password": {goodPassword}})
	if r.status != http.StatusSeeOther {
		w.t.Fatalf("signing in as %s: %d %s", name, r.status, r.body)
	}
	return b
}

type reply struct {
	status int
	body   string
	h      http.Header
}

func (b *browse) do(method, path, kind string, body io.Reader) reply {
	b.w.t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, b.w.url+path, body)
	if err != nil {
		b.w.t.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for k, v := range b.h {
		r.Header.Set(k, v)
	}
	res, err := b.c.Do(r)
	if err != nil {
		b.w.t.Fatal(err)
	}
	defer res.Body.Close()
	all, err := io.ReadAll(res.Body)
	if err != nil {
		b.w.t.Fatal(err)
	}
	return reply{res.StatusCode, string(all), res.Header}
}

func (b *browse) get(path string) reply { b.w.t.Helper(); return b.do("GET", path, "", nil) }

func (b *browse) post(path string, v url.Values) reply {
	b.w.t.Helper()
	return b.do("POST", path, "application/x-www-form-urlencoded", strings.NewReader(v.Encode()))
}

func (b *browse) send(path, json string) reply {
	b.w.t.Helper()
	return b.do("POST", path, "application/json", strings.NewReader(json))
}

func newRecorder() *httptest.ResponseRecorder { return httptest.NewRecorder() }

func request(path string) *http.Request { return httptest.NewRequest("GET", path, nil) }
