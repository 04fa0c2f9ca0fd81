package web

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"

	"kontor/kernel/fault"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// answer sends what a route gave, with who else is on a page above it.
func (v *visit) answer(a Answer, others templ.Component) error {
	switch {
	case a.Location != "":
		if a.Undo != "" {
			v.flashUndo(ui.OK, text.T(v.ctx(), a.Flash), a.Undo, v.s.door.Now().Add(UndoFor))
			a.Flash = ""
		}
		v.see(a.Location, a.Flash)
		return nil
	case a.File != nil:
		v.file(a)
		return nil
	case a.JSON != nil:
		return v.json(http.StatusOK, a.JSON)
	case a.Part:
		return v.render(http.StatusOK, a.Body)
	}
	f := v.frame(a.Title, a.Current)
	f.Layout = layouts[a.Class]
	f.Keys, f.Actions = a.Keys, a.Actions
	if a.Poll {
		f.Poll = v.r.URL.RequestURI()
	}
	return v.show(http.StatusOK, f, join(others, a.Body, a.Bar))
}

var layouts = map[string]ui.Layout{"it": ui.Item, "list": ui.Listing, "board": ui.Board, "reading": ui.Reading, "narrow": ui.Narrow}

// join is one component after the other.
func join(all ...templ.Component) templ.Component {
	return templ.Join(some(all)...)
}

func some(all []templ.Component) []templ.Component {
	var kept []templ.Component
	for _, c := range all {
		if c != nil {
			kept = append(kept, c)
		}
	}
	return kept
}

// show sends a page within its frame.
func (v *visit) show(status int, f ui.FrameView, body templ.Component) error {
	return v.render(status, templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return ui.Frame(f).Render(templ.WithChildren(ctx, body), w)
	}))
}

// render writes a component to memory first, so that a fault in it is still a
// page of its own.
func (v *visit) render(status int, c templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := c.Render(v.ctx(), b); err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(status)
	_, _ = v.w.Write(b.Bytes()) // whoever asked has gone: nobody is left to tell
	return nil
}

func (v *visit) json(status int, x any) error {
	b, err := json.Marshal(x)
	if err != nil {
		return err
	}
	h := v.w.Header()
	if h.Get("Content-Type") == "" {
		h.Set("Content-Type", "application/json; charset=utf-8")
	}
	v.w.WriteHeader(status)
	_, _ = v.w.Write(append(b, '\n'))
	return nil
}

// see sends the browser on, with a message for the next page.
func (v *visit) see(url, flash string) {
	if flash != "" {
		v.flash(ui.OK, text.T(v.ctx(), flash))
	}
	if v.partial() != "" {
		v.w.Header().Set("HX-Redirect", url)
		v.w.WriteHeader(http.StatusOK)
		return
	}
	http.Redirect(v.w, v.r, url, http.StatusSeeOther)
}

// partial is what a script wants to put the answer into; "" for a whole page.
func (v *visit) partial() string {
	if v.r.Header.Get("HX-Request") != "true" {
		return ""
	}
	if t := v.r.Header.Get("HX-Target"); t != "" {
		return t
	}
	return "page"
}

// inline are the kinds of file that a browser shows without running anything
// of theirs. Others are saved.
var inline = map[string]bool{
	"application/pdf": true, "image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true, "text/plain": true, "text/html": true,
}

// file sends a document as its sender made it. It can do nothing in the
// browser: no script, no forms, no frame of a stranger's.
func (v *visit) file(a Answer) {
	h := v.w.Header()
	media, _, err := mime.ParseMediaType(a.Media)
	if err != nil {
		media = "application/octet-stream"
	}
	how, name := "inline", a.Name
	if name != "" || !inline[media] {
		how = "attachment"
	}
	h.Set("Content-Disposition", disposition(how, name))
	p := filePolicy
	if media == "application/pdf" { // Chromium's reader is an object in the file, and does not work in a sandbox
		p += "; object-src 'self'"
	} else {
		p += "; sandbox"
	}
	h.Set("Content-Security-Policy", p)
	if strings.HasPrefix(media, "text/") {
		media += "; charset=utf-8"
	}
	h.Set("Content-Type", media)
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(a.File)
}

func disposition(how, name string) string {
	if name == "" {
		return how
	}
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == '/' || r == '\\' || r == 0x7f {
			return '_'
		}
		return r
	}, name)
	return mime.FormatMediaType(how, map[string]string{"filename": name})
}

// A message for the next page travels in a cookie that lives for a minute. It
// is words, escaped like all others, so it needs no signature.
const flashCookie = "kontor-flash"

func (v *visit) flash(s ui.StatusKind, words string) { v.flashUndo(s, words, "", time.Time{}) }

