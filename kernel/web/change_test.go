package web

import (
	"bytes"
	"context"
	"encoding/json"
	"html"
	"math"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"kontor/kernel/db"
	"kontor/kernel/dbtest"
	"kontor/kernel/list"
	"kontor/kernel/money"
	"kontor/kernel/op"
	"kontor/kernel/role"
)

func sheet(t *testing.T, body string) {
	t.Helper()
	book, err := excelize.OpenReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("Sheet1", excelize.Options{RawCellValue: true})
	if err != nil || len(rows) != 701 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if rows[0][0] != "Titel" || rows[5][2] != "-1234.56" {
		t.Errorf("%v\n%v", rows[0], rows[5])
	}
	if kind, err := book.GetCellType("Sheet1", "A2"); err != nil || kind == excelize.CellTypeFormula {
		t.Errorf("type %v, %v", kind, err)
	}
}

// An amount written as a binary number is read back as the same öre.
func TestKronorAreExactInASpreadsheet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.Int64Range(-999_999_999_999_999, 999_999_999_999_999), rapid.Int64Range(-100_000, 100_000)).Draw(t, "ore")
		k, ok := kronor(n).(float64)
		if !ok {
			t.Fatalf("%d is no number", n)
		}
		a, err := money.ParseXML(strconv.FormatFloat(k, 'f', -1, 64))
		if err != nil || int64(a) != n {
			t.Fatalf("%d became %v, %v", n, a, err)
		}
	})
	if _, number := kronor(math.MaxInt64).(float64); number {
		t.Error("an amount that a spreadsheet cannot hold was written as a number")
	}
}

func TestFormsTellEveryErrorAndKeepWhatWasWritten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("maja Ek", role.Assignment{Role: "worker", Client: 1})
		w.person("lars Läs", role.Assignment{Role: "reader", Client: 1})
		x := w.tasks(1, 1)[0]
		at := "/f/task.title/" + x.ID.String()
		b := w.as("maja")
		b.get(at).want(t, http.StatusOK, "Ändra titel", `value="Uppgift 000"`, `value="1"`, `data-draft="task.title/`)
		b.get(at+"?title=F%C3%B6rslag").want(t, http.StatusOK, `value="Förslag"`)
		b.post(at, url.Values{"title": {""}, "amount": {"fem"}, "version": {"1"}}).want(t, http.StatusUnprocessableEntity, "Fyll i titel.", "Skriv ett belopp", `value="fem"`, "2 saker att rätta")
		r := b.post(at, url.Values{"title": {"Ny titel"}, "amount": {"1 250,50"}, "version": {"1"}}).want(t, http.StatusSeeOther)
		if r.h.Get("Location") != "/task/"+x.ID.String() {
			t.Errorf("to %s", r.h.Get("Location"))
		}
		b.get("/task/"+x.ID.String()).want(t, http.StatusOK, "Ny titel", "Sparat.")
		if r := b.get("/task/" + x.ID.String()); strings.Contains(r.body, "Sparat.") {
			t.Error("the message is shown twice")
		}
		b.post(at, url.Values{"title": {"Min titel"}, "amount": {"7"}, "version": {"1"}}).want(t, http.StatusConflict, "maja Ek hann före dig", "Ändringen gjordes 2026-11-25 08.12", "Min titel", "Ny titel", `name="version" value="2"`)
		w.as("lars").get(at).want(t, http.StatusForbidden, "SYS-003")
		b.get("/f/nothing").want(t, http.StatusNotFound)
	})
}

