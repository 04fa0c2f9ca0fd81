package browser

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kontor/app"
)

const serveVar = "KONTOR_BROWSER_SERVE"

// TestMain is the program itself when the test starts it as a server.
func TestMain(m *testing.M) {
	if dir := os.Getenv(serveVar); dir != "" {
		os.Exit(app.Run([]string{"demo", "--dir", dir, "--listen", "127.0.0.1:0"}, app.IO{In: os.Stdin, Out: os.Stdout, Err: io.Discard}))
	}
	os.Exit(m.Run())
}

type account struct{ Role, Title, User, Password string }

// city builds the demo city and serves it, in a process of its own.
func city(t *testing.T) (base string, accounts []account) {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), serveVar+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		ended := time.AfterFunc(30*time.Second, func() { _ = cmd.Process.Kill() })
		defer ended.Stop()
		if err := cmd.Wait(); err != nil {
			t.Error("the server did not end well:", err)
		}
	})
	lines := bufio.NewScanner(out)
	var said []string
	for base == "" && lines.Scan() {
		said = append(said, lines.Text())
		if _, at, ok := strings.Cut(lines.Text(), "Kontor svarar på "); ok {
			base = strings.TrimSpace(at)
		}
	}
	if base == "" {
		t.Fatal("the server did not start:\n" + strings.Join(said, "\n"))
	}
	go io.Copy(io.Discard, out) //nolint:errcheck // what it says later is of no use
	b, err := os.ReadFile(filepath.Join(dir, "demo.json"))
	if err != nil {
		t.Fatal(err)
	}
	var kept struct{ Summary struct{ Accounts []account } }
	if err := json.Unmarshal(b, &kept); err != nil {
		t.Fatal(err)
	}
	return base, kept.Summary.Accounts
}

// person is somebody who is signed in and walks about.
type person struct {
	account
	base   string
	client *http.Client
	mu     sync.Mutex
	seen   map[string]bool     // addresses that were opened
	shown  map[string]string   // shape of page → an address of it
	wrong  map[string][]string // shape of page → what was wrong with some of them
}

// enter signs somebody in through the form.
func enter(t *testing.T, base string, a account) *person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &person{account: a, base: base, client: &http.Client{Jar: jar, Timeout: time.Minute}, seen: map[string]bool{}, shown: map[string]string{}, wrong: map[string][]string{}}
	r, err := p.client.PostForm(base+"/login", url.Values{"user": {a.User}, "password": {a.Password}})
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != http.StatusOK || r.Request.URL.Path != "/" {
		t.Fatalf("%s is not let in: %d at %s", a.User, r.StatusCode, r.Request.URL)
	}
	return p
}

func (p *person) cookies() map[string]string {
	u, err := url.Parse(p.base)
	if err != nil {
		return nil
	}
	all := map[string]string{}
	for _, c := range p.client.Jar.Cookies(u) {
		all[c.Name] = c.Value
	}
	return all
}

var (
	href = regexp.MustCompile(`(?:href|src)="([^"]+)"`)
	part = regexp.MustCompile(`^([0-9A-HJKMNP-TV-Z]{13}|[0-9]+|[0-9]{4}-[0-9]{2}|[0-9]{4}-t?[0-9]|[0-9a-f]{64}|[A-Z]{2,5})$`)
)

// shape is what kind of page an address leads to.
func shape(address string) string {
	path, _, _ := strings.Cut(address, "?")
	parts := strings.Split(path, "/")
	for i, s := range parts {
		if part.MatchString(s) {
			parts[i] = "{}"
		}
	}
	return strings.Join(parts, "/")
}

// get opens an address that stands on a page and returns what it leads to, ""
// when that is no page.
func (p *person) get(address, from string) string {
	r, err := p.client.Get(p.base + address)
	if err != nil {
		p.complain(address, err.Error())
		return ""
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		p.complain(address, fmt.Sprintf("%s, which stands on %s, answers %d: %s", address, from, r.StatusCode, title(b)))
		return ""
	}
	file := strings.HasPrefix(r.Header.Get("Content-Disposition"), "attachment")
	if file || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
		return ""
	}
	return string(b)
}

func title(page []byte) string {
	_, after, _ := bytes.Cut(page, []byte("<h1"))
	words, _, _ := bytes.Cut(after, []byte("</h1>"))
	return fmt.Sprintf("%.120s", words)
}

func (p *person) complain(address, why string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wrong[shape(address)] = append(p.wrong[shape(address)], why)
}

// walk opens the start page and everything that can be reached from it, a few
// pages of each kind: every link of every page that is opened leads somewhere.
func (p *person) walk(deep int) {
	type step struct{ address, from string }
	todo := []step{{"/", ""}}
	opened := map[string]int{}
	p.seen["/"] = true
	for len(todo) > 0 {
		now := todo
		todo = nil
		pages := make([]string, len(now))
		var wg sync.WaitGroup
		lane := make(chan struct{}, 4)
		for i, s := range now {
			wg.Go(func() {
				lane <- struct{}{}
				defer func() { <-lane }()
				pages[i] = p.get(s.address, s.from)
			})
		}
		wg.Wait()
		for i, s := range now {
			if pages[i] == "" {
				continue
			}
			k := shape(s.address)
			if _, ok := p.shown[k]; !ok {
				p.shown[k] = s.address
			}
			if opened[k]++; opened[k] > deep {
				continue // its links are like those of the pages before it
			}
			for _, m := range href.FindAllStringSubmatch(pages[i], -1) {
				to, _, _ := strings.Cut(html.UnescapeString(m[1]), "#")
				if strings.HasPrefix(to, "?") {
					path, _, _ := strings.Cut(s.address, "?")
					to = path + to
				}
				if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "/assets/") || p.seen[to] {
					continue
				}
				p.seen[to] = true
				todo = append(todo, step{to, s.address})
			}
		}
	}
}