// flashUndo is a message with a way back that stands open until due: a step at
// an address of ours that calls off what was set going.
func (v *visit) flashUndo(s ui.StatusKind, words, undo string, due time.Time) {
	value := string(rune('0'+s)) + url.QueryEscape(words)
	if undo != "" {
		value += "|" + url.QueryEscape(undo) + "|" + strconv.FormatInt(due.Unix(), 10)
	}
	if len(value) > 3000 {
		return
	}
	http.SetCookie(v.w, &http.Cookie{Name: flashCookie, Value: value, Path: "/", MaxAge: 60, HttpOnly: true,
		Secure: v.s.opt.Secure, SameSite: http.SameSiteLaxMode})
}

func (v *visit) takeFlash() *ui.Flash {
	c, err := v.r.Cookie(flashCookie)
	if err != nil || len(c.Value) < 2 {
		return nil
	}
	http.SetCookie(v.w, &http.Cookie{Name: flashCookie, Path: "/", MaxAge: -1, HttpOnly: true, Secure: v.s.opt.Secure, SameSite: http.SameSiteLaxMode})
	parts := strings.Split(c.Value[1:], "|")
	words, err := url.QueryUnescape(parts[0])
	kind := ui.StatusKind(c.Value[0] - '0')
	if err != nil || kind > ui.None {
		return nil
	}
	f := &ui.Flash{Status: kind, Text: words}
	if len(parts) == 3 {
		f.Undo = v.undo(parts[1], parts[2])
	}
	return f
}

// undo reads the way back of a message; nil when it has closed. Where it leads
// asks again what the person may do.
func (v *visit) undo(at, until string) *ui.UndoView {
	to, err := url.QueryUnescape(at)
	due, errDue := strconv.ParseInt(until, 10, 64)
	left := due - v.s.door.Now().Unix()
	if err != nil || errDue != nil || left <= 0 || left > 600 || local(to) != to {
		return nil
	}
	return &ui.UndoView{Label: text.T(v.ctx(), "Ångra"), URL: to, Seconds: int(left)}
}

// frame is the page around the content, as the person behind the visit has it.
func (v *visit) frame(title, current string) ui.FrameView {
	ctx := v.ctx()
	f := ui.FrameView{Title: text.T(ctx, title), Brand: v.s.site.Brand, Scheme: v.who.person.Scheme}
	if !v.in() {
		return f
	}
	f.Flash = v.takeFlash()
	f.Nav = v.nav(ctx, current)
	f.Search = ui.SearchBox{URL: "/sok", Placeholder: text.T(ctx, "Sök"), Label: text.T(ctx, "Sök i allt du får se")}
	f.Person = v.personView()
	return f
}

// nav is the menu as the person may see it: the start page first, then the
// items, those of a group together where the first of them stands.
func (v *visit) nav(ctx context.Context, current string) []ui.NavLink {
	start := ui.NavLink{Label: text.T(ctx, v.s.site.place(v.who.roles).Title), URL: "/", Current: v.r.URL.Path == "/"}
	all, at := []ui.NavLink{start}, map[string]int{}
	chosen, waits := v.chosen(current), v.waiting()
	for i, m := range v.s.menu {
		if _, ok := v.who.actor.Grants[m.Need]; m.Need != "" && !ok {
			continue
		}
		link := ui.NavLink{Label: text.T(ctx, m.Label), URL: cmp.Or(waits[i].URL, m.URL), Current: i == chosen, Waits: waits[i]}
		if m.Group == "" {
			all = append(all, link)
			continue
		}
		g, ok := at[m.Group]
		if !ok {
			g = len(all)
			at[m.Group] = g
			all = append(all, ui.NavLink{Label: text.T(ctx, m.Group)})
		}
		all[g].Links = append(all[g].Links, link)
		all[g].Current = all[g].Current || link.Current
		all[g].Waits = all[g].Waits.Add(link.Waits)
	}
	for i, n := range all {
		if len(n.Links) == 1 { // a group of one is a link
			all[i] = n.Links[0]
		}
	}
	return all
}

// chosen is the item that the page belongs to: the one it names, else the one
// whose address is the longest beginning of its own; −1 for none.
func (v *visit) chosen(current string) int {
	path, best := v.r.URL.Path, -1
	for i, m := range v.s.menu {
		link, _, _ := strings.Cut(m.URL, "?")
		on := m.URL == current || current == "" && (path == link || link != "/" && strings.HasPrefix(path, link+"/"))
		if on && (best < 0 || len(m.URL) > len(v.s.menu[best].URL)) {
			best = i
		}
	}
	return best
}