func TestStepsAreTaken(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("maja Ek", role.Assignment{Role: "worker", Client: 1})
		w.person("lars Läs", role.Assignment{Role: "reader", Client: 1})
		x := w.tasks(1, 1)[0]
		key := x.ID.String()
		b := w.as("maja")
		b.get("/task/"+key).want(t, http.StatusOK, "Slutför", "/r/test.task/"+key+"/finish")
		w.as("lars").get("/task/"+key).want(t, http.StatusOK, "Får göras av: Handläggaren.")
		w.as("lars").post("/r/test.task/"+key+"/finish", url.Values{"note": {"x"}}).want(t, http.StatusForbidden)
		b.get("/r/test.task/"+key+"/finish").want(t, http.StatusOK, "Anteckning")
		b.post("/r/test.task/"+key+"/finish", url.Values{"version": {"1"}}).want(t, http.StatusUnprocessableEntity, "Fyll i anteckning.")
		b.post("/r/test.task/"+key+"/finish", url.Values{"version": {"7"}, "note": {"x"}}).want(t, http.StatusConflict, "Någon annan hann före dig", `value="x"`)
		if r := b.post("/r/test.task/"+key+"/finish", url.Values{"version": {"1"}, "note": {"allt klart"}}).want(t, http.StatusSeeOther); r.h.Get("Location") != "/task/"+key {
			t.Errorf("to %s", r.h.Get("Location"))
		}
		b.get("/task/"+key).want(t, http.StatusOK, "Slutförde uppgiften.", "allt klart")
		b.post("/r/test.task/"+key+"/finish", url.Values{"note": {"x"}}).want(t, http.StatusConflict, "FLO-002")
		b.post("/r/test.task/"+key+"/nothing", nil).want(t, http.StatusNotFound)
		b.get("/r/test.task").want(t, http.StatusOK, "Så går det till", "stateDiagram-v2")
		if r := b.get("/d/test.task/" + key); r.h.Get("Location") != "/task/"+key {
			t.Errorf("%d to %s", r.status, r.h.Get("Location"))
		}
	})
}

// Who comes second is told who was first, when and with what, and keeps what was
// written.
func TestAStepOnAnOldVersionSaysWhatHasHappened(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("maja Ek", role.Assignment{Role: "worker", Client: 1})
		w.person("bo Berg", role.Assignment{Role: "worker", Client: 1})
		key := w.tasks(1, 1)[0].ID.String()
		w.as("bo").post("/f/task.title/"+key, url.Values{"title": {"Bos titel"}, "amount": {"7"}, "version": {"1"}}).want(t, http.StatusSeeOther)
		w.as("maja").post("/r/test.task/"+key+"/finish", url.Values{"version": {"1"}, "note": {"mitt ord"}}).want(t, http.StatusConflict,
			"bo Berg hann före dig", "bo Berg: Bos titel", `value="mitt ord"`, `name="version" value="2"`)
		w.as("maja").post("/r/test.task/"+key+"/finish", url.Values{"version": {"2"}, "note": {"mitt ord"}}).want(t, http.StatusSeeOther)
	})
}

func TestTwoPeopleOnOneRecordSeeEachOther(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.person("maja Ek", role.Assignment{Role: "worker", Client: 1})
	w.person("bo Berg", role.Assignment{Role: "worker", Client: 1})
	w.person("lars Läs", role.Assignment{Role: "reader", Client: 2})
	key := w.tasks(1, 1)[0].ID.String()
	page, now := "/task/"+key, "/nu/test.task/"+key
	alone := func(who, at string) {
		t.Helper()
		if r := w.as(who).get(at).want(t, http.StatusOK); strings.Contains(r.body, "läser också") {
			t.Errorf("%s sees somebody else", who)
		}
	}
	alone("maja", page)
	alone("maja", now)
	w.as("bo").get(page).want(t, http.StatusOK, "maja Ek läser också den här.", `hx-get="`+now+`"`)
	w.as("maja").get(now).want(t, http.StatusOK, "bo Berg läser också den här.")
	w.as("lars").get(page).want(t, http.StatusNotFound)
	w.as("lars").get(now).want(t, http.StatusNotFound) // may not see the record, so not who reads it
	w.clock.Pass(50 * time.Second)
	w.as("bo").get(now).want(t, http.StatusOK, "maja Ek läser också")
	w.clock.Pass(59 * time.Second)
	alone("bo", now)
	w.as("maja").get(now).want(t, http.StatusOK, "bo Berg läser också")
}

