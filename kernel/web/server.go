package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"kontor/kernel/login"
	"kontor/kernel/op"
	"kontor/kernel/web/assets"
)

// Options say how the server stands in its surroundings.
type Options struct {
	Secure  bool // reached by https: cookies and headers are for https only
	Proxied bool // behind a proxy of ours, which says the address of the browser
}

// Server serves one site.
type Server struct {
	door    *op.Door
	gate    login.Gate
	site    Site
	opt     Options
	mux     *http.ServeMux
	seen    *meter
	menu    []Item
	known   map[string]standing // by the session's token
	knownMu sync.Mutex
	api     func() ([]byte, error)
	here    *presence
	waits   *waiting
	pageOf  map[string]string // pattern of a page → the kind of record that it shows
}

const (
	bodyMax   = 1 << 20
	uploadMax = 25 << 20
)

// New makes the server of a site. It reports an error when the site's parts do
// not go together.
func New(door *op.Door, site Site, opt Options) (s *Server, err error) {
	if err := site.check(); err != nil {
		return nil, err
	}
	s = &Server{door: door, gate: login.Gate{Door: door}, site: site, opt: opt, mux: http.NewServeMux(),
		seen: newMeter(), known: map[string]standing{}, here: newPresence(), waits: newWaiting(), pageOf: map[string]string{}}
	for _, r := range site.Records {
		s.pageOf["GET "+r.URL] = r.Table.Life().Describe().Name
	}
	s.menu = slices.Clone(site.Menu)
	slices.SortStableFunc(s.menu, func(a, b Item) int { return cmp.Compare(a.Order, b.Order) })
	s.api = sync.OnceValues(s.describe)
	defer func() {
		if p := recover(); p != nil { // ServeMux panics on two patterns that collide
			err = fmt.Errorf("web: %v", p)
		}
	}()
	s.routes()
	return s, nil
}

// Handler is the whole server.
func (s *Server) Handler() http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := s.visit(w, r)
		v.fail(errForeign.Because("origin %q, site %q", r.Header.Get("Origin"), r.Header.Get("Sec-Fetch-Site")))
	}))
	return s.outside(guard.Handler(s.mux))
}

func (s *Server) routes() {
	s.mux.Handle("GET "+assets.Prefix, assets.Handler())
	s.mux.HandleFunc("GET /healthz", s.healthz)
	s.mux.HandleFunc("GET /readyz", s.readyz)

	s.anyone("GET /login", loginPage)
	s.anyone("POST /login", signIn)
	s.anyone("POST /logout", signOut)

	s.page("GET /{$}", startPage)
	s.page("GET /konto", accountPage)
	s.page("POST /konto/val", setTaste)
	s.page("POST /konto/losenord", changePassword)
	s.page("POST /konto/sessioner", revokeSessions)
	s.page("POST /konto/nycklar", changeTokens)
	s.page("GET /roller", rolesPage)
	s.page("GET /personer/{key}", personPage)
	s.page("GET /sok", searchPage)

	s.page("GET /l/{list}", listPage)
	s.page("POST /l/{list}/bulk", bulkSteps)
	s.page("POST /l/{list}/bulk/{step}", bulkSteps)
	s.page("POST /l/{list}/bulk/{step}"+undoPath, stopBulk)
	s.page("POST /l/{list}/vyer", saveView)
	s.page("POST /l/{list}/vyer/{view}", changeView)
	s.page("GET /f/{form}", formPage)
	s.page("GET /f/{form}/{key}", formPage)
	s.page("POST /f/{form}", postForm)
	s.page("POST /f/{form}/{key}", postForm)
	s.page("GET /r/{flow}", flowPage)
	s.page("GET /r/{flow}/{key}/{step}", stepPage)
	s.page("POST /r/{flow}/{key}/{step}", takeStep)
	s.page("POST /r/{flow}/{key}/{step}"+undoPath, stopStep)
	s.page("GET /nu/{kind}/{key}", stillHere)
	s.page("GET /d/{kind}/{key}", toRecord)

	s.apiRoutes()
	for _, r := range s.site.Routes {
		s.page(r.Pattern, own(r))
	}
	s.page("/", func(v *visit) error { return errNoPage.Because("%s", v.r.Method) })
}

// handler answers one visit; what it returns is shown as a fault.
type handler func(v *visit) error

// anyone serves h to whoever comes.
func (s *Server) anyone(pattern string, h handler) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		v := s.visit(w, r)
		v.run(func(v *visit) error {
			if err := v.recognise(); err != nil && !isOut(err) {
				return err
			}
			return h(v)
		})
	})
}

// page serves h to those who are signed in; others are shown the way in.
func (s *Server) page(pattern string, h handler) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		v := s.visit(w, r)
		v.run(func(v *visit) error {
			if err := v.recognise(); err != nil {
				return err
			}
			return h(v)
		})
	})
}

// own serves a module's own route.
func own(rt Route) handler {
	return func(v *visit) error {
		limit := int64(bodyMax)
		if rt.Upload {
			limit = uploadMax
		}
		if err := v.read(limit); err != nil {
			return err
		}
		var a Answer
		f := func(o *op.Op) (err error) {
			if rt.Need != "" {
				if err := o.Need(rt.Need); err != nil {
					return err
				}
			}
			a, err = rt.Handle(o, v.r)
			return err
		}
		run := v.change
		if v.r.Method == http.MethodGet || v.r.Method == http.MethodHead {
			run = v.view
		}
		if err := run(f); err != nil {
			return err
		}
		return v.answer(a, v.present(rt.Pattern))
	}
}

const standingFor = 5 * time.Second // how long a change of roles may go unseen