func (v *visit) personView() *ui.Person {
	p := v.who.person
	back := "/"
	if v.r.Method == http.MethodGet {
		back = v.r.URL.RequestURI()
	}
	return &ui.Person{ID: p.ID.String(), Name: p.Name, Detail: cmp.Or(p.Title, v.s.site.place(v.who.roles).Title), Initials: initials(p.Name),
		KeysOff: !p.Keys, Preferences: "/konto/val", LogOut: "/logout", Return: back,
		Links: []ui.Link{{Label: text.T(v.ctx(), "Mitt konto"), URL: "/konto"}}}
}

func initials(name string) string {
	parts := strings.Fields(name)
	if len(parts) == 0 {
		return ""
	}
	all := []string{parts[0]}
	if len(parts) > 1 {
		all = append(all, parts[len(parts)-1])
	}
	out := ""
	for _, p := range all {
		r := []rune(p)
		out += strings.ToUpper(string(r[:1]))
	}
	return out
}

// status is what a fault is over HTTP.
func status(f *fault.Fault) int {
	if errors.Is(f, errLarge) {
		return http.StatusRequestEntityTooLarge
	}
	switch f.Kind {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.Conflict:
		return http.StatusConflict
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	case fault.Internal:
	}
	return http.StatusInternalServerError
}

var headings = map[fault.Kind]string{
	fault.Internal: "Något gick fel hos oss", fault.Invalid: "Det gick inte att göra så", fault.NotFound: "Finns inte",
	fault.Forbidden: "Du saknar behörighet", fault.Conflict: "Det har hunnit ändras", fault.Unavailable: "Försök igen om en stund",
}

// fail answers with a fault: the way in for somebody who is not signed in, a
// problem for a script, otherwise a page.
func (v *visit) fail(err error) {
	if v.ctx().Err() != nil && errors.Is(err, context.Canceled) {
		return // whoever asked has gone
	}
	f := fault.Of(err)
	v.tell(f)
	if v.late {
		panic(http.ErrAbortHandler) // part of the answer is out: cut it off rather than let it look whole
	}
	if isOut(f) && !v.api {
		v.toLogin()
		return
	}
	v.w.Header().Del("Content-Disposition") // a refusal is a page, also where a file was asked for
	code := status(f)
	if isOut(f) {
		code = http.StatusUnauthorized
		v.w.Header().Set("WWW-Authenticate", "Bearer")
	}
	if v.api {
		v.problem(code, f)
		return
	}
	if code == http.StatusServiceUnavailable {
		v.w.Header().Set("Retry-After", "5")
	}
	frame := v.frame(headings[f.Kind], "")
	frame.Refused = true
	page := ui.FaultView{Status: code, Heading: text.T(v.ctx(), headings[f.Kind]), Text: v.say(f), Code: f.Code, Trace: requestID(v.ctx()), Links: v.wayOut()}
	if err := v.show(code, frame, ui.FaultPage(page)); err != nil {
		http.Error(v.w, f.Code, code)
	}
}

func (v *visit) say(f *fault.Fault) string { return text.F(v.ctx(), f.Text, f.Args...) }

func (v *visit) sayField(f fault.Field) string {
	if len(f.Args) == 0 {
		return text.T(v.ctx(), f.Text)
	}
	return text.F(v.ctx(), f.Text, f.Args...)
}

// wayOut is back to the page one came from, when it is ours, and the start.
func (v *visit) wayOut() []ui.Link {
	links := []ui.Link{{Label: text.T(v.ctx(), "Till startsidan"), URL: "/"}}
	from, err := url.Parse(v.r.Referer())
	if err == nil && from.Host == v.r.Host && from.Path != "" && from.RequestURI() != v.r.URL.RequestURI() {
		links = append([]ui.Link{{Label: text.T(v.ctx(), "Tillbaka"), URL: local(from.RequestURI())}}, links...)
	}
	return links
}

// tell writes a fault in the log: what is our own as an error.
func (v *visit) tell(f *fault.Fault) {
	if f.Kind == fault.Internal {
		v.log().ErrorContext(v.ctx(), "fault", "code", f.Code, "pattern", v.r.Pattern, "cause", f.Err)
		return
	}
	v.log().InfoContext(v.ctx(), "refused", "code", f.Code, "pattern", v.r.Pattern)
}

func (v *visit) toLogin() {
	back := "/"
	if v.r.Method == http.MethodGet {
		back = v.r.URL.RequestURI()
	}
	to := "/login"
	if back != "/" {
		to += "?return=" + url.QueryEscape(back)
	}
	v.see(to, "")
}

// local keeps a path within this site and makes the start of everything else.
func local(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}