// A letter is called off while nobody has been told: from the message after the
// step, from the page of the record, and not once it has gone.
func TestALetterIsCalledOff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("maja Ek", role.Assignment{Role: "worker", Client: 1})
		w.person("lars Läs", role.Assignment{Role: "reader", Client: 1})
		key := w.tasks(1, 1)[0].ID.String()
		at, page := "/r/test.task/"+key+"/mail", "/task/"+key
		b := w.as("maja")
		b.post(at, url.Values{"version": {"1"}}).want(t, http.StatusSeeOther)
		b.get(page).want(t, http.StatusOK, "Brevet går till kunden klockan", `action="`+at+`/angra"`, `data-seconds="20"`, "maja Ek har valt ”Skicka brev”.")
		if r := b.get(page); strings.Contains(r.body, at+`"`) || !strings.Contains(r.body, at+"/angra") {
			t.Error("while the letter waits there is another button than the way back")
		}
		w.as("lars").post(at+"/angra", nil).want(t, http.StatusForbidden)
		b.post(at+"/angra", url.Values{"version": {"1"}}).want(t, http.StatusSeeOther)
		b.get(page).want(t, http.StatusOK, "Ångrat. Ingenting skickades.", "Ångrade i tid: ingenting skickades.", at+`"`)
		b.post(at+"/angra", nil).want(t, http.StatusConflict, "FLO-006")

		b.post(at, url.Values{"version": {"1"}}).want(t, http.StatusSeeOther)
		w.clock.Pass(21 * time.Second)
		b.get(page).want(t, http.StatusOK, at+`"`)
		if r := b.get(page); strings.Contains(r.body, "data-seconds") {
			t.Error("the way back stands open after the time")
		}
	})
}

func TestManyRowsThatAreSetGoingAreCalledOffTogether(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("maja Ek", role.Assignment{Role: "worker", Client: 1})
		w.person("lars Ek", role.Assignment{Role: "worker", Client: 1})
		var rows []string
		for _, x := range w.tasks(1, 3) {
			rows = append(rows, x.ID.String()+"@1")
		}
		b := w.as("maja")
		b.post("/l/test.tasks/bulk?return=/l/test.tasks", url.Values{"step": {"mail"}, "row": rows}).want(t, http.StatusSeeOther)
		page := b.get("/l/test.tasks?state=open").want(t, http.StatusOK, "3 är satta igång: Brevet går till kunden klockan", "Rad 1–3 av 3")
		_, at, ok := strings.Cut(page.body, `action="/l/test.tasks/bulk/mail/angra`)
		at, _, _ = strings.Cut(at, `"`)
		if !ok {
			t.Fatal("no way back")
		}
		at = "/l/test.tasks/bulk/mail/angra" + html.UnescapeString(at)
		w.as("lars").post(at, nil).want(t, http.StatusConflict, "WEB-016") // what somebody else has set going
		b.post(at, nil).want(t, http.StatusSeeOther)
		b.get("/l/test.tasks").want(t, http.StatusOK, "3 ångrade. Ingenting skickades.")
		b.post(at, nil).want(t, http.StatusConflict, "WEB-016")
		some := append(rows[:1:1], rows[1]+"9") // one of them as it never was
		b.post("/l/test.tasks/bulk", url.Values{"step": {"mail"}, "row": some}).want(t, http.StatusOK, "1 är satt igång, 1 gick inte", "/bulk/mail/angra")
	})
}

func TestAPageOfAModuleOffersAWayBack(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.person("maja Ek", role.Assignment{Role: "worker", Client: 1})
	b := w.as("maja")
	b.post("/echo", url.Values{"say": {"hej"}, "undo": {"/echo?say=nej"}}).want(t, http.StatusSeeOther)
	b.get("/l/test.tasks").want(t, http.StatusOK, "Sa hej", `action="/echo?say=nej" data-seconds="60"`, "Ångra")
	b.post("/echo", url.Values{"say": {"hej"}, "undo": {"https://elak.example/"}}).want(t, http.StatusSeeOther)
	if r := b.get("/l/test.tasks").want(t, http.StatusOK, "Sa hej"); strings.Contains(r.body, "elak") {
		t.Error("a way back led out of the program")
	}
}

