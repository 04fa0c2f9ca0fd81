package web

import (
	"context"
	"errors"
	"log/slog"
	"mime"
	"net"
	"net/http"
	"strings"
	"time"

	"kontor/kernel/audit"
	"kontor/kernel/fault"
	"kontor/kernel/flow"
	"kontor/kernel/login"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

var (
	errForeign = fault.New(fault.Forbidden, "WEB-001", "Begäran kom från en annan webbplats och har inte utförts. Öppna sidan i Kontor och försök igen.")
	errNoPage  = fault.New(fault.NotFound, "WEB-002", "Sidan finns inte. Kontrollera adressen, eller sök efter det du letar efter.")
	errLarge   = fault.New(fault.Invalid, "WEB-003", "Det du skickade är för stort. En fil får vara högst 25 MB.")
	errBody    = fault.New(fault.Invalid, "WEB-004", "Det du skickade går inte att läsa. Gå tillbaka, läs in sidan igen och försök på nytt.")
)

// standing is who somebody is and how they like things, as it was some seconds
// ago at most.
type standing struct {
	actor  op.Actor
	person role.Person
	roles  []role.Name
	pass   login.Pass
	until  time.Time
}

// visit is one request with whoever stands behind it.
type visit struct {
	s    *Server
	w    http.ResponseWriter
	r    *http.Request
	api  bool
	who  standing // the zero value while nobody is known
	raw  map[string]string
	late bool // the answer has begun
}

func (s *Server) visit(w http.ResponseWriter, r *http.Request) *visit {
	v := &visit{s: s, w: w, r: r, api: strings.HasPrefix(r.URL.Path, "/api/")}
	v.language(r.URL.Query().Get("lang"))
	return v
}

func (v *visit) language(lang string) {
	if lang == "" && v.who.person.Language != "" {
		lang = v.who.person.Language
	}
	v.r = v.r.WithContext(text.With(v.r.Context(), lang))
}

func (v *visit) ctx() context.Context { return v.r.Context() }

func (v *visit) in() bool { return !v.who.actor.ID.IsZero() }

func (v *visit) run(h handler) {
	if err := h(v); err != nil {
		v.fail(err)
	}
}

// isOut reports whether err says that nobody is signed in.
func isOut(err error) bool { return errors.Is(err, login.Ended) || errors.Is(err, login.BadToken) }

func (s *Server) cookie() string {
	if s.opt.Secure {
		return "__Host-kontor"
	}
	return "kontor"
}

func (v *visit) token() string {
	c, err := v.r.Cookie(v.s.cookie())
	if err != nil {
		return ""
	}
	return c.Value
}

// recognise finds out who is behind the request. The fault is login.Ended or
// login.BadToken when nobody is.
func (v *visit) recognise() error {
	token, bearer := strings.CutPrefix(v.r.Header.Get("Authorization"), "Bearer ")
	bearer = bearer && v.api
	if !bearer {
		token = v.token()
	}
	if token == "" {
		return login.Ended.Because("no cookie")
	}
	w, err := v.s.standing(v.ctx(), token, bearer)
	if err != nil {
		return err
	}
	v.who = w
	v.language(v.r.URL.Query().Get("lang"))
	v.r = v.r.WithContext(ui.WithReach(v.ctx(), v.reach))
	if w.pass.ReadOnly && v.r.Method != http.MethodGet && v.r.Method != http.MethodHead {
		return login.ReadOnly.Because("token %s", w.pass.Token)
	}
	return nil
}

// standing looks somebody up by the token, or remembers them.
func (s *Server) standing(ctx context.Context, token string, bearer bool) (standing, error) {
	key := token
	if bearer {
		key = "bearer " + token
	}
	now := s.door.Now()
	s.knownMu.Lock()
	w, ok := s.known[key]
	s.knownMu.Unlock()
	if ok && now.Before(w.until) {
		return w, nil
	}
	var err error
	if bearer {
		w.pass, err = s.gate.Bearer(ctx, token)
	} else {
		w.pass, err = s.gate.Whose(ctx, token)
	}
	if err != nil {
		return standing{}, err
	}
	if err := s.stand(ctx, &w); err != nil {
		return standing{}, err
	}
	w.until = now.Add(standingFor)
	if w.until.After(w.pass.Expires) {
		w.until = w.pass.Expires
	}
	s.knownMu.Lock()
	if len(s.known) > 10_000 {
		clear(s.known)
	}
	s.known[key] = w
	s.knownMu.Unlock()
	return w, nil
}

// stand reads what the person may do and where they start.
func (s *Server) stand(ctx context.Context, w *standing) error {
	return s.door.View(ctx, op.Actor{Kind: op.System, Name: "Webb"}, func(o *op.Op) (err error) {
		if w.person, err = role.Get(o, w.pass.Person); err != nil {
			return err
		}
		if w.actor, err = role.Actor(o, s.site.Matrix, w.person); err != nil {
			return err
		}
		given, err := role.Assignments(o, w.pass.Person)
		w.roles = nil
		for _, a := range given {
			if a.Valid(period.DateOf(o.Now)) {
				w.roles = append(w.roles, a.Role)
			}
		}
		return err
	})
}

// forget makes the next request of everybody look them up again.
func (s *Server) forget() {
	s.knownMu.Lock()
	clear(s.known)
	s.knownMu.Unlock()
}

// view runs f on one snapshot and notes which secret records it opened.
func (v *visit) view(f func(*op.Op) error) error {
	var opened flow.Readings
	ctx := context.WithValue(v.ctx(), flow.ReadingsKey(), &opened)
	err := v.s.door.View(ctx, v.who.actor, func(o *op.Op) error {
		opened = opened[:0]
		return f(o)
	})
	if err != nil {
		return err
	}
	return v.note(opened)
}

func (v *visit) note(opened flow.Readings) error {
	if len(opened) == 0 {
		return nil
	}
	return v.s.door.Batch(v.ctx(), v.who.actor, func(o *op.Op) error {
		for _, r := range opened {
			if err := audit.Opened(o, r.Client, r.Kind, r.Record); err != nil {
				return err
			}
		}
		return nil
	})
}

// change runs f as one writing operation.
func (v *visit) change(f func(*op.Op) error) error {
	defer v.s.waits.forget(v.who.actor.ID)
	var opened flow.Readings
	ctx := context.WithValue(v.ctx(), flow.ReadingsKey(), &opened)
	return v.s.door.Do(ctx, v.who.actor, func(o *op.Op) error {
		opened = opened[:0]
		if err := f(o); err != nil {
			return err
		}
		for _, r := range opened {
			if err := audit.Opened(o, r.Client, r.Kind, r.Record); err != nil {
				return err
			}
		}
		return nil
	})
}

// read takes in what was posted, within limit, before any operation begins: an
// operation may be run again.
func (v *visit) read(limit int64) error {
	if v.r.Method == http.MethodGet || v.r.Method == http.MethodHead {
		return nil
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, limit)
	kind, _, _ := mime.ParseMediaType(v.r.Header.Get("Content-Type"))
	var err error
	switch kind {
	case "multipart/form-data":
		err = v.r.ParseMultipartForm(limit)
	case "application/json":
		return nil // the API reads it
	default:
		err = v.r.ParseForm()
	}
	return bodyFault(err)
}

func bodyFault(err error) error {
	var big *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &big):
		return errLarge.Because("more than %d bytes", big.Limit)
	}
	return errBody.Because("%w", err)
}

// posted is what the fields of a form hold, one value each.
func (v *visit) posted() (map[string]string, error) {
	if v.raw != nil {
		return v.raw, nil
	}
	if err := v.read(bodyMax); err != nil {
		return nil, err
	}
	v.raw = map[string]string{}
	for k, all := range v.r.PostForm {
		if len(all) > 0 {
			v.raw[k] = all[0]
		}
	}
	return v.raw, nil
}

// address is where the browser is on the network.
func (v *visit) address() string {
	if v.s.opt.Proxied {
		// The proxy nearest to us wrote the last part; what comes before it may
		// have been made up by the browser.
		parts := strings.Split(v.r.Header.Get("X-Forwarded-For"), ",")
		if ip := net.ParseIP(strings.TrimSpace(parts[len(parts)-1])); ip != nil {
			return ip.String()
		}
	}
	host, _, err := net.SplitHostPort(v.r.RemoteAddr)
	if err != nil {
		return v.r.RemoteAddr
	}
	return host
}

func (v *visit) log() *slog.Logger { return v.s.door.Log.With("request", requestID(v.ctx())) }