// TestPages walks through the whole program as each role of the demo city: every
// link leads somewhere. The kinds of page that people live on are looked at in a
// real browser; with make pages, and for the pictures, every kind is.
func TestPages(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: starts a browser")
	}
	if Chromium() == "" {
		leftOut(t, ErrMissing)
	}
	began := time.Now()
	base, accounts := city(t)
	t.Logf("the city stood after %s", time.Since(began).Round(time.Second))
	all := os.Getenv("KONTOR_PAGES") != "" || os.Getenv("KONTOR_SCREENSHOTS") != ""
	deep := 1
	if os.Getenv("KONTOR_SOAK") != "" {
		deep = 20
	}
	o := Order{Base: base, Pages: []Page{{Name: "logga-in", URL: "/login"}}}
	looked := map[string]bool{}
	for _, a := range byRole(accounts) {
		p := enter(t, base, a)
		p.walk(deep)
		for _, k := range slices.Sorted(maps.Keys(p.wrong)) {
			t.Errorf("%s: %d links to %s: %s", a.Role, len(p.wrong[k]), k, p.wrong[k][0])
		}
		t.Logf("%-12s opened %d addresses of %d kinds", a.Role, len(p.seen), len(p.shown))
		pages := p.shown
		if a.Role == "assistant" {
			maps.Copy(pages, p.states(t))
			pages["404"] = "/finns-inte"
		}
		for _, k := range slices.Sorted(maps.Keys(pages)) {
			// The start page is another for each role; what is common is looked at once.
			if key := cmp.Or(map[string]string{"/": "/" + a.Role}[k], k); !looked[key] {
				if looked[key] = true; !all && !slices.Contains(kinds, key) {
					continue
				}
				o.Pages = append(o.Pages, Page{Name: name(a.Role, k), URL: pages[k], Cookies: p.cookies()})
			}
		}
	}
	for _, kind := range kinds {
		if !looked[kind] {
			t.Errorf("no page of the kind %s was found by any role", kind)
		}
	}
	t.Logf("%d pages to look at after %s", len(o.Pages), time.Since(began).Round(time.Second))
	if out := os.Getenv("KONTOR_SCREENSHOTS"); out != "" {
		o.Out = out
		if err := Shoot(t.Context(), o); err != nil {
			leftOut(t, err)
		}
		t.Logf("pictures taken after %s", time.Since(began).Round(time.Second))
		return // what is wrong with the pages is told by make pages
	}
	look(t, o)
	t.Logf("looked at after %s", time.Since(began).Round(time.Second))
}

// look holds the pages to what Check finds.
func look(t *testing.T, o Order) {
	t.Helper()
	r, err := Check(t.Context(), o)
	if err != nil {
		if errors.Is(err, ErrMissing) {
			leftOut(t, err)
		}
		t.Fatal(err)
	}
	if want := 4 * len(o.Pages); r.Checked != want {
		t.Errorf("checked %d views, want %d", r.Checked, want)
	}
	for _, f := range r.Bad {
		t.Errorf("%s (%s) %s %d px", f.Name, f.URL, f.Scheme, f.Width)
		for _, v := range f.Violations {
			for _, n := range v.Nodes {
				t.Errorf("  %s (%s) at %s: %s\n    %s", v.ID, v.Impact, n.Target, strings.ReplaceAll(n.Why, "\n", " "), n.HTML)
			}
		}
		for _, line := range append(f.Console, f.Overflow...) {
			t.Errorf("  %s", line)
		}
	}
}

// kinds are pages that must be among those that somebody reaches, and are looked
// at in every run.
var kinds = []string{
	"/assistant", "/accountant", "/unitmanager", "/head", "/sysadmin", "/contact", "/approver", "/controller", "/auditor",
	"/payables/{}", "/payables/{} held", "/payables/{} coded", "/payables/{} ready", "/payables/{} returned",
	"/l/payables.invoices", "/l/payables.suppliers", "/l/payables.fallout", "/l/work.events", "/l/role.persons",
	"/konto", "/personer/{}", "404",
}

// byRole is one account of each role, in the order that they are given.
func byRole(all []account) []account {
	var some []account
	for _, a := range all {
		if !slices.ContainsFunc(some, func(b account) bool { return b.Role == a.Role }) {
			some = append(some, a)
		}
	}
	return some
}

var row = regexp.MustCompile(`href="(/payables/[0-9A-HJKMNP-TV-Z]{13})"`)

// states finds an invoice in each state that the list can be narrowed to.
func (p *person) states(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, s := range []string{"registered", "waiting", "held", "coded", "reviewed", "ready", "returned", "voided"} {
		page := p.get("/l/payables.invoices?view=all&state="+s, "the list of invoices")
		if m := row.FindStringSubmatch(page); m != nil {
			all["/payables/{} "+s] = m[1]
		} else if s != "voided" && s != "waiting" {
			t.Errorf("the city has no invoice that is %s", s)
		}
	}
	return all
}

// name is a file name for a page.
func name(role, kind string) string {
	s := strings.Trim(strings.NewReplacer("/", "-", "{}", "x", " ", "-", ".", "-").Replace(kind), "-")
	return cmp.Or(s, "start-"+role)
}