func TestManyRowsAreMovedEachByItself(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("maja Ek", role.Assignment{Role: "worker", Client: 1})
		all := w.tasks(1, 5, func(i int, x *task) {
			if i >= 3 {
				x.Amount = 0
			}
		})
		b := w.as("maja")
		var rows []string
		for _, x := range all {
			rows = append(rows, x.ID.String()+"@1")
		}
		b.post("/l/test.tasks/bulk", url.Values{"step": {"finish"}, "row": rows}).want(t, http.StatusOK, "0 klara, 5 gick inte", "Fyll i anteckning.")
		b.post("/l/test.tasks/bulk?return=/l/test.tasks%3Fview%3Dall", url.Values{"step": {"finish"}, "finish.note": {"x"}, "row": rows}).
			want(t, http.StatusOK, "3 klara, 2 gick inte", "Uppgiften saknar belopp.", "/l/test.tasks?view=all", all[3].Title, all[4].Title, "/task/"+all[3].ID.String(), "Belopp")
		b.get("/l/test.tasks?state=done").want(t, http.StatusOK, "Rad 1–3 av 3", "Markera "+all[0].Title+", "+all[0].Amount.String())
		rest := w.tasks(1, 2)
		r := b.post("/l/test.tasks/bulk/finish?return=//elak.example", url.Values{"finish.note": {"x"}, "row": {rest[0].ID.String() + "@1", rest[1].ID.String() + "@1"}}).want(t, http.StatusSeeOther)
		if r.h.Get("Location") != "/" {
			t.Errorf("to %s", r.h.Get("Location"))
		}
		b.get("/").want(t, http.StatusOK, "2 klara: Slutför.")
		b.post("/l/test.tasks/bulk", url.Values{"step": {"finish"}}).want(t, http.StatusUnprocessableEntity, "WEB-007")
		b.post("/l/test.tasks/bulk", url.Values{"step": {"reopen"}, "row": rows}).want(t, http.StatusNotFound)
		b.post("/l/test.tasks/bulk", url.Values{"step": {"finish"}, "row": {"x"}}).want(t, http.StatusUnprocessableEntity, "WEB-009")
	})
}

func TestUploadsHaveALimit(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.person("maja Ek")
	b := w.as("maja")
	send := func(path string, size int) reply {
		var body bytes.Buffer
		m := multipart.NewWriter(&body)
		f, err := m.CreateFormFile("file", "f.xml")
		if err != nil {
			t.Fatal(err)
		}
		f.Write(make([]byte, size))
		m.Close()
		return b.do("POST", path, m.FormDataContentType(), &body)
	}
	send("/upload", 5<<20).want(t, http.StatusSeeOther)
	b.get("/").want(t, http.StatusOK, "5242880 bytes")
	send("/upload", 26<<20).want(t, http.StatusRequestEntityTooLarge, "WEB-003")
	send("/echo", 2<<20).want(t, http.StatusRequestEntityTooLarge, "WEB-003")
	b.post("/echo", url.Values{"say": {strings.Repeat("x", 2<<20)}}).want(t, http.StatusRequestEntityTooLarge, "WEB-003")
}

func TestDocumentsOfOthersCanDoNothing(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.person("maja Ek")
	b := w.as("maja")
	for _, c := range []struct{ kind, how, policy string }{
		{"html", "inline", "; sandbox"}, {"svg", "attachment", "; sandbox"}, {"pdf", `attachment; filename*=utf-8''r%C3%A4kning%20%221%22__.pdf`, "default-src 'none'"},
	} {
		h := b.get("/file/" + c.kind).h
		if h.Get("Content-Disposition") != c.how || !strings.Contains(h.Get("Content-Security-Policy"), c.policy) || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", c.kind, h)
		}
		if strings.Contains(h.Get("Content-Security-Policy"), "script-src") {
			t.Errorf("%s may run scripts", c.kind)
		}
	}
}

func TestAccountPage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("maja Ek", role.Assignment{Role: "reader"})
		b, other := w.as("maja"), w.as("maja")
		b.post("/konto/val", url.Values{"lang": {"en"}, "scheme": {"dark"}, "keys": {"off"}, "return": {"/konto"}}).want(t, http.StatusSeeOther)
		b.get("/konto").want(t, http.StatusOK, `lang="en"`, `data-color-scheme="dark"`, `data-keys="off"`)
		b.get("/konto?lang=sv").want(t, http.StatusOK, `lang="sv"`)
		b.post("/konto/losenord?lang=sv", url.Values{"old": {"fel"}, "new": {"en annan lång mening"}}).want(t, http.StatusUnprocessableEntity, "Ditt nuvarande lösenord stämmer inte.")
		b.post("/konto/losenord?lang=sv", url.Values{"old": {goodPassword}, "new": {"maja123456789"}}).want(t, http.StatusUnprocessableEntity, "får inte innehålla ditt användarnamn")
		other.get("/konto").want(t, http.StatusOK)
		b.post("/konto/losenord", url.Values{"old": {goodPassword}, "new": {"en annan lång mening"}}).want(t, http.StatusSeeOther)
		other.get("/konto").want(t, http.StatusSeeOther)
		b.get("/konto").want(t, http.StatusOK)
		b.post("/konto/sessioner", url.Values{"session": {"0123456789ABC"}}).want(t, http.StatusNotFound)
	})
}

