package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"kontor/kernel/op"
	"kontor/kernel/role"
)

// policy lets a page use our own script, style, fonts and pictures, and nothing
// else. Pictures may be inline: the marks of the style sheets are.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// filePolicy is for documents that others have written: they may be shown
// beside a page of ours and may do nothing.
const filePolicy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"

type requestKey struct{}

func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

// outside is what every request passes first: it gets an identity, the headers
// of security and a line in the log, and a panic in it becomes a page.
func (s *Server) outside(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.door.Now()
		id := rand.Text()[:12]
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, id))
		rec := &recorder{ResponseWriter: w, began: began, now: s.door.Now}
		h := w.Header()
		h.Set("X-Request-Id", id)
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
		h.Set("Cache-Control", "no-store")
		if s.opt.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		defer s.written(rec, r)
		defer s.caught(rec, r)
		next.ServeHTTP(rec, r)
	})
}

// caught turns a panic into the page for our own faults.
func (s *Server) caught(w *recorder, r *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(p)
	}
	v := s.visit(w, r)
	v.late = w.status != 0
	v.fail(fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
}

// written says in the log and the metrics what was done. The pattern tells the
// kind of page; addresses and queries hold what people look for.
func (s *Server) written(w *recorder, r *http.Request) {
	took := s.door.Now().Sub(w.began)
	status := w.status
	if status == 0 {
		status = http.StatusOK
	}
	s.seen.count(r.Method, r.Pattern, status, took)
	s.door.Log.InfoContext(r.Context(), "request", "request", requestID(r.Context()), "method", r.Method,
		"pattern", r.Pattern, "status", status, "bytes", w.bytes, "ms", took.Milliseconds())
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	began  time.Time
	now    func() time.Time
	status int
	bytes  int64
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
		ms := w.now().Sub(w.began).Microseconds()
		w.Header().Set("Server-Timing", "app;dur="+strconv.FormatInt(ms/1000, 10)+"."+fmt.Sprintf("%03d", ms%1000))
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach what is underneath.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintln(w, "ok")
}

// readyz says whether the database answers.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	err := s.door.View(ctx, op.Actor{Kind: op.System, Name: "Webb"}, func(o *op.Op) error {
		_, err := role.Get(o, 0)
		if errors.Is(err, role.ErrPerson) {
			return nil
		}
		return err
	})
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if err != nil {
		s.door.Log.ErrorContext(ctx, "not ready", "error", err)
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprintln(w, "not ready")
		return
	}
	fmt.Fprintln(w, "ok")
}