func TestTheAPI(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("maja Ek", role.Assignment{Role: "worker", Client: 1})
		all := w.tasks(1, 60)
		b := w.as("maja")
		token := func(scope string) *browse {
			r := b.post("/konto/nycklar", url.Values{"name": {"skript"}, "scope": {scope}, "until": {"2026-12-31"}}).want(t, http.StatusOK, "kontor_")
			_, text, _ := strings.Cut(r.body, "kontor_")
			text, _, _ = strings.Cut(text, "<")
			s := w.browser()
			s.h["Authorization"] = "Bearer kontor_" + text
			return s
		}
		read, write := token("read"), token("write")
		var page struct {
			Rows  []map[string]any
			Next  string
			Count int64
		}
		r := read.get("/api/v1/lists/test.tasks?limit=50&sort=-keep").want(t, http.StatusOK)
		if err := json.Unmarshal([]byte(r.body), &page); err != nil || len(page.Rows) != 50 || page.Count != 60 || page.Next == "" {
			t.Fatalf("%d rows of %d, %v", len(page.Rows), page.Count, err)
		}
		r = read.get("/api/v1/lists/test.tasks?limit=50&sort=-keep&after="+url.QueryEscape(page.Next)).want(t, http.StatusOK)
		page.Next = ""
		if err := json.Unmarshal([]byte(r.body), &page); err != nil || len(page.Rows) != 10 || page.Next != "" {
			t.Errorf("%d rows then %q, %v", len(page.Rows), page.Next, err)
		}
		at := "/api/v1/records/test.task/" + all[0].ID.String()
		read.get(at).want(t, http.StatusOK, all[0].ID.String(), `"Amount":"10.00"`)
		read.send(at+"/steps/finish", `{"version":1,"values":{"note":"x"}}`).want(t, http.StatusForbidden, "LOG-010")
		write.send(at+"/steps/finish", `{"version":1,"values":{}}`).want(t, http.StatusUnprocessableEntity, "FRM-001", `"name":"note"`)
		write.send(at+"/steps/finish", `{"version":1,"values":{"not":"x"}}`).want(t, http.StatusUnprocessableEntity, `"name":"not"`)
		write.send(at+"/steps/finish", `{"version":1,"values":{"note":["x"]}}`).want(t, http.StatusUnprocessableEntity, "WEB-004")
		write.send(at+"/steps/finish", `{`).want(t, http.StatusUnprocessableEntity, "WEB-004")
		write.send(at+"/steps/finish", `{"version":1,"values":{"note":"x"}}`).want(t, http.StatusOK, `"state":"done"`, `"version":2`)
		write.send(at+"/steps/finish", `{"version":1,"values":{"note":"x"}}`).want(t, http.StatusConflict)
		form := "/api/v1/forms/task.title/" + all[1].ID.String()
		read.get(form).want(t, http.StatusOK, `"title":"Uppgift 001"`, `"version":1`)
		write.send(form, `{"version":1,"values":{"title":"Ny","amount":"12.50"}}`).want(t, http.StatusOK, "/task/")
		read.get("/api/v1/me").want(t, http.StatusOK, "task.finish")
		read.get("/l/test.tasks").want(t, http.StatusSeeOther) // a token opens the API only
		bad := w.browser()
		bad.h["Authorization"] = "Bearer kontor_fel"
		bad.get("/api/v1/me").want(t, http.StatusUnauthorized, "LOG-006")
	})
}

func TestTheDocumentOfTheAPIIsValid(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.person("maja Ek")
	r := w.as("maja").get("/api/openapi.json").want(t, http.StatusOK, `"openapi": "3.1.0"`, "/api/v1/lists/test.tasks", "/api/v1/records/test.task/{key}/steps/finish", "/api/v1/forms/role.assign")
	doc, err := openapi3.NewLoader().LoadFromData([]byte(r.body))
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestRolesAreGivenOnPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("anna Ask", role.Assignment{Role: "admin"})
		maja := w.person("maja Ek")
		a, m := w.as("anna"), w.as("maja")
		m.get("/l/test.tasks").want(t, http.StatusForbidden)
		a.get("/l/role.persons").want(t, http.StatusOK, "maja Ek", "anna Ask")
		a.get("/f/role.assign/"+maja.ID.String()).want(t, http.StatusOK, "KULT", "Handläggare")
		r := a.post("/f/role.assign/"+maja.ID.String(), url.Values{"person": {maja.ID.String()}, "role": {"worker"}, "client": {op.ClientID(1).String()}, "unit": {"0"}, "from": {"2026-11-25"}}).want(t, http.StatusSeeOther)
		a.get(r.h.Get("Location")).want(t, http.StatusOK, "Handläggare", "KULT", "Gav rollen", "anna Ask", "Slutföra uppgifter")
		m.get("/l/test.tasks").want(t, http.StatusOK) // at once
		a.get("/roller").want(t, http.StatusOK, "Slutför uppgifter.", "Ge")
		m.get("/l/role.persons").want(t, http.StatusForbidden)
		m.get("/personer/"+maja.ID.String()).want(t, http.StatusForbidden)
		a.get("/l/role.assignments").want(t, http.StatusOK, "maja Ek")
	})
}

func TestSearchGroupsWhatOneMaySee(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("anna Ask", role.Assignment{Role: "admin"})
		w.person("maja Ek", role.Assignment{Role: "worker"})
		w.tasks(1, 8, func(i int, x *task) { x.Title = "Anna " + strconv.Itoa(i) })
		r := w.as("maja").get("/sok?q=anna").want(t, http.StatusOK, "5 träffar", "Uppgifter", "Visa alla i Uppgifter")
		if strings.Contains(r.body, "anna Ask") {
			t.Error("a person is found by somebody who may not see persons")
		}
		w.as("anna").get("/sok?q=anna").want(t, http.StatusOK, "1 träff", "anna Ask")
		w.as("maja").get("/sok?q="+url.QueryEscape("<b>x")).want(t, http.StatusOK, "&lt;b&gt;x", "Inget hittades")
	})
}

func TestMetricsAreForOperators(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.browser().get("/login")
	rec := newRecorder()
	w.s.Admin().ServeHTTP(rec, request("/metrics"))
	if !strings.Contains(rec.Body.String(), `kontor_requests_total{method="GET",pattern="GET /login",status="200"} 1`) {
		t.Errorf("%.500s", rec.Body.String())
	}
	if r := w.browser().get("/metrics"); r.status != http.StatusSeeOther {
		t.Errorf("everybody sees the metrics: %d", r.status)
	}
}

// Whatever the address says, a list answers with a page or a refusal, and what
// it understood it can say again.
func FuzzAsk(f *testing.F) {
	for _, s := range []string{"", "view=open&sort=-keep&q=abc&state=*", "state=a&state=b&n=51&after=x", "limit=99999&n=-1&lang=en", "%zz", "q=%ff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		q, err := url.ParseQuery(raw)
		if err != nil {
			return
		}
		a := ask(taskList, q)
		if a.N < 1 || a.Limit < 0 || a.Limit > list.LimitMax || len([]rune(a.Search)) > searchMax {
			t.Errorf("%+v", a)
		}
		again := ask(taskList, a.values())
		if again.values().Encode() != a.values().Encode() {
			t.Errorf("%s became %s", a.values().Encode(), again.values().Encode())
		}
		for k := range a.Filters {
			if _, known := map[string]bool{"state": true, "client": true, "from": true}[k]; !known {
				t.Errorf("filter %q", k)
			}
		}
	})
}

func FuzzLocal(f *testing.F) {
	for _, s := range []string{"/", "//elak", "/\\elak", "https://x", "/l/x?y=z", "", "/a\nb", "javascript:x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := local(s)
		u, err := url.Parse(got)
		if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") || strings.ContainsAny(got, "\\\r\n") {
			t.Errorf("%q leads to %q", s, got)
		}
	})
}
